"""The feeds that bench/poll.py asks: their text, made here and always the same, and the server that gives them.

Feed `n` at edition `e` holds twenty entries, the newest first: numbers e + 19 down to e. Each edition has one new
entry and has lost its oldest. Of twenty feeds nine are RSS as WordPress writes it, six are Atom of blogs, two Atom of
forums as phpBB writes it, two RSS of newspapers with pictures (one of them with their captions), and one is YouTube's.
About 5 % of the entries name the client.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
import random
import re
import ssl
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import trustme

HOSTS = [f"127.0.{1 + number // 100}.{1 + number % 100}" for number in range(200)]
ENTRIES = 20
CLIENT = "Floréal"
#: One entry in so many names the client.
NAMED_EVERY = 20
#: Where the edition is set: not a feed.
CONTROL = "/edition/"

_STARTS = "re dé pré sur contre entre mé com par trans sou por ta ma vi bo la ro se fi".split()  # noqa: SIM905
_MIDDLES = "li na do ri mu ca té vo pa si go ba fé lu ni ra to ve xi".split()  # noqa: SIM905
_ENDS = "tion ment teur rage ture sseau lier gnon ville santé mande fleur lante vrai".split()  # noqa: SIM905
_SMALL = "le la les un une des de du à au en et ou mais pour par sur dans avec sans qui que très plus".split()  # noqa: SIM905
_KNOWN = "livraison commande client service offre magasin délai avis équipe été région entreprise".split()  # noqa: SIM905
WORDS = _KNOWN + [f"{start}{middle}{end}" for middle in _MIDDLES for end in _ENDS for start in _STARTS]


def feed(number: int, edition: int) -> bytes:
    """About 30 KB."""
    name = f"Carnet {number}"
    return _SHAPES[number % len(_SHAPES)](name, number, edition).encode()


def _wordpress(name: str, number: int, edition: int) -> str:
    items = "".join(_wordpress_item(number, one) for one in _numbers(edition))
    return f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/">
<channel><title>{name}</title><atom:link href="https://carnet{number}.example/feed/" rel="self"
 type="application/rss+xml" /><link>https://carnet{number}.example</link><description>Le carnet</description>
<lastBuildDate>{_rfc822(edition + ENTRIES)}</lastBuildDate><language>fr-FR</language>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>
<generator>https://wordpress.org/?v=6.8</generator>
{items}</channel></rss>"""


def _wordpress_item(number: int, one: int) -> str:
    title, short, long = _words(number, one)
    link = f"https://carnet{number}.example/2026/{one}-article/"
    return f"""<item><title>{title}</title><link>{link}</link><comments>{link}#respond</comments>
<dc:creator><![CDATA[Inès Martin]]></dc:creator><pubDate>{_rfc822(one)}</pubDate>
<category><![CDATA[Actualités]]></category><category><![CDATA[Avis]]></category>
<guid isPermaLink="false">https://carnet{number}.example/?p={one}</guid>
<description><![CDATA[<p>{short} [&#8230;]</p>]]></description><content:encoded><![CDATA[{long}]]></content:encoded>
<wfw:commentRss>{link}feed/</wfw:commentRss><slash:comments>{one % 7}</slash:comments></item>
"""


def _newspaper(name: str, number: int, edition: int) -> str:
    items = "".join(_newspaper_item(number, one) for one in _numbers(edition))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{name}</title><link>https://journal{number}.example</link>
<description>À la une</description><language>fr</language><pubDate>{_rfc822(edition + ENTRIES)}</pubDate>
{items}</channel></rss>"""


def _newspaper_item(number: int, one: int) -> str:
    title, short, long = _words(number, one)
    link = f"https://journal{number}.example/article/{one}.html"
    return f"""<item><title><![CDATA[{title}]]></title><pubDate>{_rfc822(one)}</pubDate>
<description><![CDATA[{short}]]></description><guid isPermaLink="true">{link}</guid><link>{link}</link>
<dc:creator>La rédaction</dc:creator>{_picture(number, one)}<content:encoded><![CDATA[{long}]]></content:encoded></item>
"""


def _picture(number: int, one: int) -> str:
    """With its caption and its credit, or small and alone."""
    address = f"https://img.journal{number}.example/{one}.jpg"
    if number % 4 == 1:
        return f'<media:thumbnail url="{address}" width="144" height="81"/>'
    caption = _sentence(random.Random(one), 12)
    return f"""<media:content url="{address}" width="644" height="322"><media:description type="plain">{caption}
