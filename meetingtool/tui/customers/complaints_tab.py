"""The tab Complaints: what is due first, the course of each beside it, and a key for each step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType

from meetingtool.actions.customers import complaint_lists, names_off
from meetingtool.actions.history import sharing
from meetingtool.documents.customers import complaints as documents
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.complaints import Complaint, StepName
from meetingtool.rules import areas, wording
from meetingtool.rules.customers.complaints import next_due, sums
from meetingtool.tui.customers import complaint_steps as steps
from meetingtool.tui.customers.complaint_text import course, row, sums_rows
from meetingtool.tui.customers.tab import ListTab
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.dialogs.save_as import save_as
from meetingtool.tui.lists.columns_row import ColumnsTable
from meetingtool.tui.lists.row_panel import Row, words
from meetingtool.tui.stories import record_deeds

OPEN_ONLY = frozenset({"note", "assess", "hand_on", "answer", "close", "settle"})
"""What can only be done with an open complaint."""
CHANGING = OPEN_ONLY | {"next", "offer", "taken", "move", "reopen", "lesson", "remove", "sheet", "role_play", "arrival"}


class ComplaintsTab(ListTab):
    """Only in private: whom a complaint is about never reaches a shared screen."""

    NAME = "complaints"
    TITLE = "Complaints"
    ABOUT = "Complaints, step by step to their end"
    AREA = areas.COMPLAINTS
    IN_ROOM = False
    FIND_BY = "slash"
    EMPTY = "A complaint is one line: a writes the first down, and each step to its end has a key."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="complaints.add", tooltip="Write a complaint down"),
        Binding("n", "next", "Next step", id="complaints.next", tooltip="Do the step that is due"),
        Binding("e", "assess", "Assess", id="complaints.assess", tooltip="Weight, owner, what would make it right"),
        Binding("l", "note('looked-into')", "Looked into", id="complaints.looked", tooltip="Note what was found"),
        Binding("y", "note('word')", "Word", id="complaints.word", tooltip="The customer heard from us"),
        Binding("d", "hand_on", "Hand on", id="complaints.hand_on", tooltip="Hand it to somebody, with words"),
        Binding("o", "offer", "Offer", id="complaints.offer", tooltip="Note what the customer was offered"),
        Binding("i", "taken", "Taken", id="complaints.taken", tooltip="Whether the last offer was taken"),
        Binding("f", "move", "New date", id="complaints.move", tooltip="Move the date, with the customer's consent"),
        Binding("r", "answer", "Answer", id="complaints.answer", tooltip="Note the answer and whose fault it was"),
        Binding("x", "close", "Close", id="complaints.close", tooltip="Close it with a lesson"),
        Binding("X", "settle", "Settled", show=False, id="complaints.settle",
                tooltip="It was put right at once: answer and close it"),
        Binding("L", "lesson", "Lesson", show=False, id="complaints.lesson",
                tooltip="Correct what was learned; the team hears it without names"),
        Binding("C", "arrival", "How it came", show=False, id="complaints.arrival",
                tooltip="How it came, and who took it down"),
        Binding("z", "reopen", "Reopen", id="complaints.reopen", tooltip="Open it again"),
        Binding("P", "role_play", "Role-play", show=False, id="complaints.role_play",
                tooltip="Practise it: make a role-play of it"),
        Binding("S", "sheet", "Sheet", show=False, id="complaints.sheet", tooltip="Save its sheet, to print"),
        Binding("R", "register", "Register", show=False, id="complaints.register",
                tooltip="Save the register of all complaints"),
        Binding("N", "names_off", "Names off", show=False, id="complaints.names_off",
                tooltip="Take the names off what was closed three years ago"),
        Binding("delete", "remove", "Remove", show=False, id="complaints.remove", tooltip="Put it into the bin"),
    ]  # fmt: skip

    def rows(self) -> Sequence[Row]:
        desk = self.desk
        if desk.room:
            self.found: dict[str, Complaint] = {}
            return []
        rule = desk.settings.service
        every = complaint_lists.complaints(desk)
        due = {each.id: due.by for each in every if (due := next_due(each, rule)) is not None}
        every.sort(key=lambda each: (each.state != "open", due.get(each.id, date.max), -each.at.timestamp()))
        self.found = {each.id: each for each in every}
        self.made = sums(every, rule, desk.today)
        self.names_due = desk.once("names due", lambda: names_off.names_due(desk.workspace, desk.today))
        rows = [*(row(each, desk) for each in every), *(sums_rows(self.made) if every else [])]
        return [*rows, words(f"{self._names_words()}: N takes them off")] if self.names_due else rows

    def _names_words(self) -> str:
        until = wording.day(self.names_due.until, self.desk.today)
        return names_off.names_off_words(self.names_due, until)

    def title(self, number: int) -> str:
        decided = f" · answered in time {self.made.in_time} of {self.made.decided}" if self.made.decided else ""
        return f"Open {self.made.open}{decided}"

    def page(self, key: str) -> tuple[str, ColumnsTable]:
        complaint = self.found[key]
        born = complaint_lists.follow_ups_of(self.desk.workspace, complaint)
        return complaint.customer or "Complaint", course(complaint, born, self.desk)

    def open(self, key: str) -> None:
        self.tool.open_record(self.found[key])

    @property
    def complaint(self) -> Complaint | None:
        """The one under the cursor, as it is now."""
        try:
            return self.desk.get(Complaint, self.chosen) if self.chosen else None
        except (NotFound, InRoom):
            return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow a step only for a complaint that it fits."""
        if action == "register":
            return bool(self.found)
        if action == "names_off":
            return not self.desk.room and bool(self.names_due)
        if action not in CHANGING:
            return True
        chosen = self.found.get(self.chosen)
        if chosen is None:
            return False
        if action in OPEN_ONLY:
            return chosen.state == "open"
        if action == "next":
            return next_due(chosen, self.desk.settings.service) is not None
        if action == "taken":
            return bool(chosen.offers)
        return action not in ("reopen", "lesson") or chosen.state == "closed"

    def action_add(self) -> None:
        """Write a complaint down."""
        self.note("complaint")

    def action_next(self) -> None:
        """Do the step that is due."""
        complaint = self.complaint
        due = next_due(complaint, self.desk.settings.service) if complaint else None
        if complaint is not None and due is not None:
            steps.next_step(self.tool, complaint, due.step)

    def action_note(self, name: StepName) -> None:
        """Note a step."""
        if (complaint := self.complaint) is not None:
            steps.note(self.tool, complaint, name)

    def action_assess(self) -> None:
        """Weight, owner, what would make it right."""
        if (complaint := self.complaint) is not None:
            steps.assess(self.tool, complaint)

    def action_hand_on(self) -> None:
        """Hand it to somebody."""
        if (complaint := self.complaint) is not None:
            steps.hand_on(self.tool, complaint)

    def action_offer(self) -> None:
        """Note an offer."""
        if (complaint := self.complaint) is not None:
            steps.offer(self.tool, complaint)

    def action_taken(self) -> None:
        """Note whether the last offer was taken."""
        if (complaint := self.complaint) is not None:
            steps.taken(self.tool, complaint)

    def action_move(self) -> None:
        """Move the date."""
        if (complaint := self.complaint) is not None:
            steps.move(self.tool, complaint)

    def action_answer(self) -> None:
        """Note the answer."""
        if (complaint := self.complaint) is not None:
            steps.answer(self.tool, complaint)

    def action_close(self) -> None:
        """Close it."""
        if (complaint := self.complaint) is not None:
            steps.close(self.tool, complaint)

    def action_settle(self) -> None:
        """Answer and close it at once."""
        if (complaint := self.complaint) is not None:
            steps.settle(self.tool, complaint)

    def action_lesson(self) -> None:
        """Correct what was learned."""
        if (complaint := self.complaint) is not None:
            steps.lesson(self.tool, complaint)

    def action_arrival(self) -> None:
        """How it came."""
        if (complaint := self.complaint) is not None:
            steps.arrival(self.tool, complaint)

    def action_reopen(self) -> None:
        """Open it again."""
        if (complaint := self.complaint) is not None:
            steps.reopen(self.tool, complaint)

    def action_remove(self) -> None:
        """Put it into the bin."""
        if (complaint := self.complaint) is not None:
            record_deeds.put_into_bin(self.tool, complaint)

    def action_role_play(self) -> None:
        """Make a role-play of it."""
        complaint, desk = self.complaint, self.desk
        if complaint is None:
            return
        from meetingtool.actions.playbook.roleplay import draft_card
        from meetingtool.tui.stories.role_play import RolePlayPage

        card = self.tool.attempt(lambda: draft_card(desk.workspace, complaint, desk.now))
        if card is not None:
            self.app.push_screen(RolePlayPage(complaint, card))

    def action_names_off(self) -> None:
        """Take the names off what was closed three years ago, after asking."""
        desk, due = self.desk, self.names_due
        detail = "The customer's, and those of the people it is about; who put it right stays, and so does every count."
        gone = "\nFormer versions from a month ago go with it, and can't come back." if due.formers else ""

        def take() -> None:
            from meetingtool.actions.keeping.retention import still_named

            for path in names_off.take_names_off(desk.workspace, due, desk.now):
                self.tool.warn(still_named(path, "the names"))
            self.tool.say("Names taken off.")

        def answered(yes: bool | None) -> None:
            if yes:
                self.tool.attempt(take)

        self.app.push_screen(Confirm(f"{self._names_words()}.", f"{detail}{gone}", yes="Take them off"), answered)

    def action_sheet(self) -> None:
        """Save its sheet."""
        complaint, desk = self.complaint, self.desk
        if complaint is None:
            return
        paper = complaint_lists.sheet_paper(desk, complaint)
        name = f"complaint-{complaint.ref.lower()}.pdf"
        save_as(self.tool, "Save its sheet as", name, sharing.PAPER_FORMS,
                lambda form: sharing.paper_bytes(paper, form, desk.today))  # fmt: skip

    def action_register(self) -> None:
        """Save the register of all complaints; whom they are about is not in it."""
        desk = self.desk
        rows = complaint_lists.register(desk, complaint_lists.complaints(desk, date.min))
        save_as(self.tool, "Save the register as", "complaints.csv", ("csv",), lambda _: documents.register_file(rows))
