"""Importing a file of answers: which file, at most one question, then what it would do; Enter imports it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import ClassVar, cast, get_args

import msgspec
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import ProgressBar, Static

from meetingtool.actions.customers.imports import SurveyImport, import_survey, plan_survey
from meetingtool.actions.customers.report import in_words, report_of_import
from meetingtool.errors import MeetingtoolError
from meetingtool.importers.customers.draft import Seen
from meetingtool.importers.customers.mapping import ROLES, Said, SaidMeasure
from meetingtool.importers.tabular import bytes_of
from meetingtool.records.surveys import DayOrder, Scale
from meetingtool.rules import wording
from meetingtool.rules.customers.series import period_of
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
    "csat5": "satisfied, 1 to 5",
    "csat7": "satisfied, 1 to 7",
    "ces7": "effort, 1 to 7",
    "nps": "recommend, 0 to 10",
    "stars5": "stars, 1 to 5",
    "yes-no": "yes or no",
    "good-bad": "good or bad",
    "own": "a scale of its own",
    "none": "left out",
}
"""What a column can be read as, in words."""

SCALES = frozenset(get_args(Scale))


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
            tool.keep_draft(FOLDER, str(path.parent))
            tool.push_screen(ImportPage(path), kept_in)

    tool.push_screen(PickFile("Which file has the answers?", folder, ENDINGS), picked)


class _Columns(RowPanel):
    """The columns of the file; Enter does not open one, but saves the answers."""

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
        self.said = Said()
        self.survey_name = self.on_period = ""
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
        """Read the file in a thread, and ask what it leaves open."""
        bar, desk = self.query_one(ProgressBar), self.desk
        bar.display, self.plan = True, None
        self.refresh_bindings()

        def tell(done: int, of: int) -> None:
            with suppress(RuntimeError):  # the app has ended meanwhile
                self.app.call_from_thread(bar.update, progress=done, total=of)

        def planned() -> SurveyImport:
            self._data = self._data or bytes_of(self.path)
            return plan_survey(
                desk.workspace, self._data, self.path.name, desk.now, name=self.survey_name, said=self.said,
                on=self.on_period, tell=tell,
            )  # fmt: skip

        try:
            plan = await to_thread(planned)
        except MeetingtoolError as error:
            self.tool.tell(error)
            self.dismiss(None)
            return
        bar.display = False
        self._show(plan)
        if plan.draft.asks:
            await self._ask(plan)

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
        self._columns = sorted(plan.draft.columns, key=lambda seen: not seen.taken_as)
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

    async def _ask(self, plan: SurveyImport) -> None:
        """Ask what the file leaves open; Escape leaves the import."""
        draft = plan.draft
        if draft.open_order:
            options = [
                ("day-first", Content("the day: 3/4 is 3 April")),
                ("month-first", Content("the month: 3/4 is 4 March")),
            ]
            order = await self.app.push_screen_wait(Choose("Which comes first in the dates of this file?", options))
            if order is not None:
                self.said = msgspec.structs.replace(self.said, dates=cast("DayOrder", order))
        elif draft.sheets:
            options = [(sheet, Content(wording.one_line(sheet))) for sheet in draft.sheets]
            order = await self.app.push_screen_wait(Choose("Which worksheet has the answers?", options))
            self.said = msgspec.structs.replace(self.said, sheet=order or "")
        elif draft.days:
            options = [(day, Content(wording.shortened(wording.one_line(day), 60))) for day in draft.days]
            order = await self.app.push_screen_wait(Choose("On which day did customers answer?", options))
            if order is not None:
                self.said = msgspec.structs.replace(self.said, columns={**self.said.columns, order: "date"})
        elif not draft.dated:
            on = await self.app.push_screen_wait(
                AskText(
                    "The file has no dates. When did customers answer?",
                    value=period_of(self.desk.today.replace(day=1), "month"),
                    hint="such as 2026-09, 2026-Q3 or 2026-W40",
                )
            )
            order, self.on_period = on, on or ""
        else:
            self.tool.say(draft.asks[0].partition(" Say so")[0], title="e says what a column holds")
            return
        if order is None:
            self.dismiss(None)
        else:
            self.read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is read there is nothing to keep."""
        plan = self.plan
        if action == "keep":
            return plan is not None and not plan.draft.asks
        if action in ("taken_as", "primary", "name"):
            return plan is not None
        return True

    @on(RowPanel.Entered)
    def _entered(self) -> None:
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the answers, as one deed."""
        plan, desk = self.plan, self.desk
        if plan is None or plan.draft.asks:
            return
        self.plan = None
        if self.tool.attempt(partial(import_survey, desk.workspace, plan, desk.now)) is None:
            self.plan = plan
            return
        if plan.is_idle:
            self.tool.say(f"There is nothing new in it: “{plan.survey.name}” has it all.")
        elif not plan.taken and not plan.changed_count:
            self.tool.say(f"What the columns of “{plan.survey.name}” hold is saved. u undoes it.")
        else:
            self.tool.say(f"{wording.count(plan.taken, 'answer')} saved in “{plan.survey.name}”. u undoes it.")
        self.dismiss(plan.survey.id)

    @property
    def _seen(self) -> Seen | None:
        """The column under the cursor."""
        at = self.query_one(RowPanel).highlighted
        return self._columns[at] if self.plan is not None and at is not None else None

    @work
    async def action_taken_as(self) -> None:
        """Say what the column under the cursor holds, and read the file again so."""
        seen = self._seen
        if seen is None:
            return
        known = [*ROLES, *(scale for scale in TAKEN_AS if scale in SCALES), "none"]
        options = [(name, Content(TAKEN_AS[name])) for name in known]
        chosen = await self.app.push_screen_wait(
            Choose(f"What does “{wording.shortened(seen.header, 50)}” hold?", options, chosen=seen.taken_as or "none")
        )
        if chosen is None:
            return
        columns = {header: role for header, role in self.said.columns.items() if header != seen.header}
        measures = tuple(one for one in self.said.measures if one.column != seen.header)
        if chosen in SCALES:
            measures = (*measures, SaidMeasure(seen.header, cast("Scale", chosen)))
        else:
            columns[seen.header] = chosen
        before, self.said = self.said, msgspec.structs.replace(self.said, columns=columns, measures=measures)
        await self._again(before)

    async def _again(self, before: Said) -> None:
        """Read it again as given; if that fails, everything stays as it was."""
        desk = self.desk
        try:
            plan = await to_thread(
                plan_survey, desk.workspace, self._data, self.path.name, desk.now,
                name=self.survey_name, said=self.said, on=self.on_period,
            )  # fmt: skip
        except MeetingtoolError as error:
            self.said = before
            self.tool.tell(error)
        else:
            self._show(plan)
            if plan.draft.asks:
                await self._ask(plan)

    @work
    async def action_primary(self) -> None:
        """Let the question under the cursor be the one that counts."""
        seen = self._seen
        if seen is not None and seen.taken_as in SCALES:
            before, self.said = self.said, msgspec.structs.replace(self.said, primary=seen.header)
            await self._again(before)

    @work
    async def action_name(self) -> None:
        """Name the survey; the name of a known one adds the file to it."""
        plan = self.plan
        if plan is None:
            return
        hint = "The name of an existing survey adds the file to it"
        name = await self.app.push_screen_wait(AskText("Which survey is it?", value=plan.survey.name, hint=hint))
        if name is not None:
            self.survey_name = name.strip()
            await self._again(self.said)
