"""What a site lets robots read: its robots.txt, asked once a day and honoured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

from veille.errors import BadStatus
from veille.model.exchange import NotModified, Request, Response

#: Seconds that an answer is believed, and characters of it that are read (RFC 9309 asks for 500 KiB at least).
_FRESH = 24 * 3600.0
_LARGEST = 600_000
#: Sites remembered.
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class _Rules:
    until: float
    rules: Protego


class Robots:
    """Answers for every thread. `fetch` asks one question, `seconds` is a clock that only grows."""

    def __init__(
        self, fetch: Callable[[Request], Response | NotModified], *, agent: str, seconds: Callable[[], float]
    ) -> None:
        self._fetch = fetch
        self._agent = agent
        self._seconds = seconds
        self._known: dict[str, _Rules] = {}
        self._lock = Lock()

    def allow(self, url: str) -> bool:
        """Whether the page may be read. A site without robots.txt allows everything (RFC 9309, 2.3.1.3).

        Raises FetchError when the site cannot say: nothing is read there meanwhile.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        return bool(self._rules(origin).can_fetch(url, self._agent))

    def _rules(self, origin: str) -> Protego:
        with self._lock:
            known = self._known.get(origin)
        if known and known.until > self._seconds():
            return known.rules
        rules = Protego.parse(self._asked(origin))
        with self._lock:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[origin] = _Rules(self._seconds() + _FRESH, rules)
        return rules

    def _asked(self, origin: str) -> str:
        try:
            answer = self._fetch(Request(url=f"{origin}/robots.txt"))
        except BadStatus as error:
            if 400 <= error.status < 500 and error.status != 429:
                return ""
            raise
        return answer.body[:_LARGEST].decode("utf-8", "replace") if isinstance(answer, Response) else ""
