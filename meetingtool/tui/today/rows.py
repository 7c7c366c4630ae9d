"""What stands in the panels of Today, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from meetingtool.actions import overview
from meetingtool.actions.desk import Desk
from meetingtool.actions.needs import needs
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.meeting.meeting_time import forgotten
from meetingtool.rules.meeting.overview import heard_from
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_panel import Row, words
from meetingtool.tui.stories.marks import DONE, DUE, OVERDUE, marks

MOST_QUIET = 6
MOST_LAST_YEAR = 3
MOST_LATEST = {True: 12, False: 3}
"""How many of the latest stories are shown, by whether there is room for two columns."""
MOST_WEEKS = 14
KIND_WIDTH = len("evaluation")
BARS = "▁▂▃▄▅▆▇█"

MEETING, WAITING, TELL, PEOPLE = "meeting", "waiting", "tell", "people"
WINS, PROMISES, MEETINGS = "wins", "promises", "meetings"
"""Keys of the rows that stand for no single record."""

STORY, PERSON = "story:", "person:"
"""What the keys of rows about one record begin with; its id follows. Those of needs are in `actions.needs`."""


def coming_rows(desk: Desk, *, heard: bool) -> list[Row]:
    """When the next meeting is and what waits for it, or which meeting is open. heard: also what customers say, for
    which all answers of theirs must be read."""
    running = desk.open_meeting()
    if running is not None:
        day = wording.day(running.at.date(), desk.today)
        state = "is suspended" if running.state == "suspended" else "is running"
        state = "was never closed" if forgotten(running, desk.now) else state
        return [
            _plain(MEETING, Content.assemble(("! ", "bold $warning"), f"The meeting of {day} {state}.")),
            _hint("m", "resumes it" if running.state == "suspended" else "returns to it"),
        ]
    at = desk.next_meeting_at()
    year = f" {at.year}" if at.year != desk.today.year else ""
    date_words = f"{wording.DAYS_IN_FULL[at.weekday()]} {at.day} {wording.MONTHS_IN_FULL[at.month - 1]}{year}"
    when = Content.assemble(
        (f"{date_words}, {wording.clock(at)}", "bold"),
        (f" · {wording.ago(at.date(), desk.today)}", "$text-muted"),
    )
    waiting, due = len(desk.waiting()), len(desk.attention())
    told = f"{wording.count(waiting, 'story', 'stories')} waiting to be told" if waiting else ""
    promised = f"{wording.count(due, 'promise or action', 'promises and actions')} due" if due else ""
    customers = "what customers say" if heard and _is_heard(desk) else ""
    brings = " · ".join(part for part in (told, promised, customers) if part)
    nothing = "Nothing waits for it yet." if heard else "Looking at what customers say …"
    return [
        _plain(MEETING, when),
        _plain(WAITING, Content(brings) if brings else Content.styled(nothing, "$text-muted")),
        _hint("m", "looks at the agenda and starts it"),
    ]


def _is_heard(desk: Desk) -> bool:
    """Whether the next meeting hears anything of customers."""
    from meetingtool.actions.customers.for_meeting import to_hear

    return bool(to_hear(desk))


def _hint(key: str, does: str) -> Row:
    """A line that only names a key."""
    line = Content.assemble((key, "bold $accent"), (f" {does}", "$text-muted"))
    return Row("", ColumnsRow((), line, most=0), silent=True)


def _plain(key: str, line: Content) -> Row:
    return Row(key, ColumnsRow((), line, most=0))


def needs_rows(desk: Desk, *, new: bool = False) -> list[Row]:
    """What needs the manager now, the most pressing first; see `actions.needs`."""
    found = needs(desk, new=new)
    width = max((Content(need.when).cell_length for need in found), default=0)
    return [
        Row(
            need.key,
            ColumnsRow(
                (
                    (Content.styled(OVERDUE if need.over else DUE, "bold $error" if need.over else "$accent"), 1),
                    (Content.styled(need.kind, "$text-muted"), KIND_WIDTH),
                    (Content.styled(need.when, "$error" if need.over and need.due else "$foreground"), width + 1),
                ),
                Content.assemble(need.what, (need.beside, "$text-muted")),
                most=3,
            ),
        )
        for need in found
    ]


def first_steps(desk: Desk) -> list[Row]:
    """What to do first in a new workspace, with a tick at what is done; empty once a meeting has been held."""
    if any(meeting.state == "closed" for meeting in desk.meetings()):
        return []
    people, stories = desk.roster.people, desk.recent_stories()
    steps = (
        (PEOPLE, bool(people), "p", "Add the people on your team", f"{wording.count(len(people), 'person', 'people')}"),
        (TELL, bool(stories), "w", "Note a first win: who did what for whom", f"{len(stories):,} noted"),
        (MEETING, False, "m", "Hold the first meeting; its agenda is ready", ""),
    )
    rows = [words("Welcome. Three steps, and everything else follows.", "$foreground")]
    for key, done, press, what, so_far in steps:
        mark = Content.styled(DONE, "$success") if done else Content.styled(DUE, "$accent")
        key_shown = Content.styled(press, "bold $accent")
        words_shown = Content.styled(what, "$text-muted" if done else "$foreground")
        tail = Content.styled(so_far, "$text-muted") if done else None
        rows.append(Row(key, ColumnsRow(((mark, 1), (key_shown, 2)), words_shown, tail, most=0)))
    return rows


def quarter_rows(desk: Desk) -> list[Row]:
    """Wins, promises and meetings of this quarter."""
    so_far = overview.quarter(desk)
    if so_far.empty:
        return [words("This quarter's wins, promises and meetings will add up here. w notes the first win.")]
    rows = [_number(WINS, Content.styled(bars(so_far.wins_by_week), "$accent"), f"{so_far.wins:,}")]
    if so_far.decided:
        rows.append(_number(PROMISES, Content(""), f"{so_far.kept} of {so_far.decided} kept"))
    else:
        rows.append(_number(PROMISES, Content(""), "none decided yet"))
    rated = f", rated {so_far.rating:.1f}" if so_far.rating is not None else ""
    rows.append(_number(MEETINGS, Content(""), f"{so_far.held} held{rated}"))
    return rows


def _number(label: str, picture: Content, value: str) -> Row:
    return Row(label, ColumnsRow(((Content.styled(label, "$text-muted"), 9),), picture, Content(value)))


def bars(numbers: Sequence[int]) -> str:
    """One block a week, as high as its number beside the highest; a week without any is the lowest block."""
    recent = numbers[-MOST_WEEKS:]
    most = max(recent, default=0)
    if not most:
        return BARS[0] * len(recent)
    return "".join(BARS[-(-number * (len(BARS) - 1) // most)] for number in recent)


def quiet_rows(desk: Desk) -> list[Row]:
    """Who has not been heard from lately."""
    if not desk.recent_stories():
        return [words("Anyone without a story for two weeks will be named here, so that nobody is overlooked.")]
    quiet = desk.quiet()
    if not quiet:
        return [words(_heard(desk))]
    rows = [
        Row(
            f"{PERSON}{entry.person.id}",
            ColumnsRow(
                (),
                Content(wording.one_line(desk.roster.short_name(entry.person.id))),
                Content.styled(wording.span(entry.days), "$text-muted"),
            ),
        )
        for entry in quiet[:MOST_QUIET]
    ]
    if len(quiet) > MOST_QUIET:
        rows.append(_plain(PEOPLE, Content.styled(f"and {len(quiet) - MOST_QUIET} more", "$text-muted")))
    return rows


def _heard(desk: Desk) -> str:
    """What is true where nobody has been quiet for long; people new here may not have been heard from yet."""
    people = desk.roster.people
    if not people:
        return "Nobody is on the team yet. p adds people."
    heard = len(heard_from(people, desk.recent_stories(), desk.today))
    if heard == len(people):
        return "Everyone has been heard from in the last two weeks."
    told = "Nobody" if not heard else f"{heard} of {len(people)}"
    has = "has" if heard < 2 else "have"
    return f"{told} {has} been heard from in the last two weeks. Anyone without a story for that long is named here."


def last_year_rows(desk: Desk) -> list[Row]:
    """The stories of this week a year ago."""
    stories = desk.this_week_last_year()
    if not stories:
        return [words("What was told in this week a year ago comes back here.")]
    return [story_row(story, desk) for story in stories[:MOST_LAST_YEAR]]


def story_row(story: Story, desk: Desk) -> Row:
    """A story: its marks, who, what, and for which standard."""
    who = desk.roster.names(story.people)
    return Row(
        f"{STORY}{story.id}",
        ColumnsRow(
            ((Content.styled(marks(story) or " ", "bold $accent"), 2),),
            Content.assemble(
                (f"{who}  " if who else "", "bold"),
                wording.shortened(story.text, 400),
                (f"  {desk.roster.tags(story.standards)}" if story.standards else "", "$accent"),
            ),
            most=4,
        ),
    )


def latest_rows(desk: Desk, most: int) -> list[Row]:
    """The stories told or noted last, the newest first."""
    stories = desk.recent_stories()[: -most - 1 : -1]
    if not stories:
        return [words("Each win and each sticky situation will appear here once it is noted: w and s.")]
    width = max(Content(wording.day(story.at.date(), desk.today)).cell_length for story in stories)
    rows = []
    for story in stories:
        who = desk.roster.names(story.people)
        sticky = "sticky  " if story.kind == "sticky" else ""
        day = Content.styled(wording.day(story.at.date(), desk.today), "$text-muted")
        rows.append(
            Row(
                f"{STORY}{story.id}",
                ColumnsRow(
                    ((Content.styled(marks(story) or " ", "bold $accent"), 2), (day, width + 1)),
                    Content.assemble(
                        (sticky, "$warning"), (f"{who}  " if who else "", "bold"), wording.shortened(story.text, 300)
                    ),
                ),
            )
        )
    return rows


def needs_nothing(desk: Desk) -> Row:
    """What stands in `Needs you` when nothing does."""
    soon = next((f for f in desk.open_follow_ups() if f.due is not None), None)
    beyond = f" The next thing due is on {wording.day(soon.due, desk.today)}." if soon and soon.due else ""
    return words(f"Nothing needs you now.{beyond}")
