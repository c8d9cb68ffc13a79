"""Feeds of a list become sources of a client: new ones alone, those that answer, and why each other is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pydantic import ValidationError

from veille.errors import FetchError, ReadError
from veille.model.exchange import PollState, Source
from veille.model.installation import Installation
from veille.model.watch import Client
from veille.onboarding.discover import Asking, at_once, discover, why_not
from veille.onboarding.google import alerts_trouble
from veille.onboarding.opml import Outline
from veille.settings.fields import Context, slug
from veille.settings.shape_source import SourceShape, source_key
from veille.sources.base import connector, kind_of
from veille.sources.kind import Shape
from veille.sources.secrets import is_marked
from veille.text.fold import fold
from veille.text.url import canonical

_EVERY = timedelta(minutes=15)
#: Characters of an id.
_ID = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What became of one feed of a list."""

    outline: Outline
    source: Source | None = None
    #: Why it is left out, or what there is to know of it.
    note: str = ""
    #: Whether it does not answer, or cannot be asked.
    dead: bool = False


def taken_over(
    outlines: Sequence[Outline], client: Client, installed: Installation, *, context: Context, asking: Asking | None
) -> list[Listed]:
    """What to add to the client. With `asking`, a feed that does not answer is left out and said."""
    known = watched(client)
    first: dict[str, str] = {}
    found = [_fresh(outline, known, first, context) for outline in outlines]
    checked = at_once(lambda one: _checked(one, asking), found) if asking else [_unchecked(one) for one in found]
    return _named(checked, installed)


def watched(client: Client) -> Mapping[str, str]:
    """The id of the client's source by the canonical form of the address that it asks."""
    return {canonical(url): source.id for source in client.sources if (url := feed_address(source) or source.url)}


def feed_address(source: Source) -> str:
    """Where the feed of a source is, for any reader ("" = it has none, or none without a secret)."""
    if kind_of(source.kind).shape is not Shape.POLL:
        return ""
    try:
        request = connector(source.kind).request(source, PollState())
    except ReadError:
        return ""
    feeds = "rss" in dict(request.headers).get("Accept", "")
    return request.url if feeds and request.method == "GET" and not is_marked(request) else ""


def _fresh(outline: Outline, known: Mapping[str, str], first: dict[str, str], context: Context) -> Listed:
    """The feed unless it is watched or listed already, or nobody may ask it."""
    address = outline.feed
    if not address:
        return Listed(outline=outline)
    form = canonical(address)
    if form in known:
        return Listed(outline=outline, note=f"watched already: {known[form]}")
    if form in first:
        return Listed(outline=outline, note=f"the same address as {first[form]}")
    if why := _refused(address, context):
        return Listed(outline=outline, note=why, dead=True)
    first[form] = outline.title
    return Listed(outline=outline, source=_source(address, outline))


def _refused(address: str, context: Context) -> str:
    """Why the settings would not take an address ("" = they would)."""
    try:
        SourceShape.model_validate({"url": address}, context=context)
    except ValidationError as error:
        return str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    return ""


def _source(address: str, outline: Outline) -> Source:
    kind = "feed" if alerts_trouble(address) else "google_alerts"
    return Source(id="", kind=kind, url=address, key=source_key(kind, address), interval=_EVERY, tags=outline.tags[:20])


def _unchecked(one: Listed) -> Listed:
    if one.source or one.note:
        return one
    return replace(one, note="names a site and no feed: try `veille discover` on it", dead=True)


def _checked(one: Listed, asking: Asking) -> Listed:
    """With what asking it brought; a site without a named feed is looked at for one."""
    if one.note:
        return one
    try:
        if one.source is not None:
            page = asking.page(one.source)
            return replace(one, note="" if page.found else "answers, and holds nothing now")
        feeds = discover(one.outline.site, asking).feeds
    except (FetchError, ReadError) as error:
        return replace(one, source=None, note=why_not(error), dead=True)
    if not feeds:
        return replace(one, note="no feed was found on the site: a source of kind `page` can read it", dead=True)
    return replace(one, source=_source(feeds[0].url, one.outline), note="its feed was found on its site")


def _named(found: Sequence[Listed], installed: Installation) -> list[Listed]:
    """Each source under an id of its own, made of its title."""
    taken = {source.id for each in installed.clients for source in each.sources}
    taken |= {source.origin for each in installed.clients for source in each.sources}
    named: list[Listed] = []
    for one in found:
        if one.source is None:
            named.append(one)
            continue
        base = slug(fold(one.outline.title))[:_ID].strip("-") or "feed"
        names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
        name = next(each for each in names if each not in taken)
        taken.add(name)
        named.append(replace(one, source=replace(one.source, id=name)))
    return named
