"""What the command line gave: each question's answer, or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from veille.onboarding.google import NEWS


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """None = not given: asked where there is a terminal, else proposed or missing."""

    client: str | None = None
    site: str | None = None
    language: str | None = None
    email: str | None = None
    query: str | None = None
    #: Family ids with commas, `all` or `none`.
    noise: str | None = None
    google_alerts: str | None = None
    #: host:port:security
    smtp: str | None = None
    smtp_user: str | None = None
    #: A reference.
    smtp_password: str | None = None
    smtp_from: str | None = None
    zone: str | None = None
    allow_private: tuple[str, ...] = ()
    send: bool = True
    #: Where Google News answers.
    news: str = NEWS
