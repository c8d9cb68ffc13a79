"""How one reader is spoken to: times, days, lengths, the usual; and what of a story is put forward."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import rendering_values as floreal
from rendering_values import BLOG, N4, N8, N21, STORY_A5, at

from veille.model.digest import DayCount
from veille.model.mention import Level, Mention, Signal, Urgency
from veille.rendering.brand import brand, luminance
from veille.rendering.catalogue import read_catalogue
from veille.rendering.picture import days_picture, draw
from veille.rendering.signals import headline, signal_sentence
from veille.rendering.story import Line, by_whom, copies, excerpt, publisher, story_view
from veille.rendering.voice import Voice, plain, shown

FR = Voice(catalogue=read_catalogue("fr"), zone=ZoneInfo("Europe/Paris"), now=at("16:00"))
EN = replace(FR, catalogue=read_catalogue("en"))


@pytest.mark.parametrize(
    ("said", "french", "english"),
    [
        pytest.param(lambda v: v.moment(at("10:52")), "10:52", "10:52", id="today"),
        pytest.param(lambda v: v.moment(at("10:52", 11)), "hier 10:52", "yesterday 10:52", id="yesterday"),
        pytest.param(lambda v: v.moment(at("10:52", 1)), "1er févr. 10:52", "1 Feb 10:52", id="the first of a month"),
        pytest.param(
            lambda v: v.moment(at("10:52") - timedelta(days=365)),
            "12 févr. 2026 10:52",
            "12 Feb 2026 10:52",
            id="last year",
        ),
        pytest.param(lambda v: v.at(at("10:52")), "à 10:52", "at 10:52", id="at an hour of today"),
        pytest.param(
            lambda v: v.at(at("10:52", 11)), "hier à 10:52", "yesterday at 10:52", id="at an hour of yesterday"
        ),
        pytest.param(
            lambda v: v.at(at("10:52", 3)), "le 3 févr. à 10:52", "on 3 Feb at 10:52", id="at an hour of a day"
        ),
        pytest.param(lambda v: v.day(date(2027, 2, 13)), "samedi 13 février", "Saturday, 13 February", id="a day"),
        pytest.param(lambda v: v.day(date(2027, 3, 1)), "lundi 1er mars", "Monday, 1 March", id="a first"),
        pytest.param(lambda v: v.spoken_clock(at("09:05")), "9 h 05", "9:05", id="the hour of a headline"),
        pytest.param(lambda v: v.times(at("14:15"), at("14:20")), "14:15", "14:15", id="seen at once"),
        pytest.param(
            lambda v: v.times(at("14:15"), at("16:05")),
            "publié 14:15, vu 16:05",
            "published 14:15, seen 16:05",
            id="seen late",
        ),
        pytest.param(lambda v: v.times(at("14:15"), at("14:00")), "14:15", "14:15", id="published in the future"),
        pytest.param(lambda v: v.duration(45), "45 min", "45 min", id="under an hour"),
        pytest.param(lambda v: v.duration(90), "1h30", "1h30", id="an hour and a half"),
        pytest.param(lambda v: v.duration(180), "3 h", "3 h", id="whole hours"),
        pytest.param(lambda v: v.number(12600), "12 600", "12,600", id="thousands"),
        pytest.param(lambda v: v.usual(0), "", "", id="nothing known of the usual"),
        pytest.param(
            lambda v: v.usual(0.1), "d'habitude moins d'une par semaine", "usually less than one a week", id="rare"
        ),
        pytest.param(lambda v: v.usual(0.3), "d'habitude 2 par semaine", "usually 2 a week", id="a few a week"),
        pytest.param(lambda v: v.usual(1.2), "d'habitude 1 par jour", "usually 1 a day", id="one a day"),
        pytest.param(lambda v: v.usual(1500), "d'habitude 1 500 par jour", "usually 1,500 a day", id="many a day"),
        pytest.param(lambda v: v.quote("x : y"), "« x : y »", "“x : y”", id="a quotation"),
        pytest.param(lambda v: v.level(Level.LOW), "pour info", "for information", id="low"),
        pytest.param(lambda v: v.level(Level.MEDIUM), "à suivre", "to follow", id="medium"),
        pytest.param(lambda v: v.level(Level.HIGH), "à traiter", "to handle", id="high"),
        pytest.param(lambda v: v.level(Level.CRITICAL), "critique", "critical", id="critical"),
    ],
)
def test_said(said, french: str, english: str) -> None:
    """Each row is said in both languages."""
    assert plain(said(FR)) == french
    assert plain(said(EN)) == english


def test_zone() -> None:
    """The same moment is read in each reader's own zone, and may be another day there."""
    montreal = replace(FR, zone=ZoneInfo("America/Montreal"))
    assert montreal.moment(at("10:52")) == "04:52"
    assert montreal.moment(at("03:00")) == "hier 21:00"


