"""How messages leave when the far ends fail: once each, in order, never silently lost, the others not delayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from threading import Event

import pytest

from kit_house import Town, open_town
from kit_http import Asked, answer, hang
from kit_smtp import CUT, ScriptedSmtp
from veille.bootstrap import refurnish
from veille.model.message import Message, Notification, NotificationState, Outcome, Result, Urgent
from veille.model.person import Channel
from veille.pipeline.adopt import adopt
from veille.pipeline.deliver import deliver
from veille.pipeline.silence import silent_since
from veille.store import deadchannels, outbox

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

#: Camille by mail and by Slack, so that one can tell of the other.
TWO_WAYS = """\
- id: camille
  name: Camille
  serves: all
  operator: true
  channels:
    - email: camille@agence.example
    - id: slack
      slack: "{web}/hook"
"""


@contextmanager
def mail_town(tmp_path: Path, script: Mapping[str, str | list[str]]) -> Iterator[tuple[Town, ScriptedSmtp]]:
    """A town whose mails go to a server that follows a script, past its first look."""
    with ScriptedSmtp() as calm, open_town(tmp_path, smtp=calm.port, people=TWO_WAYS) as town:
        hooked(town, "ok")
        town.beat()
        calm.mails.clear()
        calm.said.clear()
        calm._answers.update(script)
        town.server.asked.clear()
        yield town, calm


def hooked(town: Town, said: str, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> None:
    town.web.answers["hook"] = lambda asked: answer(status, said.encode(), headers)


def put(town: Town, *keys: str, channel: str = "email", lasts: timedelta = 12 * HOUR, kind: str = "alert") -> None:
    """Messages in the outbox, due now."""
    now = town.clock.now()
    with town.house.store.writing() as tx:
        outbox.enqueue(
            tx,
            [
                Notification(
                    key=key,
                    person_id="camille",
                    channel_id=channel,
                    client_id="floreal",
                    message=Message(
                        kind=kind, client_id="floreal", subject=f"[FL Floréal] {key}", text=key, urgent=Urgent.NOW
                    ),
                    created=now,
                    due=now,
                    expires=now + lasts,
                )
                for key in keys
            ],
        )


def ids(server: ScriptedSmtp) -> list[str]:
    return [str(message_from_bytes(mail)["Message-ID"]).strip("<>").partition("@")[0] for mail in server.mails]


def found(town: Town, key: str) -> Notification:
    with town.house.store.reading() as conn:
        return outbox.find(conn, key)


def posts(town: Town) -> list[bytes]:
    return [asked.body for asked in town.server.asked if asked.target == "/hook"]


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"RCPT": ["450 greylisted", "250 ok"]}, id="greylisting"),
        pytest.param({"GREET": ["421 too busy", "220 kit"]}, id="too busy"),
        pytest.param({"BODY": ["452 disk full", "250 ok"]}, id="no room, after the text"),
        pytest.param({"MAIL": ["451 try later", "250 ok"]}, id="try later"),
    ],
)
def test_refused_for_now_is_sent_once(tmp_path: Path, said: dict[str, list[str]]) -> None:
    """Not tried again at once; then it leaves, and never again."""
    with mail_town(tmp_path, said) as (town, server):
        put(town, "a")
        town.send()
        taken = len(server.said)
        town.send()
        assert len(server.said) == taken, "no hot retry"
        town.live(town.clock.now() + 10 * MINUTE, minutes=1)
        assert found(town, "a").state is NotificationState.SENT
        assert ids(server)[-1] == "a"
        assert "X-Veille-Possible-Repeat" not in server.mails[-1].decode()


def test_cut_after_the_text_is_sent_again_with_the_same_number(tmp_path: Path) -> None:
    """It may have arrived: the same Message-ID, and the second says that it may be a repeat."""
    with mail_town(tmp_path, {"BODY": [CUT, "250 ok"]}) as (town, server):
        put(town, "a")
        town.live(town.clock.now() + 10 * MINUTE, minutes=1)
        assert ids(server) == ["a", "a"]
        assert ["X-Veille-Possible-Repeat: yes" in mail.decode() for mail in server.mails] == [False, True]
        assert found(town, "a").state is NotificationState.SENT


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"RCPT": "550 5.1.1 no such user"}, id="nobody there"),
        pytest.param({"MAIL": "554 go away"}, id="not from us"),
    ],
)
def test_a_dead_channel_is_told_by_another(tmp_path: Path, said: dict[str, str]) -> None:
    """Refused for good: tried once, nothing more by it, the operator hears by Slack, once."""
    with mail_town(tmp_path, said) as (town, server):
        put(town, "a", "b")
        town.live(town.clock.now() + HOUR)
        assert sum(line.lower().startswith("mail") for line in server.said) == 1
        assert found(town, "a").state is NotificationState.FAILED
        told = [post for post in posts(town) if b"Exploitant" in post]
        assert len(told) == 1
        assert b"email" in told[0]


def test_one_channel_down_does_not_delay_another(tmp_path: Path) -> None:
    """A silent mail server keeps its own messages; Slack's leaves meanwhile."""
    with mail_town(tmp_path, {}) as (town, _):
        posted, released = Event(), Event()

        class Slow:
            repeats = True

            def send(self, channel: Channel, message: Message, *, key: str, possible_repeat: bool = False) -> Outcome:
                assert posted.wait(10), "Slack waits for the mail server"
                released.set()
                return Outcome(result=Result.TEMPORARY, detail="silent")

        find = town.house.notifier
        town.with_(notifier=lambda kind: Slow() if kind == "email" else find(kind))
        hooked(town, "ok")
        script = town.web.answers["hook"]

        def heard(asked: Asked):  # type: ignore[no-untyped-def]
            posted.set()
            return script(asked)

        town.web.answers["hook"] = heard
        put(town, "mail")
        put(town, "post", channel="slack")
        deliver(town.house)
        assert released.is_set()
        assert found(town, "post").state is NotificationState.SENT


