"""The picture of the last days: bars drawn as SVG, sent as PNG because mail clients drop SVG.

There is no text in it: days and numbers stand in the table under it, which everybody can read.
"""

from __future__ import annotations

from collections.abc import Sequence

import resvg_py

from veille.model.digest import DayCount
from veille.rendering.brand import luminance

WIDTH, HEIGHT = 560, 140
_FLOOR, _TOP = HEIGHT - 2, 22
_URGENT = "#b01b1b"
_LINE = "#8a94a3"
_TOO_LIGHT = 0.6
#: One mention can be seen beside a day of a hundred.
_LEAST = 3.0


def days_picture(days: Sequence[DayCount], *, usual: float, colour: str) -> bytes:
    """Draw a bar a day as PNG, 1120 px wide: mentions, copies lighter on top, a red triangle when urgent."""
    drawing = draw(days, usual=usual, colour=colour)
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, zoom=2, skip_system_fonts=True))


def draw(days: Sequence[DayCount], *, usual: float, colour: str) -> str:
    """Return the SVG of the days, oldest first; a dashed line at the usual."""
    top = max([usual, 1.0, *(day.mentions + day.copies for day in days)])
    scale = (_FLOOR - _TOP) / top
    slot = WIDTH / max(len(days), 1)
    ink = colour if luminance(colour) < _TOO_LIGHT else "#3b5b92"
    bars = "".join(_bar(day, left=index * slot, slot=slot, scale=scale, ink=ink) for index, day in enumerate(days))
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>{bars}{_usual(usual, scale=scale)}'
        f'<rect y="{_FLOOR}" width="{WIDTH}" height="1.5" fill="{_LINE}"/></svg>'
    )


def _bar(day: DayCount, *, left: float, slot: float, scale: float, ink: str) -> str:
    width, x = slot * 0.62, left + slot * 0.19
    mentions, copies = _height(day.mentions, scale), _height(day.copies, scale)
    drawn = _rectangle(x, _FLOOR - mentions, width, mentions, f'fill="{ink}"')
    drawn += _rectangle(x, _FLOOR - mentions - copies, width, copies, f'fill="{ink}" fill-opacity="0.35"')
    return drawn + (_triangle(left + slot / 2, _FLOOR - mentions - copies - 4) if day.urgent else "")


def _height(number: int, scale: float) -> float:
    return max(number * scale, _LEAST) if number else 0.0


def _rectangle(x: float, y: float, width: float, height: float, paint: str) -> str:
    if height <= 0:
        return ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {paint}/>'


def _triangle(middle: float, foot: float) -> str:
    return f'<path d="M{middle - 6:.1f} {foot - 9:.1f}h12l-6 9z" fill="{_URGENT}"/>'


def _usual(usual: float, *, scale: float) -> str:
    if usual <= 0:
        return ""
    y = _FLOOR - usual * scale
    dashes = f'stroke="{_LINE}" stroke-width="1.2" stroke-dasharray="5 4" fill="none"'
    return f'<path d="M0 {y:.1f}H{WIDTH}" {dashes}/>'
