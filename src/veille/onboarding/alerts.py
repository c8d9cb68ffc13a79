"""Exported Google Alerts to watches and sources of a client: what is new, what is there already, what is lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlencode

from veille.errors import QueryError
from veille.model.exchange import Source
from veille.model.installation import Installation
from veille.model.watch import Client, Watch
from veille.onboarding.google import NEWS, NEWS_DAYS
from veille.onboarding.google_export import ExportedAlert
from veille.onboarding.google_syntax import translate
from veille.query import Query, duplicates, parse
from veille.settings.fields import slug
from veille.settings.shape_source import source_key
from veille.text.clean import one_line, shorten
from veille.text.fold import fold

_EVERY, _NEWS_EVERY = timedelta(minutes=15), timedelta(minutes=30)
#: Characters of an id, and of a watch's name.
_ID, _NAME = 40, 60
#: What an id does without: exclusions and operators.
_UNWANTED = re.compile(r"(?:^|\s)-(?:\w+:)?(?:\"[^\"]*\"|\S+)|\b(?:OR|AND)\b|\w+:|\bwww\.")
#: What Google News is asked for when an alert says no country.
_COUNTRIES = {"fr": "FR", "en": "US"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What became of one alert."""

    alert: ExportedAlert
    watch: Watch | None = None
    source: Source | None = None
    #: Why there is no watch or no source, and what of the alert could not be said here.
    notes: tuple[str, ...] = ()
    #: Whether it cannot be a query here.
    refused: bool = False


@dataclass(slots=True)
class _Plan:
    """What there is, and what is added to it alert after alert."""

    client: Client
    news: bool
    queries: dict[str, Query]
    watch_ids: set[str]
    source_ids: set[str]
    keys: dict[str, str] = field(default_factory=dict)


def adopt(alerts: Sequence[ExportedAlert], client: Client, installed: Installation, *, news: bool) -> list[Adopted]:
    """What to add to the client. With `news`, an alert without the address of its feed asks Google News instead."""
    lists = dict(client.lists)
    plan = _Plan(
        client=client,
        news=news,
        queries={watch.id: parse(watch.query, lists=lists) for watch in client.watches},
        watch_ids={watch.id for each in installed.clients for watch in each.watches},
        source_ids={source.id for each in installed.clients for source in each.sources},
        keys={source.key: source.id for source in client.sources},
    )
    return [_adopted(alert, plan) for alert in alerts]


def _adopted(alert: ExportedAlert, plan: _Plan) -> Adopted:
    try:
        translated = translate(alert.query)
    except QueryError as error:
        said = f"{error.message} {error.suggestion}".strip()
        return Adopted(alert=alert, notes=(said,), refused=True)
    notes = [*translated.notes, *_lost(alert)]
    watch = _watch(alert, translated.query, plan, notes)
    source = _source(alert, watch.id if watch else _base(alert.query), plan, notes, watched=watch is not None)
    return Adopted(alert=alert, watch=watch, source=source, notes=tuple(notes))


def _lost(alert: ExportedAlert) -> Iterator[str]:
    if alert.strict_country and alert.country:
        yield f"results of {alert.country} alone: there is no such limit here; site:{alert.country.lower()} is near it"
    if alert.sources and set(alert.sources) != {"NEWS", "WEB"}:
        yield f"{', '.join(alert.sources)} alone: a watch here looks at all of the client's sources"
    if "HIGH" in alert.quality:
        yield "only the best results: all are taken here"


def _watch(alert: ExportedAlert, query: Query, plan: _Plan, notes: list[str]) -> Watch | None:
    watch_id = _free(_base(alert.query), plan.watch_ids)
    same = duplicates(plan.queries | {watch_id: query}).get(watch_id)
    if same is not None:
        notes.append(f"skipped: the watch {same} asks the same")
        return None
    plan.queries[watch_id] = query
    plan.watch_ids.add(watch_id)
    return Watch(
        id=watch_id,
        name=shorten(one_line(alert.query.replace(",", " ")), _NAME),
        query=str(query),
        languages=(alert.language,) if alert.strict_language and alert.language else (),
    )


def _source(alert: ExportedAlert, base: str, plan: _Plan, notes: list[str], *, watched: bool) -> Source | None:
    """The source of the alert's feed; without its address, that of Google News when the watch is new."""
    if not alert.feed and alert.delivery == "RSS":
        notes.append("the export does not hold the address of its feed: copy it from https://www.google.com/alerts")
    if not alert.feed and not (watched and plan.news):
        return None
    made = _alerts_source(base, alert) if alert.feed else _news_source(base, alert, plan.client)
    if made.key in plan.keys:
        notes.append(f"skipped: the source {plan.keys[made.key]} asks the same address")
        return None
    made_id = _free(made.id, plan.source_ids)
    plan.source_ids.add(made_id)
    plan.keys[made.key] = made_id
    return replace(made, id=made_id)


def _alerts_source(base: str, alert: ExportedAlert) -> Source:
    kind = "google_alerts"
    key = source_key(kind, alert.feed)
    return Source(id=f"{base}-alerts", kind=kind, url=alert.feed, key=key, interval=_EVERY, place="search")


def _news_source(base: str, alert: ExportedAlert, client: Client) -> Source:
    url = news_search(alert.query, language=alert.language or client.language, country=alert.country)
    return Source(
        id=f"{base}-news", kind="feed", url=url, key=source_key("feed", url), interval=_NEWS_EVERY, place="search"
    )


def news_search(query: str, *, language: str, country: str = "") -> str:
    """The feed of Google News for a search in Google's own syntax."""
    where = country or _COUNTRIES.get(language, "US")
    tongue = language if language == "fr" else f"{language}-{where}"
    asked = {"q": f"{query} when:{NEWS_DAYS}d", "hl": tongue, "gl": where, "ceid": f"{where}:{language}"}
    return f"{NEWS}?{urlencode(asked)}"


def _base(text: str) -> str:
    """An id of the words that are looked for, cut between two of them."""
    wanted = slug(fold(_UNWANTED.sub(" ", text)))
    return wanted if len(wanted) <= _ID else wanted[:_ID].rpartition("-")[0] or wanted[:_ID]


def _free(base: str, taken: Collection[str]) -> str:
    names = (base if number == 1 else f"{base}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
