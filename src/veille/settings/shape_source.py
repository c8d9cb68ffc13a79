"""The shape of a source: where to ask, how often, and what is found there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, Field, ValidationInfo, WithJsonSchema

from veille.model.exchange import Source
from veille.settings.fields import Interval, Line, Slug, Web, context_of, duration, slug
from veille.settings.secrets import is_reference
from veille.settings.shape_house import STRICT
from veille.sources.base import kinds
from veille.text.address import AllowList, allow_list, host_key, refusal

Place = Literal["national_press", "press", "blog", "forum", "social", "review", "own_page", "search", "other"]

_PORTS = {"http": 80, "https": 443}


def _known_kind(kind: str) -> str:
    if kind not in kinds():
        raise ValueError(f"no such kind of source: write one of {', '.join(kinds())}")
    return kind


def _asked(url: str, info: ValidationInfo) -> str:
    """An address that may be asked, as far as its text tells; the address dialled is judged again."""
    if is_reference(url):
        raise ValueError("the address of a source holds no secret yet: write it whole, without ${NAME}")
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


SourceKind = Annotated[str, AfterValidator(_known_kind)]
Asked = Annotated[Web, AfterValidator(_asked), WithJsonSchema({"type": "string", "pattern": "^https?://"})]


class SourceShape(BaseModel):
    """One configured place to ask."""

    model_config = STRICT

    id: Slug | None = Field(None, description="Default: made of the client's id and the host")
    kind: SourceKind = "feed"
    url: Asked
    every: Interval = Field("15m", description="Least time between two questions")
    place: Place = "other"
    take_all: bool = Field(False, description="Everything there concerns the client")
    options: dict[Slug, Line] = Field({}, description="Options of the kind")

    def value(self, source_id: str) -> Source:
        """The frozen source."""
        options = tuple(sorted(self.options.items()))
        return Source(
            id=source_id,
            kind=self.kind,
            url=self.url,
            key=source_key(self.kind, self.url, options),
            interval=duration(self.every),
            place=self.place,
            take_all=self.take_all,
            options=options,
        )


def source_key(kind: str, url: str, options: tuple[tuple[str, str], ...] = ()) -> str:
    """The same hexadecimal text for all who ask the same thing of the same place."""
    return sha256(json.dumps([kind, url, sorted(options)]).encode()).hexdigest()


def source_ids(sources: Sequence[SourceShape], client_id: str) -> tuple[str, ...]:
    """An id for each: its own, or client and host, numbered from the second on."""
    given = {source.id for source in sources if source.id}
    ids: list[str] = []
    for source in sources:
        base = f"{client_id}-{slug((urlsplit(source.url).hostname or '').removeprefix('www.'))}"[:55]
        names = (base if n == 1 else f"{base}-{n}" for n in range(1, len(sources) + 2))
        ids.append(source.id or next(name for name in names if name not in given))
        given.add(ids[-1])
    return tuple(ids)
