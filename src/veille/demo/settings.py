"""The demo's own YAML files, written as a person would, with the loopback addresses of this run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent, indent

from veille.demo.story import Place, Story

#: Who looks after both clients, and whose digest is kept as a page.
STAFF = "virginie"

#: Places that the second client asks too.
SHARED = ("forum-auto",)


def write(folder: Path, story: Story, *, web: str, smtp_port: int) -> Path:
    """Writes the folder's settings; gives the folder. `web` is the base address of the loopback internet."""
    (folder / "clients").mkdir(parents=True, exist_ok=True)
    address = web.removeprefix("http://")
    (folder / "veille.yaml").write_text(_house(folder, address, smtp_port), encoding="utf-8")
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    floreal = _sources(story.places.values(), web)
    (folder / "clients" / "floreal.yaml").write_text(FLOREAL + floreal, encoding="utf-8")
    shared = _sources((story.places[p] for p in SHARED), web, prefix="autoneo-")
    (folder / "clients" / "autoneo.yaml").write_text(AUTONEO + shared, encoding="utf-8")
    return folder


def _house(folder: Path, address: str, smtp_port: int) -> str:
    return dedent(f"""\
        database: sqlite:///{folder.resolve().parent / "veille.db"}
        fetch:
          contact: demo@veille.example
          allow_private: ["{address}"]
        mail:
          host: 127.0.0.1
          port: {smtp_port}
          security: none
          from: veille <veille@agence.example>
        public_url: https://v.agence.example
        """)


def _sources(places: Iterable[Place], web: str, *, prefix: str = "") -> str:
    return "sources:\n" + "".join(indent(_source(place, web, prefix), "  ") for place in places)


def _source(place: Place, web: str, prefix: str) -> str:
    kind = "google_alerts" if place.format == "google_alerts" else "feed"
    lines = [f"- id: {prefix}{place.id}", f"  kind: {kind}", f"  url: {web}/{place.id}"]
    lines += ["  every: 1m", f"  place: {place.place}"]
    lines += ["  take_all: true"] * place.take_all
    return "\n".join(lines) + "\n"


PEOPLE = """\
people:
  # Virginie looks after both clients for the agency: one digest, a section a client.
  - id: virginie
    name: Virginie
    staff: true
    serves: [floreal, autoneo]
    operator: true
    channels:
      - email: virginie@agence.example
  # Each client's own person sees only what is theirs.
  - id: mme-petit
    name: Mme Petit
    staff: false
    serves: [floreal]
    channels:
      - email: petit@floreal.example
  - id: m-aubert
    name: M. Aubert
    staff: false
    serves: [autoneo]
    channels:
      - email: aubert@autoneo.example
"""

FLOREAL = """\
id: floreal
name: Floréal
mark: FL
colour: "#b0305c"
language: fr
zone: Europe/Paris
own:
  sites: [floreal.example]
  accounts: [Floréal, floreal]
products: [fleurs, bouquet, gerbe, roses]
watches:
  - id: floreal
    name: Floréal
    query: Floréal SAUF (frégate OU navire OU "rue Floréal")
events:
  - id: saint-valentin
    name: Concours de la Saint-Valentin
    query: "#SaintValentinFloréal"
    start: 2027-02-08 00:00
    end: 2027-02-15 00:00
playbook:
  mourning: >-
    Mme Petit (relation client) appelle la cliente ; ne rien supprimer, ne rien publier avant ;
    suspendre les publications programmées.
  national_press: Prévenir la direction ; aucune réponse sans la relation presse.
not_watched: [groupes Facebook privés, stories, TikTok]
"""

AUTONEO = """\
id: autoneo
name: AutoNéo
mark: AN
colour: "#24618e"
language: fr
zone: Europe/Paris
watches:
  - id: autoneo
    name: AutoNéo
    query: AutoNéo
"""
