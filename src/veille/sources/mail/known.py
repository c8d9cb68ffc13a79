"""Reads the mails of known senders: one publication for each item of a list, or the one that a notice tells of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

from selectolax.lexbor import LexborNode

from veille.sources import markup
from veille.sources.answers import Told
from veille.sources.mail import digests, links, notice, view
from veille.sources.mail.letter import Letter
from veille.sources.mail.senders import List, Sender, has
from veille.sources.mail.stars import stars
from veille.sources.mail.view import View
from veille.text.html import html_to_text
from veille.text.url import host

#: Items of one mail.
_MOST = 200


def told(sender: Sender, letter: Letter) -> tuple[Told, ...]:
    """What the mail tells of, nothing when it tells of no publication; the general reader is not asked then."""
    if has(sender.ignored, letter.subject) and not has(sender.subjects, letter.subject):
        return ()
    seen = view.of(letter)
    items = _listed(sender, seen) or tuple(_blocks(sender, letter.text)) or digests.told(sender, seen)
    if items:
        return tuple(_marked(item, sender, letter) for item in items)
    one = notice.told(sender, letter, seen)
    return (_marked(one, sender, letter),) if one else ()


def _listed(sender: Sender, seen: View) -> tuple[Told, ...]:
    if seen.tree is None:
        return ()
    for shape in sender.lists:
        found = [item for node in seen.tree.css(shape.item)[:_MOST] if (item := _item(node, shape, sender))]
        if found:
            return tuple(found)
    return ()


def _item(node: LexborNode, shape: List, sender: Sender) -> Told | None:
    link = links.opened(markup.found(node, shape.link))
    title, text = _part(node, shape.title), _part(node, shape.text)
    text = text.removeprefix(title).strip(" -–—") if shape.text == "." else text
    if not (title or text) or (not link and shape.link) or has(sender.noise, title):
        return None
    if sender.links and not has((*sender.links, *sender.shared), link) and not sender.rated:
        return None
    rating = stars((_part(node, shape.rating) if shape.rating else "", _pictures(node))) if sender.rated else None
    return Told(
        id="",
        link=link,
        title=title,
        text=text,
        plain=True,
        author=_part(node, shape.author),
        date=markup.found(node, shape.date),
        rating=rating,
    )


def _part(node: LexborNode, selector: str) -> str:
    if selector == ".":
        return view.words(node)
    css, attribute = markup.split(selector)
    if attribute:
        return markup.found(node, selector)
    return " ".join(html_to_text(markup.markup(node, css)).split()) if css else ""


def _pictures(node: LexborNode) -> str:
    pictures = node.css("img")[:20]
    names = (f"{each.attributes.get('alt') or ''}\n{each.attributes.get('src') or ''}" for each in pictures)
    return "\n".join((*names, view.words(node)))


def _blocks(sender: Sender, text: str) -> Iterator[Told]:
    """Items of a plain text: title, who publishes it, extract, and the link that ends each."""
    held: list[str] = []
    for line in text.split("\n")[:20_000]:
        bare = line.strip()
        if not bare or has(sender.noise, bare):
            held = []
        elif match := next((found for pattern in sender.blocks if (found := pattern.search(bare))), None):
            if held and (link := links.opened(match["link"])):
                yield _block(held, link)
            held = []
        else:
            held.append(bare)


def _block(held: list[str], link: str) -> Told:
    text = held[2:] if len(held) > 2 else held[1:]
    return Told(id="", link=link, title=held[0], text=" ".join(text), plain=True)


def _marked(item: Told, sender: Sender, letter: Letter) -> Told:
    """With the time of the mail where it has none, and an address of its own where many share one."""
    link = item.link
    if link and _is_shared(link, sender, letter):
        mark = blake2b(f"{letter.id} {item.author} {item.text}".encode("utf-8", "replace"), digest_size=5)
        link = f"{link.partition('#')[0]}#r{int(mark.hexdigest(), 16)}"
    site = item.site or host(link) or sender.home
    return replace(item, link=link, site=site, date=item.date or letter.sent or letter.sent_raw)


def _is_shared(link: str, sender: Sender, letter: Letter) -> bool:
    """Whether other publications have the same address: a page of reviews, the post under which comments stand."""
    if not has((*sender.links, *sender.shared), link):
        return False
    if has(sender.replies, letter.subject):
        return not has(sender.reply_links, link)
    return has(sender.shared, link) and not has(sender.links, link)
