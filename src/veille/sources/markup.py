"""What connectors of HTML pages share: a document parsed with care, and what a selector finds in a part of it.

A selector is CSS, with `@name` at its end for an attribute instead of the text: `a.title@href`. Parsing is quadratic
on nesting, so it runs in the reader that can be killed; pages nested too deep are refused before.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from veille.errors import ReadError
from veille.model.exchange import MEGABYTE, Response
from veille.sources import answers
from veille.sources.syndication.decoding import decode

LARGEST = 2 * MEGABYTE
#: Tags that may be open at once; browsers stop near here too.
_DEEPEST = 512
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]{0,20000}?(/?)>")
#: Elements that have no end tag, or may leave it out.
_FLAT = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "p", "li", "option", "source", "td")
    + ("th", "tr", "track", "wbr", "dt", "dd", "path", "circle", "rect", "line", "polygon", "use")
)


def document(response: Response) -> LexborHTMLParser:
    """The page of an answer. Raises ReadError when it is empty, too large, nested too deep, or no HTML."""
    text = decode(answers.sized(response, largest=LARGEST), response.content_type)
    if "<" not in text[:20_000] or text.lstrip()[:1] in "{[":
        raise ReadError("no HTML page")
    if _depth(text) > _DEEPEST:
        raise ReadError(f"the page is nested over {_DEEPEST} deep")
    parsed = LexborHTMLParser(text)
    parsed.strip_tags(["script", "style", "noscript", "template"])
    return parsed


def found(part: LexborNode, selector: str) -> str:
    """The text, or the attribute, of the first match in a part ("" = none; no selector finds nothing)."""
    if not selector:
        return ""
    css, attribute = split(selector)
    node = part.css_first(css) if css else part
    if node is None:
        return ""
    return (node.attributes.get(attribute) or "") if attribute else node.text(separator=" ", strip=True)


def markup(part: LexborNode, selector: str) -> str:
    """The HTML of the first match in a part ("" = none)."""
    node = part.css_first(split(selector)[0]) if selector else None
    return (node.html or "") if node is not None else ""


def split(selector: str) -> tuple[str, str]:
    """The CSS and the attribute's name ("" = the text)."""
    css, at, attribute = selector.rpartition("@")
    return (css.strip(), attribute.strip()) if at and re.fullmatch(r"[\w:-]+", attribute.strip()) else (selector, "")


def wrong(selector: str) -> str:
    """Why a selector cannot be used ("" = it can)."""
    css, _ = split(selector)
    try:
        LexborHTMLParser("<p>x</p>").css(css or "p")
    except (SelectolaxError, ValueError) as error:
        return f"`{selector}` is no CSS selector ({type(error).__name__})"
    return ""


def _depth(text: str) -> int:
    """How many tags stand open at once, at most."""
    deepest = open_ = 0
    for closing, name, flat in _TAG.findall(text):
        if flat or name.lower() in _FLAT:
            continue
        open_ = max(0, open_ - 1) if closing else open_ + 1
        deepest = max(deepest, open_)
    return deepest
