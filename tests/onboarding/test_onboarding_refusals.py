"""What cannot be used is said at once, and whatever stops the journey leaves the folder as it was."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from onboarding_desk import PLAIN_ANSWERS, desk, only_news, options, shown
from onboarding_internet import internet

from kit_http import Server, answer, serve
from veille.bootstrap import read_settings
from veille.errors import AddressRefused, AnswerError, FetchError, ReadError, SettingsError
from veille.onboarding.journey import init
from veille.onboarding.options import Options

HOUSE = """# mine
operator:
  contact: technique@agence.example
"""


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    with internet() as server:
        yield server


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def answers(web: Server, **changed: str) -> list[str]:
    return [changed.get(str(n), line).format(site=web.url("/")) for n, line in enumerate(PLAIN_ANSWERS)]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        pytest.param({"client": ""}, "--client", id="no name"),
        pytest.param({"client": "!!!"}, "--client", id="a name of signs"),
        pytest.param({"client": "a, b"}, "--client", id="a comma"),
        pytest.param({"site": "floreal"}, "--site", id="a site that is a word"),
        pytest.param({"site": "file:///etc/passwd"}, "--site", id="a file"),
        pytest.param({"language": "de"}, "--language", id="a language that does not ship"),
        pytest.param({"email": "camille"}, "--email", id="half an address"),
        pytest.param({"email": "a@b.example, c@d.example"}, "--email", id="two addresses"),
        pytest.param({"query": "Floréal ET ("}, "--query", id="an open bracket"),
        pytest.param({"noise": "jobs,weather"}, "--noise", id="an unknown family"),
        pytest.param({"google_alerts": "https://www.google.com/alerts"}, "--google-alerts", id="no feed"),
        pytest.param({"smtp": "smtp.example:99999"}, "--smtp", id="no port"),
        pytest.param({"smtp": "s.example:25:none", "smtp_user": "u"}, "--smtp-user", id="a password over none"),
        pytest.param(
            {"smtp": "s.example", "smtp_user": "u", "smtp_password": "hunter2"}, "--smtp-password", id="clear"
        ),
        pytest.param({"smtp": "s.example", "smtp_password": "${NO_SUCH_VEILLE}"}, "--smtp-password", id="not set"),
        pytest.param({"smtp": "s.example", "smtp_from": "me"}, "--smtp-from", id="no sender"),
        pytest.param({"zone": "Europe/Pari"}, "--zone", id="no zone"),
        pytest.param({"allow_private": ("intranet",)}, "--allow-private", id="no port to open"),
    ],
)
def test_a_wrong_option_is_named_before_anything_is_asked(given: dict[str, str], named: str, tmp_path: Path) -> None:
    usual = {"client": "Floréal", "site": "https://floreal.example", "email": "camille@agence.example"}
    with pytest.raises(AnswerError, match=f"^{named}: ") as refused:
        init(Options(**{**usual, **given}), desk(), tmp_path / "config")
    assert "hunter2" not in str(refused.value)
    assert everything(tmp_path) == {}


def test_all_that_is_missing_is_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="--client, --site, --email"):
        init(Options(), desk(), tmp_path / "config")


@pytest.mark.parametrize("question", range(len(PLAIN_ANSWERS)))
def test_ctrl_c_at_each_question_writes_nothing(question: int, web: Server, tmp_path: Path) -> None:
    at = desk(answers(web)[:question])
    with pytest.raises(KeyboardInterrupt):
        init(only_news(web), at, tmp_path / "config")
    assert at.asked == question + 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("path", "error"),
    [
        pytest.param("/json", ReadError, id="not a page"),
        pytest.param("/missing", FetchError, id="no such page"),
    ],
)
def test_a_site_that_cannot_be_looked_at(path: str, error: type[Exception], web: Server, tmp_path: Path) -> None:
    with pytest.raises(error):
        init(options(web, site=web.url(path)), desk(), tmp_path / "config")
    assert everything(tmp_path) == {}


def test_a_private_site_says_how_to_allow_it(web: Server, tmp_path: Path) -> None:
    at = desk()
    with pytest.raises(AddressRefused):
        init(options(web, allow_private=()), at, tmp_path / "config")
    assert "--allow-private" in shown(at)


def test_one_may_go_on_without_the_site(web: Server, tmp_path: Path) -> None:
    with serve(answer(503)) as dead:
        given = only_news(web, allow_private=(web.place, dead.place))
        replies = answers(web, **{"1": dead.url("/")})
        done = init(given, desk([*replies[:2], "", *replies[2:]]), tmp_path / "config")
    assert done.client.own_sites == ()
    assert [source.id for source in done.client.sources] == ["floreal-news"]


def test_wrong_answers_are_asked_again(web: Server, tmp_path: Path) -> None:
    replies = answers(web)
    wrong = ["", "!!!", replies[0], "floreal", *replies[1:4], "(", "7", replies[4], "9", *replies[5:8], "perhaps", "y"]
    at = desk(wrong)
    done = init(only_news(web), at, tmp_path / "config")
    assert at.asked == len(wrong)
    assert done.client.id == "floreal"


def test_another_query_is_shown_before_it_is_written(web: Server, tmp_path: Path) -> None:
    at = desk([*answers(web)[:8], "no", '"Floréal" SAUF promo', "y"])
    done = init(only_news(web), at, tmp_path / "config")
    assert done.client.watches[0].query == '"Floréal" SAUF promo'
    assert shown(at).count("Taken: ") == 2


def test_a_second_client_is_added_and_nothing_else_changes(web: Server, tmp_path: Path) -> None:
    config = tmp_path / "config"
    first = init(options(web), desk(), config)
    (config / "veille.yaml").write_text((config / "veille.yaml").read_text() + "# mine\n")
    before = everything(config)
    second = init(options(web, client="Florealis"), desk(), config)
    after = everything(config)
    assert {name for name in after if before.get(name) != after[name]} == {"clients/florealis.yaml", "people.yaml"}
    assert second.person_id == first.person_id
    assert second.installed.people[0].serves == {"floreal", "florealis"}
    assert len({client.mark for client in second.installed.clients}) == 2


def test_someone_new_joins_the_people(web: Server, tmp_path: Path) -> None:
    init(options(web), desk(), tmp_path)
    done = init(options(web, client="Florealis", email="camille@autre.example"), desk(), tmp_path)
    assert [(p.id, p.operator) for p in done.installed.people] == [("camille", True), ("camille-2", False)]


def test_a_client_that_is_there_is_never_written_over(web: Server, tmp_path: Path) -> None:
    init(options(web), desk(), tmp_path)
    before = everything(tmp_path)
    with pytest.raises(AnswerError, match=r"--client: clients/floreal\.yaml"):
        init(options(web, client="FLORÉAL"), desk(), tmp_path)
    assert everything(tmp_path) == before


def test_broken_settings_are_said_first(web: Server, tmp_path: Path) -> None:
    init(options(web), desk(), tmp_path)
    (tmp_path / "people.yaml").write_text("people: [{id: x}]\n")
    before = everything(tmp_path)
    with pytest.raises(SettingsError, match=r"people\.yaml"):
        init(options(web, client="Autre"), desk(), tmp_path)
    assert everything(tmp_path) == before


def test_an_operators_file_is_kept_and_opened(web: Server, tmp_path: Path) -> None:
    (tmp_path / "veille.yaml").write_text(HOUSE)
    done = init(options(web), desk(), tmp_path)
    assert (tmp_path / "veille.yaml").read_text().startswith(HOUSE)
    assert done.installed.fetch.allow_private == (web.place,)
    assert done.installed.operator.contact == "technique@agence.example"


def test_the_examples_that_ship_are_named(web: Server, tmp_path: Path) -> None:
    config = tmp_path / "config"
    shutil.copytree(Path(__file__).parents[2] / "config", config)
    at = desk()
    init(options(web, client="AutoNéo", send=False), at, config)
    assert "holds the example floreal" in shown(at)


def test_what_does_not_load_is_taken_back(web: Server, tmp_path: Path) -> None:
    people = "people:\n  - id: a\n    name: A\n    serves: [ghost]\n    channels: [{email: a@b.example}]\n"
    (tmp_path / "people.yaml").write_text(people)
    with pytest.raises(SettingsError, match="ghost"):
        init(options(web), desk(), tmp_path)
    assert everything(tmp_path) == {"people.yaml": people.encode()}


def test_a_typed_password_is_kept_apart(web: Server, tmp_path: Path) -> None:
    replies = [*answers(web)[:7], "smtp.agence.example:587", "veille@agence.example", "s3cret word", "y"]
    done = init(only_news(web, send=False), desk(replies), tmp_path)
    kept = tmp_path / "mail-password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert read_settings(tmp_path).installation.mail.password.reveal() == "s3cret word"
    assert "s3cret" not in (tmp_path / "veille.yaml").read_text()
    assert done.installed.mail.sender == "veille <veille@agence.example>"


def test_a_mail_server_that_refuses_is_said_and_the_files_stay(web: Server, tmp_path: Path) -> None:
    with serve(answer(200)) as closed:
        port = closed.port
    at = desk()
    done = init(options(web, smtp=f"127.0.0.1:{port}:none"), at, tmp_path)
    assert done.mailed is False
    assert "veille test-channel camille" in shown(at)
    assert (tmp_path / "clients" / "floreal.yaml").exists()
