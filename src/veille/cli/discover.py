"""`veille discover`: how a place can be watched, as YAML ready to paste."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import typer

from veille.bootstrap import open_door
from veille.cli.exits import Exit
from veille.errors import FetchError, ReadError
from veille.model.exchange import FetchPolicy, Source
from veille.onboarding.discover import Asking, addresses, why_not
from veille.onboarding.existing import existing
from veille.onboarding.proposals import Proposal, Proposals, propose
from veille.settings.wording import source_text
from veille.text.clean import neutral
from veille.text.sites import without_name


def discover(config: Path, url: str, *, allow_private: tuple[str, ...], as_json: bool) -> int:
    """Prints what is found; 1 when the place does not answer, 2 for no address. Raises SettingsError."""
    if trouble := no_address(url):
        typer.echo(f"veille: {trouble}", err=True)
        return Exit.WRONG_INPUT
    policy = asking_policy(config, allow_private)
    with open_door(policy) as (fetcher, reader):
        try:
            found = propose(url, Asking(fetcher, reader, policy))
        except (FetchError, ReadError) as error:
            typer.echo(neutral(f"veille: {url}: {why_not(error)}"), err=True)
            return Exit.FAILED
    if as_json:
        typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    else:
        typer.echo(neutral("\n".join(_lines(found))))
    return Exit.OK


def no_address(url: str) -> str:
    """What is wrong with the address of a place, without the password that may stand in it; "" when nothing is."""
    if addresses(url):
        return ""
    shown = neutral(without_name(url.strip()))
    if shown != neutral(url.strip()):
        return f"{shown}: write the address without name and password; they go into the YAML, as a reference"
    return f"{shown or 'nothing'}: not a web address: write one such as https://forum.example"


def asking_policy(config: Path, allow_private: tuple[str, ...]) -> FetchPolicy:
    """How the settings of this folder ask, when there are some, with more private places. Raises SettingsError."""
    policy = existing(config).policy
    return replace(policy, allow_private=(*policy.allow_private, *allow_private))


def _lines(found: Proposals) -> Iterator[str]:
    yield f"# {found.url}: {found.platform or 'no software that is known'}"
    yield from (f"# did not answer: {one.source.kind} {one.source.url}: {one.trouble}" for one in found.failed)
    yield "sources:"
    for one in found.found:
        yield source_text(_filled(one), notes=_notes(one))


def _notes(one: Proposal) -> list[str]:
    state = f"answers, {one.entries} entries now" if one.answers else one.trouble
    return [f"{one.says}: {state}"]


def _filled(one: Proposal) -> Source:
    """The source with what has to be had first."""
    options = dict(one.source.options) | dict(one.needs)
    return replace(one.source, options=tuple(options.items()))


def _plain(found: Proposals) -> dict[str, object]:
    return {
        "url": found.url,
        "platform": found.platform or None,
        "sources": [_one(one) for one in found.found],
        "failed": [_one(one) for one in found.failed],
    }


def _one(one: Proposal) -> dict[str, object]:
    source = _filled(one)
    return {
        "id": source.id,
        "kind": source.kind,
        "url": source.url,
        "options": dict(source.options),
        "place": source.place,
        "says": one.says,
        "answers": one.answers,
        "entries": one.entries,
        "trouble": one.trouble,
        "yaml": source_text(source),
    }
