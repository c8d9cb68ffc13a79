"""Keys: the same at every poll, whatever scrolls in or out, and never one for two stories."""

from __future__ import annotations

from sources.feeds import item, keys, read, rss


def test_the_id_is_the_key() -> None:
    """Whatever its link becomes."""
    assert keys(read(rss(item(1), item(2)))) == ["id-1", "id-2"]


def test_trivial_ids_are_told_apart_by_link_then_by_title() -> None:
    """All ids "0" or empty."""
    for guid in ("0", "", "null"):
        page = read(rss(item(1, guid=guid), item(2, guid=guid), item(3, guid=guid, link="")))
        assert len(set(keys(page))) == 3


def test_a_trivial_id_gives_the_same_key_alone_as_in_company() -> None:
    """The page scrolled."""
    together = read(rss(item(1, guid="0"), item(2, guid="0")))
    alone = read(rss(item(2, guid="0")))
    assert keys(alone) == keys(together)[1:]


def test_two_stories_under_one_id_are_two_entries() -> None:
    """By link, and by title where they share the link too."""
    page = read(rss(item(1, guid="tous"), item(2, guid="tous"), item(3, guid="tous", link="https://source.example/2")))
    assert page.found == 3
    assert len(set(keys(page))) == 3


def test_a_shared_id_keeps_its_keys_when_one_of_them_scrolls_out() -> None:
    """What was found shared once stays shared: the cursor remembers."""
    first = read(rss(item(1, guid="tous"), item(2, guid="tous")))
    second = read(rss(item(2, guid="tous")), after=first)
    third = read(rss(item(3, guid="tous"), item(2, guid="tous")), after=second)
    assert keys(second) == keys(first)[1:]
    assert keys(third)[1:] == keys(first)[1:]
    assert len({*keys(first), *keys(third)}) == 3


def test_an_id_used_again_by_another_story_leaves_the_first_its_key() -> None:
    """It held the id alone before."""
    first = read(rss(item(1, guid="tous"), item(9)))
    second = read(rss(item(2, guid="tous"), item(1, guid="tous")), after=first)
    third = read(rss(item(1, guid="tous", title="Corrigé")), after=second)
    assert keys(first)[0] == "tous"
    assert keys(second)[1] == "tous"
    assert keys(second)[0] != "tous"
    assert keys(third) == ["tous"]


def test_an_edited_text_under_the_same_id_is_the_same_entry() -> None:
    """An edit, not a new mention."""
    first = read(rss(item(1, more="<description>avant</description>")))
    second = read(rss(item(1, title="Après", more="<description>après</description>")), after=first)
    assert keys(first) == keys(second)


def test_without_an_id_the_link_is_the_key_campaigns_apart() -> None:
    """`utm_` parameters come and go."""
    plain = "<item><title>t</title><link>https://a.example/x?a=1</link></item>"
    tagged = "<item><title>t</title><link>https://a.example/x?a=1&amp;utm_source=rss&amp;utm_medium=f</link></item>"
    assert keys(read(rss(plain))) == keys(read(rss(tagged))) == ["https://a.example/x?a=1"]


def test_without_id_nor_link_title_and_day_are_the_key() -> None:
    """The same title on another day is another entry; at another hour it is the same."""
    monday = "<item><title>Météo</title><pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item>"
    later = monday.replace("08:00", "09:00")
    tuesday = monday.replace("Mon, 16", "Tue, 17")
    assert keys(read(rss(monday))) == keys(read(rss(later)))
    assert len(set(keys(read(rss(monday, tuesday))))) == 2


def test_an_exact_double_is_counted_and_left_out() -> None:
    """Found, before folding; one entry."""
    page = read(rss(item(1), item(1), item(2)))
    assert (len(page.entries), page.repeated, page.found) == (2, 1, 3)
    assert keys(page) == ["id-1", "id-2"]


def test_a_monstrous_id_becomes_a_short_key() -> None:
    """1 MB of id, 100 KB of link: hashed."""
    page = read(rss(item(1, guid="x" * 1_000_000), item(2, guid="", link="https://a.example/" + "y" * 100_000)))
    assert page.found == 2
    assert all(len(key) < 60 for key in keys(page))
    assert page.entries[1].link == ""


def test_a_broken_cursor_is_an_empty_one() -> None:
    """An older make, or damage."""
    for cursor in ("", "x", "[]", '{"shared": 3}', '{"shared": {"zz": "zz"}}'):
        page = read(rss(item(1)))
        again = read(rss(item(1)), after=type(page)(entries=(), cursor=cursor, memory=b"short"))
        assert keys(again) == ["id-1"]
