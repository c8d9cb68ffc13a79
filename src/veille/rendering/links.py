"""Which addresses from outside may become links in a message."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_LONGEST = 2_000
#: Everything an address may hold as it is; the rest is percent-encoded (RFC 3986, section 2).
_KEPT = "!#$%&()*+,-./:;=?@[]_~"


def safe_link(address: str) -> str:
    """Return an http or https address fit for a link, or "" when it must stay plain text.

    Refused: other schemes, no host, a user name or password, spaces and controls, more than 2,000 characters.
    """
    if len(address) > _LONGEST or re.search(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff\\]", address):
        return ""
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
    except ValueError:  # brackets that hold no IPv6 address
        return ""
    return quote(address, safe=_KEPT) if whole else ""


def page_link(public_url: str, code: str) -> str:
    """Return the address of an alert on veille's own page, or "" when the installation has none."""
    return f"{public_url.rstrip('/')}/a/{code}" if public_url and code else ""


def without_scheme(address: str) -> str:
    """Return an address as a text message writes it."""
    return re.sub(r"^https?://", "", address)
