"""CPU of polling 1,000 feeds: veille beside `reader`, on the same feeds from the same server, in one run.

    python bench/poll.py [--feeds N] [--rounds N] [--workers N] [--plain | --tls]

Three phases: cold (200, parse, store), unchanged (304), changed (one new entry of twenty). Each round runs each side
in a process of its own, one after the other; the figure is the median of the rounds, in CPU seconds per 1,000 feeds
(user and system, own and children, the process that reads among them; imports and the opening of the database are
not counted, the server, in another process, neither). A changed run that finds not exactly one entry a feed fails.

veille's side is its own public way: `open_house`, `adopt`, then `poll` until nothing is due, one client whose query
holds for about 5 % of the entries, SQLite. reader's is `make_reader` on a file and `update_feeds_iter`.
`reader` is in the `bench` group of pyproject.toml: pip install --require-hashes -r requirements-bench.lock
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.request import ProxyHandler, build_opener

from poll_corpus import CLIENT, CONTROL, ENTRIES, HOSTS

#: Phase -> how many times less CPU than reader's.
TARGETS = {"cold": 3.0, "unchanged": 1.5, "changed": 6.0}
#: A phase -> CPU seconds.
Spent = dict[str, float]


@dataclass(frozen=True)
class Field:
    """What one side is given."""

    server: str
    urls: tuple[str, ...]
    #: Asked before anything is measured: imports, first statements.
    warm: tuple[str, ...]
    folder: Path
    workers: int

    def publish(self, edition: int) -> None:
        """Make the server give this edition."""
        with build_opener(ProxyHandler({})).open(f"{self.server}{CONTROL}{edition}/{len(self.urls)}") as answer:
            answer.read()


def cpu() -> float:
    """Seconds of processor time of this process, of the children it has waited for, and of those alive."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used) + sum(_living())


def _living() -> Iterator[float]:
    tick = os.sysconf("SC_CLK_TCK")
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # After the name, which may hold anything: state, parent..., the 14th and 15th fields are the times.
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            yield (int(fields[11]) + int(fields[12])) / tick


def measured(field: Field, poll: Callable[[], tuple[int, int]]) -> Spent:
    """The phases of one round. `poll` asks every feed and says (feeds, new entries)."""
    spent = {}
    expected = {"cold": ENTRIES, "unchanged": 0, "changed": 1}
    for phase, edition in (("cold", 0), ("unchanged", 0), ("changed", 1)):
        field.publish(edition)
        start = cpu()
        asked, found = poll()
        spent[phase] = (cpu() - start) * 1000 / len(field.urls)
        if (asked, found) != (len(field.urls), expected[phase] * len(field.urls)):
            sys.exit(f"{phase}: {asked} feeds, {found} new entries: not what the server gave")
    return spent


def with_veille(field: Field) -> Spent:
    """Our side."""
    from veille.bootstrap import open_house, refurnish
    from veille.model.exchange import Source
    from veille.pipeline.adopt import adopt
    from veille.pipeline.poll import poll
    from veille.store import sources

    def source(url: str) -> Source:
        return Source(id=f"s{hash(url)}", kind="feed", url=url, key=f"feed {url}", interval=timedelta(days=30))

    warm, whole = (_installation(field, [*map(source, urls)]) for urls in (field.warm, field.urls))
    with open_house(warm) as house:
        adopt(house)
        poll(house)
        house = refurnish(house, whole)
        adopt(house)

        def all_due() -> tuple[int, int]:
            asked = found = 0
            while (tally := poll(house)).polled:
                asked, found = asked + tally.polled, found + tally.new
            with house.store.writing() as tx:
                sources.hurry(tx, now=house.clock.now())
            return asked, found

        return measured(field, all_due)


def _installation(field: Field, asked: Sequence[Any]) -> Any:
    from veille.model.exchange import FetchPolicy
    from veille.model.installation import Installation
    from veille.model.secret import Secret
    from veille.model.watch import Client, Watch

    places = {url.split("/")[2] for url in (*field.urls, *field.warm)}
    watch = Watch(id="name", name=CLIENT, query=CLIENT)
    return Installation(
        database=Secret(f"sqlite:///{field.folder / 'veille.db'}"),
        clients=(Client(id="floreal", name=CLIENT, mark="FL", watches=(watch,), sources=tuple(asked)),),
        people=(),
        fetch=FetchPolicy(allow_private=tuple(sorted(places)), workers=field.workers),
    )


