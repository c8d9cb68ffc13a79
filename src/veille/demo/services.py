"""What each place answers, in the format of the real service: feeds, Mastodon, Bluesky with its session, a review site.

The secrets that they ask for are the demo's own, one for each format: `SECRETS`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs

from veille.demo.formats import FORMATS
from veille.demo.story import Place, Post
from veille.text.fold import words

#: Posts that an answer shows: about as many as the real services do.
SHOWN = 50

#: What the settings must give for these formats; nothing outside the demo knows it.
SECRETS: Mapping[str, str] = {"bluesky": "abcd-efgh-ijkl-mnop", "facebook_mail": "mot de passe du relevé"}

#: Where the feed of each format stands below its place.
PATHS: Mapping[str, str] = {
    "rss": "/feed",
    "page": "/feed",
    "wordpress": "/feed",
    "google_alerts": "/alerts/feeds/1/2",
    "phpbb": "/feed",
    "discourse": "/posts.rss",
}
#: phpBB leads from the address that everybody knows to its present one.
_MOVED: Mapping[str, tuple[str, str]] = {"phpbb": ("/feed.php", "/feed")}

_JSON = "application/json; charset=utf-8"
_SESSION = "session-de-la-demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request below a place."""

    path: str
    query: str = ""
    body: bytes = b""
    #: The Authorization header.
    authorization: str = ""

    def parameter(self, name: str) -> str:
        """One parameter of the query ("" = absent)."""
        return parse_qs(self.query).get(name, [""])[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is answered."""

    status: int = 200
    type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    #: Where a redirect leads.
    location: str = ""


Service = Callable[[Place, Sequence[Post], datetime, Asked], Said]
NOTHING = Said(status=404, body=b"not here")


def serve(place: Place, posts: Sequence[Post], now: datetime, asked: Asked) -> Said:
    """What a place answers at that moment; `posts` is what it shows, newest first."""
    service = SERVICES.get(place.format, _feed)
    return service(place, posts[:SHOWN], now, asked)


def _feed(place: Place, posts: Sequence[Post], now: datetime, asked: Asked) -> Said:
    known, present = _MOVED.get(place.format, ("", ""))
    if known and asked.path == known:
        return Said(status=301, location=f"/{place.id}{present}")
    if asked.path != PATHS.get(place.format):
        return NOTHING
    return Said(type="application/xml; charset=utf-8", body=FORMATS[place.format](place, posts, now).encode())


def _mastodon(place: Place, posts: Sequence[Post], now: datetime, asked: Asked) -> Said:
    """The timeline of the hashtag that every post of the place carries."""
    if not asked.path.startswith("/api/v1/timelines/tag/"):
        return NOTHING
    after = int(asked.parameter("min_id") or 0)
    newer = [post for post in posts if _number(post) > after]
    return _json([_status(place, post) for post in newer[: int(asked.parameter("limit") or 20)]])


def _status(place: Place, post: Post) -> dict[str, Any]:
    said = f'{escape(post.text, quote=False)} <a href="https://{place.site}/tags/floreal" class="mention hashtag"'
    return {
        "id": str(_number(post)),
        "created_at": post.published.isoformat(timespec="milliseconds"),
        "in_reply_to_id": None,
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "language": "fr",
        "uri": f"https://{place.site}/users/{post.author}/statuses/{post.id}",
        "url": post.link,
        "content": f'<p>{said} rel="tag">#<span>floréal</span></a></p>',
        "reblog": None,
        "account": {"id": "1", "username": post.author, "acct": post.author, "display_name": post.author},
        "media_attachments": [],
        "mentions": [],
        "tags": [{"name": "floreal", "url": f"https://{place.site}/tags/floreal"}],
        "card": None,
    }


def _bluesky(place: Place, posts: Sequence[Post], now: datetime, asked: Asked) -> Said:
    """A session for who knows the password, then a search."""
    if asked.path == "/xrpc/com.atproto.server.createSession":
        known = json.loads(asked.body or b"{}").get("password") == SECRETS[place.format]
        return _json({"accessJwt": _SESSION, "handle": "veille.bsky.social"}) if known else _refused()
    if asked.path != "/xrpc/app.bsky.feed.searchPosts":
        return NOTHING
    if asked.authorization != f"Bearer {_SESSION}":
        return _refused()
    wanted = set(words(asked.parameter("q")))
    return _json({"posts": [_post(post) for post in posts if wanted <= set(words(post.text))]})


def _post(post: Post) -> dict[str, Any]:
    did = f"did:plc:{post.author}"
    moment = post.published.isoformat(timespec="milliseconds")
    return {
        "uri": f"at://{did}/app.bsky.feed.post/{post.link.rpartition('/')[2]}",
        "cid": f"bafy{post.id}",
        "author": {"did": did, "handle": f"{post.author}.bsky.social", "displayName": post.author},
        "record": {"$type": "app.bsky.feed.post", "createdAt": moment, "langs": ["fr"], "text": post.text},
        "indexedAt": moment,
        "likeCount": 0,
        "repostCount": 0,
    }


def _reviews(place: Place, posts: Sequence[Post], now: datetime, asked: Asked) -> Said:
    """A page made for people, one review below the other."""
    if asked.path != "/avis/floreal":
        return NOTHING
    reviews = "".join(
        f'<article class="review"><div class="stars" data-rating="{post.rating}">{"★" * (post.rating or 0)}</div>'
        f'<h3><a href="{escape(post.link)}">{escape(post.title_at(now))}</a></h3>'
        f'<p class="body">{escape(post.text)}</p><footer>par <span class="author">{escape(post.author)}</span>, '
        f'<time datetime="{post.published.isoformat()}">{post.published:%d/%m/%Y}</time></footer></article>'
        for post in posts
    )
    head = f"<!doctype html><html lang=fr><head><title>{escape(place.title)}</title></head>"
    page = f"{head}<body><h1>{escape(place.title)}</h1><main class=reviews>{reviews}</main></body></html>"
    return Said(type="text/html; charset=utf-8", body=page.encode())


SERVICES: Mapping[str, Service] = {"mastodon": _mastodon, "bluesky": _bluesky, "reviews": _reviews}


def _json(value: object) -> Said:
    return Said(type=_JSON, body=json.dumps(value, ensure_ascii=False).encode())


def _refused() -> Said:
    error = {"error": "AuthenticationRequired", "message": "Invalid identifier or password"}
    return Said(status=401, type=_JSON, body=json.dumps(error).encode())


def _number(post: Post) -> int:
    """As Mastodon numbers: milliseconds, then something that tells two posts of one moment apart."""
    return (int(post.at.timestamp() * 1000) << 16) + sum(map(ord, post.id)) % 65_536
