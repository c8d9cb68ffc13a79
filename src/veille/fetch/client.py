"""Asks a source: one guarded HTTP dialogue, redirects included, in one thread, before one deadline."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import cast

import httpx

from veille.errors import BadStatus, FetchError, TooLarge, TooManyRedirects
from veille.fetch.body import collect, encoding_of, over
from veille.fetch.failures import EXPECTED, as_fetch_error
from veille.fetch.headers import content_length, cookies_of, http_date, read_headers, retry_after
from veille.fetch.hops import PERMANENT, REDIRECTS, Hop, Redirect, first_hop, next_hop
from veille.fetch.turns import Turns
from veille.model.exchange import FetchPolicy, NotModified, Request, Response
from veille.net.dial import Dialler, checked_transport
from veille.net.stream import Dialogue
from veille.net.tls import tls_context

#: A body nobody reads is taken off the wire up to this, so that its connection can serve again.
_DRAIN = 16 * 1024
#: Digits of an Age, seconds: three years.
_LONGEST_AGE = 8
#: Ours whatever the connector says.
_RESERVED = frozenset(("accept-encoding", "host"))
#: What a kept connection says when the server closed it just before we wrote.
_STALE = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)

Answer = Response | NotModified | Redirect


@dataclass(frozen=True, slots=True)
class _Line:
    """A transport with its few kept connections, and the dialogue under way on it."""

    transport: httpx.BaseTransport
    dialogue: Dialogue


class Fetcher:
    """Asks sources, from several threads at once. No cookie, no proxy, nothing from the environment.

    Each fetch under way has a small transport of its own, kept for the next one: no two threads share a pool.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        *,
        dialler: Dialler | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._policy = policy
        self._seconds = policy.deadline.total_seconds()
        self._dialler = dialler or Dialler(policy.allow_private)
        self._ssl_context = ssl_context or tls_context()
        self._turns = Turns(policy.per_host)
        self._free: list[_Line] = []
        self._closed = False
        self._usual = (
            (b"User-Agent", policy.user_agent.encode("ascii", "replace")),
            (b"Accept", b"*/*"),
            (b"Accept-Encoding", b"gzip, deflate"),
        )

    def fetch(self, request: Request) -> Response | NotModified:
        """Ask, follow redirects, give the whole answer.

        Raises a FetchError whose sentence holds no address and no secret; nothing else.
        """
        try:
            with self._line() as line:
                return self._follow(first_hop(request), line)
        except FetchError:
            raise
        except EXPECTED as error:
            raise as_fetch_error(error) from error

    def close(self) -> None:
        """Close the connections that are kept; fetches under way end by themselves."""
        self._closed = True
        while self._free:
            self._free.pop().transport.close()

    @contextmanager
    def _line(self) -> Iterator[_Line]:
        try:
            line = self._free.pop()
        except IndexError:
            dialogue = Dialogue()
            line = _Line(checked_transport(self._dialler, ssl_context=self._ssl_context, dialogue=dialogue), dialogue)
        try:
            yield line
        finally:
            if self._closed:
                line.transport.close()
            else:
                self._free.append(line)

    def _follow(self, hop: Hop, line: _Line) -> Response | NotModified:
        # Waiting for a turn is no fault of the source: its deadline starts after.
        with self._turns.at(hop.target.host, timeout=self._seconds):
            line.dialogue.begin(seconds=self._seconds, own=(hop.target.host, hop.target.port))
            answer = self._exchange(hop, line)
        home, cookies = hop.target.host, _set_by(answer)
        moved_to, permanent = "", True
        for _ in range(self._policy.max_redirects):
            if not isinstance(answer, Redirect):
                break
            permanent = permanent and answer.status in PERMANENT
            hop = next_hop(hop, answer)
            moved_to = hop.target.text if permanent else moved_to
            with self._turns.at(hop.target.host, timeout=line.dialogue.left() or 0):
                answer = self._exchange(hop, line)
            cookies |= _set_by(answer) if hop.target.host == home else {}
        if isinstance(answer, Redirect):
            raise TooManyRedirects(f"more than {self._policy.max_redirects} redirects")
        return _whole(answer, moved_to=moved_to, cookies=cookies)

    def _exchange(self, hop: Hop, line: _Line) -> Answer:
        response = self._send(hop, line)
        try:
            return self._answer(hop, response, line.dialogue)
        finally:
            response.close()

    def _send(self, hop: Hop, line: _Line) -> httpx.Response:
        request = httpx.Request(hop.method, hop.target.url, headers=self._headers(hop), content=hop.body or None)
        dials = line.dialogue.dials
        try:
            return line.transport.handle_request(request)
        except _STALE:
            if line.dialogue.dials != dials or hop.method != "GET":
                raise
            return line.transport.handle_request(request)

    def _headers(self, hop: Hop) -> list[tuple[bytes, bytes]]:
        own = [
            (name.encode("ascii"), value.encode("latin-1"))
            for name, value in hop.headers
            if name.lower() not in _RESERVED
        ]
        named = {name.lower() for name, _ in own}
        usual = [header for header in self._usual if header[0].lower() not in named] if own else self._usual
        ours = (
            (b"Authorization", hop.authorization),
            (b"If-None-Match", hop.etag),
            (b"If-Modified-Since", hop.modified),
        )
        return [*usual, *own, *((name, value.encode("latin-1")) for name, value in ours if value)]

    def _answer(self, hop: Hop, response: httpx.Response, dialogue: Dialogue) -> Answer:
        status = response.status_code
        headers = read_headers(response.headers.raw)
        if status == 304 and hop.conditional:
            _drain(response, headers)
            return NotModified(url=hop.target.text)
        if status in REDIRECTS and "location" in headers:
            _drain(response, headers)
            return Redirect(status, headers["location"], cookies_of(response.headers.raw))
        # A part nobody asked for is no answer, and neither is "not modified" to an unconditional question.
        if not 200 <= status < 300 or status == 206:
            raise BadStatus(status, retry_after=_wait(headers))
        return Response(
            url=hop.target.text,
            status=status,
            body=self._body(response, headers, dialogue),
            content_type=headers.get("content-type", ""),
            etag=headers.get("etag", ""),
            modified=headers.get("last-modified", ""),
            server_date=_server_now(headers),
            cookies=cookies_of(response.headers.raw),
        )

    def _body(self, response: httpx.Response, headers: dict[str, str], dialogue: Dialogue) -> bytes:
        limit = self._policy.max_body
        encoding = encoding_of(headers.get("content-encoding", ""))
        if (content_length(headers) or 0) > limit:
            raise TooLarge(over(limit))
        return collect(_chunks(response), encoding=encoding, limit=limit, check=dialogue.left)


