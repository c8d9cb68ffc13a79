"""Feeds made for the tests, and one way to read them."""

from __future__ import annotations

from veille.model.entry import Page
from veille.model.exchange import PollState, Response, Source
from veille.sources.base import read_page

ADDRESS = "https://source.example/feed"


def read(body: bytes, *, kind: str = "feed", content_type: str = "", after: Page | None = None) -> Page:
    """What a connector makes of an answer, at the first poll or after another page."""
    source = Source(id="s", kind=kind, url=ADDRESS, key="s")
    state = PollState(cursor=after.cursor, memory=after.memory) if after else PollState()
    return read_page(source, Response(url=ADDRESS, status=200, body=body, content_type=content_type), state)


def item(number: int, *, title: str = "", guid: str | None = None, link: str | None = None, more: str = "") -> str:
    """An item of RSS; `guid=""` leaves it empty, `None` gives it its own."""
    guid = f"id-{number}" if guid is None else guid
    link = f"https://source.example/{number}" if link is None else link
    return (
        f"<item><title>{title or f'Titre {number}'}</title><link>{link}</link>"
        f'<guid isPermaLink="false">{guid}</guid>{more}</item>\n'
    )


def rss(*items: str, head: str = "", prolog: str = "") -> bytes:
    """A feed of RSS 2.0 around items."""
    return (
        f'{prolog}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Fil</title>{head}'
        f"{''.join(items)}</channel></rss>"
    ).encode()


def keys(page: Page) -> list[str]:
    """The keys of a page, in order."""
    return [entry.key for entry in page.entries]
