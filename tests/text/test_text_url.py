"""Addresses: twins become one, neighbours stay two, wrappers open, garbage never raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.text import url

TWINS = {
    "campaign marks": (
        "https://www.lemonde.fr/a/b?utm_source=tw&utm_medium=social",
        "https://lemonde.fr/a/b",
    ),
    "AT Internet marks": (
        "https://actu.fr/x_1.html?at_medium=rss&at_campaign=FL&xtor=RSS-1",
        "https://actu.fr/x_1.html",
    ),
    "xtor in the fragment": ("https://lefigaro.fr/a#xtor=RSS-1", "https://lefigaro.fr/a"),
    "click ids": ("https://a.fr/x?fbclid=1&gclid=2&msclkid=3&id=4", "https://a.fr/x?id=4"),
    "scheme and www": ("http://WWW.Exemple.FR/Page", "https://exemple.fr/Page"),
    "a feed's way to name a post of Discourse": ("https://forum.fr/t/roses/12#post_2", "https://forum.fr/t/x/12/2"),
    "default ports": ("http://exemple.fr:80/", "https://exemple.fr"),
    "mobile host": ("https://m.exemple.fr/a", "https://exemple.fr/a"),
    "mobile host in the middle": (
        "https://fr.m.wikipedia.org/wiki/Fleur",
        "https://fr.wikipedia.org/wiki/Fleur",
    ),
    "AMP host": ("https://amp.exemple.fr/a", "https://exemple.fr/a"),
    "AMP folder at the end": ("https://exemple.fr/a/b/amp/", "https://exemple.fr/a/b"),
    "AMP folder in front": ("https://exemple.fr/amp/economie/a.html", "https://exemple.fr/economie/a.html"),
    "AMP ending": ("https://exemple.fr/a.amp.html", "https://exemple.fr/a.html"),
    "AMP parameter": ("https://exemple.fr/a?outputType=amp", "https://exemple.fr/a"),
    "AMP cache of Google": ("https://www.google.fr/amp/s/www.exemple.fr/a/amp", "https://exemple.fr/a"),
    "AMP cache": ("https://exemple-fr.cdn.ampproject.org/c/s/exemple.fr/a", "https://exemple.fr/a"),
    "index page": ("https://exemple.fr/a/index.html", "https://exemple.fr/a/"),
    "trailing slash": ("https://exemple.fr/a/", "https://exemple.fr/a"),
    "sorted query": ("https://exemple.fr/?b=2&a=1", "https://exemple.fr/?a=1&b=2"),
    "escapes": ("https://exemple.fr/d%c3%a9j%C3%A0%2Dvu", "https://exemple.fr/déjà-vu"),
    "accented host": ("https://www.société.fr/a", "https://xn--socit-esab.fr/a"),
    "dot segments": ("https://exemple.fr/a/../b/./c", "https://exemple.fr/b/c"),
    "session": (
        "https://exemple.fr/t.php;jsessionid=AB12?t=3&sid=0123456789abcdef0123",
        "https://exemple.fr/t.php?t=3",
    ),
    "ampersands escaped twice": ("https://exemple.fr/a?b=1&amp;amp;c=2", "https://exemple.fr/a?b=1&c=2"),
    "brackets escaped": (
        "https://fr.wikipedia.org/wiki/Fleur_%28film%29",
        "https://fr.wikipedia.org/wiki/Fleur_(film)",
    ),
    "sharing word": ("https://exemple.fr/a?ref=twitter&source=rss", "https://exemple.fr/a"),
    "Google Alerts": (
        "https://www.google.com/url?rct=j&sa=t&url=https://www.exemple.fr/a%3Futm_source%3Dx&ct=ga&usg=A",
        "https://exemple.fr/a",
    ),
    "Facebook's exit": (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fexemple.fr%2Fa%3Ffbclid%3DI&h=AT",
        "https://exemple.fr/a",
    ),
    "Bing News": (
        "http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=https%3a%2f%2fexemple.fr%2fa",
        "https://exemple.fr/a",
    ),
    "Bing's coded link": (
        "https://www.bing.com/ck/a?!&&p=1&u=a1aHR0cHM6Ly9leGVtcGxlLmZyL2E&ntb=1",
        "https://exemple.fr/a",
    ),
    "wrapper in a wrapper": (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fexemple.fr%252Fa",
        "https://exemple.fr/a",
    ),
    "X and Twitter": ("https://twitter.com/ana/status/12?s=20&t=Zz", "https://x.com/ana/status/12"),
    "short YouTube": ("https://youtu.be/dQw4?si=abc&t=4", "https://www.youtube.com/watch?v=dQw4"),
    "no scheme": ("www.exemple.fr/a", "https://exemple.fr/a"),
    "scheme of the page": ("//exemple.fr/a", "https://exemple.fr/a"),
    "user and password": ("https://ana:secret@exemple.fr/a", "https://exemple.fr/a"),
    "line break inside": ("https://exemple.fr/\n  a", "https://exemple.fr/a"),
}

NEIGHBOURS = {
    "article in the query": ("https://exemple.fr/article?id=12", "https://exemple.fr/article?id=13"),
    "named article": ("https://exemple.fr/?p=fleurs", "https://exemple.fr/?p=roses"),
    "page of a topic": ("https://forum.fr/t.php?t=3", "https://forum.fr/t.php?t=3&start=15"),
    "reference of a product": ("https://exemple.fr/p?ref=12345", "https://exemple.fr/p?ref=12346"),
    "numbered sid": ("https://exemple.fr/article.php?sid=412", "https://exemple.fr/article.php?sid=413"),
    "post of a page": ("https://forum.fr/t3#post-12", "https://forum.fr/t3#post-13"),
    "post of a topic of Discourse": ("https://forum.fr/t/roses/12#post_2", "https://forum.fr/t/roses/12#post_3"),
    "single-page forum": ("https://forum.fr/#!/t/1", "https://forum.fr/#!/t/2"),
    "case of a path": ("https://exemple.fr/AbC", "https://exemple.fr/abc"),
    "own port": ("https://exemple.fr:8443/a", "https://exemple.fr/a"),
    "other section host": ("https://blog.exemple.fr/a", "https://exemple.fr/a"),
    "one-letter site": ("https://m.co.uk/a", "https://co.uk/a"),
    "Facebook posts": (
        "https://facebook.com/story.php?story_fbid=1&id=2",
        "https://facebook.com/story.php?story_fbid=3&id=2",
    ),
    "YouTube films": ("https://youtube.com/watch?v=a", "https://youtube.com/watch?v=b"),
    "escaped slash": ("https://exemple.fr/a%2Fb", "https://exemple.fr/a/b"),
}

GARBAGE = [
    "",
    " ",
    "http://",
    "https://[::1",
    "http://a:99999/",
    "mailto:a@b.fr",
    "javascript:alert(1)",
    "http://\ud800/",
]
GARBAGE += [
    "https://exemple.fr/%",
    "https://exemple.fr/%zz%e9",
    "http://..",
    "http://%41/",
    "no address at all",
    "https://" + "a" * 20000,
]


@pytest.mark.parametrize(("left", "right"), TWINS.values(), ids=TWINS)
def test_twins_have_one_form(left: str, right: str) -> None:
    assert url.canonical(left) == url.canonical(right)


@pytest.mark.parametrize(("left", "right"), NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_neighbours_stay_apart(left: str, right: str) -> None:
    assert url.canonical(left) != url.canonical(right)


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_comes_back_and_stays(text: str) -> None:
    assert url.canonical(url.canonical(text)) == url.canonical(text)
    assert isinstance(url.host(text), str)
    assert isinstance(url.unwrap(text), str)


@pytest.mark.parametrize("text", [*(left for left, _ in TWINS.values()), *(left for left, _ in NEIGHBOURS.values())])
def test_known_addresses_are_canonical_once_and_for_all(text: str) -> None:
    once = url.canonical(text)
    assert url.canonical(once) == once


PIECES = st.sampled_from(
    [
        "https://",
        "http://",
        "www.",
        "m.",
        "amp.",
        "google.com",
        "/url?q=",
        "l.facebook.com/l.php?u=",
        "/amp/s/",
        "amp",
        "/",
        "//",
    ]
    + [
        "index.html",
        ".amp",
        "?",
        "&",
        "=",
        "#",
        "%",
        "%2e",
        "%2F",
        "%C3%A9",
        "é",
        "..",
        ".",
        ":",
        ":80",
        "@",
        "a",
        "ab.fr",
        "id=1",
    ]
    + [
        "utm_a=1",
        "bing.com/ck/a?u=a1",
        "aHR0cDovL2EuZnI",
        "[",
        "]",
        "+",
        " ",
        ";jsessionid=1",
        "!",
        "$",
        "ß",
        "youtu.be/",
        "cdn.ampproject.org/c/",
        "amp;",
        "%28",
        "%3B",
        "%40",
        "_amp",
        "web.archive.org/web/2026/",
    ]
)


@settings(deadline=None, max_examples=120)
@given(st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=14).map("".join)))
def test_canonical_is_idempotent_on_anything(text: str) -> None:
    once = url.canonical(text)
    assert url.canonical(once) == once


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30), st.text(max_size=30))
def test_a_wrapped_address_is_its_page(path: str, query: str) -> None:
    from urllib.parse import quote

    page = f"https://exemple.fr/{quote(path, errors='replace')}?id={quote(query, errors='replace')}"
    wrapped = f"https://www.google.com/url?sa=t&url={quote(page, safe='')}"
    assert url.canonical(wrapped) == url.canonical(page)


def test_host_is_bare_and_lower_case() -> None:
    assert url.host("HTTPS://WWW.Le-Monde.fr/a") == "le-monde.fr"
    assert url.host("https://amp.exemple.co.uk") == "exemple.co.uk"
    assert url.host("mailto:a@b.fr") == ""
    assert url.host("http://127.0.0.1:8080/") == "127.0.0.1"


def test_unwrap_keeps_the_address_as_written_inside() -> None:
    wrapped = "https://www.google.com/url?rct=j&url=https://www.exemple.fr/a%3Futm_source%3Dx"
    assert url.unwrap(wrapped) == "https://www.exemple.fr/a?utm_source=x"
    assert url.unwrap("https://exemple.fr/a?u=https://b.fr") == "https://exemple.fr/a?u=https://b.fr"


@given(
    st.lists(
        st.sampled_from(
            (
                "/a",
                "/A.html",
                "/..",
                "/.",
                "/x.amp",
                "/amp",
                "/amp.html",
                "/lampe",
                "/index.php",
                "/Default.asp",
                "//",
                "/",
            )
            + ("/status/1/photo", "/~u", "/a,b", "/_x", "-", "/c", "/s", "/%41", ";jsessionid=1", "/é")
        ),
        max_size=5,
    ),
    st.sampled_from(
        ("a.example", "www.a.example", "m.b.fr", "fr.m.wikipedia.org", "x.com", "youtu.be", "twitter.com", "b.amp.fr")
        + ("old.reddit.com", "google.com", "1.2.3.4", "a.cdn.ampproject.org", "xn--abc.fr", "A.example", "a.example:80")
    ),
    st.sampled_from(("https://", "http://")),
)
@settings(deadline=None, max_examples=120)
def test_a_plain_address_is_read_as_any_other(path: list[str], site: str, scheme: str) -> None:
    address = f"{scheme}{site}/a{''.join(path)}"
    # A tracker makes it take the long way, and is left out there.
    assert url.canonical(address) == url.canonical(f"{address}?utm_source=x")
