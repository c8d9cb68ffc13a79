"""Empties a folder of this machine without touching it: files that were dropped there since the last look.

The cursor holds the moment (nanoseconds) at which the last file taken came to be as it is, by its inode, and the names
taken at that very moment: a file that is written again comes again, one that was moved here keeps no old date. Hidden
files and what ends in .tmp or .part are left alone, for programs that write first and rename then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from veille.errors import Unreachable
from veille.fetch.inbox import LARGEST, MOST, Post

_UNFINISHED = (".tmp", ".part", ".crdownload")
#: (moment, name, size, path)
_File = tuple[int, str, int, Path]


def read(url: str, cursor: str) -> Post:
    """The files after the cursor, at most a hundred, the oldest first. Raises FetchError."""
    folder = Path(unquote(urlsplit(url).path))
    moment, names = _read_cursor(cursor)
    try:
        found = sorted(_files(folder))
    except OSError as error:
        raise Unreachable(f"cannot read the folder {folder}: {error.strerror}") from error
    waiting = [file for file in found if file[0] > moment or (file[0] == moment and file[1] not in names)]
    taken = waiting[:MOST]
    messages = [content for _, _, size, path in taken if size <= LARGEST and (content := _content(path))]
    return Post(
        messages=tuple(messages),
        too_large=sum(size > LARGEST for _, _, size, _ in taken),
        cursor=_cursor(taken, moment, names),
        more=len(waiting) > MOST,
    )


def _content(path: Path) -> bytes:
    """What a file holds; nothing where it is empty, may not be read, or is gone meanwhile."""
    with suppress(OSError):
        return path.read_bytes()[:LARGEST]
    return b""


def _files(folder: Path) -> Iterator[_File]:
    """Each file; links are not followed out of the folder."""
    for path in folder.iterdir():
        if path.name.startswith(".") or path.suffix in _UNFINISHED or path.is_symlink() or not path.is_file():
            continue
        with suppress(FileNotFoundError):  # gone meanwhile
            status = path.stat()
            yield status.st_ctime_ns, path.name, status.st_size, path


def _cursor(taken: list[_File], moment: int, names: frozenset[str]) -> str:
    last = taken[-1][0] if taken else moment
    now = {name for at, name, _, _ in taken if at == last}
    return json.dumps([last, sorted(now | (names if last == moment else set()))])


def _read_cursor(cursor: str) -> tuple[int, frozenset[str]]:
    try:
        moment, names = json.loads(cursor)
        return int(moment), frozenset(map(str, names))
    except (ValueError, TypeError):
        return 0, frozenset()
