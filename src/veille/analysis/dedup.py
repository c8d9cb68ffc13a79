"""Copy, same story, or new: where a publication stands among those that a client already has.

Copy: the same address or the same text elsewhere. Same story: a link to it, or the same author on the same site
within hours, or enough rare words and facts in common, within three days, with the tellings of one story together.
Every verdict says why in its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from veille.analysis import fingerprint, likeness
from veille.analysis.corpus import CONCEPT_MARK, Corpus, hashed
from veille.analysis.fingerprint import Print
from veille.analysis.likeness import Likening
from veille.analysis.stems import root
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
    #: Canonical addresses that the text points to.
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kin:
    """What a candidate has in common with the publication, and why."""

    kinship: Kinship
    score: float
    #: "" where it is what is shared.
    evidence: str
    candidate: Candidate
    shared: Sequence[str] = ()
    #: False: a likeness that its story must still carry.
    certain: bool = True
    #: Whether what is shared could carry a story by itself.
    enough: bool = True


def tokens(title: str, text: str) -> tuple[int, ...]:
    """Signed 64-bit hashes of all that a text is likened by: what a corpus counts."""
    return tuple([hashed(token) for token in fingerprint.take(title, text).weights if token[-1] != "*"])


def weighed_sketch(title: str, text: str, likening: Likening) -> dict[int, float]:
    """Up to 12 signed 64-bit hashes of the rarest words and facts, and what each says: the key of the index."""
    found = fingerprint.take(title, text)
    told = likeness.rarest(found, likening, most=fingerprint.SKETCH)
    return {hashed(token): found.weights[token] * likening.rarity(token) for token in told}


def sketch(title: str, text: str, corpus: Corpus | None = None) -> tuple[int, ...]:
    """As `weighed_sketch`, the hashes alone, the rarest first."""
    return tuple(weighed_sketch(title, text, Likening(corpus or Corpus())))


def title_key(title: str) -> int:
    """A signed 64-bit hash of the title without outlet, case, accents and punctuation; 0 for no title."""
    plain = " ".join(fingerprint.title_words(title))
    return hashed(plain) if plain else 0


def place(
    entry: Placing,
    candidates: Sequence[Candidate],
    *,
    now: datetime,
    names: Collection[str] = (),
    corpus: Corpus | None = None,
    likening: Likening | None = None,
) -> Verdict:
    """The verdict on `entry` among `candidates` of the same client (any order). `now`: aware UTC.

    A copy is laid to the mention it copies, itself no copy; a story to its mention that resembles most.
    `names`: the client's own, which all its mentions hold and which therefore liken little. `corpus`: how many of the
    client's mentions hold a word. `likening`: made of both before, for many entries.
    """
    mine = fingerprint.take(entry.title, entry.text)
    likening = likening or Likening(named(corpus or Corpus(), names))
    judged = [
        (candidate, _liken(entry, mine, candidate, likening)) for candidate in candidates if candidate.seen <= now
    ]
    return _verdict(_best([found for _, found in judged if found]), mine)


def named(corpus: Corpus, names: Collection[str]) -> Corpus:
    """The corpus of a client of these names: they are taken for words that half of its mentions hold."""
    return replace(corpus, names=corpus.names | _roots(tuple(names)))


@lru_cache(maxsize=1_000)
def _roots(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(root(word) for name in names for word in words(name))


def _verdict(best: _Kin | None, mine: Print) -> Verdict:
    if best is None:
        return Verdict(kinship=Kinship.NEW)
    copy = best.kinship is Kinship.COPY
    near = best.candidate
    return Verdict(
        kinship=best.kinship,
        of=(near.copy_of or near.mention_id) if copy else near.mention_id,
        story_id=near.story_id,
        likeness=round(best.score, 3),
        evidence=best.evidence or _in_common(mine, best.shared),
    )


def _best(kin: Sequence[_Kin]) -> _Kin | None:
    """A copy before an author's own thread before a likeness; the likest, then the earliest."""
    copies = [k for k in kin if k.kinship is Kinship.COPY]
    threads = [k for k in kin if k.certain and k.kinship is Kinship.SAME_STORY]
    return max(copies or threads or _likeliest(kin), key=_rank, default=None)


