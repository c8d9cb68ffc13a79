"""Web addresses: the one form of all twins of an address, its host, and what a redirector hides.

`canonical` is a key, for comparing: it answers for any text, never raises, and is idempotent.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from veille.text import trackers

#: Longer ones are kept as they are: no page needs them, and every step below is linear.
LONGEST = 16_384
#: Redirectors inside redirectors, followed so far.
DEEPEST = 12

_TRACKERS = frozenset(name for _, _, names in trackers.PARAMETERS for name in names)
_PREFIXES = tuple(prefix for _, _, prefixes in trackers.PREFIXES for prefix in prefixes)
_BY_HOST = {host: frozenset(names) for hosts, names in trackers.BY_HOST for host in hosts}
_HIDING = {where for where, _ in trackers.AMP_CACHES} | {where for where, _, _ in trackers.REDIRECTORS}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = _UNRESERVED | frozenset("!$&'()*+,;=:@/")
_QUERY_SAFE = _UNRESERVED | frozenset("!$'()*,;:@/?")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|(.)", re.DOTALL)
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d{1,5})?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
_HTTP = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*")
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\u200b]+")
#: Marks of one post among others on its page: the post is the publication, not the page.
_POST_MARK = re.compile(r"(?:comment|post|msg|message|reply|answer)[-_=]?\d+|p\d{3,}|[!/].+", re.IGNORECASE)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.IGNORECASE)
_SESSION_VALUE = re.compile(r"[0-9a-fA-F]{16,}")
_GOOGLE = re.compile(r"google\.(?:com?\.)?[a-z]{2,3}")
#: Most addresses of articles: nothing to leave out but a final slash, unless it holds one of these words.
_PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_~,-][A-Za-z0-9._~,-]*+)++)/?")
#: Addresses without port, name or surprise, of which only the host is wanted.
_AT_SITE = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/?#][!-~]*)?")
_NOT_PLAIN = re.compile(r"/amp(?:[/.]|$)|\.amp|/(?:index|default)\.", re.IGNORECASE)
_RENAMED = frozenset(("youtu.be", "x.com", *trackers.ALIASES))
_AMP_ENDING = re.compile(r"(?:/amp|\.amp|/amp\.html)$|\.amp(?=\.html?$)", re.IGNORECASE)


def canonical(url: str) -> str:
    """The one form of an address and its twins (tracked, mobile, AMP, wrapped); other text comes back trimmed.

    A key for comparing, not for fetching: https and the bare host stand for all. Idempotent; never raises.
    """
    return _plain(url) or _canonical(url)


def _plain(url: str) -> str:
    """The canonical form of a plain address, which takes a tenth of the time; "" for all others."""
    match = _PLAIN.fullmatch(url) if len(url) <= LONGEST else None
    if match is None:
        return ""
    site, path = match.groups()
    first, second, *_ = site.split(".")
    if first in trackers.TWIN_LABELS or second == "m" or site in _RENAMED or _NOT_PLAIN.search(f".{site}{path}"):
        return ""
    return f"https://{site}{path}"


def _canonical(url: str) -> str:
    current = _normal(_trim(url))
    for _ in range(DEEPEST):
        inner = _target(current)
        if not inner:
            break
        current = _normal(_trim(inner))
    return current


def unwrap(url: str) -> str:
    """What a redirector or an AMP cache leads to, as written there; the address itself when it is neither."""
    current = _trim(url)
    for _ in range(DEEPEST):
        inner = _target(current)
        if not inner:
            break
        current = inner
    return current


def host(url: str) -> str:
    """Lower-case IDNA host without `www.`, `m.`, `amp.` and the like; "" when there is none."""
    if len(url) <= LONGEST and (plain := _AT_SITE.fullmatch(url)):
        return _bare_host(plain[1])
    parts = _split(_trim(url))
    return parts[1] if parts else ""


def _trim(url: str) -> str:
    """Without white space and controls; with a scheme where only that misses."""
    text = _BLANK.sub("", url)
    if text.startswith("//"):
        return "https:" + text
    return f"https://{text}" if _BARE.fullmatch(text) else text


def _split(url: str) -> tuple[str, str, str, str, str, str] | None:
    """(scheme, host, port with its colon, path, query, fragment) of an http(s) address, else None."""
    if len(url) > LONGEST or not _HTTP.match(url):
        return None
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError:  # a bad port, half an IPv6 address, a host that NFKC changes
        return None
    bare = _bare_host(name)
    if not bare:
        return None
    shown = "" if port in (None, 80, 443) else f":{port}"
    return (parts.scheme if shown else "https"), bare, shown, parts.path, parts.query, parts.fragment


@lru_cache(maxsize=4_096)
def _bare_host(name: str) -> str:
    ascii_name = _ascii_host(name.strip("."))
    if ":" in ascii_name:
        return f"[{ascii_name}]"
    labels = ascii_name.split(".")
    while labels[0] in trackers.TWIN_LABELS and _is_site(labels[1:]):
        labels = labels[1:]
    if len(labels) > 3 and labels[1] == "m":  # fr.m.wikipedia.org
        labels = [labels[0], *labels[2:]]
    short = ".".join(labels)
    return trackers.ALIASES.get(short, short)


def _ascii_host(name: str) -> str:
    """The IDNA form of a host name, or an IPv6 address; "" for what names no machine."""
    lowered = name.lower()
    try:
        plain = lowered if lowered.isascii() else lowered.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    return plain if _HOST.fullmatch(plain) else ""


def _is_site(labels: list[str]) -> bool:
    """Whether these labels can name a site by themselves."""
    registry = len(labels) == 2 and labels[0] in trackers.REGISTRY_LABELS and len(labels[1]) == 2
    return len(labels) >= 2 and not registry and not all(label.isdigit() for label in labels)


def _normal(url: str) -> str:
    """One address, not unwrapped, in its one form."""
    parts = _split(url)
    if parts is None:
        return url
    scheme, site, port, path, query, fragment = parts
    site, path, query = _short_links(site, _path(path), query)
    kept = _query(query, site=site)
    mark = fragment if _POST_MARK.fullmatch(fragment) else ""
    shown = "#" + _encode(mark, _QUERY_SAFE | {"=", "&"}) if mark else ""
    return f"{scheme}://{site}{port}{path}{'?' + kept if kept else ''}{shown}"


def _short_links(site: str, path: str, query: str) -> tuple[str, str, str]:
    """Short forms whose long form needs no visit."""
    if site == "youtu.be" and len(path) > 1:
        return "youtube.com", "/watch", f"v={path[1:]}"
    if site == "x.com":
        return site, re.sub(r"(/status/\d+)/.*$", r"\1", path), query
    return site, path, query


def _path(raw: str) -> str:
    """Dot segments resolved, escapes made alike, views and index pages dropped, no slash at the end."""
    text = _encode(_SESSION_PATH.sub("", raw), _PATH_SAFE)
    kept: list[str] = []
    for segment in text.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in ("", "."):
            kept.append(segment)
    return "/" + "/".join(_without_views(kept))


def _without_views(segments: list[str]) -> list[str]:
    """Until nothing changes, for the sake of `/amp/index.html/amp`."""
    kept = segments
    while kept:
        last = kept[-1]
        if last.lower() in trackers.INDEX_PAGES or (len(kept) > 1 and last.lower() in ("amp", "amp.html")):
            kept = kept[:-1]
        elif len(kept) > 1 and kept[0].lower() == "amp" and not _is_cached_page(kept):
            kept = kept[1:]
        elif (plain := _AMP_ENDING.sub("", last)) != last and plain not in ("", ".", ".."):
            kept = [*kept[:-1], plain]
        else:
            break
    return kept


def _is_cached_page(segments: list[str]) -> bool:
    """`/amp/s/host/...` or `/amp/host/...` of a search engine: for `_target` to open."""
    return segments[1] == "s" or "." in segments[1] and len(segments) > 2


def _query(raw: str, *, site: str) -> str:
    """Without trackers, sorted, escapes made alike."""
    pairs = {_pair(part) for part in raw.split("&") if part}
    return "&".join(
        f"{name}={value}" if value else name for name, value in sorted(pairs) if _keeps(name, value, site=site)
    )


def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return _encode(name, _QUERY_SAFE), _encode(value.replace("+", "%20"), _QUERY_SAFE | {"="})


def _keeps(name: str, value: str, *, site: str) -> bool:
    """Whether a parameter may tell two pages of the site apart."""
    key = unquote(name).lower()
    if not key or key in _TRACKERS or key.startswith(_PREFIXES) or key in _BY_HOST.get(site, ()):
        return False
    if key in trackers.DOUBTFUL and value.lower() in trackers.SHARING_WORDS:
        return False
    if key in ("sid", "s") and _SESSION_VALUE.fullmatch(value):
        return False
    return (key, value.lower()) not in trackers.MOBILE_VIEWS


def _encode(text: str, safe: frozenset[str]) -> str:
    """One escaped form for a text: unreserved characters bare, the rest as upper-case UTF-8 escapes."""

    def one(match: re.Match[str]) -> str:
        code, character = match.groups()
        if code is None:
            return character if character in safe else _escaped(character)
        plain = chr(int(code, 16))
        return plain if plain in _UNRESERVED else f"%{code.upper()}"

    return _ESCAPE.sub(one, text)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _target(url: str) -> str:
    """The http(s) address one redirector hides, "" when the address is none."""
    parts = _split(url)
    if parts is None:
        return ""
    _, site, _, path, query, _ = parts
    if not _may_hide(site):
        return ""
    found = _from_cache(site, path, query) or _from_query(site, path, query)
    return found if _split(_trim(found)) and len(found) < len(url) * 4 else ""


@lru_cache(maxsize=4_096)
def _may_hide(site: str) -> bool:
    """Whether any redirector or cache is there: nearly no site is one."""
    return any(_is_at(site, where) for where in _HIDING)


def _from_cache(site: str, path: str, query: str) -> str:
    for where, prefix in trackers.AMP_CACHES:
        rest = path.removeprefix(prefix)
        if rest != path and _is_at(site, where) and "." in rest.partition("/")[0]:
            return f"https://{rest}{'?' + query if query else ''}"
    return ""


def _from_query(site: str, path: str, query: str) -> str:
    for where, prefix, names in trackers.REDIRECTORS:
        if _is_at(site, where) and _is_under(path, prefix):
            return next((found for name in names if (found := _held(query, name))), "")
    return ""


def _is_at(site: str, where: str) -> bool:
    if where == "google":
        return _GOOGLE.fullmatch(site) is not None
    return site == where or site.endswith("." + where)


def _is_under(path: str, prefix: str) -> bool:
    return path.rstrip("/") == prefix or path.startswith((prefix + "/", prefix + ".")) or not prefix


def _held(query: str, name: str) -> str:
    """The address that a parameter holds ("" = none); an empty name is the whole query."""
    if not name:
        return _opened(unquote(query))
    values = (part.partition("=")[2] for part in query.split("&") if part.partition("=")[0] == name)
    return next((found for value in values if (found := _opened(unquote(value)))), "")


def _opened(value: str) -> str:
    """An address in clear, or in Bing's `a1` + base64."""
    if _HTTP.match(value):
        return value
    if not value.startswith("a1"):
        return ""
    try:
        clear = base64.urlsafe_b64decode(value[2:] + "=" * (-len(value[2:]) % 4)).decode("utf-8")
    except ValueError:
        return ""
    return clear if _HTTP.match(clear) else ""
