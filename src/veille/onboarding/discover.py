"""Looks at a client's site: its first page, then the feeds it names and the few usual places of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from veille.errors import FetchError, ReadError, Unreachable, VeilleError
from veille.model.entry import Page
from veille.model.exchange import FetchPolicy, NotModified, PollState, Request, Response, Source
from veille.onboarding.site import SiteFacts, read_site
from veille.pipeline.house import Fetches, Reads
from veille.settings.shape_source import source_key
from veille.sources.base import connector, read_page

T = TypeVar("T")
R = TypeVar("R")

#: Where feeds usually are when no page names them (WordPress, Ghost, Hugo, Shopify, Drupal...).
USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/blog/feed", "/blog/rss.xml", "/index.xml")
#: Questions to one site at once.
_AT_ONCE = 4
_MOST_FEEDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that answers, with what it held."""

    url: str
    title: str
    entries: int
    #: What others say under the site's own articles.
    comments: bool = False
    #: Links of its first entries: the same feed in two formats has the same.
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What looking at a site brought."""

    site: SiteFacts
    feeds: tuple[FoundFeed, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """How anything is asked before there is a house: guarded, bounded, parsed where it can be killed."""

    fetcher: Fetches
    reader: Reads
    policy: FetchPolicy

    def answer(self, url: str) -> Response:
        """The whole answer of an address. Raises FetchError."""
        answer = self.fetcher.fetch(Request(url=url))
        if isinstance(answer, NotModified):
            raise Unreachable("answered 304 to a plain question")
        return answer

    def page(self, source: Source) -> Page:
        """What a source holds now. Raises FetchError, ReadError."""
        state = PollState()
        answer = self.fetcher.fetch(connector(source.kind).request(source, state))
        if isinstance(answer, NotModified):
            raise Unreachable("answered 304 to a plain question")
        return self.reader.call(read_page, source, answer, state)


def addresses(site: str) -> tuple[str, ...]:
    """The web addresses that a site's written name may mean, in order; empty when it can be none."""
    text = site.strip()
    guesses = (text,) if "://" in text else (f"https://{text}", f"http://{text}")
    return tuple(url for url in map(_web_address, guesses) if url)


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    plain = text.isprintable() and " " not in text and not parts.username
    if parts.scheme not in ("http", "https") or "." not in name.strip(".") or not plain or port == 0:
        return ""
    return parts._replace(path=parts.path or "/", fragment="").geturl()


def discover(site: str, asking: Asking) -> Discovery:
    """Look at a site, written as people write it. Raises FetchError or ReadError when it cannot be looked at."""
    answer = _first_answer(addresses(site), asking)
    try:
        facts = asking.reader.call(read_site, answer)
    except ReadError:
        # The address may itself be a feed.
        feed = _try_feed(FoundFeed(url=answer.url, title="", entries=0), asking)
        if feed is None:
            raise
        facts = SiteFacts(url=answer.url, name=feed.title)
        return Discovery(site=facts, feeds=(feed,))
    return Discovery(site=facts, feeds=_feeds(facts, asking))


def _first_answer(urls: tuple[str, ...], asking: Asking) -> Response:
    failure: FetchError = Unreachable("not a web address")
    for url in urls:
        try:
            return asking.answer(url)
        except FetchError as error:
            failure = error
    raise failure


def _feeds(facts: SiteFacts, asking: Asking) -> tuple[FoundFeed, ...]:
    """The named feeds that answer; where none is named, the usual places of the same site."""
    named = [FoundFeed(url=f.url, title=f.title, entries=0, comments=f.comments) for f in facts.feeds]
    usual = [FoundFeed(url=urljoin(facts.url, path), title="", entries=0) for path in USUAL_PATHS]
    found = _that_answer(named, asking) or _that_answer(usual, asking)
    return tuple(found)[:_MOST_FEEDS]


def _that_answer(feeds: Iterable[FoundFeed], asking: Asking) -> list[FoundFeed]:
    """Each that is a feed, the same one under two addresses once."""
    found = [feed for feed in at_once(lambda feed: _try_feed(feed, asking), feeds) if feed]
    return list({(feed.comments, feed.first or feed.url): feed for feed in reversed(found)}.values())[::-1]


def at_once(work: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """What the work gives for each, a few at the same time, in order. Ctrl-C does not wait for those under way."""
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="veille-init")
    try:
        return list(pool.map(work, things))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _try_feed(feed: FoundFeed, asking: Asking) -> FoundFeed | None:
    """The feed with its title and size, or None when nothing there is one."""
    source = Source(id="feed", kind="feed", url=feed.url, key=source_key("feed", feed.url))
    try:
        page = asking.page(source)
    except (FetchError, ReadError):
        return None
    first = tuple(entry.link or entry.key for entry in page.entries[:3])
    return replace(feed, title=feed.title or page.title, entries=page.found, first=first)


def why_not(error: VeilleError) -> str:
    """The reason in one line, without markup."""
    return " ".join(str(error).split()) or type(error).__name__
