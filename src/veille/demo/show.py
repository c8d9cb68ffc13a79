"""What the person at the terminal sees: one line a thing that happens, the naive rule beside veille, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from babel.dates import format_datetime
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn

from veille.demo.naive import NaiveRule
from veille.demo.postbox import Letter
from veille.demo.story import Story
from veille.model.alert import Action, Reason
from veille.model.mention import Kinship
from veille.pipeline.events import Decided, LeftOut, Mentioned, Polled, Sent, Vanished
from veille.rendering.catalogue import Catalogue
from veille.rendering.reasons import HELD

#: The keyword of the naive rule.
KEYWORD = "floréal"

#: Signs and colours of the lines.
_MENTION, _COPY, _OWN, _OUT, _ALERT, _NAIVE, _MAIL = "●", "○", "◇", "✕", "▲", "!", "✉"


@dataclass(slots=True)
class Numbers:
    """What the summary counts."""

    polls: int = 0
    unchanged: int = 0
    entries: int = 0
    mentions: int = 0
    copies: int = 0
    excluded: int = 0
    planned: int = 0
    past: int = 0
    decisions: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Show:
    """Watches the house and speaks. Called from several threads."""

    story: Story
    console: Console
    words: Catalogue
    naive: NaiveRule
    numbers: Numbers = field(default_factory=Numbers)
    #: When each source was last asked, in the story's time.
    asked: dict[str, datetime] = field(default_factory=dict)
    alerts: list[Decided] = field(default_factory=list)
    letters: list[tuple[datetime, Letter]] = field(default_factory=list)
    vanished: int = 0
    #: The text messages shown so far.
    shorts: list[str] = field(default_factory=list)
    progress: Progress | None = None
    _lock: Lock = field(default_factory=Lock)

    def see(self, event: object) -> None:
        """Takes an event of the pipeline."""
        with self._lock:
            match event:
                case Polled():
                    self._polled(event)
                case Mentioned():
                    self._mentioned(event)
                case LeftOut():
                    self._left_out(event)
                case Decided():
                    self._decided(event)
                case Vanished():
                    self._vanished(event)
                case Sent():
                    self._sent(event)

    def letter(self, letter: Letter, at: datetime) -> None:
        """Takes a message that arrived by mail."""
        with self._lock:
            self.letters.append((at, letter))
            self._line(at, "cyan", _MAIL, f"{letter.to}: {letter.subject}")

    def bar(self) -> Progress:
        """The progress display of the two days."""
        self.progress = Progress(
            TextColumn("[dim]{task.description}"), BarColumn(), console=self.console, transient=True
        )
        self.progress.add_task("", total=(self.story.ends - self.story.begins).total_seconds())
        return self.progress

    def tick(self, now: datetime) -> None:
        """Moves the progress display to the story's present."""
        if self.progress is None:
            return
        local = now.astimezone(self.story.zone)
        said = self.words.say("{at} · {n} polls", at=f"{local:%d/%m %H:%M}", n=self.numbers.polls)
        elapsed = (now - self.story.begins).total_seconds()
        self.progress.update(self.progress.task_ids[0], completed=elapsed, description=said)

    def _polled(self, event: Polled) -> None:
        self.numbers.polls += 1
        self.numbers.unchanged += event.unchanged
        self.asked[event.source_id] = event.at

    def _mentioned(self, event: Mentioned) -> None:
        if event.backlog:
            self.numbers.past += 1
            return
        self.numbers.mentions += 1
        self._naive(event.seen, event)
        if event.event:
            self._planned(event)
            return
        copy = event.verdict.kinship is Kinship.COPY
        self.numbers.copies += copy
        sign = _OWN if event.own else _COPY if copy else _MENTION
        level = event.urgency.level.name.lower()
        style = "dim" if event.own or copy else {"critical": "bold red", "high": "yellow"}.get(level, "white")
        self._line(event.seen, style, sign, f"{event.source_id}: {_said(event)} [{level} {event.urgency.points}]")

    def _planned(self, event: Mentioned) -> None:
        """Says the first of a planned event; the others are only counted."""
        self.numbers.planned += 1
        if self.numbers.planned == 1:
            said = self.words.say("a planned event, counted apart: {text}", text=_said(event))
            self._line(event.seen, "dim", _OWN, f"{event.source_id}: {said}")

    def _left_out(self, event: LeftOut) -> None:
        if event.backlog or KEYWORD not in event.entry.title.casefold():
            return
        self.numbers.excluded += 1
        said = self.words.say("excluded by the query: {title}", title=event.entry.title)
        self._line(event.seen, "dim", _OUT, f"{event.source_id}: {said}")
        self._naive(event.seen, event)

    def _naive(self, at: datetime, event: Mentioned | LeftOut) -> None:
        said = f"{event.entry.title} {event.entry.text} {' '.join(event.entry.tags)}".casefold()
        if KEYWORD in said and self.naive.hears(at):
            rings = self.words.say(
                "the naive rule rings: {n} in 24 h, usually {usual}",
                n=len(self.naive.recent),
                usual=f"{self.naive.usual_per_day:.1f}",
            )
            self._line(at, "magenta", _NAIVE, rings)

    def _decided(self, event: Decided) -> None:
        self.numbers.decisions[event.decision.reason] += 1
        if event.decision.action is not Action.TELL or event.alert is None:
            return
        self.alerts.append(event)
        people = ", ".join(event.people)
        said = self.words.say("veille tells {people}: {reason}", people=people, reason=event.decision.reason)
        style = "bold white on red" if event.decision.reason is not Reason.SPIKE_OVER else "bold green"
        self._line(event.at, style, _ALERT, said)

    def _vanished(self, event: Vanished) -> None:
        self.vanished += 1
        said = self.words.say("a message is no longer visible, its site answers: {n} so far", n=self.vanished)
        self._line(event.at, "yellow", _OUT, said)

    def _sent(self, event: Sent) -> None:
        """Shows once what a telephone would."""
        message = event.notification.message
        if message.short and message.kind in ("alert", "spike_over") and message.short not in self.shorts:
            self.shorts.append(message.short)
            self.console.print(f"    [red]{escape(message.short)}[/]", highlight=False, soft_wrap=True)

    def _line(self, at: datetime, style: str, sign: str, text: str) -> None:
        local = at.astimezone(self.story.zone)
        when = format_datetime(local, "EEE d HH:mm", locale=self.words.language)
        said = f"[dim]{when}[/] [{style}]{sign} {escape(text)}[/]"
        self.console.print(said, highlight=False, soft_wrap=True)


