"""Keeps the libraries that send from writing secrets into the log, even when veille is at DEBUG."""

from __future__ import annotations

import logging

#: At DEBUG they write whole addresses, tokens included; apprise at TRACE writes passwords.
_TALKATIVE = ("apprise", "urllib3", "httpx", "httpcore", "requests")


def quiet_libraries() -> None:
    """WARNING at most; apprise's own lines go into outcomes only, where they are redacted."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    apprise = logging.getLogger("apprise")
    # Its warnings name topics and phone numbers: ntfy's "error occurred sending ntfy:URL".
    apprise.propagate = False
    if not apprise.handlers:
        apprise.addHandler(logging.NullHandler())
