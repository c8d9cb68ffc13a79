"""Where a source may be asked, as far as its address tells; the address dialled is judged again."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, ValidationInfo, WithJsonSchema

from veille.settings.fields import context_of, web
from veille.settings.secrets import is_reference
from veille.sources.kind import SCHEMES
from veille.text.address import AllowList, allow_list, host_key, refusal

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "imap": 143, "imaps": 993}


def _asked(url: str, info: ValidationInfo) -> str:
    if is_reference(url) and not url.startswith("file:/"):
        raise ValueError("the address of a source holds no secret: write it whole, and the secret as an option")
    if url.startswith("file:///"):
        return url
    web(url, schemes=SCHEMES)
    parts = urlsplit(url)
    if parts.username is not None or parts.password is not None:
        raise ValueError("no user and password in the address of a source: they would be shown")
    private = _private(parts.hostname or "", parts.port or _PORTS[parts.scheme], context_of(info).allow_private)
    if private:
        raise ValueError(private)
    return url


def _private(host: str, port: int, entries: tuple[str, ...]) -> str:
    allowed = allow_list(entries)
    written = f"[{host}]" if ":" in host else host
    opened = f"add `{written}:{port}` to fetch.allow_private in veille.yaml"
    try:
        address = str(ip_address(host.partition("%")[0]))
    except ValueError:
        return _private_name(host, port, allowed, opened)
    refused = refusal(address, port, allowed=allowed)
    return f"{refused}: {opened}" if refused and "never" not in refused else refused


def _private_name(host: str, port: int, allowed: AllowList, opened: str) -> str:
    last = host.rstrip(".").rpartition(".")[2]
    if last.isdigit() or last.startswith("0x"):
        return "a numeric address is written as four numbers such as 192.0.2.1"
    inside = not host.rstrip(".").count(".") or last in ("local", "localhost", "internal", "lan", "home")
    if inside and (host_key(host), port) not in allowed.hosts:
        return f"`{host}` is a name of a private network: {opened}"
    return ""


Asked = Annotated[str, AfterValidator(_asked), WithJsonSchema({"type": "string", "pattern": "^[a-z]+://"})]
