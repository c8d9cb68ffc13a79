"""What an author wrote before, in one sentence: "A déjà écrit 2 fois ici depuis le 3 novembre, dont 1 plainte"."""

from __future__ import annotations

from collections.abc import Iterator

from veille.model.author import AuthorRecord
from veille.rendering.voice import Voice, shown

_EVIDENCE = 80


def author_sentence(voice: Voice, evidence: str) -> str:
    """Say the evidence of the signal `earlier_posts`, without a full stop; another text is shown as it is."""
    found = AuthorRecord.read(evidence)
    if found is None:
        return shown(evidence, _EVIDENCE)
    return ", ".join([_written(voice, found), *_of_them(voice, found)])


def _written(voice: Voice, found: AuthorRecord) -> str:
    return voice.count(
        "Its author has written here {n} time since {day}",
        "Its author has written here {n} times since {day}",
        found.posts,
        day=voice.long_day(found.since),
    )


def _of_them(voice: Voice, found: AuthorRecord) -> Iterator[str]:
    if found.complaints:
        yield voice.count("{n} of them a complaint", "{n} of them complaints", found.complaints)
    if found.grave:
        yield voice.count("{n} of them to handle", "{n} of them to handle", found.grave)
    if found.dismissed:
        yield voice.count("{n} of them set aside by you", "{n} of them set aside by you", found.dismissed)
    if found.unresolved:
        yield voice.say("the last complaint without an answer or thanks")
