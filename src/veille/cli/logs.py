"""Logs as JSON lines on standard error, the libraries' own lines included, secrets left out."""

from __future__ import annotations

import logging
import os
import sys

import structlog

#: Libraries whose debug lines hold tokens: never below WARNING.
_TALKATIVE = ("apprise", "urllib3", "httpx", "httpcore", "apscheduler", "alembic")

#: What VEILLE_LOG may say.
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def configure(default: str) -> str:
    """At the start of a command: from the level of $VEILLE_LOG on, else from `default` on; what is wrong with it."""
    wanted = os.environ.get("VEILLE_LOG", "").strip().upper()
    known = wanted in LEVELS
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(wanted if known else default)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    # It warns each time a beat is not over when the next one is due: asking a thousand sources takes its time.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    return "" if known or not wanted else f"VEILLE_LOG: {wanted[:40]!r} is no level; write one of {', '.join(LEVELS)}"
