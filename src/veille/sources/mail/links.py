"""Where the links of a mail lead: out of click trackers and of the addresses that tell who clicked.

Nothing is asked: only what an address holds in clear, or in base64, is opened.
"""

from __future__ import annotations

import base64
import json
import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from veille.sources.syndication.entry_fields import absolute_link
from veille.text.url import unwrap

#: Parameters of Facebook that name what is shown; all the others tell whose mail it was, and some let in.
_FACEBOOK = frozenset(
    ("story_fbid", "id", "comment_id", "reply_comment_id", "fbid", "v", "multi_permalinks", "post_id", "set")
)
#: The same of LinkedIn.
_LINKEDIN = frozenset(("commentUrn", "replyUrn"))
_ENCODED = re.compile(r"(?:^|/)(https?(?:%3A|:)(?:%2F|/){1,2}[^/]+)", re.IGNORECASE)
_BASE64 = re.compile(r"(?:aHR0c|eyJ)[\w+-]{8,4000}={0,2}")
_WEB = re.compile(r"https?://[^\s\"'<>\\]{4,2000}")
#: Addresses inside addresses, opened so far.
_DEEPEST = 6


def opened(link: str) -> str:
    """Where a link leads, without what says who follows it; the link itself where it hides nothing ("" = no link)."""
    current = absolute_link(link.strip(), "")
    for _ in range(_DEEPEST):
        inner = absolute_link(_inner(current), "") if current else ""
        if not inner or inner == current:
            break
        current = inner
    return _impersonal(current)


def _inner(link: str) -> str:
    wrapped = unwrap(link)
    if wrapped != link:
        return wrapped
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    if _is_at(parts.hostname, "facebook.com") and parts.path.rstrip("/") in ("/n", "/nd"):
        return _notified(parts.query)
    return _in_segment(parts.path) or _in_base64(f"{parts.path}?{parts.query}")


def _notified(query: str) -> str:
    """facebook.com/n/?permalink.php&story_fbid=1: the path is the first parameter, without a value."""
    path, _, rest = query.partition("&")
    return f"https://www.facebook.com/{unquote(path).lstrip('/')}{'?' + rest if rest else ''}"


def _in_segment(path: str) -> str:
    """A segment of the path that is a whole address, escaped: a tracker's signature comes after it."""
    found = _ENCODED.search(path)
    return unquote(found[1]) if found and "%2f" in found[1].lower() else ""


def _in_base64(text: str) -> str:
    for found in _BASE64.findall(text):
        try:
            clear = base64.urlsafe_b64decode(found.replace("+", "-").rstrip("=") + "=" * (-len(found.rstrip("=")) % 4))
        except ValueError:
            continue
        if web := _WEB.match(_said(clear.decode("utf-8", "replace"))):
            return web[0]
    return ""


def _said(clear: str) -> str:
    """The address itself, or the first value of an object that is one."""
    if not clear.startswith("{"):
        return clear
    try:
        values = list(json.loads(clear).values())
    except (ValueError, AttributeError, RecursionError):
        return ""
    return next((value for value in values if isinstance(value, str) and _WEB.match(value)), "")


def _impersonal(link: str) -> str:
    """The networks' own pages under the address that everybody sees."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return link
    if _is_at(parts.hostname, "facebook.com"):
        return urlunsplit(parts._replace(query=_kept(parts.query, _FACEBOOK)))
    if _is_at(parts.hostname, "linkedin.com"):
        path = parts.path.removeprefix("/comm")
        return urlunsplit(parts._replace(path=path, query=_kept(parts.query, _LINKEDIN)))
    if _is_at(parts.hostname, "instagram.com"):
        return urlunsplit(parts._replace(query="", fragment=""))
    return link


def _kept(query: str, names: frozenset[str]) -> str:
    try:
        return urlencode([(name, value) for name, value in parse_qsl(query, max_num_fields=60) if name in names])
    except ValueError:
        return ""


def _is_at(host: str | None, site: str) -> bool:
    return host is not None and (host == site or host.endswith(f".{site}"))
