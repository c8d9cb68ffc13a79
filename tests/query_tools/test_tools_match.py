"""`veille match`: one line out per line in, spans into what was given, reasons, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools_kit import answers, veille

from kit_settings import CLIENT, write_folder
from veille.text.fold import fold


@pytest.mark.parametrize(
    ("query", "entry", "why"),
    [
        pytest.param("LDLC", {"title": "l’LDLC"}, ["LDLC in title"], id="a word in the title"),
        pytest.param("ldlc", {"text": "LDLC, LDLC"}, ["ldlc in text"], id="said once however often it stands"),
        pytest.param("sav", {"tags": ["a", "SAV"]}, ["sav in tags[1]"], id="in the second tag"),
        pytest.param("url:promo", {"url": "https://x.fr/promo/2"}, ["promo in url"], id="the field is called url"),
        pytest.param("author:jul", {"author": "@jul"}, ["jul in author"], id="the author"),
        pytest.param("site:lemonde.fr", {"url": "https://m.lemonde.fr/a"}, ["site:lemonde.fr"], id="site from the url"),
        pytest.param("lang:fr", {"text": "Je n'ai jamais été remboursé"}, ["lang:fr"], id="language detected"),
        pytest.param("lang:en", {"text": "Je suis là", "lang": "en-GB"}, ["lang:en"], id="language said"),
        pytest.param("source:feed a", {"source": "feed", "text": "a"}, ["a in text", "source:feed"], id="a kind"),
        pytest.param("rating:<=2", {"rating": 1.5}, ["rating:<=2"], id="a number"),
        pytest.param("followers:>9", {"followers": 10}, ["followers:>9"], id="followers"),
        pytest.param("links:x.fr", {"links": ["https://x.fr/1"]}, ["links:x.fr"], id="links"),
        pytest.param("a1 -b1", {"text": "a1"}, ["a1 in text", "no b1"], id="what is not there is a reason"),
        pytest.param("a1 OR rating:1", {"rating": 1}, ["a1 OR rating:1"], id="an OR that holds by a fact"),
    ],
)
def test_what_matches_says_why(query: str, entry: dict[str, Any], why: list[str]) -> None:
    (answer,) = answers(query, entry)
    assert (answer["matched"], answer["why"]) == (True, why)


@pytest.mark.parametrize(
    ("query", "entry", "why"),
    [
        pytest.param("LDLC", {"text": "rien"}, ["LDLC is missing"], id="a word"),
        pytest.param("a1 b1", {"text": "a1"}, ["b1 is missing"], id="one of two"),
        pytest.param("a1 -b1", {"text": "a1 b1"}, ["b1 is there"], id="what was not wanted"),
        pytest.param("a1 -b1", {"text": "b1"}, ["a1 is missing", "b1 is there"], id="both"),
        pytest.param("a1 (b1 OR c1)", {"text": "a1"}, ["b1 OR c1 is missing"], id="a whole branch"),
        pytest.param("a1 OR b1", {}, ["a1 OR b1 is missing"], id="an entry without anything"),
        pytest.param("rating:>1", {"text": "5"}, ["rating:>1 is missing"], id="an absent value never matches"),
    ],
)
def test_what_does_not_match_says_why(query: str, entry: dict[str, Any], why: list[str]) -> None:
    assert answers(query, entry) == [{"line": 1, "matched": False, "spans": [], "why": why}]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "not JSON"),
        ("{", "not JSON, column 2"),
        ('"text"', "write an object"),
        ("[]", "write an object"),
        ("[" * 100_000, "too deep"),
        ('{"text": 5}', "text: write a text"),
        ('{"tags": "a"}', "tags: write a list of texts"),
        ('{"links": [1]}', "links: write a list of texts"),
        ('{"rating": true}', "rating: write a number"),
        ('{"rating": "4"}', "rating: write a number"),
        ('{"rating": NaN}', "NaN is no JSON number"),
        ('{"rating": 1e999}', "rating: too large"),
        ('{"followers": 1.5}', "followers: write a whole number"),
    ],
    ids=lambda text: text[:20],
)
def test_a_bad_line_has_its_answer_and_the_others_too(line: str, said: str) -> None:
    result = veille("match", "a1", "-", given=f'{{"text": "a1"}}\n{line}\n{{"text": "a1"}}\n')
    first, bad, last = map(json.loads, result.stdout.splitlines())
    assert (first["matched"], last["matched"], last["line"]) == (True, True, 3)
    assert bad.keys() == {"line", "error"}
    assert said in bad["error"]
    assert result.exit_code == 1


def test_bytes_that_are_no_text_are_a_bad_line() -> None:
    result = veille("match", "a1", "-", given=b'\xef\xbb\xbf{"text": "a1"}\r\n{"text": "\xff"}\n{"text": null}')
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [each.get("matched", each.get("error")) for each in found] == [
        True,
        "not UTF-8, from byte 11 on: save the file as UTF-8",
        False,
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(["a1"], 2, "write a file of entries", id="neither file nor --explain"),
        pytest.param(["a1", "-", "--explain"], 2, "--explain takes no file", id="both"),
        pytest.param(["a1", "/nowhere/at/all"], 2, "No such file", id="no such file"),
        pytest.param(["a1", "/"], 2, "directory", id="a folder"),
        pytest.param(["a1 AND", "-"], 2, "a1 AND\n   ^\nAND has nothing after it", id="a bad query, with its caret"),
        pytest.param(["-a1", "-"], 2, "^", id="a dash first is a query, not an option"),
        pytest.param(["a1", "--explain", "--lang", "de"], 2, "fr or en", id="a language that is not spoken"),
        pytest.param(["a1 -b1", "-"], 0, "", id="nothing matched is no failure"),
    ],
)
def test_exit_codes(words: list[str], code: int, said: str) -> None:
    result = veille("match", *words, given='{"text": "x"}\n')
    assert (result.exit_code, said in result.stderr) == (code, True)


def test_a_clients_own_lists(tmp_path: Path) -> None:
    config = str(write_folder(tmp_path, {"clients/floreal.yaml": f"{CLIENT}lists: {{deuil: gerbe OR couronne}}\n"}))
    words = ("match", "--explain", "$deuil", "--config", config)
    assert veille(*words).exit_code == 2
    assert "gerbe" in veille(*words, "--client", "floreal").stdout
    assert "there are: floreal" in veille(*words, "--client", "nobody").stderr
    assert veille("match", "--explain", "a1 $crise_fr", "--lang", "fr").stdout.startswith("tout ceci")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["L’LDLC", "ldlc", "ＬＤＬＣ", "l&#68;lc"]), st.text(max_size=40))
def test_spans_point_into_the_text_as_it_was_given(before: str, name: str, after: str) -> None:
    """Whatever stands around, lone surrogates included; the line goes through JSON both ways."""
    text = f"{before} {name} {after}"
    result = veille("match", "LDLC", "-", given=json.dumps({"text": text}) + "\n")
    (answer,) = map(json.loads, result.stdout.splitlines())
    shown = [text[span["start"] : span["end"]] for span in answer["spans"]]
    assert all(fold(each.replace("&#68;", "D")) == "ldlc" for each in shown)
    assert answer["matched"] == bool(shown)


def test_a_long_stream_keeps_its_order(tmp_path: Path) -> None:
    file = tmp_path / "entries.jsonl"
    file.write_text("".join(f'{{"text": "n{number} {"a1" * (number % 2)}"}}\n' for number in range(5000)))
    found = [json.loads(line) for line in veille("match", "a1", str(file)).stdout.splitlines()]
    assert [each["line"] for each in found] == list(range(1, 5001))
    assert [each["matched"] for each in found] == [False, True] * 2500
