"""YouTube: the videos of a channel or a playlist from its feed, or those that a search with a key finds.

The feed fails now and then for hours (docs/sources.md): a few failures mean nothing. A search has an allowance of a
hundred calls a day, counted from midnight Pacific.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, feed, searching
from veille.sources.answers import Item, Told
from veille.sources.kind import Budget, Kind, Option
from veille.sources.searching import Dialect
from veille.sources.secrets import mark
from veille.text.html import unescape

KIND = Kind(
    url="https://www.youtube.com",
    options=(
        Option(name="channel", says="id of a channel, such as UC..."),
        Option(name="playlist", says="id of a playlist"),
        Option(name="key", says="key of the YouTube Data API, to search", secret=True),
        Option(name="api", says="address of the API"),
        Option(name="language", says="two letters; default: fr"),
        Option(name="country", says="two letters; default: FR"),
        Option(name="calls_per_day", says="searches a day at most; default: 100"),
    ),
    searches=True,
    whole=("channel", "playlist"),
    place="social",
    questions=50,
    every=timedelta(minutes=30),
    budgets=(
        Budget(service="youtube", calls=100, window=timedelta(days=1), calendar="pacific_day", option="calls_per_day"),
    ),
    patience=12,
)
DIALECT = Dialect(either="|", longest=400)
#: What a search finds, and where it stands.
_PATHS = {"video": "watch?v=", "playlist": "playlist?list=", "channel": "channel/"}
_API = "https://www.googleapis.com"


def refuse(options: Mapping[str, str]) -> str:
    """Why these options cannot go together."""
    given = [name for name in ("channel", "playlist", "key") if name in options]
    return "" if len(given) == 1 else "give one of `channel`, `playlist`, or `key` to search"


def request(source: Source, state: PollState) -> Request:
    """The feed, which costs nothing, or the search."""
    for option, parameter in (("channel", "channel_id"), ("playlist", "playlist_id")):
        if source.option(option):
            address = f"{source.url.rstrip('/')}/feeds/videos.xml?{urlencode({parameter: source.option(option)})}"
            return Request(
                url=address, headers=(("Accept", feed.ACCEPT),), etag=state.etag, modified=state.modified, cost=0
            )
    asked, step = searching.in_turn(searching.sought(source), DIALECT, answers.own(state, "turn"))
    parameters = {
        "part": "snippet",
        "type": "video",
        "order": "date",
        "maxResults": "50",
        "q": asked,
        "relevanceLanguage": source.option("language", "fr"),
        "regionCode": source.option("country", "FR"),
    }
    base = source.option("api", _API).rstrip("/")
    return Request(url=f"{base}/youtube/v3/search?{urlencode(parameters)}&key={mark('key', 'url')}", step=step)


def read(source: Source, response: Response, state: PollState) -> Page:
    """The videos of a feed or of a search."""
    if answers.is_markup(response):
        return feed.read_feed(response, state)
    found = list(_with_replies(answers.listed(answers.json_of(response), "items")))
    return answers.turned(answers.page(found, _told, state, address="https://www.youtube.com"), response)


def _with_replies(items: Iterable[Any]) -> Iterator[Any]:
    """A thread of comments as its comments; anything else as it is."""
    for item in items:
        first = item.get("snippet", {}).get("topLevelComment") if isinstance(item, dict) else None
        yield first or item
        replies = item.get("replies") if first else None
        if isinstance(replies, dict):
            yield from replies.get("comments") or ()


def _told(item: Item) -> Told:
    said = item["snippet"]
    if "textOriginal" in said or "textDisplay" in said:
        return _comment(item, said)
    number: Any = item["id"]
    inner = number if isinstance(number, dict) else said.get("resourceId") or {"videoId": number}
    what, path = next((what, path) for what, path in _PATHS.items() if f"{what}Id" in inner)
    return Told(
        id=f"yt:{what}:{inner[f'{what}Id']}",
        link=f"https://www.youtube.com/{path}{inner[f'{what}Id']}",
        title=str(said["title"]),
        text=unescape(str(said.get("description") or "")),
        plain=True,
        author=unescape(str(said.get("channelTitle") or "")),
        date=str(said.get("publishedAt") or ""),
    )


def _comment(item: Item, said: Item) -> Told:
    video = str(said.get("videoId") or "")
    return Told(
        id=f"yt:comment:{item['id']}",
        link=f"https://www.youtube.com/watch?{urlencode({'v': video, 'lc': str(item['id'])})}",
        text=str(said.get("textOriginal") or said.get("textDisplay")),
        plain="textOriginal" in said,
        author=str(said.get("authorDisplayName") or ""),
        date=str(said.get("publishedAt") or ""),
    )
