"""Marks in a request where a secret goes: connectors write the mark, the door fills it in, readers never see it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from json import dumps
from urllib.parse import quote, quote_plus

from veille.errors import ReadError
from veille.model.exchange import Request

#: Private-use characters: no service's parameter holds them.
_MARK = re.compile("\ue0f0([a-z][a-z0-9_-]*):([a-z0-9]+)\ue0f1")

#: Shorter ones are parts of ordinary words.
_LEAST = 4
_FORMS: Mapping[str, Callable[[str], str]] = {
    "raw": lambda secret: secret,
    "url": lambda secret: quote(secret, safe=""),
    "form": quote_plus,
    "json": lambda secret: dumps(secret)[1:-1],
    "base64": lambda secret: b64encode(secret.encode()).decode("ascii"),
}


def mark(name: str, form: str = "raw") -> str:
    """Where the secret option `name` goes: `raw`, or encoded as `url`, `form`, `json` or `base64`."""
    if form not in _FORMS:
        raise ValueError(f"no way to write a secret as {form}")
    return f"\ue0f0{name}:{form}\ue0f1"


def is_marked(request: Request) -> bool:
    """Whether a secret goes into this request."""
    texts = (request.url, request.body.decode("utf-8", "replace"), *(value for _, value in request.headers))
    return any(map(_MARK.search, texts))


def shown(text: str) -> str:
    """A text of a request as people may see it: `<token>` where the secret of that name goes."""
    return _MARK.sub(lambda found: f"<{found[1]}>", text)


def filled(request: Request, secrets: Mapping[str, str]) -> Request:
    """The request as it is sent. Raises ReadError for a secret that the settings do not give."""
    if not is_marked(request):
        return request

    def fill(text: str) -> str:
        return _MARK.sub(lambda found: _filled(found, secrets), text)

    return replace(
        request,
        url=fill(request.url),
        body=fill(request.body.decode("utf-8")).encode(),
        headers=tuple((name, fill(value)) for name, value in request.headers),
    )


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text without any of these secrets, in whatever form a service may send them back."""
    forms = {form(secret) for secret in secrets if len(secret) >= _LEAST for form in _FORMS.values()}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, "***")
    return text


def _filled(found: re.Match[str], secrets: Mapping[str, str]) -> str:
    name, form = found.groups()
    secret = secrets.get(name)
    if secret is None:
        raise ReadError(f"the settings give no `{name}`")
    return _FORMS[form](secret)
