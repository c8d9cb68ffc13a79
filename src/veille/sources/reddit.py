"""Reddit: what its search finds, through an approved application when there is one, else its feeds.

Feeds allow about one request a minute for each address; refusals are left alone for an hour. People there are never
matched with who they may be elsewhere. Source: docs/sources.md, "reddit".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, feed, searching
from veille.sources.answers import Item, Told
from veille.sources.kind import Budget, Kind, Option
from veille.sources.searching import Dialect
from veille.sources.secrets import mark
from veille.text.html import unescape

KIND = Kind(
    url="https://www.reddit.com",
    options=(
        Option(name="application", says="`client id:secret` of an approved application", secret=True),
        Option(name="oauth", says="address of the API for applications"),
        Option(name="subreddit", says="search in this subreddit alone"),
        Option(name="new", says="read all new posts of the subreddit, without a search", choices=("true",)),
    ),
    searches=True,
    whole=("new",),
    place="social",
    questions=50,
    steps=2,
    hosts=("oauth.reddit.com",),
    budgets=(Budget(service="reddit", calls=1, window=timedelta(minutes=1), with_key=90),),
    back_off=timedelta(hours=1),
    patience=3,
)
#: What the feed adds below each post, and where it leads.
_OWN = re.compile(r"://[^/]*reddit\.com/(?:user/[^/]+|r/[^/]+)/?$")
_FOOT = re.compile(r"\s*\bsubmitted by\s+/?u/\S+(?:\s+to\s+r/\S+)?\s*(?:\[link\])?\s*(?:\[comments\])?\s*\Z")
DIALECT = Dialect(both=" AND ", without="NOT ", longest=500)
_OAUTH = "https://oauth.reddit.com"
_MOST = 100


def refuse(options: Mapping[str, str]) -> str:
    """Why these options cannot go together."""
    return "option `new` needs a `subreddit`" if "new" in options and "subreddit" not in options else ""


def request(source: Source, state: PollState) -> Request:
    """A session for the application, or the feed of the search."""
    if not source.has("application"):
        asked, step = _turn(source, state)
        return Request(url=_address(source, source.url, asked, ".rss"), headers=(("Accept", feed.ACCEPT),), step=step)
    return Request(
        url=f"{source.url.rstrip('/')}/api/v1/access_token",
        method="POST",
        headers=(
            ("Authorization", f"Basic {mark('application', 'base64')}"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ),
        body=b"grant_type=client_credentials",
        step="session",
    )


def read(source: Source, response: Response, state: PollState) -> Page:
    """The posts and comments of a listing or a feed; after a session, the search."""
    if response.step == "session":
        return Page(entries=(), cursor=state.cursor, then=_search(source, answers.json_of(response), state))
    if answers.is_markup(response):
        return answers.turned(feed.read_feed(response, state, _as_posted), response)
    page = answers.page(_things(answers.json_of(response)), _told, state, address="https://www.reddit.com")
    return answers.turned(page, response)


def _turn(source: Source, state: PollState) -> tuple[str, str]:
    """The question of this poll and its step; nothing is searched for in a subreddit that is read whole."""
    return searching.in_turn(source.ask, DIALECT, answers.own(state, "turn")) if source.ask else ("", "")


def _search(source: Source, answer: Any, state: PollState) -> Request:
    token = answers.token(answer, "access_token")
    base = source.option("oauth", _OAUTH)
    asked, step = _turn(source, state)
    signed = (("Authorization", f"Bearer {token}"),)
    return Request(url=_address(source, base, asked, ".json"), headers=signed, step=step or "search")


def _address(source: Source, base: str, asked: str, ending: str) -> str:
    within = f"/r/{quote(source.option('subreddit'))}" if source.option("subreddit") else ""
    if source.option("new"):
        path = f"{within}/new/.rss" if ending == ".rss" else f"{within}/new.json"
        return f"{base.rstrip('/')}{path}?{urlencode({'limit': _MOST})}"
    parameters = {"q": asked, "sort": "new", "t": "month", "limit": str(_MOST)}
    parameters |= {"restrict_sr": "on"} if within else {}
    return f"{base.rstrip('/')}{within}/search{ending}?{urlencode(parameters)}"


def _things(answer: Any) -> list[Any]:
    """The things of a listing, or of the two listings of a thread with its comments, replies included."""
    if isinstance(answer, list):
        return [thing for listing in answer for thing in _things(listing)]
    found: list[Any] = []
    for thing in answers.listed(answer, "data", "children"):
        if isinstance(thing, dict) and thing.get("kind") == "more":
            continue
        found.append(thing)
        replies = (
            thing["data"].get("replies") if isinstance(thing, dict) and isinstance(thing.get("data"), dict) else ""
        )
        if isinstance(replies, dict):
            found += _things(replies)
    return found


def _told(thing: Item) -> Told:
    data = thing["data"]
    comment = thing.get("kind") == "t1"
    outside = str(data.get("url") or "")
    return Told(
        id=str(data.get("name") or data["id"]),
        link=_permalink(data),
        title=str(data.get("link_title") or "") if comment else str(data["title"]),
        text=unescape(str(data["body"] if comment else data.get("selftext") or "")),
        plain=True,
        author=str(data.get("author") or ""),
        date=answers.instant(data.get("created_utc")),
        tags=(str(data["subreddit"]),) if data.get("subreddit") else (),
        links=() if comment or data.get("is_self") else (unescape(outside),),
    )


def _permalink(data: Item) -> str:
    """As given; some listings of comments leave it out, and it is made of what they say."""
    given = data.get("permalink") or data.get("context")
    thread, within = str(data.get("link_id") or "").removeprefix("t3_"), data.get("subreddit")
    made = f"/r/{within}/comments/{thread}/_/{data.get('id')}/" if thread and within else ""
    return str(given or made or data.get("link_permalink") or "")


def _as_posted(entry: Entry) -> Entry:
    """The feed signs "/u/name", in the text once more; a comment is titled "/u/name on ..."."""
    author = entry.author.removeprefix("/u/")
    title = entry.title.removeprefix(f"/u/{author} on ")
    links = tuple(link for link in entry.links if link != entry.link and not _OWN.search(link))
    return replace(entry, author=author, title=title, text=_FOOT.sub("", entry.text), links=links)
