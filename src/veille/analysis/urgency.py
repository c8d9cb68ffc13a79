"""How urgent a publication is, 0-100, as named signals a community manager reads as sentences.

read -> crisis words and calm dangers that hold -> what calms them -> tone -> signals -> learnt weights -> points
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from veille.analysis import balance, calm, categories, frames, learnt, manner, meaning, vocabulary
from veille.analysis.frames import Scene
from veille.analysis.hearing import Heard, hear
from veille.analysis.learnt import Learnt
from veille.analysis.lexicon import Found
from veille.analysis.signals import BY_NAME, CRISIS, signal
from veille.analysis.vocabulary import Told
from veille.model.entry import Entry
from veille.model.mention import Level, Signal, Urgency
from veille.model.watch import Client
from veille.text.fold import fold

#: A second family adds less than the first, a third less again.
SHARES = (1.0, 0.6, 0.4, 0.25)
#: What a `weak` word is worth beside a strong one of its family.
WEAK = 0.4
#: Two strong phrases of one family leave less doubt than one.
SAID_TWICE = 1.15
#: So does a scene beside a word, or another scene.
SEEN_TWICE = 1.12
#: From so many points on, a family makes its neighbours count.
GRAVE = 15
#: A crisis word inside a question ("arnaque ou fiable ?") is a doubt, not a charge.
DOUBT = 0.6
#: What a scene is worth whose words another family counts already.
SAME_WORDS = 0.5
#: A text that ends in a question of nobody's ("Normal ?") tells rather than lives it.
WONDERED = 0.8

_DOUBTED = frozenset({"fraud", "danger", "law", "boycott"})


def score(
    entry: Entry,
    *,
    place: str = "other",
    language: str = "",
    client: Client | None = None,
    own: bool = False,
    semantic: bool = False,
) -> Urgency:
    """Points, signals, category and tone of an entry published at `place` (`press`, `forum`...).

    `language` is a hint for texts too short to tell. The client's own statements are noted and worth nothing.
    `semantic`: the sentence model is asked too, as for a client whose settings say so (analysis/meaning.py).
    """
    semantic = semantic or (client is not None and client.semantic)
    heard = hear(entry, language, client=client)
    if own:
        return Urgency(0, (signal("own_statement"),), categories.category(heard, (), place), heard.tone.value)
    signals = _weighed(_signals(entry, heard, place=place, client=client), client)
    read = _weighed(_learnt(heard, signals, semantic=semantic), client)
    points = max(0, min(100, _clamped(signals) + sum(each.points for each in read)))
    signals += read
    return Urgency(points, signals, categories.category(heard, signals, place), heard.tone.value)


def _signals(entry: Entry, heard: Heard, *, place: str, client: Client | None) -> tuple[Signal, ...]:
    families = _families(heard)
    calmed = calm.calming(heard, families)
    alarm = sum(each.points for each in (*families, *calmed))
    grave = alarm >= GRAVE and any(each.name in CRISIS for each in families)
    said = [*manner.manner(heard, grave=grave), *manner.rating(entry.rating)]
    bad = bool(families) or heard.tone.value < 0
    beside = _beside(heard, families) if grave else []
    signals = [*families, *beside, *said, *manner.place(place, bad=bad)]
    signals += _client_words(heard, client) if bad else []
    negated = [signal("negated", evidence=vocabulary.quote(heard.told, heard.denied))] if heard.denied else []
    return (*signals, *calmed, *negated)


def _learnt(heard: Heard, signals: Sequence[Signal], *, semantic: bool) -> tuple[Signal, ...]:
    """What the learnt weights add to the points of the words, or take back, and the words that weighed most."""
    if not heard.told.words:  # what the weights say of nothing is no news of anybody
        return ()
    read = learnt.read(heard.told, language=heard.language, innocent=heard.innocent)
    if semantic:
        read = replace(read, today=meaning.joined(read.today, meaning.today(heard.told.original)))
    added = joined(heard, signals, read) - _clamped(signals)
    if not added:
        return ()
    return (signal("learnt" if added > 0 else "ordinary", added, ", ".join(read.urgent if added > 0 else read.calm)),)


def joined(heard: Heard, signals: Sequence[Signal], read: Learnt) -> int:
    """0-100: the points of the signals, what the weights read, and what takes the edge off both."""
    most = Level.MEDIUM - 1 if calm.enters(heard) else 100
    press = sum(each.points for each in signals if each.name in manner.PRESS)
    said = sum(each.points for each in signals) - press
    calmed = calm.softened(heard)
    return min(most, balance.balanced(said, read, tone=heard.tone.value, calmed=calmed, press=press))


def _clamped(signals: Sequence[Signal]) -> int:
    return max(0, min(100, sum(each.points for each in signals)))


def _families(heard: Heard) -> list[Signal]:
    """One signal a family, the gravest in full, the next for a share."""
    if not heard.crises and not heard.scenes:
        return []
    words = [f for f in heard.crises if f.phrase.name != "vulnerable"]
    names = dict.fromkeys([*(f.phrase.name for f in words), *(scene.frame.family for scene in heard.scenes)])
    worth = [(name, [f for f in words if f.phrase.name == name]) for name in names]
    ranked = sorted(((_worth(name, found, heard), name, found) for name, found in worth), key=lambda w: -w[0])
    return [
        signal(name, round(points * SHARES[min(rank, len(SHARES) - 1)]), _evidence(name, found, heard))
        for rank, (points, name, found) in enumerate(ranked)
    ]


def _worth(name: str, found: Sequence[Found], heard: Heard) -> float:
    """What the words of a family, and its scenes, come to together."""
    return _worth_told(name, found, heard) * (WONDERED if calm.wonders(heard) else 1.0)


def _worth_told(name: str, found: Sequence[Found], heard: Heard) -> float:
    scenes = [_worth_of_scene(scene, heard) for scene in heard.scenes if scene.frame.family == name]
    if not scenes:
        return _worth_of_words(name, found, heard)
    words = _worth_of_words(name, found, heard) if found else 0.0
    return max(*scenes, words) * (SEEN_TWICE if words or len(scenes) > 1 else 1.0)


def _worth_of_scene(scene: Scene, heard: Heard) -> float:
    """A scene made of words that say another family already is no second witness."""
    others = {p for f in heard.crises if f.phrase.name != scene.frame.family for p in range(f.first, f.last + 1)}
    shared = any(place in others for part in scene.parts for place in range(part.first, part.last + 1))
    return scene.frame.points * (SAME_WORDS if shared else 1.0)


def _worth_of_words(name: str, found: Sequence[Found], heard: Heard) -> float:
    points = float(BY_NAME[name].points)
    if not any(f.phrase.strong for f in found):
        points *= WEAK
    elif len({f.first for f in found if f.phrase.strong}) > 1:
        points *= SAID_TWICE
    if name in _DOUBTED and all(calm.asked(f, heard) for f in found):
        points *= DOUBT
    return points


def _evidence(name: str, found: Sequence[Found], heard: Heard) -> str:
    """The words of a family as written or, without any, its scene."""
    if found:
        return vocabulary.quote(heard.told, found)
    return next(frames.quoted(scene, heard.told) for scene in heard.scenes if scene.frame.family == name)


def _beside(heard: Heard, families: Sequence[Signal]) -> list[Signal]:
    """Who is hurt, and who tells it of themselves, count only beside what hurts."""
    grave = {each.name for each in families if each.name in CRISIS and each.points >= GRAVE}
    if not grave:
        return []
    told = heard.told
    hurt = [f for f in heard.crises if f.phrase.name == "vulnerable"]
    said = next((place for place, word in enumerate(told.words) if word in calm.FIRST_PERSON), None)
    found = [signal("vulnerable", evidence=vocabulary.quote(told, hurt))] if hurt else []
    if said is None or "press_enquiry" in grave:  # a journalist's "I" is no victim's
        return found
    return [*found, signal("first_hand", evidence=told.written(said, said))]


def _client_words(heard: Heard, client: Client | None) -> list[Signal]:
    if client is None:
        return []
    listed = (("names_product", client.products), ("names_person", client.people))
    found = ((name, [w for w in words if _names(heard.told, w)]) for name, words in listed)
    return [signal(name, evidence=", ".join(words)) for name, words in found if words]


def _names(told: Told, word: str) -> bool:
    return bool(word) and re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", told.folded.text) is not None


def _weighed(signals: tuple[Signal, ...], client: Client | None) -> tuple[Signal, ...]:
    """The signals at the weights the client gave them."""
    if client is None or not client.urgent_weights:
        return signals
    weights: Mapping[str, float] = dict(client.urgent_weights)
    return tuple(
        replace(each, points=round(each.points * weights[each.name])) if each.name in weights else each
        for each in signals
    )
