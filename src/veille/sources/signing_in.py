"""How a forum lets one in: a session's cookie, HTTP credentials, or a form filled in as a browser would.

    the form's page (hidden fields, first cookies) -> the form sent -> its cookies go with the questions that follow

The name and the password are marks that the door fills in; the session lives for one dialogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urljoin

from veille.errors import ReadError
from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources.kind import Option
from veille.sources.secrets import mark
from veille.sources.syndication.decoding import decode
from veille.text.html import unescape

OPTIONS = (
    Option(name="cookie", says="Cookie header of a session that you opened in a browser", secret=True),
    Option(name="basic", says="`name:password` that the server itself asks for (HTTP)", secret=True),
    Option(name="user", says="name for the forum's login form", secret=True),
    Option(name="password", says="password for the forum's login form", secret=True),
)
#: Steps that a login by form adds to a dialogue.
STEPS = 2
_FORM, _SENT = "login", "logged-in"
_INPUT = re.compile(r"<input\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
#: Hidden fields that a login form may have; more is no form of ours.
_MOST_FIELDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A forum's login form."""

    #: Where it stands and where it is sent, relative to the forum.
    page: str
    goal: str
    user: str
    password: str
    #: Fields that are not hidden ones of the page.
    more: tuple[tuple[str, str], ...] = ()


def refuse(options: Mapping[str, str]) -> str:
    """Why these options cannot go together."""
    return "" if ("user" in options) == ("password" in options) else "`user` and `password` go together"


def headers(source: Source) -> tuple[tuple[str, str], ...]:
    """What signs a request when there is a cookie or HTTP credentials."""
    cookie = (("Cookie", mark("cookie")),) if source.has("cookie") else ()
    basic = (("Authorization", f"Basic {mark('basic', 'base64')}"),) if source.has("basic") else ()
    return (*cookie, *basic)


def by_form(source: Source) -> bool:
    """Whether the login form comes first."""
    return source.has("user")


def begin(source: Source, form: Form) -> Request:
    """The question for the form's page."""
    return Request(url=urljoin(_base(source), form.page), headers=headers(source), step=_FORM)


def is_step(response: Response) -> bool:
    """Whether an answer belongs to the login."""
    return response.step == _FORM or response.step.startswith(_SENT)


def go_on(source: Source, response: Response, state: PollState, *, form: Form, question: Request) -> Page:
    """What follows an answer of the login: the form sent, then the question with the session's cookies."""
    cookies = {**_cookies(response.step), **dict(response.cookies)}
    if response.step == _FORM:
        then = _sent(source, response, form, cookies)
    elif not cookies:
        raise ReadError("the forum opened no session: are the name and the password right?")
    else:
        signed = (*question.headers, *_cookie(cookies))
        then = Request(url=question.url, headers=signed, step="signed")
    return Page(entries=(), cursor=state.cursor, memory=state.memory, then=then)


def _sent(source: Source, response: Response, form: Form, cookies: Mapping[str, str]) -> Request:
    hidden = _hidden(decode(response.body[:400_000], response.content_type))
    fields = urlencode({**hidden, **dict(form.more)})
    named = f"{form.user}={mark('user', 'form')}&{form.password}={mark('password', 'form')}"
    return Request(
        url=urljoin(_base(source), form.goal),
        method="POST",
        headers=(
            *headers(source),
            ("Content-Type", "application/x-www-form-urlencoded"),
            *_cookie(cookies),
        ),
        body=f"{fields}&{named}".encode(),
        step=f"{_SENT} {urlencode(cookies)}",
    )


def _hidden(markup: str) -> dict[str, str]:
    """The hidden fields of a page; a search box has some too, which does no harm."""
    found: dict[str, str] = {}
    for tag in _INPUT.findall(markup)[: 5 * _MOST_FIELDS]:
        said = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        if said.get("type", "").lower() == "hidden" and said.get("name"):
            found[unescape(said["name"])] = unescape(said.get("value", ""))
    return dict(list(found.items())[:_MOST_FIELDS])


def _cookie(cookies: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    plain = {name: value for name, value in cookies.items() if f"{name}{value}".isprintable() and value}
    return (("Cookie", "; ".join(f"{name}={value}" for name, value in plain.items())),) if plain else ()


def _cookies(step: str) -> dict[str, str]:
    return dict(parse_qsl(step.partition(" ")[2]))


def _base(source: Source) -> str:
    return f"{source.url.rstrip('/')}/"
