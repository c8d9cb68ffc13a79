"""Two daemons on one PostgreSQL: every mention is judged once, every message leaves once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine, event, text
from test_pipeline_cuts import MANY

import kit_postgres
from kit_house import open_town
from veille.bootstrap import open_house, seeded_dice
from veille.pipeline.assess import assess
from veille.pipeline.deliver import deliver
from veille.pipeline.house import House
from veille.pipeline.poll import poll
from veille.store import placing
from veille.store.engine import Store


@pytest.fixture
def database() -> Iterator[str]:
    with kit_postgres.server() as server, kit_postgres.database(server) as url:
        yield url


def test_two_daemons_double_nothing(tmp_path: Path, database: str) -> None:
    """Both poll, judge and send at the same time, again and again."""
    with open_town(tmp_path, clients=MANY, database=database) as town:
        town.settle_in()
        installed, clock = town.house.installation, town.clock
        with open_house(installed, clock=clock, dice=seeded_dice(2), watcher=town.events.append) as other:
            for number in range(12):
                words = " ".join(f"mot{number * 97 + n * 13}" for n in range(12))
                text = f"Honteux : l'enterrement a commencé, gerbe de deuil jamais livrée, personne ne répond. {words}"
                town.publish("press", f"Floréal {words}", text)
                clock.pass_(minutes=11)
                for verb in (poll, _judge, deliver):
                    together(verb, town.house, other)
            town.send()
    times = Counter(str(letter.message["Message-ID"]) for _, letter in town.letters)
    told = [each for _, each in town.letters if str(each.message["X-Veille"]).startswith("alert")]
    assert set(times.values()) == {1}
    assert len(town.mentioned()) == len(told) == 12


def test_what_was_worked_out_beside_another_daemon_that_placed_meanwhile_is_worked_out_again(
    tmp_path: Path, database: str
) -> None:
    """The counter was compared before the client's turn was taken: two copies placed at once were two stories."""
    asked: list[str] = []

    def hear(*said: object) -> None:
        asked.append(str(said[2]))

    with open_town(tmp_path, database=database) as town, closing(Store.open(database)) as other:
        town.settle_in()
        town.publish("press", "Floréal ouvre une boutique")
        town.clock.pass_(minutes=11)
        with ThreadPoolExecutor(1) as pool:
            with other.writing() as tx:
                placing.turn(tx, ["floreal"])
                before = placing.placement(tx, "floreal")
                event.listen(Engine, "before_cursor_execute", hear)
                done = pool.submit(poll, town.house)
                while not waits(other):
                    assert not done.done()
                placing.bump(tx, "floreal")
            done.result()
        event.remove(Engine, "before_cursor_execute", hear)
        with other.reading() as conn:
            assert placing.placement(conn, "floreal") == before + 2
    assert sum("FROM word_use" in each for each in asked) == 2


def waits(store: Store) -> bool:
    """Whether somebody waits for a turn."""
    with store.reading() as conn:
        asked = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        return bool(conn.execute(text(asked)).scalar())


def together(verb: Callable[[House], object], *houses: House) -> None:
    """The same at the same moment."""
    start = Barrier(len(houses))

    def go(house: House) -> None:
        start.wait(10)
        verb(house)

    with ThreadPoolExecutor(len(houses)) as pool:
        list(pool.map(go, houses))


def _judge(house: House) -> None:
    while assess(house).judged:
        pass
