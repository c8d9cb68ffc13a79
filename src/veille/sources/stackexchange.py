"""Stack Exchange: questions of one of its sites that a search finds, the newest first.

Without a key an address may ask 300 times a day. Source: docs/sources.md, "stackexchange".
"""

from __future__ import annotations

from datetime import timedelta
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
    url="https://api.stackexchange.com",
    options=(
        Option(name="site", says="name of the site; default: stackoverflow"),
        Option(name="key", says="key of an application, for more calls", secret=True),
    ),
    searches=True,
    place="forum",
    every=timedelta(hours=1),
    steps=3,
    questions=3,
    budgets=(Budget(service="stackexchange", calls=280, window=timedelta(days=1), with_key=9_000),),
    experimental=True,
)
#: What an item may be, told by the number it has; a comment has that of its question too.
_NUMBERED = ("comment", "answer", "question")
_SITES = {"stackoverflow": "stackoverflow.com", "serverfault": "serverfault.com", "superuser": "superuser.com"}
DIALECT = Dialect(either="", without="", group=("", ""), longest=240)


def request(source: Source, state: PollState) -> Request:
    """The first question of the watch."""
    return searching.first(_question(source, 0))


def read(source: Source, response: Response, state: PollState) -> Page:
    """What was found, and the next question."""
    if answers.is_markup(response):
        return feed.read_feed(response, state)
    found = answers.listed(answers.json_of(response), "items")
    return answers.page(
        found, lambda item: _told(item, source), state, then=_question(source, int(response.step or 0) + 1)
    )


def _question(source: Source, number: int) -> Request | None:
    asked = searching.nth(source, DIALECT, number, most=KIND.questions)
    if asked is None:
        return None
    parameters = {
        "site": source.option("site", "stackoverflow"),
        "q": asked,
        "order": "desc",
        "sort": "creation",
        "pagesize": "100",
        "filter": "withbody",
    }
    key = f"&key={mark('key', 'url')}" if source.has("key") else ""
    return Request(url=f"{source.url.rstrip('/')}/2.3/search/advanced?{urlencode(parameters)}{key}", step=str(number))


def _told(item: Item, source: Source) -> Told:
    """A question; where others come, an answer or a comment, known by its own number."""
    what, number = next((name, item[f"{name}_id"]) for name in _NUMBERED if item.get(f"{name}_id"))
    title, text = str(item.get("title") or ""), str(item.get("body") or item.get("excerpt") or "")
    if not title and not text:
        raise ValueError("neither title nor text")
    return Told(
        id=str(number) if what == "question" else f"{what}:{number}",
        link=str(item.get("link") or item.get("share_link") or _link(item, source)),
        title=unescape(title),
        text=text,
        author=unescape(str((item.get("owner") or {}).get("display_name") or "")),
        date=answers.instant(item.get("creation_date")),
        tags=tuple(map(str, item.get("tags") or ())),
    )


def _link(item: Item, source: Source) -> str:
    """The searches of excerpts give none."""
    site = source.option("site", "stackoverflow")
    what, number = ("a", item["answer_id"]) if item.get("answer_id") else ("q", item["question_id"])
    if "title" not in item or "excerpt" not in item:
        raise ValueError("no link")
    return f"https://{_SITES.get(site, f'{site}.stackexchange.com')}/{what}/{number}"
