"""Links, publishers and authors: what may be followed, and who is named."""

from __future__ import annotations

import pytest

from sources.feeds import item, read, rss
from veille.sources.google_alerts import target
from veille.sources.syndication.entry_fields import absolute_link, author_name

LINKS = {
    "an address stays": ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
    "a path is joined": ("/x", "https://source.example/x"),
    "a host without scheme is joined": ("//b.example/x", "https://b.example/x"),
    "javascript is no link": ("javascript:alert(1)", ""),
    "javascript in disguise is none": ("java\nscript:alert(1)", ""),
    "data is no link": ("data:text/html,x", ""),
    "a file is no link": ("file:///etc/passwd", ""),
    "mail is no link": ("mailto:a@b.example", ""),
    "credentials are taken out": ("https://user:pw@a.example/x", "https://a.example/x"),
    "quotes and brackets are encoded": ("https://a.example/\"><script>'", "https://a.example/%22%3E%3Cscript%3E%27"),
    "spaces are encoded": (" https://a.example/a b ", "https://a.example/a%20b"),
    "an address without host is none": ("https:///x", ""),
    "a broken host is none": ("https://[::1", ""),
    "100 KB is none": ("https://a.example/" + "x" * 100_000, ""),
    "nothing is none": ("", ""),
}


@pytest.mark.parametrize(("raw", "link"), LINKS.values(), ids=LINKS)
def test_only_web_addresses_are_links(raw: str, link: str) -> None:
    """One row a situation."""
    assert absolute_link(raw, "https://source.example/feed") == link


def test_an_entry_without_a_web_address_has_no_link_and_no_site() -> None:
    """And is an entry still."""
    (entry,) = read(rss(item(1, link="javascript:alert(1)"))).entries
    assert (entry.link, entry.site, entry.title) == ("", "", "Titre 1")


AUTHORS = {
    "a name": ("Inès", "Inès"),
    "mail and name": ("a.b@fil.example (Léa Conso)", "Léa Conso"),
    "name and mail": ("Léa Conso <a.b@fil.example>", "Léa Conso"),
    "a mail alone": ("a.b@fil.example", "a.b@fil.example"),
    "a handle": ("@jul_nantes", "@jul_nantes"),
    "a handle of the fediverse is no mail": ("@jul_nantes@mastodon.example", "@jul_nantes"),
    "an injected header": ("Léa\r\nBcc: x", "Léa Bcc: x"),
}


@pytest.mark.parametrize(("raw", "name"), AUTHORS.values(), ids=AUTHORS)
def test_an_author_is_a_name(raw: str, name: str) -> None:
    """One row a situation."""
    assert author_name(raw) == name


WRAPPED = {
    "url=": ("https://www.google.com/url?rct=j&sa=t&url=https://a.example/x%3Fy%3D1&ct=ga", "https://a.example/x?y=1"),
    "q=": ("https://www.google.fr/url?q=https://a.example/x&sa=U", "https://a.example/x"),
    "another host, as the settings may name": ("http://127.0.0.1:8080/url?url=https://a.example/", "https://a.example/"),
    "not wrapped": ("https://a.example/x", "https://a.example/x"),
    "wrapped around no web address": ("https://www.google.com/url?url=javascript:x", "https://www.google.com/url?url=javascript:x"),
    "wrapped around nothing": ("https://www.google.com/url?sa=t", "https://www.google.com/url?sa=t"),
    "too many parameters": ("https://www.google.com/url?" + "a=1&" * 100, "https://www.google.com/url?" + "a=1&" * 100),
}  # fmt: skip


@pytest.mark.parametrize(("link", "published"), WRAPPED.values(), ids=WRAPPED)
def test_a_google_link_leads_where_its_target_is(link: str, published: str) -> None:
    """One row a situation."""
    assert target(link) == published


def test_the_stars_of_a_review_are_kept_out_of_five() -> None:
    """Anything else is no rating."""
    for raw, stars in (("4", 4.0), ("3,5", 3.5), ("2/5", 2.0), ("9", None), ("bon", None)):
        (entry,) = read(rss(item(1, more=f"<rating>{raw}</rating>"))).entries
        assert entry.rating == stars


def test_a_title_of_a_megabyte_is_cut() -> None:
    """At a limit that both databases share."""
    (entry,) = read(rss(item(1, title="mot " * 250_000, more=f"<description>{'mot ' * 50_000}</description>"))).entries
    assert len(entry.title) <= 500
    assert len(entry.text) <= 20_000
