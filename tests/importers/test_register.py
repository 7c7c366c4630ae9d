"""A register of trainings gives trainings, or says line by line why not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from meetingtool.errors import Refused
from meetingtool.importers.register import RegisterDraft, read_register
from meetingtool.importers.tabular import read_sheet
from meetingtool.records.people import Person
from meetingtool.records.training import Course
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def person(handle: str, name: str, **more: object) -> Person:
    return Person(id=f"P-{handle}", at=NOW, made_at=NOW, made_by="t", handle=handle, name=name, **more)  # type: ignore[arg-type]


ROSTER = Roster(
    [person("maria", "Maria Lopez", number="0017"), person("zoe", "Zoë Martin-Reid", started=date(2026, 3, 1))],
    [],
    TODAY,
)
COURSES = [
    Course(id=f"C-{title}", at=NOW, made_at=NOW, made_by="t", title=title)
    for title in ("When somebody complains", "Tills")
]


def draft(text: str, **options: object) -> RegisterDraft:
    return read_register(read_sheet(text.encode()), ROSTER, COURSES, TODAY, **options)  # type: ignore[arg-type]


def test_a_register_as_hr_systems_write_it_is_read() -> None:
    found = draft(
        "Employee name;Training;Completion date;Status;Duration;Trainer;Notes\n"
        "Lopez, Maria;when somebody COMPLAINS;25.08.2026;Completed;1:30;Pat;\n"
        "zoe;Tills;2026-08-25;In progress;45 min;;\n"
        "@zoe;Tills;2026-09-01;Excused;;;on leave\n"
        "Total;;;;;;\n"
    )
    assert [(r.person, r.course, r.on, r.how, r.minutes, r.led_by, r.why) for r in found.rows] == [
        ("P-maria", "C-When somebody complains", date(2026, 8, 25), "done", 90, "Pat", ""),
        ("P-zoe", "C-Tills", date(2026, 8, 25), "part", 45, "", ""),
        ("P-zoe", "C-Tills", date(2026, 9, 1), "excused", None, "", "on leave"),
    ]
    assert found.problems == ()


def test_lines_that_give_no_training_say_why_and_the_others_stay() -> None:
    found = draft(
        "person,course,date,outcome,minutes,why\n"
        "Maria Lopes,Tills,2026-08-25,,,\n"
        "maria,Tils,2026-08-25,,,\n"
        "maria,,2026-08-25,,,\n"
        "maria,Tills,soon,,,\n"
        "maria,Tills,2026-11-25,,,\n"
        "zoe,Tills,2026-02-25,,,\n"
        "maria,Tills,2026-08-25,slept,,\n"
        "maria,Tills,2026-08-25,excused,,\n"
        "maria,Tills,2026-08-25,,a while,\n"
        "maria,Juggling,2026-08-25,,,\n"
        "0017,Tills,2026-08-25,x,,\n"
        "maria,Tills,2026-08-25,,,\n"
    )
    assert [(row.person, row.how) for row in found.rows] == [("P-maria", "done")]
    reasons = [
        "did you mean Maria Lopez",
        "did you mean “Tills”",
        "no course",
        "“soon” is not a date",
        "in the future",
        "not on the team on that day",
        "“slept” does not say how it went",
        "needs a reason",
        "“a while” is not a number of minutes",
        "there is no course “Juggling”",
    ]
    for reason, problem in zip(reasons, found.problems, strict=True):
        assert reason in problem.text
    assert found.unknown == ("Tils", "Juggling")
    assert "the same person, course and day again" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("header", "lacking"),
    [("course,date", "the person"), ("person,date", "the course"), ("person,course", "the date")],
)
def test_a_register_without_one_of_its_columns_is_refused(header: str, lacking: str) -> None:
    with pytest.raises(Refused, match=f"No column seems to hold {lacking}"):
        draft(f"{header}\nmaria,Tills\n")


def test_a_workbook_of_a_thousand_trainings_is_read_and_each_bad_line_is_named() -> None:
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet, day = book.add_worksheet("Register"), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, ["Person", "Course", "Date", "Outcome", "Minutes"])
    for row in range(1, 1001):
        bad = row % 100 == 0
        sheet.write_row(row, 0, ["Nobody here" if bad else "Maria Lopez", "Tills"])
        sheet.write_datetime(row, 2, datetime(2023, 1, 1) + timedelta(days=row), day)
        sheet.write_row(row, 3, ["done", 30])
    book.close()
    found = read_register(read_sheet(out.getvalue(), "register.xlsx"), ROSTER, COURSES, TODAY)
    assert len(found.rows) == 990
    assert [problem.line for problem in found.problems] == list(range(101, 1002, 100))
    assert {row.minutes for row in found.rows} == {30}
    assert found.rows[0].on == date(2023, 1, 2)


def test_a_beginning_or_a_word_of_one_title_names_the_course_as_it_does_when_typed() -> None:
    read = draft("Person,Course,Date\nMaria Lopez,complains,2026-11-02\nMaria Lopez,till,2026-11-03\n")
    assert [row.course for row in read.rows] == ["C-When somebody complains", "C-Tills"]
    assert "there is no course" in str(draft("Person,Course,Date\nMaria Lopez,omp,2026-11-02\n").problems)
