"""A folder of an IMAP mail box: whatever notifies by mail and offers no feed. Nothing there is touched.

Mails of known services (sources/mail/data) become one entry for each thing that they tell of, all others one entry.
Left out: our own mails, answers to them, answers of machines. The address is `imaps://host/FOLDER`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import blake2b

from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.sources import answers
from veille.sources.answers import Told
from veille.sources.kind import Kind, Option, Shape
from veille.sources.mail import forwarded, general, known, ours, senders
from veille.sources.mail import letter as letters
from veille.sources.mail.letter import Letter

KIND = Kind(
    shape=Shape.INBOX,
    schemes=("imaps", "imap"),
    options=(
        Option(name="user", says="name that opens the mail box, often its address", required=True),
        Option(name="password", says="its password, best one made for this alone", required=True, secret=True),
    ),
    every=timedelta(minutes=5),
)


def read(source: Source, message: bytes) -> Iterable[Entry]:
    """The entries of one mail, none when it is no publication. Raises ReadError when it is no mail."""
    entries: dict[str, Entry] = {}
    for letter in _letters(letters.read(message)):
        for told in _told(letter):
            draft = answers.drafted(told)
            if not draft.empty:
                entry = replace(draft.entry, key=_key(letter, draft.entry, alone=bool(told.id)))
                entries.setdefault(entry.key, entry)
    return tuple(entries.values())


def _letters(letter: Letter) -> Iterator[Letter]:
    """A mail, unless all it does is to carry others, and those."""
    if not letter.attached or letter.html.strip() or letter.text.strip():
        yield letter
    for each in letter.attached:
        yield from _letters(each)


def _told(letter: Letter) -> tuple[Told, ...]:
    if ours.is_left_out(letter):
        return ()
    inner = forwarded.inside(letter)
    sender = senders.of(inner.address)
    if sender is not None:
        return known.told(sender, inner)
    one = general.told(letter)
    return (replace(one, id=letter.id),) if one else ()


def _key(letter: Letter, entry: Entry, *, alone: bool) -> str:
    """The mail's id; with what tells its items apart where it holds several."""
    if alone:
        return letter.id
    told = entry.link or f"{entry.author}\0{entry.title}\0{entry.text}"
    return f"{letter.id}#{blake2b(told.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"
