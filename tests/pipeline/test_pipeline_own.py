"""What the client says itself, on any network: kept as an own statement, never told, calming nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit_house import client, open_town

ACCOUNTS = "['@floreal@mamot.example', floreal.bsky.social, Floréal Nantes, u/floreal_sav]"
OWN = f"own: {{sites: [floreal.example], accounts: {ACCOUNTS}}}\n"
FORMS = {
    "on its server": {"author": "floreal", "link": "https://mamot.example/@floreal/1"},
    "a handle of Bluesky": {"author": "floreal.bsky.social", "link": "https://bsky.app/profile/x/post/1"},
    "the name of a page": {"author": "Floréal Nantes", "link": "https://facebook.example/1"},
    "a user of Reddit": {"author": "floreal_sav", "link": "https://reddit.example/r/fleurs/1"},
    "its own site": {"author": "Anne", "link": "https://www.floreal.example/blog/1"},
}


@pytest.mark.parametrize("said", FORMS.values(), ids=FORMS)
def test_an_own_statement_never_alerts_and_calms_nothing(tmp_path: Path, said: dict[str, object]) -> None:
    """However grave its words; what others say at the same moment is told all the same."""
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", "forum", extra=OWN)}) as town:
        town.settle_in()
        grave = "Scandale : gerbe de deuil jamais livrée pour un enterrement, plainte déposée, honte à Floréal"
        town.publish("press", grave, grave, **said)
        town.beat()
        assert [one.own for one in town.mentioned()] == [True]
        assert town.subjects() == []
        town.clock.pass_(minutes=11)
        hers = "L'enterrement de mon père est demain et la gerbe n'est toujours pas livrée, Floréal ne répond pas !"
        town.publish("forum", "Honteux, au secours", hers)
        town.beat()
        assert len(town.subjects()) == 1


def test_the_same_name_on_another_server_is_somebody_else(tmp_path: Path) -> None:
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press", extra=OWN)}) as town:
        town.settle_in()
        town.publish("press", "Floréal ment", "Honteux", author="floreal", link="https://evil.example/@floreal/1")
        town.beat()
        assert [one.own for one in town.mentioned()] == [False]
