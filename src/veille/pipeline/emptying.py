"""Mail boxes and folders: what came since the last look, each message read in the killable worker."""

from __future__ import annotations

from veille.errors import ReadError
from veille.fetch.inbox import Account, Post
from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Source
from veille.pipeline.house import House
from veille.sources import base


def emptied(house: House, source: Source, state: PollState) -> tuple[Page, bool]:
    """The entries of the new messages, and whether more wait. A message that cannot be read is counted as broken.

    Raises FetchError.
    """
    post = _taken(house, source, state)
    entries: dict[str, Entry] = {}
    broken = post.too_large
    found = 0
    for message in post.messages:
        try:
            read = house.reader.call(base.read_message, base.unsecret(source), message)
        except ReadError:
            broken += 1
            continue
        found += len(read)
        for entry in read:
            entries.setdefault(entry.key, entry)
    page = Page(entries=tuple(entries.values()), broken=broken, repeated=found - len(entries), cursor=post.cursor)
    return page, post.more


def _taken(house: House, source: Source, state: PollState) -> Post:
    if source.url.startswith("file:"):
        return house.folder(source.url, state.cursor)
    known = {name: secret.reveal() for name, secret in source.secrets}
    account = Account(url=source.url, user=source.option("user"), password=known.get("password", ""))
    return house.inbox.read(account, state.cursor, today=house.clock.now().date())
