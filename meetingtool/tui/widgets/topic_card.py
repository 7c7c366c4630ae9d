"""What the screen shows for the segment of the agenda that runs."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.desk import Desk
from meetingtool.records.meetings import Meeting, Segment
from meetingtool.rules import wording
from meetingtool.tui.widgets.story_text import follow_up_line

MOST_QUIET = 4
MOST_DUE = 6


def topic_card(desk: Desk, meeting: Meeting, segment: Segment) -> Content:
    """A few lines for the running segment: its hint, and what belongs to it."""
    lines: list[Content] = []
    if segment.hint:
        lines.append(Content.styled(wording.one_line(segment.hint), "italic $text-muted"))
    if segment.topic == "standard":
        lines += _standard(desk, meeting)
    elif segment.topic == "follow-ups":
        lines += _follow_ups(desk)
    elif segment.topic in ("wins", "stickies"):
        lines += _telling(desk, segment.topic)
    elif segment.topic == "question":
        lines += _question(desk, meeting)
    elif segment.topic == "thanks":
        lines += _thanks(desk, meeting)
    return Content("\n").join(lines)


def _standard(desk: Desk, meeting: Meeting) -> list[Content]:
    standard = desk.roster.standard_of(meeting.standard or "")
    if standard is None:
        return [Content("No standard has been chosen. The playbook (b) has them.")]
    lines = [
        Content.assemble(
            (f"#{wording.one_line(standard.tag)}", "bold $accent"), "  ", (wording.one_line(standard.title), "bold")
        ),
        Content(wording.one_line(standard.behaviour)),
    ]
    best = desk.best_of(standard, 1)
    if best:
        story = best[0]
        who = wording.listed([wording.one_line(desk.roster.short_name(person)) for person in story.people])
        when = wording.ago(story.at.date(), desk.today)
        told = f"{who}, {when}" if who else when
        lines += [
            Content(""),
            Content.assemble(
                ("For example ", "$text-muted"), wording.shortened(story.text, 300), (f"  {told}", "$text-muted")
            ),
        ]
    return lines


def _follow_ups(desk: Desk) -> list[Content]:
    due = desk.attention()
    if not due:
        return [Content("Nothing is due this week.")]
    lines = [follow_up_line(follow_up, desk.roster, desk.today) for follow_up in due[:MOST_DUE]]
    if len(due) > MOST_DUE:
        lines.append(Content.styled(f"and {len(due) - MOST_DUE} more", "$text-muted"))
    lines.append(Content.styled("d goes through them", "$text-muted"))
    return lines


def _telling(desk: Desk, topic: str) -> list[Content]:
    lines = []
    quiet = desk.quiet()
    if quiet and topic == "wins":
        shown = " · ".join(
            f"{wording.one_line(desk.roster.short_name(entry.person.id))}, {wording.span(entry.days)}"
            for entry in quiet[:MOST_QUIET]
        )
        lines.append(Content.assemble(("Not heard from lately: ", "$text-muted"), shown))
    kind = "win" if topic == "wins" else "sticky"
    waiting = [story for story in desk.waiting() if story.kind == kind]
    if waiting:
        words = wording.count(len(waiting), "story", "stories")
        lines.append(
            Content.styled(f"{words} noted since the last meeting: Enter on one when it is told", "$text-muted")
        )
    if topic == "stickies":
        lines.append(
            Content.styled("What happened, how was it handled, what do we learn? Nobody is blamed.", "$text-muted")
        )
    return lines


def _question(desk: Desk, meeting: Meeting) -> list[Content]:
    question = desk.question_of(meeting)
    if question is None:
        return [Content("No question has been chosen.")]
    lines = [Content.styled(wording.one_line(question.text), "bold")]
    lines += [Content(f"– {wording.one_line(answer)}") for answer in meeting.answers]
    if not meeting.answers:
        lines.append(Content.styled("Type what the team says; each line is kept with the question.", "$text-muted"))
    earlier = desk.earlier_answers(question, meeting)
    if earlier:
        held, answers = earlier
        lines.append(Content.styled(f"Said on {wording.day(held.at.date(), desk.today)}:", "$text-muted"))
        lines += [Content.styled(f"  {wording.shortened(answer, 160)}", "$text-muted") for answer in answers[:3]]
    return lines


def _thanks(desk: Desk, meeting: Meeting) -> list[Content]:
    told = desk.told_in(meeting)
    wins = [story for story in told if story.kind == "win"]
    stickies = len(told) - len(wins)
    people = list(dict.fromkeys(person for story in wins for person in story.people))
    words = f"{wording.count(len(wins), 'win')} and {wording.count(stickies, 'sticky situation')} told today."
    lines = [Content(words)]
    if people:
        thanks = wording.listed([wording.one_line(desk.roster.short_name(person)) for person in people])
        lines.append(Content.assemble(("Thanks to ", "$text-muted"), (thanks, "bold")))
    lines.append(Content.styled("c closes the meeting and makes the minutes", "$text-muted"))
    return lines
