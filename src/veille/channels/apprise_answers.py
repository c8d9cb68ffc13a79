"""What an apprise result means: the status it hides in a log line, and whether the message may have gone."""

from __future__ import annotations

import re

from apprise.result import AppriseResult, AppriseResultStatus

from veille.channels.redaction import redacted
from veille.channels.vendors import Vendor
from veille.model.message import Outcome, Result

#: "Failed to send Free Mobile notification: Unauthorized, error=403."
_STATUS = re.compile(r"\berror=([0-9]{3,5})\b")

#: "A Connection error occurred sending ...": the host answered just before, so it broke on the way.
_CUT = re.compile(r"connection error", re.IGNORECASE)

#: HTTP says who we are or whom we ask for is refused.
_REFUSED = (401, 403, 404, 410)

#: The message itself is refused.
_BAD_MESSAGE = (400, 405, 406, 413, 415, 422)

#: A gateway gave up waiting for what is behind it, which may have sent.
_BEHIND = (502, 504)

#: Vendors' own codes where apprise logs them in place of the status, as the status they amount to.
#: https://www.twilio.com/docs/api/errors; ntfy's five digits begin with the status
#: (https://docs.ntfy.sh/publish/).
_OWN_CODES = {20003: 401, 20404: 404, 20429: 429, 21211: 404, 21610: 403, 21614: 404}


def outcome_of(answer: AppriseResult, *, vendor: Vendor, secret: str) -> Outcome:
    """The verdict on one delivery to one target. TIMEOUT is UNKNOWN: the thread runs on and may deliver."""
    lines = [entry.message for result in answer.results for entry in result.logs()]
    lines += [entry.message for entry in answer.call_logs()]
    told = redacted(" ".join(lines), secret)
    if answer.status is AppriseResultStatus.SUCCESS:
        return Outcome(result=Result.SENT, detail=told or _accepted(vendor))
    if answer.status is AppriseResultStatus.TIMEOUT:
        return Outcome(result=Result.UNKNOWN, detail=told or "no answer in time")
    return _failed(" ".join(lines), told or "not accepted", vendor)


def _accepted(vendor: Vendor) -> str:
    said = "taken; this vendor's verdict is not read" if vendor.unread else "accepted"
    return f"{said} ({vendor.schemes[0]})"


def _failed(said: str, told: str, vendor: Vendor) -> Outcome:
    found = _STATUS.search(said)
    status = _http(int(found[1])) if found else 0
    if status in _REFUSED:
        return Outcome(result=Result.PERMANENT, detail=told, channel_dead=True)
    if status in _BAD_MESSAGE:
        # A chat service says 400 for a chat, key or user it does not know.
        return Outcome(result=Result.PERMANENT, detail=told, channel_dead=status == 400)
    if status in _BEHIND or (not status and _CUT.search(said)):
        return Outcome(result=Result.UNKNOWN, detail=told)
    return Outcome(result=Result.TEMPORARY, detail=told)


def _http(code: int) -> int:
    if code in _OWN_CODES:
        return _OWN_CODES[code]
    return code // 100 if 40_000 <= code < 60_000 else code
