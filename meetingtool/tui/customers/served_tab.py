"""The tab People we serve: every customer that a record names, whoever waits for something first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.customers import keeping, pages
from meetingtool.actions.customers.pages import ListedCustomer
from meetingtool.records.base import Record
from meetingtool.records.complaints import Complaint
from meetingtool.rules import areas, wording
from meetingtool.rules.customers.naming import draft_of
from meetingtool.rules.kinds.table import kind_of, words_for
from meetingtool.tui.customers.tab import ListTab
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, fact_row, table
from meetingtool.tui.lists.row_panel import Row

NAME_WIDTH = 28
DAY_WIDTH = 11
KIND_WIDTH = 9
OPEN_WIDTH = 8
MOST_SHOWN = 25
"""How many records are shown beside the list; the history has all."""
KEEPING = frozenset({"note", "telephone", "email", "forget", "group", "alias", "merge", "no_calls"})


class ServedTab(ListTab):
    """In the room it shows only names that the team has told, without numbers and notes."""

    NAME = "served"
    TITLE = "People we serve"
    ABOUT = "Every customer, and what each still waits for"
    AREA = areas.SERVED
    EMPTY = "Whom we serve will appear here once a line names somebody: ^Acme, as in w fixed the bell ^Acme."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "note", "Note", id="served.note", tooltip="What anybody who serves this customer should know"),
        Binding("T", "telephone", "Telephone", show=False, id="served.telephone", tooltip="The telephone number"),
        Binding("E", "email", "E-mail", show=False, id="served.email", tooltip="The e-mail address"),
        Binding("e", "group", "Group", id="served.group", tooltip="Which of the groups that we serve"),
        Binding("a", "alias", "Also called", id="served.alias", tooltip="Another name that means this customer"),
        Binding("o", "merge", "Merge", id="served.merge", tooltip="Bring another customer together with this one"),
        Binding(
            "x", "no_calls", "No calls", id="served.no_calls", tooltip="This customer wants no calls, or may again"
        ),
        Binding(
            "delete",
            "forget",
            "Forget",
            show=False,
            id="served.forget",
            tooltip="Take the names of this customer out of everything, for good",
        ),
    ]

    def rows(self) -> Sequence[Row]:
        self.found = {f"{number}:{one.name}": one for number, one in enumerate(pages.customers(self.desk))}
        return [Row(key, self._row(one)) for key, one in self.found.items()]

    def _row(self, one: ListedCustomer) -> ColumnsRow:
        today = self.desk.today
        waits = f"{len(one.open)} open" if one.open else ""
        kept = one.kept
        about = [wording.ago(one.last, today) if one.last else "", pages.group_of(self.desk, one)]
        about += ["no calls"] if kept and kept.do_not_call and not self.desk.room else []
        lead = [
            (Content.styled(wording.shortened(one.name, NAME_WIDTH - 1), "bold"), NAME_WIDTH),
            (Content.styled(waits, "$warning"), OPEN_WIDTH),
        ]
        return ColumnsRow(lead, Content.styled(" · ".join(filter(None, about)), "$text-muted"))

    def title(self, number: int) -> str:
        waiting = sum(bool(one.open) for one in self.found.values())
        return f"{wording.count(number, 'customer')}" + (f", {waiting} waiting for something" if waiting else "")

    def page(self, key: str) -> tuple[str, ColumnsTable]:
        one, desk = self.found[key], self.desk
        lines: list[Content | ColumnsRow] = []
        this_year = all(each.at.year == desk.today.year for each in one.records)
        self.day_width = DAY_WIDTH if this_year else DAY_WIDTH + len(" 2025")
        if one.open:
            lines.append(Content.styled("Waits for", "bold"))
            lines += [self._record(each) for each in one.open]
            lines.append(Content(""))
        facts = pages.facts_of(desk, pages.page_for(desk, one))
        lines += [fact_row(label, wording.visible(said)) for label, said in facts]
        lines.append(Content(""))
        before = [each for each in one.records if not pages.is_open(each)]
        lines += [self._record(each) for each in before[:MOST_SHOWN]]
        if len(before) > MOST_SHOWN:
            lines.append(Content.styled(f"and {len(before) - MOST_SHOWN} more: Enter shows all", "$text-muted"))
        return one.name, table(lines)

    def _record(self, record: Record) -> ColumnsRow:
        kind, desk = kind_of(record), self.desk
        people = (record.owner,) if isinstance(record, Complaint) else kind.people(record)
        who = desk.roster.names(filter(None, people))
        lead = [
            (Content.styled(wording.day(record.at.date(), desk.today), "$text-muted"), self.day_width - 1),
            (Content.styled(words_for(record).short, "$accent"), KIND_WIDTH),
        ]
        text = wording.shortened(kind.text(record, desk.roster), 160)
        return ColumnsRow(lead, Content.assemble((f"{who}  " if who else "", "bold"), text), most=0)

    def open(self, key: str) -> None:
        name = self.found[key].name.replace('"', "")
        self.tool.look_for(f'customer:"{name}"')

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is kept about a customer is for the manager only."""
        return self.chosen in self.found and not self.desk.room if action in KEEPING else True

    def _ask(self, question: str, value: str, draft: str, take: Callable[[str], object]) -> None:
        self.app.push_screen(AskText(question, value=value, draft=draft, take=take))

    def _keep(self, field: str, question: str) -> None:
        one, desk = self.found.get(self.chosen), self.desk
        if one is not None:
            value = str(getattr(one.kept, field)) if one.kept else ""
            name = one.name
            self._ask(
                f"{name}: {question}",
                value,
                draft_of(field, name),
                lambda said: keeping.change_customer(desk.workspace, name, desk.now, **{field: said}),  # type: ignore[arg-type]
            )

    def action_note(self) -> None:
        """Keep a note."""
        self._keep("note", "what should we know?")

    def action_telephone(self) -> None:
        """Keep the telephone number."""
        self._keep("telephone", "telephone")

    def action_email(self) -> None:
        """Keep the e-mail address."""
        self._keep("email", "e-mail")

    def action_forget(self) -> None:
        """Take the customer's names out of everything, after asking."""
        from meetingtool.actions.customers import forgetting  # with all that looks through copies, for few

        one, desk = self.found.get(self.chosen), self.desk
        plan = self.tool.attempt(lambda: forgetting.plan_to_forget(desk.workspace, one.name)) if one else None
        if one is None or plan is None:
            return
        detail = f"{wording.count(len(plan.changed), 'record')} would lose the name, former versions and backups too."
        if plan.locked:
            detail += (
                f" {wording.count(len(plan.locked), 'shared or final evaluation')} that mention it keep their words."
            )
        if plan.mentions:
            refs = wording.listed([each.record.ref for each in plan.mentions])
            detail += f" The first word of the name stays in what was written: {refs}."

        def forget() -> None:
            from meetingtool.actions.keeping.retention import still_named, told_unread, unread_beside

            named = forgetting.forget_customer(desk.workspace, plan, desk.now)
            for path in named:
                self.tool.warn(still_named(path))
            if unread := unread_beside(desk.workspace, but=named):
                self.tool.warn(told_unread(unread, desk.workspace.folder))
            self.tool.say("Forgotten.")

        def answered(yes: bool | None) -> None:
            if yes:
                self.tool.attempt(forget)

        question = f"Forget {wording.shortened(one.name, 60)}? It can't be undone."
        self.app.push_screen(Confirm(question, detail, yes="Forget"), answered)

    def action_group(self) -> None:
        """Choose the group, of those in the playbook."""
        one, desk = self.found.get(self.chosen), self.desk
        groups = [group for group in desk.groups() if group.retired is None]
        if one is None:
            return
        if not groups:
            self.tool.say("The playbook has no group of people that we serve yet: `meetingtool group add NAME`.")
            return
        name = one.name
        options = [(group.name, Content(wording.one_line(group.name))) for group in groups]

        def chosen(key: str | None) -> None:
            if key is not None:
                self.tool.attempt(lambda: keeping.change_customer(desk.workspace, name, desk.now, group=key))

        self.app.push_screen(Choose(f"Which group is {name} of?", [*options, ("", Content("none"))]), chosen)

    def action_alias(self) -> None:
        """Another name that means this customer."""
        one = self.found.get(self.chosen)
        if one is not None:
            name = one.name
            self._ask(f"{name}: also called", "", draft_of("alias", name), lambda said: self._add_alias(name, said))

    def _add_alias(self, name: str, alias: str) -> None:
        desk = self.desk
        was = pages.known_as(desk, alias)
        keeping.add_alias(desk.workspace, name, alias, desk.now)
        if was is not None and was.records:
            self.tool.say(f"{pages.brought_over(was)} u undoes it.")

    def action_merge(self) -> None:
        """Bring another customer together with this one."""
        one, desk = self.found.get(self.chosen), self.desk
        if one is None:
            return
        name = one.name
        others = [(key, Content(other.name)) for key, other in self.found.items() if other.name != name]

        def chosen(key: str | None) -> None:
            if key is not None:
                other = self.found[key].name
                self.tool.attempt(lambda: keeping.merge(desk.workspace, name, other, desk.now))

        self.app.push_screen(Choose(f"Who is the same as {name}?", others), chosen)

    def action_no_calls(self) -> None:
        """This customer wants no calls, or may be called again."""
        one, desk = self.found.get(self.chosen), self.desk
        if one is not None:
            name, silent = one.name, bool(one.kept and one.kept.do_not_call)
            self.tool.attempt(lambda: keeping.change_customer(desk.workspace, name, desk.now, do_not_call=not silent))
