"""How Google News answers, for the exam."""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(id="s", kind="google_news", url="https://news.google.com", key="s", ask=Said("Floréal"))
CONTENT_TYPE = "application/xml"
SAYS = ("title", "author", "link", "published")
MALFORMED = "<item></item>"


def item(number: int, *, date: str = "Fri, 20 Nov 2026 12:00:00 GMT", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    link = f"https://news.google.com/rss/articles/CBMi{id or number}?oc=5"
    title = f"Floréal : titre {number}"
    return (
        f"<item><title>{title} - Le Journal {number}</title><link>{link}</link>"
        f'<guid isPermaLink="false">{id or f"CBMi{number}"}</guid><pubDate>{date}</pubDate>'
        f'<description>&lt;a href="{link}" target="_blank"&gt;{title}&lt;/a&gt;&amp;nbsp;&lt;font color="#6f6f6f"&gt;'
        f"Le Journal {number}&lt;/font&gt;</description>"
        f'<source url="https://www.journal{number}.example">Le Journal {number}</source></item>'
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    head = '<rss version="2.0"><channel><title>"Floréal" - Google Actualités</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()
