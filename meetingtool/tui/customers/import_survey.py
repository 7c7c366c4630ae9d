"""Importing a file of answers: which file, at most one question, then what it would do; Enter imports it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar

import msgspec
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import ProgressBar, Static

from meetingtool.actions.customers.imports import SurveyImport, import_survey, plan_survey
from meetingtool.actions.customers.report import in_words, report_of_import
from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.importers.customers.draft import Seen
from meetingtool.importers.customers.mapping import ROLES, GivenMapping
from meetingtool.importers.customers.unsure import NoScale
from meetingtool.importers.given_files import bytes_of
from meetingtool.rules import wording
from meetingtool.tui.customers import import_asking as asking
from meetingtool.tui.customers.import_asking import SCALES
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.pick_file import PickFile
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_panel import Row, RowPanel
from meetingtool.tui.tool import Tool

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods", ".json")
FOLDER = "survey.folder"
"""Where the folder of the last file is kept, among what is half typed."""

TAKEN_AS = {
    "id": "the answer's id",
    "date": "the day",
    "comment": "a comment",
    "person": "who served",
    "named": "who did more",
    "customer": "the customer",
    "finished": "whether finished",
    **SCALES,
    "none": "left out",
}
"""What a column can be read as, in words."""


def ask_file(tool: Tool, then: Callable[[str], None]) -> None:
    """Pick the file, the newest one first; then read it and show what it would do. then: gets the id of the survey
    when the answers are kept."""
    kept = Path(tool.workspace.drafts.get(FOLDER) or Path.home() / "Downloads")
    folder = kept if kept.is_dir() else Path.home()

    def kept_in(survey: str | None) -> None:
        if survey is not None:
            then(survey)

    def picked(path: Path | None) -> None:
        if path is not None:
            tool.drafts.keep(FOLDER, str(path.parent))
            tool.push_screen(ImportPage(path), kept_in)

    tool.push_screen(PickFile("Which file has the answers?", folder, ENDINGS), picked)


def _first_what_counts(seen: Seen) -> tuple[bool, bool]:
    return not seen.taken_as, seen.taken_as not in SCALES


class _Columns(RowPanel):
    """The columns of the file; Enter does not open one, but saves the answers."""

    find_by = "slash"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.keep", "Save", id="import.keep", tooltip="Save these answers"),
    ]


class ImportPage(Page[str | None]):
    """What the file says and what would be kept; gives back the id of the survey once it is."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "taken_as", "Read it as", id="import.role", tooltip="Say what the column under the cursor holds"),
        Binding("asterisk", "primary", "Main question", id="import.primary", key_display="*",
                tooltip="The question that raises alerts and counts"),
        Binding("f", "satisfied", "Satisfied from", id="import.satisfied",
                tooltip="From which answer to the question under the cursor on a customer is satisfied"),
        Binding("n", "name", "Name", id="import.name", tooltip="Which survey the file belongs to"),
        Binding("escape", "dismiss(None)", "Cancel", id="import.cancel", tooltip="Import nothing"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ImportPage .dialog { width: 116; height: 100%; padding: 0 1; }
    ImportPage #told { height: auto; max-height: 45%; }
    ImportPage #told Static { height: auto; }
    ImportPage RowPanel { height: 1fr; }
    ImportPage ProgressBar { margin: 1 0; }
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.said = GivenMapping()
        self.survey_name = ""
        self._has_asked = False
        self.plan: SurveyImport | None = None
        self._data = b""
        self._columns: list[Seen] = []

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(wording.one_line(self.path.name))
            yield ProgressBar(total=4, show_eta=False)
            with VerticalScroll(id="told", can_focus=False):
                yield Static(id="words", markup=False)
            yield _Columns("What the columns hold", id="columns")

    def on_mount(self) -> None:
        self.read()

    @work(exclusive=True)
    async def read(self) -> None:
        """Read the file, and ask what it leaves open."""
        if not await self._read(GivenMapping()):
            self.dismiss(None)

    async def _read(self, before: GivenMapping) -> bool:
        """Read the file in a thread with what was said about it, asking until nothing is open. before: what had been
        said when it could last be read. Returns False where it can't be read, or a question was not answered; the
        reason is shown."""
        bar = self.query_one(ProgressBar)
        shown, self.plan = self.plan, None
        while True:
            bar.display = shown is None
            self.refresh_bindings()
            try:
                plan = await to_thread(self._planned)
            except NoScale as error:
                answered = await asking.scale(self.app, error, self.said)
                problem: MeetingtoolError | None = error if answered is None and shown is None else None
            except MeetingtoolError as error:
                answered, problem = None, error
            else:
                bar.display = False
                self._show(plan)
                if not plan.draft.asks:
                    await self._ask_about_praise(plan)
                    return True
                self._has_asked = True
                answered = await asking.what_is_open(self.app, plan.draft, plan.survey, self.said, self.desk.today)
                problem = None
            if answered is None:
                self.said, self.plan = before, shown
                if problem is not None:
                    self.tool.tell(Refused(problem.message) if isinstance(problem, NoScale) else problem)
                if shown is not None:
                    self._show(shown)
                return False
            self.said = answered

    def _planned(self) -> SurveyImport:
        desk = self.desk
        self._data = self._data or bytes_of(self.path)
        return plan_survey(
            desk.workspace, self._data, self.path.name, desk.now, name=self.survey_name, said=self.said, tell=self._tell
        )

    def _tell(self, done: int, of: int) -> None:
        """Show how much is done; called in the thread that does it."""
        with suppress(RuntimeError):  # the app has ended meanwhile
            self.app.call_from_thread(self.query_one(ProgressBar).update, progress=done, total=of)

    async def _ask_about_praise(self, plan: SurveyImport) -> None:
        """Ask once, and only where nothing else was asked, from which answer customers are satisfied when all the words
        praise."""
        header = plan.draft.doubt
        if self._has_asked or not plan.is_new or not header:
            return
        self._has_asked = True
        answered = await asking.satisfied_from(self.app, plan.draft, header, self.said)
        if answered is not None and answered != self.said:
            before, self.said = self.said, answered
            await self._read(before)

    def _show(self, plan: SurveyImport) -> None:
        self.plan = plan
        report = report_of_import(plan, self.desk.roster)
        comes = "a new survey" if plan.is_new else "seen before"
        head = f"{wording.shortened(plan.survey.name, 60)} · {comes} · {plan.draft.source}"
        if plan.draft.sheet:
            head += f" · worksheet “{wording.shortened(wording.one_line(plan.draft.sheet), 40)}”"
        lines = [Content.styled(head, "bold")]
        main = next((one for one in report.measures if one.primary), None)
        if main is not None:
            lines.append(Content(f"Main question: {wording.shortened(main.title, 100)}"))
        lines += [Content(wording.one_line(line)) for line in in_words(plan, report, self.desk.today)]
        lines += [Content.styled(wording.one_line(note), "$text-muted") for note in plan.draft.notes[:4]]
        self.query_one("#words", Static).update(Content("\n").join(lines))
        panel = self.query_one(RowPanel)
        self._columns = sorted(plan.draft.columns, key=_first_what_counts)
        panel.fill([Row(str(index), self._row(seen)) for index, seen in enumerate(self._columns)])
        panel.focus()
        self.refresh_bindings()

    def _row(self, seen: Seen) -> ColumnsRow:
        taken = TAKEN_AS.get(seen.taken_as, "")
        style = "$foreground" if taken else "$text-muted"
        samples = " · ".join(wording.one_line(sample) for sample in seen.samples)
        return ColumnsRow(
            [
                (Content.styled(taken or "–", "bold $accent" if taken else style), 18),
                (Content.styled(wording.shortened(seen.header, 60), style), 32),
            ],
            Content.styled(samples, "$text-muted"),
            most=1,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the file is being read there is nothing to keep."""
        plan = self.plan
        if action == "keep":
            return plan is not None and not plan.draft.asks
        if action in ("primary", "satisfied"):
            seen = self._seen
            can_change = action == "primary" or (plan is not None and plan.is_new)
            return can_change and seen is not None and seen.taken_as in SCALES
        if action in ("taken_as", "name"):
            return plan is not None
        return True

    @on(RowPanel.Highlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()

    @on(RowPanel.Entered)
    def _entered(self) -> None:
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the answers, as one deed."""
        plan = self.plan
        if plan is not None and not plan.draft.asks:
            self.plan = None
            self._keep(plan)

    @work
    async def _keep(self, plan: SurveyImport) -> None:
        """Keep what is planned; where somebody saved meanwhile, plan it again in a thread first."""
        desk, bar = self.desk, self.query_one(ProgressBar)
        while desk.workspace.generation != plan.generation:
            bar.update(progress=0)
            bar.display = True
            try:
                plan = await to_thread(plan.again, tell=self._tell)
            except MeetingtoolError as error:
                self.tool.tell(error)
                self.dismiss(None)
                return
            finally:
                bar.display = False
            if plan.draft.asks:
                await self._read(self.said)
                return
        done = self.tool.attempt(partial(import_survey, desk.workspace, plan, desk.now))
        if done is None:
            self.plan = plan
            return
        plan = done
        if plan.is_idle:
            self.tool.say(f"There is nothing new in it: “{plan.survey.name}” has it all.")
        elif plan.naming.mentions and not (plan.taken or plan.changed_count):
            self.tool.say(f"{wording.count(len(plan.mentions), 'name')} to be decided in “{plan.survey.name}”.")
        elif not plan.taken and not plan.changed_count:
            self.tool.say(f"What the columns of “{plan.survey.name}” hold is saved. u undoes it.")
        else:
            updated = f"{plan.changed_count:,} brought up to date" if plan.changed_count else ""
            saved = f"{wording.count(plan.taken, 'answer')} saved" if plan.taken or not updated else ""
            told = ", ".join(filter(None, (saved, updated)))
            self.tool.say(f"{told} in “{plan.survey.name}”. u undoes it.")
        self.dismiss(plan.survey.id)

    @property
    def _seen(self) -> Seen | None:
        """The column under the cursor."""
        at = self.query_one(RowPanel).highlighted if self.plan is not None else None
        return None if at is None else self._columns[at]

    @work
    async def action_taken_as(self) -> None:
        """Say what the column under the cursor holds, and read the file again accordingly."""
        seen = self._seen
        if seen is None or self.plan is None:
            return
        known = [*ROLES, *SCALES, "none"]
        options = [(name, Content.assemble(TAKEN_AS[name], (f"  {name}", "$text-muted"))) for name in known]
        asked = () if self.plan.is_new else self.plan.survey.measures
        options += [
            (f"{asking.SAME}{one.key}", Content(f"the question “{wording.shortened(wording.one_line(one.title), 60)}”"))
            for one in asked
        ]
        chosen = await self.app.push_screen_wait(
            Choose(f"What does “{wording.shortened(seen.header, 50)}” hold?", options, chosen=seen.taken_as or "none")
        )
        if chosen is None:
            return
        before = self.said
        self.said = asking.held(before, seen.header, chosen)
        await self._read(before)

    @work
    async def action_satisfied(self) -> None:
        """Say from which answer to the question under the cursor on a customer is satisfied."""
        seen, plan = self._seen, self.plan
        if seen is None or plan is None:
            return
        answered = await asking.satisfied_from(self.app, plan.draft, seen.header, self.said)
        if answered is not None:
            before, self.said = self.said, answered
            await self._read(before)

    @work
    async def action_primary(self) -> None:
        """Let the question under the cursor be the one that counts."""
        seen = self._seen
        if seen is not None and seen.taken_as in SCALES:
            before, self.said = self.said, msgspec.structs.replace(self.said, primary=seen.header)
            await self._read(before)

    @work
    async def action_name(self) -> None:
        """Name the survey; the name of a known one adds the file to it."""
        plan = self.plan
        if plan is None:
            return
        hint = "The name of an existing survey adds the file to it"
        asked = AskText("Which survey is it?", draft="import-name", value=plan.survey.name, hint=hint)
        name = await self.app.push_screen_wait(asked)
        if name is not None:
            former, self.survey_name = self.survey_name, name.strip()
            if not await self._read(self.said):
                self.survey_name = former
