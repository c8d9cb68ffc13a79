"""Entries as JSON Lines in, answers as JSON Lines out: what the commands that try things on entries share."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from veille.model.entry import Entry
from veille.text.json_lines import LONGEST, entry_from, lines_of, object_of

__all__ = ["LONGEST", "entry_of", "lines_of", "opened", "write"]

#: Made once: json.dumps would make one for every line.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def entry_of(line: bytes | None) -> tuple[Entry, str]:
    """The entry of a line and its source ("" when it says none). Raises ValueError, which says what is wrong."""
    return entry_from(object_of(line))


def opened(file: str) -> AbstractContextManager[BinaryIO]:
    """The lines of a file, or of standard input for `-`. Raises OSError."""
    return nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb")


def write(answer: Mapping[str, Any], *, flush: bool) -> None:
    """One answer on a line of standard output; `flush` when someone waits for it."""
    # Whatever UTF-8 cannot write is written as JSON escapes it: the same signs.
    sys.stdout.buffer.write(_ENCODER.encode(answer).encode("utf-8", "backslashreplace") + b"\n")
    if flush:
        sys.stdout.buffer.flush()
