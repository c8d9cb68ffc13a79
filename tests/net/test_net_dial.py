"""Every connection goes to the very address that was checked, and to no private one by accident."""

from __future__ import annotations

import socket
from threading import Event
from time import monotonic

import httpx
import pytest

from kit_dial import World
from kit_http import answer, authority, hang, redirect, serve, trusting
from veille.errors import AddressRefused, DeadlineExceeded, FetchError, Unreachable
from veille.net.dial import Dialler, checked_transport
from veille.net.stream import Dialogue

PUBLIC, OTHER = "93.184.216.34", "93.184.216.35"

REFUSED = [
    ("loopback", "127.0.0.1"),
    ("the whole of 127/8", "127.9.9.9"),
    ("zero", "0"),
    ("decimal", "2130706433"),
    ("hexadecimal", "0x7f000001"),
    ("octal", "0177.0.0.1"),
    ("short form", "127.1"),
    ("mixed bases", "0x7f.1"),
    ("unspecified", "0.0.0.0"),
    ("IPv6 loopback", "::1"),
    ("IPv4-mapped", "::ffff:127.0.0.1"),
    ("IPv4-mapped in hexadecimal", "::ffff:7f00:1"),
    ("NAT64", "64:ff9b::7f00:1"),
    ("6to4", "2002:7f00:1::"),
    ("metadata", "169.254.169.254"),
    ("metadata in decimal", "2852039166"),
    ("carrier-grade NAT", "100.64.0.1"),
    ("company network", "10.0.0.1"),
    ("multicast", "224.0.0.1"),
]


