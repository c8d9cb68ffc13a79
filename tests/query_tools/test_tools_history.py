"""`veille import csv`: the past that another tool found becomes the usual volume and stories, and never alerts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import Result
from tools_kit import edit, rematched, stored, veille

from kit_house import Town, client, open_town
from kit_settings import write_folder
from veille.bootstrap import open_house
from veille.errors import AnswerError, SettingsError
from veille.onboarding.csv_dates import Dates, day_first
from veille.onboarding.csv_history import History, read_history
from veille.onboarding.csv_preset import presets
from veille.pipeline.history import TakenIn, scene, take_in
from veille.pipeline.trial import attempt
from veille.replay.stored import stored_items
from veille.store import mentions, volumes

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")
HEAD = "Date,URL,Title,Snippet,Author"
ROWS = (
    "2026-10-01 10:00,https://forum.example/1,Floréal ne livre pas,Mon bouquet n'est jamais arrivé,Lou",
    "2026-10-02 11:00,https://forum.example/2,Merci Floréal,Bouquet superbe,Max",
    "2026-10-03 12:00,https://blog.example/3,Les tulipes,Rien à voir,Zoé",
)


def written(at: Path, text: str, encoding: str = "utf-8") -> Path:
    file = at / "past.csv"
    file.write_bytes(text.encode(encoding))
    return file


def read(
    at: Path, text: str, *, encoding: str = "utf-8", preset: str = "", columns: str = "", dates: str = ""
) -> History:
    file = written(at, text, encoding)
    return read_history(file, preset=preset, columns=columns, dates=dates, zone=PARIS, now=NOW)


def csv(*rows: str, head: str = HEAD) -> str:
    return "\r\n".join((head, *rows)) + "\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"], ids=["commas", "semicolons", "tabs", "bars"])
def test_a_file_says_how_it_is_written(encoding: str, sign: str, tmp_path: Path) -> None:
    """Encoding and delimiter are found out; the accents are right."""
    found = read(tmp_path, csv(*ROWS).replace(",", sign), encoding=encoding)
    (_, first), *_ = found.entries
    assert (first.title, first.text) == ("Floréal ne livre pas", "Mon bouquet n'est jamais arrivé")
    assert (first.author, first.link, first.site) == ("Lou", "https://forum.example/1", "forum.example")
    assert first.published == datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
    assert (found.bad, [line for line, _ in found.entries]) == ((), [2, 3, 4])


@pytest.mark.parametrize("name", presets())
def test_each_preset_reads_its_own_headings(name: str, tmp_path: Path) -> None:
    """The likeliest heading of each thing, in the first form of its dates."""
    preset = presets()[name]
    columns = {
        each: headings[0] for each, headings in preset.columns.items() if each in ("date", "url", "title", "text")
    }
    form = preset.dates[0] if preset.dates else "%Y-%m-%d %H:%M"
    date = datetime(2026, 10, 1, 10, 0, tzinfo=PARIS).strftime(form)
    said = {"date": date, "url": "https://a.example/1", "title": "Floréal", "text": "Jamais livré"}
    text = ";".join(columns.values()) + "\n" + ";".join(said[each] for each in columns) + "\n"
    ((_, entry),) = read(tmp_path, text, preset=name).entries
    assert (entry.title, entry.text, entry.link) == ("Floréal", "Jamais livré", "https://a.example/1")
    assert entry.published == datetime(2026, 10, 1, 8, 0, tzinfo=UTC)


def test_columns_are_named_over_the_preset(tmp_path: Path) -> None:
    text = "Jour;Lien;Objet;Corps;Qui\n03/10/2026 09:05;https://a.example/1;Titre;Texte;Lou\n"
    asked = "date=Jour,url=Lien,title=Objet,text=Corps,author=Qui"
    ((_, entry),) = read(tmp_path, text, columns=asked).entries
    assert (entry.title, entry.text, entry.author) == ("Titre", "Texte", "Lou")
    assert entry.published == datetime(2026, 10, 3, 7, 5, tzinfo=UTC)


def test_lines_above_the_headings_and_rows_of_several_lines(tmp_path: Path) -> None:
    """Line numbers are those of an editor."""
    text = f'Report;;\nFrom 1 Oct;;\n\n{csv(head="Date;Title;Content")}2026-10-01;"Un\ntitre";Texte\n?;b;c\n'
    found = read(tmp_path, text)
    ((line, entry),) = found.entries
    assert (line, entry.title) == (5, "Un titre")
    assert [(bad.line, bad.why) for bad in found.bad] == [
        (7, "'?' is no date that is read: say its form with --dates"),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",https://a.example/1,T,x,Lou", "has no date"),
        ("hier,https://a.example/1,T,x,Lou", "'hier' is no date that is read: say its form with --dates"),
        ("2027-10-01,https://a.example/1,T,x,Lou", "'2027-10-01' lies in the future"),
        ("1970-01-01,https://a.example/1,T,x,Lou", "'1970-01-01' is over 20 years ago"),
        ("2026-10-01,,,,Lou", "neither a title, nor a text, nor an address"),
    ],
)
def test_a_bad_row_is_listed_and_the_others_are_taken(row: str, why: str, tmp_path: Path) -> None:
    found = read(tmp_path, csv(ROWS[0], row, ROWS[1]))
    assert [(bad.line, bad.why) for bad in found.bad] == [(3, why)]
    assert len(found.entries) == 2


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-01T10:00:00+02:00", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("2026-10-01T08:00:00Z", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("2026-10-01 10:00", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("2026-12-01 10:00:00", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("01/10/2026 10:00", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("1 octobre 2026 à 10h00", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("Oct 1, 2026 10:00 AM", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("Thu, 01 Oct 2026 08:00:00 GMT", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("1790841600", datetime(2026, 10, 1, 8, tzinfo=UTC)),
        ("46296.5", datetime(2026, 10, 1, 10, tzinfo=UTC)),
        ("n/a", None),
        ("99/99/9999", None),
    ],
)
def test_dates_as_exports_write_them(text: str, moment: datetime | None) -> None:
    """Without a zone they are local, summer time included."""
    assert Dates(forms=(), zone=PARIS, day_first=True).read(text) == moment


def test_days_and_months_are_told_apart_by_the_file() -> None:
    assert day_first(["03/04/2026", "25/04/2026"]) is True
    assert day_first(["03/04/2026", "04/25/2026"]) is False
    assert day_first(["03/04/2026", "2026-04-25"]) is None
    american = Dates(forms=(), zone=ZoneInfo("UTC"), day_first=False).read("03/04/2026 10:00")
    assert american == datetime(2026, 3, 4, 10, tzinfo=UTC)


def test_doubtful_dates_are_said(tmp_path: Path) -> None:
    found = read(tmp_path, csv("03/04/2026,https://a.example/1,T,x,Lou"))
    assert any("03/04/2026 are read as day/month: --dates says otherwise" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "asked", "said"),
    [
        ("Bonjour\ntout le monde\n", {}, "no known heading in its first lines"),
        ("", {}, "it is empty"),
        (csv(), {}, "holds no row under its headings"),
        ("Title;Text\na;b\n", {}, "no column of dates among: Title, Text"),
        ("Date;Author\n2026-10-01;b\n", {}, "no column of titles, texts or addresses"),
        (csv(*ROWS), {"columns": "date=Jour"}, "no column 'Jour' among"),
        (csv(*ROWS), {"columns": "datum=Date"}, "nothing is read under that name"),
        (csv(*ROWS), {"columns": "Date"}, "write NAME=HEADING"),
        (csv(*ROWS), {"preset": "mentoin"}, "no preset 'mentoin'"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(text: str, asked: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises((SettingsError, AnswerError), match=said.replace("(", r"\(")):
        read(tmp_path, text, **asked)


def test_a_spreadsheet_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "past.csv"
    file.write_bytes(b"PK\x03\x04...")
    with pytest.raises(SettingsError, match="save it as CSV first"):
        read_history(file, preset="", columns="", dates="", zone=PARIS, now=NOW)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_history(tmp_path / "none.csv", preset="", columns="", dates="", zone=PARIS, now=NOW)


def test_a_quote_that_nobody_closed_costs_one_row(tmp_path: Path) -> None:
    text = csv(ROWS[0], '2026-10-04,https://a.example/4,"' + "x" * 140_000)
    found = read(tmp_path, text)
    assert len(found.entries) == 1
    assert [bad.why for bad in found.bad] == ["cannot be split into fields (field larger than field limit (131072))"]


def imported(config: Path, file: Path, *words: str) -> Result:
    return veille("import", "csv", str(file), "--client", "floreal", "--config", str(config), *words)


def past(days: float, number: int, title: str = "Floréal ne livre pas") -> str:
    moment = datetime.now(UTC) - timedelta(days=days)
    return f"{moment:%Y-%m-%d %H:%M}+00:00,https://forum.example/{number},{title} {number},Texte {number},u{number}"


def test_the_command_takes_the_past_in_once(tmp_path: Path) -> None:
    """Twice imports nothing new; what fits no watch is said, and a dry run writes nothing."""
    config = write_folder(tmp_path, {"veille.yaml": f"database: sqlite:///{tmp_path}/v.db\n"})
    file = written(tmp_path, csv(past(50, 1), past(40, 2), past(3, 3, "Tulipes"), "x,,,,"))
    dry = imported(config, file, "--dry-run")
    assert (dry.exit_code, "nothing is written" in dry.stdout) == (0, True)
    assert "  title      Floréal ne livre pas 1" in dry.stdout
    assert "line 5: 'x' is no date" in dry.stderr
    first, again = imported(config, file), imported(config, file)
    assert "3 new: 2 mentions of Floréal (0 copies), never alerted" in first.stdout
    assert "1 concern no watch" in first.stdout
    assert "0 new: 0 mentions" in again.stdout
    assert "3 were taken in before" in again.stdout
    listed = veille("mentions", "floreal", "--days", "60", "--config", str(config)).stdout
    assert listed.count("Floréal ne livre pas") == 2


def test_a_file_of_bad_rows_alone_fails(tmp_path: Path) -> None:
    result = imported(write_folder(tmp_path, {}), written(tmp_path, csv("x,,,,", "y,,,,")))
    assert (result.exit_code, "0 mentions, 2 rows left out" in result.stdout) == (1, True)


def test_words_that_are_wrong_are_said(tmp_path: Path) -> None:
    config = write_folder(tmp_path, {})
    file = written(tmp_path, csv(*ROWS))
    wrong = veille("import", "csv", str(file), "--client", "flore", "--config", str(config))
    assert (wrong.exit_code, "no client 'flore'; there are: floreal" in wrong.stderr) == (2, True)
    zone = imported(config, file, "--zone", "Paris/Europe")
    assert (zone.exit_code, "no such time zone" in zone.stderr) == (2, True)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with open_town(tmp_path, clients={"floreal": client("Floréal", "press")}) as opened:
        yield opened


def take(town: Town, *rows: tuple[float, str, str]) -> TakenIn:
    """The past of (days ago, address, title), taken in beside the town's own house."""
    installed = town.house.installation
    (mine,) = installed.clients
    text = csv(
        *(f"{(town.clock.now() - timedelta(days=days)).isoformat()},{url},{title},," for days, url, title in rows)
    )
    found = read_history(written(town.folder, text), preset="", columns="", dates="", zone=PARIS, now=town.clock.now())
    with open_house(scene(installed, mine), clock=town.clock) as house:
        return take_in(house, mine, [entry for _, entry in found.entries])


