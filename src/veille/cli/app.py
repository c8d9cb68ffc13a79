"""Declares every command: its words, options and help. The work is imported only when a command runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from veille.cli import app_judging as judging
from veille.cli import app_sources as sources
from veille.cli.exits import carefully

app = typer.Typer(
    name="veille",
    help="Hear of a bad buzz before it spreads, and be told once, with the reason.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 done, 1 not done, 2 wrong settings or words, 3 the database cannot serve, 130 Ctrl-C.",
)

imports = typer.Typer(no_args_is_help=True, help="Take over what other tools watch.")
app.add_typer(imports, name="import")
app.add_typer(judging.stories, name="story")

Config = Annotated[Path, typer.Option("--config", help="Folder of the YAML files.", envvar="VEILLE_CONFIG")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable JSON on standard output.")]

_CONFIG = Path("config")


@app.command()
def init(
    client: Annotated[str | None, typer.Option(help="Name of the client.")] = None,
    site: Annotated[str | None, typer.Option(help="Its site; feeds and accounts are found there.")] = None,
    language: Annotated[str | None, typer.Option(help="fr or en; default: the site's, else $LANG.")] = None,
    email: Annotated[str | None, typer.Option(help="Mail address of the person who is told.")] = None,
    config: Config = _CONFIG,
    query: Annotated[str | None, typer.Option(help="What to watch for; default: the name.")] = None,
    noise: Annotated[str | None, typer.Option(help="Noise to leave out: families with commas, all, none.")] = None,
    google_alerts: Annotated[str | None, typer.Option(help="Address of a Google Alerts feed.")] = None,
    smtp: Annotated[str | None, typer.Option(help="Mail server, host:port:starttls|tls|none.")] = None,
    smtp_user: Annotated[str | None, typer.Option(help="Account name.")] = None,
    smtp_password: Annotated[str | None, typer.Option(help="${NAME}, file:PATH or cred:NAME.")] = None,
    smtp_from: Annotated[str | None, typer.Option(help="Sender; default: the account, else --email.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone, such as Europe/Paris.")] = None,
    allow_private: Annotated[list[str] | None, typer.Option(help="Private host:port that may be asked.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing, take what is proposed.")] = False,
    send: Annotated[bool, typer.Option("--send/--no-send", help="Send a test message at the end.")] = True,
    google_news: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Add a client: asks little, finds its feeds, shows what would be taken, writes the YAML files."""
    from veille.cli import init as command
    from veille.onboarding.google import NEWS
    from veille.onboarding.options import Options

    options = Options(
        client=client,
        site=site,
        language=language,
        email=email,
        query=query,
        noise=noise,
        google_alerts=google_alerts,
        smtp=smtp,
        smtp_user=smtp_user,
        smtp_password=smtp_password,
        smtp_from=smtp_from,
        zone=zone,
        allow_private=tuple(allow_private or ()),
        send=send,
        news=google_news or NEWS,
    )
    raise typer.Exit(carefully(lambda: command.init(config, options, yes=yes)))


@app.command()
def check(config: Config = _CONFIG) -> None:
    """Check the settings: 0 when they are right, 2 with every problem when they are not."""
    from veille.cli import settings

    raise typer.Exit(carefully(lambda: settings.check(config)))


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(help="veille, people or client; all three when left out. Or: replay.")] = "",
) -> None:
    """Print the JSON Schema of the YAML files, for editors."""
    from veille.cli import settings

    raise typer.Exit(carefully(lambda: settings.schema(kind)))


@app.command()
def run(config: Config = _CONFIG) -> None:
    """Run the daemon until SIGTERM or Ctrl-C; SIGHUP reads the settings again."""
    from veille.cli import work

    raise typer.Exit(carefully(lambda: work.run(config)))


@app.command()
def poll(
    config: Config = _CONFIG,
    as_json: AsJson = False,
    every: Annotated[bool, typer.Option("--all", help="Ask every source, due or not.")] = False,
) -> None:
    """Ask the sources once, show what came, and judge it; nothing is sent."""
    from veille.cli import work

    raise typer.Exit(carefully(lambda: work.poll(config, as_json=as_json, every=every)))


