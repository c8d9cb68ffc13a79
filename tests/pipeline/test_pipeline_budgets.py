"""Allowances are shared by all clients and never exceeded; what is used of them is shown."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from test_pipeline_places import town_of

from kit_house import NOON, Town, open_town
from kit_http import Answer, Asked, answer
from veille.cli.allowances import lines, plain
from veille.pipeline.allowances import allowances
from veille.pipeline.dialogue import begins
from veille.pipeline.poll import poll
from veille.sources import hackernews, x
from veille.sources.kind import Budget
from veille.store import budgets

#: 60 clients of 5 watches that each ask Hacker News their own question.
MANY = {
    f"c{n}": f"name: Client {n}\nmark: CL\nwatches:\n"
    + "".join(f"  - {{id: c{n}w{w}, query: mot{n}x{w}}}\n" for w in range(5))
    + f"sources:\n  - {{id: c{n}-hn, kind: hackernews, url: '{{web}}', every: 10m}}\n"
    for n in range(60)
}
MONEY: list[Budget] = [budget for budget in x.KIND.budgets if budget.unit > 1]
LIMIT = hackernews.KIND.budgets[0].calls


def lines_of(town: Town) -> list[str]:
    every = [source for client in town.house.installation.clients for source in client.sources]
    with town.house.store.reading() as conn:
        found = allowances(conn, every, now=town.clock.now())
    assert json.dumps(plain(found))
    return list(lines(found))


def test_300_sources_of_one_host_never_exceed_its_allowance(tmp_path: Path) -> None:
    """Asked as fast as they may be, for an hour and more."""
    asked: Counter[int] = Counter()

    def say(question: Asked) -> Answer:
        with town.web.lock:
            asked[int((town.clock.now() - NOON) / timedelta(minutes=12.5))] += 1
        return answer(200, b'{"hits": []}')

    with open_town(tmp_path, clients=MANY) as town:
        town.server.script = say
        assert sum(len(client.sources) for client in town.house.installation.clients) == 300
        for _ in range(6):
            poll(town.house)
            poll(town.house)
            town.clock.pass_(minutes=12.5)
    assert LIMIT - 5 <= sum(asked[part] for part in range(5)) <= LIMIT
    assert asked[5] > 0


def test_two_clients_with_one_key_share_one_allowance(tmp_path: Path) -> None:
    """And the lines of `veille status` say what is used of it, in the service's own unit."""
    key = tmp_path / "config" / "key"
    key.parent.mkdir()
    key.write_text("clef", encoding="utf-8")
    key.chmod(0o600)
    with open_town(tmp_path, clients={"lys": tubes("lys"), "iris": tubes("iris")}) as town:
        town.server.script = lambda asked: answer(200, b'{"items": []}')
        assert lines_of(town) == ["YouTube 0 of 2 today"]
        town.beat()
        assert lines_of(town) == ["YouTube 2 of 2 today"]
        town.clock.pass_(hours=2)
        asked = len(town.server.asked)
        town.beat()
        assert len(town.server.asked) == asked
        town.clock.pass_(hours=24)
        assert lines_of(town) == ["YouTube 0 of 2 today"]


def tubes(name: str) -> str:
    """A client that searches YouTube with the key of both."""
    options = "{key: 'file:key', calls_per_day: 2}"
    source = f"{{id: {name}-yt, kind: youtube, url: '{{web}}', options: {options}, every: 1h}}"
    return f"name: {name}\nmark: CL\nwatches:\n  - {{id: {name}, query: {name}}}\nsources:\n  - {source}\n"


@pytest.mark.parametrize(("spent", "said"), [(0, "0.00"), (1_250, "1.25"), (50_000, "50.00")])
def test_money_is_shown_in_dollars(tmp_path: Path, spent: int, said: str) -> None:
    source = "{id: x, kind: x, url: '{web}', options: {token: 'file:token', budget_per_month: 50}}"
    with town_of(tmp_path, source, lambda asked: answer(500)) as town:
        with town.house.store.writing() as tx:
            for budget in MONEY:
                budgets.take(
                    tx,
                    service="x",
                    credential="jeton",
                    window=budget.window,
                    limit=10**6,
                    now=town.clock.now(),
                    amount=spent,
                    since=begins(budget, town.clock.now()),
                )
        assert lines_of(town)[0] == f"X {said} of 50.00 dollars this month"
