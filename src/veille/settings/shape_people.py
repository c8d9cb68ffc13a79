"""The shape of people.yaml: who receives, where, when, for which clients."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from veille.channels.base import check, kinds
from veille.model.feedback import Budget
from veille.model.mention import Level
from veille.model.person import Channel, Person, QuietHours, Use
from veille.model.secret import Secret
from veille.settings.fields import Address, ClockTime, Name, Password, Slug, Zone, clock, context_of
from veille.settings.shape_house import STRICT

LevelName = Literal["low", "medium", "high", "critical"]
Language = Literal["fr", "en"]

#: The keys of a channel that are not its kind.
CHANNEL_KEYS = ("id", "least", "uses", "signing_key")


def _serves(value: Any) -> Any:
    return ["all"] if value == "all" else value


Serves = Annotated[
    list[Slug],
    BeforeValidator(_serves),
    WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]}),
]


class ChannelShape(BaseModel):
    """One destination: its kind is the key of its address, `email: claire@agence.example`."""

    # The kinds are found at run time, so that a new one is one file in channels/.
    model_config = {**STRICT, "extra": "allow"}
    __pydantic_extra__: dict[str, Address] = Field(init=False)

    id: Slug | None = Field(None, description="Default: the kind, email-2 for the second one")
    least: LevelName = Field("low", description="Alerts below this level do not go here")
    uses: list[Literal["alert", "digest"]] = Field(["alert", "digest"], min_length=1)
    signing_key: Password | None = Field(None, description="Signs what a webhook receives; a reference")

    @model_validator(mode="after")
    def _usable(self, info: ValidationInfo) -> Self:
        named = [kind for kind in self.__pydantic_extra__ if kind in kinds()]
        if len(named) != 1:
            raise ValueError(f"a channel has one address: one of {', '.join(kinds())}")
        trouble = check(self.value(taken=()), allow_private=context_of(info).allow_private)
        if trouble:
            raise ValueError(trouble)
        return self

    def value(self, *, taken: tuple[str, ...]) -> Channel:
        """The frozen channel; `taken` are the ids of the person's channels before it."""
        kind, address = next((k, a) for k, a in self.__pydantic_extra__.items() if k in kinds())
        numbered = (f"{kind}-{n}" if n > 1 else kind for n in range(1, len(taken) + 2))
        return Channel(
            id=self.id or next(name for name in numbered if name not in taken),
            kind=kind,
            address=address,
            uses=tuple(Use(use) for use in self.uses),
            least=Level[self.least.upper()].value,
            signing_key=self.signing_key or Secret(""),
        )


class QuietShape(BaseModel):
    """Nightly rest."""

    model_config = STRICT

    start: ClockTime = Field(alias="from")
    end: ClockTime = Field(alias="to")

    @model_validator(mode="after")
    def _some_time(self) -> Self:
        if self.start == self.end:
            raise ValueError("ends when it starts: write two times, or remove `quiet`")
        return self

    def value(self) -> QuietHours:
        """The frozen hours."""
        return QuietHours(clock(self.start), clock(self.end))


class BudgetShape(BaseModel):
    """Wrong alerts that a person accepts."""

    model_config = STRICT

    week: int = Field(2, ge=0, le=100, description="A week by day, marked not-us or calm; then only grave ones ring")
    month_at_night: int = Field(1, ge=0, le=100, description="A month by night")

    def value(self) -> Budget:
        """The frozen budget."""
        return Budget(wrong_per_week=self.week, wrong_per_month_at_night=self.month_at_night)


class PersonShape(BaseModel):
    """Someone who receives."""

    model_config = STRICT

    id: Slug
    name: Name
    language: Language = "fr"
    zone: Zone = "Europe/Paris"
    staff: bool = Field(True, description="One digest for all their clients; false: a client's own people")
    serves: Serves = Field(description="Client ids, or all")
    operator: bool = Field(False, description="Gets the mail about sources in trouble")
    digest_at: ClockTime = "06:30"
    quiet: QuietShape | None = None
    wrong_alerts: BudgetShape = BudgetShape()
    channels: list[ChannelShape] = Field(min_length=1)

    def value(self, clients: tuple[str, ...]) -> Person:
        """The frozen person; `clients` is what `serves: all` means."""
        channels: tuple[Channel, ...] = ()
        for shape in self.channels:
            channels = (*channels, shape.value(taken=tuple(channel.id for channel in channels)))
        return Person(
            id=self.id,
            name=self.name,
            language=self.language,
            zone=self.zone,
            channels=channels,
            quiet=self.quiet.value() if self.quiet else None,
            serves=frozenset(clients if self.serves == ["all"] else self.serves),
            staff=self.staff,
            digest_at=clock(self.digest_at),
            operator=self.operator,
            budget=self.wrong_alerts.value(),
        )


class PeopleShape(BaseModel):
    """people.yaml"""

    model_config = STRICT

    people: list[PersonShape] = Field(min_length=1)
