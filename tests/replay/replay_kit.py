"""Past items for a replay, the command that plays them, and a reader of the schema of its events."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from veille.cli.app import app

BEGINS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
Event = dict[str, Any]

CALM = (
    "un très joli bouquet pour ma mère, merci",
    "la boutique de Nantes est ouverte le dimanche",
    "quelqu'un connaît leurs horaires de livraison ?",
    "les pivoines tiennent une semaine entière",
    "mon mariage était fleuri de blanc et de vert",
    "ils ont un nouveau papier recyclé",
)
ANGRY = (
    "jamais livré pour un enterrement, c'est honteux",
    "arnaque, ma commande est débitée et rien n'arrive",
    "les fleurs étaient pourries, je veux un remboursement",
    "service client injoignable, je porte plainte",
)


def item(number: int, *, days: float = 0.0, minutes: float = 0.0, text: str = "", **said: Any) -> Event:
    """An item about Floréal, so long after the beginning; its site and author follow its number."""
    at = BEGINS + timedelta(days=days, minutes=minutes)
    words = text or CALM[number % len(CALM)]
    return {
        "published": at.isoformat(),
        "url": f"https://site{number % 7}.example/{number}",
        "title": "",
        "text": f"Floréal : {words} ({number})",
        "author": f"auteur {number}",
        **said,
    }


def month(days: int = 40, *, buzz_on: float = 30.0) -> list[Event]:
    """One calm post a day, and eight angry ones within two hours of that day."""
    calm = [item(n, days=n + 0.3 * (n % 3)) for n in range(days)]
    angry = [item(1000 + n, days=buzz_on, minutes=13 * n, text=ANGRY[n % len(ANGRY)]) for n in range(8)]
    return sorted([*calm, *angry], key=lambda each: str(each["published"]))


def written(folder: Path, items: Sequence[Mapping[str, Any] | str], name: str = "items.jsonl") -> Path:
    """The file of these items; a text stands for a line as it is."""
    lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in items]
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def veille(*words: str | Path, given: str = "") -> Result:
    """The command, as a shell would run it."""
    result = CliRunner().invoke(app, [str(word) for word in words], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def events(result: Result) -> list[Event]:
    """What it printed."""
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def kinds(told: Sequence[Event], kind: str) -> list[Event]:
    """The events of one kind."""
    return [event for event in told if event["event"] == kind]


SCHEMA = json.loads(files("veille.replay").joinpath("events.schema.json").read_text(encoding="utf-8"))

_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


def faults(value: Any, schema: Mapping[str, Any] = SCHEMA, at: str = "event") -> list[str]:
    """Where a value is not what the schema says: the part of JSON Schema that ours is written in."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        tried = [faults(value, option, at) for option in schema["oneOf"]]
        return [] if tried.count([]) == 1 else [f"{at}: {min(tried, key=len)}"]
    found = [f"{at}: {word}" for word, holds in _KEYWORDS.items() if word in schema and not holds(schema[word], value)]
    if isinstance(value, dict):
        found += _members(value, schema, at)
    if isinstance(value, list) and "items" in schema:
        found += [fault for n, each in enumerate(value) for fault in faults(each, schema["items"], f"{at}[{n}]")]
    return found


def _members(value: Mapping[str, Any], schema: Mapping[str, Any], at: str) -> list[str]:
    known = schema.get("properties", {})
    found = [f"{at}: no {name}" for name in schema.get("required", ()) if name not in value]
    if schema.get("additionalProperties") is False:
        found += [f"{at}: {name} too much" for name in value if name not in known]
    return found + [f for name, each in value.items() if name in known for f in faults(each, known[name], name)]


def _is_typed(names: str | list[str], value: Any) -> bool:
    wanted = names if isinstance(names, list) else [names]
    return not isinstance(value, bool) and any(isinstance(value, _TYPES[name]) for name in wanted)


_KEYWORDS = {
    "type": _is_typed,
    "const": lambda wanted, value: value == wanted,
    "enum": lambda wanted, value: value in wanted,
    "pattern": lambda wanted, value: not isinstance(value, str) or re.search(wanted, value) is not None,
    "minimum": lambda wanted, value: not isinstance(value, int | float) or value >= wanted,
    "maximum": lambda wanted, value: not isinstance(value, int | float) or value <= wanted,
}
