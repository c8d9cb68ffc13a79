"""What nobody watches for a client: as its settings say, what no connector sees, and networks that it has none of."""

from __future__ import annotations

from collections.abc import Iterator

from veille.model.watch import Client
from veille.rendering.catalogue import later
from veille.rendering.voice import Voice, shown
from veille.text.fold import fold

_WHAT = 60

#: (what, words of the settings that say it already, kinds that watch it; none = nothing does)
_ROWS: tuple[tuple[str, tuple[str, ...], frozenset[str]], ...] = (
    (later("private groups and messages"), ("group", "messages prives", "private messages"), frozenset()),
    (later("stories"), ("stories", "story"), frozenset()),
    ("TikTok", ("tiktok",), frozenset()),
    ("Facebook", ("facebook",), frozenset(("facebook_page", "mailbox"))),
    ("Instagram", ("instagram",), frozenset(("instagram", "mailbox"))),
    ("LinkedIn", ("linkedin",), frozenset(("mailbox",))),
    ("X", ("x", "twitter"), frozenset(("x",))),
    ("YouTube", ("youtube",), frozenset(("youtube",))),
    ("Reddit", ("reddit",), frozenset(("reddit",))),
    (later("reviews on Google"), ("google", "avis"), frozenset(("google_business", "mailbox"))),
)


def not_watched(voice: Voice, client: Client) -> str:
    """List it: the settings' own words first, each thing once ("" = nothing, which cannot be)."""
    return ", ".join((*(shown(what, _WHAT) for what in client.not_watched), *_built_in(voice, client)))


def _built_in(voice: Voice, client: Client) -> Iterator[str]:
    kinds = {source.kind for source in client.sources}
    said = " ".join(fold(what) for what in client.not_watched)
    for what, words, watching in _ROWS:
        if not kinds & watching and not any(_says(said, word) for word in words):
            yield voice.say(what) if what[0].islower() else what


def _says(said: str, word: str) -> bool:
    """Whether the folded settings hold the word; a short one only as a whole."""
    return f" {word} " in f" {said} " if len(word) < 3 else word in said
