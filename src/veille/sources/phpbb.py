"""phpBB: the latest posts of a board, or of one forum or topic, from its feed.

`url` is the board's address. The feed is often switched off, or shows what guests may see alone: sign in with a
cookie, HTTP credentials or the login form. Source: docs/sources.md, "phpbb".
"""

from __future__ import annotations

from urllib.parse import urlencode

from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import boards, signing_in
from veille.sources.kind import Kind, Option
from veille.sources.signing_in import Form, refuse

__all__ = ["KIND", "read", "refuse", "request"]

KIND = Kind(
    options=(
        Option(
            name="mode",
            says="what the feed lists; default: posts",
            choices=("topics", "topics_new", "topics_active", "news"),
        ),
        Option(name="forum", says="number of one forum"),
        Option(name="topic", says="number of one topic"),
        Option(name="path", says="path of the feed; default: feed.php"),
        *signing_in.OPTIONS,
    ),
    place="forum",
    steps=1 + signing_in.STEPS,
)
_FORM = Form(
    page="ucp.php?mode=login", goal="ucp.php?mode=login", user="username", password="password", more=(("login", "1"),)
)


def request(source: Source, state: PollState) -> Request:
    """The feed, or the login form before it."""
    return boards.request(source, state, _address(source), form=_FORM)


def read(source: Source, response: Response, state: PollState) -> Page:
    """The posts; during a login, the next question."""
    return boards.read(source, response, state, _address(source), form=_FORM)


def _address(source: Source) -> str:
    asked = (("mode", source.option("mode")), ("f", source.option("forum")), ("t", source.option("topic")))
    parameters = urlencode([(name, value) for name, value in asked if value])
    address = f"{source.url.rstrip('/')}/{source.option('path', 'feed.php').lstrip('/')}"
    return f"{address}?{parameters}" if parameters else address
