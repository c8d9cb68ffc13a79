"""What a name suggests, what is left out and what never is, Google's addresses, and the words of every question."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from babel.messages.pofile import read_po
from onboarding_desk import desk
from typer.testing import CliRunner

import veille.onboarding
from veille.cli.app import app
from veille.model.entry import Entry
from veille.onboarding import google, noise
from veille.onboarding.mailing import read_server, server_trouble
from veille.onboarding.networks import Account
from veille.onboarding.preview import Looked, judge
from veille.onboarding.proposal import Wish, client_id, client_of, mark_of, name_trouble, suggest
from veille.query import parse

DOCS = Path(__file__).parents[2] / "docs" / "getting-started.md"


@pytest.mark.parametrize(
    ("name", "first", "meaning", "common"),
    [
        pytest.param("Carnet de Mariée", '"Carnet de Mariée"', "", False, id="several words are sure"),
        pytest.param("Zylkia", '"Zylkia"', "", False, id="a made-up word"),
        pytest.param("Floréal", '"Floréal"', "a month of the republican calendar, ships, streets", False, id="homonym"),
        pytest.param("Orange", "{Orange}", "the fruit, the colour, a town", True, id="a common word: exactly so"),
        pytest.param("Jules", '"Jules"', "a first name", False, id="a first name"),
        pytest.param('"L\'Oréal"', '"L\'Oréal"', "", False, id="quotes of its own"),
        pytest.param("C&A", '"C&A"', "", False, id="a sign inside"),
    ],
)
def test_a_query_for_a_name(name: str, first: str, meaning: str, common: bool) -> None:
    offered = suggest(name, language="fr")
    assert offered.choices[0].query == first
    assert (offered.doubt.meaning if offered.doubt else "") == meaning
    assert (offered.doubt.common if offered.doubt else False) == common
    for choice in offered.choices:
        parse(choice.query)


def test_own_handles_that_hold_the_name_are_variants() -> None:
    accounts = [
        Account(network="X", name=name, url="") for name in ("floreal", "floreal_officiel", "FlorealFleurs", "autre")
    ]
    query = suggest("Floréal", language="fr", accounts=accounts).choices[0].query
    assert query == '"Floréal" OU "floreal_officiel" OU "FlorealFleurs"'


def test_a_doubtful_name_is_offered_with_words_of_the_site() -> None:
    offered = suggest("Orange", language="en", site_words=("menu", "orange", "mobile", "broadband"))
    assert offered.choices[-1].query == '"Orange" AND (mobile OR broadband)'


@pytest.mark.parametrize("name", ["", "  ", "!!!", "a, b", "x" * 61, "a\nb"])
def test_names_that_cannot_be(name: str) -> None:
    assert name_trouble(name)


@pytest.mark.parametrize(
    ("name", "taken", "mark", "own_id"),
    [
        ("Floréal", (), "FL", "floreal"),
        ("Floréal", ("FL",), "FLO", "floreal"),
        ("Carnet de Mariée", (), "CDM", "carnet-de-mariee"),
        ("3 Suisses", (), "3S", "3-suisses"),
        ("X", (), "X1", "x"),
        ("東京", (), "CL", "client"),
        ("All", (), "AL", "client"),
        ("Œuvre", (), "OE", "oeuvre"),
    ],
)
def test_marks_and_ids(name: str, taken: tuple[str, ...], mark: str, own_id: str) -> None:
    assert (mark_of(name, taken), client_id(name)) == (mark, own_id)


def wish(language: str = "fr", *families: str) -> Wish:
    chosen = tuple(family for family in noise.families(language) if not families or family.id in families)
    return Wish(
        name="Floréal",
        site="",
        language=language,
        zone="Europe/Paris",
        query="Floréal",
        mark="FL",
        noise=chosen,
        news="https://news.example/",
    )


@pytest.mark.parametrize(
    ("language", "title", "fate"),
    [
        pytest.param("fr", "Floréal : offre d'emploi fleuriste", "excluded", id="a job offer"),
        pytest.param("fr", "Codes promo Floréal", "excluded", id="a promo code"),
        pytest.param("fr", "Floréal Nantes, horaires d'ouverture", "excluded", id="a directory"),
        pytest.param("fr", "Vase Floréal, remise en main propre", "excluded", id="a classified ad"),
        pytest.param("fr", "Avis de décès de Mme Floréal", "excluded", id="an obituary"),
        pytest.param("fr", "Floréal FC, feuille de match", "excluded", id="a result"),
        pytest.param(
            "fr", "Floréal : la gerbe jamais arrivée, avis d'obsèques à l'appui", "taken", id="mourning, complains"
        ),
        pytest.param("fr", "Enterrement de maman, pas de fleurs de Floréal", "taken", id="mourning, no obituary"),
        pytest.param("fr", "Code promo Floréal refusé, remboursement impossible", "taken", id="a coupon complaint"),
        pytest.param("fr", "Offre d'emploi Floréal : une arnaque", "taken", id="a job scam"),
        pytest.param("fr", "Les fleurs du printemps", "left", id="not the name"),
        pytest.param("en", "Floréal promo code", "excluded", id="a promo code in English"),
        pytest.param("en", "Floréal: wreath never arrived, family flowers only", "taken", id="a complaint in English"),
    ],
)
def test_noise_goes_and_complaints_stay(language: str, title: str, fate: str) -> None:
    client = client_of(wish(language), None)
    entry = Entry(key="1", link="https://presse.example/1", title=title)
    seen = judge(client, [Looked(source=client.sources[0], entries=(entry,))], now=datetime(2026, 11, 22, tzinfo=UTC))
    assert {"taken": seen.taken, "excluded": seen.excluded, "left": seen.left}[fate] == (entry,)


def test_obituaries_are_not_ticked_for_those_who_serve_mourners() -> None:
    florist = {family.id for family in noise.families("fr", ("livraison", "deuil")) if family.ticked}
    carmaker = {family.id for family in noise.families("fr", ("voiture",)) if family.ticked}
    assert carmaker - florist == {"obituaries"}


def test_without_noise_there_is_no_list() -> None:
    assert noise.lists((), "fr") == noise.exclusions((), "fr") == ()


@pytest.mark.parametrize(
    ("language", "site", "edition"),
    [
        ("fr", "floreal.fr", ("fr", "FR", "FR:fr")),
        ("fr", "floreal.be", ("fr", "BE", "BE:fr")),
        ("en", "floreal.com", ("en-US", "US", "US:en")),
        ("en", "floreal.co.uk", ("en-GB", "GB", "GB:en")),
    ],
)
def test_google_news_has_an_edition_a_country(language: str, site: str, edition: tuple[str, str, str]) -> None:
    asked = parse_qs(urlsplit(google.news_url("Floréal & fils", language=language, site=site)).query)
    assert asked["q"] == ['"Floréal & fils" when:7d']
    assert (asked["hl"][0], asked["gl"][0], asked["ceid"][0]) == edition


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://www.google.com/alerts/feeds/01234567890123456789/9876543210", True),
        ("https://www.google.fr/alerts/feeds/1/2", True),
        ("http://www.google.com/alerts/feeds/1/2", False),
        ("https://www.google.com/alerts/feeds/1", False),
        ("https://www.google.com/alerts", False),
        ("https://www.google.com/x?/alerts/feeds/1/2", False),
        ("https://[/alerts/feeds/1/2", False),
        ("http://127.0.0.1:8000/alerts/feeds/1/2", True),
    ],
)
def test_the_address_of_an_alert(url: str, good: bool) -> None:
    assert (not google.alerts_trouble(url, allow_private=("127.0.0.1:8000",))) == good


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("smtp.example", ("smtp.example", 587, "starttls")),
        ("smtp.example:465", ("smtp.example", 465, "tls")),
        ("smtp.example:25:none", ("smtp.example", 25, "none")),
        ("smtp.example::tls", ("smtp.example", 465, "tls")),
    ],
)
def test_a_mail_server_on_one_line(text: str, account: tuple[str, int, str]) -> None:
    read = read_server(text)
    assert (read.host, read.port, read.security) == account


@pytest.mark.parametrize("text", ["", ":25", "smtp.example:x", "smtp.example:0", "smtp.example:25:ssl", "a@b:25"])
def test_no_mail_server(text: str) -> None:
    assert server_trouble(text)


def spoken() -> Iterator[str]:
    """Every sentence of the code that goes through the catalogue."""
    root = Path(veille.onboarding.__path__[0])
    for file in (*root.glob("*.py"), root.parent / "cli" / "init.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("later", "say", "warn", "title", "busy"):
                yield str(node.args[0].value)
    words = files("veille.query").joinpath("data/common_words.toml").read_text(encoding="utf-8")
    yield from tomllib.loads(words)["homonyms"].values()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_is_in_the_catalogue_and_no_other(language: str) -> None:
    path = files("veille.onboarding").joinpath("locale", language, "LC_MESSAGES", "veille.po")
    with path.open("rb") as file:
        catalogue = {message.id: message.string for message in read_po(file) if message.id}
    assert set(catalogue) == set(spoken())
    assert all(catalogue.values())


def test_the_steps_name_what_to_type() -> None:
    words = desk(language="fr").words
    assert any('"Floréal"' in step for step in google.steps(words, "Floréal"))


def test_the_documented_options_exist() -> None:
    documented = set(re.findall(r"--[a-z][a-z-]+", DOCS.read_text(encoding="utf-8")))
    known = (
        CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"}).output.split() for name in ("init", "poll")
    )
    assert documented <= set().union(*known)


def test_the_documented_screens_say_what_the_command_says() -> None:
    screens = re.findall(r"```\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    fixed = [line.partition(" >")[0] for screen in screens for line in screen.splitlines() if line.endswith(" >")]
    catalogues = [desk(language=language).words for language in ("fr", "en")]
    said = {plain(words.say(sentence)) for words in catalogues for sentence in questions()}
    assert {re.sub(r" \[.*", "", line) for line in fixed} <= said


def questions() -> Iterator[str]:
    """Sentences without values: the questions are among them."""
    yield from (sentence for sentence in spoken() if "{" not in sentence.replace("{{", ""))


def plain(text: str) -> str:
    """With ordinary spaces for the no-break ones of French."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")
