"""Headers of mails as strangers write them: encoded words of any charset, raw bytes, names and addresses, dates."""

from __future__ import annotations

import binascii
import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from veille.sources.syndication.decoding import decode
from veille.text.clean import one_line
from veille.text.dates import parse_date

#: Characters of a header that are read.
LONGEST = 8_000
_ADDRESS = re.compile(r"<?([^\s<>\"(),;:]{1,64}@[\w.-]{1,253})>?")
_WORD = re.compile(r"=\?[^?\s]{1,40}\?[bBqQ]\?[^?]{0,2000}\?=")
_COMMENT = re.compile(r"\([^()]{0,200}\)")
#: What the header parsers of the library raise on hostile text.
_HOSTILE = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError)


def raw(message: Message[str, str], name: str) -> str:
    """A header on one line, raw bytes decoded, encoded words as they are ("" = none)."""
    wanted = name.lower()
    # `get` would make a Header of raw bytes, and lose them.
    value: Any = next((value for key, value in message.raw_items() if key.lower() == wanted), "")
    written = str(value)[:LONGEST]
    if not written.isascii():
        written = decode(written.encode("utf-8", "surrogateescape"))
    return re.sub(r"\s+", " ", written).strip()


def text(message: Message[str, str], name: str) -> str:
    """A header as a person reads it, on one line."""
    return one_line(decoded(raw(message, name)), LONGEST)


def decoded(written: str) -> str:
    """Encoded words opened (RFC 2047), those of unknown charsets too; what cannot be opened stays."""
    if "=?" not in written:
        return written
    # Between two encoded words, white space is no text.
    joined = re.sub(r"(\?=)\s+(?==\?)", r"\1", written)
    return _WORD.sub(lambda found: _opened(found[0]), _merged(joined))


def sender(message: Message[str, str]) -> tuple[str, str]:
    """Name and lower-case address of who wrote, "" for what is missing."""
    written = raw(message, "From") or raw(message, "Sender")
    found = list(_ADDRESS.finditer(written))
    if not found:
        return one_line(decoded(written), 200), ""
    # The last one is the address: a name may look like another.
    last = found[-1]
    before = decoded(written[: last.start()]).strip()
    name = before.strip().strip('"').strip() or decoded(" ".join(_COMMENT.findall(written))).strip("() ")
    return one_line(re.sub(r"\\(.)", r"\1", name), 200), last[1].lower()


def moment(message: Message[str, str]) -> tuple[datetime | None, str]:
    """When it was sent, aware UTC, and how that was written; else when the last server received it."""
    written = text(message, "Date")
    received = text(message, "Received").rpartition(";")[2].strip()
    for each in (written, received):
        if each and (found := _date(each)) is not None:
            return found, each
    return None, written


def _date(written: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(written)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except _HOSTILE:
        return parse_date(_COMMENT.sub("", written).strip())


def _merged(joined: str) -> str:
    """Neighbours of one charset and encoding as one word: a letter of several bytes may be cut between the two."""
    for _ in range(200):
        shorter = re.sub(r"=\?([^?\s]{1,40})\?([qQ])\?([^?]*)\?==\?\1\?[qQ]\?", r"=?\1?\2?\3", joined, count=50)
        shorter = re.sub(r"=\?([^?\s]{1,40})\?([bB])\?([^?=]*)\?==\?\1\?[bB]\?", r"=?\1?\2?\3", shorter, count=50)
        if shorter == joined:
            break
        joined = shorter
    return joined


def _opened(word: str) -> str:
    try:
        ((content, charset),) = decode_header(word)
    except (HeaderParseError, binascii.Error, *_HOSTILE):
        return word
    return content if isinstance(content, str) else decode(content, f"text/plain; charset={charset}")
