"""Reads the dates that feeds write, traps included, and keeps a publication time believable.

feedparser takes `CEST` for UTC and `2016/6/29` for the first of the month, and does not know French months:
hence a reader of our own, of which `None` is an honest answer.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from veille.text.date_words import MONTHS, ZONES

#: How far back a publication time is believed.
OLDEST = timedelta(days=30)

_CLOCK = r"(?:\D{0,8}?(?<!\d)(?P<hour>\d{1,2})(?:[:h.](?P<minute>\d{2}))(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
_ZONE = (
    r"\s*(?P<half>[ap]\.?m\b\.?)?\s*"
    r"\(?(?P<zone>[+-]\d{1,2}:?\d{2}\b|[+-]\d{2}\b|[a-z]+/[a-z_]+|[a-z]{1,5}\b)?"
)
_DAY_NAME = r"(?:[^\W\d]{2,12}(?:[.,]+\s*|\s+))?(?:le\s+)?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2026-11-21T10:00:00.5+01:00, 2026/6/29 15:07
        rf"(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?!\d)(?:t|\s)?{_CLOCK}{_ZONE}",
        # Sat, 21 Nov 2026 10:00:00 +0100; 21-Nov-26; 1er février 2027 à 9 h 05
        rf"{_DAY_NAME}(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\.?[\s-]+(?:de\s+)?"
        r"(?P<name>[^\W\d]{3,12})\.?,?[\s-]+(?:de\s+)?"
        rf"(?P<year>\d{{4}}|\d{{2}})(?!\d){_CLOCK}{_ZONE}",
        # Sat Nov 21 10:00:00 CET 2026 (asctime, date(1)); the zone before the year is optional
        r"(?:[^\W\d]{2,9},?\s+)?(?P<name>[^\W\d]{3,12})\s+(?P<day>\d{1,2})\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})"
        r"(?::(?P<second>\d{2}))?\s+(?P<half>(?!))?(?P<zone>[+-]\d{4}|[a-z]{1,5})?\s*(?P<year>\d{4})(?!\d)",
        # November 21, 2026 10:00 PM
        rf"{_DAY_NAME}(?P<name>[^\W\d]{{3,12}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
        rf"(?P<year>\d{{4}})(?!\d){_CLOCK}{_ZONE}",
        # 21/11/2026 10:00, day first as in Europe
        rf"(?P<day>\d{{1,2}})[/.](?P<month>\d{{1,2}})[/.](?P<year>\d{{4}})(?!\d){_CLOCK}{_ZONE}",
        # 20261121T100000Z
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:t?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?)?"
        r"(?P<half>(?!))?(?P<zone>z|[+-]\d{2}:?\d{2})?$",
        # 2026-11
        r"(?P<year>\d{4})-(?P<month>\d{2})(?P<day>(?!))?(?P<hour>(?!))?(?P<minute>(?!))?(?P<second>(?!))?"
        r"(?P<half>(?!))?(?P<zone>(?!))?$",
    )
)
#: What nearly all feeds write, read without further ado; whatever is odd about it (24:00, +15:00) is for the forms.
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d)", re.ASCII)
_RFC822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:\+0000|GMT)", re.ASCII
)
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")
_LONGEST = 100
#: Minutes: no place is further from Greenwich (Kiribati).
_WIDEST = 840


def parse_date(raw: str) -> datetime | None:
    """Aware UTC, or None when the text is no date that exists. Without a zone it is taken as UTC."""
    text = " ".join(raw[:_LONGEST].split())
    if usual := _usual(text):
        return usual
    if epoch := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(epoch[1]), tz=UTC)
    for form in _FORMS:
        if match := form.match(text):
            return _moment(match)
    return None


def _usual(text: str) -> datetime | None:
    """The moment of a date in one of the two usual forms; None for all others."""
    try:
        if _ISO.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
        if match := _RFC822.fullmatch(text):
            day, name, *rest = match.groups()
            year, hour, minute, second = map(int, rest)
            return datetime(year, MONTHS.get(name.lower(), 0), int(day), hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError):
        pass
    return None


def clamp(published: datetime | None, *, first_seen: datetime) -> datetime:
    """A publication time within [first seen - 30 days, first seen]; first seen when unknown. Aware UTC."""
    if published is None:
        return first_seen
    return min(max(published, first_seen - OLDEST), first_seen)


def _moment(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    month = _month(parts["name"]) if parts.get("name") else int(parts["month"])
    day = int(parts["day"] or 1)
    if day <= 12 < month:  # 12/31/2026, an American one
        day, month = month, day
    try:
        local = datetime(_year(parts["year"]), month, day, tzinfo=UTC) + _time_of_day(parts)
        zone = _zone(parts["zone"] or "")
        return local.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _month(name: str) -> int:
    folded = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return MONTHS.get(folded[:4]) or MONTHS.get(folded[:3], 0)


def _year(digits: str) -> int:
    """Two digits as in RFC 2822: 00-49 are this century."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 50 else 1900)


def _time_of_day(parts: dict[str, str | None]) -> timedelta:
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = (parts["half"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise ValueError("no such time of day")
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _zone(name: str) -> timezone | ZoneInfo:
    """What the name or the offset means; an unknown name and an offset beyond 14 hours mean UTC."""
    if name[:1] in ("+", "-"):
        return _offset(name)
    if "/" in name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, OSError):
            return UTC
    return timezone(timedelta(minutes=ZONES.get(name.upper(), 0)))


def _offset(text: str) -> timezone:
    """+01, +1:00, +0100."""
    digits = text[1:].replace(":", "")
    digits = digits.ljust(4, "0") if len(digits) == 2 else digits.zfill(4)
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes > _WIDEST:
        return UTC
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
