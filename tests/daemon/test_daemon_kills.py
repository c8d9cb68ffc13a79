"""kill -9 at any time, again and again: nothing lost, nothing doubled but what was in flight."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import time

import kit_daemon

from kit_house import CAMILLE, Item, client, rss, write
from kit_http import Asked, answer, serve
from veille.demo.postbox import Letter, postbox
from veille.store import mentions, outbox
from veille.store.engine import Store

ROUNDS = 20

#: Alerts to have seen before the kills end, however slow the machine is.
ENOUGH = 5

MANY = client(
    "Floréal",
    *(f"f{n}" for n in range(4)),
    every="1m",
    extra="""
    watches:
      - {id: floreal, name: Floréal, query: Floréal, urgent_per_day: 100, spike: {least_mentions: 100}}
    """,
)


def test_killed_again_and_again(tmp_path: Path) -> None:
    """A grave message at each poll, a kill every fraction of a second; then one quiet round, and the count."""
    zero, dice, letters = time(), random.Random(7), list[Letter]()
    clock, feeds, growing = kit_daemon.FastClock(zero), {f"f{n}": list[Item]() for n in range(4)}, [True]

    def script(asked: Asked) -> list[object]:
        items = feeds[asked.target.strip("/")]
        if growing[0] and len(items) < 15:
            items.insert(0, grave(f"{asked.target.strip('/')}x{len(items)}", clock, dice))
        return answer(200, rss(items))  # type: ignore[return-value]

    with serve(script) as web, postbox(tmp_path / "mail", told=letters.append) as (_, port):  # type: ignore[arg-type]
        config = write(
            tmp_path / "config",
            web=web.url(""),
            port=port,
            clients={"floreal": MANY},
            people=CAMILLE,
            house="",
            database="",
        )
        command = [sys.executable, kit_daemon.__file__, str(config), str(zero)]
        with (
            (tmp_path / "log").open("w") as log,
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True) as driver,
        ):
            rounds = 0
            while rounds < ROUNDS or (len(told(letters)) <= ENOUGH and rounds < 3 * ROUNDS):
                said(driver, 0.05 + dice.random() * 0.45)
                rounds += 1
            growing[0] = False
            for _ in range(10):
                said(driver, 1.0)
                if not waiting(tmp_path):
                    break
            assert driver.stdin
            driver.stdin.close()
    assert waiting(tmp_path) == 0
    published = sum(map(len, feeds.values()))
    store = Store.open(f"sqlite:///{tmp_path / 'veille.db'}", migrate=False)
    with store.reading() as conn:
        seen = mentions.recent(conn, "floreal", since=kit_daemon.BEGINS, limit=10_000)
        assert len(seen) == published
        assert mentions.unassessed(conn, limit=1) == ()
    store.close()
    times = Counter(str(letter.message["Message-ID"]) for letter in letters)
    repeats = [letter for letter in letters if letter.message["X-Veille-Possible-Repeat"]]
    assert len(letters) - len(times) <= len(repeats) <= rounds
    alerts = {mention.story_id for mention in seen if mention.urgency.level >= 85 and not mention.backlog}
    assert len(told(letters)) == len(alerts) > ENOUGH


def told(letters: list[Letter]) -> set[str]:
    """The alerts that arrived, once each."""
    alerts = (each.message for each in letters if str(each.message["X-Veille"]).startswith("alert"))
    return {str(message["Message-ID"]) for message in alerts}


def waiting(folder: Path) -> int:
    """How many messages have not left."""
    store = Store.open(f"sqlite:///{folder / 'veille.db'}", migrate=False)
    with store.reading() as conn:
        number = len(outbox.waiting(conn))
    store.close()
    return number


def grave(name: str, clock: kit_daemon.FastClock, dice: random.Random) -> Item:
    words = " ".join(f"mot{dice.randrange(10**9)}" for _ in range(10))
    return Item(
        guid=name,
        title=f"Floréal {words}",
        text=f"Honteux : l'enterrement a commencé, gerbe de deuil jamais livrée, personne ne répond. {words}",
        link=f"https://forum.example/{name}",
        author=f"auteur {name}",
        published=clock.now(),
    )


def said(driver: subprocess.Popen[str], seconds: float) -> None:
    assert driver.stdin
    assert driver.stdout
    driver.stdin.write(f"{seconds}\n")
    driver.stdin.flush()
    assert driver.stdout.readline() == "killed\n"
