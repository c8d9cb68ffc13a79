"""Looks again at the addresses of told mentions: is what they said still visible?

    claim -> [fetch -> look] in threads -> settle

A few at a time, two of one host in ten seconds, more and more rarely, for three days. A site that is down, a
login, a page changed in part say nothing. What is gone is a fact with its time; nobody is said to have taken it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

import structlog

from veille.analysis import visibility
from veille.errors import BadStatus, FetchError, HostBusy, ReadError
from veille.model.exchange import NotModified, Request
from veille.model.following import Sight, Visibility
from veille.model.mention import Kinship, Mention
from veille.pipeline.events import Vanished
from veille.pipeline.house import LEASE, House
from veille.store import Connection, permalinks
from veille.text import passage
from veille.text.url import host
from veille.timing.revisits import AGAIN, AGAIN_ABSENT, next_look

log = structlog.get_logger()

#: Addresses asked in one round, and of one host in so long.
BATCH = 8
PER_HOST = 2
REST = timedelta(seconds=10)

#: Mentions of one story whose addresses are followed: the most urgent.
MOST = 20

#: There is no such page.
_NO_PAGE = frozenset({404, 410})
#: A site that says this at its door is there all the same.
_AT_HOME = frozenset({401, 403, 405, 406})


@dataclass(frozen=True, slots=True)
class Revisited:
    """What a round came to: addresses asked, mentions found gone."""

    asked: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class _Look:
    due: permalinks.Due
    at: datetime
    visibility: Visibility

    @property
    def vanished(self) -> bool:
        """Whether this look is the one that makes it a fact."""
        return self.visibility.gone is not None and self.due.visibility.gone is None


def follow(tx: Connection, mentions: Sequence[Mention], *, at: datetime) -> None:
    """Has the addresses of a told story's mentions looked at again from now on."""
    ranked = sorted((m for m in mentions if _is_followed(m)), key=lambda m: (-m.urgency.points, m.id))
    permalinks.enrol(tx, [(m, host(m.link)) for m in ranked], most=MOST, at=at)


def _is_followed(mention: Mention) -> bool:
    apart = mention.own or mention.backlog or mention.muted or bool(mention.event)
    return not apart and mention.verdict.kinship is not Kinship.COPY and mention.link.startswith(("http:", "https:"))


def revisit(house: House) -> Revisited:
    """One round of looks. Raises StoreError."""
    with house.store.writing() as tx:
        due = permalinks.claim_due(
            tx,
            now=house.clock.now(),
            owner=house.owner,
            lease=LEASE,
            limit=BATCH,
            per_host=PER_HOST,
            rest=REST,
        )
    if not due:
        return Revisited()
    looks = _looks([house.pool.submit(_look, house, one) for one in due])
    with house.store.writing() as tx:
        permalinks.settle(tx, [_settled(look) for look in looks])
    for look in looks:
        if look.vanished:
            house.watcher(Vanished(client_id=look.due.client_id, mention_id=look.due.mention_id, at=look.at))
    return Revisited(asked=len(looks), gone=sum(look.vanished for look in looks))


def _looks(futures: Sequence[Future[_Look]]) -> list[_Look]:
    """Those that ended; what was cut short by the end of the process is claimed again later."""
    done, _ = wait(futures)
    return [future.result() for future in futures if future in done and not future.cancelled()]


def _settled(look: _Look) -> permalinks.Looked:
    return permalinks.Looked(mention_id=look.due.mention_id, visibility=look.visibility, due=_next(look))


def _next(look: _Look) -> datetime | None:
    """Never again where nothing can be read; soon where something is missing and not confirmed."""
    known = look.visibility
    if visibility.unreadable(known):
        return None
    doubted = known.misses > look.due.visibility.misses and known.gone is None
    doubt = (AGAIN if known.misses < visibility.REFUSALS else AGAIN_ABSENT) if doubted else None
    return next_look(look.at, since=look.due.since, doubt=doubt)


def _look(house: House, due: permalinks.Due) -> _Look:
    """One look. Runs in a thread; whatever an address provokes, nothing is concluded from it."""
    at = house.clock.now()
    try:
        sight, titled = _sight(house, due)
    except Exception:  # whatever one page provokes must not end the round of the others
        log.exception("look broke", mention=due.mention_id)
        sight, titled = Sight.UNKNOWN, False
    return _Look(due, at, visibility.after(due.visibility, sight, titled=titled, at=at))


def _sight(house: House, due: permalinks.Due) -> tuple[Sight, bool]:
    """What stands at the address, and whether its title does."""
    try:
        answer = house.fetcher.fetch(Request(url=due.link))
        if isinstance(answer, NotModified):
            return Sight.UNKNOWN, False
        held = house.reader.call(
            passage.look, answer.url, answer.body, answer.content_type, due.title, due.text or due.title
        )
    except BadStatus as error:
        there = error.status in _NO_PAGE and _answers(house, due.link)
        return (Sight.REFUSED if there else Sight.UNKNOWN), False
    except (FetchError, ReadError):
        return Sight.UNKNOWN, False
    return _judged(held), held.title


def _judged(held: passage.Held) -> Sight:
    if held.share >= passage.HELD:
        return Sight.VISIBLE
    return Sight.ABSENT if held.share <= passage.LOST and not held.wall else Sight.UNKNOWN


def _answers(house: House, link: str) -> bool:
    """Whether the site itself answers: one that is down, or says 404 in trouble, took nothing away."""
    parts = urlsplit(link)
    try:
        house.fetcher.fetch(Request(url=urlunsplit((parts.scheme, parts.netloc, "/", "", ""))))
    except HostBusy:
        return False
    except BadStatus as error:
        return error.status in _AT_HOME
    except FetchError:
        return False
    return True
