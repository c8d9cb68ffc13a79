"""What the fault tests run in processes of their own, to kill them."""

from __future__ import annotations

import sys

from kit_store import NOW, a_notification

from veille.store import flags, outbox
from veille.store.engine import Store


def write_for_ever(url: str) -> None:
    """Commit rows one by one, and say each number once it is committed."""
    store = Store.open(url, migrate=False)
    number = 0
    while True:
        number += 1
        with store.writing() as tx:
            flags.put(tx, f"row {number}", at=NOW)
            outbox.enqueue(tx, [a_notification(str(number))])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    write_for_ever(sys.argv[1])
