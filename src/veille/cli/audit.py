"""`veille audit`: why a client was not warned, in one paragraph with the rows behind it."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from veille.bootstrap import open_store, read_settings
from veille.cli.exits import Exit
from veille.cli.tables import show
from veille.errors import AnswerError
from veille.model.audit import Audit, Row
from veille.model.installation import Installation
from veille.model.watch import Client
from veille.pipeline import audit as audits
from veille.rendering.renderer import Renderer
from veille.settings.past import client_then
from veille.store import Connection
from veille.text.clean import neutral
from veille.text.sites import without_name
from veille.text.url import host

#: Columns of the printed paragraph.
_WIDTH = 100

#: Nothing is known of earlier days; the first of all cannot be reckoned from zone to zone.
FIRST_DAY = date(2000, 1, 1)


def audit(config: Path, client_id: str, *, url: str, since: datetime | None, as_json: bool) -> int:
    """Answers about an address, or about the time since a local day. Raises AnswerError, StoreError."""
    installed = read_settings(config).installation
    client = _client(installed, client_id)
    now = datetime.now(UTC)
    if since and since.date() < FIRST_DAY:
        raise AnswerError(f"--since {since:%Y-%m-%d}: write a day from {FIRST_DAY} on")
    begin = since.replace(tzinfo=ZoneInfo(client.zone)).astimezone(UTC) if since else None
    if begin and begin >= now:
        raise AnswerError(f"--since {since:%Y-%m-%d}: write a day that has begun")
    with open_store(installed) as store, store.reading() as conn:
        found = _audited(conn, config, client, url=url, since=begin, now=now)
    found = replace(found, address=without_name(found.address))
    paragraph = Renderer.load().audit_paragraph(found)
    rows = audits.rows(found)
    if as_json:
        typer.echo(json.dumps(_plain(found, paragraph, rows), ensure_ascii=False, indent=2))
        return Exit.OK
    typer.echo(textwrap.fill(neutral(paragraph), _WIDTH, break_on_hyphens=False) + "\n")
    show(("at (UTC)", "step", "detail"), ((f"{row.at:%Y-%m-%d %H:%M}", row.step, row.detail) for row in rows))
    return Exit.OK


def _audited(
    conn: Connection, config: Path, client: Client, *, url: str, since: datetime | None, now: datetime
) -> Audit:
    if url:
        if not host(url):
            raise AnswerError(
                f"--url {without_name(url)}: write a whole address, such as https://forum.example/sujet/1"
            )

        def then(text: str) -> Client | None:
            return client_then(text, client.id, config=config, environment=os.environ)

        return audits.of_address(conn, client, url, now=now, then=then, since=since)
    if since is None:
        raise AnswerError("write --url ADDRESS, --since DAY, or both")
    return audits.of_time(conn, client, since=since, now=now)


def _client(installed: Installation, client_id: str) -> Client:
    found = {client.id: client for client in installed.clients}
    if client_id not in found:
        raise AnswerError(f"no client {client_id!r}; there are: {', '.join(found) or 'none'}")
    return found[client_id]


def _plain(found: Audit, paragraph: str, rows: Sequence[Row]) -> dict[str, object]:
    return {
        "client": found.client.id,
        "address": found.address,
        "canonical": found.canonical,
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "text": paragraph,
        "seen": bool(found.sightings),
        "rows": [{"at": row.at.isoformat(), "step": row.step, "detail": row.detail} for row in rows],
    }
