"""AND, OR, NOT, NEAR, wildcards, slips and lists, in both languages."""

from __future__ import annotations

import pytest
from query_kit import matched, row

from veille.model.entry import Entry
from veille.query import Matcher, parse, shipped

BOOLEAN = [
    row("and, both", "panne AND Orange", "panne chez Orange", True),
    row("and, one", "panne AND Orange", "panne chez SFR", False),
    row("blank is and", "panne Orange", "Orange : panne", True),
    row("blank is and, one", "panne Orange", "Orange va bien", False),
    row("et", "panne ET Orange", "Orange en panne", True),
    row("lower-case et is a word", "panne et Orange", "panne Orange", False),
    row("lower-case et is found", "panne et Orange", "panne et Orange", True),
    row("or, first", "panne OR retard", "une panne", True),
    row("or, second", "panne OR retard", "un retard", True),
    row("or, none", "panne OR retard", "tout va", False),
    row("ou", "panne OU retard", "un retard", True),
    row("not, absent", "Orange NOT fruit", "Orange répond", True),
    row("not, present", "Orange NOT fruit", "Orange est un fruit", False),
    row("and not", "Orange AND NOT fruit", "Orange fruit", False),
    row("sauf", "Floréal SAUF (frégate OU navire OU rue)", "La frégate Floréal", False),
    row("sauf, kept", "Floréal SAUF (frégate OU navire OU rue)", "Le fleuriste Floréal", True),
    row("et sauf", "Floréal ET SAUF navire", "le navire Floréal", False),
    row("dash", "Orange -fruit", "Orange fruit", False),
    row("long dash", "Orange –fruit", "Orange fruit", False),
    row("dash on a phrase", 'Orange -"jus de fruit"', "Orange, jus de fruit", False),
    row("dash on a group", "Orange -(fruit OR jus)", "jus Orange", False),
    row("dash on a field", "Orange -title:jus", "Orange jus", True),
    row("dash first", "-fruit Orange", "Orange répond", True),
    row("dash inside a word is no operator", "vert-de-gris", "vert de gris", True),
    row("and binds more than or", "a1 b1 OR c1", "c1", True),
    row("and binds more than or, left", "a1 OR b1 c1", "b1", False),
    row("parentheses", "(a1 OR b1) c1", "b1", False),
    row("parentheses hold", "(a1 OR b1) c1", "b1 c1", True),
    row("not binds more than and", "a1 NOT b1 c1", "a1 c1", True),
    row("not binds more than or", "a1 NOT b1 OR c1", "b1 c1", True),
    row("not over near", "a1 NOT b1 NEAR/1 c1", "a1 b1 x x x x c1", True),
    row("not over near holds", "a1 NOT b1 NEAR/1 c1", "a1 b1 c1", False),
    row("quoted operator is a word", 'pile "OU" face', "pile ou face", True),
    row("quoted operator wanted", 'pile "OU" face', "pile face", False),
    row("quoted AND", '"AND"', "rock and roll", True),
    row("across title and text", "panne Orange", "Orange", True, {"title": "Panne"}),
    row("across text and tag", "panne Orange", "panne", True, {"tags": ("orange",)}),
    row("not sees the title", "Orange NOT promo", "Orange", False, {"title": "Promo"}),
    row("French quotes", "« service client »", "le service client", True),
    row("curly quotes", "“service client”", "le service client", True),
    row("double negation", "Orange NOT (NOT panne)", "Orange panne", True),
    row("double negation, absent", "Orange NOT (NOT panne)", "Orange", False),
    row("spaces everywhere", "  ( panne   OU retard )  ET  Orange ", "retard Orange", True),
    row("no blank around parentheses", "(panne)(Orange)", "Orange panne", True),
    row("adjacent phrases", '"service client""pas livré"', "service client : pas livré", True),
]

