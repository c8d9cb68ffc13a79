"""How places that have a feed serve it: RSS, WordPress, Discourse, phpBB's Atom, a Google Alerts feed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote

from veille.demo.story import Place, Post
from veille.text.clean import shorten

Format = Callable[[Place, Sequence[Post], datetime], str]

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def _rss(place: Place, posts: Sequence[Post], now: datetime) -> str:
    return _channel(place, [_item(post, now, extra=_creator(post)) for post in posts])


def _page(place: Place, posts: Sequence[Post], now: datetime) -> str:
    """A page's feed as bridges make it: no titles, the author of each comment named."""
    items = [_item(post, now, title=f"{post.author or place.title}", extra=_creator(post)) for post in posts]
    return _channel(place, items)


def _wordpress(place: Place, posts: Sequence[Post], now: datetime) -> str:
    items = [
        _item(post, now, extra=f"{_creator(post)}<content:encoded><![CDATA[<p>{post.text}</p>]]></content:encoded>")
        for post in posts
    ]
    return _channel(place, items)


def _phpbb(place: Place, posts: Sequence[Post], now: datetime) -> str:
    entries = [
        f"<entry><author><name><![CDATA[{post.author}]]></name></author>"
        f"<updated>{post.published.isoformat()}</updated><published>{post.published.isoformat()}</published>"
        f'<id>{escape(post.link)}</id><link href="{escape(post.link)}"/>'
        f'<title type="html"><![CDATA[{escape(post.title_at(now) or shorten(post.text, 60))}]]></title>'
        f'<content type="html" xml:base="{escape(post.link)}"><![CDATA[{escape(post.text)}'
        f"<p>Statistiques : Posté par {escape(post.author)}</p><hr />]]></content></entry>"
        for post in posts
    ]
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>{escape(place.title)}</title>'
        f"<id>https://{place.site}/feed</id><updated>{_newest(posts, now)}</updated>{''.join(entries)}</feed>"
    )


def _google_alerts(place: Place, posts: Sequence[Post], now: datetime) -> str:
    entries = [
        f"<entry><id>tag:google.com,2013:googlealerts/feed:{1000 + n}</id>"
        f'<title type="html">{escape(_marked(post.title_at(now)))}</title>'
        f'<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url={quote(post.link, safe="")}&amp;ct=ga"/>'
        f"<published>{post.published.isoformat()}</published><updated>{post.published.isoformat()}</updated>"
        f'<content type="html">{escape(_marked(post.text))}</content><author><name></name></author></entry>'
        for post, n in ((post, _number(post)) for post in posts)
    ]
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:idx="urn:atom-extension:indexing">'
        f"<id>tag:google.com,2005:reader/user/1/state/com.google/alerts/2</id><title>{escape(place.title)}</title>"
        f"<updated>{_newest(posts, now)}</updated>{''.join(entries)}</feed>"
    )


def _discourse(place: Place, posts: Sequence[Post], now: datetime) -> str:
    items = [
        f"<item><title>{escape(post.title_at(now) or shorten(post.text, 60))}</title>"
        f"<dc:creator><![CDATA[{post.author}]]></dc:creator>"
        f"<description><![CDATA[ <p>{escape(post.text, quote=False)}</p> ]]></description>"
        f"<link>{escape(post.link)}</link><pubDate>{format_datetime(post.published)}</pubDate>"
        f'<guid isPermaLink="false">{place.site}-post-{post.id}</guid></item>'
        for post in posts
    ]
    return _channel(place, items)


FORMATS: Mapping[str, Format] = {
    "rss": _rss,
    "page": _page,
    "wordpress": _wordpress,
    "phpbb": _phpbb,
    "google_alerts": _google_alerts,
    "discourse": _discourse,
}


def _channel(place: Place, items: Sequence[str]) -> str:
    return (
        f'{XML}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{escape(place.title)}</title>'
        f"<link>https://{place.site}/</link><description>{escape(place.title)}</description>"
        f"<language>fr</language>{''.join(items)}</channel></rss>"
    )


def _item(post: Post, now: datetime, *, title: str = "", extra: str = "") -> str:
    name = title or post.title_at(now)
    return (
        f"<item><title>{escape(name)}</title><link>{escape(post.link)}</link>"
        f'<guid isPermaLink="false">{post.id}</guid><pubDate>{format_datetime(post.published)}</pubDate>'
        f"<description>{escape(escape(post.text, quote=False))}</description>{extra}</item>"
    )


def _creator(post: Post) -> str:
    return f"<dc:creator>{escape(post.author)}</dc:creator>" if post.author else ""


def _marked(text: str) -> str:
    """As Google marks what it found, and escapes it twice."""
    return escape(text, quote=True).replace("Floréal", "<b>Floréal</b>")


def _number(post: Post) -> int:
    return sum(ord(letter) * (i + 1) for i, letter in enumerate(post.id))


def _newest(posts: Sequence[Post], now: datetime) -> str:
    return max((post.published for post in posts), default=now).isoformat()
