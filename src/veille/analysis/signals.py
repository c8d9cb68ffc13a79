"""Every signal that urgency may name, with its worth: the one list that messages and decisions rely on.

A *crisis* signal is a family of crisis words. A *second* signal can stand beside a crisis word and make
it serious: a crisis word alone never wakes anyone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from veille.model.alert import Story
from veille.model.mention import Mention


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
    Kind(name="fiction", points=0),
    Kind(name="own_statement", points=0),
)

BY_NAME = {kind.name: kind for kind in KINDS}
CRISIS = frozenset(kind.name for kind in KINDS if kind.crisis)


def second_signals(story: Story, fresh: Sequence[Mention]) -> tuple[str, ...]:
    """What stands beside the crisis word of these mentions of a story; () when the word stands alone.

    Signal names, then `another_family`, `second_author`, `second_site`. Own statements never count.
    """
    loud = [mention for mention in fresh if not mention.own]
    named = {signal.name for mention in loud for signal in mention.urgency.signals if signal.points > 0}
    crises = named & CRISIS
    beside = [kind.name for kind in KINDS if kind.second and kind.name in named and crises != {kind.name}]
    counted = {
        "another_family": len(crises) > 1,
        "second_author": len(story.authors) > 1,
        "second_site": len(story.sites) > 1,
    }
    return (*beside, *(name for name, holds in counted.items() if holds))
