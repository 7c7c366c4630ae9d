"""The options of commands that read a table from a file, and the question that a table can leave open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, cast

import click
import msgspec

from meetingtool.cli.arguments import paired
from meetingtool.cli.printing import ask, can_ask, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.importers.columns import Field
    from meetingtool.importers.tabular import Sheet

DayOrder = Literal["day-first", "month-first"]
F = TypeVar("F", bound=Callable[..., object])


class TableDraft(Protocol):
    """What an importer made of a table, as far as all drafts have it in common."""

    @property
    def question(self) -> str:
        """What has to be asked before it can be read; empty where nothing has."""

    @property
    def mapping_in_words(self) -> str:
        """Which column was read as what."""

    @property
    def notes(self) -> Sequence[str]:
        """What else a person should know."""


D = TypeVar("D", bound=TableDraft)


class TableOptions(msgspec.Struct, frozen=True):
    """The options that say how a file is to be read."""

    given: tuple[str, ...] = ()
    """What `--column` was given."""
    worksheet: str = ""
    encoding: str = ""
    day_order: DayOrder | None = None

    @property
    def columns(self) -> dict[str, str]:
        """Which column holds what. Wrong usage where the options don't say it properly."""
        from meetingtool.importers.columns import SEVERAL

        return paired(self.given, "--column", SEVERAL)

    def read(self, file: Path, fields: Sequence[Field]) -> Sheet:
        """The table in `file`, whose columns can hold these fields."""
        from meetingtool.importers.tabular import Expected, read_file

        expected = Expected(
            fields=tuple(fields), columns=self.columns, worksheet=self.worksheet, encoding=self.encoding
        )
        return read_file(file.expanduser(), expected)

    def drafted(self, read: Callable[[DayOrder | None], D]) -> D:
        """What `read` makes of a table with the order of its dates, which is asked for where the table leaves it open.
        Prints how its columns were read."""
        draft = read(self.day_order)
        if draft.question:
            draft = read(_day_order_asked(draft.question))
        talk(f"Columns: {draft.mapping_in_words}.")
        for note in draft.notes:
            talk(note)
        return draft


COLUMN = ("FIELD=HEADER", "Which column holds what, by its name or position; empty for none. May be repeated.")
"""What `--column` takes, and its help."""


def table_options(only: str = "", *, column: tuple[str, str] = COLUMN) -> Callable[[F], F]:
    """Give a command the options about a table, as `options`. only: put before the help of each."""
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
        @wraps(command)
        def gathered(
            *args: Any,
            columns: tuple[str, ...],
            worksheet: str,
            encoding: str,
            day_order: DayOrder | None,
            **others: Any,
        ) -> Any:
            return command(*args, options=TableOptions(columns, worksheet, encoding, day_order), **others)

        for option in reversed(options):
            gathered = option(gathered)
        return cast("F", gathered)

    return give


def _day_order_asked(question: str) -> DayOrder:
    """Ask which comes first, the day or the month. Refused where nobody can."""
    if not can_ask():
        raise Refused(question, "Use --day-order day-first or --day-order month-first.")
    answer = ask(f"{question}\nWhich comes first, day or month? ").strip().lower()
    if answer not in ("d", "day", "m", "month"):
        raise Refused("The file was not imported.", "Answer day or month, or use --day-order.")
    return "day-first" if answer.startswith("d") else "month-first"
