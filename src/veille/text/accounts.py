"""Whether the author of a publication is a given account, in the forms that networks and people write."""

from __future__ import annotations

import unicodedata

#: What people write before a name: of Reddit, and of most others.
_BEFORE = ("/u/", "u/", "@")


def is_account(author: str, site: str, account: str) -> bool:
    """Whether they are the same: "@name", "u/name", "handle.bsky.social", a page's name, case and spaces apart.

    `site`: host of the publication. "name@server" is that name on that server only.
    """
    name, server = _parts(author)
    wanted, where = _parts(account)
    if not name or name != wanted:
        return False
    return not where or where in (server, site) or site.endswith(f".{where}")


def _parts(written: str) -> tuple[str, str]:
    """(name, server or "")."""
    plain = " ".join(unicodedata.normalize("NFKC", written).casefold().split())
    for before in _BEFORE:
        plain = plain.removeprefix(before)
    name, _, server = plain.partition("@")
    return name, server
