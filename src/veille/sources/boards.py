"""What connectors of boards share: a feed of posts, and the login form before it where the settings name a user."""

from __future__ import annotations

from veille.model.entry import Page
from veille.model.exchange import PollState, Request, Response, Source
from veille.sources import feed, signing_in
from veille.sources.feed import Adapt
from veille.sources.signing_in import Form


def request(source: Source, state: PollState, address: str, *, form: Form) -> Request:
    """The feed at this address, or the login form before it."""
    return signing_in.begin(source, form) if signing_in.by_form(source) else _feed(source, state, address)


def read(
    source: Source, response: Response, state: PollState, address: str, *, form: Form, adapt: Adapt | None = None
) -> Page:
    """The entries of the feed; during a login, the next question. Raises ReadError."""
    if signing_in.is_step(response):
        return signing_in.go_on(source, response, state, form=form, question=_feed(source, PollState(), address))
    return feed.read_feed(response, state, adapt)


def _feed(source: Source, state: PollState, address: str) -> Request:
    return Request(
        url=address,
        headers=(("Accept", feed.ACCEPT), *signing_in.headers(source)),
        etag=state.etag,
        modified=state.modified,
    )
