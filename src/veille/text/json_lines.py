"""JSON Lines, a line at a time: to an object, to the entry it describes, or to what is wrong with it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NoReturn

from veille.model.entry import Entry

#: A longer line is refused, and read over without being kept.
LONGEST = 10_000_000

_TEXTS = ("title", "text", "author", "url", "lang", "source")
_LISTS = ("tags", "links")
_GZIP = b"\x1f\x8b"


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


#: Made once: json.loads would make one for every line.
_DECODER = json.JSONDecoder(parse_constant=_no_number)


def lines_of(stream: BinaryIO, longest: int = LONGEST) -> Iterator[bytes | None]:
    """The lines of a stream, one at a time, whatever its size; None for one of more than `longest` bytes."""
    while line := stream.readline(longest + 1):
        if len(line) > longest:
            while len(line) > longest and not line.endswith(b"\n"):
                line = stream.readline(longest + 1)
            yield None
        else:
            yield line


def object_of(line: bytes | None) -> dict[str, Any]:
    """The object of a line (None = one that was too long). Raises ValueError, which says what is wrong."""
    if line is None:
        raise ValueError(f"longer than {LONGEST // 1_000_000} MB")
    try:
        said = _DECODER.decode(line.decode("utf-8").removeprefix("\ufeff").rstrip("\r\n"))
    except UnicodeDecodeError as error:
        raise ValueError(_unread(line, error.start)) from None
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        raise ValueError(f"not JSON, column {error.pos + 1}: {what}; write one whole object a line") from None
    except RecursionError:
        raise ValueError("not an entry: too deep") from None
    except ValueError as error:
        raise ValueError(str(error) if "JSON" in str(error) else "a number of thousands of digits") from None
    if not isinstance(said, dict):
        raise ValueError('not an entry: write an object such as {"text": "..."}')
    return said


def _unread(line: bytes, start: int) -> str:
    if line.startswith(_GZIP):
        return "compressed: unpack it first, as `zcat FILE | veille ... -` does"
    return f"not UTF-8, from byte {start + 1} on: save the file as UTF-8"


def entry_from(said: Mapping[str, Any]) -> tuple[Entry, str]:
    """The entry that an object describes and its source ("" when it says none). Raises ValueError."""
    for name in _TEXTS:
        if not isinstance(said.get(name, ""), str | None):
            raise ValueError(f"{name}: write a text")
    for name in _LISTS:
        if not _is_list_of_texts(said.get(name)):
            raise ValueError(f"{name}: write a list of texts")
    entry = Entry(
        key="",
        link=said.get("url") or "",
        title=said.get("title") or "",
        text=said.get("text") or "",
        author=said.get("author") or "",
        language=said.get("lang") or "",
        tags=tuple(said.get("tags") or ()),
        links=tuple(said.get("links") or ()),
        rating=_number(said, "rating"),
        followers=_followers(said),
    )
    return entry, said.get("source") or ""


def _is_list_of_texts(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _number(said: Mapping[str, Any], name: str) -> float | None:
    value = said.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{name}: write a number")
    try:
        finite = math.isfinite(value)
    except OverflowError:
        finite = False
    if not finite:
        raise ValueError(f"{name}: too large")
    return value


def _followers(said: Mapping[str, Any]) -> int | None:
    value = _number(said, "followers")
    if value is not None and value != int(value):
        raise ValueError("followers: write a whole number")
    return None if value is None else int(value)