def test_slack_that_asks_to_wait_is_waited_for_in_order(tmp_path: Path) -> None:
    """429 with Retry-After 2: nothing for two seconds, then all three in the order they came."""
    with mail_town(tmp_path, {}) as (town, _):
        hooked(town, "slow down", 429, (("Retry-After", "2"),))
        put(town, "one", "two", "three", channel="slack")
        town.send()
        assert len(posts(town)) == 1
        hooked(town, "ok")
        town.clock.pass_(seconds=1)
        town.send()
        assert len(posts(town)) == 1
        town.clock.pass_(seconds=2)
        town.send()
        said = [post.decode() for post in posts(town)[1:]]
        assert ["one" in said[0], "two" in said[1], "three" in said[2]] == [True] * 3


def test_a_day_without_mail_ends_in_one_message(tmp_path: Path) -> None:
    """Down for 24 hours under 500 alerts: few attempts, nothing old pushed, one summary; Slack has all of its own."""
    with mail_town(tmp_path, {"GREET": "421 down"}) as (town, server):
        for hour in range(24):
            put(town, *(f"h{hour}.{n}" for n in range(21)))
            put(town, f"s{hour}", channel="slack")
            for _ in range(12):
                town.clock.pass_(minutes=5)
                town.send()
        assert len([post for post in posts(town) if b"[FL Flor" in post]) == 24
        with town.house.store.reading() as conn:
            tried = sum(one.attempts for one in outbox.waiting(conn))
        assert tried < 600, "new alerts try once; what waits does not hammer"
        server._answers["GREET"] = "220 kit"
        for _ in range(40):
            town.clock.pass_(minutes=1)
            town.send()
        subjects = [str(message_from_bytes(mail)["Subject"]) for mail in server.mails]
        summaries = [mail for mail in server.mails if b"X-Veille: missed;" in mail]
        assert len(summaries) == 1
        assert len(server.mails) <= 30, subjects
        with town.house.store.reading() as conn:
            assert outbox.waiting(conn) == ()


