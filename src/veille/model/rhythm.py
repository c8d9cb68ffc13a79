"""How a source goes by its own past: how often something new comes, how long it takes, how full its answers are."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from statistics import median

#: Delays kept, the last ones.
DELAYS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """Facts of one source, kept with its state. All times in seconds; counts fade with age (timing/rhythm.py)."""

    #: Polls that brought something new, and the time watched, both fading.
    news: float = 0.0
    watched: float = 0.0
    #: The longest time without anything new, fading.
    longest: float = 0.0
    #: When something new came last, since 1970 (None = never since the first answer).
    last: float | None = None
    #: From publication to seen, of the last entries that came with a date, newest last.
    delays: tuple[int, ...] = ()
    #: How long a dialogue takes, smoothed.
    took: float = 0.0
    #: Answers that held something, and runs of answers that held nothing although the ones before did.
    filled: int = 0
    vacancies: int = 0
    #: Since when the answers hold nothing, since 1970 (None = they hold something).
    vacant: float | None = None

    @property
    def delay(self) -> float | None:
        """The median time from publication to seen (None = nothing came yet)."""
        return median(self.delays) if self.delays else None


def dumped(rhythm: Rhythm) -> str:
    """As text, without what is as at first."""
    first = asdict(Rhythm())
    kept = {name: _short(value) for name, value in asdict(rhythm).items() if value != first[name]}
    return json.dumps(kept, separators=(",", ":")) if kept else ""


def loaded(text: str) -> Rhythm:
    """The rhythm of a text of `dumped` ("" = nothing is known yet)."""
    if not text:
        return Rhythm()
    plain = json.loads(text)
    return Rhythm(**{**plain, "delays": tuple(plain.get("delays", ()))})


def _short(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value
