"""What a name and a site suggest: queries to choose from, doubts about the name, and the whole client."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files

from veille.errors import QueryError
from veille.model.exchange import Source
from veille.model.watch import Client, Watch
from veille.onboarding.discover import Discovery
from veille.onboarding.networks import Account
from veille.onboarding.noise import Family, exclusions, lists
from veille.query import parse
from veille.query.words import common, homonyms
from veille.rendering.catalogue import later
from veille.settings.fields import slug
from veille.settings.shape_source import source_key
from veille.text.fold import fold, words
from veille.text.url import host

#: At most so many own handles in a query, and words of context.
_MOST_HANDLES, _MOST_CONTEXT = 3, 4
#: Blue, of those whose site names no colour.
_COLOUR = "#3b5b92"
_AND, _OR = {"fr": "ET", "en": "AND"}, {"fr": "OU", "en": "OR"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a name alone may bring much that is not meant. `meaning`: what else it is ("" = a common word)."""

    word: str
    meaning: str = ""
    common: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A query to choose, and what it does (an English sentence of the catalogue)."""

    query: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Queries for a name, the one to take by default first."""

    choices: tuple[Choice, ...]
    doubt: Doubt | None = None


def name_trouble(name: str) -> str:
    """Why this cannot be a client's name ("" = it can); an English sentence of the catalogue."""
    if not words(name):
        return later("A name has at least one letter or digit.")
    if "," in name or not name.isprintable() or len(name) > 60:
        return later("A name has at most 60 characters, no comma, and stands on one line.")
    return ""


def suggest(
    name: str, *, language: str, accounts: Iterable[Account] = (), site_words: Collection[str] = ()
) -> Suggestion:
    """Queries for a name: as it is, exactly as written, or with words of the client's own page.

    Hashtags, handles without blanks, accents, capitals and elisions come with each of them but the exact one.
    """
    plain = name.translate(str.maketrans("", "", '"{}«»“”')).strip()
    doubt = _doubt(plain, language)
    handles = _handles(plain, accounts)
    wide = f" {_OR[language]} ".join((f'"{plain}"', *handles))
    choices = [Choice(query=wide, said=later("the name, whatever the capitals and accents; most complete"))]
    if len(words(plain)) == 1:
        exact = Choice(
            query=f"{{{plain}}}", said=later("exactly so: same capitals, same accents; misses hasty writers")
        )
        choices.insert(0 if doubt and doubt.common else 1, exact)
    context = _context(plain, site_words)
    if doubt and context:
        near = f'"{plain}" {_AND[language]} ({f" {_OR[language]} ".join(context)})'
        choices.append(Choice(query=near, said=later("with a word of your site; fewer, surer")))
    return Suggestion(choices=tuple(choice for choice in choices if _readable(choice.query)), doubt=doubt)


def _doubt(name: str, language: str) -> Doubt | None:
    if len(words(name)) != 1:
        return None
    folded = fold(name)
    meaning, plain_word = homonyms().get(folded, ""), folded in common(language)
    return Doubt(word=name, meaning=meaning, common=plain_word) if meaning or plain_word else None


def _handles(name: str, accounts: Iterable[Account]) -> tuple[str, ...]:
    """Own handles that hold the name and are more than it: found apart, because they are one word."""
    compact = "".join(words(name))
    own = (account.name.partition("@")[0] for account in accounts if account.own)
    found = {
        fold(handle): handle
        for handle in own
        if compact in "".join(words(handle)) != compact and handle.replace("_", "").replace(".", "").isalnum()
    }
    return tuple(f'"{handle}"' for handle in found.values())[:_MOST_HANDLES]


def _context(name: str, site_words: Iterable[str]) -> tuple[str, ...]:
    named = {fold(word) for word in words(name)}
    fit = (word for word in site_words if word not in _page_words() and not any(n in fold(word) for n in named))
    return tuple(dict.fromkeys(fit))[:_MOST_CONTEXT]


@cache
def _page_words() -> frozenset[str]:
    """Words of any web page: no context."""
    text = files("veille.onboarding").joinpath("data/page_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["words"].split())


def _readable(query: str) -> bool:
    try:
        parse(query)
    except QueryError:
        return False
    return True


def mark_of(name: str, taken: Collection[str] = ()) -> str:
    """Two or three capitals that open every message, not those of another client."""
    found = [fold(word).upper() for word in words(name)]
    letters = "".join(c for c in "".join(found) if c.isascii() and c.isalnum()) or "CL"
    initials = "".join(word[0] for word in found if word[0].isascii())[:3]
    pairs = [initials, letters[:2], letters[:3], *(letters[0] + c for c in letters[1:])]
    numbered = [f"{letters[0]}{n}" for n in range(1, 100)]
    return next(mark for mark in (*pairs, *numbered) if 2 <= len(mark) <= 3 and mark not in taken)


def client_id(name: str) -> str:
    """The id that a name suggests; `all` is nobody's."""
    found = slug(fold(name))
    # A name without a Latin letter suggests nothing better, and `all` is nobody's id.
    return "client" if found == "all" or not any(c.isascii() and c.isalnum() for c in fold(name)) else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Everything the person said or accepted about a client."""

    name: str
    #: As it will be asked; "" when the person gave none that answers.
    site: str
    language: str
    zone: str
    query: str
    mark: str
    noise: tuple[Family, ...] = ()
    #: What nothing can watch, said in the digest.
    beyond: tuple[str, ...] = ()
    alerts: str = ""
    news: str = ""


def client_of(wish: Wish, discovery: Discovery | None) -> Client:
    """The client to write."""
    own = client_id(wish.name)
    accounts = discovery.site.accounts if discovery else ()
    return Client(
        id=own,
        name=wish.name,
        mark=wish.mark,
        colour=(discovery.site.colour if discovery else "") or _COLOUR,
        language=wish.language,
        zone=wish.zone,
        own_sites=(host(wish.site),) if wish.site else (),
        own_accounts=tuple(dict.fromkeys(f"@{a.name.partition('@')[0]}" for a in accounts if a.own)),
        watches=(Watch(id=own, name=wish.name, query=wish.query, exclude=exclusions(wish.noise, wish.language)),),
        sources=_sources(own, wish, discovery),
        lists=lists(wish.noise, wish.language),
        not_watched=(*dict.fromkeys(f"{a.network} ({a.name})" for a in accounts), *wish.beyond),
    )


def _sources(own: str, wish: Wish, discovery: Discovery | None) -> tuple[Source, ...]:
    sources = []
    if wish.alerts:
        sources.append(_source(f"{own}-alerts", wish.alerts, kind="google_alerts", place="search"))
    if wish.news:
        half_hour = timedelta(minutes=30)
        sources.append(_source(f"{own}-news", wish.news, place="search", interval=half_hour))
    for number, feed in enumerate(discovery.feeds if discovery else (), start=1):
        # Under the client's own articles others speak: those comments concern it, and are not its own word.
        place, take_all = ("own_page", True) if feed.comments else ("blog", False)
        sources.append(_source(f"{own}-site-{number}", feed.url, place=place, take_all=take_all))
    return tuple(sources)


def _source(
    source_id: str,
    url: str,
    *,
    place: str,
    kind: str = "feed",
    interval: timedelta = timedelta(minutes=15),
    take_all: bool = False,
) -> Source:
    return Source(
        id=source_id,
        kind=kind,
        url=url,
        key=source_key(kind, url),
        interval=interval,
        place=place,
        take_all=take_all,
    )
