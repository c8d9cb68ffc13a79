"""The words of the page: complete in both languages, nothing too much."""

from importlib.resources import files
from io import BytesIO

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from veille.rendering.catalogue import LANGUAGES

ROOM = files("veille.replay")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_complete(language: str) -> None:
    found = extract_from_dir(
        str(ROOM), method_map=[("**.py", "python")], keywords={"say": None, "count": (1, 2), "later": None}
    )
    used = {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}
    raw = ROOM.joinpath("locale", language, "LC_MESSAGES", "veille.po").read_bytes()
    said = [message for message in read_po(BytesIO(raw), locale=language, abort_invalid=True) if message.id]
    assert {m.id if isinstance(m.id, str) else m.id[0] for m in said} == used
    assert all(m.string and not m.fuzzy for m in said)
