"""Which software a page is made by, and the ways to watch it (data/platforms.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from veille.errors import ReadError
from veille.model.exchange import MEGABYTE, Response
from veille.sources.syndication.decoding import decode
from veille.text.html import unescape

#: Markup that is looked through.
_LARGEST = 2 * MEGABYTE
_GENERATOR = re.compile(r"<meta\b[^>]{0,500}\bname=[\"']?generator[\"']?[^>]{0,500}>", re.IGNORECASE)
_CONTENT = re.compile(r"\bcontent=[\"']([^\"']{0,200})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to watch a place."""

    platform: str
    kind: str
    #: Where to ask.
    url: str
    options: tuple[tuple[str, str], ...] = ()
    #: As `place` of a source ("" = the kind's).
    place: str = ""
    #: Whether it takes a search to try it.
    trial: bool = False
    #: What has to be had first, with what to write meanwhile.
    needs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Platform:
    row: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.row["name"])

    def is_seen(self, host: str, generators: tuple[str, ...], markup: str) -> bool:
        if any(host == known or host.endswith(f".{known}") for known in self.row.get("hosts", ())):
            return True
        pattern = self.row.get("generator")
        if pattern and any(re.search(pattern, said) for said in generators):
            return True
        return any(re.search(mark, markup) for mark in self.row.get("marks", ()))

    def base(self, address: str, markup: str) -> str:
        """The address of the board, with a slash at its end."""
        found = re.search(self.row["base"], markup) if "base" in self.row else None
        said = unescape(found[1]).replace("\\/", "/") if found else "/"
        joined = urljoin(address, said or ("./" if found and "php" in self.row["base"] else "/"))
        same = urlsplit(joined).hostname == urlsplit(address).hostname
        base = joined if same else urljoin(address, "/")
        return base if base.endswith("/") else f"{base}/"


@cache
def _platforms() -> tuple[_Platform, ...]:
    text = files("veille.onboarding").joinpath("data/platforms.toml").read_text(encoding="utf-8")
    return tuple(_Platform(row) for row in tomllib.loads(text)["platform"])


def ways_to(response: Response) -> tuple[Way, ...]:
    """The ways to watch what a page shows, the best first. Raises ReadError. Runs where it can be killed."""
    if len(response.body) > _LARGEST:
        raise ReadError(f"the page is over {_LARGEST // MEGABYTE} MB")
    return ways(response.url, decode(response.body, response.content_type))


def ways(address: str, markup: str = "") -> tuple[Way, ...]:
    """The same, of a page's markup, or of an address alone."""
    tags = _GENERATOR.findall(markup)
    generators = tuple(unescape(found[1]) for tag in tags if (found := _CONTENT.search(tag)))
    name = (urlsplit(address).hostname or "").removeprefix("www.")
    for platform in _platforms():
        if platform.is_seen(name, generators, markup):
            return tuple(_ways(platform, address, markup))
    return ()


def _ways(platform: _Platform, address: str, markup: str) -> Iterator[Way]:
    base = platform.base(address, markup)
    for row in platform.row["ways"]:
        groups = _groups(row, address, markup)
        if groups is not None:
            yield _way(platform, row, base, groups)


def _groups(row: Mapping[str, Any], address: str, markup: str) -> dict[str, str] | None:
    """What the address or the page tells; None when this way is not for it."""
    found: dict[str, str] = {}
    parts = urlsplit(address)
    asked = f"{unquote(parts.path)}?{parts.query}" if parts.query else unquote(parts.path)
    for name, text in (("address", asked), ("page", markup)):
        if name in row:
            match = re.search(row[name], text)
            if match is None:
                return None
            found |= match.groupdict()
    return found


def _way(platform: _Platform, row: Mapping[str, Any], base: str, groups: Mapping[str, str]) -> Way:
    if "feed" in row:
        url = urljoin(base, row["feed"].format(**groups))
        return Way(platform=platform.name, kind="feed", url=url, place=row.get("place", ""))
    own = row.get("options", {}) | groups
    return Way(
        platform=platform.name,
        kind=row["kind"],
        url=row.get("url") or base.rstrip("/"),
        options=tuple(sorted((name, str(value)) for name, value in own.items())),
        place=row.get("place", ""),
        trial=row.get("trial", False),
        needs=tuple(row.get("needs", {}).items()),
    )
