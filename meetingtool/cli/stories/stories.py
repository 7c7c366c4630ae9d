"""`meetingtool win`, `sticky`, `promise`, `action`: recording what happened, in one line each."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

from meetingtool.cli.arguments import Day, LineWords, Ref
from meetingtool.cli.commands import TextCommand, as_typed
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import ask_lines, can_ask, talk
from meetingtool.errors import MeetingtoolError, Refused

if TYPE_CHECKING:
    from meetingtool.records.followups import FollowUpKind
    from meetingtool.records.stories import Award, AwardKind, StoryDetails, StoryKind

F = TypeVar("F", bound=Callable[..., object])
RecordLine = Callable[[str, date | None], None]
"""Records one line, for a day or for now, and prints the result."""

_REST = """
    ^Acme              the customer; ^"Blue Door Café" with blanks
    fund:25            spent from the service recovery fund
    + or ~             starred, or private; at the very start or end

Your shell keeps some of these marks to itself (# ! > ~ and quotes): put the whole line in single quotes, or give no
TEXT and type the line when asked. With - as TEXT, every line of standard input is recorded as one of its own.
"""
STORY_MARKS = f"""\b
    @maria             who gets the credit; at the start, or at the end behind a comma
    #own-it            the standard
    !"send it" by fri  a promise to the customer that comes out of it
    >"tell all"        something we will do because of it{_REST}"""
PLEDGE_MARKS = f"""\b
    @maria             who does it
    by fri             until when; at the end{_REST}"""


def line_arguments(command: F) -> F:
    """TEXT, --on, --meeting and --private, as the commands have them."""
    for decorate in (
        click.option("--private", is_flag=True, help="Never shown while the screen is shared, as with ~ in the line."),
        click.option(
            "--meeting", "meeting_ref", type=Ref("meeting"), help="Told in this meeting, also once it is closed."
        ),
        click.option("--on", "day", type=Day(), help="The day on which it happened; today when left out."),
        click.argument("text", nargs=-1, type=LineWords()),
    ):
        command = decorate(command)
    return command


def told_options(command: F) -> F:
    """What can be said about a sticky situation beyond its line."""
    for decorate in (
        click.option("--ended", help="How it ended."),
        click.option("--learned", help="What we learned."),
        click.option("--handled", help="How it was handled."),
        click.option("--happened", help="What happened, in full."),
    ):
        command = decorate(command)
    return command


def award_options(command: F) -> F:
    """Give a command the options of a reward: `kind`, `value` and `given`."""
    kinds = click.Choice(["words", "time-off", "ticket", "plaque", "article", "gift", "other"])
    for option in (
        click.option("--given/--owed", "given", default=None, help="Handed over already, or still to be."),
        click.option("--value", metavar="AMOUNT", help="What it is worth, such as 25."),
        click.option("--kind", type=kinds, help="What the reward is."),
    ):
        command = option(command)
    return command


def award_of(opening: Opening, kind: AwardKind | None, value: str | None, given: bool | None) -> Award | None:
    """The reward as these options say; None where none of them was given. It is owed unless it was given."""
    from meetingtool.actions.stories.thanks import worth
    from meetingtool.records.stories import Award

    if kind is None and value is None and given is None:
        return None
    amount = worth(opening.workspace(), value or "")
    return Award(kind or "other", "given" if given else "owed", amount, opening.today if given else None)


@click.command(cls=TextCommand, help=f"Record a service win.\n\n{STORY_MARKS}")
@line_arguments
@pass_opening
def win(opening: Opening, text: tuple[str, ...], day: str | None, meeting_ref: str | None, private: bool) -> None:
    """Record a service win."""
    record_each(opening, "win", text, day, private, _story(opening, "win", meeting_ref, None), plain=not meeting_ref)


@click.command(cls=TextCommand, help=f"Record a sticky situation. It never lowers anyone's score.\n\n{STORY_MARKS}")
@line_arguments
@told_options
@pass_opening
def sticky(
    opening: Opening,
    text: tuple[str, ...],
    day: str | None,
    meeting_ref: str | None,
    private: bool,
    happened: str | None,
    handled: str | None,
    learned: str | None,
    ended: str | None,
) -> None:
    """Record a sticky situation."""
    from meetingtool.records.stories import StoryDetails

    told = StoryDetails(happened=happened, handled=handled, learned=learned, ended=ended)
    if text == ("-",) and told != StoryDetails():
        raise click.UsageError("--happened, --handled, --learned and --ended are about one story, not about a list.")
    plain = not meeting_ref and told == StoryDetails()
    record_each(opening, "sticky", text, day, private, _story(opening, "sticky", meeting_ref, told), plain=plain)


@click.command(cls=TextCommand, help=f"Record thanks to somebody: whom, for what, by which standard.\n\n{STORY_MARKS}")
@line_arguments
@click.option("--reward", help="What comes with it, such as `a free afternoon`.")
@award_options
@click.option("--because", metavar="REF", help="What it is for: a win, a name in a comment, a customer's words.")
@pass_opening
def praise(
    opening: Opening,
    text: tuple[str, ...],
    day: str | None,
    meeting_ref: str | None,
    private: bool,
    reward: str | None,
    kind: AwardKind | None,
    value: str | None,
    given: bool | None,
    because: str | None,
) -> None:
    """Record thanks."""

    def record(line: str, on: date | None) -> None:
        from meetingtool.actions.stories.thanks import thank, thanked_for, wish_unknown
        from meetingtool.cli.telling import tell_recorded

        workspace = opening.workspace()
        meeting, when = told_in(opening, meeting_ref, on)
        recorded = thank(
            workspace,
            line,
            opening.now,
            reward=reward or "",
            award=award_of(opening, kind, value, given),
            because=thanked_for(workspace, because) if because else "",
            on=when,
            meeting=meeting,
        )
        tell_recorded(recorded, opening.roster(), opening.today)
        if why := wish_unknown(workspace, recorded.story, opening.roster()):
            talk(why)

    plain = not (meeting_ref or reward or kind or value or because) and given is None
    record_each(opening, "praise", text, day, private, record, plain=plain)


@click.command(
    cls=TextCommand, help=f"Note a promise to a customer, such as `refund posted ^Acme by fri`.\n\n{PLEDGE_MARKS}"
)
@line_arguments
@pass_opening
def promise(opening: Opening, text: tuple[str, ...], day: str | None, meeting_ref: str | None, private: bool) -> None:
    """Note a promise to a customer."""
    record = _follow_up(opening, "promise", meeting_ref)
    record_each(opening, "promise", text, day, private, record, plain=not meeting_ref)


@click.command(cls=TextCommand, help=f"Note something we will do, with @who and `by DATE`.\n\n{PLEDGE_MARKS}")
@line_arguments
@pass_opening
def action(opening: Opening, text: tuple[str, ...], day: str | None, meeting_ref: str | None, private: bool) -> None:
    """Note something that we will do."""
    record = _follow_up(opening, "action", meeting_ref)
    record_each(opening, "action", text, day, private, record, plain=not meeting_ref)


def _story(opening: Opening, kind: StoryKind, meeting_ref: str | None, told: StoryDetails | None) -> RecordLine:
    """Records lines as stories; those of today are told in the meeting that runs."""

    def record(line: str, on: date | None) -> None:
        from meetingtool.actions.stories.stories import mere_pledge, record_story
        from meetingtool.cli.telling import tell_recorded

        if pledge := mere_pledge(opening.workspace(), line, opening.now, on):
            _follow_up(opening, pledge, meeting_ref)(line, on)
            return
        meeting, day = told_in(opening, meeting_ref, on)
        recorded = record_story(opening.workspace(), kind, line, opening.now, on=day, meeting=meeting, told=told)
        tell_recorded(recorded, opening.roster(), opening.today)

    return record


def _follow_up(opening: Opening, kind: FollowUpKind, meeting_ref: str | None) -> RecordLine:
    def record(line: str, on: date | None) -> None:
        from meetingtool.actions.stories.follow_ups import record_follow_up
        from meetingtool.cli.telling import tell_follow_up, tell_remarks, tell_unsorted

        meeting, day = told_in(opening, meeting_ref, on)
        follow_up = record_follow_up(opening.workspace(), kind, line, opening.now, on=day, meeting=meeting)
        tell_follow_up(follow_up, opening.roster())
        tell_remarks(opening.desk().read_line(line, day=on, whole=kind).remarks)
        tell_unsorted(follow_up)

    return record


def told_in(opening: Opening, ref: str | None, on: date | None) -> tuple[str | None, date | None]:
    """The id of the meeting in which something is told, and the day for which it counts, by the rule of the app.

    ref: the meeting that was named; else the one that is running, for what is told today or on its day.
    """
    from meetingtool.actions.reading import meeting_now

    if ref is not None:
        from meetingtool.cli.meeting.meetings import meeting_named

        meeting = meeting_named(opening.desk(), ref)
    else:
        running = meeting_now(opening.workspace(), opening.now)
        if running is None or on not in (None, opening.today, running.at.date()):
            return None, on
        from meetingtool.rules import wording  # most lines are recorded while no meeting runs
        from meetingtool.rules.meeting.meeting_time import forgotten

        meeting = running
        if forgotten(meeting, opening.now):
            begun = wording.day(meeting.at.date(), opening.today)
            talk(f"Told in the meeting of {begun}, which was never closed: `meetingtool meeting close --ended TIME`.")
    from meetingtool.rules.meeting.meeting_time import counts_for

    return meeting.id, on or counts_for(meeting, opening.now)


def record_each(
    opening: Opening,
    what: str,
    text: tuple[str, ...],
    day: str | None,
    private: bool,
    record: RecordLine,
    *,
    plain: bool | None = None,
) -> None:
    """Record TEXT, or every line of standard input, or what is typed or pasted when asked. plain: whether nothing is
    said of it but the line: such a TEXT is kept on this computer while the server is away; None where none is."""
    from meetingtool.actions.reading import settings_of
    from meetingtool.store.errors import ServerAway

    try:
        settings_of(opening.workspace())
    except ServerAway as error:
        if plain is None:
            raise
        if day or not plain:
            raise ServerAway(
                error.message, "Without options the line is kept here until the server answers."
            ) from error
        _keep(opening, what, as_typed(text) + (" ~" if private else ""), error)
        return
    on = opening.day(day, "past")
    mark = " ~" if private else ""
    if text == ("-",):
        _record_all(record, _lines_of_input(), on, mark)
        return
    line = as_typed(text)
    if not text:
        if not can_ask():
            raise click.UsageError(f"Say what to record: meetingtool {what} TEXT, or - for lines of standard input.")
        line, *more = ask_lines(f"{what} › ")
        if more:
            _record_all(record, (line, *more), on, mark)
            return
    _refuse_file(what, line)
    lines = line.splitlines()
    if what in ("promise", "action") and len(lines) > 1:
        _record_all(record, lines, on, mark)
        return
    record(line + mark, on)


def _refuse_file(what: str, line: str) -> None:
    """Refused for the path of a file in place of words: nobody tells a story by it, and its lines come another way."""
    words = line.split()
    if not 0 < len(words) <= 2 or len(line) > 250 or not re.search(r"\w\.\w{1,5}$", words[-1]):
        return
    if Path(words[-1]).is_file() or words[0].casefold() == "import":
        from meetingtool.rules.wording import shortened

        raise Refused(
            f"“{shortened(line, 60)}” names a file and tells nothing.",
            f"To record each line of a text file: meetingtool {what} - < FILE",
        )


def _keep(opening: Opening, kind: str, line: str, away: MeetingtoolError) -> None:
    """Keep a line until the server answers. `away` is raised for what can't be kept."""
    from meetingtool.records.base import mint
    from meetingtool.store.server.team import keep_line
    from meetingtool.store.workspace import TypedLine

    if line.strip(" ~") in ("", "-") or "\n" in line:
        raise away
    now = opening.now
    if not keep_line(str(opening.place()), TypedLine(mint(now), now, kind, line)):
        raise away
    talk("The server can't be reached. The line is kept on this computer, and recorded as of now once it answers.")


def _record_all(record: RecordLine, lines: Iterable[str], on: date | None, mark: str) -> None:
    """Try every line; refused ones are reported with their number, and the exit code says so."""
    failed = tried = 0
    from meetingtool.rules.wording import without_bullet

    for number, line in enumerate(map(without_bullet, lines), start=1):
        if not line.strip():
            continue
        tried += 1
        try:
            record(line + mark, on)
        except MeetingtoolError as error:
            failed += 1
            talk(f"meetingtool: line {number}: {error}")
    if not tried:
        talk("There was no line to record.")
    if failed:
        from meetingtool.rules.wording import count

        talk(f"meetingtool: {count(failed, 'line')} of {tried:,} not recorded; the others are.")
        click.get_current_context().exit(1)


def _lines_of_input() -> Iterator[str]:
    """The lines of standard input as they come, in UTF-8, UTF-16 with its mark, or Windows-1252. A carriage return ends
    a line too, as old programs write it. Refused, before any is given, for what can't be text.
    """
    import io

    from meetingtool.importers.decoding import decode, looks_binary

    given = sys.stdin.buffer
    stream = given if isinstance(given, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", given))
    start = stream.peek(1 << 12)
    if not start.startswith((b"\xff\xfe", b"\xfe\xff")) and looks_binary(decode(start.replace(b"\0", b""))[0]):
        raise Refused("Standard input is not text.", "Nothing was recorded; give one line for each thing told.")
    told: set[str] = set()
    for number, raw in enumerate(stream):
        wide = not number and raw.startswith((b"\xff\xfe", b"\xfe\xff"))
        text, notes = decode(raw + stream.read() if wide else raw.replace(b"\0", b""))
        if not wide and b"\0" in raw:
            notes.append("NUL characters were removed.")
        for note in notes:
            if note not in told:
                talk(note)
                told.add(note)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        yield from lines if lines[-1] else lines[:-1]
