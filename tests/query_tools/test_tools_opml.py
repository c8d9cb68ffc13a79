"""`veille import opml` and `veille export opml`: folders become tags, dead feeds are named, and it reads back."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result
from tools_kit import veille

from kit_http import Server, answer, serve
from kit_settings import write_folder
from sources.feeds import item, rss
from veille.bootstrap import read_settings
from veille.errors import ReadError
from veille.model.exchange import Source
from veille.onboarding.opml import read_opml

FILE = """\
name: Floréal
mark: FL
watches:
  - id: floreal
    query: Floréal   # the brand

# where we look
sources:
  - url: {web}/known   # brides
# until here
"""
LIST = """\
<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Netvibes</title></head><body>
  <outline text="Presse"><outline text="Locale">
    <outline type="rss" text="Ouest &amp;amp; Local" xmlUrl="{web}/ouest" htmlUrl="https://ouest.example"/>
  </outline></outline>
  <outline type="rss" title="Le Fil" text="x" xmlUrl="{web}/fil" category="/Conso,Presse"/>
  <outline text="Encore lui" xmlUrl="{web}/fil#top"/>
  <outline text="Connu" xmlUrl="{web}/known"/>
  <outline text="Mort" xmlUrl="{web}/gone"/>
  <outline text="Une page" xmlUrl="{web}/page"/>
  <outline text="Un site" htmlUrl="{web}/site"/>
  <outline text="Un site muet" htmlUrl="{web}/page"/>
  <outline text="Autre chose" xmlUrl="ftp://a.example/feed"/>
  <outline text="Vide" xmlUrl="{web}/empty"/>
