"""A digest as plain text, as a text message, as Slack blocks and as JSON for webhooks."""

from __future__ import annotations

from collections.abc import Iterator

from veille.model.digest import Digest, Section
from veille.rendering.brand import brand
from veille.rendering.digest_view import DigestView, SectionView, Told
from veille.rendering.followed import copy_text
from veille.rendering.forms import Part, blocks, context, escape, section, short, slack_link
from veille.rendering.payload import Data, client_data, dump, story_data
from veille.rendering.story import by_whom
from veille.rendering.voice import Voice

_SLACK_STORIES = 5
#: Of Slack's fifty: one opens the message, one is for the quiet clients.
_BLOCKS_FOR_SECTIONS = 48
_RULE = "=" * 60


def digest_text(voice: Voice, view: DigestView) -> str:
    """Write the plain text of the mail: each client's part opens with its mark and name."""
    parts = [
        ", ".join(brand.title for brand in view.brands),
        "\n".join(filter(None, (view.heading, view.period, view.late, view.failed, *view.spent))),
        *("\n\n".join(_section_text(voice, part)) for part in view.sections),
        "\n".join(f"{part.brand.title} · {part.counts}" for part in view.quiet),
        *(_limits(voice, part) for part in view.quiet if part.not_watched),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _section_text(voice: Voice, part: SectionView) -> Iterator[str]:
    yield f"{_RULE}\n{part.brand.title}\n{_RULE}\n{part.counts}"
    yield from trouble_text(voice, part.trouble)
    for told in part.stories:
        yield _story_text(voice, part, told)
    yield from filter(None, (part.hidden, part.apart, part.alt, _limits(voice, part)))


def trouble_text(voice: Voice, trouble: tuple[str, ...]) -> Iterator[str]:
    """Write what could not be watched."""
    if trouble:
        yield "\n".join([voice.label(voice.say("Could not be watched")), *(f"- {sentence}" for sentence in trouble)])


def _limits(voice: Voice, part: SectionView) -> str:
    limits = voice.labelled(voice.say("Not watched at all"), part.not_watched) if part.not_watched else ""
    return "\n".join(filter(None, (part.delays, limits)))


def _story_text(voice: Voice, part: SectionView, told: Told) -> str:
    story = told.story
    rows = [
        f"[{part.brand.mark}] {story.lead.level_word} · {story.lead.title}",
        f"{by_whom(story.lead)}, {story.lead.when} · {story.code}",
        voice.quote(story.more) if story.more else "",
        f"{story.counts} ({told.fresh})",
        told.reason,
        *told.after,
        *(copy_text(voice, copy) for copy in told.gone),
        *(f"- {signal}" for signal in story.signals),
        story.lead.link,
    ]
    return "\n".join(row for row in rows if row)


def digest_short(voice: Voice, view: DigestView) -> str:
    """Write the text message: the worst client first, as many as fit."""
    parts = (*view.sections, *view.quiet)
    if not parts:
        return ""
    said = [Part(9, f"{view.heading}."), Part(8, f"{_headline(voice, parts[0])}.")]
    said += [Part(7 - place, f"{part.brand.title}: {_headline(voice, part)}.") for place, part in enumerate(parts[1:6])]
    return short(parts[0].brand, said, tail="")


def _headline(voice: Voice, part: SectionView) -> str:
    if part.urgent:
        return voice.count("{n} story to handle", "{n} stories to handle", part.urgent)
    if part.trouble:
        return voice.say("sources in trouble")
    return part.counts


def digest_blocks(voice: Voice, view: DigestView) -> str:
    """Write Slack blocks: a line a client, its first stories; text from outside escaped once."""
    titles = ", ".join(brand.title for brand in view.brands)
    each = (_BLOCKS_FOR_SECTIONS - 2 * len(view.sections)) // max(len(view.sections), 1)
    parts = [section(f"*{escape(titles)}* · {escape(view.heading)}\n{escape(view.late)}".rstrip())]
    for part in view.sections:
        parts.append(section(f"*{escape(part.brand.title)}* · {escape(part.counts)}"))
        parts += [section(_story_markup(part, told)) for told in part.stories[: max(0, min(each, _SLACK_STORIES))]]
        trouble = "\n".join(trouble_text(voice, part.trouble))
        said = "\n".join(filter(None, (part.hidden, part.apart, trouble, _limits(voice, part))))
        parts += [context(escape(said))] if said else []
    quiet = "\n".join(f"*{escape(part.brand.title)}* · {escape(part.counts)}" for part in view.quiet)
    return blocks([*parts[: _BLOCKS_FOR_SECTIONS + 1], section(quiet)] if quiet else parts)


def _story_markup(part: SectionView, told: Told) -> str:
    story = told.story
    title = slack_link(story.lead.link, story.lead.title)
    return (
        f"[{escape(part.brand.mark)}] *{escape(story.lead.level_word)}* · {title}\n"
        f"{escape(by_whom(story.lead))}, {story.lead.when} · {escape(story.counts)}\n{escape(told.reason)}"
    )


def digest_payload(voice: Voice, digest: Digest) -> str:
    """Write the JSON that a webhook posts; its keys are documented in docs/configuration.md."""
    return dump(
        kind="digest",
        language=voice.language,
        digest={
            "date": digest.local_date.isoformat(),
            "since": digest.since.isoformat(),
            "until": digest.until.isoformat(),
            "due": digest.due.isoformat() if digest.due else None,
            "clients": [_section_data(part) for part in (*digest.sections, *digest.quiet)],
        },
    )


def _section_data(part: Section) -> Data:
    return {
        **client_data(brand(part.client)),
        "mentions": part.mentions,
        "copies": part.copies,
        "planned": part.planned,
        "own": part.own,
        "muted": part.muted,
        "excluded": part.excluded,
        "not_us": part.not_us,
        "usual_per_day": part.usual,
        "stories": [
            {
                **story_data(line.story),
                "fresh": line.fresh,
                "reason": line.reason.value,
                "alerted_at": line.alerted_at.isoformat() if line.alerted_at else None,
            }
            for line in part.stories
        ],
        "hidden": part.hidden,
        "trouble": [
            {
                "source": source.source_id,
                "url": source.url,
                "since": source.since.isoformat() if source.since else None,
                "health": source.health.value,
                "error": source.error,
            }
            for source in part.trouble
        ],
        "delays": {source_id: round(delay.total_seconds()) for source_id, delay in part.delays},
        "not_watched": list(part.client.not_watched),
    }
