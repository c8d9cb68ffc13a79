"""Mail boxes and folders polled by a whole house: what is past, what is new, what breaks, and what is never told."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from kit_house import NOON, Town, open_town
from kit_mail import inbox, letter
from veille.demo.imap import Dropped, Folder, imap_server
from veille.demo.notices import facebook_comment
from veille.model.mention import Kinship

CLIENT = """\
name: Floréal
mark: FL
learning_days: 0
watches:
  - {{id: floreal, query: Floréal}}
sources:
  - id: floreal-mail
    kind: mailbox
    url: 'imap://imap.mails.example:{port}/{path}'
    every: 10m
    options: {{user: veille, password: 'file:secret'}}
"""
DIRECTORY = """\
name: Floréal
mark: FL
learning_days: 0
watches:
  - {{id: floreal, query: Floréal}}
sources:
  - {{id: floreal-files, kind: directory, url: 'file://{path}', every: 10m}}
"""


class Ahead:
    """The town's clock, once there is a town; noon before."""

    town: Town | None = None

    def now(self):  # type: ignore[no-untyped-def]  # as Clock
        return self.town.clock.now() if self.town else NOON


@contextmanager
def mailed(
    tmp_path: Path, folder: Folder, *, path: str = "INBOX", password: str = "", client: str = CLIENT
) -> Iterator[Town]:
    """A town whose only source is this folder."""
    clock = Ahead()
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "secret").write_text(password or folder.password, encoding="utf-8")
    (tmp_path / "config" / "secret").chmod(0o600)
    with imap_server(folder, clock) as port:
        clients = {"floreal": client.format(port=port, path=path)}
        with open_town(tmp_path, clients=clients) as town:
            clock.town = town
            town.with_(inbox=inbox(port))
            yield town


def past(count: int, *, start: int = 0) -> list[Dropped]:
    """So many mails of yesterday that speak of the client."""
    at = NOON - timedelta(days=1)
    return [
        Dropped(at, letter(f"Floréal {n}", f"Avis {n} sur Floréal.", at=at, id=f"m{n}"))
        for n in range(start, start + count)
    ]


def keys(town: Town, *, backlog: bool) -> list[str]:
    """The keys of the mentions so far, of the past or new."""
    return [event.entry.key for event in town.mentioned() if event.backlog is backlog]


def test_a_first_reading_is_the_past_and_what_comes_then_is_new(tmp_path: Path) -> None:
    """As for every other source."""
    folder = Folder(
        [*past(2), Dropped(NOON + timedelta(minutes=5), letter("Floréal : scandale", "Honte.", at=NOON, id="new"))]
    )
    with mailed(tmp_path, folder) as town:
        town.beat()
        assert len(keys(town, backlog=True)) == 2
        town.live(NOON + timedelta(minutes=20))
        assert keys(town, backlog=False) == ["new@people.example"]


def test_nothing_in_the_box_is_touched(tmp_path: Path) -> None:
    """Opened to read alone, bodies peeked at."""
    folder = Folder(past(1))
    with mailed(tmp_path, folder) as town:
        town.beat()
    assert "EXAMINE INBOX" in folder.said
    fetched = [line for line in folder.said if line.startswith("UID FETCH")]
    assert all("PEEK" in line or "SIZE" in line for line in fetched)
    assert not [line for line in folder.said if line.startswith(("SELECT", "STORE", "UID STORE"))]


def test_a_box_numbered_anew_loses_nothing_and_doubles_nothing(tmp_path: Path) -> None:
    """UIDVALIDITY changed while two mails came."""
    folder = Folder(past(3))
    with mailed(tmp_path, folder) as town:
        town.settle_in()
        late = town.clock.now()
        more = [Dropped(late, letter(f"Floréal {n}", "Encore.", at=late, id=f"late{n}")) for n in (1, 2)]
        folder.letters = [*more, *folder.letters]
        folder.validity = 2
        town.live(NOON + timedelta(hours=1))
        assert sorted(keys(town, backlog=False)) == ["late1@people.example", "late2@people.example"]
        assert keys(town, backlog=True) == []


