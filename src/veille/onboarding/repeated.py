"""What repeats on a page: elements of one class, each with a link and words, are likely the items of a list."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from veille.model.exchange import Response
from veille.sources import markup
from veille.text.clean import one_line

_TAGS = ("article", "li", "div", "tr", "section", "dl", "details", "td")
_CLASS = re.compile(r"[A-Za-z][\w-]{0,60}")
#: Fewer are no list; words that an item has at least, and at most on average: menus and whole pages are none.
_LEAST, _SHORTEST, _LONGEST, _MOST = 3, 25, 5_000, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A selector that may be that of the items."""

    selector: str
    times: int
    #: What the first one says.
    first: str


def candidates(response: Response) -> tuple[Candidate, ...]:
    """The likeliest selectors, the best first. Raises ReadError. Runs where it can be killed."""
    parsed = markup.document(response)
    groups: defaultdict[str, list[LexborNode]] = defaultdict(list)
    for tag in _TAGS:
        for node in parsed.css(tag):
            for selector in _selectors(node, tag):
                groups[selector].append(node)
    scored = sorted(((_worth(nodes), selector) for selector, nodes in groups.items()), reverse=True)
    return tuple(_candidate(selector, groups[selector]) for worth, selector in scored[:_MOST] if worth > 0)


def _selectors(node: LexborNode, tag: str) -> list[str]:
    classes = [name for name in (node.attributes.get("class") or "").split() if _CLASS.fullmatch(name)]
    return [f"{tag}.{name}" for name in classes] or ([tag] if tag in ("article", "li", "tr", "dl") else [])


def _worth(nodes: list[LexborNode]) -> float:
    """Many, with words and links of their own; dates and titles within tell a list of messages from a menu."""
    if len(nodes) < _LEAST:
        return 0.0
    texts = [node.text(separator=" ", strip=True) for node in nodes[:40]]
    size = sum(map(len, texts)) / len(texts)
    linked = sum(node.css_first("a[href]") is not None for node in nodes[:40]) / len(texts)
    if not _SHORTEST <= size <= _LONGEST or linked < 0.6 or len(set(texts)) < len(texts) / 2:
        return 0.0
    dated = sum(node.css_first("time") is not None for node in nodes[:40]) / len(texts)
    titled = sum(node.css_first("h1, h2, h3, h4") is not None for node in nodes[:40]) / len(texts)
    return min(len(nodes), 30) * linked * min(size, 400) * (1 + 2 * dated + titled)


def _candidate(selector: str, nodes: list[LexborNode]) -> Candidate:
    return Candidate(selector=selector, times=len(nodes), first=one_line(nodes[0].text(separator=" ", strip=True), 80))
