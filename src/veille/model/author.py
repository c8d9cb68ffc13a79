"""What one author wrote about one client before: the posts, and what they come to, as text that can be read again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from veille.model.feedback import Mark
from veille.model.mention import Urgency

#: An author as stored: (name, site). The same name on another site is another author.
Author = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierPost:
    """A mention of the same client by the same author on the same site."""

    published: datetime
    urgency: Urgency
    #: What was said of it (None = nothing).
    mark: Mark | None = None
    #: Whether the client said something in its story afterwards.
    answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorRecord:
    """What an author's earlier posts come to; `str` writes it as the evidence of a signal."""

    #: The first of those that count; aware UTC.
    since: datetime
    posts: int
    complaints: int = 0
    #: Those of the complaints that were high by themselves.
    grave: int = 0
    #: Those that someone marked calm or not us.
    dismissed: int = 0
    #: Whether the last complaint that counts has neither an answer nor thanks after it.
    unresolved: bool = False

    def __str__(self) -> str:
        complaints = "complaint" if self.complaints == 1 else "complaints"
        counted = {complaints: self.complaints, "grave": self.grave, "marked calm or not us": self.dismissed}
        said = [f"{self.posts} earlier since {self.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"]
        said += [f"{number} {name}" for name, number in counted.items() if number]
        return ", ".join([*said, "unanswered"] if self.unresolved else said)

    @classmethod
    def read(cls, evidence: str) -> AuthorRecord | None:
        """What such a text says; None when it is another."""
        found = _WRITTEN.fullmatch(evidence)
        if found is None:
            return None
        return cls(
            since=datetime.strptime(found["since"], "%Y-%m-%d %H:%M").replace(tzinfo=UTC),
            unresolved=bool(found["unresolved"]),
            **{name: int(found[name] or 0) for name in ("posts", "complaints", "grave", "dismissed")},
        )


_WRITTEN = re.compile(
    r"(?P<posts>\d+) earlier since (?P<since>\d{4}-\d\d-\d\d \d\d:\d\d) UTC"
    r"(?:, (?P<complaints>\d+) complaints?)?(?:, (?P<grave>\d+) grave)?"
    r"(?:, (?P<dismissed>\d+) marked calm or not us)?(?P<unresolved>, unanswered)?"
)
