"""The first look ("état des lieux"): the one message that follows a client's first polls."""

from __future__ import annotations

from dataclasses import dataclass

from veille.model.digest import FirstLook, Health, SourceHealth
from veille.model.message import Message, Picture
from veille.rendering.brand import Brand, brand
from veille.rendering.digest_forms import trouble_text
from veille.rendering.digest_view import Day, day_column, days_described
from veille.rendering.forms import Part, blocks, escape, section, short, slack_link
from veille.rendering.page import Pages
from veille.rendering.payload import dump, story_data
from veille.rendering.picture import days_picture
from veille.rendering.story import StoryView, by_whom, story_view
from veille.rendering.trouble import trouble_sentences, with_the_rest
from veille.rendering.unwatched import not_watched
from veille.rendering.voice import Voice, shown

_NAME, _WORDS, _STORIES, _SOURCES = 80, 10, 5, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class LookView:
    """A first look, ready to be shown; nothing in it is markup."""

    brand: Brand
    heading: str
    counts: str
    rising: StoryView | None
    stories: tuple[StoryView, ...]
    #: What answers, and since when.
    watched: tuple[str, ...]
    trouble: tuple[str, ...]
    not_watched: str
    words: tuple[str, ...]
    days: tuple[Day, ...]
    cid: str
    alt: str
    #: No usual is known yet, so the picture has no line at it.
    dashes: bool = False


def first_look_message(voice: Voice, pages: Pages, look: FirstLook) -> Message:
    """Render a first look."""
    view = look_view(voice, look)
    subject = f"[{view.brand.title}] {voice.label(view.heading)} {view.counts}"
    return Message(
        kind="first_look",
        client_id=look.client.id,
        subject=subject,
        text=_text(voice, view),
        html=pages.html("first_look.html", voice, view=view, subject=subject),
        short=short(view.brand, [Part(9, f"{view.heading}."), Part(8, f"{view.counts}.")], tail=""),
        blocks=_blocks(voice, view),
        payload=dump(
            kind="first_look",
            language=voice.language,
            client=view.brand,
            first_look={
                "at": look.at.isoformat(),
                "mentions": look.mentions,
                "rising": story_data(look.rising) if look.rising else None,
                "stories": [story_data(story) for story in look.stories],
                "words": [{"word": word, "mentions": number} for word, number in look.words],
            },
        ),
        pictures=_pictures(view, look),
        language=voice.language,
    )


def look_view(voice: Voice, look: FirstLook) -> LookView:
    """Prepare a first look for display."""
    client = look.client
    good = [source for source in look.sources if source.health in (Health.HEALTHY, Health.NEW, Health.SLOW)]
    bad = [source for source in look.sources if source not in good]
    others = [story for story in look.stories if look.rising is None or story.id != look.rising.id]
    return LookView(
        brand=brand(client),
        heading=voice.say("First look"),
        counts=voice.count("{n} mention in 30 days", "{n} mentions in 30 days", look.mentions),
        rising=story_view(voice, look.rising) if look.rising else None,
        stories=tuple(story_view(voice, story) for story in others[:_STORIES]),
        watched=with_the_rest(voice, (_watched(voice, each) for each in good[:_SOURCES]), len(good) - _SOURCES),
        trouble=trouble_sentences(voice, bad, most=_SOURCES),
        not_watched=not_watched(voice, client),
        words=tuple(_word(voice, word, number) for word, number in look.words[:_WORDS]),
        days=tuple(day_column(voice, day) for day in look.days),
        cid=f"days-{client.id}@veille" if look.days else "",
        alt=days_described(voice, look.days),
    )


def _watched(voice: Voice, source: SourceHealth) -> str:
    name = f"{shown(source.source_id, _NAME)} ({shown(source.url, _NAME)})"
    if source.since is None:
        return voice.say("{source}: not asked yet", source=name)
    entries = voice.count("{n} publication", "{n} publications", source.entries)
    return voice.say(
        "{source}: answers since {moment}, {entries}",
        source=name,
        moment=voice.moment(source.since),
        entries=entries,
    )


def _word(voice: Voice, word: str, number: int) -> str:
    mentions = voice.count("{n} mention", "{n} mentions", number)
    return f"{voice.quote(shown(word, _NAME))} ({mentions})"


def _text(voice: Voice, view: LookView) -> str:
    parts = [
        f"{view.brand.title}\n{view.heading}\n{view.counts}",
        "\n".join((voice.label(voice.say("Already rising")), _story(view.rising))) if view.rising else "",
        _listed(voice.label(voice.say("The last 30 days")), [_story(story) for story in view.stories]),
        view.alt,
        _listed(voice.label(voice.say("What is watched")), view.watched),
        *trouble_text(voice, view.trouble),
        voice.labelled(voice.say("Not watched at all"), view.not_watched) if view.not_watched else "",
        _listed(voice.label(voice.say("Words worth excluding, if they are not about you")), view.words),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _story(story: StoryView) -> str:
    lead = story.lead
    said = f"{lead.level_word} · {lead.title}\n  {by_whom(lead)}, {lead.when} · {story.counts}"
    return f"{said}\n  {lead.link}" if lead.link else said


def _listed(title: str, rows: list[str] | tuple[str, ...]) -> str:
    return "\n".join([title, *(f"- {row}" for row in rows)]) if rows else ""


def _blocks(voice: Voice, view: LookView) -> str:
    parts = [section(f"*{escape(view.brand.title)}* · {escape(view.heading)}\n{escape(view.counts)}")]
    if view.rising:
        rising = voice.say("Already rising")
        parts.append(section(f"*{rising}*\n{_markup(view.rising)}"))
    parts += [section(_markup(story)) for story in view.stories]
    parts += [section(escape(text)) for text in trouble_text(voice, view.trouble)]
    return blocks(parts)


def _markup(story: StoryView) -> str:
    title = slack_link(story.lead.link, story.lead.title)
    return f"{title}\n{escape(by_whom(story.lead))}, {story.lead.when} · {escape(story.counts)}"


def _pictures(view: LookView, look: FirstLook) -> tuple[Picture, ...]:
    if not look.days:
        return ()
    png = days_picture(look.days, usual=0.0, colour=view.brand.colour)
    return (Picture(cid=view.cid, png=png, alt=view.alt),)
