"""The story of Floréal on a scripted clock: the exact list of messages, to whom, when, why; nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kit_clock import ScriptedClock
from veille.bootstrap import open_house, read_settings, seeded_dice
from veille.demo import settings
from veille.demo.detour import Detour
from veille.demo.internet import internet
from veille.demo.letterbox import letterbox
from veille.demo.postbox import Letter, postbox
from veille.demo.story import Story, load
from veille.model.alert import Action, Reason
from veille.model.mention import Kinship
from veille.pipeline.adopt import adopt
from veille.pipeline.assess import assess
from veille.pipeline.deliver import deliver
from veille.pipeline.digest import digest
from veille.pipeline.evening import evening
from veille.pipeline.events import Decided, LeftOut, Mentioned, Sent, Vanished
from veille.pipeline.first_look import first_look
from veille.pipeline.house import House
from veille.pipeline.operator import operator
from veille.pipeline.poll import poll
from veille.pipeline.revisit import revisit
from veille.text.gsm import SEGMENT, septets

#: The messages of the two days: local time at the latest, to whom, how the subject begins.
EXPECTED = [
    ("11 07:02", {"virginie", "aubert"}, "[AN AutoNéo] État des lieux : 6 mentions"),
    ("11 07:02", {"virginie", "petit"}, "[FL Floréal] État des lieux : 34 mentions"),
    (
        "11 22:00",
        {"virginie", "petit"},
        "[FL Floréal] Point du soir, jeudi 11 février : 1 question sans réponse, obsèques demain",
    ),
    ("12 06:30", {"aubert"}, "[AN AutoNéo] Point du matin, vendredi 12 février : rien cette nuit"),
    ("12 06:30", {"petit"}, "[FL Floréal] Point du matin, vendredi 12 février : 1 sujet à traiter"),
    ("12 06:30", {"virginie"}, "[FL Floréal, AN AutoNéo] Point du matin, vendredi 12 février : 1 sujet à traiter"),
    ("12 10:54", {"virginie", "petit"}, "[FL Floréal] À traiter maintenant : cliente en deuil non livrée"),
    ("12 12:24", {"virginie", "petit"}, "[FL Floréal] Début de bad buzz : cliente en deuil, 2 messages disparus"),
    ("12 13:38", {"virginie", "petit"}, "[FL Floréal] S'amplifie : la cliente dément le statut de 13 h 30"),
    (
        "12 14:39",
        {"virginie", "petit", "direction"},
        "[FL Floréal] Article probable : un(e) journaliste du Grand Quotidien cherche des clients non livrés",
    ),
    ("12 15:53", {"virginie", "petit", "direction"}, "[FL Floréal] Presse nationale : Le Grand Quotidien, 15 h 52"),
    ("12 21:40", {"virginie", "petit", "direction"}, "[FL Floréal] Le pic retombe"),
    ("13 06:30", {"aubert"}, "[AN AutoNéo] Point du matin, samedi 13 février : 1 sujet"),
    ("13 06:30", {"petit"}, "[FL Floréal] Point du matin, samedi 13 février"),
    ("13 06:30", {"virginie"}, "[FL Floréal, AN AutoNéo] Point du matin, samedi 13 février"),
]


#: Mentions of the two days, the lorry's one for each client, and what the query excludes.
ENTRIES = 88


@dataclass(slots=True)
class Played:
    """What came out."""

    story: Story
    letters: list[tuple[datetime, Letter]] = field(default_factory=list)
    events: list[object] = field(default_factory=list)

    def told(self) -> list[Decided]:
        return [e for e in self.events if isinstance(e, Decided) and e.decision.action is Action.TELL]

    def mentioned(self) -> list[Mentioned]:
        return [e for e in self.events if isinstance(e, Mentioned) and not e.backlog]

    def excluded(self) -> list[LeftOut]:
        return [e for e in self.events if isinstance(e, LeftOut) and not e.backlog]

    def of(self, client_id: str) -> list[Letter]:
        return [letter for _, letter in self.letters if letter.to.startswith(client_id)]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("story")
    story = load()
    clock = ScriptedClock(story.begins.astimezone(UTC))
    out = Played(story)
    with (
        internet(story, clock) as web,
        letterbox(story, clock) as imap,
        postbox(folder / "mail", told=lambda letter: out.letters.append((clock.now(), letter))) as (_, smtp),
        _house(folder, clock, out, settings.Ports(web=web, imap=imap, smtp=smtp)) as house,
    ):
        adopt(house)
        for moment in _moments(story):
            clock.put(moment.astimezone(UTC))
            _beat(house)
    return out


@contextmanager
def _house(folder: Path, clock: ScriptedClock, out: Played, ports: settings.Ports) -> Iterator[House]:
    installed = read_settings(settings.write(folder / "config", out.story, ports)).installation
    with open_house(installed, clock=clock, dice=seeded_dice(1), watcher=out.events.append) as house:
        yield replace(house, fetcher=Detour(house.fetcher, ports.web))


def _moments(story: Story) -> Iterator[datetime]:
    """The minute after each change, and every ten minutes: what a daemon that polls each minute would see."""
    strides = int((story.ends - story.begins) / timedelta(minutes=10))
    calm = {story.begins + n * timedelta(minutes=10) for n in range(strides + 1)}
    gone = {post.until for post in story.posts if post.until}
    yield from sorted({*calm, *gone, *(m + timedelta(minutes=1) for m in story.moments()), *_minutes_after(story)})


def _minutes_after(story: Story) -> set[datetime]:
    return {m + timedelta(minutes=2) for m in story.moments()}


def _beat(house: House) -> None:
    poll(house)
    while assess(house).judged:
        pass
    while revisit(house).asked:
        pass
    first_look(house)
    digest(house)
    evening(house)
    operator(house)
    while deliver(house):
        pass


def _local(at: datetime, story: Story) -> datetime:
    return at.astimezone(story.zone)


def test_the_messages_are_these_and_no_others(played: Played) -> None:
    heard: dict[tuple[str, str], set[str]] = {}
    for at, letter in played.letters:
        key = (f"{_local(at, played.story):%d %H:%M}", _plain(letter.subject))
        heard.setdefault(key, set()).add(letter.to.partition("@")[0])
    said = sorted((when, sorted(who), subject) for (when, subject), who in heard.items())
    assert len(said) == len(EXPECTED), said
    for (when, who, subject), (latest, to, begins) in zip(said, EXPECTED, strict=True):
        assert (set(who), subject[: len(begins)]) == (to, begins)
        assert when <= latest


def test_why_each_alert_was_told(played: Played) -> None:
    assert [d.decision.reason for d in played.told()] == [
        Reason.CRITICAL_MENTION,
        Reason.SPIKE_STARTED,
        Reason.STATEMENT_DENIED,
        Reason.PRESS_ENQUIRY,
        Reason.NATIONAL_PRESS,
        Reason.SPIKE_OVER,
    ]


#: What a telephone shows: one segment of GSM-7 each.
SHORTS = (
    r"FL Floréal: 1 question sans réponse, obsèques demain\.",
    r"FL Floréal: cliente en deuil non livrée, .*\(Facebook 10:52\)\. A traiter maintenant\. v\.example/a/\w{8}",
    r"FL Floréal: début de bad buzz\. \d messages, 2 auteurs, 2 sites en .*\(d'habitude 1/jour\)\."
    r" Cliente en deuil, 2 messages disparus\. v\.example/a/\w{8}",
    r'FL Floréal: la cliente DÉMENT votre statut de 13:30 \("remboursée"\)\. 1[5-9] auteurs, 5 sites\.'
    r" Consigne: ne rien publier avant de l'appeler\. v\.example/a/\w{8}",
    r"FL Floréal: un\(e\) journaliste du Grand Quotidien cherche des clients non livrés \(14:38\)\."
    r" Article probable\. Prévenir la direction\. v\.example/a/\w{8}",
    r"FL Floréal: PRESSE NATIONALE\. Le Grand Quotidien 15:52, agence AFN et 11 reprises\."
    r" Prévenir la direction\. v\.example/a/\w{8}",
)


@pytest.mark.parametrize("said", SHORTS)
def test_what_a_telephone_would_show(played: Played, said: str) -> None:
    sent = {event.notification.message.short for event in played.events if isinstance(event, Sent)}
    found = [each for each in sent if re.fullmatch(said, each)]
    assert len(found) == 1, sorted(sent)
    assert septets(found[0]) <= SEGMENT


def test_the_disappearance_is_a_fact_with_its_time_and_its_copy(played: Played) -> None:
    assert [f"{_local(e.at, played.story):%H:%M}" for e in played.events if isinstance(e, Vanished)] == ["12:07"] * 2
    [letter] = [x for _, x in played.letters if "messages disparus" in x.subject and x.to.startswith("petit")]
    said = _plain(_text(letter))
    assert "2 messages ne sont plus visibles depuis 12:05, alors que leur site répond." in said
    assert "Claire Roux : n'est plus visible depuis 12:05 (copie du 12 févr. 10:53, encore visible à 12:00)" in said
    assert "« Je n'ai que cette page. Répondez-moi. »" in said
    assert "supprimé par" not in said


def test_the_retitle_is_an_edit_kept_and_told_calmly(played: Played) -> None:
    assert sum("floreal-dans-la-tourmente" in e.entry.link for e in played.mentioned()) == 1
    digest = _plain(_text(played.of("petit")[-1]))
    assert "Titre modifié hier à 18:1" in digest
    assert "« Floréal présente ses excuses » (avant : « Fleurs non livrées" in digest


def test_the_numbers_of_the_summary(played: Played) -> None:
    """88 entries, 6 messages at once: five alerts and the end of the peak; the rest is silent."""
    assert len(played.mentioned()) + len(played.excluded()) == ENTRIES
    assert len(played.told()) == 6


def test_the_frigate_is_excluded_and_nothing_else_is(played: Played) -> None:
    assert [event.entry.link for event in played.excluded()] == [
        post.link for post in played.story.posts if post.id.startswith("fregate")
    ]


def test_boosts_reprints_and_the_late_google_alert_are_folded_copies(played: Played) -> None:
    copies = [e.entry.link for e in played.mentioned() if e.verdict.kinship is Kinship.COPY]
    assert sum("repartage" in link for link in copies) == 6
    assert sum("saint-valentin-floreal" in link for link in copies) == 11
    assert sum("le-fil-conso" in link for link in copies) == 1
    assert any("captures-bluesky" in link for link in copies)


def test_own_statements_are_kept_and_silent(played: Played) -> None:
    assert [e.entry.text for e in played.mentioned() if e.own] == [
        post.text for post in played.story.posts if post.author in ("Floréal", "floreal")
    ]


def test_nothing_crosses_from_one_client_to_the_other(played: Played) -> None:
    assert all("FL Floréal" not in letter.subject + _text(letter) for letter in played.of("aubert"))
    assert all("AN AutoNéo" not in letter.subject + _text(letter) for letter in played.of("petit"))
    both = [e.client_id for e in played.mentioned() if "camion" in e.entry.link]
    assert sorted(both) == ["autoneo", "floreal"]


def _plain(subject: str) -> str:
    return subject.replace("\u00a0", " ").replace("\u202f", " ")


def _text(letter: Letter) -> str:
    part = letter.message.get_body(("plain",))
    return part.get_content() if part else ""
