"""Where a request goes, and where a redirect sends it: what is kept, what is dropped, what is refused."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field, replace
from functools import lru_cache

import httpx

from veille.errors import AddressRefused
from veille.model.exchange import Request
from veille.text.address import host_key

REDIRECTS = frozenset((301, 302, 303, 307, 308))
PERMANENT = frozenset((301, 308))
_PORTS = {"http": 80, "https": 443}
#: Of the connector's own headers, what another host may see: the others can hold a key or a session.
_HARMLESS = frozenset(("accept", "accept-language"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to ask, without the user and password that may have come with it."""

    url: httpx.URL
    #: The same as text, without fragment.
    text: str
    host: str
    port: int
    #: Basic credentials of the address ("" = none).
    authorization: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One request of a dialogue, all but what is the same for every request."""

    target: Target
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)
    authorization: str = field(default="", repr=False)
    etag: str = ""
    modified: str = ""

    @property
    def conditional(self) -> bool:
        """Whether a 304 makes sense."""
        return bool(self.etag or self.modified)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that sends elsewhere; `location` as sent, in latin-1."""

    status: int
    location: str
    #: What it set on the way, as (name, value).
    cookies: tuple[tuple[str, str], ...] = ()


def first_hop(request: Request) -> Hop:
    """The request as it starts. Raises AddressRefused when its address is unreadable, or not http(s)."""
    goal = target(request.url)
    return Hop(
        target=goal,
        method=request.method,
        headers=request.headers,
        body=request.body,
        authorization=goal.authorization,
        etag=request.etag,
        modified=request.modified,
    )


def next_hop(hop: Hop, redirect: Redirect) -> Hop:
    """The request that follows. Raises AddressRefused."""
    goal = _goal(hop.target, redirect.location)
    turned = replace(hop, target=goal)
    if redirect.status == 303 or (redirect.status in (301, 302) and hop.method == "POST"):
        headers = tuple(header for header in hop.headers if header[0].lower() != "content-type")
        turned = replace(turned, method="GET", body=b"", headers=headers)
    if _same_place(hop.target, goal):
        return turned
    if turned.body:
        raise AddressRefused("a redirect would send the body of the request to another host")
    harmless = tuple(header for header in turned.headers if header[0].lower() in _HARMLESS)
    return replace(turned, headers=harmless, authorization="", etag="", modified="")


@lru_cache(maxsize=2048)
def target(url: str) -> Target:
    """Read an address. Raises AddressRefused, with a sentence that never quotes it."""
    try:
        return _target(httpx.URL(url))
    except (httpx.InvalidURL, ValueError):  # UnicodeError is a ValueError; the cause would quote a password
        raise AddressRefused("the address cannot be read") from None


def _target(url: httpx.URL) -> Target:
    if url.scheme not in _PORTS:
        raise AddressRefused(f"only http and https are asked, not {url.scheme[:12] or 'a bare name'}:")
    if not url.host:
        raise AddressRefused("the address has no host")
    bare = url.copy_with(username=None, password=None, fragment=None)
    return Target(
        url=bare,
        text=str(bare),
        host=host_key(url.raw_host.decode("ascii")),
        port=url.port or _PORTS[url.scheme],
        authorization=_basic(url) if url.userinfo else "",
    )


def _basic(url: httpx.URL) -> str:
    return "Basic " + b64encode(f"{url.username}:{url.password}".encode()).decode("ascii")


def _goal(origin: Target, location: str) -> Target:
    """Credentials in a Location are the far end's idea, never ours: they are left out of the address."""
    raw = location.encode("latin-1")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = location
    try:
        return _target(origin.url.join(text))
    except (httpx.InvalidURL, ValueError):
        raise AddressRefused("the address of a redirect cannot be read") from None


def _same_place(one: Target, other: Target) -> bool:
    """Same host and port, or the usual step from http to https on the usual ports."""
    if one.host != other.host:
        return False
    steps = (one.url.scheme, one.port), (other.url.scheme, other.port)
    return steps[0] == steps[1] or steps == (("http", 80), ("https", 443))
