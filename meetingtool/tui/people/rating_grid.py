"""The cells of the rating sheet: people down, standards across."""

from __future__ import annotations

from typing import ClassVar

from meetingtool.actions.people.rating_sheet import RatedGrid, mean_of
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.tui.people.cell_grid import CellGrid

NOT_RATED, NOT_SEEN = "·", "–"


class RatingGrid(CellGrid):
    """What people were rated on standards."""

    NOTHING: ClassVar[str] = "Nobody was on the team at that time, or no standard was in use."

    def __init__(self) -> None:
        super().__init__()
        self.sheet: RatedGrid | None = None

    def show(self, sheet: RatedGrid, names: list[str]) -> None:
        """Show a sheet with what its people are called."""
        self.sheet = sheet
        self.fill(names, [wording.one_line(standard.tag) for standard in sheet.standards])

    @property
    def person(self) -> Person | None:
        """Whose row the cursor is in."""
        people = self.sheet.people if self.sheet else ()
        return people[self.row] if self.row < len(people) else None

    @property
    def standard(self) -> Standard | None:
        """Whose column the cursor is in."""
        standards = self.sheet.standards if self.sheet else ()
        return standards[self.column] if self.column < len(standards) else None

    def cell(self, row: int, column: int) -> tuple[str, str]:
        """The mean of what was rated."""
        if self.sheet is None:
            return "", ""
        ratings = self.sheet.of(self.sheet.people[row], self.sheet.standards[column])
        style = "bold $foreground" if mean_of(ratings) is not None else "$text-disabled"
        return cell_text(ratings), style


def cell_text(ratings: tuple[Rating, ...]) -> str:
    """`4`, `3.5` for the mean of several, `–` for not seen, `·` for not rated."""
    if not ratings:
        return NOT_RATED
    mean = mean_of(ratings)
    if mean is None:
        return NOT_SEEN
    return str(int(mean)) if mean == int(mean) else f"{mean:.1f}"
