"""The playbook: the standards, the discussion questions and the role-plays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static, Tab, Tabs

from meetingtool.actions.desk import Desk
from meetingtool.actions.playbook import playbook, posters
from meetingtool.actions.playbook.standards import retire_standard
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsTable
from meetingtool.tui.lists.moving import Reading
from meetingtool.tui.lists.row_panel import Row, RowPanel, words
from meetingtool.tui.playbook import playbook_text as text
from meetingtool.tui.playbook.question_form import QuestionForm
from meetingtool.tui.playbook.scenario_form import ScenarioForm
from meetingtool.tui.playbook.standard_form import StandardForm

SHELVES = {"standards": "Standards", "questions": "Questions", "scenarios": "Role-plays"}
COUNTED = {"standards": ("standard",), "questions": ("question",), "scenarios": ("role-play",)}
EMPTY = {
    "standards": "No standards yet: a adds the first one.",
    "questions": "No discussion questions yet: a adds the first one.",
    "scenarios": "No role-plays yet: a adds the first one.",
}
NOTHING = ("", ColumnsTable(()))
CHANGING = ("add", "edit", "retire", "move")
Shelved = Standard | Question | Scenario


class ReadingPage(Reading):
    """Text that is read beside or below the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.list", "Back", show=False, id="page.back", tooltip="Back to the list"),
    ]


