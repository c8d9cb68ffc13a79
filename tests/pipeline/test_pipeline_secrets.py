"""A whole run at DEBUG, with everything refused that can be: no secret in any file, table, log line or mail."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from kit_house import CAMILLE, NOON, Town, open_town
from kit_http import Answer, Asked, answer, redirect
from veille.cli.logs import configure
from veille.cli.status import status

PASSWORD, TOKEN, APP, HOOK = "m0t-de-passe é&", "jeton/9f8e7d", "appli:s3cr3t-7a6b", "T01/B02/h00k5ecret"
WRITTEN = {"user": "camille.de.la.veille", "password": PASSWORD, "token": TOKEN, "app": APP}

CLIENT = """\
name: Floréal
mark: FL
learning_days: 0
watches:
  - {id: floreal, query: Floréal}
sources:
  - {id: press, url: '{web}/press', every: 10m}
  - {id: forum, kind: phpbb, url: '{web}/forum', options: {user: 'file:user', password: 'file:password'}}
  - {id: reddit, kind: reddit, url: '{web}/reddit', options: {application: 'file:app', oauth: '{web}/reddit'}}
  - {id: masto, kind: mastodon, url: '{web}/masto', options: {tag: floreal, token: 'file:token'}}
"""
PEOPLE = CAMILLE + f'    - id: slack\n      slack: "{{web}}/hook/{HOOK}"\n'


def forms(secret: str) -> set[bytes]:
    """A secret as it may be written: plain, escaped for an address, for JSON, in base64."""
    escaped = json.dumps(secret)[1:-1]
    plain = {secret, quote(secret), quote(secret, safe=""), escaped}
    return {form.encode() for form in plain} | {b64encode(secret.encode()).rstrip(b"=")}


def hostile(asked: Asked) -> Answer:
    """Repeats all that it was sent: in an error, in a page, in an address that it leads to."""
    said = asked.raw.decode("utf-8", "replace")
    if asked.target.startswith("/hook/"):
        return answer(404, f"no_service {asked.target}".encode())
    if asked.target.startswith("/masto"):
        return redirect(f"http://elsewhere.invalid/?said={quote(asked.headers.get('authorization', ''))}")
    if asked.target.startswith("/reddit"):
        return answer(401, json.dumps({"error": said}).encode())
    return answer(200, f"<form action='?{quote(said)}'>{said}</form>".encode())


@pytest.fixture
def town(tmp_path: Path) -> object:
    (tmp_path / "config").mkdir()
    for name, text in WRITTEN.items():
        path = tmp_path / "config" / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
    with open_town(tmp_path, clients={"floreal": CLIENT}, people=PEOPLE) as opened:
        usual = opened.web.say
        opened.server.script = lambda asked: usual(asked) if asked.target == "/press" else hostile(asked)
        opened.web.items["press"] = []
        yield opened


def test_no_secret_is_in_any_file_log_mail_or_table_after_a_full_run(
    town: Town, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VEILLE_LOG", "DEBUG")
    configure("DEBUG")
    for minute in range(4):
        text = "gerbe jamais livrée pour l'enterrement, personne ne répond, scandale"
        town.publish("press", f"Floréal : {text}", text, author=f"author {minute}")
        town.beat()
        town.clock.pass_(minutes=10)
    town.live(NOON + timedelta(hours=24), minutes=60)
    status(town.folder / "config", as_json=False)
    told = capfd.readouterr()
    configure("ERROR")

    asked = b"".join(each.raw for each in town.server.asked)
    assert all(any(form in asked for form in forms(secret)) for secret in (HOOK, APP)), "they were sent where they go"
    assert town.letters
    assert any(event.error for event in town.polled())
    kept = {path: path.read_bytes() for path in town.folder.rglob("*") if path.is_file() and "config" not in path.parts}
    assert any(path.name.startswith("veille.db") for path in kept)
    kept[Path("log")] = (told.out + told.err).encode()
    kept[Path("mails")] = b"".join(letter.message.as_bytes() for _, letter in town.letters)
    assert b"source failed" in kept[Path("log")]
    found = [(str(p), s) for p, body in kept.items() for s in (*WRITTEN.values(), HOOK) for f in forms(s) if f in body]
    assert found == []
