"""Files of a folder, told apart by their first bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from veille.errors import ReadError
from veille.model.exchange import Source
from veille.sources.base import read_message

SOURCE = Source(id="s", kind="directory", url="file:///var/spool/veille", key="s")
GOLDEN = Path(__file__).parent / "golden"
MAIL = b"Return-Path: <a@b.example>\nX-Odd: 1\nFrom: a@b.example\nSubject: %s\n\nbonjour\n"

FILES = {
    "lines": (b'{"id": "1", "title": "un"}\n\nnope\n{"id": "2", "text": "deux"}\n', ["un", "deux"]),
    "a list": (b'[{"title": "un"},\n {"title": "deux"}]', ["un", "deux"]),
    "one object over lines": (b'{"title":\n "un"}', ["un"]),
    "a feed": ((GOLDEN / "rss20.xml").read_bytes(), None),
    "a JSON feed": ((GOLDEN / "jsonfeed.json").read_bytes(), None),
    "a mail": (MAIL % b"un", ["un"]),
    "a box of mails": (
        b"From a Fri Feb 12 2027\n" + MAIL % b"un" + b"\nFrom b Fri Feb 12 2027\n" + MAIL % b"deux",
        ["un", "deux"],
    ),
    "a text": ("\ufeffFloréal\nUn avis".encode(), ["Floréal"]),
    "a text that begins like a list": ("[Floréal] un avis".encode(), ["[Floréal] un avis"]),
    "a text that begins like a mail": ("Note: Floréal déçoit\nSubject: rien".encode(), ["Note: Floréal déçoit"]),
    "Latin-1": ("Floréal\nUn avis".encode("latin-1"), ["Floréal"]),
}


@pytest.mark.parametrize(("message", "said"), FILES.values(), ids=FILES)
def test_a_file_is_read_as_what_it_is(message: bytes, said: list[str] | None) -> None:
    """By its first bytes, not by its name."""
    entries = read_message(SOURCE, message)
    assert len({entry.key for entry in entries}) == len(entries) > 0
    if said is not None:
        assert [entry.title or entry.text for entry in entries] == said


@pytest.mark.parametrize(
    "message",
    [b"", b" \n", b'{"a": 1}', b"<html><body>Connexion</body></html>", b"GIF89a\0\0"],
    ids=["nothing", "spaces", "an object without words", "a page", "a picture"],
)
def test_a_file_of_nothing_is_an_error(message: bytes) -> None:
    """Counted, never silent."""
    with pytest.raises(ReadError):
        read_message(SOURCE, message)
