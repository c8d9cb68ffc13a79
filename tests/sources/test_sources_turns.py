"""A query too long for a service is asked part by part, one part a poll, and begins again."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from sources.exam import bing_news, google_news, reddit, youtube
from veille.model.exchange import PollState, Response, Source
from veille.model.search import AnyOf, Said
from veille.sources.base import connector, read_page

#: Longer than any of them takes.
LONG = AnyOf(tuple(Said(f"nom de marque numéro {n}") for n in range(60)))
SHEETS = {sheet.SOURCE.kind: sheet for sheet in (google_news, bing_news, reddit, youtube)}


def source(kind: str) -> Source:
    return Source(id="s", kind=kind, url=SHEETS[kind].SOURCE.url, key="s", ask=LONG)


def question(kind: str, state: PollState) -> tuple[str, str]:
    """What is asked, and the step."""
    asked = connector(kind).request(source(kind), state)
    return parse_qs(urlsplit(asked.url).query)["q"][0], asked.step


@pytest.mark.parametrize("kind", SHEETS)
def test_every_part_has_its_turn(kind: str) -> None:
    """Each brand is asked for within as many polls as there are parts."""
    sheet, state, heard = SHEETS[kind], PollState(), []
    for _ in range(12):
        asked, step = question(kind, state)
        heard.append(asked)
        body = sheet.page([sheet.item(n) for n in range(1, 3)])
        answer = Response(url=sheet.SOURCE.url, status=200, body=body, content_type=sheet.CONTENT_TYPE, step=step)
        page = read_page(source(kind), answer, state)
        assert page.found == 2
        state = PollState(cursor=page.cursor, memory=page.memory, known=True)
    together = " ".join(heard)
    assert all(f'"nom de marque numéro {n}"' in together for n in range(60))


@pytest.mark.parametrize("kind", SHEETS)
def test_a_short_query_has_no_turns(kind: str) -> None:
    """Its answer may be recognised as unchanged."""
    asked = connector(kind).request(SHEETS[kind].SOURCE, PollState(etag='"x"'))
    assert asked.step == ""
