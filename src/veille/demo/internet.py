"""A small internet on loopback: every place of the story at its own path, with entity tags, as of the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from veille.demo.formats import serve
from veille.demo.story import Story
from veille.model.clock import Clock


@contextmanager
def internet(story: Story, clock: Clock) -> Iterator[str]:
    """Serves until the end of the block; gives the base address ("http://127.0.0.1:8123")."""
    server = _Server(("127.0.0.1", 0), _handler(story, clock))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False


def _handler(story: Story, clock: Clock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            place = story.places.get(self.path.strip("/"))
            if place is None:
                self._answer(404, "text/plain", b"not here")
                return
            now = clock.now()
            kind, body = serve(place, story.shown(place.id, now), now)
            tag = f'"{sha256(body).hexdigest()[:16]}"'
            unchanged = self.headers.get("If-None-Match") == tag
            self._answer(304 if unchanged else 200, kind, b"" if unchanged else body, tag)

        def _answer(self, status: int, kind: str, body: bytes, tag: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if tag:
                self.send_header("ETag", tag)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Says nothing: the daemon's display shows the polls."""

    return Handler
