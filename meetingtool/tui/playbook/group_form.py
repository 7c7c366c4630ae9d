"""Writing down a group of people we serve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static

from meetingtool.actions.playbook.groups import add_group, edit_group, need_read, need_written
from meetingtool.records.philosophy import Group, GroupNeed
from meetingtool.tui.stories.record_form import Check, RecordForm, area, needed

HINT = "Say how you know it in front: survey, calls, complaints or said, and a colon."


class GroupForm(RecordForm[Group]):
    """A form for a new group or an existing one; each need is a line."""

    KIND = "group"
    LABELS: ClassVar[Mapping[str, str]] = {"name": "Name", "who": "Who", "needs": "They need"}

    def heading(self) -> str:
        return "Edit the group" if self.record else "A group we serve"

    def values_of(self, record: Group | None) -> dict[str, str]:
        if record is None:
            return dict.fromkeys(self.LABELS, "")
        return {"name": record.name, "who": record.who, "needs": "\n".join(map(need_written, record.needs))}

    def fields(self, values: Mapping[str, str]) -> ComposeResult:
        yield from self.field("name", Input(values["name"], id="name", placeholder="Commuters with one bike"))
        yield from self.field("who", Input(values["who"], id="who", placeholder="They can't be without it for a day"))
        yield from self.field("needs", area(values["needs"], "needs", "survey: open before eight"))
        yield Static(HINT, classes="dim", markup=False)

    def on_mount(self) -> None:
        self.query_one("#name").focus()

    def checks(self) -> Mapping[str, Check]:
        return {"name": needed("Give the group a name of a few words."), "needs": _needs}

    def written(self) -> Group:
        desk, name, who, needs = self.desk, self.text("name"), self.text("who"), _needs(self.text("needs"))
        if self.record is None:
            return add_group(desk.workspace, name, desk.now, who=who, needs=needs)
        return edit_group(desk.workspace, self.record, desk.now, name=name, who=who, needs=needs)


def _needs(text: str) -> list[GroupNeed]:
    return [need_read(line) for line in text.splitlines() if line.strip()]
