"""Two texts of a file: one fact told twice is liker than two facts of one brand, however each is worded."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.analysis import counted, facets
from veille.analysis.kinds import kinds
from veille.analysis.pairs import SAME_FACT, Pairs
from veille.analysis.vectors import Space, cosine


def likened(*texts: str) -> Pairs:
    return Pairs([facets.take("", text) for text in texts])


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("12 000 poussettes", 12_000, id="a space in it"),
        pytest.param("12\u202f000 poussettes", 12_000, id="a narrow space"),
        pytest.param("plus de six cents emplois", 600, id="in letters"),
        pytest.param("quatre-vingt-deux morts", 82, id="four twenties"),
        pytest.param("vingt et un élèves", 21, id="with and"),
        pytest.param("deux cent mille foyers", 200_000, id="thousands in letters"),
        pytest.param("2 millions d'euros", 2_000_000, id="digits and a scale"),
        pytest.param("1,2 million d'euros", 1_200_000, id="a comma"),
        pytest.param("40 M€ pour l'usine", 40_000_000, id="in short"),
        pytest.param("un million de clients", 1_000_000, id="one of a scale"),
        pytest.param("une soixantaine de salariés", 60, id="about"),
    ],
)
def test_a_number_is_one_however_it_is_written(text: str, value: int) -> None:
    assert [number for _, number in facets.take("", text).numbers] == [value]


@pytest.mark.parametrize("text", ["un homme et une femme", "et alors", "la une du jour", ""])
def test_an_article_is_no_number(text: str) -> None:
    assert facets.take("", text).numbers == ()


def test_a_space_between_two_numbers_stays() -> None:
    assert counted.written_plain("15, 17 et 18 000") == "15, 17 et 18000"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("un entrepôt biterrois", "beziers", id="its people"),
        pytest.param("en Saône-et-Loire", "macon", id="its department"),
        pytest.param("Tours : le tramway arrêté", "tours", id="a name that is a word, with its capital"),
        pytest.param("la côte bretonne", "brest", id="its region"),
    ],
)
def test_places_by_all_their_names(text: str, row: str) -> None:
    assert row in facets.take("", text).rows


def test_a_word_is_no_place_without_its_capital() -> None:
    assert not facets.take("", "ils font des tours de manège, c'est nice").rows


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("les salariés débrayent", "strike", id="a beginning"),
        pytest.param("un avion fait demi-tour", "turnback", id="a phrase"),
        pytest.param("retour à la case départ", "turnback", id="another word for it"),
        pytest.param("l'édile se tait", "mayor", id="who"),
        pytest.param("leur landau", "pram", id="what"),
    ],
)
def test_kindred_words(text: str, kind: str) -> None:
    found = facets.take("", text)
    assert kind in found.deeds | found.things


def test_no_kind_is_both_a_deed_and_a_thing() -> None:
    assert kinds("deeds").names.isdisjoint(kinds("things").names)


#: (a telling, the same fact, another fact of the brand)
TOLD = [
    pytest.param(
        "Grève chez Ferralys : un train sur deux jeudi entre Lyon et Grenoble",
        "Trains Ferralys : débrayage jeudi, le trafic réduit de moitié sur Lyon-Grenoble",
        "Grève chez Ferralys : un train sur trois jeudi entre Annecy et Genève",
        id="another town",
    ),
    pytest.param(
        "Nordik rappelle 12 000 poussettes, le frein peut lâcher",
        "Nordik rappelle douze mille poussettes au frein défaillant",
        "Nordik rappelle 3 500 poussettes, la capote peut prendre feu",
        id="another number",
    ),
    pytest.param(
        "Zéphyr : le cadre du modèle Z4 se fissure, les ventes suspendues",
        "Soudures fissurées : Zéphyr suspend la vente du Z4",
        "Zéphyr : la batterie du modèle Z2 prend feu, les ventes suspendues",
        id="another model",
    ),
    pytest.param(
        "La tempête Odile prive d'électricité 120 000 foyers",
        "120 000 clients sans courant après la tempête Odile",
        "La tempête Paulin prive d'électricité 45 000 foyers",
        id="another name after the same word",
    ),
    pytest.param(
        "Clinique Bellerive : une patiente opérée du mauvais genou",
        "La clinique Bellerive présente ses excuses après une erreur de genou au bloc",
        "La clinique Bellerive agrandit sa maternité",
        id="something else happened",
    ),
    pytest.param(
        "La Banque Sorel supprime 640 postes d'ici à 2028",
        "Plus de six cents emplois menacés à la Banque Sorel",
        "Panne à la Banque Sorel : des milliers de clients sans accès à leurs comptes",
        id="a round number in letters",
    ),
]


@pytest.mark.parametrize(("text", "same", "other"), TOLD)
def test_the_same_fact_is_liker_than_another_of_the_brand(text: str, same: str, other: str) -> None:
    found = likened(text, same, other)
    assert found.score(0, 1) > found.score(0, 2)
    assert found.score(0, 1) >= SAME_FACT


def test_words_of_a_brand_say_less_than_words_of_a_fact() -> None:
    """A brand's name of two words was evidence that any two of its texts told of one fact."""
    facts = ["prix bière", "panne réseau", "vol bijoux", "neige route", "chien perdu"]
    texts = [["odet", "star", *fact.split(), f"x{number}"] for number, fact in enumerate(facts)]
    texts += [["avion", "retard", f"y{number}", "brouillard", "piste"] for number in range(5)]
    plain = Space.of(texts)
    damped = plain.damped(texts)
    assert damped.idf["odet"] < plain.idf["odet"] / 2
    assert damped.idf["avion"] > damped.idf["odet"]
    assert cosine(damped.vector(texts[0]), damped.vector(texts[1])) < cosine(
        plain.vector(texts[0]), plain.vector(texts[1])
    )


