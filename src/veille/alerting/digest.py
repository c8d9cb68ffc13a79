"""What goes into a digest and in which order; who sees what is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from veille.model.alert import Action, Decision, Reason, Story
from veille.model.digest import (
    DayCount,
    Delivery,
    Digest,
    DigestKind,
    Fate,
    FirstLook,
    Health,
    Period,
    Section,
    SourceHealth,
    StoryLine,
)
from veille.model.following import After
from veille.model.mention import Mention
from veille.model.person import Person
from veille.model.volume import Spike
from veille.model.watch import Client

#: Stories shown for one client; the rest is counted.
SHOWN = 20
#: Stories of a first look.
FIRST_LOOK_STORIES = 5
#: A first look says that a story is rising from so many mentions, by two authors on two sites.
RISING_MENTIONS = 3
RISING_WITHIN = timedelta(hours=24)

_IN_TROUBLE = frozenset({Health.FAILING, Health.STOPPED, Health.SILENT, Health.CHANGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The last decision about a story."""

    decision: Decision
    at: datetime
    #: What became of the alert for the reader (None = not known any more: it left at once).
    delivery: Delivery | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDay:
    """The facts of one client between two digests."""

    client: Client
    period: Period
    #: Those that may be shown; `total` says how many have news.
    stories: tuple[Story, ...]
    #: By story id: when it was alerted, or the last reason why not.
    decisions: Mapping[int, Told]
    mentions: int = 0
    copies: int = 0
    planned: int = 0
    own: int = 0
    muted: int = 0
    excluded: int = 0
    usual: float = 0.0
    days: tuple[DayCount, ...] = ()
    sources: tuple[SourceHealth, ...] = ()
    total: int = 0
    #: Crowds of many people that were not angry.
    calm: tuple[Spike, ...] = ()
    #: Stories of which a message told before was edited, and judged again.
    edited: frozenset[int] = frozenset()
    #: Told stories that were edited, or lost messages, in the period.
    followed: frozenset[int] = frozenset()
    #: By story, what followed it; those of which nothing is to be said are left out.
    after: Mapping[int, After] = field(default_factory=dict)
    #: Stories whose alerts were lost in the period.
    lost: frozenset[int] = frozenset()
    #: Mentions of the period that are marked "not us", or surely like those that are: counted, not listed.
    not_us: frozenset[int] = frozenset()


def compose(
    person: Person,
    days: Sequence[ClientDay],
    *,
    local_date: date,
    since: datetime,
    until: datetime,
    due: datetime | None = None,
) -> Digest:
    """One person's digest: a section per client they serve, quiet clients on one line.

    `due` is given when it leaves late. A day of a client whom the person does not serve is left out.
    """
    sections = [section(day) for day in days if day.client.id in person.serves]
    loud = sorted((s for s in sections if not s.quiet), key=_section_order)
    return Digest(
        person_id=person.id,
        kind=DigestKind.MORNING,
        local_date=local_date,
        since=since,
        until=until,
        sections=tuple(loud),
        quiet=tuple(s for s in sections if s.quiet),
        due=due,
    )


def section(day: ClientDay) -> Section:
    """One client's part, its stories by urgency, then by size, then by freshness."""
    every = (_line(story, day) for story in day.stories)
    lines = sorted((line for line in every if _is_told(line, day)), key=_line_order)
    return Section(
        client=day.client,
        stories=tuple(lines[:SHOWN]),
        hidden=max(0, max(len(lines), day.total - _left_out(day)) - SHOWN),
        mentions=day.mentions,
        copies=day.copies,
        planned=day.planned,
        own=day.own,
        muted=day.muted,
        excluded=day.excluded,
        not_us=len(day.not_us),
        usual=day.usual,
        calm=day.calm,
        days=day.days,
        trouble=tuple(s for s in day.sources if s.health in _IN_TROUBLE),
        delays=tuple((s.source_id, s.delay) for s in day.sources if s.delay is not None),
    )


def first_look(
    client: Client,
    *,
    at: datetime,
    sources: tuple[SourceHealth, ...],
    stories: Sequence[Story],
    words: tuple[tuple[str, int], ...],
    days: tuple[DayCount, ...],
) -> FirstLook:
    """The one message after a client's first polls: five stories, the most urgent and the largest."""
    readable = [story for story in stories if any(not m.own for m in story.mentions)]
    ranked = sorted(readable, key=lambda s: (-s.points, -len(s.mentions), -s.last_seen.timestamp()))
    return FirstLook(
        client=client,
        at=at,
        sources=sources,
        stories=tuple(ranked[:FIRST_LOOK_STORIES]),
        mentions=sum(len(story.mentions) for story in stories),
        rising=rising(readable, at),
        words=words,
        days=days,
    )


def rising(stories: Sequence[Story], now: datetime) -> Story | None:
    """The story that several people on several sites tell today, the largest such (None = none)."""
    today = {story.id: [m for m in story.mentions if m.published >= now - RISING_WITHIN] for story in stories}
    crowds = [story for story in stories if _is_crowd(today[story.id])]
    return max(crowds, key=lambda story: len(today[story.id]), default=None)


def _is_crowd(mentions: Sequence[Mention]) -> bool:
    heard = [m for m in mentions if _counts(m)]
    authors = {m.author or f"@{m.site}" for m in heard}
    return len(heard) >= RISING_MENTIONS and len(authors) > 1 and len({m.site for m in heard}) > 1


def _counts(mention: Mention) -> bool:
    return not (mention.own or mention.event or mention.muted)


def _line(story: Story, day: ClientDay) -> StoryLine:
    told = day.decisions.get(story.id)
    delivery = _delivery(told) if told else None
    reached = delivery is not None and delivery.fate is Fate.SENT
    return StoryLine(
        story=story,
        fresh=sum(_is_news(m, day) for m in story.mentions),
        reason=told.decision.reason if told else Reason.NOT_URGENT,
        alerted_at=delivery.at if delivery and reached else None,
        missed=None if reached else delivery,
        edited=story.id in day.edited,
        after=day.after.get(story.id, After()),
        evidence=told.decision.evidence if told else (),
    )


def _is_news(mention: Mention, day: ClientDay) -> bool:
    news = day.period.holds(mention) and _counts(mention) and not mention.backlog
    return news and mention.id not in day.not_us


def _left_out(day: ClientDay) -> int:
    """Stories of which all the news is left out."""
    news = ([m for m in s.mentions if day.period.holds(m) and _counts(m) and not m.backlog] for s in day.stories)
    return sum(bool(fresh) and all(m.id in day.not_us for m in fresh) for fresh in news)


def _is_told(line: StoryLine, day: ClientDay) -> bool:
    return bool(line.fresh or line.edited or line.story.id in day.lost or line.story.id in day.followed)


def _delivery(told: Told) -> Delivery | None:
    if told.decision.action is not Action.TELL:
        return None
    return told.delivery or Delivery(Fate.SENT, told.at)


def _line_order(line: StoryLine) -> tuple[float, ...]:
    story = line.story
    return (-story.level, -int(line.alerted_at is not None), -story.points, -len(story.mentions))


def _section_order(section: Section) -> tuple[float, str]:
    top = max((line.story.points for line in section.stories), default=0)
    return (-top, section.client.name)