def _said(event: Mentioned) -> str:
    words = " ".join(f"{event.entry.title} {event.entry.text}".split())
    return words if len(words) <= 90 else f"{words[:89]}…"


def summary(show: Show, *, say: Callable[..., str], files: Mapping[str, str]) -> None:
    """The end: what came, what was told and what was not, and where it is kept; `say` says reasons."""
    reasons = say
    say, console, numbers = show.words.say, show.console, show.numbers
    console.rule(say("What happened"))
    console.print(
        say(
            "{entries} entries in two days: {excluded} excluded, {planned} of a planned event, {copies} folded copies;"
            " {polls} polls, {unchanged} of them unchanged; {past} mentions of the four weeks before.",
            entries=numbers.mentions + numbers.excluded,
            planned=numbers.planned,
            copies=numbers.copies,
            excluded=numbers.excluded,
            polls=numbers.polls,
            unchanged=numbers.unchanged,
            past=numbers.past,
        )
    )
    console.print(say("Alerts of veille: {n}. Rings of the naive rule: {m}.", n=len(show.alerts), m=show.naive.rings))
    console.print(say("Messages, in order:"))
    for at, letter in show.letters:
        local = at.astimezone(show.story.zone)
        when = format_datetime(local, "EEE d HH:mm", locale=show.words.language)
        console.print(f"  {when}  {letter.to}  {escape(letter.subject)}", highlight=False, soft_wrap=True)
    _silences(show, reasons)
    for what, path in files.items():
        console.print(f"{say(what)} {path}", highlight=False, soft_wrap=True)


def _silences(show: Show, reasons: Callable[..., str]) -> None:
    """Why everything else was silent, the commonest reason first."""
    held = {reason: n for reason, n in show.numbers.decisions.most_common() if reason in HELD}
    total = show.numbers.planned + sum(held.values()) - held.get(Reason.PLANNED_EVENT, 0)
    show.console.print(show.words.say("Silences, and why: {n}.", n=total))
    for reason, n in held.items():
        count = show.numbers.planned if reason == Reason.PLANNED_EVENT else n
        show.console.print(f"  {count:3}  {reasons(HELD[Reason(reason)])}", highlight=False)