def test_a_full_box_is_read_in_several_rounds_and_all_of_it_is_past(tmp_path: Path) -> None:
    """The second round of a first reading is no news: 250 mails must not ring."""
    with mailed(tmp_path, Folder(past(250))) as town:
        for expected in (100, 200, 250, 250):
            town.beat()
            assert len(town.mentioned()) == expected
        assert keys(town, backlog=False) == []


def test_250_new_mails_come_in_several_rounds(tmp_path: Path) -> None:
    """Each once."""
    folder = Folder(past(1))
    with mailed(tmp_path, folder) as town:
        town.settle_in()
        folder.letters = [*folder.letters, *past(250, start=1)]
        for _ in range(4):
            town.beat()
        assert len(set(keys(town, backlog=False))) == len(town.mentioned()) == 250


def test_a_wrong_password_is_said_without_the_password(tmp_path: Path) -> None:
    """The look-alike repeats what it was told, as some servers do."""
    with mailed(tmp_path, Folder([]), password="très-secret") as town:
        town.beat()
        (polled,) = town.polled()
        assert "AUTHENTICATIONFAILED" in polled.error
        assert "secret" not in polled.error


@pytest.mark.parametrize("password", ['a"b\\c d', "pâquerette ☘"], ids=["signs", "no ASCII"])
def test_any_password_opens_the_box(tmp_path: Path, password: str) -> None:
    """Quoted, or by AUTHENTICATE PLAIN."""
    with mailed(tmp_path, Folder(past(1), password=password)) as town:
        town.beat()
        assert len(town.mentioned()) == 1


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("R%C3%A9putation%20%26%20avis", "R&AOk-putation &- avis"),
        ("INBOX/Veille", "INBOX.Veille"),
        ("", "INBOX"),
        ("a%22b%0D%0AX%20LOGOUT", 'a"b&AA0ACg-X LOGOUT'),
    ],
    ids=["accents", "levels parted by dots", "the usual one", "hostile"],
)
def test_any_folder_can_be_named(tmp_path: Path, path: str, name: str) -> None:
    """In the address, escaped."""
    folder = Folder(past(1), name=name.replace('"', '\\"'))
    with mailed(tmp_path, folder, path=path) as town:
        town.beat()
        assert [event.error for event in town.polled()] == [""]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """By its name."""
    with mailed(tmp_path, Folder([]), path="Avis") as town:
        town.beat()
        assert town.polled()[0].error == "the mail server has no folder 'Avis'"


def test_a_mail_that_is_too_large_is_counted_and_the_others_come(tmp_path: Path) -> None:
    """Announced as such, or larger than announced."""
    folder = Folder(past(3), sizes={2: 6_000_000})
    big = Dropped(NOON - timedelta(days=1), past(1)[0].content + b"x" * 5_100_000)
    folder.letters = [*folder.letters, big]
    folder.sizes[4] = 1_000
    with mailed(tmp_path, folder) as town:
        town.beat()
        assert len(town.mentioned()) == 2
        assert town.polled()[0].found == 4


def test_a_poisoned_mail_does_not_stop_the_others(tmp_path: Path) -> None:
    """Parts in parts, 3,000 deep."""
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000))
    poison = Dropped(NOON - timedelta(days=1), b"From: a@b.example\r\nSubject: deep\r\n" + deep)
    one, two = past(2)
    with mailed(tmp_path, Folder([one, poison, two])) as town:
        town.beat()
        assert len(town.mentioned()) == 2
        assert town.polled()[0].found == 3


