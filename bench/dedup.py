"""Finding what a new mention repeats among many stored ones: time of query and insert, recall of planted copies.

usage: bench/dedup.py [N] [--bars M] [--keep FOLDER] [--processor]
N mentions of one client in SQLite, all within three days (default 1,000,000: some six minutes to build, 1.1 GB in a
temporary folder, or in FOLDER, where the next run finds them); the bars hold M of them (default 50,000). Times are
those of the clock; --processor: of the processor, on a machine that has other things to do.

Texts of thirty words: a third of everyday, a Zipf tail of 60,000, and two names that hardly come back. Planted: copies
with a word changed, cut short, or with a boost mark. A query is all of pipeline/place.verdicts in a transaction of its
own: reading the new text, its words' counts, the index, the candidates' texts, the re-ranking. An insert is all of
pipeline/save.save to the disk: entry, story, mention, words. Times of one mention at a time, and each of a page of 20
as polls bring them; the first ones, which prepare the statements and meet the words, are not counted.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import struct
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

import dedup_bars

from veille.analysis import dedup
from veille.model.entry import Entry
from veille.model.exchange import Source
from veille.model.mention import Kinship, Match, Urgency, Verdict
from veille.model.watch import Client
from veille.pipeline.place import Fresh, Placed, verdicts
from veille.pipeline.roster import Concern, Subscription
from veille.pipeline.save import Sorted, save
from veille.store import placing, sources, words
from veille.store.engine import Store

START = datetime(2027, 2, 10, tzinfo=UTC)
NOW = START + timedelta(hours=71)
CLIENT = "floreal"
SOURCE = Source(id="s", kind="feed", url="https://a.example/", key="s")
CONCERN = Concern(subscription=Subscription(Client(id=CLIENT, name="Floreal", mark="F"), SOURCE), matches=(Match("w"),))
PAGE = 20
#: Asked before the clock runs: a daemon has met most words.
WARM = 500
_SYLLABLES = "ba bel bou bri can cha cor dou flo gar gra jar lan lou mar mon nar pel"
SYLLABLES = _SYLLABLES.split()


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
    options.add_argument("--keep", type=Path)
    options.add_argument("--processor", action="store_true")
    chosen = options.parse_args()
    if chosen.processor:
        Clock.now = time.process_time
    with nullcontext(chosen.keep) if chosen.keep else tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / f"veille-{chosen.number}.db", chosen.number, chosen.asked)
    bars(Texts(), chosen.bars)


class Clock:
    """Seconds, of the clock or of the processor."""

    now = time.perf_counter


def measure(path: Path, number: int, asked: int) -> None:
    """The times of a store of so many mentions, built unless it is there."""
    built = path.exists()
    store = Store.open(f"sqlite:///{path}")
    if not built:
        with store.writing() as tx:
            sources.sync(tx, [(CLIENT, SOURCE)], now=START)
        began = time.perf_counter()
        build(path, number)
        print(f"{number:,} mentions stored in {time.perf_counter() - began:.0f} s")
    print(f"{number:,} mentions, {path.stat().st_size / 1e9:.2f} GB")
    stored, planted = spread_over(path, number, asked)
    made = Texts()
    made.rng.seed(stored)
    for _ in range(0, WARM, PAGE):
        query(store, [" ".join(made.text()) for _ in range(PAGE)])
    ask(store, [(n, made.retouched(text.split(" "))) for n, text in planted])
    strangers = [(0, " ".join(made.text())) for _ in range(asked)]
    ask(store, strangers)
    for size in (1, PAGE):
        insert(store, [" ".join(made.text()) for _ in range(asked)], size)
    store.close()


def spread_over(path: Path, number: int, asked: int) -> tuple[int, list[tuple[int, str]]]:
    """How many mentions there are; (number, text) of some of them, old and new."""
    every = max(1, number // asked)
    conn = sqlite3.connect(path)
    stored: int = conn.execute("SELECT max(id) FROM mention").fetchone()[0]
    found = conn.execute("SELECT id, text FROM entry WHERE id <= ? AND id % ? = ?", (number, every, every // 2))
    kept: list[tuple[int, str]] = found.fetchall()
    conn.close()
    return stored, kept


def build(path: Path, number: int) -> None:
    """Fills the tables as the store would."""
    counts: dict[int, int] = {}
    latest: defaultdict[int, list[int]] = defaultdict(list)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous=OFF")
    rows = _rows(Texts(), number, counts)
    while part := list(islice(rows, 20_000)):
        conn.execute("BEGIN")
        for table, place in (("story", 0), ("entry", 1), ("mention", 2)):
            _fill(conn, table, [each[place] for each in part])
        for each in part:
            for token in each[3]:
                latest[token].append(each[2]["id"])
        conn.execute("COMMIT")
    conn.execute("BEGIN")
    seed = words.seed(CLIENT)
    packed = {token: struct.pack(f"<{len(found[-512:])}I", *found[-512:]) for token, found in latest.items()}
    counted = [(token ^ seed, n, packed.get(token, b"")) for token, n in {**counts, words.EVERY: number}.items()]
    conn.executemany("INSERT INTO word_use (key, texts, latest) VALUES (?, ?, ?)", sorted(counted))
    conn.execute("COMMIT")
    conn.execute("ANALYZE")
    conn.close()


Row = dict[str, object]


def _rows(made: Texts, number: int, counts: dict[int, int]) -> Iterator[tuple[Row, Row, Row, set[int]]]:
    tokens: dict[str, tuple[int, ...]] = {}
    first = int(START.timestamp() * 1e6)
    step = int(timedelta(hours=70).total_seconds() * 1e6 / number)
    for n in range(1, number + 1):
        text = made.text()
        ranked = sorted(set(text), key=lambda word: -made.rank.get(word, 10**9 if len(word) > 8 else -1))
        found = {token for word in set(text) for token in _tokens(word, tokens)}
        for token in found:
            counts[token] = counts.get(token, 0) + 1
        sketch = {token for word in ranked[:12] for token in _tokens(word, tokens)}
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
    for number, text in asked:
        began = Clock.now()
        verdict = query(store, [text])[0][1]
        took.append(Clock.now() - began)
        found += number > 0 and verdict.kinship is Kinship.COPY and verdict.of == number
        taken += verdict.kinship is Kinship.COPY
    paged = []
    for start in range(0, len(asked), PAGE):
        page = [text for _, text in asked[start : start + PAGE]]
        began = Clock.now()
        query(store, page)
        paged.append((Clock.now() - began) / len(page))
    what = "planted copies" if asked[0][0] else "strangers"
    said = f"recall {found / len(asked):.3f}" if asked[0][0] else f"{taken} taken for copies"
    print(f"query, {what:<15} {said}; alone {spread(took)}; by pages of {PAGE}, each {spread(paged)}")


def query(store: Store, texts: Sequence[str]) -> list[tuple[placing.Lookup, Verdict]]:
    """The verdict on each text."""
    with store.reading() as conn:
        return verdicts(conn, CONCERN.subscription.client, [_fresh(text) for text in texts])


def _fresh(text: str) -> Fresh:
    content = sha256(text.encode()).digest()
    link = f"https://b.example/{content.hex()}"
    entry = Entry(key=content.hex(), text=text, link=link, author="", site="b.example")
    return Fresh(
        source=SOURCE,
        row=1,
        seen=NOW,
        backlog=False,
        entry=entry,
        canonical=link,
        published=NOW,
        content=content,
        concerns=(CONCERN,),
    )


def insert(store: Store, texts: Sequence[str], size: int) -> None:
    """Prints the time of a mention with its entry, by pages of that size, to the disk."""
    took = []
    for start in range(0, len(texts), size):
        fresh = [_fresh(text) for text in texts[start : start + size]]
        with store.reading() as conn:
            kin = verdicts(conn, CONCERN.subscription.client, fresh)
        placed = [
            Placed(fresh=each, concern=CONCERN, lookup=lookup, verdict=verdict, urgency=Urgency(points=0))
            for each, (lookup, verdict) in zip(fresh, kin, strict=True)
        ]
        began = Clock.now()
        with store.writing() as tx:
            save(tx, Sorted(fresh=tuple(fresh), edited=(), excluded=()), {CLIENT: placed})
        took.append((Clock.now() - began) / size)
    print(f"insert, entry and mention, {'alone' if size == 1 else f'by pages of {size}, each'} {spread(took)}")


def bars(made: Texts, number: int) -> None:
    """The same question to other means, over fewer texts."""
    texts = [made.text() for _ in range(number)]
    said = [" ".join(text) for text in texts]
    planted = random.Random(9).sample(range(number), min(200, number))
    asked = [(place, made.retouched(texts[place])) for place in planted]
    print(f"bars, over {number:,} texts:")
    _time("FTS5 + rapidfuzz", asked, dedup_bars.full_text(said))
    _time("rapidfuzz, all texts", asked[:20], dedup_bars.each(said))
    if dedup_bars.RMinHash is None:
        print("  rensa LSH + rapidfuzz: rensa is not installed")
    else:
        _time("rensa LSH + rapidfuzz", asked, dedup_bars.rensa(said))


def _time(name: str, asked: Sequence[tuple[int, str]], find: Callable[[str], int]) -> None:
    took, right = [], 0
    for place, text in asked:
        began = Clock.now()
        right += find(text) == place
        took.append(Clock.now() - began)
    print(f"  {name:<33} recall {right / len(asked):.3f}; {spread(took)}")


def spread(took: Sequence[float]) -> str:
    """ "p50 250 µs, p99 900 µs"."""
    ranked = sorted(took)
    p99 = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
    return f"p50 {statistics.median(ranked) * 1e6:,.0f} µs, p99 {p99 * 1e6:,.0f} µs"


if __name__ == "__main__":
    main()
