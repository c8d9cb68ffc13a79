"""Web addresses: the one form of all twins of an address, its host, and what a redirector hides.

`canonical` is a key, for comparing: it answers for any text, never raises, and is idempotent.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from veille.text import permalinks, trackers, twins, wrapped
from veille.text.sites import LONGEST, Parts, bare_host, split, trim

__all__ = ["LONGEST", "canonical", "host", "is_front", "unwrap"]

#: Redirectors inside redirectors, followed so far.
DEEPEST = 12

_TRACKERS = frozenset(name for _, _, names in trackers.PARAMETERS for name in names)
_PREFIXES = tuple(prefix for _, _, prefixes in trackers.PREFIXES for prefix in prefixes)
_BY_HOST = {host: frozenset(names) for hosts, names in trackers.BY_HOST for host in hosts}
_NUMBERED = re.compile(trackers.NUMBERED)
_VIEWS = dict(twins.VIEWS)
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = _UNRESERVED | frozenset("!$&'()*+,;=:@/")
_QUERY_SAFE = _UNRESERVED | frozenset("!$'()*,;:@/?")
#: Signs that say the same escaped or not; in a path a slash does not, and `;` and `&` open what is left out.
_SAME_IN_PATH = _UNRESERVED | frozenset("!$'()*,:@")
_SAME_IN_QUERY = _SAME_IN_PATH | frozenset("/?")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|(.)", re.DOTALL)
#: Marks of one post among others on its page: the post is the publication, not the page.
_POST_MARK = re.compile(
    r"(?:(?:js-|find)?(?:comment(?:aire)?|com|post|msg|message|reply|reponse|answer|entry|pid|id)[-_=]?(?:p-)?"
    r"|[a-z])\d{3,}|(?:comment(?:aire)?|post|msg|message|reply|reponse|answer)[-_=]?\d+|[!/].+",
    re.IGNORECASE,
)
_FORUM_MARK = re.compile(r"(?:[a-z]{1,12}[-_=]?)?\d+", re.IGNORECASE)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*|/\(S\([a-z0-9]{10,}\)\)", re.IGNORECASE)
_SESSION_VALUE = re.compile(r"[0-9a-fA-F]{16,}|(?=[^_]*\d)(?=[^_]*[a-z])[0-9a-z]{20,}")
#: A last segment that names one article: a long number, five words joined, or three that are not the name of a script.
_ARTICLE = re.compile(
    r"\d{5,}|(?:[^\W_]+[-_,]){4,}[^\W_]+|[^\W\d_]+[-_,][^\W\d_]+[-_,][^\W_]+(?!.*\.(?:php\d?|aspx?|jsp|cfm|do|cgi)$)"
)
#: A last segment that is no section: it has a number, several words or an ending.
_PAGE = re.compile(r"[\d.-]")
_AMP_ENDING = re.compile(r"[-_.]amp$|[-_.]amp(?=\.(?:html?|php)$)", re.IGNORECASE)
_SHARER = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,4}")
#: Most addresses of articles: nothing to leave out but a final slash, unless it holds one of these words.
_PLAIN = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9_~,-][A-Za-z0-9._~,-]*+)++)/?")
#: Addresses without port, name or surprise, of which only the host is wanted.
_AT_SITE = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?:[/?#][!-~]*)?")
_NOT_PLAIN = re.compile(
    r"[/._-]amp(?:[/._-]|$)|/cnn/|/(?:index|default|print|printable|imprimer|impression|embed|mobile|smartphone|m|t)(?:[/.]|$)"
    r"|/statuses/",
    re.IGNORECASE,
)
_RENAMED = permalinks.SITES | twins.ALIASES.keys()
_SHORTENED = tuple("." + site for site in (*twins.SPOKEN_ALIKE, "translate.goog"))


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
    if first in twins.LABELS or second == "m" or site in _RENAMED or _NOT_PLAIN.search(f".{site}{path}"):
        return ""
    return "" if site.endswith(_SHORTENED) or wrapped.may_hide(site) else f"https://{site}{path}"


def _canonical(url: str) -> str:
    current = _normal(trim(url))
    for _ in range(DEEPEST):
        inner = _target(current)
        if not inner:
            break
        current = _normal(trim(inner))
    return current


def unwrap(url: str) -> str:
    """What a redirector or an AMP cache leads to, as written there; the address itself when it is neither."""
    current = trim(url)
    for _ in range(DEEPEST):
        inner = _target(current)
        if not inner:
            break
        current = inner
    return current


def host(url: str) -> str:
    """Lower-case IDNA host without `www.`, `m.`, `amp.` and the like; "" when there is none."""
    if len(url) <= LONGEST and (plain := _AT_SITE.fullmatch(url)):
        return bare_host(plain[1])
    parts = split(trim(url))
    return parts.site if parts else ""


def is_front(address: str) -> bool:
    """Whether a canonical address is a site's front page."""
    _, _, rest = address.partition("://")
    return "/" not in rest.rstrip("/") and "?" not in rest


def _target(url: str) -> str:
    parts = split(url)
    return wrapped.target(parts, url) if parts else ""


def _normal(url: str) -> str:
    """One address, not unwrapped, in its one form."""
    parts = split(url)
    if parts is None:
        return url
    if _target(url):  # for `canonical` to open: what it holds must not be lost
        return url
    path = _path(parts.path)
    if post := permalinks.one_form(parts.site, path, _raw_query(parts.query), parts.fragment):
        return post
    kept = _query(parts, path)
    mark = _mark(parts.fragment, path, kept)
    shown = "#" + _encode(mark, _QUERY_SAFE | {"=", "&"}) if mark else ""
    return f"{parts.scheme}://{parts.site}{parts.port}{path}{'?' + kept if kept else ''}{shown}"


