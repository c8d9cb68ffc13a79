"""What people read, word for word: the messages of the story of Floréal, in French and in English."""

import json
from pathlib import Path

import pytest
import rendering_values as floreal
from rendering_values import ALERTS, FLOREAL, JOHN, SMS, VIRGINIE, at

from veille.model.alert import Reason
from veille.model.message import Message, Urgent
from veille.model.volume import SpikeState
from veille.rendering import Renderer, digest_page

GOLDEN = Path(__file__).parent / "golden"
PAGE = "https://v.agence.fr"


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    """Catalogues and templates, loaded once."""
    return Renderer.load()


def _written(message: Message) -> str:
    """Subject, text message and plain text on one sheet, no-break spaces shown as "_" and "~"."""
    sheet = f"{message.subject}\n\n{message.short}\n\n{message.text}"
    return sheet.replace("\u00a0", "_").replace("\u202f", "~")


def _alert(renderer: Renderer, name: str, *, language: str = "fr", public_url: str = PAGE) -> Message:
    return renderer.alert_message(
        ALERTS[name], client=FLOREAL, language=language, zone="Europe/Paris", public_url=public_url
    )


@pytest.fixture(scope="module")
def messages(renderer: Renderer) -> dict[str, Message]:
    """Every message that has a golden sheet."""
    late = floreal.digest(quiet=(floreal.QUIET,), due=at("06:30", 13))
    return {
        "digest": renderer.digest_message(floreal.MORNING, person=VIRGINIE, now=at("06:31", 13)),
        "digest en": renderer.digest_message(floreal.digest(floreal.SECTION), person=JOHN, now=at("06:31", 13)),
        "digest late and empty": renderer.digest_message(late, person=VIRGINIE, now=at("09:10", 13)),
        "first look": renderer.first_look_message(floreal.LOOK, person=VIRGINIE),
        "operator": renderer.operator_message(floreal.REPORT, person=VIRGINIE),
        "sample": renderer.sample_message(VIRGINIE, SMS),
        "A2 en": _alert(renderer, "A2 bad buzz", language="en"),
        "A5 no page": _alert(renderer, "A5 press", public_url=""),
        **{name: _alert(renderer, name) for name in ALERTS},
    }


NAMES = (
    *ALERTS,
    "A2 en",
    "A5 no page",
    "digest",
    "digest en",
    "digest late and empty",
    "first look",
    "operator",
    "sample",
)


@pytest.mark.parametrize("name", NAMES)
def test_golden(messages: dict[str, Message], name: str) -> None:
    """Each message reads as its golden sheet."""
    expected = GOLDEN / f"{name.replace(' ', '-')}.txt"
    assert _written(messages[name]) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("A1 critical", "[FL Floréal] À traiter maintenant : cliente en deuil, service client injoignable"),
        ("A2 bad buzz", "[FL Floréal] Début de bad buzz : cliente en deuil, service client injoignable"),
        ("A5 press", "[FL Floréal] Presse nationale : Le Grand Quotidien, 15 h 52"),
        ("peak", "[FL Floréal] Pic : cliente en deuil, service client injoignable"),
        ("over", "[FL Floréal] Le pic retombe : 41 messages en tout"),
        ("summary", "[FL Floréal] 2 sujets urgents de plus aujourd'hui"),
    ],
)
def test_subjects(renderer: Renderer, name: str, subject: str) -> None:
    """The client first, then what happens."""
    assert _alert(renderer, name).subject.replace("\u00a0", " ") == subject


def test_the_end_of_a_spike_counts_from_its_start_not_in_one_window(renderer: Renderer) -> None:
    """The counts are then of the whole spike: "37 messages in 3 h" was said of nine hours."""
    ended = floreal.spike(SpikeState.OVER, observed=37, peak=24, window_minutes=180, stories=(4821, 4822))
    over = floreal.alert(Reason.SPIKE_OVER, floreal.STORY_A5, at("21:40"), spike=ended)
    message = renderer.alert_message(over, client=FLOREAL, language="fr", zone="Europe/Paris", public_url=PAGE)
    said = message.text.replace("\u00a0", " ")
    assert "Depuis 12:20 : 37 messages, 2 auteurs, 2 sites" in said
    assert "37 messages, 2 auteurs, 2 sites en" not in said


def test_every_message_opens_with_its_client(renderer: Renderer) -> None:
    """Whatever the form, the first thing one reads is for which client it is."""
    for name in ALERTS:
        message = _alert(renderer, name)
        assert message.subject.startswith("[FL Floréal] ")
        assert message.text.startswith("FL Floréal")
        assert message.short.startswith("FL Floréal: ")
        assert message.blocks.index("FL Floréal") < 80
        body = message.html.partition("<body")[2]
        assert body.index("FL Floréal") < body.index("<p")


