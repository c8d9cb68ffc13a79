"""Beats and pulse: a fault ends nothing and is known, a stuck beat starves the watchdog, silence the heartbeat."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from structlog.testing import capture_logs

from kit_house import CAMILLE, Town, open_town
from veille.daemon.beats import Beat, Beats
from veille.daemon.pulse import STUCK_AFTER, Pulse, take
from veille.daemon.run import Daemon
from veille.errors import StoreBusy
from veille.store import deadchannels


class Seconds:
    """A monotonic clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Times:
    """Work that says when it was done so often."""

    def __init__(self, number: int, error: Exception | None = None) -> None:
        self.left = number
        self.error = error
        self.done = Event()

    def __call__(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.done.set()
        if self.error:
            raise self.error


@pytest.mark.parametrize(
    ("error", "event"),
    [
        pytest.param(RuntimeError("a fault"), "beat broke", id="a fault of ours"),
        pytest.param(StoreBusy("locked"), "beat failed", id="a store that does not serve"),
    ],
)
def test_a_beat_that_fails_comes_again_and_is_known(error: Exception, event: str) -> None:
    """Logged once each time; the others go on; when it lasts, it counts as stuck, and the healthy one does not."""
    seconds = Seconds()
    pulse, stop = Pulse(clock=seconds), Event()
    bad, good = Times(3, error), Times(3)
    beats = Beats([Beat("bad", bad, 0.01), Beat("good", good, 0.01)], pulse=pulse, stop=stop)
    seconds.now += STUCK_AFTER + 1
    with capture_logs() as logs:
        beats.start()
        assert bad.done.wait(10)
        assert good.done.wait(10)
        assert beats.drain(5) == ()
    said = [line for line in logs if line["event"] == event]
    assert len(said) == 3 - bad.left
    assert all(line["beat"] == "bad" for line in said)
    assert pulse.stuck() == ("bad",)


def test_a_beat_that_hangs_is_left_behind() -> None:
    """Drained in the time given, and named."""
    release, entered = Event(), Event()
    beats = Beats([Beat("slow", lambda: (entered.set(), release.wait(20)), 0.01)], pulse=Pulse(), stop=Event())
    beats.start()
    assert entered.wait(10)
    assert beats.drain(0.05) == ("slow",)
    release.set()


def test_an_hourly_beat_is_not_stuck_within_its_hour() -> None:
    """What comes every hour has an hour more."""
    seconds = Seconds()
    pulse = Pulse(clock=seconds)
    pulse.expect("prune", every=3600)
    pulse.expect("poll", every=1)
    seconds.now += STUCK_AFTER + 100
    assert pulse.stuck() == ("poll",)
    seconds.now += 3600
    assert pulse.stuck() == ("prune", "poll")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    people = CAMILLE + "    - {id: slack, slack: '{web}/hook'}\n"
    with open_town(
        tmp_path, people=people, house="operator: {heartbeat: '{web}/alive', heartbeat_every: 5m}\n"
    ) as opened:
        yield opened


@pytest.fixture
def fed(tmp_path: Path) -> Iterator[tuple[dict[str, str], Callable[[], int]]]:
    """The environment of systemd, and how often its watchdog was fed since last asked."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(tmp_path / "notify"))
        ear.setblocking(False)

        def number() -> int:
            count = 0
            while True:
                try:
                    count += ear.recv(100) == b"WATCHDOG=1"
                except BlockingIOError:
                    return count

        yield {"NOTIFY_SOCKET": str(tmp_path / "notify")}, number


def pings(town: Town, pulse: Pulse) -> int:
    if pulse.ping:
        pulse.ping.result(10)
    return sum(asked.target == "/alive" for asked in town.server.asked)


def test_the_heartbeat_is_sent_every_five_minutes_while_all_is_well(
    town: Town, fed: tuple[dict[str, str], Callable[[], int]]
) -> None:
    """Not oftener; not when a beat is stuck, and then no watchdog either."""
    environment, watchdog = fed
    seconds = Seconds()
    pulse = Pulse(clock=seconds)
    pulse.expect("poll", every=1)
    assert take(pulse, town.house, environment)
    assert take(pulse, town.house, environment)
    assert (pings(town, pulse), watchdog()) == (1, 2)
    seconds.now += 301
    assert take(pulse, town.house, environment)
    assert (pings(town, pulse), watchdog()) == (2, 1)
    seconds.now += STUCK_AFTER
    assert not take(pulse, town.house, environment)
    assert (pings(town, pulse), watchdog()) == (2, 0)


def test_no_channel_no_heartbeat(town: Town, fed: tuple[dict[str, str], Callable[[], int]]) -> None:
    """Every channel dead: whoever waits for the heartbeat is told by its absence; a restart would not help."""
    environment, watchdog = fed
    with town.house.store.writing() as tx:
        for channel in ("email", "slack"):
            deadchannels.mark_dead(tx, "camille", channel, "550", town.clock.now())
    pulse = Pulse()
    assert not take(pulse, town.house, environment)
    assert (pings(town, pulse), watchdog()) == (0, 1)


def test_settings_that_break_us_keep_the_old_ones(town: Town) -> None:
    """Whatever reading them raises."""

    def load() -> object:
        raise RecursionError("an alias bomb")

    daemon = Daemon(town.house, load=load)  # type: ignore[arg-type]
    before = daemon.house
    assert not daemon.reload()
    assert daemon.house is before
