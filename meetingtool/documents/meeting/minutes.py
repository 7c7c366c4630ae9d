"""The minutes of a meeting, for the team; with a part for the manager only, if asked for.

The team's part never has what is private: no private story, no promise or action that is private or came out of a
private story, and no answer that names somebody who would rather not be thanked before others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from meetingtool.documents.formats.paper import (
    Block,
    Facts,
    Heading,
    Inline,
    Item,
    Items,
    Paper,
    Paragraph,
    Strong,
    items,
    paragraph,
    section,
)
from meetingtool.documents.meeting.customers import heard_blocks, seen_blocks
from meetingtool.documents.stories.entries import after, follow_up_line, names, story_item
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Meeting, Topic
from meetingtool.records.stories import Story
from meetingtool.rules.customers.for_meeting import CustomersSay
from meetingtool.rules.kinds.table import words_for
from meetingtool.rules.meeting.agenda import not_reached
from meetingtool.rules.meeting.answers import with_names
from meetingtool.rules.meeting.meeting_time import is_added, late
from meetingtool.rules.roster import Roster
from meetingtool.rules.stories.kept_back import for_others, notes_for_others
from meetingtool.rules.wording import clock, count, day, day_in_full


class MinutesContent(msgspec.Struct, frozen=True, kw_only=True):
    """What the minutes are made from. Records of other meetings may be among them; they are ignored.

    question, scenario: the words of the question of the week, and the title of the role-play.
    corrections: what was changed in the meeting after it was closed: on which day, and what, in words.
    corrected: the day on which a story was last changed after closing, by its id. taken_out: stories removed since.
    planned_for: when it was to begin. customers: what was heard from them.
    """

    meeting: Meeting
    roster: Roster
    team: str
    stories: Sequence[Story] = ()
    follow_ups: Sequence[FollowUp] = ()
    question: str = ""
    scenario: str = ""
    corrections: Sequence[tuple[date, str]] = ()
    corrected: Mapping[str, date] = {}
    taken_out: int = 0
    planned_for: datetime | None = None
    customers: CustomersSay = CustomersSay()


def minutes(told: MinutesContent, *, private: bool = False) -> Paper:
    """The minutes. private: with the part for the manager only, which must not be shown to the team."""
    meeting = told.meeting
    hidden = _private_stories(told)
    shown = msgspec.structs.replace(
        told,
        stories=[story for story in _own_stories(told) if not story.private],
        follow_ups=[f for f in _in_use(told.follow_ups) if not f.private and f.story not in hidden],
    )
    blocks: list[Block] = [Facts(_facts(shown))]
    topics = list(dict.fromkeys([*(segment.topic for segment in meeting.segments), *_SECTIONS]))
    for topic in topics:
        if topic in _SECTIONS:
            title, build = _SECTIONS[topic]
            blocks += section(_title(meeting, topic) or title, *build(shown))
    blocks += section("New promises and actions", items(_made(shown)))
    notes, _ = notes_for_others(meeting.notes, told.roster)
    blocks += section("Notes", paragraph(with_names(notes, told.roster)))
    blocks += section("Not reached, carried over to the next meeting", _not_reached(shown))
    blocks += section("Corrected after closing", _corrections(shown))
    if private:
        blocks += _for_the_manager(told, hidden)
    return Paper(f"{told.team}: {meeting.title}", _when(meeting, told.planned_for), tuple(blocks))


def _in_use(follow_ups: Iterable[FollowUp]) -> list[FollowUp]:
    return sorted((f for f in follow_ups if f.removed_at is None), key=lambda f: (f.at, f.id))


def _own_stories(told: MinutesContent) -> list[Story]:
    mine = (s for s in told.stories if s.meeting == told.meeting.id and s.removed_at is None)
    return sorted(mine, key=lambda s: (s.made_at, s.id))


def _private_stories(told: MinutesContent) -> set[str]:
    """Ids of all private stories that are known, of this meeting or not, in use or not."""
    return {story.id for story in told.stories if story.private}


def _title(meeting: Meeting, topic: Topic) -> str:
    return next((segment.title for segment in meeting.segments if segment.topic == topic), "")


def _when(meeting: Meeting, planned_for: datetime | None) -> str:
    begin = f"{day_in_full(meeting.at.date())}, {clock(meeting.at)}"
    if after := late(meeting.at, planned_for):
        begin += f" ({after})"
    if meeting.closed_at is None:
        return f"{begin}, not closed yet"
    if meeting.closed_at.date() != meeting.at.date() < meeting.made_at.date():
        return f"{begin}, written up {day_in_full(meeting.closed_at.date())}"
    if meeting.closed_at.date() != meeting.at.date():
        return f"{begin}, closed {day_in_full(meeting.closed_at.date())}, {clock(meeting.closed_at)}"
    return f"{begin} to {clock(meeting.closed_at)}"


def _facts(told: MinutesContent) -> tuple[tuple[str, Inline], ...]:
    meeting, roster = told.meeting, told.roster
    by = {
        presence: names([a.person for a in meeting.attendance if a.presence == presence], roster)
        for presence in ("here", "late", "absent")
    }
    pairs: list[tuple[str, Inline]] = [("Here", by["here"]), ("Came late", by["late"]), ("Absent", by["absent"])]
    if told.scenario:
        pairs.append(("Role-play", told.scenario))
    if meeting.team_rating:
        mean = sum(meeting.team_rating) / len(meeting.team_rating)
        votes = count(len(meeting.team_rating), "vote")
        pairs.append(("The team rated the meeting", f"{mean:.1f} of 10 ({votes})"))
    if meeting.next_at:
        pairs.append(("Next meeting", f"{day_in_full(meeting.next_at.date())}, {clock(meeting.next_at)}"))
    return tuple(pair for pair in pairs if pair[1])


def _during(meeting: Meeting, moment: datetime | None) -> bool:
    return moment is not None and meeting.at <= moment and (meeting.closed_at is None or moment <= meeting.closed_at)


def _standard(told: MinutesContent) -> list[Block | None]:
    standard = told.roster.standard_of(told.meeting.standard) if told.meeting.standard else None
    if standard is None:
        return []
    return [Items((Item((Strong(f"#{standard.tag}"), f" {standard.title}: {standard.behaviour}")),))]


def _looked_at(told: MinutesContent) -> list[Block | None]:
    """Promises and actions from before that were decided or moved in the meeting, or were due and stayed open."""
    meeting, today = told.meeting, told.meeting.at.date()
    entries = []
    for follow_up in told.follow_ups:
        if follow_up.meeting == meeting.id or (meeting.closed_at is not None and follow_up.at > meeting.closed_at):
            continue
        line = follow_up_line(follow_up, told.roster, today)
        if follow_up.state != "open" and _during(meeting, follow_up.decided_at):
            line = follow_up_line(follow_up, told.roster, today, with_due=False)
            entries.append(Item((Strong(follow_up.state.capitalize()), " ", *line, after((follow_up.note,)))))
        elif any(_during(meeting, move.moved_at) for move in follow_up.moves):
            entries.append(Item((Strong("Moved"), " ", *line)))
        elif _was_due(follow_up, meeting):
            entries.append(Item((Strong("Still open"), " ", *line)))
    return [items(entries)]


def _was_due(follow_up: FollowUp, meeting: Meeting) -> bool:
    """Whether it was due by the day of the meeting and still open when the meeting closed, whatever became of it
    since."""
    end = meeting.closed_at
    if follow_up.decided_at is not None and (end is None or follow_up.decided_at <= end):
        return False
    later = next((move for move in follow_up.moves if end is not None and move.moved_at > end), None)
    due = later.old if later else follow_up.due
    return due is not None and due <= meeting.at.date()


def _stories(told: MinutesContent, kind: str) -> list[Block | None]:
    entries = [
        story_item(story, told.roster, remark=_later(story, told)) for story in told.stories if story.kind == kind
    ]
    return [items(entries)]


def _later(story: Story, told: MinutesContent) -> str:
    """`added on Wed 25 Nov` for what came when it was over, `corrected on ...` for what was changed since."""
    meeting = told.meeting
    if is_added(story.made_at, meeting):
        return f"added on {day(story.made_at.date(), meeting.at.date())}"
    corrected = told.corrected.get(story.id)
    return f"corrected on {day(corrected, meeting.at.date())}" if corrected else ""


def _wins(told: MinutesContent) -> list[Block | None]:
    return _stories(told, "win")


def _stickies(told: MinutesContent) -> list[Block | None]:
    return _stories(told, "sticky")


def _thanks(told: MinutesContent) -> list[Block | None]:
    return [*_stories(told, "praise"), *seen_blocks(told.customers, told.roster)]


def _question(told: MinutesContent) -> list[Block | None]:
    answers = for_others(told.meeting.answers, told.roster)
    return [paragraph(told.question), _answers(answers, told.roster)] if answers else []


def _answers(answers: Iterable[str], roster: Roster) -> Block | None:
    return items([Item(with_names(answer, roster)) for answer in answers])


def _customers(told: MinutesContent) -> list[Block | None]:
    return heard_blocks(told.customers, told.roster)


_SECTIONS: dict[Topic, tuple[str, Callable[[MinutesContent], list[Block | None]]]] = {
    "standard": ("Standard of the week", _standard),
    "follow-ups": ("Promises and actions", _looked_at),
    "wins": ("Wins", _wins),
    "stickies": ("Sticky situations", _stickies),
    "customers": ("What customers say", _customers),
    "question": ("Question of the week", _question),
    "thanks": ("Thanks", _thanks),
}


def _made(told: MinutesContent) -> list[Item]:
    mine = [f for f in told.follow_ups if f.meeting == told.meeting.id]
    return [Item(follow_up_line(follow_up, told.roster, told.meeting.at.date())) for follow_up in mine]


def _not_reached(told: MinutesContent) -> Block | None:
    return items([Item(segment.title) for segment in not_reached(told.meeting, _own_stories(told))])


def _corrections(told: MinutesContent) -> Block | None:
    today = told.meeting.at.date()
    entries = [Item(f"{day(when, today)}: {what}") for when, what in told.corrections]
    if told.taken_out:
        entries.append(Item(f"{count(told.taken_out, 'story', 'stories')} taken out"))
    return items(entries)


def _for_the_manager(told: MinutesContent, hidden: set[str]) -> tuple[Block, ...]:
    today = told.meeting.at.date()
    stories = [Item((Strong(_kind(s)), " ", *_words(s, told.roster))) for s in _own_stories(told) if s.private]
    own = [f for f in _in_use(told.follow_ups) if f.private or f.story in hidden]
    follow_ups = [Item(follow_up_line(f, told.roster, today)) for f in own if f.meeting == told.meeting.id]
    shown = for_others(told.meeting.answers, told.roster)
    _, notes = notes_for_others(told.meeting.notes, told.roster)
    held = [answer for answer in told.meeting.answers if answer not in shown] + notes.splitlines()
    answers = _answers(held, told.roster)
    if not stories and not follow_ups and not answers:
        return (Heading("For the manager only"), Paragraph("Nothing private was recorded in this meeting."))
    return section("For the manager only", items(stories), items(follow_ups), answers)


def _kind(story: Story) -> str:
    return words_for(story).title


def _words(story: Story, roster: Roster) -> tuple[str | Strong, ...]:
    text = story_item(story, roster).text
    return (text,) if isinstance(text, str) else text
