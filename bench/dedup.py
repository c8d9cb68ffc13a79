"""Finding what a new mention repeats among many stored ones: time of query and insert, recall of planted copies.

usage: bench/dedup.py [N] [--bars M]     N mentions of one client in SQLite, all within three days (default 1,000,000:
some 20 minutes to build, 2 GB in a temporary folder); the bars hold M of them (default 50,000).

Texts of thirty words: a third of everyday, a Zipf tail of 60,000, and two names that hardly come back. Planted: copies
with a word changed, cut short, or with a boost mark. A query is all that placing does: reading the new text, its words'
counts, the index, the candidates' texts, the re-ranking. Times of one mention at a time, and each of a page of 20 as
polls bring them; the first ones, which prepare the statements, are not counted.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from rapidfuzz import fuzz, process

from veille.analysis import dedup
from veille.analysis.corpus import Corpus
from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.mention import Kinship, Match, Urgency, Verdict
from veille.store import entries, newmention, placing, sources, words
from veille.store.engine import Store

try:
    from rensa import RMinHash, RMinHashLSH
except ImportError:
    RMinHash = RMinHashLSH = None

START = datetime(2027, 2, 10, tzinfo=UTC)
NOW = START + timedelta(hours=71)
CLIENT = "floreal"
PAGE = 20
SYLLABLES = (
    "ba",
    "bel",
    "bou",
    "bri",
    "can",
    "cha",
    "cor",
    "dou",
    "flo",
    "gar",
    "gra",
    "jar",
    "lan",
    "lou",
    "mar",
    "mon",
    "nar",
    "pel",
)


class Texts:
    """Made-up texts, the same at each run."""

    def __init__(self) -> None:
        self.rng = random.Random(5)
        self.tail = list(dict.fromkeys(self._word(2, 5) for _ in range(90_000)))[:60_000]
        total, self.cumulated = 0.0, []
        for rank in range(1, len(self.tail) + 1):
            total += 1 / (rank + 50)
            self.cumulated.append(total)
        self.rank = {word: rank for rank, word in enumerate(self.tail)}

    def _word(self, least: int, most: int) -> str:
        return "".join(self.rng.choices(SYLLABLES, k=self.rng.randint(least, most)))

    def text(self) -> list[str]:
        """Thirty words, the client's name among them."""
        small = self.rng.choices(("dans", "pour", "avec", "cette", "leur", "mais"), k=9)
        common = self.rng.choices(self.tail, cum_weights=self.cumulated, k=18)
        names = [self._word(5, 7) for _ in range(2)]
        return ["floreal", *small, *common, *names]

    def retouched(self, text: Sequence[str]) -> str:
        """A copy as one meets them: a word changed, the end cut, or boosted."""
        kind = self.rng.randrange(3)
        if kind == 0:
            place = self.rng.randrange(len(text))
            return " ".join([*text[:place], self._word(3, 4), *text[place + 1 :]])
        return "RT @quelquun: " + " ".join(text) if kind == 1 else " ".join(text[:-3]) + "…"


