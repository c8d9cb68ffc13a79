"""What a person can get wrong at the command line: one clear line, the right exit code, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kit_http import Asked, answer, hang, serve
from kit_settings import CLIENT, write_folder
from veille.cli.app import app
from veille.cli.tables import show
from veille.demo.room import MARK, room
from veille.errors import AnswerError

TOMORROW = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"


def veille(*words: str, config: Path | None = None) -> Result:
    """The command, as a shell would run it."""
    at = ["--config", str(config)] if config else []
    result = CliRunner().invoke(app, [*words, *at])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def config_at(folder: Path, web: str = "http://127.0.0.1:9") -> Path:
    """A folder of settings whose one source is there, where nothing listens unless a test says so."""
    bare = web.removeprefix("http://")
    client = CLIENT.replace("https://carnet.example", web)
    return write_folder(
        folder, {"veille.yaml": f"fetch: {{allow_private: ['{bare}']}}\n", "clients/floreal.yaml": client}
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("mentions", "floreal", "--watch", "nope"), "no watch 'nope'; there are: floreal", id="a watch"),
        pytest.param(("mentions", "floreal", "--days", "nan"), "--days", id="days that are no number"),
        pytest.param(("mentions", "floreal", "--days", "-1"), "--days", id="days to come"),
        pytest.param(("mentions", "floreal", "--days", "1e9"), "--days", id="days past the calendar"),
        pytest.param(("explain", str(2**63)), "MENTION", id="a mention that no database can number"),
        pytest.param(("digest", "camille", "--date", TOMORROW), "write a day from 2000-01-01 to today", id="tomorrow"),
        pytest.param(("digest", "camille", "--date", "0001-01-01"), "write a day from 2000-01-01 to today", id="Rome"),
        pytest.param(("digest", "camille", "--send", "--html", "x"), "--send sends today's digest", id="two places"),
        pytest.param(("digest", "camille", "--send", "--date", "2026-01-01"), "--send sends", id="an old day, sent"),
    ],
)
def test_words_that_cannot_be_meant_are_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    result = veille(*words, config=config_at(tmp_path))
    assert result.exit_code == 2
    assert said.lower() in " ".join(result.stderr.split()).lower()


def test_the_demo_is_not_faster_than_it_can_play() -> None:
    assert veille("demo", "--speed", "1001").exit_code == 2


def test_a_digest_written_into_a_missing_folder_names_the_file(tmp_path: Path) -> None:
    page = tmp_path / "nowhere" / "digest.html"
    result = veille("digest", "camille", "--html", str(page), config=config_at(tmp_path))
    assert (result.exit_code, result.stderr) == (1, f"veille: {page}: No such file or directory\n")


@pytest.mark.parametrize("command", ["status", "check", "poll", "run"])
def test_settings_that_are_a_file_or_missing_are_one_line(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for name in ("file", "missing"):
        result = veille(command, config=tmp_path / name)
        assert result.exit_code == 2
        assert len(result.stderr.splitlines()) == 1


def test_init_into_a_file_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    words = ("init", "--yes", "--client", "Floréal", "--site", "https://floreal.example", "--email", "a@b.example")
    result = veille(*words, config=tmp_path / "file")
    assert result.exit_code == 2
    assert "is no folder" in result.stderr


def test_a_level_of_the_log_that_is_none_is_said_and_the_default_stays(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["status", "--config", str(config_at(tmp_path))], env={"VEILLE_LOG": "loud"})
    assert result.exit_code == 0
    assert result.stderr.startswith("warning: VEILLE_LOG: 'LOUD' is no level; write one of DEBUG")


def test_status_before_the_first_poll_lists_the_sources_as_new(tmp_path: Path) -> None:
    result = veille("status", config=config_at(tmp_path))
    assert "\tnew\t-\t0\t" in result.stdout


def test_a_poll_with_nothing_due_says_so(tmp_path: Path) -> None:
    with serve(lambda asked: answer(404)) as server:
        config = config_at(tmp_path, server.url(""))
        assert "HTTP 404" in veille("poll", config=config).stdout
        result = veille("poll", config=config)
    assert (result.exit_code, result.stdout) == (0, "nothing is due; `veille poll --all` asks every source\n")


def test_a_poll_of_a_source_that_hangs_ends_with_ctrl_c(tmp_path: Path) -> None:
    with asked_by_a_poll(tmp_path) as process:
        began = monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert monotonic() - began < 3


@contextmanager
def asked_by_a_poll(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`veille poll` in the middle of a dialogue that does not end."""
    reading, writing = os.pipe()

    def say(asked: Asked) -> list[object]:
        os.write(writing, b"x")
        return hang()

    with serve(say) as server:
        config = config_at(folder, server.url(""))
        process = subprocess.Popen([sys.executable, "-m", "veille", "poll", "--config", str(config)])
        try:
            os.read(reading, 1)
            yield process
        finally:
            process.kill()
            process.wait()
            os.close(reading)
            os.close(writing)


def test_a_play_never_empties_a_folder_that_no_play_made(tmp_path: Path) -> None:
    config = config_at(tmp_path)
    (tmp_path / "mail").mkdir()
    (tmp_path / "veille.db").write_text("mine", encoding="utf-8")
    # In a process of its own: a play takes the log and the signals over.
    command = [sys.executable, "-m", "veille", "demo", "--keep", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == 2
    assert f"--keep {tmp_path}: is not empty" in result.stderr
    assert (tmp_path / "veille.db").read_text(encoding="utf-8") == "mine"
    assert (config / "veille.yaml").exists()
    assert (tmp_path / "mail").exists()


def test_a_play_in_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for keep in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(AnswerError, match=str(keep)), room(keep):
            pass


def test_two_plays_in_one_folder_the_second_is_refused(tmp_path: Path) -> None:
    with room(tmp_path / "play") as kept:
        kept.mail.mkdir()
        with pytest.raises(AnswerError, match="another play is in it"), room(tmp_path / "play"):
            pass
        assert kept.mail.exists()
    with room(tmp_path / "play"):
        assert not kept.mail.exists(), "a new play begins in an empty folder"
        assert (tmp_path / "play" / MARK).exists()


def test_a_play_that_is_ended_leaves_no_temporary_folder() -> None:
    folders: list[Path] = []
    with pytest.raises(KeyboardInterrupt):
        ended(folders)
    assert [folder.exists() for folder in folders] == [False]


def ended(folders: list[Path]) -> None:
    """A play in a temporary folder, and Ctrl-C."""
    with room(None) as kept:
        folders.append(kept.folder)
        (kept.folder / "veille.db").write_text("", encoding="utf-8")
        raise KeyboardInterrupt


def test_a_play_that_ends_well_keeps_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with room(None) as kept:
        pass
    assert kept.folder.is_dir()


def test_a_name_with_controls_is_escaped_in_messages(tmp_path: Path) -> None:
    result = veille("check", config=tmp_path / "a\x1b[2J\u202eb")
    assert "a\\x1b[2J\\u202eb" in result.stderr


def test_a_table_shows_nothing_that_reorders_or_hides_text(capsys: pytest.CaptureFixture[str]) -> None:
    show(("title",), [["Flor\u202eéal\u200b\x1b[31m rouge"]])
    assert capsys.readouterr().out == "title\nFloréal rouge\n"
