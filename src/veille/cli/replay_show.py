"""What `veille replay` prints: events as they come, or those of two configurations side by side."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Sequence

from veille.cli.exits import printable
from veille.replay.text import line_of, numbers_of, side_by_side
from veille.replay.told import Event

#: Made once: json.dumps would make one for every event.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Unwritten(BaseException):
    """Standard output takes no more: no fault of the client's whose event it was, so nothing may excuse it."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error)
        self.error = error


class Show:
    """Prints one replay as it goes, or several, under the names of their settings, once all are played."""

    def __init__(self, format: str, zone: str, names: Sequence[str]) -> None:  # noqa: A002 - the option's name
        self._lines = format == "jsonl"
        self._zone = zone
        self._names = names
        self._told: list[list[Event]] = [[] for _ in names]
        self._held: Counter[str] = Counter()
        self._digests = 0

    def teller(self, number: int) -> Callable[[Event], None]:
        """What takes the events of the replay of that number."""
        return self._told[number].append if self._names else self._print

    def end(self) -> None:
        """Prints what was kept back."""
        if not self._names:
            pass
        elif self._lines:
            self._merged()
        else:
            self._columns()
        sys.stdout.buffer.flush()

    def _print(self, event: Event) -> None:
        if self._lines:
            _write(_ENCODER.encode(event))
            return
        self._digests += event["event"] == "digest"
        if event["event"] == "held":
            self._held[event["reason"]] += 1
        if line := line_of(event, self._zone):
            _write(printable(line))
        if event["event"] == "summary":
            _write("\n".join(("", *numbers_of(event, self._held, digests=self._digests))))

    def _merged(self) -> None:
        """All events in order of time, each with the name of its settings; the summaries last."""
        every = [
            {**event, "config": name} for name, told in zip(self._names, self._told, strict=True) for event in told
        ]
        for event in sorted(every, key=lambda event: (event["event"] == "summary", event.get("at", ""))):
            _write(_ENCODER.encode(event))

    def _columns(self) -> None:
        width = shutil.get_terminal_size().columns
        for line in side_by_side(self._names, self._told, zone=self._zone, width=width):
            _write(printable(line))
        for name, told in zip(self._names, self._told, strict=True):
            held = Counter(event["reason"] for event in told if event["event"] == "held")
            digests = sum(event["event"] == "digest" for event in told)
            _write("\n".join(("", printable(name), *numbers_of(told[-1], held, digests=digests))))


def _write(text: str) -> None:
    # Whatever UTF-8 cannot write is written as JSON escapes it: the same signs.
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    except OSError as error:
        raise Unwritten(error) from None
