"""Text messages, pushes, Teams, Discord, Mattermost and Telegram, through apprise.

What apprise 2.2 leaves to its caller is done here: one fresh object per delivery (its throttle would
sleep), body_format=TEXT (else markup in the text is live), no redirect, no retry of its own (it
counts a message that went out as failed), the reason read from its log, and the address checked and
dialled once before: apprise opens its connections itself, so that for a server of one's own (Mattermost,
ntfy) a name that changes between the two could lead it elsewhere. Vendors' hosts are fixed.
"""

from __future__ import annotations

import threading
from datetime import timedelta

from apprise import Apprise, AppriseAsset, NotifyFormat
from apprise.common import OverflowMode
from apprise.result import AppriseResult

from veille.channels.apprise_answers import outcome_of
from veille.channels.apprise_urls import Service, refused, service
from veille.channels.base import Accounts, Notifier
from veille.channels.redaction import redacted
from veille.channels.wording import repeat_note
from veille.errors import AddressRefused, FetchError
from veille.model.message import Message, Outcome, Result, Urgent
from veille.model.person import Channel
from veille.text.clean import neutral, shorten

#: For one delivery, the connection tried first included.
TOTAL = timedelta(seconds=15)

#: A push shows a few lines; the mail and the page hold the rest.
_PUSH = 400

#: The smallest limit of a chat service here is Teams' 1,000 (apprise cuts the rest by itself).
_CHAT = 3500

#: Deliveries at once: each one holds a thread of apprise's pool, abandoned ones too.
_SLOTS = threading.BoundedSemaphore(4)


def build(kind: str, accounts: Accounts) -> Notifier:
    """The notifier of one of the kinds that apprise serves."""
    return AppriseNotifier(kind, accounts)


def check(channel: Channel, *, allow_private: tuple[str, ...] = ()) -> str:
    """Why this address is not one that apprise may be given ("" = it is); nothing is sent or resolved."""
    url = channel.address.reveal()
    return redacted(refused(channel.kind, url, allow_private=allow_private), url)


class AppriseNotifier:
    """One kind; the service is named by the scheme of each channel's address."""

    def __init__(self, kind: str, accounts: Accounts, *, total: timedelta = TOTAL) -> None:
        self._kind = kind
        self._accounts = accounts
        self._total = total.total_seconds()

    @property
    def repeats(self) -> bool:
        """False for SMS: a phone cannot recognise a repeat, and apprise's TIMEOUT may have been delivered."""
        return self._kind != "sms"

    def send(self, channel: Channel, message: Message, *, key: str, possible_repeat: bool = False) -> Outcome:
        """One delivery to one target. `key` serves nothing here: no service takes one."""
        url = channel.address.reveal()
        if why := refused(self._kind, url, allow_private=self._accounts.allow_private):
            return Outcome(result=Result.PERMANENT, detail=redacted(why, url), channel_dead=True)
        if not _SLOTS.acquire(timeout=self._total):
            return Outcome(result=Result.TEMPORARY, detail="too many deliveries at once")
        try:
            return self._deliver(url, message, possible_repeat)
        finally:
            _SLOTS.release()

    def _deliver(self, url: str, message: Message, possible_repeat: bool) -> Outcome:
        target = service(self._kind, url, asset=_asset(self._total))
        if trouble := self._trouble_dialling(target, url):
            return trouble
        _harden(target, message)
        title, body = _words(self._kind, message, possible_repeat=possible_repeat, live=target.vendor.live)
        answer = _notify(target, title=title, body=body, total=self._total)
        return outcome_of(answer, vendor=target.vendor, secret=url)

    def _trouble_dialling(self, target: Service, url: str) -> Outcome | None:
        """None when the host answers and may be dialled: later trouble then means "perhaps sent"."""
        host, port = target.host, target.port
        try:
            self._accounts.dialler.connect(host, port, timeout=min(5.0, self._total)).close()
        except AddressRefused as error:
            return Outcome(result=Result.PERMANENT, detail=redacted(str(error), url), channel_dead=True)
        except (FetchError, OSError) as error:
            return Outcome(result=Result.TEMPORARY, detail=redacted(f"not reached: {error}", url))
        return None


def _asset(total: float) -> AppriseAsset:
    asset = AppriseAsset(service_timeout=total, storage_mode="memory", allow_templates=False)
    asset.app_id = "veille"
    asset.app_desc = "veille"
    return asset


def _harden(target: Service, message: Message) -> None:
    """Whatever the address or apprise's own settings say."""
    plugin = target.plugin
    plugin.redirects = False
    plugin.verify_certificate = True
    plugin.retry = 0
    plugin.overflow_mode = OverflowMode.TRUNCATE
    if target.vendor.loud is not None and message.urgent is not Urgent.NOW:
        plugin.priority = target.vendor.calm
    elif target.vendor.loud is not None and "priority" not in target.options:
        plugin.priority = target.vendor.loud


def _words(kind: str, message: Message, *, possible_repeat: bool, live: bool) -> tuple[str, str]:
    """Title and body for that kind; an SMS is the short text alone."""
    if kind == "sms":
        return "", neutral(message.short or shorten(message.subject, 160))
    note = repeat_note(message.language) if possible_repeat else ""
    text = "\n".join(part for part in (note, message.text) if part)
    title = neutral(message.subject)
    body = shorten(neutral(text), _PUSH if kind == "push" else _CHAT)
    return (_inert(title), _inert(body)) if live else (title, body)


def _inert(text: str) -> str:
    """Text that calls nobody and hides no address behind a word, where plain text is read as Markdown.

    Discord and Mattermost obey "@everyone" and "[bank](http://evil)" in what apprise sends as TEXT
    (seen on the wire with 2.2.0); a zero-width space breaks both and shows nothing.
    """
    return text.replace("@", "@\u200b").replace("](", "]\u200b(")


def _notify(target: Service, *, title: str, body: str, total: float) -> AppriseResult:
    courier = Apprise(asset=target.plugin.asset)
    courier.add(target.plugin)
    return courier.notify(
        body=body or title, title=title, body_format=NotifyFormat.TEXT, interpret_escapes=False, timeout=total
    )
