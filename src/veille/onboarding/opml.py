"""Lists of feeds as feed readers exchange them: OPML 2.0 read with care, and written so that it reads back.

https://opml.org/spec2.opml: feeds are outlines with `xmlUrl`, wherever they are nested; the others are folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from veille.errors import ReadError
from veille.text.clean import neutral, one_line
from veille.text.html import unescape

#: A larger file is no list of feeds; feeds beyond this many are no list either.
LARGEST, MOST = 20_000_000, 20_000
_DEEPEST = 50
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list, or a site whose feed the list does not name."""

    title: str
    #: Address of the feed ("" = not said) and of the site.
    feed: str = ""
    site: str = ""
    #: Folders from the outermost in, then categories.
    tags: tuple[str, ...] = ()


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The feeds in the order of the file. Raises ReadError when it is no OPML. Runs where it can be killed."""
    if len(body) > LARGEST:
        raise ReadError(f"larger than {LARGEST // 1_000_000} MB: no list of feeds is")
    if _ENTITY.search(body):
        raise ReadError("declares entities: no list of feeds needs them")
    try:
        root = ElementTree.fromstring(body.lstrip())
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ReadError(f"not XML: {one_line(str(error), 100)}") from error
    holder = root.find("body") if root.tag.lower() == "opml" else None
    if holder is None:
        raise ReadError(f"an XML file <{one_line(root.tag, 40)}> that is no OPML list")
    return tuple(_outlines(holder, ()))[:MOST]


def _outlines(parent: ElementTree.Element, folders: tuple[str, ...]) -> Iterator[Outline]:
    for node in parent:
        if node.tag.lower() != "outline":
            continue
        said = {name.lower(): _clean(value) for name, value in node.attrib.items()}
        title = said.get("title") or said.get("text") or ""
        feed, site = said.get("xmlurl", ""), said.get("htmlurl", "")
        if feed or (site and len(node) == 0):
            tags = dict.fromkeys((*folders, *_categories(said.get("category", ""))))
            yield Outline(title=title or site or feed, feed=feed, site=site, tags=tuple(tags))
        if len(folders) < _DEEPEST:
            yield from _outlines(node, folders if feed or not title else (*folders, title))


def _categories(text: str) -> Iterator[str]:
    """Categories stand between commas; one with slashes is a path, as folders are."""
    for path in text.split(","):
        yield from (part.strip() for part in path.split("/") if part.strip())


def _clean(text: str) -> str:
    """One line of plain text: readers write entities twice."""
    return neutral(one_line(unescape(text), 500)).strip()


def write_opml(title: str, folders: Sequence[tuple[str, Sequence[Outline]]], *, at: datetime) -> bytes:
    """OPML 2.0 of these (folder, feeds); a folder "" is the list itself. A feed's first tag is a folder of its own."""
    root = ElementTree.Element("opml", version="2.0")
    head, body = ElementTree.SubElement(root, "head"), ElementTree.SubElement(root, "body")
    ElementTree.SubElement(head, "title").text = title
    ElementTree.SubElement(head, "dateCreated").text = format_datetime(at)
    for name, feeds in folders:
        parent = ElementTree.SubElement(body, "outline", text=name) if name else body
        _fill(parent, feeds)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _fill(parent: ElementTree.Element, feeds: Sequence[Outline]) -> None:
    made: dict[str, ElementTree.Element] = {}
    for feed in feeds:
        first = feed.tags[0] if feed.tags else ""
        if first and first not in made:
            made[first] = ElementTree.SubElement(parent, "outline", text=first)
        holder = made[first] if first else parent
        attributes = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": feed.feed}
        optional = {"htmlUrl": feed.site, "category": ",".join(tag.replace(",", " ") for tag in feed.tags)}
        ElementTree.SubElement(holder, "outline", attributes | {k: v for k, v in optional.items() if v})
