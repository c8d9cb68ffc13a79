"""To whom an alert goes, and never without the right to see it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit_model import channel, client, mention, person, story, urgency
from veille.alerting.instruction import instruction
from veille.alerting.recipients import digest_channels, recipients
from veille.model.alert import Action, Decision, Reason
from veille.model.mention import Category, Level
from veille.model.person import Person, Use
from veille.model.watch import Route, Watch

MAIL, SMS = channel("mail"), channel("phone", "sms", least=Level.CRITICAL, uses=(Use.ALERT,))
VIRGINIE = person("virginie", MAIL, SMS, serves=("floreal", "autoneo"))
PETIT = person("petit", MAIL, staff=False)
AUBERT = person("aubert", MAIL, serves=("autoneo",), staff=False)
EVERYONE = (VIRGINIE, PETIT, AUBERT)


def watch(*routes: Route) -> Watch:
    return Watch(id="floreal", name="Floréal", query="floreal", routes=routes or (Route(id="default"),))


def decision(reason: Reason = Reason.CRITICAL_MENTION, level: Level = Level.CRITICAL) -> Decision:
    return Decision(action=Action.TELL, reason=reason, level=level)


CRISIS = decision()
ROUTED = decision(Reason.ROUTED_MENTION, Level.HIGH)
OVER = decision(Reason.SPIKE_OVER, Level.MEDIUM)
STARTED = decision(Reason.SPIKE_STARTED, Level.HIGH)

SITUATIONS = {
    "a crisis goes to all who serve the client, on every channel": (
        watch(),
        CRISIS,
        [("virginie", "mail"), ("virginie", "phone"), ("petit", "mail")],
    ),
    "a high mention rings no phone that asks for critical": (
        watch(Route(id="quick", least=Level.HIGH)),
        ROUTED,
        [("virginie", "mail"), ("petit", "mail")],
    ),
    "a route names its people": (
        watch(Route(id="quick", people=("petit",), least=Level.HIGH)),
        ROUTED,
        [("petit", "mail")],
    ),
    "a route that names someone who does not serve the client reaches nobody": (
        watch(Route(id="quick", people=("aubert",), least=Level.HIGH)),
        ROUTED,
        [],
    ),
    "the end of a spike is a mail, not a text message": (
        watch(),
        OVER,
        [("virginie", "mail"), ("petit", "mail")],
    ),
    "a spike takes every route, and only the channels of its level": (
        watch(),
        STARTED,
        [("virginie", "mail"), ("petit", "mail")],
    ),
    "the summary over the limit reaches those whom a spike would": (
        watch(),
        decision(Reason.OVER_BUDGET_SUMMARY, Level.HIGH),
        [("virginie", "mail"), ("petit", "mail")],
    ),
    "a crisis does not go by a route for the press when another takes it": (
        watch(Route(id="press", people=("petit",), categories=("press",)), Route(id="rest", people=("virginie",))),
        CRISIS,
        [("virginie", "mail"), ("virginie", "phone")],
    ),
    "a crisis that no route's categories take goes by every route": (
        watch(Route(id="press", people=("petit",), categories=("press",))),
        CRISIS,
        [("petit", "mail")],
    ),
    "a route for another category is not taken": (
        watch(Route(id="ask", least=Level.MEDIUM, categories=("question",))),
        ROUTED,
        [],
    ),
}


@pytest.mark.parametrize(("on", "what", "expected"), SITUATIONS.values(), ids=SITUATIONS)
def test_recipients(on: Watch, what: Decision, expected: list[tuple[str, str]]) -> None:
    found = recipients(client(), [on], what, EVERYONE, categories=[Category.PROBLEM])
    assert [(p.id, c.id) for p, c in found] == expected


@given(st.lists(st.sets(st.sampled_from(["floreal", "autoneo", "other"])), max_size=6), st.sampled_from(Reason))
def test_nobody_hears_of_a_client_they_do_not_serve(rights: list[set[str]], reason: Reason) -> None:
    people: list[Person] = [person(f"p{n}", MAIL, serves=tuple(r)) for n, r in enumerate(rights)]
    found = recipients(client(), [watch()], decision(reason), people, categories=[Category.PROBLEM])
    assert {p.id for p, _ in found} == {p.id for p in people if "floreal" in p.serves}


def test_the_digest_never_goes_to_a_phone_that_rings() -> None:
    assert digest_channels(VIRGINIE) == (MAIL,)
    assert digest_channels(person("p", channel("m", uses=(Use.ALERT,)))) == ()


def test_the_instruction_of_the_heaviest_signal_wins() -> None:
    lines = (("mourning", "Appeler."), ("default", "Lire."))
    sad = story(mention(urgency=urgency(90, "undelivered", "mourning")))
    assert instruction(client(playbook=lines), sad) == "Appeler."
    assert instruction(client(playbook=lines), story(mention())) == "Lire."
    assert instruction(client(), sad) == ""
