"""What stands in the panels of Today, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from meetingtool.actions import overview
from meetingtool.actions.customers.due_steps import steps_of
from meetingtool.actions.customers.unexplained import unexplained
from meetingtool.actions.desk import Desk
from meetingtool.actions.people.leaving import left_open
from meetingtool.actions.stories.open_marks import OpenMark, open_marks
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.meeting.overview import heard_from
from meetingtool.rules.roster import could_be
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_panel import Row, words
from meetingtool.tui.stories.story_text import DONE, DUE, OVERDUE, follow_up_mark, marks

if TYPE_CHECKING:
    from meetingtool.actions.playbook.training_grid import Needed

MOST_TO_SORT = 3
MOST_QUIET = 6
MOST_NAMED = 3
MOST_LAST_YEAR = 3
MOST_LATEST = {True: 12, False: 3}
"""How many of the latest stories are shown, by whether there is room for two columns."""
MOST_WEEKS = 14
KIND_WIDTH = len("evaluation")
BARS = "▁▂▃▄▅▆▇█"

MEETING, WAITING, TELL, PEOPLE, RATINGS, EVALUATIONS, TO_SORT, TRAINING = (
    "meeting",
    "waiting",
    "tell",
    "people",
    "ratings",
    "evaluations",
    "to-sort",
    "training",
)
WINS, PROMISES, MEETINGS = "wins", "promises", "meetings"
"""Keys of the rows that stand for no single record."""

FOLLOW_UP, STORY, SORT, PERSON, LEFT = "follow-up:", "story:", "sort:", "person:", "left:"
COMPLAINT, ALERT = "complaint:", "alert:"
"""What the keys of rows about one record begin with; its id follows, of an open mark the mark itself."""


def coming_rows(desk: Desk) -> list[Row]:
    """When the next meeting is and what waits for it, or which meeting is open."""
    running = desk.open_meeting()
    if running is not None:
        day = wording.day(running.at.date(), desk.today)
        state = "is suspended" if running.state == "suspended" else "is running"
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
    brings = " · ".join(part for part in (told, promised) if part)
    return [
        _plain(MEETING, when),
        _plain(WAITING, Content(brings) if brings else Content.styled("Nothing waits for it yet.", "$text-muted")),
        _hint("m", "looks at the agenda and starts it"),
    ]


def _hint(key: str, does: str) -> Row:
    """A line that only names a key."""
    line = Content.assemble((key, "bold $accent"), (f" {does}", "$text-muted"))
    return Row("", ColumnsRow((), line, most=0), silent=True)


def _plain(key: str, line: Content) -> Row:
    return Row(key, ColumnsRow((), line, most=0))


def needs_rows(desk: Desk, *, new: bool = False) -> list[Row]:
    """What needs the manager now, the most pressing first; in room nothing about ratings or evaluations.

    new: before the first meeting nobody has to be rated yet.
    """
    entries = [_follow_up(follow_up, desk) for follow_up in desk.attention()]
    if not desk.room:
        entries += _complaints(desk)
        entries += _unexplained(desk)
    entries += _to_hand_over(desk)
    entries += _to_sort_out(desk)
    if not (desk.room or new):
        entries += _to_rate(desk)
    if not desk.room:
        entries += _to_train(desk)
    return _aligned(entries)


class _Need:
    """One row before its columns are aligned."""

    def __init__(self, key: str, mark: Content, kind: str, when: Content, what: Content) -> None:
        self.key, self.mark, self.kind, self.when, self.what = key, mark, kind, when, what


def _aligned(entries: Sequence[_Need]) -> list[Row]:
    width = max((entry.when.cell_length for entry in entries), default=0)
    return [
        Row(
            entry.key,
            ColumnsRow(
                ((entry.mark, 1), (Content.styled(entry.kind, "$text-muted"), KIND_WIDTH), (entry.when, width + 1)),
                entry.what,
                most=3,
            ),
        )
        for entry in entries
    ]


def _follow_up(follow_up: FollowUp, desk: Desk) -> _Need:
    over = follow_up.due is not None and follow_up.due < desk.today
    around = [wording.one_line(follow_up.customer), desk.roster.names(follow_up.people)]
    beside = "".join(f" · {part}" for part in around if part)
    return _Need(
        f"{FOLLOW_UP}{follow_up.id}",
        follow_up_mark(follow_up, desk.today),
        follow_up.kind,
        Content.styled(wording.due(follow_up.due, desk.today), "$error" if over else "$foreground"),
        Content.assemble(wording.one_line(follow_up.text), (beside, "$text-muted")),
    )


def _complaints(desk: Desk) -> list[_Need]:
    """The steps of complaints that are due by tomorrow or over, the most urgent first."""
    from meetingtool.rules.customers.complaints import DUES

    soon = [due for due in steps_of(desk) if due.by <= desk.today + timedelta(days=1)]
    return [
        _Need(
            f"{COMPLAINT}{due.complaint.id}",
            Content.styled("!" if due.by < desk.today else DUE, "$error" if due.by < desk.today else "$accent"),
            "complaint",
            Content.styled(wording.due(due.by, desk.today), "$error" if due.by < desk.today else "$foreground"),
            Content.assemble(
                f"{DUES[due.step]}: ",
                wording.shortened(due.complaint.text, 160),
                (
                    "".join(
                        f" · {part}"
                        for part in (
                            wording.one_line(due.complaint.customer),
                            desk.roster.short_name(due.complaint.owner)
                            if due.complaint.owner
                            else "nobody owns it yet",
                        )
                        if part
                    ),
                    "$text-muted",
                ),
            ),
        )
        for due in soon
    ]


def _unexplained(desk: Desk) -> list[_Need]:
    """A fall, or a rise, of which nobody has said what it was in two meetings."""
    found = unexplained(desk)
    if not found:
        return []
    from meetingtool.rules.customers.for_meeting import ALERTS
    from meetingtool.rules.customers.series import named

    return [
        _Need(
            f"{ALERT}{alert.survey}",
            Content.styled("!", "$error"),
            "answers",
            Content(wording.count(held, "meeting")),
            Content.assemble(
                f"{named(alert.period, survey.period)}: {ALERTS[alert.kind]}, and nobody has said what it was",
                (f" · {wording.shortened(survey.name, 40)}", "$text-muted"),
            ),
        )
        for alert, survey, held in found
    ]


def _to_sort_out(desk: Desk) -> list[_Need]:
    """A row for each open mark, with whom it may mean by now and the latest story it stands in."""
    marks_open = open_marks(desk, desk.unsorted())
    needs = [
        _Need(
            f"{SORT}{mark.mark}",
            Content.styled(DUE, "$accent"),
            "sort out",
            Content(wording.day(mark.records[0].at.date(), desk.today)),
            Content.assemble(
                f"“{wording.one_line(mark.mark)}” {_meaning(mark)}{_in_stories(mark)}: ",
                (wording.shortened(mark.records[0].text, 160), "$text-muted"),
            ),
        )
        for mark in marks_open[:MOST_TO_SORT]
    ]
    if len(marks_open) > MOST_TO_SORT:
        needs.append(
            _Need(
                TO_SORT,
                Content.styled(DUE, "$accent"),
                "sort out",
                Content(""),
                Content(f"and {wording.count(len(marks_open) - MOST_TO_SORT, 'name or tag', 'names and tags')} more"),
            )
        )
    return needs


def _meaning(mark: OpenMark) -> str:
    if mark.people:
        return f"may be {could_be(mark.people)}"
    if mark.standard is not None:
        return f"may be #{mark.standard.tag}"
    return "isn't anyone on the team" if mark.names_a_person else "isn't one of our standards"


def _in_stories(mark: OpenMark) -> str:
    return f", in {mark.places}" if len(mark.records) > 1 else ""


def _to_hand_over(desk: Desk) -> list[_Need]:
    """Who has left with promises and actions still open in their name."""
    return [
        _Need(
            f"{LEFT}{left.person.id}",
            Content.styled(DUE, "$accent"),
            "hand over",
            Content(wording.due(left.follow_ups[0].due, desk.today)),
            Content.assemble(
                wording.count(len(left.follow_ups), "promise or action", "promises and actions"),
                f" of {wording.one_line(left.person.name)}, who left",
                f" on {wording.day(left.person.left, desk.today)}" if left.person.left else "",
                (f": {wording.shortened(left.follow_ups[0].text, 100)}", "$text-muted"),
            ),
        )
        for left in left_open(desk)
    ]


def _to_rate(desk: Desk) -> list[_Need]:
    needs = []
    evaluations = overview.evaluations_to_write(desk)
    if evaluations is not None:
        over = evaluations.by < desk.today
        when = f"since {wording.day(evaluations.by, desk.today)}" if over else wording.due(evaluations.by, desk.today)
        needs.append(
            _Need(
                EVALUATIONS,
                Content.styled(DUE, "$accent"),
                "evaluation",
                Content(evaluations.label),
                Content.assemble(f"{evaluations.done} of {evaluations.of} final", (f" · {when}", "$text-muted")),
            )
        )
    ratings = overview.ratings_to_give(desk)
    if ratings.done < ratings.of:
        needs.append(
            _Need(
                RATINGS,
                Content.styled(DUE, "$accent"),
                "ratings",
                Content(ratings.label),
                Content.assemble(
                    f"{ratings.done} of {ratings.of} people done",
                    (f" · by {wording.day(ratings.by, desk.today)}", "$text-muted"),
                ),
            )
        )
    return needs


def _to_train(desk: Desk) -> list[_Need]:
    """A row for each course that somebody is to do soon or should have done, the longest due first."""
    if not desk.courses():
        return []
    from meetingtool.actions.playbook.training_grid import needed

    by_course: dict[str, list[Needed]] = {}
    for one in needed(desk):
        by_course.setdefault(one.course.id, []).append(one)
    return [
        _Need(
            TRAINING,
            Content.styled(OVERDUE if several[0].due < desk.today else DUE, "$accent"),
            "training",
            Content(wording.due(several[0].due, desk.today)),
            Content.assemble(
                wording.one_line(several[0].course.title),
                (f" · {_who(desk, several)}", "$text-muted"),
            ),
        )
        for several in by_course.values()
    ]


def _who(desk: Desk, needed: Sequence[Needed]) -> str:
    """`Karim and Zoe`, `Aisha, Karim, Zoe and 4 more`."""
    names = [wording.one_line(desk.roster.short_name(one.person.id)) for one in needed]
    if len(names) > MOST_NAMED + 1:
        names[MOST_NAMED:] = [f"{len(names) - MOST_NAMED} more"]
    return wording.listed(names)


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
