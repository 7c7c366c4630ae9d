"""`meetingtool show`, `edit`, `remove`, `undo`: one record, by its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import LineWords, Ref
from meetingtool.cli.commands import Command, TextCommand, as_typed
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import can_ask, out, print_fields, print_json, print_table, sure, talk
from meetingtool.cli.stories.stories import told_options
from meetingtool.errors import Refused

SHOWN = 3
"""How many references are listed beside a deed; the others are counted."""

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.actions.keeping.log import LoggedDeed
    from meetingtool.actions.stories.editing import Lined
    from meetingtool.records.base import Record
    from meetingtool.records.stories import StoryDetails


@click.command(cls=Command)
@click.argument("ref", type=Ref("story", "follow-up", "meeting"))
@click.option("--changes", "with_changes", is_flag=True, help="Show how it changed, when and by whom.")
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def show(opening: Opening, ref: str, with_changes: bool, for_programs: bool) -> None:
    """Show one record in full.

    REF is the reference that other commands print: the end of its id, four letters and digits or more.
    """
    from meetingtool.cli import portraits, shapes

    desk = opening.desk()
    record = desk.workspace.by_ref(ref)
    if for_programs:
        shape = shapes.shape(record, desk.roster)
        if with_changes:
            shape["changes"] = portraits.changes(record, desk)
        print_json(shape)
        return
    out(portraits.heading(record, desk))
    words = portraits.own_words(record, desk)
    if words:
        out(words)
    print_fields(portraits.fields(record, desk))
    if with_changes:
        out("")
        _print_changes(record, desk)


def _print_changes(record: Record, desk: Desk) -> None:
    from meetingtool.cli import portraits

    rows = [
        (portraits.moment(change.at, desk.today), change.by, change.deed or "recorded", "; ".join(change.changed))
        for change in portraits.changes(record, desk)
    ]
    print_table(("When", "By", "Deed", "Changed"), rows)


@click.command(cls=TextCommand)
@click.argument("ref", type=Ref())
@click.argument("text", nargs=-1, type=LineWords())
@told_options
@pass_opening
def edit(
    opening: Opening,
    ref: str,
    text: tuple[str, ...],
    happened: str | None,
    handled: str | None,
    learned: str | None,
    ended: str | None,
) -> None:
    """Replace the line of a story, promise, action, complaint or call, or words of a customer, by TEXT.

    Without TEXT the line opens in your editor (the variable EDITOR names it), where there is a terminal. The options
    are for sticky situations, --learned for a closed complaint too; without TEXT they leave the line as it is.
    """
    from meetingtool.actions.stories.editing import Lined, line_of
    from meetingtool.records.stories import StoryDetails

    record = opening.desk().workspace.by_ref(ref)
    if not isinstance(record, Lined):
        raise Refused(
            "Only stories, promises, actions, words of customers, complaints, calls and hours have a line to edit.",
            f"See `meetingtool show {ref}`.",
        )
    if record.removed_at is not None:
        raise Refused("This is in the bin.", f"Restore it first: meetingtool bin restore {record.ref}")
    told = StoryDetails(happened=happened, handled=handled, learned=learned, ended=ended)
    if text:
        _edit(opening, record, as_typed(text), told)
    elif told != StoryDetails():
        _edit(opening, record, line_of(opening.workspace(), record, opening.now), told)
    elif can_ask():
        _edit_in_editor(opening, record)
    else:
        raise click.UsageError(f"Say what it should be: meetingtool edit {ref} TEXT")


def _edit_in_editor(opening: Opening, record: Lined) -> None:
    from meetingtool.actions.stories.editing import line_of
    from meetingtool.cli.editor import edited
    from meetingtool.records.stories import StoryDetails

    line = line_of(opening.workspace(), record, opening.now)
    with edited(opening.workspace(), f"edit-{record.id}", line) as typed:
        if typed is None:
            talk("Nothing was changed.")
        else:
            _edit(opening, record, typed.strip(), StoryDetails())


def _edit(opening: Opening, record: Lined, line: str, told: StoryDetails) -> None:
    from meetingtool.actions.customers.revising import Noted, revise_noted
    from meetingtool.actions.stories.editing import revise_follow_up, revise_story
    from meetingtool.actions.stories.follow_ups import before_move
    from meetingtool.actions.stories.stories import Recorded
    from meetingtool.cli import portraits
    from meetingtool.cli.telling import tell_due, tell_follow_up, tell_recorded, tell_remarks
    from meetingtool.records.complaints import Complaint
    from meetingtool.records.stories import Story, StoryDetails
    from meetingtool.records.voices import Voice

    desk = opening.desk()
    if isinstance(record, Story):
        changed = revise_story(desk.workspace, record, line, told, opening.now)
        tell_recorded(Recorded(changed, tuple(desk.follow_ups_of(changed))), desk.roster, desk.today)
        return
    if isinstance(record, Complaint) and told.learned is not None and told == StoryDetails(learned=told.learned):
        from meetingtool.actions.customers.complaint_steps import correct_lesson
        from meetingtool.cli.customers.complaint_words import tell_lesson

        record = correct_lesson(desk.workspace, record, told.learned, opening.now)
        tell_lesson(opening, record)
    elif told != StoryDetails():
        raise Refused("Only a sticky situation has these parts.", "Edit the line instead.")
    if isinstance(record, Voice):
        from meetingtool.actions.customers.voices import HeardVoice, revise_voice
        from meetingtool.cli.customers.voices import tell_heard

        tell_heard(HeardVoice(revise_voice(desk.workspace, record, line, opening.now)), desk.roster)
        return
    if isinstance(record, Noted):
        changed_line = revise_noted(desk.workspace, record, line, opening.now)
        out(portraits.heading(changed_line, desk))
        out(portraits.own_words(changed_line, desk))
        return
    late = before_move(desk, record)
    revised = revise_follow_up(desk.workspace, record, line, opening.now)
    if late and revised.due != record.due:
        talk(f"! {late}")
    tell_follow_up(revised, desk.roster)
    if revised.due != record.due:
        tell_due(revised, desk.today)
    tell_remarks(desk.read_line(line, whole=record.kind).remarks)


@click.command(cls=Command)
@click.argument("ref", type=Ref())
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--back", is_flag=True, help="Restore it from the bin.")
@pass_opening
def remove(opening: Opening, ref: str, yes: bool, back: bool) -> None:
    """Move a record to the bin, from where it can be restored."""
    from meetingtool.actions.keeping import undo as actions
    from meetingtool.cli import portraits
    from meetingtool.cli.keeping.bin import tell_restored
    from meetingtool.rules import wording
    from meetingtool.rules.kinds.table import sort_of

    desk = opening.desk()
    record = desk.workspace.by_ref(ref)
    name = f"{sort_of(record)} {record.ref}"
    words = wording.shortened(portraits.own_words(record, desk), 60)
    if back:
        tell_restored(record, actions.bring_back(desk.workspace, record, opening.now))
        return
    actions.check_removable(desk.workspace, record)
    if not yes:
        if not can_ask():
            raise Refused(f"Removing {name} needs a yes.", "Add --yes.")
        if not sure(f"Remove {name}{', “' + words + '”' if words else ''}?"):
            talk("Nothing was removed.")
            return
    actions.remove(desk.workspace, record, opening.now)
    out(f"{name}  removed")
    talk(f"Restore it with: meetingtool bin restore {record.ref}")


@click.command(cls=Command)
@click.option("--list", "listing", is_flag=True, help="Show what was done last, without undoing anything.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many to list.")
@click.option("--json", "for_programs", is_flag=True, help="With --list: print an array for programs.")
@click.option("--past", is_flag=True, help="Skip what can't be undone, and undo the latest thing that can be.")
@pass_opening
def undo(opening: Opening, listing: bool, limit: int, for_programs: bool, past: bool) -> None:
    """Undo the last thing that was done, here or in the app."""
    from meetingtool.actions.keeping import undo as actions
    from meetingtool.cli import portraits
    from meetingtool.rules.keeping.deeds import deed_words

    desk = opening.desk()
    if listing or for_programs:
        _list_deeds(desk, limit, for_programs)
        return
    try:
        deed = actions.undo(desk.workspace, opening.now, past=past)
    except actions.BeyondUndo as refused:
        if refused.older is None:
            raise
        when = portraits.moment(refused.older.at, opening.today)
        way = f"`meetingtool undo --past` takes back what was done before it: {deed_words(refused.older.what)}, {when}."
        raise Refused(refused.message, f"{refused.hint} {way}".strip()) from refused
    out(f"undone: {deed_words(deed.what)}, {portraits.moment(deed.at, opening.today)}")
    if standing := actions.told_standing(desk.workspace, deed):
        talk(standing)


def _list_deeds(desk: Desk, limit: int, for_programs: bool) -> None:
    from meetingtool.actions.keeping.log import entries
    from meetingtool.cli import portraits
    from meetingtool.rules import wording

    found = entries(desk, limit)
    for finding in desk.workspace.notices():
        if finding.kind == "log":
            talk(f"! {finding.message} {finding.hint}")
    if for_programs:
        print_json([_entry_shape(entry) for entry in found])
        return
    rows = []
    for entry in found:
        refs = " ".join(entry.refs) if len(entry.refs) <= SHOWN else wording.count(len(entry.refs), "record")
        undone = "undone" if entry.undone else ""
        rows.append((portraits.moment(entry.at, desk.today), entry.by, entry.what, refs, undone))
    print_table(("When", "By", "What", "Records", ""), rows)


def _entry_shape(entry: LoggedDeed) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at,
        "by": entry.by,
        "code": entry.code,
        "what": entry.what,
        "undone": entry.undone,
        "records": entry.refs,
    }
