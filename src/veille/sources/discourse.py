"""Discourse: the latest posts of a forum, of a category or of a tag from its feeds, or what a search finds.

`url` is the forum's address. A key of the API shows what its user may see. Anonymous searches are limited to a few
a minute. Source: docs/sources.md, "discourse".
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
from veille.sources import answers, feed, searching, signing_in
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option
from veille.sources.searching import Dialect
from veille.sources.secrets import mark

KIND = Kind(
    options=(
        Option(name="search", says="true: each watch searches instead of reading all posts", choices=("true", "false")),
        Option(name="category", says="one category as its address names it: slug/5"),
        Option(name="tag", says="one tag"),
        Option(name="key", says="key of the API", secret=True),
        Option(name="key_user", says="user that the key belongs to; default: system"),
        *signing_in.OPTIONS[:2],
    ),
    searches=True,
    search_option="search",
    place="forum",
    steps=3,
    questions=3,
    back_off=timedelta(minutes=10),
)
#: "2 posts - 2 participants", in the forum's language, and a link to the topic.
_FOOT = re.compile(r"\n+\d+ [^\W\d]+ - \d+ [^\W\d]+[^\n]{0,10}(?:\n+[^\n]{1,60})?\Z")
DIALECT = Dialect(either="", group=("", ""), longest=200)


def request(source: Source, state: PollState) -> Request:
    """The feed, or the first question of the watch."""
    if source.ask is not None:
        return searching.first(_question(source, 0))
    return Request(
        url=f"{source.url.rstrip('/')}/{_path(source)}",
        headers=(("Accept", feed.ACCEPT), *_signed(source)),
        etag=state.etag,
        modified=state.modified,
    )


def read(source: Source, response: Response, state: PollState) -> Page:
    """The posts of a feed, of the latest ones in JSON, or of a search, and the next question."""
    if answers.is_markup(response):
        return feed.read_feed(response, state, _as_posted)
    answer = answers.json_of(response)
    if isinstance(answer, dict) and "latest_posts" in answer:
        return answers.page(answers.listed(answer, "latest_posts"), _post, state, address=source.url)
    if isinstance(answer, dict) and "topic_list" in answer:
        return _topics(source, answer, state)
    if isinstance(answer, dict) and "post_stream" in answer:
        shared = {"topic_title": answer.get("title"), "topic_slug": answer.get("slug"), "topic_id": answer.get("id")}
        posts = answers.listed(answer, "post_stream", "posts")
        return answers.page(posts, lambda post: _post({**shared, **post}), state, address=source.url)
    topics = answers.listed(answer, "topics") if isinstance(answer, dict) and "topics" in answer else []
    known = {t["id"]: t for t in topics if isinstance(t, dict) and "id" in t}
    nothing = isinstance(answer, dict) and "grouped_search_result" in answer and "posts" not in answer
    posts = [] if nothing else answers.listed(answer, "posts")
    then = _question(source, int(response.step or 0) + 1) if source.ask else None
    return answers.page(posts, lambda post: _found(post, known), state, address=source.url, then=then)


def _path(source: Source) -> str:
    if source.option("category"):
        return f"c/{quote(source.option('category'))}.rss"
    return f"tag/{quote(source.option('tag'), safe='')}.rss" if source.option("tag") else "posts.rss"


def _signed(source: Source) -> tuple[tuple[str, str], ...]:
    if not source.has("key"):
        return signing_in.headers(source)
    return (("Api-Key", mark("key")), ("Api-Username", source.option("key_user", "system")))


def _question(source: Source, number: int) -> Request | None:
    asked = searching.nth(source, DIALECT, number, most=KIND.questions)
    if asked is None:
        return None
    parameters = urlencode({"q": f"{asked} order:latest"})
    return Request(
        url=f"{source.url.rstrip('/')}/search.json?{parameters}",
        headers=(("Accept", "application/json"), *_signed(source)),
        step=str(number),
    )


def _found(post: Item, topics: Mapping[Any, Item]) -> Told:
    topic = topics.get(post["topic_id"], {})
    slug = str(topic.get("slug") or "-")
    return Told(
        id=f"post:{post['id']}",
        link=f"/t/{quote(slug)}/{post['topic_id']}/{post.get('post_number') or 1}",
        title=str(topic.get("title") or post.get("topic_title_headline") or ""),
        text=str(post["blurb"]),
        author=str(post.get("username") or ""),
        date=str(post.get("created_at") or ""),
    )


def _topics(source: Source, answer: Item, state: PollState) -> Page:
    """A list of topics: who wrote the first post is named beside it."""
    users = answer.get("users") or ()
    names = {each["id"]: each.get("username") for each in users if isinstance(each, dict) and "id" in each}
    topics = answers.listed(answer, "topic_list", "topics")
    return answers.page(topics, lambda topic: _topic(topic, names), state, address=source.url)


def _topic(topic: Item, names: Mapping[Any, Any]) -> Told:
    posters: Any = topic.get("posters") or ()
    first = next((names.get(each.get("user_id")) for each in posters), None) or topic.get("last_poster_username")
    return Told(
        id=f"topic:{topic['id']}",
        link=f"/t/{quote(str(topic.get('slug') or '-'))}/{topic['id']}",
        title=str(topic["title"]),
        text=str(topic.get("excerpt") or ""),
        author=str(first or ""),
        date=str(topic.get("created_at") or topic.get("last_posted_at") or ""),
        tags=tuple(map(_tag, topic.get("tags") or ())),
    )


def _tag(tag: Any) -> str:
    return str(tag.get("name") or "") if isinstance(tag, dict) else str(tag)


def _as_posted(entry: Entry) -> Entry:
    """Feeds count posts below the text, lead to the whole topic once more, and sign "@name Full Name"."""
    author = entry.author.removeprefix("@").partition(" ")[0] if entry.author.startswith("@") else entry.author
    links = tuple(link for link in entry.links if link != entry.link)
    return replace(entry, author=author, text=_FOOT.sub("", f"\n{entry.text}").strip(), links=links)


def _post(post: Item) -> Told:
    slug, number = quote(str(post.get("topic_slug") or "-")), post.get("post_number") or 1
    return Told(
        id=f"post:{post['id']}",
        link=str(post.get("post_url") or f"/t/{slug}/{post['topic_id']}/{number}"),
        title=str(post.get("topic_title") or ""),
        text=str(post["cooked"]),
        author=str(post["username"]),
        date=str(post.get("created_at") or ""),
    )