</media:description><media:credit scheme="urn:ebu">AFP</media:credit></media:content>"""


def _atom(name: str, number: int, edition: int) -> str:
    entries = "".join(_atom_entry(number, one) for one in _numbers(edition))
    return f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<title>{name}</title><id>tag:blog{number}.example,2026:1</id><updated>{_rfc3339(edition + ENTRIES)}</updated>
<link rel="self" type="application/atom+xml" href="https://blog{number}.example/atom.xml"/>
<link rel="alternate" type="text/html" href="https://blog{number}.example/"/><generator>Carnet 4</generator>
{entries}</feed>"""


def _atom_entry(number: int, one: int) -> str:
    title, short, long = _words(number, one)
    return f"""<entry><title type="html">{html.escape(title)}</title><id>tag:blog{number}.example,2026:1.{one}</id>
<link rel="alternate" type="text/html" href="https://blog{number}.example/2026/{one}.html"/>
<published>{_rfc3339(one)}</published><updated>{_rfc3339(one)}</updated><category term="avis"/>
<author><name>Malo Le Goff</name></author><summary type="html">{html.escape(short)}</summary>
<content type="html">{html.escape(long)}</content></entry>
"""


def _forum(name: str, number: int, edition: int) -> str:
    entries = "".join(_forum_entry(number, one) for one in _numbers(edition))
    return f"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
<link rel="self" type="application/atom+xml" href="https://forum{number}.example/app.php/feed" /><title>{name}</title>
<subtitle>Le forum</subtitle><link href="https://forum{number}.example/index.php" />
<updated>{_rfc3339(edition + ENTRIES)}</updated><author><name><![CDATA[{name}]]></name></author>
<id>https://forum{number}.example/app.php/feed</id>
{entries}</feed>"""


def _forum_entry(number: int, one: int) -> str:
    title, short, long = _words(number, one)
    link = f"https://forum{number}.example/viewtopic.php?p={one}#p{one}"
    author = f'<a href="https://forum{number}.example/memberlist.php?mode=viewprofile&amp;u={one % 90}">Malo</a>'
    return f"""<entry><author><name><![CDATA[Malo]]></name></author><updated>{_rfc3339(one)}</updated>
<published>{_rfc3339(one)}</published><id>{link}</id><link href="{link}"/>
<title type="html"><![CDATA[Avis • Re: {title}]]></title>
<category term="Avis" scheme="https://forum{number}.example/viewforum.php?f=2" label="Avis"/>
<content type="html" xml:base="{link}"><![CDATA[
{short}<br><br>{long}<p>Statistiques: Posté par {author} — {_rfc822(one)}</p><hr />
]]></content></entry>
"""


def _youtube(name: str, number: int, edition: int) -> str:
    entries = "".join(_video(number, one) for one in _numbers(edition))
    return f"""<?xml version="1.0" encoding="UTF-8"?><feed xmlns:yt="http://www.youtube.com/xml/schemas/2015"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
<link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id=UC{number}"/><id>yt:channel:{number}</id>
<yt:channelId>{number}</yt:channelId><title>{name}</title>
<link rel="alternate" href="https://www.youtube.com/channel/UC{number}"/><author><name>{name}</name>
<uri>https://www.youtube.com/channel/UC{number}</uri></author><published>{_rfc3339(0)}</published>
{entries}</feed>"""


def _video(number: int, one: int) -> str:
    title, short, long = _words(number, one)
    code = f"v{number}-{one}"
    told = html.escape(re.sub("<[^>]*>", "", html.unescape(long)))
    return f"""<entry><id>yt:video:{code}</id><yt:videoId>{code}</yt:videoId><yt:channelId>UC{number}</yt:channelId>
<title>{title}</title><link rel="alternate" href="https://www.youtube.com/watch?v={code}"/>
<author><name>Carnet {number}</name><uri>https://www.youtube.com/channel/UC{number}</uri></author>
<published>{_rfc3339(one)}</published><updated>{_rfc3339(one + 1)}</updated>
<media:group><media:title>{title}</media:title>
<media:content url="https://www.youtube.com/v/{code}?version=3" type="application/x-shockwave-flash" width="640"
 height="390"/><media:thumbnail url="https://i1.ytimg.com/vi/{code}/hqdefault.jpg" width="480" height="360"/>