NEAR = [
    row("next to each other", "panne NEAR/1 Orange", "panne Orange", True),
    row("one between", "panne NEAR/1 Orange", "panne chez Orange", True),
    row("two between, one allowed", "panne NEAR/1 Orange", "panne de chez Orange", False),
    row("two between, two allowed", "panne NEAR/2 Orange", "panne de chez Orange", True),
    row("reverse order", "Orange NEAR/1 panne", "panne chez Orange", True),
    row("ordered", "panne ONEAR/1 Orange", "panne chez Orange", True),
    row("ordered, reverse", "Orange ONEAR/1 panne", "panne chez Orange", False),
    row("ordered, later occurrence", "Orange ONEAR/1 panne", "panne Orange panne", True),
    row("one in the title, one in the text", "panne NEAR/5 Orange", "Orange", False, {"title": "Panne"}),
    row("both in the title", "panne NEAR/5 Orange", "", True, {"title": "Panne chez Orange"}),
    row("in two tags", "panne NEAR/5 Orange", "", False, {"tags": ("panne", "orange")}),
    row("same word needs two places", "ha NEAR/3 ha", "ha", False),
    row("same word twice", "ha NEAR/3 ha", "ha ha", True),
    row("phrase operand", '"service client" NEAR/2 nul', "service client vraiment nul", True),
    row("distance from the end of the phrase", '"service client" NEAR/1 nul', "nul ce service client", True),
    row("overlapping spans", '"service client" NEAR/2 client', "service client", False),
    row("overlap, another place", '"service client" NEAR/2 client', "service client du client", True),
    row("or group", "(panne OR coupure) NEAR/2 Orange", "coupure chez Orange", True),
    row("or group on the right", "Orange NEAR/2 (panne OR coupure)", "coupure chez Orange", True),
    row("or of phrases", 'Orange NEAR/1 ("hors service" OR coupure)', "Orange hors service", True),
    row("chain", "a1 NEAR/1 b1 NEAR/1 c1", "a1 b1 x c1", True),
    row("chain uses either end", "a1 NEAR/1 b1 NEAR/1 c1", "c1 a1 b1", True),
    row("chain too far", "a1 NEAR/1 b1 NEAR/1 c1", "a1 b1 x x c1", False),
    row("chain takes the farther partner", "a1 NEAR/9 b1 NEAR/2 c1", "a1 b1 x x x b1 x x c1", True),
    row("chain ordered then not", "a1 ONEAR/1 b1 NEAR/1 c1", "c1 a1 b1", True),
    row("wildcard operand", "rembours* NEAR/2 jamais", "jamais été remboursé", True),
    row("slip operand", "Trébeurden~1 NEAR/2 plage", "plage de Trebeuden", True),
    row("exact operand", "{Orange} NEAR/1 panne", "orange panne", False),
    row("elision counts the article", "panne NEAR/1 Orange", "panne d'Orange", True),
    row("possessive is no word between", "Orange NEAR/1 fault", "Orange's own fault", True),
    row("joined hashtag as operand", '"Best Western" NEAR/1 nul', "#BestWestern nul", True),
    row("across sentences", "panne NEAR/3 Orange", "C'est la panne. Merci Orange", True),
    row("within a field", "title:(panne NEAR/1 Orange)", "panne Orange", False),
    row("within a field holds", "title:(panne NEAR/1 Orange)", "", True, {"title": "panne Orange"}),
    row("implicit and after", "panne NEAR/1 Orange SAV", "Orange panne", False),
    row("list operand", "$noms NEAR/1 panne", "SFR en panne", True),
]

WILDCARDS = [
    row("star after, longer", "rembours*", "un remboursement", ["remboursement"]),
    row("star after, bare", "rembours*", "rembours", ["rembours"]),
    row("star after, accent", "rembours*", "REMBOURSÉS", ["REMBOURSÉS"]),
    row("star after, not inside", "bours*", "remboursement", None),
    row("star before", "*gate", "le bouquetgate", ["bouquetgate"]),
    row("star before, hashtag", "*gate", "#FloréalGate", ["FloréalGate"]),
    row("star before, not further", "*gate", "des bouquetgates", None),
    row("star in the middle", "rem*ment", "remboursement", ["remboursement"]),
    row("star in the middle, wrong end", "rem*ment", "remboursements", None),
    row("star both sides", "*bours*", "remboursement", ["remboursement"]),
    row("parts may not overlap", "aba*aba", "ababa", None),
    row("parts side by side", "aba*aba", "abaaba", ["abaaba"]),
    row("question mark, one letter", "?ouquet", "bouquet touquet ouquet", ["bouquet", "touquet"]),
    row("question mark, two letters", "?ouquet", "abouquet", None),
    row("question mark inside", "b?uquet", "bouquet, bauquet", ["bouquet", "bauquet"]),
    row("question mark after", "client?", "clients, client, cliente", ["clients", "cliente"]),
    row("two question marks", "c??ent", "client", ["client"]),
    row("question mark and star", "?embours*", "remboursé", ["remboursé"]),
    row("star does not cross words", "ser*ent", "service client", None),
    row("star in a compound", "e-comm*", "le e-commerce", ["e-commerce"]),
    row("star in a phrase", '"service rembours*"', "service remboursements", ["service remboursements"]),
    row("star in a phrase, apart", '"service rembours*"', "service de remboursement", None),
    row("question in a phrase is punctuation", '"vraiment nul ?"', "c'est vraiment nul", ["vraiment nul"]),
    row("question glued in a phrase", '"pourquoi?"', "pourquoi", ["pourquoi"]),
    row("after an elision", "abonn*", "l'abonnement", ["abonnement"]),
    row("hashtag with star", "#ldlc*", "#LDLCgate ldlcgate", ["#LDLCgate"]),
    row("excluded wildcard", "Orange -promo*", "Orange promotions", None),
]

