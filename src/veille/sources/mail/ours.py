"""Mails that are no publication: our own, answers to ours with or without a command, answers of machines."""

from __future__ import annotations

import re

from veille.sources.mail import general
from veille.sources.mail.letter import Letter

#: "ack F-4821", and what else people may write of a story by its code: left for those who take commands by mail.
_COMMAND = re.compile(
    r"\W{0,3}(?:ack|ok|vu|done|fait|mute|snooze|silence|noise|bruit|take(?: over)?|(?:je )?prends|close|clos|reopen)\s+"
    r"[A-Z][A-Z0-9]{0,5}-\d{1,7}\b",
    re.IGNORECASE,
)
#: What our mails about a story refer to: client, code of the story, host of ours.
_STORY = re.compile(r"<[a-z0-9-]{1,64}\.[A-Z][A-Z0-9]{0,5}-\d{1,7}@[\w.-]+>")


def is_left_out(letter: Letter) -> bool:
    """Whether the mail is of that sort."""
    return letter.ours or letter.automatic or _STORY.search(letter.answers) is not None or is_command(letter)


def is_command(letter: Letter) -> bool:
    """Whether the mail's first line, or its whole subject, is a command about a story."""
    return _COMMAND.match(general.first_line(letter)) is not None or _COMMAND.match(letter.subject) is not None
