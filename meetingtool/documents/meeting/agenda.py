"""The agenda of the next meeting as it will run: for the team, or with what is private for the manager."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec

from meetingtool.documents.formats.paper import (
    Block,
    Heading,
    Item,
    Paper,
    Paragraph,
    Strong,
    items,
    paragraph,
    section,
)
from meetingtool.documents.meeting.customers import heard_blocks, seen_blocks
from meetingtool.documents.stories.entries import by_whom, follow_up_line, story_item
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Segment, Topic
from meetingtool.records.philosophy import Statement
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.customers.complaints import TeamStep, due_words
from meetingtool.rules.customers.for_meeting import CustomersSay
from meetingtool.rules.meeting.agenda import Quiet
from meetingtool.rules.playbook.philosophy import asks
from meetingtool.rules.roster import Roster
from meetingtool.rules.stories.thanks import Reward
from meetingtool.rules.wording import clock, count, day_in_full, due, listed, minutes, span


class MeetingPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What the next meeting brings. at: when it starts. waiting: stories noted and not told yet. due: follow-ups.

    steps: of complaints. lessons: from complaints closed lately.
    quiet: who has not been heard from, for the manager only. carried: titles that the last meeting did not reach.
    customers: what they say, to be read aloud and told. sentences: those of the philosophy that the team is asked
    about.
    rewards: to be handed over.
    """

    team: str
    title: str
    at: datetime
    segments: Sequence[Segment]
    roster: Roster
    standard: Standard | None = None
    question: Question | None = None
    scenario: Scenario | None = None
    due: Sequence[FollowUp] = ()
    waiting: Sequence[Story] = ()
    quiet: Sequence[Quiet] = ()
    carried: Sequence[str] = ()
    customers: CustomersSay = CustomersSay()
    steps: Sequence[TeamStep] = ()
    lessons: Sequence[str] = ()
    sentences: Sequence[Statement] = ()
    rewards: Sequence[Reward] = ()


def agenda(plan: MeetingPlan, *, private: bool = False) -> Paper:
    """The agenda. Without `private` it leaves out everything private, who has been silent, and the customer's part of
    the role-play."""
    hidden = {story.id for story in plan.waiting if story.private}
    shown = plan
    if not private:
        shown = msgspec.structs.replace(
            plan,
            waiting=[story for story in plan.waiting if not story.private],
            due=[f for f in plan.due if not f.private and f.story not in hidden],
            rewards=[reward for reward in plan.rewards if not reward.story.private],
        )
    blocks: list[Block] = []
    if plan.carried:
        blocks.append(Paragraph(f"Not reached last time: {listed(list(plan.carried))}."))
    for number, segment in enumerate(plan.segments, 1):
        blocks.append(Heading(f"{number}. {segment.title} ({_length(segment.seconds)})"))
        blocks += [block for block in (paragraph(segment.hint), *_content(shown, segment.topic)) if block]
        if segment.topic == "role-play" and plan.scenario is not None:
            blocks += [block for block in _scenario(plan.scenario, private=private) if block]
    if plan.scenario is not None and all(segment.topic != "role-play" for segment in plan.segments):
        blocks += section("Role-play of the week", *_scenario(plan.scenario, private=private))
    if private:
        blocks += section("Not heard from lately", *_quiet(plan))
    total = _length(sum(segment.seconds for segment in plan.segments))
    when = f"{day_in_full(plan.at.date())}, {clock(plan.at)}, {total}"
    return Paper(f"{plan.team}: {plan.title}", f"{when}. For the manager only." if private else when, tuple(blocks))


def _length(seconds: int) -> str:
    """`2 minutes`, `1½ minutes`, `17:15 minutes`, `45 seconds`."""
    whole, rest = divmod(seconds, 60)
    if not whole:
        return count(seconds, "second")
    if rest == 30:
        return f"{whole}½ minutes"
    return f"{minutes(seconds)} minutes" if rest else count(whole, "minute")


def _content(plan: MeetingPlan, topic: Topic) -> list[Block | None]:
    build = _CONTENT.get(topic)
    return build(plan) if build else []


def _standard(plan: MeetingPlan) -> list[Block | None]:
    if plan.standard is None:
        return []
    return [paragraph(f"#{plan.standard.tag} {plan.standard.title}: {plan.standard.behaviour}")]


def _due(plan: MeetingPlan) -> list[Block | None]:
    today = plan.at.date()
    entries = [
        Item((*follow_up_line(f, plan.roster, today, with_due=False), f" · {due(f.due, today)}")) for f in plan.due
    ]
    entries += [Item(step_due_line(step, plan.roster, today)) for step in plan.steps]
    return [items(entries)]


def step_due_line(step: TeamStep, roster: Roster, today: date) -> tuple[str | Strong, ...]:
    """`Complaint of Acme: answer · Tom · Friday`."""
    of = f" of {step.customer}" if step.customer else ""
    return (Strong(f"Complaint{of}:"), f" {step.words(roster)} · {due_words(step.by, today, step.calendar)}")


def _wins(plan: MeetingPlan) -> list[Block | None]:
    return _waiting(plan, "win")


def _quiet(plan: MeetingPlan) -> list[Block | None]:
    return [items([Item(f"{plan.roster.short_name(entry.person.id)}, {span(entry.days)}") for entry in plan.quiet])]


def _stickies(plan: MeetingPlan) -> list[Block | None]:
    learned = [Item(lesson) for lesson in plan.lessons]
    return [
        *_waiting(plan, "sticky"),
        Paragraph("What we learned from complaints:") if learned else None,
        items(learned),
    ]


def _waiting(plan: MeetingPlan, kind: str) -> list[Block | None]:
    entries = [
        story_item(story, plan.roster, remark="private" if story.private else "")
        for story in plan.waiting
        if story.kind == kind
    ]
    return [Paragraph("Waiting to be told:") if entries else None, items(entries)]


def _question(plan: MeetingPlan) -> list[Block | None]:
    asked = [Item((Strong(asks(statement)), f" {statement.text}")) for statement in plan.sentences]
    return [paragraph(plan.question.text) if plan.question else None, items(asked)]


def _customers(plan: MeetingPlan) -> list[Block | None]:
    return heard_blocks(plan.customers, plan.roster)


def _thanks(plan: MeetingPlan) -> list[Block | None]:
    owed = [Item((*by_whom(one.story, plan.roster), one.words)) for one in plan.rewards]
    handed = [Paragraph("To hand over:"), items(owed)] if owed else []
    return [*seen_blocks(plan.customers, plan.roster), *handed]


_CONTENT: dict[Topic, Callable[[MeetingPlan], list[Block | None]]] = {
    "standard": _standard,
    "follow-ups": _due,
    "wins": _wins,
    "stickies": _stickies,
    "customers": _customers,
    "question": _question,
    "thanks": _thanks,
}


def _scenario(scenario: Scenario, *, private: bool) -> list[Block | None]:
    """The role-play: for the team what the employee knows, for the manager also the customer's part."""
    if not private:
        return [Paragraph((Strong(scenario.title),)), paragraph(scenario.employee)]
    return [
        Paragraph((Strong(scenario.title),)),
        paragraph(f"The customer: {scenario.customer}"),
        paragraph(f"The employee: {scenario.employee}"),
        items([Item(f"Watch for: {sign}") for sign in scenario.look_for]),
    ]
