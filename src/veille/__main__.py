"""Starts the command line."""

from __future__ import annotations

import os
import sys

_INTERRUPTED = 130


def main() -> None:
    """The `veille` command."""
    try:
        from veille.cli.app import app  # imported here: Ctrl-C while it loads is no fault to show

        app()
    except KeyboardInterrupt:
        _leave()
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:
            _leave()
        raise


def _leave() -> None:
    """Ends with 130. Ctrl-C within an exec(), as dataclasses use, makes CPython end by the signal, even when caught."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
