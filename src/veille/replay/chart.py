"""The timeline of a replay as SVG: a bar a part of time, the usual as a band, spikes and alerts above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from veille.replay.timeline import Bucket

Event = Mapping[str, Any]

WIDTH, HEIGHT = 960, 300
_LEFT, _RIGHT, _TOP, _FLOOR = 44, 8, 44, HEIGHT - 30
_INK, _BAND, _USUAL, _LINE, _TEXT = "#3b5b92", "#d9e2f1", "#7d93b8", "#c9ced6", "#4a5361"
SPIKE, URGENT = "#9a4a00", "#b01b1b"
#: Lines of the scale, and dates under it, at most.
_STEPS, _DATES = 4, 7


def draw(buckets: Sequence[Bucket], rung: Sequence[Event], *, zone: str, language: str, title: str) -> str:
    """The SVG element; nothing in it is loaded or runs."""
    if not buckets:
        return ""
    scale = _Scale(buckets)
    parts = (
        *_grid(scale),
        _band(scale, buckets),
        *(_bar(scale, bucket) for bucket in buckets),
        _usual(scale, buckets),
        *_spells(scale, rung),
        *_alerts(scale, rung),
        *_dates(scale, ZoneInfo(zone), language),
    )
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


class _Scale:
    """Where a moment and a count stand."""

    def __init__(self, buckets: Sequence[Bucket]) -> None:
        self.begin, self.end = buckets[0].start, buckets[-1].end
        self.top = max(1, *(max(bucket.observed, bucket.high) for bucket in buckets))

    def x(self, at: datetime) -> float:
        share = (at - self.begin) / (self.end - self.begin)
        return _LEFT + min(1.0, max(0.0, share)) * (WIDTH - _LEFT - _RIGHT)

    def y(self, count: float) -> float:
        return _FLOOR - count / self.top * (_FLOOR - _TOP)


def _grid(scale: _Scale) -> Iterator[str]:
    step = max(1, -(-scale.top // _STEPS))
    for count in range(0, scale.top + 1, step):
        y = scale.y(count)
        yield f'<path d="M{_LEFT} {y:.1f} H{WIDTH - _RIGHT}" stroke="{_LINE}" stroke-width="0.6"/>'
        yield _text(_LEFT - 6, y + 4, str(count), anchor="end")


def _band(scale: _Scale, buckets: Sequence[Bucket]) -> str:
    over = [(scale.x(b.start), scale.x(b.end), scale.y(b.high)) for b in buckets]
    under = [(scale.x(b.start), scale.x(b.end), scale.y(b.low)) for b in reversed(buckets)]
    points = [f"{x:.1f},{y:.1f}" for left, right, y in over for x in (left, right)]
    points += [f"{x:.1f},{y:.1f}" for left, right, y in under for x in (right, left)]
    return f'<polygon points="{" ".join(points)}" fill="{_BAND}"/>'


def _bar(scale: _Scale, bucket: Bucket) -> str:
    if not bucket.observed:
        return ""
    left, right, y = scale.x(bucket.start), scale.x(bucket.end), scale.y(bucket.observed)
    width = max(1.0, (right - left) * 0.7)
    return (
        f'<rect x="{(left + right - width) / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_FLOOR - y:.1f}"'
        f' fill="{_INK}"/>'
    )


def _usual(scale: _Scale, buckets: Sequence[Bucket]) -> str:
    points = " ".join(f"{scale.x(b.start + (b.end - b.start) / 2):.1f},{scale.y(b.expected):.1f}" for b in buckets)
    return f'<polyline points="{points}" fill="none" stroke="{_USUAL}" stroke-width="1.5" stroke-dasharray="5 4"/>'


def _spells(scale: _Scale, rung: Sequence[Event]) -> Iterator[str]:
    """A line over the time that each spike lasted."""
    started: float | None = None
    for event in (event for event in rung if event["event"] == "spike"):
        x = scale.x(_at(event))
        if event["state"] == "started" and started is None:
            started = x
        elif event["state"] == "over" and started is not None:
            yield _spell(started, x)
            started = None
    if started is not None:
        yield _spell(started, scale.x(scale.end))


def _spell(left: float, right: float) -> str:
    width = max(3.0, right - left)
    return f'<rect x="{left:.1f}" y="{_TOP - 12}" width="{width:.1f}" height="5" rx="2" fill="{SPIKE}"/>'


def _alerts(scale: _Scale, rung: Sequence[Event]) -> Iterator[str]:
    for number, event in enumerate((event for event in rung if event["event"] == "alert"), start=1):
        x, y = scale.x(_at(event)), _TOP - 18
        colour = SPIKE if event["kind"] == "spike" else URGENT
        yield f'<path d="M{x - 6:.1f} {y - 11} h12 l-6 10 z" fill="{colour}"><title>{number}</title></path>'


def _dates(scale: _Scale, zone: ZoneInfo, language: str) -> Iterator[str]:
    length = scale.end - scale.begin
    form = "d MMM HH:mm" if length.days <= 4 else "d MMM" if length.days <= 400 else "MMM yyyy"
    for number in range(_DATES):
        at = scale.begin + length * (number + 0.5) / _DATES
        said = escape(format_datetime(at.astimezone(zone), form, locale=language))
        yield _text(scale.x(at), HEIGHT - 10, said, anchor="middle")


def _text(x: float, y: float, said: str, *, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" fill="{_TEXT}">{said}</text>'


def _at(event: Event) -> datetime:
    return datetime.fromisoformat(event["at"])