def main() -> None:
    """Builds, asks, prints."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("number", nargs="?", type=int, default=1_000_000)
    options.add_argument("--bars", type=int, default=50_000)
    options.add_argument("--asked", type=int, default=1_000)
    chosen = options.parse_args()
    made = Texts()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "veille.db"
        store = Store.open(f"sqlite:///{path}")
        with store.writing() as tx:
            sources.sync(tx, [(CLIENT, Source(id="s", kind="feed", url="https://a.example/", key="s"))], now=START)
        began = time.perf_counter()
        planted = build(path, made, chosen.number, chosen.asked)
        size = path.stat().st_size / 1e9
        print(f"{chosen.number:,} mentions stored in {time.perf_counter() - began:.0f} s, {size:.2f} GB")
        asked = [(number, made.retouched(text)) for number, text in planted]
        ask(store, asked)
        strangers = [(0, " ".join(made.text())) for _ in range(chosen.asked)]
        ask(store, strangers)
        insert(store, [text for _, text in strangers])
        store.close()
    bars(made, chosen.bars)


def build(path: Path, made: Texts, number: int, planted: int) -> list[tuple[int, list[str]]]:
    """Fills the tables as the store would; (number, words) of some mentions spread over them."""
    tokens: dict[str, tuple[int, ...]] = {}
    counts: dict[int, int] = {}
    kept: list[tuple[int, list[str]]] = []
    every = max(1, number // planted)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous=OFF")
    rows = _rows(made, number, tokens, counts, kept, every)
    while part := list(islice(rows, 20_000)):
        conn.execute("BEGIN")
        for table, place in (("story", 0), ("entry", 1), ("mention", 2)):
            _fill(conn, table, [each[place] for each in part])
        sketches = sorted((CLIENT, token, each[2]["id"]) for each in part for token in each[3])
        conn.executemany("INSERT OR IGNORE INTO sketch (client_id, token, mention_id) VALUES (?, ?, ?)", sketches)
        conn.execute("COMMIT")
    conn.execute("BEGIN")
    counted = [(CLIENT, token, count) for token, count in sorted({**counts, words.EVERY: number}.items())]
    conn.executemany("INSERT INTO word (client_id, token, texts) VALUES (?, ?, ?)", counted)
    conn.execute("COMMIT")
    conn.execute("ANALYZE")
    conn.close()
    return kept


Row = dict[str, object]


def _rows(
    made: Texts,
    number: int,
    tokens: dict[str, tuple[int, ...]],
    counts: dict[int, int],
    kept: list[tuple[int, list[str]]],
    every: int,
) -> Iterator[tuple[Row, Row, Row, set[int]]]:
    first = int(START.timestamp() * 1e6)
    step = int(timedelta(hours=70).total_seconds() * 1e6 / number)
    for n in range(1, number + 1):
        text = made.text()
        ranked = sorted(set(text), key=lambda word: -made.rank.get(word, 10**9 if len(word) > 8 else -1))
        found = {token for word in set(text) for token in _tokens(word, tokens)}
        for token in found:
            counts[token] = counts.get(token, 0) + 1
        sketch = {token for word in ranked[:12] for token in _tokens(word, tokens)}
        if n % every == every // 2:
            kept.append((n, text))
        yield (*_records(n, first + n * step, " ".join(text)), sketch)


def _tokens(word: str, known: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    found = known.get(word)
    if found is None:
        found = dedup.tokens("", word)
        if len(known) < 100_000:
            known[word] = found
    return found


def _records(n: int, at: int, text: str) -> tuple[Row, Row, Row]:
    """The rows of one story, entry and mention."""
    said = sha256(str(n).encode()).digest()
    story: Row = {"id": n, "client_id": CLIENT, "mark": "F", "title": "", "first_seen": at, "last_seen": at, "total": 1}
    entry: Row = {"id": n, "source_row": 1, "key_hash": said, "content": said, "kept": 2, "published": at, "seen": at}
    entry |= dict.fromkeys(("link", "title", "author", "published_raw", "language"), "")
    entry |= {"key": str(n), "canonical": f"https://a.example/{n}", "site": "a.example", "tags": "[]", "links": "[]"}
    mention: Row = {"id": n, "client_id": CLIENT, "entry_id": n, "story_id": n, "source_id": "s", "place": ""}
    mention |= {"canonical_hash": said, "title_key": 0, "published": at, "seen": at, "kinship": "new", "likeness": 0.0}
    mention |= {"evidence": "", "points": 0, "category": "opinion", "tone": 0.0, "signals": "[]", "matches": "[]"}
    mention |= dict.fromkeys(("language", "event", "owner"), "") | dict.fromkeys(("own", "backlog", "muted"), 0)
    return story, entry | {"text": text}, mention | {"assessed": at}


def _fill(conn: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    names = list(rows[0])
    marks = ", ".join("?" * len(names))
    conn.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
        [tuple(row[name] for name in names) for row in rows],
    )


def ask(store: Store, asked: Sequence[tuple[int, str]]) -> None:
    """Prints times, and recall where copies were planted: 0 = a stranger."""
    took, found, taken = [], 0, 0
    for start in range(0, 2 * PAGE, PAGE):
        query(store, [text for _, text in asked[start : start + PAGE]])
        query(store, [asked[start][1]])
    for number, text in asked:
        began = time.perf_counter()
        verdict = query(store, [text])[0]
        took.append(time.perf_counter() - began)
        found += number > 0 and verdict.kinship is Kinship.COPY and verdict.of == number
        taken += verdict.kinship is Kinship.COPY
    paged = []
    for start in range(0, len(asked), PAGE):
        page = [text for _, text in asked[start : start + PAGE]]
        began = time.perf_counter()
        query(store, page)
        paged.append((time.perf_counter() - began) / len(page))
    what = "planted copies" if asked[0][0] else "strangers"
    said = f"recall {found / len(asked):.3f}" if asked[0][0] else f"{taken} taken for copies"
    print(f"query, {what:<15} {said}; alone {spread(took)}; by pages of {PAGE}, each {spread(paged)}")


def query(store: Store, texts: Sequence[str]) -> list[Verdict]:
    """The verdict on each text."""
    with store.reading() as conn:
        said = {token for text in texts for token in dedup.tokens("", text)}
        corpus = dedup.named(Corpus(*words.counted(conn, CLIENT, said)), ("Floreal",))
        lookups = [lookup(text, corpus) for text in texts]
        near = placing.candidates(conn, CLIENT, lookups, since=NOW - timedelta(hours=72))
    return [dedup.place(_placing(t), c, now=NOW, corpus=corpus) for t, c in zip(texts, near, strict=True)]


def lookup(text: str, corpus: Corpus) -> placing.Lookup:
    """As the pipeline makes it."""
    sketch = dedup.weighed_sketch("", text, corpus)
    return placing.Lookup(
        canonical="https://b.example/" + sha256(text.encode()).hexdigest(),
        title_key=0,
        sketch=tuple(sketch),
        rarity=tuple(sketch.values()),
        author="",
        site="b.example",
    )


def _placing(text: str) -> dedup.Placing:
    return dedup.Placing(canonical="", title="", text=text, author="", site="b.example", published=NOW, seen=NOW)


def insert(store: Store, texts: Sequence[str]) -> None:
    """Prints the time of a mention with its entry, by pages, to the disk."""
    took = []
    for start in range(0, len(texts), PAGE):
        page = [_new(start + n, text) for n, text in enumerate(texts[start : start + PAGE])]
        began = time.perf_counter()
        with store.writing() as tx:
            ids = entries.add_all(tx, [(1, NOW, entry) for entry, _ in page])
            newmention.add_all(tx, [make(ids[1, entry.entry.key]) for entry, make in page])
        took.append((time.perf_counter() - began) / len(page))
    print(f"insert, entry and mention, by pages of {PAGE}, each {spread(took)}")


def _new(n: int, text: str) -> tuple[entries.NewEntry, Callable[[int], newmention.NewMention]]:
    entry = Entry(key=f"new{n}", text=text, link=f"https://b.example/{n}", site="b.example")
    content = sha256(text.encode()).digest()
    new = entries.NewEntry(entry=entry, canonical=entry.link, published=NOW, content=content, matched=True)

    def made(entry_id: int) -> newmention.NewMention:
        return newmention.NewMention(
            client_id=CLIENT,
            entry_id=entry_id,
            source_id="s",
            place="",
            canonical=entry.link,
            title_key=0,
            sketch=dedup.sketch("", text),
            tokens=dedup.tokens("", text),
            published=NOW,
            seen=NOW,
            verdict=Verdict(kinship=Kinship.NEW),
            urgency=Urgency(points=0),
            matches=(Match("w"),),
            title=text[:90],
        )

    return new, made


def bars(made: Texts, number: int) -> None:
    """The same question to other means, over fewer texts."""
    texts = [made.text() for _ in range(number)]
    said = [" ".join(text) for text in texts]
    planted = random.Random(9).sample(range(number), min(200, number))
    asked = [(place, made.retouched(texts[place])) for place in planted]
    print(f"bars, over {number:,} texts:")
    _time("FTS5 + rapidfuzz", asked, _fts(said))
    _time("rapidfuzz extractOne, all texts", asked[:20], lambda t: process.extractOne(t, said, scorer=fuzz.ratio)[2])
    if RMinHash is None:
        print("  rensa LSH + rapidfuzz: rensa is not installed")
    else:
        _time("rensa LSH + rapidfuzz", asked, _rensa(said))


def _time(name: str, asked: Sequence[tuple[int, str]], find: Callable[[str], int]) -> None:
    took, right = [], 0
    for place, text in asked:
        began = time.perf_counter()
        right += find(text) == place
        took.append(time.perf_counter() - began)
    print(f"  {name:<33} recall {right / len(asked):.3f}; {spread(took)}")


def _fts(said: Sequence[str]) -> Callable[[str], int]:
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    conn.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", enumerate(said))

    def find(text: str) -> int:
        asked = " OR ".join(f'"{word}"' for word in sorted(set(text.split()), key=len)[-8:] if word.isalnum())
        rows = conn.execute("SELECT rowid, x FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", (asked,)).fetchall()
        best = process.extractOne(text, [x for _, x in rows], scorer=fuzz.ratio)
        return rows[best[2]][0] if best else -1

    return find


def _rensa(said: Sequence[str]) -> Callable[[str], int]:
    lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)

    def sketched(text: str) -> object:
        made = RMinHash(num_perm=128, seed=1)
        made.update(text.split())
        return made

    for place, text in enumerate(said):
        lsh.insert(place, sketched(text))

    def find(text: str) -> int:
        found = lsh.query(sketched(text))
        return max(found, key=lambda place: fuzz.ratio(text, said[place]), default=-1)

    return find


def spread(took: Sequence[float]) -> str:
    """ "p50 250 µs, p99 900 µs"."""
    ranked = sorted(took)
    p99 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
    return f"p50 {statistics.median(ranked) * 1e6:,.0f} µs, p99 {p99 * 1e6:,.0f} µs"


if __name__ == "__main__":
    main()
