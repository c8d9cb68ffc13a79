"""Dates as exports write them: in the forms said first, then any that we read; those without a zone are local."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from veille.text.dates import parse_date

#: Two numbers that may each be a month: 03/04/2026, 3-4-26.
_EITHER = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
#: What says a zone, at the end of a date.
_ZONED = re.compile(r"(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\d{2}:?\d{2})\)?\s*$")
_HALF = re.compile(r"\b[AP]\.?M\.?\s*$", re.IGNORECASE)
#: Days since 1899-12-30, as spreadsheets count them.
_SERIAL = re.compile(r"[34]\d{4}(?:[.,]\d+)?")
_FIRST_SERIAL = datetime(1899, 12, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """How the dates of one file are read."""

    forms: Sequence[str]
    zone: ZoneInfo
    day_first: bool

    def read(self, text: str) -> datetime | None:
        """Aware UTC; None when the text is no date."""
        written = " ".join(text.split())
        for form in self.forms:
            if moment := self._formed(written, form):
                return moment
        if _SERIAL.fullmatch(written):
            return self._utc(_FIRST_SERIAL + timedelta(days=float(written.replace(",", "."))))
        found = parse_date(self._european(written))
        if found is None or (_ZONED.search(written) and not _HALF.search(written)) or written.isdigit():
            return found
        return self._utc(found.replace(tzinfo=None))

    def _formed(self, written: str, form: str) -> datetime | None:
        try:
            return self._utc(datetime.strptime(written, form))
        except (ValueError, OverflowError):
            return None

    def _european(self, written: str) -> str:
        """The date with the day first, which is how ambiguous ones are read."""
        either = _EITHER.match(written)
        if either is None:
            return written
        one, _, other, year = either.groups()
        day, month = (one, other) if self.day_first else (other, one)
        century = "" if len(year) == 4 else "20"
        return f"{day}/{month}/{century}{year}{written[either.end() :]}"

    def _utc(self, moment: datetime) -> datetime | None:
        try:
            return (moment if moment.tzinfo else moment.replace(tzinfo=self.zone)).astimezone(UTC)
        except OverflowError:
            return None


def day_first(texts: Iterable[str]) -> bool | None:
    """What the dates of a file begin with, where one of them can only be read one way; None when none tells."""
    days_first = months_first = 0
    for text in texts:
        if either := _EITHER.match(text):
            one, other = int(either[1]), int(either[3])
            days_first += one > 12 >= other
            months_first += other > 12 >= one
    return None if days_first == months_first else days_first > months_first


def is_ambiguous(texts: Iterable[str]) -> str:
    """A date that could be read either way ("" = there is none)."""
    return next((text for text in texts if (e := _EITHER.match(text)) and e[1] != e[3] and int(e[1]) <= 12), "")
