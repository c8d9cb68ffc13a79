"""Groups of addresses, of one publication or of several: addresses.txt, kept beside the bench that counts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.text.url import canonical, host

FILE = Path(__file__).parent / "addresses.txt"


def groups() -> list[tuple[str, list[str]]]:
    """(heading, addresses); a heading begins with "=" for one publication and "!" for several."""
    found: list[tuple[str, list[str]]] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(("= ", "! ")):
            found.append((line, []))
        elif line and not line.startswith("#"):
            found[-1][1].append(line)
    return found


ONE = [pytest.param(addresses, id=name[2:]) for name, addresses in groups() if name[0] == "="]
SEVERAL = [pytest.param(addresses, id=name[2:]) for name, addresses in groups() if name[0] == "!"]
EVERY = [address for _, addresses in groups() for address in addresses]


@pytest.mark.parametrize("addresses", ONE)
def test_all_addresses_of_one_publication_have_one_form(addresses: list[str]) -> None:
    assert {canonical(address) for address in addresses} == {canonical(addresses[0])}


@pytest.mark.parametrize("addresses", SEVERAL)
def test_addresses_of_several_publications_stay_apart(addresses: list[str]) -> None:
    assert len({canonical(address) for address in addresses}) == len(addresses)


def test_every_one_form_is_its_own() -> None:
    for address in EVERY:
        once = canonical(address)
        assert canonical(once) == once
        assert host(once)


CUTS = st.tuples(st.sampled_from(EVERY), st.integers(8, 60), st.sampled_from(EVERY), st.integers(0, 60))


@settings(deadline=None, max_examples=200)
@given(CUTS)
def test_addresses_grafted_on_each_other_keep_their_form(cut: tuple[str, int, str, int]) -> None:
    left, here, right, there = cut
    once = canonical(left[:here] + right[there:])
    assert canonical(once) == once


def test_a_comment_called_as_a_view_keeps_its_form() -> None:
    """Once the last word of a post's address named a view of it, its form had another form."""
    once = canonical("https://www.reddit.com/r/france/comments/1abcd2/greve/mobile")
    assert canonical(once) == once
