"""The client's mark, name and colour: what opens every message."""

from __future__ import annotations

import re
from dataclasses import dataclass

from veille.model.mention import Level
from veille.model.watch import Client
from veille.rendering.voice import shown

_DEFAULT = "#3b5b92"
_MARK, _NAME = 8, 40

#: Dark enough for white text (WCAG contrast 4.5 and more).
LEVEL_COLOURS = {
    Level.LOW: "#5b6573",
    Level.MEDIUM: "#1f5fb0",
    Level.HIGH: "#9a4a00",
    Level.CRITICAL: "#b01b1b",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """How a client is recognised at a glance."""

    id: str
    mark: str
    name: str
    #: #rrggbb
    colour: str
    #: The text colour that can be read on it.
    ink: str

    @property
    def title(self) -> str:
        """Mark and name, as every message begins: "FL Floréal"."""
        return f"{self.mark} {self.name}".strip()


def brand(client: Client) -> Brand:
    """Return how to show a client; a colour that is not #rrggbb is replaced."""
    colour = client.colour.lower() if re.fullmatch("#[0-9a-fA-F]{6}", client.colour) else _DEFAULT
    ink = "#1c2430" if luminance(colour) > 0.36 else "#ffffff"
    return Brand(id=client.id, mark=shown(client.mark, _MARK), name=shown(client.name, _NAME), colour=colour, ink=ink)


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
