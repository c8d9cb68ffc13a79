"""The small forms that every message shares: Slack blocks, and text messages that fit one segment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from veille.rendering.brand import Brand
from veille.rendering.voice import Voice, plain
from veille.text.gsm import SEGMENT, septets, to_gsm

#: Slack's own limits (Block Kit reference, "section" and "blocks").
_SECTION, _BLOCKS = 3_000, 50
_NAME_SEPTETS = 40
#: Room for what a text message ends with.
TAIL = 70


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a text message; the lowest `worth` is the first to go when room is short."""

    worth: int
    text: str


def short(brand: Brand, parts: Sequence[Part], *, tail: str) -> str:
    """Write a text message: mark and name, the parts in order while there is room, the tail always."""
    opening = to_gsm(brand.title, _NAME_SEPTETS) + ": "
    end = to_gsm(tail, TAIL)
    room = SEGMENT - septets(opening) - (septets(end) + 1 if end else 0)
    kept = [Part(part.worth, to_gsm(tight(part.text), 10 * SEGMENT)) for part in parts if part.text]
    while len(kept) > 1 and septets(_joined(kept)) > room:
        kept.remove(min(kept, key=lambda part: part.worth))
    return " ".join(filter(None, (opening + to_gsm(_joined(kept), room), end)))


def escape(text: str) -> str:
    """Make text from outside literal for Slack: exactly its three characters, exactly once."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def slack_link(address: str, label: str) -> str:
    """Return a Slack link; `address` comes from `safe_link`, the label is text."""
    target = address.replace("|", "%7C")
    return f"<{escape(target)}|{escape(label).replace('|', '/')}>" if address else escape(label)


def quoted(voice: Voice, text: str) -> str:
    """Quote text from outside, escaped, as a block."""
    return f"> {escape(voice.quote(text))}"


def bold(label: str, text: str) -> str:
    """Return a text from outside, escaped, after its label in bold."""
    return f"*{label}* {escape(text)}"


def section(markup: str) -> dict[str, object]:
    """Return a section of Slack markup, already escaped; `verbatim`: Slack must not find links in it."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": _bounded(plain(markup)), "verbatim": True}}


def context(markup: str) -> dict[str, object]:
    """Return a line of small print."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": _bounded(plain(markup)), "verbatim": True}],
    }


def blocks(parts: Iterable[dict[str, object]]) -> str:
    """Return the JSON list of the blocks."""
    return json.dumps(list(parts)[:_BLOCKS], ensure_ascii=False)


def tight(text: str) -> str:
    """Drop the no-break spaces that French puts round its marks: a text message has no room for them."""
    # Our own no-break spaces only: text from outside has none left (`shown`).
    return re.sub("[\u00a0\u202f](?=[:;?!»])|(?<=«)\u00a0", "", text)


def _joined(parts: Iterable[Part]) -> str:
    return " ".join(part.text for part in parts)


def _bounded(markup: str) -> str:
    if len(markup) <= _SECTION:
        return markup
    # Neither an entity nor a link may be cut in two.
    cut = markup[: _SECTION - 1]
    for opening, closing in (("<", ">"), ("&", ";")):
        if cut.rfind(opening) > cut.rfind(closing):
            cut = cut[: cut.rfind(opening)]
    return cut + "…"
