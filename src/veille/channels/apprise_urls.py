"""Which apprise addresses are accepted, and what each one dials; read without sending anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from apprise import Apprise, AppriseAsset

from veille.channels.posting import allowed
from veille.channels.vendors import Vendor, schemes, under, vendor
from veille.errors import ChannelError


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Service:
    """One address, understood: apprise's own object for it, and where it connects."""

    vendor: Vendor
    #: A NotifyBase; each service adds attributes of its own (targets, priority, mode).
    plugin: Any
    host: str
    port: int
    options: frozenset[str]


def refused(kind: str, url: str, *, allow_private: tuple[str, ...] = ()) -> str:
    """Why this address is not used for this kind ("" = it is). It may quote a part of it."""
    try:
        target = service(kind, url, asset=AppriseAsset(storage_mode="memory"))
    except ChannelError as error:
        return str(error)
    return _wrong_target(target, allow_private)


def service(kind: str, url: str, *, asset: AppriseAsset) -> Service:
    """The service behind an address. Raises ChannelError when it is not one of the kind's."""
    row, options = _known(kind, url)
    plugin = Apprise.instantiate(url, asset=asset)
    # A native web address is recognised by apprise itself: what came out must be what we know.
    if plugin is None or not set(_protocols(plugin)) & set(row.schemes):
        raise ChannelError(f"{kind}: a part of the address is missing or malformed (see docs/channels.md)")
    host, port = _dials(row, plugin)
    return Service(vendor=row, plugin=plugin, host=host, port=port, options=options)


def _known(kind: str, url: str) -> tuple[Vendor, frozenset[str]]:
    try:
        parts = urlsplit(url.strip())
        options = frozenset(name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True))
        host = parts.netloc.rpartition("@")[2].partition(":")[0]
    except ValueError:
        raise ChannelError(f"{kind}: this is not an address") from None
    row = vendor(kind, parts.scheme.lower(), host)
    if row is None:
        raise ChannelError(f"{kind}: write an address that begins with {' or '.join(schemes(kind))}")
    if strange := sorted(name for name in options if name.lstrip("+-:") not in row.options):
        known = ", ".join(row.options) or "none"
        raise ChannelError(f"{kind}: option {strange[0][:20]!r} is not accepted (accepted here: {known})")
    return row, options


def _protocols(plugin: Any) -> tuple[str, ...]:
    names: list[str] = []
    for value in (plugin.protocol, plugin.secure_protocol):
        names += [value] if isinstance(value, str) else list(value or ())
    return tuple(names)


def _dials(row: Vendor, plugin: Any) -> tuple[str, int]:
    """Host and port that the plugin will post to."""
    if row.schemes[0] == "sinch":
        return f"{plugin.region}.sms.api.sinch.com", 443
    if _own_server(row, plugin) or row.hosts[0].startswith("."):
        return plugin.host, plugin.port or (443 if _encrypted(row, plugin) else 80)
    return row.hosts[0], 443


def _own_server(row: Vendor, plugin: Any) -> bool:
    """Whether the address names a server of one's own: Mattermost always, ntfy in its private mode."""
    return not row.hosts or getattr(plugin, "mode", "") == "private"


def _encrypted(row: Vendor, plugin: Any) -> bool:
    return bool(plugin.secure) or not _own_server(row, plugin)


def _wrong_target(target: Service, allow_private: tuple[str, ...]) -> str:
    row, plugin = target.vendor, target.plugin
    if _own_server(row, plugin):
        if not _encrypted(row, plugin) and not allowed(target.host, target.port, allow_private):
            return f"{row.kind}: write {row.schemes[-1]}://, else the token travels in clear"
    elif not under(target.host, row.hosts):
        return f"{row.kind}: this service is only posted to at {' or '.join(row.hosts)}"
    return _wrong_count(row.kind, plugin)


def _wrong_count(kind: str, plugin: Any) -> str:
    if getattr(plugin, "detect_owner", False):  # Telegram would ask who wrote to the bot last
        return f"{kind}: write the chat's number after the token"
    count = _targets(plugin)
    if count == 1:
        return ""
    # One refused would make the whole delivery fail, and a repeat would double the others.
    return f"{kind}: write exactly one recipient in an address (there are {count})"


def _targets(plugin: Any) -> int:
    for name in ("targets", "topics"):
        found = getattr(plugin, name, None)
        if isinstance(found, list | tuple | set) and found:
            return len(found)
    return len(plugin)
