"""The playbook: the standards, the discussion questions and the role-plays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static, Tab, Tabs

from meetingtool.actions.standards import retire_standard
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.tui.screens.confirm import Confirm
from meetingtool.tui.screens.mode import ModeScreen
from meetingtool.tui.widgets import playbook_text as text
from meetingtool.tui.widgets.columns_row import ColumnsTable
from meetingtool.tui.widgets.row_panel import Row, RowPanel, words

SHELVES = {"standards": "Standards", "questions": "Questions", "scenarios": "Role-plays"}
COUNTED = {"standards": ("standard",), "questions": ("question",), "scenarios": ("role-play",)}
EMPTY = {
    "standards": "There is no standard yet: a adds the first one.",
    "questions": "There are no discussion questions.",
    "scenarios": "There are no role-plays.",
}
NOTHING = ("", ColumnsTable(()))
ON_STANDARDS = ("add", "edit", "retire")


class ReadingPage(VerticalScroll):
    """Text that is read beside or below the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.list", "Back", show=False, id="page.back", tooltip="Back to the list"),
        Binding("j", "scroll_down", "Lines", show=False, id="page.down", tooltip="A line down or up"),
        Binding("k", "scroll_up", "Lines", show=False, id="page.up", tooltip="A line down or up"),
    ]


class PlaybookScreen(ModeScreen):
    """Three shelves; on each a list, and the page of what the cursor stands on."""

    PLACE = "Playbook"
    CSS_PATH = "playbook.tcss"
    AUTO_FOCUS = "#standards-list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "shelf('standards')", "Standards", show=False, id="playbook.standards", tooltip="The standards"),
        Binding("2", "shelf('questions')", "Questions", show=False, id="playbook.questions", tooltip="What to discuss"),
        Binding("3", "shelf('scenarios')", "Role-plays", show=False, id="playbook.scenarios", tooltip="What to play"),
        Binding("a", "add", "Add", id="playbook.add", tooltip="Add a standard"),
        Binding("e", "edit", "Edit", id="playbook.edit", tooltip="Edit the standard under the cursor"),
        Binding("x", "retire", "Retire", id="playbook.retire", tooltip="Let today be the standard's last day"),
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
        """Which shelf is shown."""
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
        """Show the page of what the cursor stands on."""
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

    @on(RowPanel.Beside)
    def _beside(self, event: RowPanel.Beside) -> None:
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
        """Go to one of the shelves."""
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
        """Standards are changed on their shelf and in private: the dialog shows what the ratings look like."""
        if action == "insight":
            return self.shelf == "standards" and self._standard() is not None
        if action not in ON_STANDARDS:
            return True
        if self.shelf != "standards" or self.desk.room:
            return False
        if action == "add":
            return True
        standard = self._standard()
        return standard is not None and (action == "edit" or standard.retired is None)

    def _standard(self) -> Standard | None:
        """The standard under the cursor."""
        return self.desk.roster.standard_of(self._list("standards").chosen)

    def action_add(self) -> None:
        """Add a standard."""
        from meetingtool.tui.screens.standard_form import StandardForm

        self.app.push_screen(StandardForm(None), self._saved)

    def action_edit(self) -> None:
        """Edit the standard under the cursor."""
        from meetingtool.tui.screens.standard_form import StandardForm

        standard = self._standard()
        if standard is not None:
            self.app.push_screen(StandardForm(standard), self._saved)

    def _saved(self, standard: Standard | None) -> None:
        if standard is not None:
            self.tool.redraw()
            self._list("standards").choose(standard.id)
            self.tool.say(f"Saved: #{wording.one_line(standard.tag)}.")

    def action_insight(self) -> None:
        """The best stories of the standard under the cursor."""
        from meetingtool.tui.screens.insight import InsightScreen, Place

        standard = self._standard()
        if standard is not None:
            self.app.push_screen(InsightScreen(Place("standard", standard.id)))

    @work
    async def action_retire(self) -> None:
        """Let today be the last day of the standard under the cursor, after asking."""
        standard = self._standard()
        if standard is None:
            return
        sure = await self.app.push_screen_wait(
            Confirm(
                f"Retire #{wording.one_line(standard.tag)}?",
                "Today is its last day. Its stories and ratings stay, and past evaluations keep it.",
                yes="Retire it",
                no="Keep it",
            )
        )
        desk = self.desk
        if not sure:
            return
        retired = self.tool.attempt(lambda: retire_standard(desk.workspace, standard, desk.today, desk.now))
        if retired is not None:
            self.tool.say(f"#{wording.one_line(standard.tag)} is retired. u takes it back.")
