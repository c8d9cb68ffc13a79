"""Reads any other mail: the subject, the text without what it answers and without small print, the first link.

What small print and quoting look like, in French and in English, is data/general.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from veille.sources.answers import Told
from veille.sources.mail import links
from veille.sources.mail import view as views
from veille.sources.mail.letter import Letter, lines
from veille.sources.mail.senders import compiled
from veille.sources.mail.view import View
from veille.text.clean import shorten
from veille.text.url import host

_ADDRESS = re.compile(r"[<(\[]?https?://\S+[>)\]]?")
#: Links kept of one mail.
_MOST = 20
_PREFIX = re.compile(r"^(?:(?:fwd?|tr|wg|i)\s?:\s*)+", re.IGNORECASE)
#: Where the text of an answer ends, in markup.
QUOTED = (
    ".gmail_quote",
    "blockquote[type='cite']",
    ".yahoo_quoted",
    ".protonmail_quote",
    "#mail-editor-reference-message-container",
)
#: Where it ends with all that stands beside and below.
QUOTED_BELOW = ("#appendonsend", "#divRplyFwdMsg", ".moz-cite-prefix")
_SIGNED = (".gmail_signature", "#Signature", ".moz-signature")


@cache
def _patterns(name: str) -> re.Pattern[str]:
    path = resources.files("veille.sources.mail") / "data" / "general.toml"
    rows = tomllib.loads(path.read_text(encoding="utf-8"))[name]
    return compiled("|".join(f"(?:{row})" for row in rows))


def told(letter: Letter) -> Told | None:
    """The mail as one publication; None when it says nothing."""
    seen = _seen(letter)
    text = "\n".join(body(seen.lines, forward=_is_forward(letter)))
    title = _PREFIX.sub("", letter.subject)
    if not (title or text):
        return None
    found = _linked(seen)
    link = _first(found)
    return Told(
        id="",
        link=link,
        title=title or shorten(text.partition("\n")[0], 100),
        text=text,
        plain=True,
        author=letter.name or letter.address.partition("@")[0],
        date=letter.sent or letter.sent_raw,
        language=letter.language,
        links=tuple(dict.fromkeys(each for each, words in found if not is_small_print(words)))[:_MOST],
        site=host(link) or letter.address.rpartition("@")[2],
    )


def _seen(letter: Letter) -> View:
    """The mail without what it answers."""
    if _is_forward(letter):
        return views.of(letter, without=_SIGNED)
    if letter.html.strip():
        return views.of(letter, without=(*QUOTED, *_SIGNED), below=QUOTED_BELOW)
    return views.plain("\n".join(_unquoted(lines(letter.text))))


def body(seen: Sequence[str], *, forward: bool = False) -> list[str]:
    """The lines that the sender wrote for this mail: no quotation, signature, small print or bare address."""
    whole = seen if forward else list(_unquoted(seen))
    end = next((n for n, line in enumerate(whole) if n and line in ("--", "-- ", "—")), len(whole))
    kept = list(whole[:end])
    kept = kept[: _foot(kept)]
    return [_ADDRESS.sub("", line).strip() if len(line) > 60 else line for line in kept if _is_kept(line)]


def _is_kept(line: str) -> bool:
    return not (is_small_print(line) or is_address(line))


def is_small_print(line: str) -> bool:
    """Whether a line is of those that every newsletter has: how to leave, to read it elsewhere, who sent it."""
    return len(line) < 400 and _patterns("small_print").search(line) is not None


def is_address(line: str) -> bool:
    """Whether a line holds nothing but web addresses."""
    return not _ADDRESS.sub("", line).strip(" -–|·:")


def first_line(letter: Letter) -> str:
    """The first line that the sender wrote, "" when all is quoted."""
    seen = views.of(letter, without=QUOTED, below=QUOTED_BELOW)
    return next(iter(_unquoted(lines(letter.text) if letter.text else seen.lines)), "")


def _is_forward(letter: Letter) -> bool:
    return _PREFIX.match(letter.subject) is not None


def _unquoted(seen: Sequence[str]) -> Iterator[str]:
    """Lines up to what is quoted below; lines quoted one by one are left out."""
    for number, line in enumerate(seen):
        quoted = _patterns("quoted").search(line) or (
            number + 1 < len(seen) and _patterns("quoted").search(f"{line} {seen[number + 1]}")
        )
        if number and len(line) < 300 and quoted:
            return
        if not line.startswith(">"):
            yield line


def _foot(kept: Sequence[str]) -> int:
    """Where the small print at the end begins: at the first line of it in the last third."""
    start = max(1, len(kept) * 2 // 3)
    return next((n for n in range(start, len(kept)) if _patterns("foot").search(kept[n][:400])), len(kept))


def _linked(seen: View) -> list[tuple[str, str]]:
    """(where it leads, words) of the links that lead anywhere and are no small print."""
    found = ((links.opened(address), words) for address, words in seen.anchors if address[:4].lower() == "http")
    return [(link, words) for link, words in found if link and not _patterns("no_links").search(link)]


def _first(found: Sequence[tuple[str, str]]) -> str:
    """The first link to a page; else where the mail itself can be read; else the first site."""
    telling = [link for link, words in found if not is_small_print(words)]
    page = next((link for link in telling if len(urlsplit(link).path) > 1 or urlsplit(link).query), "")
    itself = next((link for link, words in found if _patterns("itself").search(words)), "")
    return page or itself or next(iter(telling), "")
