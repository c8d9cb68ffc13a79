"""Mail by SMTP: one message, one recipient, at most 30 seconds, never a password in clear."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.errors import MessageError

from veille.channels.base import Accounts, Notifier
from veille.channels.deadline import Deadline
from veille.channels.mime import compose, mailbox
from veille.channels.redaction import redacted
from veille.channels.smtp import Dialogue, Step
from veille.errors import AddressRefused, FetchError
from veille.model.message import Message, Outcome, Result
from veille.model.person import Channel

#: From the first packet to the server's last word.
TOTAL = timedelta(seconds=30)

_ENCRYPTED = ("starttls", "tls")
_FULL = 552
_LOGIN_REFUSED = (530, 534, 535, 538)


def build(kind: str, accounts: Accounts) -> Notifier:
    """The notifier of mails."""
    return MailNotifier(accounts)


def check(channel: Channel, *, allow_private: tuple[str, ...] = ()) -> str:
    """Why this is no mail address ("" = it is one)."""
    try:
        mailbox(channel.address.reveal())
    except ValueError as error:
        return f"{error}; write one address such as camille@agence.example"
    return ""


class MailNotifier:
    """Speaks to the operator's mail server, whose address is trusted."""

    #: The Message-ID is the same at every attempt: mail clients fold a repeat, and it says so.
    repeats = True

    def __init__(self, accounts: Accounts, *, total: timedelta = TOTAL) -> None:
        self._accounts = accounts
        self._total = total.total_seconds()

    def send(self, channel: Channel, message: Message, *, key: str, possible_repeat: bool = False) -> Outcome:
        """One mail to one recipient, over STARTTLS or TLS as the account says."""
        account, to = self._accounts.mail, channel.address.reveal()
        if account.security not in _ENCRYPTED and account.password:
            return _dead("the account has a password and no encryption: it is not sent in clear")
        try:
            sender, recipient = mailbox(account.sender), mailbox(to)
        except ValueError as error:
            return _dead(self._told(str(error), to))
        try:
            mail = self._compose(message, key=key, to=to, possible_repeat=possible_repeat)
        except (ValueError, MessageError) as error:  # never for text (tested); must not stop the others
            return Outcome(result=Result.PERMANENT, detail=self._told(_said(error), to))
        return self._carry(mail, sender=sender, to=recipient)

    def _compose(self, message: Message, *, key: str, to: str, possible_repeat: bool) -> bytes:
        return compose(
            message,
            key=key,
            to=to,
            account=self._accounts.mail,
            host=self._accounts.host,
            date=datetime.now(UTC),
            possible_repeat=possible_repeat,
        )

    def _carry(self, mail: bytes, *, sender: str, to: str) -> Outcome:
        dialogue: Dialogue | None = None
        with Deadline(self._total) as deadline:
            try:
                dialogue = self._greet(deadline)
                answer = dialogue.carry(mail, sender=sender, to=to)
                dialogue.leave()
                return Outcome(result=Result.SENT, detail=self._told(answer, to))
            except (smtplib.SMTPException, OSError, FetchError) as error:
                step = dialogue.step if dialogue else Step.CONNECT
                if deadline.expired:
                    return self._late(step, to)
                return self._verdict(error, step, to)
            finally:
                if dialogue is not None:
                    dialogue.close()

    def _greet(self, deadline: Deadline) -> Dialogue:
        def dial(host: str, port: int, timeout: float) -> socket.socket:
            wait = min(timeout, deadline.remaining())
            sock = self._accounts.dialler.connect(host, port, timeout=wait, trusted=True)
            # A busy server may take long over one answer: only the total counts.
            sock.settimeout(self._total + 5)
            return deadline.watch(sock)

        accounts = self._accounts
        return Dialogue(accounts.mail, dial=dial, context=accounts.ssl_context, name=accounts.host)

    def _late(self, step: Step, to: str) -> Outcome:
        result = Result.UNKNOWN if step is Step.DATA else Result.TEMPORARY
        return Outcome(result=result, detail=f"no end after {self._total:g} s, at {step}")

    def _verdict(self, error: Exception, step: Step, to: str) -> Outcome:
        """What a failure at that step means for the message and for the channel."""
        detail = self._told(f"at {step}: {_said(error)}", to)
        if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 400:
            return _answered(error, step, detail)
        if isinstance(error, AddressRefused):
            return _dead(detail)
        # Cut while the message was going out: the server may hold it already.
        result = Result.UNKNOWN if step is Step.DATA else Result.TEMPORARY
        return Outcome(result=result, detail=detail)

    def _told(self, detail: str, to: str) -> str:
        account = self._accounts.mail
        password = account.password.reveal()
        plain = f"\0{account.user}\0{password}" if password else ""
        names = [name for name in (account.user, to.partition("@")[0]) if len(name) > 3]
        return redacted(detail, password, plain, to, *names)


def _answered(error: smtplib.SMTPResponseException, step: Step, detail: str) -> Outcome:
    """4xx may pass later (greylisting, full disk); 5xx never, and may condemn the channel."""
    if error.smtp_code < 500:
        return Outcome(result=Result.TEMPORARY, detail=detail)
    return Outcome(result=Result.PERMANENT, detail=detail, channel_dead=_condemns(error, step))


def _condemns(error: smtplib.SMTPResponseException, step: Step) -> bool:
    """Whether a 5xx refuses the recipient or the account rather than this one message."""
    if error.smtp_code in _LOGIN_REFUSED:
        return True
    if step is Step.DATA:  # content, unless the enhanced status names the address (RFC 3463, X.1.X)
        return re.match(rb"5\.1\.\d", _bytes(error.smtp_error)) is not None
    return error.smtp_code != _FULL


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_bytes(error.smtp_error).decode('utf-8', 'replace')}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the server's certificate is not valid: {error.verify_message}"
    if isinstance(error, TimeoutError):
        return "the server is silent"
    return f"{type(error).__name__}: {error}"


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("utf-8", "replace")


def _dead(detail: str) -> Outcome:
    return Outcome(result=Result.PERMANENT, detail=detail, channel_dead=True)
