"""What later messages say of earlier ones, as tables: denials, answers, people, days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kit_model import copy, mention, minutes, urgency
from veille.analysis.following import (
    UNHAPPY,
    answers_to,
    asks,
    common_word,
    denial,
    disappeared,
    due,
    same_person,
    unanswered,
)
from veille.model.following import Gone
from veille.model.mention import Category, Mention, Signal, Urgency

DENIED = Urgency(51, (Signal("denial", 17, "c'est faux"),), Category.PROBLEM)
DOUBT = Urgency(20, (Signal("denial", 4, "soi-disant"),), Category.PROBLEM)
QUESTION = urgency(20, "question", category=Category.QUESTION)
PRAISE = urgency(0, "praise", category=Category.PRAISE)


def own(text: str = "La cliente a été remboursée.", at: float = 0, **given: object) -> Mention:
    values = {"author": "Floréal", "site": "page.example", "story_id": 9, **given}
    return mention(90, own=True, text=text, published=minutes(at), **values)


def said(id: int = 1, text: str = "C'est faux.", at: float = 7, **given: object) -> Mention:
    return mention(id, **{"text": text, "published": minutes(at), "urgency": DENIED, **given})


DENIALS = {
    "takes up a word of the statement": (said(text="C'est FAUX : aucun remboursement."), (), "remboursée"),
    "is by the author of a story told, on another site": (said(author="@claire_roux"), ("Claire Roux",), ""),
    "stands in the statement's own story": (said(story_id=9), (), ""),
}
NO_DENIALS = {
    "of something else": (said(text="C'est faux, la rose n'est pas un légume."), ()),
    "before the statement": (said(text="Faux, aucun remboursement.", at=-5), ()),
    "half a day later": (said(text="Faux, aucun remboursement.", at=13 * 60), ()),
    "a mere doubt": (said(text="Soi-disant remboursée...", urgency=DOUBT), ()),
    "a copy": (copy(2, text="C'est FAUX : aucun remboursement.", published=minutes(7), urgency=DENIED), ()),
    "by the client itself": (said(text="C'est faux : remboursement fait.", own=True), ()),
    "in a planned event": (said(text="C'est faux, remboursement.", event="fete"), ()),
    "by a namesake with a short name": (said(author="Marc"), ("Marc",)),
}


@pytest.mark.parametrize(("given", "told", "word"), DENIALS.values(), ids=DENIALS)
def test_a_denial_of_an_own_statement(given: Mention, told: tuple[str, ...], word: str) -> None:
    found = denial([given], [own()], told_authors=told, names=("Floréal",))
    assert found is not None
    assert (found.mention, found.word, found.by_author) == (given, word, bool(told))


@pytest.mark.parametrize(("given", "told"), NO_DENIALS.values(), ids=NO_DENIALS)
def test_what_denies_nothing_of_the_client(given: Mention, told: tuple[str, ...]) -> None:
    assert denial([given], [own()], told_authors=told, names=("Floréal",)) is None


def test_the_name_of_the_client_links_nothing() -> None:
    assert denial([said(text="Floréal ment, c'est faux.")], [own("Floréal vous écoute.")], names=("Floréal",)) is None


def test_an_author_who_is_back_unhappy_after_a_reply() -> None:
    before = mention(1, author="Claire Roux", published=minutes(-30))
    reply = own("Bonjour, nous regardons.", story_id=1)
    back = mention(2, author="claire.roux", published=minutes(20), urgency=urgency(UNHAPPY, "anger"))
    found = denial([back], [reply], story=(before, reply, back))
    assert found is not None
    assert not found.contradicts
    calm = mention(2, author="claire.roux", published=minutes(20), urgency=urgency(UNHAPPY - 1))
    assert denial([calm], [reply], story=(before, reply, calm)) is None
    stranger = mention(3, author="quelqu'un", published=minutes(20), urgency=urgency(UNHAPPY, "anger"))
    assert denial([stranger], [reply], story=(before, reply, stranger)) is None


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Claire Roux", "claire_roux", True),
        ("@Claire.Roux", "CLAIRE ROUX", True),
        ("Élodie Bé", "elodie-be", True),
        ("claire_r", "Claire Roux", False),
        ("Marie", "marie", False),
        ("", "", False),
    ],
)
def test_one_person_under_two_names(left: str, right: str, same: bool) -> None:
    assert same_person(left, right) is same


@pytest.mark.parametrize(
    ("statement", "answer", "word"),
    [
        ("La cliente a été remboursée.", "ni appel ni remboursement", "remboursée"),
        ("Votre colis est livré.", "Rien n'est livré ici.", ""),
        ("Le serveur est réparé", "toujours en panne", ""),
        ("Aucune donnée divulguée", "mes données sont divulguées partout", "divulguée"),
    ],
)
def test_the_word_that_is_contradicted(statement: str, answer: str, word: str) -> None:
    assert common_word(statement, answer) == word


def test_the_clock_of_a_question() -> None:
    """An answer stops it until its author comes back; the client's other words calm nothing."""
    asked = mention(1, author="claire_r", urgency=QUESTION, title="Ma commande")
    elsewhere = own("Merci de ne pas utiliser cette page.", at=10)
    reply = own("Bonjour claire_r, elle part ce soir.", at=20)
    back = mention(2, author="claire_r", published=minutes(40), urgency=DENIED)
    thanks = mention(3, author="claire_r", published=minutes(60), urgency=PRAISE)
    assert unanswered([asked], [], [asked]) == (asked,)
    assert unanswered([asked], [elsewhere], [asked]) == (asked,)
    assert unanswered([asked], [elsewhere, reply], [asked]) == ()
    assert unanswered([asked], [elsewhere, reply], [asked, back]) == (asked,)
    assert unanswered([asked], [elsewhere, reply], [asked, back, thanks]) == ()


