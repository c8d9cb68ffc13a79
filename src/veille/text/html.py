"""Markup into plain text that keeps words apart, in linear time whatever the markup.

A scanner of regular expressions, not a tree: feeds hold fragments, cut anywhere. Each expression stops at the
next `<` and never goes back, so that no input is read twice.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

#: What follows a tag's name: a quote opens only after "=", and never runs past the next "<".
_REST = r"""(?>[^<>=]+|=\s*+(?:"[^"<]*"|'[^'<]*')?)*+>?"""
_TAG = re.compile(rf"</?+([a-zA-Z][a-zA-Z0-9]*+){_REST}|<[!?][^<>]*+>?")
_BLOCKS = """address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption
figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section select
summary table tbody tfoot thead title tr ul"""
_CELLS = "audio button iframe img input object td textarea th video"
#: What a tag leaves in its place; the others leave nothing, so that <b>x</b>y stays one word.
_IN_PLACE = dict.fromkeys(_BLOCKS.split(), "\n") | dict.fromkeys(_CELLS.split(), " ")
_HIDDEN = re.compile(r"<(script|style|template|noembed)(?=[\s/>])", re.IGNORECASE)
_HIDDEN_END = {
    name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in ("script", "style", "template", "noembed")
}
#: int() refuses more than 4,300 digits, and html.unescape calls it (CVE-2020-10735).
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_HREF = re.compile(r"""<a\s[^<>]*?\bhref\s*+=\s*+(?:"([^"<>]*)"|'([^'<>]*)'|([^\s<>"']+))""", re.IGNORECASE)
_BARE = re.compile(r"""\bhttps?://[^\s<>"'«»“”]{3,}""", re.IGNORECASE)
_MOST_LINKS = 50


def html_to_text(markup: str) -> str:
    """The text a reader would see: blocks on lines of their own, no script, no style, entities decoded."""
    if "<" in markup:
        markup = _without_tags(markup)
    return tidy(unescape(markup))


def tidy(text: str) -> str:
    """Lines without indentation, double spaces or empty ones between."""
    return "\n".join(filter(None, [" ".join(line.split()) for line in text.split("\n")]))


def links_of(markup: str, base: str = "") -> tuple[str, ...]:
    """Absolute http(s) addresses that the markup or plain text points to, in order, each once, at most 50.

    Relative ones are joined to `base`, or left out without it.
    """
    found: dict[str, None] = {}
    for match in _HREF.finditer(markup):
        found.setdefault(_absolute(unescape(match[1] or match[2] or match[3] or "").strip(), base))
    if "<" not in markup:
        for bare in _BARE.findall(markup):
            found.setdefault(bare.rstrip(".,;:!?)]}*_"))
    return tuple(link for link in found if link)[:_MOST_LINKS]


def _absolute(link: str, base: str) -> str:
    if link.startswith(("https://", "http://")) and "[" not in link:
        return link  # nearly all of them: joining costs more than all the rest of the reading
    try:
        scheme = urlsplit(link := urljoin(base, link)).scheme
    except ValueError:
        return ""
    return link if scheme in ("http", "https") else ""


def _without_tags(markup: str) -> str:
    markup = _without_hidden(_without_comments(markup))
    # Texts and names of tags in turn: quicker than a call for every tag.
    pieces = _TAG.split(" ".join(markup.split()))
    pieces[1::2] = map(_in_place, pieces[1::2])
    return "".join(pieces)


@lru_cache(maxsize=1_000)
def _in_place(name: str | None) -> str:
    return _IN_PLACE.get(name.lower(), "") if name else ""


def unescape(text: str) -> str:
    """Character references decoded, whatever their number of digits; tags stay as they are."""
    if "&" not in text:
        return text
    return html.unescape(_HUGE_REFERENCE.sub("\ufffd", text) if "&#" in text else text)


def _without_comments(markup: str) -> str:
    """Leave out comments; an unclosed one hides the rest, as in a browser."""
    if "<![CDATA[" in markup:
        markup = markup.replace("<![CDATA[", "").replace("]]>", "")
    if "<!--" not in markup:
        return markup
    first, *others = markup.split("<!--")
    return first + "".join([comment.partition("-->")[2] for comment in others])


def _without_hidden(markup: str) -> str:
    """Leave out what no reader sees; an unclosed one loses its tag only (a title may speak of <script>)."""
    kept: list[str] = []
    start = 0
    unclosed: set[str] = set()
    for opening in _HIDDEN.finditer(markup):
        name = opening[1].lower()
        if opening.start() < start or name in unclosed:
            continue
        closing = _HIDDEN_END[name].search(markup, opening.end())
        if closing is None:
            unclosed.add(name)
            continue
        kept.append(markup[start : opening.start()])
        start = closing.end()
    return markup if not start else "".join([*kept, markup[start:]])
