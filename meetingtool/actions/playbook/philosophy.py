"""The philosophy of a team: asking for it, distilling sentences from what was answered, and agreeing on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

import msgspec

from meetingtool.actions.playbook.playbook import after_the_last, line_of, retire, saved
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.philosophy import Section, Statement
from meetingtool.records.playbook import Question
from meetingtool.rules import areas, wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.playbook import philosophy as rules
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.documents.formats.paper import Paper

LONGEST = 400
"""Letters of a sentence at most: it has to hang on a wall."""


def take_up(workspace: Workspace, now: datetime) -> list[Question]:
    """Add the fourteen questions that come with the product, except those there are already, in one step."""
    from meetingtool.importers.shipped import shipped
    from meetingtool.importers.starter import read_philosophy  # needed once in the life of a team

    path = shipped("starter") / "philosophy.toml"
    with workspace.batch(deeds.QUESTIONS_TAKEN_UP, now):
        there = {fold(question.text) for question in workspace.find(Question)}
        order = after_the_last(workspace, Question)
        added = [
            Question(
                id=mint(now),
                at=now,
                made_at=now,
                made_by=workspace.user,
                text=ready.text,
                audience="philosophy",
                section=ready.section,
                order=order + place,
            )
            for place, ready in enumerate(read_philosophy(path.read_text(encoding="utf-8"), path.name))
            if fold(ready.text) not in there
        ]
        if added:
            workspace.save(*added, deed=deeds.QUESTIONS_TAKEN_UP, now=now)
        return added


def propose(
    workspace: Workspace, text: str, now: datetime, *, section: str = "", question: Question | None = None
) -> Statement:
    """Propose a sentence, for the team to agree on. question: whose answers it was distilled from.

    Refused when blank or too long, and where the question has a sentence already.
    """
    with workspace.batch(deeds.STATEMENT_ADDED, now):
        if question is not None and question.id in rules.settled(workspace.find(Statement)):
            raise Refused("There is already a sentence from this question.", "Edit it, or retire it first.")
        statement = Statement(
            id=mint(now),
            at=now,
            made_at=now,
            made_by=workspace.user,
            section=checked_section(section or (question.section if question else None) or "own"),
            text=checked_sentence(text),
            questions=(question.id,) if question else (),
            order=after_the_last(workspace, Statement),
        )
        workspace.save(statement, deed=deeds.STATEMENT_ADDED, now=now)
        return statement


def edit_statement(
    workspace: Workspace,
    statement: Statement,
    now: datetime,
    *,
    text: str | None = None,
    section: str | None = None,
    read_again: date | None = None,
    order: int | None = None,
    slip: bool = False,
) -> Statement:
    """Change a sentence; None leaves a part as it is. With other words it is a proposal again, unless it was a `slip`.

    Refused for a day to read it again on while the team has not agreed on it.
    """
    changes: dict[str, object] = {}
    if text is not None and checked_sentence(text) != statement.text:
        changes["text"] = checked_sentence(text)
        if not slip:
            changes |= {"agreed_on": None, "agreed_in": None, "agreed_with": (), "read_again": None}
    if section is not None:
        changes["section"] = checked_section(section)
    if read_again is not None:
        if changes.get("agreed_on", statement.agreed_on) is None:
            raise Refused("The team has not agreed on it yet.", "Agree on it first.")
        changes["read_again"] = read_again
    return saved(workspace, statement, changes, order, now)


def agree(
    workspace: Workspace,
    statement: Statement,
    now: datetime,
    *,
    meeting: Meeting | None = None,
    on: date | None = None,
    people: Sequence[Person] = (),
    again: date | None = None,
) -> Statement:
    """Note that the team agreed on a sentence, or read it again and still agrees.

    meeting: the one it was in, with who is here; its notes say so from then on. again: when to read it again, in a
    year when left out. Refused for one that is retired, and for a day to come.
    """
    from meetingtool.rules.people.periods import months_after

    if statement.retired is not None:
        raise Refused("This sentence is retired.", "Propose a new one.")
    day = on or (meeting.at.date() if meeting else now.date())
    if day > now.date():
        raise Refused(f"{wording.day(day, now.date())} has not come yet.", "Give the day on which it was agreed.")
    if again is not None and again <= now.date():
        raise Refused(f"{wording.day(again, now.date())} is no day to come.", "Give the day to read it again.")
    here = tuple(person.id for person in people)
    if meeting is not None and not here:
        here = tuple(entry.person for entry in meeting.attendance if entry.presence != "absent")
    agreed = msgspec.structs.replace(
        statement,
        version=statement.version + 1,
        agreed_on=day,
        agreed_in=meeting.id if meeting else None,
        agreed_with=here,
        read_again=again or months_after(day, rules.AGAIN_MONTHS),
    )
    with workspace.batch(deeds.STATEMENT_AGREED, now):
        workspace.save(agreed, deed=deeds.STATEMENT_AGREED, now=now)
        if meeting is not None:
            note = f"{'Agreed' if statement.agreed_on is None else 'Still agreed'}: {statement.text}"
            noted = msgspec.structs.replace(
                meeting, version=meeting.version + 1, notes=f"{meeting.notes}\n{note}".strip()
            )
            workspace.save(noted, deed=deeds.STATEMENT_AGREED, now=now)
        return agreed


def retire_statement(workspace: Workspace, statement: Statement, now: datetime) -> Statement:
    """Let a sentence no longer hold, from today on; its question is asked again in turn."""
    return retire(workspace, statement, now)


class MeetingAnswer(msgspec.Struct, frozen=True):
    """What a meeting answered to a question."""

    day: date
    answers: tuple[str, ...]


def answers_to(workspace: Workspace, question: Question) -> list[MeetingAnswer]:
    """All that was ever answered to a question, oldest first; this looks through all years."""
    found = workspace.find(Meeting, question=question.id)
    return [MeetingAnswer(meeting.at.date(), meeting.answers) for meeting in found if meeting.answers]


def asked_about(desk: Desk, today: date | None = None) -> list[Statement]:
    """The sentences that the team is asked about in a meeting of a day: proposals, then what is to be read again."""
    if areas.PHILOSOPHY in desk.settings.off:
        return []
    return rules.to_ask_about(desk.statements(), today or desk.today)


def ready(desk: Desk) -> list[rules.AnsweredQuestion]:
    """The questions that were answered but led to no sentence yet, the most answered first."""
    return desk.once("to distil", lambda: rules.to_distil(desk.questions(), desk.meetings(), desk.statements()))


def checked_sentence(text: str) -> str:
    """A sentence on one line. Refused when blank or too long for a wall."""
    words = line_of(text, "Write the sentence.")
    if len(words) > LONGEST:
        raise Refused(f"The sentence has {len(words)} letters; {LONGEST} is the most.", "Make two of it.")
    return words


def checked_section(text: str) -> Section:
    """A part of the philosophy by its word. Refused for another."""
    for section in get_args(Section):
        if section == text.strip().lower():
            known: Section = section
            return known
    raise Refused(
        f"The philosophy has no part “{wording.shortened(text, 30)}”.",
        f"Choose one of {wording.listed(get_args(Section))}.",
    )


def philosophy_paper(desk: Desk) -> Paper:
    """All that the team agreed on, with whom it serves and its standards. Refused while there is nothing."""
    from meetingtool.documents.playbook.philosophy import philosophy

    statements = rules.in_use(desk.statements())
    groups = [group for group in desk.groups() if group.retired is None]
    if not statements and not groups:
        raise Refused(
            "Nothing of the philosophy is written down yet.",
            "`meetingtool philosophy take-up` has the meeting ask for it; `philosophy add` writes a sentence.",
        )
    return philosophy(desk.settings.team, statements, groups, desk.roster, desk.today)


FORMS = ("pdf", "html", "md", "txt", "json")
"""The formats of the philosophy, by the ending of its file."""


def philosophy_bytes(desk: Desk, form: str) -> bytes:
    """The philosophy as the content of a file. form: one of `FORMS`. Refused while there is nothing."""
    if form == "json":
        return philosophy_json(desk)
    from meetingtool.actions.history.sharing import paper_bytes

    return paper_bytes(philosophy_paper(desk), form, desk.today)


def philosophy_json(desk: Desk) -> bytes:
    """The philosophy for programs, including retired sentences and groups: nothing is lost in the export."""
    from meetingtool.rules.kinds.table import kind_of

    roster = desk.roster
    found = {
        "team": desk.settings.team,
        "statements": [kind_of(each).shape(each, roster) for each in desk.statements()],
        "groups": [kind_of(each).shape(each, roster) for each in desk.groups()],
        "standards": [
            {"tag": standard.tag, "title": standard.title, "behaviour": standard.behaviour}
            for standard in roster.standards
        ],
    }
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"
