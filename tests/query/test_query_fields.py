"""Fields: words in one place, and what an entry says of itself."""

from __future__ import annotations

import pytest
from query_kit import matched, row

FIELDS = [
    row("title, there", "title:panne", {"title": "Panne", "text": "rien"}, True),
    row("title, elsewhere", "title:panne", {"title": "Rien", "text": "panne"}, False),
    row("title phrase", 'title:"service client"', {"title": "Le service client"}, True),
    row("title group", "title:(panne Orange)", {"title": "Panne", "text": "Orange"}, False),
    row("title group, holds", "title:(panne Orange)", {"title": "Orange panne"}, True),
    row("title with not", "title:(Orange -promo)", {"title": "Orange", "text": "promo"}, True),
    row("title exact", "title:{Orange}", {"title": "orange"}, False),
    row("title wildcard", "title:rembours*", {"title": "Remboursé"}, True),
    row("title slip", "title:Orange~1", {"title": "Oranje"}, True),
    row("title list", "title:$crise_fr", {"title": "Un scandale"}, True),
    row("title list, elsewhere", "title:$crise_fr", {"text": "Un scandale"}, False),
    row("capital field name", "Title:panne", {"title": "Panne"}, True),
    row("text, there", "text:panne", {"text": "panne"}, True),
    row("text, elsewhere", "text:panne", {"title": "panne"}, False),
    row("tag, there", "tag:sav", {"tags": ("SAV", "x")}, True),
    row("tag with its hash", "tag:#sav", {"tags": ("sav",)}, True),
    row("tag, elsewhere", "tag:sav", {"text": "sav"}, False),
    row("author", "author:roux", {"author": "Claire Roux"}, True),
    row("author phrase", 'author:"claire roux"', {"author": "Claire Roux"}, True),
    row("author with at", "author:@jul_nantes", {"author": "jul_nantes"}, True),
    row("author at in both", "author:@jul_nantes", {"author": "@jul_nantes@masto.fr"}, True),
    row("author is not text", "author:roux", {"text": "roux"}, False),
    row("bare word is not author", "roux", {"author": "Claire Roux"}, False),
    row("author excluded", "panne -author:bot", {"text": "panne", "author": "Bot"}, False),
    row("author wildcard", "author:jul*", {"author": "Julien"}, True),
    row("site", "site:lemonde.fr", {"site": "lemonde.fr"}, True),
    row("site from the link", "site:lemonde.fr", {"link": "https://www.lemonde.fr/a"}, True),
    row("subdomain", "site:lemonde.fr", {"site": "blog.lemonde.fr"}, True),
    row("parent is not the subdomain", "site:blog.lemonde.fr", {"site": "lemonde.fr"}, False),
    row("site ending alike", "site:monde.fr", {"site": "lemonde.fr"}, False),
    row("site with www", "site:www.lemonde.fr", {"site": "lemonde.fr"}, True),
    row("site capitals", "site:LeMonde.fr", {"site": "lemonde.fr"}, True),
    row("site star", "site:*.gouv.fr", {"site": "economie.gouv.fr"}, True),
    row("site group", "site:(a.fr OR b.fr) panne", {"site": "b.fr", "text": "panne"}, True),
    row("site group, other", "site:(a.fr OR b.fr) panne", {"site": "c.fr", "text": "panne"}, False),
    row("site excluded", "panne -site:a.fr", {"site": "a.fr", "text": "panne"}, False),
    row("no site", "site:a.fr", {}, False),
    row("url word", "url:promo", {"link": "https://x.fr/promo/2"}, True),
    row("url whole words", "url:promo", {"link": "https://x.fr/promotion"}, False),
    row("url path", "url:x.fr/promo", {"link": "https://www.x.fr/promo/2"}, True),
    row("url phrase", 'url:"service client"', {"link": "https://x.fr/le-service-client"}, True),
    row("url star", "url:promo*", {"link": "https://x.fr/promotion"}, True),
    row("url query string", "url:page?id=3", {"link": "https://x.fr/page?id=3"}, True),
    row("bare word is not url", "promo", {"link": "https://x.fr/promo"}, False),
    row("lang said", "lang:fr panne", {"language": "fr", "text": "panne"}, True),
    row("lang said with region", "lang:fr panne", {"language": "fr-CA", "text": "panne"}, True),
    row("lang other", "lang:fr panne", {"language": "en", "text": "panne"}, False),
    row("lang group", "lang:(fr OR en)", {"language": "en"}, True),
    row("lang found in French", "lang:fr", {"text": "Je n'ai jamais été remboursé et le service ne répond pas"}, True),
    row("lang found in English", "lang:en", {"text": "I was never refunded and the support does not answer"}, True),
    row("lang found in German", "lang:de", {"text": "Ich habe mein Paket nicht bekommen und niemand hilft mir"}, True),
    row(
        "lang found in Spanish", "lang:es", {"text": "No me han devuelto el dinero y nadie contesta en la tienda"}, True
    ),
    row(
        "lang found in Italian",
        "lang:it",
        {"text": "Non ho ricevuto il pacco e nessuno mi risponde da una settimana"},
        True,
    ),
    row("lang found in Dutch", "lang:nl", {"text": "Ik heb mijn pakket niet gekregen en niemand helpt mij"}, True),
    row("lang found in Portuguese", "lang:pt", {"text": "Não recebi a minha encomenda e ninguém me responde"}, True),
    row("lang unknown", "lang:fr", {"text": "LDLC 2027"}, False),
    row("lang excluded", "LDLC -lang:en", {"text": "the LDLC is not what I was told"}, False),
    row("rating at most", "rating:<=2", {"rating": 2.0}, True),
    row("rating above", "rating:<=2", {"rating": 3.0}, False),
    row("rating absent", "rating:<=2", {}, False),
    row("rating exactly", "rating:1", {"rating": 1.0}, True),
    row("rating equals", "rating:=1", {"rating": 1.5}, False),
    row("rating with a comma", "rating:<2,5", {"rating": 2.0}, True),
    row("rating group", "rating:(1 OR 2) LDLC", {"rating": 2.0, "text": "LDLC"}, True),
    row("rating negated and absent", "LDLC -rating:>3", {"text": "LDLC"}, True),
    row("followers", "followers:>1000", {"followers": 1001}, True),
    row("followers at the limit", "followers:>1000", {"followers": 1000}, False),
    row("followers absent", "followers:>1000", {}, False),
    row("followers zero", "followers:<1", {"followers": 0}, True),
    row("links, entry's list", "links:ldlc.com", {"links": ("https://www.ldlc.com/x",)}, True),
    row("links, in the text", "links:ldlc.com", {"text": "voir https://ldlc.com/x."}, True),
    row("links, bare domain in the text", "links:ldlc.com", {"text": "voir ldlc.com/x"}, True),
    row("links, subdomain", "links:ldlc.com", {"links": ("https://shop.ldlc.com/",)}, True),
    row("links, other domain", "links:ldlc.com", {"links": ("https://notldlc.com/",)}, False),
    row("links, prefix", "links:ldlc.com/fiche", {"links": ("https://www.ldlc.com/fiche/PB1.html",)}, True),
    row("links, other path", "links:ldlc.com/fiche", {"links": ("https://www.ldlc.com/aide",)}, False),
    row("links, scheme in the query", "links:https://ldlc.com/fiche", {"links": ("http://ldlc.com/fiche/1",)}, True),
    row("links, own address does not count", "links:ldlc.com", {"link": "https://ldlc.com/a"}, False),
    row(
        "links, own address listed",
        "links:ldlc.com",
        {"link": "https://ldlc.com/a", "links": ("https://www.ldlc.com/a",)},
        False,
    ),
    row(
        "links, own site, other page",
        "links:ldlc.com",
        {"link": "https://ldlc.com/a", "links": ("https://ldlc.com/b",)},
        True,
    ),
    row("links, two", "links:(a.fr OR b.fr)", {"links": ("https://b.fr/",)}, True),
]


