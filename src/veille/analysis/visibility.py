"""What a look at a mention's address says of the looks before it: visible, gone, or nothing that can be known.

Nothing is ever concluded from an address where the text was never read: behind a login, or built by scripts, a page
without the text is what it always was. "Gone" takes several looks, and says nothing of who or why.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from veille.model.following import Sight, Visibility

#: Looks that must find no such page; and those that must find a page without the text, over so long.
REFUSALS = 2
ABSENCES = 3
ABSENT_FOR = timedelta(minutes=10)

#: An address where the text could not be read so often is let alone.
UNREADABLE = 3


def after(known: Visibility, sight: Sight, *, titled: bool = False, at: datetime) -> Visibility:
    """What is known after one more look, at `at` (aware UTC). `titled`: the page holds the mention's title."""
    looked = replace(known, asked=known.asked + 1, titled=at if titled else known.titled)
    if sight is Sight.VISIBLE:
        return replace(looked, visible=at, missing=None, misses=0, gone=None)
    if not _missed(known, sight):
        return looked
    missing, misses = known.missing or at, known.misses + 1
    gone = known.gone or (missing if _confirmed(sight, misses, at - missing) else None)
    return replace(looked, missing=missing, misses=misses, gone=gone)


def unreadable(known: Visibility) -> bool:
    """Whether the address tells nothing: its looks never found text or title."""
    return known.asked >= UNREADABLE and known.visible is None and known.titled is None


def _missed(known: Visibility, sight: Sight) -> bool:
    """Whether the look counts: a missing page does where anything was read before, a missing text where it was."""
    if sight is Sight.REFUSED:
        return known.visible is not None or known.titled is not None
    return sight is Sight.ABSENT and known.visible is not None


def _confirmed(sight: Sight, misses: int, lasted: timedelta) -> bool:
    if sight is Sight.REFUSED:
        return misses >= REFUSALS
    return misses >= ABSENCES and lasted >= ABSENT_FOR
