"""One client's fault stays that client's: logged whole, told to the operator, and the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from veille.errors import StoreError

log = structlog.get_logger()

#: The flag of a client whose data could not be worked with: "trouble:floreal".
TROUBLE = "trouble:"


@contextmanager
def excused(faults: list[Exception], event: str, **whose: str) -> Iterator[None]:
    """Runs the block; a fault is logged as `event` and kept in `faults`. A store that cannot serve is everyone's."""
    try:
        yield
    except StoreError:
        raise
    except Exception as error:  # whatever one client's data can raise must not silence the others
        log.exception(event, **whose)
        faults.append(error)
