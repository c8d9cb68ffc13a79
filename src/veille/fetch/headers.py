"""Reads the few response headers that matter, byte-exact where they are sent back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from veille.errors import TooLarge

#: Real servers stay under 8 KB; httpcore reads up to 100 KB before it gives up.
MAX_BYTES = 64 * 1024
MAX_LINES = 150
#: A wait in more digits than this is no wait (3,000 years).
_MAX_DIGITS = 11


def read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lower-case name, values as latin-1 so that `encode("latin-1")` gives the bytes back.

    A name that comes several times is joined with ", ". Raises TooLarge.
    """
    headers: dict[str, str] = {}
    lines = size = 0
    for name, value in raw:
        lines += 1
        size += len(name) + len(value)
        key = name.decode("latin-1").lower()
        text = value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    if size > MAX_BYTES or lines > MAX_LINES:
        raise TooLarge(f"headers over {MAX_BYTES // 1024} KB or {MAX_LINES} lines")
    return headers


def cookies_of(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """What Set-Cookie lines set, as (name, value), the last of a name; what takes one back sets it to nothing."""
    pairs: dict[str, str] = {}
    for name, value in raw:
        if name.lower() == b"set-cookie":
            key, _, text = value.decode("latin-1").partition(";")[0].partition("=")
            if key.strip():
                pairs[key.strip()] = text.strip()
    return tuple(pairs.items())


def http_date(raw: str) -> datetime | None:
    """An HTTP date as an aware datetime in UTC; None when it is not one."""
    try:
        moment = parsedate_to_datetime(raw)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def retry_after(raw: str, *, now: datetime) -> timedelta | None:
    """What a Retry-After asks, in seconds or as a date, unclamped; None when it says nothing readable.

    A date that has passed asks for no wait at all.
    """
    text = raw.strip()
    if text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS:
        return timedelta(seconds=int(text))
    until = None if text[:1] in "+-0123456789" else http_date(text)
    return None if until is None else max(until - now, timedelta(0))


def content_length(headers: dict[str, str]) -> int | None:
    """The announced length in bytes; None when absent or unreadable."""
    text = headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None
