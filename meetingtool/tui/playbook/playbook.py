"""The playbook: standards, discussion questions, role-plays, the philosophy, and whom we serve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static, Tab, Tabs

from meetingtool.actions.playbook import philosophy, playbook
from meetingtool.records.philosophy import Statement
from meetingtool.records.playbook import Question
from meetingtool.records.standards import Standard
from meetingtool.rules import areas, wording
from meetingtool.rules.playbook.philosophy import AUDIENCE
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.lists.clicked_tabs import ClickedTabs, numbered, turning
from meetingtool.tui.lists.moving import ScrolledText
from meetingtool.tui.lists.row_panel import Row, RowPanel, words
from meetingtool.tui.playbook.shelves import SHELVES, Shelved, named, retired

NEED_A_RECORD = ("distil", "agree", "edit", "retire", "move", "insight")
CHANGING = ("add", "edit", "retire", "move", "take_up", "distil", "agree")
ONLY_ON = {
    "insight": ("standards",),
    "take_up": ("philosophy",),
    "distil": ("philosophy",),
    "agree": ("philosophy",),
    "file": ("philosophy", "groups"),
}
"""On which tabs an action works; on all where none are named."""
WORKS_ON = {
    "distil": "One sentence is distilled from the answers to a question: put the cursor on a question.",
    "agree": "The team agrees on a sentence: put the cursor on a sentence.",
}
"""What two keys of the philosophy need under the cursor."""
PHILOSOPHY = ("philosophy", "groups")
"""The tabs that go with the area."""


class PlaybookScreen(ModeScreen):
    """Tabs; on each a list, and the page of what the cursor is on."""

    PLACE = "Playbook"
    CSS_PATH = "playbook.tcss"
    AUTO_FOCUS = "#standards-list"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "shelf('standards')", "Standards", show=False, id="playbook.standards", tooltip="The standards"),
        Binding("2", "shelf('questions')", "Questions", show=False, id="playbook.questions", tooltip="What to discuss"),
        Binding("3", "shelf('scenarios')", "Role-plays", show=False, id="playbook.scenarios", tooltip="What to play"),
        Binding(
            "4",
            "shelf('philosophy')",
            "Philosophy",
            show=False,
            id="playbook.philosophy",
            tooltip="What the team agreed on",
        ),
        Binding("5", "shelf('groups')", "Whom we serve", show=False, id="playbook.groups", tooltip="Whom we serve"),
        *turning("playbook"),
        Binding("a", "add", "Add", id="playbook.add", tooltip="Add an entry to this tab"),
        Binding("e", "edit", "Edit", id="playbook.edit", tooltip="Edit the selected entry"),
        Binding("x", "retire", "Retire", id="playbook.retire", tooltip="Retire it: it won't come up again"),
        Binding("shift+up,K", "move(-1)", "Up", id="playbook.move_up", key_display="⇧↑", tooltip="Move it up"),
        Binding("shift+down,J", "move(1)", "Down", id="playbook.move_down", key_display="⇧↓", tooltip="Move it down"),
        Binding("d", "distil", "Distil", id="playbook.distil", tooltip="One sentence from all that was answered"),
        Binding("y", "agree", "Agreed", id="playbook.agree", tooltip="The team agreed on it, or still does"),
        Binding("n", "take_up", "Ask for it", id="playbook.take_up", tooltip="Have the meetings ask the 14 questions"),
        Binding("f", "file", "File", id="playbook.file", tooltip="The whole philosophy as a file"),
        Binding("o", "print", "Print", id="playbook.poster", tooltip="Posters, cards, a card for customers, sheets"),
        Binding("i", "insight", "Insight", id="playbook.insight", tooltip="Its best stories, and what was learned"),
        Binding("j", "row(1)", "Rows", show=False, id="playbook.down", tooltip="A row down or up"),
        Binding("k", "row(-1)", "Rows", show=False, id="playbook.up", tooltip="A row down or up"),
        Binding("escape", "list", "Back", show=False, id="playbook.list", tooltip="Back to the list"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._current: set[str] = set()
        """The tabs that show the records as they are."""
        # Every binding asks for both at every key: looking them up on the screen took half of the time.
        self._switcher = ContentSwitcher(initial="standards")
        self._lists = {
            name: RowPanel("", id=f"{name}-list", classes="list").found_by("slash" if name in ONLY_ON["file"] else "f")
            for name in SHELVES
        }

    def body(self) -> Iterable[Widget]:
        titles = numbered(shelf.title for shelf in SHELVES.values())
        yield ClickedTabs(*(Tab(title, id=name) for title, name in zip(titles, SHELVES, strict=True)))
        with self._switcher:
            for name in SHELVES:
                with Container(id=name, classes="shelf"):
                    yield self._lists[name]
                    with ScrolledText(classes="panel page", id=f"{name}-page"):
                        yield Static(id=f"{name}-text")

    @property
    def shelf(self) -> str:
        """Which tab is shown; the first while the tabs come or go."""
        return self._switcher.current or "standards"

    def show_records(self) -> None:
        desk, tabs = self.desk, self.query_one(Tabs)
        off = areas.PHILOSOPHY in desk.settings.off
        for name in PHILOSOPHY:
            (tabs.hide if off else tabs.show)(name)
        if off and self.shelf in PHILOSOPHY:
            self.action_shelf("standards")
        self._current.clear()
        self._fill(self.shelf)
        self.refresh_bindings()

    def _fill(self, name: str) -> None:
        """Put the records into the shown tab, unless it has them already."""
        if name in self._current:
            return
        self._current.add(name)
        desk, shelf, panel = self.desk, SHELVES[name], self._lists[name]
        filled: list[Row] = shelf.rows(desk) or [words(shelf.empty)]
        panel.fill(filled)
        panel.border_title = wording.count(shelf.count(desk), shelf.counted)
        self._show_page(name)

    def _show_page(self, name: str) -> None:
        """Show the page of what the cursor is on."""
        desk, shelf = self.desk, SHELVES[name]
        title, page = shelf.page(shelf.record(self._lists[name].chosen, desk), desk)
        self.query_one(f"#{name}-text", Static).update(page)
        self.query_one(f"#{name}-page").border_title = Content(wording.one_line(title))

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

    @on(ClickedTabs.Clicked)
    def _clicked(self) -> None:
        self.action_list()

    @on(Tabs.TabActivated)
    def _tab(self, event: Tabs.TabActivated) -> None:
        name = event.tab.id or "standards"
        if name == self.shelf or name != self.query_one(Tabs).active:  # another key has overtaken it
            return
        self._switcher.current = name
        self._fill(name)
        if not self.query_one(Tabs).has_focus:
            self.action_list()
        self.refresh_bindings()

    def action_shelf(self, name: str) -> None:
        """Go to one of the tabs."""
        self.query_one(Tabs).active = name
        self._switcher.current = name
        self._fill(name)
        self.action_list()
        self.refresh_bindings()

    def action_beside(self, step: int) -> None:
        """The next tab, or the one before."""
        there = [name for name in SHELVES if self.check_action("shelf", (name,))]
        self.action_shelf(there[(there.index(self.shelf) + step) % len(there)])

    def action_row(self, step: int) -> None:
        """A row down or up."""
        panel = self._lists[self.shelf]
        if step > 0:
            panel.action_cursor_down()
        else:
            panel.action_cursor_up()

    def action_page(self) -> None:
        """Into the page beside or below the list, to scroll it."""
        self.query_one(f"#{self.shelf}-page").focus()

    def action_list(self) -> None:
        """Back to the list; where it is empty, nothing else takes the keys."""
        panel = self._lists[self.shelf]
        self.set_focus(panel if panel.focusable else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The playbook is changed in private: forms show what ratings look like, and the customer's part."""
        if action == "list":  # from there on, Escape is the app's
            panel = self._lists[self.shelf]
            return panel.focusable and not panel.has_focus  # an empty list takes no focus
        if action == "shelf":
            return parameters[0] not in PHILOSOPHY or areas.PHILOSOPHY not in self.desk.settings.off
        if action in ONLY_ON and self.shelf not in ONLY_ON[action]:
            return False
        if action in CHANGING and self.desk.room:
            return False
        return self._works(action)

    def _works(self, action: str) -> bool:
        """Whether an action has something to work on."""
        if action == "take_up":
            return all(question.audience != AUDIENCE for question in self.desk.questions())
        if action not in NEED_A_RECORD:
            return True
        record = self._record()
        if action == "distil":
            return isinstance(record, Question)
        if action == "agree":
            return isinstance(record, Statement) and record.retired is None
        if record is None or (self.shelf == "philosophy" and isinstance(record, Question)):
            return False
        return action in ("edit", "insight") or record.retired is None

    def why_not(self, action: str) -> str:
        """Why the playbook can't be changed now, where that isn't obvious."""
        if action in CHANGING and self.desk.room:
            return "The playbook is changed in private, and the screen is shared: v goes private first."
        if self.shelf != "philosophy" or action not in ("take_up", "distil", "agree"):
            return ""
        if action == "take_up":
            return "The fourteen questions are there already: the meetings ask one after the other."
        return WORKS_ON[action]

    def _record(self) -> Shelved | None:
        """What the cursor is on."""
        chosen = self._lists[self.shelf].chosen
        return SHELVES[self.shelf].record(chosen, self.desk) if chosen else None

    def action_add(self) -> None:
        """Add an entry to the tab."""
        self.app.push_screen(SHELVES[self.shelf].form(None), self._saved)

    def action_edit(self) -> None:
        """Edit the selected entry."""
        record = self._record()
        if record is not None:
            self.app.push_screen(SHELVES[self.shelf].form(record), self._saved)

    def _saved(self, record: Shelved | None) -> None:
        if record is not None:
            self.tool.redraw()
            self._lists[self.shelf].choose(record.id)
            self.tool.say(f"Saved: {named(record)}.")

    def action_distil(self) -> None:
        """One sentence from all that was answered to the question under the cursor."""
        self.action_edit()

    def action_agree(self) -> None:
        """Note that the team agreed on the sentence under the cursor."""
        record, desk = self._record(), self.desk
        if isinstance(record, Statement):
            agreed = self.tool.attempt(lambda: philosophy.agree(desk.workspace, record, desk.now))
            if agreed is not None and agreed.read_again is not None:
                again = wording.day(agreed.read_again, desk.today)
                self.tool.say(f"Agreed; to be read again by {again}. u undoes it.")

    def action_take_up(self) -> None:
        """Have the next meetings ask the questions of the philosophy."""
        desk = self.desk
        added = self.tool.attempt(lambda: philosophy.take_up(desk.workspace, desk.now))
        if added is not None:
            self.tool.say(f"{len(added)} questions; the next meeting asks the first one. u undoes it.")

    def action_file(self) -> None:
        """Save the whole philosophy as a file."""
        from meetingtool.tui.dialogs.save_as import save_as

        desk = self.desk
        save_as(
            self.tool,
            "Save the philosophy",
            "our-philosophy.pdf",
            philosophy.FORMS,
            lambda form: philosophy.philosophy_bytes(desk, form),
        )

    def action_move(self, step: int) -> None:
        """Swap it with its neighbour; turns follow the order."""
        record, desk = self._record(), self.desk
        if record is not None:
            self.tool.attempt(lambda: playbook.move(desk.workspace, record, step, desk.now))

    @work
    async def action_print(self) -> None:
        """A poster, cards or a sheet of the playbook."""
        from meetingtool.tui.playbook.prints import print_one

        await print_one(self.tool, "philosophy" if self.shelf in PHILOSOPHY else "standards")

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
        name, stays = named(record), SHELVES[self.shelf].stays
        if not await self.app.push_screen_wait(Confirm(f"Retire {name}?", stays, yes="Retire it", no="Keep it")):
            return
        if self.tool.attempt(retired(desk, record)) is not None:
            self.tool.say(f"{name} is retired. u undoes it.")
