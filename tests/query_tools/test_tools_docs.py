"""Runs every example of docs/query-tools.md."""

from __future__ import annotations

import re
import shlex
from datetime import timedelta
from pathlib import Path

import pytest
from tools_kit import client, edit, rematched, veille, written

from kit_house import open_town
from kit_settings import write_folder
from veille.cli.queries import as_counts, as_text, tried
from veille.pipeline.poll import poll
from veille.pipeline.trial import attempt

PAGE = (Path(__file__).parents[2] / "docs" / "query-tools.md").read_text(encoding="utf-8")
#: (command, kind of answer, answer)
EXAMPLES = re.findall(r"```sh\nveille (.*?)\n```\n\n```(\w+)\n(.*?)```", PAGE, flags=re.DOTALL)
FILES = dict(re.findall(r"`([\w.]+)`:\n\n```json\n(.*?)```", PAGE, flags=re.DOTALL))
#: What the page says is stored, a minute apart from noon on: feed and title.
STORED = (
    ("forum", "Le fleuriste de la place"),
    ("press", "La frégate Floréal rentre"),
    ("press", "Floréal : les fleuristes reprennent"),
    ("press", "Floréal : les fleuristes manifestent"),
    ("press", "Floréal : les fleuristes en grève"),
    ("forum", "Floréal : bouquet jamais reçu"),
    ("forum", "Floréal : livraison parfaite"),
)


@pytest.mark.parametrize(("command", "answer"), [(c, a) for c, kind, a in EXAMPLES if kind == "text"])
def test_a_command_answers_as_the_page_says(tmp_path: Path, command: str, answer: str) -> None:
    """Files are those of the page, the client is Floréal."""
    config = write_folder(tmp_path, {})
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    words = [str(tmp_path / word) if word in FILES else word for word in shlex.split(command)]
    found = veille(*words, *(["--config", str(config)] if words[0] == "import" else []))
    assert (found.stderr + found.stdout).replace(f"{tmp_path}/", "") == answer


def test_what_is_stored_is_tried_and_rematched_as_the_page_says(tmp_path: Path) -> None:
    (trial,) = [(c, a) for c, kind, a in EXAMPLES if kind == "preview"]
    (again,) = [(c, a) for c, kind, a in EXAMPLES if kind == "rematch"]
    with open_town(tmp_path, clients={"floreal": written("Floréal", "press", "forum", query="query: Floréal")}) as town:
        town.settle_in()
        for number, (feed, title) in enumerate(STORED):
            town.publish(feed, title, published=town.clock.now() - timedelta(minutes=20 - number))
        poll(town.house)
        _, client_id, watch_id, _, query = shlex.split(trial[0])
        watch = tried(client(town, client_id), watch_id, query)
        assert watch is not None
        with town.house.store.reading() as conn:
            found = attempt(conn, client(town), watch, since=town.clock.now() - timedelta(days=7))
        assert as_text(found, days=7) == trial[1].rstrip("\n")
        edited = edit(town, "query: Floréal", f"query: {query}")
        assert as_counts(shlex.split(again[0])[1], rematched(town, edited)) == again[1].rstrip("\n")


def test_every_example_is_run() -> None:
    assert len(EXAMPLES) == PAGE.count("```sh") == 6
    assert FILES.keys() == {"entries.jsonl", "alerts.json"}