<media:description>{short}
{told}</media:description><media:community><media:starRating count="{one}" average="5.00" min="1" max="5"/>
<media:statistics views="{one * 7}"/></media:community></media:group></entry>
"""


#: Of twenty feeds.
_SHAPES: tuple[Callable[[str, int, int], str], ...] = (
    *[_wordpress, _atom] * 4,
    _forum,
    _newspaper,
    *[_wordpress, _atom] * 2,
    *[_wordpress] * 3,
    _forum,
    _youtube,
    _newspaper,
)


def _numbers(edition: int) -> range:
    return range(edition + ENTRIES - 1, edition - 1, -1)


def _words(number: int, one: int) -> tuple[str, str, str]:
    """Title, summary and HTML of one entry."""
    dice = random.Random(number * 100_003 + one)
    title, short = _sentence(dice, 8).rstrip("."), _sentence(dice, 20)
    body = "\n".join((_paragraph(dice), *_between(dice, number, one), _paragraph(dice)))
    if (number * 7 + one) % NAMED_EVERY == 0:
        body = body.replace("</p>", f" Chez {CLIENT}, {_sentence(dice, 6)}</p>", 1)
    return title, short, body


def _between(dice: random.Random, number: int, one: int) -> tuple[str, ...]:
    """A picture in one entry of three, a list in another; else one more paragraph."""
    if one % 3 == 0:
        return (_figure(number, one),)
    if one % 3 == 1:
        return (f"<ul>\n{''.join(f'<li>{_sentence(dice, 6)}</li>' for _ in range(4))}\n</ul>",)
    return (_paragraph(dice),)


def _figure(number: int, one: int) -> str:
    picture = f"https://img{number}.example/wp-content/uploads/2026/11/{one}"
    return f"""<figure class="wp-block-image size-large"><img decoding="async" width="1024" height="683"
src="{picture}.jpg" alt="" class="wp-image-{one}" srcset="{picture}.jpg 1024w, {picture}-300x200.jpg 300w"
sizes="(max-width: 1024px) 100vw, 1024px" /></figure>"""


def _paragraph(dice: random.Random) -> str:
    link = f'<a href="https://site{dice.randrange(500)}.example/p/{dice.randrange(9999)}?a=1&amp;b=2">lire</a>'
    middle = f"{link} <strong>L&#8217;{_word(dice)}</strong>" if dice.random() < 0.5 else "d&#8217;abord"
    return f"<p>{_sentence(dice, 14)} {_sentence(dice, 8)} {middle} {_sentence(dice, 10)}</p>"


def _sentence(dice: random.Random, length: int) -> str:
    words = [dice.choice(_SMALL) if place % 2 else _word(dice) for place in range(length)]
    return f"{' '.join(words).capitalize()}."


def _word(dice: random.Random) -> str:
    """Some words come often, most are rare, as in any language."""
    return WORDS[int(len(WORDS) * dice.random() ** 3)]


def _rfc822(hour: int) -> str:
    return f"Sat, 21 Nov 2026 {hour % 24:02d}:{hour // 24 % 60:02d}:00 +0000"


def _rfc3339(hour: int) -> str:
    return f"2026-11-21T{hour % 24:02d}:{hour // 24 % 60:02d}:00Z"


class Server:
    """Gives the feeds of the edition that was asked last."""

    def __init__(self) -> None:
        self._edition = 0

    async def serve(self, folder: Path) -> None:
        """Listen on every address, print the two ports, and leave the authority's certificate in `folder`."""
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(folder / "ca.pem"))
        plain = await asyncio.start_server(self._talk, "0.0.0.0", 0, backlog=1000)
        port = (await asyncio.start_server(self._talk, HOSTS[0], 0, ssl=_context(authority, HOSTS[0]))).sockets[0]
        for host in HOSTS[1:]:
            await asyncio.start_server(self._talk, host, port.getsockname()[1], ssl=_context(authority, host))
        print(plain.sockets[0].getsockname()[1], port.getsockname()[1], flush=True)
        await asyncio.Event().wait()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                writer.write(self._answer(asked))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, asked: str) -> bytes:
        path = asked.split(" ", 2)[1]
        if path.startswith(CONTROL):
            edition, _, count = path.removeprefix(CONTROL).partition("/")
            self._edition = int(edition)
            for number in range(int(count)):
                _made(number, self._edition)
            return b"HTTP/1.1 204 No Content\r\n\r\n"
        tag, body = _made(int(path.rpartition("/")[2]), self._edition)
        head = f"Date: Sun, 22 Nov 2026 06:00:00 GMT\r\nETag: {tag}\r\nContent-Type: application/xml; charset=utf-8\r\n"
        if f"if-none-match: {tag}\r\n" in asked.replace("If-None-Match", "if-none-match"):
            return f"HTTP/1.1 304 Not Modified\r\n{head}\r\n".encode()
        return f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


@cache
def _made(number: int, edition: int) -> tuple[str, bytes]:
    body = feed(number, edition)
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"', body


def _context(authority: trustme.CA, host: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context


if __name__ == "__main__":
    asyncio.run(Server().serve(Path(sys.argv[1])))
