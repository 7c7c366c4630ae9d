"""Giving the ratings in a file, after showing what would be given."""

from __future__ import annotations

from meetingtool.actions.people.rating_lists import RatingsPlan, give_ratings, plan_ratings
from meetingtool.importers.ratings import RATING_FIELDS, RatingsDraft, read_ratings
from meetingtool.importers.tabular import Sheet
from meetingtool.rules import wording
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.people.import_table import TableKind, ask_table, detail
from meetingtool.tui.setup.people_text import How
from meetingtool.tui.tool import Tool

HINT = "A table with person, standard and rating, or with one column for each standard; you see it first"


def ask_file(tool: Tool) -> None:
    """Ask for the file with the ratings, then go on with it."""
    desk = tool.desk

    def read(sheet: Sheet, how: How) -> RatingsDraft:
        usual, manager = desk.settings.day_order, desk.settings.manager
        return read_ratings(sheet, desk.roster, desk.today, how.day_order, how.columns, usual, manager)

    ask_table(
        tool, TableKind("Which file has the ratings?", HINT, RATING_FIELDS, read, lambda draft: _ask(tool, draft))
    )


def _ask(tool: Tool, draft: RatingsDraft) -> None:
    """Show what would be given, and give the ratings on a yes."""
    desk = tool.desk
    plan = plan_ratings(desk.workspace, draft.rows, desk.now)

    def sure(yes: bool | None) -> None:
        if yes and tool.attempt(lambda: give_ratings(desk.workspace, plan, desk.now)) is not None:
            tool.say(f"{_counted(draft, plan)}. u undoes it.")

    shown = detail(draft, (*draft.problems, *plan.problems))
    tool.push_screen(Confirm(f"{_counted(draft, plan)}?", shown, yes="Rate"), sure)


def _counted(draft: RatingsDraft, plan: RatingsPlan) -> str:
    left_out = wording.count(len(draft.problems) + len(plan.problems), "line")
    return f"{wording.count(len(plan.wanted), 'rating')}, {plan.same:,} given before, {left_out} left out"
