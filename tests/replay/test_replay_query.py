"""`veille replay ITEMS --query`: a query judged before any configuration exists."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from replay_kit import ANGRY, BEGINS, SCHEMA, events, faults, item, kinds, month, veille, written

from veille.model.alert import Reason

BUZZ = BEGINS + timedelta(days=30)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a month with one bad buzz comes to, as it is printed."""
    folder = tmp_path_factory.mktemp("replay")
    result = veille("replay", written(folder, month()), "--query", "Floréal")
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def told(played: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in played.splitlines()]


def test_every_event_is_what_the_schema_says(told: list[dict[str, object]]) -> None:
    assert {fault for event in told for fault in faults(event)} == set()
    assert {event["event"] for event in told} == {"mention", "spike", "alert", "held", "digest", "summary"}


def test_the_schema_refuses_what_is_no_event(told: list[dict[str, object]]) -> None:
    assert faults({"event": "else"})
    assert faults({**told[0], "story": 1})
    assert faults({**told[0], "more": 1})
    assert set(SCHEMA["$defs"]) >= {"mention", "ignored", "spike", "alert", "held", "digest", "summary"}


def test_events_are_in_order_and_the_summary_is_last(told: list[dict[str, object]]) -> None:
    moments = [datetime.fromisoformat(str(event["at"])) for event in told[:-1]]
    assert moments == sorted(moments)
    assert told[-1]["event"] == "summary"


def test_the_summary_counts_the_events(told: list[dict[str, object]]) -> None:
    summary = told[-1]
    started = [event for event in kinds(told, "spike") if event["state"] == "started"]
    assert summary["items"] == len(month()) == summary["mentions"]
    assert summary["spikes"] == len(started)
    assert summary["urgent"] == sum(event["kind"] == "urgent" for event in kinds(told, "alert"))
    assert summary["stories"] == len({event["story"] for event in kinds(told, "mention")})


def test_the_buzz_is_a_spike_that_starts_rings_and_is_over_within_the_day_after(
    told: list[dict[str, object]],
) -> None:
    spikes = kinds(told, "spike")
    states = [event["state"] for event in spikes]
    assert states[0] == "started"
    assert states[-1] == "over"
    assert BUZZ <= datetime.fromisoformat(str(spikes[0]["at"])) <= BUZZ + timedelta(hours=2)
    assert [e for e in kinds(told, "alert") if e["kind"] == "spike" and e["channels"] == ["query/mail"]]


def test_reasons_are_those_of_the_pipeline(told: list[dict[str, object]]) -> None:
    said = {event["reason"] for event in (*kinds(told, "alert"), *kinds(told, "held"))}
    assert said <= {reason.value for reason in Reason}


def test_a_message_is_in_french_as_it_would_be_sent(told: list[dict[str, object]]) -> None:
    texts = [str(event["text"]) for event in kinds(told, "alert")]
    assert texts
    assert all("Floréal" in text for text in texts)
    assert any("auteurs" in text for text in texts)


def test_twice_the_same_byte_for_byte(played: str, tmp_path: Path) -> None:
    assert veille("replay", written(tmp_path, month()), "--query", "Floréal").stdout == played


def test_it_runs_on_for_a_day_after_the_last_item(tmp_path: Path) -> None:
    """A buzz at the end is over before the replay is."""
    items = month(days=30, buzz_on=29.5)
    told = events(veille("replay", written(tmp_path, items), "--query", "Floréal"))
    last = datetime.fromisoformat(items[-1]["published"])
    states = [e["state"] for e in kinds(told, "spike")]
    assert states[-1] == "over"
    assert last < datetime.fromisoformat(kinds(told, "spike")[-1]["at"]) <= last + timedelta(hours=24)


def test_what_no_watch_asks_for_is_ignored_with_its_reason(tmp_path: Path) -> None:
    items = [item(1), item(2, minutes=5, text="rien"), item(3, minutes=9)]
    items[1]["text"] = "Une frégate"
    told = events(veille("replay", written(tmp_path, items), "--query", "Floréal"))
    assert [(e["url"], e["reason"]) for e in kinds(told, "ignored")] == [(items[1]["url"], "no_match")]
    assert told[-1]["items"] == 3
    assert told[-1]["mentions"] == 2


