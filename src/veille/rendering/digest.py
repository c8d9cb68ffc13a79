"""The digest as a message; its HTML stays under what mail clients cut."""

from __future__ import annotations

from veille.model.digest import Digest, Section
from veille.model.message import Message, Picture
from veille.rendering.brand import Brand, brand
from veille.rendering.digest_forms import digest_blocks, digest_payload, digest_short, digest_text
from veille.rendering.digest_view import DigestView, days_described, digest_view
from veille.rendering.page import Pages
from veille.rendering.picture import days_picture
from veille.rendering.voice import Voice

#: Gmail cuts a message at about 102 kB (docs/concepts.md, "Digest").
_HEAVIEST = 96_000
#: Stories a section, and whether the days' table stays: tried in order until the mail is light enough.
_CAPS = ((10, True), (6, True), (3, True), (3, False), (1, False), (0, False))
_NAMED = 3


def digest_message(voice: Voice, pages: Pages, digest: Digest) -> Message:
    """Render a digest; the more clients it has, the fewer stories of each it shows."""
    for stories, days in _CAPS:
        view = digest_view(voice, digest, stories=stories, days=days)
        subject = _subject(voice, view)
        html = pages.html("digest.html", voice, view=view, subject=subject)
        if len(html.encode()) <= _HEAVIEST:
            break
    return Message(
        kind="digest",
        client_id=_only_client(digest),
        subject=subject,
        text=digest_text(voice, view),
        html=html,
        short=digest_short(voice, view),
        blocks=digest_blocks(voice, view),
        payload=digest_payload(voice, digest),
        pictures=section_pictures(voice, digest.sections) if days and pages.drawn else (),
        language=voice.language,
    )


def section_pictures(voice: Voice, sections: tuple[Section, ...]) -> tuple[Picture, ...]:
    """Draw the days of each section that has some."""
    return tuple(
        Picture(
            cid=f"days-{section.client.id}@veille",
            png=days_picture(section.days, usual=section.usual, colour=brand(section.client).colour),
            alt=days_described(voice, section.days),
        )
        for section in sections
        if section.days
    )


def opening(brands: tuple[Brand, ...]) -> str:
    """Return what opens the subject: every client, or the first three and how many more."""
    more = f", +{len(brands) - _NAMED}" if len(brands) > _NAMED else ""
    return f"[{', '.join(brand.title for brand in brands[:_NAMED])}{more}]" if brands else "[veille]"


def _subject(voice: Voice, view: DigestView) -> str:
    urgent = sum(section.urgent for section in view.sections)
    stories = sum(section.total for section in view.sections)
    if urgent:
        said = voice.count("{n} story to handle", "{n} stories to handle", urgent)
    elif stories:
        said = voice.count("{n} story", "{n} stories", stories)
    elif view.sections:
        said = voice.say("sources in trouble")
    else:
        said = voice.say("nothing tonight")
    return f"{opening(view.brands)} {voice.label(view.heading)} {said}"


def _only_client(digest: Digest) -> str:
    clients = [section.client.id for section in (*digest.sections, *digest.quiet)]
    return clients[0] if len(clients) == 1 else ""
