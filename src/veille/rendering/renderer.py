"""The face of the room: resources loaded once, one method a message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from veille.model.alert import Alert
from veille.model.audit import Audit
from veille.model.digest import Digest, EveningLook, FirstLook, OperatorReport
from veille.model.message import Message
from veille.model.person import Channel, Person
from veille.model.watch import Client
from veille.rendering.alert import alert_message
from veille.rendering.audit import audit_paragraph
from veille.rendering.catalogue import LANGUAGES, Catalogue, read_catalogue, shipped
from veille.rendering.digest import digest_message
from veille.rendering.evening import evening_message
from veille.rendering.first_look import first_look_message
from veille.rendering.missed import missed_message
from veille.rendering.operator_report import operator_message, sample_message
from veille.rendering.page import Pages, read_pages
from veille.rendering.voice import Voice

#: A sample says no time.
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Catalogues, templates, and every message made of them. Reads no clock; threads may share it."""

    catalogues: Mapping[str, Catalogue]
    pages: Pages
    #: Whether anyone reads the digests.
    digests: bool = True

    @classmethod
    def load(cls, *, drawn: bool = True, digests: bool = True) -> Renderer:
        """Read catalogues and templates from the package; messages of words alone when nothing is `drawn`.

        Without `digests`, those are empty messages: where nobody reads them, writing them takes half of the time.
        """
        return cls({language: read_catalogue(language) for language in LANGUAGES}, read_pages(drawn=drawn), digests)

    def voice(self, language: str, *, zone: str, now: datetime) -> Voice:
        """Return how to speak `language` ("fr-CA" is French; what does not ship is English)."""
        return Voice(catalogue=self.catalogues[shipped(language)], zone=ZoneInfo(zone), now=now)

    def alert_message(self, alert: Alert, *, client: Client, language: str, zone: str, public_url: str = "") -> Message:
        """Render an alert, the end of a spike or the summary over the day's limit; times in `zone`."""
        voice = self.voice(language, zone=zone, now=alert.at)
        return alert_message(voice, self.pages, alert, client=client, public_url=public_url)

    def digest_message(self, digest: Digest, *, person: Person, now: datetime, public_url: str = "") -> Message:
        """Render a digest for its person; `now` says whether it leaves late."""
        del public_url  # no page to link to yet; kept so that callers need not change
        if not self.digests:
            return Message(kind="digest", client_id="", subject="", text="")
        return digest_message(self.voice(person.language, zone=person.zone, now=now), self.pages, digest)

    def evening_message(
        self, looks: Sequence[EveningLook], *, person: Person, day: date, zone: str, now: datetime
    ) -> Message:
        """Render the evening look of clients with something left open; times in `zone`."""
        return evening_message(self.voice(person.language, zone=zone, now=now), self.pages, looks, day=day)

    def first_look_message(self, look: FirstLook, *, person: Person) -> Message:
        """Render a client's first look; times in the client's zone."""
        voice = self.voice(person.language, zone=look.client.zone, now=look.at)
        return first_look_message(voice, self.pages, look)

    def operator_message(self, report: OperatorReport, *, person: Person) -> Message:
        """Render the operator's report; times in the operator's zone."""
        voice = self.voice(person.language, zone=person.zone, now=report.at)
        return operator_message(voice, self.pages, report)

    def audit_paragraph(self, audit: Audit) -> str:
        """Write the answer to "why did you not warn us?", in the client's language and zone."""
        client = audit.client
        return audit_paragraph(self.voice(client.language, zone=client.zone, now=audit.at), audit)

    def missed_message(
        self, missed: Sequence[tuple[datetime, str]], *, person: Person, since: datetime, now: datetime
    ) -> Message:
        """Render what a channel could not carry since then, as (time, subject); times in the person's zone."""
        voice = self.voice(person.language, zone=person.zone, now=now)
        return missed_message(voice, self.pages, missed, since=since)

    def sample_message(self, person: Person, channel: Channel, *, language: str = "") -> Message:
        """Render the message that tries a channel."""
        voice = self.voice(language or person.language, zone=person.zone, now=_NO_TIME)
        return sample_message(voice, self.pages, person, channel)
