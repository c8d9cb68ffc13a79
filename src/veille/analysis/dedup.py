"""Copy, same story, or new: where a publication stands among those that a client already has.

Copy: the same address or the same text elsewhere. Same story: the same author on the same site within hours,
or enough rare words and facts in common within three days. Every verdict says why in its evidence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from veille.analysis import fingerprint
from veille.analysis.fingerprint import Print, stem
from veille.model.mention import Candidate, Kinship, Verdict
from veille.text import similarity
from veille.text.fold import fold, words

STORY_WINDOW = timedelta(hours=72)
SAME_AUTHOR_WINDOW = timedelta(hours=6)
#: Words that a text needs to be a copy by its words alone; "Honteux" says nothing of where it comes from.
LEAST_WORDS = 6
LEAST_WORDS_SAME_AUTHOR = 3
NEAR_COPY = 0.92
#: A passage of so many characters that stands in the other text is that text, cut.
LEAST_PASSAGE = 80
#: Of a passage, found in the longer text.
EXCERPT = 0.95
#: One telling so much alike is enough; less alike, several are (bench/stories.py).
SAME_STORY = 0.24
SUPPORT, SUPPORT_SCALE, TELLINGS = 0.2, 1.6, 4
#: Shared rare words (or families of facts) that a story needs.
LEAST_SHARED = 2
#: Product of the two weights of a shared word from which it says something.
LEAST_SAYING = 0.5
#: Weight left to a word that nearly all mentions hold.
ORDINARY = 0.15
#: Above this many candidates, a word that half of them hold is the client's own name.
MANY = 6

#: Names that are no one in particular.
_NOBODY = frozenset(
    fold(name)
    for name in (
        "",
        "afp",
        "reuters",
        "rédaction",
        "la rédaction",
        "admin",
        "anonyme",
        "anonymous",
        "invité",
        "guest",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """The publication to place."""

    canonical: str
    title: str
    text: str
    author: str
    site: str
    published: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class _Kin:
    """What a candidate has in common with the publication, and why."""

    kinship: Kinship
    score: float
    evidence: str
    candidate: Candidate
    #: False: a likeness that its story must still carry.
    certain: bool = True


def sketch(title: str, text: str) -> tuple[int, ...]:
    """Up to 12 signed 64-bit hashes of the rarest words and facts, rarest first: the key of the index."""
    weights = fingerprint.take(title, text).weights
    ranked = sorted(weights, key=lambda word: (-weights[word], word))
    return tuple(fingerprint.hashed(word) for word in ranked[: fingerprint.SKETCH])


def title_key(title: str) -> int:
    """A signed 64-bit hash of the title without outlet, case, accents and punctuation; 0 for no title."""
    plain = " ".join(fingerprint.title_words(title))
    return fingerprint.hashed(plain) if plain else 0


def place(entry: Placing, candidates: Sequence[Candidate], *, now: datetime, names: Collection[str] = ()) -> Verdict:
    """The verdict on `entry` among `candidates` of the same client (any order). `now`: aware UTC.

    A copy is laid to the mention it copies, itself no copy; a story to its mention that resembles most.
    `names`: the client's own, which all its mentions hold and which therefore liken nothing.
    """
    mine = fingerprint.take(entry.title, entry.text)
    known = [candidate for candidate in candidates if candidate.seen <= now]
    prints = [fingerprint.take(candidate.title, candidate.text) for candidate in known]
    frequent = _frequent(prints) | {stem(word): ORDINARY for name in names for word in words(name)}
    kin = [
        found
        for candidate, theirs in zip(known, prints, strict=True)
        if (found := _liken(entry, mine, candidate, theirs, frequent))
    ]
    return _verdict(_best(kin))


def likeness(
    left: Print, right: Print, *, frequent: Mapping[str, float] | None = None
) -> tuple[float, tuple[str, ...]]:
    """How much two prints speak of one fact (0-1), and the rare words they share, the heaviest first."""
    damp = frequent or {}
    shared = _shared(left, right, damp)
    return _score(left, right, shared, damp), _told(shared)


def _shared(left: Print, right: Print, damp: Mapping[str, float]) -> dict[str, float]:
    """The words of both, with what they weigh together."""
    mine, theirs = left.weights, right.weights
    return {w: mine[w] * theirs[w] * damp.get(w, 1.0) for w in mine.keys() & theirs.keys()}


def _told(shared: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted((w for w in shared if shared[w] > LEAST_SAYING), key=lambda w: (-shared[w], w)))


def _score(left: Print, right: Print, shared: Mapping[str, float], damp: Mapping[str, float]) -> float:
    norm = (_norm(left, damp) * _norm(right, damp)) ** 0.5
    return min(1.0, sum(shared.values()) / norm) if norm else 0.0


def _verdict(best: _Kin | None) -> Verdict:
    if best is None:
        return Verdict(kinship=Kinship.NEW)
    copy = best.kinship is Kinship.COPY
    near = best.candidate
    return Verdict(
        kinship=best.kinship,
        of=(near.copy_of or near.mention_id) if copy else near.mention_id,
        story_id=near.story_id,
        likeness=round(best.score, 3),
        evidence=best.evidence,
    )


def _best(kin: Sequence[_Kin]) -> _Kin | None:
    """A copy before an author's own thread before a likeness; the likest, then the earliest."""
    copies = [k for k in kin if k.kinship is Kinship.COPY]
    threads = [k for k in kin if k.certain and k.kinship is Kinship.SAME_STORY]
    return max(copies or threads or _likeliest(kin), key=_rank, default=None)


