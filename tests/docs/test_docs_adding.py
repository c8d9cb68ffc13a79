"""docs/adding-a-source.md is followed word by word, in a copy of the tree: its files are written, its commands run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-source.md").read_text()
#: A file's name between backquotes at the end of a sentence, and the block that follows it.
FILES = re.findall(r"`((?:src|tests)/[\w/.]+)`:\n\n```\w+\n(.*?)```", PAGE, flags=re.DOTALL)
RUNS = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL) for line in block.splitlines()]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree, with what the page writes."""
    at = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", at)
    left_out = shutil.ignore_patterns("__pycache__", "*.mo")
    for name in ("src", "docs", "alembic"):
        shutil.copytree(ROOT / name, at / name, ignore=left_out)
    (at / "tests").mkdir()
    for folder in ("sources", "docs", "pipeline"):
        shutil.copytree(ROOT / "tests" / folder, at / "tests" / folder, ignore=left_out)
    for file in (ROOT / "tests").glob("*.py"):
        shutil.copy(file, at / "tests")
    for name, content in FILES:
        (at / name).write_text(content)
    _document(at / "docs" / "sources.md")
    return at


def _document(page: Path) -> None:
    row, section = re.findall(r"```markdown\n(.*?)```", PAGE, flags=re.DOTALL)
    example = re.sub(r"(?:^    .*\n)+", lambda block: f"```yaml\n{dedent(block[0])}```\n", section, flags=re.MULTILINE)
    text = page.read_text().replace("| `directory` |", f"{row}| `directory` |", 1)
    page.write_text(f"{text}\n{example}")


def test_the_page_writes_what_it_lists() -> None:
    """A connector, a sheet, a golden pair and a poll."""
    assert [name.rpartition("/")[0] for name, _ in FILES] == [
        "src/veille/sources",
        "tests/sources/exam",
        "tests/sources/golden",
        "tests/sources/golden",
        "tests/pipeline",
    ]


@pytest.mark.parametrize("line", RUNS)
def test_what_the_page_runs_passes(tree: Path, line: str) -> None:
    """With the copy's own code, and at least one test run."""
    command, *words = shlex.split(line)
    assert command == "pytest"
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *words],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert re.search(r"\b[1-9]\d* passed", done.stdout) or re.search(r"^\.+ ", done.stdout, flags=re.MULTILINE)
