"""A settings folder written for one test, loaded, or told what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from veille.errors import SettingsError
from veille.settings.load import Loaded, load_with_warnings

PEOPLE = """\
people:
  - id: camille
    name: Camille Martin
    serves: all
    operator: true
    channels:
      - email: camille@agence.example
"""
CLIENT = """\
name: Floréal
mark: FL
watches:
  - id: floreal
    query: Floréal
sources:
  - url: https://carnet.example/feed
"""
RIGHT: Mapping[str, str] = {"veille.yaml": "", "people.yaml": PEOPLE, "clients/floreal.yaml": CLIENT}


def write_folder(at: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder that is right, but for the files given."""
    for name, content in {**RIGHT, **files}.items():
        path = at / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return at / "config"


def loaded(at: Path, files: Mapping[str, str | bytes], *, environment: Mapping[str, str] | None = None) -> Loaded:
    """The folder made of these files, loaded; credentials are in `at/credentials`."""
    folder = write_folder(at, files)
    return load_with_warnings(folder, environment=environment or {}, credentials=at / "credentials")


def complaints(
    at: Path, files: Mapping[str, str | bytes], *, environment: Mapping[str, str] | None = None
) -> list[str]:
    """What is wrong with the folder made of these files, the folder's own name left out."""
    try:
        loaded(at, files, environment=environment)
    except SettingsError as error:
        return [str(problem).replace(f"{at}/config/", "") for problem in error.problems]
    return []
