"""The team side by side: how sure the numbers are, what is missing where, and how the ratings were given. Private."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions.people import standing
from meetingtool.actions.people.comparison import PersonInComparison, TeamComparison
from meetingtool.actions.people.score_settings import Tried, change_rule, why_fixed
from meetingtool.errors import Refused
from meetingtool.records.team import ScoreRule
from meetingtool.rules import wording
from meetingtool.rules.people.calibration import trend_in_words
from meetingtool.rules.people.periods import Period
from meetingtool.rules.people.score_rule import rule_from, rule_in_words
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, table, warned
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.people.choose_period import NOT_BEGUN
from meetingtool.tui.people.score_text import MARGIN
from meetingtool.tui.stories.marks import name_in

SCALE = 24
"""The cells of the line that shows a score with its margin."""

WITH_SCALE = 92
"""From this many cells of a row on that line is drawn."""

NAME = 18
"""Cells for the names."""


class TeamPage(Page[str | None]):
    """By name, not by rank. The page answers with the id of the person in the row where Enter was pressed."""

    for_manager_alone = True
    enter = "Open"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "period(-1)", "Other years", id="team.before", tooltip="The previous period"),
        Binding("right_square_bracket", "period(1)", "Other years", id="team.after", tooltip="The next period"),
        Binding("w", "weights", "Try weights", id="team.weights", tooltip="See the scores with other weights"),
        Binding("s", "settle", "Settle", id="team.settle", tooltip="Adopt the weights you tried"),
        Binding("ctrl+r", "app.toggle_room", "Room", id="team.room", tooltip="Share the screen with the room"),
        Binding("escape,o", "dismiss(None)", "Back", id="team.back", tooltip="Back to the people"),
    ]
    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("±", MARGIN),
        ("trend", "Standards: the last rated quarter against the first, with its ±"),
        ("?", "A trend from too few ratings to say anything"),
        ("├─●─┤", "The score on a line from 0 to 100, with its ±"),
    )
    DEFAULT_CSS = """
    TeamPage #team { width: 100%; height: 100%; padding: 0 1; }
    TeamPage #verdict { height: auto; margin: 0 0 1 0; }
    TeamPage OptionList { height: 1fr; }
    """

    def __init__(self, period: Period) -> None:
        super().__init__()
        self.period = period
        self.ids: list[str | None] = []
        self.rule: ScoreRule | None = None
        self.tried: dict[str, Tried] = {}

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog", id="team"):
            yield Static(id="verdict", markup=False)
            yield PagedOptions(classes="plain-list", markup=False)

    def show_records(self) -> None:
        found = standing.comparison_of(self.desk, self.period)
        self.query_one("#team").border_title = Content(f"The team side by side · {self.period.label}")
        held = standing.rule_for(self.desk, self.period)
        if self.rule is not None and held.fixed_by is not None:
            self.rule, self.tried = None, {}
        fixed = why_fixed(held, self.period, self.desk.today)
        self.query_one("#verdict", Static).update(_verdict(found, fixed, self.rule))
        self.refresh_bindings()
        options = self.query_one(PagedOptions)
        at = options.highlighted
        self.ids = []
        rows: list[Option] = []

        def add(row: ColumnsRow | Content, person: str | None = None) -> None:
            rows.append(Option(row, disabled=person is None))
            self.ids.append(person)

        width = (self.size.width or 80) - 6
        add(_head(width, trying=self.rule is not None))
        for place in found.places:
            then = self.tried.get(place.scored.person.id)
            add(_row(place, self._called(place), width, then), place.scored.person.id)
        names = self.desk.roster.full_name
        options.names = {at: wording.one_line(names(person)) for at, person in enumerate(self.ids) if person}
        lacking = [(place, line) for place in found.places for line in place.lacking]
        if lacking:
            add(Content(""))
            add(Content.styled("To do in the coming weeks", "bold"))
        for place, line in lacking:
            row = ColumnsRow([(Content(self._called(place)), NAME)], Content(wording.one_line(line)), most=0)
            add(row, place.scored.person.id)
        options.set_options(rows)
        enabled = [index for index, person in enumerate(self.ids) if person is not None]
        options.highlighted = at if at in enabled else next(iter(enabled), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Weights can be adopted only after they were tried."""
        return action != "settle" or self.rule is not None

    def _called(self, place: PersonInComparison) -> str:
        return name_in(place.scored.person.id, self.desk.roster, NAME)

    def on_resize(self) -> None:
        self.redraw()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.ids[event.option_index])

    def action_period(self, step: int) -> None:
        """The previous period, or after."""
        before, self.period = self.period, standing.period_beside(self.desk, self.period, step)
        if self.period == before:
            self.tool.say(NOT_BEGUN)
        self.rule, self.tried = None, {}
        self.show_records()

    def action_weights(self) -> None:
        """Try other weights on everybody; this changes nothing."""
        held = standing.rule_for(self.desk, self.period)
        fixed = why_fixed(held, self.period, self.desk.today)
        if fixed:
            self.tool.tell(Refused(fixed, "Other weights can only be tried on a period with no shared evaluation."))
            return
        rule = self.rule or held.rule
        shown = ", ".join(
            f"{part}={getattr(rule, part)}" for part in ("standards", "customers", "promises", "training")
        )

        def take(text: str) -> None:
            other = rule_from(text, held.rule)
            self.tried = standing.tried(self.desk, self.period, other)
            self.rule = other

        self.app.push_screen(
            AskText(
                "Try which weights? They add up to 100",
                draft=f"weights-{self.period.since}-{self.period.until}",
                value=shown,
                hint="Nothing changes yet",
                take=take,
                does="Try",
            )
        )

    @work
    async def action_settle(self) -> None:
        """Adopt the weights you tried, for every period with no shared evaluation."""
        rule = self.rule
        if rule is None:
            return
        sure: bool = await self.app.push_screen_wait(
            Confirm(
                "Adopt these weights?",
                f"{rule_in_words(rule)}. They apply to every period with no shared evaluation.",
                yes="Adopt",
            )
        )
        if not sure:
            return
        desk = self.desk
        self.rule, self.tried = None, {}
        if self.tool.attempt(lambda: change_rule(desk.workspace, rule, desk.now)) is not None:
            self.tool.say("These weights apply now. u undoes them.")