def test_a_server_that_hangs_is_late_and_nothing_else_is(tmp_path: Path) -> None:
    """Said as such; the round ends."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        (tmp_path / "config").mkdir()
        (tmp_path / "config" / "secret").write_text("x", encoding="utf-8")
        with open_town(tmp_path, clients={"floreal": CLIENT.format(port=port, path="")}) as town:
            town.with_(inbox=inbox(port, whole=0.3))
            town.beat()
            assert town.polled()[0].error == "the mail server took over 0.3 s"


def test_our_own_alert_in_the_box_is_no_mention(tmp_path: Path) -> None:
    """Nor is an answer that takes it: it would tell itself for ever."""
    at = NOON - timedelta(hours=1)
    alert = letter("Floréal : forte hausse", "Floréal", at=at, id="a").replace(
        b"Subject:", b"X-Veille: alert\r\nSubject:", 1
    )
    answer = letter("Re: Floréal : forte hausse", "ack FL-12 Floréal, vu", at=at, id="b")
    with mailed(tmp_path, Folder([Dropped(at, alert), Dropped(at, answer)])) as town:
        town.beat()
        assert town.mentioned() == []
        assert town.polled()[0].error == ""


def test_a_comment_on_facebook_told_by_mail_is_a_mention_of_the_comment(tmp_path: Path) -> None:
    """With its author, its text and its own address."""
    comment = facebook_comment(
        author="Claire Roux",
        text="Floréal ne livre plus",
        at=NOON,
        permalink="https://www.facebook.com/floreal/posts/9?comment_id=4",
    )
    with mailed(tmp_path, Folder([Dropped(NOON, comment)])) as town:
        town.beat()
        (event,) = town.mentioned()
        told = (event.entry.author, event.entry.text, event.entry.link, event.entry.site)
        permalink = "https://www.facebook.com/floreal/posts/9?comment_id=4"
        assert told == ("Claire Roux", "Floréal ne livre plus", permalink, "facebook.com")


ALERT = """\
=== Actualités - 1 nouveau résultat pour [Floréal] ===

Floréal : des bouquets jamais livrés
Le fil conso
Des centaines de clients attendent encore.
<https://www.google.com/url?rct=j&sa=t&url={link}%3Futm_source%3Dalert&ct=ga>
"""


def test_what_a_mail_and_a_feed_both_tell_is_one_story(tmp_path: Path) -> None:
    """An article in its own feed, and in a Google Alert by mail an hour later."""
    link = "https://le-fil-conso.example/floreal"
    at = NOON + timedelta(minutes=40)
    alert = letter(
        "Google Alerte - Floréal", ALERT.format(link=link), at=at, sender="<googlealerts-noreply@google.com>"
    )
    feed = "  - {{id: floreal-press, url: '{{web}}/press', every: 10m}}\n"
    with mailed(tmp_path, Folder([Dropped(at, alert)]), client=CLIENT + feed) as town:
        town.settle_in()
        town.publish("press", "Floréal : des bouquets jamais livrés", "Des centaines attendent.", link=link)
        town.live(NOON + timedelta(hours=1))
        first, second = town.mentioned()
        assert (first.source_id, second.source_id) == ("floreal-press", "floreal-mail")
        assert first.story_id == second.story_id
        assert second.verdict.kinship is Kinship.COPY


def test_files_dropped_in_a_folder_are_mentions_once(tmp_path: Path) -> None:
    """Lines of JSON, mails and texts; what is unfinished is left alone."""
    spool = tmp_path / "spool"
    spool.mkdir()
    (spool / "old.txt").write_text("Floréal hier\nDu passé.", encoding="utf-8")
    with open_town(tmp_path, clients={"floreal": DIRECTORY.format(path=spool)}) as town:
        town.settle_in()
        (spool / "a.jsonl").write_text('{"id": "1", "title": "Floréal, un scandale"}\n', encoding="utf-8")
        (spool / "b.eml").write_bytes(letter("Floréal par mail", "Bonjour", at=NOON, id="b"))
        (spool / "c.txt.part").write_text("Floréal à moitié", encoding="utf-8")
        (spool / "d.txt").write_bytes(b"\0\0")
        town.beat()
        town.live(town.clock.now() + timedelta(minutes=40))
        assert sorted(event.entry.title for event in town.mentioned()) == ["Floréal par mail", "Floréal, un scandale"]
