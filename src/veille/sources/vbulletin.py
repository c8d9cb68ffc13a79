"""vBulletin 3, 4 and 5: the threads with the latest replies, with the text of that reply, from the board's feed.

`url` is the board's address. Source: docs/sources.md, "vbulletin".
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
        Option(name="forums", says="numbers of forums, separated by commas; default: all"),
        Option(name="version", says="5 for vBulletin 5; default: 4", choices=("3", "4", "5")),
        Option(name="node", says="number of a channel of vBulletin 5"),
        *signing_in.OPTIONS,
    ),
    place="forum",
    steps=1 + signing_in.STEPS,
    experimental=True,
)
_FORM = Form(
    page="login.php",
    goal="login.php?do=login",
    user="vb_login_username",
    password="vb_login_password",
    more=(("do", "login"), ("cookieuser", "1")),
)


def request(source: Source, state: PollState) -> Request:
    """The feed, or the login form before it."""
    return boards.request(source, state, _address(source), form=_FORM)


def read(source: Source, response: Response, state: PollState) -> Page:
    """The threads; during a login, the next question."""
    return boards.read(source, response, state, _address(source), form=_FORM)


def _address(source: Source) -> str:
    if source.option("version") == "5":
        script, asked = "external", {"type": "rss2", "nodeid": source.option("node")}
    else:
        script = "external.php"
        asked = {"type": "RSS2", "forumids": source.option("forums"), "lastpost": "1", "nohtml": "1"}
    parameters = urlencode({name: value for name, value in asked.items() if value})
    return f"{source.url.rstrip('/')}/{script}?{parameters}"
