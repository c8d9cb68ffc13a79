"""Telegram: the latest messages of a public channel, from its web page.

Private channels and groups are out of reach, and some messages with pictures come without their text. Source:
docs/sources.md, "telegram".
"""

from __future__ import annotations

from urllib.parse import quote

from selectolax.lexbor import LexborNode

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import answers, markup
from veille.sources.answers import Item, Told
from veille.sources.kind import Kind, Option

KIND = Kind(
    url="https://t.me",
    options=(Option(name="channel", says="name of the public channel, as in t.me/s/name", required=True),),
    place="social",
    experimental=True,
)
_MESSAGE = "div.tgme_widget_message"
#: Where the words of a message are, best first; a picture may have none.
_TEXTS = (
    "div.tgme_widget_message_text:not(.tgme_widget_message_metatext)",
    ".tgme_widget_message_poll_question",
    ".tgme_widget_message_document_title",
    ".link_preview_title",
)


def request(source: Source, state: PollState) -> Request:
    """The channel's page."""
    channel = quote(source.option("channel").lstrip("@"), safe="")
    return Request(url=f"{source.url.rstrip('/')}/s/{channel}", headers=(("Accept", "text/html"),), etag=state.etag)


def read(source: Source, response: Response, state: PollState) -> Page:
    """The messages of the page."""
    parsed = markup.document(response)
    nodes = [node for node in parsed.css(_MESSAGE) if "service_message" not in (node.attributes.get("class") or "")]
    if not nodes and parsed.css_first("section.tgme_channel_history") is None:
        raise ReadError("no channel is shown: is it public, and its name right?")
    channel = parsed.css_first(".tgme_channel_info_header_title")
    title = channel.text(strip=True) if channel is not None else ""
    return answers.page([_caught(node, title) for node in nodes], _told, state, address=source.url, title=title)


def _caught(node: LexborNode, channel: str) -> dict[str, str]:
    return {
        "link": markup.found(node, "a.tgme_widget_message_date@href") or _link(node),
        "date": markup.found(node, "a.tgme_widget_message_date time@datetime") or markup.found(node, "time@datetime"),
        "text": next((text for selector in _TEXTS if (text := markup.markup(node, selector))), ""),
        "author": markup.found(node, ".tgme_widget_message_from_author")
        or markup.found(node, ".tgme_widget_message_owner_name")
        or channel,
    }


def _link(node: LexborNode) -> str:
    post = node.attributes.get("data-post") or ""
    return f"https://t.me/{post}" if post else ""


def _told(item: Item) -> Told | None:
    if not item["link"]:
        raise ValueError("a message without an address")
    if not item["text"]:
        return None
    return Told(id=item["link"], link=item["link"], text=item["text"], author=item["author"], date=item["date"])
