"""What is right becomes values, with defaults that need no thought."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from kit_settings import CLIENT, PEOPLE, loaded, write_folder
from veille import __version__
from veille.model.mention import Level
from veille.model.person import Channel, QuietHours, Use
from veille.model.watch import Client, Route
from veille.settings.load import load, load_with_warnings


def client_of(at: Path, text: str) -> Client:
    return loaded(at, {"clients/floreal.yaml": text}).installation.clients[0]


def test_the_least_that_can_be_written(tmp_path: Path) -> None:
    result = loaded(tmp_path, {})
    installation = result.installation
    [client], [person] = installation.clients, installation.people
    assert result.warnings == ()
    assert (client.id, client.name, client.mark, client.zone) == ("floreal", "Floréal", "FL", "Europe/Paris")
    assert client.watches[0].routes == (Route(id="default"),)
    assert client.sources[0].id == "floreal-carnet-example"
    assert client.sources[0].interval == timedelta(minutes=15)
    assert person.serves == {"floreal"}
    assert person.channels[0].id == "email"
    assert installation.mail.port == 587
    assert installation.fetch.user_agent == f"veille/{__version__}"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("Yes", "Yes", id="yes is a text"),
        pytest.param("On", "On", id="on is a text"),
        pytest.param("12:30", "12:30", id="an hour is a text"),
        pytest.param("2027-02-12", "2027-02-12", id="a date is a text"),
        pytest.param('"0123"', "0123", id="digits in quotes"),
        pytest.param('"@floreal"', "@floreal", id="an account in quotes"),
        pytest.param("L'atelier de Léa & fils", "L'atelier de Léa & fils", id="an apostrophe, an ampersand"),
        pytest.param("鲜花", "鲜花", id="another script"),
    ],
)
def test_a_name_is_what_is_written(tmp_path: Path, written: str, name: str) -> None:
    assert client_of(tmp_path, CLIENT.replace("Floréal\nmark", f"{written}\nmark")).name == name


def test_a_channel_says_its_kind_by_its_key(tmp_path: Path) -> None:
    more = "      - {email: b@c.example, least: high, uses: [alert]}\n      - {id: bureau, email: d@e.example}\n"
    channels = loaded(tmp_path, {"people.yaml": PEOPLE + more}).installation.people[0].channels
    assert [(c.id, c.kind, c.least, c.uses) for c in channels] == [
        ("email", "email", 0, (Use.ALERT, Use.DIGEST)),
        ("email-2", "email", Level.HIGH, (Use.ALERT,)),
        ("bureau", "email", 0, (Use.ALERT, Use.DIGEST)),
    ]
    assert isinstance(channels[0], Channel)


def test_a_person_s_hours(tmp_path: Path) -> None:
    more = '    quiet: {from: "22:00", to: "07:00"}\n    digest_at: 07:15\n    zone: America/Montreal\n'
    person = loaded(tmp_path, {"people.yaml": PEOPLE + more}).installation.people[0]
    assert person.quiet == QuietHours(time(22), time(7))
    assert (person.digest_at, person.zone) == (time(7, 15), "America/Montreal")


def test_an_event_lasts_until_the_end_of_its_last_day_in_the_client_s_zone(tmp_path: Path) -> None:
    events = "events:\n  - {id: a, name: A, query: x, start: 2027-03-27, end: 2027-03-28}\n"
    events += '  - {id: b, name: B, query: x, start: "2027-02-12 08:00", end: "2027-02-12 09:30"}\n'
    first, second = client_of(tmp_path, CLIENT + events).events
    assert first.start == datetime(2027, 3, 26, 23, tzinfo=UTC)
    # Summer time began in the night.
    assert first.end == datetime(2027, 3, 28, 22, tzinfo=UTC)
    assert second.end - second.start == timedelta(minutes=90)


def test_sites_are_hosts_however_they_were_pasted(tmp_path: Path) -> None:
    own = (
        "own: {sites: ['https://www.Floreal.example/', fleurs-à-nantes.example]}\nplaces: {www.ouest.example: press}\n"
    )
    client = client_of(tmp_path, CLIENT + own)
    assert client.own_sites == ("floreal.example", "xn--fleurs--nantes-mgb.example")
    assert client.places == (("ouest.example", "press"),)


def test_two_clients_that_ask_the_same_share_the_source_s_key(tmp_path: Path) -> None:
    other = CLIENT.replace("id: floreal", "id: autre").replace("FL", "AU")
    first, second = loaded(tmp_path, {"clients/autre.yaml": other}).installation.clients
    assert first.sources[0].id != second.sources[0].id
    assert first.sources[0].key == second.sources[0].key


def test_sources_of_one_host_are_numbered(tmp_path: Path) -> None:
    more = (
        "  - url: https://carnet.example/comments\n  - {url: https://carnet.example/x, id: floreal-carnet-example-3}\n"
    )
    ids = [source.id for source in client_of(tmp_path, CLIENT + more).sources]
    assert ids == ["floreal-carnet-example", "floreal-carnet-example-2", "floreal-carnet-example-3"]


def test_a_query_over_several_lines_is_one(tmp_path: Path) -> None:
    text = CLIENT.replace("query: Floréal", "query: >\n      Floréal\n      SAUF (frégate OU navire)")
    assert client_of(tmp_path, text).watches[0].query == "Floréal SAUF (frégate OU navire)"


def test_a_private_source_that_the_operator_opened(tmp_path: Path) -> None:
    house = 'fetch: {allow_private: ["127.0.0.1:8080", "forum:80", 10.2.0.0/16]}\n'
    more = "  - url: http://127.0.0.1:8080/feed\n  - url: http://forum/feed\n  - url: http://10.2.3.4/feed\n"
    files = {"veille.yaml": house, "clients/floreal.yaml": CLIENT + more}
    assert len(loaded(tmp_path, files).installation.clients[0].sources) == 4


@pytest.mark.parametrize(
    ("written", "environment", "expected"),
    [
        pytest.param("", {}, "sqlite:///{at}/veille.db", id="nothing: beside the folder"),
        pytest.param("database: data/v.db\n", {}, "sqlite:///{at}/data/v.db", id="a file"),
        pytest.param("database: /srv/v.db\n", {}, "sqlite:////srv/v.db", id="an absolute file"),
        pytest.param(
            "", {"STATE_DIRECTORY": "/var/lib/veille"}, "sqlite:////var/lib/veille/veille.db", id="under systemd"
        ),
        pytest.param("database: ${DB}\n", {"DB": "postgresql://v:p@h/v"}, "postgresql://v:p@h/v", id="PostgreSQL"),
    ],
)
def test_where_the_database_is(tmp_path: Path, written: str, environment: dict[str, str], expected: str) -> None:
    (tmp_path / "data").mkdir()
    installation = loaded(tmp_path, {"veille.yaml": written}, environment=environment).installation
    assert installation.database.reveal() == expected.format(at=tmp_path)


def test_the_installation_is_named_by_its_sender(tmp_path: Path) -> None:
    house = "mail: {from: 'Veille <veille@agence.example>', security: tls}\noperator: {contact: t@agence.example}\n"
    installation = loaded(tmp_path, {"veille.yaml": house}).installation
    assert installation.host == "agence.example"
    assert installation.mail.port == 465
    assert installation.fetch.user_agent == f"veille/{__version__} (+t@agence.example)"


def test_the_text_and_its_fingerprint_are_those_of_all_files(tmp_path: Path) -> None:
    before = loaded(tmp_path, {}).installation
    assert before.fingerprint == sha256(before.text.encode()).hexdigest()
    assert before == loaded(tmp_path, {}).installation
    after = loaded(tmp_path, {"clients/floreal.yaml": CLIENT + "# a word\n"}).installation
    assert after.fingerprint != before.fingerprint


def test_what_had_better_be_said(tmp_path: Path) -> None:
    other = CLIENT.replace("id: floreal", "id: autre")
    people = PEOPLE.replace("all", "[floreal]").replace("    operator: true\n", "")
    assert loaded(tmp_path, {"clients/autre.yaml": other, "people.yaml": people}).warnings == (
        "clients/autre.yaml: nobody serves this client: nobody will be told",
        "the mark FL opens the messages of several clients: autre, floreal",
        "people.yaml: nobody has `operator: true`: nobody is told about sources in trouble",
    )


def test_editors_copies_are_not_read(tmp_path: Path) -> None:
    files = {"clients/.floreal.yaml.swp": "x", "clients/.#floreal.yaml": "x", "clients/floreal.yaml~": "x"}
    assert len(loaded(tmp_path, files).installation.clients) == 1


def test_a_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + CLIENT.replace("\n", "\r\n").encode()
    assert loaded(tmp_path, {"clients/floreal.yaml": content}).installation.clients[0].name == "Floréal"


def test_the_shipped_examples_are_right_without_any_environment() -> None:
    config = Path(__file__).parents[2] / "config"
    result = load_with_warnings(config, environment={}, credentials=None)
    assert result.warnings == ()
    assert [client.id for client in result.installation.clients] == ["floreal"]
    sources = result.installation.clients[0].sources
    assert all(source.url.split("/")[2].endswith(".example") for source in sources)


def test_what_the_examples_show_in_comments_is_right_too(tmp_path: Path) -> None:
    config = Path(__file__).parents[2] / "config"
    files = {
        name: "".join(_uncommented(line) for line in (config / name).read_text().splitlines(keepends=True))
        for name in ("people.yaml", "clients/floreal.yaml")
    }
    folder = write_folder(tmp_path, files)
    environment = {
        "CAMILLE_SMS": "freemobile://user@key",
        "SLACK_WEBHOOK": "https://hooks.slack.com/services/T0000000A/B0000000A/" + "x" * 24,
    }
    people = load(folder, environment=environment, credentials=None).people
    assert [[channel.kind for channel in person.channels] for person in people] == [
        ["email", "sms", "slack"],
        ["email"],
    ]


def _uncommented(line: str) -> str:
    """A line of YAML behind `# `, itself; a line of prose stays a comment."""
    bare = line.lstrip()
    code = bare.removeprefix("# ")
    yaml = code.startswith(("- ", "  ")) and bare != code
    return line[: len(line) - len(bare)] + code if yaml else line
