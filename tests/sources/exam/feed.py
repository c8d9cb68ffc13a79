"""How a feed answers, for the exam."""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="feed", url="https://source.example/feed", key="s")
CONTENT_TYPE = "application/rss+xml"
#: What this connector's items say of themselves.
SAYS = ("title", "text", "author", "link", "published")
#: An item that nothing can be made of; counted as empty or broken.
MALFORMED = "<item></item>"


def item(number: int, *, date: str = "Fri, 20 Nov 2026 12:00:00 GMT", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return (
        f"<item><title>Titre {number}</title><link>https://source.example/{number}</link>"
        f"<guid isPermaLink='false'>{id or f'id-{number}'}</guid><description>Texte {number}</description>"
        f"<author>a{number}@source.example (Auteur {number})</author><pubDate>{date}</pubDate></item>"
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    return f'<rss version="2.0"><channel><title>Fil</title>{"".join(items)}</channel></rss>'.encode()
