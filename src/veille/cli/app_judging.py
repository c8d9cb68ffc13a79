"""Declares the commands about judgement: how it is reached, tried on the past, taught and corrected."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from veille.cli.exits import carefully

app = typer.Typer()
stories = typer.Typer(no_args_is_help=True, help="Correct which mentions belong together; remembered, and undoable.")

Config = Annotated[Path, typer.Option("--config", help="Folder of the YAML files.", envvar="VEILLE_CONFIG")]
Who = Annotated[str, typer.Option("--by", help="Who says so; default: the account's name.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable JSON on standard output.")]

_CONFIG = Path("config")


@app.command(context_settings={"ignore_unknown_options": True})
def score(
    said: Annotated[str, typer.Argument(metavar="TEXT|FILE", help="A text, or entries as JSON Lines; - reads stdin.")],
    place: Annotated[str, typer.Option(help="Where it stands: press, forum, own_page...")] = "other",
    language: Annotated[str, typer.Option("--lang", help="Language of the sentences: fr or en.")] = "en",
    client: Annotated[str, typer.Option(help="Client whose own words and weights count.")] = "",
    semantic: Annotated[
        bool | None, typer.Option("--semantic/--no-semantic", help="Ask the sentence model, when installed.")
    ] = None,
    config: Config = _CONFIG,
) -> None:
    """Say how urgent a text is and why; from a file, one line of JSON for each entry."""
    from veille.cli import score as command

    raise typer.Exit(
        carefully(
            lambda: command.run(said, place=place, language=language, client=client, semantic=semantic, config=config)
        )
    )


@app.command()
def feedback(
    mention: Annotated[int | None, typer.Argument(help="Number of the mention.", min=1, max=2**63 - 1)] = None,
    mark: Annotated[str, typer.Argument(help="not-us, useful, too-late, calm or urgent.")] = "",
    config: Config = _CONFIG,
    who: Who = "",
    reset: Annotated[bool, typer.Option("--reset", help="Take back all that a client's marks teach.")] = False,
    client: Annotated[str, typer.Option(help="Client id: with --reset, or alone to list its marks.")] = "",
    as_json: AsJson = False,
) -> None:
    """Say what a mention was: the client's next alerts learn from it. With --client alone, list the marks."""
    from veille.cli import feedback as command

    asked = command.Asked(mention=mention, mark=mark, who=who, reset=reset, client=client, as_json=as_json)
    raise typer.Exit(carefully(lambda: command.feedback(config, asked)))


@app.command()
def audit(
    client: Annotated[str, typer.Argument(help="Client id.")],
    config: Config = _CONFIG,
    url: Annotated[str, typer.Option(help="A public address: was it seen, and what came of it?")] = "",
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"], help="A day, in the client's zone.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Answer "why did you not warn us?" in one paragraph, for an address or from a day on, with the rows behind it."""
    from veille.cli import audit as command

    raise typer.Exit(carefully(lambda: command.audit(config, client, url=url, since=since, as_json=as_json)))


@app.command()
def replay(
    items: Annotated[Path | None, typer.Argument(help="Past items, JSON Lines; - reads standard input.")] = None,
    client: Annotated[str, typer.Option(help="Client whose settings are tried.")] = "",
    query: Annotated[str, typer.Option(help="One query in place of a client; * takes every item.")] = "",
    stored: Annotated[str, typer.Option(help="Client whose stored entries are played, with --since.")] = "",
    since: Annotated[str, typer.Option(help="From this local date on, such as 2026-11-01.")] = "",
    compare: Annotated[Path | None, typer.Option(help="Folder of other settings, side by side.")] = None,
    config: Config = _CONFIG,
    form: Annotated[str, typer.Option("--format", help="text or jsonl; default: text on a terminal.")] = "",
    html: Annotated[Path | None, typer.Option("--html", help="Write the timeline as one page.")] = None,
    poll_every: Annotated[
        float, typer.Option(help="Minutes between two polls, as if the items had been polled.", min=0, max=10080)
    ] = 0.0,
    counts: Annotated[Path | None, typer.Option(help="A plain series, CSV of timestamp,value; with --out.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where it goes, with a score and an alarm a row.")] = None,
    jobs: Annotated[int, typer.Option(help="Processes; default: one for each core.", min=0, max=64)] = 0,
) -> None:
    """Play the past through a configuration on a simulated clock: what would have been told. Nothing is sent."""
    from veille.cli import replay as command

    asked = command.Asked(
        config=config,
        items=items,
        client=client,
        query=query,
        stored=stored,
        since=since,
        compare=compare,
        format=form,
        html=html,
        poll_every=poll_every,
        counts=counts,
        out=out,
        jobs=jobs,
    )
    raise typer.Exit(carefully(lambda: command.replay(asked)))


@stories.command(name="merge")
def story_merge(
    codes: Annotated[list[str], typer.Argument(help="Two codes or more, such as FL-12: the first one stays.")],
    config: Config = _CONFIG,
    who: Who = "",
) -> None:
    """Unite stories that are one event: what comes later joins the first."""
    from veille.cli import story as command

    raise typer.Exit(carefully(lambda: command.merge(config, codes, who=who)))


@stories.command(name="split")
def story_split(
    code: Annotated[str, typer.Argument(help="Code of the story, such as FL-12.")],
    mentions: Annotated[
        list[int], typer.Argument(help="Numbers of its mentions that are another matter.", min=1, max=2**63 - 1)
    ],
    config: Config = _CONFIG,
    who: Who = "",
) -> None:
    """Part mentions, with their copies, into a story of their own; later copies follow them."""
    from veille.cli import story as command

    raise typer.Exit(carefully(lambda: command.split(config, code, mentions, who=who)))


@stories.command(name="undo")
def story_undo(
    number: Annotated[int, typer.Argument(help="Number of the correction, as it was printed.", min=1, max=2**63 - 1)],
    config: Config = _CONFIG,
) -> None:
    """Take a correction back."""
    from veille.cli import story as command

    raise typer.Exit(carefully(lambda: command.undo(config, number)))


@app.command(name="canonical")
def canonical_addresses(
    addresses: Annotated[
        str, typer.Argument(metavar="URL|FILE", help="An address, a file of them one a line, or - for standard input.")
    ],
) -> None:
    """Print the one form of an address and its twins: tracked, mobile, AMP, wrapped. One a line."""
    from veille.cli import canonical as command

    raise typer.Exit(carefully(lambda: command.run(addresses)))


@app.command()
def likeness(
    file: Annotated[str, typer.Argument(help='JSON Lines of {"a", "b"}, texts or entries; - reads standard input.')],
) -> None:
    """Say how much the two texts of each pair tell of one fact: one line of JSON out for each pair."""
    from veille.cli import likeness as command

    raise typer.Exit(carefully(lambda: command.run(file)))