@pytest.mark.parametrize(
    ("mention", "told"),
    [
        pytest.param(N4, N4.text, id="a short post without a title is told whole"),
        pytest.param(N21, N21.title, id="a title that holds the evidence is told"),
        pytest.param(BLOG, BLOG.title, id="a title without a text is told"),
        pytest.param(
            replace(N8, title="Avis", text="Bonjour. Je raconte. Une cliente en deuil attend. Merci."),
            "Une cliente en deuil attend.",
            id="else the sentence that holds the evidence",
        ),
        pytest.param(
            replace(N8, text="Bla. " * 100 + "Une cliente en deuil attend."),
            "Une cliente en deuil attend.",
            id="found far in a long post",
        ),
        pytest.param(
            replace(N8, text="", title="", link="https://a.example"), "https://a.example", id="no words at all"
        ),
    ],
)
def test_excerpt(mention: Mention, told: str) -> None:
    """One telling sentence of the lead."""
    assert excerpt(mention) == told


@pytest.mark.parametrize(
    ("author", "site", "paper"),
    [
        ("Le Grand Quotidien", "legrandquotidien.example", "Le Grand Quotidien"),
        ("Jeanne Petit", "legrandquotidien.example", "legrandquotidien.example"),
        ("", "legrandquotidien.example", "legrandquotidien.example"),
        ("Jeanne Petit", "", "Jeanne Petit"),
    ],
)
def test_publisher(author: str, site: str, paper: str) -> None:
    """A paper is named by itself, never by its journalist."""
    assert publisher(replace(N21, author=author, site=site)) == paper


@pytest.mark.parametrize(
    ("author", "site", "said"),
    [
        ("Claire", "a.example", "Claire, a.example"),
        ("", "a.example", "a.example"),
        ("Claire", "", "Claire"),
        ("A Example", "a-example.example", "A Example"),
    ],
)
def test_by_whom(author: str, site: str, said: str) -> None:
    """Author and site, one name once."""
    line = Line(title="", link="", author=author, site=site, when="", level=Level.LOW, level_word="")
    assert by_whom(line) == said


def test_copies_by_place() -> None:
    """The press repeats, networks repost, the rest copies."""
    told = floreal.story(
        N8,
        floreal.copy_of(N8, "journal.example", 5),
        floreal.copy_of(N8, "journal2.example", 6),
        floreal.copy_of(N8, "bluesky.example", 7, place="social"),
        floreal.copy_of(N8, "forum.example", 8, place="forum"),
    )
    assert copies(FR, told) == "2 reprises, 1 repartage, 1 copie"
    assert story_view(FR, told).counts == "5 messages, 5 auteurs, 5 sites, dont 2 reprises, 1 repartage, 1 copie"


def test_story_lists_no_copy_and_nothing_of_the_client() -> None:
    """What one opens is what people wrote."""
    own = replace(N4, own=True, text="Merci de ne pas utiliser cette page.")
    told = replace(STORY_A5, mentions=(*STORY_A5.mentions, own))
    view = story_view(FR, told, lines=20)
    assert len(view.lines) == 5
    assert view.counts == story_view(FR, STORY_A5).counts


def test_unknown_signal() -> None:
    """A signal without a sentence is shown by its name, with its evidence, and never in a headline."""
    unknown = Signal("new_thing", 40, "preuve")
    assert plain(signal_sentence(FR, unknown)) == "new thing : « preuve »"
    assert headline(FR, Urgency(40, (unknown,))) == ""


@pytest.mark.parametrize(
    ("raw", "displayed"),
    [
        ("  a \r\n b\u2028c\u0085d ", "a b c d"),
        ("x\u202ey\u200bz\ufeff", "xyz"),
        ("\x00\x1b[31mrouge\x1b[0m\ud800", "rouge"),
        ("mot " * 10, "mot mot mot mot…"),
    ],
)
def test_shown(raw: str, displayed: str) -> None:
    """Text from outside is brought to one line that hides nothing."""
    assert shown(raw, 18) == displayed


@pytest.mark.parametrize(("colour", "ink"), [("#b3246b", "#ffffff"), ("#f2c230", "#1c2430"), ("#ffffff", "#1c2430")])
def test_ink(colour: str, ink: str) -> None:
    """A name can be read on its colour, whatever the colour (contrast 4.5)."""
    made = brand(replace(floreal.FLOREAL, colour=colour))
    light, dark = sorted((luminance(colour), luminance(made.ink)), reverse=True)
    assert made.ink == ink
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_picture() -> None:
    """A bar a day, copies apart, a mark on urgent days, a line at the usual; nothing for nothing."""
    days = (
        DayCount(day=date(2027, 2, 11), mentions=0),
        DayCount(day=date(2027, 2, 12), mentions=5, copies=2, urgent=1),
    )
    drawing = draw(days, usual=1.0, colour="#b3246b")
    assert drawing.count('fill="#b3246b"') == 2
    assert drawing.count('z"') == 1
    assert "stroke-dasharray" in drawing
    assert "stroke-dasharray" not in draw((), usual=0.0, colour="#b3246b")
    assert days_picture((), usual=0.0, colour="#ffffff").startswith(b"\x89PNG")
