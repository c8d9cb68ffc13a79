"""Whether a page still holds a passage, and whether it is a page at all or a wall in front of one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from veille.text.fold import words
from veille.text.html import html_to_text

#: Characters of a page, and words of a passage, that are compared.
LONGEST = 2_000_000
PASSAGE = 60
#: A run of so many words is found or not as one.
RUN = 4
#: From this share of its runs on, a passage is there; up to that one, nothing of it is.
HELD, LOST = 0.6, 0.15

#: Words of a page that is little more than a wall.
SHORT = 150

#: What the path of an address that leads to a wall says.
_WALLED = re.compile(
    r"(?:^|[/_.-])(?:login|log-in|signin|sign-in|sso|auth|connexion|se-connecter|identification|checkpoint|consent"
    r"|challenge|captcha|paywall|accounts?)(?:[/_.?-]|$)"
)
#: What a wall says of itself, folded.
_SAYS_WALL = re.compile(
    r"enable javascript|activer? javascript|just a moment|verify(?:ing)? (?:that )?you are (?:a )?human|captcha"
    r"|access denied|acces refuse|acces interdit|connectez-vous pour|log in to (?:continue|see)|sign in to"
)
_PASSWORD = re.compile(r"""<input[^<>]{0,400}type\s*=\s*["']?password""", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a page holds of a mention: the share of its text (0-1), its title, and whether the page is a wall."""

    share: float
    title: bool
    wall: bool


def look(address: str, body: bytes, content_type: str, title: str, text: str) -> Held:
    """What the page at an address holds of a mention's title and text. Linear in the page."""
    markup = _decoded(body[:LONGEST], content_type)
    page = words(html_to_text(markup))
    runs = _runs(page)
    share = held(text, runs, page)
    named = held(title, runs, page) >= HELD
    return Held(share=share, title=named, wall=share < HELD and _is_wall(address, markup, page))


def held(passage: str, runs: frozenset[tuple[str, ...]], page: list[str]) -> float:
    """The share of the passage's runs of words that the page holds; 0 for an empty passage."""
    wanted = words(passage)[:PASSAGE]
    if not wanted:
        return 0.0
    if len(wanted) < RUN:
        return float(f" {' '.join(wanted)} " in f" {' '.join(page)} ")
    mine = [tuple(wanted[n : n + RUN]) for n in range(len(wanted) - RUN + 1)]
    return sum(run in runs for run in mine) / len(mine)


def _runs(page: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(page[n:] for n in range(RUN)), strict=False))


def _is_wall(address: str, markup: str, page: list[str]) -> bool:
    if not page or _WALLED.search(urlsplit(address).path.lower()):
        return True
    # A forum's page has a small login form too: only a page that is little else is a wall.
    return len(page) < SHORT and bool(_PASSWORD.search(markup) or _SAYS_WALL.search(" ".join(page)))


def _decoded(body: bytes, content_type: str) -> str:
    named = _CHARSET.search(content_type.encode("ascii", "replace")) or _CHARSET.search(body[:4_096])
    try:
        return body.decode(named[1].decode("ascii") if named else "utf-8", "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
