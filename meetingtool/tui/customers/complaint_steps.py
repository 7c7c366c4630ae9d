"""The steps of a complaint by keys: each asks for what it needs, one line or one choice at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from textual.content import Content

from meetingtool.actions.customers import complaint_steps as actions
from meetingtool.actions.customers.complaint_steps import Ending
from meetingtool.actions.customers.due_steps import told_to_team
from meetingtool.errors import Refused
from meetingtool.records.complaints import Complaint, ComplaintChannel, Movable, OfferKind, StepName
from meetingtool.records.complaints import Content as Contentment
from meetingtool.rules import wording
from meetingtool.rules.customers.besides import NO_DAY, besides
from meetingtool.rules.customers.complaints import (
    CAUSES,
    FINDINGS,
    OFFERS,
    WEIGHTS,
    DueName,
    date_of,
    offered_words,
    unfinished,
)
from meetingtool.rules.customers.fund import OVER, last_over
from meetingtool.rules.customers.limits import money_typed
from meetingtool.rules.kinds.complaints import CHANNELS
from meetingtool.tui.dialogs.ask_date import AskDate, GivenDay
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.tool import Tool

FUND = re.compile(r"(?:^|\s)(fund|money):(\S+)")
BECAUSE = re.compile(r"(?:nothing,?\s+)?because\s+", re.IGNORECASE)
NOBODY = "nobody"
TO_THE_TEAM = "The next meeting hears it, without names"
OTHER_DAY = 'on:tue or on:"24 nov" anywhere in the line: it was on that day, not today'


def _ask(
    tool: Tool,
    question: str,
    hint: str,
    take: Callable[[str, date | None], object],
    *,
    draft: str,
    value: str = "",
) -> None:
    """Ask for the words of a step, in which its day can be given where that is not today."""

    def taken_apart(said: str) -> None:
        told = besides(said, tool.desk.dates)
        if told.unread:
            raise Refused(told.unread, NO_DAY)
        take(told.line, told.on)

    tool.push_screen(AskText(question, hint=f"{hint}\n{OTHER_DAY}", value=value, draft=draft, take=taken_apart))


def _choose(tool: Tool, question: str, options: list[tuple[str, str]], take: Callable[[str], object]) -> None:
    def chosen(key: str | None) -> None:
        if key is not None:
            take(key)

    tool.push_screen(Choose(question, [(key, Content(shown)) for key, shown in options]), chosen)


def people(tool: Tool, *, nobody: bool = False) -> list[tuple[str, str]]:
    """Everybody on the team, to choose from."""
    found = [(person.id, wording.one_line(person.name)) for person in tool.desk.roster.people]
    return [(NOBODY, "nobody yet"), *found] if nobody else found


def next_step(tool: Tool, complaint: Complaint, step: DueName) -> None:
    """Do the step that is due."""
    if step == "acknowledge":
        note(tool, complaint, "acknowledged")
    elif step == "word":
        note(tool, complaint, "word")
    elif step == "answer":
        answer(tool, complaint)
    elif step == "close":
        close(tool, complaint)
    else:
        ask_afterwards(tool, complaint)


QUESTIONS: dict[StepName, tuple[str, str]] = {
    "acknowledged": ("What was the customer told?", "Enter notes it; an empty line will do"),
    "looked-into": ("What was found?", "Enter notes it"),
    "word": ("What did the customer hear?", "Enter notes that we were in touch"),
}


def note(tool: Tool, complaint: Complaint, name: StepName) -> None:
    """Note a step with the words of one line."""
    desk = tool.desk
    question, hint = QUESTIONS[name]
    _ask(
        tool,
        question,
        hint,
        lambda said, on: actions.take_step(
            desk.workspace, complaint, name, desk.now, words=_finished(said), person=complaint.owner, on=on
        ),
        value=offered_words(name, complaint.finding),
        draft=f"complaint-{name}-{complaint.id.lower()}",
    )


def _finished(said: str) -> str:
    """The words. Refused while they are only the offered ones, with nothing added."""
    if unfinished(said):
        raise Refused("The sentence is not finished.", "Finish it, or clear the line: ctrl+u.")
    return said


def answer(tool: Tool, complaint: Complaint) -> None:
    """Ask whose fault it was, then for the answer; where it was ours, an apology is offered as words."""
    desk = tool.desk

    def found(finding: str) -> None:
        kept = next(each for each in FINDINGS if each == finding)
        _ask(
            tool,
            "What was the customer told?",
            "Enter notes the answer",
            lambda said, on: actions.answer(
                desk.workspace, complaint, desk.now, words=_finished(said), finding=kept, on=on
            ),
            value=offered_words("answered", kept),
            draft=f"complaint-answered-{complaint.id.lower()}",
        )

    _choose(tool, "Whose fault was it?", list(FINDINGS.items()), found)


def close(tool: Tool, complaint: Complaint) -> None:
    """Ask what it came from and what was learned; the finding only where it is not known yet. Nothing is asked before
    it can be closed."""
    desk = tool.desk

    def ready() -> bool:
        actions.require_answered(complaint)
        return True

    if not tool.attempt(ready):
        return

    def ended(finding: str, cause: str) -> None:
        def take(said: str, on: date | None) -> Complaint:
            nothing = BECAUSE.match(said.strip())
            ending = Ending(
                finding=next(each for each in FINDINGS if each == finding),
                cause=next(each for each in CAUSES if each == cause),
                lesson="" if nothing else said,
                because=said.strip()[nothing.end() :] if nothing else "",
            )
            closed = actions.close(desk.workspace, complaint, ending, desk.now, on=on)
            _tell_lesson(tool, closed)
            return closed

        hint = f"{TO_THE_TEAM} · where there is nothing to learn: because …"
        draft = f"complaint-lesson-{complaint.id.lower()}"
        _ask(tool, "What did we learn?", hint, take, value=complaint.lesson, draft=draft)

    def caused(finding: str) -> None:
        if complaint.cause is not None:
            ended(finding, complaint.cause)
        else:
            _choose(tool, "What did it come from?", list(CAUSES.items()), lambda cause: ended(finding, cause))

    if complaint.finding is not None:
        caused(complaint.finding)
    else:
        _choose(tool, "Whose fault was it?", list(FINDINGS.items()), caused)


def settle(tool: Tool, complaint: Complaint) -> None:
    """Ask what was learned from what was put right at once; an empty answer will do."""

    def take(said: str, on: date | None) -> None:
        ending = Ending(lesson=said)
        _tell_lesson(tool, actions.settle(tool.desk.workspace, complaint, ending, tool.desk.now, on=on))

    hint = f"{TO_THE_TEAM} · an empty line will do"
    _ask(tool, "Settled at once. What did we learn?", hint, take, draft=f"complaint-settled-{complaint.id.lower()}")


def lesson(tool: Tool, complaint: Complaint) -> None:
    """Correct what was learned."""

    def take(said: str) -> None:
        _tell_lesson(tool, actions.correct_lesson(tool.desk.workspace, complaint, said, tool.desk.now))

    draft = f"complaint-learned-{complaint.id.lower()}"
    tool.push_screen(AskText("What did we learn?", draft=draft, hint=TO_THE_TEAM, value=complaint.lesson, take=take))


def _tell_lesson(tool: Tool, complaint: Complaint) -> None:
    """Show how the team will hear what was learned, if it will."""
    if complaint.lesson and not complaint.kept_back:
        told = told_to_team(tool.desk.workspace, complaint, tool.desk.today)
        tool.say(f"The next meeting hears: {wording.shortened(told, 200)}")


def arrival(tool: Tool, complaint: Complaint) -> None:
    """Ask how it came, then who took it down."""
    desk = tool.desk

    def came(how: str) -> None:
        channel = next(each for each in CHANNELS if each == how)
        _choose(tool, "Who took it down?", people(tool, nobody=True), lambda who: taken_by(channel, who))

    def taken_by(channel: ComplaintChannel, who: str) -> None:
        person = "" if who == NOBODY else who
        tool.attempt(lambda: actions.note_arrival(desk.workspace, complaint, channel, person, desk.now))

    _choose(tool, "How did it come?", list(CHANNELS.items()), came)


def ask_afterwards(tool: Tool, complaint: Complaint) -> None:
    """Ask whether the customer was content, then for the words."""
    desk = tool.desk
    options: dict[Contentment, str] = {"yes": "content", "partly": "partly", "no": "not content"}

    def answered(content: str) -> None:
        kept = next(each for each in options if each == content)
        _ask(
            tool,
            "What did the customer say?",
            "Enter notes it; an empty line will do",
            lambda said, on: actions.ask_afterwards(desk.workspace, complaint, kept, desk.now, words=said, on=on),
            draft=f"complaint-asked-{complaint.id.lower()}",
        )

    _choose(tool, "Is the customer content?", list(options.items()), answered)


def offer(tool: Tool, complaint: Complaint) -> None:
    """Ask what was offered, then for words and money."""
    desk = tool.desk

    def chosen(kind: str) -> None:
        kept: OfferKind = next(each for each in OFFERS if each == kind)

        def take(said: str, on: date | None) -> Complaint:
            found = FUND.search(said)
            money = money_typed(found[2], desk.settings.currency) if found else None
            words = " ".join(FUND.sub(" ", said).split())
            from_fund = found is not None and found[1] == "fund"
            changed = actions.offer(
                desk.workspace, complaint, kept, desk.now, words=words, money=money, from_fund=from_fund, on=on
            )
            over = last_over(changed, desk.settings.service)
            if over is not None:
                tool.say(OVER.format(wording.money(over)))
            return changed

        hint = "Enter notes it · fund:25 comes from the fund, money:25 does not"
        _ask(tool, f"Offered: {OFFERS[kept]}", hint, take, draft=f"complaint-offered-{complaint.id.lower()}")

    _choose(tool, "What is offered?", list(OFFERS.items()), chosen)


def taken(tool: Tool, complaint: Complaint) -> None:
    """Ask whether the last offer was taken."""
    desk, number = tool.desk, len(complaint.offers)

    def answered(key: str) -> None:
        tool.attempt(lambda: actions.note_taken(desk.workspace, complaint, number, key == "taken", desk.now))

    _choose(tool, "Did the customer take it?", [("taken", "taken"), ("not", "not taken")], answered)


def hand_on(tool: Tool, complaint: Complaint) -> None:
    """Ask who has it from now on, and what that person must know."""
    desk = tool.desk

    def chosen(person: str) -> None:
        _ask(
            tool,
            "What must the next one know?",
            "So that the customer need not say it again · Enter hands it on",
            lambda said, on: actions.take_step(
                desk.workspace, complaint, "handed-on", desk.now, words=said, person=person, on=on
            ),
            draft=f"complaint-handed-{complaint.id.lower()}",
        )

    _choose(tool, "Who has it from now on?", people(tool), chosen)


def assess(tool: Tool, complaint: Complaint) -> None:
    """Ask how serious it is, then who owns it, then what would make it right."""
    desk = tool.desk

    def weighed(weight: str) -> None:
        safety = weight == "safety"
        kept = "serious" if safety else next(each for each in WEIGHTS if each == weight)

        def owned(person: str) -> None:
            _ask(
                tool,
                "What would make it right for the customer?",
                "Enter notes it; an empty line changes nothing",
                lambda said, on: actions.assess(
                    desk.workspace,
                    complaint,
                    desk.now,
                    weight=kept,
                    safety=safety,
                    owner="" if person == NOBODY else person,
                    wants=said or None,
                    on=on,
                ),
                value=complaint.wants,
                draft=f"complaint-wants-{complaint.id.lower()}",
            )

        _choose(tool, "Who is to put it right?", people(tool, nobody=True), owned)

    weights = [*((weight, weight) for weight in WEIGHTS), ("safety", "serious, and a matter of safety")]
    _choose(tool, "How serious is it?", weights, weighed)


def move(tool: Tool, complaint: Complaint) -> None:
    """Ask for another date, and how the customer agreed."""
    desk = tool.desk
    step: Movable = "ask" if complaint.state == "closed" else "answer"
    current = date_of(complaint, step, desk.settings.service)

    def dated(answered: GivenDay | None) -> None:
        if answered is None or answered.day is None:
            return
        day = answered.day
        tool.push_screen(
            AskText(
                "How did the customer agree?",
                hint="Without consent it is late · Enter moves the date",
                take=lambda said: actions.move_due(desk.workspace, complaint, step, day, said, desk.now),
                draft=f"complaint-moved-{complaint.id.lower()}",
            )
        )

    question, draft = f"{'Ask' if step == 'ask' else 'Answer'} by when?", f"complaint-due-{complaint.id.lower()}"
    tool.push_screen(AskDate(question, current, draft=draft, optional=False), dated)


def reopen(tool: Tool, complaint: Complaint) -> None:
    """Ask why it is opened again."""
    desk = tool.desk
    _ask(tool, "Why is it reopened?", "Enter reopens it; all that was done stays",
         lambda said, on: actions.reopen(desk.workspace, complaint, said, desk.now, on=on),
         draft=f"complaint-reopened-{complaint.id.lower()}")  # fmt: skip
