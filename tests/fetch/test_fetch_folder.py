"""A folder of files: each once, whatever its dates and names say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from veille.errors import Unreachable
from veille.fetch import folder
from veille.fetch.inbox import LARGEST, MOST


def url(path: Path) -> str:
    return f"file://{path}"


def test_each_file_comes_once(tmp_path: Path) -> None:
    """And again once it is written again."""
    (tmp_path / "a").write_bytes(b"1")
    first = folder.read(url(tmp_path), "")
    assert first.messages == (b"1",)
    assert folder.read(url(tmp_path), first.cursor).messages == ()
    (tmp_path / "a").write_bytes(b"2")
    assert folder.read(url(tmp_path), first.cursor).messages == (b"2",)


def test_a_file_with_an_old_date_is_new_all_the_same(tmp_path: Path) -> None:
    """Copied with its date, or moved here from elsewhere."""
    (tmp_path / "new").write_bytes(b"1")
    cursor = folder.read(url(tmp_path), "").cursor
    (tmp_path / "old").write_bytes(b"2")
    os.utime(tmp_path / "old", (0, 0))
    assert folder.read(url(tmp_path), cursor).messages == (b"2",)


def test_files_of_one_moment_are_not_lost_between_two_readings(tmp_path: Path) -> None:
    """More than one reading takes, all within a tick of the clock perhaps."""
    for number in range(MOST + 50):
        (tmp_path / f"{number:03}").write_bytes(b"%d" % number)
    first = folder.read(url(tmp_path), "")
    second = folder.read(url(tmp_path), first.cursor)
    assert (len(first.messages), first.more, second.more) == (MOST, True, False)
    assert len({*first.messages, *second.messages}) == MOST + 50


def test_what_is_unfinished_hidden_linked_or_large_is_left(tmp_path: Path) -> None:
    """The large one is counted."""
    (tmp_path / "secret").write_bytes(b"s")
    spool = tmp_path / "spool"
    spool.mkdir()
    (spool / ".hidden").write_bytes(b"1")
    (spool / "a.tmp").write_bytes(b"1")
    (spool / "folder").mkdir()
    (spool / "link").symlink_to(tmp_path / "secret")
    (spool / "large").write_bytes(b"x" * (LARGEST + 1))
    post = folder.read(url(spool), "")
    assert (post.messages, post.too_large) == ((), 1)


@pytest.mark.parametrize("cursor", ["", "null", "[1]", "x", '["a", 3]', '{"a": 1}'])
def test_a_broken_cursor_reads_all(tmp_path: Path, cursor: str) -> None:
    """Known entries are recognised by their keys."""
    (tmp_path / "a").write_bytes(b"1")
    assert folder.read(url(tmp_path), cursor).messages == (b"1",)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(Unreachable, match="cannot read the folder .*nowhere"):
        folder.read(url(tmp_path / "nowhere"), "")