def _rank(kin: _Kin) -> tuple[float, bool, int]:
    return kin.score, kin.candidate.parted, -kin.candidate.mention_id


def _likeliest(kin: Sequence[_Kin]) -> Sequence[_Kin]:
    """The likenesses to the story that has most of them: many tellings half alike say more than one."""
    stories: defaultdict[int, list[_Kin]] = defaultdict(list)
    for found in kin:
        stories[found.candidate.story_id].append(found)
    joined = [told for told in stories.values() if _joins(told)]
    likest = max(joined, key=lambda told: (_support(told), -told[0].candidate.story_id), default=[])
    return [found for found in likest if found.enough]


def _joins(told: Sequence[_Kin]) -> bool:
    return any(found.enough for found in told) and _support(told) >= likeness.SUPPORT


def _support(told: Sequence[_Kin]) -> float:
    """Of the tellings together; a text and its copies are one telling."""
    tellings: dict[int, float] = {}
    for found in told:
        first = found.candidate.copy_of or found.candidate.mention_id
        tellings[first] = max(found.score, tellings.get(first, 0.0))
    return likeness.support(tellings.values())


def _liken(entry: Placing, mine: Print, candidate: Candidate, likening: Likening) -> _Kin | None:
    theirs = fingerprint.take(candidate.title, candidate.text)
    if entry.canonical and entry.canonical == candidate.canonical:
        return _Kin(Kinship.COPY, 1.0, "same address", candidate)
    known = _same_person(entry.author, candidate.author)
    if copied := _copied(mine, theirs, known=known):
        return _Kin(Kinship.COPY, *copied, candidate)
    if candidate.canonical and candidate.canonical in entry.links:
        return _Kin(Kinship.SAME_STORY, 1.0, f"links to {candidate.canonical}", candidate)
    if candidate.links_here:
        return _Kin(Kinship.SAME_STORY, 1.0, f"linked from {candidate.canonical or candidate.site}", candidate)
    apart = abs(entry.published - candidate.published)
    if known and entry.site == candidate.site and apart <= SAME_AUTHOR_WINDOW:
        return _Kin(Kinship.SAME_STORY, 1.0, f"same author on {entry.site} within 6 h", candidate)
    if apart > STORY_WINDOW:
        return None
    found = likening.score(mine, theirs)
    if not found.shared:
        return None
    return _Kin(Kinship.SAME_STORY, found.score, "", candidate, shared=found.shared, certain=False, enough=found.enough)


def _in_common(mine: Print, shared: Sequence[str]) -> str:
    """ "facts: mourning; words: gerbe, nantes"."""
    facts = list(dict.fromkeys(token[1:] for token in shared if token[0] == CONCEPT_MARK))
    spelt = mine.spelt
    plain = [spelt.get(token, token) for token in shared if token[0] != CONCEPT_MARK]
    said = (("facts", facts[:3]), ("words", plain[:5]))
    return "; ".join(f"{kind}: {', '.join(named)}" for kind, named in said if named)


def _copied(mine: Print, theirs: Print, *, known: bool) -> tuple[float, str] | None:
    """(likeness, evidence) when one repeats the other."""
    shorter = min(mine.length, theirs.length)
    if shorter < (LEAST_WORDS_SAME_AUTHOR if known else LEAST_WORDS):
        return None
    if mine.whole == theirs.whole:
        return 1.0, "same text by the same author" if known else "same text"
    if mine.numbers ^ theirs.numbers and mine.numbers and theirs.numbers:
        # "12 blessés" is not a retouched "3 blessés"; an excerpt may lack what comes later.
        return _cut(mine, theirs) if mine.numbers <= theirs.numbers or theirs.numbers <= mine.numbers else None
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


def copied(mine: Print, theirs: Print) -> tuple[float, str] | None:
    """(likeness, why) when one of two texts of unknown writers and times repeats the other."""
    return _copied(mine, theirs, known=False)
