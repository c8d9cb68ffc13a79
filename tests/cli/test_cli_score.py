"""`veille score`: a text with its reasons, a file line by line, a client's own words, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kit_settings import CLIENT, write_folder
from veille.analysis import meaning
from veille.cli.app import app
from veille.model.mention import Category, Level

COMPOTE = "Mon fils a des plaques rouges depuis qu'il a mangé vos compotes."


def veille(*words: str, typed: str = "") -> Result:
    result = CliRunner().invoke(app, ["score", *words], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_text_is_printed_with_its_reasons() -> None:
    said = veille(COMPOTE, "--lang", "fr")
    assert said.exit_code == 0
    assert " high, problem, negative" in said.stdout
    assert "danger: La santé ou la sécurité de quelqu'un serait en jeu" in said.stdout


def test_a_text_that_looks_like_an_option_is_a_text() -> None:
    assert veille("-50 % ce soir, foncez !").exit_code == 0


def test_a_file_gives_one_object_a_line(tmp_path: Path) -> None:
    file = tmp_path / "entries.jsonl"
    lines = [{"text": COMPOTE}, {"title": "Nul", "rating": 1}, {"text": ""}, {"text": "Superbe, merci !", "lang": "fr"}]
    file.write_text("".join(f"{json.dumps(each)}\n" for each in lines), encoding="utf-8")
    said = veille(str(file))
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert said.exit_code == 0
    assert len(answers) == len(lines)
    for answer in answers:
        assert set(answer) == {"urgency", "level", "category", "tone", "tone_label", "signals"}
        assert 0 <= answer["urgency"] <= 100
        assert answer["level"].upper() in Level.__members__
        assert answer["category"] in set(Category)
        assert answer["tone_label"] in ("negative", "neutral", "positive")
        assert all(set(signal) == {"name", "points", "evidence"} for signal in answer["signals"])
    assert answers[0]["level"] == "high"
    assert answers[3]["category"] == "praise"


@pytest.mark.parametrize("line", ["no json", "[1]", '{"text": 3}', '{"rating": "five"}'])
def test_a_bad_line_is_named_and_exits_with_2(line: str) -> None:
    said = veille("-", typed=f'{{"text": "ok"}}\n{line}\n')
    assert said.exit_code == 2
    assert "line 2:" in said.stderr
    assert len(said.stdout.splitlines()) == 1


def test_a_file_that_is_not_there_and_an_unknown_language_exit_with_2() -> None:
    assert veille("nowhere.jsonl").exit_code == 2
    assert veille("bonjour", "--lang", "de").exit_code == 2


def test_a_client_s_own_words_count(tmp_path: Path) -> None:
    text = f"{CLIENT}\nurgency:\n  words:\n    outage: [pointeuse]\n  weights: {{outage: 2}}\n"
    config = write_folder(tmp_path, {"clients/floreal.yaml": text})
    said = veille("La pointeuse fait des siennes.", "--client", "floreal", "--config", str(config))
    assert "outage" in said.stdout
    assert veille("bonjour", "--client", "nobody", "--config", str(config)).exit_code == 2


def test_the_sentence_model_is_asked_where_it_is_installed_and_may_be_left_out() -> None:
    plain, without, asked = (veille(COMPOTE, *option) for option in ((), ("--no-semantic",), ("--semantic",)))
    assert without.exit_code == 0
    if meaning.installed():
        assert asked.stdout == plain.stdout
    else:
        assert plain.stdout == without.stdout
        assert asked.exit_code == 2
