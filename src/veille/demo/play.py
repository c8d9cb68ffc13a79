"""Plays the story: loopback internet, real SMTP server, the real daemon on a fast clock that leaps over quiet hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from rich.console import Console

from veille.analysis.spike import CALM_FOR, CALM_WINDOW
from veille.bootstrap import open_house, read_settings, seeded_dice
from veille.daemon.run import Daemon
from veille.demo import settings
from veille.demo.clock import FastClock
from veille.demo.detour import Detour
from veille.demo.internet import internet
from veille.demo.letterbox import letterbox
from veille.demo.naive import NaiveRule
from veille.demo.postbox import postbox
from veille.demo.room import Kept, room
from veille.demo.show import Show, summary
from veille.demo.story import HISTORY, Story, load
from veille.pipeline.events import Sent
from veille.rendering.catalogue import later, read_catalogue
from veille.rendering.page import digest_page

#: Seconds between two beats of the daemon.
BEAT = 0.1

#: How long before a moment the clock lands, and after it how long it stays.
_BEFORE = timedelta(minutes=1)
_AFTER = timedelta(minutes=3)

#: While nothing happens, the clock still stops this often, so that digests and ends of spikes leave at their time.
_STRIDE = timedelta(hours=1)

#: The first such stop after the story begins: on the half-hours, when digests leave.
_FIRST_STRIDE = timedelta(minutes=30)

#: The hour of the evening look.
_EVENING = 22

#: Real seconds that the daemon is given at each stop: a few of its beats.
_SETTLE = 4 * BEAT

#: Real seconds the sources may take to be asked after a moment, before the play goes on without them.
_PATIENCE = 20.0


def play(*, speed: float, keep: Path | None, language: str) -> int:
    """Plays to the end, or until Ctrl-C (KeyboardInterrupt, everything closed). Raises VeilleError."""
    with room(keep) as kept:
        return _played(kept, speed=speed, language=language)


def _played(kept: Kept, *, speed: float, language: str) -> int:
    story = load()
    clock = FastClock(story.begins, speed=speed)
    show = _show(story, language)
    with (
        internet(story, clock) as web,
        letterbox(story, clock) as imap,
        postbox(kept.mail, told=lambda letter: show.letter(letter, clock.now())) as (_, smtp),
    ):
        folder = settings.write(kept.folder / "config", story, settings.Ports(web=web, imap=imap, smtp=smtp))
        with _daemon(folder, web, clock, show, kept) as daemon, show.bar():
            _direct(story, clock, show, daemon.stop)
    summary(
        show,
        say=read_catalogue(language).say,
        files={
            later("The digest, to open in a browser:"): str(kept.digest),
            later("Every message, as .eml:"): str(kept.mail),
            later("The settings, to read and to change:"): str(folder),
        },
    )
    return 0


def _show(story: Story, language: str) -> Show:
    past = sum(post.past and post.place != "forum-auto" for post in story.posts)
    usual = past / HISTORY.days
    words = read_catalogue(language, package="veille.demo")
    return Show(story, Console(highlight=False), words, NaiveRule(usual))


@contextmanager
def _daemon(folder: Path, web: int, clock: FastClock, show: Show, kept: Kept) -> Iterator[Daemon]:
    """The real daemon in a thread of its own; its error, if it has one, is raised at the end."""
    installed = read_settings(folder).installation
    watcher = _keeping(show, kept)
    with open_house(installed, clock=clock, dice=seeded_dice(7), watcher=watcher) as opened:
        house = replace(opened, fetcher=Detour(opened.fetcher, web))
        daemon = Daemon(house, load=lambda: read_settings(folder).installation, beat=BEAT)
        failed: list[BaseException] = []
        thread = Thread(target=_run, args=(daemon, failed), name="daemon")
        thread.start()
        try:
            yield daemon
        finally:
            daemon.stop.set()
            thread.join()
        if failed:
            raise failed[0]


def _run(daemon: Daemon, failed: list[BaseException]) -> None:
    try:
        daemon.run()
    except BaseException as error:  # noqa: BLE001 - handed to the thread that plays
        failed.append(error)
        daemon.stop.set()


def _keeping(show: Show, kept: Kept) -> Callable[[object], None]:
    def watch(event: object) -> None:
        show.see(event)
        if not isinstance(event, Sent):
            return
        sent = event.notification
        if sent.person_id == settings.STAFF and sent.message.kind == "digest":
            kept.digest.write_text(digest_page(sent.message), encoding="utf-8")

    return watch


def _direct(story: Story, clock: FastClock, show: Show, stop: Event) -> None:
    """Lets time run where something happens, and leaps where nothing does."""
    _until(story.begins, clock, show, stop)
    for moment in _stops(story):
        if moment - clock.now() > _BEFORE + _AFTER:
            if stop.wait(_SETTLE):
                return
            clock.leap(moment - _BEFORE)
        if not _until(moment, clock, show, stop):
            return
    _until(story.ends, clock, show, stop)
    stop.wait(_SETTLE)


def _stops(story: Story) -> list[datetime]:
    strides = int((story.ends - story.begins) / _STRIDE)
    calm = [story.begins + _FIRST_STRIDE + n * _STRIDE for n in range(strides)]
    gone = {post.until + after for post in story.posts if post.until for after in (_BEFORE, _BEFORE + _AFTER)}
    evening = story.begins.replace(hour=_EVENING) + _BEFORE
    ebb = max(story.moments()) + CALM_WINDOW + CALM_FOR + _BEFORE + _AFTER
    return sorted({*(m + _AFTER for m in story.moments()), *calm, *gone, ebb, evening, evening + timedelta(days=1)})


def _until(moment: datetime, clock: FastClock, show: Show, stop: Event) -> bool:
    """Waits until the clock is there and every source was asked since; False when told to stop."""
    patience = monotonic() + _PATIENCE
    while clock.now() < moment or (_behind(show, moment) and monotonic() < patience):
        if stop.wait(0.02):
            return False
        show.tick(clock.now())
    return not stop.is_set()


def _behind(show: Show, moment: datetime) -> bool:
    return len(show.asked) < len(show.story.places) or min(show.asked.values()) < moment - _AFTER