</body></opml>
"""
FEED = [answer(200, rss(item(1), item(2)), [("Content-Type", "text/xml")])]
HTML = [("Content-Type", "text/html")]
WEB = {
    "/ouest": FEED,
    "/fil": FEED,
    "/found": FEED,
    "/empty": [answer(200, rss())],
    "/page": [answer(200, b"<html><p>Bonjour", HTML)],
    "/site": [answer(200, b'<html><link rel="alternate" type="application/rss+xml" href="/found">', HTML)],
    **{f"/{name}": [answer(404)] for name in ("gone", "feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml")},
    **{f"/blog/{name}": [answer(404)] for name in ("feed", "rss.xml")},
}


def settings(at: Path, server: Server) -> Path:
    house = f"fetch: {{allow_private: ['{server.place}']}}\n"
    return write_folder(at, {"clients/floreal.yaml": FILE.format(web=server.url("")), "veille.yaml": house})


def imported(config: Path, text: str | bytes, *words: str) -> Result:
    file = config.parent / "feeds.opml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return veille("import", "opml", str(file), "--client", "floreal", "--config", str(config), *words)


def sources(config: Path) -> dict[str, Source]:
    (client,) = read_settings(config).installation.clients
    return {source.id: source for source in client.sources}


def test_folders_become_tags_and_dead_feeds_are_named(tmp_path: Path) -> None:
    with serve(WEB) as server:
        config = settings(tmp_path, server)
        result = imported(config, LIST.format(web=server.url("")))
        web = server.url("")
    found = sources(config)
    assert result.exit_code == 0, result.output
    assert "10 feeds: 4 to add, 2 watched or listed already, 4 dead" in result.stdout
    assert found["ouest-local"].tags == ("Presse", "Locale")
    assert (found["le-fil"].tags, found["le-fil"].url) == (("Conso", "Presse"), f"{web}/fil")
    assert found["un-site"].url == f"{web}/found"
    assert "vide" in found
    assert f"Mort: {web}/gone\n  dead: " in result.stderr
    assert "Un site muet" in result.stderr
    assert "only http:// and https:// addresses are asked, not `ftp`" in result.stderr
    assert "passed over: the same address as Le Fil" in result.stdout
    text = (config / "clients/floreal.yaml").read_text()
    assert "query: Floréal   # the brand\n" in text
    assert text.endswith("\n# until here\n")


def test_twice_is_once_and_nobody_is_asked_with_no_check(tmp_path: Path) -> None:
    with serve(WEB) as server:
        config = settings(tmp_path, server)
        text = LIST.format(web=server.url(""))
        assert "5 to add" in imported(config, text, "--no-check", "--dry-run").stdout
        before = (config / "clients/floreal.yaml").read_bytes()
        assert "5 to add" in imported(config, text, "--no-check").stdout
        assert before != (config / "clients/floreal.yaml").read_bytes()
        assert "0 to add" in imported(config, text, "--no-check").stdout
        assert server.asked == []


def test_what_is_exported_reads_back(tmp_path: Path) -> None:
    with serve(WEB) as server:
        config = settings(tmp_path, server)
        imported(config, LIST.format(web=server.url("")), "--no-check")
        before = sources(config)
        out = tmp_path / "out.opml"
        assert (
            "6 feeds"
            in veille("export", "opml", "--client", "floreal", "--out", str(out), "--config", str(config)).stdout
        )
        assert "0 to add, 6 watched" in imported(config, out.read_bytes(), "--no-check").stdout
        fresh = settings(tmp_path / "other", server)
        imported(fresh, out.read_bytes(), "--no-check")
    kept = {(source.url, source.tags) for source in sources(fresh).values()}
    assert kept == {(source.url, source.tags) for source in before.values()}


def test_all_clients_are_folders_and_what_is_no_feed_is_named(tmp_path: Path) -> None:
    more = "  - {id: forum, kind: discourse, url: https://forum.example, tags: [Forums]}\n"
    more += "  - {id: x, kind: x, options: {token: 'file:{at}/token', budget_per_month: 5}}\n"
    text = FILE.format(web="https://a.example").replace("# until here\n", more.replace("{at}", str(tmp_path)))
    (tmp_path / "token").write_text("secret")
    (tmp_path / "token").chmod(0o600)
    config = write_folder(tmp_path, {"clients/floreal.yaml": text})
    result = veille("export", "opml", "--config", str(config))
    root = ElementTree.fromstring(result.stdout_bytes)
    assert (root.tag, root.attrib["version"]) == ("opml", "2.0")
    (folder,) = root.findall("body/outline")
    assert folder.attrib["text"] == "Floréal"
    assert [each.attrib["xmlUrl"] for each in folder.iter("outline") if "xmlUrl" in each.attrib] == [
        "https://a.example/known",
        "https://forum.example/posts.rss",
    ]
    assert "no feed for a feed reader: x (x)" in result.stderr
    assert "secret" not in result.output


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not XML"),
        (b"<rss><channel/></rss>", "that is no OPML list"),
        (b"<opml><body><outline", "not XML"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><opml><body/></opml>', "declares entities"),
        (b"\xff\xfe\x00garbage", "not XML"),
    ],
)
def test_what_is_no_list_is_refused(body: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=said):
        read_opml(body)
    config = write_folder(tmp_path, {})
    result = imported(config, body)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_list_without_feeds_and_unknown_clients(tmp_path: Path) -> None:
    config = write_folder(tmp_path, {})
    assert "lists no feed" in imported(config, "<opml><body><outline text='x'/></body></opml>").stderr
    result = veille("export", "opml", "--client", "flore", "--config", str(config))
    assert (result.exit_code, "no client 'flore'; there are: floreal" in result.stderr) == (2, True)


def test_deep_nesting_and_odd_cases_are_read() -> None:
    deep = "<outline text='a'>" * 200 + "<outline text='Fil' XMLURL='https://a.example/f'/>" + "</outline>" * 200
    assert read_opml(f"<opml><body>{deep}</body></opml>".encode()) == ()
    (found,) = read_opml(b"<OPML><body><outline title='' text='T' xmlUrl='https://a.example/f'/></body></OPML>")
    assert (found.title, found.feed, found.tags) == ("T", "https://a.example/f", ())
