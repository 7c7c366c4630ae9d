"""The evaluation of a person: what the records say, the manager's words, and where it stands. Private."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions import evaluations, standing
from meetingtool.errors import Refused
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.periods import Period
from meetingtool.tui.widgets.person_tabs import PersonTab
from meetingtool.tui.widgets.score_text import headline

WORDS = (("strengths", "Strengths"), ("growth", "Where to grow"), ("goals", "Goals"))


class EvaluationTab(PersonTab):
    """Where the evaluation stands, with its keys; writing opens a page of its own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", id="evaluation.write", tooltip="Write strengths, growth and goals"),
        Binding("a", "adjust", "Adjust", id="evaluation.adjust", tooltip="Adjust the score by a few points"),
        Binding("f", "finalise", "Finalise", id="evaluation.finalise", tooltip="Lock the evaluation"),
        Binding("r", "reopen", "Reopen", id="evaluation.reopen", tooltip="Open a final evaluation again"),
        Binding("x", "export", "Export", id="evaluation.export", tooltip="Write it to a file, for one or for all"),
    ]
    DEFAULT_CSS = """
    EvaluationTab VerticalScroll { height: 1fr; }
    EvaluationTab Static { height: auto; }
    """

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(markup=False)

    def draw(self, person: Person, period: Period) -> None:
        desk = self.tool.desk
        scored = standing.score(desk, person, period)
        evaluation = scored.evaluation
        state = evaluation.state if evaluation else "not begun"
        lines = [
            Content.assemble(
                (f"{state.capitalize()}", "bold $accent"), (f"  {self._since(evaluation)}", "$text-muted")
            ),
            headline(scored),
        ]
        if evaluation and evaluation.adjustment:
            lines.append(
                Content.assemble(
                    f"{scored.score.computed} by the records, {evaluation.adjustment:+g} by you: ",
                    wording.one_line(evaluation.adjustment_reason),
                )
            )
        lines += self._before(person, period)
        for field, label in WORDS:
            text = getattr(evaluation, field) if evaluation else ""
            lines += [Content(""), Content.styled(label, "bold")]
            lines.append(Content(wording.visible(text)) if text else Content.styled("not written yet", "$text-muted"))
        guards = [*scored.score.missing, *(guard.message for guard in scored.guards)]
        if guards and state != "final":
            lines += [Content(""), Content.styled("To look at before it is final", "bold")]
            lines += [Content.assemble(("! ", "$warning"), wording.one_line(guard)) for guard in guards]
        lines += [Content(""), Content.styled(self._keys(state), "$text-muted")]
        self.query_one(Static).update(Content("\n").join(lines))

    def _since(self, evaluation: Evaluation | None) -> str:
        if evaluation is None or not evaluation.finals:
            return ""
        last = evaluation.finals[-1]
        day = wording.day(last.finalised_at.date(), self.tool.desk.today)
        if evaluation.state == "final":
            return f"since {day} · edition {len(evaluation.finals)} · digest {last.digest[:12]}"
        return f"reopened; the edition of {day} is kept"

    def _before(self, person: Person, period: Period) -> list[Content]:
        before = standing.document_of(self.tool.desk, person, period).get("before")
        if not before or before.get("shown") is None:
            return []
        return [Content.styled(f"{before['label']}: {before['shown']} of 100 ({before['source']})", "$text-muted")]

    def _keys(self, state: str) -> str:
        if state == "final":
            return "r reopens it with a reason · x exports it"
        return "Enter writes · a adjusts · f finalises · x exports"

    def action_write(self) -> None:
        """Open the page for the manager's words."""
        if self.person is None or self.period is None:
            return
        from meetingtool.tui.screens.evaluation_page import EvaluationPage

        self.app.push_screen(EvaluationPage(self.person, self.period))

    @work
    async def action_adjust(self) -> None:
        """Adjust the score by at most five points, with a reason."""
        from meetingtool.tui.screens.ask_text import AskText

        person, period = self.person, self.period
        if person is None or period is None:
            return
        most = self.tool.desk.settings.score.adjustment_most
        typed = await self.app.push_screen_wait(
            AskText(f"Adjust the score by how many points, -{most} to {most}?", hint="0 takes an adjustment back")
        )
        if typed is None:
            return
        reason = ""
        if typed.strip() != "0":
            answer = await self.app.push_screen_wait(AskText("Why? The reason will stand beside the number."))
            if answer is None:
                return
            reason = answer

        def deed() -> Evaluation:
            try:
                points = float(typed.replace(",", "."))
            except ValueError:
                raise Refused(
                    f"“{wording.shortened(typed, 20)}” is no number.", "Give points such as 2 or -1."
                ) from None
            return evaluations.adjust(self.tool.workspace, person, period, points, reason, self.tool.desk.now)

        self.tool.attempt(deed)

    @work
    async def action_finalise(self) -> None:
        """Lock the evaluation, after asking; with a reason where something should still be looked at."""
        from meetingtool.tui.screens.ask_text import AskText
        from meetingtool.tui.screens.confirm import Confirm

        person, period = self.person, self.period
        if person is None or period is None:
            return
        guards = evaluations.open_guards(self.tool.workspace, person, period, self.tool.desk.today)
        reason = ""
        if guards:
            answer = await self.app.push_screen_wait(
                AskText("Something should be looked at first. Finalise all the same, why?", hint="; ".join(guards))
            )
            if not answer:
                return
            reason = answer
        sure = await self.app.push_screen_wait(
            Confirm(
                f"Finalise the evaluation of {person.name} for {period.label}?",
                "It is locked then, with everything it rests on. Reopening needs a reason and makes a new edition.",
                yes="Finalise",
            )
        )
        if sure:
            workspace, now = self.tool.workspace, self.tool.desk.now
            self.tool.attempt(lambda: evaluations.finalise(workspace, person, period, now, reason=reason))

    @work
    async def action_reopen(self) -> None:
        """Open a final evaluation again."""
        from meetingtool.tui.screens.ask_text import AskText

        person, period = self.person, self.period
        if person is None or period is None:
            return
        reason = await self.app.push_screen_wait(AskText("Why is it opened again? The edition of before is kept."))
        if reason is not None:
            workspace, now = self.tool.workspace, self.tool.desk.now
            self.tool.attempt(lambda: evaluations.reopen(workspace, person, period, reason, now))

    def action_export(self) -> None:
        """Write it to a file."""
        if self.person is None or self.period is None:
            return
        from meetingtool.tui.screens.export_page import ExportPage

        self.app.push_screen(ExportPage(self.person, self.period))
