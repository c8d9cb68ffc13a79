"""What could not be watched: all of it counted, in the reader's language, and no more than is known."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from rendering_values import SILENT, at

from veille.rendering.catalogue import read_catalogue
from veille.rendering.trouble import error_sentence, trouble_sentence, trouble_sentences
from veille.rendering.voice import Voice, plain

FR = Voice(catalogue=read_catalogue("fr"), zone=ZoneInfo("Europe/Paris"), now=at("16:00"))
EN = replace(FR, catalogue=read_catalogue("en"))


@pytest.mark.parametrize(
    ("number", "last"),
    [
        pytest.param(12, "forum-12", id="twelve are named"),
        pytest.param(13, "et 1 autre", id="the thirteenth is counted"),
        pytest.param(40, "et 28 autres", id="and the rest"),
    ],
)
def test_sources_that_are_not_named_are_counted(number: int, last: str) -> None:
    silent = [replace(SILENT, source_id=f"forum-{n}") for n in range(1, number + 1)]
    told = trouble_sentences(FR, silent, most=12)
    assert len(told) == min(number, 13)
    assert told[-1].startswith(last)


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        pytest.param("Connection refused", "le site refuse la connexion", id="refused"),
        pytest.param("the name cannot be resolved", "le nom du site est introuvable", id="no such name"),
        pytest.param("the name was not resolved in time", "le site met trop de temps à répondre", id="slow names"),
        pytest.param(
            "an HTML page, not a feed (a login or an error page?): Sign in",
            "le site répond par une page, pas par un flux : une page de connexion ou d'erreur ?",
            id="a login page",
        ),
        pytest.param("the certificate is refused: expired", "le certificat du site n'est pas valable", id="expired"),
        pytest.param("gone", "le site dit que cette adresse n'existe plus", id="410"),
        pytest.param("HTTP 503", "HTTP 503", id="a status is the same in every language"),
        pytest.param("what nobody foresaw", "what nobody foresaw", id="not in the table: as it is"),
    ],
)
def test_a_french_reader_is_told_in_french_why(stored: str, said: str) -> None:
    assert plain(error_sentence(FR, stored)) == said
    assert error_sentence(EN, stored) == stored


def test_a_source_that_never_answered_did_not_stop_answering() -> None:
    never = replace(SILENT, last_answer=None)
    assert "n'a encore rien donné depuis" in trouble_sentence(FR, never)
    assert "has given nothing since" in trouble_sentence(EN, never)
    assert "ne répond plus depuis" in trouble_sentence(FR, SILENT)
