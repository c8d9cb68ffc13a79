"""`veille import google-alerts`: an export becomes watches and sources of a client's file, and no comment is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tools_kit import veille

from kit_settings import write_folder
from veille.bootstrap import read_settings
from veille.model.watch import Client
from veille.onboarding.google_export import read_export

FEED = "https://www.google.com/alerts/feeds/123/456"
FILE = """\
name: Floréal
mark: FL
watches:
  - id: floreal
    query: Floréal   # the brand

# where we look
sources:
  - url: https://carnet.example/feed   # brides
# until here
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write_folder(tmp_path, {"clients/floreal.yaml": FILE})


def imported(config: Path, alerts: Any, *words: str) -> Result:
    """The command on a file that holds this; a text as it is."""
    file = config.parent / "alerts.json"
    file.write_text(alerts if isinstance(alerts, str) else json.dumps(alerts, ensure_ascii=False), encoding="utf-8")
    return veille("import", "google-alerts", str(file), "--client", "floreal", "--config", str(config), *words)


def client(config: Path) -> Client:
    (found,) = read_settings(config).installation.clients
    return found


def alert(query: str = "roses", **said: Any) -> dict[str, Any]:
    """An alert as Google exports it."""
    return {"query": query, "language": "fr", "country": "FR", "delivery_method": "EMAIL", **said}


def test_an_alert_becomes_a_watch_and_a_source(config: Path) -> None:
    """The file keeps its comments where they were, and loads."""
    strict = {"apply_language_restrict": True}
    result = imported(config, [alert('"bouquet rose" -promo', **strict, delivery_method="RSS", feed_url=FEED)])
    assert (result.exit_code, "1 watches and 1 sources" in result.stdout) == (0, True)
    watch, source = client(config).watches[-1], client(config).sources[-1]
    assert (watch.id, watch.query, watch.languages) == ("bouquet-rose", '"bouquet rose" AND NOT promo', ("fr",))
    assert (source.id, source.kind, source.url) == ("bouquet-rose-alerts", "google_alerts", FEED)
    text = (config / "clients/floreal.yaml").read_text()
    assert "query: Floréal   # the brand\n  - id: bouquet-rose\n" in text
    assert "\n\n# where we look\nsources:\n" in text
    assert text.endswith("\n# until here\n")


def test_a_dry_run_writes_nothing(config: Path) -> None:
    result = imported(config, [alert()], "--dry-run")
    assert "watch roses: roses" in result.stdout
    assert "nothing is written" in result.stdout
    assert (config / "clients/floreal.yaml").read_text() == FILE


def test_twice_is_once(config: Path) -> None:
    alerts = [alert(), alert("muguet", feed=FEED), alert("ROSES")]
    assert "2 watches and 2 sources" in imported(config, alerts).stdout
    before = (config / "clients/floreal.yaml").read_bytes()
    again = imported(config, alerts).stdout
    assert "skipped: the watch roses asks the same" in again
    assert "skipped: the source muguet-alerts asks the same address" in again
    assert "0 watches and 0 sources to add; nothing is written" in again
    assert (config / "clients/floreal.yaml").read_bytes() == before


@pytest.mark.parametrize(
    "alerts",
    [
        pytest.param([alert()], id="a list"),
        pytest.param({"subscriptions": [alert()]}, id="a list under a name"),
        pytest.param({"Alerts": {"items": [alert()], "count": 1}}, id="deeper"),
        pytest.param(alert(), id="one alone"),
        pytest.param([{"searchQuery": "roses", "languageCode": "fr-FR", "Region": "fr"}], id="other names"),
        pytest.param('\ufeff[{"query": "roses"}]', id="a byte order mark"),
        pytest.param([alert(delivery={"method": "EMAIL"}, sources="NEWS, WEB", quality=None)], id="other shapes"),
    ],
)
def test_the_export_may_have_several_shapes(config: Path, alerts: Any) -> None:
    assert imported(config, alerts, "--no-news").exit_code == 0
    assert [watch.query for watch in client(config).watches] == ["Floréal", "roses"]
    assert len(client(config).sources) == 1


def test_what_an_alert_says(tmp_path: Path) -> None:
    """Every field of Google's, and the address of a feed wherever it stands."""
    said = alert(
        apply_language_restrict=True,
        apply_region_restrict=True,
        source=["NEWS"],
        quality=["HIGH"],
        delivery_method="RSS",
        more={"there": [FEED]},
    )
    (tmp_path / "a.json").write_text(json.dumps([said]))
    (found,) = read_export(tmp_path / "a.json")
    assert (found.query, found.language, found.country, found.feed) == ("roses", "fr", "FR", FEED)
    assert (found.strict_language, found.strict_country, found.delivery) == (True, True, "RSS")
    assert (found.sources, found.quality) == (("NEWS",), ("HIGH",))


