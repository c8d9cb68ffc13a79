"""Bytes of any declared encoding into clean UTF-8 that an XML parser cannot choke on. Never raises.

One illegal character reference (`&#xD800;`, 20,000 digits) in one item makes feedparser refuse the whole
feed; an unknown or hostile encoding name makes it raise. Both are settled here, before it sees anything.
"""

from __future__ import annotations

import codecs
import re

#: Declared encodings that are no character sets of documents, or that a page can attack with.
_REFUSED = frozenset(
    (
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "utf_7",
        "mbcs",
        "oem",
        "charmap",
    )
)
#: Marks at the start of a document, and what they tell (XML 1.0, appendix F).
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
#: Encodings of which the bytes look like ASCII until a shift.
_SHIFTING = ("iso2022", "iso_2022", "hz")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_PROLOG = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""", re.IGNORECASE)
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*?>")
#: C1 controls are bytes of Windows-1252 that a careless program took for Latin-1.
_C1 = re.compile("[\x80-\x9f]")
_C1_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_C1_MEANING = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_REFERENCE = re.compile(rb"&#(?:0*([0-9]+)|[xX]0*([0-9a-fA-F]+));?")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def to_utf8(body: bytes, content_type: str = "") -> bytes:
    """The document in UTF-8, without its XML declaration, control characters and illegal references."""
    document = body if _is_plain_utf8(body) else decode(body, content_type).encode("utf-8", "replace")
    document = _DECLARATION.sub(b"", document.translate(None, _CONTROLS), count=1)
    for mark in _NONCHARACTERS:
        document = document.replace(mark, b"")
    return _REFERENCE.sub(_legal, document) if b"&#" in document else document


def decode(body: bytes, content_type: str = "") -> str:
    """The characters of a document. What it says of its encoding is believed when its bytes agree."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace").lstrip("\ufeff")
    text = _strict(body, "utf-8") if not body.isascii() else ""
    declared = "" if text else _declared(body, content_type)
    if body.isascii() and not declared.startswith(_SHIFTING):
        return body.decode("ascii")
    text = text or _strict(body, declared) or _damaged_utf8(body) or body.decode("cp1252", "replace")
    return _C1.sub(lambda match: _C1_MEANING[ord(match[0])], text) if _C1.search(text) else text


def _is_plain_utf8(body: bytes) -> bool:
    """Whether the bytes can stay as they are: valid, without a mark and without C1 controls."""
    if body.isascii() or body.startswith(tuple(mark for mark, _ in _MARKS)) or _C1_BYTES.search(body):
        return False
    return bool(_strict(body, "utf-8"))


def _declared(body: bytes, content_type: str) -> str:
    """The encoding that the header, else the prolog, names, as Python calls it ("" = none that is one)."""
    prolog = _PROLOG.match(body[:512])
    names = [match[1] for match in (_CHARSET.search(content_type),) if match]
    for name in [*names, prolog[1].decode("ascii") if prolog else ""]:
        try:
            found = codecs.lookup(name).name.replace("-", "_") if name else ""
        except (LookupError, ValueError):
            continue
        if found and found not in _REFUSED:
            return "gb18030" if found == "gb2312" else found
    return ""


def _strict(body: bytes, encoding: str) -> str:
    try:
        return body.decode(encoding) if encoding else ""
    except (LookupError, ValueError):  # a codec of bytes ("zlib") is a LookupError, a wrong byte a ValueError
        return ""


def _damaged_utf8(body: bytes) -> str:
    """UTF-8 with a few broken bytes (a title cut in the middle of a letter), else ""."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = len(body) - len(text.encode("ascii", "ignore"))
    return text if letters > 10 * broken else ""


def _legal(reference: re.Match[bytes]) -> bytes:
    """The reference itself when XML allows its character, a replacement otherwise."""
    digits, base = (reference[1], 10) if reference[1] else (reference[2], 16)
    code = int(digits, base) if len(digits) < 8 else 0x110000
    if code < 32 and code not in (9, 10, 13):
        return b""
    if 0x80 <= code < 0xA0:
        return _C1_MEANING[code].encode()
    if 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF) or code > 0x10FFFF:
        return b"\xef\xbf\xbd"
    return reference[0]
