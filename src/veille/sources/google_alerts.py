"""Google Alerts feeds: Atom of which the links go through google.com/url and the words are marked in bold.

Titles and texts come escaped twice (`&amp;#39;`), the author is empty, the publisher is the host of the
target. The address may be google.fr, google.de or one that the settings name: the path tells, not the host.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import feed
from veille.sources.syndication.entry_fields import absolute_link
from veille.text.url import host, unwrap

#: What is left of a third escaping.
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|amp|quot|apos|lt|gt|nbsp);")


def request(source: Source, state: PollState) -> Request:
    """The alert's address. Google gives no entity tag and forbids caching: the conditions stay empty."""
    return feed.request(source, state)


def read(source: Source, response: Response, state: PollState) -> Page:
    """The entries of an alert, as their publishers would give them."""
    return feed.read_feed(response, state, _as_published)


def target(link: str) -> str:
    """Where a google.com/url address leads; the address itself when it leads nowhere."""
    try:
        parts = urlsplit(link)
        fields = parse_qs(parts.query, max_num_fields=50) if parts.path == "/url" else {}
    except ValueError:
        return link
    wrapped = next((fields[name][0] for name in ("url", "q") if name in fields), "")
    return absolute_link(unwrap(wrapped), "") or link


def _as_published(entry: Entry) -> Entry:
    link = target(entry.link)
    outgoing = dict.fromkeys(target(address) for address in entry.links)
    return replace(
        entry,
        link=link,
        site=host(link),
        author="",
        title=_unescaped(entry.title),
        text=_unescaped(entry.text),
        links=tuple(address for address in outgoing if address != link),
    )


def _unescaped(text: str) -> str:
    return html.unescape(text) if _REFERENCE.search(text) else text
