"""The wheel: everything that an installed veille needs is inside, and nothing of the workshop."""

from __future__ import annotations

import configparser
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from veille import __version__

ROOT = Path(__file__).parents[2]

#: Where each data file of the checkout is in an installed package.
CARRIED = {
    "src/veille": "veille",
    "alembic": "veille/_alembic",
    "config": "veille/_config",
    "systemd": "veille/_systemd",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as pip would, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return folder / f"veille-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def inside(wheel: Path) -> frozenset[str]:
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def shipped() -> set[str]:
    """Every file of the checkout that belongs into the wheel, by its name there."""
    return {
        f"{target}/{file.relative_to(ROOT / folder).as_posix()}"
        for folder, target in CARRIED.items()
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    }


def test_every_module_and_data_file_is_inside(inside: frozenset[str]) -> None:
    assert shipped() - inside == set()


def test_every_kind_of_data_file_is_among_them(inside: frozenset[str]) -> None:
    kinds = {Path(name).suffix for name in inside}
    assert kinds >= {".py", ".toml", ".po", ".lark", ".html", ".yaml", ".service", ".mako"}
    assert "veille/py.typed" in inside


def test_nothing_else_is_inside(inside: frozenset[str]) -> None:
    about = f"veille-{__version__}.dist-info/"
    assert {name for name in inside - shipped() if not name.startswith(about)} == set()


def test_it_installs_the_command_with_its_licence(wheel: Path, inside: frozenset[str]) -> None:
    about = f"veille-{__version__}.dist-info"
    scripts = configparser.ConfigParser()
    with zipfile.ZipFile(wheel) as archive:
        scripts.read_string(archive.read(f"{about}/entry_points.txt").decode())
        metadata = archive.read(f"{about}/METADATA").decode()
    assert dict(scripts["console_scripts"]) == {"veille": "veille.__main__:main"}
    assert f"{about}/licenses/LICENSE" in inside
    assert "Requires-Python: >=3.11" in metadata
