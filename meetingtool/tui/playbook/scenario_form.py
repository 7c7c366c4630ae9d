"""Writing a role-play: both parts, and what everybody else watches for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static, TextArea

from meetingtool.actions.playbook.playbook import add_scenario, edit_scenario, tags_of
from meetingtool.records.playbook import Scenario
from meetingtool.rules import wording
from meetingtool.rules.playbook.roleplay import suspects
from meetingtool.tui.stories.record_form import Check, RecordForm, area, needed

MOST_SUSPECTS = 8


class ScenarioForm(RecordForm[Scenario]):
    """A form for a new role-play or an existing one. What looks like somebody's name is pointed out."""

    KIND = "scenario"
    LABELS: ClassVar[Mapping[str, str]] = {
        "title": "Title",
        "customer": "Customer",
        "employee": "Employee",
        "look_for": "Watch for",
        "standards": "Practises",
    }

    def heading(self) -> str:
        return "Edit the role-play" if self.record else "A new role-play"

    def values_of(self, record: Scenario | None) -> dict[str, str]:
        if record is None:
            return dict.fromkeys(self.LABELS, "")
        return {
            "title": record.title,
            "customer": record.customer,
            "employee": record.employee,
            "look_for": "\n".join(record.look_for),
            "standards": " ".join(f"#{tag}" for tag in record.standards),
        }

    def fields(self, values: Mapping[str, str]) -> ComposeResult:
        yield from self.field("title", Input(values["title"], id="title", placeholder="The parcel that never came"))
        yield from self.field("customer", area(values["customer"], "customer", "You ordered three weeks ago ..."))
        yield from self.field(
            "employee", area(values["employee"], "employee", "You serve alone, and the line is long ...")
        )
        yield from self.field("look_for", area(values["look_for"], "look_for", "One per line"))
        yield from self.field("standards", Input(values["standards"], id="standards", placeholder="#listen #own-it"))
        yield Static(id="names", markup=False)

    def on_mount(self) -> None:
        self.query_one("#title").focus()
        self._look_for_names()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _look_for_names(self) -> None:
        found = suspects([self.text(name) for name in self.LABELS if name != "standards"])
        line = self.query_one("#names", Static)
        line.display = bool(found)
        names = wording.listed([wording.one_line(word) for word in found[:MOST_SUSPECTS]])
        line.update(f"Names? {names}" if found else "")

    def checks(self) -> Mapping[str, Check]:
        desk = self.desk
        return {
            "title": needed("Give it a title of a few words."),
            "customer": needed("Say what the customer's part is."),
            "employee": needed("Say what the employee knows."),
            "standards": lambda text: tags_of(desk.workspace, text.split(), desk.now),
        }

    def written(self) -> Scenario:
        desk = self.desk
        title, customer, employee = (self.text(name) for name in ("title", "customer", "employee"))
        look_for, standards = self.text("look_for").splitlines(), self.text("standards").split()
        if self.record is None:
            return add_scenario(
                desk.workspace, title, customer, employee, desk.now, look_for=look_for, standards=standards
            )
        return edit_scenario(
            desk.workspace,
            self.record,
            desk.now,
            title=title,
            customer=customer,
            employee=employee,
            look_for=look_for,
            standards=standards,
        )
