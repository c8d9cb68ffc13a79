"""Who is told what, now or later, and why: a reason is a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

from veille.model.feedback import LookAlike
from veille.model.following import Denial, Earlier, Gone
from veille.model.mention import Level, Mention
from veille.model.volume import Spike

#: Of two mentions as urgent as each other, the one that speaks for their story.
_PRESS = {"national_press": 2, "press": 1}


class Action(StrEnum):
    """What to do with a fact."""

    TELL = "tell"
    HOLD = "hold"
    DROP = "drop"


class Reason(StrEnum):
    """Why we told, or did not. Each has a sentence in the catalogue."""

    # told
    CRITICAL_MENTION = "critical_mention"
    ROUTED_MENTION = "routed_mention"
    SPIKE_STARTED = "spike_started"
    NATIONAL_PRESS = "national_press"
    PRESS_ENQUIRY = "press_enquiry"
    STATEMENT_DENIED = "statement_denied"
    LEVEL_RISES = "level_rises"
    SPIKE_OVER = "spike_over"
    OVER_BUDGET_SUMMARY = "over_budget_summary"
    # held for the digest
    NOT_URGENT = "not_urgent"
    HIGH_NOT_ROUTED = "high_not_routed"
    ALREADY_TOLD = "already_told"
    PART_OF_SPIKE = "part_of_spike"
    CALM_CROWD = "calm_crowd"
    CRISIS_WORD_ALONE = "crisis_word_alone"
    OVER_BUDGET = "over_budget"
    BUDGET_SPENT = "budget_spent"
    LEARNING = "learning"
    NOT_US = "not_us"
    LEFT_OUT = "left_out"
    COPY_FOLDED = "copy_folded"
    SAME_AUTHOR = "same_author"
    OWN_STATEMENT = "own_statement"
    PLANNED_EVENT = "planned_event"
    MUTED = "muted"
    BACKLOG = "backlog"
    QUIET_HOURS = "quiet_hours"
    PAUSED = "paused"
    # dropped
    EXCLUDED = "excluded"
    NO_ONE_TO_TELL = "no_one_to_tell"
    ARCHIVED = "archived"
    EXPIRED = "expired"


class Stage(IntEnum):
    """How far a story has gone; an alert is repeated only when this, or the level, rises."""

    NONE = 0
    MENTION = 1
    BUZZ = 2
    NATIONAL_PRESS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was already told of a story or a spike."""

    alert_id: int
    at: datetime
    stage: Stage
    level: Level
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A client's mentions of one event, in order of publication."""

    id: int
    client_id: str
    #: What people quote: "F-4821".
    code: str
    title: str
    first_seen: datetime
    last_seen: datetime
    mentions: tuple[Mention, ...]
    #: How many mentions it has in all, when more than are in `mentions` (0 = those are all).
    total: int = 0

    @property
    def copies(self) -> int:
        """Mentions that repeat another word for word."""
        return sum(mention.verdict.kinship == "copy" for mention in self.mentions)

    @property
    def lead(self) -> Mention:
        """The most urgent mention; of equals the press's, then the earliest; own statements last."""
        return max(
            self.mentions,
            key=lambda m: (not m.own, m.urgency.points, _PRESS.get(m.place, 0), -m.published.timestamp()),
        )

    @property
    def points(self) -> int:
        """Urgency of the lead."""
        return self.lead.urgency.points

    @property
    def level(self) -> Level:
        """Level of the lead."""
        return self.lead.urgency.level

    @property
    def authors(self) -> frozenset[str]:
        """Distinct authors who are not the client; a nameless one counts by site."""
        return frozenset(m.author or f"@{m.site}" for m in self.mentions if not m.own)

    @property
    def sites(self) -> frozenset[str]:
        """Distinct sites, the client's own statements left out."""
        return frozenset(m.site for m in self.mentions if not m.own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the decision about one story needs (alerting/decide.py)."""

    now: datetime
    client_id: str
    story: Story
    #: Mentions of the story not judged yet; what rings is new.
    fresh: tuple[Mention, ...]
    #: What was told of this story, oldest first.
    told: tuple[Told, ...] = ()
    #: The change of state of its watch's spike, when there is one now.
    spike: Spike | None = None
    #: What was told of the spike under way, oldest first (empty = none under way).
    told_of_spike: tuple[Told, ...] = ()
    #: Urgent alerts of the same watch since local midnight.
    urgent_today: int = 0
    urgent_per_day: int = 3
    #: Whether the one summary that follows the last urgent alert was sent today.
    summary_sent: bool = False
    #: What stands beside a crisis word: a second author, the press, someone hurt, a product named...
    second_signals: tuple[str, ...] = ()
    #: Least level that any of the watches' routes tells at once, with its categories (empty = all).
    routed: tuple[tuple[Level, tuple[str, ...]], ...] = ()
    #: A fresh mention that contradicts what the client said (None = none does).
    denial: Denial | None = None
    #: Whether each of its watches is in its first days (alerting/learning.py).
    learning: bool = False
    #: By the number of a fresh mention that resembles those marked "not us".
    look_alikes: Mapping[int, LookAlike] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Tell, hold or drop, and why."""

    action: Action
    reason: Reason
    level: Level = Level.LOW
    stage: Stage = Stage.NONE
    #: Names of the signals, authors, sites that decided, for the sentence.
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """The decision to tell now: one per (client, story) or spike."""

    id: int
    #: Short, unguessable, for links and text messages ("7Kq2").
    code: str
    client_id: str
    story: Story
    decision: Decision
    at: datetime
    watches: tuple[str, ...]
    spike: Spike | None = None
    #: What the client usually gets a day.
    usual_per_day: float = 0.0
    #: The client's instruction that applies ("" = none).
    instruction: str = ""
    #: Stories held by the daily limit, for the summary.
    others: tuple[Story, ...] = ()
    #: Its mentions that are no longer visible, the first missed first.
    gone: tuple[Gone, ...] = ()
    #: What contradicts the client, when that is the reason.
    denial: Denial | None = None
    #: The client's name, which is no paper's.
    client_name: str = ""
    #: The story of before the window that it resembles (None = it is new).
    earlier: Earlier | None = None
    #: The name of the planned event that a spike is part of ("" = none).
    planned: str = ""