@pytest.mark.parametrize(
    ("said", "note"),
    [
        pytest.param({"apply_region_restrict": True}, "results of FR alone", id="a country"),
        pytest.param({"source": ["NEWS"]}, "NEWS alone", id="news alone"),
        pytest.param({"quality": ["HIGH"]}, "only the best results", id="the best"),
        pytest.param({"delivery_method": "RSS"}, "copy it from https://www.google.com/alerts", id="no address"),
        pytest.param({"query": "roses filetype:pdf"}, "filetype:pdf is left out", id="an operator"),
    ],
)
def test_what_is_lost_is_said(config: Path, said: dict[str, Any], note: str) -> None:
    assert note in imported(config, [alert() | said], "--dry-run").stdout


def test_without_the_address_google_news_is_asked(config: Path) -> None:
    """The same search, in its language and country."""
    imported(config, [alert('"le muguet" OR lilas', language="en", country="GB")])
    source = client(config).sources[-1]
    assert source.id == "le-muguet-lilas-news"
    assert source.url.startswith("https://news.google.com/rss/search?q=%22le+muguet%22+OR+lilas+when%3A7d&hl=en-GB")


def test_ids_stay_apart(config: Path) -> None:
    """Two searches of the same words, one of an id that is taken, one without a Latin letter."""
    imported(config, [alert("floréal rose"), alert("floréal -rose"), alert("floréal OR rose"), alert("花")])
    assert [watch.id for watch in client(config).watches] == [
        "floreal", "floreal-rose", "floreal-2", "floreal-rose-2", "name",
    ]  # fmt: skip


def test_one_that_cannot_be_a_query_does_not_stop_the_others(config: Path) -> None:
    result = imported(config, [alert("-promo"), alert()])
    assert (result.exit_code, "alerts.json:1: -promo" in result.stderr) == (1, True)
    assert "This only says what is not wanted" in result.stderr
    assert client(config).watches[-1].id == "roses"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("[", "alerts.json:1:2: file: not JSON", id="cut off"),
        pytest.param(
            '[\n  {"query": "a1"},\n  {"query": ""}\n]', "alerts.json:3:1: alert: has no query", id="no query"
        ),
        pytest.param('{"alerts": [\n5]}', "alerts.json:2:1: alert: not an alert", id="a number"),
        pytest.param("[]", "holds no alert", id="an empty list"),
        pytest.param('{"other": {}}', "holds no alert", id="another object"),
        pytest.param('[{"query": "a1"}] x', "more than one value", id="something behind"),
        pytest.param("[" * 100_000, "too deep", id="deep"),
    ],
)
def test_a_wrong_file_says_where(config: Path, content: str, said: str) -> None:
    result = imported(config, content)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert (config / "clients/floreal.yaml").read_text() == FILE


def test_a_zip_is_to_be_unpacked(config: Path) -> None:
    file = config.parent / "takeout.zip"
    file.write_bytes(b"PK\x03\x04\xff\xff")
    result = veille("import", "google-alerts", str(file), "--client", "floreal", "--config", str(config))
    assert (result.exit_code, "ZIP archive" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["nowhere.json", "--client", "floreal"], "cannot be read", id="no such file"),
        pytest.param(["nowhere.json", "--client", "nobody"], "there are: floreal", id="no such client"),
    ],
)
def test_what_is_not_there(config: Path, words: list[str], said: str) -> None:
    result = veille("import", "google-alerts", *words, "--config", str(config))
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_settings_that_would_not_load_are_not_left_behind(config: Path) -> None:
    """A search longer than any query of the settings."""
    result = imported(config, [alert(" OR ".join(f"rose{number}" for number in range(300)))])
    assert result.exit_code == 2
    assert (config / "clients/floreal.yaml").read_text() == FILE


@pytest.mark.parametrize(
    ("watches", "warning"),
    [
        pytest.param("[{id: a, query: Orange}]", "watch a, column 1: Orange is also", id="a homonym"),
        pytest.param("[{id: a, query: Orange et panne}]", "watch a, column 8: ", id="a small et"),
        pytest.param("[{id: a, query: livraison}]", '"livraison" is a common word', id="a common word"),
        pytest.param("[{id: a, query: LDLC a}]", "single letter", id="one letter"),
        pytest.param("[{id: a, query: b1 c1}, {id: d, query: C1 b1}]", "watch d: d asks the same as a", id="twice"),
        pytest.param("[{id: a, query: b1, exclude: [c1 ou d1]}]", "watch a, exclude, column 4", id="in an exclusion"),
    ],
)
def test_check_says_what_is_doubtful_and_ends_well(tmp_path: Path, watches: str, warning: str) -> None:
    text = f"name: A\nmark: AA\nwatches: {watches}\nsources: [{{url: 'https://a.example/f'}}]\n"
    result = veille("check", "--config", str(write_folder(tmp_path, {"clients/floreal.yaml": text})))
    assert result.exit_code == 0
    assert warning in result.stderr
    assert "clients/floreal.yaml" in result.stderr
