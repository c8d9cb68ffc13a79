"""A fetcher for servers of the tests, and short ways to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kit_http import Server, authority, trusting
from veille.errors import FetchError
from veille.fetch.client import Fetcher
from veille.model.exchange import FetchPolicy, NotModified, Request, Response

MB = 1_000_000
HEAD = b"HTTP/1.1 200 OK\r\n"


def fetcher(*servers: Server, seconds: float = 5.0, per_host: int = 2, max_body: int = MB) -> Fetcher:
    policy = FetchPolicy(
        user_agent="veille-test (+ops@example.org)",
        allow_private=tuple(server.place for server in servers),
        deadline=timedelta(seconds=seconds),
        max_body=max_body,
        per_host=per_host,
    )
    return Fetcher(policy, ssl_context=trusting(authority()))


def ask(server: Server, path: str = "/", **request: str) -> Response | NotModified:
    client = fetcher(server)
    try:
        return client.fetch(Request(url=server.url(path), **request))
    finally:
        client.close()


def whole(found: Response | NotModified) -> Response:
    assert isinstance(found, Response)
    return found


def failure(server: Server, *, seconds: float = 5.0, path: str = "/") -> FetchError:
    client = fetcher(server, seconds=seconds)
    try:
        with pytest.raises(FetchError) as caught:
            client.fetch(Request(url=server.url(path)))
        return caught.value
    finally:
        client.close()
