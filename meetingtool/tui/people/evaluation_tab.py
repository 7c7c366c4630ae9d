"""The evaluation of a person: what the records say, the manager's words, and where it stands. Private."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.people import evaluation_course, evaluations, standing
from meetingtool.actions.people.answer_files import take_answer
from meetingtool.documents.people.evaluation_words import WRITTEN
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.rules.people.course import held, holding
from meetingtool.rules.people.periods import Period
from meetingtool.tui.dialogs.ask_text import NO_FILE, AskText, WriteText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import NOT_KEPT
from meetingtool.tui.lists.columns_row import ColumnsRow, table, warned
from meetingtool.tui.lists.moving import ScrolledText
from meetingtool.tui.people.evaluation_page import EvaluationPage
from meetingtool.tui.people.evaluation_text import (
    answer_lines,
    came_before,
    course_so_far,
    goals_before_lines,
    kept_headline,
)
from meetingtool.tui.people.former_edition import FormerEditionPage, former_editions
from meetingtool.tui.people.person_tabs import PersonTab
from meetingtool.tui.people.pick_stories import PickStories
from meetingtool.tui.people.score_text import headline

_COURSE = {
    "write": ("draft",),
    "adjust": ("draft",),
    "pick": ("draft",),
    "share": ("draft",),
    "answer": ("shared", "acknowledged"),
    "answer_file": ("shared",),
    "finalise": ("draft", "shared", "acknowledged"),
    "reopen": ("shared", "acknowledged", "final"),
}
"""In which states an action has its key."""
_REASON = "A reason is needed: it will appear in the document. Escape cancels."
_KEYS = {
    "not begun": "Enter writes · + picks stories · A adjusts · S shares · x exports",
    "draft": "Enter writes · + picks stories · A adjusts · S shares · x exports",
    "shared": "N notes the answer · V reads an answer file · z reopens it · x exports the employee's copy",
    "acknowledged": "F makes it final · N changes the answer with a reason · z reopens it with one · x exports it",
    "final": "z reopens it with a reason · x exports it",
}


class EvaluationTab(PersonTab):
    """Where the evaluation stands, with its keys; writing opens a page of its own.

    Deeds that can't be taken back have a capital letter, so that no small letter of the list of people sets one off.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", id="evaluation.write", tooltip="Write strengths, growth and goals"),
        Binding("plus", "pick", "Stories", id="evaluation.pick", tooltip="Pick the stories to show", key_display="+"),
        Binding("A", "adjust", "Adjust", id="evaluation.adjust", tooltip="Adjust the score by a few points"),
        Binding("S", "share", "Share", id="evaluation.share", tooltip="Share it; it can't be changed after that"),
        Binding("N", "answer", "Answer", id="evaluation.answer", tooltip="Note the employee's answer"),
        Binding("V", "answer_file", "Answer file", id="evaluation.answer_file",
                tooltip="Read the file that the employee saved from the HTML copy"),
        Binding("F", "finalise", "Finalise", id="evaluation.finalise", tooltip="Lock the evaluation"),
        Binding("z", "reopen", "Reopen", id="evaluation.reopen", tooltip="Open a final evaluation again"),
        Binding("E", "editions", "Editions", id="evaluation.editions", show=False,
                tooltip="Read or export an earlier edition, as it was before it was reopened"),
        Binding("x", "export", "Export", id="evaluation.export", tooltip="Export it, for one person or everyone"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    EvaluationTab VerticalScroll { height: 1fr; }
    EvaluationTab Static { height: auto; }
    """

    def compose(self) -> ComposeResult:
        with ScrolledText():
            yield Static(markup=False)

    def draw(self, person: Person, period: Period) -> None:
        desk = self.tool.desk
        scored = standing.score(desk, person, period)
        evaluation = scored.evaluation
        state = evaluation.state if evaluation else "not begun"
        content = standing.document_of(desk, person, period)
        lines: list[Content | ColumnsRow] = [
            Content.assemble(
                (f"{state.capitalize()}", "bold $accent"),
                (f"  {self._since(evaluation, person, period)}", "$text-muted"),
            ),
            course_so_far(evaluation),
            Content(""),
            headline(scored) if state in ("draft", "not begun") else kept_headline(content["score"]),
        ]
        if content["score"]["adjustment"]["points"]:
            moved = content["score"]["adjustment"]
            lines.append(
                Content.assemble(
                    f"{content['score']['computed']} by the records, {moved['points']:+g} by you: ",
                    wording.one_line(moved["reason"]),
                )
            )
        lines += [warned(f"{said[:1].upper()}{said[1:]}.") for said in standing.sharing_days(desk, person, period)]
        lines += self._before(person, period)
        if content.get("stamp"):
            lines.insert(0, Content.styled(f"! {content['stamp']}", "bold $error"))
        lines += answer_lines(evaluation)
        lines += came_before(evaluation, content, desk.today)
        lines += goals_before_lines(content)
        for field, label in WRITTEN:
            text = content["words"][field]
            lines += [Content(""), Content.styled(label, "bold")]
            lines.append(Content(wording.visible(text)) if text else Content.styled("not written yet", "$text-muted"))
        guards = evaluations.open_guards(desk.workspace, person, period, desk.today)
        guards = (*guards, *filter(None, [evaluations.unnamed(desk.workspace, person, period)]))
        if guards and state in ("draft", "not begun"):
            lines += [Content(""), Content.styled("To check before sharing", "bold")]
            lines += [warned(wording.one_line(guard)) for guard in guards]
        elif evaluation is not None and evaluation.open_guards_reason:
            lines += [Content(""), Content.styled("Reason for going ahead anyway", "bold")]
            lines.append(Content(wording.visible(evaluation.open_guards_reason)))
        lines += self._removed(content)
        lines += [Content(""), Content.styled(_KEYS[state], "$text-muted")]
        self.query_one(Static).update(table(lines))
        self.refresh_bindings()

    def _removed(self, content: dict[str, Any]) -> list[Content | ColumnsRow]:
        """Evidence that has since been moved to the bin; it stays in what was shared or locked."""
        gone = standing.removed_since(self.tool.desk, content)
        if not gone:
            return []
        text = f"{wording.count(gone, 'record')} it rests on {'has' if gone == 1 else 'have'} been removed since"
        return [Content(""), warned(text)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only what may come next."""
        if action not in (*_COURSE, "editions"):
            return True
        if self.person is None or self.period is None or self.tool.desk.room:
            return False
        found = standing.evaluation_of(self.tool.desk, self.person, self.period)
        if action == "editions":
            return bool(former_editions(found))
        return (found.state if found is not None else "draft") in _COURSE[action]

    def _since(self, evaluation: Evaluation | None, person: Person, period: Period) -> str:
        if evaluation is None:
            return ""
        today = self.tool.desk.today
        if evaluation.state == "final" and evaluation.finals:
            last = held(evaluation)
            day = wording.day(last.finalised_at.date(), today)
            locked = standing.edition_now(self.tool.desk, person, period).digest
            digest = f"digest {locked[:12]}" if locked else "changed since"
            return f"since {day} · edition {holding(evaluation)} · {digest}"
        moment = evaluation.acknowledged_at or evaluation.shared_at
        if moment is not None:
            return f"since {wording.day(moment.date(), today)}"
        if evaluation.reopened:
            last_time = evaluation.reopened[-1]
            day = wording.day(last_time.at.date(), today)
            kept = ", the earlier edition is kept" if last_time.state == "final" else ""
            return f"reopened on {day}{kept}: {wording.shortened(last_time.reason, 80)}"
        return ""

    def _before(self, person: Person, period: Period) -> list[Content]:
        before = standing.document_of(self.tool.desk, person, period).get("before")
        if not before or before.get("shown") is None:
            return []
        return [Content.styled(f"{before['label']}: {before['shown']} of 100 ({before['source']})", "$text-muted")]

    def action_write(self) -> None:
        """Open the page for the manager's words."""
        if self.person is None or self.period is None:
            return
        self.app.push_screen(EvaluationPage(self.person, self.period))

    def action_pick(self) -> None:
        """Pick the stories that the evaluation shows."""
        if self.person is None or self.period is None:
            return
        self.app.push_screen(PickStories(self.person, self.period))

    @work
    async def action_adjust(self) -> None:
        """Adjust the score by at most five points, with a reason."""
        person, period = self.person, self.period
        if person is None or period is None:
            return
        most = self.tool.desk.settings.score.adjustment_most
        question, points_draft = (
            f"Adjust the score by how many points, -{most} to {most}?",
            _draft("points", person, period),
        )
        given = f"{points_draft}-given"
        taken: list[float] = []
        answer = await self.app.push_screen_wait(
            AskText(
                question,
                draft=points_draft,
                value=self.tool.drafts.text(given),
                hint="0 removes it",
                does="Go on",
                take=lambda typed: taken.append(evaluations.points_of(self.tool.workspace, period, typed)),
            )
        )
        if answer is None:
            return
        points = taken[-1]
        self.tool.drafts.keep(given, answer)
        draft = _draft("adjust", person, period)
        reason = ""
        if points:
            said = await self.app.push_screen_wait(
                AskText("Why? The reason will be shown beside the number.", draft=draft, needs=_REASON)
            )
            if said is None:
                return
            reason = said
        workspace, now = self.tool.workspace, self.tool.desk.now
        if self.tool.attempt(lambda: evaluations.adjust(workspace, person, period, points, reason, now)) is None:
            self.tool.drafts.keep(draft, reason)
        else:
            self.tool.drafts.keep(given, "")

    @work
    async def action_share(self) -> None:
        """Share it, after showing what should be looked at; with a reason where something is."""
        person, period = self.person, self.period
        if person is None or period is None:
            return
        guards = evaluations.open_guards(self.tool.workspace, person, period, self.tool.desk.today)
        draft = _draft("share", person, period)
        reason = await self._reason("Reason for sharing it anyway", guards, draft)
        if reason is None:
            return
        workspace, now = self.tool.workspace, self.tool.desk.now
        sure = await self._sure(
            f"Share the evaluation of {person.name} for {period.label}?",
            self._with_name(
                person,
                period,
                "It stays as it is from now on, and so do the weights of this period; that can't be undone. "
                "x writes the employee's copy.",
            ),
            "Share",
        )
        share = partial(evaluation_course.share, workspace, person, period, now, reason=reason)
        if sure and self.tool.attempt(share) is not None:
            self.tool.say("Shared. x exports the employee's copy, N notes the answer.")
        else:
            self.tool.drafts.keep(draft, reason)

    @work
    async def action_answer(self) -> None:
        """Note that the employee received it, and whether they agree."""
        person, period = self.person, self.period
        if person is None or period is None:
            return
        name = wording.one_line(person.name)
        noted = standing.evaluation_of(self.tool.desk, person, period)
        reason, why_draft = "", _draft("changed", person, period)
        if noted is not None and noted.state == "acknowledged":
            hint = "Both answers and this reason will appear in the document"
            why: str | None = await self.app.push_screen_wait(
                AskText("Why is the answer being changed?", hint=hint, draft=why_draft, needs=_REASON)
            )
            if why is None:
                return
            reason = why
        options = [("yes", Content("agrees")), ("no", Content("disagrees, with a comment"))]
        options.append(("none", Content("gives no view")))
        says = await self.app.push_screen_wait(Choose(f"{name} has received it and ...", options))
        if says is None:
            self.tool.drafts.keep(why_draft, reason)
            return
        title = f"{name}'s own words" + ("" if says == "no" else ", if there are any")
        agrees = {"yes": True, "no": False}.get(says)
        draft = _draft("answer", person, period)
        comment = await self.app.push_screen_wait(WriteText(title, "", draft=draft))
        workspace, now = self.tool.workspace, self.tool.desk.now
        noting = partial(evaluation_course.acknowledge, workspace, person, period, agrees, now, reason=reason)
        if comment is not None and self.tool.attempt(partial(noting, comment=comment)) is not None:
            self.tool.drafts.keep(draft, "")
        else:
            self.tool.drafts.keep(why_draft, reason)

    def action_answer_file(self) -> None:
        """Read the answer that the employee saved from the HTML copy; it says itself whose it is."""
        tool = self.tool

        def typed(path: str | None) -> None:
            if path is None:
                return
            workspace, now = tool.workspace, tool.desk.now
            taken = tool.attempt(lambda: take_answer(workspace, Path(path.strip()).expanduser(), now))
            if taken is not None:
                tool.say(f"The answer of {wording.one_line(taken[1].name)} is noted.")

        hint = "The file that the employee saved from the HTML copy; it is bound to what was shared"
        tool.push_screen(AskText("Which file holds the answer?", draft=NOT_KEPT, hint=hint, needs=NO_FILE), typed)

    @work
    async def action_finalise(self) -> None:
        """Lock the evaluation, after asking; with a reason where it was not shared or has no answer."""
        person, period = self.person, self.period
        if person is None or period is None:
            return
        guards = evaluation_course.before_final(self.tool.workspace, person, period, self.tool.desk.today)
        draft = _draft("finalise", person, period)
        reason = await self._reason("Reason for finalising it anyway", guards, draft)
        if reason is None:
            return
        workspace, now = self.tool.workspace, self.tool.desk.now
        sure = await self._sure(
            f"Finalise the evaluation of {person.name} for {period.label}?",
            self._with_name(
                person,
                period,
                "It will be locked with everything it rests on. Reopening it needs a reason and makes a new edition.",
            ),
            "Finalise",
        )
        finalise = partial(evaluation_course.finalise, workspace, person, period, now, reason=reason)
        final = self.tool.attempt(finalise) if sure else None
        if final is None:
            self.tool.drafts.keep(draft, reason)
        elif told := evaluation_course.not_filed(workspace, final):
            self.tool.warn(told)

    @work
    async def action_reopen(self) -> None:
        """Make a shared or final evaluation a draft again."""
        person, period = self.person, self.period
        if person is None or period is None:
            return
        hint = "The final edition is kept; the answer becomes void"
        draft = _draft("reopen", person, period)
        reason = await self.app.push_screen_wait(
            AskText("Why is it being reopened?", hint=hint, draft=draft, needs=_REASON)
        )
        if reason is not None:
            workspace, now = self.tool.workspace, self.tool.desk.now
            if self.tool.attempt(lambda: evaluation_course.reopen(workspace, person, period, reason, now)) is None:
                self.tool.drafts.keep(draft, reason)

    async def _reason(self, question: str, guards: Sequence[str], draft: str) -> str | None:
        """The reason for going ahead although something should be checked; empty if nothing should, None if the person
        steps back."""
        if not guards:
            return ""
        hint = "Check first: " + "; ".join(guards)
        asked = AskText(question, hint=hint, draft=draft, does="Go on", needs=_REASON)
        given: str | None = await self.app.push_screen_wait(asked)
        return given

    def _with_name(self, person: Person, period: Period, detail: str) -> str:
        """The text of a question, after a warning where papers would leave the manager's name empty."""
        unnamed = evaluations.unnamed(self.tool.workspace, person, period)
        return f"! {unnamed}\n\n{detail}" if unnamed else detail

    async def _sure(self, question: str, detail: str, yes: str) -> bool:
        answer: bool = await self.app.push_screen_wait(Confirm(question, detail, yes=yes))
        return answer

    @work
    async def action_editions(self) -> None:
        """Show an earlier edition; where there are several, ask which."""
        person, period = self.person, self.period
        if person is None or period is None:
            return
        there = former_editions(standing.evaluation_of(self.tool.desk, person, period))
        number: str | None = there[0][0] if there else None
        if len(there) > 1:
            number = await self.app.push_screen_wait(Choose("Which edition?", there))
        if number is not None:
            self.app.push_screen(FormerEditionPage(person, period, int(number)))

    def action_export(self) -> None:
        """Write it to a file."""
        if self.person is None or self.period is None:
            return
        from meetingtool.tui.people.export_page import ExportPage

        found = standing.evaluation_of(self.tool.desk, self.person, self.period)
        for_employee = found is not None and found.state == "shared"
        self.app.push_screen(ExportPage(self.person, self.period, for_employee=for_employee))


def _draft(dialog: str, person: Person, period: Period) -> str:
    """The key of what is half typed in a dialog. It has the whole period, since half a year and the year end on the
    same day."""
    return f"{dialog}-{person.id}-{period.since}-{period.until}".lower()
