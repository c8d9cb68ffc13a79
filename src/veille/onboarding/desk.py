"""Where `init` asks and says: a terminal, or nobody; sentences of the catalogue, text from outside made harmless."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console

from veille.errors import AnswerError
from veille.rendering.catalogue import Catalogue
from veille.text.clean import neutral, one_line

#: Ends every question, so that a person sees where to write.
SIGN = "> "

Check = Callable[[str], str]


def _anything(_: str) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to know. `msgid` asks it; `option` is how the command line says it."""

    option: str
    msgid: str
    #: Taken when nothing is typed, or when nobody can be asked; None = there has to be an answer.
    default: str | None = None
    #: How the default is shown ("" = as it is).
    shown: str = ""
    #: Why an answer cannot be used ("" = it can), already in the person's language.
    check: Check = _anything
    hidden: bool = False


@dataclass(slots=True)
class Desk:
    """Asks at most one thing at a time, and counts."""

    words: Catalogue
    console: Console
    #: Whether somebody is there to answer.
    asks: bool
    #: Where answers come from; None = the terminal.
    answers: TextIO | None = None
    asked: int = 0

    def say(self, msgid: str, /, *, style: str = "", **values: object) -> None:
        """One sentence of the catalogue."""
        self.put(self.words.say(msgid, **values), style=style)

    def put(self, text: str, *, style: str = "") -> None:
        """A text as it is, what could reorder or hide it taken out."""
        self.console.print(neutral(text), style=style or None, markup=False, highlight=False, soft_wrap=True)

    def title(self, msgid: str, /, **values: object) -> None:
        """What comes now."""
        self.put("")
        self.say(msgid, style="bold", **values)

    def warn(self, msgid: str, /, **values: object) -> None:
        """Something to know."""
        self.say(msgid, style="yellow", **values)

    @contextmanager
    def busy(self, msgid: str, /, **values: object) -> Iterator[None]:
        """Says what takes a moment, on a terminal."""
        with self.console.status(self.words.say(msgid, **values)) if self.console.is_terminal else _quiet():
            yield

    def answer(self, question: Question, given: str | None = None) -> str:
        """What the option gave, else what is typed, else the default. Raises AnswerError naming the option.

        Raises KeyboardInterrupt when the person leaves.
        """
        if given is not None:
            trouble = question.check(given.strip())
            if trouble:
                raise AnswerError(f"{question.option}: {trouble}")
            return given.strip()
        if self.asks:
            return self._asked(question)
        if question.default is None:
            raise AnswerError(self.words.say("nobody can be asked here: give {option}", option=question.option))
        return question.default

    def agrees(self, question: Question) -> bool:
        """Yes or no; the default of the question is "y" or "n"."""
        yes, no = self.words.say("yes"), self.words.say("no")

        def check(text: str) -> str:
            known = text.lower() in (yes, yes[0], no, no[0], "y", "n")
            return "" if known else self.words.say("Answer {yes} or {no}.", yes=yes, no=no)

        asked = Question(
            option=question.option,
            msgid=question.msgid,
            default=question.default,
            shown=yes if question.default == "y" else no,
            check=check,
        )
        return self.answer(asked).lower() in (yes, yes[0], "y")

    def _asked(self, question: Question) -> str:
        while True:
            typed = one_line(self._typed(question)).strip()
            if not typed and question.default is not None:
                return question.default
            trouble = question.check(typed) if typed else self.words.say("An answer is needed here.")
            if not trouble:
                return typed
            self.put(trouble, style="yellow")

    def _typed(self, question: Question) -> str:
        self.asked += 1
        shown = question.shown or question.default or ""
        prompt = f"{self.words.say(question.msgid)}{f' [{shown}]' if shown else ''} {SIGN}"
        try:
            line = self.console.input(
                neutral(prompt), markup=False, password=question.hidden and self.answers is None, stream=self.answers
            )
        except EOFError:
            raise KeyboardInterrupt from None
        if self.answers is not None and not line:
            raise KeyboardInterrupt
        return line


@contextmanager
def _quiet() -> Iterator[None]:
    yield
