"""From drafts to a page: empty ones counted, keys given, and what the next poll needs remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from veille.model.entry import Entry, Page
from veille.sources.syndication import identity, items
from veille.sources.syndication.entry_fields import Draft
from veille.sources.syndication.identity import Claim, Keys
from veille.sources.syndication.items import Memory, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the last poll left, and the hashes of this answer to set against it."""

    memory: Memory
    cursor: str = ""
    #: Of this answer; no head when it could not be split.
    head: bytes = b""
    items: tuple[bytes, ...] = ()


def whole_page(drafts: Sequence[Draft], past: Past, *, title: str) -> Page:
    """The page of a whole read."""
    held = [draft for draft in drafts if not draft.empty]
    claims = [_claim(draft) for draft in held]
    given = identity.assign(claims, shared=identity.remembered(past.cursor), before=past.memory.holders)
    records = _records(past.items if len(held) == len(drafts) else (), claims)
    distinct = len({record.mark for record in records.values()}) == len(drafts)
    return Page(
        entries=_keyed(held, given),
        empty=len(drafts) - len(held),
        repeated=given.keys.count(None),
        title=title,
        cursor=identity.to_cursor(given.shared),
        memory=Memory(past.head if distinct else b"", records).encode(),
    )


def changed_page(drafts: Sequence[Draft], past: Past, *, title: str) -> Page | None:
    """The page of a read of its new items alone; None where one of them could touch an item already known."""
    claims = [_claim(draft) for draft in drafts]
    new = dict(zip((item for item in past.items if item not in past.memory.records), claims, strict=True))
    records = {item: _record(new[item]) if item in new else past.memory.records[item] for item in past.items}
    distinct = len({record.mark for record in records.values()}) == len(past.items)
    if not distinct or any(draft.empty for draft in drafts):
        return None
    given = identity.assign(claims, shared=identity.remembered(past.cursor), before=past.memory.holders)
    return Page(
        entries=_keyed(drafts, given),
        unchanged=len(past.items) - len(drafts),
        title=title,
        cursor=identity.to_cursor(given.shared),
        memory=Memory(past.head, records).encode(),
    )


def _claim(draft: Draft) -> Claim:
    entry = draft.entry
    day = entry.published.date().isoformat() if entry.published else ""
    return identity.claim(id=draft.id, link=entry.link, title=entry.title, day=day, text=entry.text)


def _keyed(drafts: Sequence[Draft], given: Keys) -> tuple[Entry, ...]:
    pairs = zip(drafts, given.keys, strict=True)
    return tuple(replace(draft.entry, key=key) for draft, key in pairs if key is not None)


def _record(claim: Claim) -> Record:
    return Record(identity.digest(claim.first), claim.holder)


def _records(hashes: Sequence[bytes], claims: Sequence[Claim]) -> dict[bytes, Record]:
    """A record for each item; where it was not split, under its place in the page instead of its hash."""
    if len(hashes) != len(claims):
        hashes = [index.to_bytes(items.ITEM, "big") for index in range(len(claims))]
    return dict(zip(hashes, map(_record, claims), strict=True))
