"""A small internet on loopback: every place of the story at its own path, as its service answers, as of the clock.

Every post has its own page too, as long as it is visible.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from veille.demo.detour import SITES
from veille.demo.services import NOTHING, Asked, Said, serve
from veille.demo.story import Story
from veille.model.clock import Clock

#: What the sites ask of robots.
ROBOTS = b"User-agent: *\nDisallow: /admin/\n"

_HTML = "text/html; charset=utf-8"
#: Bytes of a request that are read.
_LARGEST = 100_000


@contextmanager
def internet(story: Story, clock: Clock) -> Iterator[int]:
    """Serves until the end of the block; gives the port."""
    server = _Server(("127.0.0.1", 0), _handler(story, clock))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing of a reader that went away: it does not read the body of a page that is not there."""


def _handler(story: Story, clock: Clock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            self._answer(said(story, clock.now(), self._asked()))

        def do_POST(self) -> None:
            self._answer(said(story, clock.now(), self._asked()))

        def _asked(self) -> Asked:
            path, _, query = self.path.partition("?")
            length = min(int(self.headers.get("Content-Length") or 0), _LARGEST)
            signed = self.headers.get("Authorization") or ""
            return Asked(path=path, query=query, body=self.rfile.read(length), authorization=signed)

        def _answer(self, said: Said) -> None:
            tag = f'"{sha256(said.body).hexdigest()[:16]}"' if said.status == 200 else ""
            unchanged = bool(tag) and self.headers.get("If-None-Match") == tag
            body = b"" if unchanged else said.body
            self.send_response(304 if unchanged else said.status)
            headers = {"Content-Type": said.type, "Content-Length": str(len(body))}
            for name, value in {**headers, "ETag": tag, "Location": said.location}.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing: the daemon's display shows the polls."""

    return Handler


def said(story: Story, now: datetime, asked: Asked) -> Said:
    """What the whole internet answers at that moment."""
    if asked.path.startswith(SITES):
        return _permalink(story, now, asked)
    if asked.path == "/robots.txt":
        return Said(body=ROBOTS)
    name, slash, rest = asked.path.removeprefix("/").partition("/")
    place = story.places.get(name)
    return serve(place, story.shown(name, now), now, replace(asked, path=slash + rest)) if place else NOTHING


def _permalink(story: Story, now: datetime, asked: Asked) -> Said:
    address = asked.path.removeprefix(SITES)
    held = story.page(f"{address}?{asked.query}" if asked.query else address, now)
    if held is None:
        return Said(status=404, type=_HTML, body=b"<p>Cette page n'est pas disponible.</p>")
    title, text = map(escape, held)
    page = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}</p>"
    return Said(type=_HTML, body=page.encode())
