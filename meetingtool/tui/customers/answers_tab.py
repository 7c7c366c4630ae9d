"""The tab Answers: the course of a survey, the sentence beside it, and below what waits for a decision."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.customers import alerts, comments, comparing, mentions
from meetingtool.actions.customers.between_people import BetweenPeople, between_people_lately
from meetingtool.actions.customers.leaving_out import answer_ref
from meetingtool.actions.customers.standing import SurveyStanding, raised_elsewhere, standing_of, surveys_of
from meetingtool.actions.customers.surveys import set_target, target_from
from meetingtool.records.alerts import Alert
from meetingtool.records.mentions import Mention, Tone
from meetingtool.records.surveys import Survey
from meetingtool.rules import areas, wording
from meetingtool.tui.customers import answers_text as text
from meetingtool.tui.customers.names_queue import NamesQueue
from meetingtool.tui.customers.tab import CustomersTab
from meetingtool.tui.dialogs import alert_life
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.whole import Whole
from meetingtool.tui.lists.row_panel import Row, RowPanel, words
from meetingtool.tui.pictures.trend_text import trend

EMPTY = "How customers answer over time will appear here: i imports a file, just as your survey tool exported it."
MOST_NAMES = 60
"""How many waiting names are listed at once; more come as these are decided."""
MOST_COMPARED = 3
"""How many of the newest comparisons are shown; `meetingtool survey compare` lists all."""
OF_NAMES = frozenset({"decide", "reject", "card"})
OF_ALERTS = frozenset({"explain", "act", "dismiss"})
PRIVATE = (
    OF_NAMES
    | OF_ALERTS
    | {"somebody_else", "import", "told", "target", "compare", "between", "read_aloud", "back", "leave_out"}
)


class AnswersTab(CustomersTab):
    """Alerts, names and comments have keys of their own, which work on the row under the cursor."""

    NAME = "answers"
    TITLE = "Answers"
    ABOUT = "How customers answer, over time"
    AREA = areas.ANSWERS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "decide('praise')", "Praise", id="names.praise", tooltip="It is this person, and it is praise"),
        Binding("P", "decide('problem')", "Problem", id="names.problem", tooltip="It is this person, and a problem"),
        Binding("B", "decide('both')", "Both", id="names.both", tooltip="It is this person: praise and a problem"),
        Binding("C", "card", "Card", id="names.card", tooltip="It praises this person: a card of it for the wall"),
        Binding("n", "reject", "Not this person", id="names.reject", tooltip="It is not this person"),
        Binding("at", "somebody_else", "Somebody else", id="names.else", key_display="@", tooltip="Choose who it is"),
        Binding("z", "back", "Back", id="names.back", tooltip="Undo the last decision about a name"),
        Binding("e", "explain", "What it was", id="alerts.explain", tooltip="Write down what we think it was"),
        Binding("a", "act", "What we do", id="alerts.act", tooltip="Agree on the action that answers it"),
        Binding("x", "dismiss", "Dismiss", id="alerts.dismiss", tooltip="Dismiss it, with the reason"),
        Binding("r", "read_aloud", "Read aloud", id="answers.read", tooltip="Mark it to be read aloud in the meeting"),
        Binding("l", "leave_out", "Leave out", id="answers.leave", tooltip="Leave an answer out of the score of who "
                "served, without seeing whose it is"),
        Binding("i", "import", "Import", id="answers.import", tooltip="Import a file of answers"),
        Binding("d", "told", "Told", id="answers.told", tooltip="The team was told these results"),
        Binding("percent_sign", "target", "Target", id="answers.target", key_display="%", tooltip="Set a target"),
        Binding("equals_sign", "compare", "Before, after", id="answers.compare", key_display="=",
                tooltip="Compare before and after something, such as a training"),
        Binding("D", "between", "Differences", id="answers.between",
                tooltip="Those who served, where their answers differ more than by chance"),
        Binding("o", "other", "Other survey", id="answers.other", tooltip="Show another survey"),
        Binding("j", "row(1)", "Rows", show=False, id="answers.down", tooltip="A row down or up"),
        Binding("k", "row(-1)", "Rows", show=False, id="answers.up", tooltip="A row down or up"),
    ]  # fmt: skip

    SIGNS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("●", "The result of a period, on the scale at the left (% satisfied, or the NPS)"),
        ("┬ ┴", "From here to there chance alone may have moved it"),
        ("┄", "The target"),
        ("n", "How many customers answered in the period"),
        ("2 4 5", "Before a comment: what its customer answered to the main question"),
    )

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.survey = ""
        self._queue: NamesQueue | None = None
        self._comments: dict[str, comments.Comment] = {}
        self._decided: dict[tuple[str, int], list[Mention]] = {}
        self._drawn: dict[str, tuple[object, Row]] = {}

    def compose(self) -> ComposeResult:
        yield Static(EMPTY, id="answers-empty", classes="panel dim", markup=False)
        with Container(id="answers-top"):
            yield Static(id="answers-trend", classes="panel", markup=False)
            yield Static(id="answers-said", classes="panel", markup=False)
        yield RowPanel("", id="answers-list")

    @property
    def queue(self) -> NamesQueue:
        """The decisions about names in this sitting."""
        if self._queue is None:
            self._queue = NamesQueue(self.tool)
        return self._queue

    @property
    def listed(self) -> RowPanel:
        """Alerts, names and comments."""
        return self.query_one(RowPanel)

    @property
    def standing(self) -> SurveyStanding | None:
        """The results of the survey that is shown."""
        found = surveys_of(self.desk)
        chosen = next((one for one in found if one.id == self.survey), found[0] if found else None)
        return standing_of(self.desk, chosen) if chosen else None

    @property
    def _between(self) -> BetweenPeople | None:
        """Those who served in the survey that is shown, compared; None in the room."""
        standing = self.standing
        return between_people_lately(self.desk, standing.survey) if standing else None

    def draw(self) -> None:
        standing = self.standing
        self.query_one("#answers-empty").display = standing is None
        self.query_one("#answers-top").display = standing is not None
        self.listed.display = standing is not None
        if standing is not None:
            self._draw_course(standing)
            self.listed.fill(self._rows(standing) or [words("Nobody wrote anything, and nothing is waiting.")])
        self.refresh_bindings()

    def _draw_course(self, standing: SurveyStanding) -> None:
        picture, beside = self.query_one("#answers-trend", Static), self.query_one("#answers-said", Static)
        measure = standing.survey.measure()
        asked = f" · {wording.shortened(measure.title, 60)}" if measure else ""
        picture.border_title = Content(f"{wording.shortened(standing.survey.name, 40)}{asked}")
        beside.border_title = Content(standing.period[:1].upper() + standing.period[1:])
        drawn = text.trend_points(standing.points, standing.survey.period, is_nps=standing.is_nps)
        size = picture.content_size
        if size.width:
            picture.update(trend(drawn, size.width, size.height, standing.survey.target))
        beside.update(text.said(standing, room=self.desk.room))

    def on_resize(self) -> None:
        self.call_after_refresh(self._again)

    def _again(self) -> None:
        standing = self.standing if self.is_mounted else None
        if standing is not None:
            self._draw_course(standing)

    def _rows(self, standing: SurveyStanding) -> list[Row]:
        desk, survey = self.desk, standing.survey
        self.listed.border_title = ""
        elsewhere = [] if desk.room else raised_elsewhere(desk, survey)
        self._alerts = {one.id: one for one in (*standing.alerts, *(one for one, _ in elsewhere))}
        if desk.room:
            return [words("What single customers wrote is not shown in the room.")]
        rows = [Row(f"alert:{one.id}", text.alert_row(one, survey.period)) for one in standing.alerts]
        rows += [Row(f"alert:{one.id}", text.alert_row(one, other.period, other)) for one, other in elsewhere]
        rows += [
            Row(f"compared:{one.id}", text.compared_row(one, found))
            for one, found in comparing.compared(desk, survey)[:MOST_COMPARED]
        ]
        between = self._between
        rows += [text.between_row(between)] if between and between.has_enough else []
        waiting, self._names = mentions.waiting(desk, survey, MOST_NAMES)
        rows += [Row(f"name:{one.mention.id}", text.name_row(one, desk.roster)) for one in self._names]
        found, marked = comments.comments_of(desk, survey), comments.lately_read(desk, survey)
        named = {(one.mention.batch, one.mention.row) for one in self._names}
        listed = [one for one in found[: comments.MOST] if (one.batch, one.row) not in named]
        self._comments = {f"{one.batch}:{one.row}": one for one in listed}
        self._decided = mentions.decided(desk, survey, min((one.day for one in listed), default=desk.today))
        rows += [self._comment_row(key, one, (one.day, one.text) in marked) for key, one in self._comments.items()]
        parts = [wording.count(waiting, "name") + " to decide"] if waiting else []
        self.listed.border_title = " · ".join([*parts, wording.count(len(found), "comment")])
        return rows

    def _comment_row(self, key: str, comment: comments.Comment, marked: bool) -> Row:
        """A comment as it was last drawn, unless it changed, so that deciding a name is quick however many there
        are."""
        said = self._said_of(comment)
        seen = (comment, marked, said, self.desk.today)
        if self._drawn.get(key, (None, None))[0] != seen:
            row = text.comment_row(comment, wording.day(comment.day, self.desk.today), said, marked=marked)
            self._drawn[key] = seen, Row(f"comment:{key}", row)
        return self._drawn[key][1]

    def _said_of(self, comment: comments.Comment) -> str:
        """What was decided about the names in a comment."""
        of = self._decided.get((comment.batch, comment.row), [])
        return " · ".join(mentions.in_words(one, self.desk.roster) for one in of)

    def chosen(self, kind: str) -> str:
        """What the cursor is on, if it is of that kind: its key, else empty."""
        found, _, key = self.listed.chosen.partition(":")
        return key if found == kind else ""

    @property
    def alert(self) -> Alert | None:
        """The alert under the cursor."""
        return self._alerts.get(self.chosen("alert")) if self.listed.chosen else None

    @property
    def named(self) -> mentions.AskedMention | None:
        """The name under the cursor."""
        key = self.chosen("name")
        return next((one for one in self._names if one.mention.id == key), None) if key else None

    @property
    def comment(self) -> comments.Comment | None:
        """The comment under the cursor."""
        return self._comments.get(self.chosen("comment"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only what makes sense for the row under the cursor; in the room nothing is changed here."""
        if not self.is_mounted:
            return True
        if action in PRIVATE and self.desk.room:
            return False
        if action in OF_NAMES:
            return bool(self.chosen("name"))
        if action in OF_ALERTS:
            alert = self.alert
            return alert is not None and (action != "act" or alert.state == "explained")
        if action == "somebody_else":
            return bool(self.chosen("name") or self.chosen("comment"))
        if action == "read_aloud":
            return bool(self.chosen("comment"))
        if action == "back":
            return self.queue.can_go_back
        if action == "told":
            return self.standing is not None and not self.standing.told
        if action == "between":
            return self._between is not None and bool(self._between.differ)
        if action in ("compare", "leave_out"):
            return self.standing is not None
        if action == "target":
            return self.standing is not None and not self.standing.is_nps
        return action != "other" or len(surveys_of(self.desk)) > 1

    @on(RowPanel.Highlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()

    @on(RowPanel.Entered)
    def _entered(self, event: RowPanel.Entered) -> None:
        """Show the whole of what the list cuts."""
        event.stop()
        name, comment, standing = self.named, self.comment, self.standing
        if name is not None:
            self.app.push_screen(Whole(name.survey, name.comment))
        elif comment is not None:
            self._open(comment)
        elif self.alert is not None and standing is not None and self.alert.survey != standing.survey.id:
            self._show(self.alert)
        elif self.alert is not None:
            self.action_explain()

    def _open(self, comment: comments.Comment) -> None:
        """The whole of a comment, with what was decided about names in it, which may be decided again."""
        desk, of = self.desk, self._decided.get((comment.batch, comment.row), [])

        def closed(again: bool | None) -> None:
            if again and self.tool.attempt(lambda: mentions.decide_again(desk.workspace, of, desk.now)):
                self.tool.say("It waits to be decided again. u undoes it.")

        self.app.push_screen(Whole(wording.day_in_full(comment.day), comment.text, self._said_of(comment)), closed)

    def _show(self, alert: Alert) -> None:
        """Show the survey of an alert, with the cursor on it."""
        self.survey = alert.survey
        self.draw()
        self.listed.choose(f"alert:{alert.id}")

    def action_row(self, step: int) -> None:
        """A row down or up."""
        (self.listed.action_cursor_down if step > 0 else self.listed.action_cursor_up)()

    @work
    async def action_decide(self, tone: Tone) -> None:
        """It is this person, and that is how it was meant."""
        if self.named is not None:
            await self.queue.confirm(self.named.mention, tone)

    @work
    async def action_card(self) -> None:
        """A card of it for the wall, to look at and to save; once it is saved, the name is confirmed as praise."""
        if self.named is not None:
            await self.queue.card(self.named)

    @work
    async def action_reject(self) -> None:
        """It is not this person."""
        if self.named is not None:
            await self.queue.reject(self.named.mention)

    @work
    async def action_somebody_else(self) -> None:
        """Choose who it is, also where no name was found."""
        comment, standing = self.comment, self.standing
        if self.named is not None:
            await self.queue.somebody_else(self.named.mention)
        elif comment is not None and standing is not None:
            await self.queue.name_somebody(standing.survey, comment)

    def action_back(self) -> None:
        """Undo the last decision, and go to it."""
        id = self.queue.back()
        if id:
            self.listed.choose(f"name:{id}")

    @work
    async def action_explain(self) -> None:
        """Write down what it was."""
        if self.alert is not None:
            await alert_life.explain(self.tool, self.alert)

    @work
    async def action_act(self) -> None:
        """Agree on the action that answers it."""
        if self.alert is not None:
            await alert_life.act(self.tool, self.alert)

    @work
    async def action_dismiss(self) -> None:
        """Dismiss it."""
        if self.alert is not None:
            await alert_life.dismiss(self.tool, self.alert)

    def action_read_aloud(self) -> None:
        """Mark the comment as the one to be read aloud."""
        comment, standing, desk = self.comment, self.standing, self.desk
        if comment is not None and standing is not None:
            self.tool.attempt(lambda: comments.read_comment(desk, standing.survey, comment, desk.now))

    def action_told(self) -> None:
        """Note that the team was told."""
        standing, desk = self.standing, self.desk
        if standing is None:
            return
        done = self.tool.attempt(
            lambda: alerts.tell_results(desk.workspace, standing.survey, desk.now, period=standing.label)
        )
        if done is not None:
            self.tool.say(f"{standing.period[:1].upper()}{standing.period[1:]} noted as told to the team. u undoes it.")

    @work
    async def action_target(self) -> None:
        """Set the target, or remove it."""
        standing, desk = self.standing, self.desk
        if standing is None:
            return
        own = f"your own year offers {standing.offered} %" if standing.offered is not None else "of satisfied customers"
        await self.app.push_screen_wait(
            AskText(
                "Which percentage do you want to keep?",
                draft=f"target-{standing.survey.id.lower()}",
                value=str(standing.survey.target or standing.offered or ""),
                hint=f"{own} · none removes it",
                take=lambda typed: set_target(desk.workspace, standing.survey, target_from(typed), "", desk.now),
            )
        )

    @work
    async def action_compare(self) -> None:
        """Fix what is to be compared: the time before, the time after, and what happens between."""
        standing, desk = self.standing, self.desk
        if standing is None:
            return
        survey = standing.survey
        await self.app.push_screen_wait(
            AskText(
                "Before and after what?",
                hint="2026-Q1 2026-Q3 training in May · fix it before the answers come: "
                "one chosen afterwards says so · `paired` before the words if the same customers are asked twice",
                draft=f"compare-{survey.id.lower()}",
                take=lambda typed: comparing.fix_typed(desk, survey, typed),
            )
        )

    def action_between(self) -> None:
        """Show each of those who differ, in the order of the team's list."""
        found = self._between
        if found is not None:
            self.app.push_screen(Whole("Who served", text.each_of(found, self.desk.roster)))

    @work
    async def action_other(self) -> None:
        """Choose another survey."""
        found: list[Survey] = surveys_of(self.desk)
        options = [(one.id, Content(wording.one_line(one.name))) for one in found]
        chosen = await self.app.push_screen_wait(Choose("Which survey?", options, chosen=self.survey))
        if chosen is not None:
            self.survey = chosen
            self.draw()

    def action_leave_out(self) -> None:
        """Show the answers that count for whoever served, with the cursor on the one that it is on here."""
        from meetingtool.tui.customers.leaving_out_page import LeavingOutPage

        standing, comment, named = self.standing, self.comment, self.named
        if standing is not None:
            at = comment.ref if comment else answer_ref(named.mention.batch, named.mention.row) if named else ""
            self.tool.push_screen(LeavingOutPage(standing.survey, at))

    def action_import(self) -> None:
        """Import a file of answers."""
        from meetingtool.tui.customers.import_survey import ask_file

        def shown(survey: str) -> None:
            self.survey = survey
            self.draw()

        ask_file(self.tool, shown)
