"""What people say of mentions, lived: look-alikes held and counted, first days, budgets of wrong alerts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from test_pipeline_mentions import alerts

from kit_house import CAMILLE, FLOREAL, NOON, Town, client, open_town
from veille.model.alert import Action, Reason
from veille.model.feedback import Mark
from veille.pipeline import paged
from veille.pipeline.adopt import adopt
from veille.pipeline.feedback import FIRST_SIGHT, give
from veille.store import feedback, flags, mentions

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEARNING = {"floreal": client("Floréal", "press", "forum", extra="learning_days: 14\n")}
#: Critical by itself, and nobody is in danger.
GRAVE = (
    "Floréal : les fleurs de l'enterrement de mon père jamais livrées",
    "Honteux. La gerbe de deuil n'est jamais arrivée au cimetière, personne ne répond.",
)
FRIGATES = (
    (
        "La frégate Floréal intercepte deux tonnes de cocaïne",
        "Mort d'un marin pendant l'assaut, une plainte est déposée.",
    ),
    ("Marine nationale : deuil à bord de la frégate Floréal", "Un marin de la frégate mort en mer, obsèques à Brest."),
    ("Naufrage : la frégate Floréal repêche des morts", "La marine annonce un deuil, une plainte contre l'armateur."),
    ("La frégate Floréal endeuillée", "La marine rend hommage au marin mort, obsèques samedi."),
    ("Frégate Floréal : l'enquête sur la mort du marin", "La marine et la famille du marin, plainte et obsèques."),
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path) as opened:
        opened.settle_in()
        yield opened


@pytest.fixture
def young(tmp_path: Path) -> Iterator[Town]:
    """A town whose watch began today."""
    with open_town(tmp_path, clients=LEARNING) as opened:
        opened.settle_in()
        yield opened


def say(town: Town, feed: str, title: str, text: str, **more: object) -> None:
    """Something is published, and seen at the next poll."""
    town.publish(feed, title, text, **more)
    town.clock.pass_(minutes=12)
    town.beat()


def last(town: Town) -> int:
    """The number of the newest mention."""
    with town.house.store.reading() as conn:
        return mentions.recent(conn, "floreal", since=NOON - 90 * DAY, limit=1)[0].id


def mark(town: Town, what: Mark, mention: int = 0) -> None:
    with town.house.store.writing() as tx:
        give(tx, mention or last(town), what, who="camille", at=town.clock.now())


def reasons(town: Town) -> list[Reason]:
    return [decided.decision.reason for decided in town.decided()]


def frigates(town: Town, number: int) -> None:
    """So many articles about the frigate, each marked as soon as it is seen; a day apart, each its own story."""
    for title, text in FRIGATES[:number]:
        say(town, "press", title, text)
        mark(town, Mark.NOT_US)
        town.clock.pass_(days=4)
    town.events.clear()
    town.letters.clear()


NEXT = ("La frégate Floréal rentre à Toulon", "La marine accueille la frégate, mort d'un marin, plainte et obsèques.")


def ordinary(town: Town, number: int = 8) -> None:
    """What the client usually gets."""
    said = (
        "bouquet livré",
        "roses fanées",
        "vitrine de printemps",
        "pivoines",
        "orchidée",
        "abonnement",
        "vélo",
        "carte",
    )
    for words in said[:number]:
        say(town, "forum", f"Floréal : {words}", f"Un avis sur Floréal : {words}, rien à redire.")


def test_after_three_marks_a_look_alike_is_held_and_the_digest_says_why(town: Town) -> None:
    ordinary(town)
    frigates(town, 3)
    say(town, "press", *NEXT)
    assert reasons(town)[-1] in (Reason.NOT_US, Reason.LEFT_OUT)
    decision = town.decided()[-1].decision
    assert "frégate" in decision.evidence
    assert alerts(town) == []


def test_without_marks_the_same_article_is_judged_as_any(town: Town) -> None:
    ordinary(town)
    say(town, "press", *NEXT)
    assert reasons(town)[-1] not in (Reason.NOT_US, Reason.LEFT_OUT)


def test_what_is_left_out_of_the_digest_is_counted(town: Town) -> None:
    """Five marks: the next is not listed; its number is said, also when it is all there is."""
    ordinary(town)
    frigates(town, 5)
    town.live(town.clock.now().replace(hour=6, minute=0) + DAY, minutes=30)
    town.letters.clear()
    say(town, "press", *NEXT)
    assert reasons(town)[-1] is Reason.LEFT_OUT
    town.live(town.clock.now() + DAY, minutes=30)
    text = next(each for each in town.texts() if "Point du matin" in each)
    assert "1 mention écartée comme « pas nous »." in text
    assert "Toulon" not in text


def test_a_crisis_about_the_client_rings_whatever_was_marked(town: Town) -> None:
    ordinary(town)
    frigates(town, 5)
    say(town, "press", *GRAVE)
    assert reasons(town)[-1] is Reason.CRITICAL_MENTION


def test_a_reset_takes_the_lessons_back(town: Town) -> None:
    ordinary(town)
    frigates(town, 5)
    with town.house.store.writing() as tx:
        assert feedback.reset(tx, "floreal", at=town.clock.now()) == 5
    say(town, "press", *NEXT)
    assert reasons(town)[-1] not in (Reason.NOT_US, Reason.LEFT_OUT)


def test_the_last_mark_of_a_mention_counts(town: Town) -> None:
    ordinary(town, 1)
    mark(town, Mark.NOT_US)
    mark(town, Mark.USEFUL)
    with town.house.store.reading() as conn:
        assert [one.mark for one in feedback.marks(conn, "floreal")] == [Mark.USEFUL]


def test_in_the_first_days_what_would_ring_is_asked_in_the_digest(young: Town) -> None:
    say(young, "press", *GRAVE)
    assert reasons(young) == [Reason.LEARNING]
    assert alerts(young) == []
    young.live(NOON + DAY, minutes=30)
    text = young.texts()[-1]
    number = last(young)
    asked = f"Aurait alerté : bonne idée ? Oui : veille feedback {number} useful ; non : veille feedback {number} calm"
    assert asked in text


def test_in_the_first_days_three_authors_on_two_sites_ring(young: Town) -> None:
    for feed, author in (("press", "Ana"), ("forum", "Bob"), ("forum", "Cléo")):
        young.publish(feed, *GRAVE, author=author)
        say(young, feed, f"{GRAVE[0]}, dit {author}", f"{author} raconte : {GRAVE[1]}", author=author)
    told = [decided for decided in young.decided() if decided.decision.action is Action.TELL]
    assert len(told) == 1
    assert len(alerts(young)) == 1


def test_after_a_fortnight_it_rings(young: Town) -> None:
    young.clock.put(NOON + 14 * DAY)
    young.beat()
    say(young, "press", *GRAVE)
    assert Reason.CRITICAL_MENTION in reasons(young)


def test_a_new_watch_of_an_old_client_has_first_days_of_its_own(young: Town) -> None:
    """The first sight of a watch is kept once, and a reload does not begin it again."""
    young.clock.pass_(days=10)
    adopt(young.house)
    with young.house.store.reading() as conn:
        first = flags.get(conn, f"{FIRST_SIGHT}floreal/floreal")
    assert first is not None
    assert first[1] == NOON


def wrong(town: Town, story: str) -> None:
    """An alert rings, and someone says that it was not worth it."""
    say(town, "press", f"Floréal : {story}, jamais livrées pour l'enterrement", GRAVE[1].replace("gerbe", story))
    town.clock.pass_(minutes=5)
    mark(town, Mark.CALM)
    town.clock.pass_(hours=73)  # the next one is another story
    town.beat()


def pages(town: Town) -> int:
    return sum(decided.decision.action is Action.TELL for decided in town.decided())


def test_after_two_wrong_alerts_in_a_week_only_grave_ones_ring_until_it_is_over(town: Town) -> None:
    wrong(town, "couronne de roses")
    wrong(town, "brassée de tulipes")
    assert pages(town) == 2
    camille = town.house.installation.people[0]
    with town.house.store.reading() as conn:
        assert [part.night for part in paged.used_up(conn, camille, now=town.clock.now())] == [False]
        assert paged.received(conn, camille, now=town.clock.now()) == (2, 2)
        (figures,) = paged.precision(conn, ["floreal"], now=town.clock.now())
    assert (figures.sent, figures.calm, figures.precision) == (2, 2, 0.0)
    town.events.clear()
    say(
        town,
        "press",
        "Floréal : corbeille d'œillets jamais livrée aux obsèques",
        GRAVE[1].replace("gerbe", "corbeille"),
    )
    assert reasons(town)[-1] is Reason.BUDGET_SPENT
    assert pages(town) == 0


def test_the_digest_says_that_the_budget_is_used_up(town: Town) -> None:
    wrong(town, "couronne de roses")
    wrong(town, "brassée de tulipes")
    assert "2 alertes à tort cette semaine : jusqu'au" in town.texts()[-1] + town.texts()[-2]


TWO = CAMILLE + CAMILLE.replace("camille", "lea").replace("Camille", "Léa").replace(
    "operator: true", "wrong_alerts: {week: 9, month_at_night: 9}"
)


def test_a_budget_is_a_persons_own(tmp_path: Path) -> None:
    with open_town(tmp_path, clients=FLOREAL, people=TWO) as town:
        town.settle_in()
        wrong(town, "couronne de roses")
        wrong(town, "brassée de tulipes")
        town.events.clear()
        say(
            town,
            "press",
            "Floréal : corbeille d'œillets jamais livrée aux obsèques",
            GRAVE[1].replace("gerbe", "corbeille"),
        )
        told = next(d for d in reversed(town.decided()) if d.alert)
        assert told.people == ("lea",)
