"""An author and an account of the settings: the same, in whatever form a network writes it."""

from __future__ import annotations

import pytest

from veille.text.accounts import is_account

SAME = {
    "an at sign here": ("@floreal", "x.com", "floreal"),
    "an at sign there": ("floreal", "instagram.com", "@Floreal"),
    "a name on its server": ("@floreal@mamot.example", "mamot.example", "@floreal@mamot.example"),
    "a name whose server only the link says": ("@floreal", "mamot.example", "floreal@mamot.example"),
    "a handle of Bluesky": ("floreal.bsky.social", "bsky.app", "@floreal.bsky.social"),
    "a user of Reddit": ("floreal_sav", "reddit.com", "u/Floreal_SAV"),
    "the name of a page, spaces apart": ("Floréal\u00a0Nantes ", "facebook.com", "floréal nantes"),
    "decomposed accents": ("Flore\u0301al", "facebook.com", "Floréal"),
}
OTHERS = {
    "nobody": ("", "facebook.com", ""),
    "a name that begins alike": ("floreal_victimes", "x.com", "floreal"),
    "the same name on another server": ("@floreal", "evil.example", "floreal@mamot.example"),
    "the same name, another server said": (
        "@floreal@evil.example",
        "mamot.example.evil.example",
        "floreal@mamot.example",
    ),
    "a handle under another domain": ("floreal.evil.example", "bsky.app", "floreal.bsky.social"),
}


@pytest.mark.parametrize(("author", "site", "account"), SAME.values(), ids=SAME)
def test_the_same(author: str, site: str, account: str) -> None:
    assert is_account(author, site, account)


@pytest.mark.parametrize(("author", "site", "account"), OTHERS.values(), ids=OTHERS)
def test_others(author: str, site: str, account: str) -> None:
    assert not is_account(author, site, account)
