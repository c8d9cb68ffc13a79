"""Known senders, as data: who they are, what of theirs is no publication, and where a publication's parts stand.

One file a service in data/. A selector is as sources/markup.py has them; an expression ignores case and names its
groups after the parts of an entry: author, place, title, text, stars, link. An apostrophe there stands for both.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

Patterns = tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """How a mail of many items shows each; a selector "" finds nothing, "." is the item itself.

    The text of an item that is the item itself is what it says beside its title.
    """

    item: str
    title: str = ""
    link: str = "a@href"
    text: str = ""
    author: str = ""
    rating: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What is known of one service's mails."""

    name: str
    #: Domains (with all under them) and whole addresses.
    addresses: tuple[str, ...]
    #: Where its publications are, when a mail links to none.
    home: str
    #: Nobody checked it against the service.
    experimental: bool
    #: Subjects of mails that publish nothing.
    ignored: Patterns
    #: Subjects and headings of those that do.
    subjects: Patterns
    #: Of mails with many items; the first that finds any counts.
    lists: tuple[List, ...]
    #: In a plain text, the link that ends each item.
    blocks: Patterns
    #: Addresses of one publication, the surest first.
    links: Patterns
    #: Those that lead to the page of many publications: what is told apart by more than the link.
    shared: Patterns
    #: Subjects of notices of an answer to a publication, and addresses that name the answer itself.
    replies: Patterns
    reply_links: Patterns
    #: Words of the link that leads to the publication, where its address says nothing.
    buttons: Patterns
    #: Where the text stands in the markup, and what the plain text says around it.
    texts: tuple[str, ...]
    said: Patterns
    authors: tuple[str, ...]
    titles: tuple[str, ...]
    #: Lines after which the text begins, where it ends, and that are none of it.
    begins: Patterns
    ends: Patterns
    noise: Patterns
    #: Whether the publications have stars, and the stars that some subjects stand for.
    rated: bool
    grades: tuple[tuple[float, Patterns], ...]


@cache
def senders() -> tuple[Sender, ...]:
    """Every known sender."""
    folder = resources.files("veille.sources.mail") / "data"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    rows = (tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
    return tuple(_sender(row) for row in rows if "from" in row)


def of(address: str) -> Sender | None:
    """The known sender of that address (lower case); None for all others."""
    domain = address.rpartition("@")[2]
    for sender in senders():
        for known in sender.addresses:
            if known == address or ("@" not in known and (domain == known or domain.endswith(f".{known}"))):
                return sender
    return None


def _sender(row: Mapping[str, Any]) -> Sender:
    return Sender(
        name=row["name"],
        addresses=tuple(row["from"]),
        home=row["home"],
        experimental=row["experimental"],
        lists=tuple(List(**each) for each in row.get("lists", ())),
        texts=tuple(row.get("texts", ())),
        authors=tuple(row.get("authors", ())),
        titles=tuple(row.get("titles", ())),
        rated=row.get("rated", False),
        grades=tuple((float(stars), _patterns(row["grades"], stars)) for stars in sorted(row.get("grades", ()))),
        ignored=_patterns(row, "ignored"),
        subjects=_patterns(row, "subjects"),
        blocks=_patterns(row, "blocks"),
        links=_patterns(row, "links"),
        shared=_patterns(row, "shared"),
        replies=_patterns(row, "replies"),
        reply_links=_patterns(row, "reply_links"),
        buttons=_patterns(row, "buttons"),
        said=_patterns(row, "said"),
        begins=_patterns(row, "begins"),
        ends=_patterns(row, "ends"),
        noise=_patterns(row, "noise"),
    )


def _patterns(row: Mapping[str, Any], name: str) -> Patterns:
    return tuple(map(compiled, row.get(name, ())))


def compiled(pattern: str) -> re.Pattern[str]:
    """An expression as the data has it: case aside, a typographic apostrophe is any."""
    return re.compile(pattern.replace("’", "[’']"), re.IGNORECASE)


def has(patterns: Patterns, text: str) -> bool:
    """Whether one of them is found in the text."""
    return any(pattern.search(text) for pattern in patterns)


def named(patterns: Patterns, text: str) -> Mapping[str, str]:
    """The named groups of the first that is found in the text, those that hold something."""
    for pattern in patterns:
        if match := pattern.search(text):
            return {name: value.strip() for name, value in match.groupdict().items() if value and value.strip()}
    return {}
