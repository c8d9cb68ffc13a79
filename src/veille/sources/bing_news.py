"""Bing News: the press articles that a search finds, from its feed, without a key.

When it has enough of us it answers with an HTML page, which is an error here. Source: docs/sources.md, "bing_news".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, feed, searching
from veille.sources.kind import Kind, Option
from veille.sources.searching import Dialect
from veille.sources.syndication.entry_fields import absolute_link
from veille.text.url import host, unwrap

KIND = Kind(
    url="https://www.bing.com",
    options=(
        Option(name="language", says="two letters; default: fr"),
        Option(name="country", says="two letters; default: FR"),
    ),
    searches=True,
    place="press",
    questions=50,
    back_off=timedelta(hours=1),
)
DIALECT = Dialect(longest=400)


def request(source: Source, state: PollState) -> Request:
    """What the watch asks, the newest first."""
    asked, step = searching.in_turn(searching.sought(source), DIALECT, answers.own(state, "turn"))
    parameters = {
        "format": "rss",
        "q": asked,
        "setlang": source.option("language", "fr"),
        "cc": source.option("country", "FR").upper(),
        "qft": 'sortbydate="1"',
    }
    return Request(
        url=f"{source.url.rstrip('/')}/news/search?{urlencode(parameters)}",
        headers=(("Accept", feed.ACCEPT),),
        etag="" if step else state.etag,
        modified="" if step else state.modified,
        step=step,
    )


def read(source: Source, response: Response, state: PollState) -> Page:
    """The articles, under their publishers' addresses."""
    return answers.turned(feed.read_feed(response, state, _as_published), response)


def _as_published(entry: Entry) -> Entry:
    link = absolute_link(unwrap(entry.link), "") or entry.link
    return replace(entry, key=link, link=link, site=host(link), links=()) if link != entry.link else entry
