"""Secrets come from outside, and are seen nowhere: fault 79."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit_settings import PEOPLE, complaints, loaded
from veille.errors import SettingsError

SECRET = "https://hooks.slack.com/services/T00/B00/SECRET42"
NEVER = "never in clear: write ${NAME}, file:PATH or cred:NAME"


def slack(address: str) -> dict[str, str]:
    return {"people.yaml": PEOPLE + f"      - slack: {address}\n"}


def address_of(at: Path, written: str, environment: dict[str, str] | None = None) -> str:
    installation = loaded(at, slack(written), environment=environment).installation
    return installation.people[0].channels[1].address.reveal()


def keep(path: Path, content: str, mode: int = 0o600) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    path.chmod(mode)
    return path


def test_a_variable_of_the_environment(tmp_path: Path) -> None:
    assert address_of(tmp_path, "${HOOK}", {"HOOK": SECRET}) == SECRET


def test_a_part_of_an_address(tmp_path: Path) -> None:
    written = "https://hooks.slack.com/services/${TOKEN}"
    assert address_of(tmp_path, written, {"TOKEN": "T00/B00/SECRET42"}) == SECRET


def test_a_file_beside_the_settings(tmp_path: Path) -> None:
    keep(tmp_path / "config" / "secrets" / "hook", SECRET + "\n")
    assert address_of(tmp_path, "file:secrets/hook") == SECRET


def test_a_credential_of_systemd(tmp_path: Path) -> None:
    keep(tmp_path / "credentials" / "hook", SECRET)
    assert address_of(tmp_path, "cred:hook") == SECRET


def test_a_file_that_others_can_read_is_a_warning(tmp_path: Path) -> None:
    path = keep(tmp_path / "config" / "hook", SECRET, mode=0o644)
    result = loaded(tmp_path, slack("file:hook"))
    assert result.warnings == (f"{path}: others can read this secret; run chmod 600 {path}",)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(
            "${HOOK}",
            "the environment has no variable HOOK: set it, or use file:PATH or cred:NAME",
            id="no such variable",
        ),
        pytest.param("${EMPTY}", "${EMPTY} is empty", id="an empty variable"),
        pytest.param(
            "${LINES}", "${LINES} holds a control character or more than one line", id="a variable of two lines"
        ),
        pytest.param(
            '"${}${EMPTY}"', "`${` without a name and a closing brace: write ${NAME}", id="a reference without a name"
        ),
        pytest.param("file:nowhere", "no file {config}/nowhere: create it with mode 0600", id="no such file"),
        pytest.param("file:/dev/zero", "/dev/zero is no small file that could hold a secret", id="a device"),
        pytest.param("file:clients", "{config}/clients is no small file that could hold a secret", id="a folder"),
        pytest.param(
            "cred:../hook",
            "the name of a credential holds letters, digits, _ . @ and - only",
            id="a credential that is a path",
        ),
        pytest.param(
            "cred:hook",
            "systemd gave no credential hook: add LoadCredential=hook:PATH to the unit",
            id="no such credential",
        ),
    ],
)
def test_a_reference_to_nothing(tmp_path: Path, written: str, expected: str) -> None:
    found = complaints(tmp_path, slack(written), environment={"EMPTY": "", "LINES": "a\nb"})
    expected = expected.replace("{config}", "").replace("/nowhere", "nowhere").replace("/clients", "clients")
    assert found == [f"people.yaml:8:16: people.0.channels.1.slack: {expected}"]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(f"slack: {SECRET}", id="a Slack webhook"),
        pytest.param("slack: https://HOOKS.slack.com/services/T0/B0/SECRET42", id="a Slack webhook in capitals"),
        pytest.param("discord: https://discord.com/api/webhooks/1/SECRET42", id="a Discord webhook"),
        pytest.param("teams: https://x.webhook.office.com/webhookb2/SECRET42", id="a Teams webhook"),
        pytest.param("telegram: tgram://SECRET42/1", id="a Telegram token"),
        pytest.param("sms: freemobile://user@SECRET42", id="a key of Free Mobile"),
        pytest.param("sms: octopush://login:SECRET42@0612345678", id="a key of Octopush"),
        pytest.param("push: ntfy://user:SECRET42@ntfy.sh/topic", id="a password of ntfy"),
        pytest.param("webhook: https://user:SECRET42@crm.example/in", id="a password before a host"),
        pytest.param("webhook: https://crm.example/in?token=SECRET42", id="a token in a query"),
        pytest.param("webhook: https://user:SECRET42@${HOST}/in", id="a password beside a reference"),
        pytest.param("{webhook: https://crm.example/in, signing_key: SECRET42}", id="a signing key"),
    ],
)
def test_a_secret_in_clear_is_refused_and_not_repeated(tmp_path: Path, written: str) -> None:
    files = {"people.yaml": PEOPLE + f"      - {written}\n"}
    [found] = complaints(tmp_path, files, environment={"HOST": "crm.example"})
    assert found.startswith("people.yaml:8:")
    assert found.endswith(NEVER)
    assert "SECRET42" not in found


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("mail: {password: SECRET42}\n", id="the password of the mail account"),
        pytest.param("database: postgresql://veille:SECRET42@db.example/veille\n", id="the password of the database"),
        pytest.param("operator: {heartbeat: https://hc-ping.com/SECRET42}\n", id="the heartbeat"),
    ],
)
def test_nor_in_the_operator_s_file(tmp_path: Path, written: str) -> None:
    [found] = complaints(tmp_path, {"veille.yaml": written})
    assert found.endswith(NEVER)
    assert "SECRET42" not in found


def test_no_secret_in_what_is_kept_or_printed(tmp_path: Path) -> None:
    environment = {"HOOK": SECRET, "MAIL": "SECRET42", "DB": "postgresql://v:SECRET42@db.example/v"}
    files = {**slack("${HOOK}"), "veille.yaml": "database: ${DB}\nmail: {password: '${MAIL}'}\n"}
    installation = loaded(tmp_path, files, environment=environment).installation
    assert "SECRET42" not in repr(installation)
    assert "SECRET42" not in installation.text
    assert "${HOOK}" in installation.text
    assert installation.mail.password.reveal() == "SECRET42"


def test_no_secret_in_an_error_nor_in_its_causes(tmp_path: Path) -> None:
    files = {**slack("${HOOK}"), "veille.yaml": "mail: {security: none, password: '${MAIL}'}\nfoo: 1\n"}
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, files, environment={"HOOK": "gopher://SECRET42", "MAIL": "SECRET42"})
    assert len(caught.value.problems) == 3
    assert "SECRET42" not in f"{caught.value!r} {caught.value}"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_what_is_no_secret_stands_in_clear(tmp_path: Path) -> None:
    files = {
        "veille.yaml": "database: postgresql://veille@db.example/veille\n",
        "people.yaml": PEOPLE
        + "      - {webhook: https://crm.example/in, signing_key: '${KEY}'}\n"
        + "      - push: ntfys://ntfy.sh/floreal\n",
    }
    installation = loaded(tmp_path, files, environment={"KEY": "k" * 32}).installation
    assert [channel.kind for channel in installation.people[0].channels] == ["email", "webhook", "push"]
    assert installation.database.reveal() == "postgresql://veille@db.example/veille"
