"""The people on the team: evidence, and in private ratings, score and evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, TabbedContent, TabPane
from textual.widgets.option_list import Option

from meetingtool.actions import standing
from meetingtool.actions.scores import Scored
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.periods import Period
from meetingtool.tui.screens.mode import ModeScreen
from meetingtool.tui.widgets.columns_row import ColumnsRow
from meetingtool.tui.widgets.evaluation_tab import EvaluationTab
from meetingtool.tui.widgets.person_tabs import EvidenceTab, PersonTab, RatingsTab, ScoreTab
from meetingtool.tui.widgets.score_text import short_score

TABS = ("evidence", "ratings", "score", "evaluation")
PRIVATE_TABS = ("ratings", "score", "evaluation")


class PeopleScreen(ModeScreen):
    """Everyone at the left, one person at the right. In room there is evidence alone."""

    PLACE = "People"
    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "tab(1)", "Next tab", id="people.next_tab", tooltip="The next tab of the person", show=False),
        Binding("left", "tab(-1)", "Tab before", id="people.tab_before", tooltip="The tab before", show=False),
        Binding("enter", "into", "Into the tab", id="people.into", tooltip="To the rows of the tab", show=False),
        Binding("left_square_bracket", "year(-1)", "Year before", id="people.year_before", key_display="[",
                tooltip="Look at the year before"),
        Binding("right_square_bracket", "year(1)", "Next year", id="people.year_next", key_display="]",
                tooltip="Look at the year after", show=False),
        Binding("l", "leavers", "Leavers", id="people.leavers", tooltip="Show or hide those who have left"),
        Binding("n", "add", "New person", id="people.add", tooltip="Add somebody to the team"),
        Binding("e", "edit", "Edit", id="people.edit", tooltip="Change what is known of this person"),
        Binding("escape", "list", "Back to the list", id="people.list", tooltip="Back to the list", show=False),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.period: Period | None = None
        self.leavers = False
        self._people: list[Person] = []
        self._shown: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        everyone = OptionList(id="everyone", classes="panel", markup=False)
        everyone.border_title = "People"
        with Horizontal():
            yield everyone
            with Vertical(id="person", classes="panel"), TabbedContent():
                yield TabPane("Evidence", EvidenceTab(), id="evidence")
                yield TabPane("Ratings", RatingsTab(), id="ratings")
                yield TabPane("Score", ScoreTab(), id="score")
                yield TabPane("Evaluation", EvaluationTab(), id="evaluation")

    def on_mount(self) -> None:
        self.period = standing.period_now(self.desk)
        self.query_one("#everyone").focus()

    def show_records(self) -> None:
        if self.period is None:
            return
        room = self.desk.room
        tabs = self.query_one(TabbedContent)
        if room and tabs.active != "evidence":
            tabs.active = "evidence"
        for name in PRIVATE_TABS:
            (tabs.hide_tab if room else tabs.show_tab)(name)
        self._show_list(room)
        self._show_person()

    def _show_list(self, room: bool) -> None:
        roster = self.desk.roster
        self._people = list(roster.everyone if self.leavers else roster.people)
        scores = {} if room or self.period is None else standing.scores(self.desk, self.period)
        everyone = self.query_one("#everyone", OptionList)
        at = everyone.highlighted
        everyone.set_options(Option(self._list_row(p, scores, room)) for p in self._people)
        if self._people:
            everyone.highlighted = min(at or 0, len(self._people) - 1)
        everyone.border_subtitle = "" if room or self.period is None else self.period.label

    def _list_row(self, person: Person, scores: dict[str, Scored], room: bool) -> ColumnsRow:
        number = "" if room else short_score(scores.get(person.id))
        gone = not person.on_team(self.desk.today)
        name = Content.styled(wording.one_line(person.name), "$text-muted" if gone else "$foreground")
        return ColumnsRow((), name, Content.styled(number, "bold $accent"), most=2)

    @property
    def person(self) -> Person | None:
        """The person under the cursor."""
        at = self.query_one("#everyone", OptionList).highlighted
        return self._people[at] if at is not None and at < len(self._people) else None

    def choose(self, person_id: str) -> None:
        """Put the cursor on one of the people in the list."""
        for index, person in enumerate(self._people):
            if person.id == person_id:
                self.query_one("#everyone", OptionList).highlighted = index

    def _show_person(self) -> None:
        person, period = self.person, self.period
        panel = self.query_one("#person")
        panel.display = person is not None
        if person is None or period is None:
            self.query_one("#everyone", OptionList).set_options(
                [Option(Content.styled("Nobody yet. n adds somebody.", "$text-muted"), disabled=True)]
            )
            return
        about = [wording.one_line(person.name)]
        if person.role:
            about.append(wording.shortened(person.role, 40))
        if person.left is not None:
            about.append(f"left {wording.day(person.left, self.desk.today)}")
        elif person.started is not None:
            about.append(f"since {person.started.year}")
        panel.border_title = Content(" · ".join(about))
        panel.border_subtitle = Content(f"@{wording.one_line(person.handle)} · {period.label}")
        tab = self._tab()
        self._shown = (person.id, tab, period, self.desk.room, self.desk.workspace.generation)
        tab.show(person, period)

    def _tab(self) -> PersonTab:
        active = self.query_one(TabbedContent).active or "evidence"
        return self.query_one(f"#{active}", TabPane).query_one(PersonTab)

    @on(OptionList.OptionHighlighted, "#everyone")
    def _moved(self) -> None:
        self._show_person()

    @on(OptionList.OptionSelected, "#everyone")
    def _entered(self) -> None:
        self.action_into()

    @on(TabbedContent.TabActivated)
    def _activated(self) -> None:
        self._show_person()

    def action_tab(self, step: int) -> None:
        """The next tab, or the one before."""
        if self.desk.room:
            return
        tabs = self.query_one(TabbedContent)
        inside = self.focused is not None and self.focused is not self.query_one("#everyone")
        tabs.active = TABS[(TABS.index(tabs.active or "evidence") + step) % len(TABS)]
        if inside:
            self.call_after_refresh(self.action_into)

    def action_into(self) -> None:
        """Into the rows of the tab."""
        for widget in self._tab().query("*"):
            if widget.focusable:
                widget.focus()
                return

    def action_list(self) -> None:
        """Back to the list of people."""
        self.query_one("#everyone").focus()

    def action_year(self, step: int) -> None:
        """The evaluation year before, or after."""
        if self.period is not None:
            self.period = standing.period_beside(self.desk, self.period, step)
            self.redraw()

    def action_leavers(self) -> None:
        """Show those who have left, or hide them."""
        self.leavers = not self.leavers
        self.redraw()

    def action_add(self) -> None:
        """Add somebody to the team."""
        from meetingtool.tui.screens.person_form import PersonForm

        self.app.push_screen(PersonForm(None))

    def action_edit(self) -> None:
        """Change what is known of the person under the cursor."""
        from meetingtool.tui.screens.person_form import PersonForm

        if self.person is not None:
            self.app.push_screen(PersonForm(self.person))
