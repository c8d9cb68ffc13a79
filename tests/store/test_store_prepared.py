"""Statements that the driver runs itself say what SQLAlchemy says, and hold back nothing of one row for the next."""

from __future__ import annotations

import pytest
from kit_store import NOW, mentioned, synced
from sqlalchemy import bindparam, insert, select

from veille.errors import StoreError
from veille.store import schema
from veille.store.engine import Store
from veille.store.prepared import Prepared

_mention, _flag = schema.mention.c, schema.flag.c
OF_IDS = select(schema.mention).where(_mention.id.in_(bindparam("_ids", expanding=True))).order_by(_mention.id)


@pytest.mark.parametrize("number", [1, 2, 3, 5])
def test_rows_are_those_of_sqlalchemy(store: Store, number: int) -> None:
    """Types included, for lists that are filled up and for those that are not."""
    row = synced(store, "press")["press"]
    with store.writing() as tx:
        mentioned(tx, row, 5)
    with store.reading() as conn:
        bound = {"_ids": list(range(1, number + 1))}
        assert [tuple(each) for each in Prepared(OF_IDS, "_ids").rows(conn, bound)] == [
            tuple(each) for each in conn.execute(OF_IDS, bound)
        ]
        assert Prepared(OF_IDS, "_ids").first(conn, {"_ids": [2]}).seen.tzinfo is not None
        assert Prepared(OF_IDS, "_ids").first(conn, {"_ids": [99]}) is None


def test_a_row_that_lacks_a_value_does_not_take_that_of_the_one_before(sqlite_store: Store) -> None:
    """It is refused."""
    adding = Prepared(insert(schema.flag))
    with sqlite_store.writing() as tx:
        adding.run(tx, [{"name": "a", "value": "1", "at": NOW}])
        with pytest.raises(KeyError):
            adding.run(tx, [{"name": "b", "at": NOW}])


def test_what_the_driver_refuses_is_an_error_of_the_store(sqlite_store: Store) -> None:
    """As what SQLAlchemy refuses."""
    row = {"name": "a", "value": "1", "at": NOW}
    with pytest.raises(StoreError), sqlite_store.writing() as tx:
        Prepared(insert(schema.flag)).run(tx, [row, row])
    with sqlite_store.reading() as conn:
        assert Prepared(select(_flag.name)).rows(conn, {}) == []
