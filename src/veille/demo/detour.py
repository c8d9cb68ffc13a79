"""The way to the sites of the demo: nothing that it asks leaves this machine."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from veille.model.exchange import NotModified, Request, Response
from veille.pipeline.house import Fetches

#: Where the loopback internet has the sites of the story, by name.
SITES = "/at/"

#: Where the loopback internet itself is.
_HERE = "127.0.0.1"


class Detour:
    """A fetcher for which `https://forum.example/a` is at `WEB/at/forum.example/a`; so is every other site."""

    def __init__(self, fetcher: Fetches, port: int) -> None:
        self._fetcher = fetcher
        self._web = f"http://{_HERE}:{port}"

    def fetch(self, request: Request) -> Response | NotModified:
        """As the fetcher's own."""
        parts = urlsplit(request.url)
        if parts.hostname == _HERE:
            return self._fetcher.fetch(request)
        rest = f"{parts.path}?{parts.query}" if parts.query else parts.path
        return self._fetcher.fetch(replace(request, url=f"{self._web}{SITES}{parts.hostname}{rest}"))

    def close(self) -> None:
        """As the fetcher's own."""
        self._fetcher.close()
