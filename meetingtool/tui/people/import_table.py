"""Importing a table from a file: which file, how it was read, and what it would do, before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from meetingtool.errors import MeetingtoolError
from meetingtool.importers.columns import Field
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.ratings import Problem
from meetingtool.importers.spreadsheets import WhichWorksheet
from meetingtool.importers.tabular import Expected, Sheet, read_file
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.frame.page import NOT_KEPT
from meetingtool.tui.setup.ask_open import OpenChoice, ask_open, ask_order
from meetingtool.tui.setup.people_text import How, roster_path
from meetingtool.tui.tool import Tool

MOST_TOLD = 8
"""How many notes and problems are shown beforehand; the others are counted."""


class FileDraft(Protocol):
    """What a file says, before anything is kept. question: what has to be decided before, empty for nothing."""

    @property
    def question(self) -> str: ...

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def mapping_in_words(self) -> str: ...


D = TypeVar("D", bound=FileDraft)


@dataclass(frozen=True)
class TableKind(Generic[D]):
    """One kind of table. read: makes the draft of a file. ask: shows what it would do, and does it on a yes."""

    title: str
    hint: str
    fields: tuple[Field, ...]
    read: Callable[[Sheet, How], D]
    ask: Callable[[D], None]


def ask_table(tool: Tool, table: TableKind[D], path: str = "") -> None:
    """Ask for the file and about what it leaves open, then go on with its draft."""

    def typed(text: str | None) -> None:
        if text is not None and text.strip():
            _read(tool, table, text, How())

    tool.push_screen(AskText(table.title, draft=NOT_KEPT, value=path, hint=table.hint), typed)


def _read(tool: Tool, table: TableKind[D], text: str, how: How) -> None:
    def again(changed: How) -> None:
        _read(tool, table, text, changed)

    try:
        expected = Expected(fields=table.fields, columns=how.columns, worksheet=how.worksheet, encoding=how.encoding)
        draft = table.read(read_file(roster_path(text) or Path(text.strip()), expected), how)
    except WhichWorksheet as several:
        ask_open(tool, OpenChoice("worksheet", options=several.names), how, again)
    except LeftOpen as left:
        ask_open(tool, OpenChoice(left.asks, left.key, left.options), how, again)
    except MeetingtoolError as error:
        tool.tell(error)
        ask_table(tool, table, text)
    else:
        if draft.question:
            ask_order(tool, draft.question, how, again)
        else:
            table.ask(draft)


def detail(draft: FileDraft, problems: Iterable[Problem]) -> str:
    """How a file was read, and what is left out of it."""
    wrong = sorted(problems, key=lambda problem: problem.line)
    told = [*(f"Line {problem.line}: {problem.text}" for problem in wrong), *draft.notes]
    more = [f"and {len(told) - MOST_TOLD:,} more"] if len(told) > MOST_TOLD else []
    return "\n".join(map(wording.one_line, [f"Columns: {draft.mapping_in_words}", *told[:MOST_TOLD], *more]))
