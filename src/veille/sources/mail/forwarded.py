"""Mails that a person forwarded by hand: who wrote the one inside, when, and under which subject."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import Message

from veille.sources.mail import headers
from veille.sources.mail import view as views
from veille.sources.mail.letter import Letter, lines

_FORWARD = re.compile(r"^(?:fwd?|tr|wg|i)\s?:", re.IGNORECASE)
_HEAD = {
    "From": re.compile(r"^[>*\s]*(?:from|de|von)\*?\s?:\*?\s*(.{3,300})$", re.IGNORECASE),
    "Subject": re.compile(r"^[>*\s]*(?:subject|objet|sujet|betreff)\*?\s?:\*?\s*(.{1,300})$", re.IGNORECASE),
}
#: Lines in which the inner mail's head must stand, and lines of such a head.
_WITHIN, _TALL = 40, 12


def inside(letter: Letter) -> Letter:
    """The letter as its first sender wrote it; the same one when it was not forwarded by hand."""
    if not _FORWARD.match(letter.subject):
        return letter
    seen = lines(letter.text) if letter.text.strip() else list(views.of(letter).lines)
    start = next(
        (n for n, line in enumerate(seen[:_WITHIN]) if (found := _HEAD["From"].match(line)) and "@" in found[1]), None
    )
    if start is None:
        return letter
    head, end = _head(seen, start)
    if "Subject" not in head:
        return letter
    name, address = headers.sender(head)
    text = "\n".join(seen[end:]) if letter.text.strip() else ""
    return replace(letter, name=name, address=address, subject=headers.text(head, "Subject"), text=text)


def _head(seen: list[str], start: int) -> tuple[Message[str, str], int]:
    """The inner head, and the line after it."""
    head: Message[str, str] = Message()
    end = start + 1
    for number in range(start, min(start + _TALL, len(seen))):
        for name, form in _HEAD.items():
            if name not in head and (found := form.match(seen[number])):
                head[name] = found[1]
                end = number + 1
    return head, end