@app.command(context_settings={"ignore_unknown_options": True})
def match(
    query: Annotated[str, typer.Argument(help="The query, in quotes.")],
    file: Annotated[str, typer.Argument(help="Entries as JSON Lines; - reads standard input.")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Print the query as it is understood.")] = False,
    language: Annotated[str, typer.Option("--lang", help="Language of the explanation: fr or en.")] = "en",
    client: Annotated[str, typer.Option(help="Client whose own $lists the query may use.")] = "",
    config: Config = _CONFIG,
) -> None:
    """Try a query on entries: one line of JSON out for each line in, with what matched and why."""
    from veille.cli import match as command

    raise typer.Exit(
        carefully(lambda: command.run(query, file, explained=explain, language=language, client=client, config=config))
    )


@app.command()
def preview(
    client: Annotated[str, typer.Argument(help="Client id.")],
    watch: Annotated[str, typer.Argument(help="Watch id; a new one is tried with --query.")],
    config: Config = _CONFIG,
    days: Annotated[float, typer.Option(help="How far back.", min=0.01, max=3650)] = 7.0,
    query: Annotated[str, typer.Option(help="Another query, instead of the watch's.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show what a watch would take of what is stored, before it is put live; nothing is written."""
    from veille.cli import queries

    raise typer.Exit(carefully(lambda: queries.preview(config, client, watch, days=days, query=query, as_json=as_json)))


@app.command()
def rematch(
    client: Annotated[str, typer.Argument(help="Client id; all when left out.")] = "",
    config: Config = _CONFIG,
    as_json: AsJson = False,
) -> None:
    """Apply the present queries to what is stored: what is found is counted and never alerts."""
    from veille.cli import queries

    raise typer.Exit(carefully(lambda: queries.rematch(config, client, as_json=as_json)))


@app.command()
def status(config: Config = _CONFIG, as_json: AsJson = False) -> None:
    """Say how each client, source and channel is."""
    from veille.cli import status as command

    raise typer.Exit(carefully(lambda: command.status(config, as_json=as_json)))


@app.command()
def mentions(
    client: Annotated[str, typer.Argument(help="Client id.")],
    config: Config = _CONFIG,
    days: Annotated[float, typer.Option(help="How far back.", min=0, max=3650)] = 1.0,
    watch: Annotated[str, typer.Option(help="Only this watch.")] = "",
    as_json: AsJson = False,
) -> None:
    """List a client's mentions, newest first."""
    from veille.cli import look

    raise typer.Exit(carefully(lambda: look.mentions(config, client, days=days, watch=watch, as_json=as_json)))


@app.command()
def explain(
    mention: Annotated[
        int, typer.Argument(help="Number of the mention, as `veille mentions` shows it.", min=1, max=2**63 - 1)
    ],
    config: Config = _CONFIG,
) -> None:
    """Print the whole chain of reasons behind one mention."""
    from veille.cli import look

    raise typer.Exit(carefully(lambda: look.explain(config, mention)))


@app.command()
def digest(
    who: Annotated[str, typer.Argument(help="Person or client id.")],
    config: Config = _CONFIG,
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Local date; default today.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Send it now.")] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write it as an HTML file.")] = None,
) -> None:
    """Show a digest as it would read now, write it to a file, or send it."""
    from veille.cli import look

    day = date.date() if date else None
    raise typer.Exit(carefully(lambda: look.digest(config, who, day=day, send=send, html=html)))


@app.command(name="test-channel")
def test_channel(
    person: Annotated[str, typer.Argument(help="Person id.")],
    channel: Annotated[str, typer.Argument(help="Channel id; all of the person's when left out.")] = "",
    config: Config = _CONFIG,
) -> None:
    """Send a sample to a person's channels and say what each server answered."""
    from veille.cli import send

    raise typer.Exit(carefully(lambda: send.test_channel(config, person, channel)))


@app.command()
def pause(config: Config = _CONFIG) -> None:
    """Stop all sending until `veille resume`; polling goes on and nothing is lost."""
    from veille.cli import send

    raise typer.Exit(carefully(lambda: send.pause(config)))


@app.command()
def resume(config: Config = _CONFIG) -> None:
    """Send again what waits."""
    from veille.cli import send

    raise typer.Exit(carefully(lambda: send.resume(config)))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to write it.")], config: Config = _CONFIG) -> None:
    """Copy the database while the daemon runs."""
    from veille.cli import keep

    raise typer.Exit(carefully(lambda: keep.backup(config, file)))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A backup.")],
    config: Config = _CONFIG,
    check_only: Annotated[bool, typer.Option("--check", help="Only say whether the backup is good.")] = False,
) -> None:
    """Put a backup in place of the database, or check it. The daemon must be stopped."""
    from veille.cli import keep

    raise typer.Exit(carefully(lambda: keep.restore(config, file, check_only=check_only)))


@app.command()
def demo(
    speed: Annotated[float, typer.Option(help="Story seconds a real second.", min=1, max=1000)] = 180.0,
    keep: Annotated[Path | None, typer.Option(help="Folder that keeps mails, settings and database.")] = None,
    language: Annotated[str, typer.Option(help="fr or en; from the system's language when left out.")] = "",
) -> None:
    """Play the story of Floréal on this machine: about two minutes, no account, no network."""
    from veille.cli import demo as command

    raise typer.Exit(carefully(lambda: command.demo(speed=speed, keep=keep, language=language)))


@imports.command(name="google-alerts")
def import_google_alerts(
    file: Annotated[Path, typer.Argument(help="JSON file of the alerts, from Google's data export.")],
    client: Annotated[str, typer.Option(help="Client that gets the watches and sources.")],
    config: Config = _CONFIG,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, write nothing.")] = False,
    news: Annotated[
        bool, typer.Option("--news/--no-news", help="Ask Google News where the address of an alert's feed is missing.")
    ] = True,
) -> None:
    """Add the Google Alerts of an account to a client: queries translated, comments of its file kept."""
    from veille.cli import imports as command

    raise typer.Exit(carefully(lambda: command.google_alerts(config, file, client, dry_run=dry_run, news=news)))


@app.command()
def version() -> None:
    """Print the version."""
    from veille import __version__

    typer.echo(f"veille {__version__}")


app.registered_commands += judging.app.registered_commands
app.registered_commands += sources.app.registered_commands
imports.registered_commands += sources.imports.registered_commands
app.add_typer(sources.exports, name="export")
