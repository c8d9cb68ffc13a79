"""From an empty folder to the first look in the mail box: a real terminal, a real daemon, a real mail server."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from onboarding_internet import internet
from typer.testing import CliRunner

from kit_http import Server
from veille.cli.app import app
from veille.demo.postbox import Letter, postbox

#: Seconds the machine may take in all, and questions a person may be asked: the rest of ten minutes is for reading.
MACHINE, QUESTIONS = 20.0, 9
PROMPT = "> "
#: The terminal becomes that of the command, so that Ctrl-C reaches it as from a keyboard.
_CONTROLLED = (
    "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "sys.argv[0] = 'veille'; from veille.__main__ import main; main()"
)


class Terminal:
    """A command on a terminal of its own, answered when it asks."""

    def __init__(self, *words: str) -> None:
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "dumb", "LANG": "fr_FR.UTF-8", "LC_ALL": "fr_FR.UTF-8", "COLUMNS": "200"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _CONTROLLED, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**environment, "PYTHONUTF8": "1"},
            start_new_session=True,
        )
        os.close(theirs)
        self.screen = ""
        self.questions: list[str] = []

    def answer(self, *lines: str) -> None:
        """Each line, once something is asked."""
        for line in lines:
            self._until_asked()
            self.questions.append(self.screen.rstrip().splitlines()[-1])
            self.screen += line
            os.write(self._ours, f"{line}\n".encode())

    def finish(self) -> int:
        """The exit code."""
        while self._read():
            pass
        os.close(self._ours)
        return self._process.wait(10)

    def _until_asked(self) -> None:
        while not self.screen.endswith(PROMPT):
            assert self._read(), f"ended without asking:\n{self.screen}"

    def _read(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 15)
        assert ready, f"says nothing more:\n{self.screen}"
        try:
            data = os.read(self._ours, 65536)
        except OSError:  # Linux says EIO when the other side is closed
            return False
        self.screen += data.decode().replace("\r", "")
        return bool(data)


@contextmanager
def daemon(config: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`veille run` for the length of the block."""
    with log.open("wb") as file:
        process = subprocess.Popen([sys.executable, "-m", "veille", "run", "--config", str(config)], stderr=file)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)


def onboard(web: Server, config: Path, *, mail_port: int) -> Terminal:
    terminal = Terminal(
        "init", "--config", str(config), "--allow-private", web.place, "--google-news", web.url("/news")
    )  # fmt: skip
    terminal.answer("Floréal", web.url("/"), "", "camille@agence.example")
    terminal.answer("", "", web.url("/alerts/feeds/1/2"), f"127.0.0.1:{mail_port}:none", "oui")
    return terminal


def test_ten_minutes_from_nothing_to_the_first_look(tmp_path: Path) -> None:
    looked, letters = Event(), list[Letter]()

    def told(letter: Letter) -> None:
        letters.append(letter)
        if "État des lieux" in letter.subject:
            looked.set()

    config = tmp_path / "config"
    with internet() as web, postbox(tmp_path / "mail", told=told) as (_, port):
        begin = monotonic()
        terminal = onboard(web, config, mail_port=port)
        assert terminal.finish() == 0, terminal.screen
        with daemon(config, tmp_path / "log"):
            assert looked.wait(MACHINE), (tmp_path / "log").read_text()
        took = monotonic() - begin

    assert took < MACHINE
    assert len(terminal.questions) == QUESTIONS
    assert len([letter for letter in letters if "État des lieux" in letter.subject]) == 1
    assert [letter.to for letter in letters] == ["camille@agence.example"] * 2, "the test message, then one first look"
    assert "Retenues" in terminal.screen
    assert "veille run" in terminal.screen
    said = letters[-1].message.get_body(("plain",))
    assert said is not None
    assert "Gerbe de deuil Floréal jamais livrée" in said.get_content()
    assert "Code promo" not in said.get_content()


def test_without_a_terminal_options_say_it_all(tmp_path: Path) -> None:
    config = str(tmp_path / "config")
    with internet() as web, postbox(tmp_path / "mail", told=lambda letter: None) as (box, port):
        words = ["init", "--client", "Floréal", "--site", web.url("/"), "--language", "en", "--email", "a@b.example"]
        words += ["--config", config, "--allow-private", web.place, "--google-news", web.url("/news")]
        words += ["--smtp", f"127.0.0.1:{port}:none", "--yes"]
        done, again = CliRunner().invoke(app, words), CliRunner().invoke(app, words)
    nobody = CliRunner().invoke(app, ["init", "--config", str(tmp_path / "other"), "--language", "en"])
    assert (done.exit_code, again.exit_code, nobody.exit_code) == (0, 2, 2), done.output
    assert "--client: clients/floreal.yaml is there already" in again.stderr
    assert "--client, --site, --email" in nobody.stderr
    assert len(box.letters) == 1
    assert CliRunner().invoke(app, ["check", "--config", config]).exit_code == 0


def test_ctrl_c_is_said_and_is_130(tmp_path: Path) -> None:
    terminal = Terminal("init", "--config", str(tmp_path / "config"))
    terminal.answer("Floréal", "\x03")
    assert terminal.finish() == 130
    assert "rien n'a été écrit" in terminal.screen
    assert not list(tmp_path.iterdir())