ANSWERS = {
    "in its story": (own(story_id=1, at=5), True),
    "in its thread": (own(title="Re: Ma commande", site="forum.example", at=5), True),
    "by its author's name": (own("Bonjour claire_r !", at=5), True),
    "on another page, to nobody": (own("Merci à tous.", at=5), False),
    "before it": (own(story_id=1, at=-5), False),
}


@pytest.mark.parametrize(("statement", "answers"), ANSWERS.values(), ids=ANSWERS)
def test_what_answers_a_message(statement: Mention, answers: bool) -> None:
    assert answers_to(statement, mention(1, author="claire_r", title="Ma commande")) is answers


@pytest.mark.parametrize(
    ("given", "awaits"),
    [
        (mention(urgency=QUESTION), True),
        (mention(urgency=urgency(70, "mourning", "question", category=Category.PROBLEM)), True),
        (mention(urgency=QUESTION, place="national_press"), False),
        (mention(urgency=urgency(0, "question", "praise", category=Category.PRAISE)), False),
        (mention(urgency=QUESTION, own=True), False),
        (mention(urgency=QUESTION, backlog=True), False),
        (copy(2, urgency=QUESTION), False),
        (mention(urgency=urgency(30)), False),
    ],
    ids=["a question", "a problem that asks", "a headline", "praise", "own", "the past", "a copy", "an opinion"],
)
def test_what_awaits_an_answer(given: Mention, awaits: bool) -> None:
    assert asks(given) is awaits


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Gerbe pour demain 10 h", "tomorrow"),
        ("c'est après-demain", ""),
        ("obsèques cet après-midi", "today"),
        ("the wedding is tomorrow", "tomorrow"),
        ("arriving the day after tomorrow", ""),
        ("aux demandeurs", ""),
    ],
)
def test_a_day_that_is_near(text: str, day: str) -> None:
    assert due(text) == day


def test_one_message_less_is_no_signal_and_two_are() -> None:
    one, two = (Gone(mention=mention(n), since=minutes(n), visible=minutes(n) - timedelta(minutes=5)) for n in (1, 2))
    assert disappeared([one]) == ()
    assert disappeared([one, two]) == ("disappeared",)
