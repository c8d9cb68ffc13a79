"""A stream of posts: only what concerns a client is kept, the cursor goes on, a cut loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.sync.server import ServerConnection
from websockets.sync.server import serve as serve_stream

from kit_house import Town, open_town
from sources.exam import bluesky_stream as sheet
from sources.exam.bluesky_stream import event
from veille.pipeline.poll import poll
from veille.sources.bluesky_stream import decode

CLIENT = "name: Floréal\nmark: FL\nwatches:\n  - {id: floreal, query: Floréal}\nsources:\n"
#: Just before the town's noon, in microseconds.
TIME = 1_802_429_999_000_000


@contextmanager
def jetstream(frames: list[bytes]) -> Iterator[tuple[int, list[str]]]:
    """A look-alike that replays what came after the cursor, then breaks off; the cursors it was asked for."""
    asked: list[str] = []

    def speak(connection: ServerConnection) -> None:
        assert connection.request is not None
        cursor = parse_qs(urlsplit(connection.request.path).query).get("cursor", ["0"])[0]
        asked.append(cursor)
        for number, frame in enumerate(frames):
            if TIME + number > int(cursor):
                connection.send(frame)

    with serve_stream(speak, "127.0.0.1", 0) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.socket.getsockname()[1], asked
        server.shutdown()
        thread.join(5)


@contextmanager
def town_of(folder: Path, port: int) -> Iterator[Town]:
    source = f"  - {{id: b, kind: bluesky_stream, url: 'ws://127.0.0.1:{port}'}}\n"
    with open_town(folder, clients={"floreal": CLIENT + source}, allow=[f"127.0.0.1:{port}"]) as town:
        yield town


def test_what_flows_is_kept_when_it_concerns_a_client_and_the_cursor_goes_on(tmp_path: Path) -> None:
    """Four posts, two of them about the brand; the second turn asks for what came after."""
    frames = [
        event(0, text="rien", time=TIME),
        event(1, time=TIME),
        b"{",
        event(3, time=TIME),
        event(4, text="rien", time=TIME),
    ]
    with jetstream(frames) as (port, asked), town_of(tmp_path, port) as town:
        for _ in range(2):
            poll(town.house)
            town.clock.pass_(minutes=2)
        assert [m.entry.text for m in town.mentioned()] == ["Floréal, message 1", "Floréal, message 3"]
        assert asked == ["0", str(TIME + 4)]
        assert [e.error for e in town.polled()] == ["", ""]


def test_a_stream_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    """And is asked again later."""
    with jetstream([]) as (port, _):
        pass
    with town_of(tmp_path, port) as town:
        poll(town.house)
        assert "refused" in town.polled()[0].error


OTHERS = {
    "an identity event": b'{"did": "did:plc:a", "time_us": 5, "kind": "identity"}',
    "a like": b'{"time_us": 5, "kind": "commit", "commit": {"operation": "create", "collection": "app.bsky.like"}}',
    "a deletion": b'{"time_us": 5, "kind": "commit", "commit": {"operation": "delete", "rkey": "3k1"}}',
}


@pytest.mark.parametrize("frame", OTHERS.values(), ids=OTHERS)
def test_what_is_no_new_post_only_moves_the_cursor(frame: bytes) -> None:
    """Nothing is made of it."""
    page = decode(sheet.SOURCE, frame)
    assert (page.entries, page.broken, page.cursor) == ((), 0, "5")
