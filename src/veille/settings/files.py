"""The files of a settings folder, read warily: regular files of a sane size, in one order."""

from __future__ import annotations

import stat
from pathlib import Path

from veille.errors import Problem, SettingsError

HOUSE, PEOPLE, CLIENTS = "veille.yaml", "people.yaml", "clients"
#: A settings file larger than this is a mistake or an attack.
LARGEST = 1_000_000


def read_file(path: Path) -> bytes:
    """The bytes of a settings file. Raises SettingsError when it is missing, too large or no regular file."""
    try:
        # Looked at before it is opened: opening a FIFO would wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise refused(path, "not a regular file")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise refused(path, "no such file: write it, or run `veille init`") from None
    except OSError as error:
        raise refused(path, f"cannot be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise refused(path, "larger than 1 MB: no settings file is")
    return content


def check_folder(folder: Path) -> None:
    """Raises SettingsError, with one problem, when there is no such folder of settings."""
    try:
        if not stat.S_ISDIR(folder.stat().st_mode):
            raise refused(folder, "is no folder: name the folder that holds veille.yaml with --config")
    except FileNotFoundError:
        raise refused(folder, "no such folder: run `veille init`, or name another with --config") from None
    except OSError as error:
        raise refused(folder, f"cannot be read: {error.strerror}") from None


def client_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The files of clients/ by name, editors' copies left out, and what is wrong with the folder.

    Raises SettingsError when the folder is there and cannot be read.
    """
    clients = folder / CLIENTS
    try:
        names = sorted(path for path in clients.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        names = []
    except OSError as error:
        raise refused(clients, f"cannot be read: {error.strerror}") from None
    wrong = [
        _problem(path, f"rename it to {path.stem}.yaml, or it is not read") for path in names if path.suffix == ".yml"
    ]
    found = tuple(path for path in names if path.suffix == ".yaml")
    if not found:
        wrong.append(_problem(clients, "no client: write clients/NAME.yaml, or run `veille init`"))
    return found, tuple(wrong)


def refused(path: Path, message: str) -> SettingsError:
    """A file that cannot be used at all."""
    return SettingsError((_problem(path, message),))


def _problem(path: Path, message: str) -> Problem:
    return Problem(str(path), 1, 1, "file", message)
