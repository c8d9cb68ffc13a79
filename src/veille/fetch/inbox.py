"""Empties an IMAP folder without touching it: read-only, new messages by their UIDs, bounded in size and time.

The cursor is (UIDVALIDITY, last UID, day): when the server numbers its messages anew, the folder is read again from
its last days on, or from the day of the last reading, and what is known already is recognised by its key. A first
reading takes the last thirty days.
"""

from __future__ import annotations

import imaplib
import json
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import monotonic
from urllib.parse import unquote, urlsplit

from veille.errors import DeadlineExceeded, FetchError, TooLarge, Unreachable
from veille.fetch.imap import LARGEST, Box, Limits
from veille.net.dial import Dialler

__all__ = ["LARGEST", "MOST", "Account", "Inbox", "Post"]

#: Messages of one reading, and their bytes; the rest comes with the next.
MOST = 100
_ALL = 20_000_000
#: Of the time of a reading, after which no other message is begun.
_SHARE = 0.6
#: How far back a first reading goes.
_FIRST = timedelta(days=30)
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A mail box: `imaps://host[:port]/folder` and who opens it."""

    url: str
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What one reading took."""

    messages: tuple[bytes, ...]
    #: Messages over the size limit, left out.
    too_large: int
    #: Where the next reading starts.
    cursor: str
    #: Whether more waits.
    more: bool


@dataclass(slots=True)
class _Taken:
    messages: list[bytes]
    too_large: int = 0
    bytes: int = 0
    #: The last UID that is done with.
    last: int = 0


class Inbox:
    """Opens mail boxes through the checked dialler. Safe for several threads."""

    def __init__(self, dialler: Dialler, *, ssl_context: ssl.SSLContext, limits: Limits = Limits()) -> None:  # noqa: B008
        self._dialler = dialler
        self._context = ssl_context
        self._limits = limits

    def read(self, account: Account, cursor: str, *, today: date) -> Post:
        """The messages after the cursor, at most a hundred. Raises FetchError; no sentence holds a secret."""
        box = Box(account.url, dialler=self._dialler, context=self._context, limits=self._limits)
        until = monotonic() + self._limits.whole * _SHARE
        try:
            with box:
                box.enter(account.user, account.password)
                return _post(box, account.url, cursor, today=today, until=until)
        except (imaplib.IMAP4.error, OSError, EOFError, ValueError, LookupError, TypeError) as error:
            # imaplib raises the last three for answers that are no IMAP.
            raise self._failure(error, account, late=box.late) from None

    def _failure(self, error: Exception, account: Account, *, late: bool) -> FetchError:
        if late or isinstance(error, TimeoutError):
            limit = self._limits.whole if late else self._limits.step
            return DeadlineExceeded(f"the mail server took over {limit:g} s")
        if isinstance(error, imaplib.IMAP4.abort):
            return Unreachable(f"the mail server broke off: {_said(error, account)}")
        if isinstance(error, imaplib.IMAP4.error):
            return Unreachable(f"the mail server refused: {_said(error, account)}")
        if isinstance(error, OSError | EOFError):
            return Unreachable(f"the mail server cannot be reached ({type(error).__name__})")
        return Unreachable(f"the mail server speaks no IMAP ({type(error).__name__})")


def _post(box: Box, url: str, cursor: str, *, today: date, until: float) -> Post:
    folder = unquote(urlsplit(url).path.strip("/")) or "INBOX"
    if not box.examine(folder):
        raise Unreachable(f"the mail server has no folder {folder!r}")
    validity = _first(box.response("UIDVALIDITY")[1])
    known, last, day = _read_cursor(cursor)
    last = last if known == validity else 0
    wanted = _wanted(box, last, since=min(today - _FIRST, day or today))
    taken = _fetched(box, wanted[:MOST], until=until)
    newest = max(taken.last, last)
    return Post(
        messages=tuple(taken.messages),
        too_large=taken.too_large,
        cursor=json.dumps([validity, newest, today.isoformat()]),
        more=bool(wanted) and newest < wanted[-1],
    )


def _wanted(box: Box, last: int, *, since: date) -> list[int]:
    """UIDs of what came after the last one, the oldest first; without a last one, of what came since that day."""
    asked = ("UID", f"{last + 1}:*") if last else ("SINCE", f"{since.day:02}-{_MONTHS[since.month - 1]}-{since.year}")
    answer, data = box.uid("SEARCH", *asked)
    if answer != "OK":
        raise Unreachable("the mail server cannot search the folder")
    found = (int(uid) for part in data if isinstance(part, bytes) for uid in part.split() if uid.isdigit())
    # "n:*" always names the newest message, even when it is older than n (RFC 3501, 6.4.8).
    return sorted({uid for uid in found if uid > last})


def _fetched(box: Box, uids: Sequence[int], *, until: float) -> _Taken:
    """The messages that are not too large, in order, as far as time and room go."""
    taken = _Taken([])
    sizes = _sizes(box, uids) if uids else {}
    for uid in uids:
        if taken.messages and (monotonic() > until or taken.bytes + sizes.get(uid, 0) > _ALL):
            break
        try:
            body = _body(box, uid) if sizes.get(uid, 0) <= LARGEST else None
        except TooLarge:
            # The server sends more than it was asked for: nothing can be said to it any more.
            taken.too_large += 1
            taken.last = uid
            break
        except (imaplib.IMAP4.error, OSError):
            if not taken.messages:
                raise
            break
        taken.last = uid
        if body is None or len(body) > LARGEST:
            taken.too_large += 1
        elif body:
            taken.messages.append(body)
            taken.bytes += len(body)
    return taken


def _body(box: Box, uid: int) -> bytes:
    """A message, "" when it is gone meanwhile; one byte more than the limit when it is larger."""
    answer, data = box.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{LARGEST + 1}>)")
    body = next((part[1] for part in data or () if isinstance(part, tuple)), b"")
    return body if answer == "OK" and isinstance(body, bytes) else b""


def _sizes(box: Box, uids: Sequence[int]) -> dict[int, int]:
    answer, data = box.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)")
    lines = [part for part in data or () if isinstance(part, bytes)] if answer == "OK" else []
    pairs = ((_UID.search(line), _SIZE.search(line)) for line in lines)
    return {int(uid[1]): int(size[1]) for uid, size in pairs if uid and size}


def _first(data: Sequence[bytes | None] | None) -> int:
    value = (data or [None])[0]
    return int(value) if value and value.isdigit() else 0


def _read_cursor(cursor: str) -> tuple[int, int, date | None]:
    """UIDVALIDITY, last UID, and the day of the last reading."""
    try:
        validity, last, *day = json.loads(cursor)
        return int(validity), int(last), date.fromisoformat(day[0]) if day else None
    except (ValueError, TypeError):
        return 0, 0, None


def _said(error: Exception, account: Account) -> str:
    """The server's own words, without anything that we told it."""
    text = error.args[0] if error.args else ""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    quoted = account.password.replace("\\", "\\\\").replace('"', '\\"')
    for secret in (quoted, account.password):
        words = words.replace(secret, "***") if secret else words
    return " ".join(words.split())[:120] or type(error).__name__
