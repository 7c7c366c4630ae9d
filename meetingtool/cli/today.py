"""What needs the manager now, for a shell's greeting, cron, or another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk

SOMETHING, OVER = 3, 4
"""The exit codes where something needs the manager, and where something should have been done by now."""


@click.command(cls=Command)
@click.option("--room", is_flag=True, help="Leave out what is private.")
@click.option("--json", "for_programs", is_flag=True, help="Print for programs.")
@pass_opening
def today(opening: Opening, room: bool, for_programs: bool) -> None:
    """Print what needs you now: promises, complaints, ratings, trainings, marks to sort out.

    The exit code is 0 when nothing does, 3 when something does, 4 when something is overdue.
    """
    desk = opening.desk(room=room)
    with desk.workspace.showing():
        code = _told(opening, desk, for_programs=for_programs)
        left_out = desk.workspace.notices() if desk.workspace.leaves_out else []
    for finding in left_out:
        talk(f"! {finding.message} {finding.hint}")
    click.get_current_context().exit(max(code, SOMETHING) if left_out else code)


def _told(opening: Opening, desk: Desk, *, for_programs: bool) -> int:
    from meetingtool.actions.needs import needs
    from meetingtool.rules import wording
    from meetingtool.rules.meeting.meeting_time import forgotten

    held = any(meeting.state == "closed" for meeting in desk.meetings())
    found = needs(desk, new=not held)
    if for_programs:
        print_json(
            [
                {
                    "kind": need.kind,
                    "overdue": need.over,
                    "due": need.due,
                    "when": need.when,
                    "text": f"{need.what}{need.beside}",
                    "id": need.key.partition(":")[2] or None,
                }
                for need in found
            ]
        )
    else:
        running = desk.open_meeting()
        at = desk.next_meeting_at() if running is None else running.at
        said = "Next meeting" if running is None else "The meeting is open"
        out(f"{said}: {wording.day(at.date(), desk.today)}, {wording.clock(at)}")
        if running is not None and forgotten(running, opening.now):
            out("Its clock was never stopped: `meetingtool meeting close --ended TIME` closes it.")
        if found:
            rows = (("!" if need.over else "·", need.kind, need.when, f"{need.what}{need.beside}") for need in found)
            print_table(("", "What", "When", "About"), rows)
        else:
            out("Nothing needs you now.")
    return OVER if any(need.over for need in found) else SOMETHING if found else 0
