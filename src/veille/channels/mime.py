"""A rendered message as a mail: multipart text, HTML and pictures, with headers that nothing can break."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape

from veille.channels.wording import repeat_note
from veille.model.installation import MailAccount
from veille.model.message import Message, Urgent
from veille.text.clean import clean, neutral, one_line

#: RFC 5322 allows 998 characters a line; mail clients show about 70.
_SUBJECT = 200

_LOCAL, _DOMAIN = r"[^@<>(),;:\\\"\[\]\s\x00-\x1f\x7f-\uffff]+", r"[^@<>(),;:\\\"\[\]\s\x00-\x1f\x7f]+"
_MAILBOX = re.compile(
    rf"[^<>@\x00-\x1f\x7f]*<(?P<local>{_LOCAL})@(?P<domain>{_DOMAIN})>"
    rf"|(?P<bare_local>{_LOCAL})@(?P<bare_domain>{_DOMAIN})"
)

#: Sent to many, by the calendar: auto-responders keep still.
_BULK = ("digest", "first_look")


def compose(
    message: Message,
    *,
    key: str,
    to: str,
    account: MailAccount,
    host: str,
    date: datetime,
    possible_repeat: bool = False,
) -> bytes:
    """The mail as bytes for the wire: ASCII only, CRLF, the same Message-ID for the same key.

    `date` is aware UTC. Raises ValueError when the sender or the recipient is no mail address.
    """
    mail = EmailMessage(policy=SMTP)
    _address(mail, message, to=to, account=account)
    _identify(mail, message, key=key, host=host, date=date)
    _classify(mail, message, account=account)
    if possible_repeat:
        mail["X-Veille-Possible-Repeat"] = "yes"
    _fill(mail, message, note=repeat_note(message.language) if possible_repeat else "")
    return mail.as_bytes()


def header_text(text: str) -> str:
    """Text from anywhere as one safe line of a header.

    EmailMessage decodes an encoded word it is given: "=?utf-8?q?=0D=0ABcc:..." would come out as a
    header of its own (seen with Python 3.11), so that none is left whole.
    """
    return one_line(neutral(text), _SUBJECT).replace("=?", "= ?")


def message_id(key: str, host: str) -> str:
    """`<key@host>`; a key that cannot stand there, or is long, is replaced by its hash."""
    plain = re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", key) and len(key) <= 64
    local = key if plain else hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]
    return f"<{local}@{re.sub(r'[^A-Za-z0-9.-]', '-', host)}>"


def mailbox(text: str) -> str:
    """The bare address in "Name <a@b>" or "a@b", its domain in ASCII. Raises ValueError."""
    found = _MAILBOX.fullmatch(text.strip(" "))
    if not found:
        raise ValueError("not one mail address")
    domain = found["domain"] or found["bare_domain"]
    try:
        return f"{found['local'] or found['bare_local']}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise ValueError("the domain of the mail address is not one") from None


def _address(mail: EmailMessage, message: Message, *, to: str, account: MailAccount) -> None:
    mail["From"] = Address(header_text(parseaddr(account.sender)[0]), addr_spec=mailbox(account.sender))
    mail["To"] = Address(addr_spec=mailbox(to))
    mail["Subject"] = header_text(message.subject)


def _identify(mail: EmailMessage, message: Message, *, key: str, host: str, date: datetime) -> None:
    mail["Message-ID"] = message_id(key, host)
    mail["Date"] = format_datetime(date)
    # Mails about one story make one conversation.
    if message.code:
        mail["References"] = message_id(f"{message.client_id}.{message.code}", host)
    # A source that reads a mailbox or an archive recognises our own mail by this one.
    mail["X-Veille"] = one_line(f"{message.kind}; host={host}", _SUBJECT)


def _classify(mail: EmailMessage, message: Message, *, account: MailAccount) -> None:
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no vacation answer
    mail["Content-Language"] = re.sub(r"[^A-Za-z-]", "", message.language) or "en"
    if message.kind in _BULK:
        mail["Precedence"] = "bulk"
    if message.urgent is Urgent.NOW:
        mail["X-Priority"] = "1"
        mail["Importance"] = "high"
    if where := one_line(account.unsubscribe).strip("<> "):
        mail["List-Unsubscribe"] = f"<{where}>"
        if where.startswith("https:"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058


def _fill(mail: EmailMessage, message: Message, *, note: str) -> None:
    text = clean(message.text)
    # Quoted-printable: a relay without 8BITMIME changes nothing, no line is too long.
    mail.set_content(f"{note}\n\n{text}" if note else text, charset="utf-8", cte="quoted-printable")
    if not message.html:
        return
    mail.add_alternative(_noted(clean(message.html), note), subtype="html", charset="utf-8", cte="quoted-printable")
    *_, page = mail.iter_parts()
    for picture in message.pictures:
        page.add_related(
            picture.png,
            "image",
            "png",
            cid=f"<{one_line(picture.cid)}>",
            disposition="inline",
            filename=f"{re.sub(r'[^A-Za-z0-9_-]', '-', picture.cid)}.png",
        )


def _noted(html: str, note: str) -> str:
    """The page with the note as the first thing it says."""
    if not note:
        return html
    body = re.search(r"<body\b[^>]*>", html, flags=re.IGNORECASE)
    place = body.end() if body else 0
    return f"{html[:place]}<p>{escape(note)}</p>{html[place:]}"
