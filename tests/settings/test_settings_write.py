"""What is written loads, is never written over others, and keeps comments."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit_settings import PEOPLE, write_folder
from veille.errors import SettingsError
from veille.model.exchange import Source
from veille.model.installation import MailAccount
from veille.model.mention import Level
from veille.model.person import Channel, Person, QuietHours, Use
from veille.model.secret import Secret
from veille.model.watch import Client, Route, Watch
from veille.settings.load import load
from veille.settings.parse import parse
from veille.settings.shape_source import source_key
from veille.settings.wording import quoted, span
from veille.settings.write import add_person, serve, write_client, write_house, write_people

URL = "https://carnet.example/feed?q=%22Flor%C3%A9al%22&x=1#y"
CLIENT = Client(
    id="floreal",
    name='Floréal "fleurs": l\'atelier # 1',
    mark="FL",
    own_sites=("floreal.example",),
    own_accounts=("@floreal",),
    products=("bouquet Émotion", "007", "yes"),
    people=("Anne Petit",),
    watches=(
        Watch(
            id="floreal",
            name="Floréal: tout",
            query='"Floréal" SAUF (frégate OU "rue du Floréal")',
            exclude=("recrutement", '"code promo"'),
            mute=("jeu",),
            languages=("fr",),
            sources=("carnet",),
            routes=(Route(id="tous", least=Level.HIGH, people=("camille",), categories=("press",)),),
            urgent_per_day=5,
        ),
    ),
    sources=(
        Source(
            id="carnet",
            kind="feed",
            url=URL,
            key=source_key("feed", URL),
            interval=timedelta(hours=2),
            place="blog",
            take_all=True,
        ),
    ),
    places=(("ouest.example", "press"),),
    lists=(("bruit", 'annuaire OU "code promo"'),),
    playbook=(("default", "Prévenir : la direction."),),
    not_watched=("TikTok", "messages privés"),
)
CAMILLE = Person(
    id="camille",
    name="Camille Martin",
    channels=(
        Channel(id="email", kind="email", address=Secret("camille@agence.example")),
        Channel(id="sms", kind="sms", address=Secret("${SMS}"), uses=(Use.ALERT,), least=Level.CRITICAL),
    ),
    quiet=QuietHours(time(22), time(7)),
    serves=frozenset({"floreal"}),
    operator=True,
)
MAIL = MailAccount(
    host="smtp.agence.example",
    port=465,
    security="tls",
    user="veille",
    password=Secret("${MAIL}"),
    sender="Veille <veille@agence.example>",
)
ENVIRONMENT = {"SMS": "freemobile://user@key", "MAIL": "SECRET42"}


def write_all(folder: Path) -> None:
    write_house(folder, contact="t@agence.example", mail=MAIL, allow_private=("127.0.0.1:8080",))
    write_people(folder, (CAMILLE,))
    write_client(folder, CLIENT, notes=("Written by veille init.",))


def test_what_is_written_loads_as_it_was(tmp_path: Path) -> None:
    write_all(tmp_path)
    installation = load(tmp_path, environment=ENVIRONMENT, credentials=None)
    assert installation.clients == (CLIENT,)
    [camille] = installation.people
    assert replace(camille, channels=()) == replace(CAMILLE, channels=())
    assert [c.address.reveal() for c in camille.channels] == ["camille@agence.example", "freemobile://user@key"]
    assert installation.mail == replace(MAIL, password=Secret("SECRET42"))
    assert installation.fetch.allow_private == ("127.0.0.1:8080",)
    assert not list(tmp_path.rglob("*.new"))


@pytest.mark.parametrize("what", ["house", "people", "client"])
def test_nothing_is_written_over_unless_told(tmp_path: Path, what: str) -> None:
    write_all(tmp_path)

    def again(told: bool) -> Path:
        if what == "house":
            return write_house(tmp_path, contact="x@y.example", mail=MAIL, replace=told)
        if what == "people":
            return write_people(tmp_path, (), replace=told)
        return write_client(tmp_path, replace(CLIENT, name="X"), replace=told)

    with pytest.raises(SettingsError, match="already exists: it is not written over"):
        again(False)
    before = {path: path.read_text() for path in tmp_path.rglob("*.yaml")}
    changed = again(True)
    assert changed.read_text() != before[changed]


def test_a_person_more_keeps_the_comments(tmp_path: Path) -> None:
    commented = "# ours\n" + PEOPLE.replace("Camille Martin", '"Camille Martin"  # the boss')
    folder = write_folder(tmp_path, {"people.yaml": commented})
    add_person(folder, replace(CAMILLE, id="lou", name="Lou"))
    text = (folder / "people.yaml").read_text()
    assert text.startswith(commented)
    people = load(folder, environment=ENVIRONMENT, credentials=None).people
    assert [person.id for person in people] == ["camille", "lou"]
    with pytest.raises(SettingsError, match="already has a person `lou`"):
        add_person(folder, replace(CAMILLE, id="lou"))


def test_the_first_person_makes_the_file(tmp_path: Path) -> None:
    assert "camille" in add_person(tmp_path, CAMILLE).read_text()


@pytest.mark.parametrize(
    ("serves", "expected"),
    [
        pytest.param("[floreal]", "serves: [floreal, autoneo]", id="a client more"),
        pytest.param("all", "serves: all", id="all is all already"),
        pytest.param("[autoneo]", "serves: [autoneo]", id="served already"),
    ],
)
def test_a_client_more_for_someone(tmp_path: Path, serves: str, expected: str) -> None:
    folder = write_folder(tmp_path, {"people.yaml": PEOPLE.replace("serves: all", f"serves: {serves}   # whom")})
    text = serve(folder, person_id="camille", client_id="autoneo").read_text()
    assert expected in text
    assert "# whom" in text


def test_nobody_of_that_name(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {})
    with pytest.raises(SettingsError, match="nobody is named `lou`"):
        serve(folder, person_id="lou", client_id="autoneo")


def test_a_file_of_another_shape_is_left_as_it_is(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"people.yaml": "people: {id: camille}\n"})
    with pytest.raises(SettingsError, match="cannot be changed"):
        add_person(folder, CAMILLE)
    assert (folder / "people.yaml").read_text() == "people: {id: camille}\n"


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_reads_back(text: str) -> None:
    for written in (f"a: {quoted(text)} # b\n", f"a: [{quoted(text)}, b]\n", f"{quoted(text)}: b\n"):
        plain = parse(written.encode(), file="any").plain()
        assert plain in ({"a": text}, {"a": [text, "b"]}, {text: "b"})


@pytest.mark.parametrize("text", ["15m", "2h", "1d", "90s", "36h"])
def test_a_duration_is_written_short(text: str) -> None:
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    assert span(timedelta(**{units[text[-1]]: int(text[:-1])})) == text
