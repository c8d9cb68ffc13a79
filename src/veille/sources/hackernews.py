"""Hacker News: stories and comments that its public search finds, the newest first.

Source: docs/sources.md, "hackernews".
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, feed, searching
from veille.sources.answers import Item, Told
from veille.sources.kind import Budget, Kind
from veille.sources.searching import Dialect

KIND = Kind(
    url="https://hn.algolia.com",
    searches=True,
    place="forum",
    every=timedelta(minutes=30),
    steps=5,
    questions=5,
    budgets=(Budget(service="hackernews", calls=1_000, window=timedelta(hours=1)),),
)
#: Words side by side must all be there; quotes make a phrase, a minus an absence.
DIALECT = Dialect(either="", group=("", ""), longest=400)


def request(source: Source, state: PollState) -> Request:
    """The first question of the watch."""
    return searching.first(_question(source, 0))


def read(source: Source, response: Response, state: PollState) -> Page:
    """What was found, and the next question."""
    if answers.is_markup(response):
        return feed.read_feed(response, state)
    found = answers.listed(answers.json_of(response), "hits")
    then = _question(source, int(response.step or 0) + 1)
    return answers.page(found, _told, state, address="https://news.ycombinator.com", then=then)


def _question(source: Source, number: int) -> Request | None:
    asked = searching.nth(source, DIALECT, number, most=KIND.questions)
    if asked is None:
        return None
    parameters = {
        "query": asked,
        "tags": "(story,comment)",
        "hitsPerPage": "100",
        "advancedSyntax": "true",
        "typoTolerance": "false",
    }
    return Request(url=f"{source.url.rstrip('/')}/api/v1/search_by_date?{urlencode(parameters)}", step=str(number))


def _told(hit: Item) -> Told:
    name = str(hit["objectID"])
    return Told(
        id=name,
        link=f"https://news.ycombinator.com/item?id={name}",
        title=str(hit.get("title") or hit.get("story_title") or ""),
        text=str(hit.get("comment_text") or hit.get("story_text") or ""),
        author=str(hit.get("author") or ""),
        date=answers.instant(hit.get("created_at_i")) or str(hit.get("created_at") or ""),
        links=tuple(str(hit[name]) for name in ("url", "story_url") if hit.get(name)),
    )
