"""Saying in the app what the store noticed: conflicted copies, failing backups, a folder that can't be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from meetingtool.errors import MeetingtoolError
from meetingtool.tui.tool import Tool

if TYPE_CHECKING:
    from meetingtool.store.mending.finding import Finding

LOOK_EVERY = 30.0
"""Seconds between two looks."""

TITLES = {
    "edited": "Changed outside meetingtool",
    "missing": "A book is missing",
    "set back": "A book is in an earlier state",
    "no backup": "A backup failed",
    "copy damaged": "What is missing would not be noticed",
    "misplaced": "Not read and not written",
    "can't write": "Nothing can be saved here",
    "conflicted copy": "Two computers saved",
}


class Notices:
    """Each is shown once in a run. Copies are merged after asking, never while the screen is shared."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool
        self._told: set[str] = set()
        self._asked: set[str] = set()

    def begin(self) -> Timer:
        """Look now, and from then on every half minute."""
        self.tool.call_after_refresh(self.look)
        return self.tool.set_interval(LOOK_EVERY, self.look)

    def look(self) -> None:
        """Show what is new."""
        try:
            found = self.tool.workspace.notices()
        except MeetingtoolError:
            return  # the look for changes reports that the folder is gone
        copies = [each for each in found if each.kind == "conflicted copy"]
        for each in found:
            if each not in copies:
                self._tell(each)
        new = [copy for copy in copies if copy.message not in self._asked]
        if not new:
            return
        if self.tool.desk.room:
            for copy in new:
                self._tell(copy)
            return
        self._asked.update(copy.message for copy in new)
        self._ask(new)

    def _tell(self, finding: Finding) -> None:
        if finding.message in self._told:
            return
        self._told.add(finding.message)
        self.tool.warn(f"{finding.message} {finding.hint}", title=TITLES.get(finding.kind, ""))

    def _ask(self, copies: list[Finding]) -> None:
        from meetingtool.tui.dialogs.confirm import Confirm

        words = " ".join(copy.message for copy in copies)
        self.tool.push_screen(
            Confirm(
                "Merge the two copies?",
                f"{words} Merging keeps every record of both; of one that both changed, it keeps what either "
                "changed; where both changed the same, the later change counts and the other is listed among its "
                "changes. "
                "The copy is kept, too.",
                yes="Merge",
                no="Later",
            ),
            self._answered,
        )

    def _answered(self, sure: bool | None) -> None:
        if not sure:
            self.tool.say("The copies stay where they are; `meetingtool check --merge` merges them any time.")
            return
        self.tool.say("Books of thousands of records take a few seconds.", title="Merging ...")
        self.tool.call_after_refresh(self._merge)

    def _merge(self) -> None:
        from meetingtool.actions.keeping.merging import merge_copies, told_merge

        workspace = self.tool.workspace
        done = self.tool.attempt(
            lambda: merge_copies(
                workspace.folder, workspace.user, self.tool.desk.now, workspace.envelope, lambda: workspace
            )
        )
        if done is not None:
            merged, told = done
            self.tool.look_for_changes()
            words = [] if self.tool.desk.room else told
            self.tool.say(" ".join([*map(told_merge, merged), *words]), title="Merged")
