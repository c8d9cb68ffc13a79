"""Asks what to watch for: the query, the noise to leave out, the Google Alert."""

from __future__ import annotations

from veille.errors import AnswerError, QueryError
from veille.onboarding.ask_client import Who
from veille.onboarding.desk import Desk, Question
from veille.onboarding.google import alerts_trouble, steps
from veille.onboarding.noise import SAID, Family, families
from veille.onboarding.options import Options
from veille.onboarding.proposal import Suggestion, suggest
from veille.query import parse
from veille.rendering.catalogue import later


def check_query(options: Options, desk: Desk, *, allow_private: tuple[str, ...]) -> None:
    """Refuse wrong options before anything is asked of a site or a person. Raises AnswerError."""
    for question, given in (
        (_question(desk, None), options.query),
        (_noise_question(desk, families(desk.words.language), ""), options.noise),
        (_alerts_question(desk, allow_private), options.google_alerts),
    ):
        if given is not None:
            desk.answer(question, given)


def ask_query(options: Options, desk: Desk, who: Who) -> str:
    """Offer queries for the name, with a doubt where there is one; take a number or a query. Raises AnswerError."""
    desk.title(later("2. What to watch for"))
    site = who.discovery.site if who.discovery else None
    offered = suggest(
        who.name,
        language=who.language,
        accounts=site.accounts if site else (),
        site_words=site.words if site else (),
    )
    if options.query is None:
        _offer(desk, offered)
    return _chosen(desk.answer(_question(desk, offered), options.query), offered)


def ask_another(desk: Desk) -> str:
    """Another query, after the preview."""
    return desk.answer(_question(desk, None))


def _offer(desk: Desk, offered: Suggestion) -> None:
    if doubt := offered.doubt:
        if doubt.meaning:
            desk.warn("Careful: “{word}” is also {meaning}.", word=doubt.word, meaning=desk.words.say(doubt.meaning))
        else:
            desk.warn("Careful: “{word}” is a common word, it will bring much that is not meant.", word=doubt.word)
        desk.say("A query may hold words of context or of exclusion: {example}", example=_example(desk, doubt.word))
    for number, choice in enumerate(offered.choices, start=1):
        desk.put(f"  {number}. {choice.query}")
        desk.put(f"     {desk.words.say(choice.said)}", style="dim")


def _example(desk: Desk, word: str) -> str:
    return desk.words.say('"{word}" AND (shop OR delivery) NOT street', word=word)


def _question(desk: Desk, offered: Suggestion | None) -> Question:
    numbers = len(offered.choices) if offered else 0

    def check(text: str) -> str:
        if numbers and text.isdecimal():
            known = 0 < int(text[:9]) <= numbers
            return "" if known else desk.words.say("There is no such number: write 1 to {n}, or words.", n=numbers)
        try:
            parse(text)
        except QueryError as error:
            return error.caret()
        return ""

    msgid = later("Query: a number, or your own") if offered else later("Another query")
    return Question(option="--query", msgid=msgid, default="1" if offered else None, check=check)


def _chosen(answer: str, offered: Suggestion) -> str:
    return offered.choices[int(answer) - 1].query if answer.isdecimal() else answer


def ask_noise(options: Options, desk: Desk, who: Who) -> tuple[Family, ...]:
    """Offer each family of noise, ticked or not, with its word of caution. Raises AnswerError."""
    words = who.discovery.site.words if who.discovery else ()
    offered = families(who.language, words)
    if options.noise is None:
        _offer_noise(desk, offered)
    ticked = ",".join(family.id for family in offered if family.ticked)
    answer = desk.answer(_noise_question(desk, offered, ticked), options.noise)
    return _picked(answer, offered)


def _offer_noise(desk: Desk, offered: tuple[Family, ...]) -> None:
    desk.say("What nobody wants to read is left out, family by family; a complaint never is:")
    for number, family in enumerate(offered, start=1):
        what, caution = (desk.words.say(text) if text else "" for text in SAID[family.id])
        named = desk.words.say("{what}: {sample}...", what=what, sample=", ".join(family.phrases[:3]))
        desk.put(f"  [{'x' if family.ticked else ' '}] {number}. {named}")
        if caution:
            desk.put(f"         {caution}", style="yellow" if not family.ticked else "dim")


def _noise_question(desk: Desk, offered: tuple[Family, ...], ticked: str) -> Question:
    def check(text: str) -> str:
        try:
            _picked(text, offered)
        except AnswerError:
            known = ", ".join(family.id for family in offered)
            return desk.words.say("Write numbers such as 1 2 4, all, or none; families: {known}.", known=known)
        return ""

    msgid = later("Leave out (numbers, all, none)")
    shown = " ".join(str(n) for n, family in enumerate(offered, start=1) if family.ticked)
    return Question(option="--noise", msgid=msgid, default=ticked or "none", shown=shown or "none", check=check)


def _picked(text: str, offered: tuple[Family, ...]) -> tuple[Family, ...]:
    """The families that numbers or ids name, in their order. Raises AnswerError for what names none."""
    asked = set(text.lower().replace(",", " ").split())
    if asked & {"all", "tout", "toutes"}:
        return offered
    if asked & {"none", "0", "rien", "aucun", "aucune"}:
        return ()
    names = {name: family for n, family in enumerate(offered, start=1) for name in (str(n), family.id)}
    if not asked or not asked <= names.keys():
        raise AnswerError(text)
    return tuple(family for family in offered if family in {names[name] for name in asked})


def ask_alerts(options: Options, desk: Desk, who: Who, *, allow_private: tuple[str, ...]) -> str:
    """Say how to make a Google Alert, and take its address ("" = not now). Raises AnswerError."""
    if options.google_alerts is None:
        desk.title(later("3. Google Alerts, a feed that you make (two minutes, worth it)"))
        for number, step in enumerate(steps(desk.words, who.name), start=1):
            desk.put(f"  {number}. {step}")
    return desk.answer(_alerts_question(desk, allow_private), options.google_alerts)


def _alerts_question(desk: Desk, allow_private: tuple[str, ...]) -> Question:
    def check(text: str) -> str:
        trouble = alerts_trouble(text, allow_private=allow_private) if text else ""
        return desk.words.say(trouble) if trouble else ""

    msgid = later("Address of the alert's feed (Enter: later)")
    return Question(option="--google-alerts", msgid=msgid, default="", check=check)
