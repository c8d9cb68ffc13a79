"""Reads a mail that lists several reviews without marks in its markup: a line of stars tells where each one stands.

Above the stars is who wrote, below them what; a link in the lines of a review cannot be told from its neighbours'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from veille.sources.answers import Told
from veille.sources.mail import general, links
from veille.sources.mail.senders import Sender, has
from veille.sources.mail.stars import is_rating, stars
from veille.sources.mail.view import View


def told(sender: Sender, seen: View) -> tuple[Told, ...]:
    """The reviews of a mail that has two at least; nothing for all other mails."""
    kept = [line for line in seen.lines if not _is_noise(line, sender)]
    rated = [n for n, line in enumerate(kept) if is_rating(line) and stars((line,)) is not None]
    if not sender.rated or len(rated) < 2:
        return ()
    return tuple(_reviews(kept, rated, sender, link=_shared(sender, seen)))


def _reviews(kept: Sequence[str], rated: Sequence[int], sender: Sender, *, link: str) -> Iterator[Told]:
    for place, following in zip(rated, (*rated[1:], len(kept) + 1), strict=True):
        text: list[str] = []
        for line in kept[place + 1 : following - 1]:
            if has(sender.ends, line) or is_rating(line):
                break
            text.append(line)
        author = kept[place - 1] if place else ""
        yield Told(
            id="",
            link=link,
            title=author,
            text="\n".join(text),
            plain=True,
            author=author,
            rating=stars((kept[place],)),
        )


def _is_noise(line: str, sender: Sender) -> bool:
    if is_rating(line):
        return False
    return has(sender.noise, line) or general.is_small_print(line) or general.is_address(line)


def _shared(sender: Sender, seen: View) -> str:
    opened = (links.opened(address) for address, _ in seen.anchors)
    return next((link for link in opened if link and has(sender.shared, link)), "")
