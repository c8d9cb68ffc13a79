"""Text from the web stays text: in mails, in Slack, in text messages, in JSON, in every place it can stand."""

import json
from dataclasses import replace
from email.message import EmailMessage
from html import unescape

import pytest
import rendering_values as floreal
from hypothesis import given, settings
from hypothesis import strategies as st
from rendering_markup import Markup
from rendering_values import A2, A5, FLOREAL, SUMMARY, VIRGINIE, at

from veille.model.alert import Alert, Reason
from veille.model.digest import Digest, StoryLine
from veille.model.mention import Mention, Signal, Urgency
from veille.model.message import Message
from veille.model.watch import Client
from veille.rendering import Renderer
from veille.rendering.links import page_link, safe_link, without_scheme
from veille.rendering.voice import shown
from veille.text.gsm import fits

RENDERER = Renderer.load()

PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "svg": "<svg/onload=alert(1)>",
    "attribute": "' onmouseover='alert(1)",
    "style": "</style><style>*{display:none}</style>",
    "comment": "<!-- --><b>",
    "entity": "&lt;script&gt; &amp;amp;",
    "iframe": '<iframe srcdoc="<script>1</script>">',
    "jinja": "{{7*7}} {% for x in y %}",
    "format": "%s {0.__class__} ${x} {n}",
    "slack": "<!channel> <@U1> <http://evil.example|Banque> `x`",
    "header": "Titre\r\nBcc: all@example.org\u2028suite\u0085fin",
    "bidi": "abc\u202edef\u200bghi\u00adjkl",
    "surrogate": "a\ud800b\x00c\x1b[31md",
    "link": "https://evil.example/",
}
PLACES = ("title", "text", "author", "site", "link", "evidence")


def _hostile(place: str, payload: str) -> Mention:
    if place == "evidence":
        return replace(floreal.N8, urgency=Urgency(70, (Signal("mourning", 50, payload),)))
    changed = replace(floreal.N8, urgency=Urgency(90, (Signal("mourning", 50, "deuil"),)))
    return replace(changed, **{place: payload})


def _digest(mention: Mention) -> Digest:
    line = StoryLine(story=floreal.story(mention), fresh=1, reason=Reason.NOT_URGENT)
    trouble = replace(floreal.SILENT, error=mention.title or "x", url=mention.link)
    return floreal.digest(replace(floreal.SECTION, stories=(line,), trouble=(trouble,), days=()))


def _alert(alert: Alert, *, client: Client = FLOREAL) -> Message:
    return RENDERER.alert_message(
        alert, client=client, language="fr", zone="Europe/Paris", public_url="https://v.agence.fr"
    )


def _messages(mention: Mention) -> list[Message]:
    story = floreal.story(mention)
    look = replace(floreal.LOOK, stories=(story,), rising=None, days=(), words=((mention.title or "x", 2),))
    return [
        _alert(replace(A2, story=story, instruction=mention.text)),
        _alert(replace(A5, story=story)),
        _alert(replace(SUMMARY, others=(story,))),
        RENDERER.digest_message(_digest(mention), person=VIRGINIE, now=at("06:31", 13)),
        RENDERER.first_look_message(look, person=VIRGINIE),
    ]


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
@pytest.mark.parametrize("place", PLACES)
def test_hostile_text(place: str, payload: str) -> None:
    """Nothing from outside becomes markup, a header, a template or a mention of everybody."""
    for message in _messages(_hostile(place, payload)):
        _exam(message)
        assert "49" not in message.subject


def _exam(message: Message) -> None:
    """The exam that every message sits, whatever it was made of."""
    markup = Markup(message.html)
    assert markup.wrong == []
    assert all(link.startswith(("https://", "http://")) for link in markup.links)
    assert fits(message.short), message.short
    for block in json.loads(message.blocks):
        text = block.get("text") or block["elements"][0]
        assert len(text["text"]) <= 3_000
        assert text["verbatim"] is True
        assert not any(live in text["text"] for live in ("<!", "<@", "<http://evil", "<script"))
    json.loads(message.payload)
    _travels(message)


def _travels(message: Message) -> None:
    """The standard library takes the subject as one header, and the bodies are UTF-8."""
    mail = EmailMessage()
    mail["Subject"] = message.subject
    assert mail["Subject"] == message.subject
    assert len(message.subject.splitlines()) == 1
    assert (message.text + message.html + message.blocks + message.payload).encode()


