"""Which addresses may be dialled, and what the allow list opens."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.text.address import Kind, allow_list, host_key, kind_of, refusal

KINDS = [
    ("93.184.216.34", Kind.PUBLIC),
    ("8.8.8.8", Kind.PUBLIC),
    ("2a00:1450:4007:80e::200e", Kind.PUBLIC),
    ("10.0.0.1", Kind.PRIVATE),
    ("172.16.0.1", Kind.PRIVATE),
    ("172.31.255.255", Kind.PRIVATE),
    ("172.32.0.1", Kind.PUBLIC),
    ("192.168.1.1", Kind.PRIVATE),
    ("100.64.0.1", Kind.PRIVATE),
    ("100.127.255.255", Kind.PRIVATE),
    ("100.128.0.1", Kind.PUBLIC),
    ("198.18.0.1", Kind.PRIVATE),
    ("fd12:3456::1", Kind.PRIVATE),
    ("127.0.0.1", Kind.LOOPBACK),
    ("127.255.255.254", Kind.LOOPBACK),
    ("::1", Kind.LOOPBACK),
    ("::ffff:127.0.0.1", Kind.LOOPBACK),
    ("::ffff:10.1.2.3", Kind.PRIVATE),
    ("::ffff:93.184.216.34", Kind.PUBLIC),
    ("169.254.1.1", Kind.LINK_LOCAL),
    ("fe80::1", Kind.LINK_LOCAL),
    ("fe80::1%eth0", Kind.LINK_LOCAL),
    ("169.254.169.254", Kind.METADATA),
    ("::ffff:169.254.169.254", Kind.METADATA),
    ("100.100.100.200", Kind.METADATA),
    ("168.63.129.16", Kind.METADATA),
    ("fd00:ec2::254", Kind.METADATA),
    ("64:ff9b::7f00:1", Kind.TRANSLATED),
    ("64:ff9b::8.8.8.8", Kind.TRANSLATED),
    ("64:ff9b:1::a00:1", Kind.TRANSLATED),
    ("2002:7f00:1::", Kind.TRANSLATED),
    ("2001:0:4136:e378:8000:63bf:3fff:fdd2", Kind.TRANSLATED),
    ("::127.0.0.1", Kind.TRANSLATED),
    ("0.0.0.0", Kind.RESERVED),
    ("::", Kind.RESERVED),
    ("224.0.0.1", Kind.RESERVED),
    ("ff02::1", Kind.RESERVED),
    ("240.0.0.1", Kind.RESERVED),
    ("255.255.255.255", Kind.RESERVED),
    ("192.0.2.1", Kind.RESERVED),
    ("2001:db8::1", Kind.RESERVED),
    ("4000::1", Kind.RESERVED),
]


@pytest.mark.parametrize(("ip", "kind"), KINDS, ids=[row[0] for row in KINDS])
def test_each_address_has_its_kind(ip: str, kind: Kind) -> None:
    assert kind_of(ip) is kind
    assert bool(refusal(ip, 80)) is (kind is not Kind.PUBLIC)


OPENED = [
    ("a CIDR opens its private addresses", "10.2.3.4", 80, "", ("10.2.0.0/16",), True),
    ("a CIDR opens nothing beside it", "10.3.0.1", 80, "", ("10.2.0.0/16",), False),
    ("a CIDR does not open loopback", "127.0.0.1", 80, "", ("127.0.0.0/8",), False),
    ("even a CIDR of everything does not open loopback", "127.0.0.1", 80, "", ("0.0.0.0/0",), False),
    ("a CIDR does not open link-local", "169.254.1.1", 80, "", ("169.254.0.0/16",), False),
    ("a CIDR opens an IPv4-mapped private address", "::ffff:10.2.3.4", 80, "", ("10.2.0.0/16",), True),
    ("a CIDR of IPv6", "fd12::5", 80, "", ("fd12::/32",), True),
    ("address and port open loopback", "127.0.0.1", 8080, "", ("127.0.0.1:8080",), True),
    ("another port stays closed", "127.0.0.1", 8081, "", ("127.0.0.1:8080",), False),
    ("IPv6 address and port", "::1", 8080, "", ("[::1]:8080",), True),
    ("a mapped address is its IPv4", "::ffff:127.0.0.1", 8080, "", ("127.0.0.1:8080",), True),
    ("name and port open what the name has", "10.9.9.9", 8080, "forum.corp", ("forum.corp:8080",), True),
    ("name in capitals with a final dot", "10.9.9.9", 8080, "Forum.Corp.", ("forum.corp:8080",), True),
    (
        "another name at the same address stays closed",
        "10.9.9.9",
        8080,
        "evil.test",
        ("forum.corp:8080",),
        False,
    ),
    ("name and port open loopback", "127.0.0.1", 80, "localhost", ("localhost:80",), True),
    ("nothing opens metadata, by name", "169.254.169.254", 80, "meta.corp", ("meta.corp:80",), False),
    ("nothing opens metadata, by address", "169.254.169.254", 80, "", ("169.254.169.254:80",), False),
    ("nothing opens a translated address", "64:ff9b::a00:1", 80, "", ("64:ff9b::/96",), False),
    ("nothing opens the unspecified address", "0.0.0.0", 80, "", ("0.0.0.0:80", "0.0.0.0/0"), False),
]


@pytest.mark.parametrize(
    ("ip", "port", "name", "entries", "opens"), [row[1:] for row in OPENED], ids=[row[0] for row in OPENED]
)
def test_the_allow_list_opens(ip: str, port: int, name: str, entries: tuple[str, ...], opens: bool) -> None:
    why = refusal(ip, port, name=name, allowed=allow_list(entries))
    assert (why == "") is opens
    assert opens or why.startswith("private address, not in allow list")


@pytest.mark.parametrize(
    "entry",
    [
        "forum.corp",
        "forum.corp:",
        "forum.corp:0",
        "forum.corp:70000",
        ":80",
        "::1:80",
        "10.2.0.1/16",
        "x/y",
        "",
        "a:²",
    ],
)
def test_an_entry_that_means_nothing_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        allow_list((entry,))


def test_hosts_are_compared_in_one_form() -> None:
    assert host_key("EXAMPLE.org.") == host_key("example.org")
    assert host_key("[0:0:0:0:0:0:0:1]") == "::1"
    assert host_key("::ffff:10.0.0.1") == "10.0.0.1"


@settings(max_examples=200, deadline=None)
@given(st.ip_addresses())
def test_what_python_calls_private_is_never_public(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    held = getattr(ip, "ipv4_mapped", None) or ip
    if held.is_private or held.is_multicast or held.is_reserved or held.is_loopback or held.is_link_local:
        assert kind_of(str(ip)) is not Kind.PUBLIC
