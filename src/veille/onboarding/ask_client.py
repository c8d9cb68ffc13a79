"""Asks who the client is: name, site, language, and who is told."""

from __future__ import annotations

from dataclasses import dataclass

from veille.errors import AddressRefused, AnswerError, FetchError, ReadError
from veille.onboarding import show
from veille.onboarding.desk import Desk, Question
from veille.onboarding.discover import Asking, Discovery, addresses, discover, why_not
from veille.onboarding.existing import Existing
from veille.onboarding.mailing import mail_trouble
from veille.onboarding.options import Options
from veille.onboarding.proposal import client_id, name_trouble
from veille.rendering.catalogue import LANGUAGES, later


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The client and the person, as asked."""

    name: str
    site: str
    language: str
    email: str
    discovery: Discovery | None


def required(options: Options, desk: Desk) -> None:
    """Say at once all that is missing when nobody can be asked. Raises AnswerError."""
    wanted = {"--client": options.client, "--site": options.site, "--email": options.email}
    missing = [option for option, given in wanted.items() if given is None]
    if missing and not desk.asks:
        raise AnswerError(desk.words.say("nobody can be asked here: give {option}", option=", ".join(missing)))


def ask_who(options: Options, desk: Desk, *, there: Existing, asking: Asking) -> Who:
    """Ask, and look at the site on the way. Raises AnswerError; FetchError or ReadError when nobody can be asked."""
    desk.title(later("1. The client"))
    name = desk.answer(_name(desk, there), options.client)
    site, discovery = _site(options, desk, asking)
    found = discovery.site.language if discovery else ""
    proposed = found if found in LANGUAGES else desk.words.language
    language = desk.answer(_language(desk, proposed), options.language)
    email = desk.answer(_email(desk), options.email)
    return Who(name=name, site=site, language=language, email=email.lower(), discovery=discovery)


def check_who(options: Options, desk: Desk, there: Existing) -> None:
    """Refuse wrong options before anything is asked of a site or a person. Raises AnswerError."""
    for question, given in (
        (_name(desk, there), options.client),
        (_site_question(desk), options.site),
        (_language(desk, ""), options.language),
        (_email(desk), options.email),
    ):
        if given is not None:
            desk.answer(question, given)


def _name(desk: Desk, there: Existing) -> Question:
    def check(name: str) -> str:
        trouble = name_trouble(name)
        if trouble:
            return desk.words.say(trouble)
        if client_id(name) in there.client_ids:
            return desk.words.say(
                "clients/{id}.yaml is there already: choose another name, or edit it.", id=client_id(name)
            )
        return ""

    return Question(option="--client", msgid=later("Name of the client"), check=check)


def _language(desk: Desk, proposed: str) -> Question:
    def check(text: str) -> str:
        return "" if text in LANGUAGES else desk.words.say("Languages: {languages}.", languages=", ".join(LANGUAGES))

    msgid = later("Language of what is watched and of the messages (fr, en)")
    return Question(option="--language", msgid=msgid, default=proposed, check=check)


def _email(desk: Desk) -> Question:
    def check(text: str) -> str:
        trouble = mail_trouble(text)
        return desk.words.say(trouble) if trouble else ""

    return Question(option="--email", msgid=later("Mail address of the person who is told"), check=check)


def _site_question(desk: Desk, default: str | None = None) -> Question:
    def check(text: str) -> str:
        return "" if addresses(text) else desk.words.say("Write the address of a site, such as floreal.example")

    msgid = later("Site of the client")
    if default is not None:
        msgid = later("Another address (Enter: go on without the site)")
    return Question(option="--site", msgid=msgid, default=default, check=check)


def _site(options: Options, desk: Desk, asking: Asking) -> tuple[str, Discovery | None]:
    """The site's address and what it shows; ("", None) when the person goes on without."""
    site = desk.answer(_site_question(desk), options.site)
    while site:
        try:
            with desk.busy("Looking at {site}...", site=site):
                found = discover(site, asking)
        except (FetchError, ReadError) as error:
            desk.warn("{site} cannot be looked at: {why}", site=site, why=show.reason(desk, why_not(error)))
            if isinstance(error, AddressRefused):
                desk.warn("If this private place is yours: veille init --allow-private HOST:PORT")
            if not desk.asks:
                raise
            site = desk.answer(_site_question(desk, ""))
            continue
        show.found(desk, found)
        return found.site.url, found
    return "", None
