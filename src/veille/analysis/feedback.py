"""What the marks of a client teach: which words and sites go with "not us", with calm and with urgent.

A mark teaches by the rare words of its mention and by its site. The odds of each word, marked against what is usual
for the client, are added up (naive Bayes, Laplace's shrinkage: Manning, Raghavan, Schütze, "Introduction to Information
Retrieval", 13.2). A word says something only when marks of several stories hold it: one slip teaches nothing, and a
text marked with its copies is one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, log

from veille.analysis import vocabulary
from veille.analysis.fingerprint import rarity, stem
from veille.model.feedback import LookAlike, Mark, Marked
from veille.model.mention import Signal, Urgency
from veille.text.fold import fold

#: Stories whose marks must hold a word before it says anything.
LEAST_STORIES = 2
#: Marked mentions that a look-alike must resemble for the digest to leave it out: four agree.
SURE = 4
#: Odds (log) that any mention is meant: what is marked is the exception.
PRIOR = log(0.2 / 0.8)
#: From these chances on, a mention is taken for one of those marked.
ENOUGH, BEYOND_DOUBT = 0.9, 0.97
#: One word moves the odds (log) by so much at most for each story marked with it, and by so much at least to be named.
MOST_PER_STORY, LEAST_SAYING = 1.25, 0.7
#: The same for its site.
MOST_PER_SITE = 1.0
#: Points that calm or urgent marks may take or add.
MOST_SHIFT = 12
#: A mark that says "this is us" weighs as much as so many mentions that nobody marked.
SAID = 4
#: Words of a text that are looked at, and those named in a sentence.
READ, NAMED = 60, 4
#: Characters read.
LONGEST = 4_000
_SITE = "site:"
_WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Lean:
    """One side of a question: the weight of each word, and which marked stories hold it."""

    weights: Mapping[str, float] = field(default_factory=dict)
    held_by: Mapping[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """All that a client's marks teach; empty without marks."""

    not_us: _Lean = _Lean()
    calm: _Lean = _Lean()
    urgent: _Lean = _Lean()


@lru_cache(maxsize=4_096)
def telling(title: str, text: str) -> Mapping[str, str]:
    """The rare words of a mention by their stems, as it spells them: no everyday word, no number, none of a crisis.

    A sailor's mourning must not teach that mourning is of no concern.
    """
    said = f"{title}\n{text}"[:LONGEST]
    grave = _grave(said)
    found: dict[str, str] = {}
    for spelt in _WORD.findall(said.lower()):
        word = fold(spelt)
        if rarity(word) >= 1 and not word.isdigit() and word not in grave and len(found) < READ:
            found.setdefault(stem(word), spelt)
    return found


def _grave(text: str) -> frozenset[str]:
    """The folded words of the text's crisis phrases, whatever its language."""
    words = vocabulary.read(text).words
    found = [f for language in ("fr", "en") for f in vocabulary.found(text, language)["crisis"]]
    return frozenset(words[place] for f in found for place in range(f.first, f.last + 1))


def learn(marks: Iterable[Marked], usual: Sequence[tuple[frozenset[str], str]]) -> Lessons:
    """The lessons of a client's marks; `usual` are (words, site) of recent mentions that nobody marked."""
    by_mark: defaultdict[Mark, list[Marked]] = defaultdict(list)
    for marked in marks:
        by_mark[marked.mark].append(marked)
    ours = [marked for mark, found in by_mark.items() if mark is not Mark.NOT_US for marked in found]
    background = Counter(feature for words, site in usual for feature in _features(words, site))
    lean = _Background(background, len(usual))
    return Lessons(
        not_us=lean.against(by_mark[Mark.NOT_US], ours),
        calm=lean.against(by_mark[Mark.CALM], by_mark[Mark.URGENT]),
        urgent=lean.against(by_mark[Mark.URGENT], [*by_mark[Mark.CALM], *by_mark[Mark.NOT_US]]),
    )


