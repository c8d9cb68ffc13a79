"""Starts the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """The `veille` command."""
    try:
        from veille.cli.app import app  # imported here: Ctrl-C while it loads is no fault to show

        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
