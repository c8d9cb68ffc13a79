"""docs/configuration.md tells the truth: its examples load, and it names every key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kit_settings import RIGHT, loaded
from veille.channels.base import kinds
from veille.settings.schema import DRAFT, SHAPES, schema

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text()
EXAMPLES = re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, flags=re.DOTALL)
ENVIRONMENT = {
    "MAIL_PASSWORD": "x",
    "HEARTBEAT_URL": "https://hc-ping.com/1",
    "CAMILLE_SMS": "freemobile://user@key",
    "WEBHOOK_KEY": "k" * 32,
}
SLACK = "https://hooks.slack.com/services/T0000000A/B0000000A/" + "x" * 24


def completed(file: str, text: str) -> str:
    """An example, with the sections of the right file that it leaves out."""
    given = re.findall(r"^(\w+):", text, flags=re.MULTILINE)
    sections = re.findall(r"^\w+:.*?(?=^\w|\Z)", RIGHT[file], flags=re.MULTILINE | re.DOTALL)
    return text + "".join(section for section in sections if section.partition(":")[0] not in given)


@pytest.mark.parametrize(("file", "text"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_of_the_page_loads(tmp_path: Path, file: str, text: str) -> None:
    files = {file: completed(file, text), "secrets/slack": SLACK}
    assert loaded(tmp_path, files, environment=ENVIRONMENT).installation.clients


def test_every_example_says_which_file_it_is_of() -> None:
    assert len(EXAMPLES) == PAGE.count("```yaml") >= 6


def keys_of(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from part.get("properties", {})
        for inside in part.values():
            yield from keys_of(inside)


@pytest.mark.parametrize("kind", SHAPES)
def test_every_key_is_in_the_page(kind: str) -> None:
    missing = {key for key in keys_of(schema(kind)) if not re.search(rf"`([\w]+\.)?{key}`", PAGE)}
    assert missing <= {"fetch", "mail", "retention", "operator", "own", "spike"}


@pytest.mark.parametrize("kind", SHAPES)
def test_the_schema_for_editors_refuses_unknown_keys(kind: str) -> None:
    made = schema(kind)
    assert made["$schema"] == DRAFT
    assert made["additionalProperties"] is False
    assert all(part.get("additionalProperties") is False for part in made["$defs"].values())


def test_the_schema_for_editors_knows_every_kind_of_channel() -> None:
    channel = schema("people")["$defs"]["ChannelShape"]
    assert set(kinds()) <= set(channel["properties"])
