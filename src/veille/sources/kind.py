"""What a kind of source says of itself: its options, its usual address, its limits, how sure its facts are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

#: Schemes that the address of some kind of source may have.
SCHEMES = ("http", "https", "imaps", "imap", "wss", "ws", "file")


class Shape(StrEnum):
    """How a source is reached."""

    POLL = "poll"
    STREAM = "stream"
    INBOX = "inbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option that the settings may give. A secret is given as `${NAME}`, `file:PATH` or `cred:NAME`."""

    name: str
    says: str
    required: bool = False
    secret: bool = False
    #: The values that it may have (empty = any).
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How many calls a service allows one credential (or one address of ours), whatever the clients."""

    service: str
    calls: int
    window: timedelta
    #: Calls for those who have a key (0 = as many as without).
    with_key: int = 0
    #: "month" or "pacific_day": the window begins anew by the calendar; "" = it slides.
    calendar: str = ""
    #: The option that says how many ("" = none).
    option: str = ""
    #: What one of the option is worth; when over 1, questions take their `cost` instead of one call.
    unit: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of source. All defaults: a public address, read whole, no options."""

    shape: Shape = Shape.POLL
    #: Where it is asked unless the settings say otherwise ("" = the settings must say).
    url: str = ""
    #: Schemes that the address may have.
    schemes: tuple[str, ...] = ("http", "https")
    options: tuple[Option, ...] = ()
    #: Every watch asks its own question (`Source.ask`).
    searches: bool = False
    #: The option that must be "true" for the watches to search ("" = they always do).
    search_option: str = ""
    #: Options with which the place is read whole instead of searched.
    whole: tuple[str, ...] = ()
    #: Where what is found was said, unless the settings say otherwise.
    place: str = "other"
    #: Time between two questions unless the settings say otherwise.
    every: timedelta = timedelta(minutes=15)
    #: Questions of one dialogue.
    steps: int = 1
    #: Of these, searches for one watch: a longer query is asked in several.
    questions: int = 1
    #: Hosts that later questions of a dialogue may go to with secrets, besides the source's own.
    hosts: tuple[str, ...] = ()
    budgets: tuple[Budget, ...] = ()
    #: Least wait after the service refused (403) or had enough (429).
    back_off: timedelta = timedelta(0)
    #: Failures in a row that are usual there, before anyone is told.
    patience: int = 0
    #: Whether the site's robots.txt is asked first: pages made for people, not for programs.
    robots: bool = False
    #: Built on facts that nobody checked: said by `veille check` and in the documentation.
    experimental: bool = False

    def is_searched(self, options: Mapping[str, str]) -> bool:
        """Whether, with these options, every watch asks its own question."""
        whole = any(name in options for name in self.whole)
        return self.searches and not whole and (not self.search_option or options.get(self.search_option) == "true")
