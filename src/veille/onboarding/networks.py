"""Which account of which network an address names (data/networks.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

#: A Mastodon profile has the same form on every server; only rel=me says that it is one.
_MASTODON = re.compile(r"/@([A-Za-z0-9_]{1,30})/?$")
MOST_ACCOUNTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where a brand speaks or is spoken of. `own`: what is published there is the brand's own word."""

    network: str
    name: str
    url: str
    own: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A service, and how its addresses name an account."""

    name: str
    hosts: tuple[str, ...]
    account: re.Pattern[str]
    own: bool = True

    def holds(self, host: str) -> bool:
        """Whether the host is the service's."""
        return any(host == known or host.endswith(f".{known}") for known in self.hosts)


@cache
def networks() -> tuple[Network, ...]:
    """Those we know, in the order in which they are shown."""
    text = files("veille.onboarding").joinpath("data/networks.toml").read_text(encoding="utf-8")
    return tuple(
        Network(
            name=row["name"],
            hosts=tuple(row["hosts"]),
            account=re.compile(row["account"]),
            own=row.get("own", True),
        )
        for row in tomllib.loads(text)["network"]
    )


def accounts_of(links: Iterable[str], *, me: Iterable[str] = ()) -> tuple[Account, ...]:
    """The accounts that absolute links name, each once; `me` are the links of rel=me."""
    found: dict[tuple[str, str], Account] = {}
    for url, mine in [*((url, False) for url in links), *((url, True) for url in me)]:
        account = _account(url, mine=mine)
        if account:
            found.setdefault((account.network, account.name.lower()), account)
    return tuple(found.values())[:MOST_ACCOUNTS]


def _account(url: str, *, mine: bool) -> Account | None:
    try:
        parts = urlsplit(url)
        host, path = (parts.hostname or "").removeprefix("www."), unquote(parts.path)
    except ValueError:
        return None
    for network in networks():
        if network.holds(host):
            named = network.account.match(path)
            return Account(network=network.name, name=named[1], url=url, own=network.own) if named else None
    named = _MASTODON.match(path) if mine else None
    return Account(network="Mastodon", name=f"{named[1]}@{host}", url=url) if named else None
