"""A roster from any HR system becomes people, and what was guessed, changed or left out is told with its line."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.importers.roster import read_roster
from meetingtool.importers.roster_rows import RosterDraft, RosterRow
from meetingtool.importers.tabular import read_sheet
from meetingtool.records.people import Person

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

HR_EXPORT = """\
\ufeffEmployee_Name,EmpID,GenderID,Termd,Position,DOB,DateofHire,DateofTermination,TermReason,EmploymentStatus,\
Department,ManagerName
"Okafor, Ngozi",20011,0,0,Loan Officer,16-09-1975,6-25-2007,,N/A-StillEmployed,Active,Branch,Ada Quist
"Lindqvist,  Per  O",20012,1,1,Teller,02-11-1990,7-5-2011,1-2-2012,moved,Voluntarily Terminated,Branch,Ada Quist
"Lindqvist, Mary Ann",20013,1,0,Teller,25-11-1978,1-10-2011,,N/A-StillEmployed,Active,Branch,Ada Quist
"Del Bosque, Inés   ",20014,0,0,,05-09-1981,9-26-2016,,N/A-StillEmployed,Active,Vault,Ada Quist
"""


def read(text: str, **options: object) -> RosterDraft:
    return read_roster(read_sheet(text.encode()), TODAY, **options)  # type: ignore[arg-type]


def names(draft: RosterDraft) -> list[str]:
    return [row.name for row in draft.rows]


def person(handle: str, name: str, **more: object) -> Person:
    return Person(id=handle, at=NOW, made_at=NOW, made_by="t", handle=handle, name=name, **more)  # type: ignore[arg-type]


def test_an_hr_export_is_read_as_it_is() -> None:
    draft = read(HR_EXPORT)
    assert draft.rows == (
        RosterRow(line=2, name="Ngozi Okafor", role="Loan Officer", number="20011", started=date(2007, 6, 25)),
        RosterRow(
            line=3,
            name="Per O Lindqvist",
            role="Teller",
            number="20012",
            started=date(2011, 7, 5),
            left=date(2012, 1, 2),
        ),
        RosterRow(line=4, name="Mary Ann Lindqvist", role="Teller", number="20013", started=date(2011, 1, 10)),
        RosterRow(line=5, name="Inés Del Bosque", role="Vault", number="20014", started=date(2016, 9, 26)),
    )
    assert draft.skipped == ()


def test_the_mapping_and_the_reading_of_dates_and_names_are_told_in_words() -> None:
    draft = read(HR_EXPORT)
    assert draft.mapping_in_words == (
        "Employee_Name -> name, EmpID -> employee number, Termd -> status, Position -> role, DateofHire -> start date, "
        "DateofTermination -> leaving date, EmploymentStatus -> status, Department -> department, "
        "not used: GenderID, DOB, TermReason and ManagerName"
    )
    assert draft.unused == ("GenderID", "DOB", "TermReason", "ManagerName")
    assert draft.notes == (
        "“DateofHire” is written with the month first: 7-5-2011 is 5 July 2011.",
        "“DateofTermination” is written with the month first: 1-2-2012 is 2 January 2012.",
        "4 names written “Last, First” were reversed.",
    )


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("Name", "name"),
        ("FULL NAME", "name"),
        ("Employee's name", "name"),
        ("Name (as in passport)", "name"),
        ("Team Member", "name"),
        ("Prénom et nom", None),
        ("Nom complet", "name"),
        ("Manager Name", None),
        ("Company Name", None),
        ("Supervisor", None),
    ],
)
def test_a_column_of_names_is_known_by_many_names_but_not_by_those_of_others(header: str, spoken: str | None) -> None:
    text = f"{header},Colour\nMaria Lopez,blue\n"
    if spoken is None:
        with pytest.raises(Refused, match="No column seems to hold names"):
            read(text)
    else:
        assert names(read(text)) == ["Maria Lopez"]


@pytest.mark.parametrize(
    ("header", "field", "cell", "read_as"),
    [
        ("Job title", "role", "Front desk", "Front desk"),
        ("POSITION", "role", "Front desk", "Front desk"),
        ("Département", "role", "Accueil", "Accueil"),
        ("E-Mail", "email", "Maria <mailto:maria@example.org>", "maria@example.org"),
        ("Work e-mail address", "email", "mailto:maria@example.org", "maria@example.org"),
        ("Employee #", "number", "00417", "00417"),
        ("Staff No.", "number", "417.0", "417"),
        ("Matricule", "number", "A-417", "A-417"),
        ("Hired", "started", "2021-03-09", date(2021, 3, 9)),
        ("Employee Start Date", "started", "9 Mar 2021", date(2021, 3, 9)),
        ("Eintrittsdatum", "started", "25.03.2021", date(2021, 3, 25)),
        ("Termdate", "left", "2026-03-31", date(2026, 3, 31)),
        ("Last working day", "left", "March 2026", date(2026, 3, 31)),
        ("Nickname(s)", "nicknames", "Mari; Lola, MARIA, mari", ("Mari", "Lola")),
        ("Preferred name", "nicknames", "Maria", ()),
        ("Handle", "handle", "@Maria-L", "maria-l"),
    ],
)
def test_the_other_columns_are_known_by_many_names(header: str, field: str, cell: str, read_as: object) -> None:
    row = read(f'Name,"{header}"\nMaria Lopez,"{cell}"\nTom Ng,\n').rows[0]
    assert getattr(row, field) == read_as


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("First name,Last name", "Maria,Lopez"),
        ("Surname,Forename", "Lopez,Maria"),
        ("Vorname,Name", "Maria,Lopez"),
        ("Nom,Prénom", "Lopez,Maria"),
        ("Nombre,Apellidos", "Maria,Lopez"),
        ("First name,Last name,Name", "Maria,Lopez,Maria Lopez"),
        ("Name,First name", "Maria Lopez,Maria"),
        ("Name,Surname", '"Lopez, Maria",Lopez'),
    ],
)
def test_names_in_one_column_or_in_two(header: str, cells: str) -> None:
    assert names(read(f"{header}\n{cells}\n")) == ["Maria Lopez"]


def test_a_middle_name_stands_in_the_middle() -> None:
    assert names(read("Last Name,First Name,Middle Initial\nLopez,Maria,J.\nNg,Tom,N/A\n")) == [
        "Maria J. Lopez",
        "Tom Ng",
    ]


def test_said_columns_stand_before_guessed_ones() -> None:
    text = "Name,Chosen,Kind,Begin\nX1,Maria Lopez,Front desk,2021-03-09\n"
    draft = read(text, columns={"name": "chosen", "Role": "KIND", "start date": "4"})
    assert draft.rows == (RosterRow(line=2, name="Maria Lopez", role="Front desk", started=date(2021, 3, 9)),)
    assert draft.mapping_in_words == "Chosen -> name, Kind -> role, Begin -> start date, not used: Name"


def test_a_column_can_be_said_not_to_be_used() -> None:
    text = "Name,Role\nMaria Lopez,Front desk\n"
    assert read(text, columns={"role": ""}).rows[0].role == ""


def test_a_said_column_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Refused, match=r"no column “Nmae”.*The columns are Name and Role"):
        read("Name,Role\nMaria,x\n", columns={"name": "Nmae"})
    with pytest.raises(Refused, match=r"No column here can hold “shoe size”.*There are name, first name"):
        read("Name,Role\nMaria,x\n", columns={"shoe size": "Role"})


def test_a_table_without_names_is_refused_with_its_columns_and_how_to_say_which() -> None:
    with pytest.raises(Refused) as refused:
        read("Colour,Wert\nblue,3\n")
    assert "The columns are Colour and Wert." in refused.value.hint
    assert '--column name="Column title"' in refused.value.hint


def test_a_column_of_names_without_any_name_in_it_is_refused() -> None:
    with pytest.raises(Refused, match="No line has a name in “Name”"):
        read("Name,Role\n,desk\n---,x\n4711,y\n")
    with pytest.raises(Refused, match="nobody in it"):
        read("Name,Role\n")


def test_rows_without_a_name_are_left_out_and_told() -> None:
    draft = read("Name,Role\nMaria,desk\n,desk\nn/a,x\n\nTom,stock\n")
    assert names(draft) == ["Maria", "Tom"]
    assert [skipped.line for skipped in draft.skipped] == [3, 4]
    assert draft.notes == ("Lines 3 and 4: no name; left out.",)


def test_the_order_of_dates_is_seen_from_the_whole_column() -> None:
    day_first = read("Name,Start date\nA,3/4/2021\nB,25/4/2021\n")
    assert day_first.rows[0].started == date(2021, 4, 3)
    month_first = read("Name,Start date\nA,3/4/2021\nB,4/25/2021\n", day_order="day-first")
    assert month_first.rows[0].started == date(2021, 3, 4)


def test_a_column_that_does_not_show_its_order_follows_the_setting_and_says_so() -> None:
    text = "Name,Start date\nA,3/4/2021\nB,5/4/2021\n"
    assert read(text).rows[0].started == date(2021, 4, 3)
    assert read(text, usual="month-first").rows[0].started == date(2021, 3, 4)
    assert read(text, usual="month-first").notes == (
        "“Start date” does not show whether the day or the month comes first; it was read with the month first: "
        "3/4/2021 is 4 March 2021. If that is wrong, say so with --day-order day-first.",
    )


def test_a_column_that_does_not_show_its_order_follows_the_one_beside_it() -> None:
    draft = read("Name,Start date,Leaving date\nA,3/4/2021,\nB,4/25/2020,5/6/2022\n")
    assert draft.rows[1].left == date(2022, 5, 6)
    assert "“Leaving date” is written with the month first: 5/6/2022 is 6 May 2022." in draft.notes


def test_dates_of_both_orders_in_one_column_are_told_with_their_lines() -> None:
    draft = read("Name,Start date\nA,25/4/2021\nB,26/4/2021\nC,4/27/2021\nD,5/6/2021\n")
    assert [row.started for row in draft.rows] == [
        date(2021, 4, 25),
        date(2021, 4, 26),
        date(2021, 4, 27),
        date(2021, 6, 5),
    ]
    assert (
        "Line 4: the start date has day and month the other way round from elsewhere, and was read that way."
        in draft.notes
    )


def test_dates_that_do_not_exist_or_can_not_be_read_are_told_and_the_people_kept() -> None:
    draft = read("Name,Start date\nA,31/2/2021\nB,soon\nC,2021-03-09\n")
    assert [row.started for row in draft.rows] == [None, None, date(2021, 3, 9)]
    assert draft.notes == ("Lines 2 and 3: the start date can't be read; imported without it.",)


def test_a_leaving_date_before_the_start_is_told_and_left_out() -> None:
    draft = read("Name,Start date,Leaving date\nA,2021-03-09,2020-01-01\n")
    assert (draft.rows[0].started, draft.rows[0].left) == (date(2021, 3, 9), None)
    assert draft.notes == ("Line 2: the leaving date is before the start date; imported without the leaving date.",)


def test_of_two_dates_that_contradict_the_status_keeps_the_right_one() -> None:
    draft = read("Name,Start date,Leaving date,Status\nA,2021-03-09,2020-01-01,Terminated\n")
    assert (draft.rows[0].started, draft.rows[0].left) == (None, date(2020, 1, 1))


@pytest.mark.parametrize("status", ["Voluntarily Terminated", "Left", "no longer employed", "Not active", "INACTIVE"])
def test_somebody_who_has_left_on_an_unknown_day_is_left_out_and_told(status: str) -> None:
    draft = read(f"Name,Status\nMaria,Active\nTom,{status}\nZoe,On leave\n")
    assert names(draft) == ["Maria", "Zoe"]
    assert draft.notes == (
        "Line 3: the status says that this person has left, but there is no leaving date; left out.",
    )


def test_a_status_that_is_a_question_is_answered_by_no() -> None:
    assert names(read("Name,Active?\nMaria,yes\nTom,no\n")) == ["Maria"]


def test_a_passed_leaving_date_counts_more_than_a_status_that_says_active() -> None:
    draft = read("Name,Status,Leaving date\nMaria,Active,2026-10-31\n")
    assert draft.rows[0].left == date(2026, 10, 31)
    assert draft.notes == (
        "Line 2: the status says still on the team, but the leaving date has passed; the date counts.",
    )


def test_the_same_person_twice_is_imported_once_and_told() -> None:
    draft = read("Name,EmpID\nMaria Lopez,7\nTom Ng,8\nMARIA  LÓPEZ,7\n")
    assert [(row.line, row.name) for row in draft.rows] == [(2, "Maria Lopez"), (3, "Tom Ng")]
    assert draft.notes == ("Line 4: the same person as in line 2; imported once.",)
    assert [skipped.line for skipped in draft.skipped] == [4]


def test_the_same_name_twice_and_nothing_else_asks_for_numbers() -> None:
    draft = read("Name\nMaria Lopez\nMaria Lopez\n")
    assert draft.notes == (
        "Line 3: the same person as in line 2; imported once; two people with one name need a number or e-mail each.",
    )


def test_a_number_that_only_a_blank_tells_from_the_name_is_told() -> None:
    draft = read("Name\nAna Li O14\nBo Berg - 10015\nPia Roos\n")
    assert [(row.name, row.number) for row in draft.rows] == [("Ana Li", "O14"), ("Bo Berg", "10015"), ("Pia Roos", "")]
    told = "what follows the name was taken as the employee number; if it is part of the name, edit it."
    assert draft.notes == (f"Line 2: {told}",)


def test_of_the_lines_of_one_person_the_one_that_is_still_here_counts() -> None:
    text = "Name,EmpID,Start date,Leaving date\nMaria,7,2015-01-01,2018-01-01\nMaria,7,2020-01-01,\n"
    assert [(row.line, row.started, row.left) for row in read(text).rows] == [(3, date(2020, 1, 1), None)]
    undated = "Name,EmpID,Start date,Leaving date\nMaria,7,,\nMaria,7,2015-01-01,2018-01-01\n"
    assert [row.line for row in read(undated).rows] == [2]


@pytest.mark.parametrize("column", ["EmpID,7,8", "E-mail,ml@example.org,maria@example.org"])
def test_two_people_of_one_name_are_both_imported_and_told(column: str) -> None:
    header, one, other = column.split(",")
    draft = read(f"Name,{header}\nMaria Lopez,{one}\nMaria Lopez,{other}\n")
    assert names(draft) == ["Maria Lopez", "Maria Lopez"]
    assert draft.notes == (
        "Lines 2 and 3: the same name, but a different number, e-mail or start date; imported as separate people.",
    )


def test_one_number_under_two_names_stays_with_the_first() -> None:
    draft = read("Name,EmpID\nMaria Lopez,7\nTom Ng,7\n")
    assert [row.number for row in draft.rows] == ["7", ""]
    assert draft.notes == ("Line 3: the employee number of line 2; imported without it.",)


def test_a_column_that_only_counts_the_rows_is_no_employee_number() -> None:
    assert [row.number for row in read("ID,Name\n1,Maria\n2,Tom\n3,Zoe\n").rows] == ["", "", ""]
    assert [row.number for row in read("ID,Name\n11,Maria\n12,Tom\n").rows] == ["11", "12"]
    assert [row.number for row in read("ID,Name\n1,Maria\n2,Tom\n", columns={"number": "ID"}).rows] == ["1", "2"]


def test_hostile_names_are_tamed_and_told() -> None:
    text = (
        'Name,Role\n"Ma\x1b[31mria\x1b[0m\u202e Lo\u2066pez","fr\x07ont\ndesk"\n'
        f'"=HYPERLINK(""http://x"")",x\n{"y" * 10_000},x\n"Tom\nNg",stock\n[/foo] Zoe,x\n'
    )
    draft = read(text)
    assert names(draft)[:2] == ["Maria Lopez", '=HYPERLINK("http://x")']
    assert names(draft)[2] == "y" * 199 + "…"
    assert names(draft)[3:] == ["Tom Ng", "[/foo] Zoe"]
    assert draft.rows[0].role == "front desk"
    assert draft.notes == (
        "Line 2: control characters were removed from the name.",
        "Line 4: the name begins like a formula; it is kept as plain text.",
        "Line 5: the name is longer than 200 letters; it is cut.",
    )


def test_a_nickname_inside_a_name_is_lifted_out() -> None:
    row = read('Name\n"Katherine ""Kate"" Smith"\n').rows[0]
    assert (row.name, row.nicknames) == ("Katherine Smith", ("Kate",))


def test_an_impossible_handle_or_e_mail_is_left_out_and_told() -> None:
    draft = read("Name,Handle,E-mail\nMaria,ma ria!,nobody\nTom,tom,tom@example.org\nTom N,TOM,\n")
    assert [(row.handle, row.email) for row in draft.rows] == [("", ""), ("tom", "tom@example.org"), ("", "")]
    assert draft.notes == (
        "Line 2: the handle has other characters than letters and digits; a new one was made from the name.",
        "Line 2: the e-mail address is not valid; imported without it.",
        "Line 4: the handle belongs to somebody else; a new one was made from the name.",
    )


def test_rows_of_a_spreadsheet_are_called_rows() -> None:
    sheet = read_sheet(b"Name\nMaria\n---\n")
    rows = type(sheet)(header=sheet.header, rows=sheet.rows, lines=sheet.lines, unit="row")
    assert read_roster(rows, TODAY).notes == ("Row 3: no name; left out.",)


cells = st.text(st.characters(codec="utf-8"), max_size=15)


@given(st.lists(st.tuples(cells, cells, cells, cells, cells), min_size=1, max_size=8))
def test_whatever_stands_in_the_cells_names_are_one_plain_line(rows: list[tuple[str, ...]]) -> None:
    sheet = type(read_sheet(b"x"))(
        header=("Name", "EmpID", "Start date", "Leaving date", "Status"),
        rows=tuple(rows),
        lines=tuple(range(2, len(rows) + 2)),
    )
    try:
        draft = read_roster(sheet, TODAY)
    except MeetingtoolError as error:
        assert error.hint
        return
    assert len(draft.rows) + len(draft.skipped) == len(rows)
    for found in draft.rows:
        assert found.name == " ".join(found.name.split())
        assert 0 < len(found.name) <= 200
        odd = [letter for letter in found.name if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
        assert set(odd) <= {"\u200c", "\u200d"}
        assert found.started is None or found.left is None or found.started <= found.left
