"""Going through the open promises and actions: kept, missed, dropped, moved, each at one key."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.actions.stories import follow_ups
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.followups import FollowUp, FollowUpState
from meetingtool.rules import wording
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.stories.kept_when import decide
from meetingtool.tui.stories.record_deeds import agree_anew
from meetingtool.tui.stories.story_text import follow_up_rows


class DuePage(Page[None]):
    """All open follow-ups, or `only` those of these ids; what was decided here stays listed until the page closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus", "decide('kept')", "Kept", id="due.kept", key_display="+", tooltip="It was kept"),
        Binding("x", "decide('missed')", "Missed", id="due.missed", tooltip="It was missed"),
        Binding("minus", "decide('dropped')", "Dropped", id="due.dropped", key_display="-",
                tooltip="It is no longer wanted"),
        Binding("f", "move", "New date", id="due.move", tooltip="Agree on another date"),
        Binding("w", "who", "Who", id="due.who", tooltip="Who does it"),
        Binding("o", "decide('open')", "Open again", id="due.open", tooltip="Take the decision back"),
        Binding("u", "app.undo", "Undo", id="undo", show=False, tooltip="Undo the last change"),
        Binding("ctrl+z", "app.undo", "Undo", show=False, id="undo.anywhere", tooltip="Undo the last change"),
        Binding("escape", "app.pop_screen", "Back", id="due.back", tooltip="Back"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    DuePage .dialog { width: 110; padding: 1 1; }
    DuePage OptionList { height: auto; max-height: 70vh; }
    """

    def __init__(self, only: Collection[str] = ()) -> None:
        super().__init__()
        self._only = frozenset(only)
        self._ids: list[str] = []
        self._records: list[FollowUp] = []

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "Promises and actions"
            yield PagedOptions(classes="plain-list", markup=False).found_by("slash")

    def show_records(self) -> None:
        for follow_up in self.desk.open_follow_ups():
            if follow_up.id not in self._ids and (not self._only or follow_up.id in self._only):
                self._ids.append(follow_up.id)
        self._records = [record for record in map(self._current, self._ids) if record is not None]
        options = self.query_one(OptionList)
        at = options.highlighted
        options.set_options(Option(row) for row in follow_up_rows(self._records, self.desk.roster, self.desk.today))
        if self._records:
            options.highlighted = min(at or 0, len(self._records) - 1)
        else:
            empty = "Nothing is open. A line with !promise by fri or >action by fri makes one."
            options.set_options([Option(Content.styled(empty, "$text-muted"), disabled=True)])

        self.refresh_bindings()

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only what can be done with the one under the cursor."""
        if action in ("decide", "move", "who"):
            chosen = self._chosen if self.is_mounted else None
            return chosen is not None and (action != "decide" or chosen.state != parameters[0])
        return True

    def _current(self, record_id: str) -> FollowUp | None:
        try:
            record = self.desk.get(FollowUp, record_id)
        except (InRoom, NotFound):
            return None
        return None if record.removed_at else record

    @property
    def _chosen(self) -> FollowUp | None:
        at = self.query_one(OptionList).highlighted
        return self._records[at] if at is not None and at < len(self._records) else None

    def action_decide(self, state: FollowUpState) -> None:
        """Note what became of the follow-up under the cursor, and go on to the next."""
        follow_up = self._chosen
        if follow_up is None or follow_up.state == state:
            return
        decide(self.tool, follow_up, state, self._on_to_the_next)

    def _on_to_the_next(self, decided: FollowUp) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None and decided.state != "open":
            options.highlighted = min(options.highlighted + 1, options.option_count - 1)

    def action_move(self) -> None:
        """Agree on another date."""
        follow_up = self._chosen
        if follow_up is not None:
            agree_anew(self.tool, follow_up)

    def action_who(self) -> None:
        """Say who does it."""
        follow_up = self._chosen
        if follow_up is None:
            return
        desk = self.desk

        def chosen(person: str | None) -> None:
            if person is not None:
                self.tool.attempt(lambda: follow_ups.assign(desk.workspace, follow_up, (person,), desk.now))

        people = [(person.id, Content(wording.one_line(person.name))) for person in desk.roster.people]
        self.app.push_screen(Choose("Who does it?", people), chosen)
