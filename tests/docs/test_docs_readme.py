"""The pages tell the truth: their YAML loads, their commands exist, their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from kit_cli import commands, options
from kit_settings import loaded
from veille.settings.parse import parse
from veille.text.gsm import fits

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PAGES = [page for folder in (".", "docs", "docs/decisions", "systemd") for page in sorted((ROOT / folder).glob("*.md"))]
#: Lines of the log that a page may quote.
LOGGED = {"veille runs", "veille stopped"}
ENVIRONMENT = {"MAIL_PASSWORD": "x", "CAMILLE_SMS": "freemobile://user@key"}


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


each_page = pytest.mark.parametrize("page", PAGES, ids=named)


def test_the_configuration_of_the_readme_is_a_whole_one(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n# (\S+)\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == README.count("```yaml") == 3
    installed = loaded(tmp_path, dict(blocks), environment=ENVIRONMENT).installation
    assert [client.id for client in installed.clients] == ["floreal"]
    assert [person.id for person in installed.serving("floreal")] == ["camille"]


@each_page
def test_every_yaml_block_is_yaml(page: Path) -> None:
    for block in re.findall(r"```yaml\n(.*?)```", page.read_text(), flags=re.DOTALL):
        assert parse(block.encode(), file=named(page)).plain()


def test_the_text_messages_of_the_readme_are_one_segment() -> None:
    messages = re.findall(r"^FL Floréal: .*$", README, flags=re.MULTILINE)
    assert len(messages) == 3
    assert all(fits(message) for message in messages)


def typed(text: str) -> list[str]:
    """The `veille ...` command lines of a page: of its blocks of shell, and what stands between backquotes."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", text, flags=re.DOTALL | re.MULTILINE)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    inline = re.findall(r"`(veille [^`]*)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    found = [
        re.search(r"(?<!-u )\bveille ([a-z][a-z-]+[^#&;|]*)", line) for line in (*lines, *inline) if line not in LOGGED
    ]
    return [match[1] for match in found if match]


@each_page
def test_every_command_named_exists_with_its_options(page: Path) -> None:
    for line in typed(page.read_text()):
        name, *words = line.split()
        assert name in commands(), f"veille {line}"
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= options(name), f"veille {line}"


@each_page
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = unquote(target).partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{named(page)}: {target}"
        if anchor:
            assert anchor in anchors(found.read_text()), f"{named(page)}: {target}"


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    asked = {name for page in PAGES for name in re.findall(r"`make (\w+)`", page.read_text())}
    asked |= set(re.findall(r"^make (\w+)", README, flags=re.MULTILINE))
    assert asked <= targets


def test_the_pictures_are_small() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())
    assert pictures
    assert all(picture.stat().st_size < 120_000 for picture in pictures)


def test_every_command_is_in_the_operators_table() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    assert {name for name in commands() if f"`veille {name}" not in page} == set()
