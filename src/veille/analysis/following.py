"""What a story's later messages say of the earlier ones: a statement denied, a question left open, a day that is near.

Everything is derived from mentions as stored. An own statement calms nothing by itself; the clock of a question stops
with an answer, and goes on when its author comes back unhappy.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from veille.analysis.fingerprint import rarity
from veille.model.following import Denial, Gone
from veille.model.mention import Category, Kinship, Mention
from veille.text.fold import fold, words

#: An own statement is answered, or denied, within so long.
STATEMENT_WINDOW = timedelta(hours=12)

#: Points of the signal from which someone denies, rather than doubts.
DENIES = 10
#: Points from which an author who comes back is still unhappy.
UNHAPPY = 45
#: Messages that vanish while their page answers: one may be anyone's second thought, two are a signal.
VANISHED = 2
#: A person's name with fewer letters names too many people.
NAME = 6
#: Two words with so many letters in common at their head speak of one thing: "remboursée", "remboursement".
HEAD = 6

_WORD = re.compile(r"[^\W\d_]{4,}")
_PRESS = ("press", "national_press")
_REPLY = re.compile(r"^\s*(?:re|tr|fwd)\s*:\s*", re.IGNORECASE)


def denial(
    fresh: Iterable[Mention],
    statements: Sequence[Mention],
    *,
    story: Sequence[Mention] = (),
    told_authors: Collection[str] = (),
    names: Collection[str] = (),
) -> Denial | None:
    """The first of these mentions that contradicts an own statement, or whose author is back unhappy after a reply.

    `statements` are the client's own of the last hours, `story` the mentions of their story, `told_authors` those whose
    stories were told. `names`: the client's own, which link nothing.
    """
    for mention in fresh:
        if _is_apart(mention):
            continue
        before = sorted(_before(mention, statements), key=lambda own: own.published, reverse=True)
        found = (_denial(mention, own, story, told_authors, names) for own in before)
        if first := next((each for each in found if each), None):
            return first
    return None


def _denial(
    mention: Mention, statement: Mention, story: Sequence[Mention], told: Collection[str], names: Collection[str]
) -> Denial | None:
    known = any(same_person(mention.author, author) for author in told)
    word = common_word(statement.text or statement.title, f"{mention.title} {mention.text}", but=names)
    if denies(mention) and (known or word or statement.story_id == mention.story_id):
        return Denial(mention=mention, statement=statement, by_author=known, word=word)
    if statement.story_id == mention.story_id and _is_back(mention, statement, story):
        return Denial(mention=mention, statement=statement, by_author=True, contradicts=False, word=word)
    return None


def denies(mention: Mention) -> bool:
    """Whether the mention says that something is not true."""
    return any(signal.name == "denial" and signal.points >= DENIES for signal in mention.urgency.signals)


def _is_back(mention: Mention, statement: Mention, story: Sequence[Mention]) -> bool:
    """Whether an author of before the statement is back after it, and as unhappy."""
    theirs = (m for m in story if not m.own and m.published < statement.published)
    return mention.urgency.points >= UNHAPPY and any(same_person(m.author, mention.author) for m in theirs)


def _before(mention: Mention, statements: Sequence[Mention]) -> list[Mention]:
    window = STATEMENT_WINDOW
    return [own for own in statements if timedelta() < mention.published - own.published <= window]


def same_person(left: str, right: str) -> bool:
    """Whether two author names are one person's, on any site: "Claire Roux", "@claire_roux"."""
    mine = _letters(left)
    return len(mine) >= NAME and mine == _letters(right)


def _letters(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())


def common_word(statement: str, answer: str, *, but: Collection[str] = ()) -> str:
    """The rarest word of a statement, as written, of which an answer takes up the head ("" = none)."""
    named = {word[:HEAD] for name in but for word in words(name)}
    heads = {word[:HEAD] for word in words(answer) if len(word) >= HEAD} - named
    said = [(rarity(fold(word)), word) for word in _WORD.findall(statement) if fold(word)[:HEAD] in heads]
    rare = [(weight, word) for weight, word in said if weight >= 1]
    return max(rare, key=lambda pair: pair[0])[1] if rare else ""


def disappeared(gone: Sequence[Gone]) -> tuple[str, ...]:
    """The signal that messages of a story are no longer visible while their page answers."""
    return ("disappeared",) if len(gone) >= VANISHED else ()


def asks(mention: Mention) -> bool:
    """Whether the mention awaits an answer from the client."""
    judged = mention.urgency
    awaits = judged.category in (Category.QUESTION, Category.REQUEST) or judged.has("question", "request")
    return awaits and not _is_apart(mention) and mention.place not in _PRESS and judged.category is not Category.PRAISE


def unanswered(
    asked: Sequence[Mention], statements: Sequence[Mention], later: Sequence[Mention]
) -> tuple[Mention, ...]:
    """Those of `asked` that await an answer still, the most urgent first.

    `statements` are the client's own, `later` all mentions that may show an author back.
    """
    waiting = [mention for mention in asked if asks(mention) and not _is_settled(mention, statements, later)]
    return tuple(sorted(waiting, key=lambda mention: (-mention.urgency.points, mention.id)))


def _is_settled(mention: Mention, statements: Sequence[Mention], later: Sequence[Mention]) -> bool:
    answers = [own.published for own in statements if answers_to(own, mention)]
    thanks = [m.published for m in _said_after(mention, later) if m.urgency.category is Category.PRAISE]
    settled = max([*answers, *thanks], default=None)
    return settled is not None and not _is_reopened(mention, settled, later)


def _is_reopened(mention: Mention, settled: datetime, later: Sequence[Mention]) -> bool:
    back = (m for m in _said_after(mention, later) if m.published > settled)
    return any(denies(m) or asks(m) or m.urgency.points >= UNHAPPY for m in back)


def _said_after(mention: Mention, later: Sequence[Mention]) -> list[Mention]:
    """What its author said after it."""
    return [m for m in later if not m.own and m.published > mention.published and same_person(m.author, mention.author)]


def answers_to(statement: Mention, mention: Mention) -> bool:
    """Whether an own statement answers a mention: after it, in its story, in its thread, or by its author's name."""
    if statement.published <= mention.published:
        return False
    threads = _thread(statement) == _thread(mention) and statement.site == mention.site
    name = fold(mention.author).strip().lstrip("@")
    named = len(name) >= NAME and name in fold(statement.text)
    return statement.story_id == mention.story_id or (threads and bool(_thread(mention))) or named


def _thread(mention: Mention) -> str:
    return fold(_REPLY.sub("", mention.title)).strip()


def due(text: str) -> str:
    """Whether a text names a day that is near: "today", "tomorrow", or ""."""
    said = f" {' '.join(words(text))} "
    found = (day for day, phrases in _days() if any(f" {phrase} " in said for phrase in phrases))
    day = next(found, "")
    return "" if day == "later" else day


@cache
def _days() -> tuple[tuple[str, tuple[str, ...]], ...]:
    raw = tomllib.loads(files("veille.analysis").joinpath("data", "when.toml").read_text(encoding="utf-8"))
    return tuple((day, tuple(phrases)) for language in raw.values() for day, phrases in language.items())


def _is_apart(mention: Mention) -> bool:
    return (
        mention.own
        or mention.backlog
        or mention.muted
        or bool(mention.event)
        or mention.verdict.kinship is Kinship.COPY
    )
