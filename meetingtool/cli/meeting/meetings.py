"""`meetingtool meeting`: holding the weekly meeting from the command line, and looking meetings up."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day, LineWords, Ref, Who
from meetingtool.cli.commands import Family, TextCommand, as_typed
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import print_paper
from meetingtool.cli.printing import can_ask, out, print_fields, print_json, print_table, sure, talk
from meetingtool.errors import NotFound, Refused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.records.meetings import Meeting, Presence


meeting_option = click.option(
    "--meeting",
    "ref",
    metavar="REF",
    type=Ref("meeting"),
    help="The meeting, where it is not the one that was begun last.",
)


@click.group(cls=Family)
def meeting() -> None:
    """The weekly meeting.

    While a meeting runs, the wins and sticky situations that are recorded count as told in it. The app leads
    through the agenda with clocks; these commands do the same in plain lines.
    """


@meeting.command("list")
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="How many; 0 shows all.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_meetings(opening: Opening, limit: int, for_programs: bool) -> None:
    """List the meetings, the latest first."""
    from meetingtool.cli import shapes
    from meetingtool.records.meetings import Meeting
    from meetingtool.rules.wording import count

    desk = opening.desk()
    found = desk.workspace.find(Meeting)[::-1]
    shown = found[:limit] if limit else found
    if for_programs:
        print_json([shapes.shape(each, desk.roster) for each in shown])
    elif shown:
        print_table(
            ("Ref", "Held", "State", "Here", "Stories", "Rated", "Standard"),
            [_row(each, desk) for each in shown],
            right={3, 4, 5},
        )
    if not found:
        talk("No meeting has been held yet. `meetingtool meeting start` starts one; so does the app.")
    elif len(shown) < len(found):
        talk(f"{count(len(found) - len(shown), 'earlier meeting')} not shown; see --limit.")


def _row(meeting: Meeting, desk: Desk) -> tuple[str, ...]:
    from meetingtool.cli.portraits import moment

    here = sum(entry.presence != "absent" for entry in meeting.attendance)
    votes = meeting.team_rating
    return (
        meeting.ref,
        moment(meeting.at, desk.today),
        "" if meeting.state == "closed" else meeting.state,
        f"{here} of {len(meeting.attendance)}",
        str(len(desk.told_in(meeting))),
        f"{sum(votes) / len(votes):.1f}" if votes else "",
        desk.roster.tags([meeting.standard] if meeting.standard else []),
    )


@meeting.command()
@click.option(
    "--on",
    "day",
    type=Day(),
    help="The day for which it counts, when it is written up later, such as `last tue` or `20 oct 08:30`.",
)
@pass_opening
def start(opening: Opening, day: str | None) -> None:
    """Start the weekly meeting. Everybody counts as present until `meeting attend` says otherwise."""
    from meetingtool.actions.meeting.meetings import held_on, open_meeting, start_meeting
    from meetingtool.rules.hours import day_and_clock
    from meetingtool.rules.meeting.meeting_time import late

    desk = opening.desk()
    planned_for = desk.next_meeting_at()
    on, clock = day_and_clock(day, desk.dates, prefer="past") if day is not None else (None, "")
    held = held_on(desk.workspace, on or opening.today, opening.now)
    if held and open_meeting(desk.workspace, opening.now) is None and can_ask() and not sure(f"{held} Start another?"):
        talk("Nothing was changed.")
        return
    begun = start_meeting(desk.workspace, opening.now, on=on, clock=clock)
    _tell(begun, opening)
    if held and not can_ask():
        talk(f"{held} This is another one; `meetingtool undo` takes it back.")
    if day is None and (after := late(begun.at, planned_for)):
        talk(f"It started {after}.")
    talk("What you record now is told in it; `meetingtool meeting next` goes on, `meetingtool meeting close` ends it.")


@meeting.command()
@pass_opening
def resume(opening: Opening) -> None:
    """Resume a meeting that was suspended."""
    from meetingtool.actions.meeting import meetings as actions

    _tell(actions.resume(opening.workspace(), _open_meeting(opening), opening.now), opening)


@meeting.command("next")
@click.option("--to", "place", type=click.IntRange(min=1), help="Go to this segment, counted from 1.")
@pass_opening
def next_segment(opening: Opening, place: int | None) -> None:
    """Go on to the next segment of the agenda."""
    from meetingtool.actions.meeting.going_on import go_to

    found = _open_meeting(opening)
    index = found.segment + 1 if place is None else place - 1
    if place is None and index >= len(found.segments):
        raise Refused("This is the last segment.", "`meetingtool meeting close` ends the meeting.")
    _tell(go_to(opening.desk(), found, index), opening)


@meeting.command()
@click.argument("who", nargs=-1, required=True, type=Who())
@click.option("--late", "presence", flag_value="late", help="They came late.")
@click.option("--absent", "presence", flag_value="absent", help="They are not here.")
@meeting_option
@pass_opening
def attend(opening: Opening, who: tuple[str, ...], presence: Presence | None, ref: str | None) -> None:
    """Note who is here, late or absent, in the meeting that is open, else in the one that was begun last."""
    from meetingtool.actions.meeting.meetings import set_presence
    from meetingtool.actions.reading import person_named
    from meetingtool.rules.keeping import deeds

    found, roster, workspace = meeting_named(opening.desk(), ref), opening.roster(), opening.workspace()
    people = [person_named(roster, name) for name in who]
    with workspace.batch(deeds.PRESENCE, opening.now):
        for person in people:
            found = set_presence(workspace, found, person.id, presence or "here", opening.now)
    names = ", ".join(roster.short_name(person.id) for person in people)
    day = "" if found.at.date() == opening.today else f" ({_held(found, opening)})"
    out(f"{presence or 'here'}: {names}{day}")


@meeting.command(cls=TextCommand)
@click.argument("text", nargs=-1, required=True, type=LineWords())
@meeting_option
@pass_opening
def note(opening: Opening, text: tuple[str, ...], ref: str | None) -> None:
    """Add a line to the notes of the meeting that is open, else of the one that was begun last."""
    from meetingtool.actions.meeting.meetings import write_notes

    found = meeting_named(opening.desk(), ref)
    words = as_typed(text)
    write_notes(opening.workspace(), found, f"{found.notes}\n{words}" if found.notes else words, opening.now)
    _tell(found, opening)


@meeting.command(cls=TextCommand)
@click.argument("text", nargs=-1, required=True, type=LineWords())
@meeting_option
@pass_opening
def answer(opening: Opening, text: tuple[str, ...], ref: str | None) -> None:
    """Write down an answer to the question of the week."""
    from meetingtool.actions.meeting.meetings import write_answer

    found = meeting_named(opening.desk(), ref)
    write_answer(opening.workspace(), found, as_typed(text), opening.now)
    _tell(found, opening)


@meeting.command()
@click.option("--rating", default="", help='How the team rates the meeting, 1 to 10 each, such as "8 9 7".')
@click.option("--next", "following", metavar="WHEN", help='When the next one is, such as "1 Dec" or "1 Dec 10:00".')
@click.option("--ended", metavar="WHEN", help='When it ended, such as "9:20" or "24 Nov 9:20"; now when left out.')
@pass_opening
def close(opening: Opening, rating: str, following: str | None, ended: str | None) -> None:
    """Close the open meeting.

    One whose clock was left running for days needs --ended.
    """
    from meetingtool.actions.meeting import going_on

    found = _open_meeting(opening)
    votes = [_vote(word) for word in re.split(r"[\s,;]+", rating.strip()) if word]
    desk = opening.desk()
    next_at = desk.moment(following) if following else None
    end = desk.end_of(found, ended) if ended else None
    closed = going_on.close(desk, found, team_rating=votes, next_at=next_at, ended=end)
    _tell(closed, opening)
    if next_at is not None:
        _tell_next(next_at, opening)
    talk(f"`meetingtool meeting minutes {closed.ref}` prints the minutes.")


@meeting.command()
@click.argument("when", nargs=-1)
@click.option("--skip", is_flag=True, help="Leave the next one out; the one after it becomes the next.")
@click.option("--usual", is_flag=True, help="Go back to the usual day and hour.")
@pass_opening
def move(opening: Opening, when: tuple[str, ...], skip: bool, usual: bool) -> None:
    """Move the next meeting, as for a holiday: to WHEN, such as `3 Dec` or `thu 3 Dec 14:00`.

    Without a time it is at the usual one.
    """
    from meetingtool.actions.meeting import meetings as actions

    if bool(when) + skip + usual != 1:
        raise click.UsageError("Say when the next meeting is, or --skip, or --usual.")
    workspace = opening.workspace()
    if skip:
        at = actions.skip_next(workspace, opening.now)
    else:
        at = actions.move_next(workspace, opening.now, opening.desk().moment(as_typed(when)) if when else None)
    _tell_next(at, opening)


def _tell_next(at: datetime, opening: Opening) -> None:
    """Print when the next meeting is, and how far away, so that another year than was meant is seen."""
    from meetingtool.rules import wording

    out(f"next meeting  {wording.day_in_full(at.date())}, {wording.clock(at)}")
    if at.date() - opening.today > timedelta(days=60):
        talk(f"That is {wording.ago(at.date(), opening.today)}; `meetingtool meeting move` changes it.")


def _vote(word: str) -> int:
    if not word.isascii() or not word.isdecimal():
        from meetingtool.rules.wording import shortened

        raise Refused(f"“{shortened(word, 20)}” isn't a rating of a meeting.", "Give whole numbers from 1 to 10.")
    return int(word[:4])


@meeting.command()
@click.argument("ref", required=False, type=Ref("meeting"))
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def show(opening: Opening, ref: str | None, for_programs: bool) -> None:
    """Show a meeting: the one that is open, else the one that was begun last, when none is named."""
    from meetingtool.cli import portraits, shapes

    desk = opening.desk()
    found = meeting_named(desk, ref)
    if for_programs:
        told = [shapes.shape(story, desk.roster) for story in desk.told_in(found)]
        print_json({**shapes.shape(found, desk.roster), "stories": told})
        return
    out(portraits.heading(found, desk))
    print_fields(portraits.fields(found, desk))


@meeting.command()
@click.argument("ref", required=False, type=Ref("meeting"))
@click.option("--private", is_flag=True, help="With the manager's part.")
@click.option("--format", "form", type=click.Choice(["txt", "md", "pdf"]), default="txt", show_default=True,
              help="The format.")  # fmt: skip
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write them to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def minutes(opening: Opening, ref: str | None, private: bool, form: str, file: Path | None, force: bool) -> None:
    """Print the minutes of a meeting; of the one that is open, else of the one begun last, when none is named.

    Without --private they have nothing private, so they can be sent to the team.
    """
    from meetingtool.actions.meeting.papers import minutes_paper

    desk = opening.desk()
    paper = minutes_paper(desk, meeting_named(desk, ref), private=private)
    print_paper(paper, form, file, force, opening.today, private=private)


def meeting_named(desk: Desk, ref: str | None) -> Meeting:
    """The meeting of a reference, else the one that is open, else the one that was begun last."""
    from meetingtool.actions.meeting.meetings import last_meeting
    from meetingtool.records.meetings import Meeting

    if ref is None:
        last = last_meeting(desk.workspace, desk.now)
        if last is None:
            raise NotFound("No meeting has been held yet.", "`meetingtool meeting start` starts one.")
        return last
    found = desk.workspace.by_ref(ref)
    if not isinstance(found, Meeting):
        raise NotFound(f"{found.ref} isn't a meeting.", "`meetingtool meeting list` shows them.")
    return found


def _open_meeting(opening: Opening) -> Meeting:
    from meetingtool.actions.meeting.meetings import open_meeting

    found = open_meeting(opening.desk().workspace, opening.now)
    if found is None:
        raise NotFound("No meeting is open.", "`meetingtool meeting start` starts one.")
    return found


def _held(found: Meeting, opening: Opening) -> str:
    from meetingtool.rules import wording

    return f"the meeting of {wording.day(found.at.date(), opening.today)}"


def _tell(found: Meeting, opening: Opening) -> None:
    """Print the meeting on a line, with the segment that runs and the time left in it."""
    from meetingtool.rules import wording
    from meetingtool.rules.meeting import meeting_time

    parts = [wording.day(found.at.date(), opening.today), found.state]
    if found.state == "running":
        segment = found.segments[found.segment]
        left = meeting_time.segment_left(found, found.segment, opening.now)
        parts.append(f"{found.segment + 1}. {wording.one_line(segment.title)}, {wording.minutes(left)} left")
    out(f"meeting {found.ref}  {' · '.join(parts)}")
