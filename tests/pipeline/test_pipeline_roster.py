"""Which watches an entry concerns, beyond its words."""

from __future__ import annotations

import pytest

from kit_clock import ScriptedClock
from kit_model import NOON, client
from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.watch import Watch
from veille.pipeline.roster import Concern, Roster

SOURCE = Source(id="press", kind="feed", url="https://press.example/feed", key="press")
WATCH = Watch(id="floreal", name="Floréal", query="Floréal", languages=("fr",))

SPOKEN = {
    "French by its source": ("fr", "Floréal", True),
    "English by its source": ("en", "Floréal", False),
    "French by its words": (
        "",
        "Le bouquet de chez Floréal est arrivé en retard, et il était déjà fané.",
        True,
    ),
    "English by its words": (
        "",
        "The bouquet from Floréal was two days late and it was dead on arrival.",
        False,
    ),
    "too short to tell": ("", "Floréal", True),
}


@pytest.mark.parametrize(("language", "text", "concerned"), SPOKEN.values(), ids=SPOKEN)
def test_a_watch_with_languages_takes_those_and_what_cannot_be_told(language: str, text: str, concerned: bool) -> None:
    roster = Roster([client("floreal", WATCH, sources=(SOURCE,))])
    entry = Entry(key="1", text=text, language=language)
    found = roster.concerns(entry, "press", now=ScriptedClock(NOON).now())
    assert [type(one) for one in found] == ([Concern] if concerned else [])
