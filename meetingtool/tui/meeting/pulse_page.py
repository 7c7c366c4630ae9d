"""The pulse of the team: the keyboard goes round, everybody answers five statements, and nothing is shown.

Answers are only in memory, as sums, until the end. Then they are kept in one go, or not at all.
"""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from meetingtool.actions.people.pulse import record_round, require_turn, what_follows
from meetingtool.records.base import mint
from meetingtool.records.meetings import Meeting
from meetingtool.records.pulse import PulseRound
from meetingtool.rules import wording
from meetingtool.rules.kinds.pulse import PulseKind
from meetingtool.rules.people.pulse import HIGHEST, LEAST, LOWEST, STATEMENTS, PulseTally
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.frame.page import Page
from meetingtool.tui.tool import Tool

SCALE = f"{LOWEST}  not at all      2      3      4      {HIGHEST}  completely"


def ask_pulse(tool: Tool) -> None:
    """Begin a round: with those who are here in the running meeting, else with the team. The screen counts as shared
    from now on, whoever has the keyboard, until the manager switches back. Refused at once where it could not be kept.
    """
    desk = tool.desk
    meeting, people = desk.open_meeting(), len(desk.roster.people)
    day = meeting.at.date() if meeting else desk.today
    if tool.attempt(lambda: require_turn(desk.workspace, day, desk.today)) is None:
        return
    if meeting is not None:
        people = sum(entry.presence != "absent" for entry in meeting.attendance)
    tool.set_room(True)
    tool.push_screen(PulsePage(meeting, people))


