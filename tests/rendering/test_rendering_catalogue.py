"""The sentences: complete in both languages, nothing too much, the same places for values."""

import re
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from veille.analysis.signals import BY_NAME
from veille.model.alert import Reason
from veille.rendering.catalogue import LANGUAGES, french, read_catalogue, shipped
from veille.rendering.reasons import DROPPED, HELD, SENTENCES, TOLD
from veille.rendering.signals import HEADLINES
from veille.rendering.signals import SENTENCES as SIGNALS

ROOM = Path(str(files("veille.rendering")))


@pytest.fixture(scope="module")
def used() -> set[str]:
    """Every sentence that the code and the templates say."""
    found = extract_from_dir(
        str(ROOM),
        method_map=[("**.py", "python"), ("templates/**.html", "jinja2")],
        options_map={},
        keywords={"say": None, "count": (1, 2), "later": None},
    )
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def _po(language: str) -> Catalog:
    raw = ROOM.joinpath("locale", language, "LC_MESSAGES", "veille.po").read_bytes()
    return read_po(BytesIO(raw), locale=language, abort_invalid=True)


def _ids(catalog: Catalog) -> set[str]:
    return {m.id if isinstance(m.id, str) else m.id[0] for m in catalog if m.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_complete(language: str, used: set[str]) -> None:
    """Each language has every sentence that is said, and no other."""
    ids = _ids(_po(language))
    assert used - ids == set(), "said, but not in the catalogue"
    assert ids - used == set(), "in the catalogue, but never said"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations(language: str) -> None:
    """No sentence is empty or doubtful, and each names the same values as its id."""
    for message in _po(language):
        if not message.id:
            continue
        source = message.id if isinstance(message.id, tuple | list) else (message.id,)
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        assert not message.fuzzy, message.id
        assert len(forms) == len(source), message.id
        for form in forms:
            assert form, message.id
            assert _places(form) == _places(source[0]), message.id


def _places(sentence: str) -> list[str]:
    return sorted(re.findall(r"{(.*?)}", sentence))


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("fr", 0, "0 mention"),
        ("fr", 1, "1 mention"),
        ("fr", 2, "2 mentions"),
        ("en", 0, "0 mentions"),
        ("en", 1, "1 mention"),
        ("en", 2, "2 mentions"),
    ],
)
def test_plurals(language: str, number: int, said: str) -> None:
    """Nought is singular in French and plural in English."""
    assert read_catalogue(language).count("{n} mention", "{n} mentions", number, n=number) == said


def test_every_reason_has_a_sentence() -> None:
    """Whatever was decided can be said, once."""
    assert set(SENTENCES) == set(Reason)
    assert len(TOLD) + len(HELD) + len(DROPPED) == len(Reason)


def test_every_signal_has_a_sentence() -> None:
    """What the analysis may name can be said, and the crises among them can stand in a headline."""
    beside = {"another_family", "second_author", "second_site", "disappeared", "spreads_fast"}
    assert set(SIGNALS) == set(BY_NAME) | beside
    assert {kind.name for kind in BY_NAME.values() if kind.crisis} <= set(HEADLINES)
    assert set(HEADLINES) <= set(BY_NAME)


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("fr", "fr"), ("fr-CA", "fr"), ("FR_be", "fr"), ("en", "en"), ("de", "en"), ("", "en")],
)
def test_language(asked: str, spoken: str) -> None:
    """A language that does not ship is answered in English."""
    assert shipped(asked) == spoken


def test_french_spaces() -> None:
    """The marks of French keep their space and never begin a line."""
    assert french("Quoi : « ça » ; non ! Si ?") == "Quoi\u00a0: «\u00a0ça\u00a0»\u202f; non\u202f! Si\u202f?"


def test_values_are_never_templates() -> None:
    """What comes from the web stays as it is, braces, percent signs and all."""
    hostile = "{0.__class__} %s {{7*7}} ${x} {text} : !"
    said = read_catalogue("fr").say("“{text}”", text=hostile)
    assert said == f"«\u00a0{hostile}\u00a0»"
