"""Asks one query of one text, and shows what it matched in the original."""

from __future__ import annotations

from typing import Any

import pytest

from veille.model.entry import Entry
from veille.query import Matcher, parse


def entry(text: str = "", **fields: Any) -> Entry:
    """An entry with this text."""
    return Entry(key="1", text=text, **fields)


def matched(query: str, text: str = "", *, source: str = "", kind: str = "", **fields: Any) -> list[str] | None:
    """The original slices that matched, in order; None when the query does not hold."""
    asked = entry(text, **fields)
    found = Matcher({"q": parse(query)}).match(asked, source=source, kind=kind)
    if "q" not in found:
        return None
    raws = {"title": asked.title, "text": text, "author": asked.author, "link": asked.link}
    raws |= {f"tags[{number}]": tag for number, tag in enumerate(asked.tags)}
    return [raws[span.field][span.start : span.end] for span in found["q"]]


def row(situation: str, *values: Any) -> Any:
    """One row of a table, named by its situation."""
    return pytest.param(*values, id=situation)
