"""The exam that every connector sits with answers of its own format: exam/KIND.py says how the service answers.

A kind without such a module fails the exam: adding a source is adding one connector and one sheet here.
"""

from __future__ import annotations

import contextlib
import time
from importlib import import_module
from types import ModuleType

import pytest

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Response
from veille.sources.base import connector, kind_of, kinds, read_message, read_page
from veille.sources.kind import Shape

#: Dates that services and strangers write.
ABSURD_DATES = ("", "hier", "0000-00-00", "9999-12-31T23:59:59Z", "0001-01-01", "99999999999999999999", "-1")
LOGIN = b"<!DOCTYPE html><html><head><title>Connexion</title></head><body><form>Mot de passe</form></body></html>"
NO_ANSWERS = {
    "nothing": b"",
    "spaces": b" \n ",
    "an error in JSON": b'{"error": "rate limited", "errors": [{"message": "rate limited"}]}',
    "a number": b"42",
    "null": b"null",
    "a string": b'"busy"',
    "broken JSON": b'{"items": [',
    "a picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
    "random bytes": bytes(range(256)) * 40,
    "a path": b"/etc/passwd",
    "deep JSON": b"[" * 100_000,
    "deep JSON objects": b'{"a":' * 50_000,
}


def sheet(kind: str) -> ModuleType:
    """How this kind's service answers."""
    return import_module(f"sources.exam.{kind}")


def heard(kind: str, body: bytes, *, after: Page | None = None) -> Page:
    """What the connector makes of an answer."""
    exam = sheet(kind)
    if kind_of(kind).shape is Shape.INBOX:
        return Page(entries=read_message(exam.SOURCE, body))
    state = PollState(cursor=after.cursor, memory=after.memory) if after else PollState()
    url = getattr(exam, "URL", exam.SOURCE.url)
    answer = Response(url=url, status=200, body=body, content_type=exam.CONTENT_TYPE, step=getattr(exam, "STEP", ""))
    if kind_of(kind).shape is Shape.STREAM:
        return connector(kind).decode(exam.SOURCE, body)  # type: ignore[attr-defined, no-any-return]  # another shape
    return read_page(exam.SOURCE, answer, state)


#: A stream or a mail box gives one message at a time: what concerns a page of many is not asked of it.
PAGES = tuple(kind for kind in kinds() if kind_of(kind).shape is Shape.POLL)


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_has_a_sheet(kind: str) -> None:
    """And the sheet is of this kind."""
    assert sheet(kind).SOURCE.kind == kind


@pytest.mark.parametrize("kind", PAGES)
def test_twenty_items_are_twenty_entries_that_say_what_the_service_says(kind: str) -> None:
    """Title or text, author, link and time, wherever the service gives them."""
    exam = sheet(kind)
    page = heard(kind, exam.page([exam.item(n) for n in range(1, 21)]))
    assert len({entry.key for entry in page.entries}) == 20
    for entry in page.entries:
        assert entry.title or entry.text
        assert [name for name in exam.SAYS if not getattr(entry, name)] == []


@pytest.mark.parametrize("kind", PAGES)
def test_an_answer_without_items_is_an_empty_page(kind: str) -> None:
    """A quiet source is not a broken one."""
    page = heard(kind, sheet(kind).page([]))
    assert (page.entries, page.broken) == ((), 0)


@pytest.mark.parametrize("kind", kinds())
@pytest.mark.parametrize("body", NO_ANSWERS.values(), ids=NO_ANSWERS)
def test_what_is_no_answer_is_an_error_never_zero_mentions(kind: str, body: bytes) -> None:
    """Only a ReadError comes out, in time; a mail box takes any bytes for a message."""
    began = time.process_time()
    if kind_of(kind).shape is Shape.POLL:
        with pytest.raises(ReadError):
            heard(kind, body)
    else:
        with contextlib.suppress(ReadError):
            assert len(heard(kind, body).entries) <= 1
    assert time.process_time() - began < 5


@pytest.mark.parametrize("kind", PAGES)
def test_a_login_page_is_an_error(kind: str) -> None:
    """It must not look like a quiet day."""
    with pytest.raises(ReadError):
        heard(kind, LOGIN)


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_an_answer_cut_short_breaks_nothing(kind: str, share: float) -> None:
    """An error or the entries that are whole."""
    exam = sheet(kind)
    whole = exam.page([exam.item(n) for n in range(1, 21)])
    with contextlib.suppress(ReadError):
        assert len(heard(kind, whole[: int(len(whole) * share)]).entries) <= 20


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("date", ABSURD_DATES)
def test_an_absurd_date_loses_no_entry(kind: str, date: str) -> None:
    """The time is unknown or nonsense; the words are not."""
    exam = sheet(kind)
    items = [exam.item(1), exam.item(2, date=date), exam.item(3)]
    assert len(heard(kind, exam.page(items)).entries) == 3


@pytest.mark.parametrize("kind", PAGES)
def test_repeated_ids_never_make_two_entries_of_one_key(kind: str) -> None:
    """Two texts under one id are two entries, or one of them is counted as repeated."""
    exam = sheet(kind)
    page = heard(kind, exam.page([exam.item(1, id="7"), exam.item(2, id="7"), exam.item(3)]))
    assert len({entry.key for entry in page.entries}) == len(page.entries) >= 2


@pytest.mark.parametrize("kind", PAGES)
def test_one_malformed_item_among_twenty_leaves_nineteen(kind: str) -> None:
    """And is counted."""
    exam = sheet(kind)
    items = [exam.item(n) for n in range(1, 20)]
    page = heard(kind, exam.page([*items[:7], exam.MALFORMED, *items[7:]]))
    assert len(page.entries) == 19
    assert page.empty + page.broken == 1


@pytest.mark.parametrize("kind", PAGES)
def test_a_second_reading_finds_the_same_keys(kind: str) -> None:
    """Keys do not move between two polls."""
    exam = sheet(kind)
    body = exam.page([exam.item(n) for n in range(1, 6)])
    first = heard(kind, body)
    again = heard(kind, body, after=first)
    assert {entry.key for entry in again.entries} in ({entry.key for entry in first.entries}, set())


@pytest.mark.parametrize("kind", PAGES)
def test_a_body_over_five_megabytes_is_refused(kind: str) -> None:
    """Before it is parsed."""
    with pytest.raises(ReadError, match="over [25] MB"):
        heard(kind, sheet(kind).page([]) + b" " * 5_000_001)
