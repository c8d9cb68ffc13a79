"""The learnt weights: what they add and for which words, how they are balanced with the words, and the tone's label."""

from __future__ import annotations

import time
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.analysis import balance, learnt, lists, meaning, tone, vocabulary
from veille.analysis.learnt import Learnt
from veille.analysis.urgency import score
from veille.model.entry import Entry
from veille.model.mention import Level
from veille.model.watch import Client

CALM_DANGER = "Le couvercle du petit pot était descellé, ma fille en a mangé la moitié."


def weigh(text: str, language: str = "fr") -> Learnt:
    return learnt.read(vocabulary.read(text), language=language)


ORDERED = {
    "a danger without a crisis word": (CALM_DANGER, "La compote est un peu sucrée, ma fille en a mangé la moitié."),
    "nobody answers any more": ("Depuis dix jours plus personne ne répond.", "Vous répondez vite, merci."),
    "hurried spelling": ("vs avez prelevé 3 foi mon loyé svp repondez", "vs faites des crepes le dimanche ?"),
    "English": ("Nobody has come for three days and dad is alone.", "What time do you open on Sundays?"),
}


@pytest.mark.parametrize(("graver", "calmer"), ORDERED.values(), ids=ORDERED)
def test_what_must_be_seen_today_weighs_more(graver: str, calmer: str) -> None:
    assert weigh(graver).today > weigh(calmer).today


def test_a_complaint_weighs_more_than_a_question_and_is_weighed_in_english_alone() -> None:
    complaint, question = "Third time my order is late, still waiting", "Do you have this dress in blue?"
    assert weigh(complaint, "en").complaint > weigh(question, "en").complaint
    assert weigh(complaint, "fr").complaint == 0


def test_the_words_that_weighed_most_are_quoted_as_written() -> None:
    said = weigh("Le COUVERCLE était déjà descellé.").urgent
    assert said
    assert all(words in "Le COUVERCLE était déjà descellé." for words in said)


def test_small_words_of_everyday_are_no_reason() -> None:
    assert not {"vous", "je", "the", "et"} & {word.lower() for word in weigh("Vous et je, the et vous.").urgent}


@pytest.mark.parametrize("text", ["", "   ", "😀", "https://site.example/page", "@compte", "漢字"])
def test_nothing_to_read_weighs_nothing_or_little(text: str) -> None:
    assert abs(weigh(text).today) < 1.5
    assert weigh(text).urgent == ()


def test_addresses_and_accounts_are_but_signs() -> None:
    tokens = learnt.tokenize(vocabulary.read("@marque voir https://site.example/feu-mort ???"))
    assert tokens.texts == ["@", "voir", "??"]
    assert tokens.places == [-1, 1, -1]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_weighed_and_quotes_only_itself(text: str) -> None:
    read = weigh(text, "en")
    squeezed = " ".join(text.split())
    assert all(words in squeezed for words in (*read.urgent, *read.calm))


def test_a_long_article_costs_no_more_than_its_beginning() -> None:
    long = vocabulary.read("un mot après un autre " * 2_000)
    assert len(learnt.tokenize(long).texts) <= learnt.LONGEST


def test_a_text_is_weighed_within_its_budget() -> None:
    """Ten times the budget of 200 microseconds: a machine may be busy, a square of the length is not excused."""
    told = vocabulary.read(CALM_DANGER * 3)
    learnt.read(told, language="fr")
    began = time.process_time()
    for _ in range(50):
        learnt.read(told, language="fr")
    assert (time.process_time() - began) / 50 < 2e-3


def test_the_notice_of_the_tweets_goes_with_the_weights() -> None:
    text = (resources.files("veille.analysis") / "data" / "learnt.tsv").read_text(encoding="utf-8")
    assert "Copyright (c) 2023 APOORVA SINGH" in text
    assert len(text) < 800_000


# Balanced with the words


BALANCED = {
    "nothing said": (0, Learnt(today=-1.5), 0, 10),
    "words alone": (80, Learnt(), 60, 84),
    "weights alone": (0, Learnt(today=2.0), 60, 84),
    "weights never reach the most serious level": (0, Learnt(today=9.0), 84, 84),
    "words that are the most serious stay so": (95, Learnt(today=0.5), 85, 100),
    "calm weights take something back": (62, Learnt(today=-1.5), 0, 59),
    "praise stays low": (-15, Learnt(today=-1.0, complaint=-2.0), 0, 5),
}


