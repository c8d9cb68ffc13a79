"""`veille read`: a saved answer of a service, read by its connector: does it still resemble what we know?"""

from __future__ import annotations

import gzip
import io
import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import typer

from veille.bootstrap import open_reader
from veille.cli.exits import Exit
from veille.errors import ReadError
from veille.fetch.worker import Reader
from veille.model.entry import Entry, Page
from veille.model.exchange import PollState, Response, Source
from veille.model.secret import Secret
from veille.settings.advice import suggestion
from veille.sources import base
from veille.sources.kind import Kind, Shape
from veille.text.clean import neutral, one_line

#: Larger than any answer that is read.
_LARGEST = 12_000_000
_WIDTH = 100
#: What relative links stand under where nobody says where an answer came from.
_NOWHERE = "https://site.invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The words of the command, as they were typed."""

    kind: str
    file: Path
    url: str = ""
    step: str = ""
    #: NAME=VALUE each.
    options: tuple[str, ...] = ()
    as_json: bool = False


def read(asked: Asked) -> int:
    """Prints the entries; 1 when the connector finds fault with the answer, 2 when the words are wrong."""
    if trouble := _trouble(asked):
        typer.echo(f"veille: {trouble}", err=True)
        return Exit.WRONG_INPUT
    try:
        body = _content(asked.file)
    except OSError as error:
        typer.echo(f"veille: {asked.file}: {error.strerror or error}", err=True)
        return Exit.WRONG_INPUT
    try:
        with open_reader() as reader:
            page = _page(reader, _source(asked), _unpacked(body), asked.step)
    except ReadError as error:
        if asked.as_json:
            typer.echo(json.dumps({"error": str(error)}, ensure_ascii=False))
        typer.echo(f"veille: {asked.kind}: {error}", err=True)
        return Exit.FAILED
    _show(page, as_json=asked.as_json)
    if any(entry.link.startswith(_NOWHERE) for entry in page.entries):
        typer.echo(f"links of the answer are relative, and shown under {_NOWHERE}: give --url", err=True)
    return Exit.OK


def _trouble(asked: Asked) -> str:
    """What is wrong with the words ("" = nothing)."""
    if asked.kind not in base.kinds():
        return f"no kind of source {asked.kind!r}{suggestion(asked.kind, base.kinds())}"
    known = tuple(option.name for option in base.kind_of(asked.kind).options)
    for written in asked.options:
        name, sign, _ = written.partition("=")
        if not sign:
            return f"--option {written}: write NAME=VALUE"
        if name not in known:
            advice = suggestion(name, known) if known else ": it has none"
            return f"--option {name}: no such option of kind {asked.kind}{advice}"
    return ""


def _content(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read(_LARGEST + 1)
    with file.open("rb") as stream:
        return stream.read(_LARGEST + 1)


def _unpacked(body: bytes) -> bytes:
    """The body as the fetcher would hand it over: an answer saved by `curl` may still be packed. Raises ReadError."""
    if body.startswith(b"\x1f\x8b"):
        try:
            body = gzip.GzipFile(fileobj=io.BytesIO(body)).read(_LARGEST + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise ReadError(f"broken gzip ({type(error).__name__})") from error
    if len(body) > _LARGEST:
        raise ReadError(f"over {_LARGEST // 1_000_000} MB: no answer that is read is so large")
    return body


def _source(asked: Asked) -> Source:
    kind = base.kind_of(asked.kind)
    options = dict(written.split("=", 1) for written in asked.options)
    secret = {option.name for option in kind.options if option.secret}
    return Source(
        id="read",
        kind=asked.kind,
        url=asked.url or kind.url or _NOWHERE,
        key="read",
        place=kind.place,
        options=tuple(sorted((name, value) for name, value in options.items() if name not in secret)),
        secrets=tuple((name, Secret("")) for name in options if name in secret),
    )


def _page(reader: Reader, source: Source, body: bytes, step: str) -> Page:
    """The page that these bytes make; of a stream one frame a line. Raises ReadError."""
    kind = base.kind_of(source.kind)
    if kind.shape is Shape.INBOX:
        return Page(entries=tuple(reader.call(base.read_message, source, body)))
    if kind.shape is Shape.STREAM:
        return _flowed(reader, source, body)
    if refused := _refused(source, kind):
        raise ReadError(refused)
    response = Response(url=source.url, status=200, body=body, step=step)
    return reader.call(base.read_page, source, response, PollState())


def _refused(source: Source, kind: Kind) -> str:
    """Why the options of a page made for people cannot be used: without right selectors nothing is found."""
    return base.refuse(source.kind, dict(source.options)) if kind.robots else ""


def _flowed(reader: Reader, source: Source, body: bytes) -> Page:
    pages = [reader.call(_decoded, source, frame) for frame in _frames(body)]
    if not pages:
        raise ReadError("the file holds no frame")
    entries = tuple(entry for page in pages for entry in page.entries)
    return Page(entries=entries, broken=sum(page.broken for page in pages), empty=sum(page.empty for page in pages))


def _frames(body: bytes) -> Iterator[bytes]:
    """The frames of a file: one JSON value whole, or a list of them, or one a line."""
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError):
        yield from (line for line in body.splitlines() if line.strip())
        return
    for each in value if isinstance(value, list) else [value]:
        yield json.dumps(each).encode()


def _decoded(source: Source, frame: bytes) -> Page:
    return base.stream(source.kind).decode(source, frame)


def _show(page: Page, *, as_json: bool) -> None:
    if as_json:
        for entry in page.entries:
            typer.echo(json.dumps(plain(entry), ensure_ascii=False))
    else:
        for number, entry in enumerate(page.entries, start=1):
            typer.echo(neutral("\n".join(_lines(number, entry))))
    typer.echo(_summary(page), err=as_json)


def plain(entry: Entry) -> Mapping[str, object]:
    """An entry as an object of JSON."""
    return {
        "key": entry.key,
        "title": entry.title,
        "text": entry.text,
        "author": entry.author,
        "link": entry.link,
        "published": entry.published.isoformat() if entry.published else None,
        "rating": entry.rating,
        "site": entry.site,
        "language": entry.language,
        "tags": list(entry.tags),
        "links": list(entry.links),
        "followers": entry.followers,
    }


def _lines(number: int, entry: Entry) -> Iterator[str]:
    yield f"{number}. {one_line(entry.title, _WIDTH) or '(no title)'}"
    unread = f" (not read: {entry.published_raw})" if entry.published_raw and not entry.published else ""
    told = {
        "text": one_line(entry.text, _WIDTH * 3),
        "author": entry.author,
        "link": entry.link,
        "published": f"{entry.published:%Y-%m-%d %H:%M:%S} UTC" if entry.published else f"unknown{unread}",
        "rating": f"{entry.rating:g}" if entry.rating is not None else "",
    }
    yield from (f"   {name:10} {value}" for name, value in told.items() if value)


def _summary(page: Page) -> str:
    counts = {"empty": page.empty, "malformed": page.broken, "repeated": page.repeated}
    left = "".join(f", {count} {name}" for name, count in counts.items() if count)
    then = replace(page.then, body=b"", headers=()) if page.then else None
    asks = f"\nthen it would ask {then.method} {one_line(then.url, 300)}" if then else ""
    return neutral(f"{len(page.entries)} entries{left}{asks}")
