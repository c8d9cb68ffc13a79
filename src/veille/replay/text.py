"""A replay for a terminal: a line for each thing that rings, then the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from veille.text.clean import one_line

Event = Mapping[str, Any]

#: Reasons shown in the summary.
_REASONS = 6


def line_of(event: Event, zone: str) -> str:
    """The line of an event, times in the zone; "" for what does not ring."""
    match event["event"]:
        case "alert":
            said = f"ALERT {event['kind']}, {event['level']} ({event['reason']}): {heading(event)}"
        case "spike":
            said = f"spike {event['state']}: {_counted(event)}"
        case _:
            return ""
    return f"{_when(event, zone)}  {said}"


def _counted(event: Event) -> str:
    if event["state"] == "over":  # its count is of the whole spike, no longer of one window
        return f"{event['observed']} in all"
    return f"{event['observed']} in {event['window_minutes']} min, {event['expected']:.1f} expected"


def heading(event: Event) -> str:
    """The first line of an alert's message."""
    return one_line(str(event["text"]).strip().partition("\n")[0])


def numbers_of(summary: Event, kinds: Counter[str], *, digests: int) -> Iterator[str]:
    """The lines of the end; `kinds` counts why stories were held."""
    rate = summary["alarms_per_30_days"]
    copies = summary["copies"]
    yield (
        f"{_many(summary['items'], 'item')} in {summary['days']:g} days: {_many(summary['mentions'], 'mention')}, "
        f"{copies} of them {'a copy' if copies == 1 else 'copies'}, {_many(summary['stories'], 'story', 'stories')}"
    )
    spikes, urgent = _many(summary["spikes"], "spike"), _many(summary["urgent"], "urgent alert")
    yield f"{spikes}, {urgent}, {_many(digests, 'digest')}; {_rate(rate)}"
    if kinds:
        held = ", ".join(f"{reason} {number}" for reason, number in kinds.most_common(_REASONS))
        yield f"held for the digest: {held}"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"


def side_by_side(names: Sequence[str], told: Sequence[Sequence[Event]], *, zone: str, width: int) -> Iterator[str]:
    """What two configurations would have told, in two columns, in order of time; `=` marks what both tell."""
    column = max(24, (width - 3) // 2)
    yield f"{_cut(names[0], column)} | {_cut(names[1], column)}".rstrip()
    yield f"{'-' * column}-+-{'-' * column}"
    left, right = ([(e, line_of(e, zone)) for e in events if e["event"] == "alert"] for events in told)
    for one, other in _paired(left, right):
        mark = "=" if one and other else "|"
        yield f"{_cut(one, column)} {mark} {_cut(other, column)}".rstrip()


def _paired(left: Sequence[tuple[Event, str]], right: Sequence[tuple[Event, str]]) -> Iterator[tuple[str, str]]:
    """Lines that tell the same at the same moment stand beside each other."""
    both = {line for _, line in left} & {line for _, line in right}
    rows = [(event["at"], line, line if line in both else "") for event, line in left]
    rows += [(event["at"], "", line) for event, line in right if line not in both]
    return ((one, other) for _, one, other in sorted(rows, key=lambda row: row[0]))


def _cut(text: str, width: int) -> str:
    return f"{text[: width - 1]}…" if len(text) > width else text.ljust(width)


def _rate(rate: float | None) -> str:
    return "too short to count alarms a month" if rate is None else f"{rate:.2f} alarms in 30 days"


def _when(event: Event, zone: str) -> str:
    return f"{datetime.fromisoformat(event['at']).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
