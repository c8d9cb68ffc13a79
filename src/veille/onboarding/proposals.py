"""How any place can be watched: its own kind, its feeds, or a page read with selectors; what is proposed was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from veille.errors import FetchError, ReadError
from veille.model.exchange import Response, Source
from veille.model.search import Said
from veille.onboarding.discover import Asking, addresses, at_once, discover, why_not
from veille.onboarding.google import alerts_trouble
from veille.onboarding.platforms import Way, ways, ways_to
from veille.settings.fields import slug
from veille.settings.shape_source import source_key
from veille.sources.base import kind_of

#: What a search is tried with: a word that is found anywhere.
_TRIED = Said("bonjour")
_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One source that could be."""

    source: Source
    #: What it is, in a few words.
    says: str
    #: Entries that it answered with (None = it was not asked).
    entries: int | None = None
    #: Why it was not asked, or what was wrong ("" = it answered).
    trouble: str = ""
    #: Links of its first entries: the same feed under two addresses has the same.
    first: tuple[str, ...] = ()
    #: Options that have to be filled in by hand.
    needs: tuple[tuple[str, str], ...] = ()

    @property
    def answers(self) -> bool:
        """Whether it was asked, and answered."""
        return self.entries is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What looking at a place brought."""

    url: str
    #: The software that was recognised ("" = none).
    platform: str = ""
    found: tuple[Proposal, ...] = ()
    #: Ways that were tried, and did not answer.
    failed: tuple[Proposal, ...] = ()


def propose(place: str, asking: Asking) -> Proposals:
    """Look at a place, written as people write it. Raises FetchError or ReadError when nothing can be said of it."""
    known = [way for url in addresses(place)[:1] for way in ways(url)]
    try:
        answer = _first(place, asking)
    except FetchError:
        if not known:
            raise
        return _sorted(place, known, [_tried(way, asking) for way in known])
    found = asking.reader.call(ways_to, answer) or tuple(known)
    tried = at_once(lambda way: _tried(way, asking), found[:_MOST])
    best = _sorted(answer.url, found, tried)
    both = tuple(_apart((*best.found, *_declared(answer.url, asking, best.found))))
    if any(one.answers for one in both):
        return replace(best, found=both)
    return replace(best, found=(*both, _page(answer.url)))


def _first(place: str, asking: Asking) -> Response:
    failure: FetchError | None = None
    for url in addresses(place):
        try:
            return asking.answer(url)
        except FetchError as error:
            failure = error
    raise failure or ReadError(f"{place}: not a web address")


def _sorted(url: str, found: Sequence[Way], tried: Sequence[Proposal]) -> Proposals:
    """The first way that answers: those after it are for when it does not; what needs a secret is shown."""
    answering = [one for one in tried if one.answers][:1]
    needing = [one for one in tried if one.needs]
    failed = [one for one in tried if one.trouble and not one.needs]
    return Proposals(
        url=url,
        platform=found[0].platform if found else "",
        found=tuple(answering or needing),
        failed=() if answering else tuple(failed),
    )


def _tried(way: Way, asking: Asking) -> Proposal:
    source = _source(way.kind, way.url, options=way.options, place=way.place)
    says = f"{way.platform}{f', {options}' if (options := _said(way)) else ''}"
    if way.needs:
        named = ", ".join(name for name, _ in way.needs)
        return Proposal(source=source, says=says, trouble=f"not asked: needs {named}", needs=way.needs)
    kind = kind_of(way.kind)
    asked = replace(source, ask=_TRIED) if way.trial and kind.searches else source
    try:
        page = asking.page(asked)
        first = tuple(entry.link or entry.key for entry in page.entries[:3])
        return Proposal(source=source, says=says, entries=page.found, first=first)
    except (FetchError, ReadError) as error:
        return Proposal(source=source, says=says, trouble=why_not(error))


def _said(way: Way) -> str:
    return ", ".join(f"{name} {value}" for name, value in way.options if value not in ("true", "false"))


def _apart(found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Each under an id of its own."""
    taken: set[str] = set()
    for one in found:
        base = one.source.id
        names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
        name = next(each for each in names if each not in taken)
        taken.add(name)
        yield replace(one, source=replace(one.source, id=name))


def _declared(url: str, asking: Asking, known: Sequence[Proposal]) -> Iterator[Proposal]:
    """The feeds that the page names, or that stand where feeds usually do, but for those known."""
    addresses_known = {one.source.url.rstrip("/") for one in known}
    firsts = {one.first for one in known if one.first}
    try:
        feeds = discover(url, asking).feeds
    except (FetchError, ReadError):
        return
    for feed in feeds:
        if feed.url.rstrip("/") not in addresses_known and feed.first not in firsts:
            kind = "feed" if alerts_trouble(feed.url) else "google_alerts"
            says = f"{feed.title or 'feed'}{' (comments of others)' if feed.comments else ''}"
            yield Proposal(source=_source(kind, feed.url), says=says, entries=feed.entries)


def _page(url: str) -> Proposal:
    return Proposal(
        source=_source("page", url, options=(("item", "article"), ("title", "h2"), ("link", "a@href"))),
        says="no feed: selectors have to say where its items are",
        trouble=f"not asked: try selectors with `veille page {url} --item ...` first",
        needs=(("item", "article"),),
    )


def _source(kind: str, url: str, *, options: tuple[tuple[str, str], ...] = (), place: str = "") -> Source:
    known = kind_of(kind)
    host = (urlsplit(url).hostname or kind).removeprefix("www.")
    tail = "-".join(value for name, value in options if name not in ("new", "version", "country"))
    return Source(
        id=(slug(f"{host}-{tail}" if kind != "page" else host) or kind)[:40].strip("-"),
        kind=kind,
        url=url,
        key=source_key(kind, url, options),
        interval=known.every,
        place=place or known.place,
        options=options,
    )
