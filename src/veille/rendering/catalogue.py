"""The sentences of the interface in each language: gettext catalogues read from .po files, in memory.

Message ids are the English sentences. Values are put in by name after translation, so that no text from the
web is ever read as a template. French typography (no-break spaces) is added to our sentences here, once, and
never to quoted text.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("fr", "en")
_FALLBACK = "en"
_NO_BREAK, _NARROW = "\u00a0", "\u202f"


def later(msgid: str) -> str:
    """Mark a sentence of a table for the catalogue; it is said later."""
    return msgid


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences of one language."""

    language: str
    translations: gettext.NullTranslations

    def say(self, msgid: str, /, **values: object) -> str:
        """Return the sentence in this language with `values` in their places."""
        return self.translations.gettext(msgid).format(**values)

    def count(self, singular: str, plural: str, number: int, /, **values: object) -> str:
        """Return the sentence in the form that `number` asks for; the sentence names it `{n}`."""
        return self.translations.ngettext(singular, plural, number).format(**values)


def read_catalogue(language: str, *, package: str = "veille.rendering") -> Catalogue:
    """Read the .po file that a package ships for one language. Raises FileNotFoundError when it has none."""
    source = files(package).joinpath("locale", language, "LC_MESSAGES", "veille.po")
    catalog = read_po(BytesIO(source.read_bytes()), locale=language)
    if language == "fr":
        _set_spaces(catalog)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Catalogue(language, gettext.GNUTranslations(compiled))


def shipped(language: str) -> str:
    """Return the language to speak when `language` is asked for ("fr-CA" is French, "de" is English)."""
    primary = language.lower().partition("-")[0].partition("_")[0]
    return primary if primary in LANGUAGES else _FALLBACK


def french(text: str) -> str:
    """Put the no-break spaces that French wants before : ; ? ! and inside « »."""
    text = text.replace("« ", "«" + _NO_BREAK).replace(" »", _NO_BREAK + "»").replace(" :", _NO_BREAK + ":")
    return re.sub(" ([;?!])", _NARROW + r"\1", text)


def _set_spaces(catalog: Catalog) -> None:
    for message in catalog:
        if message.id and isinstance(message.string, str):
            message.string = french(message.string)
        elif message.id and message.string:
            message.string = tuple(french(form) for form in message.string)
