"""What the person sees on the way: what was found, what the watch would take, what was written, what comes next."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from veille.model.entry import Entry
from veille.model.message import Outcome, Result
from veille.onboarding.desk import Desk
from veille.onboarding.discover import Discovery
from veille.onboarding.preview import SHOWN, Looked, Preview
from veille.rendering.catalogue import later
from veille.text.clean import one_line

_TITLE = 90
#: What most often keeps a place from being looked at, as the errors say it; the others are said in English.
_REASONS = (
    later("the name cannot be resolved"),
    later("the name has no address"),
    later("no connection in time"),
    later("no whole answer in time"),
    later("connection refused"),
    later("private address, not in allow list"),
    later("the answer is not a web page"),
    later("the page is over 2 MB"),
)


def reason(desk: Desk, error: str) -> str:
    """Why something cannot be looked at, in the person's language where it is known."""
    known = next((said for said in _REASONS if error.startswith(said)), "")
    return desk.words.say(known) if known else error


def found(desk: Desk, discovery: Discovery) -> None:
    """What the site showed."""
    site = discovery.site
    desk.say("Found on {site}: {name}", site=urlsplit(site.url).netloc, name=site.name or "-", style="green")
    for feed in discovery.feeds:
        said = later("comments feed: {url}, entries: {n}") if feed.comments else later("feed: {url}, entries: {n}")
        desk.put("  " + desk.words.say(said, url=feed.url, n=feed.entries))
    if not discovery.feeds:
        desk.put("  " + desk.words.say("no feed"))
    for account in site.accounts:
        desk.put("  " + desk.words.say("{network}: {name}", network=account.network, name=account.name))


def looked_at(desk: Desk, looked: Iterable[Looked]) -> None:
    """Which source answered, and with how much."""
    for one in looked:
        if one.error:
            desk.warn(
                "{source}: {why}; it is kept, and asked again by the daemon",
                source=one.source.id,
                why=reason(desk, one.error),
            )
        else:
            desk.say("{source}, entries: {n}", source=one.source.id, n=len(one.entries))


def preview(desk: Desk, seen: Preview) -> None:
    """What would have been taken and what not, a few of each."""
    _listed(desk, later("Taken: {n}"), seen.taken, style="green")
    _listed(desk, later("Left out as noise: {n}"), seen.excluded, style="yellow")
    _listed(desk, later("Not taken, the query does not hold: {n}"), seen.left, style="dim")
    if seen.own:
        desk.say("The client's own publications, noted and never alerted: {n}", n=seen.own)
    if not seen.taken:
        desk.warn("Nothing taken yet: normal for a quiet name, else try a wider query.")


def _listed(desk: Desk, msgid: str, entries: tuple[Entry, ...], *, style: str) -> None:
    desk.say(msgid, n=len(entries), style=style)
    for entry in entries[:SHOWN]:
        day = f"{entry.published:%d.%m}" if entry.published else "  -  "
        desk.put(f"    {day}  {entry.site or '-'}: {one_line(entry.title or entry.text, _TITLE)}")


def written(desk: Desk, paths: Iterable[Path]) -> None:
    """The files."""
    desk.title(later("Written"))
    for path in paths:
        desk.put(f"  {path}")


def sample(desk: Desk, outcome: Outcome, *, email: str, retry: str) -> None:
    """How the test message went; `retry` is what to type to try again."""
    if outcome.result is Result.SENT:
        desk.say("A test message left for {email}: look at your mail.", email=email, style="green")
        return
    desk.warn("The test message to {email} did not leave: {why}", email=email, why=outcome.detail)
    desk.warn("Correct `mail` in veille.yaml, then: {retry}", retry=retry)


def next_step(desk: Desk, config: Path) -> None:
    """What to type now."""
    desk.title(later("Next"))
    desk.put(f"  {command('run', config)}", style="bold")
    desk.say(
        "After its first polls, about a minute, one first look arrives by mail; then it is quiet until it matters."
    )


def command(words: str, config: Path) -> str:
    """A command of veille for this folder."""
    return f"veille {words}" + ("" if config == Path("config") else f" --config {shlex.quote(str(config))}")
