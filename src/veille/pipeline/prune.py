"""Lets go of what is older than agreed, a little at a time."""

from __future__ import annotations

from veille.pipeline.house import House
from veille.store.prune import prune as prune_some

#: Small transactions of one visit: what is left waits for the next.
STEPS = 200


def prune(house: House) -> int:
    """Forgets step by step until nothing is left or the visit is long enough; how many rows. Raises StoreError."""
    now, retention = house.clock.now(), house.installation.retention
    own = {client.id: client.retention for client in house.roster.clients.values() if client.retention}
    total = 0
    for _ in range(STEPS):
        with house.store.writing() as tx:
            gone = prune_some(tx, now=now, retention=retention, clients=own).total
        total += gone
        if not gone or house.stopping.is_set():
            break
    return total
