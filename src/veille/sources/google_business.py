"""Google reviews of a place: all of them for its owner, else the five that Google shows of any place.

With `refresh` (and the OAuth client it belongs to) the owner's Business Profile is asked; with `place` and `key` the
Places API. Built on facts nobody checked against the services: experimental. Source: docs/sources.md.
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
    url="https://mybusiness.googleapis.com",
    options=(
        Option(name="location", says="`accounts/1/locations/2` of the owner's profile"),
        Option(name="client", says="OAuth client id of your Google project"),
        Option(name="client_secret", says="its secret", secret=True),
        Option(name="refresh", says="refresh token of the owner", secret=True),
        Option(name="tokens", says="address that gives access tokens"),
        Option(name="place", says="place id, to read the five reviews that Google shows"),
        Option(name="key", says="key of the Places API", secret=True),
        Option(name="places", says="address of the Places API"),
        Option(name="language", says="two letters; default: fr"),
    ),
    place="review",
    every=timedelta(hours=1),
    steps=2,
    hosts=("oauth2.googleapis.com", "places.googleapis.com"),
    experimental=True,
)
_TOKENS, _PLACES = "https://oauth2.googleapis.com", "https://places.googleapis.com"
_STARS: Mapping[str, float] = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_MOST = 50
#: Where the owner reads the reviews; they have no address of their own there.
_MANAGED = "https://business.google.com/reviews"
_TRANSLATED, _ORIGINAL = "(Translated by Google)", "(Original)"


def refuse(options: Mapping[str, str]) -> str:
    """Why these options cannot go together."""
    owner = ("location", "client", "client_secret", "refresh")
    if "place" in options and "key" in options:
        return ""
    missing = [name for name in owner if name not in options]
    return f"give `place` and `key`, or {', '.join(f'`{name}`' for name in missing)}" if missing else ""


def request(source: Source, state: PollState) -> Request:
    """The place's reviews, or first an access token of the owner."""
    if source.has("key"):
        parameters = {"fields": "reviews,displayName", "languageCode": source.option("language", "fr")}
        base = _places(source).rstrip("/")
        path = f"/v1/places/{quote(source.option('place'), safe='')}"
        return Request(url=f"{base}{path}?{urlencode(parameters)}&key={mark('key', 'url')}", step="place")
    form = {"grant_type": "refresh_token", "client_id": source.option("client")}
    secret = f"&client_secret={mark('client_secret', 'form')}&refresh_token={mark('refresh', 'form')}"
    return Request(
        url=f"{source.option('tokens', _TOKENS).rstrip('/')}/token",
        method="POST",
        headers=(("Content-Type", "application/x-www-form-urlencoded"),),
        body=f"{urlencode(form)}{secret}".encode(),
        step="session",
    )


def read(source: Source, response: Response, state: PollState) -> Page:
    """The reviews in either of the two shapes; after a token, the question for them."""
    answer = answers.json_of(response)
    if response.step == "session":
        return Page(entries=(), cursor=state.cursor, then=_owned(source, answer))
    if isinstance(answer, dict) and isinstance(answer.get("result"), dict):  # the Places API of former times
        answer = {"totalReviewCount": None, **answer["result"]}
    if not isinstance(answer, dict) or "error" in answer:
        raise ReadError(f"no reviews in the answer{answers.said(answer)}")
    if "reviews" not in answer and not {"displayName", "totalReviewCount"} & set(answer) and answer:
        raise ReadError("no `reviews` in the answer")
    found: Any = answer.get("reviews", [])
    place = quote(source.option("place"), safe="")
    shared = f"https://search.google.com/local/reviews?placeid={place}" if place else _MANAGED
    return answers.page(answers.listed({"reviews": found}, "reviews"), lambda item: _told(item, shared), state)


def _places(source: Source) -> str:
    """Where places are asked: `places`, else the source's own address when it is not the owner's API."""
    return source.option("places") or (source.url if source.url != KIND.url else _PLACES)


def _owned(source: Source, answer: Any) -> Request:
    token = answers.token(answer, "access_token", otherwise="no access was given")
    location = quote(source.option("location"), safe="/")
    return Request(
        url=f"{source.url.rstrip('/')}/v4/{location}/reviews?pageSize={_MOST}&orderBy=updateTime%20desc",
        headers=(("Authorization", f"Bearer {token}"),),
        step="reviews",
    )


def _original(comment: str) -> str:
    """What was written, where Google adds its translation, before or after it."""
    before, translated, rest = comment.partition(_TRANSLATED)
    _, original, after = rest.partition(_ORIGINAL)
    return (after if original else before if translated and before.strip() else comment).strip()


def _link(shared: str, review: str) -> str:
    return f"{shared}{'&' if '?' in shared else '?'}review={quote(review, safe='')}"


def _told(review: Item, shared: str) -> Told:
    if "starRating" in review:
        return Told(
            id=str(review["reviewId"]),
            link=_link(shared, str(review["reviewId"])),
            text=_original(str(review.get("comment") or "")),
            plain=True,
            author=str((review.get("reviewer") or {}).get("displayName") or ""),
            date=str(review.get("createTime") or review.get("updateTime") or ""),
            rating=_STARS[str(review["starRating"])],
        )
    if "author_name" in review:
        return _former(review, shared)
    said: Any = review.get("originalText") or review.get("text") or {}
    name = str(review["name"])
    return Told(
        id=name,
        link=str(review.get("googleMapsUri") or _link(shared, name.rpartition("/")[2])),
        text=str(said.get("text") or ""),
        plain=True,
        author=str((review.get("authorAttribution") or {}).get("displayName") or ""),
        date=str(review.get("publishTime") or ""),
        language=str(said.get("languageCode") or ""),
        rating=float(review["rating"]),
    )


def _former(review: Item, shared: str) -> Told:
    """A review as the Places API gave it until 2025: no number of its own, a moment in seconds."""
    number = f"{review.get('author_url') or review['author_name']} {review['time']}"
    return Told(
        id=number,
        link=_link(shared, str(review["time"])),
        text=str(review.get("text") or ""),
        plain=True,
        author=str(review["author_name"]),
        date=answers.instant(review["time"]),
        language=str(review.get("original_language") or review.get("language") or ""),
        rating=float(review["rating"]),
    )