def test_the_past_is_the_usual_volume_however_long_ago(town: Town) -> None:
    """Beyond the thirty days that a source is believed; and it rings nobody, then or later."""
    town.settle_in()
    rows = [(20 + day / 4, f"https://forum.example/{day}", f"Floréal, scandale {day} boycott") for day in range(40)]
    assert take(town, *rows, (300, "https://forum.example/old", "Floréal, scandale")).mentions == 41
    now = town.clock.now()
    with town.house.store.reading() as conn:
        known = volumes.past(conn, "floreal", "floreal", until=now - timedelta(days=1))
        oldest = min(m.published for m in mentions.recent(conn, "floreal", since=now - timedelta(days=400), limit=99))
    assert sum(map(sum, known.hours)) > 25
    assert oldest == now - timedelta(days=300)
    town.live(now + timedelta(hours=3))
    assert (town.letters, town.decided()) == ([], [])


def test_what_the_clients_own_sources_told_is_not_counted_twice(town: Town) -> None:
    town.publish("press", "Floréal ne livre pas", link="https://press.example/a?utm_source=x")
    town.settle_in()
    taken = take(town, (0.1, "https://press.example/a", "Floréal ne livre pas"), (5, "https://b.example/", "Floréal"))
    assert (taken.mentions, taken.told) == (1, 1)


