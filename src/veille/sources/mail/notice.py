"""Reads a mail that tells of one publication: a comment, a review, a mention.

The text is where the markup or a sentence ("... wrote: ...") says; else it is what is left of the mail's lines without
headings, buttons, dates and small print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from veille.sources.answers import Told
from veille.sources.mail import general, links
from veille.sources.mail import view as views
from veille.sources.mail.letter import Letter, lines
from veille.sources.mail.senders import Sender, has, named
from veille.sources.mail.stars import is_rating, stars
from veille.sources.mail.view import View

_QUOTES = "\"'«»“”‹›„ \u00a0\u202f"
#: "12 décembre, 12:35", "December 14 at 12:35 PM", "il y a 2 heures", "Yesterday at 9:12": when, and nothing else.
_WHEN = re.compile(
    r"(?:(?:le |on )?(?:\w{3,9}\.?,? )?\d{1,2}(?:er|st|nd|rd|th)? \w{3,9}\.?,?(?: \d{4})?|\w{3,9} \d{1,2}(?:, \d{4})?"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|hier|aujourd.hui|yesterday|today|just now|à l.instant)"
    r"(?:,? (?:à |at )?\d{1,2}(?::|h| h )?\d{0,2}(?: ?[ap]m)?)?"
    r"|il y a \d+ \w+|\d+ \w+ ago|[★☆⭐✩\s]+",
    re.IGNORECASE,
)


def told(sender: Sender, letter: Letter, seen: View) -> Told | None:
    """The publication; None when the mail says nothing that could be one."""
    subject = named(sender.subjects, letter.subject)
    heading = _headed(sender, seen.lines, subject.get("author", ""))
    said = _said(sender, letter, seen)
    author = _author(sender, seen, said.get("author", ""), subject.get("author", ""), heading.get("author", ""))
    known = {
        author,
        letter.name,
        *(each.get(name, "") for each in (said, subject, heading) for name in ("author", "place")),
    }
    title = _bare(_selected(sender.titles, seen) or said.get("title") or subject.get("title", ""))
    text = _text(sender, letter, seen, known=known | {title}) or said.get("text") or subject.get("text", "")
    if not (text or subject or heading):
        return None
    notice = letter.subject or heading.get("whole", "")
    return Told(
        id="",
        link=_link(sender, seen),
        # "X commented on your post" says nothing of what was said, and would liken all comments: it stays findable.
        title=title or ("" if text else notice),
        tags=(notice,) if text and notice and not title else (),
        text=_bare(text),
        plain=True,
        author=author,
        rating=_rating(sender, letter, seen, said) if sender.rated else None,
    )


def _author(sender: Sender, seen: View, *named_there: str) -> str:
    """The first name that is given, as whole as any of them has it: subjects often cut it."""
    names = [name for name in (_selected(sender.authors, seen), *named_there) if name]
    first = names[0] if names else ""
    whole = max((name for name in names if name.startswith(f"{first} ")), key=len, default=first)
    return _full(whole, seen.lines) if sender.rated else whole


def _full(author: str, seen: Sequence[str]) -> str:
    """The name as the mail gives it, where its subject cuts it after the first."""
    longer = (line for line in seen if author and line.startswith(f"{author} ") and len(line.split()) <= 4)
    return next((line for line in longer if line.replace(" ", "").replace("-", "").replace(".", "").isalpha()), author)


def _bare(text: str) -> str:
    """Without the quotation marks around the whole."""
    text = text.strip()
    return text.strip(_QUOTES) if text[:1] in _QUOTES and text[-1:] in _QUOTES else text


def _headed(sender: Sender, seen: Sequence[str], author: str) -> Mapping[str, str]:
    """What a heading in the mail says of whom the subject names; of anyone where it names nobody."""
    found = ({**named(sender.subjects, line), "whole": line} for line in seen[:40])
    return next((each for each in found if len(each) > 1 and each.get("author", author).startswith(author)), {})


def _said(sender: Sender, letter: Letter, seen: View) -> Mapping[str, str]:
    """What a sentence of the mail says, in its plain text first: the preview of the markup is often cut."""
    whole = ("\n".join(lines(letter.text)), "\n".join(seen.lines))
    found = next((found for text in whole if text and (found := named(sender.said, text[:20_000]))), {})
    return {name: " ".join(value.split()) for name, value in found.items()}


def _selected(selectors: Sequence[str], seen: View) -> str:
    if seen.tree is None:
        return ""
    found = (node for selector in selectors for node in seen.tree.css(selector)[:1])
    return next((text for node in found if (text := views.words(node))), "")


def _text(sender: Sender, letter: Letter, seen: View, *, known: set[str]) -> str:
    marked = list(_marked(sender, seen))
    for candidate in marked:
        if _says_more(candidate, sender, letter, known):
            return candidate
    if _said(sender, letter, seen).get("text"):
        return ""
    return _left(sender, letter, seen, known)


def _marked(sender: Sender, seen: View) -> Iterator[str]:
    """Texts of the innermost elements that the selectors find, in order."""
    for selector in sender.texts if seen.tree is not None else ():
        for node in seen.tree.css(selector)[:100] if seen.tree is not None else ():
            if len(node.css(selector)) <= 1:
                yield views.words(node)


def _left(sender: Sender, letter: Letter, seen: View, known: set[str]) -> str:
    """The lines between beginning and end that are no heading, button, date or small print."""
    # Of a plain text the lines are its own: a mail of markup alone has none.
    whole = seen.lines if seen.tree is not None or not letter.text else lines(letter.text)[:5_000]
    start = next((n + 1 for n, line in enumerate(whole) if has(sender.begins, line)), 0)
    kept: list[str] = []
    for line in whole[start:]:
        if has(sender.ends, line):
            break
        if _says_more(line, sender, letter, known):
            kept.append(line)
    return "\n".join(kept)


def _says_more(line: str, sender: Sender, letter: Letter, known: set[str]) -> bool:
    bare = line.strip(_QUOTES + ".…-–—:=*_|·")
    if (
        not bare
        or line.strip(_QUOTES) in known
        or bare in known
        or bare == letter.subject.strip(_QUOTES + ".")
        or _WHEN.fullmatch(bare)
    ):
        return False
    if sender.rated and is_rating(bare):
        return False
    if len(line) < 300 and (has(sender.noise, line) or named(sender.subjects, line).get("author", " ") in known):
        return False
    return not (general.is_small_print(line) or general.is_address(line))


def _link(sender: Sender, seen: View) -> str:
    """The publication's own address, else what the button opens."""
    opened = [(links.opened(address), words) for address, words in seen.anchors]
    for pattern in (*sender.links, *sender.shared):
        if found := next((link for link, _ in opened if link and pattern.search(link)), ""):
            return found
    return next((link for link, words in opened if link and words and has(sender.buttons, words)), "")


def _rating(sender: Sender, letter: Letter, seen: View, said: Mapping[str, str]) -> float | None:
    subject = named(sender.subjects, letter.subject)
    written = subject.get("stars") or subject.get("stars2") or said.get("stars") or ""
    if written in ("1", "2", "3", "4", "5"):
        return float(written)
    if grade := next((grade for grade, patterns in sender.grades if has(patterns, letter.subject)), None):
        return grade
    first = letter.subject.replace(subject.get("place", "\0"), "")
    return stars((first, *seen.lines[:60], *seen.pictures.split("\n"), *lines(letter.text)[:60]))
