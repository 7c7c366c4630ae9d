"""The rows of the panels of Today beside what needs you: the quarter, who is quiet, stories."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from meetingtool.actions import overview
from meetingtool.actions.desk import Desk
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.meeting.overview import heard_from
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_panel import Row, words
from meetingtool.tui.stories.marks import marks
from meetingtool.tui.today.rows import MEETINGS, PEOPLE, PERSON, PROMISES, STORY, WINS, plain

MOST_QUIET = 6
MOST_LAST_YEAR = 3
MOST_WEEKS = 14
BARS = "▁▂▃▄▅▆▇█"


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
        rows.append(plain(PEOPLE, Content.styled(f"and {len(quiet) - MOST_QUIET} more", "$text-muted")))
    return rows


def _heard(desk: Desk) -> str:
    """What to say where nobody has been quiet for long; new people may not have been heard from yet."""
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
