"""XenForo: the threads with the latest activity of a board, or of one forum, from its feed.

`url` is the board's address. Source: docs/sources.md, "xenforo".
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import boards, signing_in
from veille.sources.kind import Kind, Option
from veille.sources.signing_in import Form, refuse

__all__ = ["KIND", "read", "refuse", "request"]

KIND = Kind(
    options=(
        Option(name="forum", says="one forum as its address names it: general.2; default: all"),
        *signing_in.OPTIONS,
    ),
    place="forum",
    steps=1 + signing_in.STEPS,
)
_MORE = re.compile(
    r"\n(?:Read more|Lire la suite|Lire plus|Weiterlesen|Lees meer|Lees verder|Leer más|Leggi tutto|Czytaj dalej)\Z",
    re.IGNORECASE,
)
_FORM = Form(page="login/", goal="login/login", user="login", password="password", more=(("remember", "1"),))


def request(source: Source, state: PollState) -> Request:
    """The feed, or the login form before it."""
    return boards.request(source, state, _address(source), form=_FORM)


def read(source: Source, response: Response, state: PollState) -> Page:
    """The threads; during a login, the next question."""
    return boards.read(source, response, state, _address(source), form=_FORM, adapt=_as_posted)


def _as_posted(entry: Entry) -> Entry:
    """Without "Read more" below a long text, which leads to the thread once more."""
    if entry.link not in entry.links:
        return entry
    links = tuple(link for link in entry.links if link != entry.link)
    return replace(entry, text=_MORE.sub("", entry.text), links=links)


def _address(source: Source) -> str:
    return f"{source.url.rstrip('/')}/forums/{quote(source.option('forum', '-'), safe='')}/index.rss"