def look_alike(lessons: Lessons, words: Mapping[str, str], site: str) -> LookAlike | None:
    """How a mention of these `telling` words resembles those marked "not us"; None when it does not enough."""
    chance, said = _chance(lessons.not_us, words, site)
    alike = {story for word in said if word in words for story in lessons.not_us.held_by[word]}
    if chance < ENOUGH or len(alike) < LEAST_STORIES:
        return None
    sure = chance >= BEYOND_DOUBT and len(alike) >= SURE
    return LookAlike(alike=len(alike), words=_named(said, words), sure=sure)


def shifted(urgency: Urgency, lessons: Lessons, words: Mapping[str, str], site: str) -> Urgency:
    """The urgency moved by calm and urgent marks, by at most `MOST_SHIFT` points, with the signal that says so."""
    calm, urgent = (_chance(lean, words, site) for lean in (lessons.calm, lessons.urgent))
    (chance, said), sign = (urgent, 1) if urgent[0] >= calm[0] else (calm, -1)
    shift = sign * round(MOST_SHIFT * max(0.0, chance - 0.5) / 0.5) if said else 0
    if not shift:
        return urgency
    name = "marked_urgent" if shift > 0 else "marked_calm"
    signal = Signal(name, shift, ", ".join(_named(said, words)))
    points = max(0, min(100, urgency.points + shift))
    return Urgency(points, (*urgency.signals, signal), urgency.category, urgency.tone)


def _features(words: Iterable[str], site: str) -> frozenset[str]:
    return frozenset((*words, *([_SITE + site] if site else ())))


@dataclass(frozen=True, slots=True)
class _Background:
    """How many of the client's unmarked mentions hold each word."""

    count: Counter[str]
    total: int

    def against(self, marked: Sequence[Marked], others: Sequence[Marked]) -> _Lean:
        """What tells those marked from the others and from what is usual."""
        stories: defaultdict[str, set[int]] = defaultdict(set)
        for each in marked:
            for feature in _features(each.words, each.site):
                stories[feature].add(each.story_id)
        elsewhere = Counter(feature for each in others for feature in _features(each.words, each.site))
        marked_stories = len({each.story_id for each in marked})
        rest = self.total + SAID * len(others)
        weights = {
            feature: min(
                _most(feature, len(held)),
                _weight(len(held), marked_stories, self.count[feature] + SAID * elsewhere[feature], rest),
            )
            for feature, held in stories.items()
            if len(held) >= LEAST_STORIES
        }
        usual = (f for f, times in (self.count + elsewhere).items() if times >= LEAST_STORIES and f not in stories)
        contrary = dict.fromkeys(usual, -log(marked_stories + 1))
        return _Lean(contrary | weights, {feature: frozenset(held) for feature, held in stories.items()})


def _weight(held: int, marked: int, elsewhere: int, rest: int) -> float:
    """Log of (share among those marked / share elsewhere), the first shrunk towards the second."""
    usual = (elsewhere + 0.5) / (rest + 1)
    share = (held + usual) / (marked + 1)
    return log(share / usual)


def _most(feature: str, held: int) -> float:
    """What a word may weigh at most; a site hints and no more."""
    return MOST_PER_SITE if feature.startswith(_SITE) else MOST_PER_STORY * held


def _chance(lean: _Lean, words: Collection[str], site: str) -> tuple[float, tuple[str, ...]]:
    """That a mention is one of those meant, and the words that say so, the most telling first."""
    weights = {f: lean.weights[f] for f in _features(words, site) if f in lean.weights}
    said = sorted((f for f, weight in weights.items() if weight >= LEAST_SAYING), key=lambda f: (-weights[f], f))
    if not any(not f.startswith(_SITE) for f in said):
        return 0.0, ()  # a site alone condemns nobody
    return 1 / (1 + exp(-(PRIOR + sum(weights.values())))), tuple(said)


def _named(said: Sequence[str], spelt: Mapping[str, str]) -> tuple[str, ...]:
    words = [spelt[f] for f in said if f in spelt]
    sites = [f.removeprefix(_SITE) for f in said if f not in spelt]
    return tuple([*words, *sites][:NAMED])
