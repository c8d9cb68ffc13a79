"""One guarded POST: checked address, no redirect followed, a bounded answer, a total deadline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx

from veille.channels.base import Accounts
from veille.channels.redaction import redacted
from veille.errors import AddressRefused, FetchError, Unreachable
from veille.model.message import Outcome, Result
from veille.net.dial import checked_transport
from veille.net.stream import Dialogue
from veille.text.address import allow_list, host_key

#: Of an answer, bytes read: more says nothing to us.
ANSWER = 64 * 1024

#: From the first packet to the last byte of the answer.
TOTAL = timedelta(seconds=10)

#: Longest wait a far end may ask for (design numbers: Retry-After is kept within 24 h).
_LONGEST = timedelta(hours=24)

#: Nothing of the message can have left.
_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    Unreachable,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the far end said to a POST."""

    status: int
    #: At most 64 KB of it.
    body: bytes
    retry_after: timedelta | None = None

    @property
    def text(self) -> str:
        """Its first characters, for the receipt."""
        return self.body[:400].decode("utf-8", "replace")


def post(
    accounts: Accounts,
    url: str,
    *,
    body: bytes,
    headers: dict[str, str],
    secrets: tuple[str, ...],
    total: timedelta = TOTAL,
) -> Answer | Outcome:
    """Post once: the answer whatever its status, or the outcome when none came.

    An outcome is TEMPORARY when nothing can have left, UNKNOWN when the message was on its way.
    """
    dialogue = Dialogue()
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        dialogue.begin(seconds=total.total_seconds(), own=(host_key(parts.hostname or ""), port))
        return _exchange(accounts, url, body=body, headers=headers, dialogue=dialogue)
    except AddressRefused as error:
        return Outcome(result=Result.PERMANENT, detail=redacted(str(error), *secrets), channel_dead=True)
    except (httpx.HTTPError, httpx.InvalidURL, FetchError, OSError, ValueError) as error:
        result = Result.TEMPORARY if isinstance(error, _NOT_SENT) else Result.UNKNOWN
        return Outcome(result=result, detail=redacted(_said(error), *secrets))


def _exchange(accounts: Accounts, url: str, *, body: bytes, headers: dict[str, str], dialogue: Dialogue) -> Answer:
    transport = checked_transport(accounts.dialler, ssl_context=accounts.ssl_context, dialogue=dialogue)
    asked = {"User-Agent": accounts.user_agent, "Accept-Encoding": "identity", **headers}
    with (
        httpx.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=10) as client,
        client.stream("POST", url, content=body, headers=asked) as response,
    ):
        return Answer(
            status=response.status_code,
            body=_read(response),
            retry_after=_retry_after(response.headers.get("Retry-After", "")),
        )


def _read(response: httpx.Response) -> bytes:
    """The raw body up to the limit; the status has been heard, so that a cut here is no failure."""
    body = b""
    try:
        for chunk in response.iter_raw():
            body += chunk
            if len(body) >= ANSWER:
                break
    except (httpx.HTTPError, OSError):
        pass
    return body[:ANSWER]


def _retry_after(value: str) -> timedelta | None:
    """Seconds only: the services we post to send no dates."""
    if not re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return None
    return min(timedelta(seconds=int(value)), _LONGEST)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def refused_url(url: str, *, allow_private: tuple[str, ...] = ()) -> str:
    """Why nothing may be posted to this URL ("" = it may): https, or http to an allowed private host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "this is not a web address"
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "write an address that begins with https://"
    if parts.username is not None or parts.password is not None:
        return "an address with a user or a password in it is not posted to"
    if parts.scheme == "http" and not allowed(parts.hostname, port or 80, allow_private):
        return "write https://: the message and the secret would travel in clear"
    return ""


def allowed(host: str, port: int, allow_private: tuple[str, ...]) -> bool:
    """Whether the operator's list opens this host or numeric address at this port."""
    opened = allow_list(allow_private)
    if (host_key(host), port) in opened.hosts:
        return True
    try:
        address = ip_address(host_key(host))
    except ValueError:
        return False
    return any(address in network for network in opened.networks)