SLIPS = [
    row("right spelling", "Trébeurden~1", "à Trébeurden", ["Trébeurden"]),
    row("no accent is no slip", "Trébeurden~1", "à trebeurden", ["trebeurden"]),
    row("missing letter", "Trébeurden~1", "Trébeuden", ["Trébeuden"]),
    row("one more letter", "Trébeurden~1", "Trébeurdenn", ["Trébeurdenn"]),
    row("wrong letter", "Trébeurden~1", "Trébeurdan", ["Trébeurdan"]),
    row("two swapped", "Trébeurden~1", "Trébuerden", ["Trébuerden"]),
    row("two slips for one", "Trébeurden~1", "Trebordan", None),
    row("two slips for two", "Trébeurden~2", "Trébeurrdan", ["Trébeurrdan"]),
    row("three slips for two", "Trébeurden~2", "Trburdan", None),
    row("four letters", "LDLC~1", "LDCL et LDL", ["LDCL", "LDL"]),
    row("swap and another", "Trébeurden~2", "Trébuerdenn", ["Trébuerdenn"]),
    row("first letter wrong", "Orange~1", "Arange", ["Arange"]),
    row("glued to another", "Orange~1", "orangeade", None),
    row("hashtag", "Floréal~1", "#Floreale", ["Floreale"]),
    row("elided", "Orange~1", "d’Oranje", ["Oranje"]),
    row("split word is no slip", "Orange~1", "Or ange", None),
    row("with and", "Trébeurden~1 plage", "plage de Trebeuden", ["plage", "Trebeuden"]),
]


@pytest.mark.parametrize(
    ("query", "text", "expected", "fields"),
    [pytest.param(*(*one.values, {})[:4], id=one.id) for one in [*BOOLEAN, *NEAR]],
)
def test_operators_combine_as_published(query, text, expected, fields):
    lists = {"noms": "Orange OU SFR"}
    found = Matcher({1: parse(query, lists=lists)}).match(Entry(key="1", text=text, **fields))
    assert (1 in found) == expected


@pytest.mark.parametrize(("query", "text", "expected"), [*WILDCARDS, *SLIPS])
def test_wildcards_and_slips_match_whole_words(query, text, expected):
    assert matched(query, text) == expected


NOISE = [
    row("job offer", "Floréal : offre d'emploi, fleuriste H/F"),
    row("promo code", "Code promo Floréal -20 %"),
    row("directory", "Floréal, horaires d’ouverture et plan d'accès"),
    row("classified ad", "vase Floréal, très bon état"),
    row("obituary", "Avis de décès de Mme Floréal"),
    row("sports", "AS Floréal : score final 3-1"),
    row("ship", "La frégate Floréal saisit deux tonnes"),
    row("street", "Travaux rue Floréal jusqu'à mardi"),
]


@pytest.mark.parametrize("text", NOISE)
def test_noise_is_excluded_by_the_shipped_list(text):
    assert matched("Floréal", text)
    assert matched("Floréal SAUF $bruit_fr", text) is None


CRISES = [
    row("undelivered", "Floréal SAUF $bruit_fr", "Jamais livré pour des obsèques", False),
    row("crisis kept by the noise list", "Floréal SAUF $bruit_fr", "L'enterrement sans fleurs, merci Floréal", True),
    row("crisis in French", "Floréal $crise_fr", "Floréal : scandaleux, remboursez", True),
    row("calm in French", "Floréal $crise_fr", "Floréal : superbe bouquet", False),
    row("crisis in English", "Floréal $crise_en", "Floréal never delivered, I want a refund", True),
    row("calm in English", "Floréal $crise_en", "Floréal made my day", False),
    row("service out of reach", "$crise_fr", "leur service client est toujours injoignable", True),
]


@pytest.mark.parametrize(("query", "text", "expected"), CRISES)
def test_crisis_lists_are_vocabularies(query, text, expected):
    assert (matched(query, text) is not None) == expected


def test_every_shipped_list_can_be_read_alone_and_negated():
    for name in shipped():
        parse(f"${name}")
        parse(f"LDLC -${name}")
