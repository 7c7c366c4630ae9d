"""Picking the stories that an evaluation shows: those suggested, or others. Private."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from meetingtool.actions.people import evaluations, standing
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.paged_options import PagedOptions
from meetingtool.tui.stories.marks import marks

NONE_PICKED = "none picked: the best are suggested"


class PickStories(Page[None]):
    """Enter or Space picks a story or leaves it out; ctrl+s saves the choice. With none picked, the best are
    suggested."""

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pick", "Pick", id="pick.toggle", tooltip="Show this story, or leave it out"),
        Binding("ctrl+s", "save", "Save", id="pick.save", tooltip="Save the selection"),
        Binding("escape", "dismiss(None)", "Cancel", id="pick.cancel", tooltip="Change nothing"),
    ]
    DEFAULT_CSS = """
    PickStories .dialog { width: 110; padding: 0 1; }
    PickStories OptionList { height: auto; max-height: 75vh; }
    """

    def __init__(self, person: Person, period: Period) -> None:
        super().__init__()
        self.person = person
        self.period = period
        self.stories: list[Story] = []
        self.picked: set[str] | None = None

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"The stories of {wording.one_line(self.person.name)} · {self.period.label}")
            yield PagedOptions(classes="plain-list", markup=False)

    def show_records(self) -> None:
        self.stories, shown = standing.picked_of(self.desk, self.person, self.period)
        if self.picked is None:
            self.picked = set(shown)
        picked = f"{len(self.picked)} of {len(self.stories)} picked" if self.picked else NONE_PICKED
        self.query_one(".dialog").border_subtitle = Content(picked)
        options = self.query_one(OptionList)
        at = options.highlighted
        empty = Option(Content.styled("No win in this period yet.", "$text-muted"), disabled=True)
        options.set_options([Option(self._row(story)) for story in self.stories] or [empty])
        if self.stories:
            options.highlighted = min(at or 0, len(self.stories) - 1)

    def _row(self, story: Story) -> ColumnsRow:
        ticked = self.picked is not None and story.id in self.picked
        day = wording.day(story.at.date(), self.desk.today)
        tagged = self.desk.roster.tags(story.standards)
        return ColumnsRow(
            [
                (Content.styled("[✓]" if ticked else "[ ]", "bold $accent" if ticked else "$text-muted"), 3),
                (Content.styled(day, "$text-muted"), 15),
                (Content.styled(marks(story), "bold"), 2),
            ],
            Content.assemble(wording.shortened(story.text, 240), "  ", (tagged, "$accent")),
            most=3,
        )

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_pick()

    def action_pick(self) -> None:
        """Show the story under the cursor, or leave it out."""
        at = self.query_one(OptionList).highlighted
        if at is None or at >= len(self.stories) or self.picked is None:
            return
        self.picked ^= {self.stories[at].id}
        self.show_records()

    def action_save(self) -> None:
        """Keep what is picked."""
        picked = [story for story in reversed(self.stories) if self.picked is not None and story.id in self.picked]
        workspace, now = self.desk.workspace, self.desk.now
        if self.tool.attempt(lambda: evaluations.write(workspace, self.person, self.period, now, stories=picked)):
            self.dismiss(None)
