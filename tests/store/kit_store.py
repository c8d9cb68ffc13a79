"""Samples of what a pipeline stores, with verbs."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.mention import Kinship, Match, Signal, Span, Urgency, Verdict
from veille.model.message import Message, Notification, Outcome, Picture, Receipt, Result
from veille.store import entries, mentions, sources
from veille.store.engine import Store

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NEW = Verdict(kinship=Kinship.NEW)


def a_source(name: str = "press", **changes: Any) -> Source:
    """A feed; its key is its address."""
    url = f"https://{name}.example/feed"
    return Source(**{"id": name, "kind": "feed", "url": url, "key": f"feed:{url}", **changes})


def synced(store: Store, *names: str, client: str = "floreal", now: datetime = NOW) -> dict[str, int]:
    """The rows of these sources, by name."""
    with store.writing() as tx:
        sources.sync(tx, [(client, a_source(name)) for name in names], now=now)
        return {name: row for (_, name), row in sources.rows_of(tx, client).items()}


def new_entry(
    key: str, *, title: str = "Title", text: str = "Text", matched: bool = True, **said: Any
) -> entries.NewEntry:
    """An entry to store, published now."""
    entry = Entry(key=key, title=title, text=text, link=f"https://press.example/{key}", **said)
    content = hashlib.sha256(f"{title}\0{text}".encode(errors="surrogatepass")).digest()
    return entries.NewEntry(entry=entry, canonical=entry.link, published=NOW, content=content, matched=matched)


def new_mention(entry_id: int, **changes: Any) -> mentions.NewMention:
    """A mention of a press article by the client Floréal."""
    values: dict[str, Any] = {
        "client_id": "floreal",
        "entry_id": entry_id,
        "source_id": "press",
        "place": "press",
        "canonical": f"https://press.example/{entry_id}",
        "title_key": entry_id,
        "sketch": (entry_id * 10, entry_id * 10 + 1, entry_id * 10 + 2),
        "published": NOW,
        "seen": NOW,
        "verdict": NEW,
        "urgency": Urgency(40, (Signal("anger", 10, "honteux"),)),
        "matches": (Match("brand", (Span("title", 0, 7, "floreal"),)),),
        "title": "Title",
    }
    return mentions.NewMention(**{**values, **changes})


def mentioned(tx: Connection, row: int, number: int, **changes: Any) -> list[int]:
    """So many entries of the source in `row`, each mentioned; the mentions' numbers."""
    fresh = [new_entry(f"k{row}-{n}", author=f"author {n}", site="press.example") for n in range(number)]
    ids = entries.add(tx, row, fresh, seen=NOW)
    return mentions.add_all(tx, [new_mention(ids[each.entry.key], **changes) for each in fresh])


def a_message(text: str = "Bonjour", **changes: Any) -> Message:
    """An alert with a picture."""
    picture = Picture(cid="days", png=b"\x89PNG\r\n\x00\xff", alt="14 days")
    values = {"kind": "alert", "client_id": "floreal", "subject": "[FL] x", "text": text, "pictures": (picture,)}
    return Message(**{**values, **changes})


def a_notification(key: str = "a1", *, person: str = "lea", channel: str = "mail", **changes: Any) -> Notification:
    """A notification due now, of use for an hour."""
    values: dict[str, Any] = {
        "key": key,
        "person_id": person,
        "channel_id": channel,
        "client_id": "floreal",
        "message": a_message(),
        "created": NOW,
        "due": NOW,
        "expires": NOW + HOUR,
    }
    return Notification(**{**values, **changes})


def a_receipt(notification_id: int, result: Result = Result.SENT, *, attempt: int = 1) -> Receipt:
    """The record of an attempt that took a second."""
    outcome = Outcome(result=result, detail="250 ok", retry_after=MINUTE)
    return Receipt(notification_id=notification_id, at=NOW, attempt=attempt, outcome=outcome, took=timedelta(seconds=1))
