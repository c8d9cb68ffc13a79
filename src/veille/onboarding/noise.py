"""The families of noise that a client may leave out, and the complaint that nothing leaves out (data/noise.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from veille.rendering.catalogue import later

#: The list of complaints in the client's file: every exclusion spares what it holds.
COMPLAINT = {"fr": "plainte", "en": "complaint"}
_PREFIX = {"fr": "bruit", "en": "noise"}
_OR, _NOT = {"fr": "OU", "en": "OR"}, {"fr": "SAUF", "en": "NOT"}

#: Family -> what it is, and a word of caution.
SAID: dict[str, tuple[str, str]] = {
    "jobs": (later("job offers"), later("not if the client's own hiring is a subject")),
    "promo": (later("promo codes"), later("not if coupons that do not work are a subject")),
    "directories": (later("directories and opening hours"), ""),
    "classified": (later("classified ads"), later("not if fakes or resale are a subject")),
    "obituaries": (
        later("obituaries"),
        later("careful: keep them if the client serves people in mourning; complaints are never left out"),
    ),
    "sports": (later("sports results"), later("not if the client sponsors a team")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One kind of noise, in one language."""

    id: str
    #: That of its list in the client's file, in the client's language.
    name: str
    phrases: tuple[str, ...]
    #: Offered ticked.
    ticked: bool = True


def families(language: str, site_words: Collection[str] = ()) -> tuple[Family, ...]:
    """Those offered, ticked unless the client's own page speaks of what they hold."""
    return tuple(
        Family(
            id=row["id"],
            name=row["name"][language],
            phrases=tuple(row[language]),
            ticked=not (row.get("mourning") and _mourning(site_words)),
        )
        for row in _data()["family"]
    )


def lists(chosen: Iterable[Family], language: str) -> tuple[tuple[str, str], ...]:
    """The reusable lists of the client's file: one a family, and the complaints that they spare."""
    named = [(_name(family, language), _any(family.phrases, language)) for family in chosen]
    complaint = (COMPLAINT[language], _any(_data()["complaint"][language], language))
    return (*named, complaint) if named else ()


def exclusions(chosen: Iterable[Family], language: str) -> tuple[str, ...]:
    """What the watch leaves out, by those lists."""
    return tuple(f"${_name(family, language)} {_NOT[language]} ${COMPLAINT[language]}" for family in chosen)


def _name(family: Family, language: str) -> str:
    return f"{_PREFIX[language]}-{family.name}"


def _any(phrases: Iterable[str], language: str) -> str:
    return f" {_OR[language]} ".join(f'"{phrase}"' if " " in phrase else phrase for phrase in phrases)


def _mourning(site_words: Collection[str]) -> bool:
    """In any language: the site need not speak that of the watch."""
    return any(not set(words).isdisjoint(site_words) for words in _data()["mourning"].values())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("veille.onboarding").joinpath("data/noise.toml").read_text(encoding="utf-8"))
