"""Asks for the account that mails leave from, once for an installation."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from veille.errors import AnswerError
from veille.model.installation import MailAccount
from veille.model.secret import Secret
from veille.onboarding.desk import Desk, Question
from veille.onboarding.files import NewHouse
from veille.onboarding.mailing import PASSWORD_FILE, mail_trouble, read_server, server_trouble
from veille.onboarding.options import Options
from veille.rendering.catalogue import later
from veille.settings.secrets import Vault, is_reference


def check_house(options: Options, desk: Desk, config: Path) -> None:
    """Refuse wrong options before anything is asked of a site or a person. Raises AnswerError."""
    for question, given in (
        (_server(desk), options.smtp),
        (_password(options, desk, config), options.smtp_password),
    ):
        if given is not None:
            desk.answer(question, given)
    if options.smtp and options.smtp_user and read_server(options.smtp).security == "none":
        raise AnswerError(desk.words.say("--smtp-user: a password never goes over `none`: use starttls or tls"))
    if options.smtp_from and mail_trouble(options.smtp_from):
        raise AnswerError(f"--smtp-from: {desk.words.say(mail_trouble(options.smtp_from))}")


def ask_house(options: Options, desk: Desk, *, email: str, config: Path) -> tuple[NewHouse, bool]:
    """What veille.yaml will hold, and whether mails can leave. Raises AnswerError."""
    if options.smtp is None:
        desk.title(later("4. The account that mails leave from"))
    server = desk.answer(_server(desk), options.smtp)
    if not server:
        return NewHouse(contact=email, mail=MailAccount(sender=f"veille <{email}>")), False
    account = read_server(server)
    user = "" if account.security == "none" else _user(options, desk)
    sender = options.smtp_from or (user if not mail_trouble(user) else email)
    account = replace(account, user=user, sender=f"veille <{sender}>")
    return _with_password(options, desk, account, email=email, config=config), True


def _server(desk: Desk) -> Question:
    def check(text: str) -> str:
        trouble = server_trouble(text) if text else ""
        return desk.words.say(trouble) if trouble else ""

    msgid = later("Mail server, host:port:security (Enter: later)")
    return Question(option="--smtp", msgid=msgid, default="", check=check)


def _user(options: Options, desk: Desk) -> str:
    question = Question(option="--smtp-user", msgid=later("Account name (Enter: none is needed)"), default="")
    return desk.answer(question, options.smtp_user)


def _with_password(options: Options, desk: Desk, account: MailAccount, *, email: str, config: Path) -> NewHouse:
    if not account.user:
        return NewHouse(contact=email, mail=account)
    typed = desk.answer(_password(options, desk, config), options.smtp_password)
    if not typed or is_reference(typed):
        return NewHouse(contact=email, mail=replace(account, password=Secret(typed)))
    name = _free(config)
    kept = replace(account, password=Secret(f"file:{name}"))
    return NewHouse(contact=email, mail=kept, secrets=((name, typed),))


def _password(options: Options, desk: Desk, config: Path) -> Question:
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    vault = Vault(os.environ, Path(credentials) if credentials else None, config)

    def check(text: str) -> str:
        if options.smtp_password is not None and not is_reference(text):
            return desk.words.say("a password is never written in clear: give ${{NAME}}, file:PATH or cred:NAME")
        try:
            if is_reference(text):
                vault.password(text)
        except ValueError as error:
            return str(error)
        return ""

    msgid = later("Password: ${{NAME}}, file:PATH, cred:NAME, or typed here and kept in a file of mode 0600")
    return Question(option="--smtp-password", msgid=msgid, default="", check=check, hidden=True)


def _free(config: Path) -> str:
    """A file name that is not taken."""
    names = (PASSWORD_FILE, *(f"{PASSWORD_FILE}-{n}" for n in range(2, 100)))
    return next(name for name in names if not (config / name).exists())
