"""`veille read`: a saved answer of each service is read by its own connector, without more words than needed."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from tools_kit import veille

from veille.sources.base import kind_of, kinds
from veille.sources.kind import Shape

SOURCES = Path(__file__).parents[1] / "sources"
MAILS = sorted((SOURCES / "golden").glob("mailbox_*_fr.eml"))
#: What cannot be read without being told.
WORDS = {"page": True}


def sheet(kind: str) -> ModuleType:
    """The sheet of the exam that writes answers of a kind."""
    found = importlib.util.spec_from_file_location(f"read_{kind}", SOURCES / "exam" / f"{kind}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


POLLED = [kind for kind in kinds() if kind_of(kind).shape is Shape.POLL]


@pytest.mark.parametrize("kind", POLLED)
def test_an_answer_of_each_kind_is_read_as_it_is(kind: str, tmp_path: Path) -> None:
    """No step, no secret, no search to say: the defaults are those of the answer that holds entries."""
    module = sheet(kind)
    file = tmp_path / "answer"
    file.write_bytes(module.page([module.item(n) for n in range(1, 4)]))
    options = [f"{name}={value}" for name, value in module.SOURCE.options if WORDS.get(kind)]
    words = [word for option in options for word in ("--option", option)]
    result = veille("read", kind, str(file), "--json", *words)
    entries = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0, result.stderr
    assert len(entries) == 3
    for entry in entries:
        assert entry["title"] or entry["text"]
        for name in ("author", "link", "published", "rating"):
            assert name not in module.SAYS or entry[name] not in ("", None), (name, entry)


def test_frames_of_a_stream_are_one_a_line(tmp_path: Path) -> None:
    module = sheet("bluesky_stream")
    file = tmp_path / "frames"
    frames = [module.event(n) for n in range(1, 4)]
    file.write_bytes(b"\n".join(f if isinstance(f, bytes) else f.encode() for f in frames))
    result = veille("read", "bluesky_stream", str(file), "--json")
    assert len(result.stdout.splitlines()) == 3, result.output


@pytest.mark.parametrize("mail", MAILS, ids=lambda path: path.stem)
def test_a_mail_is_read_as_its_sender_is_known(mail: Path) -> None:
    result = veille("read", "mailbox", str(mail))
    assert result.exit_code == 0, result.output
    left_out = mail.stem.startswith(("mailbox_ours", "mailbox_command"))
    assert result.stdout.startswith("0 entries" if left_out else "1. "), result.stdout


def test_a_dropped_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "dropped.jsonl"
    file.write_text('{"title": "Floréal", "url": "https://a.example/1"}\n')
    assert "1. Floréal\n" in veille("read", "directory", str(file)).stdout


def test_what_is_found_is_shown(tmp_path: Path) -> None:
    """And what the connector would ask next; the links are made whole by --url."""
    file = tmp_path / "answer.json"
    file.write_text('{"posts": [{"id": 1, "username": "lou", "blurb": "Floréal", "topic_id": 2, "post_number": 3}]}')
    result = veille("read", "discourse", str(file), "--url", "https://forum.example")
    assert result.stdout.splitlines() == [
        "1. (no title)",
        "   text       Floréal",
        "   author     lou",
        "   link       https://forum.example/t/-/2/3",
        "   published  unknown",
        "1 entries",
    ]


def test_relative_links_stand_somewhere(tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    file.write_text('{"posts": [{"id": 1, "username": "lou", "blurb": "Floréal", "topic_id": 2, "post_number": 3}]}')
    result = veille("read", "discourse", str(file))
    assert "link       https://site.invalid/t/-/2/3" in result.stdout
    assert "give --url" in result.stderr


def test_recommendations_need_no_step(tmp_path: Path) -> None:
    file = tmp_path / "ratings.json"
    said = {
        "created_time": "2026-11-20T10:00:00+0000",
        "recommendation_type": "negative",
        "review_text": "Jamais livré",
    }
    file.write_text(json.dumps({"data": [said]}))
    (line,) = veille("read", "facebook_page", str(file), "--json").stdout.splitlines()
    assert (json.loads(line)["rating"], json.loads(line)["text"]) == (1.0, "Jamais livré")


def test_a_login_says_what_comes_next(tmp_path: Path) -> None:
    file = tmp_path / "session.json"
    file.write_text('{"accessJwt": "abc"}')
    said = veille("read", "reddit", str(file), "--step", "session").stderr
    assert "no session was opened" in said
    file.write_text('{"access_token": "abc"}')
    shown = veille("read", "reddit", str(file), "--step", "session", "--option", "subreddit=france").stdout
    assert "then it would ask GET https://oauth.reddit.com/r/france/search.json" in shown
    assert "abc" not in shown


def test_packed_answers_are_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "answer.gz"
    file.write_bytes(gzip.compress(b'{"hits": [{"objectID": "1", "author": "a", "title": "T"}]}'))
    assert "1 entries" in veille("read", "hackernews", str(file)).stdout
    file.write_bytes(gzip.compress(b'{"hits": []}')[:-10])
    assert "broken gzip" in veille("read", "hackernews", str(file)).stderr


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the answer is empty"),
        (b"<!DOCTYPE html><title>Connexion</title>", "an HTML page"),
        (b'{"message": "rate limited"}', "no `hits` in the answer: rate limited"),
    ],
)
def test_what_no_longer_resembles_is_an_error(body: bytes, said: str, tmp_path: Path) -> None:
    """For people on standard error, for programs on standard output too."""
    file = tmp_path / "answer"
    file.write_bytes(body)
    result = veille("read", "hackernews", str(file), "--json")
    told = json.loads(result.stdout)["error"]
    assert (result.exit_code, told.startswith(said)) == (1, True), told
    assert result.stderr == f"veille: hackernews: {told}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hackernew", "x"), "no kind of source 'hackernew'"),
        (("reddit", "x", "--option", "subreddit"), "write NAME=VALUE"),
        (("reddit", "x", "--option", "sub=france"), "--option sub: no such option of kind reddit"),
        (("hackernews", "x", "--option", "a=b"), "no such option of kind hackernews: it has none"),
        (("reddit", "/nowhere/x"), "/nowhere/x: No such file or directory"),
    ],
)
def test_wrong_words_are_said(words: tuple[str, ...], said: str) -> None:
    result = veille("read", *words)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_a_page_needs_its_selectors(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html><p class=m><a href='/1'>Floréal</a></p>")
    assert "the option `item` is missing" in veille("read", "page", str(file)).stderr
    assert "is no CSS selector" in veille("read", "page", str(file), "--option", "item=p[").stderr
    url = ("--url", "https://a.example/")
    assert "https://a.example/1" in veille("read", "page", str(file), "--option", "item=p.m", *url).stdout
