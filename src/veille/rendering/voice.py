"""How one reader is spoken to: their language, the zone of the times they read, and the present moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from veille.model.mention import Level
from veille.rendering.catalogue import Catalogue, later
from veille.text.clean import neutral, one_line, shorten

#: A mention seen within one ordinary poll of its publication has one time worth saying.
_SAME_TIME = timedelta(minutes=15)
_DAYS_A_WEEK = 7

_LEVELS = {
    Level.LOW: later("for information"),
    Level.MEDIUM: later("to follow"),
    Level.HIGH: later("to handle"),
    Level.CRITICAL: later("critical"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Sentences, counts, times and levels as one reader reads them. Every datetime given is aware."""

    catalogue: Catalogue
    zone: ZoneInfo
    now: datetime

    @property
    def language(self) -> str:
        """The language spoken, "fr" or "en"."""
        return self.catalogue.language

    def say(self, msgid: str, /, **values: object) -> str:
        """Return a sentence."""
        return self.catalogue.say(msgid, **values)

    def count(self, singular: str, plural: str, number: int, /, **values: object) -> str:
        """Return a sentence with its number, written `{n}`, in the right plural."""
        return self.catalogue.count(singular, plural, number, n=self.number(number), **values)

    def number(self, value: float) -> str:
        """Write a number with the language's separators."""
        return str(format_decimal(value, locale=self.language))

    def quote(self, text: str) -> str:
        """Put text from outside between the language's quotation marks."""
        return self.say("“{text}”", text=text)

    def label(self, name: str) -> str:
        """Announce what follows: "Consigne :"."""
        return self.say("{label}:", label=name)

    def labelled(self, name: str, text: str) -> str:
        """Announce a text and say it: "Consigne : ne rien publier"."""
        return f"{self.label(name)} {text}"

    def level(self, level: Level) -> str:
        """Name a level."""
        return self.say(_LEVELS[level])

    def clock(self, at: datetime) -> str:
        """Return the local time, "10:52"."""
        return at.astimezone(self.zone).strftime("%H:%M")

    def spoken_clock(self, at: datetime) -> str:
        """Return the local time as a headline writes it, "15 h 52" in French."""
        hour, minute = self.clock(at).split(":")
        return self.say("{hour}:{minute}", hour=int(hour), minute=minute)

    def moment(self, at: datetime) -> str:
        """Return the local time, with its day when that is not today."""
        local, today = at.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()
        if local == today:
            return self.clock(at)
        if local == today - timedelta(days=1):
            return self.say("yesterday {clock}", clock=self.clock(at))
        return f"{self.short_day(local, year=local.year != today.year)} {self.clock(at)}"

    def at(self, at: datetime) -> str:
        """Say when something was done: "à 10:52", "hier à 10:52", "le 11 févr. à 10:52"."""
        local, today = at.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()
        if local == today:
            return self.say("at {clock}", clock=self.clock(at))
        if local == today - timedelta(days=1):
            return self.say("yesterday at {clock}", clock=self.clock(at))
        return self.say("on {day} at {clock}", day=self.short_day(local), clock=self.clock(at))

    def dated(self, at: datetime) -> str:
        """Return the local day and time, whatever today is."""
        return f"{self.short_day(at.astimezone(self.zone).date())} {self.clock(at)}"

    def times(self, published: datetime, seen: datetime) -> str:
        """Say when it was published, and when it was seen if that was much later."""
        if seen - published <= _SAME_TIME:
            return self.moment(published)
        return self.say("published {published}, seen {seen}", published=self.moment(published), seen=self.moment(seen))

    def day(self, day: date) -> str:
        """Return a day in full: "samedi 13 février"."""
        pattern = "EEEE d MMMM" if self.language == "fr" else "EEEE, d MMMM"
        return self._first(day, format_date(day, pattern, locale=self.language))

    def short_day(self, day: date, *, year: bool = False) -> str:
        """Return a day in short: "13 févr."."""
        return self._first(day, format_date(day, "d MMM y" if year else "d MMM", locale=self.language))

    def long_day(self, at: datetime) -> str:
        """Return the local day of a moment: "12 février", with its year when that is not this one."""
        day = at.astimezone(self.zone).date()
        pattern = "d MMMM" if day.year == self.now.astimezone(self.zone).year else "d MMMM y"
        return self._first(day, format_date(day, pattern, locale=self.language))

    def weekday(self, day: date) -> str:
        """Return a weekday in short: "sam."."""
        return str(format_date(day, "EEEEEE" if self.language == "en" else "EEE", locale=self.language)).rstrip(".")

    def duration(self, minutes: int) -> str:
        """Return a length of time: "45 min", "1h30", "3 h"."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.say("{n} min", n=rest)
        return (
            self.say("{hours}h{rest}", hours=hours, rest=f"{rest:02}") if rest else self.say("{hours} h", hours=hours)
        )

    def usual(self, per_day: float) -> str:
        """Say what a usual day brings ("" when nothing is known of it)."""
        if per_day <= 0:
            return ""
        if per_day * _DAYS_A_WEEK < 1:
            return self.say("usually less than one a week")
        if per_day < 1:
            weekly = round(per_day * _DAYS_A_WEEK)
            return self.count("usually {n} a week", "usually {n} a week", weekly)
        daily = round(per_day)
        return self.count("usually {n} a day", "usually {n} a day", daily)

    def usual_short(self, per_day: float) -> str:
        """Say what a usual day brings, for a telephone: "d'habitude 1/jour"."""
        daily = round(per_day)
        return self.say("usually {n}/day", n=self.number(daily)) if per_day >= 1 else self.usual(per_day)

    def _first(self, day: date, written: str) -> str:
        # CLDR writes "1 février"; French says "1er février".
        return written.replace("1 ", "1er ", 1) if self.language == "fr" and day.day == 1 else written


def shown(text: str, limit: int = 0) -> str:
    """Bring text from outside to one line that can be displayed: no control, bidi or zero-width character."""
    line = one_line(neutral(text[: 4 * limit] if limit else text))
    return shorten(line, limit) if limit else line


def capital(sentence: str) -> str:
    """Return a sentence with its first letter in upper case."""
    return sentence[:1].upper() + sentence[1:]


def small(sentence: str) -> str:
    """Return a sentence with its first letter in lower case, to follow a colon."""
    return sentence[:1].lower() + sentence[1:]


def plain(text: str) -> str:
    """Return our text with ordinary spaces, for channels where no-break ones are of no use."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
