"""The shape of a source: where to ask, how often, what is found there, and the options of its kind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)

from veille.model.exchange import Source
from veille.model.search import Ask
from veille.model.secret import Secret
from veille.settings.advice import suggestion
from veille.settings.fields import Interval, Line, Slug, context_of, duration, slug
from veille.settings.shape_house import STRICT
from veille.settings.source_address import Asked
from veille.sources.base import kind_of, kinds, refuse
from veille.sources.kind import Kind

Place = Literal["national_press", "press", "blog", "forum", "social", "review", "own_page", "search", "other"]


def _known_kind(kind: str) -> str:
    if kind not in kinds():
        raise ValueError(f"no such kind of source: write one of {', '.join(kinds())}")
    return kind


def _as_text(value: Any) -> Any:
    """Numbers and yes or no are written bare in YAML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


SourceKind = Annotated[str, AfterValidator(_known_kind)]
OptionValue = Annotated[Line, BeforeValidator(_as_text), WithJsonSchema({"type": ["string", "number", "boolean"]})]


class SourceShape(BaseModel):
    """One configured place to ask."""

    model_config = STRICT

    id: Slug | None = Field(None, description="Default: made of the client's id and the host")
    kind: SourceKind = "feed"
    url: Asked | None = Field(None, description="Where to ask; some kinds know their own")
    every: Interval | None = Field(None, description="Least time between two questions; default: 15m, or the kind's")
    at_most: Interval | None = Field(
        None, description="Most time between two questions, of a source that seldom has news; default: 4 times `every`"
    )
    place: Place | None = Field(None, description="Default: other, or the kind's")
    press: Literal["title_link", "whole"] | None = Field(
        None, description="What is kept of the text; default: title_link (a short extract) for the press, else whole"
    )
    take_all: bool = Field(False, description="Everything there concerns the client")
    tags: list[Line] = Field([], max_length=20, description="Words that group sources; folders of `veille export opml`")
    options: dict[Slug, OptionValue] = Field({}, description="Options of the kind")
    _secrets: dict[str, Secret] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _fits_its_kind(self, info: ValidationInfo) -> Self:
        kind = kind_of(self.kind)
        if self.at_most and duration(self.at_most) < (duration(self.every) if self.every else kind.every):
            raise ValueError("`at_most` is shorter than `every`: write the longer time there, or leave it out")
        if not self.url and not kind.url:
            raise ValueError(f"`url` is missing: a source of kind {self.kind} needs an address")
        scheme = urlsplit(self.url or kind.url).scheme
        if scheme not in kind.schemes:
            raise ValueError(f"a source of kind {self.kind} is asked at {' or '.join(kind.schemes)}, not {scheme}")
        self._check_options(kind)
        vault = context_of(info).vault
        for option in kind.options:
            if option.secret and option.name in self.options:
                self._secrets[option.name] = vault.password(self.options[option.name])
        return self

    def _check_options(self, kind: Kind) -> None:
        known = {option.name: option for option in kind.options}
        for name, value in self.options.items():
            if name not in known:
                advice = suggestion(name, tuple(known)) if known else ": this kind has no options"
                raise ValueError(f"unknown option `{name}` of kind {self.kind}{advice}")
            if known[name].choices and value not in known[name].choices:
                raise ValueError(f"option `{name}`: write one of {', '.join(known[name].choices)}")
        for option in kind.options:
            if option.required and option.name not in self.options:
                raise ValueError(f"option `{option.name}` is missing: {option.says}")
        if refused := refuse(self.kind, self.options):
            raise ValueError(refused)

    def values(self, source_id: str, asks: Sequence[tuple[str, Ask | None]]) -> Iterator[Source]:
        """The frozen source; of a search service one for each watch, given with what it can ask.

        A watch of which nothing can be asked has none.
        """
        if not kind_of(self.kind).is_searched(self.options):
            yield self._value(source_id, origin="", ask=None)
            return
        for watch_id, ask in asks:
            if ask is not None:
                own = source_id if len(asks) == 1 else f"{source_id}-{watch_id}"
                yield self._value(own, origin=source_id, ask=ask)

    def _value(self, source_id: str, *, origin: str, ask: Ask | None) -> Source:
        kind = kind_of(self.kind)
        url = self.url or kind.url
        options = tuple(sorted((k, v) for k, v in self.options.items() if k not in self._secrets))
        return Source(
            id=source_id,
            kind=self.kind,
            url=url,
            key=source_key(self.kind, url, tuple(sorted(self.options.items())), ask=ask),
            interval=duration(self.every) if self.every else kind.every,
            at_most=duration(self.at_most) if self.at_most else None,
            title_link=self.press == "title_link" if self.press else None,
            place=self.place or kind.place,
            take_all=self.take_all,
            tags=tuple(self.tags),
            options=options,
            origin=origin,
            ask=ask,
            secrets=tuple(self._secrets.items()),
        )


def source_key(kind: str, url: str, options: tuple[tuple[str, str], ...] = (), *, ask: Ask | None = None) -> str:
    """The same hexadecimal text for all who ask the same thing of the same place, with the same secrets' names."""
    said = [kind, url, sorted(options)] if ask is None else [kind, url, sorted(options), str(ask)]
    return sha256(json.dumps(said).encode()).hexdigest()


def source_ids(sources: Sequence[SourceShape], client_id: str) -> tuple[str, ...]:
    """An id for each: its own, or client and host, numbered from the second on."""
    given = {source.id for source in sources if source.id}
    ids: list[str] = []
    for source in sources:
        place = (urlsplit(source.url).hostname or "").removeprefix("www.") if source.url else source.kind
        base = f"{client_id}-{slug(place or source.kind)}"[:55]
        names = (base if n == 1 else f"{base}-{n}" for n in range(1, len(sources) + 2))
        ids.append(source.id or next(name for name in names if name not in given))
        given.add(ids[-1])
    return tuple(ids)
