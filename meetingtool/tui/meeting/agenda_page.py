"""The manager's agendas: what the meetings run through, changed row by row; and the next one as a paper."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from meetingtool.actions.meeting import agendas
from meetingtool.actions.meeting.papers import agenda_paper
from meetingtool.documents.formats.paper import Paper
from meetingtool.documents.formats.writing import write_whole
from meetingtool.documents.meeting.agenda_toml import agenda_toml
from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.records.meetings import Agenda, Segment
from meetingtool.rules import wording
from meetingtool.rules.meeting.agenda import next_segments
from meetingtool.tui.dialogs.ask_text import NO_FILE, AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.frame.page import NOT_KEPT, Page
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.meeting.segment_form import SegmentForm
from meetingtool.tui.meeting.segment_rows import length, segment_row
from meetingtool.tui.papers.paper_page import PaperPage

STEP = 30
"""Seconds that + and - give or take."""


class AgendaPage(Page[None]):
    """One agenda at a time, the one in use first; every change is saved at once and can be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "edit", "Edit", id="agenda.edit", tooltip="Change the segment under the cursor"),
        Binding("a", "add", "Add", id="agenda.add", tooltip="Add a segment below the cursor"),
        Binding("x", "drop", "Drop", id="agenda.drop", tooltip="Take the segment out of the agenda"),
        Binding("shift+up,K", "move(-1)", "Up", id="agenda.up", key_display="⇧↑", tooltip="Move the segment up"),
        Binding("shift+down,J", "move(1)", "Down", id="agenda.down", key_display="⇧↓", tooltip="Move the segment down"),
        Binding("plus", "time(1)", "Longer", id="agenda.longer", key_display="+", tooltip="Half a minute more"),
        Binding("minus", "time(-1)", "Shorter", id="agenda.shorter", key_display="-", tooltip="Half a minute less"),
        Binding("s", "skip", "Skip once", id="agenda.skip", tooltip="Leave it out of the next meeting only"),
        Binding("o", "others", "Agendas", id="agenda.others", tooltip="Choose, copy, rename or remove an agenda"),
        Binding("f", "file", "File", id="agenda.file", tooltip="Write the agenda to a file, or read one"),
        Binding("u", "app.undo", "Undo", id="undo", tooltip="Undo the last change", show=False),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape", "done", "Done", id="agenda.done", tooltip="Back"),
    ]
    DEFAULT_CSS = """
    AgendaPage .dialog { width: 96; padding: 0 1; }
    AgendaPage OptionList { height: auto; max-height: 70vh; }
    AgendaPage #total { margin: 1 0; height: auto; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._agenda_id = ""

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield PagedOptions(classes="plain-list", markup=False).found_by("slash")
            yield Static(id="total", markup=False)

    @property
    def agenda(self) -> Agenda:
        """The agenda that is shown: the one in use unless another was chosen."""
        known = self.desk.agendas()
        return next((agenda for agenda in known if agenda.id == self._agenda_id), self.desk.agenda())

    def show_records(self) -> None:
        agenda, held = self.agenda, self.desk.meetings()
        rows = self.query_one(OptionList)
        at = rows.highlighted
        rows.set_options(Option(segment_row(i, s, held)) for i, s in enumerate(agenda.segments, 1))
        rows.highlighted = min(at or 0, len(agenda.segments) - 1)
        coming = next_segments(agenda.segments, held)
        total = length(sum(segment.seconds for segment in coming))
        in_use = agenda.id == self.desk.agenda().id
        words = "The meetings use this one." if in_use else "Not in use: o puts it in use for the meetings."
        self.query_one("#total", Static).update(f"{wording.count(len(coming), 'segment')}, {total} next time. {words}")
        self.query_one(".dialog").border_title = Content(f"Agenda · {wording.one_line(agenda.name)}")

    @property
    def _at(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def _choose(self, at: int) -> None:
        self.query_one(OptionList).highlighted = at

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_edit()

    @work
    async def action_edit(self) -> None:
        """Change the segment under the cursor."""
        agenda, at = self.agenda, self._at
        made = await self.app.push_screen_wait(SegmentForm(agenda.segments[at], _draft(agenda, at)))
        if made is not None:
            self._put(agenda, made, at, instead=True)

    @work
    async def action_add(self) -> None:
        """Add a segment below the cursor."""
        agenda, at = self.agenda, self._at + 1
        made = await self.app.push_screen_wait(SegmentForm(None, _draft(agenda)))
        if made is not None and self._put(agenda, made, at):
            self._choose(at)

    def _put(self, agenda: Agenda, made: Segment, at: int, *, instead: bool = False) -> bool:
        desk = self.desk
        saved = self.tool.attempt(
            lambda: agendas.put_segment(desk.workspace, agenda, made, desk.now, at=at, instead=instead)
        )
        return saved is not None

    def action_drop(self) -> None:
        """Take the segment under the cursor out."""
        agenda, at, desk = self.agenda, self._at, self.desk
        title = wording.shortened(agenda.segments[at].title, 40)
        if self.tool.attempt(lambda: agendas.drop_segment(desk.workspace, agenda, at, desk.now)) is not None:
            self.tool.say(f"Dropped: {title}. u brings it back.")

    def action_move(self, step: int) -> None:
        """Move the segment under the cursor up or down."""
        agenda, at, desk = self.agenda, self._at, self.desk
        to = at + step
        if 0 <= to < len(agenda.segments):
            self.tool.attempt(lambda: agendas.move_segment(desk.workspace, agenda, at, to, desk.now))
            self._choose(to)

    def action_time(self, step: int) -> None:
        """Give the segment half a minute more or less."""
        agenda, at, desk = self.agenda, self._at, self.desk
        seconds = max(STEP, agenda.segments[at].seconds + step * STEP)
        self.tool.attempt(lambda: agendas.time_segment(desk.workspace, agenda, at, seconds, desk.now))

    def action_skip(self) -> None:
        """Leave the segment out of the next meeting, or put it back."""
        agenda, at, desk = self.agenda, self._at, self.desk
        self.tool.attempt(lambda: agendas.skip_once(desk.workspace, agenda, at, desk.now))

    @work
    async def action_others(self) -> None:
        """Look at another agenda, use it, copy, rename or remove this one."""
        desk, shown = self.desk, self.agenda
        in_use = desk.agenda().id
        options = []
        if shown.id != in_use:
            options.append(("use", Content.assemble("Use for the meetings: ", (_name(shown), "bold"))))
        options += [
            (other.id, Content.assemble("Look at ", (_name(other), "bold"), " (in use)" if other.id == in_use else ""))
            for other in desk.agendas()
            if other.id != shown.id
        ]
        options += [
            ("copy", Content(f"A new one like {_name(shown)}")),
            ("rename", Content(f"Rename {_name(shown)}")),
        ]
        if shown.id != in_use:
            options.append(("remove", Content(f"Remove {_name(shown)}")))
        chosen = await self.app.push_screen_wait(Choose("Agendas", options))
        if chosen == "use":
            self.tool.attempt(lambda: agendas.use_agenda(desk.workspace, shown, desk.now))
        elif chosen in ("copy", "rename"):
            await self._name_it(shown, copy=chosen == "copy")
        elif chosen == "remove":
            self.tool.attempt(lambda: agendas.remove_agenda(desk.workspace, shown, desk.now))
        elif chosen:
            self._agenda_id = chosen
            self.show_records()

    async def _name_it(self, shown: Agenda, *, copy: bool) -> None:
        desk = self.desk

        def take(name: str) -> None:
            if copy:
                self._agenda_id = agendas.add_agenda(desk.workspace, name, shown.segments, desk.now).id
            else:
                agendas.rename_agenda(desk.workspace, shown, name, desk.now)

        value, hint = "" if copy else shown.name, "Such as Short week"
        draft = f"agenda-{'copy' if copy else 'name'}-{shown.id.lower()}"
        await self.app.push_screen_wait(AskText("What is it called?", draft=draft, value=value, hint=hint, take=take))

    @work
    async def action_file(self) -> None:
        """Write the agenda to a TOML file, or read one."""
        shown = self.agenda
        options = [
            ("write", Content("Write this agenda to a file that can be changed in any editor")),
            ("read", Content("Read an agenda from such a file")),
        ]
        chosen = await self.app.push_screen_wait(Choose("The agenda as a file", options))
        if chosen is None:
            return
        asked = AskText("Which file?", draft=NOT_KEPT, value=str(Path.home() / "agenda.toml"), needs=NO_FILE)
        typed = await self.app.push_screen_wait(asked)
        if typed is None:
            return
        path = Path(typed.strip()).expanduser()
        try:
            if chosen == "write":
                write_whole(path.parent, {path.name: agenda_toml(shown).encode("utf-8", "replace")})
                self.tool.say(f"Written to {wording.one_line(str(path))}")
            else:
                self._agenda_id = agendas.read_file(self.desk.workspace, path, self.desk.now).id
                self.tool.redraw()
        except ValueError:
            self.tool.tell(Refused("That file name does not work on every system.", "Use letters, digits and -."))
        except MeetingtoolError as error:
            self.tool.tell(error)

    def action_done(self) -> None:
        """Back."""
        self.dismiss(None)


def _draft(agenda: Agenda, at: int | None = None) -> str:
    """The key of what is half typed in a segment, given its place in the agenda; None for a new one."""
    return f"segment-{agenda.id.lower()}-" + ("new" if at is None else f"{agenda.version}-{at}")


def _name(agenda: Agenda) -> str:
    return f"“{wording.shortened(agenda.name, 40)}”"


class AgendaPaperPage(PaperPage):
    """For the team; in private also with what is private, who has been silent, and the customer's part of the
    role-play."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "change", "Change it", id="agenda.change", tooltip="Add, drop, move or skip segments"),
    ]

    def paper(self, *, private: bool) -> Paper:
        return agenda_paper(self.desk, private=private)

    def heading(self) -> str:
        return f"Agenda · {wording.day(self.desk.next_meeting_at().date(), self.desk.today)}"

    def file_stem(self) -> str:
        return f"agenda-{self.desk.next_meeting_at().date().isoformat()}"

    def action_change(self) -> None:
        """Change the agenda."""
        self.app.push_screen(AgendaPage())
