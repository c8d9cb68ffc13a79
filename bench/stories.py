"""Grouping headlines into stories in one pass, beside the figures to beat: B-cubed F1 on 87 news stories.

usage: bench/stories.py [N]        data from $VEILLE_DATA (default ../shared/data); N rows instead of all.
As its README says: the cut last row dropped, rows shuffled with Random(1), times hidden and made up 1 s
apart. Candidates come from an index of sketches, as in the store. Thresholds were chosen on the train half alone.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path

from veille.analysis import dedup
from veille.analysis.corpus import Corpus
from veille.model.mention import Candidate, Kinship, Verdict
from veille.store.placing import LIKELIEST as CANDIDATES
from veille.store.placing import PER_KEY
from veille.text.url import canonical, host

DATA = Path(os.environ.get("VEILLE_DATA", "../shared/data"))
START = datetime(2014, 3, 10, tzinfo=UTC)


def main() -> int:
    """Prints the figures; 2 when the data are absent."""
    path = DATA / "stories" / "headlines.csv"
    if not path.is_file():
        print(f"no data in {DATA.resolve()}: set VEILLE_DATA", file=sys.stderr)
        return 2
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))[:-1]
    random.Random(1).shuffle(rows)
    rows = rows[: int(sys.argv[1])] if len(sys.argv) > 1 else rows
    stories = sorted({row["STORY"] for row in rows})
    random.Random(7).shuffle(stories)
    train = set(stories[: len(stories) // 2])
    for name, kept in (("all", set(stories)), ("train half", train), ("other half", set(stories) - train)):
        report(name, [row for row in rows if row["STORY"] in kept])
    print("bars (all): character TF-IDF .619, word TF-IDF .584, exact title .027")
    return 0


def report(name: str, rows: Sequence[dict[str, str]]) -> None:
    """One line: how well these headlines are grouped."""
    began = time.process_time()
    found = group(rows)
    took = (time.process_time() - began) / len(rows)
    precision, recall, f1 = b_cubed(found, [row["STORY"] for row in rows])
    said = f"B-cubed F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f})"
    print(f"{name:<11} {said}; {len(rows)} headlines, {len(set(found))} stories found, {took * 1000:.2f} ms each")


def group(rows: Sequence[dict[str, str]]) -> list[int]:
    """The story of each headline, in one pass."""
    placed: list[Candidate] = []
    index: defaultdict[int, list[int]] = defaultdict(list)
    counts: Counter[int] = Counter()
    for number, row in enumerate(rows):
        at = START + timedelta(seconds=number)
        entry = dedup.Placing(
            canonical=canonical(row["URL"]),
            title=row["TITLE"],
            text="",
            author="",
            site=host(row["URL"]),
            published=at,
            seen=at,
        )
        tokens = dedup.tokens(entry.title, "")
        corpus = Corpus(number, {token: counts[token] for token in tokens})
        hashes = dedup.sketch(entry.title, "", corpus)
        near = [placed[place] for place in _near(hashes, index, counts, number)]
        verdict = dedup.place(entry, near, now=at, corpus=corpus)
        placed.append(_candidate(entry, number + 1, verdict))
        counts.update(tokens)
        for key in hashes:
            index[key].append(number)
    return [candidate.story_id for candidate in placed]


def _near(hashes: Sequence[int], index: dict[int, list[int]], counts: Counter[int], texts: int) -> list[int]:
    """As the store does: the last under each key, those first that share what is rarest."""
    sharing: Counter[int] = Counter()
    for key in hashes:
        says = log((texts + 2) / (counts[key] + 1))
        for place in index[key][-PER_KEY:]:
            sharing[place] += says
    return [place for place, _ in sharing.most_common(CANDIDATES)]


def _candidate(entry: dedup.Placing, number: int, verdict: Verdict) -> Candidate:
    return Candidate(
        mention_id=number,
        story_id=verdict.story_id if verdict.story_id is not None else number,
        canonical=entry.canonical,
        title=entry.title,
        text="",
        author="",
        site=entry.site,
        published=entry.published,
        seen=entry.seen,
        copy_of=verdict.of if verdict.kinship is Kinship.COPY else None,
    )


def b_cubed(found: Sequence[Hashable], true: Sequence[Hashable]) -> tuple[float, float, float]:
    """(precision, recall, F1), each mention weighing the same."""
    both = Counter(zip(found, true, strict=True))
    by_found, by_true = Counter(found), Counter(true)
    precision = sum(n * n / by_found[f] for (f, _), n in both.items()) / len(found)
    recall = sum(n * n / by_true[t] for (_, t), n in both.items()) / len(found)
    return precision, recall, 2 * precision * recall / (precision + recall)


if __name__ == "__main__":
    raise SystemExit(main())
