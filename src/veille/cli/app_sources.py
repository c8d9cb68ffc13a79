"""Declares the commands about places to watch: found, tried, listed, taken over from other tools and given back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from veille.cli.exits import carefully

app = typer.Typer()
imports = typer.Typer()
exports = typer.Typer(no_args_is_help=True, help="Give back what is watched, for other tools.")

Config = Annotated[Path, typer.Option("--config", help="Folder of the YAML files.", envvar="VEILLE_CONFIG")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable JSON on standard output.")]
Client = Annotated[str, typer.Option(help="Client id.")]
Options = Annotated[list[str] | None, typer.Option("--option", help="An option of the kind, NAME=VALUE; repeatable.")]

_CONFIG = Path("config")


@app.command()
def read(
    kind: Annotated[str, typer.Argument(help="Kind of source, as in the settings: discourse, mailbox, x...")],
    file: Annotated[Path, typer.Argument(help="A saved answer of the service (for mailbox: a mail); - reads stdin.")],
    url: Annotated[str, typer.Option(help="Where it came from, to make links whole; default: the kind's own.")] = "",
    step: Annotated[str, typer.Option(help="Which question it answers; default: the one that brings entries.")] = "",
    option: Options = None,
    as_json: AsJson = False,
) -> None:
    """Read a saved answer of a service as its source would: the entries found, or what is wrong with it."""
    from veille.cli import read as command

    asked = command.Asked(kind=kind, file=file, url=url, step=step, options=tuple(option or ()), as_json=as_json)
    raise typer.Exit(carefully(lambda: command.read(asked)))


@app.command(name="sources")
def list_sources(
    client: Annotated[str, typer.Option(help="Only this client's.")] = "",
    config: Config = _CONFIG,
    as_json: AsJson = False,
) -> None:
    """List what each source asks its service, what is checked again here, and what it may cost."""
    from veille.cli import sources as command

    raise typer.Exit(carefully(lambda: command.sources(config, client, as_json=as_json)))


@app.command()
def discover(
    url: Annotated[str, typer.Argument(help="A page, forum, site, channel or account.")],
    config: Config = _CONFIG,
    allow_private: Annotated[list[str] | None, typer.Option(help="Private host:port that may be asked.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find how a place can be watched: its feeds, its kind; prints YAML ready to paste under `sources`."""
    from veille.cli import discover as command

    raise typer.Exit(
        carefully(lambda: command.discover(config, url, allow_private=tuple(allow_private or ()), as_json=as_json))
    )


@app.command()
def page(
    url: Annotated[str, typer.Argument(help="A page that offers no feed.")],
    item: Annotated[str, typer.Option(help="CSS selector of one item; candidates are proposed when left out.")] = "",
    title: Annotated[str, typer.Option(help="Of its title, in the item.")] = "",
    link: Annotated[str, typer.Option(help="Of its link; default: a@href.")] = "",
    text: Annotated[str, typer.Option(help="Of its text; default: the whole item.")] = "",
    author: Annotated[str, typer.Option(help="Of its author.")] = "",
    date: Annotated[str, typer.Option(help="Of its date; default: time@datetime.")] = "",
    rating: Annotated[str, typer.Option(help="Of its stars, 1 to 5.")] = "",
    holder: Annotated[str, typer.Option("--list", help="Of what holds the items, when there may be none.")] = "",
    config: Config = _CONFIG,
    allow_private: Annotated[list[str] | None, typer.Option(help="Private host:port that may be asked.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what CSS selectors catch on a page, and print the YAML of such a source."""
    from veille.cli import page as command

    given = {"item": item, "title": title, "link": link, "text": text, "author": author, "date": date}
    selectors = {name: value for name, value in {**given, "rating": rating, "list": holder}.items() if value}
    raise typer.Exit(
        carefully(
            lambda: command.page(config, url, selectors, allow_private=tuple(allow_private or ()), as_json=as_json)
        )
    )


@imports.command(name="csv")
def import_csv(
    file: Annotated[Path, typer.Argument(help="Mentions exported by another tool.")],
    client: Client,
    preset: Annotated[str, typer.Option(help="Tool it comes from; default: told by the names of its columns.")] = "",
    columns: Annotated[str, typer.Option(help="Columns by name, over the preset: date=Day,url=Link,text=Body.")] = "",
    dates: Annotated[str, typer.Option(help="How dates are written, as %d/%m/%Y %H:%M.")] = "",
    zone: Annotated[str, typer.Option(help="Zone of dates that name none; default: the client's.")] = "",
    config: Config = _CONFIG,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the first rows as read; write nothing.")] = False,
) -> None:
    """Take past mentions in: they become the usual volume and stories, and never alert."""
    from veille.cli import history as command

    asked = command.Asked(
        config=config,
        file=file,
        client=client,
        preset=preset,
        columns=columns,
        dates=dates,
        zone=zone,
        dry_run=dry_run,
    )
    raise typer.Exit(carefully(lambda: command.import_csv(asked)))


@imports.command(name="opml")
def import_opml(
    file: Annotated[Path, typer.Argument(help="List of feeds, as feed readers export it.")],
    client: Client,
    config: Config = _CONFIG,
    check: Annotated[bool, typer.Option("--check/--no-check", help="Ask every feed whether it answers.")] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, write nothing.")] = False,
) -> None:
    """Add the feeds of an OPML file to a client: folders become tags, dead feeds are named, comments stay."""
    from veille.cli import opml as command

    raise typer.Exit(carefully(lambda: command.import_opml(config, file, client, check=check, dry_run=dry_run)))


@exports.command(name="opml")
def export_opml(
    client: Annotated[str, typer.Option(help="Only this client's; default: all.")] = "",
    config: Config = _CONFIG,
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default: standard output.")] = None,
) -> None:
    """Write the feeds that are watched as OPML 2.0, for feed readers; `veille import opml` takes it back."""
    from veille.cli import opml as command

    raise typer.Exit(carefully(lambda: command.export_opml(config, client, out)))


@exports.callback()
def _export() -> None:
    """Give back what is watched, for other tools."""
