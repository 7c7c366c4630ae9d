"""What a printed evaluation says, word by word: the content as strings ready to be shown.

The PDF and the HTML page are drawn from this one `Display`, so that both say the same. Text of people is made visible
(`wording.visible`) but is not escaped for any format: that is left to whoever draws it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import msgspec

from meetingtool.documents.people.evaluation_rows import (
    Anchors,
    EvaluationRows,
    PromiseRow,
    RatingRow,
    StandardRow,
    StoryEntry,
    StoryGroup,
    typed,
)
from meetingtool.documents.people.evaluation_sum import Sum, sum_of
from meetingtool.documents.people.evaluation_words import (
    CHANGED,
    GOALS_BEFORE,
    NONE,
    NUMBERS_REST,
    PROMISES_FROM,
    QUARTERS,
    WRITTEN,
    answered,
    as_result,
    checks_of,
    copy_of,
    course_lines,
    facts_of,
    identity,
    nevertheless,
    not_final,
    number,
    reply_notes,
    signatures,
    signed,
    title_of,
)
from meetingtool.documents.people.year_before import beside, like_with_like, unlike_scores, unlike_standards
from meetingtool.rules.wording import MONTHS_IN_FULL, listed, one_line, shortened

Content = Mapping[str, Any]

RECEIPT = "A signature confirms that this evaluation was received and discussed. It does not mean agreement."


class BeforeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One number of this period beside the one of the year before. change: `+5.7`, or empty.

    now_share, before_share: the numbers as 0 to 1, None where there is none, and for points.
    """

    label: str
    now: str
    before: str
    change: str
    now_share: float | None
    before_share: float | None


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """The year before. source: where its numbers come from. alike: how the two compare, where they are unlike."""

    label: str
    source: str
    alike: str
    rows: tuple[BeforeRow, ...]


class EmployeeAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What the employee said. given: an answer is recorded; without one there is room to write by hand.

    receipt: what a signature means.
    """

    given: bool
    sentence: str
    comment: str
    receipt: str = RECEIPT


class Display(msgspec.Struct, frozen=True, kw_only=True):
    """A whole evaluation as strings.

    heading: the title of the file. title: of the paper.
    stamp: what to say first, such as that this was changed since.
    facts: names with values. draft: it was never shared. copy: whose copy it is.
    left_out: what is not in this copy, in words. made_on: ISO. digest: 64 hex digits, or empty. foot: what replaces it.
    words: heading and text of each of the manager's parts, text empty where nothing is written. unwritten: what to say
    where all of them are empty.
    quarters: labels, in the order of the cells of `standards`; quarters_note: what they show.
    further: a heading, and the stories beyond `best` that numbers rest on, then that promises came from.
    checks: the manager's own; checks_reason: why it is final anyway. course: what was reopened or answered again
    before. quotes: what customers said, each with its day and who said it. thanks: each with its day and what came
    with it. goals_before: last year's, and what became
    of them, each with its heading. notes: on the right of reply and how long it is kept. identity: number or handle.
    answer_to: what an answer by file is bound to, empty where none is asked for. signatures: name and role of each.
    """

    heading: str
    title: str
    stamp: str
    team: str
    name: str
    short_name: str
    role: str
    facts: tuple[tuple[str, str], ...]
    period: str
    state: str
    state_note: str
    draft: bool
    copy: str
    left_out: str
    edition: str
    made_on: str
    digest: str
    foot: str
    sum: Sum
    words: tuple[tuple[str, str], ...]
    unwritten: str
    quarters: tuple[str, ...]
    quarters_note: str
    standards: tuple[StandardRow, ...]
    best: tuple[StoryGroup, ...]
    further: tuple[tuple[str, tuple[StoryEntry, ...]], ...]
    quotes: tuple[tuple[str, str], ...]
    thanks: tuple[tuple[str, str], ...]
    promises: tuple[PromiseRow, ...]
    before: Before | None
    gaps: tuple[str, ...]
    checks: tuple[str, ...]
    checks_reason: str
    ratings: tuple[RatingRow, ...]
    anchors: tuple[Anchors, ...]
    answer: EmployeeAnswer
    course: tuple[str, ...]
    goals_before: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    identity: str
    answer_to: str
    signatures: tuple[tuple[str, str], ...]


def display(content: Content, digest: str = "", *, removed: Collection[str] = ()) -> Display:
    """The evaluation, or the copy of it for the employee, as strings.

    removed: ids of records put in the bin since it was finalised; they are marked as such, and keep their words.
    """
    content = as_result(content)
    rows = EvaluationRows(content, removed)
    team, name, period = (one_line(text) for text in (content["team"], content["person"]["name"], _label(content)))
    state = CHANGED if content.get("changed") else str(content["state"]).capitalize()
    return Display(
        stamp=one_line(content.get("stamp", "")),
        heading=f"{title_of(content)} of {shortened(name, 80)}, {period}",
        title=f"{title_of(content)} {period}",
        team=team,
        name=name,
        short_name=shortened(name, 60),
        role=one_line(content["person"]["role"]),
        facts=tuple((label, one_line(value)) for label, value in facts_of(content, full_day)),
        period=period,
        state=state,
        state_note=_state_note(content),
        draft=content["state"] == "draft",
        copy=copy_of(content),
        left_out=listed([one_line(words) for words in content.get("left_out", ())]),
        edition=f"Edition {content['edition']}",
        made_on=content["made_on"],
        digest=digest.strip().lower(),
        foot=not_final(state),
        sum=sum_of(content),
        words=tuple((title, typed(content["words"].get(key, ""))) for key, title in WRITTEN),
        unwritten="Nothing is written yet."
        if content["state"] == "draft"
        else "The manager added no words to the numbers.",
        quarters=tuple(one_line(quarter["label"]) for quarter in content["period"]["quarters"]),
        quarters_note=QUARTERS,
        standards=rows.standards(),
        best=rows.best(),
        further=tuple(pair for pair in ((NUMBERS_REST, rows.others()), (PROMISES_FROM, rows.origins())) if pair[1]),
        quotes=rows.quotes(),
        thanks=rows.thanks(),
        promises=rows.promises(),
        before=_before(content),
        gaps=tuple(_sentence(gap) for gap in content["gaps"]),
        checks=tuple(map(_sentence, checks_of(content))),
        checks_reason=typed("\n".join(nevertheless(content))),
        ratings=rows.ratings(),
        anchors=rows.anchors(),
        answer=_answer(content, name),
        course=tuple(typed(line) for line in course_lines(content, full_day)),
        goals_before=_goals_before(content),
        notes=tuple(one_line(note) for note in reply_notes(content)),
        identity=one_line(identity(content)),
        answer_to=content.get("answer_to", "") if content.get("copy") == "employee" else "",
        signatures=tuple((shortened(name, 120), shortened(role, 80)) for name, role in signatures(content)),
    )


def full_day(iso: str | None) -> str:
    """`24 November 2026`, or `–`."""
    if iso is None:
        return NONE
    when = date.fromisoformat(iso)
    return f"{when.day} {MONTHS_IN_FULL[when.month - 1]} {when.year}"


def _label(content: Content) -> str:
    return str(content["period"]["label"])


def _sentence(text: str) -> str:
    line = one_line(text)
    return f"{line[:1].upper()}{line[1:]}{'' if line.endswith(('.', '!', '?')) else '.'}" if line else ""


def _state_note(content: Content) -> str:
    made, answer = full_day(content["made_on"]), content["answer"]
    if content.get("changed"):
        return f"Dated {made}, but changed since. It proves nothing."
    match content["state"]:
        case "draft":
            return f"Made on {made}. Numbers and text can still change."
        case "shared":
            return f"Shared on {full_day(answer['shared_on'])}, not yet final. Made on {made}."
        case "acknowledged":
            return f"Acknowledged on {full_day(answer['acknowledged_on'])}, not yet final. Made on {made}."
    return f"Final since {made}."


def _before(content: Content) -> Before | None:
    before, score = content["before"], content["score"]
    if before is None:
        return None
    alike = like_with_like(content)
    rows = [_before_row("Score", score["shown"], before["shown"], digits=0)]
    if unlike_scores(content):
        rows = [msgspec.structs.replace(rows[0], change="", now_share=None, before_share=None)]
    for part, now, then in beside(content):
        row = _before_row(one_line(part["label"]), now, then, drawn=part["key"] != "recognition")
        if part["key"] == "standards" and unlike_standards(content):
            row = msgspec.structs.replace(row, change="", now_share=None, before_share=None)
        rows.append(row)
    return Before(
        label=one_line(before["label"]),
        source=one_line(before["source"]),
        alike=alike,
        rows=tuple(rows),
    )


def _before_row(
    label: str, now: float | None, before: float | None, *, digits: int = 1, drawn: bool = True
) -> BeforeRow:
    return BeforeRow(
        label=label,
        now=number(now, digits),
        before=number(before, digits),
        change="" if now is None or before is None else signed(now - before, digits),
        now_share=now / 100 if drawn and now is not None else None,
        before_share=before / 100 if drawn and before is not None else None,
    )


def _goals_before(content: Content) -> tuple[tuple[str, str], ...]:
    before = content.get("goals_before")
    if not before:
        return ()
    pairs = ((GOALS_BEFORE, before["goals"]), ("What became of them", before["became"]))
    return tuple((title, typed(text)) for title, text in pairs if text)


def _answer(content: Content, name: str) -> EmployeeAnswer:
    answer = content["answer"]
    comment = typed(answer["comment"])
    sentence = answered(answer, name, full_day)
    return EmployeeAnswer(given=bool(sentence or comment), sentence=sentence, comment=comment)
