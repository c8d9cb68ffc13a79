"""`veille demo`."""

from __future__ import annotations

import locale
import logging
import signal
from pathlib import Path
from types import FrameType

import structlog

from veille.demo.play import play
from veille.rendering.catalogue import shipped


def demo(*, speed: float, keep: Path | None, language: str) -> int:
    """Plays the story; the log is kept quiet, since the play shows what happens."""
    signal.signal(signal.SIGTERM, _ended)
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    return play(speed=speed, keep=keep, language=shipped(language or _system_language()))


def _ended(number: int, frame: FrameType | None) -> None:
    """SIGTERM ends a play as Ctrl-C does: its temporary folder goes, its servers close."""
    raise KeyboardInterrupt


def _system_language() -> str:
    name, _ = locale.getlocale()
    return name or "en"
