"""What followed a story, in sentences: what is no longer visible, what was edited, what it returns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from veille.model.following import After, Earlier, Edit, Gone
from veille.rendering.links import safe_link
from veille.rendering.story import EXCERPT, TITLE, publisher, title
from veille.rendering.voice import Voice, shown

#: Dated copies and edits that one message shows.
_MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The dated copy of a mention that is no longer visible; nothing in it is markup."""

    #: "Claire Roux, facebook.com: no longer visible since 12:05"
    said: str
    #: "copy of 12 Feb 10:53; still visible at 12:00"
    dated: str
    title: str
    #: "" when the title says it.
    text: str
    #: http(s) or "".
    link: str


def copies_kept(voice: Voice, gone: Sequence[Gone]) -> tuple[Copy, ...]:
    """Prepare the dated copies of what is no longer visible, the first missed first."""
    return tuple(_copy(voice, each) for each in gone[:_MOST])


def _copy(voice: Voice, gone: Gone) -> Copy:
    mention = gone.mention
    name, text = shown(title(mention), TITLE), shown(mention.text, EXCERPT)
    return Copy(
        said=voice.say(
            "{who}: no longer visible since {moment}",
            who=shown(mention.author, 60) or publisher(mention),
            moment=voice.moment(gone.since),
        ),
        dated=voice.say(
            "copy of {moment}, still visible at {clock}",
            moment=voice.dated(mention.seen),
            clock=voice.clock(gone.visible),
        ),
        title=name,
        text="" if text == name else text,
        link=safe_link(mention.link),
    )


def copy_text(voice: Voice, copy: Copy) -> str:
    """Write one dated copy as plain text, on lines of its own."""
    rows = (f"{copy.said} ({copy.dated})", voice.quote(copy.title), copy.text and voice.quote(copy.text), copy.link)
    return "\n  ".join(row for row in rows if row)


def after_sentences(voice: Voice, after: After) -> tuple[str, ...]:
    """Say what followed a story, the dated copies apart: its return, what waits, what vanished, what was edited."""
    waits = voice.count("{n} question without an answer.", "{n} questions without an answer.", after.unanswered)
    said = (
        returns_sentence(voice, after.earlier),
        waits if after.unanswered else "",
        gone_sentence(voice, after.gone),
        *edit_sentences(voice, after.edits),
    )
    return tuple(sentence for sentence in said if sentence)


def gone_sentence(voice: Voice, gone: Sequence[Gone]) -> str:
    """Say how many messages are no longer visible, and since when ("" = none)."""
    if not gone:
        return ""
    return voice.count(
        "{n} message is no longer visible since {moment}, while its site answers.",
        "{n} messages are no longer visible since {moment}, while their site answers.",
        len(gone),
        moment=voice.moment(gone[0].since),
    )


def gone_words(voice: Voice, gone: Sequence[Gone]) -> str:
    """Say it in a headline: "2 messages disparus" ("" = none)."""
    return voice.count("{n} message no longer visible", "{n} messages no longer visible", len(gone)) if gone else ""


def returns_sentence(voice: Voice, earlier: Earlier | None) -> str:
    """Say that a story returns: "Revient : déjà vu le 12 février (F-42)." ("" = it is new)."""
    if earlier is None:
        return ""
    day = voice.long_day(earlier.seen)
    return voice.say("Returns: already seen on {day} ({code}).", day=day, code=shown(earlier.code, 20))


def edit_sentences(voice: Voice, edits: Sequence[Edit]) -> tuple[str, ...]:
    """Say what was edited: the new title and the old one, or that the text changed; the last few."""
    return tuple(_edit(voice, edit) for edit in edits[-_MOST:])


def _edit(voice: Voice, edit: Edit) -> str:
    if not edit.retitled or not edit.new_title.strip():
        return voice.say("Text changed {moment}.", moment=voice.at(edit.at))
    return voice.say(
        "Title changed {moment}: {new} (before: {old}).",
        moment=voice.at(edit.at),
        new=voice.quote(shown(edit.new_title, TITLE)),
        old=voice.quote(shown(edit.old_title, TITLE)),
    )