def test_nothing_in_common_is_not_nothing_known() -> None:
    """Pairs without a common word had 0, whether or not the same thing happened in both."""
    found = likened(
        "L'édile soupçonné de favoritisme", "Le maire poursuivi pour corruption", "La piscine rouvre", "Un chat perdu"
    )
    assert found.score(0, 1) > found.score(0, 2) > 0
    assert found.score(2, 3) > 0


def test_evidence_names_what_speaks_for_and_against() -> None:
    found = likened("Grève chez Ferralys à Lyon", "Les salariés de Ferralys en grève à Nantes")
    assert found.evidence(0, 1) == "facts: strike; words: ferralys, greve; other places"


_WORDS = "grève,Lyon,Nantes,640,Ferralys,panne,six cents,Z4,Z2,tempête,Odile,le,maire,édile,12 000,clients"
_TEXTS = st.lists(
    st.lists(st.sampled_from(_WORDS.split(",")), max_size=8).map(" ".join), min_size=2, max_size=6, unique=True
)


@settings(deadline=None, max_examples=60)
@given(_TEXTS | st.lists(st.text(max_size=60), min_size=2, max_size=4, unique=True))
def test_scores_are_shares_the_same_both_ways_whatever_the_order(texts: Sequence[str]) -> None:
    there, back = likened(*texts), likened(*reversed(texts))
    last = len(texts) - 1
    assert 0 < there.score(0, last) <= 1
    assert there.score(0, last) == pytest.approx(there.score(last, 0))
    assert there.score(0, last) == pytest.approx(back.score(last, 0))


#: (a telling, the same fact, another brand's or town's fact of the kind)
UNRELATED = [
    pytest.param(
        "Grève chez Ferralys : un train sur deux annulé jeudi",
        "Les conducteurs de Ferralys débrayent jeudi",
        "Grève chez Airvane : les hôtesses demandent une prime",
        id="a strike elsewhere",
    ),
    pytest.param(
        "Rappel de steaks Grandeau contaminés à la bactérie E. coli",
        "E. coli : ne mangez pas les steaks Grandeau",
        "Rappel de vélos Tamarin, la batterie peut chauffer",
        id="another recall",
    ),
    pytest.param(
        "Lenny Garat gagne au Tourmalet et prend le maillot",
        "Garat seul au sommet du Tourmalet, nouveau leader",
        "Justine Morel gagne à Oberhof et prend le dossard jaune",
        id="another's victory",
    ),
]


@pytest.mark.parametrize(("text", "same", "other"), UNRELATED)
def test_what_happened_to_others_is_unlike(text: str, same: str, other: str) -> None:
    """The kind of event alone made two brands' strikes one fact: judged on unrelated pairs, characters did better."""
    found = likened(text, same, other, "une grève est possible", "après un rappel et un incendie")
    assert found.score(0, 1) >= SAME_FACT
    assert found.score(0, 1) > found.score(0, 2)
    assert found.likenesses(0, 2).unknown == 1


def test_a_notice_filled_in_anew_is_another_fact() -> None:
    """Two notices of one form had the likeness of copies."""
    form = "Incendie à {} : un entrepôt de textile détruit par les flammes cette nuit, aucun blessé selon les pompiers"
    told = "Un entrepôt de textile en feu à Lyon, pas de blessé"
    found = likened(form.format("Lyon"), form.format("Caen"), told, "après l'incendie")
    assert found.likenesses(0, 1).form > found.likenesses(0, 2).form
    assert found.score(0, 1) < SAME_FACT <= found.score(0, 2)
    assert found.parted(0, 1)


def test_what_a_copy_repeats_is_no_form() -> None:
    whole = "Un entrepôt de textile détruit par les flammes cette nuit à Lyon, aucun blessé selon les pompiers"
    assert likened(whole, f"{whole}, mobilisés en nombre").likenesses(0, 1).form == 0


@pytest.mark.parametrize(
    ("line", "left"),
    [
        pytest.param("Gel à Chablis : un tiers de la récolte perdue - Bourgogne Info", True, id="an outlet"),
        pytest.param(
            "Gel à Chablis : un tiers de la récolte perdue | Le Petit Écho de l'Yonne", True, id="a long name"
        ),
        pytest.param("Gel à Chablis : un tiers de la récolte - 300 vignerons touchés", False, id="a number"),
        pytest.param("Gel à Chablis : un tiers de la récolte – les vignerons en colère", False, id="no capital"),
        pytest.param("Gel à Chablis - Bourgogne Info", False, id="too little left"),
    ],
)
def test_the_outlet_at_the_end_of_a_line_is_not_read(line: str, left: bool) -> None:
    assert (facets.unsigned(line) != line) is left


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        pytest.param("un feu près de Thônes", "thon", id="near"),
        pytest.param("baignade interdite à La Baule", "baul", id="an article in the name"),
        pytest.param("Plélan : la cantine augmente", "plelan", id="before a colon"),
    ],
)
def test_places_that_no_table_knows(text: str, stem: str) -> None:
    assert any(found.startswith(stem) for found in facets.take("", text).somewhere)


def test_capitals_everywhere_name_no_one() -> None:
    assert not facets.take("", "Investors Warned About Investing In Digital Currencies").raised


@pytest.mark.parametrize("text", ["Honteux", "Panne géante chez Nexilo à Metz"])
def test_the_same_text_has_1(text: str) -> None:
    assert likened(text, text.upper()).score(0, 1) == 1