def with_reader(field: Field) -> Spent:
    """The other side."""
    from reader import make_reader
    from reader.plugins import DEFAULT_PLUGINS

    def trusting(reader: Any) -> None:
        # Its session is sent past the settings of the environment: the authority of the bench is set on it.
        ca = os.environ["REQUESTS_CA_BUNDLE"]
        reader._parser.lazy_init(lambda parser: setattr(parser.get_retriever("http://").session, "verify", ca))

    def update(name: str, urls: Sequence[str]) -> Callable[[], tuple[int, int]]:
        reader = make_reader(str(field.folder / name), plugins=[*DEFAULT_PLUGINS, trusting])
        for url in urls:
            reader.add_feed(url)

        def poll() -> tuple[int, int]:
            asked = found = 0
            for result in reader.update_feeds_iter(scheduled=False, workers=field.workers):
                asked += 1
                value = result.value
                if isinstance(value, Exception):
                    raise value
                found += value.new if value else 0
            return asked, found

        return poll

    update("warm.sqlite", field.warm)()
    return measured(field, update("reader.sqlite", field.urls))


SIDES = {"veille": with_veille, "reader": with_reader}


def one_side(side: str, scheme: str, options: argparse.Namespace, *, ports: Sequence[int], ca: Path) -> Spent:
    """A round of one side, in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    # OpenSSL's own name, and that of requests.
    trust = {"SSL_CERT_FILE": str(ca), "REQUESTS_CA_BUNDLE": str(ca), "PYTHONHASHSEED": "0"}
    with tempfile.TemporaryDirectory() as folder:
        task = json.dumps([side, scheme, options.feeds, options.workers, list(ports), folder])
        done = subprocess.run(
            [sys.executable, __file__, "--task", task], env=environment | trust, stdout=subprocess.PIPE, check=True
        )
    spent: Spent = json.loads(done.stdout)
    return spent


def run_task(task: str) -> None:
    """What the process of one side does."""
    side, scheme, feeds, workers, ports, folder = json.loads(task)
    port = ports[scheme == "https"]
    urls = [f"{scheme}://{HOSTS[number % len(HOSTS)]}:{port}/{number}" for number in range(feeds + 5)]
    field = Field(f"http://{HOSTS[0]}:{ports[0]}", tuple(urls[:feeds]), tuple(urls[feeds:]), Path(folder), workers)
    print(json.dumps(SIDES[side](field)))


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, ...]]:
    """The server of the feeds: its ports, plain and TLS."""
    script = Path(__file__).with_name("poll_corpus.py")
    server = subprocess.Popen([sys.executable, script, folder], stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        yield tuple(map(int, server.stdout.readline().split()))
    finally:
        server.kill()
        server.wait()


def compare(scheme: str, options: argparse.Namespace, *, ports: Sequence[int], ca: Path) -> bool:
    """Print the rows of one scheme; whether all targets are met."""
    rounds = [
        {side: one_side(side, scheme, options, ports=ports, ca=ca) for side in options.sides}
        for _ in range(options.rounds)
    ]
    met = True
    for phase, target in TARGETS.items():
        spent = {side: median(each[side][phase] for each in rounds) for side in options.sides}
        ratio = spent["reader"] / spent["veille"] if len(spent) == 2 else 0
        figures = "".join(f"{spent.get(side, 0):10.3f}" for side in SIDES)
        print(f"{scheme:6}{phase:10}{figures}{ratio:9.2f}{target:9.2f}", flush=True)
        met = met and (ratio >= target or len(spent) < 2)
    return met


def main() -> int:
    """Print the table; 0 when every target is met, 1 when one is not, 2 without `reader`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, default=8, help="threads that fetch, on each side")
    parser.add_argument("--side", dest="sides", action="append", choices=[*SIDES], help="only this side")
    parser.add_argument("--plain", dest="schemes", action="store_const", const=["http"])
    parser.add_argument("--tls", dest="schemes", action="store_const", const=["https"])
    parser.add_argument("--task", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.sides = options.sides or [*SIDES]
    if options.task:
        run_task(options.task)
        return 0
    try:
        version = importlib.metadata.version("reader")
    except importlib.metadata.PackageNotFoundError:
        print("`reader` is not installed: pip install --require-hashes -r requirements-bench.lock")
        return 2
    start = perf_counter()
    print(f"CPU seconds per 1,000 feeds, median of {options.rounds} rounds of {options.feeds}, reader {version}")
    print(f"{'':6}{'phase':10}{'veille':>10}{'reader':>10}{'ratio':>9}{'target':>9}")
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as ports:
        schemes = options.schemes or ["http", "https"]
        met = [compare(scheme, options, ports=ports, ca=Path(folder) / "ca.pem") for scheme in schemes]
    print(f"{perf_counter() - start:.0f} s in all; targets {'met' if all(met) else 'NOT met'}")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
