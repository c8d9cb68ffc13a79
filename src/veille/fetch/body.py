"""Collects a body from raw chunks: never more than the limit, on the wire or decoded."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable

from veille.errors import EncodingRefused, TooLarge

_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15
_GZIP_MAGIC = b"\x1f\x8b"


def encoding_of(header: str) -> str:
    """The one encoding to undo: gzip, deflate, or "" for none. Raises EncodingRefused for all others."""
    names = [name for name in (part.strip().lower() for part in header.split(",")) if name]
    asked = [name.removeprefix("x-") for name in names if name != "identity"]
    if not asked:
        return ""
    if len(asked) > 1 or asked[0] not in ("gzip", "deflate"):
        raise EncodingRefused("content-encoding refused: only gzip or deflate, once")
    return asked[0]


def collect(chunks: Iterable[bytes], *, encoding: str, limit: int, check: Callable[[], object]) -> bytes:
    """The whole decoded body. `check` is called at each chunk and raises when time is up.

    Raises TooLarge past `limit` bytes on the wire or decoded, EncodingRefused when the bytes are not in that
    encoding or end too early.
    """
    take = _Inflater(encoding, limit) if encoding else _Plain()
    parts: list[bytes] = []
    wire = decoded = 0
    for chunk in chunks:
        check()
        wire += len(chunk)
        part = take.feed(chunk)
        decoded += len(part)
        if wire > limit or decoded > limit:
            raise TooLarge(over(limit))
        parts.append(part)
    take.finish(wire)
    return b"".join(parts)


def over(limit: int) -> str:
    """The sentence for a body that is too large."""
    return f"body over {limit / 1_000_000:g} MB"


class _Plain:
    def feed(self, chunk: bytes) -> bytes:
        return chunk

    def finish(self, wire: int) -> None:
        """Whether it is whole, the HTTP layer has seen."""


class _Inflater:
    """Never holds more than `limit` + 1 decoded bytes, whatever the chunk would swell to."""

    def __init__(self, encoding: str, limit: int) -> None:
        self._encoding = encoding
        self._left = limit + 1
        self._head = b""
        self._inflate: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> bytes:
        data, self._head = self._head + chunk, b""
        if self._inflate is None:
            if len(data) < 2:
                self._head = data
                return b""
            self._inflate = zlib.decompressobj(self._window(data))
        try:
            return self._members(data)
        except zlib.error:
            raise EncodingRefused(f"the body is not the {self._encoding} it claims to be") from None

    def finish(self, wire: int) -> None:
        if wire and (self._inflate is None or not self._inflate.eof):
            raise EncodingRefused(f"the {self._encoding} body ends too early")

    def _members(self, data: bytes) -> bytes:
        """gzip allows several members one after the other; what follows the last is padding."""
        assert self._inflate is not None
        out = b""
        while data and self._left > 0:
            if self._inflate.eof:
                if len(data) < 2:
                    self._head = data
                    break
                if not data.startswith(_GZIP_MAGIC):
                    break
                self._inflate = zlib.decompressobj(_GZIP)
            part = self._inflate.decompress(data, self._left)
            self._left -= len(part)
            out += part
            data = self._inflate.unused_data
        return out

    def _window(self, data: bytes) -> int:
        if self._encoding == "gzip":
            return _GZIP
        # "deflate" means zlib (RFC 9110, 8.4.1.2), but some servers send it without the zlib header.
        zlib_header = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
        return _ZLIB if zlib_header else _RAW_DEFLATE