def test_a_star_takes_everything(tmp_path: Path) -> None:
    items = [item(1), {**item(2, minutes=5), "text": "Une frégate", "title": "À Brest"}]
    told = events(veille("replay", written(tmp_path, items), "--query", "*"))
    assert [event["url"] for event in kinds(told, "mention")] == [each["url"] for each in items]
    assert all(event["watches"] == ["query"] for event in kinds(told, "mention"))


def test_a_copy_names_the_mention_it_copies_by_its_place_among_the_mentions(tmp_path: Path) -> None:
    words = "Floréal ne livre plus rien depuis trois jours, et personne au siège ne répond aux clients furieux."
    said = [item(1), item(2, minutes=5), item(3, minutes=9)]
    said[0]["text"] = said[2]["text"] = words
    told = kinds(events(veille("replay", written(tmp_path, said), "--query", "Floréal")), "mention")
    assert [(e["verdict"], e["copy_of"]) for e in told][::2] == [("new", None), ("copy", "1")]
    assert told[2]["story"] == told[0]["story"]


@pytest.mark.parametrize(
    ("change", "ignored"),
    [
        pytest.param({}, 1, id="the same again"),
        pytest.param({"text": "Floréal : corrigé"}, 1, id="an edit of it"),
        pytest.param({"author": "Un autre", "text": "Floréal : autre réponse du même fil"}, 0, id="another author"),
    ],
)
def test_the_same_publication_twice_is_one_mention(tmp_path: Path, change: dict[str, str], ignored: int) -> None:
    again = {**item(1), "seen": item(1, minutes=30)["published"], **change}
    told = events(veille("replay", written(tmp_path, [item(1), again]), "--query", "Floréal"))
    assert [e["reason"] for e in kinds(told, "ignored")] == ["repeated"] * ignored
    assert told[-1]["mentions"] == 2 - ignored


def test_polling_delays_what_is_seen(tmp_path: Path) -> None:
    file = written(tmp_path, [item(1, minutes=1), item(2, minutes=14), item(3, minutes=31)])
    told = kinds(events(veille("replay", file, "--query", "Floréal", "--poll-every", "15")), "mention")
    assert [event["at"][11:16] for event in told] == ["08:15", "08:15", "08:45"]


def test_items_out_of_order_are_sorted_with_a_warning(tmp_path: Path) -> None:
    result = veille("replay", written(tmp_path, [item(2, minutes=5), item(1)]), "--query", "Floréal")
    assert [event["url"] for event in kinds(events(result), "mention")] == [item(1)["url"], item(2)["url"]]
    assert "warning" in result.stderr
    assert "out of order in 1 places" in result.stderr


def test_what_is_published_and_seen_later_is_judged_when_seen(tmp_path: Path) -> None:
    late = {**item(1), "seen": item(1, minutes=90)["published"]}
    (told,) = kinds(events(veille("replay", written(tmp_path, [late]), "--query", "Floréal")), "mention")
    assert told["at"] == late["seen"]


def test_without_an_address_it_is_still_an_item(tmp_path: Path) -> None:
    bare = [{"published": item(n)["published"], "text": f"Floréal {ANGRY[n]}", "source": "forum"} for n in range(2)]
    told = kinds(events(veille("replay", written(tmp_path, bare), "--query", "Floréal")), "mention")
    assert [event["url"] for event in told] == ["", ""]


def test_stars_and_the_kind_of_place_count(tmp_path: Path) -> None:
    rated = {**item(1, text="livré en retard"), "rating": 1, "source": "review", "lang": "fr", "followers": 12}
    (told,) = kinds(events(veille("replay", written(tmp_path, [rated]), "--query", "source:review")), "mention")
    assert told["lang"] == "fr"
    assert "rating" in {signal["name"] for signal in told["signals"]} or told["urgency"] > 0


def test_from_standard_input_as_text(tmp_path: Path) -> None:
    given = written(tmp_path, month()).read_text(encoding="utf-8")
    said = veille("replay", "-", "--query", "Floréal", "--format", "text", given=given).stdout
    assert "ALERT spike" in said
    assert f"{len(month())} items in" in said
    assert "alarms in 30 days" in said


def test_the_schema_is_printed() -> None:
    assert json.loads(veille("schema", "replay").stdout) == SCHEMA
