"""The agenda of the next meeting as it will run: for the team, or with what is private for the manager."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from meetingtool.documents.entries import follow_up_line, story_item
from meetingtool.documents.paper import Block, Heading, Item, Paper, Paragraph, items, paragraph, section
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Segment, Topic
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.agenda import Quiet
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import clock, count, day_in_full, due, span


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the next meeting brings. at: when it starts. waiting: stories noted and not told yet. due: follow-ups."""

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


def agenda(plan: Plan, *, private: bool = False) -> Paper:
    """The agenda. Without `private` nothing private stands in it, nor the manager's side of the role-play."""
    hidden = {story.id for story in plan.waiting if story.private}
    shown = plan
    if not private:
        shown = msgspec.structs.replace(
            plan,
            waiting=[story for story in plan.waiting if not story.private],
            due=[f for f in plan.due if not f.private and f.story not in hidden],
        )
    blocks: list[Block] = []
    for number, segment in enumerate(plan.segments, 1):
        blocks.append(Heading(f"{number}. {segment.title} ({_length(segment.seconds)})"))
        blocks += [block for block in (paragraph(segment.hint), *_content(shown, segment.topic)) if block]
    if plan.scenario is not None:
        blocks += _role_play(plan.scenario, private=private)
    total = _length(sum(segment.seconds for segment in plan.segments))
    when = f"{day_in_full(plan.at.date())}, {clock(plan.at)}, {total}"
    return Paper(f"{plan.team}: {plan.title}", f"{when}. For the manager alone." if private else when, tuple(blocks))


def _length(seconds: int) -> str:
    """`2 minutes`, `1½ minutes`, `45 seconds`."""
    whole, rest = divmod(seconds, 60)
    if whole and rest == 30:
        return f"{whole}½ minutes"
    return count(whole, "minute") if whole and not rest else count(seconds, "second")


def _content(plan: Plan, topic: Topic) -> list[Block | None]:
    build = _CONTENT.get(topic)
    return build(plan) if build else []


def _standard(plan: Plan) -> list[Block | None]:
    if plan.standard is None:
        return []
    return [paragraph(f"#{plan.standard.tag} {plan.standard.title}: {plan.standard.behaviour}")]


def _due(plan: Plan) -> list[Block | None]:
    today = plan.at.date()
    entries = [
        Item((*follow_up_line(f, plan.roster, today, with_due=False), f" · {due(f.due, today)}")) for f in plan.due
    ]
    return [items(entries)]


def _wins(plan: Plan) -> list[Block | None]:
    quiet = [Item(f"{plan.roster.short_name(entry.person.id)}, {span(entry.days)}") for entry in plan.quiet]
    return [*_waiting(plan, "win"), Paragraph("Not heard from lately:") if quiet else None, items(quiet)]


def _stickies(plan: Plan) -> list[Block | None]:
    return _waiting(plan, "sticky")


def _waiting(plan: Plan, kind: str) -> list[Block | None]:
    entries = [
        story_item(story, plan.roster, remark="private" if story.private else "")
        for story in plan.waiting
        if story.kind == kind
    ]
    return [Paragraph("Waiting to be told:") if entries else None, items(entries)]


def _question(plan: Plan) -> list[Block | None]:
    return [paragraph(plan.question.text)] if plan.question else []


_CONTENT: dict[Topic, Callable[[Plan], list[Block | None]]] = {
    "standard": _standard,
    "follow-ups": _due,
    "wins": _wins,
    "stickies": _stickies,
    "question": _question,
}


def _role_play(scenario: Scenario, *, private: bool) -> tuple[Block, ...]:
    title = f"Role-play: {scenario.title}"
    if not private:
        return (Heading(title),)
    return section(
        title,
        paragraph(f"The customer: {scenario.customer}"),
        paragraph(f"The employee: {scenario.employee}"),
        items([Item(f"Watch for: {sign}") for sign in scenario.look_for]),
    )
