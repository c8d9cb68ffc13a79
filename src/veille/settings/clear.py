"""What a secret in clear looks like: vendors' addresses that are passwords by themselves, and two rules."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

#: (who, how its secret address begins). Each vendor's own page on incoming webhooks or pings says so.
VENDORS: tuple[tuple[str, str], ...] = (
    # https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks: "contain a secret"
    ("a Slack webhook", r"https://hooks\.slack(-gov)?\.com/"),
    # https://docs.discord.com/developers/resources/webhook: the last part is the token
    ("a Discord webhook", r"https://(\w+\.)?discord(app)?\.com/api/(v\d+/)?webhooks/"),
    # https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors
    ("a Teams webhook", r"https://[\w.-]+\.webhook\.office\.com/|https://[\w.-]+\.logic\.azure\.com[:/]"),
    # https://core.telegram.org/bots/api#authorizing-your-bot
    ("a Telegram token", r"https://api\.telegram\.org/bot"),
    # https://developers.mattermost.com/integrate/webhooks/incoming
    ("a Mattermost webhook", r"https?://[^/]+/(.*/)?hooks/[a-z0-9]{26}(\?|$)"),
    # https://healthchecks.io/docs/http_api
    ("a ping address", r"https://(hc-ping\.com|hchk\.io|cronitor\.link|uptime\.betterstack\.com/api/)"),
)

#: Parameters of an address that are passwords.
_PARAMETER = re.compile(
    r"token|access_token|auth|(api_?)?key|sig|signature|secret|pass|passwd|password|pwd|code", re.IGNORECASE
)
#: Schemes whose addresses hold no secret by nature.
_OPEN = ("http://", "https://", "mailto:", "sqlite:", "postgres", "ntfy://", "ntfys://")
_PASSWORD = "a password or token in an address is"
_VENDORS = tuple((who, re.compile(start, re.IGNORECASE)) for who, start in VENDORS)


def clear_secret(text: str) -> str:
    """Whose secret the text holds, as the beginning of a sentence ("" = none that is known)."""
    if vendor := next((who for who, start in _VENDORS if start.match(text)), ""):
        return f"{vendor} is a secret,"
    if "://" in text and not text.startswith(_OPEN):
        # octopush://key, tgram://token...: the address of a service is made of its keys.
        return "the address of a service is"
    parts = _split(text)
    token = parts is not None and parts.scheme.startswith(("http", "ntfy")) and "@" in parts.netloc
    return _PASSWORD if token else clear_beside(text)


def clear_beside(text: str) -> str:
    """As `clear_secret`, for what is left of a text once its references are taken out."""
    parts = _split(text)
    named = parse_qsl(parts.query) if parts else []
    found = parts and (parts.password or any(_PARAMETER.fullmatch(name) for name, value in named if value))
    return _PASSWORD if found else ""


def _split(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:
        return None
