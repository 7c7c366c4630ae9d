"""Writing down what somebody says about a customer's words against them. For the manager only."""

from __future__ import annotations

from meetingtool.actions.customers.mentions import AskedMention
from meetingtool.actions.people.to_talk_about import write_account
from meetingtool.records.people import Person
from meetingtool.rules import wording
from meetingtool.tui.dialogs.ask_text import WriteText
from meetingtool.tui.tool import Tool


class AccountPage(WriteText):
    """The person's own account, under what the customer wrote."""

    for_manager_alone = True


def ask_account(tool: Tool, said: AskedMention, person: Person) -> None:
    """Ask what the person says about it, and keep it."""
    mention, desk = said.mention, tool.desk

    def written(text: str | None) -> None:
        if text is None or text.strip() == mention.account:
            return
        if tool.attempt(lambda: write_account(desk.workspace, mention, text, tool.desk.now)) is not None:
            tool.say("Saved beside what the customer said. u undoes it.")

    page = AccountPage(
        f"What {wording.one_line(person.name)} says about it",
        mention.account,
        draft=f"account-{mention.ref.lower()}",
        above=f"A customer, {wording.day(mention.at.date(), desk.today)}: {wording.visible(said.comment)}",
    )
    tool.push_screen(page, written)
