"""Writing the manager's words in an evaluation, with the evidence beside them."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from meetingtool.actions.people import evaluations, standing
from meetingtool.documents.people.evaluation_words import FIELDS
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period
from meetingtool.rules.stories.joining import merged_fields
from meetingtool.tui.frame.page import Page
from meetingtool.tui.lists.moving import ScrolledText
from meetingtool.tui.stories.clash_note import ClashNote


class EvaluationPage(Page[None]):
    """Strengths, growth, goals, and what became of last year's.

    What is typed is kept as a draft at every key; ctrl+s writes it into the record.

    What somebody else writes meanwhile appears where nothing was typed; where something was, both are shown.
    """

    for_manager_alone = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", id="words.save", tooltip="Save your text in the evaluation"),
        Binding("ctrl+g", "carry_on", "Carry goals over", id="words.carry", tooltip="Carry over last year's goals"),
        Binding("escape", "app.pop_screen", "Back", id="words.back", tooltip="Back; what you typed is kept"),
    ]
    DEFAULT_CSS = """
    EvaluationPage .dialog { width: 100%; height: 100%; padding: 0 1; }
    EvaluationPage #words { width: 3fr; }
    EvaluationPage #evidence { width: 2fr; padding: 0 0 0 1; }
    EvaluationPage #evidence Static { height: auto; }
    EvaluationPage TextArea { height: 1fr; }
    EvaluationPage #before { display: none; height: auto; max-height: 4; color: $text-muted; }
    EvaluationPage #before Static { height: auto; }
    .-narrow EvaluationPage #before.-known, EvaluationPage.-narrow #before.-known { display: block; }
    .-narrow EvaluationPage #evidence, EvaluationPage.-narrow #evidence { display: none; }
    """

    def __init__(self, person: Person, period: Period) -> None:
        super().__init__()
        self.person = person
        self.period = period
        self._base: dict[str, str] = {}

    def _kept(self) -> dict[str, str]:
        evaluation = standing.evaluation_of(self.desk, self.person, self.period)
        return {field: getattr(evaluation, field) if evaluation else "" for field, _ in FIELDS}

    def _typed_words(self) -> dict[str, str]:
        return {field: self.query_one(f"#{field}", TextArea).text for field, _ in FIELDS}

    def _draft(self, field: str) -> str:
        return f"evaluation-{self.person.id}-{self.period.since}-{self.period.until}-{field}".lower()

    def _began(self, field: str) -> str:
        """The key under which the words are kept from which a draft was begun, so that what was written elsewhere since
        is shown when the draft is taken up."""
        return f"{self._draft(field)}-from"

    def body(self) -> ComposeResult:
        drafts = self.desk.workspace.drafts
        typed = {field: drafts.get(self._draft(field)) for field, _ in FIELDS}
        kept = self._kept()
        self._base = {field: drafts.get(self._began(field)) if typed[field] else kept[field] for field, _ in FIELDS}
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = Content(f"{self.person.name} · {self.period.label}")
            with Horizontal():
                with Vertical(id="words"):
                    with VerticalScroll(id="before", can_focus=False):
                        yield Static(id="goals-before", markup=False)
                    for field, label in FIELDS:
                        area = TextArea(typed[field] or kept[field], id=field, tab_behavior="focus")
                        area.border_title = label
                        yield area
                with ScrolledText(id="evidence"):
                    yield Static(id="best", markup=False)
            yield ClashNote()

    def on_mount(self) -> None:
        self.query_one("#strengths").focus()

    def show_records(self) -> None:
        self.query_one("#best", Static).update(self._evidence())
        agreed = self._goals_before()
        self.query_one("#before").set_class(bool(agreed), "-known")
        self.query_one("#goals-before", Static).update(Content("\n").join(agreed[:-1]))
        self._follow()

    def _follow(self) -> None:
        """Show what was written elsewhere; say so where something else was typed here."""
        theirs, mine = self._kept(), self._typed_words()
        if theirs == self._base:
            return
        found = merged_fields(self._base, mine, theirs)
        for field, text in found.values.items():
            if text != mine[field]:
                self.query_one(f"#{field}", TextArea).text = text
        self._base = theirs
        if found.clashes:
            labels = dict(FIELDS)
            self.query_one(ClashNote).tell((f"“{labels[field]}”", theirs[field]) for field in found.clashes)

    def _goals_before(self) -> list[Content]:
        """Show last year's goals to whoever writes this year's."""
        goals = standing.goals_before(self.desk, self.person, self.period)
        if not goals:
            return []
        head = Content.styled("Last year's goals · ^g carries them over", "bold $accent")
        return [head, Content(wording.visible(goals)), Content("")]

    def action_carry_on(self) -> None:
        """Add last year's goals after what is typed as this year's."""
        goals = standing.goals_before(self.desk, self.person, self.period)
        area = self.query_one("#goals", TextArea)
        if not goals:
            self.tool.say(standing.no_goals_before(self.desk, self.person, self.period))
        elif goals not in area.text:
            area.text = f"{area.text.rstrip()}\n{goals}".lstrip("\n")

    def _evidence(self) -> Content:
        """The person's wins of the period, by standard, to write from."""
        roster, today = self.desk.roster, self.desk.today
        wins = [s for s in standing.evidence_of(self.desk, self.person, self.period) if s.kind == "win"]
        lines = self._goals_before()
        for standard in roster.all_standards:
            shown = [story for story in wins if standard.id in story.standards]
            if not shown:
                continue
            lines.append(Content.styled(f"#{wording.one_line(standard.tag)}", "bold $accent"))
            for story in sorted(shown, key=lambda story: not story.starred)[:4]:
                day = wording.day(story.at.date(), today)
                lines.append(Content.assemble((f"{day}  ", "$text-muted"), wording.shortened(story.text, 240)))
            lines.append(Content(""))
        return Content("\n").join(lines) if lines else Content("No wins in this period yet.")

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        field = event.text_area.id
        if field:
            if not self.desk.workspace.drafts.get(self._draft(field)):
                self.tool.drafts.keep(self._began(field), self._base[field])
            self.tool.drafts.keep(self._draft(field), event.text_area.text)

    def action_save(self) -> None:
        """Save your text in the evaluation. What was written elsewhere meanwhile is shown first."""
        self.tool.look_for_changes()
        if self.query_one(ClashNote).holds_save():
            return
        words = self._typed_words()
        done = self.tool.attempt(
            lambda: evaluations.write(
                self.desk.workspace,
                self.person,
                self.period,
                self.desk.now,
                strengths=words["strengths"],
                growth=words["growth"],
                goals=words["goals"],
                became=words["became"],
                seen=self._base,
            )
        )
        if done is not None:
            for field, _ in FIELDS:
                self.tool.drafts.keep(self._draft(field), "")
                self.tool.drafts.keep(self._began(field), "")
            self.dismiss(None)
            self.tool.say("Your text is saved in the evaluation.")
