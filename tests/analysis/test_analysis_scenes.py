"""Calm dangers and their harmless twins, hurried spelling, guards, a client's own words, velocity."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from analysis_scenes import HARMLESS, SCENES

import kit_model as kit
from veille.analysis import frames, lists, spelling, vocabulary
from veille.analysis.signals import BY_NAME, CRISIS, velocity
from veille.analysis.urgency import score
from veille.model.entry import Entry
from veille.model.mention import Category, Level, Urgency
from veille.model.watch import Client

CLIENT = Client(id="floreal", name="Floréal", mark="FL")


def judge(text: str, client: Client | None = None) -> Urgency:
    return score(Entry(key="k", text=text), client=client)


def points(judged: Urgency, name: str) -> int:
    return sum(signal.points for signal in judged.signals if signal.name == name)


@pytest.mark.parametrize(("name", "danger", "twin"), SCENES.values(), ids=SCENES)
def test_a_calm_danger_is_heard_and_its_twin_is_not(name: str, danger: str, twin: str) -> None:
    assert judge(danger).has(name)
    assert not judge(twin).has(name)
    assert judge(danger).points > judge(twin).points


@pytest.mark.parametrize(("text", "reason"), HARMLESS.values(), ids=HARMLESS)
def test_what_takes_the_edge_off_is_named(text: str, reason: str) -> None:
    judged = judge(text)
    assert judged.level < Level.HIGH
    assert not reason or points(judged, reason) < 0


def test_a_settled_matter_that_is_denied_is_not_settled() -> None:
    assert not judge("Un bout de verre dans le pot de ma fille, et ce n'est pas réglé.").has("solved")


def test_evidence_is_the_text_s_own_words() -> None:
    judged = judge("Depuis hier, la PRISE que vous m'avez vendue chauffe.")
    said = next(signal.evidence for signal in judged.signals if signal.name == "danger")
    assert all(piece in "Depuis hier, la PRISE que vous m'avez vendue chauffe." for piece in said.split(" … "))


SPELT = {
    "jms": ("jms reçu", "jamais recu"),
    "g": ("g resu le coli, il est casser", "j ai recu le colis il est casse"),
    "an elided j is no sms": ("j'ai reçu le colis c'est bien", "j ai recu le colis c est bien"),
    "English n": ("me n my mum are in the car", "me and my mum are in the car"),
    "drawn out": ("arnaaaaque de la part de cette boutique", "arnaque de la part de cette boutique"),
    "je stays je": ("je suis la", "je suis la"),
}


@pytest.mark.parametrize(("written", "read"), SPELT.values(), ids=SPELT)
def test_hurried_spelling_is_read_as_meant(written: str, read: str) -> None:
    assert " ".join(vocabulary.read(written).words) == read


def test_a_slip_in_a_long_word_is_forgiven_and_a_neighbour_is_not() -> None:
    meant = spelling.corrector(["injoignable", "hospitalis*"])
    assert meant("injoignalbe") == ["injoignable"]
    assert meant("hospitalité") == []


def test_a_client_s_own_words_weights_and_harmless_phrases() -> None:
    own = replace(
        CLIENT,
        urgent_words=(("outage", ("pointeuse",)),),
        harmless_words=("scandale de saveurs",),
        urgent_weights=(("anger", 0.0),),
    )
    assert judge("La pointeuse fait des siennes ce matin.", own).has("outage")
    assert not judge("La pointeuse fait des siennes ce matin.").has("outage")
    assert not judge("Un scandale de saveurs !", own).has("boycott")
    assert points(judge("C'est une honte, la commande est perdue.", own), "anger") == 0


def test_buying_and_ideas_are_recognised() -> None:
    assert judge("Où acheter ce vase ? Il est en stock ?").has("buying")
    assert judge("Vous devriez proposer des cactus.").category is Category.IDEA


def test_every_frame_names_a_family_and_slots_that_exist() -> None:
    for frame in frames.frames():
        assert frame.family in CRISIS
        assert frame.points <= BY_NAME[frame.family].points + 24
        assert all(lists.slot_names(language) >= set(names) for language in ("fr", "en") for names in frame.slots)


def test_velocity_counts_what_one_hour_brought() -> None:
    end = datetime(2027, 2, 12, 13, 0, tzinfo=UTC)
    told = [
        kit.mention(id=n, author=f"a{n}", site=f"s{n}.example", seen=end - timedelta(minutes=age))
        for n, age in enumerate((200, 30, 10, 0), start=1)
    ]
    speed = velocity(kit.story(*told), told[-1:])
    assert speed is not None
    assert (speed.sites, speed.authors) == (3, 3)
    assert velocity(kit.story(*told), ()) is None