@pytest.mark.parametrize(
    ("place", "payload", "kept"),
    [
        ("title", "{{7*7}} %s {0.__class__}", "{{7*7}} %s {0.__class__}"),
        ("title", "<b>gras</b> & co", "<b>gras</b> & co"),
        ("text", "a < b && c > d", "a < b && c > d"),
        ("title", "Titre\r\nBcc: x", "Titre Bcc: x"),
        ("title", "gauche\u202e à \u200bdroite", "gauche à droite"),
    ],
)
def test_literal(place: str, payload: str, kept: str) -> None:
    """What was written is what is read, in the text and in the HTML."""
    mention = replace(_hostile(place, payload), **({"title": ""} if place == "text" else {}))
    for message in _messages(mention)[2:4]:
        assert kept in message.text
        assert kept in Markup(message.html).text


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_slack_escapes_once(payload: str) -> None:
    """Read back once, a Slack text is what was written."""
    (_, told, *_) = json.loads(_alert(replace(A2, story=floreal.story(_hostile("author", payload)))).blocks)
    assert shown(payload, 60) in unescape(told["text"]["text"])


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://a.example/x?y=1&z=2#t", "https://a.example/x?y=1&z=2#t"),
        ("http://a.example", "http://a.example"),
        ("https://é.example/ça", "https://%C3%A9.example/%C3%A7a"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("https://a.example/a|b'c", "https://a.example/a%7Cb%27c"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//a.example/x", ""),
        ("https://user:pw@a.example/", ""),
        ("https://a.example/a b", ""),
        ("https://a.example/\nx", ""),
        ("https:\\\\a.example", ""),
        ("https:///x", ""),
        ("https://[::1", ""),
        ("https://a.example/\ud800", ""),
        ("https://a.example/" + "x" * 2_000, ""),
        ("", ""),
    ],
)
def test_links(address: str, linked: str) -> None:
    """Only a whole http or https address becomes a link."""
    assert safe_link(address) == linked


def test_page_links() -> None:
    """A link to veille's page needs both a public address and a code."""
    assert page_link("https://v.agence.fr/", "7Kq2") == "https://v.agence.fr/a/7Kq2"
    assert page_link("", "7Kq2") == ""
    assert page_link("https://v.agence.fr", "") == ""
    assert without_scheme("https://v.agence.fr/a/7Kq2") == "v.agence.fr/a/7Kq2"


@pytest.mark.parametrize("colour", ["red;} body{display:none", "#12345", "#ffffff", "#000000", "#b3246b"])
def test_colours(colour: str) -> None:
    """A colour is six hexadecimal digits or the usual blue; its text can be read on it."""
    html = _alert(A2, client=replace(FLOREAL, colour=colour)).html
    assert "display:none" not in html.replace(" ", "")
    assert Markup(html).wrong == []


@settings(deadline=None, max_examples=40)
@given(
    name=st.text(max_size=80),
    author=st.text(max_size=80),
    text=st.text(max_size=300),
    site=st.text(max_size=80),
    page=st.sampled_from(["", "https://v.agence.fr", "https://" + "x" * 150 + ".example"]),
    reason=st.sampled_from(list(Reason)),
)
def test_text_messages_always_fit(name: str, author: str, text: str, site: str, page: str, reason: Reason) -> None:
    """Whatever the client, the author, the text and the site, a text message is one segment."""
    mention = replace(floreal.N4, author=author, text=text, site=site, title=text[:50])
    alert = floreal.alert(reason, floreal.story(mention), at("12:20"), instruction=text)
    client = replace(FLOREAL, name=name)
    message = RENDERER.alert_message(alert, client=client, language="fr", zone="Europe/Paris", public_url=page)
    assert fits(message.short)
    assert "\n" not in message.subject


def test_many_clients_stay_light() -> None:
    """Twenty clients with ten long stories each stay under what mail clients cut, and say what they leave out."""
    long = replace(floreal.N8, title="mot " * 40, text="phrase " * 60)
    line = StoryLine(story=floreal.story(long, floreal.N6), fresh=2, reason=Reason.NOT_URGENT)
    sections = [
        replace(
            floreal.SECTION,
            client=replace(FLOREAL, id=f"c{n}", name=f"Client {n}", mark=f"C{n}"),
            stories=(line,) * 10,
        )
        for n in range(20)
    ]
    message = RENDERER.digest_message(floreal.digest(*sections), person=VIRGINIE, now=at("06:31", 13))
    assert len(message.html.encode()) < 100_000
    assert "autres sujets" in message.html
    assert message.subject.startswith("[C0 Client 0, C1 Client 1, C2 Client 2, +17]")
    assert len(json.loads(message.blocks)) <= 50
    _exam(message)


def test_nothing_at_all() -> None:
    """A digest without any client is still a message."""
    message = RENDERER.digest_message(floreal.digest(), person=VIRGINIE, now=at("06:31", 13))
    assert message.subject.startswith("[veille] Point du matin")
    _exam(replace(message, short="x"))
