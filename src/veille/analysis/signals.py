"""Every signal that urgency may name, with its worth: the one list that messages and decisions rely on.

A *crisis* signal is a family of crisis words. A *second* signal can stand beside a crisis word and make
it serious: a crisis word alone never wakes anyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from veille.model.alert import Story
from veille.model.mention import Kinship, Mention, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One signal: its name, its points when it stands alone, and the part it plays."""

    name: str
    points: int
    crisis: bool = False
    second: bool = False


#: In the order in which a reader wants to hear of them.
KINDS: tuple[Kind, ...] = (
    Kind(name="danger", points=54, crisis=True, second=True),
    Kind(name="mourning", points=50, crisis=True),
    Kind(name="violence", points=45, crisis=True, second=True),
    Kind(name="data_leak", points=50, crisis=True, second=True),
    Kind(name="discrimination", points=48, crisis=True, second=True),
    Kind(name="harassment", points=45, crisis=True, second=True),
    Kind(name="press_enquiry", points=45, crisis=True, second=True),
    Kind(name="minors", points=52, crisis=True, second=True),
    Kind(name="stranded", points=50, crisis=True),
    Kind(name="whistle_blowing", points=54, crisis=True, second=True),
    Kind(name="fraud", points=40, crisis=True),
    Kind(name="law", points=38, crisis=True),
    Kind(name="censorship", points=40, crisis=True),
    Kind(name="boycott", points=32, crisis=True),
    Kind(name="outage", points=30, crisis=True),
    Kind(name="undelivered", points=30, crisis=True),
    Kind(name="unpaid", points=32, crisis=True),
    Kind(name="unreachable", points=25, crisis=True),
    Kind(name="denial", points=28, crisis=True),
    Kind(name="problem", points=18),
    Kind(name="vulnerable", points=8, second=True),
    Kind(name="first_hand", points=6),
    Kind(name="anger", points=14),
    Kind(name="intensity", points=6),
    Kind(name="irony", points=12),
    Kind(name="question", points=8),
    Kind(name="request", points=5),
    Kind(name="idea", points=-8),
    Kind(name="buying", points=-8),
    Kind(name="low_rating", points=12),
    Kind(name="high_rating", points=-10),
    Kind(name="praise", points=-15),
    Kind(name="national_press", points=20, second=True),
    Kind(name="press", points=8, second=True),
    Kind(name="own_page", points=12),
    Kind(name="forum", points=4),
    Kind(name="review", points=3),
    Kind(name="blog", points=3),
    Kind(name="social", points=2),
    Kind(name="names_product", points=6, second=True),
    Kind(name="names_person", points=8, second=True),
    Kind(name="negated", points=0),
    Kind(name="solved", points=0),
    Kind(name="past", points=0),
    Kind(name="hypothetical", points=0),
    Kind(name="others", points=0),
    Kind(name="joke", points=0),
    Kind(name="advert", points=0),
    Kind(name="contest", points=0),
    Kind(name="job", points=0),
    Kind(name="slight", points=0),
    Kind(name="fiction", points=0),
    Kind(name="own_statement", points=0),
    Kind(name="learnt", points=0),
    Kind(name="ordinary", points=0),
    Kind(name="marked_urgent", points=12),
    Kind(name="marked_calm", points=-12),
    Kind(name="earlier_posts", points=0),
)

BY_NAME = {kind.name: kind for kind in KINDS}
CRISIS = frozenset(kind.name for kind in KINDS if kind.crisis)


def signal(name: str, points: int | None = None, evidence: str = "") -> Signal:
    """A signal of the list above, with its own points when none are given."""
    return Signal(name, BY_NAME[name].points if points is None else points, evidence)


#: New sites and authors in one hour from which a story spreads fast.
FAST = 6
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Velocity:
    """What one hour brought to a story: copies, sites and authors it had not had before."""

    copies: int
    sites: int
    authors: int


def velocity(story: Story, fresh: Sequence[Mention]) -> Velocity | None:
    """How fast a story spreads in the hour that ends with what is fresh; None when nothing is."""
    if not fresh:
        return None
    end = max(mention.seen for mention in fresh)
    told = [m for m in story.mentions if not m.own and not m.backlog and m.seen <= end]
    late = [m for m in told if m.seen > end - _HOUR]
    early = [m for m in told if m.seen <= end - _HOUR]
    return Velocity(
        copies=sum(m.verdict.kinship is Kinship.COPY for m in late),
        sites=len({m.site for m in late} - {m.site for m in early} - {""}),
        authors=len({m.author for m in late} - {m.author for m in early} - {""}),
    )


def second_signals(story: Story, fresh: Sequence[Mention]) -> tuple[str, ...]:
    """What stands beside the crisis word of these mentions of a story; () when the word stands alone.

    Signal names, then `another_family`, `second_author`, `second_site`, `spreads_fast`. Own statements never count.
    """
    loud = [mention for mention in fresh if not mention.own]
    speed = velocity(story, fresh)
    named = {signal.name for mention in loud for signal in mention.urgency.signals if signal.points > 0}
    crises = named & CRISIS
    beside = [kind.name for kind in KINDS if kind.second and kind.name in named and crises != {kind.name}]
    counted = {
        "another_family": len(crises) > 1,
        "second_author": len(story.authors) > 1,
        "second_site": len(story.sites) > 1,
        "spreads_fast": speed is not None and speed.sites + speed.authors >= FAST,
    }
    return (*beside, *(name for name, holds in counted.items() if holds))
