"""Exit codes, the same for every command, and how an error becomes one."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from enum import IntEnum

from veille.errors import AnswerError, QueryError, SettingsError, StoreError, VeilleError


class Exit(IntEnum):
    """What the shell is told."""

    OK = 0
    #: Something asked for could not be done.
    FAILED = 1
    #: The settings, a query or the command's own words are wrong.
    WRONG_INPUT = 2
    #: The database cannot serve.
    STORE = 3
    #: Ended by Ctrl-C.
    INTERRUPTED = 130


def carefully(work: Callable[[], int]) -> int:
    """Runs a command; what veille raises on purpose is one plain message on stderr and an exit code."""
    from veille.cli.logs import configure  # imported here: help and completion answer without it

    if doubt := configure("ERROR"):
        _say(f"warning: {doubt}", Exit.OK)
    try:
        return work()
    except SettingsError as error:
        return _say(str(error), Exit.WRONG_INPUT)
    except QueryError as error:
        return _say(error.caret(), Exit.WRONG_INPUT)
    except StoreError as error:
        return _say(f"veille: {error}", Exit.STORE)
    except AnswerError as error:
        return _say(f"veille: {error}", Exit.WRONG_INPUT)
    except VeilleError as error:
        return _say(f"veille: {error}", Exit.FAILED)
    except KeyboardInterrupt:
        leave(Exit.INTERRUPTED)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.OK
    except OSError as error:
        return _say(f"veille: {_what_failed(error)}", Exit.FAILED)


def leave(code: Exit) -> None:
    """Ends the process now if a thread is still at work: the interpreter would wait for its dialogue, up to 30 s."""
    # A pool's threads are waited for at exit even when they are daemons (concurrent.futures.thread, _python_exit).
    if threading.active_count() > 1:
        logging.shutdown()
        sys.stdout.flush()
        os._exit(code)


def printable(text: str) -> str:
    """A message that no name of a file can forge: controls but line ends, and what reorders text, are escaped."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


def _what_failed(error: OSError) -> str:
    named = f"{error.filename}: " if error.filename else ""
    return f"{named}{error.strerror or error}"


def _say(text: str, code: Exit) -> Exit:
    print(printable(text), file=sys.stderr)  # noqa: T201
    return code
