"""How a Google Alerts feed answers, for the exam."""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="google_alerts", url="https://www.google.com/alerts/feeds/1/2", key="s")
CONTENT_TYPE = "text/xml"
SAYS = ("title", "text", "link", "published")
MALFORMED = "<entry></entry>"


def item(number: int, *, date: str = "2026-11-20T12:00:00Z", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    target = f"https://presse.example/{number}"
    return (
        f"<entry><id>{id or f'tag:google.com,2013:googlealerts/feed:{number}'}</id>"
        f'<title type="html">&lt;b&gt;Titre&lt;/b&gt; {number}</title>'
        f'<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url={target}&amp;ct=ga"/>'
        f"<published>{date}</published><updated>{date}</updated>"
        f'<content type="html">Texte {number}</content><author><name></name></author></entry>'
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><title>Google Alert - x</title>'
    return f"{head}{''.join(items)}</feed>".encode()
