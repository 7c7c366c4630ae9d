"""The team side by side: how sure the numbers are, what is lacking where, and how the ratings were given. Private."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions import standing
from meetingtool.actions.comparison import Comparison, Place
from meetingtool.rules import wording
from meetingtool.rules.periods import Period
from meetingtool.tui.screens.dialog import Page
from meetingtool.tui.widgets.columns_row import ColumnsRow
from meetingtool.tui.widgets.rating_grid import fitted

SCALE = 24
"""Cells of the line that shows a score with how far it could be off."""

NAME = 18
"""Cells for the names."""


class TeamPage(Page[str | None]):
    """By name, not by rank. Enter gives the id of the person in the row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "down", show=False),
        Binding("k", "up", show=False),
        Binding("left_square_bracket", "period(-1)", "Before", id="team.before", tooltip="The period before"),
        Binding("right_square_bracket", "period(1)", "After", id="team.after", tooltip="The next period"),
        Binding("ctrl+r", "app.toggle_room", "Room", id="team.room", tooltip="Share the screen with the room"),
        Binding("escape,o", "dismiss(None)", "Back", id="team.back", tooltip="Back to the people"),
    ]
    DEFAULT_CSS = """
    TeamPage #team { width: 100%; height: 100%; max-width: 100%; max-height: 100%; padding: 0 1; }
    TeamPage #verdict { height: auto; margin: 0 0 1 0; }
    TeamPage OptionList { height: 1fr; }
    TeamPage #keys { height: 1; color: $text-muted; }
    """

    def __init__(self, period: Period) -> None:
        super().__init__()
        self.period = period
        self.ids: list[str | None] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog", id="team"):
            yield Static(id="verdict", markup=False)
            yield OptionList(classes="plain-list", markup=False)
            yield Static("Enter opens the person · [ ] other years · Escape back", id="keys", markup=False)

    def show_records(self) -> None:
        if self.desk.room:
            self.app.pop_screen()
            return
        found = standing.comparison_of(self.desk, self.period)
        self.query_one("#team").border_title = Content(f"The team side by side · {self.period.label}")
        self.query_one("#verdict", Static).update(_verdict(found))
        options = self.query_one(OptionList)
        at = options.highlighted
        self.ids = []
        rows: list[Option] = []

        def add(row: ColumnsRow | Content, person: str | None = None) -> None:
            rows.append(Option(row, disabled=person is None))
            self.ids.append(person)

        width = (self.size.width or 80) - 6
        add(_head(width))
        for place in found.places:
            add(_row(place, self._called(place), width), place.scored.person.id)
        lacking = [(place, line) for place in found.places for line in place.lacking]
        if lacking:
            add(Content(""))
            add(Content.styled("To see to in the next weeks", "bold"))
        for place, line in lacking:
            row = ColumnsRow([(Content(self._called(place)), NAME)], Content(wording.one_line(line)), most=0)
            add(row, place.scored.person.id)
        options.set_options(rows)
        enabled = [index for index, person in enumerate(self.ids) if person is not None]
        options.highlighted = at if at in enabled else next(iter(enabled), None)

    def _called(self, place: Place) -> str:
        return fitted(wording.one_line(self.desk.roster.short_name(place.scored.person.id)), NAME)

    def on_resize(self) -> None:
        self.show_records()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.ids[event.option_index])

    def action_down(self) -> None:
        """One down."""
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        """One up."""
        self.query_one(OptionList).action_cursor_up()

    def action_period(self, step: int) -> None:
        """The period before, or after."""
        self.period = standing.period_beside(self.desk, self.period, step)
        self.show_records()


def _verdict(found: Comparison) -> Content:
    spread = f"From {found.side.spread[0]} to {found.side.spread[1]}. " if found.side.spread else ""
    lines = [Content.assemble(spread, (found.side.verdict, "bold" if found.side.apart else "$foreground"))]
    lines += [Content.assemble(("! ", "$warning"), wording.one_line(note)) for note in found.notes]
    return Content("\n").join(lines)


def _columns(texts: tuple[str, ...], style: str) -> list[tuple[Content, int]]:
    widths = (5, 5, 5, 7, 4)
    return [(Content.styled(f"{text:>{width}}", style), width) for text, width in zip(texts, widths, strict=True)]


def _head(width: int) -> ColumnsRow:
    scale = "0".ljust(SCALE // 2) + "50".ljust(SCALE // 2 - 3) + "100" if width >= 92 else ""
    return ColumnsRow(
        [(Content(""), NAME), *_columns(("score", "±", "trend", "ratings", "wins"), "$text-muted")],
        Content.styled(f"  {scale}{'   ' if scale else ''}known", "$text-muted"),
        most=0,
    )


def _row(place: Place, name: str, width: int) -> ColumnsRow:
    entry, scored = place.entry, place.scored
    numbers = (
        "–" if place.shown is None else str(place.shown),
        "" if entry.margin is None else f"{entry.margin:.0f}",
        "" if entry.trend is None else f"{entry.trend:+.0f}",
        str(len(scored.inputs.ratings)),
        str(len(scored.inputs.wins)),
    )
    known = f"{scored.score.known} of {len(scored.score.parts)} parts"
    line = (scale_line(scored.score.value, entry.margin) + "   ") if width >= 92 else ""
    return ColumnsRow(
        [(Content(name), NAME), *_columns(numbers, "bold")],
        Content.assemble("  ", (line, "$accent"), (known, "$text-muted")),
        most=0,
    )


def scale_line(value: float | None, margin: float | None, width: int = SCALE) -> str:
    """A score on a line from 0 to 100 with how far it could as well be off: `      ├─●─┤     `."""
    if value is None:
        return " " * width
    cells = [" "] * width
    at = _cell(value, width)
    if margin is not None:
        low, high = _cell(max(0.0, value - margin), width), _cell(min(100.0, value + margin), width)
        for cell in range(low, high + 1):
            cells[cell] = "─"
        cells[low], cells[high] = "├", "┤"
    cells[at] = "●"
    return "".join(cells)


def _cell(value: float, width: int) -> int:
    return min(width - 1, int(value / 100 * width))
