"""What Facebook writes to those who run a page when somebody comments, in the skeleton that its mails have."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from urllib.parse import quote, urlsplit

_PAGE = """\
<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional //EN"><html><head><title>Facebook</title></head>\
<body dir="ltr" bgcolor="#ffffff"><table border="0" cellspacing="0" cellpadding="0" align="center" id="email_table">\
<tr><td id="email_content"><span style="color:#FFFFFF;display:none !important;font-size:1px;">{preview}</span>
<table border="0" width="100%"><tr><td><a href="{link}">Facebook</a></td></tr><tr><td><span class="mb_text">\
<span class="mb_text"><a href="{who}">{author}</a> a commenté votre <a href="{link}">publication</a>.</span></span>\
</td></tr><tr><td><table><tr><td><a href="{who}">{author}</a></td></tr><tr><td>{when}</td></tr>
<tr><td colspan="3"><span class="mb_text">{text}</span></td></tr></table></td></tr>
<tr><td><a href="{link}">Voir sur Facebook</a></td></tr></table>
<div>Ce message a été envoyé à {to}. Si vous ne souhaitez plus recevoir ces e-mails de la part de Meta, veuillez
<a href="https://www.facebook.com/o.php?k=AS1">vous désabonner</a>.<br>Meta Platforms Ireland Ltd., Attention: \
Community Operations, 4 Grand Canal Square, Dublin 2, Ireland</div></td></tr></table></body></html>
"""
_TEXT = """\
========================================
{author} a commenté votre publication.

{author} a écrit : « {text} »

Pour afficher la discussion, cliquez sur ce lien :
{link}

========================================
Ce message a été envoyé à {to}. Si vous ne souhaitez plus recevoir ces e-mails de la part de Meta, veuillez suivre ce
lien pour vous désabonner : https://www.facebook.com/o.php?k=AS1
"""


def facebook_comment(
    *, author: str, text: str, at: datetime, permalink: str, to: str = "veille@agence.example"
) -> bytes:
    """The mail that tells of a comment under a post of the page. `at` is aware; `permalink` is the comment's own."""
    link = _followed(permalink)
    mail = EmailMessage(policy=SMTP)
    mail["Date"] = format_datetime(at)
    mail["From"] = "Facebook <notification@facebookmail.com>"
    mail["To"] = to
    mail["Subject"] = f"{author} a commenté votre publication."
    digest = sha256(f"{permalink} {text}".encode()).hexdigest()
    mail["Message-ID"] = f"<{digest[:24]}@notification.facebookmail.com>"
    mail["X-Facebook-Notification-Type"] = "feed_comment"
    mail.set_content(_TEXT.format(author=author, text=text, link=link, to=to), cte="quoted-printable")
    shown = {
        "author": author,
        "text": text,
        "link": link,
        "to": to,
        "who": _followed("https://www.facebook.com/people"),
    }
    shown |= {"preview": f"{author} a écrit : « {text[:60]}... »", "when": f"{at:%d/%m/%Y à %H:%M}"}
    mail.add_alternative(
        _PAGE.format(**{name: escape(value) for name, value in shown.items()}), subtype="html", cte="quoted-printable"
    )
    return mail.as_bytes()


def _followed(permalink: str) -> str:
    """The address through which Facebook learns who followed the link; one elsewhere goes through its exit."""
    parts = urlsplit(permalink)
    if not (parts.hostname or "").endswith("facebook.com"):
        return f"https://l.facebook.com/l.php?u={quote(permalink, safe='')}&h=AT0demo"
    query = f"&{parts.query}" if parts.query else ""
    return (
        f"https://www.facebook.com/n/?{quote(parts.path.lstrip('/'), safe='')}{query}&aref=1&medium=email&mid=1G2&n_m=x"
    )
