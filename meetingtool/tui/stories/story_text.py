"""How stories and follow-ups look on the screen, the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content

from meetingtool.records.base import Record
from meetingtool.records.complaints import Complaint
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.records.training import Session
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.table import kind_of, words_for
from meetingtool.rules.kinds.training import outcome_words
from meetingtool.rules.roster import Roster
from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.stories.marks import DONE, DUE, GONE, OVERDUE, PRIVATE, marks, names_in

if TYPE_CHECKING:
    from meetingtool.actions.customers.mentions import AskedMention
    from meetingtool.rules.capture import Capture, Pledge

NAME_WIDTH = 12
STATE_WIDTH = len("dropped Wed 30 Sep") + 1
MOST_LETTERS = 1_000
"""A longer story is cut in a list; its own page shows it whole."""

PLEDGE_WORDS, LEAST_PLEDGE = 40, 16
"""How many letters of a promise are shown while it is typed, and how many are left of them where room is short."""

_BETWEEN = " · "
_LEAST_SENTENCE = 12
"""In fewer cells than this the end of a sentence says nothing."""


def credits(record: Record, roster: Roster) -> Content:
    """Who, which standards, which customer: one line of dim text with the names in front."""
    kind = kind_of(record)
    parts = (
        Content.styled(roster.names(kind.people(record)), "bold"),
        Content.styled(roster.tags(kind.searched_standards(record)), "$accent"),
        Content(wording.one_line(kind.customer(record))),
    )
    return Content(" · ").join(part for part in parts if part.plain)


def understood(capture: Capture, roster: Roster, today: date, width: int) -> Content:
    """What was understood of a line, with the sentence as it will be without its marks.

    width: cells for all of it; a longer sentence shows its end, where it grows. Where there is no room for everything,
    promises come first and with fewer of their words, so that the day on which they are due is seen.
    """
    parts = about(capture, roster, today)
    over = parts.cell_length - width
    if over > 0 and capture.pledges:
        longest = max(len(pledge.text) for pledge in capture.pledges)
        words = max(min(longest, PLEDGE_WORDS) - over, LEAST_PLEDGE)
        parts = about(capture, roster, today, words=words, pledges_first=True)
    room = width - parts.cell_length - len(_BETWEEN) - 2
    if not capture.marks or not capture.text.strip() or room < _LEAST_SENTENCE:
        return parts
    return Content.assemble(parts, _BETWEEN, (f"“{_end_of(wording.one_line(capture.text), room)}”", "$text-muted"))


def good_thanks(capture: Capture) -> Content:
    """Three dots that fill up: what they did, for whom, which standard. A line without them is accepted, too."""
    from meetingtool.rules.stories.thanks import quality  # thanks are few

    words = ("what", "for whom", "standard")
    parts = [
        Content.assemble(("● " if there else "○ ", "$success" if there else "$text-muted"), (word, "$text-muted"))
        for word, there in zip(words, quality(capture), strict=True)
    ]
    return Content("  ").join(parts)


def _end_of(text: str, width: int) -> str:
    """The end of a text in this many cells."""
    if Content(text).cell_length <= width:
        return text
    end = text[-width:]
    while Content(end).cell_length > width - 1:
        end = end[1:]
    return f"…{end}"


def about(
    capture: Capture, roster: Roster, today: date, *, words: int = PLEDGE_WORDS, pledges_first: bool = False
) -> Content:
    """What was understood of a line; what could not be taken comes first, where even a short line shows it. words: of
    what is promised, in letters."""
    parts = [Content.styled(f"! {why}", "$warning") for why in (*capture.no_days, *capture.left)]
    pledges = [_pledge(pledge, today, words) for pledge in capture.pledges]
    if pledges_first:
        parts += pledges
    if capture.people:
        parts.append(Content.styled(roster.names(capture.people), "bold"))
    if capture.standards:
        parts.append(Content.styled(roster.tags(capture.standards), "$accent"))
    if capture.customer:
        parts.append(Content(f"customer {wording.one_line(capture.customer)}"))
    if not pledges_first:
        parts += pledges
    if capture.starred:
        parts.append(Content("starred"))
    if capture.private:
        parts.append(Content("private"))
    if capture.fund_minor is not None:
        parts.append(Content("from the fund"))
    if capture.unsorted:
        parts.append(Content.styled(f"{len(capture.unsorted)} to sort out: {' '.join(capture.unsorted)}", "$warning"))
    return Content(_BETWEEN).join(parts)


def _pledge(pledge: Pledge, today: date, words: int) -> Content:
    when = f", due {wording.day(pledge.due, today)}" if pledge.due else ""
    when += ", which has passed" if pledge.due and pledge.due < today else ""
    return Content(f"{pledge.kind}: {wording.shortened(pledge.text, words)}{when}")


def follow_up_mark(follow_up: FollowUp, today: date) -> Content:
    """`!` overdue, `·` open, `✓` kept, `!` missed, `–` dropped."""
    if follow_up.state == "kept":
        return Content.styled(DONE, "$success")
    if follow_up.state == "missed":
        return Content.styled(OVERDUE, "$error")
    if follow_up.state == "dropped":
        return Content.styled(GONE, "$text-muted")
    if follow_up.due is not None and follow_up.due < today:
        return Content.styled(OVERDUE, "bold $error")
    return Content.styled(DUE, "$accent")


def follow_up_state(follow_up: FollowUp, today: date) -> str:
    """`2 days over`, `Friday`, `kept Mon 23 Nov`."""
    if follow_up.state == "open":
        return wording.due(follow_up.due, today)
    when = f" {wording.day(follow_up.decided_at.date(), today)}" if follow_up.decided_at else ""
    return f"{follow_up.state}{when}"


def follow_up_line(follow_up: FollowUp, roster: Roster, today: date) -> Content:
    """A follow-up on one line: mark, kind, when, what, for whom, by whom."""
    owner = roster.names(follow_up.people)
    what = wording.one_line(follow_up.text)
    parts = [what, wording.one_line(follow_up.customer), owner]
    return Content.assemble(
        follow_up_mark(follow_up, today),
        " ",
        (f"{follow_up.kind:<8}", "$text-muted"),
        (f"{follow_up_state(follow_up, today):<13}", "$foreground"),
        "  ",
        " · ".join(part for part in parts if part),
    )


def follow_up_rows(follow_ups: Iterable[FollowUp], roster: Roster, today: date) -> list[ColumnsRow]:
    """Follow-ups below each other, with only as much room for due dates as these need."""
    found = list(follow_ups)
    state = max((len(follow_up_state(follow_up, today)) for follow_up in found), default=0) + 1
    return [follow_up_row(follow_up, roster, today, state=state) for follow_up in found]


def follow_up_row(follow_up: FollowUp, roster: Roster, today: date, *, state: int = STATE_WIDTH) -> ColumnsRow:
    """A follow-up in a list: mark, kind, when in this many cells, then what, for whom and by whom."""
    customer = wording.one_line(follow_up.customer)
    if fold(customer) in fold(follow_up.text):
        customer = ""
    around = [customer, roster.names(follow_up.people)]
    beside = "".join(f" · {part}" for part in around if part)
    return ColumnsRow(
        (
            (follow_up_mark(follow_up, today), 1),
            (Content.styled(follow_up.kind, "$text-muted"), 7),
            (Content(follow_up_state(follow_up, today)), state),
        ),
        Content.assemble(
            (f"{PRIVATE} " if follow_up.private else "", "bold $accent"),
            wording.one_line(follow_up.text),
            (beside, "$text-muted"),
        ),
        most=3,
    )


def story_row(
    word: str, story: Story, roster: Roster, *, word_width: int = 5, who: bool = True, learning: bool = False
) -> ColumnsRow:
    """A story in a list: a short word (a time, a day), its marks, who, then its words, tags and customer.

    learning: what was learned from a sticky situation goes below it. Where several names are too long for their column,
    all of them go after the words.
    """
    said = roster.names(story.people)
    behind = said if who and len(story.people) > 1 and Content(said).cell_length > NAME_WIDTH else ""
    lead = [(Content.styled(word, "$text-muted"), word_width), (Content.styled(marks(story), "bold $accent"), 2)]
    if who:
        lead.append((Content.styled(names_in(story.people, roster, NAME_WIDTH), "bold"), NAME_WIDTH))
    around = (roster.tags(story.standards), wording.one_line(story.customer), wording.one_line(story.reward))
    end = "  ".join(part for part in around if part)
    body = Content.assemble(
        (
            "" if story.kind == "win" else f"{words_for(story).short}  ",
            "$warning" if story.kind == "sticky" else "$success",
        ),
        wording.shortened(story.text, MOST_LETTERS),
        (f"  {end}" if end else "", "$accent"),
        (f"  {behind}" if behind else "", "$text-muted"),
        ("  ! to sort out" if story.unsorted else "", "$warning"),
    )
    if learning and story.learned:
        body = Content.assemble(
            body, "\n", ("→ ", "bold $success"), (wording.shortened(story.learned, 300), "italic $success")
        )
    return ColumnsRow(lead, body, most=0)


def meeting_row(meeting: Meeting, today: date) -> ColumnsRow:
    """A meeting in a list: its day, its title, how it was rated."""
    votes = meeting.team_rating
    rated = f"  rated {sum(votes) / len(votes):.1f}" if votes else ""
    return ColumnsRow(
        [(Content.styled(wording.day(meeting.at.date(), today), "$text-muted"), 15)],
        Content.assemble(wording.one_line(meeting.title), (rated, "$accent")),
    )


def session_row(session: Session, roster: Roster, today: date) -> ColumnsRow:
    """A training: its day, the course, how it went for whom."""
    return ColumnsRow(
        [(Content.styled(wording.day(session.at.date(), today), "$text-muted"), 15)],
        Content.assemble(
            wording.one_line(session.title) or "all courses",
            (f"  {wording.one_line(outcome_words(session, roster))}", "$text-muted"),
        ),
    )


def complaint_row(complaint: Complaint, roster: Roster, today: date) -> ColumnsRow:
    """A complaint in a list of records."""
    customer = wording.one_line(complaint.customer)
    body = Content.assemble(
        (f"{customer}  " if customer else "", "bold"), wording.shortened(complaint.text, MOST_LETTERS)
    )
    end = Content.styled(kind_of(complaint).remark(complaint, roster), "$text-muted")
    return ColumnsRow([(Content.styled(wording.day(complaint.at.date(), today), "$text-muted"), 12)], body, end)


def said_row(said: AskedMention, today: date) -> ColumnsRow:
    """What a customer wrote about somebody; for a problem, whether that person's account is beside it."""
    mention = said.mention
    day = wording.day(mention.at.date(), today)
    words = wording.shortened(said.comment, 300) or wording.shortened(mention.words, 60)
    own = wording.shortened(mention.account, 80) if mention.account else "no account of theirs yet"
    return ColumnsRow(
        [(Content.styled(day, "$text-muted"), 15)],
        Content.assemble(f"“{words}”", (f"  {own}" if mention.is_problem else "", "$text-muted")),
        most=0,
    )


def rating_row(rating: Rating, roster: Roster, today: date) -> ColumnsRow:
    """One rating: when, on what, how much, why."""
    value = "not seen" if rating.value is None else str(rating.value)
    why = wording.shortened(rating.note, 300) if rating.note else ""
    cited = f"rests on {wording.count(len(rating.stories), 'story', 'stories')}" if rating.stories else ""
    return ColumnsRow(
        [
            (Content.styled(wording.day(rating.at.date(), today), "$text-muted"), 15),
            (Content.styled(f"#{wording.one_line(roster.tag(rating.standard))}", "$accent"), 13),
            (Content.styled(value, "bold"), 8 if rating.value is None else 2),
        ],
        Content.assemble(why, "  " if why and cited else "", (cited, "$text-muted")),
        most=0,
    )
