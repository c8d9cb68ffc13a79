"""Hostile words in every field of a message, and the one mail that comes out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veille.channels.mime import compose, mailbox, message_id
from veille.model.installation import MailAccount
from veille.model.message import Message, Picture, Urgent

ACCOUNT = MailAccount(sender="veille <veille@agence.example>")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLAIN = Message(kind="alert", client_id="floreal", subject="s", text="t")


def mail(message: Message, *, account: MailAccount = ACCOUNT) -> bytes:
    return compose(message, key="n-1", to="camille@agence.example", account=account, host="h.example", date=NOON)


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("a\r\nBcc: x@evil.example", id="CR LF and a header"),
        pytest.param("a\nBcc: x@evil.example", id="LF alone"),
        pytest.param("a\u2028Bcc: x@evil.example", id="U+2028"),
        pytest.param("a\u0085Bcc: x@evil.example", id="NEL"),
        pytest.param("a\x0bBcc: x@evil.example\x00", id="vertical tab and NUL"),
        pytest.param("a\ud800Bcc: x@evil.example", id="a lone surrogate"),
        pytest.param("a =?utf-8?q?=0D=0ABcc:_x@evil.example?=", id="an encoded word that hides one"),
        pytest.param("a" * 5000 + "Bcc: x@evil.example", id="5,000 characters"),
        pytest.param("\u202emoc.live@x :ccB", id="bidi override"),
    ],
)
def test_a_title_cannot_break_the_headers(title: str) -> None:
    parsed = message_from_bytes(mail(replace(PLAIN, subject=title, text=title, html=title)), policy=default)
    assert parsed["Bcc"] is None
    assert len(parsed.get_all("Subject")) == 1
    assert len(parsed["Subject"]) <= 200
    assert parsed["To"] == "camille@agence.example"


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_makes_a_mail_that_reads_back(anything: str) -> None:
    message = replace(PLAIN, subject=anything, text=anything, html=anything, code="F-1", language=anything)
    raw = mail(message)
    assert raw.isascii()
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    parsed = message_from_bytes(raw, policy=default)
    assert parsed["Message-ID"] == "<n-1@h.example>"
    assert parsed["X-Veille"] == "alert; host=h.example"


def test_urgent_mail_says_so() -> None:
    urgent = message_from_bytes(mail(replace(PLAIN, urgent=Urgent.NOW)), policy=default)
    assert (urgent["X-Priority"], urgent["Importance"], urgent["Precedence"]) == ("1", "high", None)
    calm = message_from_bytes(mail(PLAIN), policy=default)
    assert (calm["X-Priority"], calm["Importance"]) == (None, None)


def test_a_picture_name_cannot_break_the_headers() -> None:
    picture = Picture(cid='x"\r\nBcc: a@b.example', png=b"png", alt="")
    parsed = message_from_bytes(mail(replace(PLAIN, html="<p>", pictures=(picture,))), policy=default)
    assert all(part["Bcc"] is None for part in parsed.walk())


def test_a_mailto_unsubscribe_has_no_one_click() -> None:
    raw = mail(PLAIN, account=replace(ACCOUNT, unsubscribe="mailto:stop@agence.example"))
    parsed = message_from_bytes(raw, policy=default)
    assert parsed["List-Unsubscribe"] == "<mailto:stop@agence.example>"
    assert parsed["List-Unsubscribe-Post"] is None


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("n-17", "<n-17@h>"),
        ("digest.camille.2026-11-22", "<digest.camille.2026-11-22@h>"),
    ],
)
def test_a_plain_key_is_the_message_id(key: str, expected: str) -> None:
    assert message_id(key, "h") == expected


@pytest.mark.parametrize("key", ["a b", "a@b", "é", "a..b", "x" * 65, "a\r\nb", ""])
def test_any_other_key_is_hashed_always_the_same(key: str) -> None:
    assert message_id(key, "h") == message_id(key, "h")
    assert len(message_id(key, "h")) == len("<@h>") + 40


def test_the_domain_of_a_recipient_is_written_in_ascii() -> None:
    assert mailbox("camille@crêpes.example") == "camille@xn--crpes-isa.example"
