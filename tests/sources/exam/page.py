"""How a page without a feed answers, for the exam."""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(
    id="s",
    kind="page",
    url="https://forum.example/derniers",
    key="s",
    options=(
        ("author", ".auteur"),
        ("date", "time@datetime"),
        ("item", "li.message"),
        ("link", "h3 a"),
        ("list", "ul.messages"),
        ("text", ".texte"),
        ("title", "h3"),
    ),
)
CONTENT_TYPE = "text/html; charset=utf-8"
SAYS = ("title", "text", "author", "link", "published")
MALFORMED = '<li class="message"></li>'


def item(number: int, *, date: str = "2026-11-20T12:00:00+01:00", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    return (
        f'<li class="message"><h3><a href="/sujet/{id or number}">Floréal, sujet {number}</a></h3>'
        f'<span class="auteur">a{number}</span> <time datetime="{date}">vendredi</time>'
        f'<div class="texte"><p>Texte {number}</p></div></li>'
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    head = '<!DOCTYPE html><html><head><title>Forum</title></head><body><ul class="messages">'
    return f"{head}{''.join(items)}</ul></body></html>".encode()
