"""The name of whoever types a command, for what is kept with its author."""

from __future__ import annotations

import getpass


def whoami() -> str:
    """The account's name ("" when the machine has none for it)."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return ""