class PulsePage(Page[None]):
    """Between two people it shows how many have had the keyboard, whether they answered or not; while somebody answers,
    only the statement."""

    stays_in_room = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"give({n})", "Answer", id=f"pulse.{n}", tooltip="1 not at all, 5 completely")
            for n in range(LOWEST, HIGHEST + 1)
        ),
        Binding("enter", "go_on", "Next", id="pulse.next", tooltip="The next statement, or the next person"),
        Binding("space", "leave_out", "No answer", id="pulse.none", tooltip="Leave this statement out"),
        Binding("backspace", "back", "Back", id="pulse.back", tooltip="Back to the statement before"),
        Binding("e", "end", "End", id="pulse.end", tooltip="Everybody has answered: keep the counts"),
        Binding("escape", "leave", "Stop", id="pulse.leave", tooltip="Throw this answer, or all of them, away"),
    ]
    DEFAULT_CSS = """
    PulsePage { align: center middle; }
    PulsePage .dialog { width: 72; padding: 1 2; }
    PulsePage #words { height: auto; min-height: 5; margin: 0 0 1 0; }
    PulsePage #scale { height: auto; color: $text-muted; }
    """

    def __init__(self, meeting: Meeting | None, asked: int) -> None:
        """meeting: the one that runs. asked: how many people are here."""
        super().__init__()
        self.meeting, self.asked = meeting, asked
        self._tally = PulseTally()
        self._had = 0
        self._ballot: list[int | None] | None = None
        self._given: int | None = None
        self._answered = False

    def body(self) -> ComposeResult:
        with Vertical(classes="dialog") as dialog:
            dialog.border_title = "How are we?"
            yield Static(id="words", markup=False)
            yield Static(id="scale", markup=False)

    def show_records(self) -> None:
        words, scale = self.query_one("#words", Static), self.query_one("#scale", Static)
        if self._ballot is None:
            words.update(self._between())
            scale.update("")
        else:
            number = len(self._ballot)
            words.update(
                Content("\n\n").join(
                    [
                        Content.styled(f"{number + 1} of {len(STATEMENTS)}", "$text-muted"),
                        Content.styled(STATEMENTS[number], "bold"),
                    ]
                )
            )
            taken = "Answered. Enter goes on." if self._answered else "A digit answers, then Enter."
            scale.update(f"{SCALE}\n\n{taken}")
        self.refresh_bindings()

    def lost_on_leaving(self) -> str:
        if not self._had:
            return ""
        keeps = " e keeps them." if self._tally.answered >= LEAST else ""
        return f"What was answered would be lost: it is only in memory until the end.{keeps}"

    def _between(self) -> Content:
        if not self._had:
            return Content("\n\n").join(
                [
                    Content.styled("Pass the keyboard.", "bold"),
                    Content(
                        f"Five statements, {LOWEST} to {HIGHEST}. Nobody sees what you press. Only counts are kept, "
                        f"and only if {LEAST} or more of us answer."
                    ),
                    Content.styled("Enter begins.", "$text-muted"),
                ]
            )
        return Content("\n\n").join(
            [
                Content.styled("Thank you. Next, please.", "bold"),
                Content.styled(
                    f"{min(self._had, self.asked)} of {self.asked} have had the keyboard. Enter begins, e ends it.",
                    "$text-muted",
                ),
            ]
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answers are given while somebody answers; it ends between two people."""
        if action == "end":
            return self._ballot is None and self._had > 0
        if action in ("give", "leave_out"):
            return self._ballot is not None
        return action != "back" or bool(self._ballot)

    def action_give(self, answer: int) -> None:
        """Answer the statement; until Enter it can be answered otherwise."""
        self._given, self._answered = answer, True
        self.show_records()

    def action_leave_out(self) -> None:
        """Give no answer to this statement."""
        self._given, self._answered = None, True
        self.action_go_on()

    def action_go_on(self) -> None:
        """To the next statement, or to the next person."""
        if self._ballot is None:
            if self._tally.answered >= self.asked:
                self.tool.say("Everybody here has had the keyboard. e ends it.")
                return
            self._ballot = []
        elif self._answered:
            self._ballot.append(self._given)
            if len(self._ballot) == len(STATEMENTS):
                self._tally.add(self._ballot)
                self._had += 1
                self._ballot = None
        self._given, self._answered = None, False
        self.show_records()

    def action_back(self) -> None:
        """Back to the statement before, to answer it again."""
        if self._ballot:
            self._ballot.pop()
            self._given, self._answered = None, False
            self.show_records()

    @work
    async def action_leave(self) -> None:
        """Discard what this person answered; between two people, everything."""
        if self._ballot is not None:
            self._ballot, self._given, self._answered = None, None, False
            self._had += 1
            self.show_records()
            return
        if self._had and not await self.app.push_screen_wait(
            Confirm(
                "Stop without keeping anything?",
                self.lost_on_leaving(),
                yes="Stop",
                no="Go on",
            )
        ):
            return
        self.dismiss(None)

    @work
    async def action_end(self) -> None:
        """Keep the counts; of too few answers only that the team was asked."""
        done, had = self._tally.answered, min(self._had, self.asked)
        what = f"Only counts of {LEAST} answers and more are kept, and they can't be changed later."
        if had < LEAST:
            what = f"Fewer than {LEAST} are never kept: only that the team was asked."
        said = f"{wording.count(had, 'person has', 'people have')} had the keyboard. End it?"
        if not await self.app.push_screen_wait(Confirm(said, what, yes="End it", no="Go on", likely=had >= LEAST)):
            return
        desk, tally, made = self.desk, self._tally, mint(self.desk.now)

        def keep() -> PulseRound:
            return record_round(
                desk.workspace,
                tally,
                desk.now,
                asked=max(self.asked, done),
                meeting=self.meeting,
                on=self.meeting.at.date() if self.meeting else None,
                round_id=made,
            )

        kept = self.tool.attempt(keep)
        if kept is not None:
            remark = PulseKind().remark(kept, desk.roster)
            follows = what_follows(desk.workspace, kept) or "Insight shows it."
            self.tool.say(f"Pulse: {remark}. {follows}")
            self.dismiss(None)
