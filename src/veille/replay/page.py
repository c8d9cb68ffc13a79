"""The page of a replay: one file, no script, nothing from elsewhere; the timeline, the numbers, every alert."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal

from veille.model.watch import Client
from veille.rendering.catalogue import Catalogue, later, read_catalogue, shipped
from veille.replay import chart
from veille.replay.run import Replayed

Event = Mapping[str, Any]

_KINDS = {"spike": later("spike"), "urgent": later("urgent")}
_LEVELS = {
    "low": later("low"),
    "medium": later("medium"),
    "high": later("high"),
    "critical": later("critical"),
}


def page(client: Client, runs: Sequence[tuple[str, Replayed]]) -> str:
    """The HTML of one replay, or of several under the names of their settings, in the client's language."""
    words = read_catalogue(shipped(client.language), package="veille.replay")
    title = escape(words.say("Replay of {name}", name=client.name))
    said = escape(words.say("Past items played through veille on a simulated clock. Nothing was sent."))
    parts = [part for name, replayed in runs for part in _run(words, client, name, replayed)]
    style = files("veille.replay").joinpath("page.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{style}</style></head><body><main><h1>{title}</h1><p class=small>{said}</p>"
        f"{''.join(parts)}</main></body></html>\n"
    )


def _run(words: Catalogue, client: Client, name: str, replayed: Replayed) -> Iterator[str]:
    if name:
        yield _heading(words.say("Settings: {name}", name=name))
    yield _numbers(words, replayed.summary)
    drawn = chart.draw(
        replayed.buckets,
        replayed.rung,
        zone=client.zone,
        language=words.language,
        title=words.say("Mentions over time"),
    )
    yield f"<div class=wide>{drawn}</div>{_legend(words)}"
    alerts = [event for event in replayed.rung if event["event"] == "alert"]
    yield _heading(words.count("{n} alert", "{n} alerts", len(alerts), n=len(alerts)))
    yield from (_alert(words, client, number, event) for number, event in enumerate(alerts, start=1))
    if not alerts:
        nothing = words.say("Nothing would have rung.")
        yield f"<p>{escape(nothing)}</p>"


def _heading(said: str) -> str:
    return f"<h2>{escape(said)}</h2>"


def _numbers(words: Catalogue, summary: Event) -> str:
    rate = summary["alarms_per_30_days"]
    often = words.count("spike in 30 days, after 14 days", "spikes in 30 days, after 14 days", _several(rate or 0))
    shown = (
        (words.count("day", "days", _several(summary["days"])), _number(words, summary["days"])),
        (words.count("item", "items", summary["items"]), _number(words, summary["items"])),
        (words.count("mention", "mentions", summary["mentions"]), _number(words, summary["mentions"])),
        (words.count("story", "stories", summary["stories"]), _number(words, summary["stories"])),
        (words.count("spike", "spikes", summary["spikes"]), _number(words, summary["spikes"])),
        (words.count("urgent alert", "urgent alerts", summary["urgent"]), _number(words, summary["urgent"])),
        (often, "–" if rate is None else _number(words, rate)),
    )
    cells = "".join(f"<div><b>{escape(number)}</b><span>{escape(name)}</span></div>" for name, number in shown)
    return f"<div class=numbers>{cells}</div>"


def _several(number: float) -> int:
    """The number that a noun agrees with: one and a half is several."""
    return int(number) if number == int(number) else 2


def _number(words: Catalogue, number: float) -> str:
    return str(format_decimal(number, format="#,##0.#", locale=words.language))


def _legend(words: Catalogue) -> str:
    marks = (
        ("bar", words.say("mentions")),
        ("band", words.say("what is usual (19 times in 20)")),
        ("spell", words.say("a spike lasts")),
        ("rises", words.say("spike alert")),
        ("urges", words.say("urgent alert")),
    )
    return f"<p class=legend>{' '.join(f'<span><i class={kind}></i>{escape(said)}</span>' for kind, said in marks)}</p>"


def _alert(words: Catalogue, client: Client, number: int, event: Event) -> str:
    at = datetime.fromisoformat(event["at"]).astimezone(ZoneInfo(client.zone))
    when = format_datetime(at, "EEE d MMM yyyy, HH:mm", locale=words.language)
    first, _, rest = str(event["text"]).strip().partition("\n")
    kind, level = _KINDS[event["kind"]], _LEVELS[event["level"]]
    channels = words.say("To: {channels}", channels=", ".join(event["channels"]))
    return (
        f'<article class="{event["kind"]}"><p class=small>{number} · <time datetime="{escape(event["at"])}">'
        f"{escape(when)}</time> · {escape(words.say(kind))} · {escape(words.say(level))}</p><h3>{escape(first)}</h3>"
        f"<div class=text>{escape(rest.strip())}</div><p class=small>{escape(channels)}</p></article>"
    )