def _rank(kin: _Kin) -> tuple[float, int]:
    return kin.score, -kin.candidate.mention_id


def _likeliest(kin: Sequence[_Kin]) -> Sequence[_Kin]:
    """The likenesses to the story that has most of them: many tellings half alike say more than one."""
    stories: defaultdict[int, list[_Kin]] = defaultdict(list)
    for found in kin:
        stories[found.candidate.story_id].append(found)
    joined = [told for told in stories.values() if _joins(told)]
    return max(joined, key=lambda told: (_support(told), -told[0].candidate.story_id), default=[])


def _joins(told: Sequence[_Kin]) -> bool:
    return max(k.score for k in told) >= SAME_STORY or _support(told) >= SUPPORT


def _support(told: Sequence[_Kin]) -> float:
    """Mean of the likest tellings, each counting half of the one before."""
    scores = sorted((k.score for k in told), reverse=True)[:TELLINGS]
    return sum(score * 0.5**place for place, score in enumerate(scores)) / SUPPORT_SCALE


def _liken(
    entry: Placing, mine: Print, candidate: Candidate, theirs: Print, frequent: Mapping[str, float]
) -> _Kin | None:
    if entry.canonical and entry.canonical == candidate.canonical:
        return _Kin(Kinship.COPY, 1.0, "same address", candidate)
    known = _same_person(entry.author, candidate.author)
    if copied := _copied(mine, theirs, known=known):
        return _Kin(Kinship.COPY, *copied, candidate)
    apart = abs(entry.published - candidate.published)
    if known and entry.site == candidate.site and apart <= SAME_AUTHOR_WINDOW:
        return _Kin(Kinship.SAME_STORY, 1.0, f"same author on {entry.site} within 6 h", candidate)
    if apart > STORY_WINDOW:
        return None
    shared = _shared(mine, theirs, frequent)
    told = _told(shared)
    if not _enough(told):
        return None
    score = _score(mine, theirs, shared, frequent)
    return _Kin(Kinship.SAME_STORY, score, _in_common(mine, told), candidate, certain=False)


def _in_common(mine: Print, shared: Sequence[str]) -> str:
    """ "facts: mourning; words: gerbe, nantes"."""
    facts = [word[1:] for word in shared if word.startswith("#")]
    plain = [mine.spelt.get(word, word) for word in shared if not word.startswith("#")]
    said = (("facts", facts[:3]), ("words", plain[:5]))
    return "; ".join(f"{kind}: {', '.join(named)}" for kind, named in said if named)


def _enough(shared: Sequence[str]) -> bool:
    """Two rare words in common, or one narrow fact such as a bereavement."""
    return len(shared) >= LEAST_SHARED or any(fingerprint.is_narrow(word) for word in shared)


def _copied(mine: Print, theirs: Print, *, known: bool) -> tuple[float, str] | None:
    """(likeness, evidence) when one repeats the other."""
    shorter = min(mine.length, theirs.length)
    if shorter < (LEAST_WORDS_SAME_AUTHOR if known else LEAST_WORDS):
        return None
    if mine.whole == theirs.whole:
        return 1.0, "same text by the same author" if known else "same text"
    if mine.numbers ^ theirs.numbers and mine.numbers and theirs.numbers:
        return None  # "12 blessés" is not a retouched "3 blessés"
    return _same_title(mine, theirs) or _near(mine, theirs) or _cut(mine, theirs)


def _same_title(mine: Print, theirs: Print) -> tuple[float, str] | None:
    """The same title with a like text, or where one side has no text at all."""
    if mine.title != theirs.title or mine.title.count(" ") + 1 < LEAST_WORDS - 1:
        return None
    alike = similarity.shared_words(mine.body, theirs.body) if mine.body and theirs.body else 1.0
    return (alike, "same title") if alike >= 0.7 else None


def _near(mine: Print, theirs: Print) -> tuple[float, str] | None:
    """Retouched: nearly the same words, of the whole or of two long bodies under different titles."""
    score = similarity.same_words(mine.whole, theirs.whole, least=NEAR_COPY)
    if score >= NEAR_COPY:
        return score, f"{score:.0%} the same words"
    if min(len(mine.body), len(theirs.body)) < LEAST_PASSAGE:
        return None
    score = similarity.ratio(mine.body, theirs.body, least=NEAR_COPY)
    return (score, f"{score:.0%} the same text under another title") if score >= NEAR_COPY else None


def _cut(mine: Print, theirs: Print) -> tuple[float, str] | None:
    """An excerpt: the shorter body stands in the longer text."""
    shorter, longer = sorted((mine, theirs), key=lambda p: len(p.whole))
    passage = shorter.body or shorter.title
    if len(passage) < LEAST_PASSAGE:
        return None
    score = similarity.held(passage, longer.whole, least=EXCERPT)
    return (score, "an excerpt of the same text") if score >= EXCERPT else None


def _same_person(left: str, right: str) -> bool:
    mine = fold(left).strip().lstrip("@")
    return mine not in _NOBODY and mine == fold(right).strip().lstrip("@")


def _frequent(prints: Sequence[Print]) -> dict[str, float]:
    """Words that at least half of many candidates hold, damped: the client's name is in all it gets."""
    if len(prints) < MANY:
        return {}
    count = Counter(word for found in prints for word in found.weights)
    return {word: ORDINARY for word, times in count.items() if times * 2 >= len(prints)}


def _norm(found: Print, damp: Mapping[str, float]) -> float:
    return sum([weight * weight * damp.get(word, 1.0) for word, weight in found.weights.items()])