@pytest.mark.parametrize(("query", "fields", "expected"), FIELDS)
def test_a_field_is_looked_at_alone(query, fields, expected):
    assert (matched(query, **fields) is not None) == expected


SOURCES = [
    row("by id", "source:presse-1", "presse-1", "feed", True),
    row("by kind", "source:google_alerts", "x", "google_alerts", True),
    row("kind with a hyphen", "source:google-alerts", "x", "google_alerts", True),
    row("other", "source:feed", "x", "google_alerts", False),
    row("not part of an id", "source:presse", "presse-1", "feed", False),
    row("group", "source:(a OR feed)", "x", "feed", True),
    row("nothing known", "source:feed", "", "", False),
]


@pytest.mark.parametrize(("query", "source", "kind", "expected"), SOURCES)
def test_source_is_an_id_or_a_kind(query, source, kind, expected):
    assert (matched(query, "x", source=source, kind=kind) is not None) == expected


SPANS = [
    row("author is shown", "author:roux", {"author": "Claire Roux"}, ["Roux"]),
    row("tag is shown", "tag:sav", {"tags": ("x", "SAV")}, ["SAV"]),
    row("facts show nothing", "site:a.fr", {"site": "a.fr"}, []),
    row("title before text", "panne", {"text": "panne", "title": "Panne"}, ["Panne", "panne"]),
    row("excluded terms are not shown", "panne -promo", {"text": "panne"}, ["panne"]),
    row("all branches of an or", "panne OR retard OR x", {"text": "retard, panne"}, ["retard", "panne"]),
    row("near shows both sides", "panne NEAR/2 Orange", {"text": "Orange panne x x x x panne"}, ["Orange", "panne"]),
    row("same place once", "panne OR title:panne", {"title": "panne"}, ["panne"]),
]


@pytest.mark.parametrize(("query", "fields", "expected"), SPANS)
def test_spans_show_what_made_the_query_hold(query, fields, expected):
    assert matched(query, **fields) == expected
