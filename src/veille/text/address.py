"""Says whether an address may be dialled: public ones may, private ones only when the operator says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class Kind(StrEnum):
    """What an address is for; the value is the word shown to the operator."""

    PUBLIC = "public"
    #: A company's own network: a CIDR or a host:port of the allow list opens it.
    PRIVATE = "private network"
    #: This machine: only an explicit host:port opens it.
    LOOPBACK = "loopback"
    #: What nothing opens.
    LINK_LOCAL = "link-local, never allowed"
    METADATA = "cloud metadata, never allowed"
    TRANSLATED = "IPv4 inside IPv6, never allowed"
    RESERVED = "reserved, never allowed"


# The first network that holds the address decides. Sources: the IANA special-purpose registries (RFC 6890);
# for METADATA the documentation of the clouds: AWS and most others, Alibaba, Azure, Oracle, AWS over IPv6.
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("169.254.169.254/32", Kind.METADATA),
    ("100.100.100.200/32", Kind.METADATA),
    ("168.63.129.16/32", Kind.METADATA),
    ("192.0.0.192/32", Kind.METADATA),
    ("fd00:ec2::/32", Kind.METADATA),
    ("0.0.0.0/8", Kind.RESERVED),
    ("10.0.0.0/8", Kind.PRIVATE),
    ("100.64.0.0/10", Kind.PRIVATE),
    ("127.0.0.0/8", Kind.LOOPBACK),
    ("169.254.0.0/16", Kind.LINK_LOCAL),
    ("172.16.0.0/12", Kind.PRIVATE),
    ("192.0.0.0/24", Kind.RESERVED),
    ("192.0.2.0/24", Kind.RESERVED),
    ("192.88.99.0/24", Kind.RESERVED),
    ("192.168.0.0/16", Kind.PRIVATE),
    ("198.18.0.0/15", Kind.PRIVATE),
    ("198.51.100.0/24", Kind.RESERVED),
    ("203.0.113.0/24", Kind.RESERVED),
    ("224.0.0.0/3", Kind.RESERVED),
    ("0.0.0.0/0", Kind.PUBLIC),
    ("::1/128", Kind.LOOPBACK),
    ("::/128", Kind.RESERVED),
    ("::/96", Kind.TRANSLATED),
    ("64:ff9b::/96", Kind.TRANSLATED),
    ("64:ff9b:1::/48", Kind.TRANSLATED),
    ("2001::/32", Kind.TRANSLATED),
    ("2002::/16", Kind.TRANSLATED),
    ("2001::/23", Kind.RESERVED),
    ("2001:db8::/32", Kind.RESERVED),
    ("3fff::/20", Kind.RESERVED),
    ("2000::/3", Kind.PUBLIC),
    ("fc00::/7", Kind.PRIVATE),
    ("fec0::/10", Kind.PRIVATE),
    ("fe80::/10", Kind.LINK_LOCAL),
    ("::/0", Kind.RESERVED),
)
_NETWORKS: tuple[tuple[Network, Kind], ...] = tuple((ip_network(text), kind) for text, kind in _KINDS)


@dataclass(frozen=True, slots=True)
class AllowList:
    """What the operator opened: exact (host or address, port) pairs, and whole networks."""

    hosts: frozenset[tuple[str, int]] = frozenset()
    networks: tuple[Network, ...] = ()


def allow_list(entries: tuple[str, ...]) -> AllowList:
    """Read `host:port`, `address:port`, `[v6]:port` and CIDR. Raises ValueError that names the wrong one."""
    hosts = frozenset(_host_port(entry) for entry in entries if not _is_network(entry))
    networks = tuple(ip_network(entry.strip()) for entry in entries if _is_network(entry))
    return AllowList(hosts, networks)


@lru_cache(maxsize=4096)
def host_key(name: str) -> str:
    """A host as compared: lower case, without brackets, zone or final dot; addresses in their short form."""
    plain = name.strip().strip("[]").rstrip(".").lower()
    try:
        return str(_unmapped(ip_address(plain.partition("%")[0])))
    except ValueError:
        return plain


@lru_cache(maxsize=4096)
def kind_of(ip: str) -> Kind:
    """What a numeric address is for, an IPv4-mapped one judged as the IPv4 it holds. Raises ValueError."""
    address = _unmapped(ip_address(ip.partition("%")[0]))
    return next(kind for network, kind in _NETWORKS if address in network)


def refusal(ip: str, port: int, *, name: str = "", allowed: AllowList | None = None) -> str:
    """Why this numeric address and port may not be dialled ("" = it may).

    `name` is the host that was asked for: an entry `host:port` opens whatever private address it has.
    Raises ValueError when `ip` is not an address.
    """
    kind = kind_of(ip)
    if kind is Kind.PUBLIC or _opened(kind, ip, port=port, name=name, allowed=allowed or AllowList()):
        return ""
    return f"private address, not in allow list ({kind.value})"


def _opened(kind: Kind, ip: str, *, port: int, name: str, allowed: AllowList) -> bool:
    if kind not in (Kind.PRIVATE, Kind.LOOPBACK):
        return False
    if (host_key(ip), port) in allowed.hosts or (host_key(name), port) in allowed.hosts:
        return True
    address = ip_address(host_key(ip))
    return kind is Kind.PRIVATE and any(address in network for network in allowed.networks)


def _unmapped(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _is_network(entry: str) -> bool:
    return "/" in entry


def _host_port(entry: str) -> tuple[str, int]:
    host, _, port = entry.strip().rpartition(":")
    bare_v6 = ":" in host and not (host.startswith("[") and host.endswith("]"))
    if not host or bare_v6 or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(
            f"{entry!r} is neither host:port, address:port, [address]:port nor a network such as 10.2.0.0/16"
        )
    return host_key(host), int(port)
