"""Crowds through the pipeline: one story that grows in a busy watch, a contest, a flood of calm mentions, its turn."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kit_house import Town, client, open_town
from veille.model.alert import Reason
from veille.pipeline.events import Decided, Spiked
from veille.store import spikes

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
EXTRA = """
    learning_days: 0
    """
TWO_WATCHES = """
    learning_days: 0
    watches:
      - {id: name, query: Floréal}
      - {id: again, query: Floréal}
    """
#: A busy watch's usual: calm news, each of its own, and complaints, each of its own, every day.
THINGS = ("vase", "rosier", "ruban", "pot", "terreau", "cactus", "arrosoir", "panier", "bulbe", "sapin", "lilas", "gui")
TOWNS = ("Brest", "Lille", "Nantes", "Metz", "Pau", "Caen", "Dijon", "Tours", "Nice", "Lyon", "Rennes", "Angers")
GRUMBLES = (
    "Floréal : mon {thing} est arrivé cassé à {town}, très déçue, je veux un remboursement",
    "{town} : encore un {thing} en retard chez Floréal, service lamentable",
)
NEWS = ("Floréal présente un {thing} à {town}", "{town} : le {thing} de Floréal est en rayon")
PLANTS = """
tulipes jonquilles pivoines anémones renoncules dahlias glaïeuls iris jacinthes muscaris crocus narcisses freesias
lavandes sauges romarins thyms menthes basilics verveines pétunias géraniums fuchsias bégonias pensées violettes
primevères hortensias camélias magnolias azalées glycines clématites chèvrefeuilles jasmins orchidées anthuriums
ficus monsteras calathéas fougères palmiers oliviers citronniers bambous érables bouleaux chênes hêtres platanes
tilleuls peupliers saules noisetiers châtaigniers pommiers poiriers cerisiers abricotiers figuiers
"""
SCANDAL = "Floréal a jeté des chatons vivants à la poubelle à Bordeaux, c'est une honte, je boycotte"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """A client of one watch with a month behind it."""
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", "forum", extra=EXTRA)}) as opened:
        live_a_month(opened)
        yield opened


def live_a_month(town: Town) -> None:
    """Twelve mentions a day, two of them complaints."""
    rng = random.Random(4)
    for day in range(27, 0, -1):
        for number in range(12):
            text = rng.choice(GRUMBLES if number % 6 == 0 else NEWS)
            said = text.format(thing=rng.choice(THINGS), town=rng.choice(TOWNS))
            at = town.clock.now() - day * DAY + rng.randrange(1440) * MINUTE
            town.publish("press" if number % 2 else "forum", said, author=f"p{day}-{number}", published=at)
    town.settle_in()


def changes(town: Town) -> list[tuple[str, bool]]:
    return [(e.spike.state.value, e.spike.negative) for e in town.events if isinstance(e, Spiked)]


def say(town: Town, texts: list[str], *, minutes: int) -> None:
    """Each by another person, on two sites by turns."""
    for number, text in enumerate(texts):
        town.publish("press" if number % 2 else "forum", text, author=f"client {number} {minutes}")
        town.clock.pass_(minutes=minutes)
        town.beat()


def rung(town: Town) -> list[Reason]:
    return [e.decision.reason for e in town.events if isinstance(e, Decided) and e.alert]


def flood() -> list[str]:
    """Calm news, no two of which share a word but the client's name: whichever page came first, they are no story."""
    return [f"{plant} chez Floréal" for plant in PLANTS.split()]


def told_calm(town: Town) -> int:
    return sum("Beaucoup de mentions, ton neutre" in text.replace("\u00a0", " ") for text in town.texts())


def test_a_flood_of_calm_mentions_waits_for_the_digest_which_says_so(town: Town) -> None:
    say(town, flood(), minutes=12)
    assert not any(negative for _, negative in changes(town))
    assert Reason.SPIKE_STARTED not in rung(town)
    assert changes(town)[:1] == [("started", False)]
    town.live(town.clock.now() + DAY, minutes=60)
    assert told_calm(town)


def test_a_calm_crowd_that_outlasts_a_digest_is_told_in_one_only(town: Town) -> None:
    """It was told again in the digest after its end."""
    town.live(town.clock.now() + timedelta(hours=8), minutes=60)
    say(town, flood(), minutes=12)
    assert changes(town)[-1][0] != "over"
    told = told_calm(town)
    assert told
    town.live(town.clock.now() + 2 * DAY, minutes=60)
    assert changes(town)[-1] == ("over", False)
    assert told_calm(town) == told


def test_an_undeclared_contest_does_not_ring_and_fifty_angry_posts_do(town: Town) -> None:
    say(town, [f"Je participe au jeu Floréal, réponse {n}, je tague @amie{n}" for n in range(80)], minutes=8)
    assert Reason.SPIKE_STARTED not in rung(town)
    say(town, [f"{SCANDAL} ({n})" for n in range(50)], minutes=8)
    assert Reason.SPIKE_STARTED in rung(town)
    assert ("started", True) in changes(town)


def test_the_tone_of_a_calm_crowd_turns(town: Town) -> None:
    """The calm spike is over when an angry one starts within it, which rings."""
    rng = random.Random(6)
    texts = [f"Floréal {n} : {rng.choice(THINGS)} et {rng.choice(THINGS)}, {rng.choice(TOWNS)}" for n in range(60)]
    say(town, texts, minutes=5)
    before = changes(town)
    say(town, [f"{SCANDAL} ({n})" for n in range(8)], minutes=7)
    after = changes(town)[len(before) :]
    assert ("started", True) in after
    if before and before[-1][0] != "over":
        assert after[0] == ("over", False)
    with town.house.store.reading() as conn:
        assert [spike.negative for _, spike in spikes.of_client(conn, "floreal")] == [True]


def test_the_second_watch_of_a_calm_crowd_starts_none_of_its_own(tmp_path: Path) -> None:
    """A crowd that two watches see is one, at the next look too: the digest told it twice."""
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", "forum", extra=TWO_WATCHES)}) as town:
        live_a_month(town)
        say(town, flood(), minutes=12)
        starts = [e.spike.watches for e in town.events if isinstance(e, Spiked) and e.spike.state.value == "started"]
        assert starts == [("name", "again")]
