"""Facebook: posts, comments, mentions and recommendations of the client's own page, with a token of that page.

Other people's pages need a review by Meta, and posts of persons are out of reach (docs/sources.md). Built on facts
nobody checked against the service: experimental.
"""

from __future__ import annotations

from datetime import timedelta

from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, graph
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option

KIND = Kind(
    url=graph.URL,
    options=(Option(name="page", says="number or name of the page", required=True), *graph.OPTIONS),
    place="own_page",
    every=timedelta(minutes=5),
    steps=4,
    experimental=True,
)
_COMMENT = "id,message,created_time,permalink_url,from"
_POST = f"{_COMMENT},story"
_FIELDS = f"{_POST},comments.limit(50){{{_COMMENT},comments.limit(25){{{_COMMENT}}}}}"
#: What is asked one after the other: path and fields.
_ASKED = {
    "feed": ("feed", _FIELDS),
    "tagged": ("tagged", _POST),
    "ratings": ("ratings", "created_time,review_text,recommendation_type,rating,reviewer,open_graph_story"),
}
_NEXT = {"feed": "tagged", "tagged": "ratings"}
#: One of these is in every recommendation, and in nothing else.
_RATED = frozenset(("recommendation_type", "review_text", "rating", "reviewer"))
#: A page is recommended or not; stars are of former times.
_STARS = {"positive": 5.0, "negative": 1.0}


def request(source: Source, state: PollState) -> Request:
    """The page's posts with their comments."""
    return _question(source, "feed")


def read(source: Source, response: Response, state: PollState) -> Page:
    """What one question brought, and the next one; the last asks how long the token lives."""
    if response.step == graph.TOKEN:
        return graph.token_page(response, state)
    found = graph.items(answers.json_of(response))
    step = response.step or "feed"
    then = _question(source, _NEXT[step]) if step in _NEXT else graph.about_token(source)
    return answers.page(found, lambda item: _read(item, source), state, address="https://www.facebook.com", then=then)


def _question(source: Source, step: str) -> Request:
    path, fields = _ASKED[step]
    return graph.asked(source, f"{source.option('page')}/{path}", {"fields": fields, "limit": "50"}, step=step)


def _read(item: Item, source: Source) -> Told | None:
    """Recommendations are told by what they hold, in whatever answer they come."""
    return _rated(item, source) if _RATED & item.keys() else _told(item)


def _told(item: Item) -> Told | None:
    said = item.get("message") or item.get("story")  # `story`: what Facebook says where nobody wrote anything
    if not said:
        return None if "created_time" in item and "id" in item else Told(id=str(item["id"]))
    writer = item.get("from") or {}
    return Told(
        id=str(item["id"]),
        link=str(item.get("permalink_url") or f"https://www.facebook.com/{item['id']}"),
        text=str(said),
        plain=True,
        author=str(writer.get("name") or ""),
        date=str(item.get("created_time") or ""),
    )


def _rated(item: Item, source: Source) -> Told:
    story = str((item.get("open_graph_story") or {}).get("id") or "")
    writer = str((item.get("reviewer") or {}).get("name") or "")
    stars = item.get("rating") or _STARS.get(str(item.get("recommendation_type")))
    return Told(
        id=f"rating:{story or writer + str(item['created_time'])}",
        link=f"https://www.facebook.com/{story}"
        if story
        else f"https://www.facebook.com/{source.option('page')}/reviews",
        text=str(item.get("review_text") or item.get("recommendation_type") or ""),
        plain=True,
        author=writer,
        date=str(item["created_time"]),
        rating=float(stars) if stars else None,
    )
