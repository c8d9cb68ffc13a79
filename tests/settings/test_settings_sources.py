"""Sources in the settings: options and secrets of each kind, one source a watch for what is searched, and doubts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit_settings import CLIENT, complaints, loaded
from veille.model.exchange import Source
from veille.sources.base import kind_of, kinds

TOKEN = {"TOKEN": "s3cret", "KEY": "k3y"}
HEAD = CLIENT.partition("sources:")[0]


def text(*sources: str, watches: str = "") -> dict[str, str]:
    head = HEAD if not watches else HEAD.partition("watches:")[0] + f"watches:\n{watches}"
    return {"clients/floreal.yaml": f"{head}sources:\n" + "".join(f"  - {source}\n" for source in sources)}


def sources(at: Path, *written: str, watches: str = "") -> tuple[Source, ...]:
    installed = loaded(at, text(*written, watches=watches), environment=TOKEN).installation
    return installed.clients[0].sources


def wrong(at: Path, *written: str) -> str:
    return "\n".join(complaints(at, text(*written), environment=TOKEN))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        pytest.param("{kind: forum}", "no such kind of source: write one of", id="an unknown kind"),
        pytest.param("{kind: hackernews, options: {tag: x}}", "unknown option `tag`", id="an unknown option"),
        pytest.param("{kind: mastodon, options: {tags: x}}", "did you mean `tag`", id="an option nearly known"),
        pytest.param("{kind: feed, url: 'https://a.example', options: {x: y}}", "this kind has no options", id="none"),
        pytest.param("{kind: app_store}", "option `app` is missing: number of the application", id="a missing option"),
        pytest.param("{kind: x, options: {budget_per_month: 5}}", "option `token` is missing", id="a missing secret"),
        pytest.param(
            "{kind: mastodon, options: {token: abc}}", "never in clear: write ${NAME}", id="a secret in clear"
        ),
        pytest.param("{kind: mastodon, options: {token: '${NONE}'}}", "NONE", id="a secret that is not there"),
        pytest.param(
            "{kind: phpbb, url: 'https://f.example', options: {mode: all}}", "write one of topics", id="a choice"
        ),
        pytest.param("{kind: discourse}", "`url` is missing: a source of kind discourse", id="no address"),
        pytest.param("{kind: feed, url: 'imaps://m.example/x'}", "asked at http or https, not imaps", id="a scheme"),
        pytest.param(
            "{kind: mailbox, url: 'https://m.example'}", "asked at imaps or imap, not https", id="of a mail box"
        ),
        pytest.param("{kind: trustpilot, options: {key: '${KEY}'}}", "`domain` or its `unit`", id="what the kind says"),
        pytest.param(
            "{kind: phpbb, url: 'https://f.example', options: {user: '${KEY}'}}", "go together", id="half a login"
        ),
        pytest.param(
            "{kind: page, url: 'https://f.example', options: {item: 'a['}}", "no CSS selector", id="a selector"
        ),
        pytest.param("{kind: feed, url: 'https://u:p@a.example/f'}", "no user and password", id="a password in it"),
        pytest.param("{kind: feed, url: 'https://a.example/f', tags: presse}", "list", id="tags that are no list"),
    ],
)
def test_what_is_wrong_with_a_source_is_said(source: str, said: str, tmp_path: Path) -> None:
    assert said in wrong(tmp_path, source)


def test_the_secret_of_a_source_is_nowhere_seen(tmp_path: Path) -> None:
    """Not in the options, nor in the key by which sources are shared: the name of the reference is."""
    (made,) = sources(tmp_path, "{kind: mastodon, options: {token: '${TOKEN}', scope: local}}")
    assert made.options == (("scope", "local"),)
    assert dict(made.secrets)["token"].reveal() == "s3cret"
    assert "s3cret" not in repr(made)


def test_the_same_place_with_another_secret_is_another_source(tmp_path: Path) -> None:
    one, other = sources(
        tmp_path,
        "{id: a, kind: discourse, url: 'https://f.example', options: {key: '${TOKEN}'}}",
        "{id: b, kind: discourse, url: 'https://f.example', options: {key: '${KEY}'}}",
    )
    assert one.key != other.key


#: Kinds that take one of several options.
NEEDY = ("youtube", "trustpilot", "google_business")
#: Kinds of which the name says all that is needed.
PLAIN = tuple(
    kind
    for kind in kinds()
    if kind not in NEEDY and kind_of(kind).url and not any(option.required for option in kind_of(kind).options)
)


@pytest.mark.parametrize("kind", PLAIN)
def test_the_defaults_are_those_of_the_kind(kind: str, tmp_path: Path) -> None:
    """Address, place and rhythm, for every kind that needs nothing else."""
    known = kind_of(kind)
    made = sources(tmp_path, f"{{kind: {kind}}}")[0]
    assert (made.url, made.place, made.interval) == (known.url, known.place, known.every)


TWO = "  - {id: floreal, query: Floréal}\n  - {id: roses, query: roses ET bouquet}\n"


def test_every_watch_asks_its_own_question(tmp_path: Path) -> None:
    made = sources(tmp_path, "{id: news, kind: google_news}", watches=TWO)
    assert [(source.id, source.origin, str(source.ask)) for source in made] == [
        ("news-floreal", "news", "Floréal"),
        ("news-roses", "news", "roses AND bouquet"),
    ]


def test_one_watch_alone_keeps_the_id(tmp_path: Path) -> None:
    (made,) = sources(tmp_path, "{id: news, kind: google_news}")
    assert (made.id, made.origin) == ("news", "news")


def test_a_watch_names_the_id_of_the_file(tmp_path: Path) -> None:
    """And only the watches that take from it ask."""
    two = TWO.replace("query: Floréal", "query: Floréal, sources: [hn]")
    made = sources(tmp_path, "{id: news, kind: google_news}", "{id: hn, kind: hackernews}", watches=two)
    assert [(source.id, source.origin) for source in made] == [
        ("news", "news"),
        ("hn-floreal", "hn"),
        ("hn-roses", "hn"),
    ]
    three = two.replace("[hn]", "[hn-floreal]")
    files = text("{id: hn, kind: hackernews}", watches=three)
    assert any("no source of this client is named `hn-floreal`" in said for said in complaints(tmp_path, files))


def test_no_source_is_called_as_what_another_asks_for_a_watch(tmp_path: Path) -> None:
    said = wrong(tmp_path, "{id: hn, kind: hackernews}", "{id: hn-floreal, url: 'https://a.example/f'}")
    assert "`hn-floreal` is what the source `hn` is called for one watch: write another id" in said


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("{kind: mastodon, options: {tag: floreal}}", 1),
        ("{kind: mastodon}", 2),
        ("{kind: discourse, url: 'https://f.example'}", 1),
        ("{kind: discourse, url: 'https://f.example', options: {search: true}}", 2),
        ("{kind: youtube, options: {channel: UC1}}", 1),
        ("{kind: youtube, options: {key: '${KEY}'}}", 2),
        ("{kind: reddit, options: {subreddit: france, new: true}}", 1),
        ("{kind: reddit, options: {subreddit: france}}", 2),
        ("{kind: lemmy, url: 'https://l.example', options: {community: france}}", 1),
    ],
)
def test_what_is_read_whole_is_one_source(source: str, number: int, tmp_path: Path) -> None:
    assert len(sources(tmp_path, source, watches=TWO)) == number


def test_tags_group_sources(tmp_path: Path) -> None:
    (made,) = sources(tmp_path, "{kind: feed, url: 'https://a.example/f', tags: [Presse, Local]}")
    assert made.tags == ("Presse", "Local")


def warned(at: Path, *written: str, watches: str = "") -> list[str]:
    result = loaded(at, text(*written, watches=watches), environment=TOKEN)
    return [said for said in result.warnings if "source" in said and said.startswith("clients/")]


def test_an_experimental_kind_is_said(tmp_path: Path) -> None:
    (said,) = warned(tmp_path, "{id: fil, kind: telegram, options: {channel: floreal}}")
    assert said.startswith("clients/floreal.yaml: source fil: kind telegram is experimental: ")
    assert not warned(tmp_path, "{kind: hackernews}")


def test_every_experimental_kind_says_so() -> None:
    assert {kind for kind in kinds() if kind_of(kind).experimental} >= {"facebook_page", "instagram", "telegram"}


def test_a_watch_that_cannot_be_asked_is_said(tmp_path: Path) -> None:
    watches = "  - {id: floreal, query: Floréal}\n  - {id: mauvais, query: 'rating:<=2'}\n"
    (said,) = warned(tmp_path, "{id: hn, kind: hackernews}", watches=watches)
    assert said == (
        "clients/floreal.yaml: source hn: watch mauvais has no word that must be there: hackernews cannot be asked "
        "for it, and is not"
    )


def test_a_query_too_long_for_the_service_is_said(tmp_path: Path) -> None:
    words = " OU ".join(f"motlong{n:03}" for n in range(80))
    (said,) = warned(tmp_path, "{id: hn, kind: hackernews}", watches=f"  - {{id: floreal, query: {words}}}\n")
    assert "takes 80 searches, and hackernews is asked 5: shorten its query" in said


def test_a_source_that_no_watch_takes_from_is_said(tmp_path: Path) -> None:
    watches = "  - {id: floreal, query: Floréal, sources: [hn]}\n"
    (said,) = warned(tmp_path, "{id: hn, kind: hackernews}", "{id: news, kind: google_news}", watches=watches)
    assert said == "clients/floreal.yaml: source news: no watch takes from it: it is never asked"
