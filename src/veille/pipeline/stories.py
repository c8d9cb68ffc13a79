"""A community manager's corrections of stories: united, parted, and taken back; what comes later follows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from veille.errors import AnswerError
from veille.model.alert import Story
from veille.store import Connection, corrections, mentions, placing, stories
from veille.store.corrections import Correction, Kind

#: "F-4821", or its number alone.
_CODE = re.compile(r"(?:[^\W\d_]{1,3}-)?(\d{1,18})", re.IGNORECASE)


def merge(tx: Connection, codes: Sequence[str], *, who: str, at: datetime) -> tuple[Correction, ...]:
    """Unites stories into the first one named; its code stays, those of the others lead to it. Raises AnswerError."""
    found = [_story(tx, code) for code in dict.fromkeys(codes)]
    first, *others = list({story.id: story for story in found}.values())
    if not others:
        raise AnswerError("name two stories that differ: these are one already")
    if strangers := [story.code for story in others if story.client_id != first.client_id]:
        raise AnswerError(f"{strangers[0]} is another client's than {first.code}: nothing crosses from one to another")
    _take(tx, first.client_id)
    return tuple(
        corrections.merge(tx, first.client_id, into=first.id, story_id=story.id, who=who, at=at) for story in others
    )


def split(tx: Connection, code: str, numbers: Sequence[int], *, who: str, at: datetime) -> Correction:
    """Parts mentions, with their copies, from a story into a new one. Raises AnswerError."""
    story = _story(tx, code)
    for number in numbers:
        if not any(m.id == number and m.story_id == story.id for m in mentions.of_ids(tx, [number])):
            raise AnswerError(f"no mention {number} in {story.code}; `veille mentions {story.client_id}` lists them")
    _take(tx, story.client_id)
    done = corrections.split(tx, story.client_id, story_id=story.id, mentions=list(numbers), who=who, at=at)
    if len(done.mentions) >= (story.total or len(story.mentions)):
        raise AnswerError(f"nothing would be left in {story.code}: these mentions and their copies are all of it")
    return done


def undo(tx: Connection, number: int, *, at: datetime) -> Correction:
    """Takes a correction back. Raises AnswerError when there is none, or a later one stands in the way."""
    try:
        done = corrections.get(tx, number)
    except KeyError:
        raise AnswerError(f"no correction {number}; `veille explain MENTION` names them") from None
    if done.undone:
        raise AnswerError(f"correction {number} was undone already, {done.undone:%Y-%m-%d %H:%M} UTC")
    if after := corrections.later(tx, done):
        raise AnswerError(f"correction {after[-1].id} came after it: undo that one first")
    _take(tx, done.client_id)
    corrections.undo(tx, done, at=at)
    return done


def code_of(conn: Connection, story_id: int) -> str:
    """The code of a story, emptied or not ("" = unknown)."""
    return stories.codes(conn, [story_id]).get(story_id, "")


def told(conn: Connection, mention_id: int, story_id: int) -> tuple[tuple[Correction, str, str], ...]:
    """The corrections that a mention's story went through, with the codes (from, to)."""
    done = [one for one in corrections.of_story(conn, story_id) if _concerns(one, mention_id, story_id)]
    names = stories.codes(conn, [number for one in done for number in (one.from_id, one.story_id)])
    return tuple((one, names.get(one.from_id, ""), names.get(one.story_id, "")) for one in done)


def _concerns(done: Correction, mention_id: int, story_id: int) -> bool:
    return mention_id in done.mentions or (done.kind is Kind.MERGE and done.story_id == story_id)


def _take(tx: Connection, client_id: str) -> None:
    """The client's turn; whoever placed mentions meanwhile must place them again."""
    placing.turn(tx, [client_id])
    placing.bump(tx, client_id)


def _story(conn: Connection, code: str) -> Story:
    read = _CODE.fullmatch(code.strip())
    number = corrections.resolve(conn, int(read[1])) if read else 0
    found = stories.stories(conn, [number]) if number else ()
    if not found:
        raise AnswerError(f"no story {code}; a code reads like F-4821, and stands in each alert and digest")
    written = code.strip().rpartition("-")[0].upper()
    if written and written not in {found[0].code.rpartition("-")[0], *_old_marks(conn, int(read[1]) if read else 0)}:
        raise AnswerError(f"no story {code}: check the letters before the number")
    return found[0]


def _old_marks(conn: Connection, number: int) -> frozenset[str]:
    return frozenset(code.rpartition("-")[0] for code in stories.codes(conn, [number]).values())
