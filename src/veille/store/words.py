"""How many of a client's mentions hold a word: counted as they are stored, asked for a few words at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection, TextClause, text

from veille.store import schema
from veille.store.prepared import execute, execute_many
from veille.store.upsert import chunks, insert, padded

#: The key under which mentions themselves are counted; no word has it.
EVERY = 0

_word = schema.word.c


def count(tx: Connection, mentions: Sequence[tuple[str, Iterable[int]]]) -> None:
    """Count mentions, each as (client id, its tokens)."""
    counts = Counter((client_id, token) for client_id, tokens in mentions for token in {EVERY, *tokens})
    if tx.dialect.name == "sqlite":
        execute_many(tx, _MORE, [(*place, n) for place, n in sorted(counts.items())])
        return
    rows = [{"client_id": client_id, "token": token, "texts": n} for (client_id, token), n in sorted(counts.items())]
    if rows:
        statement = insert(tx, schema.word)
        more = {"texts": _word.texts + statement.excluded.texts}
        tx.execute(statement.on_conflict_do_update(index_elements=("client_id", "token"), set_=more), rows)


_MORE = (
    "INSERT INTO word (client_id, token, texts) VALUES (?, ?, ?)"
    " ON CONFLICT DO UPDATE SET texts = texts + excluded.texts"
)


def counted(conn: Connection, client_id: str, tokens: Iterable[int]) -> tuple[int, Mapping[int, int]]:
    """(how many mentions were counted, how many of them hold each token; 0 for one never met)."""
    wanted = list({EVERY, *tokens})
    found = dict.fromkeys(wanted, 0)
    for part in chunks(wanted):
        whole = [*part, *[None] * (padded(len(part)) - len(part))]
        if conn.dialect.name == "sqlite":
            found |= dict(execute(conn, _plain(len(whole)), (client_id, *whole)))
            continue
        asked = {f"v{n}": token for n, token in enumerate(whole)}
        rows = conn.execute(_question(len(whole)), {"client": client_id, **asked}).all()
        found |= {row.token: row.texts for row in rows}
    return found.pop(EVERY), found


@lru_cache(maxsize=16)
def _plain(size: int) -> str:
    return f"SELECT token, texts FROM word WHERE client_id = ? AND token IN ({', '.join('?' * size)})"


@lru_cache(maxsize=16)
def _question(size: int) -> TextClause:
    marks = ", ".join(f":v{n}" for n in range(size))
    return text(f"SELECT token, texts FROM word WHERE client_id = :client AND token IN ({marks})")
