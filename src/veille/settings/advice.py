"""What was probably meant: the nearest of the words that would be right."""

from __future__ import annotations

import difflib
from collections.abc import Sequence


def suggestion(word: str, known: Sequence[str]) -> str:
    """`; did you mean ...?`, or the whole list when nothing is near."""
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.6)
    if near:
        return f": did you mean `{near[0]}`?"
    return f": write one of {', '.join(known)}" if known else ""
