"""`veille sources` and `veille explain`: what a service is asked, what is checked again here, what it may cost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tools_kit import veille

from kit_house import client, open_town
from kit_settings import CLIENT, write_folder
from veille.model.exchange import Request, Response
from veille.pipeline.explain import explain
from veille.store import mentions

HEAD = CLIENT.partition("watches:")[0]
QUERY = '(Floréal OU "fleurs Floréal") SAUF (navire OU rue) ET rating:<=2'


def listed(at: Path, *sources: str, query: str = QUERY) -> list[dict[str, Any]]:
    text = f"{HEAD}watches:\n  - {{id: floreal, query: '{query}'}}\nsources:\n"
    config = write_folder(at, {"clients/floreal.yaml": text + "".join(f"  - {source}\n" for source in sources)})
    (at / "token").write_text("s3cret")
    (at / "token").chmod(0o600)
    result = veille("sources", "--json", "--config", str(config))
    assert result.exit_code == 0, result.output
    assert "s3cret" not in result.stdout
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("source", "asks", "here"),
    [
        ("{kind: google_news}", ['(Floréal OR "fleurs Floréal") -navire -rue'], ["rating:<=2"]),
        (
            "{kind: reddit}",
            ['(Floréal OR "fleurs Floréal") AND NOT navire AND NOT rue'],
            ["rating:<=2"],
        ),
        ("{kind: hackernews}", ["Floréal", '"fleurs Floréal"'], ["NOT (navire OR rue)", "rating:<=2"]),
        ("{kind: feed, url: 'https://a.example/f'}", [], []),
    ],
)
def test_each_service_is_asked_in_its_own_words(source: str, asks: list[str], here: list[str], tmp_path: Path) -> None:
    (found,) = listed(tmp_path, source)
    assert (found["asks"], found["checked_here"]) == (asks, here)


def test_hashtags_stand_for_words_and_all_is_checked_here(tmp_path: Path) -> None:
    (found,) = listed(tmp_path, "{kind: mastodon}")
    assert found["asks"] == ["#floreal", "#fleursfloreal"]
    assert len(found["checked_here"]) == 1
    (searched,) = listed(tmp_path, f"{{kind: mastodon, options: {{token: 'file:{tmp_path}/token'}}}}")
    assert searched["asks"] == ["Floréal", '"fleurs Floréal"']


def test_near_and_wildcards_are_checked_here(tmp_path: Path) -> None:
    (found,) = listed(tmp_path, "{kind: google_news}", query="Floréal NEAR/5 retard ET livr*")
    assert found["asks"] == ["Floréal retard"]
    assert found["checked_here"] == ["Floréal NEAR/5 retard", "livr*"]


def test_budgets_secrets_and_marks_are_shown(tmp_path: Path) -> None:
    token = f"token: 'file:{tmp_path}/token'"
    x, page = listed(
        tmp_path,
        f"{{id: x, kind: x, options: {{{token}, budget_per_month: 20}}}}",
        f"{{id: fb, kind: facebook_page, tags: [Propre], options: {{{token}, page: floreal}}}}",
    )
    assert x["allowed"] == ["20 dollars a calendar month", "55 calls in 15 min"]
    assert (x["experimental"], page["experimental"], page["tags"]) == (False, True, ["Propre"])


def test_a_key_in_an_address_is_hidden(tmp_path: Path) -> None:
    (found,) = listed(tmp_path, f"{{kind: youtube, options: {{key: 'file:{tmp_path}/token'}}}}")
    assert found["first"].endswith("&key=<key>")
    assert found["allowed"] == ["100 calls a day from midnight Pacific"]


def test_the_text_for_people(tmp_path: Path) -> None:
    listed(tmp_path, "{id: hn, kind: hackernews}")
    shown = veille("sources", "--client", "floreal", "--config", str(tmp_path / "config")).stdout.splitlines()
    assert shown[0] == "floreal/hn (hackernews, every 30m)"
    assert shown[1:3] == ["  asks     Floréal", '  asks     "fleurs Floréal"']
    assert "  checks   the whole query again, here; alone here: NOT (navire OR rue), rating:<=2" in shown
    wrong = veille("sources", "--client", "flore", "--config", str(tmp_path / "config"))
    assert (wrong.exit_code, "no client 'flore'; there are: floreal" in wrong.stderr) == (2, True)


def test_a_mention_says_what_its_service_was_asked(tmp_path: Path) -> None:
    text = client("Floréal", "api/v1/x", query="Floréal SAUF navire").partition("sources:")[0]
    text += "sources:\n  - {id: hn, kind: hackernews, url: '{web}'}\n"
    hit = {"objectID": "1", "author": "lou", "title": "Floréal ne livre pas", "created_at_i": 1802430000}
    body = json.dumps({"hits": [hit]}).encode()
    with open_town(tmp_path, clients={"floreal": text}) as town:
        town.with_(fetcher=Always(Response(url="https://hn.example", status=200, body=body)))
        town.beat()
        with town.house.store.reading() as conn:
            (one,) = mentions.recent(conn, "floreal", since=town.clock.now() - timedelta(days=60))
            chain = explain(conn, one.id, clients=town.house.installation.clients)
    assert "  asked      hackernews: Floréal -navire\n  checked    the whole query again, here\n" in chain


@dataclass(frozen=True)
class Always:
    """Answers every question alike."""

    answer: Response

    def fetch(self, request: Request) -> Response:
        return self.answer

    def close(self) -> None:
        """Nothing is open."""
