"""What followed a story, as its reader reads it, in both languages; names that agree, nobody accused."""

from __future__ import annotations

from datetime import date

import pytest

from kit_model import client, mention, minutes, person, story, urgency
from veille.model.alert import Action, Alert, Decision, Reason
from veille.model.digest import EveningLook, Waiting
from veille.model.following import Denial, Earlier, Edit, Gone
from veille.model.mention import Category, Kinship, Level, Mention, Signal, Urgency, Verdict
from veille.rendering.customer import gender, paper_of
from veille.rendering.followed import edit_sentences, gone_sentence, returns_sentence
from veille.rendering.renderer import Renderer
from veille.rendering.story import also_in_press, network
from veille.text.gsm import SEGMENT, septets

RENDERER = Renderer.load()
FLOREAL = client()
GRIEF = urgency(90, "mourning", "undelivered", "own_page")


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _alert(reason: Reason, *members: Mention, **given: object) -> Alert:
    values: dict[str, object] = {
        "id": 1,
        "code": "7Kq2abcd",
        "client_id": "floreal",
        "story": story(*members),
        "decision": Decision(action=Action.TELL, reason=reason, level=Level.CRITICAL),
        "at": minutes(20),
        "watches": ("floreal",),
        "usual_per_day": 1.2,
        "client_name": "Floréal",
    }
    return Alert(**{**values, **given})  # type: ignore[arg-type]


def _message(alert: Alert, language: str = "fr") -> tuple[str, str, str]:
    made = RENDERER.alert_message(
        alert, client=FLOREAL, language=language, zone="Europe/Paris", public_url="https://v.example"
    )
    assert septets(made.short) <= SEGMENT
    return _plain(made.subject), _plain(made.text), made.short


CLAIRE = mention(1, author="Claire Roux", site="facebook.com", urgency=GRIEF, text="Pas de fleurs.")
GONE = Gone(mention=CLAIRE, since=minutes(5), visible=minutes(0))


def test_what_is_no_longer_visible_is_in_the_mail_with_its_copy() -> None:
    subject, text, _ = _message(_alert(Reason.CRITICAL_MENTION, CLAIRE, gone=(GONE, GONE)))
    assert subject == "[FL Floréal] À traiter maintenant : cliente en deuil, 2 messages disparus"
    assert "2 messages ne sont plus visibles depuis 13:05, alors que leur site répond." in text
    assert "Claire Roux : n'est plus visible depuis 13:05 (copie du 12 févr. 13:00, encore visible à 13:00)" in text
    subject, text, _ = _message(_alert(Reason.CRITICAL_MENTION, CLAIRE, gone=(GONE,)), "en")
    assert subject.endswith("a customer in mourning, 1 message no longer visible")
    assert "delet" not in text


DENIALS = {
    "a woman": ("Claire Roux", True, "S'amplifie : la cliente dément le statut de 13 h 00"),
    "a man": ("Marc Petit", True, "S'amplifie : le client dément le statut de 13 h 00"),
    "nobody knows": ("klm44", True, "S'amplifie : le ou la cliente dément le statut de 13 h 00"),
    "back unhappy": ("Claire Roux", False, "S'amplifie : la cliente revient mécontente après la réponse de 13 h 00"),
}


@pytest.mark.parametrize(("author", "contradicts", "heading"), DENIALS.values(), ids=DENIALS)
def test_who_denies(author: str, contradicts: bool, heading: str) -> None:
    denying = mention(2, author=author, published=minutes(7), urgency=urgency(51, "denial"))
    denial = Denial(
        mention=denying, statement=mention(9, own=True), by_author=True, contradicts=contradicts, word="remboursée"
    )
    alert = _alert(Reason.STATEMENT_DENIED, denying, denial=denial, instruction="ne rien publier avant de l'appeler.")
    subject, _, short = _message(alert)
    assert subject == f"[FL Floréal] {heading}"
    assert "Consigne: ne rien publier avant de l'appeler." in short
    assert ('("remboursée")' in short) is contradicts


ENQUIRY = Urgency(81, (Signal("press_enquiry", 60, "article"), Signal("undelivered", 18, "pas livrés")), Category.PRESS)


