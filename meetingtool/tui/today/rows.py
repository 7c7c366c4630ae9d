"""The rows of the panels of Today that must be there at once: the next meeting, and what needs you."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.desk import Desk
from meetingtool.actions.need import Need, promised
from meetingtool.rules import wording
from meetingtool.rules.meeting.meeting_time import forgotten
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_panel import Row, words
from meetingtool.tui.stories.marks import DONE, DUE, OVERDUE

MOST_LATEST = {True: 12, False: 3}
"""How many of the latest stories are shown, by whether there is room for two columns."""
KIND_WIDTH, WHEN_WIDTH = len("evaluation"), len("12 days over")
"""Cells of the columns of what needs you: as wide when only promises are shown, so that these don't move when the rest
is known."""

MEETING, WAITING, TELL, PEOPLE = "meeting", "waiting", "tell", "people"
WINS, PROMISES, MEETINGS = "wins", "promises", "meetings"
"""Keys of rows that aren't about a single record."""

STORY, PERSON = "story:", "person:"
"""What the keys of rows about one record begin with; its id follows. Those of needs are in `actions.need`."""


def coming_rows(desk: Desk, *, heard: bool) -> list[Row]:
    """When the next meeting is and what waits for it, or which meeting is open. heard: also what customers say, for
    which all their answers must be read."""
    running = desk.open_meeting()
    if running is not None:
        day = wording.day(running.at.date(), desk.today)
        state = "is suspended" if running.state == "suspended" else "is running"
        state = "was never closed" if forgotten(running, desk.now) else state
        return [
            plain(MEETING, Content.assemble(("! ", "bold $warning"), f"The meeting of {day} {state}.")),
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
        plain(MEETING, when),
        plain(WAITING, Content(brings) if brings else Content.styled(nothing, "$text-muted")),
        _hint("m", "looks at the agenda and starts it"),
    ]


def _is_heard(desk: Desk) -> bool:
    """Whether the next meeting hears anything of customers."""
    from meetingtool.actions.customers.for_meeting import to_hear

    return bool(to_hear(desk))


def _hint(key: str, does: str) -> Row:
    """A line that only names a key, which a click on it presses."""
    line = Content.assemble((key, "bold $accent"), (f" {does}", "$text-muted"))
    return Row("", ColumnsRow((), line, most=0), silent=True, names=key)


def plain(key: str, line: Content) -> Row:
    """A row without columns."""
    return Row(key, ColumnsRow((), line, most=0))


def needs_rows(desk: Desk, *, new: bool = False, all_of_it: bool = True) -> list[Row]:
    """What needs the manager now, the most pressing first; see `actions.needs`. all_of_it: not promises alone."""
    found = _needs(desk, new) if all_of_it else promised(desk)
    width = max([WHEN_WIDTH, *(Content(need.when).cell_length for need in found)])
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


def _needs(desk: Desk, new: bool) -> list[Need]:
    from meetingtool.actions.needs import needs

    return needs(desk, new=new)


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


def needs_nothing(desk: Desk) -> Row:
    """What `Needs you` says when nothing does."""
    soon = next((f for f in desk.open_follow_ups() if f.due is not None), None)
    beyond = f" The next thing due is on {wording.day(soon.due, desk.today)}." if soon and soon.due else ""
    return words(f"Nothing needs you now.{beyond}")
