"""Many records together: a person, a standard, a customer, recurring themes, earlier years, and charts over time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import ClassVar

import msgspec
from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import DescendantFocus
from textual.timer import Timer
from textual.widget import Widget

from meetingtool.actions.desk import Desk
from meetingtool.actions.history import insight
from meetingtool.errors import InRoom, MeetingtoolError, NotFound
from meetingtool.records.base import Record
from meetingtool.rules import wording
from meetingtool.rules.insight.view import View
from meetingtool.rules.people.periods import Period
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.save_as import save_as
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.insight.insight_rows import InsightRows, lines_of, words
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_panel import Row as ListRow
from meetingtool.tui.lists.row_panel import RowPanel
from meetingtool.tui.pictures.picture import Picture
from meetingtool.tui.stories.record_deeds import to_clipboard
from meetingtool.tui.stories.records_page import RecordsPage

MOST_NAMED = 300
"""At most this many customers are offered to choose from."""

BOTH_FIT = 76
"""From this many cells on the list of views stays beside the one that is entered."""

RESTS_FOR = 0.15
"""Seconds the cursor rests on a view before much is read for it."""

WITHOUT_PERIOD = ("week", "customer")
"""Views that look at all years in any case."""


MOST_KNOWN = 32
"""How many views are remembered until something changes."""

Made = tuple[View | None, MeetingtoolError | None]
"""A view, or the error that came instead."""


class InsightPlace(msgspec.Struct, frozen=True):
    """Which view is looked at. of: the id of the person or the standard, or the name of the customer."""

    name: str = "year"
    of: str = ""


class InsightScreen(ModeScreen):
    """The views on the left, one of them on the right.

    Enter on a row, or on a number picked with the arrows, shows the records behind it.
    """

    PLACE = "Insight"
    CSS_PATH = "insight.tcss"
    AUTO_FOCUS = "#views"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "span(1)", "Earlier", id="insight.earlier", key_display="[",
                tooltip="An earlier period"),
        Binding("right_square_bracket", "span(-1)", "Later", id="insight.later", key_display="]",
                tooltip="A later period", show=False),
        Binding("d", "save", "Save", id="insight.save", tooltip="Save the view as a file"),
        Binding("n", "newsletter", "Newsletter", id="insight.newsletter", tooltip="The wins of a month, for everybody"),
        Binding("a", "brag_sheet", "Brag sheet", id="insight.brag_sheet", tooltip="What this person did well"),
        Binding("y", "copy", "Copy", id="insight.copy", tooltip="Copy the view as plain text"),
        Binding("h", "history", "History", show=False, id="insight.history", tooltip="Look back and search"),
        Binding("escape", "back", "Back", id="insight.back", tooltip="Back to the views, then to where you came from"),
    ]  # fmt: skip

    def __init__(
        self, place: InsightPlace | None = None, period: Period | None = None, at: tuple[int, int | None] | None = None
    ) -> None:
        """at: the row and the number in it that the cursor begins on."""
        super().__init__()
        self._at = at
        self.place_shown = place or InsightPlace()
        self._wished = period
        self._period_number = 0
        self._view: View | None = None
        self._drawn: tuple[object, ...] = ()
        self._soon: Timer | None = None
        self._known: dict[tuple[object, ...], View] = {}

    def body(self) -> Iterable[Widget]:
        view = Vertical(Picture(), InsightRows(id="rows"), id="view", classes="panel")
        yield Horizontal(RowPanel("Views", id="views", of_records=False), view, id="both")

    @property
    def rows(self) -> InsightRows:
        """What can be entered of the view."""
        return self.query_one(InsightRows)

    @property
    def spans(self) -> tuple[Period, ...]:
        """The spans of time to go through, the last twelve months first."""
        usual = insight.spans(self.desk)
        return usual if self._wished is None or self._wished in usual else (self._wished, *usual)

    @property
    def period(self) -> Period:
        """The period in view."""
        return self.spans[min(self._period_number, len(self.spans) - 1)]

    def on_mount(self) -> None:
        if self._wished is not None:
            self._period_number = self.spans.index(self._wished)

    def show_records(self) -> None:
        panel, titles = self.query_one("#views", RowPanel), _titles(self.desk)
        if self.place_shown.name not in titles:
            self.place_shown = InsightPlace()
        panel.fill([ListRow(name, ColumnsRow((), Content(title))) for name, title in titles.items()])
        if panel.chosen != self.place_shown.name and not self._drawn:
            panel.choose(self.place_shown.name)
        self._show()

    def on_resize(self) -> None:
        self._focus_moved()

    @on(DescendantFocus)
    def _focus_moved(self) -> None:
        """Where both don't fit beside each other, the views make room for the one that is entered."""
        alone = self.size.width < BOTH_FIT and not self.query_one("#views").has_focus
        if alone != self.has_class("-alone"):
            self.set_class(alone, "-alone")

    # The view

    @property
    def _since(self) -> date:
        """The first day that is looked at for the view."""
        timeless = self.place_shown.name in WITHOUT_PERIOD
        return insight.all_years(self.desk).since if timeless else self.period.since

    def _make(self, desk: Desk, place: InsightPlace, period: Period) -> View | None:
        """The view to show; None while nobody is chosen for it."""
        if place.name in insight.TITLES:
            return insight.view_of(desk, place.name, period)
        if place.name == "person":
            person = desk.roster.person_of(place.of)
            return insight.person_view(desk, person, period) if person else None
        if place.name == "standard":
            standard = desk.roster.standard_of(place.of)
            return insight.standard_view(desk, standard, period) if standard else None
        view = insight.customer_view(desk, place.of) if place.of else None
        return view if view is not None and any(section.rows for section in view.sections) else None

    def _show(self) -> None:
        desk = self.desk
        width = self.query_one("#rows").content_size.width
        key = (self.place_shown, self.period, desk.workspace.generation, desk.room, desk.today, width)
        if key == self._drawn:
            return
        before, self._drawn = self._drawn, key
        same = before[:2] == key[:2]
        if self._soon is not None:
            self._soon.stop()
        if before[2:5] != key[2:5] or len(self._known) >= MOST_KNOWN:
            self._known.clear()
        known = self._known.get(key[:-1])
        if known is not None:
            self._put(known, None, keep=same)
        elif desk.takes_long_since(self._since):
            if self._view is None or not same or before[3] != key[3]:
                self._put(None, None, keep=False, waiting=True)
            make = partial(self._make_of_much, desk.for_worker(), self.place_shown, self.period, self._since)
            self._soon = self.set_timer(RESTS_FOR, partial(self._work_out, key, make, same))
        else:
            self._take(key, _tried(partial(self._make, desk, self.place_shown, self.period)), same)

    def _make_of_much(self, desk: Desk, place: InsightPlace, period: Period, since: date) -> View | None:
        """The view, after reading the years from `since` on one by one."""
        desk.read_since(since)
        return self._make(desk, place, period)

    @work(thread=True, group="view", exclusive=True)
    def _work_out(self, key: tuple[object, ...], make: Callable[[], View | None], same: bool) -> None:
        """Work the view out while keys are answered; it is shown if it is still wanted."""
        with self.desk.workspace.showing():
            made = _tried(make)
        self.call_later(self._take, key, made, same)

    def _take(self, key: tuple[object, ...], made: Made, same: bool) -> None:
        """Show what was made, if it is still what is wanted."""
        if self._drawn is key:
            if made[0] is not None:
                self._known[key[:-1]] = made[0]
            self._put(*made, keep=same)

    def _put(self, view: View | None, error: MeetingtoolError | None, *, keep: bool, waiting: bool = False) -> None:
        """Show a view, or why there is none. waiting: it is being worked out."""
        self._view, panel, rows = view, self.query_one("#view"), self.rows
        if error is not None:
            self.tool.tell(error)
        self.query_one(Picture).show(view.chart if view and not view.counts_nothing else None)
        title = _titles(self.desk)[self.place_shown.name]
        panel.border_title = Content(wording.one_line(view.title if view else title))
        self._say_span("")
        if view is not None:
            earlier = self._period_number < len(self.spans) - 1
            lines = lines_of(view, self.desk.today, rows.content_size.width, earlier=earlier)
        else:
            name = title.removesuffix(" …").lower()
            hint = "Reading …" if waiting else f"Enter chooses {name} to look at." if error is None else str(error)
            lines = [words(Content.styled(hint, "$text-muted"))]
        rows.show(lines, self.desk.today, keep=keep)
        if view is not None and self._at is not None:
            rows.pick(*self._at)
            self._at = None
        self.refresh_bindings()

    def _say_span(self, picked: str) -> None:
        """In the frame: the number that is picked, and the span of time."""
        timeless = self.place_shown.name in WITHOUT_PERIOD
        span = "all years" if timeless else f"[ {self.period.label} ]"
        self.query_one("#view").border_subtitle = Content(f"{picked}   {span}" if picked else span)

    @on(InsightRows.Picked)
    def _number_picked(self, event: InsightRows.Picked) -> None:
        self._say_span(event.words)

    # Choosing a view

    @on(RowPanel.Highlighted, "#views")
    def _view_highlighted(self) -> None:
        name = self.query_one("#views", RowPanel).chosen
        if name and name != self.place_shown.name:
            self.place_shown = InsightPlace(name)
            self._show()

    @on(RowPanel.Entered, "#views")
    def _view_entered(self, event: RowPanel.Entered) -> None:
        event.stop()
        if event.key in insight.OF_ONE:
            self._choose_one(event.key)
        else:
            self.rows.into()

    @on(RowPanel.Sideways)
    def _beside(self, event: RowPanel.Sideways) -> None:
        event.stop()
        if event.step > 0:
            self.rows.into()

    @on(InsightRows.Fitted)
    def _rows_fitted(self) -> None:
        """The tables follow the width that they have."""
        self._show()

    @on(InsightRows.Left)
    def _left_rows(self) -> None:
        self.query_one("#views", RowPanel).focus()

    @work
    async def _choose_one(self, name: str) -> None:
        """Ask whom, which standard or which customer to look at."""
        options = self._options(name)
        if not options:
            self.tool.say("No customer is named in any story yet. ^Name in a story names one.")
            return
        chosen = await self.app.push_screen_wait(Choose(insight.OF_ONE[name], options))
        if chosen is not None:
            self.place_shown = InsightPlace(name, chosen)
            self.query_one("#views", RowPanel).choose(name)
            self._show()
            self.rows.into()

    def _options(self, name: str) -> list[tuple[str, Content]]:
        desk = self.desk
        if name == "person":
            return [
                (
                    p.id,
                    Content.assemble(
                        (wording.one_line(p.name), "bold"), (f"  {wording.one_line(p.role)}", "$text-muted")
                    ),
                )
                for p in desk.roster.everyone
            ]
        if name == "standard":
            return [
                (s.id, Content.assemble((f"#{wording.one_line(s.tag)}", "$accent"), f"  {wording.one_line(s.title)}"))
                for s in desk.roster.all_standards
            ]
        return [
            (customer, Content.assemble((wording.one_line(customer), "bold"), (f"  {number:,}", "$accent")))
            for customer, number in insight.customers_of(desk, insight.all_years(desk))[:MOST_NAMED]
        ]

    # What is behind a row

    @on(InsightRows.Entered)
    def _entered(self, event: InsightRows.Entered) -> None:
        event.stop()
        behind = event.behind
        if behind.record:
            self._open(behind.record)
        elif behind.query:
            self._look_for(behind.query)
        elif behind.records:
            self.app.push_screen(RecordsPage(event.title, behind.records, room_safe=True))
        elif behind.view in insight.OF_ONE:
            self._choose_one(behind.view)
        else:
            self.place_shown = InsightPlace(behind.view)
            self.query_one("#views", RowPanel).choose(behind.view)
            self._show()

    def _open(self, record_id: str) -> None:
        """Open the page of a record; say so if it is gone meanwhile."""
        try:
            record = self.desk.get(Record, record_id)
        except (InRoom, NotFound) as error:
            self.tool.tell(error)
            self.redraw()
            return
        self.tool.open_record(record)

    def _look_for(self, query: str) -> None:
        """Show in the history what a query finds; Escape leads back to here."""
        tool, mode, rows = self.tool, self.app.current_mode, self.rows
        again = InsightScreen(self.place_shown, self.period, (rows.highlighted or 0, rows.cell))
        if mode == "history":
            self.dismiss(None)
            tool.look_for(query, partial(tool.push_screen, again))
        else:
            tool.look_for(query)

    # Keys

    def action_span(self, step: int) -> None:
        """An earlier or a later period."""
        self._period_number = max(0, min(len(self.spans) - 1, self._period_number + step))
        self._show()

    def action_back(self) -> None:
        """Back to the views; from there to where one came from."""
        panel = self.query_one("#views", RowPanel)
        if panel.has_focus:
            self.dismiss(None)
        else:
            panel.focus()

    def action_history(self) -> None:
        """To the history, also from within it."""
        if self.tool.current_mode == "history":
            self.dismiss(None)
        else:
            self.tool.action_mode("history")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be saved or moved in time if nothing is shown, or if all years are."""
        if action in ("save", "copy"):
            return self._view is not None
        if action == "brag_sheet":
            return self._view is not None and self.place_shown.name == "person"
        return action != "span" or self.place_shown.name not in WITHOUT_PERIOD

    def action_newsletter(self) -> None:
        """The newsletter of the last month."""
        from meetingtool.tui.papers.shared_papers import NewsletterPage

        self.app.push_screen(NewsletterPage())

    def action_brag_sheet(self) -> None:
        """What the person in view did well."""
        from meetingtool.tui.papers.shared_papers import BragSheetPage

        person = self.desk.roster.person_of(self.place_shown.of)
        if person is not None:
            page = BragSheetPage(person, self.period)
            if self.tool.attempt(lambda: page.paper_of(self.desk)) is not None:
                self.app.push_screen(page)

    def action_copy(self) -> None:
        """Copy the view as plain text."""
        from meetingtool.documents.formats import plaintext
        from meetingtool.documents.history.insight import view_paper

        if self._view is not None:
            to_clipboard(self.tool, plaintext.render(view_paper(self._view, self.desk.today)))

    def action_save(self) -> None:
        """Save the view as a file."""
        from meetingtool.actions.history import sharing

        view, desk = self._view, self.desk
        if view is None:
            return
        save_as(
            self.tool,
            "Save the view",
            f"{view.name}-{desk.today.isoformat()}.md",
            sharing.VIEW_FORMS,
            lambda form: sharing.view_bytes(view, form, desk.today, team=desk.settings.team),
        )


def _tried(make: Callable[[], View | None]) -> Made:
    """The view, or the error there was instead."""
    try:
        return make(), None
    except MeetingtoolError as error:
        return None, error


def _titles(desk: Desk) -> dict[str, str]:
    return {**insight.titles(desk), **{name: f"{title} …" for name, title in insight.OF_ONE.items()}}
