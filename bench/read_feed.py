"""CPU of reading one page of a feed, in milliseconds.

    python bench/read_feed.py [--rounds N]

Three readings of the same page: plain feedparser, our whole read, and ours when one entry of twenty is new. The page
is made here: twenty items of about 1.5 KB with their HTML, as a WordPress blog gives them (30 KB); then the same in
Atom. Times are the least of N rounds.
"""

from __future__ import annotations

import argparse
import io
import random
import time
import warnings
from collections.abc import Callable

import feedparser

from veille.model.exchange import PollState, Response, Source
from veille.sources.base import read_page

WORDS = "la commande du client est en retard livraison service offre facture appel délai été très".split()  # noqa: SIM905
SOURCE = Source(id="bench", kind="feed", url="https://blog.example/feed", key="bench")
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Blog</title><link>https://blog.example/</link>
<lastBuildDate>Sat, 21 Nov 2026 {hour:02d}:00:00 +0000</lastBuildDate><language>fr-FR</language>
{items}</channel></rss>"""
ITEM = """<item><title>Titre {n} : le client &amp; la livraison</title><link>https://blog.example/article-{n}/</link>
<dc:creator><![CDATA[Inès Martin]]></dc:creator><pubDate>Sat, 21 Nov 2026 0{day}:12:00 +0000</pubDate>
<category><![CDATA[Avis]]></category><guid isPermaLink="false">https://blog.example/?p={n}</guid>
<description><![CDATA[{short}]]></description>
<content:encoded><![CDATA[{long}]]></content:encoded></item>
"""
ATOM = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><id>urn:b</id>
<updated>2026-11-21T{hour:02d}:00:00Z</updated>
{items}</feed>"""
ENTRY = """<entry><title type="html">Titre {n} : le client &amp;amp; la livraison</title><id>urn:b:{n}</id>
<link href="https://blog.example/article-{n}/"/><author><name>Inès Martin</name></author>
<published>2026-11-21T0{day}:12:00Z</published><updated>2026-11-21T0{day}:12:00Z</updated><category term="Avis"/>
<summary type="html"><![CDATA[{short}]]></summary><content type="html"><![CDATA[{long}]]></content></entry>
"""


def paragraph(number: int) -> str:
    """About 250 bytes of HTML, always the same for one number."""
    words = random.Random(number).choices(WORDS, k=24)
    words[3] = f'<a href="https://other.example/{number}?a=1&amp;b=2">{words[3]}</a>'
    words[9] = "<strong>l&#8217;offre</strong>"
    return f"<p>{' '.join(words)}.</p>\n"


def page(form: str, shape: str, first: int) -> bytes:
    """Twenty items from number `first` on, at another hour of publication for each `first`."""
    made = [
        shape.format(n=n, day=n % 9, short=paragraph(n), long="".join(paragraph(n * 9 + k) for k in range(4)))
        for n in range(first, first + 20)
    ]
    return form.format(hour=first % 24, items="".join(made)).encode()


def least(call: Callable[[], object], rounds: int) -> float:
    """Milliseconds of CPU of the quickest call."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        call()
        times.append(time.process_time() - began)
    return min(times) * 1000


def measure(name: str, before: bytes, after: bytes, rounds: int) -> None:
    """One line."""
    answer = Response(url=SOURCE.url, status=200, body=after)
    known = read_page(SOURCE, Response(url=SOURCE.url, status=200, body=before), PollState())
    past = PollState(memory=known.memory, cursor=known.cursor)
    changed = read_page(SOURCE, answer, past)
    assert (len(changed.entries), changed.unchanged) == (1, 19), "the fast path was not taken"
    theirs = least(lambda: feedparser.parse(io.BytesIO(after)), rounds)
    whole = least(lambda: read_page(SOURCE, answer, PollState()), rounds)
    fast = least(lambda: read_page(SOURCE, answer, past), rounds)
    print(
        f"{name} {len(after) / 1000:.0f} KB: feedparser alone {theirs:.2f} ms, whole read {whole:.2f} ms,"
        f" one new of twenty {fast:.2f} ms ({whole / fast:.1f} times less)"
    )


def main() -> None:
    """RSS, then Atom."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    warnings.simplefilter("ignore", DeprecationWarning)
    for name, form, shape in (("RSS 2.0", RSS, ITEM), ("Atom", ATOM, ENTRY)):
        measure(name, page(form, shape, 1), page(form, shape, 0), rounds)


if __name__ == "__main__":
    main()
