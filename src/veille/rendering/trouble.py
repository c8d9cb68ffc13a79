"""What could not be watched, source by source: since when, and why, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from veille.model.digest import Health, SourceHealth
from veille.rendering.catalogue import later
from veille.rendering.voice import Voice, shown

_ADDRESS, _ERROR = 80, 120
#: Delays that are said.
_DELAYS = 12

_TOO_SLOW = later("the site takes too long to answer")
_CUT = later("the connection breaks off")
_UNKNOWN_NAME = later("the name of the site is not found")
_UNREACHABLE = later("the site cannot be reached")
_NO_FEED = later("the site answers with something else than a feed")
_TOO_LARGE = later("the answer is too large")
_GARBLED = later("the answer is encoded in a way that cannot be read")
_REFUSED = later("this address may not be asked")
_OURS = later("the answer could not be read")

#: How the sentences of fetch/, net/, sources/ and of the system's errno begin, and what a reader is told. The store
#: keeps the sentence alone; one that is in no row, such as "HTTP 503", is said as it is.
_ERRORS: tuple[tuple[str, str], ...] = (
    ("gone", later("the site says that it is gone for good")),
    ("the name was not resolved in time", _TOO_SLOW),
    ("the name has both", _REFUSED),
    ("the name ", _UNKNOWN_NAME),
    ("no connection in time", _TOO_SLOW),
    ("no whole answer in time", _TOO_SLOW),
    ("no tls handshake in time", _TOO_SLOW),
    ("the request was not taken in time", _TOO_SLOW),
    ("connection timed out", _TOO_SLOW),
    ("connection refused", later("the site refuses the connection")),
    ("connection reset", _CUT),
    ("broken pipe", _CUT),
    ("broken http", _CUT),
    ("the connection failed", _CUT),
    ("the server hung up", _CUT),
    ("the answer was cut short", _CUT),
    ("no route to host", _UNREACHABLE),
    ("network is unreachable", _UNREACHABLE),
    ("the certificate is refused", later("the certificate of the site is not valid")),
    ("tls failed", later("no secure connection can be made")),
    ("body over", _TOO_LARGE),
    ("headers over", _TOO_LARGE),
    ("the answer is over", _TOO_LARGE),
    ("content-encoding refused", _GARBLED),
    ("the body is not the", _GARBLED),
    ("more than", later("the site redirects without end")),
    ("private address", _REFUSED),
    ("a redirect ", _REFUSED),
    ("the address ", _REFUSED),
    ("only http", _REFUSED),
    ("an html page", later("the site answers with a page, not a feed: a login or an error page?")),
    ("not a feed", _NO_FEED),
    ("an opml list", _NO_FEED),
    ("a json answer", _NO_FEED),
    ("a broken json answer", _NO_FEED),
    ("the answer is empty", later("the answer is empty")),
    ("feedparser cannot", _OURS),
    ("the reader ", _OURS),
    ("killed after", _OURS),
    ("not saved", _OURS),
    ("a fault of ours", _OURS),
)


def trouble_sentence(voice: Voice, source: SourceHealth) -> str:
    """Say which source could not be watched, since when, and why."""
    said = _trouble(voice, source, f"{shown(source.source_id, _ADDRESS)} ({shown(source.url, _ADDRESS)})")
    error = error_sentence(voice, source.error)
    return voice.labelled(said, error) if error else said


def _trouble(voice: Voice, source: SourceHealth, name: str) -> str:
    if source.health is Health.STOPPED:
        return voice.say("{source} is no longer asked", source=name)
    if source.health is Health.SLOW:
        return voice.say("{source} answers slowly: {n} s", source=name, n=round(source.took))
    if source.since is None:
        return voice.say("{source} does not answer", source=name)
    moment = voice.moment(source.since)
    if source.health is Health.SILENT:
        return voice.say("{source} has brought nothing new since {moment}: unusual there", source=name, moment=moment)
    if source.health is Health.CHANGED:
        return voice.say("{source} answers otherwise than before since {moment}", source=name, moment=moment)
    if source.last_answer is None:
        return voice.say("{source} has given nothing since {moment}", source=name, moment=moment)
    return voice.say("{source} has not answered since {moment}", source=name, moment=moment)


def delays(voice: Voice, known: Sequence[tuple[str, timedelta]]) -> str:
    """Say each source's usual time from publication to seen, the longest first ("" when none is known)."""
    if not known:
        return ""
    longest = sorted(known, key=lambda one: (-one[1], one[0]))
    rows = (f"{shown(name, _ADDRESS)} {_minutes(voice, delay)}" for name, delay in longest[:_DELAYS])
    said = ", ".join(with_the_rest(voice, rows, len(longest) - _DELAYS))
    return voice.labelled(voice.say("Usual time from publication to seen"), said)


def _minutes(voice: Voice, delay: timedelta) -> str:
    return voice.duration(max(round(delay.total_seconds() / 60), 1))


def trouble_sentences(voice: Voice, sources: Sequence[SourceHealth], *, most: int) -> tuple[str, ...]:
    """The same for several: at most so many, then how many are left out."""
    return with_the_rest(voice, (trouble_sentence(voice, source) for source in sources[:most]), len(sources) - most)


def with_the_rest(voice: Voice, rows: Iterable[str], rest: int) -> tuple[str, ...]:
    """Rows, and a last one that counts those left out, if any (`rest` > 0)."""
    return (*rows, *_others(voice, rest))


def error_sentence(voice: Voice, error: str) -> str:
    """A stored error in the reader's language; in English it says more, as it was written."""
    if voice.language != "en":
        known = next((said for start, said in _ERRORS if error.lower().startswith(start)), "")
        if known:
            return voice.say(known)
    return shown(error, _ERROR)


def _others(voice: Voice, rest: int) -> Iterator[str]:
    if rest > 0:
        yield voice.count("and {n} other", "and {n} others", rest)