def _verdict(found: TeamComparison, fixed: str, rule: ScoreRule | None) -> ColumnsTable:
    spread = f"From {found.side.spread[0]} to {found.side.spread[1]}. " if found.side.spread else ""
    lines: list[Content | ColumnsRow] = [
        Content.assemble(spread, (found.side.verdict, "bold" if found.side.apart else "$foreground"))
    ]
    lines += [warned(wording.one_line(note)) for note in found.notes]
    if rule is not None:
        lines.append(
            Content.assemble(("Trying ", "$text-muted"), rule_in_words(rule), (" · without adjustments", "$text-muted"))
        )
    elif fixed:
        lines.append(Content.styled(fixed, "$text-muted"))
    return table(lines)


def _columns(texts: tuple[str, ...], style: str, *, brief: bool) -> list[tuple[Content, int]]:
    """The numbers. brief: without the trend, where the score by other weights needs the room."""
    widths = (5, 5, 9, 7, 4)
    columns = [(Content.styled(f"{text:>{width}}", style), width) for text, width in zip(texts, widths, strict=True)]
    return [*columns[:2], *columns[3:]] if brief else columns


def _head(width: int, *, trying: bool) -> ColumnsRow:
    scale = "0".ljust(SCALE // 2) + "50".ljust(SCALE // 2 - 3) + "100" if width >= WITH_SCALE else ""
    brief = trying and not scale
    return ColumnsRow(
        [(Content(""), NAME), *_columns(("score", "±", "trend", "ratings", "wins"), "$text-muted", brief=brief)],
        Content.styled(f"  {scale}{'   ' if scale else ''}{'then' if trying else 'known'}", "$text-muted"),
        most=0,
    )


def _row(place: PersonInComparison, name: str, width: int, then: Tried | None) -> ColumnsRow:
    entry, scored = place.entry, place.scored
    numbers = (
        "–" if place.shown is None else str(place.shown),
        "" if entry.margin is None else f"{entry.margin:.0f}",
        "?" if entry.trend is not None and entry.trend_margin is None else trend_in_words(entry),
        str(len(scored.inputs.ratings)),
        str(len(scored.inputs.wins)),
    )
    known = scored.score.coverage.removesuffix(" known")
    if then is not None:
        known = _then(then)
    line = (scale_line(scored.score.value, entry.margin) + "   ") if width >= WITH_SCALE else ""
    return ColumnsRow(
        [(Content(name), NAME), *_columns(numbers, "bold", brief=then is not None and width < WITH_SCALE)],
        Content.assemble("  ", (line, "$accent"), (known, "$text-muted")),
        most=0,
    )


def _then(tried: Tried) -> str:
    """`87  +2  Strong`, or what would be missing."""
    if tried.then.computed is None:
        return "–  " + "; ".join(tried.then.missing)
    change = f"{tried.change:+d}" if tried.change else "="
    return f"{tried.then.computed:>3} {change:>3}  {tried.then.band}"


def scale_line(value: float | None, margin: float | None, width: int = SCALE) -> str:
    """A score on a line from 0 to 100 with its margin: `      ├─●─┤     `."""
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
