"""A story as a reader sees it: what, who, where, when, how many."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from veille.model.alert import Story
from veille.model.mention import Kinship, Level, Mention
from veille.rendering.links import safe_link
from veille.rendering.signals import headline, signal_sentences
from veille.rendering.voice import Voice, shown

TITLE, EXCERPT, NAME = 140, 240, 60
#: How much of a text is searched for its telling sentence.
_READ = 4_000
#: Two texts that begin with the same so many characters say the same.
_SAME = 60
_PRESS = ("press", "national_press")
#: A text that so many papers take word for word is a wire's.
_WIRE = 3
_NETWORKS = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "x": "X",
    "twitter": "X",
    "mastodon": "Mastodon",
    "bluesky": "Bluesky",
    "bsky": "Bluesky",
    "linkedin": "LinkedIn",
    "tiktok": "TikTok",
    "youtube": "YouTube",
    "reddit": "Reddit",
    "threads": "Threads",
    "pinterest": "Pinterest",
}
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One mention, ready to be shown; nothing in it is markup."""

    title: str
    #: http(s) or "".
    link: str
    author: str
    site: str
    when: str
    level: Level
    level_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """One story, ready to be shown; nothing in it is markup."""

    code: str
    lead: Line
    #: The telling sentence of the lead.
    excerpt: str
    #: The same, unless the title already says it ("" then).
    more: str
    #: A few words on what is the matter, or its title in quotation marks.
    headline: str
    #: "16 messages, 15 authors, 15 sites, of which 11 press copies".
    counts: str
    signals: tuple[str, ...]
    #: The mentions themselves, the latest first, without copies.
    lines: tuple[Line, ...]


def story_view(voice: Voice, story: Story, *, lines: int = 5) -> StoryView:
    """Prepare a story for display."""
    lead = story.lead
    return StoryView(
        code=story.code,
        lead=line(voice, lead),
        excerpt=excerpt(lead),
        more="" if excerpt(lead)[:_SAME] == shown(title(lead), TITLE)[:_SAME] else excerpt(lead),
        headline=headline(voice, lead.urgency) or voice.quote(shown(title(lead), NAME).rstrip(".")),
        counts=counts(voice, story),
        signals=signal_sentences(voice, lead.urgency),
        lines=tuple(line(voice, mention) for mention in _latest(story)[:lines]),
    )


def line(voice: Voice, mention: Mention) -> Line:
    """Prepare one mention for display."""
    return Line(
        title=shown(title(mention), TITLE),
        link=safe_link(mention.link),
        author=shown(mention.author, NAME),
        site=shown(mention.site, NAME),
        when=voice.times(mention.published, mention.seen),
        level=mention.urgency.level,
        level_word=voice.level(mention.urgency.level),
    )


def by_whom(line_: Line) -> str:
    """Return "author, site", without saying one name twice."""
    if _same_name(line_.author, line_.site):
        return line_.author
    return ", ".join(filter(None, (line_.author, line_.site)))


def publisher(mention: Mention) -> str:
    """Name who publishes: the author when it is the site's own name ("Le Grand Quotidien"), else the site."""
    author, site = shown(mention.author, NAME), shown(mention.site, NAME)
    return author if author and _same_name(author, site) else site or author


def title(mention: Mention) -> str:
    """Return what the mention is called: its title, else its text, else its address."""
    return _own_title(mention) or mention.text.strip() or mention.link


def _own_title(mention: Mention) -> str:
    """Return the title, unless it is only the author's name, as feeds of pages and comments have it."""
    said = mention.title.strip()
    return "" if said.casefold() == mention.author.strip().casefold() else said


