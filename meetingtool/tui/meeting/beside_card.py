"""What is shown beside the stories where the terminal is wide: earlier examples, and what was learned before."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.desk import Desk
from meetingtool.records.meetings import Meeting, Segment
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.meeting.answers import with_names

MOST_SHOWN = 5


def beside_card(desk: Desk, meeting: Meeting, segment: Segment) -> tuple[str, Content]:
    """A title and its text, for the segment that runs."""
    if segment.topic == "stickies":
        return "Learned before", _stories(desk, desk.learned(MOST_SHOWN), learned=True)
    if segment.topic == "question":
        return "Answered before", _answers(desk, meeting)
    if segment.topic == "thanks":
        told = [story for story in desk.told_in(meeting) if story.kind == "win"]
        return "Today's wins", _stories(desk, told[-2 * MOST_SHOWN :])
    standard = desk.roster.standard_of(meeting.standard or "")
    if standard is None:
        return "", Content("")
    earlier = [story for story in desk.best_of(standard, 2 * MOST_SHOWN) if story.meeting != meeting.id][:MOST_SHOWN]
    return f"#{standard.tag} seen before", _stories(desk, earlier)


def _stories(desk: Desk, stories: list[Story], *, learned: bool = False) -> Content:
    if not stories:
        return Content.styled("Nothing yet.", "$text-muted")
    parts = []
    for story in stories:
        who = desk.roster.names(story.people)
        when = wording.ago(story.at.date(), desk.today)
        text = story.learned if learned else story.text
        parts.append(
            Content.assemble(
                wording.shortened(text, 260), "\n", (f"{who}, {when}" if who and not learned else when, "$text-muted")
            )
        )
    return Content("\n\n").join(parts)


def _answers(desk: Desk, meeting: Meeting) -> Content:
    question = desk.question_of(meeting)
    earlier = desk.earlier_answers(question, meeting) if question else None
    if earlier is None:
        return Content.styled("This question has not been asked before.", "$text-muted")
    held, answers = earlier
    lines = [Content.styled(wording.day(held.at.date(), desk.today), "$text-muted")]
    lines += [Content(f"– {wording.one_line(with_names(answer, desk.roster))}") for answer in answers]
    return Content("\n").join(lines)