@pytest.mark.parametrize(
    ("author", "text", "said"),
    [
        ("p_garnier", "Je prépare un article pour Le Grand Quotidien.", "un(e) journaliste du Grand Quotidien cherche"),
        ("Anne Roy", "Journaliste à Ouest-France, MP ouverts.", "une journaliste d'Ouest-France cherche"),
        ("Marc", "J'enquête sur les livraisons.", "un journaliste cherche des clients non livrés"),
        ("Marc", "Je prépare un reportage pour Floréal.", "un journaliste cherche des clients non livrés"),
    ],
)
def test_who_enquires(author: str, text: str, said: str) -> None:
    subject, _, short = _message(_alert(Reason.PRESS_ENQUIRY, mention(author=author, text=text, urgency=ENQUIRY)))
    assert said in subject
    assert "Article probable. Prévenir la direction." in short


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        ("Je prépare un article pour Le Grand Quotidien, MP ouverts", "Le Grand Quotidien"),
        ("Journalist at The Daily Example looking for witnesses", "The Daily Example"),
        ("J'écris un article sur les fleurs", ""),
    ],
)
def test_the_paper_that_is_named(text: str, paper: str) -> None:
    assert paper_of(text) == paper


def test_a_person_is_spoken_of_as_others_do() -> None:
    others = [mention(2, author="jul", text="Ils effacent les messages d'une cliente en deuil.")]
    assert gender("klm44", others) == "f"
    assert gender("Dominique Roux") == ""
    assert gender("") == ""


def test_a_wire_and_its_reprints() -> None:
    wire = mention(1, author="AFN", site="afn.example", place="press")
    same = Verdict(kinship=Kinship.COPY, of=1, story_id=1)
    reprints = [mention(n, place="press", site=f"p{n}.example", verdict=same) for n in range(2, 13)]
    paper = mention(20, place="national_press", site="grand.example", author="Grand")
    voice = RENDERER.voice("fr", zone="Europe/Paris", now=minutes(0))
    assert also_in_press(voice, story(wire, *reprints, paper), but=paper) == "agence AFN et 11 reprises"
    assert also_in_press(voice, story(wire, paper), but=paper) == "AFN"
    assert also_in_press(voice, story(paper), but=paper) == ""


@pytest.mark.parametrize(
    ("site", "name"),
    [("m.facebook.com", "Facebook"), ("x.com", "X"), ("mastodon.social", "Mastodon"), ("forum.example", "")],
)
def test_networks_have_the_names_people_use(site: str, name: str) -> None:
    assert network(site) == name


def test_returns_and_edits_are_sentences() -> None:
    voice = RENDERER.voice("fr", zone="Europe/Paris", now=minutes(600))
    earlier = Earlier(story_id=42, code="FL-42", seen=minutes(-60 * 24 * 20))
    assert _plain(returns_sentence(voice, earlier)) == "Revient : déjà vu le 23 janvier (FL-42)."
    assert returns_sentence(voice, None) == ""
    assert gone_sentence(voice, ()) == ""
    edit = Edit(
        mention_id=1, story_id=1, at=minutes(0), old_title="Avant", old_text="a", new_title="Après", new_text="a"
    )
    assert [_plain(said) for said in edit_sentences(voice, [edit])] == [
        "Titre modifié à 13:00 : « Après » (avant : « Avant »)."
    ]


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fr", "[FL Floréal] Point du soir, vendredi 12 février : 1 question sans réponse, obsèques demain"),
        ("en", "[FL Floréal] Evening look, Friday, 12 February: 1 question without an answer, a funeral tomorrow"),
    ],
)
def test_the_evening_look(language: str, subject: str) -> None:
    look = EveningLook(client=FLOREAL, waiting=(Waiting(mention=CLAIRE, due="tomorrow"),))
    reader = person(language=language)
    made = RENDERER.evening_message([look], person=reader, day=date(2027, 2, 12), zone="Europe/Paris", now=minutes(600))
    assert _plain(made.subject) == subject
    assert septets(made.short) <= SEGMENT
    assert "Pas de fleurs." in made.text
    assert "Pas de fleurs." in made.html
