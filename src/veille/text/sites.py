"""The parts of an address, and the one name of its site: without `www.`, mobile and AMP labels, in IDNA."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from veille.text import twins

#: Longer ones are kept as they are: no page needs them, and every step is linear.
LONGEST = 16_384

HTTP = re.compile(r"https?://", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,24}(?::\d{1,5})?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*")
_BLANK = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff\u200b]+")
_KEPT_LETTERS = frozenset("\xdf\u03c2")
#: What stands before the host: everything to the last "@" of the first part.
_NAMED = re.compile(r"^([^/?#]*//|(?=[^/?#:]*:))[^/?#]*@")
#: Escaped once, or once more by each feed that it went through.
_AMPERSAND = re.compile("&(?:amp;)+")
#: "www-lemonde-fr.translate.goog" is lemonde.fr in another language; a hyphen of the name is doubled.
_TRANSLATED = ".translate.goog"


class Parts(NamedTuple):
    """An http(s) address taken apart; the port has its colon, "" for the usual ones."""

    scheme: str
    site: str
    port: str
    path: str
    query: str
    fragment: str


def trim(url: str) -> str:
    """Without white space and controls, `&amp;` as `&`; with a scheme where only that misses."""
    text = _BLANK.sub("", url)
    if "&amp;" in text:
        text = _AMPERSAND.sub("&", text)
    if text.startswith("//"):
        return "https:" + text
    return f"https://{text}" if _BARE.fullmatch(text) else text


def without_name(url: str) -> str:
    """An address as it may be shown: the name and the password before its host are dots."""
    return _NAMED.sub(r"\1...@", url)


def split(url: str) -> Parts | None:
    """The parts of a trimmed http(s) address, None when it is none."""
    if len(url) > LONGEST or not HTTP.match(url):
        return None
    try:
        parts = urlsplit(url if url.isascii() else unicodedata.normalize("NFC", url))
        name, port = parts.hostname or "", parts.port
    except ValueError:  # a bad port, half an IPv6 address, a host that NFKC changes
        return None
    bare = bare_host(name)
    if not bare:
        return None
    shown = "" if port in (None, 80, 443) else f":{port}"
    return Parts(parts.scheme if shown else "https", bare, shown, parts.path, parts.query, parts.fragment)


@lru_cache(maxsize=4_096)
def bare_host(name: str) -> str:
    """A host name as one of its site's twins stands for all; "" for what names no machine."""
    ascii_name = _ascii_host(_untranslated(name.strip(".")))
    if ":" in ascii_name:
        return f"[{ascii_name}]"
    labels = ascii_name.split(".")
    while labels[0] in twins.LABELS and _is_site(labels[1:]):
        labels = labels[1:]
    if len(labels) > 3 and labels[1] == "m":  # fr.m.wikipedia.org
        labels = [labels[0], *labels[2:]]
    short = ".".join(labels)
    if len(labels) == 3 and ".".join(labels[1:]) in twins.SPOKEN_ALIKE and len(labels[0]) == 2:
        short = ".".join(labels[1:])
    return twins.ALIASES.get(short, short)


def _untranslated(name: str) -> str:
    lowered = name.lower()
    if not lowered.endswith(_TRANSLATED):
        return name
    return lowered.removesuffix(_TRANSLATED).replace("--", "\n").replace("-", ".").replace("\n", "-")


def _ascii_host(name: str) -> str:
    """The IDNA form of a host name, or an IPv6 address; "" for what names no machine."""
    lowered = name.lower()
    try:
        plain = lowered if lowered.isascii() else ".".join(map(_ascii_label, lowered.split(".")))
    except UnicodeError:
        return ""
    return plain if _HOST.fullmatch(plain) else ""


def _ascii_label(label: str) -> str:
    """As browsers write it: IDNA 2008 keeps the sharp s and the final sigma, that Python's codec folds away."""
    if _KEPT_LETTERS.isdisjoint(label):
        return label.encode("idna").decode("ascii").lower() if label else ""
    return "xn--" + unicodedata.normalize("NFKC", label).encode("punycode").decode("ascii")


def _is_site(labels: list[str]) -> bool:
    """Whether these labels can name a site by themselves."""
    registry = len(labels) == 2 and labels[0] in twins.REGISTRY_LABELS and len(labels[1]) == 2
    return len(labels) >= 2 and not registry and not all(label.isdigit() for label in labels)
