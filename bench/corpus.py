"""Reads every feed file of the data folder through our connector and through feedparser alone, and compares.

    python bench/corpus.py [--show N]

For each archive: files, exceptions out of ours, feeds and entries found by each, files where ours finds fewer, and
whether the fast path (the same page again, with an item of it forgotten) equals the whole read, and whether
plain items are read as feedparser reads them.
The folder is $VEILLE_DATA (default ../shared/data); the script says so when it is absent and ends with code 2.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tarfile
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import feedparser

from veille.errors import NotAFeed, ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Response, Source
from veille.sources import feed
from veille.sources.base import read_page
from veille.sources.syndication import plain
from veille.sources.syndication.decoding import to_utf8
from veille.sources.syndication.items import Memory, declared_language, has_base, split

DATA = Path(os.environ.get("VEILLE_DATA", "../shared/data"))
SOURCE = Source(id="corpus", kind="feed", url="https://corpus.example/feed", key="corpus")


def files(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every regular file."""
    with tarfile.open(archive) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None:
                yield member.name, content.read()


def theirs(body: bytes) -> int:
    """Entries that feedparser finds; none where it raises."""
    try:
        return len(feedparser.parse(io.BytesIO(body)).entries)
    except Exception:  # noqa: BLE001 - what it raises is what is measured
        return 0


def ours(body: bytes, state: PollState) -> Page:
    """The page that our connector reads."""
    return read_page(SOURCE, Response(url=SOURCE.url, status=200, body=body), state)


def fast_path_differs(body: bytes, page: Page) -> bool:
    """Forget one known item: what is read then must be that entry alone, and all the rest the same."""
    memory = Memory.decode(page.memory)
    if not memory.head or not memory.records:
        return False
    forgotten = dict(list(memory.records.items())[1:])
    past = PollState(memory=Memory(memory.head, forgotten).encode(), cursor=page.cursor)
    again = ours(body, past)
    expected = replace(page, entries=page.entries[:1], unchanged=len(page.entries) - 1)
    return again != expected


def plain_items(body: bytes) -> tuple[object, object] | None:
    """The drafts of plain items as we read them, and as feedparser does; None where they are not plain."""
    document = to_utf8(body)
    parts = split(document)
    based = parts is not None and has_base(parts.before + parts.after)
    language = declared_language(parts) if parts and not based else None
    base = SOURCE.url if parts and parts.based else ""
    entries = plain.read_items(document, language, base=base) if language is not None else None
    parsed = feed.parsed_whole(document, base)
    known = not parsed.get("bozo") and parsed.get("version") in feed.PLAIN_VERSIONS
    if entries is None or len(entries) != len(parsed["entries"]) or not known:
        return None
    return feed.drafts({**parsed, "entries": entries}, SOURCE.url), feed.drafts(parsed, SOURCE.url)


def compare(name: str, body: bytes, counts: Counter[str]) -> str:
    """Count one file; a line about it when something is wrong."""
    counts["files"] += 1
    found = theirs(body)
    counts["theirs"] += found
    try:
        page = ours(body, PollState())
    except ReadError as error:
        counts["opml" if isinstance(error, NotAFeed) and "OPML" in str(error) else "not a feed"] += 1
        return f"{name}: theirs {found}, ours: {error}" if found else ""
    except Exception as error:  # noqa: BLE001 - an exception of another kind is the fault looked for
        counts["EXCEPTIONS"] += 1
        return f"{name}: {type(error).__name__}: {error}"
    counts["feeds"] += 1
    counts["ours"] += page.found + page.empty
    counts["empty"] += page.empty
    counts["repeated"] += page.repeated
    counts["fast path"] += bool(Memory.decode(page.memory).head)
    if fast_path_differs(body, page):
        counts["FAST DIFFERS"] += 1
        return f"{name}: the fast path differs"
    both = plain_items(body)
    counts["plain"] += both is not None
    if both and both[0] != both[1]:
        counts["PLAIN DIFFERS"] += 1
        return f"{name}: plain items differ"
    if page.found + page.empty < found:
        counts["FEWER"] += 1
        return f"{name}: theirs {found}, ours {page.found} + {page.empty} empty"
    return ""


def main() -> int:
    """Print one line an archive; the exit code says whether all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=20, help="lines about wrong files, at most")
    show = parser.parse_args().show
    warnings.simplefilter("ignore", DeprecationWarning)
    archives = sorted((DATA / "feeds").glob("*.tar.gz"))
    if not archives:
        print(f"no feed archives in {DATA}/feeds: set VEILLE_DATA")
        return 2
    bad = 0
    for archive in archives:
        counts: Counter[str] = Counter()
        lines = [line for name, body in files(archive) if (line := compare(name, body, counts))]
        print(f"{archive.name}: " + ", ".join(f"{key} {value}" for key, value in counts.items()))
        print(*(f"  {line}" for line in lines[:show]), sep="\n")
        bad += counts["EXCEPTIONS"] + counts["FEWER"] + counts["FAST DIFFERS"] + counts["PLAIN DIFFERS"]
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
