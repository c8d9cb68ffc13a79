"""The model's frozen values as plain JSON values, and back."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from sqlalchemy import RowMapping

from veille.model.alert import Action, Decision, Reason, Stage
from veille.model.mention import Category, Level, Match, Signal, Span, Urgency
from veille.model.message import Message, Picture, Urgent
from veille.model.volume import Spike, SpikeState
from veille.store.types import micros, moment

_DATES_OF_SPIKE = ("at", "started")


@lru_cache(maxsize=1_000)
def sha(*parts: str) -> bytes:
    """SHA-256 of the texts, kept apart by a NUL; any Python text has one, lone surrogates included."""
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).digest()


def urgency_columns(urgency: Urgency) -> dict[str, Any]:
    """The columns of a mention that hold its urgency."""
    return {
        "points": urgency.points,
        "category": urgency.category.value,
        "tone": urgency.tone,
        "signals": [(signal.name, signal.points, signal.evidence) for signal in urgency.signals],
    }


def urgency_of(row: RowMapping) -> Urgency:
    """The urgency that a mention's row holds."""
    return urgency_from(row["points"], row["signals"], row["category"], row["tone"])


@lru_cache(maxsize=8192)
def urgency_from(points: int, signals: tuple[Any, ...], category: str, tone: float) -> Urgency:
    """The same from the columns; made once: a story's mentions are read again with each that joins them."""
    return Urgency(points, tuple(Signal(*signal) for signal in signals), Category(category), tone)


def matches_plain(matches: tuple[Match, ...]) -> list[Any]:
    """Matches as nested lists."""
    return [
        (match.watch_id, [(span.field, span.start, span.end, span.term) for span in match.spans]) for match in matches
    ]


def matches_of(plain: Any) -> tuple[Match, ...]:
    """Matches from nested tuples."""
    return tuple(Match(watch, tuple(Span(*span) for span in spans)) for watch, spans in plain)


def decision_columns(decision: Decision) -> dict[str, Any]:
    """The columns of a decision, the same in the tables of decisions and of alerts."""
    return {
        "action": decision.action.value,
        "reason": decision.reason.value,
        "level": int(decision.level),
        "stage": int(decision.stage),
        "evidence": list(decision.evidence),
    }


def decision_of(row: RowMapping) -> Decision:
    """The decision that a row holds."""
    return Decision(
        action=Action(row["action"]),
        reason=Reason(row["reason"]),
        level=Level(row["level"]),
        stage=Stage(row["stage"]),
        evidence=row["evidence"],
    )


def spike_plain(spike: Spike) -> dict[str, Any]:
    """A spike as plain values, its dates in microseconds."""
    plain = asdict(spike)
    return plain | {"state": spike.state.value} | {name: micros(plain[name]) for name in _DATES_OF_SPIKE}


def spike_of(plain: Mapping[str, Any]) -> Spike:
    """The spike that plain values hold."""
    dates = {name: moment(plain[name]) for name in _DATES_OF_SPIKE}
    return Spike(**{**plain, **dates, "state": SpikeState(plain["state"])})


def message_plain(message: Message) -> dict[str, Any]:
    """A message as plain values, its pictures in base 64."""
    pictures = [(each.cid, base64.b64encode(each.png).decode("ascii"), each.alt) for each in message.pictures]
    return asdict(message) | {"urgent": message.urgent.value, "pictures": pictures}


def message_of(plain: Mapping[str, Any]) -> Message:
    """The message that plain values hold."""
    pictures = tuple(Picture(cid=cid, png=base64.b64decode(png), alt=alt) for cid, png, alt in plain["pictures"])
    return Message(**{**plain, "urgent": Urgent(plain["urgent"]), "pictures": pictures})