class PlaybookScreen(ModeScreen):
    """Three tabs; on each a list, and the page of what the cursor is on."""

    PLACE = "Playbook"
    CSS_PATH = "playbook.tcss"
    AUTO_FOCUS = "#standards-list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "shelf('standards')", "Standards", show=False, id="playbook.standards", tooltip="The standards"),
        Binding("2", "shelf('questions')", "Questions", show=False, id="playbook.questions", tooltip="What to discuss"),
        Binding("3", "shelf('scenarios')", "Role-plays", show=False, id="playbook.scenarios", tooltip="What to play"),
        Binding("a", "add", "Add", id="playbook.add", tooltip="Add a standard, a question or a role-play"),
        Binding("e", "edit", "Edit", id="playbook.edit", tooltip="Edit the selected entry"),
        Binding("x", "retire", "Retire", id="playbook.retire", tooltip="Retire it: it won't come up again"),
        Binding("shift+up,K", "move(-1)", "Up", id="playbook.move_up", key_display="⇧↑", tooltip="Move it up"),
        Binding("shift+down,J", "move(1)", "Down", id="playbook.move_down", key_display="⇧↓", tooltip="Move it down"),
        Binding("o", "poster", "Poster", id="playbook.poster", tooltip="The standards as a poster for the wall"),
        Binding("i", "insight", "Insight", id="playbook.insight", tooltip="Its best stories, and what was learned"),
        Binding("j", "row(1)", "Rows", show=False, id="playbook.down", tooltip="A row down or up"),
        Binding("k", "row(-1)", "Rows", show=False, id="playbook.up", tooltip="A row down or up"),
        Binding("escape", "list", "Back", show=False, id="playbook.list", tooltip="Back to the list"),
    ]

    def body(self) -> Iterable[Widget]:
        yield Tabs(*(Tab(title, id=name) for name, title in SHELVES.items()))
        with ContentSwitcher(initial="standards"):
            for name in SHELVES:
                with Container(id=name, classes="shelf"):
                    yield RowPanel("", id=f"{name}-list", classes="list")
                    with ReadingPage(classes="panel page", id=f"{name}-page"):
                        yield Static(id=f"{name}-text")

    @property
    def shelf(self) -> str:
        """Which tab is shown."""
        return self.query_one(ContentSwitcher).current or "standards"

    def show_records(self) -> None:
        desk = self.desk
        rows = {
            "standards": text.standard_rows(desk),
            "questions": text.question_rows(desk),
            "scenarios": text.scenario_rows(desk),
        }
        for name, shown in rows.items():
            filled: list[Row] = shown or [words(EMPTY[name])]
            self._list(name).fill(filled)
            entered = sum(not row.silent for row in filled)
            self._list(name).border_title = wording.count(entered, *COUNTED[name])
            self._show_page(name)
        self.refresh_bindings()

    def _list(self, name: str) -> RowPanel:
        return self.query_one(f"#{name}-list", RowPanel)

    def _show_page(self, name: str) -> None:
        """Show the page of what the cursor is on."""
        title, page = self._page(name, self._list(name).chosen)
        self.query_one(f"#{name}-text", Static).update(page)
        self.query_one(f"#{name}-page").border_title = Content(wording.one_line(title))

    def _page(self, name: str, record_id: str) -> tuple[str, ColumnsTable]:
        """The title and the text of a page; empty where there is nothing to show."""
        desk = self.desk
        if name == "standards":
            standard = desk.roster.standard_of(record_id)
            return (f"#{standard.tag}", text.standard_page(standard, desk)) if standard else NOTHING
        if name == "questions":
            question = next((q for q in desk.questions() if q.id == record_id), None)
            return (text.AUDIENCES[question.audience], text.question_page(question, desk)) if question else NOTHING
        scenario = next((s for s in desk.scenarios() if s.id == record_id), None)
        return (scenario.title, text.scenario_page(scenario, desk)) if scenario else NOTHING

    @on(RowPanel.Highlighted)
    def _highlighted(self, event: RowPanel.Highlighted) -> None:
        name = (event.row_list.id or "").removesuffix("-list")
        if name in SHELVES:
            self._show_page(name)
            self.query_one(f"#{name}-page", VerticalScroll).scroll_home(animate=False)
            self.refresh_bindings()

    @on(RowPanel.Entered)
    def _entered(self, event: RowPanel.Entered) -> None:
        event.stop()
        self.action_page()

    @on(RowPanel.Sideways)
    def _beside(self, event: RowPanel.Sideways) -> None:
        event.stop()
        if event.step > 0:
            self.action_page()

    @on(Tabs.TabActivated)
    def _tab(self, event: Tabs.TabActivated) -> None:
        name = event.tab.id or "standards"
        if name == self.shelf:
            return
        self.query_one(ContentSwitcher).current = name
        if not self.query_one(Tabs).has_focus:
            self._list(name).focus()
        self.refresh_bindings()

    def action_shelf(self, name: str) -> None:
        """Go to one of the tabs."""
        self.query_one(Tabs).active = name
        self.query_one(ContentSwitcher).current = name
        self._list(name).focus()
        self.refresh_bindings()

    def action_row(self, step: int) -> None:
        """A row down or up."""
        panel = self._list(self.shelf)
        if step > 0:
            panel.action_cursor_down()
        else:
            panel.action_cursor_up()

    def action_page(self) -> None:
        """Into the page beside or below the list, to scroll it."""
        self.query_one(f"#{self.shelf}-page").focus()

    def action_list(self) -> None:
        """Back to the list."""
        self._list(self.shelf).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The playbook is changed in private: forms show what ratings look like, and the customer's part."""
        if action == "insight":
            return self.shelf == "standards" and self._record() is not None
        if action == "poster":
            return self.shelf == "standards" and bool(self.desk.roster.standards)
        if action not in CHANGING:
            return True
        if self.desk.room:
            return False
        if action == "add":
            return True
        record = self._record()
        return record is not None and (action == "edit" or record.retired is None)

    def _record(self) -> Shelved | None:
        """What the cursor is on."""
        desk, chosen = self.desk, self._list(self.shelf).chosen
        if self.shelf == "standards":
            return desk.roster.standard_of(chosen)
        shelf: list[Question] | list[Scenario] = desk.questions() if self.shelf == "questions" else desk.scenarios()
        return next((record for record in shelf if record.id == chosen), None)

    def _form(self, record: Shelved | None) -> Page[Any]:
        if self.shelf == "standards":
            return StandardForm(record if isinstance(record, Standard) else None)
        if self.shelf == "questions":
            return QuestionForm(record if isinstance(record, Question) else None)
        return ScenarioForm(record if isinstance(record, Scenario) else None)

    def action_add(self) -> None:
        """Add a standard, a question or a role-play."""
        self.app.push_screen(self._form(None), self._saved)

    def action_edit(self) -> None:
        """Edit the selected entry."""
        record = self._record()
        if record is not None:
            self.app.push_screen(self._form(record), self._saved)

    def _saved(self, record: Shelved | None) -> None:
        if record is not None:
            self.tool.redraw()
            self._list(self.shelf).choose(record.id)
            self.tool.say(f"Saved: {_named(record)}.")

    def action_move(self, step: int) -> None:
        """Swap it with its neighbour; turns follow the order."""
        record, desk = self._record(), self.desk
        if record is not None:
            self.tool.attempt(lambda: playbook.move(desk.workspace, record, step, desk.now))

    def action_poster(self) -> None:
        """Save the standards as a poster."""
        from meetingtool.tui.dialogs.save_as import save_as

        desk = self.desk
        save_as(
            self.tool,
            "Save the poster (A3)",
            "our-standards.pdf",
            posters.FORMS,
            lambda _: posters.standards_poster(desk),
        )

    def action_insight(self) -> None:
        """The best stories of the standard under the cursor."""
        standard = self._record()
        if isinstance(standard, Standard):
            self.tool.show_insight("standard", standard.id)

    @work
    async def action_retire(self) -> None:
        """Retire what the cursor is on, after asking."""
        record, desk = self._record(), self.desk
        if record is None:
            return
        stays = (
            "Today is its last day. Its stories and ratings are kept, and past evaluations keep it."
            if isinstance(record, Standard)
            else "It will not come up again. What was said about it in meetings is kept."
        )
        name = _named(record)
        if not await self.app.push_screen_wait(Confirm(f"Retire {name}?", stays, yes="Retire it", no="Keep it")):
            return
        if self.tool.attempt(lambda: _retire(desk, record)) is not None:
            self.tool.say(f"{name} is retired. u undoes it.")


def _retire(desk: Desk, record: Shelved) -> Shelved:
    if isinstance(record, Standard):
        return retire_standard(desk.workspace, record, desk.today, desk.now)
    return playbook.retire(desk.workspace, record, desk.now)


def _named(record: Shelved) -> str:
    """What it is called in a sentence."""
    if isinstance(record, Standard):
        return f"#{wording.one_line(record.tag)}"
    return f"“{wording.shortened(record.text if isinstance(record, Question) else record.title, 50)}”"
