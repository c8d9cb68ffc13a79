"""Hand-made values of the story of Floréal, for the tests of messages."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from veille.model.alert import Alert, Decision, Reason, Stage, Story
from veille.model.digest import (
    DayCount,
    Digest,
    DigestKind,
    FirstLook,
    Health,
    OperatorReport,
    Section,
    SourceHealth,
    StoryLine,
)
from veille.model.mention import Category, Kinship, Level, Mention, Signal, Urgency, Verdict
from veille.model.person import Channel, Person
from veille.model.secret import Secret
from veille.model.volume import Spike, SpikeState
from veille.model.watch import Client, Watch

FLOREAL = Client(
    id="floreal",
    name="Floréal",
    mark="FL",
    colour="#b3246b",
    watches=(Watch(id="marque", name="Floréal, la marque", query="Floréal SAUF (frégate OU navire OU rue)"),),
    not_watched=("groupes privés Facebook", "TikTok", "articles payants au-delà du chapeau"),
)
AUTONEO = Client(id="autoneo", name="AutoNéo", mark="AN", colour="#f2c230")
MAIRIE = Client(id="mairie", name="Mairie de Saint-Malo", mark="SM", colour="#0f6b5c", zone="America/Montreal")
VIRGINIE = Person(id="virginie", name="Virginie", serves=frozenset({"floreal", "autoneo", "mairie"}))
JOHN = Person(id="john", name="John", language="en", serves=frozenset({"floreal"}), digest_at=time(7, 0))
SMS = Channel(id="sms", kind="sms", address=Secret("octopush://login/key/+33600000000"))

_IDS = iter(range(1, 100_000))


def at(clock: str, day: int = 12) -> datetime:
    """A Paris time of February 2027 (UTC+1), aware UTC."""
    return datetime.combine(date(2027, 2, day), time.fromisoformat(clock), tzinfo=UTC) - timedelta(hours=1)


def mention(published: datetime, author: str, site: str, text: str, **changes: Any) -> Mention:
    """One mention, seen two minutes after it was published unless said otherwise."""
    number = next(_IDS)
    values: dict[str, Any] = {
        "id": number,
        "client_id": "floreal",
        "entry_id": number,
        "story_id": 4821,
        "link": f"https://{site}/{published:%d-%H%M}",
        "canonical": f"https://{site}/{number}",
        "title": "",
        "text": text,
        "author": author,
        "site": site,
        "source_id": site.partition(".")[0],
        "place": "social",
        "published": published,
        "seen": published + timedelta(minutes=2),
        "verdict": Verdict(kinship=Kinship.SAME_STORY),
        "urgency": Urgency(20),
        "watches": ("marque",),
    }
    return Mention(**{**values, **changes})


def copy_of(original: Mention, site: str, minutes: int, **changes: Any) -> Mention:
    """The same text on another site, later."""
    return mention(
        original.published + timedelta(minutes=minutes),
        "",
        site,
        original.text,
        title=original.title,
        verdict=Verdict(kinship=Kinship.COPY, of=original.id),
        **{"place": "press", **changes},
    )


def story(*mentions: Mention, code: str = "F-4821") -> Story:
    """A story of these mentions."""
    return Story(
        id=int(code.rpartition("-")[2]),
        client_id="floreal",
        code=code,
        title=mentions[0].title or mentions[0].text[:60],
        first_seen=mentions[0].seen,
        last_seen=mentions[-1].seen,
        mentions=mentions,
    )


MOURNING = Urgency(
    88,
    (
        Signal("mourning", 50, "enterrement"),
        Signal("unreachable", 25, "sonne dans le vide"),
        Signal("own_page", 12),
        Signal("social", 2),
    ),
    Category.PROBLEM,
    -0.8,
)
PRESS = Urgency(90, (Signal("undelivered", 30, "non livrées"), Signal("national_press", 20)), Category.PRESS, -0.5)

N4 = mention(
    at("10:52"),
    "Claire Roux",
    "facebook.com",
    "L'enterrement de maman a commencé. Pas de fleurs, et votre numéro sonne dans le vide.",
    urgency=MOURNING,
    place="own_page",
    verdict=Verdict(kinship=Kinship.NEW),
)
N6 = mention(at("11:41"), "Claire Roux", "facebook.com", "Je n'ai que cette page. Répondez-moi.", place="own_page")
N8 = mention(
    at("12:19"),
    "@jul_nantes",
    "mastodon.example",
    "Floréal efface les messages d'une cliente en deuil. Captures.",
    urgency=Urgency(70, (Signal("mourning", 50, "deuil"), Signal("censorship", 40, "efface les messages"))),
)
BLOG = mention(
    at("14:15"),
    "",
    "le-fil-conso.example",
    "",
    title="Floréal, les fleurs du mépris",
    place="blog",
    seen=at("16:05"),
)
N21 = mention(
    at("15:52"),
    "Le Grand Quotidien",
    "legrandquotidien.example",
    "La cliente attendait une gerbe pour des obsèques.",
    title="Fleurs non livrées, messages supprimés : Floréal dans la tourmente",
    place="national_press",
    urgency=PRESS,
)
COPIES = tuple(copy_of(N21, f"journal{n}.example", 3 * n) for n in range(1, 12))

STORY_A1 = story(N4)
STORY_A2 = story(N4, N6, N8)
STORY_A5 = story(N4, N6, N8, BLOG, N21, *COPIES)


def spike(state: SpikeState = SpikeState.STARTED, **changes: Any) -> Spike:
    """The spike of the story."""
    values: dict[str, Any] = {
        "client_id": "floreal",
        "watch_id": "marque",
        "state": state,
        "at": at("12:20"),
        "started": at("12:20"),
        "observed": 3,
        "expected": 0.08,
        "window_minutes": 90,
        "probability": 0.0000793,
        "authors": 2,
        "sites": 2,
        "stories": (4821,),
        "negative": True,
    }
    return Spike(**{**values, **changes})


def alert(reason: Reason, told: Story, moment: datetime, **changes: Any) -> Alert:
    """An alert of that reason."""
    level = changes.pop("level", Level.CRITICAL)
    values: dict[str, Any] = {
        "id": 1,
        "code": "7Kq2",
        "client_id": "floreal",
        "story": told,
        "decision": Decision(
            action="tell",
            reason=reason,
            level=level,
            stage=Stage.MENTION,
            evidence=("mourning", "second_author"),
        ),
        "at": moment,
        "watches": ("marque",),
        "usual_per_day": 1.2,
    }
    return Alert(**{**values, **changes})


CONSIGNE = "Mme Petit (relation client) appelle la cliente ; ne rien supprimer, ne rien publier avant."
A1 = alert(Reason.CRITICAL_MENTION, STORY_A1, at("10:54"), code="6Hd9")
A2 = alert(Reason.SPIKE_STARTED, STORY_A2, at("12:20"), spike=spike(), instruction=CONSIGNE)
A3 = alert(Reason.LEVEL_RISES, STORY_A2, at("13:38"))
A5 = alert(Reason.NATIONAL_PRESS, STORY_A5, at("15:53"))
PEAK = alert(Reason.SPIKE_STARTED, STORY_A2, at("12:20"), spike=spike(negative=False), level=Level.HIGH)
OVER = alert(
    Reason.SPIKE_OVER,
    STORY_A5,
    at("21:40"),
    spike=spike(SpikeState.OVER, observed=1, peak=41, probability=0.8),
    level=Level.MEDIUM,
)
_OTHER = mention(
    at("16:30"), "p_martin", "forum-conso.example", "Jamais remboursé de ma commande de Noël.", place="forum"
)
SUMMARY = alert(
    Reason.OVER_BUDGET_SUMMARY,
    STORY_A2,
    at("17:00"),
    others=(story(_OTHER, code="F-4830"),),
    level=Level.HIGH,
)
ROUTED = alert(Reason.ROUTED_MENTION, STORY_A2, at("12:20"), level=Level.HIGH)
ALERTS = {
    "A1 critical": A1,
    "A2 bad buzz": A2,
    "A3 growing": A3,
    "A5 press": A5,
    "peak": PEAK,
    "over": OVER,
    "summary": SUMMARY,
    "routed": ROUTED,
}

DAYS = tuple(
    DayCount(
        day=date(2027, 1, 30) + timedelta(days=n),
        mentions=count,
        copies=17 if n == 13 else 0,
        urgent=3 * (n == 13),
    )
    for n, count in enumerate((1, 0, 2, 1, 1, 0, 3, 1, 0, 1, 2, 1, 2, 58))
)
SILENT = SourceHealth(
    source_id="forum-conso",
    kind="feed",
    url="https://forum-conso.example/rss",
    health=Health.FAILING,
    since=at("02:10", 13),
    last_answer=at("02:00", 13),
    error="HTTP 503",
)
ANSWERS = SourceHealth(
    source_id="google-alerts",
    kind="google_alerts",
    url="https://www.google.com/alerts/feeds/…",
    health=Health.HEALTHY,
    since=at("09:00"),
    entries=20,
)
PRAISE = mention(
    at("09:12", 11),
    "Inès",
    "carnet-de-mariee.example",
    "Floréal a fleuri notre mariage : superbe, livré à l'heure.",
    place="blog",
    urgency=Urgency(0, (Signal("praise", -15, "superbe"),), Category.PRAISE, 0.9),
)
SECTION = Section(
    client=FLOREAL,
    stories=(
        StoryLine(story=STORY_A5, fresh=16, reason=Reason.NATIONAL_PRESS, alerted_at=at("15:53")),
        StoryLine(story=story(_OTHER, code="F-4830"), fresh=1, reason=Reason.CRISIS_WORD_ALONE),
        StoryLine(story=story(PRAISE, code="F-4801"), fresh=1, reason=Reason.NOT_URGENT),
    ),
    hidden=2,
    mentions=58,
    copies=17,
    planned=40,
    own=3,
    excluded=4,
    usual=1.2,
    days=DAYS,
    trouble=(SILENT,),
)
QUIET = Section(client=AUTONEO, usual=4.0)
FAR = Section(
    client=MAIRIE,
    stories=(StoryLine(story=story(N6, code="F-12"), fresh=1, reason=Reason.NOT_URGENT),),
    mentions=1,
    usual=0.3,
)


def digest(*sections: Section, quiet: tuple[Section, ...] = (), due: datetime | None = None) -> Digest:
    """The digest of Saturday morning."""
    return Digest(
        person_id="virginie",
        kind=DigestKind.MORNING,
        local_date=date(2027, 2, 13),
        since=at("06:30"),
        until=at("06:30", 13),
        sections=sections,
        quiet=quiet,
        due=due,
    )


MORNING = digest(SECTION, FAR, quiet=(QUIET,))
EMPTY = digest(quiet=(QUIET,))
LOOK = FirstLook(
    client=FLOREAL,
    at=at("09:30", 13),
    sources=(ANSWERS, SILENT),
    stories=(STORY_A5, story(PRAISE, code="F-4801")),
    mentions=24,
    rising=STORY_A5,
    words=(("frégate", 6), ("rue", 3)),
    days=DAYS,
)
REPORT = OperatorReport(
    at=at("07:00", 13),
    trouble=(("floreal", SILENT),),
    dead_channels=(("virginie", "sms", "550 unknown user"),),
    blind=("autoneo",),
    recovered=(("floreal", ANSWERS),),
)
