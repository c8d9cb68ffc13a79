"""The demo's own YAML files, written as a person would, with the loopback addresses of this run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

from veille.demo import letterbox
from veille.demo.services import PATHS, SECRETS
from veille.demo.story import Place, Story

#: Who looks after both clients, and whose digest is kept as a page.
STAFF = "virginie"

#: Places that the second client asks too.
SHARED = ("forum-auto",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where this run's servers are, on loopback: the internet, the mail box, and who takes the messages."""

    web: int
    imap: int
    smtp: int


@dataclass(frozen=True, slots=True)
class Way:
    """How a format is asked: the kind of source, what follows the place's address, and options as YAML lines."""

    kind: str = "feed"
    path: str = ""
    options: tuple[str, ...] = ()


#: Formats that are no plain feed at an address of their own.
WAYS: Mapping[str, Way] = {
    "google_alerts": Way("google_alerts", PATHS["google_alerts"]),
    "phpbb": Way("phpbb"),
    "discourse": Way("discourse"),
    "mastodon": Way("mastodon", "", ("tag: floréal",)),
    "bluesky": Way("bluesky", "", ("identifier: veille.bsky.social", "password: file:secrets/bluesky")),
    letterbox.FORMAT: Way("mailbox", "/INBOX", (f"user: {letterbox.USER}", "password: file:secrets/facebook_mail")),
    "reviews": Way(
        "page",
        "/avis/floreal",
        ("item: article.review", "list: main.reviews", "title: h3", "link: h3 a@href", "text: p.body")
        + ("author: .author", 'rating: ".stars@data-rating"'),
    ),
}


def write(folder: Path, story: Story, ports: Ports) -> Path:
    """Writes the folder's settings; gives the folder."""
    (folder / "clients").mkdir(parents=True, exist_ok=True)
    (folder / "veille.yaml").write_text(_house(folder, ports), encoding="utf-8")
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    _write_secrets(folder / "secrets")
    floreal = _sources(story.places.values(), ports)
    (folder / "clients" / "floreal.yaml").write_text(FLOREAL + floreal, encoding="utf-8")
    shared = _sources((story.places[p] for p in SHARED), ports, prefix="autoneo-")
    (folder / "clients" / "autoneo.yaml").write_text(AUTONEO + shared, encoding="utf-8")
    return folder


def _write_secrets(folder: Path) -> None:
    """Readable by nobody else, as veille demands of files with secrets."""
    folder.mkdir(mode=0o700, exist_ok=True)
    for place, secret in SECRETS.items():
        file = folder / place
        file.touch(mode=0o600)
        file.write_text(secret, encoding="utf-8")


def _house(folder: Path, ports: Ports) -> str:
    return dedent(f"""\
        database: sqlite:///{folder.resolve().parent / "veille.db"}
        fetch:
          contact: demo@veille.example
          allow_private: ["127.0.0.1:{ports.web}", "127.0.0.1:{ports.imap}"]
        mail:
          host: 127.0.0.1
          port: {ports.smtp}
          security: none
          from: veille <veille@agence.example>
        public_url: https://v.example
        """)


def _sources(places: Iterable[Place], ports: Ports, *, prefix: str = "") -> str:
    return "sources:\n" + "".join(indent(_source(place, ports, prefix), "  ") for place in places)


def _source(place: Place, ports: Ports, prefix: str) -> str:
    web = f"http://127.0.0.1:{ports.web}/{place.id}"
    base = f"imap://127.0.0.1:{ports.imap}" if place.format == letterbox.FORMAT else web
    way = WAYS.get(place.format) or Way(path=PATHS[place.format])
    lines = [f"- id: {prefix}{place.id}", f"  kind: {way.kind}", f"  url: {base}{way.path}"]
    lines += ["  every: 1m", f"  place: {place.place}"]
    lines += ["  take_all: true"] * place.take_all
    lines += ["  options:", *(f"    {option}" for option in way.options)] if way.options else []
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
  # The management hears of the press only, and at once.
  - id: m-durand
    name: M. Durand (direction)
    staff: false
    serves: [floreal]
    channels:
      - email: direction@floreal.example
        uses: [alert]
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
# Watched for weeks already: the quiet past is read in one go, and the first days are over.
learning_days: 0
own:
  sites: [floreal.example]
  accounts: [Floréal, floreal]
products: [fleurs, bouquet, gerbe, roses]
watches:
  - id: floreal
    name: Floréal
    query: Floréal SAUF (frégate OU navire OU "rue Floréal")
    routes:
      - id: default
        people: [virginie, mme-petit]
      - id: direction
        people: [m-durand]
        categories: [press]
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
  denial: ne rien publier avant de l'appeler.
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
learning_days: 0
watches:
  - id: autoneo
    name: AutoNéo
    query: AutoNéo
"""
