"""Past mentions from another tool's CSV: each row an entry, or what is wrong with it and on which line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from veille.model.entry import Entry
from veille.onboarding import csv_preset
from veille.onboarding.csv_dates import Dates, day_first, is_ambiguous
from veille.onboarding.csv_file import Row, Table, folded, read_table, refused, values
from veille.onboarding.csv_preset import Preset
from veille.sources.syndication import entry_fields
from veille.text.clean import one_line
from veille.text.url import host

#: Years that an export reaches back, at most: anything older is a column read wrong.
_OLDEST = timedelta(days=20 * 366)
#: How far the clock of an export may be ahead of ours.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """A row that is not taken."""

    line: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A file read."""

    preset: Preset
    table: Table
    #: Which heading each thing was read from.
    read_from: Mapping[str, str]
    #: (line, entry), in the order of the file.
    entries: tuple[tuple[int, Entry], ...]
    bad: tuple[Bad, ...]
    #: What had better be known of the reading.
    notes: tuple[str, ...]


def read_history(file: Path, *, preset: str, columns: str, dates: str, zone: ZoneInfo, now: datetime) -> History:
    """The mentions of a file. Raises AnswerError for wrong words, SettingsError for a file that cannot be read."""
    asked = csv_preset.chosen(preset, columns, dates)
    headings = {
        heading for each in (asked, *csv_preset.presets().values()) for h in each.columns.values() for heading in h
    }
    table = read_table(file, headings.__contains__)
    if not preset:
        asked = csv_preset.chosen(csv_preset.told_by(table.headings), columns, dates)
    places = csv_preset.places(table, asked)
    if why := _unknown(columns, table) or csv_preset.missing(places, table):
        raise refused(file, why)
    written = [values(row, places)["date"] for row in table.rows]
    begins = day_first(written)
    form = Dates(forms=asked.dates, zone=zone, day_first=asked.day_first if begins is None else begins)
    entries, bad = _taken(table, places, form, now)
    if not entries and not bad:
        raise refused(file, "holds no row under its headings")
    return History(
        preset=asked,
        table=table,
        read_from={name: table.headings[numbers[0]] for name, numbers in places.items()},
        entries=tuple(entries),
        bad=tuple(bad),
        notes=tuple(_notes(asked, form, begins, written, zone, given=bool(dates))),
    )


def _unknown(columns: str, table: Table) -> str:
    """Which heading that was asked for the file does not have."""
    there = {folded(heading) for heading in table.headings}
    asked = [part.partition("=")[2].strip() for part in columns.split(",") if "=" in part]
    lost = [heading for heading in asked if folded(heading) not in there]
    known = ", ".join(heading for heading in table.headings if heading)
    return f"no column {', '.join(map(repr, lost))} among: {known}" if lost else ""


def _notes(
    preset: Preset, form: Dates, begins: bool | None, written: list[str], zone: ZoneInfo, *, given: bool
) -> Iterator[str]:
    if preset.memory:
        yield f"the columns of {preset.name} are known from memory: look at the first rows with --dry-run"
    doubtful = is_ambiguous(written) if begins is None and not given else ""
    if doubtful:
        order = "day/month" if form.day_first else "month/day"
        yield f"dates such as {doubtful} are read as {order}: --dates says otherwise"
    yield f"dates that name no zone are taken as {zone.key}: --zone says otherwise"


def _taken(
    table: Table, places: Mapping[str, tuple[int, ...]], form: Dates, now: datetime
) -> tuple[list[tuple[int, Entry]], list[Bad]]:
    entries: list[tuple[int, Entry]] = []
    bad: list[Bad] = []
    for row in table.rows:
        try:
            entries.append((row.line, _entry(row, values(row, places), form, now)))
        except ValueError as error:
            bad.append(Bad(line=row.line, why=str(error)))
    return entries, bad


def _entry(row: Row, said: Mapping[str, str], form: Dates, now: datetime) -> Entry:
    """The entry of a row. Raises ValueError, which says what is wrong with it."""
    if row.fault:
        raise ValueError(row.fault)
    published = _published(said, form, now)
    link = entry_fields.absolute_link(said.get("url", ""), "")
    title = entry_fields.title_of(said.get("title", ""), plain=True)
    text = entry_fields.text_of(said.get("text", ""), plain="<" not in said.get("text", ""))
    if not (title or text or link):
        raise ValueError("neither a title, nor a text, nor an address")
    entry = Entry(
        key="",
        link=link,
        title=title,
        text=text,
        author=entry_fields.author_name(said.get("author", "")),
        site=host(link) or _site(said.get("site", "")),
        published=published,
        language=entry_fields.primary_language(said.get("language", "")),
        tags=entry_fields.tags_of(tuple(part.strip() for part in said.get("tags", "").split(",") if part.strip())),
        rating=_stars(said.get("rating", "")),
        followers=_count(said.get("followers", "")),
    )
    return replace(entry, key=_key(entry, published))


def _published(said: Mapping[str, str], form: Dates, now: datetime) -> datetime:
    written = said["date"]
    if not written:
        raise ValueError("has no date")
    clock = said.get("time", "")
    found = (form.read(f"{written} {clock}") if clock else None) or form.read(written)
    if found is None:
        raise ValueError(f"{one_line(written, 40)!r} is no date that is read: say its form with --dates")
    if found > now + _AHEAD:
        raise ValueError(f"{one_line(written, 40)!r} lies in the future")
    if found < now - _OLDEST:
        raise ValueError(f"{one_line(written, 40)!r} is over 20 years ago")
    return min(found, now)


def _site(text: str) -> str:
    """A host where one is written; else nothing: names of media are no places."""
    written = text.strip().lower()
    name = host(written) if "://" in written else written.removeprefix("www.").partition("/")[0]
    return name if "." in name and " " not in name else ""


def _stars(text: str) -> float | None:
    try:
        stars = float(text.partition("/")[0].replace(",", "."))
    except ValueError:
        return None
    return stars if 1 <= stars <= 5 else None


def _count(text: str) -> int | None:
    digits = "".join(filter(str.isdigit, text.partition(".")[0]))
    return int(digits) if digits.isascii() and digits and len(digits) < 12 else None


def _key(entry: Entry, published: datetime) -> str:
    """One publication: its address, author and moment, or its words where it has no address."""
    words = "" if entry.link else f"{entry.title}\n{entry.text}"
    said = f"{entry.link}\n{entry.author}\n{published.isoformat()}\n{words}"
    return f"csv:{sha256(said.encode('utf-8', 'replace')).hexdigest()}"
