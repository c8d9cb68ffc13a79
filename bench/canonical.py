"""Grouping of addresses by their canonical form, beside simpler rules: F1 over pairs of addresses.

usage: bench/canonical.py [FILE]    FILE as tests/text/addresses.txt (the default) or JSON Lines of {"a", "b", "same"}.
A pair is found when both addresses have the same form; F1 is that of the pairs that are one publication.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from veille.text.url import canonical

GROUPS = Path(__file__).parent.parent / "tests" / "text" / "addresses.txt"
Pair = tuple[str, str, bool]


def main() -> int:
    """Prints one line a rule, and the pairs that ours gets wrong; 2 when the file cannot be read."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else GROUPS
    if not path.is_file():
        print(f"no file {path}", file=sys.stderr)
        return 2
    pairs = list(pairs_of(path))
    print(f"{len(pairs)} pairs, {sum(same for _, _, same in pairs)} of one publication")
    for name, rule in (("the address as it is", str), ("without query and fragment", _bare), ("veille", canonical)):
        precision, recall, f1 = _score(pairs, rule)
        print(f"{name:<28} precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}")
    for left, right, same in pairs:
        if (canonical(left) == canonical(right)) != same:
            print(f"  {'parted' if same else 'merged'}: {left}  {right}")
    return 0


def pairs_of(path: Path) -> Iterator[Pair]:
    """(one address, another, whether they are one publication)."""
    text = path.read_text(encoding="utf-8")
    if text.lstrip().startswith("{"):
        yield from ((row["a"], row["b"], bool(row["same"])) for row in map(json.loads, text.splitlines()))
        return
    for same, addresses in groups_of(text):
        yield from ((left, right, same) for left, right in combinations(addresses, 2))


def groups_of(text: str) -> Iterator[tuple[bool, list[str]]]:
    """(whether they are one, the addresses) of each group."""
    same, addresses = True, list[str]()
    for line in [*text.splitlines(), "= end"]:
        if line.startswith(("= ", "! ")):
            yield same, addresses
            same, addresses = line.startswith("="), []
        elif line and not line.startswith("#"):
            addresses.append(line)


def _bare(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def _score(pairs: list[Pair], rule: Callable[[str], str]) -> tuple[float, float, float]:
    found = [(rule(left) == rule(right), same) for left, right, same in pairs]
    right = sum(f and s for f, s in found)
    precision = right / max(1, sum(f for f, _ in found))
    recall = right / max(1, sum(s for _, s in found))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


if __name__ == "__main__":
    raise SystemExit(main())
