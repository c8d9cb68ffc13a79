"""The one database of an installation: how it is written, and whether it can be where it is said to be."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from veille.model.secret import Secret
from veille.settings.fields import Address, context_of

_KNOWN = ("sqlite", "postgresql", "postgresql+psycopg")


def database_url(written: Secret | None, *, folder: Path) -> Secret:
    """The URL of the database; a file name is relative to `folder`, and without any it is veille.db there."""
    text = written.reveal() if written else "veille.db"
    return Secret(text if "://" in text else f"sqlite:///{(folder / text).absolute()}")


def _usable(written: Secret, info: ValidationInfo) -> Secret:
    """What is wrong is said without the text: it may be a secret."""
    text = written.reveal()
    scheme, separator, rest = text.partition("://")
    if separator and scheme not in _KNOWN:
        raise ValueError("write a file, sqlite:///FILE or postgresql://HOST/NAME")
    if not separator:
        _check_place(context_of(info).folder / text)
    elif scheme == "sqlite":
        name = rest.partition("?")[0].removeprefix("/")
        if not name or name == ":memory:":
            raise ValueError("names no file: write sqlite:////var/lib/veille/veille.db")
        _check_place(Path(name))
    return written


def _check_place(file: Path) -> None:
    if _is_folder(file):
        raise ValueError("is a folder: write the name of a file in it")
    if _is_folder(file.parent) is False:
        raise ValueError("its folder does not exist: make it, or write another file")


def _is_folder(path: Path) -> bool | None:
    """None when this user may not know: the daemon's folder is often closed to others."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except PermissionError:
        return None
    except OSError:
        return False


Database = Annotated[Address, AfterValidator(_usable)]
