"""The label of tone against French tweets and English ones, beside the bars: macro-F1 of negative, neutral, positive.

usage: bench/tone.py            data from $VEILLE_DATA (default ../shared/data)

No weight was learnt from the tweets: the words and their strengths are ours. The training part served to choose two
numbers of analysis/tone.py (how close to 0 is neutral, how much more bad news weighs), about two hundred of its tweets
were read while the list was written, and counts of its words served once to mend stems that were too wide or too
narrow; of the validation part only this figure was looked at.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from pathlib import Path

from figures import macro_f1

from veille.analysis import tone
from veille.analysis.urgency import score
from veille.model.entry import Entry

DATA = Path(os.environ.get("VEILLE_DATA", "../shared/data"))
LABELS = ("negative", "neutral", "positive")


def main() -> int:
    """Prints the table; 2 when the data are absent."""
    if not (DATA / "tone_fr").is_dir():
        print(f"no data in {DATA.resolve()}: set VEILLE_DATA", file=sys.stderr)
        return 2
    print(f"{'macro-F1':44} {'veille':>7}  bars")
    bars = "vaderSentiment-fr .553, TF-IDF .601, XLM-R .720 (on its test part); .62 asked"
    for part, beside in (("train", ""), ("val", bars)):
        texts = (DATA / "tone_fr" / f"{part}_text.txt").read_text(encoding="utf-8").splitlines()
        labels = [LABELS[int(line)] for line in (DATA / "tone_fr" / f"{part}_labels.txt").read_text().split()]
        show(f"French tweets, {part} ({len(texts)})", texts, labels, "fr", beside)
    with (DATA / "complaints" / "complaints.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    show(
        f"English tweets to brands ({len(rows)})",
        [r["tweet"] for r in rows],
        [r["sentiment"].lower() for r in rows],
        "en",
    )
    return 0


def show(name: str, texts: list[str], labels: list[str], language: str, bars: str = "") -> None:
    """One row, and the time a text takes."""
    began = time.process_time()
    said = [tone.label(score(Entry(key="bench", text=text), language=language).tone) for text in texts]
    took = (time.process_time() - began) / len(texts)
    print(
        f"{name:44} {macro_f1(said, labels):7.3f}  {bars or f'{took * 1e6:.0f} microseconds a text, urgency included'}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