def test_the_daemon_leaves_the_past_alone(town: Town) -> None:
    """Its source is never asked, nor taken away by a reload."""
    take(town, (5, "https://b.example/1", "Floréal"))
    town.beat()
    assert [event.source_id for event in town.polled()] == ["floreal-press"]
    assert take(town, (5, "https://b.example/1", "Floréal")).known == 1


def test_the_past_can_be_replayed(town: Town) -> None:
    """As if it had been seen when it was published."""
    take(town, (100, "https://b.example/0", "Floréal"), (8, "https://b.example/1", "Floréal"))
    now = town.clock.now()
    with town.house.store.reading() as conn:
        found = stored_items(conn, town.house.installation.clients[0], since=now - timedelta(days=10))
    assert [(item.seen, item.backlog, item.source) for item in found] == [(now - timedelta(days=8), False, "history")]


def test_an_edited_query_is_tried_on_the_past_and_applied_to_it(town: Town) -> None:
    """`veille preview` and `veille rematch` look at it as at all that is stored."""
    town.settle_in()
    take(town, (60, "https://a.example/1", "Roses de Nantes"), (3, "https://a.example/2", "Floréal"))
    edited = edit(town, "query: Floréal", "query: Floréal OU roses")
    now = town.clock.now()
    with town.house.store.reading() as conn:
        tried = attempt(conn, edited, edited.watches[0], since=now - timedelta(days=90))
    assert (tried.taken, tried.known) == (2, 1)
    assert rematched(town, edited).added == 1
    assert stored(town)["Roses de Nantes"].published == now - timedelta(days=60)
    town.beat()
    assert town.letters == []


def test_stories_are_made_of_the_past(town: Town) -> None:
    """What is one fact is one story, though it all came at once."""
    said = "Floréal : une gerbe de deuil jamais livrée à Nantes, la famille attend des excuses"
    take(town, (9, "https://a.example/1", said), (8.9, "https://b.example/2", said), (60, "https://c.example/3", said))
    now = town.clock.now()
    with town.house.store.reading() as conn:
        found = {m.link: m.story_id for m in mentions.recent(conn, "floreal", since=now - timedelta(days=90))}
    assert found["https://a.example/1"] == found["https://b.example/2"] != found["https://c.example/3"]
