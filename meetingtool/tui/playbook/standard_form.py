"""Writing a standard: its tag, what it asks of us, and what each rating looks like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input, Static

from meetingtool.actions.playbook.standards import add_standard, checked_tag, checked_weight, edit_standard
from meetingtool.records.standards import Standard
from meetingtool.tui.stories.record_form import Check, RecordForm, area, needed

ANCHOR_HINTS = {
    5: "leaves something better for the next customer",
    4: "does more than the standard asks",
    3: "keeps the standard, day in, day out",
    2: "keeps it in part",
    1: "does not keep it",
}
ANCHORS = {f"rating-{value}": str(value) for value in ANCHOR_HINTS}


class StandardForm(RecordForm[Standard]):
    """A form for a new standard or an existing one."""

    KIND = "standard"
    LABELS: ClassVar[Mapping[str, str]] = {
        "tag": "Tag",
        "title": "Title",
        "behaviour": "Asks of us",
        "weight": "Weight",
        **ANCHORS,
    }

    def heading(self) -> str:
        return f"Edit #{self.record.tag}" if self.record else "A new standard"

    def values_of(self, record: Standard | None) -> dict[str, str]:
        if record is None:
            return dict.fromkeys(self.LABELS, "") | {"weight": "1"}
        anchors = {f"rating-{value}": anchor for value, anchor in enumerate(record.anchors, 1)}
        plain = {"tag": record.tag, "title": record.title, "behaviour": record.behaviour}
        return plain | anchors | {"weight": str(record.weight)}

    def fields(self, values: Mapping[str, str]) -> ComposeResult:
        yield from self.field("tag", Input(values["tag"], id="tag", placeholder="own-it"))
        yield from self.field("title", Input(values["title"], id="title", placeholder="Owns it to the end"))
        yield from self.field("behaviour", area(values["behaviour"], "behaviour"))
        yield from self.field("weight", Input(values["weight"], id="weight", max_length=3))
        yield Static("What you see or hear at each rating", classes="heading", markup=False)
        for value, hint in ANCHOR_HINTS.items():
            name = f"rating-{value}"
            yield from self.field(name, area(values[name], name, hint))

    def on_mount(self) -> None:
        self.query_one("#tag" if self.record is None else "#title").focus()

    def checks(self) -> Mapping[str, Check]:
        roster = self.desk.roster
        owner = self.record.id if self.record else ""
        return {
            "tag": lambda text: checked_tag(text, roster, owner),
            "title": needed("Give it a title of a few words."),
            "behaviour": needed("Say in a sentence what it asks of us."),
            "weight": lambda text: checked_weight(int(text) if text.strip().isdecimal() else 0),
        }

    def written(self) -> Standard:
        desk = self.desk
        tag, title, behaviour = (self.text(name) for name in ("tag", "title", "behaviour"))
        anchors = [self.text(f"rating-{value}") for value in range(1, 6)]
        weight = int(self.text("weight"))
        if self.record is None:
            return add_standard(desk.workspace, tag, title, behaviour, desk.now, anchors=anchors, weight=weight)
        return edit_standard(
            desk.workspace,
            self.record,
            desk.now,
            tag=tag,
            title=title,
            behaviour=behaviour,
            anchors=anchors,
            weight=weight,
        )
