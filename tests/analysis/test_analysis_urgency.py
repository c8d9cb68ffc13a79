"""Urgency: the day of Floréal, families, negation, irony, harmless words, and our own labelled sentences."""

from __future__ import annotations

import sys

import pytest
from analysis_sentences import LATER, TODAY
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.analysis.signals import BY_NAME, CRISIS
from veille.analysis.urgency import score
from veille.model.entry import Entry
from veille.model.mention import Category, Level, Urgency
from veille.model.watch import Client

CLIENT = Client(id="floreal", name="Floréal", mark="FL", products=("Rose Éternelle",), people=("Mme Petit",))


def judge(text: str, place: str = "social", rating: float | None = None) -> Urgency:
    return score(Entry(key="k", text=text, rating=rating), place=place, language="fr", client=CLIENT)


DAY = {
    "1 praise on a blog": ("Floréal a fleuri notre mariage : superbe, livré à l'heure.", "blog", None, 0, 29),
    "3 a wreath that does not leave": (
        'Gerbe de deuil Floréal pour demain 10 h, toujours "en préparation". Normal ?', "forum", None, 30, 84,
    ),
    "4 the funeral has begun": (
        "L'enterrement de maman a commencé. Pas de fleurs, et votre numéro sonne dans le vide.",
        "own_page", None, 85, 100,
    ),
    "6 answer me": ("Je n'ai que cette page. Répondez-moi.", "own_page", None, 0, 84),
    "8 messages deleted": (
        "Floréal efface les messages d'une cliente en deuil. Captures.", "social", None, 60, 84,
    ),
    "11 one word, one star": ("Honteux", "review", 1, 0, 59),
    "11 withered roses": ("Roses fanées en 2025", "review", 1, 0, 59),
    "12 me too": ("Pareil à Noël, remboursé au bout de deux mois.", "forum", None, 0, 59),
    "15 a contest": ("Je participe ! #SaintValentinFloréal", "own_page", None, 0, 29),
    "16 a lorry": ("Le camion Floréal, un AutoNéo, bloque ma rue", "forum", None, 0, 59),
    "17 a blog": ("Floréal, les fleurs du mépris", "blog", None, 0, 84),
    "18 a journalist": (
        "Pas livrés par Floréal ? Je prépare un article pour Le Grand Quotidien, MP ouverts.",
        "social", None, 60, 84,
    ),
    "19 the agency": (
        "Saint-Valentin : Floréal accusé d'effacer les plaintes d'une cliente", "press", None, 60, 84,
    ),
    "21 the national press": (
        "Fleurs non livrées, messages supprimés : Floréal dans la tourmente", "national_press", None, 85, 100,
    ),
    "24 peace": ("Un vrai appel, cette fois. Merci à tous.", "social", None, 0, 29),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place", "rating", "least", "most"), DAY.values(), ids=DAY)
def test_the_day_of_floreal(text: str, place: str, rating: float | None, least: int, most: int) -> None:
    assert least <= judge(text, place, rating).points <= most


def test_the_first_alert_of_floreal_names_its_reasons_as_written() -> None:
    urgency = judge(*DAY["4 the funeral has begun"][:2])
    said = {signal.name: signal.evidence for signal in urgency.signals}
    assert said["mourning"] == "enterrement"
    assert said["undelivered"] == "Pas de fleurs"
    assert said["unreachable"] == "sonne dans le vide"
    assert "own_page" in said
    assert urgency.category is Category.PROBLEM


SIGNALS = {
    "fraud": ("C'est une arnaque.", "fraud", True),
    "negated fraud": ("Ce n'est pas une arnaque.", "fraud", False),
    "negation stops at the comma": ("Pas de réponse, arnaque.", "fraud", True),
    "never seen such": ("Jamais vu une telle arnaque.", "fraud", True),
    "negation inside the phrase": ("Je n'ai jamais été livrée, pas reçu mon colis.", "undelivered", True),
    "accents missing": ("obseques demain, rien recu", "mourning", True),
    "mock thanks": ("Merci d'avoir gâché son anniversaire.", "irony", True),
    "plain thanks": ("Merci pour la livraison rapide.", "irony", False),
    "mock praise in English": ("Great job losing my luggage, never arrived.", "irony", True),
    "capitals": ("RENDEZ MOI MON ARGENT", "intensity", True),
    "a question": ("Où est ma commande ?", "question", True),
    "the client's product": ("Rose éternelle arrivée cassée.", "names_product", True),
    "the client's manager": ("Mme Petit refuse de répondre, quelle honte.", "names_person", True),
    "a bomb of flavours": ("Une bombe de saveurs !", "violence", False),
    "fonts are no police": ("Belle police de caractères.", "law", False),
    "a film": ("Quel film, un meurtre au rayon fleurs", "fiction", True),
    "praise": ("Superbe bouquet, merci !", "praise", True),
    "praise denied": ("Je ne recommande pas.", "praise", False),
    "English negation": ("They are not a scam, honest people.", "fraud", False),
    "English contraction": ("It hasn't arrived and nobody answers.", "undelivered", True),
}


@pytest.mark.parametrize(("text", "name", "present"), SIGNALS.values(), ids=SIGNALS)
def test_signal(text: str, name: str, present: bool) -> None:
    assert judge(text).has(name) is present


@pytest.mark.parametrize("family", sorted(CRISIS))
def test_a_crisis_word_alone_is_never_critical(family: str) -> None:
    assert BY_NAME[family].points < Level.CRITICAL


def test_press_counts_double_on_bad_news() -> None:
    calm = judge("Floréal ouvre une boutique", "national_press")
    bad = judge("Floréal visé par une enquête", "national_press")
    calm_points, bad_points = (
        next(s.points for s in urgency.signals if s.name == "national_press") for urgency in (calm, bad)
    )
    assert bad_points == 2 * calm_points


def test_own_statements_are_worth_nothing_and_say_so() -> None:
    urgency = score(Entry(key="k", text="Nos excuses pour ce scandale."), own=True)
    assert urgency.points == 0
    assert urgency.has("own_statement")


CATEGORIES = {
    "praise": ("Superbe, merci à toute l'équipe !", "social", Category.PRAISE),
    "problem": ("Colis jamais reçu.", "social", Category.PROBLEM),
    "question": ("Vous ouvrez à quelle heure ?", "own_page", Category.QUESTION),
    "idea": ("Vous devriez vendre des cactus.", "own_page", Category.IDEA),
    "press": ("Floréal ouvre à Lyon", "press", Category.PRESS),
    "request": ("Je souhaite changer mon adresse.", "own_page", Category.REQUEST),
    "opinion": ("Vu leur vitrine hier.", "social", Category.OPINION),
}


@pytest.mark.parametrize(("text", "place", "category"), CATEGORIES.values(), ids=CATEGORIES)
def test_category(text: str, place: str, category: Category) -> None:
    assert judge(text, place).category is category


def test_labelled_sentences_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    today = [judge(*row).points for row in TODAY]
    later = [judge(*row).points for row in LATER]
    wins = sum((t > w) + 0.5 * (t == w) for t in today for w in later) / (len(today) * len(later))
    caught = sum(points >= Level.HIGH for points in today)
    false = sum(points >= Level.HIGH for points in later)
    precision, recall = caught / max(1, caught + false), caught / len(today)
    with capsys.disabled():  # the figure is worth reading even when it passes
        figures = f"AUC {wins:.3f}, at high: precision {precision:.2f}, recall {recall:.2f}"
        sys.stdout.write(f"\nurgency on {len(today) + len(later)} own sentences: {figures}\n")
    assert wins >= 0.95
    assert precision >= 0.9
    assert recall >= 0.5


@pytest.mark.parametrize(("text", "place", "rating"), LATER, ids=[row[0][:30] for row in LATER])
def test_harmless_sentences_are_never_critical(text: str, place: str, rating: float | None) -> None:
    assert judge(text, place, rating).level < Level.HIGH


@settings(deadline=None, max_examples=80)
@given(st.text(max_size=120), st.sampled_from(["press", "own_page", "social", "nowhere"]))
def test_any_text_gets_points_in_range_and_evidence_of_its_own(text: str, place: str) -> None:
    urgency = judge(text, place)
    assert 0 <= urgency.points <= 100
    assert -1 <= urgency.tone <= 1
    assert all(signal.name in BY_NAME for signal in urgency.signals)


def test_published_lists_agree() -> None:
    assert {"mourning", "fraud", "press_enquiry"} <= CRISIS
    assert all(BY_NAME[name].second for name in ("national_press", "names_product"))
