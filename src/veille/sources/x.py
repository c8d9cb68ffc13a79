"""X: posts of the last days that a search finds, bought one by one within a monthly budget that is never exceeded.

    counts since the last post bought (cheap) -> posts, when there are more than usual or a day has passed

A count costs 0.005 dollars, a post 0.005, its author's name 0.010. Costs here are thousandths of a dollar.
Source: docs/sources.md, "x".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from urllib.parse import urlencode

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, searching
from veille.sources.answers import Item, Told
from veille.sources.kind import Budget, Kind, Option
from veille.sources.searching import Dialect
from veille.sources.secrets import mark
from veille.text.html import unescape

KIND = Kind(
    url="https://api.x.com",
    options=(
        Option(name="token", says="bearer token of your application", required=True, secret=True),
        Option(
            name="budget_per_month", says="dollars that may be spent in a month, all watches together", required=True
        ),
        Option(name="language", says="two letters: only posts in this language"),
        Option(name="authors", says="true: buy the names of the authors too", choices=("true", "false")),
    ),
    searches=True,
    place="social",
    every=timedelta(minutes=30),
    steps=4,
    budgets=(
        Budget(service="x", calls=0, window=timedelta(days=31), calendar="month", option="budget_per_month", unit=1000),
        Budget(service="x", calls=55, window=timedelta(minutes=15)),
    ),
    back_off=timedelta(minutes=15),
)
DIALECT = Dialect(longest=440)
COUNT, POST, AUTHOR = 5, 5, 10
#: Posts of one answer.
_LEAST, _MOST = 10, 100
#: Posts are bought at least so often, so that a digest has them.
_PATIENCE = timedelta(hours=20)
#: Share of the last count in the usual one.
_PACE = 0.1


def refuse(options: Mapping[str, str]) -> str:
    """Why these options cannot go together."""
    if not options.get("budget_per_month", "0").isdigit():
        return "option `budget_per_month` is a whole number of dollars"
    return ""


def request(source: Source, state: PollState) -> Request:
    """How many posts there are since the last one bought."""
    since = answers.own(state, "since")
    return _asked(source, "counts", {"granularity": "day", **({"since_id": since} if since else {})}, cost=COUNT)


def read(source: Source, response: Response, state: PollState) -> Page:
    """After a count, the decision to buy; after posts, those posts."""
    answer = answers.json_of(response)
    if not isinstance(answer, dict) or not {"meta", "data"} & answer.keys():
        raise ReadError(f"no `meta` in the answer{answers.said(answer)}")
    return _counted(source, response, answer, state) if response.step == "counts" else _bought(source, answer, state)


def _counted(source: Source, response: Response, answer: Item, state: PollState) -> Page:
    count = (answer.get("meta") or {}).get("total_tweet_count")
    if not isinstance(count, int) or isinstance(count, bool):
        raise ReadError(f"no count in the answer{answers.said(answer)}")
    usual = float(answers.own(state, "usual") or 0)
    now = response.server_date
    buys = count > 0 and (count >= max(1, ceil(2 * usual)) or _waited(state, now))
    then = _posts(source, state, count) if buys else None
    learnt = {"usual": f"{usual + _PACE * (count - usual):.3f}"}
    bought = {"bought": now.isoformat()} if now and (buys or not answers.own(state, "bought")) else {}
    return answers.marked(Page(entries=(), cursor=state.cursor, memory=state.memory, then=then), learnt | bought)


def _waited(state: PollState, now: datetime | None) -> bool:
    bought = answers.own(state, "bought")
    return not bought or now is None or now - datetime.fromisoformat(bought) >= _PATIENCE


def _posts(source: Source, state: PollState, count: int) -> Request:
    since = answers.own(state, "since")
    most = min(max(count, _LEAST), _MOST) if since else _LEAST
    names = source.option("authors") == "true"
    parameters = {
        "max_results": str(most),
        "tweet.fields": "created_at,lang,author_id,entities,note_tweet",
        **({"expansions": "author_id", "user.fields": "username"} if names else {}),
        **({"since_id": since} if since else {}),
    }
    return _asked(source, "search", parameters, cost=most * (POST + AUTHOR * names))


def _asked(source: Source, what: str, parameters: Mapping[str, str], *, cost: int) -> Request:
    words = searching.questions(searching.sought(source), DIALECT)[0]
    language = f" lang:{source.option('language')}" if source.option("language") else ""
    asked = {"query": f"({words}){language} -is:retweet", **parameters}
    return Request(
        url=f"{source.url.rstrip('/')}/2/tweets/{what}/recent?{urlencode(asked)}",
        headers=(("Authorization", f"Bearer {mark('token')}"),),
        step=what,
        cost=cost,
    )


def _bought(source: Source, answer: Item, state: PollState) -> Page:
    posts = answers.listed({"data": answer.get("data", [])}, "data")
    included: Any = answer.get("includes") or {}
    users = {u["id"]: u for u in included.get("users", ()) if isinstance(u, dict) and "id" in u}
    others = {p["id"]: p for p in included.get("tweets", ()) if isinstance(p, dict) and "id" in p}
    page = answers.page(posts, lambda post: _told(post, users, others), state)
    spent = POST * len(posts) + (AUTHOR * len(users) if source.option("authors") == "true" else 0)
    newest = str((answer.get("meta") or {}).get("newest_id") or "")
    page = answers.marked(page, {"since": newest}) if newest.isdigit() else page
    return answers.spending(page, spent)


def _text(post: Item, others: Mapping[Any, Item]) -> str:
    """A long post stands elsewhere than its beginning, and a repost is cut; "&" and the like come escaped."""
    whole = (post.get("note_tweet") or {}).get("text") or post["text"]
    for each in post.get("referenced_tweets") or ():
        first = others.get(each.get("id")) if each.get("type") == "retweeted" else None
        if first:
            head, colon, _ = str(whole).partition(": ")
            whole = f"{head}{colon}{_text(first, {})}" if colon and head.startswith("RT @") else _text(first, {})
    return unescape(str(whole))


def _told(post: Item, users: Mapping[Any, Item], others: Mapping[Any, Item]) -> Told:
    author = users.get(post.get("author_id"), {})
    name = str(author.get("username") or "")
    urls = (post.get("entities") or {}).get("urls") or ()
    return Told(
        id=str(post["id"]),
        link=f"https://x.com/{name or 'i'}/status/{post['id']}",
        text=_text(post, others),
        plain=True,
        author=f"@{name}" if name else str(post.get("author_id") or ""),
        date=str(post.get("created_at") or ""),
        language=str(post.get("lang") or ""),
        links=tuple(str(each["expanded_url"]) for each in urls if each.get("expanded_url")),
    )
