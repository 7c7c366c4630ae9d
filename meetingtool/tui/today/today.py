"""Today: what needs the manager now, the next meeting, and how the quarter goes."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import ClassVar, TypeVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.widget import Widget

from meetingtool.actions import need as need_keys
from meetingtool.errors import MeetingtoolError
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp, FollowUpState
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.lists.row_panel import RowPanel, words
from meetingtool.tui.today import rows as rows

R = TypeVar("R", bound=Record)

DONE_WORDS: dict[str, str] = {"kept": "Kept", "missed": "Noted as missed", "dropped": "Dropped"}
TWO_COLUMNS = 100
"""From this many cells on the panels are in two columns."""
LEFT = ("coming", "needs")
"""The panels of the left column."""
ON_FOLLOW_UP = ("decide", "move")


class TodayScreen(ModeScreen):
    """What needs the manager now. Every row can be entered."""

    PLACE = "Today"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "decide('kept')", "Kept", id="today.kept", key_display="+",
                tooltip="It was kept"),
        Binding("x", "decide('missed')", "Missed", id="today.missed", tooltip="It was missed"),
        Binding("minus", "decide('dropped')", "Drop", id="today.dropped", key_display="-",
                tooltip="It is no longer wanted"),
        Binding("f", "move", "New date", id="today.move", tooltip="Agree on another date"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._left_last = LEFT[0]
        self._latest_shown = 0
        self._reading = self._waits = False
        self._whole = self.tool.drawn

    def body(self) -> Iterable[Widget]:
        with VerticalScroll(id="desk", can_focus=False):
            with Vertical(id="left"):
                yield RowPanel("Next meeting", id="coming").found_by("")
                yield RowPanel("Needs you", id="needs").found_by("")
            with Vertical(id="right"):
                yield from _panels_beside() if self._whole else ()

    def show_records(self) -> None:
        if self._reading or (not self._latest_shown and self.desk.takes_long()):
            if not self._reading:
                self._reading = True
                self._panel("needs").fill([words("Reading …")])
                self.once_drawn(self._read)
            return
        desk = self.desk
        self._latest_shown = self._latest_wanted()
        self._panel("coming").fill(rows.coming_rows(desk, heard=self._whole))
        steps = rows.first_steps(desk)
        needs = rows.needs_rows(desk, new=bool(steps), all_of_it=self._whole)
        nothing = rows.needs_nothing(desk) if self._whole else words("Looking …")
        self._panel("needs").border_title = "First steps" if steps else "Needs you"
        self._panel("needs").fill([*steps, *needs] or [nothing])
        if self._whole:
            self._show_beside()
        elif not self._waits:
            self._waits = True
            self.once_drawn(self._show_whole)
        if (self.focused is None or not self.focused.focusable) and (self._whole or needs or steps):
            first = "needs" if self._panel("needs").focusable else "coming"
            self.set_focus(self._panel(first), scroll_visible=False)
        self.refresh_bindings()

    @work(thread=True, group="read", exclusive=True)
    def _read(self) -> None:
        """Read what takes long, so that keys are answered meanwhile; then show it."""
        with (
            suppress(MeetingtoolError),
            self.desk.workspace.showing(),
        ):  # showing it fails in the same way, and reports it
            self.desk.read_lately()
        self.call_later(self._have_read)

    def _have_read(self) -> None:
        self._reading = False
        self._latest_shown = self._latest_wanted()
        self.redraw()

    async def _show_whole(self) -> None:
        """Show also what the first frame of the app does not wait for: what else needs you, what customers say, and the
        panels beside."""
        if not self.is_attached:
            return
        with self.app.batch_update():
            await self.query_one("#right").mount(*_panels_beside())
            self._whole, needs = True, self._panel("needs")
            untouched = needs.highlighted == next(iter(needs.enabled), None)
            self.redraw()
            if untouched:
                needs.action_first()  # what is overdue came to stand above the promise that was first

    def _show_beside(self) -> None:
        from meetingtool.actions.overview import quarter_label
        from meetingtool.tui.today import beside

        desk = self.desk
        self._panel("latest").fill(beside.latest_rows(desk, self._latest_shown))
        self._panel("quarter").border_title = f"This quarter · {quarter_label(desk)}"
        self._panel("quarter").fill(beside.quarter_rows(desk))
        self._panel("quiet").fill(beside.quiet_rows(desk))
        self._panel("last-year").fill(beside.last_year_rows(desk))

    def on_resize(self) -> None:
        if self._latest_shown and self._latest_shown != self._latest_wanted():
            self.show_records()

    def _latest_wanted(self) -> int:
        """How many of the latest stories there is room for."""
        return rows.MOST_LATEST[self.app.size.width >= TWO_COLUMNS]

    def _panel(self, name: str) -> RowPanel:
        return self.query_one(f"#{name}", RowPanel)

    @on(RowPanel.Highlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember which panel on the left last had the focus."""
        name = event.widget.id or ""
        if name in LEFT:
            self._left_last = name

    def _follow_up(self) -> FollowUp | None:
        """The follow-up under the cursor, as it is now."""
        panel = self.focused
        if not isinstance(panel, RowPanel) or not panel.chosen.startswith(need_keys.FOLLOW_UP):
            return None
        return self._current(FollowUp, panel.chosen.removeprefix(need_keys.FOLLOW_UP))

    def _current(self, kind: type[R], record_id: str) -> R | None:
        """A record as it is now; None, with a message, when it has gone since it was drawn."""
        record = self.tool.attempt(lambda: self.desk.get(kind, record_id))
        if record is not None and record.removed_at is not None:
            self.tool.say("That has since been moved to the bin.")
            return None
        return record

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The keys of a follow-up work only on a follow-up; the next meeting can be given another date too."""
        if action in ON_FOLLOW_UP:
            panel = self.focused
            chosen = panel.chosen if isinstance(panel, RowPanel) else ""
            return chosen.startswith(need_keys.FOLLOW_UP) or (action == "move" and self._on_next_meeting())
        return True

    def _on_next_meeting(self) -> bool:
        """Whether the cursor is on the next meeting, and none is open."""
        panel = self.focused
        on_it = isinstance(panel, RowPanel) and panel.chosen == rows.MEETING
        return on_it and self.desk.open_meeting() is None

    def action_decide(self, state: FollowUpState) -> None:
        """Note what became of the follow-up under the cursor."""
        follow_up = self._follow_up()
        if follow_up is None:
            return
        from meetingtool.tui.stories.kept_when import decide

        told = f"{DONE_WORDS[state]}: {wording.shortened(follow_up.text, 60)}. u undoes it."
        decide(self.tool, follow_up, state, lambda _: self.tool.say(told))

    def action_move(self) -> None:
        """Agree on another date for the follow-up under the cursor, or for the next meeting."""
        if self._on_next_meeting():
            from meetingtool.tui.dialogs.move_next import ask_move

            ask_move(self.tool)
            return
        follow_up = self._follow_up()
        if follow_up is None:
            return
        from meetingtool.tui.stories.record_deeds import agree_anew

        agree_anew(self.tool, follow_up)

    @on(RowPanel.Sideways)
    def _beside(self, event: RowPanel.Sideways) -> None:
        """To the other column."""
        event.stop()
        column = self.query_one("#right" if event.step > 0 else "#left")
        panels = [panel for panel in column.query(RowPanel) if panel.focusable]
        if panels and not column.has_focus_within:
            (panels[0] if event.step > 0 else self._panel(self._left_last)).focus()

    @on(RowPanel.Entered)
    def _entered(self, event: RowPanel.Entered) -> None:
        """Open what a row is about."""
        event.stop()
        kind, _, record_id = event.key.partition(":")
        if record_id:
            self._open(f"{kind}:", record_id)
        else:
            self._go(event.key)

    def _open(self, kind: str, record_id: str) -> None:
        if kind in (rows.PERSON, need_keys.ABOUT):
            self.tool.show_person(record_id)
            return
        if kind == need_keys.SORT:
            self._sort_out(record_id)
            return
        if kind == need_keys.THANK:
            from meetingtool.actions.stories.thanks import owed

            person = self.desk.roster.person_of(record_id)
            because = next((one.record for one in owed(self.desk) if one.person == record_id), "")
            self.tool.action_capture("praise", f"@{person.handle} " if person else "", because)
            return
        if kind == need_keys.TALK:
            self._talked(record_id)
            return
        if kind == need_keys.LEFT:
            self._hand_over(record_id)
            return
        if kind == need_keys.ALERT:
            self.tool.go_to("customers", "tab('answers')")
            return
        if kind == need_keys.COMPLAINT:
            from meetingtool.records.complaints import Complaint

            if self._current(Complaint, record_id) is not None:
                self.tool.go_to("customers", f"complaint('{record_id}')")
            return
        record = self._current(FollowUp if kind == need_keys.FOLLOW_UP else Story, record_id)
        if isinstance(record, Story | FollowUp):
            self.tool.open_record(record)

    def _sort_out(self, mark: str) -> None:
        """Ask what an open mark means."""
        from meetingtool.actions.stories.open_marks import mark_named
        from meetingtool.tui.stories.sort_out import sort_out

        found = self.tool.attempt(lambda: mark_named(self.desk, mark))
        if found is not None:
            sort_out(self.tool, found)

    def _talked(self, person_id: str) -> None:
        """Ask for the one line that is kept about a talk with somebody new."""
        from meetingtool.actions.people.talks import record_talk
        from meetingtool.tui.dialogs.ask_text import AskText

        desk = self.desk
        person = desk.roster.person_of(person_id)
        if person is None:
            return

        name = wording.one_line(desk.roster.short_name(person.id))
        hint = "What went well, what was hard, what would help? One line is kept, for you alone."
        asked = AskText(
            f"Your talk with {name}",
            hint=hint,
            draft=f"talk-{person.id.lower()}",
            take=lambda text: record_talk(desk.workspace, person, text, desk.now),
        )
        self.app.push_screen(asked)

    def _hand_over(self, person_id: str) -> None:
        """Ask who takes over what somebody left open."""
        from meetingtool.tui.stories.hand_over import ask_heir

        person = self.desk.roster.person_of(person_id)
        if person is not None:
            ask_heir(self.tool, person)

    def _go(self, key: str) -> None:
        """Go to where a row leads that isn't about a single record."""
        if key in (rows.MEETING, rows.MEETINGS):
            self.tool.action_mode("meeting")
        elif key == rows.TELL:
            self.tool.action_capture("win")
        elif key == rows.PEOPLE:
            self.tool.action_mode("people")
        elif key == need_keys.RATINGS:
            self.tool.show_ratings()
        elif key == need_keys.EVALUATIONS:
            self.tool.go_to("people", "go_tab('evaluation')")
        elif key == need_keys.RETENTION:
            from meetingtool.tui.settings.keeping import archive

            archive(self.tool)
        elif key == need_keys.UNFINISHED:
            self.tool.say("A command finishes it, with the same names: the row says which.")
        elif key == need_keys.TRAINING:
            self.tool.show_training()
        elif key == need_keys.PHILOSOPHY:
            self.tool.go_to("playbook", "shelf('philosophy')")
        elif key == rows.PROMISES and not self.desk.room:
            from meetingtool.actions.overview import quarter
            from meetingtool.tui.stories.records_page import RecordsPage

            so_far = quarter(self.desk)
            self.app.push_screen(RecordsPage(f"Promises · {so_far.period.label}", so_far.promise_ids))
        else:
            from meetingtool.actions.overview import quarter

            since = quarter(self.desk).period.since
            month = f"after:{since:%Y-%m}"
            queries = {
                rows.WAITING: "is:waiting",
                need_keys.TO_SORT: "is:unsorted",
                rows.WINS: f"is:win {month}",
                rows.PROMISES: f"is:promise {month}",
            }
            self.tool.look_for(queries.get(key, ""))


def _panels_beside() -> Iterable[Widget]:
    yield RowPanel("This quarter", id="quarter").found_by("")
    yield RowPanel("Not heard from lately", id="quiet").found_by("")
    yield RowPanel("This week last year", id="last-year").found_by("")
    yield RowPanel("Lately", id="latest").found_by("")
