"""The kinds of values a YAML file holds: each checks one text and says what would be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, PlainValidator, ValidationInfo, WithJsonSchema

from veille.model.secret import Secret
from veille.settings.secrets import Vault
from veille.text.url import host

SLUG = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"
#: Longer than any name, query or address that means well.
LONGEST = 2_000

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"([0-9]{1,6})([smhdw])")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_SHORT_CLOCK = re.compile(r"([0-9]):([0-5][0-9])")
#: Years of an event: any other is a slip, and the calendar of a far one cannot be reckoned in every zone.
_FIRST_YEAR, _LAST_YEAR = 1970, 2200
_HOST = re.compile(r"[^\s/:@?#\\]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a field may need beyond its own text."""

    vault: Vault
    #: What the operator's file opens.
    allow_private: tuple[str, ...] = ()
    #: What the file of the database is relative to.
    folder: Path = Path()


def context_of(info: ValidationInfo) -> Context:
    """The context a validation was started with."""
    context = info.context
    assert isinstance(context, Context)
    return context


def _line(text: str) -> str:
    """Any text on one line."""
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text):
        raise ValueError("holds a control character or more than one line: write it on one line")
    return _bounded(text)


def _prose(text: str) -> str:
    """A text that may run over several lines, folded into one."""
    return _line(" ".join(text.split()))


