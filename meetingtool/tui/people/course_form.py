"""Writing down a course: what is taught, to whom, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Final, get_args

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Select, Static

from meetingtool.actions.playbook.courses import add_course, edit_course
from meetingtool.actions.reading import person_named, standard_named
from meetingtool.errors import Unclear
from meetingtool.records.people import Person
from meetingtool.records.training import Course, CourseKind
from meetingtool.rules import wording
from meetingtool.tui.stories.record_form import Check, RecordForm, area, needed

NUMBERS: Final = ("first_after_days", "again_after_months", "minutes")
HINT = (
    "For: roles and @people, commas between; empty is everybody. First: days from joining. Again: months from one time "
    "to the next, 0 is once."
)


class CourseForm(RecordForm[Course]):
    """A form for a new course or an existing one. What was recorded about it keeps the title of its time."""

    KIND = "course"
    LABELS: ClassVar[Mapping[str, str]] = {
        "title": "Title",
        "kind": "Kind",
        "whom": "For",
        "standards": "Standards",
        "first_after_days": "First after",
        "again_after_months": "Again after",
        "minutes": "Minutes",
        "material": "Material",
    }

    def heading(self) -> str:
        return "Edit the course" if self.record else "A course"

    def values_of(self, record: Course | None) -> dict[str, str]:
        if record is None:
            known = {"kind": "session", "first_after_days": "30", "again_after_months": "6", "minutes": "30"}
            return dict.fromkeys(self.LABELS, "") | known
        roster = self.desk.roster
        people = [f"@{roster.handle(person)}" for person in record.people]
        return {
            "title": record.title,
            "kind": record.kind,
            "whom": ", ".join([*record.roles, *people]),
            "standards": " ".join(f"#{tag}" for tag in record.standards),
            "material": record.material,
            **{name: str(getattr(record, name)) for name in NUMBERS},
        }

    def fields(self, values: Mapping[str, str]) -> ComposeResult:
        kinds = [(Content(kind), kind) for kind in get_args(CourseKind)]
        chosen = values["kind"] if values["kind"] in get_args(CourseKind) else "session"
        yield from self.field("title", Input(values["title"], id="title", placeholder="When somebody complains"))
        yield from self.field("kind", Select(kinds, value=chosen, allow_blank=False, id="kind", compact=True))
        yield from self.field("whom", Input(values["whom"], id="whom", placeholder="everybody"))
        yield from self.field("standards", Input(values["standards"], id="standards", placeholder="#put-right #listen"))
        for name in NUMBERS:
            yield from self.field(name, Input(values[name], id=name))
        yield from self.field("material", area(values["material"], "material", "What is taught, and where it is kept"))
        yield Static(HINT, classes="dim", markup=False)

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#title").focus()

    def checks(self) -> Mapping[str, Check]:
        numbers: dict[str, Check] = dict.fromkeys(NUMBERS, _number)
        return {"title": needed("The course needs a title."), "standards": self._tags, "whom": self._whom, **numbers}

    def _tags(self, text: str) -> list[str]:
        return [standard_named(self.desk.roster, tag).tag for tag in text.replace(",", " ").split()]

    def _whom(self, text: str) -> tuple[list[str], list[Person]]:
        """The roles and the people who are asked to do it."""
        named = [each.strip() for each in text.split(",") if each.strip()]
        people = [person_named(self.desk.roster, each) for each in named if each.startswith("@")]
        return [each for each in named if not each.startswith("@")], people

    def written(self) -> Course:
        desk, title = self.desk, self.text("title")
        first, again, minutes = (_number(self.text(name)) for name in NUMBERS)
        roles, people = self._whom(self.text("whom"))
        write = (
            partial(add_course, desk.workspace, title, desk.now)
            if self.record is None
            else partial(edit_course, desk.workspace, self.record, desk.now, title=title)
        )
        return write(
            kind=self.text("kind"),
            standards=self._tags(self.text("standards")),
            roles=roles,
            people=people,
            first_after_days=first,
            again_after_months=again,
            minutes=minutes,
            material=self.text("material"),
        )


def _number(text: str) -> int:
    """A whole number. Unclear for anything else."""
    if not text.strip().isdecimal():
        raise Unclear(f"“{wording.shortened(text, 20)}” is not a whole number.", "Write one, such as 30.")
    return int(text)
