"""The folder a play works in: one of its own, never emptied of what somebody else put there, for one play at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from veille.errors import AnswerError

#: Says that a play made the folder; locked while one runs.
MARK = ".veille-demo"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a play keeps what it made."""

    folder: Path

    @property
    def mail(self) -> Path:
        """The messages that arrived, as .eml."""
        return self.folder / "mail"

    @property
    def digest(self) -> Path:
        """The last digest, as a page."""
        return self.folder / "digest.html"


@contextmanager
def room(keep: Path | None) -> Iterator[Kept]:
    """An empty folder for a play; without `keep` a temporary one, which stays only when the play ends well.

    Raises AnswerError: `keep` is no folder, holds something that no play made, or another play is in it.
    """
    if keep is None:
        with _temporary() as folder:
            yield Kept(folder)
        return
    descriptor = _open(keep)
    try:
        _empty(keep, descriptor)
        yield Kept(keep)
    finally:
        os.close(descriptor)


@contextmanager
def _temporary() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="veille-demo-"))
    try:
        yield folder
    except BaseException:  # Ctrl-C as well: nobody knows the name of the folder yet
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _open(folder: Path) -> int:
    """The mark of a folder that is empty or was made by a play, as a descriptor."""
    try:
        if os.path.lexists(folder) and not folder.is_dir():
            raise AnswerError(f"--keep {folder}: is no folder")
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / MARK).exists() and any(folder.iterdir()):
            raise AnswerError(f"--keep {folder}: is not empty, and no play made it; name another folder")
        return os.open(folder / MARK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _refused(folder, error) from error


def _empty(folder: Path, descriptor: int) -> None:
    """Makes room for a new play; removes only what an earlier one made."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for name in ("mail", "config"):
            shutil.rmtree(folder / name, ignore_errors=True)
        for file in folder.glob("veille.db*"):
            file.unlink()
    except BlockingIOError as error:
        raise AnswerError(f"--keep {folder}: another play is in it") from error
    except OSError as error:
        raise _refused(folder, error) from error


def _refused(folder: Path, error: OSError) -> AnswerError:
    return AnswerError(f"--keep {folder}: {error.strerror or error}")
