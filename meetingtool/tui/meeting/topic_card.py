"""What the screen shows for the segment of the agenda that runs."""

from __future__ import annotations

from textual.content import Content

from meetingtool.actions.customers.due_steps import lessons, steps_for_team
from meetingtool.actions.desk import Desk
from meetingtool.actions.playbook.philosophy import asked_about
from meetingtool.records.meetings import Meeting, Segment
from meetingtool.rules import wording
from meetingtool.rules.customers.complaints import TeamStep, due_words
from meetingtool.rules.meeting.answers import with_names
from meetingtool.rules.playbook.philosophy import asks
from meetingtool.tui.lists.columns_row import ColumnsRow, FittingTable, as_row
from meetingtool.tui.meeting.customers_card import customers_card, thanked_line
from meetingtool.tui.stories.marks import name_in
from meetingtool.tui.stories.story_text import follow_up_rows

MOST_QUIET = 4
MOST_BEST = 50
"""How many recent stories are searched for one that was not told just now."""
LONGEST_NAME = 24
MOST_REWARDS = 4


def topic_card(
    desk: Desk,
    meeting: Meeting,
    segment: Segment,
    *,
    short: bool = False,
    beside: bool = False,
    typing: bool = False,
) -> FittingTable:
    """A few lines for the running segment: its hint, and what belongs to it. short: there is room for only a few lines.
    beside: earlier examples are already shown beside it. typing: the cursor is in the line, where a letter is typed.
    Of what is due, as much is drawn as there is room for.
    """
    lines: list[Content | ColumnsRow] = []
    if segment.topic == "standard":
        lines += _standard(desk, meeting, beside=beside, typing=typing)
    elif segment.topic == "follow-ups":
        lines += _follow_ups(desk, typing=typing)
    elif segment.topic in ("wins", "stickies"):
        lines += _telling(desk, meeting, segment.topic, most=2 if short else MOST_QUIET, typing=typing)
    elif segment.topic == "question":
        lines += _question(desk, meeting, beside=beside, typing=typing)
    elif segment.topic == "customers":
        lines += customers_card(desk, meeting, short=short)
    elif segment.topic == "role-play":
        lines += _role_play(desk, meeting, typing=typing)
    elif segment.topic == "pulse":
        begin = f"{pressed('P', typing=typing)} begins."
        lines.append(Content(f"{begin} Fewer than five answers are never kept; nobody sees anybody’s."))
    elif segment.topic == "thanks":
        lines += _thanks(desk, meeting, typing=typing)
    if segment.hint:
        lines.insert(0, Content.styled(wording.one_line(segment.hint), "italic $text-muted"))
    return FittingTable([(as_row(line), isinstance(line, ColumnsRow)) for line in lines])


def pressed(key: str, *, typing: bool) -> str:
    """How a hint names a key that would type its letter in the line: what works where the cursor is."""
    return f"Escape, then {key}" if typing else key


def _standard(desk: Desk, meeting: Meeting, *, beside: bool, typing: bool) -> list[Content]:
    standard = desk.roster.standard_of(meeting.standard or "")
    if standard is None:
        return [Content(f"No standard has been chosen. They are in the playbook ({pressed('b', typing=typing)}).")]
    lines = [
        Content.assemble(
            (f"#{wording.one_line(standard.tag)}", "bold $accent"), "  ", (wording.one_line(standard.title), "bold")
        ),
        Content(wording.one_line(standard.behaviour)),
    ]
    earlier = [story for story in desk.best_of(standard, MOST_BEST) if story.meeting != meeting.id]
    if earlier and not beside:
        story = earlier[0]
        who = wording.listed([wording.one_line(desk.roster.short_name(person)) for person in story.people])
        when = wording.ago(story.at.date(), desk.today)
        told = f"{who}, {when}" if who else when
        lines += [
            Content(""),
            Content.assemble(
                ("For example: ", "$text-muted"), wording.shortened(story.text, 300), (f"  {told}", "$text-muted")
            ),
        ]
    return lines


def _follow_ups(desk: Desk, *, typing: bool) -> list[Content | ColumnsRow]:
    due, steps = desk.attention(), steps_for_team(desk.workspace, desk.today, desk.today)
    if not due and not steps:
        return [Content("Nothing is due this week.")]
    lines: list[Content | ColumnsRow] = []
    if due:
        how = f"{pressed('d', typing=typing)}, or a click, goes through them"
        lines.append(Content.styled(f"{len(due)} due or overdue: {how}", "$text-muted"))
    lines += [step_row(step, desk) for step in steps]
    return [*lines, *follow_up_rows(due, desk.roster, desk.today)]


def step_row(step: TeamStep, desk: Desk) -> ColumnsRow:
    """The step of a complaint as the team may hear it: the customer and the owner."""
    of = f" of {wording.one_line(step.customer)}" if step.customer else ""
    over = step.by < desk.today
    sign = Content.styled("!" if over else "·", "$error" if over else "$accent")
    said = Content.assemble(
        (f"Complaint{of}: ", "bold"),
        step.words(desk.roster),
        (f"  {due_words(step.by, desk.today, step.calendar)}", "$error" if over else "$text-muted"),
    )
    return ColumnsRow([(sign, 1)], said, most=0)


def _telling(desk: Desk, meeting: Meeting, topic: str, *, most: int, typing: bool) -> list[Content | ColumnsRow]:
    lines: list[Content | ColumnsRow] = []
    turn = _turn(desk, meeting, most)
    if turn:
        lines.append(turn)
    kind = "win" if topic == "wins" else "sticky"
    waiting = [story for story in desk.waiting() if story.kind == kind]
    if waiting:
        words = wording.count(len(waiting), "story", "stories")
        how = f"{'↑, then ' if typing else ''}Enter on one when it is told"  # Enter in the line saves the line
        lines.append(Content.styled(f"{words} noted since the last meeting: {how}", "$text-muted"))
    if topic == "stickies":
        learned = lessons(desk, most)
        lines += [_under("Learned", Content(lesson)) for lesson in learned]
    return lines


