"""The alerts of a Google account, as its Data Portability export (or Takeout) gives them: one JSON file.

https://developers.google.com/data-portability/schema-reference/alerts names the fields. It names no field for
the address of an alert's feed: an address found anywhere in an alert is taken all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from veille.errors import Problem, SettingsError
from veille.onboarding.google import alerts_trouble

#: A larger file is no list of alerts.
LARGEST = 20_000_000

#: What we read, under the names it may have once case and signs are taken away; the first is Google's.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "query": ("query", "searchquery", "search", "keywords", "keyword", "term", "q"),
    "language": ("language", "lang", "languagecode"),
    "country": ("country", "region", "countrycode"),
    "strict_language": ("applylanguagerestrict",),
    "strict_country": ("applyregionrestrict",),
    "source": ("source", "sources"),
    "quality": ("quality",),
    "delivery": ("deliverymethod", "delivery", "deliverto"),
}
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedAlert:
    """One alert as exported."""

    #: "FILE:LINE", for messages.
    place: str
    query: str
    #: ISO 639-1 and 3166-1 codes ("" = none), and whether nothing else is to be found.
    language: str = ""
    country: str = ""
    strict_language: bool = False
    strict_country: bool = False
    #: NEWS, WEB... in capitals (empty = all).
    sources: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    #: RSS or EMAIL ("" = not said).
    delivery: str = ""
    #: Address of its feed ("" = not said).
    feed: str = ""


def read_export(file: Path) -> tuple[ExportedAlert, ...]:
    """The alerts in order. Raises SettingsError with the place of everything that cannot be read."""
    text = _text(file)
    alerts: list[ExportedAlert] = []
    problems: list[Problem] = []
    try:
        for offset, value in _document(text):
            line = text.count("\n", 0, offset) + 1
            try:
                alerts.append(_alert(value, place=f"{file}:{line}"))
            except ValueError as error:
                problems.append(Problem(str(file), line, 1, "alert", str(error)))
    except json.JSONDecodeError as error:
        problems.append(Problem(str(file), error.lineno, error.colno, "file", f"not JSON: {error.msg}"))
    except RecursionError:
        problems.append(Problem(str(file), 1, 1, "file", "not a list of alerts: too deep"))
    except ValueError:  # more digits than Python turns into a number
        problems.append(Problem(str(file), 1, 1, "file", "not a list of alerts: a number of thousands of digits"))
    if problems or not alerts:
        none = Problem(str(file), 1, 1, "file", "holds no alert")
        raise SettingsError(tuple(problems) or (none,))
    return tuple(alerts)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise _refused(file, f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        zipped = content.startswith(b"PK")
        said = "a ZIP archive: unpack it, and give the JSON file of the alerts" if zipped else "not UTF-8"
        raise _refused(file, said) from None
    if len(content) > LARGEST:
        raise _refused(file, f"larger than {LARGEST // 1_000_000} MB: no list of alerts is")
    return text


def _refused(file: Path, message: str) -> SettingsError:
    return SettingsError((Problem(str(file), 1, 1, "file", message),))


def _document(text: str) -> Iterator[tuple[int, Any]]:
    """(where it begins, value) of each alert."""
    start = _past_blanks(text, 0)
    value, end = _DECODER.raw_decode(text, start)
    if _past_blanks(text, end) < len(text):
        raise json.JSONDecodeError("more than one value", text, end)
    return _alerts(text, start, value)


def _alerts(text: str, at: int, value: Any) -> Iterator[tuple[int, Any]]:
    """The items of a list, or of the lists within an object; an object with a query is an alert itself."""
    if isinstance(value, list):
        yield from _items(text, at)
    elif isinstance(value, dict) and _said(value, "query") is None:
        for start, each in _members(text, at):
            if isinstance(each, list | dict):
                yield from _alerts(text, start, each)
    else:
        yield at, value


def _members(text: str, start: int) -> Iterator[tuple[int, Any]]:
    """(where it begins, value) of each member of the object at `start`, which is known to be right."""
    at = _past_blanks(text, start + 1)
    while text[at] != "}":
        _, end = _DECODER.raw_decode(text, at)
        at = _past_blanks(text, _past_blanks(text, end) + 1)
        value, end = _DECODER.raw_decode(text, at)
        yield at, value
        at = _past_comma(text, end)


def _items(text: str, start: int) -> Iterator[tuple[int, Any]]:
    """(where it begins, value) of each item of the list at `start`, which is known to be right."""
    at = _past_blanks(text, start + 1)
    while text[at] != "]":
        value, end = _DECODER.raw_decode(text, at)
        yield at, value
        at = _past_comma(text, end)


def _past_comma(text: str, at: int) -> int:
    at = _past_blanks(text, at)
    return _past_blanks(text, at + 1) if text[at] == "," else at


def _past_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _alert(value: Any, *, place: str) -> ExportedAlert:
    if not isinstance(value, dict):
        raise ValueError("not an alert: an object with a query is expected")
    query = _said(value, "query")
    if not isinstance(query, str) or not query.strip():
        raise ValueError("has no query")
    return ExportedAlert(
        place=place,
        query=" ".join(query.split()),
        language=_code(_said(value, "language")),
        country=_code(_said(value, "country")).upper(),
        strict_language=_said(value, "strict_language") is True,
        strict_country=_said(value, "strict_country") is True,
        sources=_capitals(_said(value, "source")),
        quality=_capitals(_said(value, "quality")),
        delivery=_delivery(_said(value, "delivery")),
        feed=next(_feeds(value), ""),
    )


def _said(value: Mapping[str, Any], name: str) -> Any:
    plain = {"".join(filter(str.isalnum, key)).lower(): each for key, each in value.items()}
    return next((plain[key] for key in _KEYS[name] if plain.get(key) is not None), None)


def _code(value: object) -> str:
    """The primary part of fr, fr-FR or lang_fr; "" of anything else."""
    text = value.strip().lower().removeprefix("lang_") if isinstance(value, str) else ""
    primary = text.replace("_", "-").partition("-")[0]
    return primary if primary.isascii() and primary.isalpha() and 2 <= len(primary) <= 3 else ""


def _capitals(value: object) -> tuple[str, ...]:
    """A list of texts, or one with commas."""
    texts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(each.strip().upper() for each in texts if isinstance(each, str) and each.strip())


def _delivery(value: object) -> str:
    if isinstance(value, dict):
        value = next((each for each in value.values() if isinstance(each, str)), "")
    text = value.upper() if isinstance(value, str) else ""
    return "RSS" if "RSS" in text or "FEED" in text else "EMAIL" if "MAIL" in text or "@" in text else ""


def _feeds(value: object) -> Iterator[str]:
    """Addresses of alerts' feeds, wherever they stand."""
    if isinstance(value, str) and not alerts_trouble(value.strip()):
        yield value.strip()
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _feeds(each)