@pytest.mark.parametrize("host", [row[1] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_an_address_that_is_not_public_is_refused_in_any_clothes(host: str) -> None:
    world = World({})
    with pytest.raises(AddressRefused, match="private address, not in allow list"):
        world.dialler().connect(host, 80, timeout=1)
    assert world.dialled == []


ANSWERS = [
    ("public and private", (PUBLIC, "10.0.0.1"), (), "private address, not in allow list"),
    ("private and public", ("10.0.0.1", PUBLIC), (), "private address, not in allow list"),
    ("public and IPv6 loopback", (PUBLIC, "::1"), (), "private address, not in allow list"),
    ("public and an allowed private", (PUBLIC, "10.0.0.1"), ("10.0.0.0/8",), "both public and private"),
    ("allowed and not allowed", ("10.0.0.1", "10.9.0.1"), ("10.0.0.0/16",), "not in allow list"),
    ("none", (), (), "no address"),
]


@pytest.mark.parametrize(("ips", "allowed", "why"), [row[1:] for row in ANSWERS], ids=[row[0] for row in ANSWERS])
def test_every_answer_of_the_resolver_counts(ips: tuple[str, ...], allowed: tuple[str, ...], why: str) -> None:
    world = World({"forum.test": ips})
    with pytest.raises(FetchError, match=why):
        world.dialler(*allowed).connect("forum.test", 80, timeout=1)
    assert world.dialled == []


def test_the_address_dialled_is_the_one_checked_and_the_name_is_asked_once() -> None:
    with serve(answer()) as server:
        world = World({"forum.test": (PUBLIC, OTHER)})
        world.dialler().connect("forum.test", server.port, timeout=1).close()
    assert world.dialled == [PUBLIC]
    assert world.looked_up == ["forum.test"]


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with serve(answer()) as server:
        world = World({"forum.test": (PUBLIC, OTHER)})
        closed = socket.create_server(("127.0.0.1", 0))
        closed_port = closed.getsockname()[1]
        closed.close()

        def dial(address: tuple[int, tuple[object, ...]], timeout: float) -> socket.socket:
            port = closed_port if address[1][0] == PUBLIC else server.port
            return world.dial((address[0], (address[1][0], port)), timeout)

        Dialler(resolve=world.resolve, dial=dial).connect("forum.test", 80, timeout=1).close()
    assert world.dialled == [PUBLIC, OTHER]


def test_the_allow_list_reaches_private_hosts_but_no_redirect_does() -> None:
    with serve(answer()) as server:
        dialler = Dialler((server.place,))
        dialler.connect("127.0.0.1", server.port, timeout=1).close()
        with pytest.raises(AddressRefused, match="redirect"):
            dialler.connect("127.0.0.1", server.port, timeout=1, redirected=True)


def test_what_the_operator_trusts_needs_no_allow_list() -> None:
    with serve(answer()) as server:
        Dialler().connect("127.0.0.1", server.port, timeout=1, trusted=True).close()


def test_a_port_nobody_listens_on_is_unreachable() -> None:
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()
    with pytest.raises(Unreachable, match="refused"):
        Dialler().connect("127.0.0.1", port, timeout=1, trusted=True)


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")])
def test_a_name_that_does_not_resolve_is_unreachable(error: Exception) -> None:
    def fail(*_: object, **__: object) -> list[tuple[object, ...]]:
        raise error

    with pytest.raises(Unreachable, match="cannot be resolved"):
        Dialler(resolve=fail).connect("forum.test", 80, timeout=1)


def test_a_resolver_that_never_answers_does_not_hold_the_caller() -> None:
    end = Event()

    def wait(*_: object, **__: object) -> list[tuple[object, ...]]:
        end.wait(5)
        return []

    start = monotonic()
    with pytest.raises(DeadlineExceeded, match="resolved in time"):
        Dialler(resolve=wait).connect("forum.test", 80, timeout=0.1)
    assert monotonic() - start < 1
    end.set()


def test_an_httpx_client_over_the_checked_transport_dials_nothing_private() -> None:
    with serve(answer()) as server:
        transport = checked_transport(Dialler(), ssl_context=trusting(authority()))
        with httpx.Client(transport=transport, trust_env=False) as client, pytest.raises(AddressRefused):
            client.get(server.url())
        assert server.connections == 0


def test_a_redirect_that_httpx_follows_by_itself_is_checked_too() -> None:
    with serve(lambda asked: redirect("http://169.254.169.254/latest/")) as server:
        transport = checked_transport(Dialler((server.place,)), ssl_context=trusting(authority()))
        with (
            httpx.Client(transport=transport, trust_env=False, follow_redirects=True) as client,
            pytest.raises(AddressRefused),
        ):
            client.get(server.url())


def test_posting_over_tls_to_a_checked_address() -> None:
    with serve(answer(200, b"ok"), tls=authority(), names=("hook.test",)) as server:
        world = World({"hook.test": (PUBLIC,)})
        transport = checked_transport(world.dialler(), ssl_context=trusting(authority()))
        with httpx.Client(transport=transport, trust_env=False) as client:
            assert client.post(server.url("/in", host="hook.test"), content=b"hello").text == "ok"
    assert server.asked[0].body == b"hello"


def test_errors_of_the_connection_are_httpx_errors() -> None:
    closed = socket.create_server(("127.0.0.1", 0))
    port = closed.getsockname()[1]
    closed.close()
    transport = checked_transport(Dialler((f"127.0.0.1:{port}",)), ssl_context=trusting(authority()))
    with httpx.Client(transport=transport) as client, pytest.raises(httpx.ConnectError, match="refused"):
        client.get(f"http://127.0.0.1:{port}/")
    with serve(hang()) as server:
        transport = checked_transport(Dialler((server.place,)), ssl_context=trusting(authority()))
        with httpx.Client(transport=transport, timeout=0.1) as client, pytest.raises(httpx.ReadTimeout):
            client.get(server.url())


def test_a_dialogue_ends_when_its_time_is_over() -> None:
    dialogue = Dialogue()
    assert dialogue.left() is None
    assert dialogue.left(3.0) == 3.0
    dialogue.begin(seconds=10, own=("forum.test", 80))
    assert 9 < (dialogue.left() or 0) <= 10
    assert dialogue.left(3.0) == 3.0
    assert dialogue.named("forum.test", 80)
    assert not dialogue.named("forum.test", 81)
    dialogue.begin(seconds=0, own=("forum.test", 80))
    with pytest.raises(TimeoutError):
        dialogue.left()
