"""Google News: the press articles that a search finds, from its feed, without a key.

A link no longer leads to the article by itself, and may differ from one search to another: an article is known by
its title and its publisher. About a hundred articles are served. Source: docs/sources.md, "google_news".
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
from veille.text.fold import words

KIND = Kind(
    url="https://news.google.com",
    options=(
        Option(name="language", says="two letters; default: fr"),
        Option(name="country", says="two letters; default: FR"),
    ),
    searches=True,
    place="press",
    questions=50,
    back_off=timedelta(hours=1),
)
DIALECT = Dialect(longest=500)


def request(source: Source, state: PollState) -> Request:
    """What the watch asks, of the last week at first and of the last two days then."""
    language, country = source.option("language", "fr"), source.option("country", "FR").upper()
    since = "when:2d" if state.known else "when:7d"
    asked, step = searching.in_turn(searching.sought(source), DIALECT, answers.own(state, "turn"))
    parameters = {"q": f"{asked} {since}", "hl": language, "gl": country, "ceid": f"{country}:{language}"}
    return Request(
        url=f"{source.url.rstrip('/')}/rss/search?{urlencode(parameters)}",
        headers=(("Accept", feed.ACCEPT),),
        etag="" if step else state.etag,
        modified="" if step else state.modified,
        step=step,
    )


def read(source: Source, response: Response, state: PollState) -> Page:
    """The articles, as their publishers would give them."""
    return answers.turned(feed.read_feed(response, state, _as_published), response)


def _as_published(entry: Entry) -> Entry:
    """Without the publisher at the end of the title, nor the title once more for a text."""
    title, _, publisher = entry.title.rpartition(" - ")
    title = title or entry.title
    repeats = words(entry.text)[: len(words(title))] == words(title)
    return replace(
        entry,
        key=f"{entry.site}: {' '.join(words(title))}"[:300],
        title=title,
        text="" if repeats else entry.text,
        author=entry.author or publisher if title != entry.title else entry.author,
        links=(),
    )