def test_an_alert_that_expired_is_named_when_the_channel_is_back(tmp_path: Path) -> None:
    """One message too old to be sent is not lost in silence."""
    with mail_town(tmp_path, {"GREET": "421 down"}) as (town, server):
        put(town, "old", lasts=HOUR)
        town.live(town.clock.now() + 3 * HOUR, minutes=30)
        assert found(town, "old").state is NotificationState.DROPPED
        put(town, "new")
        server._answers["GREET"] = "220 kit"
        town.live(town.clock.now() + HOUR, minutes=5)
        texts = [mail.decode() for mail in server.mails]
        assert ids(server)[0] == "new" or "new" in ids(server)
        assert any("X-Veille: missed" in text and "old" in text for text in texts)


def test_a_mail_server_away_for_an_hour_is_told(tmp_path: Path) -> None:
    """Not before: greylisting is no alarm."""
    with mail_town(tmp_path, {"GREET": "421 down"}) as (town, _):
        put(town, "a")
        town.live(town.clock.now() + 50 * MINUTE, minutes=5)
        assert posts(town) == []
        town.live(town.clock.now() + 30 * MINUTE, minutes=5)
        assert len([post for post in posts(town) if b"421" in post]) == 1


def test_when_no_channel_works_it_is_known(tmp_path: Path) -> None:
    """Every channel dead: silent at once. Every channel failing: silent after an hour. One that works: not silent."""
    with mail_town(tmp_path, {"GREET": "421 down"}) as (town, server):
        hooked(town, "no", 503)
        assert silent(town) is None
        put(town, "a")
        put(town, "b", channel="slack")
        began = town.clock.now()
        town.live(began + 55 * MINUTE, minutes=5)
        assert silent(town) is None
        town.live(began + 80 * MINUTE, minutes=5)
        assert silent(town) == began + 5 * MINUTE
        server._answers["GREET"] = "220 kit"
        town.live(town.clock.now() + 20 * MINUTE, minutes=5)
        assert silent(town) is None
        with town.house.store.writing() as tx:
            for channel in ("email", "slack"):
                deadchannels.mark_dead(tx, "camille", channel, "550", town.clock.now())
        assert silent(town) == town.clock.now()


def silent(town: Town) -> datetime | None:
    with town.house.store.reading() as conn:
        return silent_since(conn, town.house.installation.people, now=town.clock.now())


def test_a_channel_that_breaks_us_is_an_outcome(tmp_path: Path) -> None:
    """A fault of ours in one channel: retried later, the rest of the batch settled."""
    with mail_town(tmp_path, {}) as (town, _):
        find = town.house.notifier

        class Broken:
            repeats = True

            def send(self, channel: Channel, message: Message, *, key: str, possible_repeat: bool = False) -> Outcome:
                raise RuntimeError("https://secret.example/token")

        town.with_(notifier=lambda kind: Broken() if kind == "email" else find(kind))
        put(town, "a")
        put(town, "b", channel="slack")
        deliver(town.house)
        assert found(town, "b").state is NotificationState.SENT
        with town.house.store.reading() as conn:
            (receipt,) = outbox.receipts(conn, found(town, "a").id)
        assert receipt.outcome.detail == "a fault of ours: RuntimeError"


def test_stopping_during_a_slow_send_leaves_it_marked(tmp_path: Path) -> None:
    """Told to end while Slack hangs: within seconds the message is back in the outbox, as a possible repeat."""
    with mail_town(tmp_path, {}) as (town, _):
        town.web.answers["hook"] = lambda asked: (town.house.stopping.set(), hang(20))[1]
        put(town, "a", channel="slack")
        deliver(town.house)
        again = found(town, "a")
        assert (again.state, again.possible_repeat) == (NotificationState.WAITING, True)
        assert again.due == town.clock.now()


def test_removed_from_the_settings_is_dropped_with_a_reason(tmp_path: Path) -> None:
    """A channel gone from people.yaml: what waits for it does not linger."""
    with mail_town(tmp_path, {}) as (town, _):
        put(town, "a", channel="slack")
        installed = town.house.installation
        mail_only = tuple(replace(p, channels=p.channels[:1]) for p in installed.people)
        town.house = refurnish(town.house, replace(installed, people=mail_only))
        adopt(town.house)
        assert found(town, "a").state is NotificationState.DROPPED