def excerpt(mention: Mention) -> str:
    """Return the title or sentence that holds the heaviest signal's evidence, else title or text."""
    text = mention.text[:_READ]
    if not _own_title(mention) and len(text) <= EXCERPT:
        return shown(text, EXCERPT) or shown(title(mention), EXCERPT)
    sentences = [_own_title(mention), *(found.strip() for found in _SENTENCE.findall(text) if found.strip())]
    for signal in sorted(mention.urgency.signals, key=lambda signal: -signal.points):
        for sentence in sentences if signal.evidence else ():
            if signal.evidence.casefold() in sentence.casefold():
                return shown(sentence, EXCERPT)
    return shown(title(mention), EXCERPT)


def heard(story: Story) -> tuple[Mention, ...]:
    """Return the mentions worth reading one by one: neither the client's own nor copies."""
    return tuple(m for m in story.mentions if not m.own and m.verdict.kinship != Kinship.COPY)


def counts(voice: Voice, story: Story) -> str:
    """Say how many messages, authors and sites, and how many of the messages are copies."""
    repeated = copies(voice, story)
    said = bare_counts(voice, story)
    return voice.say("{figures}, of which {copies}", figures=said, copies=repeated) if repeated else said


def bare_counts(voice: Voice, story: Story) -> str:
    """Say how many messages, authors and sites, copies included, the client's own left out."""
    messages = sum(not mention.own for mention in story.mentions)
    return figures(voice, messages=messages, authors=len(story.authors), sites=len(story.sites))


def figures(voice: Voice, *, messages: int, authors: int, sites: int) -> str:
    """Say how many messages, authors and sites."""
    return ", ".join(
        (
            voice.count("{n} message", "{n} messages", messages),
            voice.count("{n} author", "{n} authors", authors),
            voice.count("{n} site", "{n} sites", sites),
        )
    )


def crowd_counts(voice: Voice, story: Story) -> str:
    """Say how many authors on how many sites."""
    authors = voice.count("{n} author", "{n} authors", len(story.authors))
    return f"{authors}, {voice.count('{n} site', '{n} sites', len(story.sites))}"


def also_in_press(voice: Voice, story: Story, *, but: Mention) -> str:
    """Say who else of the press tells it: "agence AFN et 11 reprises" ("" = nobody)."""
    press = [m for m in story.mentions if m.place in _PRESS and not m.own and m.id != but.id]
    repeated = sum(m.verdict.kinship == Kinship.COPY for m in press)
    papers = [m for m in press if m.verdict.kinship != Kinship.COPY]
    first = min(papers, key=lambda m: m.published, default=None)
    agency = first is not None and repeated >= _WIRE and publisher(first).isupper()
    name = publisher(first) if first else ""
    said = [voice.say("agency {name}", name=name) if agency else name]
    said += [voice.count("{n} press copy", "{n} press copies", repeated)] if repeated else []
    named = [part for part in said if part]
    return voice.say("{first} and {second}", first=named[0], second=named[1]) if len(named) > 1 else "".join(named)


def network(site: str) -> str:
    """Name a social network as people do ("" = it is none): "Facebook" for m.facebook.com."""
    return next((name for label in site.split(".")[:-1] if (name := _NETWORKS.get(label))), "")


def copies(voice: Voice, story: Story) -> str:
    """Say how many copies there are, by the word of the place: press, networks, elsewhere."""
    places = Counter(_place(m) for m in story.mentions if m.verdict.kinship == Kinship.COPY)
    said = (
        voice.count("{n} press copy", "{n} press copies", places["press"]),
        voice.count("{n} repost", "{n} reposts", places["social"]),
        voice.count("{n} copy", "{n} copies", places["other"]),
    )
    return ", ".join(text for text, place in zip(said, ("press", "social", "other"), strict=True) if places[place])


def _place(mention: Mention) -> str:
    if mention.place in ("press", "national_press"):
        return "press"
    return "social" if mention.place in ("social", "own_page") else "other"


def _latest(story: Story) -> list[Mention]:
    return sorted(heard(story), key=lambda mention: mention.published, reverse=True)


def _same_name(author: str, site: str) -> bool:
    letters = "".join(character for character in author.casefold() if character.isalnum())
    return len(letters) > 2 and letters in "".join(character for character in site.casefold() if character.isalnum())
