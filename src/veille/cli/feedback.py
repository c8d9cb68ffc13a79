"""`veille feedback`: what a mention was, the marks of a client, and the way to take their lessons back."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from veille.bootstrap import open_store, read_settings
from veille.cli.exits import Exit
from veille.cli.tables import show
from veille.cli.whoami import whoami
from veille.errors import AnswerError
from veille.model.feedback import Mark, Marked
from veille.model.installation import Installation
from veille.pipeline.feedback import Given, give
from veille.store import feedback as stored

#: What a mark does, for whoever gives it.
_EFFECT = {
    Mark.NOT_US: "look-alikes will be held once two stories say so, and left out of the digest, counted, once four do",
    Mark.USEFUL: "kept: it counts as a right alert",
    Mark.TOO_LATE: "kept: it counts as right, and late",
    Mark.CALM: "its like will weigh less, by 12 points at most, once two stories say so",
    Mark.URGENT: "its like will weigh more, by 12 points at most, once two stories say so",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words of the command."""

    mention: int | None = None
    mark: str = ""
    who: str = ""
    reset: bool = False
    client: str = ""
    as_json: bool = False


def feedback(config: Path, asked: Asked) -> int:
    """Marks a mention, lists a client's marks or resets them. Raises AnswerError, StoreError."""
    if asked.client and asked.mention is None:
        installed = read_settings(config).installation
        _known(installed, asked.client)
        return _reset(installed, asked.client) if asked.reset else _list(installed, asked)
    if asked.reset or asked.client or asked.mention is None:
        raise AnswerError("write a mention and a mark, or --client X to list its marks, or --reset --client X")
    return _mark(config, asked.mention, _mark_named(asked.mark), asked)


def _mark(config: Path, mention: int, mark: Mark, asked: Asked) -> int:
    with open_store(read_settings(config).installation) as store, store.writing() as tx:
        try:
            given = give(tx, mention, mark, who=asked.who or whoami(), at=datetime.now(UTC))
        except KeyError:
            raise AnswerError(f"no mention {mention}; `veille mentions CLIENT` lists them") from None
    if asked.as_json:
        typer.echo(json.dumps(_given(given), ensure_ascii=False))
    else:
        before = f" (it was {given.before})" if given.before and given.before is not mark else ""
        typer.echo(f"mention {mention} of {given.client_id}, story {given.story}: {mark}{before}; {_EFFECT[mark]}")
    return Exit.OK


def _reset(installed: Installation, client_id: str) -> int:
    with open_store(installed) as store, store.writing() as tx:
        number = stored.reset(tx, client_id, at=datetime.now(UTC))
    typer.echo(f"{client_id}: {number} marks teach nothing any more; the figures still count them")
    return Exit.OK


def _list(installed: Installation, asked: Asked) -> int:
    with open_store(installed) as store, store.reading() as conn:
        marks = stored.marks(conn, asked.client)
    if asked.as_json:
        typer.echo("".join(json.dumps(_plain(each), ensure_ascii=False) + "\n" for each in marks), nl=False)
    else:
        show(("mention", "mark", "at (UTC)", "by", "site", "words"), map(_row, marks))
    return Exit.OK


def _mark_named(name: str) -> Mark:
    try:
        return Mark(name)
    except ValueError:
        raise AnswerError(f"no mark {name!r}; there are: {', '.join(Mark)}") from None


def _known(installed: Installation, client_id: str) -> None:
    known = [client.id for client in installed.clients]
    if client_id not in known:
        raise AnswerError(f"no client {client_id!r}; there are: {', '.join(known) or 'none'}")


def _given(given: Given) -> dict[str, object]:
    return {
        "client": given.client_id,
        "mention": given.mention_id,
        "story": given.story,
        "mark": given.mark,
        "before": given.before,
    }


def _plain(marked: Marked) -> dict[str, object]:
    return {
        "mention": marked.mention_id,
        "mark": marked.mark,
        "at": marked.at.isoformat(),
        "by": marked.who,
        "site": marked.site,
        "words": sorted(marked.words),
    }


def _row(marked: Marked) -> tuple[str, ...]:
    words = " ".join(sorted(marked.words))
    return (str(marked.mention_id), marked.mark, f"{marked.at:%Y-%m-%d %H:%M}", marked.who, marked.site, words)
