"""Opens redirectors, click trackers and AMP caches: the address that they hold, without asking them."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from urllib.parse import unquote

from veille.text import redirectors
from veille.text.sites import HTTP, Parts, split, trim

_GOOGLE = re.compile(r"google\.(?:com?\.)?[a-z]{2,3}")
_IN_PATH = tuple((where, re.compile(before)) for where, before in redirectors.IN_PATH)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
#: A host without scheme, and a path: what AMP caches and feed proxies keep of an address.
_SITE_PATH = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}(?:[/?].*)?", re.IGNORECASE)
#: An address written in a path: one of its slashes may be lost, its signs escaped.
_WRITTEN = re.compile(r"(https?):/{1,2}", re.IGNORECASE)
#: Proofpoint, version 2: "https-3A__a.fr_b" with "-" for "%" and "_" for "/".
_PROOFPOINT = str.maketrans("-_", "%/")
#: Proofpoint, version 3: what follows the address.
_SEALED = re.compile(r"__;.*$", re.DOTALL)


def target(parts: Parts, url: str) -> str:
    """The http(s) address that one redirector hides, "" when the address is none."""
    found = _known(parts) if may_hide(parts.site) else ""
    found = found or _from_tracker(parts, url)
    return found if found and split(trim(found)) and len(found) < len(url) * 4 else ""


@lru_cache(maxsize=4_096)
def may_hide(site: str) -> bool:
    """Whether any redirector or cache is there: nearly no site is one."""
    hiding = (*redirectors.AMP_CACHES, *redirectors.IN_PATH, *((where, "") for where, _, _ in redirectors.REDIRECTORS))
    return site.startswith("urldefense.") or any(_is_at(site, where) for where, _ in hiding)


def _known(parts: Parts) -> str:
    return _from_cache(parts) or _from_path(parts) or _from_query(parts)


def _from_cache(parts: Parts) -> str:
    for where, prefix in redirectors.AMP_CACHES:
        rest = parts.path.removeprefix(prefix)
        if rest != parts.path and _is_at(parts.site, where) and "." in rest.partition("/")[0]:
            return f"https://{rest}{'?' + parts.query if parts.query else ''}"
    return ""


def _from_path(parts: Parts) -> str:
    for where, before in _IN_PATH:
        start = before.match(parts.path) if _is_at(parts.site, where) else None
        rest = unquote(parts.path[start.end() :]) if start else ""
        if rest:
            return _in_path(_SEALED.sub("", rest), parts.query if where in redirectors.QUERY_TOO else "")
    return ""


def _in_path(rest: str, query: str) -> str:
    more = f"?{query}" if query else ""
    if written := _WRITTEN.match(rest):
        return f"{written[1]}://{rest[written.end() :].split('/RK=')[0]}{more}"
    return f"https://{rest}{more}" if "/" in rest and _SITE_PATH.fullmatch(rest) else ""


def _from_query(parts: Parts) -> str:
    if parts.site.startswith("urldefense.") and parts.path.startswith("/v2"):
        values = [value for name, _, value in _pairs(parts.query) if name == "u"]
        return unquote(values[0].translate(_PROOFPOINT)) if values else ""
    for where, prefix, names in redirectors.REDIRECTORS:
        there = _is_at(parts.site, where) and _is_under(parts.path, prefix)
        if there and (found := next((found for name in names if (found := _held(parts.query, name))), "")):
            return re.sub(r":[\w-]+$", "", found) if where == "disq.us" else found
    return ""


def _from_tracker(parts: Parts, url: str) -> str:
    """On a site that is no known redirector: the path or the host says that it only leads elsewhere."""
    lowered = url[8:].lower()
    if "http" not in lowered:
        return ""
    words = {*_WORD.findall(parts.path.lower()), parts.site.partition(".")[0]}
    if not words & redirectors.LEADING or len(parts.path) > 80 and not parts.query:
        return ""
    return next((found for name in redirectors.HOLDING if (found := _held(parts.query, name))), "")


def _is_at(site: str, where: str) -> bool:
    if where == "google":
        return _GOOGLE.fullmatch(site) is not None
    return site == where or site.endswith("." + where)


def _is_under(path: str, prefix: str) -> bool:
    return (
        path.rstrip("/") == prefix.rstrip("/")
        or path.startswith((prefix.rstrip("/") + "/", prefix + "."))
        or not prefix
    )


def _held(query: str, name: str) -> str:
    """The address that a parameter holds ("" = none); an empty name is the whole query."""
    if not name:
        return _opened(unquote(query))
    values = (value for key, _, value in _pairs(query) if key == name or key.lower() == name)
    return next((found for value in values if (found := _opened(unquote(value)))), "")


def _pairs(query: str) -> list[tuple[str, str, str]]:
    return [part.partition("=") for part in query.split("&")]


def _opened(value: str) -> str:
    """An address in clear or escaped twice, or in Bing's `a1` + base64."""
    if HTTP.match(value):
        return value
    if value.lower().startswith(("http%3a", "https%3a")):
        return unquote(value)
    if not value.startswith("a1"):
        return ""
    try:
        clear = base64.urlsafe_b64decode(value[2:] + "=" * (-len(value[2:]) % 4)).decode("utf-8")
    except ValueError:
        return ""
    return clear if HTTP.match(clear) else ""
