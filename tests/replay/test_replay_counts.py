"""A CSV of counts in, the same rows with a score and an alarm out; bad rows are named by their line."""

from __future__ import annotations

import csv
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from veille.cli.app import app
from veille.replay.counts import Counted, run
from veille.replay.items import BadLine

HEADER = "timestamp,value\n"


def series(rows: int, *, burst: int) -> str:
    """Hours of ten mentions, with one of a hundred."""
    start = datetime(2026, 11, 2)
    lines = (f"{start + timedelta(hours=hour)},{100 if hour == burst else 10}\n" for hour in range(rows))
    return HEADER + "".join(lines)


def judged(tmp_path: Path, text: str | bytes) -> list[dict[str, str]]:
    """The rows that are written for this file."""
    source, out = tmp_path / "counts.csv", tmp_path / "out.csv"
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    run(source, out)
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestWhatIsWritten:
    """Every row again, in order."""

    def test_a_row_for_each_row_with_score_and_alarm(self, tmp_path: Path) -> None:
        rows = judged(tmp_path, series(72, burst=60))
        assert list(rows[0]) == ["timestamp", "value", "score", "alarm"]
        assert len(rows) == 72
        assert rows[0] == {"timestamp": "2026-11-02 00:00:00", "value": "10", "score": "0.000000", "alarm": "0"}
        assert [row["timestamp"] for row in rows if row["alarm"] == "1"] == ["2026-11-04 12:00:00"]
        assert 0.5 <= float(rows[60]["score"]) < 1

    def test_the_caller_is_told_how_many(self, tmp_path: Path) -> None:
        source = tmp_path / "counts.csv"
        source.write_text(series(72, burst=60))
        assert run(source, tmp_path / "out.csv") == Counted(rows=72, alarms=1)

    def test_a_prefix_of_the_file_gives_the_prefix_of_the_answer(self, tmp_path: Path) -> None:
        text = series(72, burst=60)
        lines = text.splitlines(keepends=True)
        assert judged(tmp_path, "".join(lines[:62])) == judged(tmp_path, text)[:61]

    def test_the_answer_may_replace_the_file(self, tmp_path: Path) -> None:
        file = tmp_path / "counts.csv"
        file.write_text(series(3, burst=60))
        run(file, file)
        assert file.read_text().splitlines()[0] == "timestamp,value,score,alarm"
        again = judged(tmp_path, file.read_bytes())
        assert len(again) == 3

    def test_a_header_alone_is_an_empty_series(self, tmp_path: Path) -> None:
        assert judged(tmp_path, HEADER) == []

    @pytest.mark.parametrize(
        "text",
        [
            "\ufefftimestamp,value\n2026-11-21T10:00:00,3\n",
            "timestamp,value\r\n2026-11-21T10:00:00,3\r\n",
            "\ttimestamp , Value\n\n 2026-11-21T10:00:00 , 3 \n,\n",
            'brand,value,timestamp\n"Floréal, Lyon",3,2026-11-21T10:00:00\n',
            "timestamp,value\n2026-11-21T10:00:00,3",
        ],
        ids=["byte order mark", "Windows line ends", "spaces and blank lines", "other columns", "no last line end"],
    )
    def test_what_spreadsheets_write_is_read(self, tmp_path: Path, text: str) -> None:
        (row,) = judged(tmp_path, text)
        assert (row["timestamp"], row["value"]) == ("2026-11-21T10:00:00", "3")

    @pytest.mark.parametrize(
        "said", ["2026-11-21", "2026-11-21 10:05", "2026-11-21T10:05:00Z", "20261121T100500+01:00"]
    )
    def test_any_iso_8601_moment_is_read(self, tmp_path: Path, said: str) -> None:
        assert judged(tmp_path, f"{HEADER}{said},1.5\n")[0]["timestamp"] == said


class TestBadRows:
    """The line is named, and nothing is written."""

    @pytest.mark.parametrize(
        ("text", "line", "said"),
        [
            ("", 1, "must name the columns"),
            ("2026-11-21 10:00:00,3\n", 1, "must name the columns"),
            ("timestamp;value\n", 1, "must name the columns"),
            (HEADER + "yesterday,3\n", 2, "'yesterday' is no moment"),
            (HEADER + "\n2026-11-21,1\n2026-11-22,many\n", 4, "'many' is no number"),
            (HEADER + "2026-11-21\n", 2, "'' is no number"),
            (HEADER + "2026-11-21,-1\n", 2, "is no count"),
            (HEADER + "2026-11-21,nan\n", 2, "is no count"),
            (HEADER + "2026-11-21,inf\n", 2, "is no count"),
            (HEADER + "2026-11-21,1e300\n", 2, "is no count"),
            (HEADER + "2026-11-21,1\n2026-11-21,1\n", 3, "not later than the row before"),
            (HEADER + "2026-11-22,1\n2026-11-21,1\n", 3, "not later than the row before"),
            (HEADER + "2026-11-21,1\n2026-11-22T00:00Z,1\n", 3, "some timestamps have a zone"),
            (HEADER.encode() + b"2026-11-21,1\n2026-11-22,\xe9\n", 3, "not UTF-8"),
            (HEADER + '2026-11-21,"' + "1" * 200_000 + '"\n', 2, "field larger than field limit"),
        ],
        ids=lambda value: value[:24] if isinstance(value, str) else None,
    )
    def test_a_bad_row_is_named_by_its_line(self, tmp_path: Path, text: str | bytes, line: int, said: str) -> None:
        with pytest.raises(BadLine, match=said) as error:
            judged(tmp_path, text)
        assert error.value.number == line
        assert not (tmp_path / "out.csv").exists()

    def test_a_file_that_is_not_there_is_an_os_error(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            run(tmp_path / "none.csv", tmp_path / "out.csv")


class TestTheCommand:
    """`veille replay --counts FILE --out FILE`."""

    @staticmethod
    def veille(*words: str) -> Result:
        return CliRunner().invoke(app, ["replay", *words])

    def test_it_says_what_it_wrote(self, tmp_path: Path) -> None:
        source, out = tmp_path / "counts.csv", tmp_path / "out.csv"
        source.write_text(series(72, burst=60))
        result = self.veille("--counts", str(source), "--out", str(out))
        assert (result.exit_code, result.stderr) == (0, f"{out}: 72 rows, 1 alarm\n")
        assert len(out.read_text().splitlines()) == 73

    def test_a_bad_row_ends_with_2_and_its_line(self, tmp_path: Path) -> None:
        source = tmp_path / "counts.csv"
        source.write_text(HEADER + "2026-11-21,-1\n")
        result = self.veille("--counts", str(source), "--out", str(tmp_path / "out.csv"))
        assert result.exit_code == 2
        assert f"{source}: line 2: value -1 is no count" in result.stderr

    def test_without_out_it_says_so(self, tmp_path: Path) -> None:
        result = self.veille("--counts", str(tmp_path / "counts.csv"))
        assert result.exit_code == 2
        assert "--out" in result.stderr

    def test_a_missing_file_ends_with_2(self, tmp_path: Path) -> None:
        result = self.veille("--counts", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out.csv"))
        assert result.exit_code == 2
        assert "none.csv: No such file" in result.stderr
