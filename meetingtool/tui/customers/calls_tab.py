"""The tab Calls: whom to call this week, the leader's own hours, and what became of what was heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.customers import contacts, heard
from meetingtool.actions.playbook import posters
from meetingtool.records.contacts import Reached
from meetingtool.rules import areas, wording
from meetingtool.rules.customers.blame import WHY_PRIVATE, can_blame, private_line
from meetingtool.rules.customers.calls import REACHED as DONE
from meetingtool.rules.customers.calls import Call, Hours, hours_typed
from meetingtool.rules.customers.complaints import CONTENTS
from meetingtool.rules.kinds.contacts import REACHED
from meetingtool.tui.customers.import_recent import import_list
from meetingtool.tui.customers.tab import ListTab
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.save_as import save_as
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, fact_row, table
from meetingtool.tui.lists.row_panel import Row, words

OF_A_CALL = frozenset({"reached", "try", "skip"})
CUSTOMER_WIDTH = 22
WHY_WIDTH = 29
MOST_HEARD = 8
MARKS = {"done": ("●", "$success"), "open": ("◐", "$accent"), "dropped": ("○", "$text-muted")}
BARS = " ▁▂▃▄▅▆▇█"
HEARD = "heard:"


class CallsTab(ListTab):
    """In the room it shows only the hours, how many were called, and what was heard: no customer on the list, no
    telephone number."""

    NAME = "calls"
    TITLE = "Calls"
    ABOUT = "Whom to call this week, and your own hours"
    AREA = areas.CALLS
    EMPTY = (
        "Whom to call will appear here once a list of recent customers is imported: i imports one. a notes a call, o "
        "your own hours."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="calls.add", tooltip="Note a call or a visit to any customer"),
        Binding("y", "reached", "Reached", id="calls.reached", tooltip="Reached: note what was said"),
        Binding("n", "try('no')", "Not reached", id="calls.no", tooltip="Nobody answered"),
        Binding("l", "try('message')", "Message", id="calls.message", tooltip="A message was left"),
        Binding("e", "try('wrong')", "Wrong number", show=False, id="calls.wrong", tooltip="It is a wrong number"),
        Binding("d", "try('declined')", "Wants no calls", id="calls.declined", tooltip="This customer wants no calls"),
        Binding("x", "skip", "Skip", id="calls.skip", tooltip="Leave this customer out, with a word why"),
        Binding("o", "own", "Own hours", id="calls.own", tooltip="Note your own time with customers"),
        Binding("i", "import", "Import", id="calls.import", tooltip="Import a list of who bought lately"),
        Binding(
            "S",
            "wall",
            "For the wall",
            id="calls.wall",
            tooltip="Save the poster of what became of what was heard",
        ),
    ]

    def rows(self) -> Sequence[Row]:
        desk = self.desk
        listed = [] if desk.room else contacts.calls(desk.workspace, desk.today)
        self.found = {f"{number}:{each.customer}": each for number, each in enumerate(listed)}
        self.heard = {f"{HEARD}{each.follow_up.id}": each for each in heard.heard(desk)[:MOST_HEARD]}
        self.hours = contacts.own_hours(desk)
        rows = [Row(key, self._row(each)) for key, each in self.found.items()]
        if any(self.hours.weeks):
            rows.append(Row("", hours_row(self.hours), silent=True))
        if desk.room:
            rows.append(words(contacts.called_this_month(desk)))
        if self.heard:
            rows.append(words("Heard, and what became of it"))
            rows += [Row(key, self._heard_row(each)) for key, each in self.heard.items()]
        return rows

    def _row(self, call: Call) -> ColumnsRow:
        desk = self.desk
        done = call.contact is not None and call.contact.reached in DONE
        state = REACHED[call.contact.reached] if call.contact else f"tried {call.tries}" if call.tries else ""
        served = desk.roster.short_name(call.person) if desk.roster.person_of(call.person) else call.person
        lead = [
            (Content.styled("✓" if done else "·", "$success" if done else "$accent"), 2),
            (Content.styled(wording.shortened(call.customer, CUSTOMER_WIDTH - 1), "bold"), CUSTOMER_WIDTH),
            (Content.styled(why_words(call, desk.today), "$text-muted"), WHY_WIDTH),
        ]
        told = " · ".join(filter(None, (wording.one_line(served), state)))
        return ColumnsRow(lead, Content(told))

    def _heard_row(self, each: heard.Heard) -> ColumnsRow:
        mark, style = MARKS[each.became]
        said = f"“{wording.shortened(each.words, 80)}”  " if each.words else ""
        body = Content.assemble((said, "$text-muted"), wording.one_line(each.follow_up.text))
        return ColumnsRow([(Content.styled(mark, style), 2)], body)

    def title(self, number: int) -> str:
        done = sum(each.contact is not None and each.contact.reached in DONE for each in self.found.values())
        return f"{len(self.found)} this week, {done} done" if self.found else "Calls"

    def page(self, key: str) -> tuple[str, ColumnsTable]:
        if key in self.heard:
            each = self.heard[key]
            said = [each.words, f"> {each.follow_up.text}", each.follow_up.note]
            return each.became, table([Content("\n\n".join(wording.visible(line) for line in said if line))])
        call, today = self.found[key], self.desk.today
        facts = [
            ("why", why_words(call, today)),
            ("telephone", call.telephone),
            ("what", call.what),
            ("tries", str(call.tries) if call.tries else ""),
            ("said", call.contact.text if call.contact else ""),
        ]
        return call.customer, table(fact_row(label, wording.visible(text)) for label, text in facts if text)

    def open(self, key: str) -> None:
        if key in self.heard:
            self.tool.open_record(self.heard[key].follow_up)
        else:
            self.tool.look_for(f'customer:"{self.found[key].customer.replace(chr(34), "")}"')

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Notes about a call need one under the cursor; in the room none is listed."""
        if action == "import":
            return not self.desk.room
        return self.chosen in self.found if action in OF_A_CALL else True

    def action_add(self) -> None:
        """Note a call."""
        self.tool.action_capture("call")

    def _ask(self, question: str, hint: str, take: Callable[[str], object]) -> None:
        from hashlib import sha256  # 4 MB of OpenSSL, for few

        key = f"call-{sha256(question.encode()).hexdigest()[:16]}"  # customers' names must not be in the names of files
        self.app.push_screen(AskText(question, hint=hint, draft=key, take=take))

    def action_reached(self) -> None:
        """Note what was said."""
        call = self.found.get(self.chosen)
        if call is not None:
            self._ask(
                f"{call.customer}: what was said?",
                'glad, so-so or unhappy (private) first · >"what we do" by fri · way:visit · on:tue · ~ private\n'
                "+ praise the team may hear, else private where somebody is named",
                lambda said: self._note(call, said),
            )

    def _note(self, call: Call, said: str) -> None:
        desk = self.desk
        called = contacts.record_contact(desk.workspace, said, desk.now, customer=call.customer, why=call.why)
        told = [WHY_PRIVATE] if called.contact.private and can_blame(called.contact, desk.roster) else []
        if called.asked is not None:
            told.insert(0, f"Asked after the complaint: {CONTENTS[called.asked.content]}.")
        if told:
            self.tool.say(" ".join(told))

    def action_try(self, reached: Reached) -> None:
        """Note a call without words."""
        desk, call = self.desk, self.found.get(self.chosen)
        if call is not None:
            self.tool.attempt(
                lambda: contacts.record_contact(
                    desk.workspace, "", desk.now, customer=call.customer, why=call.why, reached=reached
                )
            )

    def action_skip(self) -> None:
        """Leave a customer out."""
        desk, call = self.desk, self.found.get(self.chosen)
        if call is not None:
            self._ask(
                f"Why is {call.customer} left out this week?",
                "A word · Enter takes the next one in",
                lambda said: contacts.skip_call(desk.workspace, call.customer, said, desk.now),
            )

    def action_own(self) -> None:
        """Note the leader's own time."""
        desk = self.desk
        self.app.push_screen(
            AskText(
                "How long, where, and what did you notice?",
                hint='60 phones @karim three callers asked the same >"what we do" by fri on:tue\n'
                "+ they did well, else private where somebody is named",
                draft="own-hours",
                take=self._note_own,
                unseen=lambda said: private_line("hands-on", desk.read_line(" ".join(said.split()[2:])), desk.roster),
            )
        )

    def _note_own(self, said: str) -> None:
        minutes, work, line = hours_typed(said)
        record, _ = contacts.record_hands_on(self.desk.workspace, minutes, work, line, self.desk.now)
        if can_blame(record, self.desk.roster):
            self.tool.say(WHY_PRIVATE)

    @work
    async def action_import(self) -> None:
        """Import a list of who bought lately."""
        await import_list(self.tool)

    def action_wall(self) -> None:
        """Save the poster for the wall."""
        desk = self.desk
        poster = self.tool.attempt(lambda: posters.heard_poster(desk))
        if poster is not None:
            save_as(self.tool, "Save for the wall as", "you-said-we-did.pdf", posters.FORMS, lambda _: poster)


def why_words(call: Call, today: date) -> str:
    """`bought 9 days ago`, `complaint closed Fri 13 Nov`."""
    if call.why == "after-complaint":
        return f"complaint closed {wording.day(call.since, today)}"
    return f"bought {wording.ago(call.since, today)}"


def hours_row(hours: Hours) -> ColumnsRow:
    """`My own hours 0:40 of 1:00 ▆▆ ▆█ 10 of 12 weeks`."""
    most = max(hours.weeks, default=0) or 1
    bars = "".join(BARS[-(-minutes * (len(BARS) - 1) // most)] for minutes in hours.weeks)
    body = Content.assemble(
        ("My own hours  ", "bold"),
        f"{hours.words}  ",
        (bars, "$accent"),
        f"  {hours.met} of {len(hours.weeks)} weeks" if hours.goal else "",
    )
    return ColumnsRow((), body, most=0)
