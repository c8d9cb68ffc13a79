"""What becomes of a story after its first alert: edits, disappearances, denials, returns, questions left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from veille.model.mention import Mention


class Sight(StrEnum):
    """What one look at the address of a mention came to."""

    #: The page answers and holds the text.
    VISIBLE = "visible"
    #: The page answers and holds nothing of the text any more.
    ABSENT = "absent"
    #: The site answers that there is no such page (404, 410).
    REFUSED = "refused"
    #: A wall, a site that is down, a page changed in part: nothing can be said.
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """What the looks at one mention's address came to so far. Moments are aware UTC."""

    #: Looks so far.
    asked: int = 0
    #: When its text, and when only its title, was last seen there (None = never).
    visible: datetime | None = None
    titled: datetime | None = None
    #: The first look of the present run of looks that found nothing, and how many they are.
    missing: datetime | None = None
    misses: int = 0
    #: Since when it is held to be no longer visible (None = it is visible, or nothing is known).
    gone: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A mention that is no longer visible where it was: the fact, and the dated copy. Never who took it away."""

    mention: Mention
    #: The first look that did not find it.
    since: datetime
    #: The last look that did.
    visible: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """Someone contradicts an own statement, or comes back unhappy after one."""

    mention: Mention
    statement: Mention
    #: Whether it is the author of a story already told.
    by_author: bool
    #: Whether the words contradict; else the author is only still unhappy.
    contradicts: bool = True
    #: The word of the statement that is contradicted ("" = none stands out).
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a mention said before its source changed it, and what it said then."""

    mention_id: int
    story_id: int
    at: datetime
    old_title: str
    old_text: str
    new_title: str
    new_text: str

    @property
    def retitled(self) -> bool:
        """Whether the title changed."""
        return self.old_title.strip() != self.new_title.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A story of before the window that a new one resembles: it returns."""

    story_id: int
    code: str
    #: When it was last seen.
    seen: datetime
    likeness: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """What followed a story, for a digest."""

    edits: tuple[Edit, ...] = ()
    gone: tuple[Gone, ...] = ()
    earlier: Earlier | None = None
    #: Questions that nobody answered.
    unanswered: int = 0
