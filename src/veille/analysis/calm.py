"""What takes the edge off alarming words: a matter that is over, past or imagined, a game, a joke, an offer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from veille.analysis import tone, vocabulary
from veille.analysis.hearing import Heard
from veille.analysis.lexicon import Found
from veille.analysis.signals import signal
from veille.model.mention import Signal

#: Of the alarm, what each kind of words takes back, the strongest first.
SHARES = {
    "solved": 0.8,
    "job": 0.8,
    "contest": 0.8,
    "advert": 0.75,
    "fiction": 0.7,
    "hypothetical": 0.7,
    "past": 0.65,
    "others": 0.6,
    "joke": 0.55,
    "slight": 0.5,
}
#: Guards of games and stage are named as fiction is.
_NAMES = {"playing": "fiction"}
#: What a story, a game or a match does not explain.
REAL = frozenset({"data_leak", "unpaid", "minors", "outage", "press_enquiry", "whistle_blowing", "stranded"})
#: What nobody writes to win a prize.
_NO_GAME = (REAL - {"outage"}) | {"law", "fraud", "boycott", "discrimination", "harassment", "censorship", "violence"}
#: Guards that another signal of the text outweighs.
_OUTWEIGHED = frozenset({"joke", "slight", "others"})
#: What is asked of a danger that is told as a small thing: "ma box fume un peu, normal ?"
_NORMAL = frozenset({"normal", "normale", "normaux", "usual"})
#: Families of scenes from which they are.
_SEVERAL = 2
#: Words of someone who speaks of themselves.
FIRST_PERSON = frozenset({"je", "j", "mon", "ma", "mes", "nous", "moi", "m", "i", "my", "we", "our", "me", "us"})


def calming(heard: Heard, families: Sequence[Signal]) -> list[Signal]:
    """A signal with points below 0 for each guard that holds, each taking its share of what the one before left."""
    if not heard.guards or not families:
        return []
    left = float(sum(s.points for s in families))
    found: list[Signal] = []
    named = _named(heard)
    for name, share in SHARES.items():
        if name not in named:
            continue
        phrases = _holding(name, heard)
        taken = round(left * share * (_unreal(families) if name == "fiction" else 1.0))
        if phrases and taken > 0 and not _outweighed(name, heard):
            found.append(signal(name, -taken, vocabulary.quote(heard.told, phrases)))
            left -= taken
    return found


def enters(heard: Heard) -> bool:
    """Whether the text is an entry of a contest and tells nothing that is real whatever it plays for."""
    if "contest" not in _named(heard) or not _holding("contest", heard):
        return False
    grave = {scene.frame.family for scene in heard.scenes} | {f.phrase.name for f in heard.crises if f.phrase.strong}
    return grave.isdisjoint(_NO_GAME)


def softened(heard: Heard) -> bool:
    """Whether something holds that takes the edge off, be there an alarming word or not; "a little" alone does not."""
    named = _named(heard) - {"slight"}
    return any(_holding(name, heard) and not _outweighed(name, heard) for name in SHARES if name in named)


def _unreal(families: Sequence[Signal]) -> float:
    """The share of the points that a story could explain."""
    whole = sum(s.points for s in families)
    return sum(s.points for s in families if s.name not in REAL) / whole if whole else 0.0


def _named(heard: Heard) -> set[str]:
    """What the guards of a text are named."""
    return {_NAMES.get(f.phrase.name, f.phrase.name) for f in heard.guards}


def _holding(name: str, heard: Heard) -> list[Found]:
    return [f for f in heard.guards if _NAMES.get(f.phrase.name, f.phrase.name) == name and not _denied(f, heard)]


def _denied(found: Found, heard: Heard) -> bool:
    """ "pas réglé", "toujours pas résolu"."""
    return found.phrase.name == "solved" and tone.negated(found, heard.told, heard.language, both_sides=False)


def _outweighed(name: str, heard: Heard) -> bool:
    """Whether somebody tells several scenes of their own: then a "lol" or a "what if" does not calm.

    Nor does "a little" when it is asked whether that is normal.
    """
    if name == "slight" and "?" in heard.told.folded.text and not _NORMAL.isdisjoint(heard.told.words):
        return True
    told = len({scene.frame.family for scene in heard.scenes})
    return name in _OUTWEIGHED and told >= _SEVERAL and says_i(heard)


def says_i(heard: Heard) -> bool:
    """Whether someone speaks of themselves."""
    return not FIRST_PERSON.isdisjoint(heard.told.words)


def wonders(heard: Heard) -> bool:
    """Whether the text ends in a question and nobody in it speaks of themselves."""
    return heard.told.original.rstrip().endswith("?") and not says_i(heard)


def asked(found: Found, heard: Heard) -> bool:
    """Whether the sentence of the phrase is a question in nobody's name."""
    told = heard.told
    ending = re.search(r"[.!?\n]", told.folded.text[told.ends[found.last] :])
    return ending is not None and ending.group() == "?" and not says_i(heard)
