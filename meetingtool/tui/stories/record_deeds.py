"""What can be done with a record from a list as well as from its own page."""

from __future__ import annotations

from collections.abc import Callable

from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.stories import follow_ups, stories
from meetingtool.actions.stories.thanks import can_be_thanked_for
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.kinds.table import kind_of
from meetingtool.rules.roster import Roster
from meetingtool.tui.dialogs.ask_date import AskDate, GivenDay
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.tool import Tool


def star(tool: Tool, story: Story) -> None:
    """Star a story, or take the star off."""
    desk = tool.desk
    tool.attempt(lambda: stories.star(desk.workspace, story, desk.now))


def ask_to_show(tool: Tool, then: str, do: Callable[[bool | None], None]) -> None:
    """Ask before something private can be seen by others. then: what follows. do: called with True, or None."""
    tool.push_screen(
        Confirm("Make it public?", f"It is private now. {then}", yes="Make it public", no="Keep it private"),
        lambda yes: do(yes or None),
    )


def change_privacy(tool: Tool, story: Story) -> None:
    """Make a story private, or public after asking; say so where it vanishes from the room."""
    desk, private = tool.desk, not story.private

    def change(agreed: bool | None) -> None:
        if agreed is None:
            return
        done = tool.attempt(lambda: stories.set_private(desk.workspace, story, private, desk.now))
        if done is not None and private and desk.room:
            tool.say("It is private now and no longer shown in the room.")

    def showable() -> bool:
        stories.require_showable(desk.workspace, story, desk.now)
        return True

    if private:
        change(True)
    elif tool.attempt(showable):
        ask_to_show(tool, "The room, the minutes and other papers will show it, with what was promised.", change)


def put_into_bin(tool: Tool, record: Record) -> None:
    """Remove a record; the undo key brings it back."""
    desk = tool.desk
    if tool.attempt(lambda: remove(desk.workspace, record, desk.now)) is not None:
        tool.say("Removed. u brings it back.")


def agree_anew(tool: Tool, follow_up: FollowUp) -> None:
    """Ask for the new date of a follow-up, saying first what a new date can't put right, and move it."""
    desk = tool.desk

    def moved(answer: GivenDay | None) -> None:
        if answer is None:
            return
        if tool.attempt(lambda: follow_ups.move(desk.workspace, follow_up, answer.day, desk.now)) is not None:
            when = f"to {wording.day(answer.day, desk.today)}" if answer.day else "to no date"
            tool.say(f"Moved {when}: {wording.shortened(follow_up.text, 60)}.")

    draft, note = f"due-{follow_up.id.lower()}", follow_ups.before_move(desk, follow_up)
    tool.push_screen(AskDate("By when?", follow_up.due, draft=draft, note=note), moved)


def may_be_thanked_for(tool: Tool, record: Record) -> bool:
    """Whether somebody who is still on the team can be thanked for it."""
    return can_be_thanked_for(record) and bool(_named(tool, record))


def why_no_thanks(record: Record | None) -> str:
    """Why nobody can be thanked for it; empty for nothing at all."""
    if record is None:
        return ""
    if can_be_thanked_for(record):
        return "It names nobody who is on the team, so there is nobody to thank."
    return "Thanks are for a win or for a customer's words, and this is neither."


def thank(tool: Tool, record: Record) -> None:
    """Thank whoever is named, for this."""
    named = _named(tool, record)
    if named:
        tool.action_capture("praise", f"{' '.join(named)} ", record.id)
    else:
        tool.say("Nobody who is named in it is on the team.")


def _named(tool: Tool, record: Record) -> list[str]:
    """The handles of those who are named and still on the team."""
    people = map(tool.desk.roster.person_of, getattr(record, "people", ()))
    return [f"@{person.handle}" for person in people if person is not None]


def copy(tool: Tool, record: Record) -> None:
    """Copy the words of a record to the terminal's clipboard."""
    to_clipboard(tool, as_text(record, tool.desk.roster))


def to_clipboard(tool: Tool, text: str) -> None:
    """Copy text to the terminal's clipboard (OSC 52, also over SSH), and say as much as is known: no terminal
    answers."""
    tool.copy_to_clipboard(text)
    tool.say(
        "Most terminals accept it, but none confirms it. If pasting gives something else, hold Shift and select the "
        "words with the mouse.",
        title="Sent to the clipboard",
    )


def as_text(record: Record, roster: Roster) -> str:
    """A record as plain text: its words, then when, who, which standards and which customer."""
    kind, text = kind_of(record), kind_of(record).text(record, roster)
    name = kind.name(record, roster)
    who = wording.listed([roster.short_name(person) for person in kind.people(record)])
    standards = " ".join(f"#{roster.tag(one)}" for one in kind.searched_standards(record))
    what = kind.words(record).title if name == text else name
    about = [what, wording.day_in_full(record.at.date()), who, standards, kind.customer(record)]
    return f"{text}\n{' · '.join(part for part in about if part)}\n"
