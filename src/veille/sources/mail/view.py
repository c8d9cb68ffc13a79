"""What a reader of a mail sees: its lines, its links with their words, its pictures' names; and the tree for selectors.

Markup that cannot be parsed safely (too deep, too large) has lines and links all the same, from a linear scanner.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from veille.errors import ReadError
from veille.model.exchange import Response
from veille.sources import markup
from veille.sources.mail.letter import Letter, lines
from veille.sources.mail.stars import stars
from veille.text.html import html_to_text, links_of

#: What is in the page and not to be seen: previews for lists of mails, pictures that count readers.
_HIDDEN = (
    "head",
    "title",
    "[style*='display:none']",
    "[style*='display: none']",
    "[hidden]",
    "[style*='mso-hide:all']",
)
#: Links that are looked at.
_MOST = 400
#: Lines that are looked at.
_TALLEST = 5_000
#: A picture named after a rating, as the parser writes markup.
_RATED = re.compile(r"""<img\s[^<>]{0,2000}?\balt="([^"<>]{0,60}[1-5★][^"<>]{0,60})"[^<>]{0,2000}>""")
_ANGLED = re.compile(r"<(https?://[^\s<>]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A mail as seen."""

    lines: tuple[str, ...]
    #: (address as written, the words of the link) in order.
    anchors: tuple[tuple[str, str], ...]
    #: Words and addresses of pictures, a line each.
    pictures: str = ""
    #: None: no markup, or none that can be parsed.
    tree: LexborHTMLParser | None = None


def of(letter: Letter, *, without: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> View:
    """The mail as seen, without the parts that these selectors name, and what follows those of `below`."""
    if not letter.html.strip():
        return plain(letter.text)
    try:
        answer = Response(
            url="", status=200, body=letter.html.encode("utf-8", "replace"), content_type="text/html; charset=utf-8"
        )
        tree = markup.document(answer)
    except ReadError:
        return _scanned(letter.html)
    _cut(tree, without, below)
    return View(
        lines=tuple(lines(html_to_text(_starred(tree.html or "")))[:_TALLEST]),
        anchors=tuple((node.attributes.get("href") or "", words(node)) for node in tree.css("a[href]")[:_MOST]),
        pictures="\n".join(_pictures(tree)),
        tree=tree,
    )


def _cut(tree: LexborHTMLParser, without: tuple[str, ...], below: tuple[str, ...]) -> None:
    for selector in below:
        # A selector of siblings would cost the square of them.
        node = tree.css_first(selector)
        while node is not None:
            following = node.next
            node.decompose()
            node = following
    for selector in (*_HIDDEN, *without):
        for node in tree.css(selector):
            node.decompose()


def words(node: LexborNode) -> str:
    """The text of an element on one line, as a reader sees it."""
    return " ".join(html_to_text(node.html or "").split())


def plain(text: str) -> View:
    """A plain text as seen: its addresses are its links."""
    found = dict.fromkeys((*_ANGLED.findall(text), *links_of(text.replace("<", " ").replace(">", " "))))
    return View(lines=tuple(lines(text)[:_TALLEST]), anchors=tuple((link, "") for link in found))


def _scanned(html: str) -> View:
    return View(lines=tuple(lines(html_to_text(html))[:_TALLEST]), anchors=tuple((link, "") for link in links_of(html)))


def _starred(html: str) -> str:
    """With the stars of a picture as signs, where the picture stands."""

    def shown(picture: re.Match[str]) -> str:
        rated = stars((picture[1],))
        return f"<div>{'★' * int(rated)}</div>" if rated else picture[0]

    return _RATED.sub(shown, html)


def _pictures(tree: LexborHTMLParser) -> list[str]:
    named = [(node.attributes.get("alt") or "", node.attributes.get("src") or "") for node in tree.css("img")[:_MOST]]
    labels = [node.attributes.get("aria-label") or "" for node in tree.css("[aria-label]")[:_MOST]]
    return [part[:300] for part in (*labels, *(each for pair in named for each in pair)) if part]
