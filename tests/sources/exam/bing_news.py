"""How Bing News answers, for the exam."""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.exchange import Source
from veille.model.search import Said

SOURCE = Source(id="s", kind="bing_news", url="https://www.bing.com", key="s", ask=Said("Floréal"))
CONTENT_TYPE = "text/xml"
SAYS = ("title", "text", "link", "published")
MALFORMED = "<item></item>"


def item(number: int, *, date: str = "Fri, 20 Nov 2026 12:00:00 GMT", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    target = f"https%3a%2f%2fpresse.example%2f{id or number}"
    return (
        f"<item><title>Floréal : titre {number}</title>"
        f"<link>http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;aid=&amp;tid=1&amp;url={target}&amp;c=1</link>"
        f"<description>Texte {number}</description><pubDate>{date}</pubDate>"
        f"<News:Source>Le Journal {number}</News:Source></item>"
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    head = '<rss version="2.0" xmlns:News="https://www.bing.com/news/search?q=x"><channel><title>x</title>'
    return f"{head}{''.join(items)}</channel></rss>".encode()
