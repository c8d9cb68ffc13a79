"""Tables: drawn for a terminal, tab-separated and whole for a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from veille.text.clean import neutral


def show(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table on standard output; in a pipe one line a row, a heading first, nothing cut.

    What would reorder or hide text (bidi controls, zero-width characters) is left out.
    """
    console = Console()
    rows = [[neutral(cell) for cell in row] for row in rows]
    if not console.is_terminal:
        for row in (columns, *rows):
            typer.echo("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row))
        return
    table = Table(*columns)
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(table)
