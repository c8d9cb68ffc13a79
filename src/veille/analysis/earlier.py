"""What an author's earlier posts say of a new one: a complaint that comes back weighs more, one dismissed before less.

Only for clients that switched it on. Nothing but what is stored of that client is looked at, an author is a name on
one site, and a post that is calm by itself stays as it is, whoever wrote it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from veille.analysis.signals import CRISIS, signal
from veille.model.author import AuthorRecord, EarlierPost
from veille.model.feedback import RIGHT, WRONG
from veille.model.mention import Category, Level, Urgency
from veille.text.fold import words

#: The name of the signal.
EARLIER = "earlier_posts"
#: What each complaint brings, so many at most; that one was grave; that the last was left unanswered.
EACH, MOST_COUNTED, GRAVE, UNRESOLVED = 6, 3, 4, 6
#: Posts that were all dismissed, so many at least, take points back: never from what tells of a crisis.
HABIT, HABITUAL = 2, -6
#: Within so long of each other, two posts are one that was cut in pieces.
SITTING = timedelta(hours=1)
#: A name with fewer letters and digits names too many people (analysis/following.py holds persons to the same).
NAME = 6

_PRESS = ("press", "national_press")
_CALM = (Category.PRAISE, Category.IDEA, Category.PRESS)
_APART = ("own_statement", "contest", "advert", "job")


def nameless(author: str) -> bool:
    """Whether an author's name says nobody: empty, too short, or what a service writes for those without a name."""
    said = " ".join(words(author))
    return sum(character.isalnum() for character in said) < NAME or said in _nobody()


@cache
def _nobody() -> frozenset[str]:
    raw = files("veille.analysis").joinpath("data", "nameless.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(raw)["names"])


def record(posts: Iterable[EarlierPost], *, published: datetime, within: timedelta) -> AuthorRecord | None:
    """What the posts come to that are older than `published` by an hour to `within`; None when there are none."""
    earlier = _sittings(post for post in posts if SITTING <= published - post.published <= within)
    if not earlier:
        return None
    complaints = [post for post in earlier if complains(post)]
    counted = [post for post in complaints if post.mark not in WRONG]
    return AuthorRecord(
        since=earlier[0].published,
        posts=len(earlier),
        complaints=len(complaints),
        grave=sum(_points(post.urgency) >= Level.HIGH for post in counted),
        dismissed=len(complaints) - len(counted),
        unresolved=bool(counted) and _is_open(counted[-1], earlier),
    )


def _sittings(posts: Iterable[EarlierPost]) -> list[EarlierPost]:
    """In order of time; of those written in one sitting the gravest, and the thanks after it."""
    kept: list[EarlierPost] = []
    for post in sorted(posts, key=lambda post: post.published):
        thanks = post.urgency.category is Category.PRAISE
        if kept and not thanks and post.published - kept[-1].published < SITTING:
            kept[-1] = max(kept[-1], post, key=lambda each: _points(each.urgency))
        else:
            kept.append(post)
    return kept


def complains(post: EarlierPost) -> bool:
    """Whether a post was a complaint: unhappy about a problem, high by itself, or someone said that it was right."""
    return _is_unhappy(post.urgency) or _points(post.urgency) >= Level.HIGH or post.mark in RIGHT


def _is_unhappy(urgency: Urgency) -> bool:
    return urgency.category is Category.PROBLEM and (urgency.tone < 0 or _points(urgency) >= Level.MEDIUM)


def _points(urgency: Urgency) -> int:
    """Its points, less what still earlier posts brought: a complaint does not grow by being repeated."""
    return urgency.points - sum(each.points for each in urgency.signals if each.name == EARLIER)


def _is_open(complaint: EarlierPost, posts: Sequence[EarlierPost]) -> bool:
    after = (post for post in posts if post.published > complaint.published)
    thanked = any(p.urgency.category is Category.PRAISE or p.urgency.has("solved") for p in after)
    return not complaint.answered and not thanked


def worth(found: AuthorRecord, *, grave: bool = False) -> int:
    """The points of a record, from `HABITUAL` to 28; `grave`: the new post tells of a crisis."""
    counted = found.complaints - found.dismissed
    if counted <= 0:
        return HABITUAL if found.dismissed >= HABIT and not grave else 0
    whole = EACH * min(MOST_COUNTED, counted) + GRAVE * (found.grave > 0) + UNRESOLVED * found.unresolved
    return round(whole * counted / (counted + found.dismissed))


def moved(
    urgency: Urgency, posts: Iterable[EarlierPost], *, published: datetime, within: timedelta, weight: float = 1.0
) -> Urgency:
    """The urgency of a new post, moved by what its author wrote within so long before it, with the signal that says so.

    `weight`: how many times its worth the client has it count. Earlier posts alone make nothing critical.
    """
    found = record(posts, published=published, within=within)
    if found is None or not _takes_up(urgency, found):
        return urgency
    grave = any(each.name in CRISIS and each.points > 0 for each in urgency.signals)
    whole = round(weight * worth(found, grave=grave))
    if not whole:
        return urgency
    points = max(0, min(max(urgency.points, Level.CRITICAL - 1), urgency.points + whole))
    said = signal(EARLIER, points - urgency.points, str(found))
    return replace(urgency, points=points, signals=(*urgency.signals, said))


def _takes_up(urgency: Urgency, found: AuthorRecord) -> bool:
    """Whether a post complains by itself, or comes back, in whatever words but kind ones, to a complaint left open."""
    if urgency.category in _CALM or urgency.has(*_APART, *_PRESS):
        return False
    return _is_unhappy(urgency) or urgency.points >= Level.MEDIUM or (found.unresolved and urgency.tone <= 0)
