"""The places of the demo: each is asked by the connector of its kind, and answers as its service does."""

from __future__ import annotations

from pathlib import Path
from stat import S_IMODE

import pytest

from veille.bootstrap import read_settings
from veille.demo import services, settings
from veille.demo.detour import Detour
from veille.demo.internet import said
from veille.demo.services import Asked
from veille.demo.story import Post, load
from veille.model.exchange import NotModified, Request, Response

STORY = load()
#: Where a message of each kind of place is found, and the kind that finds it.
KINDS = {
    "page-facebook": "mailbox",
    "publications-facebook": "feed",
    "forum-conso": "phpbb",
    "forum-auto": "discourse",
    "google-alerts": "google_alerts",
    "mastodon": "mastodon",
    "bluesky": "bluesky",
    "avis-vrais": "page",
    "afn": "feed",
    "le-grand-quotidien": "feed",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The settings as a play writes them."""
    at = tmp_path_factory.mktemp("places") / "config"
    return settings.write(at, STORY, settings.Ports(web=1, imap=2, smtp=3))


def test_every_place_is_asked_by_the_connector_of_its_kind(folder: Path) -> None:
    [floreal] = [client for client in read_settings(folder).installation.clients if client.id == "floreal"]
    kinds = {source.id: source.kind for source in floreal.sources}
    assert kinds.keys() == STORY.places.keys()
    assert {place: kinds[place] for place in KINDS} == KINDS


def test_its_secrets_are_in_files_that_nobody_else_reads(folder: Path) -> None:
    files = {file.name: S_IMODE(file.stat().st_mode) for file in (folder / "secrets").iterdir()}
    assert files == dict.fromkeys(services.SECRETS, 0o600)
    written = "".join(file.read_text() for file in folder.rglob("*.yaml"))
    assert not any(secret in written for secret in services.SECRETS.values())


def test_bluesky_opens_no_session_and_no_search_to_who_does_not_know_the_password() -> None:
    session = Asked(path="/bluesky/xrpc/com.atproto.server.createSession", body=b'{"password": "devine"}')
    search = Asked(path="/bluesky/xrpc/app.bsky.feed.searchPosts", query="q=Flor%C3%A9al", authorization="Bearer x")
    assert [said(STORY, STORY.ends, asked).status for asked in (session, search)] == [401, 401]


def test_phpbb_leads_to_its_present_feed() -> None:
    moved = said(STORY, STORY.ends, Asked(path="/forum-conso/feed.php"))
    assert (moved.status, moved.location) == (301, "/forum-conso/feed")
    assert said(STORY, STORY.ends, Asked(path=moved.location)).status == 200


@pytest.mark.parametrize("path", ["/", "/nowhere", "/afn", "/mastodon/api/v2/search", "/page-facebook/feed"])
def test_what_is_not_served_is_not_there(path: str) -> None:
    assert said(STORY, STORY.ends, Asked(path=path)).status == 404


class Heard:
    """A fetcher that notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, request: Request) -> Response | NotModified:
        self.asked.append(request.url)
        return NotModified(url=request.url)

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("post", [post for post in STORY.posts if not post.past][:60:7], ids=lambda post: post.id)
def test_nothing_that_the_demo_asks_leaves_this_machine(post: Post) -> None:
    heard = Heard()
    Detour(heard, 8123).fetch(Request(url=post.link))
    assert heard.asked[0].startswith("http://127.0.0.1:8123/at/")
