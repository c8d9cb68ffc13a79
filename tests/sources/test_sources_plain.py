"""Plain items: read without feedparser, they are what feedparser reads; what is not plain is left to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.feeds import ADDRESS, item, rss
from veille.sources import feed
from veille.sources.syndication import plain
from veille.sources.syndication.entry_fields import Draft

ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>A</title><id>f</id>{}</feed>'


def both(document: bytes, language: str = "", base: str = "") -> tuple[list[Draft] | None, list[Draft]]:
    """The drafts of the plain reader (None = not plain), and of feedparser."""
    parsed = feed.parsed_whole(document, base)
    items = plain.read_items(document, language, base=base)
    ours = None if items is None else list(feed.drafts({**parsed, "entries": items}, ADDRESS))
    return ours, list(feed.drafts(parsed, ADDRESS))


M = 'xmlns:media="http://search.yahoo.com/mrss/" '
RSS_PIECES = st.sampled_from(
    (
        "<description>texte &amp; suite &lt;b&gt;gras&lt;/b&gt;</description>",
        "<description/>",
        "<description><![CDATA[<p>a</p><p>l&#8217;b</p>]]></description>",
        "<pubDate> Fri, 20 Nov 2026 12:00:00 GMT </pubDate>",
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>long</p>]]></content:encoded>',
        "<dc:creator>Inès</dc:creator>",
        "<author>a@b.example (A)</author>",
        "<category>a</category><category>b</category>",
        "<dc:date>2026-11-20</dc:date>",
        "<comments>https://c.example</comments>",
        '<enclosure url="u" type="t" length="1"/>',
        "<category domain='d'>Café</category>",
        "<description>Ã©tÃ©</description>",
        "texte perdu",
        "<!-- c -->",
        "<guid>https://source.example/permanent</guid>",
        f'<media:content {M}url="u" width="1" medium="image"/>',
        f'<media:content {M}url="u"> </media:content>',
        f'<media:thumbnail {M}url="u"/>',
        f'<media:thumbnail {M}url="v">w</media:thumbnail>',
        f'<media:content {M}url="u" lang="de"/>',
        f'<media:content {M}url="u"><media:description>x</media:description></media:content>',
        f'<media:content {M}url="u"> a <media:credit role="r">AFP</media:credit> b </media:content>',
        f'<media:content {M}url="u"><media:credit/><media:credit>AFP</media:credit></media:content>',
        f'<media:credit {M}scheme="s">AFP</media:credit>',
        f'<media:content {M}><media:description type="plain">légende &amp; suite</media:description></media:content>',
        f'<media:content {M}><media:description type="html">&lt;b&gt;x&lt;/b&gt;</media:description></media:content>',
        f'<media:description {M}type="plain">l&amp;eacute;gende</media:description>',
        f"<media:description {M}/>",
        f"<media:description {M}>une bien plus longue légende que tous les autres textes</media:description>",
        f"<media:title {M}>autre titre</media:title>",
        f"<media:group {M}><media:title>autre</media:title><media:content url='u'/></media:group>",
        f"<media:group {M}> a <media:description>dit</media:description> b </media:group>",
        f"<media:rating {M}>4</media:rating>",
        f"<author><media:credit {M}>AFP</media:credit></author>",
        "<inconnu>x</inconnu>",
        "<description>a<b>b</b></description>",
    )
)
TITLES = st.sampled_from(
    ("Titre", "R &amp; D", "l&amp;#8217;été", "&lt;b&gt;gras&lt;/b&gt;", "5 &lt; 6", "<![CDATA[a <br> b]]>")
)
LINKS = st.sampled_from(
    (None, "", "/relatif", "https://a.example/?x=1&amp;y=2", "https://a.example/?x&amp;y;z", "http:///a")
)
ATOM_PIECES = st.sampled_from(
    (
        "<title>Un &amp; deux</title>",
        '<title type="html">&lt;b&gt;gras&lt;/b&gt; l&amp;#39;été</title>',
        "<id>urn:1</id>",
        "<id>https://a.example/1</id>",
        '<link href="https://a.example/2"/>',
        '<link rel="enclosure" href="https://a.example/e"/>',
        '<link rel="alternate" type="application/json" href="/j"/>',
        "<published>2026-11-20T10:00:00Z</published>",
        "<updated>2026-11-21T10:00:00+01:00</updated>",
        "<author><name>Inès</name><uri>https://i.example</uri></author>",
        "<author><name>Inès</name><email>i@b.example</email></author>",
        "<author><name></name></author>",
        "<author>Inès</author>",
        "<author><name>Inès</name> et Paul</author>",
        "<summary>5 &lt; 6</summary>",
        "<content>  deux\n  lignes </content>",
        '<summary type="html">&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</summary>',
        '<content type="html">&lt;p&gt;long&lt;/p&gt;</content>',
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></content>',
        '<category term="t" label="T"/>',
        '<category term="t"/>',
        "<rights>r</rights>",
        '<content type="text">deux &lt;b&gt; mots</content>',
        '<content type="html" xml:base="https://b.example/">&lt;a href="x"&gt;long&lt;/a&gt;</content>',
        '<link xml:base="https://b.example/" href="x"/>',
        "<id>https://a.example/?</id>",
        "<id>../un</id>",
        '<link href="https://a.example/3#"/>',
        f"<media:group {M}><media:title>t</media:title><media:description>dit &lt;b&gt;x&lt;/b&gt;</media:description>"
        '<media:thumbnail url="u"/><media:community><media:starRating count="1" average="5.00" min="1" max="5"/>'
        '<media:statistics views="7"/></media:community></media:group>',
        f'<media:description {M}type="plain">dit</media:description>',
        f"<media:title {M}>autre</media:title>",
    )
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(TITLES, LINKS, st.lists(RSS_PIECES, max_size=4)), max_size=3))
def test_plain_rss_is_what_feedparser_reads(rows: list[tuple[str, str | None, list[str]]]) -> None:
    """Or it is not plain."""
    document = rss(*(item(n, title=title, link=link, more="".join(more)) for n, (title, link, more) in enumerate(rows)))
    ours, theirs = both(document)
    assert ours is None or ours == theirs


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(ATOM_PIECES, max_size=6), max_size=3))
def test_plain_atom_is_what_feedparser_reads(rows: list[list[str]]) -> None:
    """Or it is not plain."""
    document = ATOM.format("".join(f"<entry>{''.join(pieces)}</entry>" for pieces in rows)).encode()
    ours, theirs = both(document, "fr")
    assert ours is None or ours == theirs


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(ATOM_PIECES, max_size=6), max_size=3))
def test_what_a_base_leaves_as_it_is_is_what_feedparser_reads(rows: list[list[str]]) -> None:
    """Where addresses would be joined, feedparser joins them."""
    document = ATOM.format("".join(f"<entry>{''.join(pieces)}</entry>" for pieces in rows)).encode()
    ours, theirs = both(document, "fr", ADDRESS)
    assert ours is None or ours == theirs


CAPTIONED = f'<media:content {M}url="u"><media:description type="plain">légende</media:description></media:content>'
VIDEO = (
    '<entry xmlns:media="http://search.yahoo.com/mrss/" xmlns:yt="http://www.youtube.com/xml/schemas/2015"'
    "><id>yt:video:1</id><yt:videoId>1</yt:videoId><title>t</title><link rel='alternate' href='https://v.example/1'/>"
    "<media:group><media:title>t</media:title><media:content url='u' type='a' width='6' height='3'/>"
    "<media:description>dit</media:description><media:community><media:statistics views='7'/></media:community>"
    "</media:group></entry>"
)
COMMON = {
    "a newspaper": rss(item(1, more="<description>court</description><category>a</category><category>b</category>")),
    "a blog": rss(item(1, more="<dc:creator>Inès</dc:creator><comments>https://c.example</comments>")),
    "a newspaper with a captioned picture": rss(item(1, more=f"<description>court</description>{CAPTIONED}")),
    "a page of videos": ATOM.format(VIDEO).encode(),
    "a page of Atom": ATOM.format('<entry><title type="html">t</title><id>1</id><link href="/a"/></entry>').encode(),
}


@pytest.mark.parametrize("document", COMMON.values(), ids=COMMON)
def test_the_common_shapes_are_plain(document: bytes) -> None:
    """Or the reader is of no use."""
    ours, theirs = both(document, "fr" if document.startswith(b"<feed") else "")
    assert ours == theirs
    assert ours


TOLD = f"<media:description {M}>x</media:description>"
ODD = {
    "an element inside another": item(1, more="<description>a<b>b</b></description>"),
    "an unknown element": item(1, more="<inconnu>x</inconnu>"),
    "an element twice": item(1, more="<description>a</description><description>b</description>"),
    "an unknown attribute": item(1, more='<description x="y">a</description>'),
    "a caption before the summary": item(1, more=f"{TOLD}<description>a</description>"),
    "a caption after the content": item(1, more=f"<description>a</description>{TOLD}{TOLD}"),
    "a picture's title before the item's": f"<item><media:title {M}>a</media:title><title>t</title></item>",
    "a rating of the media": item(1, more=f"<media:rating {M}>4</media:rating>"),
    "an attribute of the item": "<item x='y'><title>t</title></item>",
    "a title that may be markup": item(1, title="&lt;b&gt;t&lt;/b&gt;"),
    "a broken tag": item(1, title="<b>"),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_what_is_not_plain_is_refused(odd: str) -> None:
    """feedparser reads it."""
    assert plain.read_items(rss(item(0), odd), "") is None
