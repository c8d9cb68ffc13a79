"""A CSV file as spreadsheets and services write it: its encoding, its delimiter and its headings found out.

bytes -> text (byte order mark, else UTF-8, else Windows-1252) -> the delimiter that splits the headings best -> rows
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from veille.errors import Problem, SettingsError
from veille.text.fold import words

#: A larger file is split first.
LARGEST = 300_000_000
_DELIMITERS = (",", ";", "\t", "|")
#: The headings are among the first lines: some services write a few of their own above.
_PREAMBLE = 15
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of data, with the number of the line that it begins on, from 1."""

    line: int
    fields: tuple[str, ...]
    #: Why it could not be split ("" = it could).
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file read: how it was written, and its rows."""

    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(file: Path, known: Callable[[str], bool]) -> Table:
    """The table of a file; `known` says whether a heading, folded, is one we look for.

    Raises SettingsError when it cannot be read, or when no line of its beginning has known headings.
    """
    text, encoding = _text(file)
    best = max(((_headings(text, sign, known), sign) for sign in _DELIMITERS), key=lambda found: found[0][0])
    (count, line), delimiter = best
    if not count:
        first = text.lstrip("\r\n").split("\n", 1)[0].strip()[:100]
        raise refused(
            file, f"no known heading in its first lines ({first or 'it is empty'}): name yours with --columns"
        )
    every = _rows(text, delimiter)
    for row in every:
        if row.line == line:
            return Table(
                encoding=encoding, delimiter=delimiter, headings=tuple(f.strip() for f in row.fields), rows=tuple(every)
            )
    raise refused(file, "its headings cannot be read")


def folded(heading: str) -> str:
    """A heading without case, accents and signs."""
    return " ".join(words(heading))


def refused(file: Path, message: str, *, line: int = 1) -> SettingsError:
    """What is wrong with a file, at a line."""
    return SettingsError((Problem(str(file), line, 1, "file", message),))


def _text(file: Path) -> tuple[str, str]:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise refused(file, f"cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise refused(file, f"larger than {LARGEST // 1_000_000} MB: split it")
    if content.startswith(b"PK"):
        raise refused(file, "a spreadsheet or a ZIP archive: save it as CSV first")
    encoding = _encoding(content)
    try:
        return content.decode(encoding).replace("\0", ""), encoding
    except UnicodeDecodeError as error:
        raise refused(file, f"is no text in {encoding}: byte {error.start} is none of it") from None


def _encoding(content: bytes) -> str:
    """The encoding that a file's own bytes tell."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    head = content[:2_000]
    if head[1::2].count(0) > len(head) // 4:
        return "utf-16-le"
    if head[::2].count(0) > len(head) // 4:
        return "utf-16-be"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # A few bytes of Windows-1252 mean nothing: Latin-1 gives every byte a sign.
        return "cp1252" if not set(content) & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else "latin-1"
    return "utf-8"


def _headings(text: str, delimiter: str, known: Callable[[str], bool]) -> tuple[int, int]:
    """(how many known headings, the line they are on) of the first lines."""
    found = (0, 0)
    for number, row in enumerate(_rows(text, delimiter)):
        count = len({name for field in row.fields if known(name := folded(field))})
        if count > found[0]:
            found = (count, row.line)
        if number >= _PREAMBLE:
            break
    return found


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Every line that is not blank; one that cannot be split is a row with its fault."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line=line, fields=(), fault=f"cannot be split into fields ({error})")
            continue
        if any(field.strip() for field in fields):
            yield Row(line=line, fields=tuple(fields))


def values(row: Row, places: Mapping[str, int | Sequence[int]]) -> Mapping[str, str]:
    """What a row says, by name: the first of a name's fields that holds something."""
    found = {}
    for name, where in places.items():
        numbers = (where,) if isinstance(where, int) else where
        said = (row.fields[number].strip() for number in numbers if number < len(row.fields))
        found[name] = next((text for text in said if text), "")
    return found