def _set_by(answer: Answer) -> dict[str, str]:
    """The cookies of one answer of a dialogue."""
    return {} if isinstance(answer, NotModified) else dict(answer.cookies)


def _whole(answer: Response | NotModified, *, moved_to: str, cookies: dict[str, str]) -> Response | NotModified:
    """The last answer, with what the whole dialogue came to: the cookies are those of the host first asked."""
    if isinstance(answer, NotModified):
        return replace(answer, moved_to=moved_to) if moved_to else answer
    return replace(answer, moved_to=moved_to, cookies=tuple(cookies.items())) if moved_to or cookies else answer


def _chunks(response: httpx.Response) -> Iterable[bytes]:
    """As they come off the wire: httpx's own decoders have no limit."""
    return cast(Iterable[bytes], response.stream)


def _drain(response: httpx.Response, headers: dict[str, str]) -> None:
    """Take a short body nobody wants off the wire; when it is not short, closing costs less."""
    length = 0 if response.status_code == 304 else content_length(headers)
    if length is None or length > _DRAIN:
        return
    with suppress(httpx.HTTPError):
        for _ in _chunks(response):
            pass


def _server_now(headers: dict[str, str]) -> datetime | None:
    """What the server's clock says: a cache keeps the date of its copy, and says its age beside it (RFC 9111, 5.1)."""
    made, age = http_date(headers.get("date", "")), headers.get("age", "").strip()
    if made is None or not (age.isascii() and age.isdigit() and len(age) <= _LONGEST_AGE):
        return made
    try:
        return made + timedelta(seconds=int(age))
    except OverflowError:  # the date is of the year 9999
        return None


def _wait(headers: dict[str, str]) -> timedelta | None:
    """Retry-After, a date counted from the server's own clock when it says it."""
    now = http_date(headers.get("date", "")) or datetime.now(UTC)
    return retry_after(headers.get("retry-after", ""), now=now)
