"""Importing a list of who bought lately: which file, whatever it leaves open, then what would be taken."""

from __future__ import annotations

from asyncio import to_thread
from pathlib import Path

from textual.content import Content

from meetingtool.actions.customers.recent import fresh, import_recent, with_groups, without_forgotten
from meetingtool.errors import MeetingtoolError
from meetingtool.importers.customers.recent import FIELDS, Recent, field_missing, read_recent
from meetingtool.importers.date_columns import DayOrder
from meetingtool.importers.tabular import Expected, Sheet, read_file
from meetingtool.rules import wording
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.dialogs.pick_file import PickFile
from meetingtool.tui.tool import Tool

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods")
FOLDER = "recent.folder"
"""Where the folder of the last file is kept, among what is half typed."""

MOST_TOLD = 4
QUESTIONS = {"customer": "Which column has the customers?", "day": "Which column has the day on which they bought?"}


async def import_list(tool: Tool) -> None:
    """Pick the file, the newest one first; ask for a column or an order of dates that it leaves open; then import it.

    For a worker: it waits for answers.
    """
    kept = Path(tool.workspace.drafts.get(FOLDER) or Path.home() / "Downloads")
    question = "Which list has who bought lately?"
    path = await tool.push_screen_wait(PickFile(question, kept if kept.is_dir() else Path.home(), ENDINGS))
    if path is None:
        return
    tool.drafts.keep(FOLDER, str(path.parent))
    try:
        recent = await _read(tool, path)
    except MeetingtoolError as error:
        tool.tell(error)
        return
    if recent is None:
        return
    new = len(fresh(tool.workspace, recent))
    title = f"{wording.shortened(path.name, 60)}: {wording.count(new, 'purchase')} to be taken"
    if not new:
        tool.say(_told(recent, new), title=title)
        return
    sure = await tool.push_screen_wait(Confirm(title, _told(recent, new), yes="Import", likely=True))
    if sure:
        taken = tool.attempt(lambda: import_recent(tool.workspace, recent, path.name, tool.desk.now))
        if taken is not None:
            tool.say(f"{wording.count(taken.taken, 'purchase')} taken; u takes it back.")


async def _read(tool: Tool, path: Path) -> Recent | None:
    """The list, once its open questions are answered; None when a question was cancelled."""
    desk = tool.desk
    columns: dict[str, str] = {}
    order: DayOrder | None = None
    while True:
        sheet = await to_thread(read_file, path, Expected(fields=FIELDS, columns=columns))
        missing = field_missing(sheet, columns)
        if missing:
            header = await tool.push_screen_wait(Choose(QUESTIONS[missing], _headers(sheet)))
            if header is None:
                return None
            columns[missing] = header
            continue
        roster, today, usual = desk.roster, desk.today, desk.settings.day_order
        recent = read_recent(sheet, roster, today, day_order=order, columns=columns, usual=usual)
        if not recent.question:
            return with_groups(tool.workspace, without_forgotten(tool.workspace, recent))
        options = [
            ("day-first", Content("the day: 3/4 is 3 April")),
            ("month-first", Content("the month: 3/4 is 4 March")),
        ]
        answer = await tool.push_screen_wait(Choose(f"{recent.question} Which comes first?", options))
        if answer is None:
            return None
        order = "day-first" if answer == "day-first" else "month-first"


def _headers(sheet: Sheet) -> list[tuple[str, Content]]:
    """The columns to choose from, by their places, each with the first thing in it."""
    first = sheet.rows[0] if sheet.rows else ("",) * len(sheet.header)
    return [
        (
            str(place),
            Content.assemble(
                (wording.one_line(header) or f"column {place}", "bold"),
                (f"  {wording.shortened(sample, 40)}", "$text-muted"),
            ),
        )
        for place, (header, sample) in enumerate(zip(sheet.header, first, strict=True), 1)
    ]


def _told(recent: Recent, new: int) -> str:
    """What was understood, and which lines are left out."""
    lines = [recent.mapping, *recent.notes[:MOST_TOLD]]
    known = len(recent.rows) - new
    if known:
        lines.append(f"{known:,} known already.")
    lines += [f"line {one.line}: {one.reason}; left out" for one in recent.rejected[:MOST_TOLD]]
    if len(recent.rejected) > MOST_TOLD:
        lines.append(f"and {len(recent.rejected) - MOST_TOLD:,} more left out")
    return "\n".join(wording.one_line(line) for line in lines if line)