def _mark(fragment: str, path: str, query: str) -> str:
    """The part of a fragment that names one post; "" when it names a place on the page, or what the query says."""
    if not _POST_MARK.fullmatch(fragment) and not (_in_forum(path) and _FORUM_MARK.fullmatch(fragment)):
        return ""
    number = re.sub(r"\D", "", fragment)
    said = {part.partition("=")[2] for part in query.split("&")}
    return "" if number and not fragment.startswith(("!", "/")) and number in said else fragment


def _in_forum(path: str) -> bool:
    lowered = path.lower()
    return any(word in lowered for word in twins.FORUM_WORDS)


def _path(raw: str) -> str:
    """Dot segments resolved, escapes made alike, views and index pages dropped, no slash at the end."""
    text = _encode(_SESSION_PATH.sub("", raw), _PATH_SAFE, _SAME_IN_PATH)
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
        shorter = _without_one(kept)
        if shorter == kept:
            break
        kept = shorter
    return kept


def _without_one(kept: list[str]) -> list[str]:
    last = kept[-1]
    if last.lower() in twins.INDEX_PAGES or (len(kept) > 1 and _is_view(last.lower(), kept[-2])):
        return kept[:-1]
    if len(kept) > 1 and kept[0].lower() == "amp" and not _is_cached_page(kept):
        return kept[1:]
    if len(kept) > 1 and kept[0].lower() in twins.FIRST_VIEWS - {"amp"} and _PAGE.search(last):
        return kept[1:]
    if "amp" in kept[1:-1] and _PAGE.search(last):
        place = kept.index("amp", 1)
        return [*kept[:place], *kept[place + 1 :]]
    if (place := next((n for n, one in enumerate(kept[:-1]) if one.endswith("_amp") and one != "_amp"), -1)) >= 0:
        return [*kept[:place], kept[place].removesuffix("_amp"), *kept[place + 1 :]]
    plain = _AMP_ENDING.sub("", last)
    return [*kept[:-1], plain] if plain not in ("", ".", "..") else kept


def _is_view(last: str, before: str) -> bool:
    """Whether a last segment shows the page before it, and is no page, section or trade of that name."""
    if last in twins.WORDS_TOO:
        return _PAGE.search(before) is not None
    return last in twins.LAST_VIEWS and before.lower() not in twins.LISTS


def _is_cached_page(segments: list[str]) -> bool:
    """`/amp/s/host/...` or `/amp/host/...` of a search engine: for `_target` to open."""
    return segments[1] == "s" or "." in segments[1] and len(segments) > 2


def _raw_query(raw: str) -> str:
    """Escapes made alike, nothing left out but what is empty."""
    return "&".join(f"{name}={value}" for name, value, _ in map(_pair, raw.split("&")) if value)


def _query(parts: Parts, path: str) -> str:
    """Without trackers, sorted, escapes made alike."""
    pairs = [_pair(part) for part in parts.query.split("&") if part]
    article = bool(_ARTICLE.search(path.rpartition("/")[2]))
    forum = _in_forum(path)
    kept = {
        (name, value)
        for name, value, bare in pairs
        if (value or bare) and _keeps(name, value, site=parts.site, article=article, forum=forum)
    }
    said = {unquote(name).lower() for name, value in kept if value}
    last = path.rpartition("/")[2]
    empty = {n for page, by, names in twins.REDUNDANT if by in said and page in ("", last) for n in names}
    return "&".join(f"{n}={value}" if value else n for n, value in sorted(kept) if unquote(n).lower() not in empty)


def _pair(part: str) -> tuple[str, str, bool]:
    """(name, value, whether it has no "=")."""
    name, equals, value = part.partition("=")
    said = _encode(value.replace("+", "%20"), _QUERY_SAFE | {"="}, _SAME_IN_QUERY)
    return _encode(name, _QUERY_SAFE, _SAME_IN_QUERY), said, not equals


def _keeps(name: str, value: str, *, site: str, article: bool, forum: bool) -> bool:
    """Whether a parameter may tell two pages of the site apart."""
    key, said = unquote(name).lower(), unquote(value).lower()
    if not key or key in _TRACKERS or key.startswith(_PREFIXES) or _NUMBERED.fullmatch(key):
        return False
    if key in _BY_HOST.get(site, ()) or key in _BY_HOST.get("." + site.partition(".")[2], ()):
        return False
    if key in twins.VIEW_NAMES or said in _VIEWS.get(key, ()) or (forum and key in twins.FORUM_NAMES):
        return False
    if key in trackers.DOUBTFUL and (article or _shares(said)):
        return False
    return not (key in trackers.SESSIONS and _SESSION_VALUE.fullmatch(value))


def _shares(value: str) -> bool:
    """Whether a value names where a link was found: "twitter", "hp_une", "facebook.com"."""
    words = set(re.split(r"[^a-z0-9]+", value))
    return not words.isdisjoint(trackers.SHARING_WORDS) or _SHARER.fullmatch(value) is not None


def _encode(text: str, safe: frozenset[str], same: frozenset[str] = _UNRESERVED) -> str:
    """One escaped form for a text: what says the `same` escaped or not is bare, the rest upper-case UTF-8 escapes."""

    def one(match: re.Match[str]) -> str:
        code, character = match.groups()
        if code is None:
            return character if character in safe else _escaped(character)
        plain = chr(int(code, 16))
        return plain if plain in same else f"%{code.upper()}"

    return _ESCAPE.sub(one, text)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))
