"""The rating sheet: people by standards for a month or a quarter, one key a rating. Private."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.people import rating_sheet
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period, beside, month_of, quarter_with
from meetingtool.rules.people.rating_evidence import needs_evidence
from meetingtool.rules.wording import MONTHS
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.undo_past import undo_or_ask
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, as_row
from meetingtool.tui.people.ask_evidence import ask_evidence, level_rows
from meetingtool.tui.people.rating_grid import RatingGrid

DAY = len("Wed 30 Sep")
WIDE, TALL = 116, 30
"""From this width on there is room beside the grid, and from this height on for titles."""


class RatingSheet(Page[None]):
    """After a rating the cursor goes on to the next person on the same standard: one yardstick at a time."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"rate({n})", "Rate", id=f"sheet.rate_{n}", tooltip="Rate 1 to 5") for n in range(1, 6)),
        Binding("0", "rate(0)", "Not seen", id="sheet.unseen", tooltip="Not seen: does not count"),
        Binding("enter,c", "cite", "Cite", id="sheet.cite", tooltip="Rate with a story or a note as evidence"),
        Binding("u", "undo", "Undo", id="undo", tooltip="Undo the last rating"),
        Binding("ctrl+z", "undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last rating"),
        Binding(
            "left_square_bracket",
            "span(-1)",
            "Other months",
            id="sheet.before",
            tooltip="The previous month or quarter",
        ),
        Binding(
            "right_square_bracket", "span(1)", "Other months", id="sheet.after", tooltip="The next month or quarter"
        ),
        Binding("a", "import", "From a file", id="sheet.import", tooltip="Give the ratings of a file", show=False),
        Binding("m", "months", "Month or quarter", id="sheet.months", tooltip="Switch between months and quarters"),
        Binding("ctrl+r", "app.toggle_room", "Room", id="sheet.room", tooltip="Share the screen with the room"),
        Binding("escape", "app.pop_screen", "Back", id="sheet.back", tooltip="Back; all ratings are saved"),
    ]
    DEFAULT_CSS = """
    RatingSheet #sheet { width: 100%; height: 100%; padding: 0 1; layout: vertical; }
    RatingSheet #cell { height: auto; max-height: 16; padding: 0; }
    RatingSheet #cell Static { height: auto; }
    RatingSheet #columns { height: 1fr; layout: vertical; }
    RatingSheet RatingGrid { height: 1fr; min-height: 5; background: $surface; }
    RatingSheet.-beside #columns { layout: horizontal; }
    RatingSheet.-beside RatingGrid { width: 1fr; height: 100%; }
    RatingSheet.-beside #cell { width: 38; height: 100%; max-height: 100%; padding: 0 0 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.span: Period | None = None
        self.given: dict[tuple[str, str], Rating] = {}

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog", id="sheet"), Vertical(id="columns"):
            yield RatingGrid()
            with VerticalScroll(id="cell", can_focus=False):
                yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        self.span = quarter_with(self.desk.today, self.desk.settings.year_starts)
        self.grid.focus()

    @property
    def grid(self) -> RatingGrid:
        """The cells."""
        return self.query_one(RatingGrid)

    def show_records(self) -> None:
        if self.span is None:
            return
        sheet = rating_sheet.sheet_of(self.desk, self.span)
        dialog = self.query_one("#sheet")
        dialog.border_title = Content(f"Ratings · {_called(self.span)}")
        dialog.border_subtitle = Content(f"{sheet.rated} of {sheet.cells} answered")
        self.grid.show(sheet, [wording.one_line(self.desk.roster.short_name(person.id)) for person in sheet.people])
        self._show_cell()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Ratings are given where there is somebody and a standard."""
        return action not in ("rate", "cite") or (self.is_mounted and self.grid.person is not None)

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE, "-beside")
        self._show_cell()

    @on(RatingGrid.Moved)
    def _show_cell(self) -> None:
        person, standard, sheet = self.grid.person, self.grid.standard, self.grid.sheet
        if self.desk.room:  # the cursor moved just as the screen was shared
            return
        if person is None or standard is None or sheet is None or self.span is None:
            self.query_one("#detail", Static).update("")
            return
        narrow = self.size.width < WIDE
        lines: list[Content | ColumnsRow] = [
            Content.assemble(
                (wording.one_line(person.name), "bold"),
                (f"  #{wording.one_line(standard.tag)}", "bold $accent"),
                ("" if narrow and self.size.height < TALL else f"  {wording.one_line(standard.title)}", "$text-muted"),
            )
        ]
        lines += [row for _, row in level_rows(standard)]
        lines += self._given_lines(sheet.of(person, standard), narrow=narrow)
        lines += self._story_lines(person, standard, narrow=narrow)
        self.query_one("#detail", Static).update(ColumnsTable([as_row(line) for line in lines]))

    def _given_lines(self, ratings: tuple[Rating, ...], *, narrow: bool) -> list[Content]:
        lines = []
        for rating in ratings[-2:] if narrow else ratings[-4:]:
            value = "not seen" if rating.value is None else f"rated {rating.value}"
            why = wording.shortened(rating.note, 80)
            cited = wording.count(len(rating.stories), "story", "stories") if rating.stories else ""
            about = " · ".join(part for part in (why, cited) if part)
            day = wording.day(rating.at.date(), self.desk.today)
            lines.append(
                Content.assemble((f"{value}", "bold"), f" {day}", (f" · {about}" if about else "", "$text-muted"))
            )
        return lines if narrow or not lines else [Content(""), *lines]

    def _story_lines(self, person: Person, standard: Standard, *, narrow: bool) -> list[Content | ColumnsRow]:
        stories = self._stories(person, standard)
        if not stories:
            return [] if narrow else [Content(""), Content.styled("No story on this standard yet.", "$text-muted")]
        most = 3 if narrow else 8
        lines: list[Content | ColumnsRow] = [] if narrow else [Content("")]
        lines.append(
            Content.styled(f"{wording.count(len(stories), 'story', 'stories')} on this standard", "$text-muted")
        )
        for story in stories[:most]:
            day = wording.day(story.at.date(), self.desk.today)
            kind = "sticky  " if story.kind == "sticky" else ""
            text = wording.shortened(story.text, 66 if narrow else 200)
            told = Content.assemble((kind, "$text-muted"), text)
            lines.append(ColumnsRow([(Content.styled(day, "$text-muted"), max(DAY, len(day)))], told, most=0))
        return lines

    def _stories(self, person: Person, standard: Standard) -> list[Story]:
        return rating_sheet.citable(self.desk, person, standard, self.span) if self.span is not None else []

    def action_rate(self, number: int) -> None:
        """Rate the cell; for 1, 2 and 5 it asks what the rating rests on."""
        person, standard = self.grid.person, self.grid.standard
        if person is None or standard is None:
            return
        if needs_evidence(number or None):
            self._with_evidence(person, standard, number)
        else:
            self._rate(person, standard, number or None, "", ())

    def _with_evidence(self, person: Person, standard: Standard, value: int) -> None:
        ask_evidence(
            self.tool,
            person,
            standard,
            value,
            self._stories(person, standard),
            lambda note, stories: self._rate(person, standard, value, note, stories),
        )

    def _rate(
        self, person: Person, standard: Standard, value: int | None, note: str, stories: tuple[Story, ...]
    ) -> None:
        span, desk = self.span, self.desk
        if span is None:
            return
        key = (person.id, standard.id)
        done = self.tool.attempt(
            lambda: rating_sheet.rate_in_sheet(
                desk.workspace,
                person,
                standard,
                value,
                span,
                desk.now,
                note=note,
                stories=stories,
                corrects=self.given.get(key),
            )
        )
        if done is not None:
            self.given[key] = done
            self.grid.go_on()

    def action_cite(self) -> None:
        """Give a rating together with its evidence, or add evidence to the one in the cell."""
        person, standard = self.grid.person, self.grid.standard
        if person is None or standard is None:
            return

        def chosen(value: str | None) -> None:
            if value is not None:
                self._with_evidence(person, standard, int(value))

        question = f"Rate {wording.one_line(person.name)} with evidence"
        self.app.push_screen(Choose(question, level_rows(standard)), chosen)

    def action_undo(self) -> None:
        """Undo the last change."""
        undo_or_ask(self.tool)

    def action_span(self, step: int) -> None:
        """Go to the previous or next month or quarter, but never to one that has not begun."""
        if self.span is None:
            return
        span = _beside(self.span, step)
        if span.since <= self.desk.today:
            self._show_span(span)
        else:
            self.tool.say("The months and quarters after this one have not begun.")

    def action_import(self) -> None:
        """Give the ratings of a table."""
        from meetingtool.tui.people.import_ratings import ask_file

        ask_file(self.tool)

    def action_months(self) -> None:
        """Switch between months and quarters."""
        if self.span is None:
            return
        day = min(self.span.until, self.desk.today)
        starts = self.desk.settings.year_starts
        month = month_of(day, starts)
        self._show_span(month if self.span != month else quarter_with(day, starts))

    def _show_span(self, span: Period) -> None:
        self.span = span
        self.given = {}
        self.show_records()


def _called(span: Period) -> str:
    """`November 2026`, `Oct–Dec 2026`."""
    if span == month_of(span.since, span.starts):
        return span.label
    return f"{MONTHS[span.since.month - 1]}–{MONTHS[span.until.month - 1]} {span.until.year}"


def _beside(span: Period, step: int) -> Period:
    if span != month_of(span.since, span.starts):
        return beside(span, step)
    outside = span.until + timedelta(days=1) if step > 0 else span.since - timedelta(days=1)
    return month_of(outside, span.starts)
