"""The options of commands that read a table from a file, and the question that a table can leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click
import msgspec

from meetingtool.cli.arguments import paired
from meetingtool.cli.printing import ask, can_ask
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.importers.columns import Field
    from meetingtool.importers.tabular import Sheet

DayOrder = Literal["day-first", "month-first"]
F = TypeVar("F", bound=Callable[..., Any])


class TableOptions(msgspec.Struct, frozen=True):
    """How a person said that a file is to be read."""

    columns: Mapping[str, str] = {}
    worksheet: str = ""
    encoding: str = ""
    day_order: DayOrder | None = None

    def read(self, file: Path, fields: Sequence[Field]) -> Sheet:
        """The table in `file`, whose columns can hold these fields."""
        from meetingtool.importers.tabular import Expected, read_file

        expected = Expected(
            fields=tuple(fields), columns=self.columns, worksheet=self.worksheet, encoding=self.encoding
        )
        return read_file(file.expanduser(), expected)


COLUMN = ("FIELD=HEADER", "Which column holds what, by its name or position; empty for none. May be repeated.")
"""What `--column` takes, and its help."""


def table_options(only: str = "", *, column: tuple[str, str] = COLUMN) -> Callable[[F], F]:
    """Give a command the options `columns`, `worksheet`, `encoding` and `day_order`. only: said first of each."""
    takes, its_help = column
    options = (
        click.option(
            "--column",
            "columns",
            multiple=True,
            metavar=takes,
            help=f"{only}{its_help}",
        ),
        click.option("--worksheet", "--sheet", default="", help=f"{only}Which worksheet of a spreadsheet to read."),
        click.option(
            "--encoding", default="", help=f"{only}The encoding of a text file, such as cp1250, where it is misread."
        ),
        click.option(
            "--day-order",
            type=click.Choice(["day-first", "month-first"]),
            help=f"{only}How dates such as 3/4/2021 are read.",
        ),
    )

    def give(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return give


def table_options_of(columns: Sequence[str], worksheet: str, encoding: str, day_order: DayOrder | None) -> TableOptions:
    """The options as they were given."""
    from meetingtool.importers.columns import SEVERAL

    return TableOptions(paired(columns, "--column", SEVERAL), worksheet, encoding, day_order)


def day_order_asked(question: str) -> DayOrder:
    """Ask which comes first, the day or the month. Refused where nobody can."""
    if not can_ask():
        raise Refused(question, "Use --day-order day-first or --day-order month-first.")
    answer = ask(f"{question}\nWhich comes first, day or month? ").strip().lower()
    if answer not in ("d", "day", "m", "month"):
        raise Refused("The file was not imported.", "Answer day or month, or use --day-order.")
    return "day-first" if answer.startswith("d") else "month-first"
