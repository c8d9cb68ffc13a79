"""`veille page`: what CSS selectors catch on a page that offers no feed, and the source that they make."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import typer

from veille.bootstrap import open_door
from veille.cli.discover import asking_policy, no_address
from veille.cli.exits import Exit
from veille.cli.read import plain
from veille.cli.tables import show
from veille.errors import FetchError, ReadError
from veille.fetch.robots import Robots
from veille.model.entry import Page
from veille.model.exchange import FetchPolicy, PollState, Response, Source
from veille.onboarding.discover import Asking, addresses, why_not
from veille.onboarding.repeated import Candidate, candidates
from veille.settings.fields import slug
from veille.settings.shape_source import source_key
from veille.settings.wording import source_text
from veille.sources.base import kind_of, read_page, refuse
from veille.text.clean import neutral, one_line

_KIND = "page"


def page(config: Path, url: str, selectors: Mapping[str, str], *, allow_private: tuple[str, ...], as_json: bool) -> int:
    """Prints what is caught; 1 when the page cannot be read, 2 for wrong words. Raises SettingsError."""
    found = addresses(url)
    if wrong := no_address(url) or refuse(_KIND, dict(selectors)):
        typer.echo(neutral(f"veille: {wrong}"), err=True)
        return Exit.WRONG_INPUT
    policy = asking_policy(config, allow_private)
    with open_door(policy) as (fetcher, reader):
        asking = Asking(fetcher, reader, policy)
        try:
            answer = _asked(found[0], asking, policy)
            if "item" not in selectors:
                return _propose(asking.reader.call(candidates, answer), url, as_json=as_json)
            source = _source(found[0], selectors)
            caught = asking.reader.call(read_page, source, answer, PollState())
        except (FetchError, ReadError) as error:
            typer.echo(neutral(f"veille: {url}: {why_not(error)}"), err=True)
            return Exit.FAILED
    _show(caught, source, as_json=as_json)
    return Exit.OK


def _asked(url: str, asking: Asking, policy: FetchPolicy) -> Response:
    """The page, if the site lets robots read it. Raises FetchError, ReadError."""
    if not Robots(asking.fetcher.fetch, agent=policy.user_agent, seconds=monotonic).allow(url):
        raise ReadError("the site's robots.txt asks robots not to read this page")
    return asking.answer(url)


def _source(url: str, selectors: Mapping[str, str]) -> Source:
    options = tuple(selectors.items())
    kind = kind_of(_KIND)
    return Source(
        id=slug((urlsplit(url).hostname or _KIND).removeprefix("www.")),
        kind=_KIND,
        url=url,
        key=source_key(_KIND, url, options),
        interval=kind.every,
        place=kind.place,
        options=options,
    )


def _show(caught: Page, source: Source, *, as_json: bool) -> None:
    if as_json:
        for entry in caught.entries:
            typer.echo(json.dumps(plain(entry), ensure_ascii=False))
        return
    rows = (
        (
            f"{entry.published:%Y-%m-%d %H:%M}" if entry.published else "no date",
            entry.author,
            one_line(entry.title, 60) or "(no title)",
            one_line(entry.text, 80),
            f"{entry.rating:g}" if entry.rating is not None else "",
            entry.link,
        )
        for entry in caught.entries
    )
    show(("published (UTC)", "author", "title", "text", "rating", "link"), rows)
    typer.echo(neutral("\n".join(_end(caught, source))))


def _end(caught: Page, source: Source) -> Iterator[str]:
    left = f", {caught.broken} items without words" if caught.broken else ""
    yield f"\n{len(caught.entries)} entries{left}"
    links = [entry.link for entry in caught.entries]
    if len(set(links)) < len(links):
        yield "several entries have the same link: say --link, or a narrower --item"
    if caught.entries and not any(entry.published for entry in caught.entries):
        yield "no date is found: --date names where it stands; without one, an entry is dated when it is first seen"
    yield "\nsources:"
    yield source_text(source)


def _propose(found: tuple[Candidate, ...], url: str, *, as_json: bool) -> int:
    """What repeats on the page, the likeliest first."""
    if as_json:
        for one in found:
            typer.echo(json.dumps({"item": one.selector, "times": one.times, "first": one.first}, ensure_ascii=False))
    elif found:
        show(("--item", "times", "the first says"), [(one.selector, str(one.times), one.first) for one in found])
        typer.echo(neutral(f"\nveille page {url} --item '{found[0].selector}'"))
    if not found:
        typer.echo(neutral(f"veille: {url}: nothing with links and words repeats on this page: give --item"), err=True)
        return Exit.FAILED
    return Exit.OK
