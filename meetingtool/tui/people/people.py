"""The people on the team: evidence, and in private ratings, score and evaluation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static, Tab, TabbedContent, TabPane, Tabs
from textual.widgets.option_list import Option

from meetingtool.actions.people import standing
from meetingtool.actions.people.one_person import alike_first
from meetingtool.actions.people.scores import Scored
from meetingtool.records.people import Person
from meetingtool.rules import areas, wording
from meetingtool.rules.people.periods import Period, part_of
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.lists.clicked_tabs import fit, turning
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.people.choose_period import NOT_BEGUN, choose_period
from meetingtool.tui.people.evaluation_tab import EvaluationTab
from meetingtool.tui.people.person_form import PersonForm
from meetingtool.tui.people.person_tabs import EvidenceTab, PersonTab, RatingsTab, ScoreTab
from meetingtool.tui.people.years_tab import YearsTab
from meetingtool.tui.stories.marks import name_in

TABS = ("evidence", "ratings", "score", "evaluation", "years")
PRIVATE_TABS = ("ratings", "score", "evaluation", "years")

PRIVATE_ACTIONS = frozenset({"sheet", "training", "team", "period", "beside", "go_tab", "merge", "thanks", "edit"})

ON_SOMEBODY = PRIVATE_ACTIONS | {"into", "find", "year", "insight"}
"""Actions that need a person in the list."""

NAME_FITS = 36
"""The cells that the frame of the panel has room for; a longer name is written inside the panel, whole."""


TWO_COLUMNS = 60
"""The fewest cells for the list and a person side by side."""

AREAS = {"training": areas.TRAINING, "thanks": areas.THANKS}
"""The areas without which an action has nothing to show."""


class PeopleScreen(ModeScreen):
    """Everyone on the left, one person on the right. In the room there is only evidence."""

    PLACE = "People"
    CSS_PATH = "people.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *turning("people"),
        Binding("enter", "into", "Into the tab", id="people.into", tooltip="To the rows of the tab", show=False),
        *(
            Binding(str(n), f"go_tab('{tab}')", tab.capitalize(), id=f"people.tab.{n}", show=False,
                    tooltip=f"The person's {tab}")
            for n, tab in enumerate(TABS, 1)
        ),
        Binding("r", "sheet", "Rating sheet", id="people.sheet", tooltip="Rate everybody by standard, one key each"),
        Binding("d", "training", "Training", id="people.training", tooltip="Who was trained in what, and who is due"),
        Binding("T", "thanks", "Thanks", id="people.thanks", show=False, tooltip="Who has not been thanked lately"),
        Binding("o", "team", "Side by side", id="people.team", tooltip="Compare the team, with a list of what to do"),
        Binding("n", "add", "New person", id="people.add", tooltip="Add somebody to the team"),
        Binding("left_square_bracket", "year(-1)", "Other years", id="people.year_before", key_display="[",
                tooltip="The year before"),
        Binding("right_square_bracket", "year(1)", "Other years", id="people.year_next", key_display="]",
                tooltip="The year after"),
        Binding("f", "find", "Find", id="people.find", tooltip="Find a person by name"),
        Binding("y", "period", "Period", id="people.period", tooltip="Another year, half year or period", show=False),
        Binding("l", "leavers", "Leavers", id="people.leavers", tooltip="Show or hide those who have left"),
        Binding("a", "import", "From a file", id="people.import", show=False,
                tooltip="Import people from a CSV file or a spreadsheet"),
        Binding("e", "edit", "Edit", id="people.edit", tooltip="Edit this person's details"),
        Binding("equals_sign", "merge", "Same person", id="people.merge", key_display="=", show=False,
                tooltip="Merge two entries of the same person"),
        Binding("i", "insight", "Insight", id="people.insight", tooltip="What was told about this person, over time"),
        Binding("escape", "list", "Back to the list", id="people.list", tooltip="Back to the list", show=False),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.period: Period | None = None
        self.leavers = False
        self._people: list[Person] = []
        self._shown: tuple[object, ...] = ()

    def body(self) -> Iterable[Widget]:
        everyone = PagedOptions(id="everyone", classes="panel", markup=False).found_by("")
        everyone.border_title = "People"
        with Horizontal():
            yield everyone
            with Vertical(id="person", classes="panel"):
                yield Static(id="whole-name", markup=False)
                with TabbedContent():
                    yield TabPane("1 Evidence", EvidenceTab(), id="evidence")
                    yield TabPane("2 Ratings", RatingsTab(), id="ratings")
                    yield TabPane("3 Score", ScoreTab(), id="score")
                    yield TabPane("4 Evaluation", EvaluationTab(), id="evaluation")
                    yield TabPane("5 Years", YearsTab(), id="years")

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
        fit(self.query_one(Tabs))
        self._show_list(room)
        self._show_person()

    def _show_list(self, room: bool) -> None:
        roster = self.desk.roster
        before, self._people = self._people, list(roster.everyone if self.leavers else roster.people)
        if bool(before) != bool(self._people):
            self.refresh_bindings()
        scores = {} if room or self.period is None else standing.scores(self.desk, self.period)
        everyone = self.query_one("#everyone", OptionList)
        at = everyone.highlighted
        everyone.set_options(Option(self._list_row(p, scores, room)) for p in self._people)
        if self._people:
            everyone.highlighted = min(at or 0, len(self._people) - 1)
        everyone.border_subtitle = "" if room or self.period is None else self.period.label

    def _list_row(self, person: Person, scores: dict[str, Scored], room: bool) -> ColumnsRow:
        number = "" if room else self._number(person, scores.get(person.id))
        gone = not person.on_team(self.desk.today)
        room_for = self.query_one("#everyone").size.width - len(number) - 4
        name = wording.one_line(person.name)
        if Content(name).cell_length > room_for:
            name = name_in(person.id, self.desk.roster, room_for)
        styled = Content.styled(name, "$text-muted" if gone else "$foreground")
        return ColumnsRow((), styled, Content.styled(number, "bold $accent"), most=2)

    def on_resize(self) -> None:
        self.set_class(self.app.size.width < TWO_COLUMNS, "-slim")
        if self.is_mounted and self.period is not None:
            self.call_after_refresh(self.show_records)

    def _number(self, person: Person, scored: Scored | None) -> str:
        shown = None if scored is None or self.period is None else standing.kept_score(self.desk, person, self.period)
        return "–" if shown is None else str(shown)

    @property
    def person(self) -> Person | None:
        """The person under the cursor."""
        at = self.query_one("#everyone", OptionList).highlighted
        return self._people[at] if at is not None and at < len(self._people) else None

    @property
    def enter(self) -> str:
        """What Enter does in the tab that has the focus, in a word for the line of keys."""
        tab = self._tab()
        if self.has_class("-slim") and self._people and not self.has_class("-inside"):
            return "Open"
        return tab.ENTER if tab.has_focus_within else ""

    def choose(self, person_id: str) -> None:
        """Put the cursor on one of the people in the list."""
        for index, person in enumerate(self._people):
            if person.id == person_id:
                self.query_one("#everyone", OptionList).highlighted = index

    def _show_person(self) -> None:
        person, period = self.person, self.period
        panel = self.query_one("#person")
        self.set_class(person is None, "-nobody")
        if person is None or period is None:
            self.query_one("#everyone", OptionList).set_options([Option(self._nobody(), disabled=True)])
            return
        about = [wording.one_line(person.name)]
        if person.role:
            about.append(wording.shortened(person.role, 40))
        if person.left is not None:
            about.append(f"left {wording.day(person.left, self.desk.today)}")
        elif person.started is not None:
            about.append(f"since {person.started.year}")
        panel.border_title = Content(" · ".join(about))
        there = part_of(period, person.started, person.left)
        when = period.label if there is None or there.since > self.desk.today else there.label
        shown_of = "what the room may see; v for the rest" if self.desk.room else when
        panel.border_subtitle = Content(f"@{wording.one_line(person.handle)} · {shown_of}")
        whole = self.query_one("#whole-name", Static)
        whole.display = max(Content(about[0]).cell_length, len(person.handle)) > NAME_FITS
        whole.update(f"{about[0]}  @{wording.one_line(person.handle)}")
        tab = self._tab()
        shown = (person.id, tab, period, self.desk.room, self.desk.workspace.generation, self.desk.today)
        if shown != self._shown:
            self._shown = shown
            tab.show(person, period)

    def _nobody(self) -> Content:
        """What an empty list says."""
        gone = bool(self.desk.roster.everyone) and not self.leavers
        return Content.assemble(
            ("Nobody is on the team yet. " if not gone else "Nobody is on the team now. ", "$text-muted"),
            ("n", "bold $accent"),
            (" adds a person" + (", " if gone else "."), "$text-muted"),
            *((("l", "bold $accent"), (" shows those who have left.", "$text-muted")) if gone else ()),
        )

    def _tab(self) -> PersonTab:
        active = "evidence" if self.desk.room else self.query_one(TabbedContent).active or "evidence"
        return self.query_one(f"#{active}", TabPane).query_one(PersonTab)

    @on(OptionList.OptionHighlighted, "#everyone")
    def _moved(self) -> None:
        self._show_person()

    @on(OptionList.OptionSelected, "#everyone")
    def _entered(self) -> None:
        self.action_into()

    @on(TabbedContent.TabActivated)
    def _activated(self, event: TabbedContent.TabActivated) -> None:
        """A click can reach a tab that the room has just hidden."""
        if self.desk.room and event.tabbed_content.active in PRIVATE_TABS:
            event.tabbed_content.active = "evidence"
            self.query_one("#everyone").focus()  # the widget with the focus may have been hidden for a moment
        else:
            fit(self.query_one(Tabs))
            self._show_person()

    def action_beside(self, step: int) -> None:
        """The next tab, or the one before."""
        if self.desk.room:
            return
        tabs = self.query_one(TabbedContent)
        inside = self.focused is not None and self.focused is not self.query_one("#everyone")
        if inside:
            self.set_focus(None)  # otherwise a hidden widget passes the focus to its neighbour, and its tab comes back
        tabs.active = TABS[(TABS.index(tabs.active or "evidence") + step) % len(TABS)]
        if inside:
            self.call_after_refresh(self.action_into)

    def action_go_tab(self, name: str) -> None:
        """Go to one of the tabs, and into it, so that the next key works there."""
        if not self.desk.room:
            self.set_focus(None)  # as above
            self.query_one(TabbedContent).active = name
            self.call_after_refresh(self.action_into)

    def on_click(self, event: events.Click) -> None:
        """A click on a tab leads into it, as its digit does."""
        if isinstance(event.widget, Tab) and not self.desk.room:
            self.call_after_refresh(self.action_into)

    def action_into(self) -> None:
        """To the rows of the tab."""
        self.set_class(self.person is not None, "-inside")
        for widget in self._tab().query("*"):
            if widget.focusable:
                widget.focus()
                return

    def action_list(self) -> None:
        """Back to the list of people."""
        self.remove_class("-inside")
        self.query_one("#everyone").focus()

    def action_year(self, step: int) -> None:
        """The evaluation year before, or after."""
        if self.period is not None:
            before, self.period = self.period, standing.period_beside(self.desk, self.period, step)
            if self.period == before:
                self.tool.say(NOT_BEGUN)
            self.redraw()

    def action_period(self) -> None:
        """Choose another year, half year or period."""
        if self.desk.room or self.period is None:
            return
        choose_period(self.tool, self._chosen_period)

    def _chosen_period(self, period: Period) -> None:
        self.period = period
        self.redraw()

    def action_sheet(self) -> None:
        """Rate everybody by standards."""
        from meetingtool.tui.people.rating_sheet import RatingSheet

        self.app.push_screen(RatingSheet())

    def action_training(self) -> None:
        """People by courses."""
        from meetingtool.tui.people.training_page import TrainingPage

        self.app.push_screen(TrainingPage())

    def action_thanks(self) -> None:
        """Who has not been thanked lately."""
        from meetingtool.tui.people.thanks_page import ThanksPage

        self.app.push_screen(ThanksPage())

    def action_team(self) -> None:
        """The team side by side."""
        if self.period is None:
            return
        from meetingtool.tui.people.team_page import TeamPage

        def chosen(person_id: str | None) -> None:
            if person_id is not None:
                self.choose(person_id)
                self.query_one("#everyone").focus()

        self.app.push_screen(TeamPage(self.period), chosen)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the room there are no ratings, no comparison and no periods to choose; with nobody on the team there is
        hardly anything."""
        if action == "list":  # from there on, Escape is the app's
            return not self.query_one("#everyone").has_focus
        if action in ON_SOMEBODY and not self._people:
            return False
        if AREAS.get(action) in self.desk.settings.off:
            return False
        return not (action in PRIVATE_ACTIONS and self.desk.room)

    def why_not(self, action: str) -> str:
        """Where what is switched off is switched on again."""
        if AREAS.get(action) not in self.desk.settings.off:
            return ""
        where = "in the settings" if self.desk.room else ": , opens the settings"
        return f"{action.capitalize()} is switched off{' ' if self.desk.room else ''}{where}."

    def action_insight(self) -> None:
        """What was told about this person, by quarter and by standard."""
        if self.person is not None:
            self.tool.show_insight("person", self.person.id, self.period)

    def action_leavers(self) -> None:
        """Show those who have left, or hide them."""
        self.leavers = not self.leavers
        self.redraw()

    def action_find(self) -> None:
        """Find a person by typing."""
        everyone = self.query_one("#everyone", PagedOptions)
        everyone.names = {at: _entry(person).plain for at, person in enumerate(self._people)}
        everyone.action_find()

    def action_import(self) -> None:
        """Import people from a file."""
        from meetingtool.tui.people.import_people import ask_file

        ask_file(self.tool)

    def action_add(self) -> None:
        """Add somebody to the team."""
        self.app.push_screen(PersonForm(None))

    @work
    async def action_merge(self) -> None:
        """Merge another entry of the same person into the one under the cursor, after asking."""
        from meetingtool.actions.people.one_person import merge, plan_merge
        from meetingtool.actions.stories.kept_back import counted

        kept, desk = self.person, self.desk
        if kept is None:
            return
        name = wording.one_line(kept.name)
        others = [other for other in alike_first(kept, desk.roster.everyone) if other.id != kept.id]
        if not others:
            self.tool.say("There is nobody else to merge with.")
            return
        chosen = await self.app.push_screen_wait(
            Choose(f"Which other entry is {name}?", [(other.id, _entry(other)) for other in others])
        )
        double = desk.roster.person_of(chosen) if chosen is not None else None
        plan = self.tool.attempt(lambda: plan_merge(desk.workspace, kept, double, desk.now)) if double else None
        if plan is None:
            return
        question = Confirm(f"Merge the two entries of {name}?", plan.in_words(), yes="Merge", no="Keep both")
        if not await self.app.push_screen_wait(question):
            return
        merged = self.tool.attempt(lambda: counted(desk.workspace, lambda: merge(desk.workspace, plan, desk.now)))
        if merged is not None:
            self.choose(kept.id)
            said = f"@{plan.double.handle} was merged into @{kept.handle}. u undoes it."
            self.tool.say(said if desk.room or not merged[1] else f"{said} {merged[1]}")

    def action_edit(self) -> None:
        """Change what is known of the person under the cursor."""
        if self.person is not None:
            self.app.push_screen(PersonForm(self.person))


def _entry(person: Person) -> Content:
    about = [f"@{wording.one_line(person.handle)}", wording.one_line(person.role), wording.one_line(person.email)]
    return Content.assemble(
        (wording.one_line(person.name), "bold"), (f"  {' · '.join(part for part in about if part)}", "$text-muted")
    )
