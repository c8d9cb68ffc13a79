"""How phpBB answers, for the exam: Atom, with a line of statistics below each post."""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(id="s", kind="phpbb", url="https://forum.example", key="s")
CONTENT_TYPE = "application/atom+xml"
SAYS = ("title", "text", "author", "link", "published")
MALFORMED = "<entry></entry>"


def item(number: int, *, date: str = "2026-11-20T12:00:00+00:00", id: str = "") -> str:
    """The `number`th good item, with this date as written and this id."""
    link = f"https://forum.example/viewtopic.php?p={number}#p{number}"
    return (
        f"<entry><author><name><![CDATA[a{number}]]></name></author><updated>{date}</updated><published>{date}</published>"
        f'<id>{id or link}</id><link href="{link}"/>'
        f'<title type="html"><![CDATA[Achats • Re: Floréal {number}]]></title>'
        f'<content type="html" xml:base="{link}"><![CDATA[Texte {number}<p>Statistics: Posted by '
        f'<a href="https://forum.example/memberlist.php?u=2">a{number}</a> — Fri Nov 20, 2026</p><hr />]]></content>'
        "</entry>"
    )


def page(items: Sequence[str]) -> bytes:
    """An answer that holds these items."""
    head = '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">'
    return f"{head}<title>Forum</title><updated>2026-11-20T12:00:00+00:00</updated>{''.join(items)}</feed>".encode()
