"""`veille run` as systemd and a person see it: signals, notifications, a second one, settings that change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from kit_daemon import daemon, systemd

from kit_house import CAMILLE, client, rss, write
from kit_http import Answer, Asked, answer, hang, serve
from kit_smtp import ScriptedSmtp
from veille.store import schema
from veille.store.engine import Store

TWO_WAYS = CAMILLE + "    - {id: slack, slack: '{web}/hook'}\n"
"""Camille by mail and by Slack."""


class Web:
    """Answers by path, and events set when a path is asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[[], Answer]] = {}
        self.asked: dict[str, Event] = {}

    def say(self, asked: Asked) -> Answer:
        path = asked.target.strip("/")
        self.asked.setdefault(path, Event()).set()
        return self.answers.get(path, lambda: answer(200, rss([])))()

    def wait(self, path: str, seconds: float = 20) -> None:
        assert self.asked.setdefault(path, Event()).wait(seconds), f"{path} was not asked"


def claims(folder: Path) -> list[str]:
    """What is claimed in the database."""
    store = Store.open(f"sqlite:///{folder / 'veille.db'}", migrate=False)
    with store.reading() as conn:
        owners = [
            row.owner
            for table in (schema.source, schema.notification)
            for row in conn.execute(table.select().where(table.c.owner != ""))
        ]
    store.close()
    return owners


def test_a_day_in_the_life(tmp_path: Path) -> None:
    """READY, WATCHDOG and the heartbeat; a second daemon refused; settings broken, then good; SIGTERM, STOPPING."""
    web = Web()
    with serve(web.say) as server, ScriptedSmtp() as mail, systemd(tmp_path / "notify") as notified:

        def settings(**clients: str) -> Path:
            return write(
                tmp_path / "config",
                web=server.url(""),
                port=mail.port,
                clients=clients,
                people=CAMILLE,
                house=f"operator: {{heartbeat: {server.url('/alive')!r}}}\n",
                database="",
            )

        config = settings(floreal=client("Floréal", "one"))
        with daemon(config, notify=tmp_path / "notify") as first:
            notified("READY=1")
            notified("WATCHDOG=1")
            web.wait("alive")
            web.wait("one")
            with daemon(config) as second:
                assert second.process.wait(20) == 3
                assert "another veille daemon holds it" in second.until("another")
            settings(floreal=client("Floréal", "one") + "    unknwon: 1\n")
            first.process.send_signal(1)
            assert "floreal.yaml" in first.until("settings refused")
            settings(floreal=client("Floréal", "two"))
            first.process.send_signal(1)
            first.until("settings reloaded")
            web.wait("two")
            web.asked["one"].clear()
            code, took = first.end()
            assert (code, took < 10) == (0, True)
            notified("STOPPING=1")
    assert claims(tmp_path) == []
    assert not web.asked["one"].is_set()


@pytest.mark.parametrize(
    ("path", "hanging"),
    [
        pytest.param("two", "a source that never ends its answer", id="a slow poll"),
        pytest.param("hook", "Slack that never answers", id="a slow send"),
    ],
)
def test_sigterm_in_the_middle(tmp_path: Path, path: str, hanging: str) -> None:
    """Ends within ten seconds with 0; nothing stays claimed; the next start takes it up again."""
    web = Web()
    web.answers["hook"] = lambda: answer(200, b"ok")
    web.answers[path] = lambda: hang(60)
    sources = ("one", "two") if path == "two" else ("one",)
    with serve(web.say) as server, ScriptedSmtp() as mail:
        config = write(
            tmp_path / "config",
            web=server.url(""),
            port=mail.port,
            clients={"floreal": client("Floréal", *sources)},
            people=TWO_WAYS.replace("{web}", server.url("")),
            house="",
            database="",
        )
        with daemon(config) as first:
            web.wait(path)
            code, took = first.end()
            assert (code, took < 10) == (0, True), hanging
        assert claims(tmp_path) == []
        web.answers[path] = lambda: answer(200, b"ok" if path == "hook" else rss([]))
        web.asked.clear()
        with daemon(config) as again:
            web.wait(path)
            assert again.end()[0] == 0
