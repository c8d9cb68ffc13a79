"""A folder of this machine: files that other programs drop there become entries.

Lines of JSON (as `veille match` reads them) or one list of them, feeds, mails, boxes of mails (mbox) and plain texts
are told apart by their first bytes. The address is `file:///path/of/the/folder`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import blake2b

from veille.errors import ReadError
from veille.model.entry import Entry
from veille.model.exchange import PollState, Response, Source
from veille.sources import answers, feed, mailbox
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Shape
from veille.sources.syndication.decoding import decode

KIND = Kind(shape=Shape.INBOX, schemes=("file",), every=timedelta(minutes=1))
#: Mails of one box that are read.
_MOST = 500
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
#: Headers of which a mail has two at least.
_NAMES = re.compile(rb"^(?:from|to|date|subject|message-id|received|return-path|delivered-to|sender):", re.I | re.M)
#: What parts the mails of a box.
_PARTING = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]{0,300}\r?\n")


def read(source: Source, message: bytes) -> Iterable[Entry]:
    """The entries of one file. Raises ReadError when nothing can be made of it."""
    body = message.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body:
        raise ReadError("the file is empty")
    if body.startswith((b"{", b"[")) and (found := _json(message)) is not None:
        return found
    if body.startswith(b"<"):
        return _feed(message)
    if _is_mail(body):
        return _mails(source, body)
    return _plain(message)


def _is_mail(body: bytes) -> bool:
    head = re.split(rb"\r?\n\r?\n", body[:20_000], maxsplit=1)[0]
    opened = body.startswith(b"From ") or _HEADER.match(body) is not None
    return opened and len(_NAMES.findall(head)) >= 2


def _mails(source: Source, body: bytes) -> tuple[Entry, ...]:
    """The entries of a mail, or of a box of mails; one that cannot be read leaves the others."""
    parts = (
        [part for part in _PARTING.split(body)[: _MOST + 1] if part.strip()] if body.startswith(b"From ") else [body]
    )
    if len(parts) == 1:
        return tuple(mailbox.read(source, parts[0]))
    entries: list[Entry] = []
    for part in parts:
        with suppress(ReadError):
            entries += mailbox.read(source, part)
    return tuple(entries)


def _feed(message: bytes) -> tuple[Entry, ...]:
    return feed.read_feed(Response(url="", status=200, body=message), PollState()).entries


def _json(message: bytes) -> tuple[Entry, ...] | None:
    """The entries of a JSON Feed, of a list, or of lines of objects; None for a text that only begins like that."""
    if b"jsonfeed.org/version" in message[:2_000]:
        return _feed(message)
    text = decode(message).strip()
    try:
        whole = json.loads(text)
        values = whole if isinstance(whole, list) else [whole]
    except (ValueError, RecursionError):
        values = list(_objects(text))
    page = answers.page(values, _told, PollState())
    if not page.entries and text.startswith("{"):
        raise ReadError("no line of the file is an entry")
    return page.entries or None


def _objects(text: str) -> Iterator[object]:
    """One value a line; a line that is no JSON is counted as broken by the page."""
    for line in text.splitlines():
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield None


def _told(item: Item) -> Told:
    if not (item.get("title") or item.get("text")):
        raise ValueError("neither title nor text")
    return Told(
        id=str(item.get("id") or item.get("key") or ""),
        link=str(item.get("url") or item.get("link") or ""),
        title=str(item.get("title") or ""),
        text=str(item.get("text") or ""),
        plain=True,
        author=str(item.get("author") or ""),
        date=str(item.get("published") or ""),
        language=str(item.get("lang") or item.get("language") or ""),
        rating=float(item["rating"]) if item.get("rating") is not None else None,
    )


def _plain(message: bytes) -> tuple[Entry, ...]:
    """A text: its first line is the title."""
    if b"\0" in message[:2000]:
        raise ReadError("the file is no text")
    title, _, text = decode(message).strip().partition("\n")
    told = Told(id=blake2b(message, digest_size=16).hexdigest(), title=title, text=text, plain=True)
    draft = answers.drafted(told)
    return () if draft.empty else (Entry(key=draft.id, title=draft.entry.title, text=draft.entry.text),)
