"""What a mail box holds, for the exam: one mail of Google Alerts with many items."""

from __future__ import annotations

from collections.abc import Sequence

from veille.model.exchange import Source

SOURCE = Source(
    id="s", kind="mailbox", url="imaps://imap.example/Veille", key="s", options=(("user", "veille@agence.example"),)
)
CONTENT_TYPE = "message/rfc822"
SAYS = ("title", "text", "link", "published")
MALFORMED = "\n<https://www.google.com/url?rct=j&url=https://presse.example/rien>\n"
_HEAD = """\
From: Google Alerts <googlealerts-noreply@google.com>
To: veille@agence.example
Subject: Google Alert - =?utf-8?q?Flor=C3=A9al?=
Date: Fri, 20 Nov 2026 12:00:00 +0000
Message-ID: <exam@google.com>
Content-Type: text/plain; charset=utf-8

=== News - new results for [Floréal] ===

"""


def item(number: int, *, date: str = "", id: str = "") -> str:
    """The `number`th good item; it has no date and no id of its own."""
    return (
        f"Floréal, titre {number}\nLe Journal\nTexte {number} de l'article.\n"
        f"<https://www.google.com/url?rct=j&sa=t&url=https://presse.example/{id or number}&ct=ga>\n\n"
    )


def page(items: Sequence[str]) -> bytes:
    """A mail that holds these items."""
    return (_HEAD + "".join(items)).encode()
