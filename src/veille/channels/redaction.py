"""Takes every secret out of what is told about an attempt, whatever the far end echoes."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from veille.text.clean import neutral, one_line

#: Longest detail kept in a receipt.
DETAIL = 300

#: Shorter pieces of an address ("hooks", "Veille") are plain words; masking them would blind the reader.
_LEAST = 7

#: Shorter passwords than this protect nothing, and masking them would eat every word.
_LEAST_PASSWORD = 4


def redacted(detail: str, *secrets: str) -> str:
    """`detail` on one line of at most 300 characters, with `***` wherever a secret or a piece of one stood.

    A secret that is an address hides its user, password, path segments and query values too,
    plain, percent-encoded and in base64 (mail servers echo AUTH lines).
    """
    told = one_line(neutral(detail))
    for form in sorted(set(_forms(secrets)), key=len, reverse=True):
        told = re.sub(re.escape(form), "***", told, flags=re.IGNORECASE)
    return one_line(told, DETAIL)


def _forms(secrets: Iterable[str]) -> Iterator[str]:
    for secret in secrets:
        for piece in filter(None, (secret, *_pieces(secret))):
            yield from (piece, quote(piece, safe=""), quote(piece))
            yield base64.b64encode(piece.encode("utf-8", "replace")).decode()


def _pieces(secret: str) -> Iterator[str]:
    if "://" not in secret:
        return
    try:
        parts = urlsplit(secret)
        options = [value for _, value in parse_qsl(parts.query)]
    except ValueError:
        return
    found = [*parts.path.split("/"), *options, parts.username or ""]
    if parts.scheme not in ("http", "https"):
        # Addresses of apprise put tokens and numbers where a host would stand.
        found += [parts.netloc, parts.netloc.rpartition("@")[2]]
    found += [re.sub(r"\D", "", piece) for piece in found if piece.startswith("+")]
    for piece in found:
        yield from (form for form in (piece, unquote(piece)) if len(form) >= _LEAST)
    if len(parts.password or "") >= _LEAST_PASSWORD:
        yield from (parts.password or "", unquote(parts.password or ""))
