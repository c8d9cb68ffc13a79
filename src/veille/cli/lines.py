"""Entries as JSON Lines, as the commands that try things on them take them."""

from __future__ import annotations

from veille.model.entry import Entry
from veille.text.json_lines import LONGEST, entry_from, lines_of, object_of

__all__ = ["LONGEST", "entry_of", "lines_of"]


def entry_of(line: bytes | None) -> tuple[Entry, str]:
    """The entry of a line and its source ("" when it says none). Raises ValueError, which says what is wrong."""
    return entry_from(object_of(line))
