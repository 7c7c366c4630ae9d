"""A file that comes again with other answers: what is kept is what it says now, and decisions hold for the words that
they were made on."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetingtool.actions.customers.comments import comments_of, read_comment
from meetingtool.actions.customers.imports import SurveyImport, import_survey, plan_survey
from meetingtool.actions.customers.incoming import served_in
from meetingtool.actions.customers.leaving_out import answer_ref, leave_out
from meetingtool.actions.customers.mentions import confirm, reject
from meetingtool.actions.customers.report import in_words, report_of_import
from meetingtool.actions.customers.surveys import batches_of, survey_named
from meetingtool.actions.desk import Desk
from meetingtool.actions.people.team import edit_person
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.errors import Refused
from meetingtool.records.mentions import Mention
from meetingtool.records.surveys import LeftOut
from meetingtool.records.voices import Voice
from meetingtool.rules.customers.series import days_of
from meetingtool.store import Workspace

HEADERS = {
    "id": "Response ID",
    "day": "Date",
    "score": "Overall satisfaction (1-5)",
    "ease": "How easy was it? (1-5)",
    "comment": "Comment",
    "served": "Who served you?",
    "named": "Did anybody do more than you expected?",
    "customer": "Customer name",
}
Row = dict[str, str]
NUMBERS = count()


def export(rows: list[Row], *without: str) -> bytes:
    out = io.StringIO()
    names = [name for name in HEADERS if name not in without]
    csv.writer(out).writerows(
        [[HEADERS[name] for name in names], *([row.get(name, "") for name in names] for row in rows)]
    )
    return out.getvalue().encode()


def imported(workspace: Workspace, data: bytes, now: datetime, name: str = "Visits") -> SurveyImport:
    return import_survey(workspace, plan_survey(workspace, data, "visits.csv", now, name=name), now)


def told(workspace: Workspace, data: bytes, now: datetime) -> str:
    plan = plan_survey(workspace, data, "visits.csv", now, name="Visits")
    return "\n".join(in_words(plan, report_of_import(plan, roster_of(workspace, now.date())), now.date()))


def answers(workspace: Workspace, name: str) -> dict[str, tuple[Any, ...]]:
    """Every kept answer by its id."""
    found: dict[str, tuple[Any, ...]] = {}
    for batch in batches_of(workspace, survey_named(workspace, name)):
        nothing = ("",) * len(batch.days)
        values = [dict(zip(batch.measures, row, strict=True)) for row in zip(*batch.values, strict=True)]
        columns = (batch.comments or nothing, batch.named or nothing, batch.customers or nothing, served_in(batch))
        rows = zip(batch.ids, days_of(batch), values, *columns, strict=True)
        found |= {id: (day, tuple(sorted(value.items())), *rest) for id, day, value, *rest in rows}
    return found


def mentions(workspace: Workspace, name: str) -> dict[tuple[str, str], Mention]:
    """Every mention by the id of its answer and the person."""
    survey = survey_named(workspace, name)
    ids = {batch.id: batch.ids for batch in batches_of(workspace, survey)}
    return {(ids[one.batch][one.row], one.person): one for one in workspace.find(Mention, survey=survey.id)}


WORDS = ("", "fine", "Tom was kind", "Maria and Tom helped", "Karim Haddad came late", "Will call again")
PEOPLE = ("", "Tom", "Maria", "Karim Haddad", "Somebody Else")


@st.composite
def two_files(draw: st.DrawFn) -> tuple[list[Row], list[Row], tuple[str, ...]]:
    """The same answers twice, many of them changed; columns that came with the second file."""

    def row(number: int, day: date) -> Row:
        score, ease = draw(st.sampled_from("12345")), draw(st.sampled_from("12345"))
        who = {name: draw(st.sampled_from(PEOPLE)) for name in ("served", "named")}
        written = {"comment": draw(st.sampled_from(WORDS)), "customer": draw(st.sampled_from(("", f"Pell {number}")))}
        return {"id": f"answer-{number:04}", "day": day.isoformat(), "score": score, "ease": ease, **who, **written}

    days = draw(st.lists(st.dates(date(2026, 10, 3), date(2026, 11, 20)), min_size=2, max_size=6))
    first = [row(number, day) for number, day in enumerate(days)]
    second = [
        row(number, day + timedelta(days=draw(st.integers(0, 1)))) if draw(st.booleans()) else first[number]
        for number, day in enumerate([*days, date(2026, 11, 22)][: len(days)])
    ]
    later = draw(st.lists(st.sampled_from(["ease", "comment", "served", "named", "customer"]), unique=True))
    return first, second, tuple(later)


@given(files=two_files())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_importing_a_file_after_an_earlier_one_keeps_what_importing_it_alone_does(
    workspace: Workspace, now: datetime, files: tuple[list[Row], list[Row], tuple[str, ...]]
) -> None:
    first, second, later = files
    both, alone = f"Both {(number := next(NUMBERS))}", f"Alone {number}"
    imported(workspace, export(first, *later), now, both)
    before = mentions(workspace, both)
    for mention in before.values():
        if mention.person:
            confirm(workspace, mention, "praise", now)
    imported(workspace, export(second), now, both)
    imported(workspace, export(second), now, alone)
    assert answers(workspace, both) == answers(workspace, alone)
    mine, others = mentions(workspace, both), mentions(workspace, alone)
    assert {key: (one.words, one.tier, one.at) for key, one in mine.items()} == {
        key: (one.words, one.tier, one.at) for key, one in others.items()
    }
    words = [
        {row["id"]: tuple("" if name in gone else row[name] for name in ("comment", "named")) for row in rows}
        for rows, gone in ((first, later), (second, ()))
    ]
    for (id, person), one in mine.items():
        is_decided = bool(person) and (id, person) in before and words[0][id] == words[1][id]
        assert one.state == ("confirmed" if is_decided else "open")
    assert imported(workspace, export(second), now, both).is_idle


ROWS: list[Row] = [
    {"id": "A-000001", "day": "2026-11-10", "score": "5", "comment": "Maria Lopez was lovely"},
    {"id": "A-000002", "day": "2026-11-11", "score": "4", "comment": "fine"},
]


def changed(**changes: str) -> bytes:
    return export([ROWS[0] | {"score": "1"} | changes, ROWS[1] | {"score": "1"} | changes], "ease")


def test_what_rested_on_other_words_is_off_and_the_names_are_looked_for_again(
    workspace: Workspace, now: datetime
) -> None:
    imported(workspace, export([row | {"served": "Tom"} for row in ROWS], "ease"), now)
    (praise,) = workspace.find(Mention)
    confirm(workspace, praise, "praise", now)
    desk, survey = Desk(workspace, lambda: now), survey_named(workspace, "Visits")
    plain = next(one for one in comments_of(desk, survey) if one.text == "fine")
    read_comment(desk, survey, plain, now)
    leave_out(workspace, answer_ref(plain.batch, plain.row), "product", now)
    other = changed(comment="Karim Haddad shouted at Maria Lopez", served="Tom")
    said = told(workspace, other, now)
    assert "the words are others" in said
    assert "1 decision about a name rested on other words, and no longer counts." in said
    assert "1 comment to read aloud: the words are others, so the mark is off." in said
    assert "1 answer with other words, left out before, counted again: decide anew." in said
    imported(workspace, other, now)
    found = workspace.find(Mention)
    assert sorted(one.words for one in found) == 2 * ["Karim Haddad"] + 2 * ["Maria Lopez"]
    assert {one.state for one in found} == {"open"}
    assert not workspace.find(Voice, channel="survey") and not workspace.find(LeftOut)
    plain = next(one for one in comments_of(Desk(workspace, lambda: now), survey) if one.row == plain.row)
    with pytest.raises(Refused, match="It names somebody"):
        read_comment(Desk(workspace, lambda: now), survey, plain, now)


def test_a_decision_goes_with_its_answer_to_another_day(workspace: Workspace, now: datetime) -> None:
    imported(workspace, export(ROWS, "ease", "served"), now)
    (praise,) = workspace.find(Mention)
    imported(workspace, export([ROWS[0] | {"day": "2026-11-09"}, ROWS[1]], "ease", "served"), now)
    moved = workspace.get(Mention, praise.id)
    assert (moved.at.date(), moved.state, moved.words) == (date(2026, 11, 9), "open", praise.words)


def test_a_nickname_given_later_is_known_when_the_file_comes_again(workspace: Workspace, now: datetime) -> None:
    data = export([row | {"served": "T. Ender", "comment": "Tender is kind"} for row in ROWS], "ease")
    assert "it counts for nobody" in told(workspace, data, now)
    imported(workspace, data, now)
    assert imported(workspace, data, now).is_idle
    tom = person_named(roster_of(workspace, now.date()), "@tom")
    edit_person(workspace, tom, now, nicknames=("T. Ender", "Tender"))
    assert "A-000001 of Tue 10 Nov: “T. Ender” is known now." in told(workspace, data, now)
    imported(workspace, data, now)
    assert {served.person for *_, served in answers(workspace, "Visits").values()} == {tom.id}
    assert {one.person for one in workspace.find(Mention)} == {tom.id}


def test_without_ids_a_column_that_came_later_belongs_to_the_answers_that_are_there(
    workspace: Workspace, now: datetime
) -> None:
    rows = [
        row | {"served": who, "comment": ""}
        for row, who in zip(3 * ROWS, ("Tom", "Maria", "", "", "Tom", ""), strict=True)
    ]
    imported(workspace, export(rows, "id", "served", "ease"), now)
    plan = imported(workspace, export(rows, "id", "ease"), now)
    assert (plan.taken, plan.changed_count, plan.same) == (0, 3, 3)
    (batch,) = batches_of(workspace, plan.survey)
    assert sorted(one.name for one in served_in(batch) if one) == ["Maria", "Tom", "Tom"]
    assert imported(workspace, export(rows, "id", "ease"), now).is_idle
    plan = imported(workspace, export([*rows, rows[2] | {"served": "Maria"}], "id", "ease"), now)
    assert (plan.taken, plan.same) == (1, 6), "somebody else served: another answer"


def test_a_file_without_a_column_takes_nothing_away(workspace: Workspace, now: datetime) -> None:
    rows = [row | {"served": "Tom", "ease": "5"} for row in ROWS]
    imported(workspace, export(rows), now)
    before = answers(workspace, "Visits")
    assert imported(workspace, export(rows, "ease", "served", "comment", "customer", "named"), now).changed_count == 0
    assert answers(workspace, "Visits") == before


def test_a_single_name_that_was_rejected_is_asked_about_among_other_words(workspace: Workspace, now: datetime) -> None:
    tom = person_named(roster_of(workspace, now.date()), "@tom")
    edit_person(workspace, tom, now, nicknames=("Mark",))
    rows = [
        {"id": f"B-{n:06}", "day": f"2026-11-{n:02}", "score": "4", "comment": "Mark everything as settled."}
        for n in (1, 2)
    ]
    imported(workspace, export(rows[:1], "ease", "served"), now)
    (word,) = workspace.find(Mention)
    reject(workspace, word, now)
    rows.append({"id": "B-000003", "day": "2026-11-03", "score": "5", "comment": "It was Mark who showed me"})
    data = export(rows, "ease", "served")
    assert "1 name not asked about: rejected before, with the same words around." in told(workspace, data, now)
    imported(workspace, data, now)
    (asked,) = workspace.find(Mention, state="open")
    assert (asked.row, asked.at.day) == (1, 3)
