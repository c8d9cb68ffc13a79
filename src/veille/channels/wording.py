"""The one sentence that channels add by themselves: this may be a repeat."""

from __future__ import annotations

_REPEAT = {
    "fr": "Ce message vous est peut-être déjà parvenu : un envoi précédent n'a pas été confirmé.",
    "en": "You may have received this message already: an earlier attempt was not confirmed.",
}


def repeat_note(language: str) -> str:
    """The sentence in that language, English when it is unknown."""
    return _REPEAT.get(language, _REPEAT["en"])