@pytest.mark.parametrize(("points", "read", "least", "most"), BALANCED.values(), ids=BALANCED)
def test_balance(points: int, read: Learnt, least: int, most: int) -> None:
    assert least <= balance.balanced(points, read, tone=0.0) <= most


@settings(max_examples=60)
@given(st.integers(-40, 140), st.floats(-4, 4), st.floats(-4, 4), st.floats(-1, 1))
def test_more_points_and_more_weight_never_mean_less(points: int, today: float, complaint: float, said: float) -> None:
    def at(points: int, today: float, complaint: float) -> int:
        return balance.balanced(points, Learnt(today=today, complaint=complaint), tone=said)

    here = at(points, today, complaint)
    assert 0 <= here <= 100
    assert here <= at(points + 5, today, complaint)
    assert here <= at(points, today + 0.5, complaint)
    assert here <= at(points, today, complaint + 0.5)


def test_the_score_names_what_the_weights_add() -> None:
    urgency = score(Entry(key="k", text=CALM_DANGER))
    added = next(signal for signal in urgency.signals if signal.name == "learnt")
    assert urgency.level >= Level.MEDIUM
    assert added.evidence


def test_the_press_adds_little_to_what_is_calm_and_much_to_what_is_grave() -> None:
    calm, grave = "Le livreur a pris une pause, rien à signaler.", "Scandale : des clients intoxiqués par la marque"
    said = {
        (text, place): score(Entry(key="k", text=text), place=place).points
        for text in (calm, grave)
        for place in ("other", "national_press")
    }
    assert said[calm, "national_press"] < Level.MEDIUM
    assert said[grave, "national_press"] >= said[grave, "other"] + 10


SOFTENED = {
    "over": ("La fuite de gaz d'hier.", "La fuite de gaz d'hier, c'est réglé."),
    "a game": ("Mon fils est tombé, il saigne.", "Dans votre jeu vidéo le boss final est tombé, il saigne."),
}


@pytest.mark.parametrize(("alarm", "softened"), SOFTENED.values(), ids=SOFTENED)
def test_what_takes_the_edge_off_is_not_filled_again(alarm: str, softened: str) -> None:
    here, there = (score(Entry(key="k", text=text)) for text in (alarm, softened))
    assert there.points < here.points
    assert there.points < Level.HIGH


def test_a_danger_called_slight_and_asked_about_keeps_its_points() -> None:
    asked = score(Entry(key="k", text="Ma box fume un peu, normal ?"))
    assert not asked.has("slight")
    assert asked.points >= 50


def test_a_wreath_is_no_sickness() -> None:
    assert not score(Entry(key="k", text="Maman a commencé, gerbe de deuil")).has("danger")


def test_length_alone_is_no_alarm() -> None:
    """Words that say nothing, said at length, are not worth more than said once."""
    short = "Les fraises sont au fond du magasin, les yaourts à côté."
    assert learnt.leaning(60) > learnt.leaning(20) > learnt.leaning(7)
    assert weigh(f"{short} " * 6).today < weigh(short).today + 0.5


def test_a_client_may_switch_the_weights_off() -> None:
    client = Client(id="floreal", name="Floréal", mark="FL", urgent_weights=(("learnt", 0.0), ("ordinary", 0.0)))
    with_them, without = (score(Entry(key="k", text=CALM_DANGER), client=c) for c in (None, client))
    assert without.points < with_them.points


# The sentence model, for those who installed it


def test_the_extra_tells_a_danger_from_a_question_and_its_absence_says_nothing() -> None:
    danger, question = (meaning.today(text) for text in (CALM_DANGER, "Vous livrez en Belgique ?"))
    if meaning.installed():
        assert danger is not None
        assert question is not None
        assert danger > question
    else:
        plain, asked = (score(Entry(key="k", text=CALM_DANGER), semantic=wanted) for wanted in (False, True))
        assert (danger, question, asked) == (None, None, plain)


def test_the_meaning_moves_the_words_and_its_absence_does_not() -> None:
    assert meaning.joined(1.0, None) == 1.0
    assert meaning.joined(1.0, 4.0) > meaning.joined(1.0, -4.0)


# The label of the tone


