"""Writes what a watch asks in the words of one search service: a dialect says which operators it has.

What the dialect lacks is left out, never narrowing: the results are checked against the whole query anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from veille.errors import ReadError
from veille.model.exchange import Request, Source
from veille.model.search import AllOf, AnyOf, Ask, NoneOf, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """The operators of a service, as it writes them. An empty one is an operator it lacks."""

    both: str = " "
    either: str = " OR "
    without: str = "-"
    phrase: str = '"{}"'
    #: Around an inner choice; ("", "") when there are no parentheses.
    group: tuple[str, str] = ("(", ")")
    #: Characters of a whole question; longer ones are split at their widest choice, or lose exclusions.
    longest: int = 500


def questions(ask: Ask, dialect: Dialect) -> tuple[str, ...]:
    """What to ask, in one or several questions whose results together hold all the query asks for.

    A choice that the dialect cannot write, or that would be too long, is asked part by part.
    """
    whole = written(ask, dialect)
    if whole and len(whole) <= dialect.longest:
        return (whole,)
    spared = _positive(ask)
    if whole and spared != ask and len(written(spared, dialect)) <= dialect.longest:
        return (written(spared, dialect),)
    found = [text for part in _parts(spared, dialect) for text in questions(part, dialect)]
    return tuple(dict.fromkeys(found)) or (_shortest(spared, dialect),)


def sought(source: Source) -> Ask:
    """What a source searches for. Raises ReadError when it searches for nothing."""
    if source.ask is None:
        raise _nothing()
    return source.ask


def nth(source: Source, dialect: Dialect, number: int, *, most: int) -> str | None:
    """The `number`th question of a source, from 0, of `most` that a poll asks; None when all were asked."""
    asked = questions(source.ask, dialect)[:most] if source.ask else ()
    return asked[number] if number < len(asked) else None


def first(request: Request | None) -> Request:
    """The first request of a search. Raises ReadError when there is none."""
    if request is None:
        raise _nothing()
    return request


def _nothing() -> ReadError:
    return ReadError("there is nothing to search for")


def in_turn(ask: Ask, dialect: Dialect, turn: str) -> tuple[str, str]:
    """The question of this poll and its step, where a service is asked one question a poll: each has its turn.

    `turn` is what the last poll left ("" = nothing); the step is "" when there is only one question.
    """
    asked = questions(ask, dialect)
    if len(asked) == 1:
        return asked[0], ""
    number = int(turn) % len(asked) if turn.isdigit() else 0
    return asked[number], str(number)


def written(ask: Ask, dialect: Dialect) -> str:
    """The question in this dialect; "" when it has a choice that the dialect cannot write."""
    match ask:
        case Said(text):
            return dialect.phrase.format(text.replace('"', " ")) if " " in text or not text.isalnum() else text
        case NoneOf(part):
            return f"{dialect.without}{written(part, dialect)}" if dialect.without else ""
        case AllOf(parts):
            return _all(parts, dialect)
        case AnyOf(parts):
            texts = [written(part, dialect) for part in parts]
            return dialect.either.join(texts) if dialect.either and all(texts) else ""


def _all(parts: Sequence[Ask], dialect: Dialect) -> str:
    texts: list[str] = []
    for part in parts:
        text = written(part, dialect)
        if not text and not isinstance(part, NoneOf):
            return ""
        grouped = isinstance(part, AnyOf)
        if grouped and not dialect.group[0]:
            return ""
        texts.append(f"{dialect.group[0]}{text}{dialect.group[1]}" if grouped else text)
    return dialect.both.join(filter(None, texts))


def _positive(ask: Ask) -> Ask:
    """Without what must be absent."""
    if not isinstance(ask, AllOf):
        return ask
    kept = tuple(part for part in ask.parts if not isinstance(part, NoneOf))
    return AllOf(kept) if len(kept) > 1 else (kept[0] if kept else ask)


def _parts(ask: Ask, dialect: Dialect) -> tuple[Ask, ...]:
    """The narrower questions that together ask as much: parts of a choice, with what goes with all of them."""
    match ask:
        case AnyOf(parts):
            return _packed(parts, (), dialect)
        case AllOf(parts):
            choice = max((p for p in parts if isinstance(p, AnyOf)), key=lambda p: len(p.parts), default=None)
            rest = tuple(part for part in parts if part is not choice)
            return _packed(choice.parts, rest, dialect) if choice else ()
        case _:
            return ()


def _packed(parts: Sequence[Ask], rest: tuple[Ask, ...], dialect: Dialect) -> tuple[Ask, ...]:
    """As many parts of a choice in each question as it has room for; one at least."""
    packed: list[Ask] = []
    held: tuple[Ask, ...] = ()
    for part in parts:
        wider = (*held, part)
        text = written(_joined(_choice(wider), rest), dialect)
        if held and not (text and len(text) <= dialect.longest):
            packed.append(_joined(_choice(held), rest))
            wider = (part,)
        held = wider
    return (*packed, _joined(_choice(held), rest))


def _choice(parts: tuple[Ask, ...]) -> Ask:
    return AnyOf(parts) if len(parts) > 1 else parts[0]


def _joined(one: Ask, rest: tuple[Ask, ...]) -> Ask:
    if not rest:
        return one
    inner = one.parts if isinstance(one, AllOf) else (one,)
    return AllOf((*rest, *inner))


def _shortest(ask: Ask, dialect: Dialect) -> str:
    """The longest word of a question that nothing can shorten otherwise."""
    parts = ask.parts if isinstance(ask, AllOf) else (ask,)
    texts = [written(part, dialect)[: dialect.longest] for part in parts if isinstance(part, Said)]
    return max(texts, key=len, default="")
