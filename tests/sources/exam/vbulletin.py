"""How vBulletin answers, for the exam: a plain feed."""

from __future__ import annotations

from sources.exam.feed import CONTENT_TYPE, MALFORMED, SAYS, item, page
from veille.model.exchange import Source

__all__ = ["CONTENT_TYPE", "MALFORMED", "SAYS", "SOURCE", "item", "page"]

SOURCE = Source(id="s", kind="vbulletin", url="https://forum.example", key="s")
