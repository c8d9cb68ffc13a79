"""A client's site, its feeds, Google's two doors: as they answer, on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from kit_http import Answer, Asked, Server, answer, serve

HOME = b"""<!DOCTYPE html>
<html lang="fr-FR"><head><meta charset="utf-8">
<title>Accueil | Flor\xc3\xa9al, fleuriste en ligne</title>
<meta property="og:site_name" content="Flor&eacute;al">
<meta name="description" content="Livraison de bouquets, gerbes de deuil et plantes partout en France.">
<meta name="theme-color" content="#C2456B">
<link rel="alternate" type="application/rss+xml" title="Le journal de Flor\xc3\xa9al" href="/blog/feed.xml">
<link rel="alternate" type="application/atom+xml" title="Le journal, en Atom" href="/blog/same.xml">
<link rel="alternate" type="application/rss+xml" title="Commentaires" href="/comments/feed">
</head><body>
<a href="https://www.facebook.com/FlorealFleurs/">Facebook</a>
<a href="https://www.facebook.com/sharer/sharer.php?u=x">Partager</a>
<a href="https://instagram.com/floreal_officiel">Instagram</a>
<a href="https://x.com/intent/tweet?text=x">Tweeter</a>
<a rel="me" href="https://mastodon.example/@floreal">Mastodon</a>
<a href="https://fr.trustpilot.com/review/floreal.example">Avis</a>
<a href="javascript:void(0)">Menu</a>
</body></html>"""

#: What a seeker of Floréal meets: title, site, days ago.
NEWS = [
    ("Floréal, les fleurs qui n'arrivent jamais - Le Fil", "fil-conso.example", 1),
    ("Floréal ouvre un atelier à Nantes - Ouest Local", "ouest-local.example", 3),
    ("Code promo Floréal : 10 euros - BonsPlans", "bons-plans.example", 4),
    ("Avis de décès : Mme Floréal Martin - Le Carnet", "carnet-noir.example", 5),
    ("La Saint-Valentin et ses fleurs - Gazette", "gazette.example", 6),
]
ALERTS = [
    ("Gerbe de deuil <b>Floréal</b> jamais livrée", "forum-conso.example", 2),
    ("Bouquet <b>Floréal</b> : superbe", "carnet-de-mariee.example", 2),
]


def rss(title: str, items: list[tuple[str, str, int]], *, now: datetime | None = None) -> bytes:
    """RSS 2.0: titles, hosts, ages in days."""
    moment = now or datetime.now(UTC)
    rows = "".join(
        f"<item><title>{escape(said)}</title><link>https://{site}/{len(said)}{n}</link>"
        f"<guid isPermaLink='false'>{title}-{n}</guid><description>{escape(said)}</description>"
        f"<pubDate>{format_datetime(moment - timedelta(days=days))}</pubDate></item>"
        for n, (said, site, days) in enumerate(items)
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{rows}</channel></rss>".encode()


def alert_atom(items: list[tuple[str, str, int]]) -> bytes:
    """A Google Alerts feed: wrapped links, marked and escaped titles."""
    moment = datetime.now(UTC)
    rows = "".join(
        f"<entry><id>tag:google.com,2013:googlealerts/feed:{n}</id><title type='html'>{escape(said)}</title>"
        f"<link href='https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://{site}/{n}&amp;ct=ga'/>"
        f"<published>{moment - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}</published>"
        f"<updated>{moment - timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}</updated>"
        f"<content type='html'>{escape(said)}</content><author><name/></author></entry>"
        for n, (said, site, days) in enumerate(items)
    )
    head = "<title>Google Alert - Floréal</title><id>tag:google.com,2005:reader/user/1/state/com.google/alerts/2</id>"
    return f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>{head}{rows}</feed>".encode()


def _script(asked: Asked) -> Answer:
    path = asked.target.partition("?")[0]
    journal = rss("Le journal", [("Nos roses de saison", "127.0.0.1", 8)])
    feeds = {
        "/blog/feed.xml": journal,
        "/blog/same.xml": journal,
        "/comments/feed": rss("Commentaires", [("Jamais reçu mon bouquet", "127.0.0.1", 1)]),
        "/news": rss("Google Actualités", NEWS),
        "/alerts/feeds/1/2": alert_atom(ALERTS),
    }
    if path == "/":
        return answer(200, HOME, [("Content-Type", "text/html; charset=utf-8")])
    if path == "/json":
        return answer(200, b'{"not": "a page"}', [("Content-Type", "application/json")])
    if path in feeds:
        return answer(200, feeds[path], [("Content-Type", "text/xml; charset=utf-8")])
    return answer(404)


@contextmanager
def internet() -> Iterator[Server]:
    """Serves until the end of the block."""
    with serve(_script) as server:
        yield server