def _turn(desk: Desk, meeting: Meeting, most: int) -> Content | None:
    """Who has not told anything yet, the longest silence first; None when everybody here has."""
    turns = desk.turns(meeting)
    if not turns:
        return None
    roster = desk.roster
    names = [name_in(turn.person.id, roster, LONGEST_NAME) for turn in turns[:most]]
    spans = [f" {wording.span(turn.days)}" if turn.days is not None and turn.days > 6 else "" for turn in turns]
    first = Content.assemble(("Who is next  ", "$text-muted"), (names[0], "bold $accent"), (spans[0], "$text-muted"))
    rest = [Content.assemble(name, (span, "$text-muted")) for name, span in zip(names[1:], spans[1:], strict=False)]
    more = [Content.styled(f"{len(turns) - most} more", "$text-muted")] if len(turns) > most else []
    return Content.styled("\u00a0· ", "$text-muted").join([first, *rest, *more])


def _under(word: str, text: Content) -> ColumnsRow:
    """A line after a word, wrapped under its own column."""
    return ColumnsRow([(Content.styled(word, "$text-muted"), len(word) + 1 if len(word) > 1 else 1)], text, most=0)


def _role_play(desk: Desk, meeting: Meeting, *, typing: bool) -> list[Content | ColumnsRow]:
    scenario = desk.scenario_of(meeting)
    if scenario is None:
        make, keep = pressed("r", typing=typing), pressed("b", typing=typing)
        words = f"There is no role-play. {make} on a sticky situation makes one; the playbook ({keep}) keeps them."
        return [Content(words)]
    lines: list[Content | ColumnsRow] = [
        Content.styled(wording.one_line(scenario.title), "bold"),
        Content(wording.visible(scenario.employee)),
    ]
    if not desk.room:
        lines.append(_under("The customer", Content(wording.visible(scenario.customer))))
    lines += [_under("Watch for", Content(wording.one_line(sign))) for sign in scenario.look_for]
    lines.append(Content.styled("Whoever plays the customer reads the card in the playbook first.", "$text-muted"))
    return lines


def _question(desk: Desk, meeting: Meeting, *, beside: bool, typing: bool) -> list[Content | ColumnsRow]:
    question = desk.question_of(meeting)
    about = _sentence(desk, typing=typing)
    if question is None:
        return [*about] or [Content("No question has been chosen.")]
    lines: list[Content | ColumnsRow] = [*about, Content.styled(wording.one_line(question.text), "bold")]
    said = [wording.one_line(with_names(answer, desk.roster)) for answer in desk.answers_of(meeting)]
    lines += [_under("–", Content(answer)) for answer in said]
    if not meeting.answers:
        lines.append(Content.styled("Type what the team says; each line is kept with the question.", "$text-muted"))
    earlier = None if beside else desk.earlier_answers(question, meeting)
    if earlier:
        held, answers = earlier
        lines.append(Content.styled(f"Said on {wording.day(held.at.date(), desk.today)}:", "$text-muted"))
        said = [wording.shortened(with_names(answer, desk.roster), 160) for answer in answers[:3]]
        lines += [_under("", Content.styled(answer, "$text-muted")) for answer in said]
    return lines


def _sentence(desk: Desk, *, typing: bool) -> list[Content]:
    """The sentence of the philosophy that the team is asked about, and how many more there are."""
    about = asked_about(desk)
    if not about:
        return []
    more = f"  1 of {len(about)}" if len(about) > 1 else ""
    return [
        Content.assemble((f"“{wording.one_line(about[0].text)}”", "bold $accent"), (more, "$text-muted")),
        Content.assemble(asks(about[0]), (f"  {pressed('y', typing=typing)} agrees and e rewords it.", "$text-muted")),
        Content(""),
    ]


def _to_hand_over(desk: Desk, *, typing: bool) -> list[Content]:
    """The rewards that are owed to whoever may be thanked before the team."""
    lines = []
    for reward in desk.rewards_owed()[:MOST_REWARDS]:
        who = wording.listed([wording.one_line(desk.roster.short_name(person)) for person in reward.story.people])
        lines.append(
            Content.assemble(("To hand over  ", "$text-muted"), (who, "bold"), f"  {wording.one_line(reward.words)}")
        )
    how = f"{pressed('y', typing=typing)} marks them as handed over."
    return [*lines, Content.styled(how, "$text-muted")] if lines else []


def _thanks(desk: Desk, meeting: Meeting, *, typing: bool) -> list[Content]:
    told = desk.told_in(meeting)
    kinds = [story.kind for story in told]
    wins, stickies = kinds.count("win"), kinds.count("sticky")
    when = "today" if meeting.at.date() == desk.today else "in this meeting"
    words = f"{wording.count(wins, 'win')} and {wording.count(stickies, 'sticky situation')} told {when}."
    lines = [Content(words)]
    people = list(dict.fromkeys(person for story in told if story.kind == "win" for person in story.people))
    if people:
        thanks = wording.listed([wording.one_line(desk.roster.short_name(person)) for person in people])
        lines.append(Content.assemble(("Wins by ", "$text-muted"), (thanks, "bold")))
    lines += thanked_line(desk, meeting)
    lines += _to_hand_over(desk, typing=typing)
    lines.append(Content.styled("Type whom you thank, and for what; ^g closes the meeting.", "$text-muted"))
    return lines
