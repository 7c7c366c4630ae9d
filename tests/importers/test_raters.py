"""What others said of somebody never becomes the manager's rating: their column is known by its cells."""

from __future__ import annotations

from datetime import date

import pytest
from made_people import person, standard

from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.ratings import RATING_FIELDS, RatingsDraft, read_ratings
from meetingtool.importers.tabular import Expected, read_sheet
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)
PEOPLE = (
    ("ann", "Ann Moore", "7", "ann@x.example"),
    ("bo", "Bo Lind", "8", "bo@x.example"),
    ("cleo", "Cleo Ek", "1042", ""),
)
ROSTER = Roster(
    [person(handle, name, number=number, email=email) for handle, name, number, email in PEOPLE],
    [standard("own-it", "Owns it to the end"), standard("listen", "Listens first")],
    TODAY,
)


def read(text: str, **columns: str) -> RatingsDraft:
    sheet = read_sheet(text.encode(), "ratings.csv", Expected(fields=RATING_FIELDS, columns=columns))
    return read_ratings(sheet, ROSTER, TODAY, columns=columns, manager="Rita Boss")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Author", ["Ann Moore"]),
        ("Submitted by", ["Ann Moore"]),
        ("From", ["Bo"]),
        ("Reviewed by", ["Bo Lind"]),
        ("Who wrote it", ['"Lind, Bo"']),
        ("Who wrote it", ["Bo Lind (at the desk)"]),
        ("Observer", ["Zed Chief", "@bo"]),
        ("Assessor Email", ["bo@x.example"]),
        ("Given by (number)", ["7"]),
        ("Observer ID", ["01042"]),
        ("Respondent ID", ["8"]),
        ("Submitter no.", ["1042"]),
        ("Is self?", ["TRUE"]),
        ("Is this a peer review?", ["Yes"]),
        ("Tipo", ["Par"]),
        ("Note", ["Self review"]),
        ("Name", ["Bo Lind"]),
        ("Reviewing manager", ["Bo Lind"]),
        ("Rater", ["Zed Chief", "Tom Hall"]),
        ("Rater", ["Rita Boss", "Tom Hall"]),
        ("Rater type", ["Employee"]),
        ("Self", ["x"]),
        ("", ["Peer"]),
        ("Role", ["Manager", "Self"]),
        ("Group", ["Peers"]),
        *(
            ("Form", [said])
            for said in (
                *("Self", "Self Review 2026", "Own assessment", "Peer 1", "co-worker", "Direct report", "Teammate"),
                *("Selbsteinschätzung", "Kollegin", "Autoevaluación", "Auto-évaluation", "Autovalutazione"),
                *("Zelfbeoordeling", "Självskattning", "Samoocena", "Önértékelés", "самооценка", "коллега"),
                *("自己評価", "同事", "동료", "Öz değerlendirme"),
            )
        ),
    ],
)  # fmt: skip
def test_a_column_that_names_who_else_rated_is_asked_about_whatever_it_is_called(header: str, cells: list[str]) -> None:
    lines = [f"Ann Moore,{cell},own-it,{4 - at}" for at, cell in enumerate(cells)]
    text = "\n".join([f"Employee,{header},Standard,Rating", *lines])
    with pytest.raises(LeftOpen) as asked:
        read(text)
    where, seen = asked.value.options
    assert where == (f"“{header}”" if header else "Column 2")
    said = cells[-1].strip('"')
    assert seen == f"“{said}” (line {len(cells) + 1})"
    assert asked.value.message.startswith(f"{where} has {seen}: others seem to have given ratings, too")
    assert '--column rater=""' in asked.value.hint
    assert len(read(text, rater="").rows) == len(cells)


@pytest.mark.parametrize(
    ("header", "lines"),
    [
        ("Employee,Manager,Manager ID", ["Ann Moore,Bo Lind,8", "Bo Lind,Zed Chief,12"]),
        ("Employee,Reports To,Line manager", ["Ann Moore,Bo Lind,Bo Lind"]),
        ("Employee,Rater,Rater type", ["Ann Moore,Rita Boss,Manager", "Bo Lind,rita boss,Manager"]),
        ("Employee,Rater,Reviewee", ['Ann Moore,"Boss, Rita",Ann Moore', "Bo Lind,RITA BOSS,Bo Lind"]),
        ("Employee,Rater", ["Ann Moore,Me", "Bo Lind,Manager"]),
        ("Employee,Rater", ["Ann Moore,Zed Chief", "Bo Lind,Zed Chief"]),
        ("Employee,Review Type", ["Ann Moore,Annual", "Bo Lind,Mid-year"]),
        (
            "Employee ID,Employee Name,First Name,Last Name,Preferred Name,Login of employee",
            ["7,Ann Moore,Ann,Moore,Ann,ann", "8,Bo Lind,Bo,Lind,Bo,bo"],
        ),
        ("Employee,Department,Weight,Minutes", ["Ann Moore,Self Checkout,7,8"]),
        ("Employee,Department", ["Ann Moore,Bo Lind", "Bo Lind,Auto"]),
        ("Employee,Category,Role", ["Ann Moore,Self-management,Peer Support"]),
        ("Employee,Strengths", ["Ann Moore,Bo Lind helped her at the self service till all that day"]),
    ],
)  # fmt: skip
def test_whoever_is_rated_and_her_manager_may_be_named_once_more(header: str, lines: list[str]) -> None:
    draft = read("\n".join([f"{header},Standard,Rating", *(f"{line},listen,4" for line in lines)]))
    assert ([row.value for row in draft.rows], draft.problems) == ([4] * len(lines), ())


def test_the_title_of_a_table_its_ratings_and_the_one_address_of_a_form_tell_it_too() -> None:
    with pytest.raises(LeftOpen, match="The title of the table has “Self-Assessment 2026”"):
        read("Self-Assessment 2026,,\nEmployee,Standard,Rating\nAnn Moore,own-it,4\n")
    with pytest.raises(LeftOpen, match=r"“own-it” has “\(self\)”"):
        read("Employee,own-it\nAnn Moore,4 (self)\n")
    with pytest.raises(LeftOpen, match=r"“Email” has “ann@x\.example”"):
        read("Email,Employee,own-it\nann@x.example,Bo Lind,4\nann@x.example,Cleo Ek,3\n")


def test_a_column_that_a_person_named_is_looked_at_alone() -> None:
    text = "Employee,Checked,Source,Standard,Rating\nAnn Moore,Bo Lind,Zed Chief,own-it,4\n"
    assert len(read(text, rater="Source").rows) == 1
    with pytest.raises(LeftOpen, match="“Checked” has “Bo Lind”"):
        read(text, rater="Checked")
