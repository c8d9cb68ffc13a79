"""The fast path: what is read from the new items alone is exactly what the whole read gives for them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.feeds import item, read, rss
from veille.model.entry import Page
from veille.sources.syndication import items


def whole(body: bytes, after: Page) -> Page:
    """The same poll with the hash of the head forgotten: everything is parsed."""
    memory = items.Memory.decode(after.memory)
    return read(body, after=replace(after, memory=items.Memory(b"", memory.records).encode()))


def expected(body: bytes, before: bytes, first: Page) -> Page:
    """The whole read, without the entries of which the exact bytes were in the page before."""
    full = whole(body, first)
    known = set(items.split(before).items) if items.split(before) else set()  # type: ignore[union-attr]
    now = items.split(body)
    assert now is not None
    kept = tuple(entry for entry, raw in zip(full.entries, now.items, strict=True) if raw not in known)
    return replace(full, entries=kept, unchanged=len(full.entries) - len(kept))


def test_one_new_item_of_twenty_is_read_alone() -> None:
    """The other nineteen are counted, not given; the date of the feed itself may move."""
    dated = "<lastBuildDate>Fri, 20 Nov 2026 1{}:00:00 GMT</lastBuildDate>"
    first = read(rss(*map(item, range(20)), head=dated.format(1)))
    second = read(rss(*map(item, range(-1, 19)), head=dated.format(2)), after=first)
    assert (len(first.entries), first.unchanged) == (20, 0)
    assert ([entry.key for entry in second.entries], second.unchanged, second.found) == (["id--1"], 19, 20)


def test_nothing_new_is_nothing_to_read() -> None:
    """And the title is there still."""
    first = read(rss(*map(item, range(5))))
    second = read(rss(*map(item, range(5)), head="<!-- page made in 0.3 s -->"), after=first)
    assert (second.entries, second.unchanged, second.title) == ((), 5, "Fil")
    assert second.memory == first.memory


WHOLE = {
    "the head changed": (rss(*map(item, range(3)), head="<language>fr</language>"), rss(*map(item, range(3)))),
    "an item with a namespace of its own": (rss(item(1, more='<x:y xmlns:x="urn:x">z</x:y>')),) * 2,
    "a doctype": (rss(item(1), prolog="<!DOCTYPE rss>"),) * 2,
    "an item inside an item": (rss(f"<item><title>a</title>{item(2)}</item>"),) * 2,
    "text between items": (rss(item(1), "texte", item(2)),) * 2,
    "an item twice": (rss(item(1), item(1)),) * 2,
    "an empty item": (rss(item(1), "<item></item>"),) * 2,
    "malformed XML": (rss(item(1), item(2, title="<b>")),) * 2,
    "an unclosed comment": (rss(item(1), head="<!-- "),) * 2,
    "an id that two items share": (rss(item(1, guid="même"), item(2, guid="même")),) * 2,
    "a new item with a known id": (rss(item(1), item(2)), rss(item(3, guid="id-1"), item(1), item(2))),
    "two new items with one id": (rss(item(1)), rss(item(2, guid="même"), item(3, guid="même"), item(1))),
    "entries among items": (rss(item(1), "<entry><title>e</title></entry>"),) * 2,
}


@pytest.mark.parametrize(("before", "body"), WHOLE.values(), ids=WHOLE)
def test_any_doubt_reads_the_whole(before: bytes, body: bytes) -> None:
    """Nothing is skipped, and the page is the one of a whole read."""
    first = read(before)
    second = read(body, after=first)
    assert second.unchanged == 0
    assert second == whole(body, first)


NOT_ITEMS = {
    "in CDATA": item(1, more="<description><![CDATA[<item>no</item> </item>]]></description>"),
    "in a comment": item(1, more="<!-- </item><item> -->"),
    "in an instruction": item(1, more="<?x </item> ?>"),
    "escaped": item(1, more="<description>&lt;item&gt;</description>"),
    "a longer name": item(1, more="<items><itemx>a</itemx></items>"),
}


@pytest.mark.parametrize("odd", NOT_ITEMS.values(), ids=NOT_ITEMS)
def test_what_looks_like_an_item_is_none(odd: str) -> None:
    """Splitting reads what an XML parser reads."""
    parts = items.split(rss(item(0), odd, item(2)))
    assert parts is not None
    assert [part.decode() for part in parts.items] == [text.strip() for text in (item(0), odd, item(2))]
    first = read(rss(item(0), odd))
    assert read(rss(item(2), item(0), odd), after=first).unchanged == 2


def test_splitting_hostile_bytes_is_linear() -> None:
    """Openings that nothing closes."""
    for token in (b"<item>", b"</item>", b"<![CDATA[", b"<!--", b"<?", b"<item></item>x", b"<"):
        assert items.split(token * 100_000) is None


PIECES = st.sampled_from(
    (
        "", "<description>texte &amp; suite</description>", "<description><![CDATA[<p>a</p><p>b</p>]]></description>",
        "<pubDate>Fri, 20 Nov 2026 12:00:00 GMT</pubDate>", "<dc:creator>Inès</dc:creator>", "<!-- </item> -->",
        "<category>a</category><category>b</category>", "<dc:language>en</dc:language>",
        "<image><title>i</title></image>",
        "<source url='https://p.example'>P</source>", "<title>second titre</title>", "<author>a@b.example (A)</author>",
        "<inconnu a='1'>x</inconnu>", "<description>un</description><description>deux</description>", "<b>",
        "<guid>https://source.example/permanent</guid>", "<xml:base>x</xml:base>", "<item/>",
        "<link xml:base='/z/'>y</link>",
    )
)  # fmt: skip
ITEMS = st.lists(
    st.builds(
        lambda number, guid, link, more: item(number, guid=guid, link=link, more="".join(more)),
        st.integers(0, 6),
        st.sampled_from((None, None, None, "", "0", "commun")),
        st.sampled_from((None, None, "", "/relatif", "javascript:x()")),
        st.lists(PIECES, max_size=2),
    ),
    max_size=5,
)
HEADS = st.sampled_from(("", "<language>fr</language>", "<pubDate>x</pubDate>", "<!-- c -->"))


@settings(deadline=None, max_examples=150)
@given(ITEMS, ITEMS, HEADS, HEADS)
def test_the_fast_path_equals_the_whole_read(old: list[str], new: list[str], head: str, later: str) -> None:
    """Two polls of any two pages that share items: same entries, keys, counts, cursor and memory."""
    before, body = rss(*old, head=head), rss(*new, *old[: max(0, 4 - len(new))], head=later)
    first = read(before)
    second = read(body, after=first)
    full = whole(body, first)
    if second.unchanged:
        assert second == expected(body, before, first)
    else:
        assert second == full
    assert second.found == full.found