@pytest.mark.parametrize(
    ("name", "kind", "urgent"),
    [
        ("A1 critical", "alert", Urgent.NOW),
        ("A2 bad buzz", "alert", Urgent.NOW),
        ("over", "spike_over", Urgent.CALM),
    ],
)
def test_kinds(renderer: Renderer, name: str, kind: str, urgent: Urgent) -> None:
    """The end of a spike disturbs nobody."""
    message = _alert(renderer, name)
    assert (message.kind, message.urgent, message.code, message.client_id) == (kind, urgent, "F-4821", "floreal")


def test_bad_buzz_is_said_only_of_bad_news(renderer: Renderer) -> None:
    """A volume that is not negative is a peak, nothing more."""
    message = _alert(renderer, "peak")
    assert "bad buzz" not in message.subject + message.text + message.html + message.short + message.blocks


def test_nothing_is_called_deleted(renderer: Renderer) -> None:
    """Veille did not see anything being deleted: outside quoted text the word does not occur."""
    text = _alert(renderer, "A1 critical").text
    assert "supprim" not in text
    assert "effac" not in text


def test_both_times(renderer: Renderer) -> None:
    """What was seen long after its publication has both times."""
    assert "publié 14:15, vu 16:05" in _alert(renderer, "A5 press").text


def test_without_a_page(renderer: Renderer) -> None:
    """Without a public address there is no link to one: the text message ends with the site and the code."""
    message = _alert(renderer, "A5 press", public_url="")
    assert message.short.endswith(" legrandquotidien.example F-4821")
    assert "/a/7Kq2" not in message.text + message.html + message.blocks


def test_own_people_and_staff(renderer: Renderer) -> None:
    """A digest of one client carries its id; a digest of several belongs to none."""
    one = renderer.digest_message(floreal.digest(floreal.SECTION), person=JOHN, now=at("06:31", 13))
    several = renderer.digest_message(floreal.MORNING, person=VIRGINIE, now=at("06:31", 13))
    assert one.client_id == "floreal"
    assert "AutoNéo" not in one.subject + one.text + one.html
    assert several.client_id == ""


def test_page_stands_alone(renderer: Renderer) -> None:
    """The file of a digest holds its pictures and asks the network for nothing."""
    page = digest_page(renderer.digest_message(floreal.MORNING, person=VIRGINIE, now=at("06:31", 13)))
    assert "cid:" not in page
    assert 'src="data:image/png;base64,iVBOR' in page
    assert "<link" not in page


def test_pictures_have_their_place(renderer: Renderer) -> None:
    """Each picture is named in the HTML, described, and a PNG twice as wide as shown."""
    message = renderer.digest_message(floreal.MORNING, person=VIRGINIE, now=at("06:31", 13))
    (picture,) = message.pictures
    assert f'src="cid:{picture.cid}"' in message.html
    assert picture.alt.startswith("Mentions par jour")
    assert picture.png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(picture.png[16:20], "big") == 1120


def test_long_public_address(renderer: Renderer) -> None:
    """A link that would be cut is not sent: the site and the code are."""
    message = _alert(renderer, "A5 press", public_url="https://" + "veille." * 12 + "example")
    assert message.short.endswith(" legrandquotidien.example F-4821")


def test_payload_of_an_alert(renderer: Renderer) -> None:
    """The keys that webhooks rely on."""
    payload = json.loads(_alert(renderer, "A2 bad buzz").payload)
    assert set(payload) == {"version", "kind", "language", "client", "alert"}
    assert payload["client"] == {"id": "floreal", "mark": "FL", "name": "Floréal"}
    alert = payload["alert"]
    assert (alert["reason"], alert["level"], alert["code"]) == ("spike_started", "critical", "7Kq2")
    assert alert["at"] == "2027-02-12T11:20:00+00:00"
    assert (alert["story"]["messages"], alert["story"]["authors"], alert["story"]["sites"]) == (3, 2, 2)
    assert alert["told"]["signals"][0] == {"name": "mourning", "points": 50, "evidence": "enterrement"}
    assert alert["spike"]["window_minutes"] == 90


def test_payload_of_a_digest(renderer: Renderer) -> None:
    """The keys that webhooks rely on."""
    message = renderer.digest_message(floreal.MORNING, person=VIRGINIE, now=at("06:31", 13))
    digest = json.loads(message.payload)["digest"]
    assert [client["id"] for client in digest["clients"]] == ["floreal", "mairie", "autoneo"]
    assert digest["clients"][0]["stories"][0]["reason"] == "national_press"
    assert digest["clients"][0]["trouble"][0]["source"] == "forum-conso"
