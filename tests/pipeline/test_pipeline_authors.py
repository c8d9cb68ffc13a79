"""A person's earlier posts, lived: off unless asked for, bounded in days, of one client and one site, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kit_house import NOON, Town, client, open_town, write
from veille.bootstrap import read_settings
from veille.model.feedback import Mark
from veille.model.mention import Mention, Signal
from veille.model.watch import Client
from veille.pipeline import audit as audits
from veille.pipeline.adopt import adopt
from veille.pipeline.explain import explain
from veille.pipeline.feedback import give
from veille.store import mentions

DAY = timedelta(days=1)
ROUTED = """\
watches:
  - id: floreal
    query: Floréal
    routes: [{least: high}]
"""
ON = "earlier_posts: {days: 30}\n"
CLAIRE = "Claire Roux"
FIRST = ("Floréal, colis abîmé", "Les roses de Floréal sont arrivées fanées, je suis très déçue du service.")
SECOND = ("Floréal, deuxième commande", "Pivoines de Floréal bien trop petites cette fois, je suis encore déçue.")
THIRD = ("Encore Floréal", "Bouquet de Floréal livré avec deux jours de retard, c'est nul, je suis déçue.")


def clients(extra: str) -> dict[str, str]:
    return {
        "floreal": client("Floréal", "press", "forum", extra=extra + ROUTED),
        "agapanthe": client("Agapanthe", "flowers", query="Floréal", extra="earlier_posts: {days: 30}\n"),
    }


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path, clients=clients(ON), house="retention: {mentions: 365d}\n") as opened:
        opened.settle_in()
        yield opened


def say(town: Town, said: tuple[str, str], *, feed: str = "forum", by: str = CLAIRE, days: float = 5) -> Mention:
    """Someone writes, and it is seen at the next poll; then days go by."""
    town.publish(feed, *said, author=by)
    town.clock.pass_(minutes=12)
    town.beat()
    found = last(town, "agapanthe" if feed == "flowers" else "floreal")
    town.clock.put(town.clock.now() + days * DAY)
    return found


def last(town: Town, client_id: str = "floreal") -> Mention:
    with town.house.store.reading() as conn:
        return mentions.recent(conn, client_id, since=NOON - 9 * DAY, limit=1)[0]


def earlier(mention: Mention) -> list[Signal]:
    return [signal for signal in mention.urgency.signals if signal.name == "earlier_posts"]


def switch(town: Town, extra: str) -> None:
    """The operator edits the settings, and they are put in force."""
    at = town.folder / "config"
    web = town.server.url("")
    people = (at / "people.yaml").read_text(encoding="utf-8").partition("\n")[2]
    write(at, web=web, port=9, clients=clients(extra), people=people, house="", database="")
    installed = read_settings(at).installation
    town.with_(installation=installed)
    adopt(town.house)


def test_a_complaint_that_comes_back_weighs_more_and_says_since_when(town: Town) -> None:
    assert earlier(say(town, FIRST)) == []
    again = say(town, SECOND)
    assert [signal.points for signal in earlier(again)] == [12]
    third = say(town, THIRD)
    assert [signal.points for signal in earlier(third)] == [18]
    assert earlier(third)[0].evidence.startswith("2 earlier since 2027-02-12 ")


def test_the_alert_and_explain_say_it_in_a_sentence(town: Town) -> None:
    say(town, FIRST)
    say(town, SECOND)
    grave = ("Floréal, arnaque", "Arnaque, Floréal m'a volé 80 euros, je porte plainte demain, personne ne répond.")
    found = say(town, grave, days=0)
    told = next(text for text in town.texts("camille") if "arnaque" in text)
    assert "L'auteur a déjà écrit 2 fois ici depuis le 12 février, dont 2 plaintes" in " ".join(told.split())
    with town.house.store.reading() as conn:
        assert "earlier_posts  2 earlier since 2027-02-12" in explain(conn, found.id)


def test_the_digest_says_it(town: Town) -> None:
    say(town, FIRST)
    say(town, SECOND, days=0)
    town.live(town.clock.now() + DAY, minutes=180)
    assert "L'auteur a déjà écrit 1 fois ici depuis le 12 février, dont 1 plainte" in " ".join(
        " ".join(town.texts("camille")).split()
    )


def test_the_audit_says_it(town: Town) -> None:
    say(town, FIRST)
    found = say(town, SECOND)
    floreal = town.house.installation.client("floreal")

    def then(text: str) -> Client | None:
        return floreal

    with town.house.store.reading() as conn:
        audit = audits.of_address(conn, floreal, found.link, now=town.clock.now(), then=then)
    assert "L'auteur a déjà écrit 1 fois ici" in town.house.renderer.audit_paragraph(audit).replace("\u00a0", " ")
    assert [row.detail for row in audits.rows(audit) if row.step == "author"] == [earlier(found)[0].evidence]


#: Two complaints, the second by whom and where: nothing of the first may be known of them.
APART: dict[str, dict[str, object]] = {
    "of another author": {"by": "Paul Henry"},
    "of the same name on another site": {"feed": "press"},
    "of the same name about another client": {"feed": "flowers"},
}


@pytest.mark.parametrize("where", APART.values(), ids=APART)
def test_nothing_crosses(town: Town, where: dict[str, object]) -> None:
    say(town, FIRST)
    assert earlier(say(town, SECOND, **where)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["", "Anonyme", "Client vérifié"], ids=["empty", "anonymous", "a service's word"])
def test_nobody_has_no_earlier_posts(town: Town, name: str) -> None:
    say(town, FIRST, by=name)
    assert earlier(say(town, SECOND, by=name)) == []


def test_what_is_older_than_the_days_is_not_looked_at(town: Town) -> None:
    say(town, FIRST, days=31)
    assert earlier(say(town, SECOND)) == []


def test_two_of_one_page_know_each_other(town: Town) -> None:
    town.publish("forum", *FIRST, author=CLAIRE, published=town.clock.now() - 6 * timedelta(hours=1))
    assert len(earlier(say(town, SECOND))) == 1


def test_what_was_marked_calm_counts_less(town: Town) -> None:
    for said in (FIRST, SECOND):
        found = say(town, said)
        with town.house.store.writing() as tx:
            give(tx, found.id, Mark.CALM, who="camille", at=town.clock.now())
    assert [signal.points for signal in earlier(say(town, THIRD))] in ([], [-6])


def test_an_edit_that_is_graver_knows_it_too(town: Town) -> None:
    say(town, FIRST)
    say(town, SECOND, days=0)
    item = town.web.items["forum"][0]
    grave = "Floréal : la carte bancaire de ma mère piratée par votre site, 900 euros volés, je porte plainte."
    town.web.items["forum"][0] = type(item)(**{**vars(item), "text": grave})
    town.clock.pass_(minutes=30)
    town.beat()
    found = last(town)
    assert found.text == grave
    assert len(earlier(found)) == 1


def test_it_is_off_unless_asked_for_and_asks_nothing(tmp_path: Path) -> None:
    with open_town(tmp_path, clients=clients("")) as town:
        town.settle_in()
        say(town, FIRST)
        assert earlier(say(town, SECOND)) == []


@pytest.mark.parametrize("extra", ["", "earlier_posts: {days: 7}\n"], ids=["switched off", "fewer days"])
def test_it_is_forgotten_when_the_settings_ask_for_less(town: Town, extra: str) -> None:
    say(town, FIRST)
    raised = say(town, SECOND)
    switch(town, extra)
    with town.house.store.reading() as conn:
        kept = mentions.get(conn, raised.id)
    assert earlier(kept) == []
    assert kept.urgency.points == raised.urgency.points - earlier(raised)[0].points


def test_more_days_forget_nothing(town: Town) -> None:
    say(town, FIRST)
    raised = say(town, SECOND)
    switch(town, "earlier_posts: {days: 60}\n")
    with town.house.store.reading() as conn:
        assert mentions.get(conn, raised.id) == raised
