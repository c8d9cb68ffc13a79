"""Trustpilot: the latest reviews of a company, with their stars, through the service's API and a key.

The company is named by its domain (one more question finds its number) or by that number. Source: docs/sources.md,
"trustpilot".
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option
from veille.sources.secrets import mark

KIND = Kind(
    url="https://api.trustpilot.com",
    options=(
        Option(name="key", says="key of an application of your Trustpilot account", required=True, secret=True),
        Option(name="domain", says="domain of the company, such as floreal.example"),
        Option(name="unit", says="number of the company there, instead of its domain"),
        Option(name="language", says="two letters: only reviews in this language"),
        Option(name="stars", says="only reviews with so many stars", choices=("1", "2", "3", "4", "5")),
    ),
    place="review",
    every=timedelta(minutes=30),
    steps=2,
)
_MOST = 100


def refuse(options: Mapping[str, str]) -> str:
    """Why these options cannot go together."""
    return "" if ("domain" in options) != ("unit" in options) else "give the company's `domain` or its `unit`"


def request(source: Source, state: PollState) -> Request:
    """The reviews, or first the number of the company."""
    unit = source.option("unit") or answers.own(state, "unit")
    return _reviews(source, unit) if unit else _asked(source, "find", {"name": source.option("domain")}, step="find")


def read(source: Source, response: Response, state: PollState) -> Page:
    """The reviews; after the company was found, the question for them."""
    answer = answers.json_of(response)
    if response.step == "find":
        unit = str(answer.get("id") or "") if isinstance(answer, dict) else ""
        if not unit.isalnum():
            raise ReadError(f"no company with the domain {source.option('domain')}{answers.said(answer)}")
        return answers.marked(Page(entries=(), cursor=state.cursor, then=_reviews(source, unit)), {"unit": unit})
    return answers.page(answers.listed(answer, "reviews"), _told, state, address="https://www.trustpilot.com")


def _reviews(source: Source, unit: str) -> Request:
    wanted = {name: source.option(name) for name in ("language", "stars") if source.option(name)}
    parameters = {"orderBy": "createdat.desc", "perPage": str(_MOST), **wanted}
    return _asked(source, f"{quote(unit, safe='')}/reviews", parameters, step="reviews")


def _asked(source: Source, path: str, parameters: Mapping[str, str], *, step: str) -> Request:
    return Request(
        url=f"{source.url.rstrip('/')}/v1/business-units/{path}?{urlencode(parameters)}&apikey={mark('key', 'url')}",
        headers=(("Accept", "application/json"),),
        step=step,
    )


def _told(review: Item) -> Told:
    consumer: Any = review.get("consumer") or {}
    return Told(
        id=str(review["id"]),
        link=f"/reviews/{quote(str(review['id']), safe='')}",
        title=str(review.get("title") or ""),
        text=str(review.get("text") or ""),
        plain=True,
        author=str(consumer.get("displayName") or ""),
        date=str(review.get("createdAt") or ""),
        language=str(review.get("language") or ""),
        rating=float(review["stars"]),
    )