def _bounded(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty: write a text or remove the key")
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    return text.strip()


def _name(text: str) -> str:
    """What is shown in subjects and addresses."""
    if "," in text:
        raise ValueError("a comma would split a mail address: remove it")
    return _line(text)


def _slug(text: str) -> str:
    if not re.fullmatch(SLUG, text) or len(text) > 60:
        raise ValueError(f"an id is made of a-z, 0-9, - and _: write `{slug(text)}`")
    return text


def slug(text: str) -> str:
    """The id that a free text suggests: "Floréal & fils" -> "floreal-fils"."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "name"


def _mark(text: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]{2,3}", text):
        raise ValueError("two or three letters that open every message: write capitals such as FL")
    return text


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise ValueError('a colour is written "#3b5b92", in quotes')
    return text.lower()


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("no such time zone: write one such as Europe/Paris") from None


def _clock(text: str) -> str:
    if short := _SHORT_CLOCK.fullmatch(text):
        raise ValueError(f"write 0{short[0]}")
    if not _CLOCK.fullmatch(text):
        raise ValueError("a time of day goes from 00:00 to 23:59: write one such as 06:30")
    return text


def clock(text: str) -> time:
    """The time of day of a checked text."""
    return time.fromisoformat(text)


def _moment(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError('a date is written 2027-02-12, with a time "2027-02-12 08:00"') from None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", text):
        raise ValueError('a date is written 2027-02-12, with a time "2027-02-12 08:00"')
    if not _FIRST_YEAR <= int(text[:4]) <= _LAST_YEAR:
        raise ValueError(f"the year must be between {_FIRST_YEAR} and {_LAST_YEAR}")
    return text


def moment(text: str) -> tuple[date, time | None]:
    """The local date, and the time of day when it was given, of a checked text."""
    day, _, at = text.partition(" ")
    return date.fromisoformat(day), time.fromisoformat(at) if at else None


def _between(least: str, most: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        found = _DURATION.fullmatch(text)
        if not found:
            raise ValueError(f"a duration is a whole number and s, m, h, d or w, between {least} and {most}")
        if not duration(least) <= duration(text) <= duration(most):
            raise ValueError(f"must be between {least} and {most}")
        return text

    return check


def duration(text: str) -> timedelta:
    """The length of a checked text such as 15m, 2h, 1d."""
    number, unit = text[:-1], text[-1]
    return timedelta(**{_UNITS[unit]: int(number)})


def _mail(text: str) -> str:
    """One mail address, without a name."""
    local, _, domain = _line(text).rpartition("@")
    if not local or not domain or re.search(r"[\s,;<>\"@]", local + domain):
        raise ValueError("write one mail address such as claire@agence.example")
    return text.strip()


def _sender(text: str) -> str:
    """A mail address, possibly with a name before it."""
    name, address = parseaddr(_name(text))
    if not address or text.strip() not in (address, f"{name} <{address}>"):
        raise ValueError('write an address such as "Veille <veille@agence.example>"')
    _mail(address)
    return text.strip()


def _web(text: str) -> str:
    """An http or https address with a host and a sound port."""
    return web(text)


def web(text: str, *, schemes: tuple[str, ...] = ("http", "https")) -> str:
    """An address of one of these schemes, with a host and a sound port. Raises ValueError."""
    url = _line(text)
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("not a web address: write one such as https://example.org/feed") from None
    if parts.scheme not in schemes:
        raise ValueError(f"only http:// and https:// addresses are asked, not `{parts.scheme[:20] or url[:20]}`")
    if not _HOST.fullmatch(name.strip("[]").replace(":", "")) or port == 0 or " " in url or "\\" in url:
        raise ValueError("not a web address: write one such as https://example.org/feed")
    return url


def _site(text: str) -> str:
    """A host as entries have it, however it was pasted: `https://www.Floréal.example/` is fine."""
    written = _line(text)
    site = host(written if "://" in written else f"https://{written}")
    if "." not in site or not _HOST.fullmatch(site):
        raise ValueError("write the name of a site such as floreal.example")
    return site


def _header(text: str) -> str:
    """What can travel in an HTTP header."""
    if not text.isascii():
        raise ValueError("goes into a header of HTTP: write it without accents")
    return _name(text)


def _address(value: Any, info: ValidationInfo) -> Secret:
    return context_of(info).vault.address(_name(_text(value)))


def _password(value: Any, info: ValidationInfo) -> Secret:
    return context_of(info).vault.password(_line(_text(value)))


def _text(value: Any) -> str:
    """A secret's text. What it is instead is never shown."""
    if isinstance(value, str):
        return value
    if value is None:
        raise ValueError("is empty: write a text or remove the key")
    raise ValueError("must be a text: write it in quotes")


Line = Annotated[str, AfterValidator(_line)]
Prose = Annotated[str, AfterValidator(_prose)]
Name = Annotated[str, AfterValidator(_name)]
Slug = Annotated[str, AfterValidator(_slug), WithJsonSchema({"type": "string", "pattern": f"^{SLUG}$"})]
Mark = Annotated[str, AfterValidator(_mark), WithJsonSchema({"type": "string", "pattern": "^[A-Z0-9]{2,3}$"})]
Colour = Annotated[str, AfterValidator(_colour), WithJsonSchema({"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})]
Zone = Annotated[str, AfterValidator(_zone)]
ClockTime = Annotated[str, AfterValidator(_clock), WithJsonSchema({"type": "string", "pattern": f"^{_CLOCK.pattern}$"})]
Moment = Annotated[str, AfterValidator(_moment)]
Mail = Annotated[str, AfterValidator(_mail)]
Sender = Annotated[str, AfterValidator(_sender)]
Web = Annotated[str, AfterValidator(_web)]
Site = Annotated[str, AfterValidator(_site)]
Header = Annotated[str, AfterValidator(_header)]
_DURATION_SCHEMA = WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,6}[smhdw]$"})
Interval = Annotated[str, AfterValidator(_between("1m", "7d")), _DURATION_SCHEMA]
Beat = Annotated[str, AfterValidator(_between("30s", "1d")), _DURATION_SCHEMA]
Keep = Annotated[str, AfterValidator(_between("1d", "3650d")), _DURATION_SCHEMA]
#: May hold a secret: a reference, or a clear text in which nothing looks like one.
Address = Annotated[Secret, PlainValidator(_address), WithJsonSchema({"type": "string"})]
#: A reference, always.
Password = Annotated[
    Secret,
    PlainValidator(_password),
    WithJsonSchema({"type": "string", "pattern": r"^(file:|cred:)|\$\{[A-Za-z_]\w*\}"}),
]
