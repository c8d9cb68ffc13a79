"""What can be wrong with a replay: one clear line, exit code 2, and nothing printed before."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from replay_kit import item, veille, written

from kit_house import CAMILLE, FLOREAL, write

GOOD = json.dumps(item(1))


def bad(**said: object) -> str:
    return json.dumps({**item(2), **said})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("{", "not JSON, column 2", id="cut JSON"),
        pytest.param("[]", "not an entry", id="no object"),
        pytest.param('{"text": NaN}', "NaN is no JSON number", id="no number of JSON"),
        pytest.param('{"text": "Floréal"}', "published is missing", id="no date"),
        pytest.param(bad(published=None), "published is missing", id="null for a date"),
        pytest.param(bad(published="2026-03-02T08:00:00"), "says no time zone", id="naive"),
        pytest.param(bad(published="2026-03-02"), "says no time zone", id="a day"),
        pytest.param(bad(published="hier"), "is no date of ISO 8601", id="words"),
        pytest.param(bad(published=1772438400), "published: write a text", id="a Unix time"),
        pytest.param(bad(published="0001-01-01T00:00:00+14:00"), "is no year of the web", id="before the year one"),
        pytest.param(bad(published="9999-12-31T23:59:59Z"), "is no year of the web", id="the end of time"),
        pytest.param(bad(seen="2026-03-02T08:00:00"), "seen: ", id="naive when seen"),
        pytest.param(bad(text=3), "text: write a text", id="a number for a text"),
        pytest.param(bad(rating="bad"), "rating: write a number", id="a word for a rating"),
        pytest.param(bad(followers=1.5), "followers: write a whole number", id="half a follower"),
        pytest.param(bad(url="", title=" ", text=""), "nothing to read", id="nothing"),
    ],
)
def test_a_bad_line_is_named_by_its_number(tmp_path: Path, line: str, said: str) -> None:
    file = written(tmp_path, [GOOD, "", line, GOOD])
    result = veille("replay", file, "--query", "Floréal")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"{file}: line 3: " in result.stderr
    assert said in result.stderr


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_bytes(GOOD.encode() + b"\n\xff\xfe\n")
    result = veille("replay", file, "--query", "Floréal")
    assert (result.exit_code, "line 2: not UTF-8" in result.stderr) == (2, True)


def test_signs_that_no_text_can_hold_are_played(tmp_path: Path) -> None:
    file = written(tmp_path, ['{"published": "2026-03-02T08:00:00Z", "text": "Flor\\u00e9al \\ud800 \\u0000 !"}'])
    assert veille("replay", file, "--query", "Floréal").exit_code == 0


def test_a_byte_order_mark_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "items.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.encode() + b"\r\n\r\n \n")
    assert veille("replay", file, "--query", "Floréal").exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param((), 2, "write one of --client NAME, --query QUERY or --stored CLIENT", id="nothing"),
        pytest.param(("FILE",), 2, "write one of", id="a file alone"),
        pytest.param(("FILE", "--client", "floreal", "--query", "x"), 2, "write one of", id="client and query"),
        pytest.param(("--query", "Floréal"), 2, "write a file of items", id="no file"),
        pytest.param(("nowhere.jsonl", "--query", "x"), 2, "nowhere.jsonl: No such file", id="no such file"),
        pytest.param((".", "--query", "x"), 2, ".: Is a directory", id="a folder"),
        pytest.param(("EMPTY", "--query", "x"), 2, "there is no item in it", id="an empty file"),
        pytest.param(("FILE", "--query", "(x"), 2, "(x", id="a query that cannot be read"),
        pytest.param(("FILE", "--query", "x", "--format", "xml"), 2, "write text or jsonl", id="a format"),
        pytest.param(("FILE", "--query", "x", "--poll-every", "-1"), 2, "--poll-every", id="a negative delay"),
        pytest.param(("FILE", "--query", "x", "--poll-every", "nan"), 2, "--poll-every", id="a delay that is none"),
        pytest.param(("FILE", "--query", "x", "--since", "2026-01-01"), 2, "--since goes with --stored", id="since"),
        pytest.param(("FILE", "--query", "x", "--compare", "."), 2, "--compare", id="a query has no settings"),
        pytest.param(("--stored", "floreal"), 2, "takes --since DATE", id="stored without a date"),
        pytest.param(("FILE", "--stored", "floreal", "--since", "2026-01-01"), 2, "neither items", id="two pasts"),
        pytest.param(("FILE", "--client", "nobody"), 2, "no client 'nobody'; there are: floreal", id="a client"),
        pytest.param(("--stored", "floreal", "--since", "hier"), 2, "write a date such as", id="no date"),
        pytest.param(("--stored", "floreal", "--since", "2026-01-01T10:00"), 2, "says no time zone", id="naive"),
        pytest.param(("--stored", "floreal", "--since", "2026-01-01"), 3, "there is no database yet", id="no database"),
        pytest.param(("--counts", "series.csv"), 2, "--out FILE.csv go together", id="counts without out"),
        pytest.param(("FILE", "--query", "Floréal", "--html", "."), 1, "is a folder", id="a page that is a folder"),
        pytest.param(("FILE", "--query", "Floréal", "--html", "no/page.html"), 1, "cannot be written", id="a page"),
    ],
)
def test_words_that_do_not_go(tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    config = write(
        tmp_path / "config", web="http://127.0.0.1:9", port=25, clients=FLOREAL, people=CAMILLE, house="", database=""
    )
    places = {"FILE": written(tmp_path, [GOOD]), "EMPTY": written(tmp_path, [], "empty.jsonl")}
    result = veille("replay", *(places.get(word, word) for word in words), "--config", config)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in " ".join(result.stderr.split())


def test_ctrl_c_ends_it_with_130(tmp_path: Path) -> None:
    file = written(tmp_path, [item(n, days=n / 20) for n in range(4000)])
    words = [sys.executable, "-m", "veille", "replay", str(file), "--query", "Floréal"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said