TONES = {
    "liked": ("Superbe bouquet, livraison impeccable.", "positive"),
    "denied": ("Je ne recommande pas.", "negative"),
    "a verdict": ("Service lamentable.", "negative"),
    "a headline of good news": ("La ville inaugure son parc éolien", "positive"),
    "a headline of bad news": ("Une espèce menacée de plus : la colère des pêcheurs", "negative"),
    "what a matter is called is no praise": ("Conférence sur le développement durable jeudi", "neutral"),
    "cheaper is no complaint": ("C'est l'énergie la moins chère.", "positive"),
    "a question": ("Vous ouvrez à quelle heure ?", "neutral"),
    "bad and good": ("Une solution, mais quel désastre pour les riverains.", "negative"),
    "mock thanks": ("Merci d'avoir gâché son anniversaire.", "negative"),
    "a face": ("On y va demain 😍", "positive"),
    "English, liked": ("Lovely staff, thank you!", "positive"),
    "English, disliked": ("This is the worst service I have had.", "negative"),
    "English, neither": ("Do you ship to Ireland?", "neutral"),
}


@pytest.mark.parametrize(("text", "label"), TONES.values(), ids=TONES)
def test_tone(text: str, label: str) -> None:
    assert tone.label(score(Entry(key="k", text=text)).tone) == label


def test_no_word_of_the_broad_list_has_two_strengths() -> None:
    listed = [name for name, _ in _listed()]
    assert len(listed) == len(set(listed))
    assert len(listed) > 2_000


def _listed() -> list[tuple[str, str]]:
    table = lists.load("polarity_fr")
    return [(word.strip(), strength) for strength, words in table.items() for word in words.split(",")]


# Faults that were mended


def judge(text: str) -> int:
    return score(Entry(key="k", text=text)).points


def test_asking_for_the_money_back_is_not_having_it_back() -> None:
    """One slip away from "remboursés", "remboursez" was read as solved, and the angriest messages came to nothing."""
    assert not score(Entry(key="k", text="C'est du vol, remboursez-moi.")).has("solved")


STRONG = {
    "a funeral": "m'a arnaqué, jamais livré pour les obsèques, c'est honteux, remboursez-moi",
    "a funeral tomorrow": "Bonjour, ma commande n'est pas arrivée pour l'enterrement de demain, personne ne répond",
    "a charge": "Arnaque, jamais remboursé, je porte plainte",
    "money": "Vous m'avez volé 800 euros et personne ne répond",
    "English": "You scammed me, never delivered for the funeral, shameful, refund me",
}


@pytest.mark.parametrize("text", STRONG.values(), ids=STRONG)
def test_plain_strong_words_are_seen_today(text: str) -> None:
    assert judge(text) >= Level.HIGH


def test_the_grief_of_people_is_no_building_that_falls() -> None:
    assert not score(Entry(key="k", text="La famille est effondrée")).has("danger")
    assert score(Entry(key="k", text="Le plafond s'est effondré sur la caisse")).has("danger")


ENTRIES = {
    "with a broken oven": "Je participe, mon four a pris feu l'an dernier lol",
    "for somebody ill": "Je participe, ma mère est à l'hôpital et ce serait son rayon de soleil",
    "English": "Entering for my nan who has been in hospital since May, she would love it",
}


@pytest.mark.parametrize("text", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_of_a_contest_can_wait(text: str) -> None:
    assert judge(text) < Level.MEDIUM


def test_to_take_part_in_a_complaint_is_no_contest() -> None:
    assert judge("Je participe à la plainte collective contre vous, nous sommes déjà 80") >= Level.MEDIUM


def test_a_year_is_told_from_a_number() -> None:
    assert learnt.tokenize(vocabulary.read("en 1994 avec 12 amis")).texts == ["en", "1900", "avec", "0", "amis"]


def test_the_lists_that_a_text_touches_are_weighed_once_each() -> None:
    told = vocabulary.read("Mon fils et ma fille ont des plaques rouges.")
    names = [feature.name for feature in learnt.listed(told, "fr")]
    assert {"slots:child", "slots:harm", "crisis:danger"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour Floréal, question 5 sur mes pivoines",
        "question 5 sur mes roses",
        "Bonjour, j'ai une question sur ma commande",
        "Hello, a question about my roses",
    ],
)
def test_a_short_polite_question_is_not_high_by_its_weights_alone(text: str) -> None:
    """The small words of a few made 72 points."""
    assert score(Entry(key="", text=text), place="social").points < Level.HIGH
