"""Forums, networks and blogs on loopback, each as its software shows itself and answers."""

from __future__ import annotations

import json
from collections.abc import Mapping

from onboarding_internet import rss

from kit_http import Answer, Asked, Script, answer

FEED = rss("Derniers messages", [("Bouquet jamais livré", "forum.example", 1), ("Merci Floréal", "forum.example", 2)])
STATUS = {
    "id": "1",
    "uri": "https://m.example/1",
    "url": "https://m.example/@a/1",
    "content": "<p>Floréal</p>",
    "account": {"acct": "a"},
    "created_at": "2026-11-20T10:00:00Z",
}
POST = {
    "post": {"ap_id": "https://l.example/post/1", "name": "Floréal", "published": "2026-11-20T10:00:00Z"},
    "creator": {"name": "a"},
}

#: By name: the pages of a place by path, and the path that is looked at.
PLACES: Mapping[str, tuple[str, Mapping[str, str | bytes]]] = {
    "discourse": (
        "/",
        {
            "/": '<html><meta name="generator" content="Discourse 3.4.0 - https://github.com/discourse/discourse"><body>',
            "/posts.rss": FEED,
        },
    ),
    "discourse category": (
        "/c/livraison/5",
        {"/c/livraison/5": "<div id='x' data-discourse-setup></div>", "/c/livraison/5.rss": FEED},
    ),
    "phpbb": (
        "/forum/",
        {
            "/forum/": '<html><body id="phpbb" class="nojs notouch section-index"><a href="./ucp.php?mode=login">x</a>',
            "/forum/feed.php": FEED,
        },
    ),
    "phpbb topic": (
        "/viewtopic.php?t=42",
        {"/viewtopic.php": '<body id="phpbb"><a href="./index.php">x</a><a href="./ucp.php">y</a>', "/feed.php": FEED},
    ),
    "xenforo": (
        "/community/",
        {
            "/community/": '<!DOCTYPE html><html id="XF" lang="fr"><a href="/community/forums/">Forums</a>',
            "/community/forums/-/index.rss": FEED,
        },
    ),
    "vbulletin": (
        "/",
        {
            "/": '<html><meta name="generator" content="vBulletin 4.2.5" /><a href="showthread.php?t=1">x</a>',
            "/external.php": FEED,
        },
    ),
    "wordpress": (
        "/",
        {"/": '<html><meta name="generator" content="WordPress 6.8" /><p>blog', "/feed/": FEED},
    ),
    "mastodon": (
        "/@floreal",
        {"/@floreal": "<html><body><div id='mastodon'></div>", "/@floreal.rss": FEED},
    ),
    "mastodon tag": (
        "/tags/floreal",
        {"/tags/floreal": "<div id='mastodon'></div>", "/api/v1/timelines/tag/floreal": json.dumps([STATUS])},
    ),
    "lemmy": (
        "/c/france",
        {
            "/c/france": "<html><script>window.isoData = {}</script>",
            "/api/v3/post/list": json.dumps({"posts": [POST]}),
        },
    ),
    "youtube": (
        "/@floreal",
        {
            "/@floreal": '<html><meta property="og:site_name" content="YouTube">'
            '<meta itemprop="identifier" content="UCabcdefghijklmnop_-1234">',
            "/feeds/videos.xml": FEED,
        },
    ),
    "reddit": (
        "/r/france/",
        {"/r/france/": "<html><shreddit-app></shreddit-app>", "/r/france/new/.rss": FEED},
    ),
    "telegram": (
        "/s/floreal",
        {
            "/s/floreal": '<html><body class="tgme_page"><section class="tgme_channel_history">'
            '<div class="tgme_widget_message_wrap"><div class="tgme_widget_message"><a class="tgme_widget_message_date" href="https://t.me/f/1">'
            '<time datetime="2026-11-20T10:00:00+00:00"></time></a>'
            '<div class="tgme_widget_message_text">Floréal</div></div></div>',
        },
    ),
    "a feed": ("/feed.xml", {"/feed.xml": FEED}),
    "a named feed": (
        "/",
        {"/": '<html><link rel="alternate" type="application/rss+xml" href="/f" title="Fil">', "/f": FEED},
    ),
    "a feed where feeds are": ("/", {"/": "<html><p>Bonjour", "/rss.xml": FEED}),
    "nothing": ("/", {"/": "<html><title>Sans fil</title><p>Bonjour"}),
}


def script(name: str) -> Script:
    """What the server of a place answers: the path alone counts."""

    def say(asked: Asked) -> Answer:
        said = PLACES[name][1].get(asked.target.partition("?")[0])
        if said is None:
            return answer(404)
        body = said if isinstance(said, bytes) else said.encode()
        html = body[:1] == b"<" and not body.startswith(b"<?xml")
        kind = "text/html; charset=utf-8" if html else "application/json" if body[:1] in b"{[" else "text/xml"
        return answer(200, body, [("Content-Type", kind)])

    return say
