"""Rosters as payroll programs and people export them: nobody is invented, and nobody is lost without a word."""

from __future__ import annotations

import io
import re
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from meetingtool.errors import Refused
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.roster import read_roster
from meetingtool.importers.roster_fields import ROSTER_FIELDS
from meetingtool.importers.roster_rows import RosterDraft
from meetingtool.importers.spreadsheets import WhichWorksheet
from meetingtool.importers.tabular import Expected, read_sheet
from meetingtool.importers.wrong_letters import readings

TODAY = date(2026, 11, 24)


def read(data: str | bytes, columns: dict[str, str] | None = None, **options: Any) -> RosterDraft:
    how = Expected(fields=ROSTER_FIELDS, columns=columns or {}, **options)
    sheet = read_sheet(data if isinstance(data, bytes) else data.encode(), "roster", how)
    return read_roster(sheet, TODAY, None, columns)


def names(draft: RosterDraft) -> list[str]:
    return [row.name for row in draft.rows]


def workbook(*sheets: tuple[str, list[list[Any]]], number_format: str = "") -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"default_date_format": "dd/mm/yyyy"})
    shown = book.add_format({"num_format": number_format}) if number_format else None
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if shown and isinstance(cell, int):
                    sheet.write_number(number, place, cell, shown)
                else:
                    sheet.write(number, place, cell)
    book.close()
    return made.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "#,Name,Role\n1,Ann Moore,Desk\n2,Bo Lind,Phones\nTotal,,2\n",
        "No.,Name,Role\n1,Ann Moore,Desk\n2,Bo Lind,Phones\nTotal: 2,,\n",
        "#,Name,Role\n1.,Ann Moore,Desk\n2.,Bo Lind,Phones\n",
        "ID,Name\n3,Ann Moore\n4,Vacant\n5,Bo Lind\n6,Open position\n",
        "Code,Name\nUS,Ann Moore\nUS,Cleo Ek\nUS,Dan Fox\nUS,Bo Lind\n",
    ],
)
def test_a_column_that_counts_the_rows_or_that_all_share_is_no_employee_number(text: str) -> None:
    draft = read(text)
    assert {"Ann Moore", "Bo Lind"} <= set(names(draft))
    assert {row.number for row in draft.rows} == {""}


def test_numbers_with_zeros_in_front_count_nothing() -> None:
    assert [row.number for row in read("Emp No,Name\n0001,Ann Moore\n0002,Bo Lind\n").rows] == ["0001", "0002"]


@pytest.mark.parametrize(
    "line",
    [
        "Totals,",
        "Grand Total,2",
        "Total Employees: 2,",
        "Desk Total,1",
        "Headcount,2",
        "Count: 2,",
        "2 employees,",
        "Summe,2",
        "Anzahl Mitarbeiter: 2,",
        "Total général,2",
        "Total de empleados: 2,",
        "Page 1 of 3,",
        "Report generated on 2026-11-01,",
        "Printed by HR,",
        "* Confidential *,",
        "End of report,",
        "Fin del reporte,",
        "Confidential - do not distribute,",
        "*** END ***,",
        "Department: Desk,",
        "Vacant,Desk",
        "Vacant Position 3,Desk",
        "To be hired,Desk",
        "N.N.,Desk",
        "NULL,",
        "#tag,Desk",
        "bo@x.example,Desk",
        "+49 30 123456,",
        "Median,",
        "n = 2,",
        "Last updated 2026-11-28,",
        "----,----",
    ],
)
def test_totals_headings_remarks_and_vacancies_are_no_people(line: str) -> None:
    draft = read(f'Employee Name,Status\n"Moore, Ann",A\n{line}\nBo Lind,A\n')
    assert names(draft) == ["Ann Moore", "Bo Lind"]
    assert [skipped.line for skipped in draft.skipped] == [3]


@pytest.mark.parametrize("name", ["Jennifer Null", "Nan Smith", "Min Na", "Run Zhang", "Summer Count", "Paige Penn"])
def test_names_that_look_like_words_of_a_report_are_names(name: str) -> None:
    assert names(read(f"Name,Role\n{name},Desk\nBo Lind,Desk\n")) == [name, "Bo Lind"]
    first, last = name.split()
    assert names(read(f"First Name,Last Name\n{first},{last}\n")) == [name]


def test_the_header_is_where_known_column_names_stand() -> None:
    draft = read(
        "DATEV LODAS Export\nMandant;Muster GmbH;Steuernummer;12\n\nPersonalnummer;Nachname;Vorname\n0101;Muster;Anna\n"
    )
    assert [(row.line, row.number, row.name) for row in draft.rows] == [(5, "0101", "Anna Muster")]
    assert "Lines 1 and 2 above the column names: left out." in draft.notes


def test_of_two_header_rows_the_lower_names_the_columns() -> None:
    draft = read("Employee,,Contact\nName,No.,E-mail\nAnn Moore,17,ann@x.example\n")
    assert [(row.name, row.number, row.email) for row in draft.rows] == [("Ann Moore", "17", "ann@x.example")]


def test_two_header_rows_that_each_name_some_columns_are_one() -> None:
    draft = read("Name,Dates,,Contact\n,Start,End,E-mail\nAnn Moore,2019-03-04,,ann@x.example\n")
    assert [(row.name, row.started, row.email) for row in draft.rows] == [
        ("Ann Moore", date(2019, 3, 4), "ann@x.example")
    ]


def test_a_header_that_stands_again_on_every_page_is_nobody() -> None:
    draft = read("Name,Role\nAnn Moore,Desk\nName,Role\nBo Lind,Phones\n")
    assert names(draft) == ["Ann Moore", "Bo Lind"]
    assert draft.notes == ("Line 3: the column names again; left out.",)


def test_a_comma_and_a_blank_separate_below_a_title_without_either() -> None:
    draft = read("Staff\nName, Role\nAna Ruiz, Desk\nBen Ek, Phones\n")
    assert [(row.name, row.role) for row in draft.rows] == [("Ana Ruiz", "Desk"), ("Ben Ek", "Phones")]


def test_a_blank_may_stand_before_a_cell_in_quotation_marks() -> None:
    draft = read('Name, Role\n"Moore, Ann", "Desk, front"\n"Lind, Bo", Phones\n')
    assert [(row.name, row.role) for row in draft.rows] == [("Ann Moore", "Desk, front"), ("Bo Lind", "Phones")]


def test_without_a_header_every_row_is_a_person() -> None:
    draft = read("Muster,Anna\nAlt,Karl\n", {"last": "1", "first": "2"})
    assert [(row.line, row.name) for row in draft.rows] == [(1, "Anna Muster"), (2, "Karl Alt")]
    assert "Read without a line of column names: the first line is treated like the others." in draft.notes


def test_columns_said_by_their_place_below_a_known_header_leave_it_out() -> None:
    assert names(read("Nachname,Vorname\nMuster,Anna\n", {"last": "1", "first": "2"})) == ["Anna Muster"]


def test_a_file_without_a_header_and_without_a_word_about_it_is_refused_with_the_way_out() -> None:
    with pytest.raises(Refused, match=r"The columns are Muster and Anna.*--column last=1 --column first=2"):
        read("Muster,Anna\nAlt,Karl\n")


def test_the_worksheet_that_has_names_is_taken() -> None:
    data = workbook(
        ("Cover", [["Acme Corp"], ["Prepared by HR"]]), ("Employees", [["Name", "Role"], ["Ann Moore", "Desk"]])
    )
    draft = read(data)
    assert names(draft) == ["Ann Moore"]
    assert draft.notes == ("Read the worksheet “Employees”; not read: Cover.",)


@pytest.mark.parametrize("more", [[], ["Role"], ["Role", "Termination Date"]])
def test_one_of_several_worksheets_with_names_has_to_be_chosen(more: list[str]) -> None:
    role = ["Role"] if more else []
    data = workbook(("Active", [["Name", *role], ["Ann Moore"]]), ("Leavers", [["Name", *more], ["Bo Lind"]]))
    with pytest.raises(WhichWorksheet, match=r"“Active” and “Leavers”.*--worksheet") as several:
        read(data)
    assert several.value.names == ("Active", "Leavers")
    assert names(read(data, worksheet="leavers")) == ["Bo Lind"]


def test_the_worksheet_with_more_than_a_name_goes_before_one_that_has_a_word_like_it() -> None:
    notes = ("Notes", [["Name of the report", "Staff"], ["Made by", "Jim Fox"]])
    assert names(read(workbook(notes, ("Team", [["Employee", "Role"], ["Ann Moore", "Desk"]])))) == ["Ann Moore"]


@pytest.mark.parametrize(
    ("shown", "numbers"),
    [
        ("0000", ["0007", "12345"]),
        ("0000;-0000", ["0007", "12345"]),
        ("00\\0\\0", ["0007", "12345"]),
        ("00-000", ["00-007", "12-345"]),
        ('"E"0000', ["E0007", "E12345"]),
        ("000 00", ["000 07", "123 45"]),
        ("0.00", ["7", "12345"]),
    ],
)
def test_a_number_of_a_spreadsheet_is_taken_as_it_is_shown(shown: str, numbers: list[str]) -> None:
    data = workbook(("Team", [["Emp No", "Name"], [7, "Ann Moore"], [12345, "Bo Lind"]]), number_format=shown)
    assert [row.number for row in read(data).rows] == numbers


@pytest.mark.parametrize(
    "header", ["Nom de famille,Prénom usuel", "Familienname,Rufname", "Nazwisko,Imię", "Surname,Known as"]
)
def test_a_column_of_names_that_people_go_by_holds_the_first_name_where_there_is_no_other(header: str) -> None:
    assert names(read(f"{header}\nMoore,Ann\n")) == ["Ann Moore"]


def test_last_names_alone_are_told() -> None:
    draft = read("Surname,Call\nMoore,Ann\n")
    assert names(draft) == ["Moore"]
    assert draft.notes == (
        "There is no column of first names: everybody is called by the last name. If there is one, say which: "
        '--column first="Column title".',
    )


def test_real_dates_beside_dates_as_text_are_told() -> None:
    rows = [["Name", "Hired"], ["Ann Moore", date(2019, 4, 3)], ["Bo Lind", "25/12/2020"]]
    told = read(workbook(("Team", rows))).notes
    assert told == (
        "“Hired” holds 1 real date and 1 date as text, such as 25/12/2020: it was partly converted, so the real ones "
        "may have day and month swapped.",
    )


def test_dates_of_both_orders_in_equal_number_are_a_question() -> None:
    text = "Name,Hired\nAnn Moore,03/04/2019\nBo Lind,25/12/2020\nCleo Ek,12/30/2021\n"
    draft = read(text)
    assert "“Hired” holds both orders of day and month; it was read with the day first: 03/04/2019" in draft.question
    sheet = read_sheet(text.encode())
    settled = read_roster(sheet, TODAY, "month-first")
    assert (settled.question, settled.rows[0].started) == ("", date(2019, 3, 4))


@pytest.mark.parametrize(
    ("encoding", "said", "name"),
    [
        ("cp1250", "cp1250", "Łukasz Źdźbło"),
        ("cp1251", "windows-1251", "Иван Петров"),
        ("mac_roman", "mac", "Zoë Müller"),
        ("cp932", "Shift JIS", "山田太郎"),
    ],
)
def test_other_encodings_are_read_as_said(encoding: str, said: str, name: str) -> None:
    draft = read(f"Name\n{name}\n".encode(encoding), encoding=said)
    assert names(draft) == [name]
    assert draft.notes[0].endswith("as given.")


def test_an_encoding_that_does_not_fit_or_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="not in utf-8: line 2"):
        read("Name\nŁukasz\n".encode("cp1250"), encoding="utf-8")
    for nonsense in ("klingon", "hex", "zlib"):
        with pytest.raises(Refused, match="not a known encoding"):
            read(b"Name\nAnn\n", encoding=nonsense)


def test_a_guessed_encoding_says_how_to_say_another() -> None:
    assert "--encoding cp1250" in read("Name\nRené\n".encode("cp1252")).notes[1]


@pytest.mark.parametrize(
    "header",
    [
        *("EEID", "ID Number", "Badge id", "File #", "File Number", "Pers.No.", "Pers.-Nr.", "Personalnummer"),
        *("Worker ID", "Associate ID", "Person Number", "Clave", "No. de empleado", "Matricule", "EE Code", "Clock No"),
        *("Employee: Number", "employee.employeeNumber", "Personalnummer / Employee ID", "Emp Code", "Staff No."),
        *("No. Nómina", "Núm. Nómina", "Núm. Trabajador", "Codigo trabajador", "N° salarié"),
    ],
)
def test_employee_numbers_are_known_by_the_names_of_payroll_programs(header: str) -> None:
    assert [row.number for row in read(f'"{header}",Name\nE1,Ann Moore\nE2,Ann Moore\n').rows] == ["E1", "E2"]


@pytest.mark.parametrize(
    ("header", "field", "cell", "read_as"),
    [
        ("DOH", "started", "2019-03-04", date(2019, 3, 4)),
        ("Date joining", "started", "2019-03-04", date(2019, 3, 4)),
        ("Commencement Date", "started", "2019-03-04", date(2019, 3, 4)),
        ("E-mail 1 - Value", "email", "ann@x.example ::: moore@x.example", "ann@x.example"),
        ("Original Hire Date", "started", "2019-03-04", date(2019, 3, 4)),
        ("Legal Employer Start Date", "started", "04-MAR-2019", date(2019, 3, 4)),
        ("Fecha de Alta", "started", "15/03/2019", date(2019, 3, 15)),
        ("Date d'entrée", "started", "15/03/2019", date(2019, 3, 15)),
        ("Eintritt", "started", "01.03.2019", date(2019, 3, 1)),
        ("Relieving Date", "left", "2026-02-28", date(2026, 2, 28)),
        ("Fecha de Baja", "left", "28/02/2026", date(2026, 2, 28)),
        ("Leaving", "left", "31.12.9999", None),
        ("Actual Termination Date", "left", "31-DEC-4712", None),
        ("Terminated", "left", "2026-02-28", date(2026, 2, 28)),
        ("Enterprise Hire Date", "started", "2019-03-04", date(2019, 3, 4)),
        ("Einstellungsdatum", "started", "04.03.2019", date(2019, 3, 4)),
        ("Entrée", "started", "15/03/2019", date(2019, 3, 15)),
        ("Sortie", "left", "28/02/2026", date(2026, 2, 28)),
        ("Letzter Arbeitstag", "left", "28.02.2026", date(2026, 2, 28)),
        ("Date de fin de contrat", "left", "28/02/2026", date(2026, 2, 28)),
        ("LWD", "left", "2026-02-28", date(2026, 2, 28)),
        ("EFFECTIVE_END_DATE", "left", "2026-02-28", date(2026, 2, 28)),
        ("Job Position", "role", "Agent", "Agent"),
        ("Business Title", "role", "Agent", "Agent"),
        ("Job Title Description", "role", "Agent", "Agent"),
        ("Puesto", "role", "Caja", "Caja"),
        ("Emploi", "role", "Accueil", "Accueil"),
        ("Tätigkeit", "role", "Service", "Service"),
        ("Home Department Description", "role", "Desk", "Desk"),
        ("Primary Work Email", "email", "ann@x.example", "ann@x.example"),
        ("Preferred Name", "nicknames", "Annie Moore", ("Annie",)),
    ],
)
def test_the_other_columns_are_known_by_the_names_of_payroll_programs(
    header: str, field: str, cell: str, read_as: object
) -> None:
    draft = read(f"Employee Name,{header}\nAnn Moore,{cell}\n")
    assert [getattr(row, field) for row in draft.rows] == [read_as]
    assert draft.notes == () or "written with the day first" in draft.notes[0]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Payroll Name", '"Moore, Ann"'),
        ("Worker", "Ann Moore"),
        ("Worker", "Ann Moore (On Leave)"),
        ("Worker", "Ann Moore [C]"),
        ("Employee", '"Moore, Ann (10231)"'),
        ("Employee", "10231 - Ann Moore"),
        ("Employee", "Ann Moore [E-077]"),
        ("Employee", "Ann Moore*"),
        ("Employee", '"Moore, Ann, PhD"'),
        ("Legal Name - First Name,Legal Name - Last Name", "Ann,Moore"),
        ("FName,LName", "Ann,Moore"),
        ("LName,FName", "Moore,Ann"),
        ("Preferred Name,Hire Date", "Ann Moore,2019-03-04"),
        ("Nombre(s),Apellido Paterno", "Ann,Moore"),
        ("Nom,Prénom,Nom d'usage", "Moore,Ann,"),
        ("Nom,Prénom,Nom d'usage", "Fox,Ann,Moore"),
        ("Name / Nom,Vorname / Prénom", "Moore,Ann"),
        ('"Last name, First name"', '"Moore, Ann"'),
        ("Nom et prénom", "MOORE Ann"),
        ("Name Last First", "Moore Ann"),
        ("№,ФИО,Должность", "1,Moore Ann,"),
        ("Табельный номер,Фамилия,Имя,Дата приёма", "7,Moore,Ann,2019-03-04"),
        ("employee.firstName,employee.lastName", "Ann,Moore"),
        ("Title,First Name,Surname", "Mrs,Ann,Moore"),
    ],
)
def test_names_come_out_as_people_say_them(header: str, cells: str) -> None:
    draft = read(f"{header}\n{cells}\n")
    assert [name.removesuffix(" PhD") for name in names(draft)] == ["Ann Moore"]
    assert [row.role for row in draft.rows] == [""]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Nombre completo\nHERNÁNDEZ LÓPEZ JUAN\nGARCÍA RUIZ ANA MARÍA",
            ["Juan Hernández López", "Ana María García Ruiz"],
        ),
        ("Nombre\nHERNÁNDEZ LÓPEZ JUAN\nPÉREZ SOTO ITZEL\nDE LA O PAZ LUIS", None),
        ("Cognome e Nome\nROSSI MARIO\nDELLA VALLE GIAN CARLO", ["Mario Rossi", "Gian Carlo Della Valle"]),
        ("Apellidos y Nombre\nDE LA CRUZ GÓMEZ JUAN\nPÉREZ SOTO ITZEL", ["Juan de la Cruz Gómez", "Itzel Pérez Soto"]),
        ("Name\nJuan Pérez\nAna Ruiz\nThomas James", ["Juan Pérez", "Ana Ruiz", "Thomas James"]),
        ("Name\nKeisha Thomas\nBo Maria\nCy Ek", ["Keisha Thomas", "Bo Maria", "Cy Ek"]),
    ],
)
def test_first_names_and_the_header_show_where_the_last_names_end(text: str, said: list[str] | None) -> None:
    found = names(read(f"{text}\n"))
    assert found == (said or ["Juan Hernández López", "Itzel Pérez Soto", "Luis de la O Paz"])


def test_both_last_names_are_kept() -> None:
    text = "Clave,Nombre(s),Apellido Paterno,Apellido Materno\n0012,Juan,García,López\n"
    assert names(read(text)) == ["Juan García López"]


def test_a_number_inside_a_name_is_the_employee_number() -> None:
    draft = read('Employee\n"Moore, Ann (10231)"\n10232 - Bo Lind\nAgent 12\n')
    assert [(row.name, row.number) for row in draft.rows] == [
        ("Ann Moore", "10231"),
        ("Bo Lind", "10232"),
        ("Agent 12", ""),
    ]


def test_a_state_inside_a_name_is_the_status() -> None:
    draft = read("Employee\nAnn Moore (Terminated)\nBo Lind - Inactive\nCleo Ek (On Leave)\nDan Fox (A)\n")
    assert names(draft) == ["Cleo Ek", "Dan Fox (A)"]
    assert [row.name for row in draft.gone] == ["Ann Moore", "Bo Lind"]


def test_names_in_capitals_throughout_are_written_small_and_told() -> None:
    draft = read("Nombre\nJUAN GARCIA LOPEZ\nANNE DE LA TOUR\nSEAN O'BRIEN-MCKAY III\n")
    assert names(draft) == ["Juan Garcia Lopez", "Anne de la Tour", "Sean O'Brien-McKay III"]
    assert draft.notes == ("3 names in capitals were changed to normal capitals.",)
    assert names(read("Name\nANN MOORE\nBo Lind\n")) == ["ANN MOORE", "Bo Lind"]


@pytest.mark.parametrize(
    "status", ["T", "Term", "I", "Archived", "Terminated - Voluntary", "Baja", "Ausgetreten", "Sorti"]
)
def test_statuses_that_say_gone_are_known(status: str) -> None:
    draft = read(f"Name,Status\nAnn Moore,{status}\nBo Lind,Active\n")
    assert names(draft) == ["Bo Lind"]
    assert [row.name for row in draft.gone] == ["Ann Moore"]


@pytest.mark.parametrize("status", ["Suspended", "Z", "3", "pending review"])
def test_a_status_that_is_not_understood_is_told_and_the_person_imported(status: str) -> None:
    draft = read(f"Name,Status\nAnn Moore,{status}\n")
    assert names(draft) == ["Ann Moore"]
    assert draft.notes == (
        f"Line 2: the status “{status}” does not show whether this person has left; imported as on the team.",
    )


@pytest.mark.parametrize(
    "status", ["A", "Active - Payroll Eligible", "On Leave", "L", "Full-Time", "Long-term disability"]
)
def test_whoever_is_there_or_on_leave_is_imported_without_a_word(status: str) -> None:
    draft = read(f"Name,Status\nAnn Moore,{status}\n")
    assert (names(draft), draft.notes) == (["Ann Moore"], ())


@pytest.mark.parametrize(
    ("header", "gone", "here"),
    [
        ("Employment Status,Status", "Full-Time,Inactive", "Part-Time,Active"),
        ("Active,Status", "no,Full-Time", "yes,Full-Time"),
        ("Active Status", "No", "Yes"),
        ("Terminated", "Y", "N"),
        ("Left", "yes", "no"),
        ("Estatus", "B", "A"),
    ],
)
def test_every_column_of_status_is_read(header: str, gone: str, here: str) -> None:
    draft = read(f"Name,{header}\nAnn Moore,{gone}\nBo Lind,{here}\n")
    assert names(draft) == ["Bo Lind"]
    assert [row.name for row in draft.gone] == ["Ann Moore"]


def test_columns_of_status_that_contradict_each_other_are_told() -> None:
    draft = read("Name,Position Status,Employee Status\nAnn Moore,Terminated,Active\n")
    assert names(draft) == ["Ann Moore"]
    assert "the status “Active” and “Terminated” does not show" in draft.notes[0]


def test_two_people_of_one_name_and_two_first_days_are_two() -> None:
    text = "Full Name,Hire Date\nAnn Moore,2019-03-04\nAnn Moore,2021-05-06\n"
    assert names(read(text)) == ["Ann Moore", "Ann Moore"]
    came_back = "Full Name,Hire Date,Term Date\nAnn Moore,2019-03-04,2020-01-31\nAnn Moore,2021-05-06,\n"
    assert [row.started for row in read(came_back).rows] == [date(2021, 5, 6)]


def test_a_second_line_of_column_names_in_other_words_is_nobody() -> None:
    text = "STATUS,USERID,FIRSTNAME,LASTNAME,TITLE\nEmployment Status,User ID,First Name,Last Name,Title\n"
    draft = read(f"{text}active,10001,Ann,Moore,Agent\n")
    assert names(draft) == ["Ann Moore"]
    assert draft.notes == ("Line 2: the column names again; left out.",)
    assert names(read("Name,Status,Department\nAnn Moore,Active,Service\nPerson Name,Active,Team\n")) == [
        "Ann Moore",
        "Person Name",
    ]


def test_a_line_that_is_nobody_has_no_dates_to_tell() -> None:
    draft = read("Name,Hired,Left\nAnn Moore,2019-03-04,\n,Sum,97\n")
    assert not any("can't be read" in note for note in draft.notes)


@pytest.mark.parametrize(
    ("status", "here"),
    [
        ("Active - No Payroll", True),
        ("Active (non-exempt)", True),
        ("Onboarding", True),
        ("Not active", False),
        ("Non-active", False),
        ("nicht aktiv", False),
        ("No longer active", False),
        ("Cesado", False),
    ],
)
def test_a_no_in_a_status_is_about_the_word_behind_it(status: str, here: bool) -> None:
    assert names(read(f"Name,Status\nAnn Moore,{status}\nBo Ek,Active\n")) == ["Ann Moore"] * here + ["Bo Ek"]


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        ("Name,St\nAnn Moore,A\nBo Lind,T\n", "status", "St"),
        ("Name,Action\nAnn Moore,Hire\nBo Lind,Voluntary Termination\n", "status", "Action"),
        ("Name,Ausgetreten?\nAnn Moore,nein\nBo Lind,ja\n", "status", "Ausgetreten?"),
        ("Name,Fecha rara\nAnn Moore,\nBo Lind,2026-03-31\n", "left", "Fecha rara"),
        ("Name,Service ends\nBo Lind,2026-03-31\n", "left", "Service ends"),
    ],
)
def test_a_column_that_may_say_who_has_left_is_asked_about(text: str, key: str, column: str) -> None:
    with pytest.raises(Refused, match=f"“{re.escape(column)}” is not used, and seems to say who has left") as refused:
        read(text)
    assert f'--column {key}="{column}"' in str(refused.value)
    assert "Bo Lind" in names(read(text, {key: ""}))
    assert [row.name for row in read(text, {key: column}).rows if row.left is None] != names(read(text, {key: ""}))


@pytest.mark.parametrize(
    "other",
    [
        *("Last Raise", "Last Promotion", "Pay Date", "Last Pay Date", "Continuous Service Date", "Date d'ancienneté"),
        *("Status Effective Date", "Salary Effective", "Probation end", "Days since", "Fecha de aumento"),
    ],
)
def test_days_of_something_else_beside_a_known_leaving_date_are_only_named_as_not_used(other: str) -> None:
    draft = read(f"Name,Hire Date,Termination Date,{other}\nAnn,2015-03-04,,\nBo,2019-01-02,2026-06-06,2024-01-01\n")
    assert [row.left for row in draft.rows] == [None, date(2026, 6, 6)]
    assert draft.unused == (other,)


def test_no_answer_about_a_column_drops_another_that_is_known_to_say_who_has_left() -> None:
    text = "Name,Termination Date,Service ended\nAnn Moore,,\nBo Lind,2026-06-06,\nCy Ek,,2026-07-07\n"
    with pytest.raises(LeftOpen) as asked:
        read(text)
    column, yes, no = asked.value.options
    assert column == "Service ended"
    assert '--column left="Termination Date" --column left="Service ended" reads it' in str(asked.value)
    assert '--column left="Termination Date" leaves it out.' in str(asked.value)
    assert [row.left for row in read(text, {"left": yes}).rows] == [None, date(2026, 6, 6), date(2026, 7, 7)]
    assert [row.left for row in read(text, {"left": no}).rows] == [None, date(2026, 6, 6), None]


def test_a_column_of_hiring_and_hiring_again_is_the_start_date() -> None:
    for header in ("Hire/Rehire Date", "Rehire/Hire Date", "Hire / Rehire Date"):
        assert [row.started for row in read(f"Name,{header}\nAnn Moore,2015-03-04\n").rows] == [date(2015, 3, 4)]


def test_other_days_and_words_are_left_out_by_name_and_nobody_is_asked() -> None:
    draft = read("Name,Birthday,Next review,Locker\nAnn Moore,,2027-01-01,Left door\nBo Lind,1990-03-31,,\n")
    assert names(draft) == ["Ann Moore", "Bo Lind"]
    assert draft.mapping_in_words == "Name -> name, not used: Birthday, Next review and Locker"
    assert names(read("Name,Status,Reason\nAnn Moore,A,\nBo Lind,T,Resigned\n")) == ["Ann Moore"]


def test_the_leaving_date_is_in_whichever_of_its_columns_is_filled() -> None:
    (row,) = read("Name,End date,Dismissal date\nBo Lind,,10/31/2026\n").rows
    assert row.left == date(2026, 10, 31)


def test_whoever_was_hired_again_after_leaving_is_on_the_team_since_then() -> None:
    draft = read("Name,Hire Date,Rehire Date,Termination Date\nAnn Moore,2015-01-01,2022-01-03,2020-01-31\n")
    assert [(row.started, row.left) for row in draft.rows] == [(date(2022, 1, 3), None)]
    assert any("hired again" in note for note in draft.notes)


def test_a_number_that_says_whose_it_is_stays_though_it_counts() -> None:
    for header in ("Employee number", "Personal-Nr.", "Emp ID"):
        assert [row.number for row in read(f"{header},Name\n1,Ann Moore\n2,Bo Lind\n").rows] == ["1", "2"]


def test_a_letter_of_a_name_that_can_not_be_read_refuses_the_file() -> None:
    data = "Name,Role\nLef\u00e8vre,Desk\n".encode("mac_roman")
    with pytest.raises(Refused, match=r"can't be read \(line 2\): Lef\ufffdvre"):
        read(data)
    assert names(read(data, encoding="mac")) == ["Lefèvre"]


@pytest.mark.parametrize(
    ("encoding", "text", "wrong"),
    [
        ("cp1250", "Nazwisko;Imię\nŻółć;Łukasz\n", "¯ó³æ"),
        ("cp1250", "Name;Role\nMichał Nowak;Desk\n", "Micha³"),
        ("cp1250", "Name;Role\nAntonín Dvořák;Desk\n", "Dvoøák"),
        ("cp1250", "Name;Role\nMarko Ivić;Desk\n", "Iviæ"),
        ("cp1251", "Фамилия;Имя;Должность\nИванов;Пётр;Касса\n", "Ôàìèëèÿ"),
        ("cp1253", "Name;Role\nΝίκος Παππάς;Desk\n", "Íßêïò"),
        ("cp1254", "Name;Role\nAyşe Yıldız;Desk\nTuğba Şükür;Desk\n", "Þükür"),
        ("koi8-r", "ФИО;Роль\nИванов Пётр;Касса\n", "æéï"),
        ("mac", "Name;Role\nJürgen Müller;Desk\n", "JŸrgen"),
        ("cp932", "Name;Role\n田中 一郎;Desk\n", "ˆê˜Y"),
        ("gb18030", "Name;Role\n王小明;前台\n", "ÍõÐ¡Ã÷"),
        ("big5", "Name;Role\n王小明;櫃台\n", "¤ý¤p©ú"),
        ("cp949", "Name;Role\n김민준;안내\n", "±è¹ÎÁØ"),
    ],
)
def test_letters_that_make_no_word_are_asked_about(encoding: str, text: str, wrong: str) -> None:
    data = text.encode("mac_roman" if encoding == "mac" else encoding)
    with pytest.raises(LeftOpen, match=rf"“{re.escape(wrong)}” is not a word.*--encoding: .*{encoding} \(") as asked:
        read(data)
    assert (asked.value.asks, asked.value.key) == ("encoding", wrong)
    assert readings(wrong)[encoding] in text
    assert len(names(read(data, encoding=encoding))) == text.count("\n") - 1


@pytest.mark.parametrize(
    "text",
    [
        "Åse Bjørn-Sæther, Lærke Kjær, Guðrún Þórðardóttir, Ýmir Öxndal",
        "José Nuñez, Zoë Lefèvre, Œuvrard Cœur, Jürgen Groß",
        "Mª Ángeles O´Neill, João Conceição, L·luïsa Núñez, Søren Çelik-Müller, Toomas Õunapuu, Dušan Žagar",
        "Érik ÜBELÅKER, ÉLÉONORE D’ÊTRE, Märta Ångström, Niccolò D’Alò, Siân Ôl, Daniël Ruÿs",
    ],
)
def test_names_of_the_languages_of_windows_1252_are_words(text: str) -> None:
    people = text.split(", ")
    data = "\n".join(["Name;Pay;Area", *(f"{name};£12 ¤ 3 €;40 m²" for name in people)]).encode("cp1252")
    assert len(names(read(data))) == len(people)


def test_a_line_with_nothing_but_a_name_may_be_a_heading_and_is_told() -> None:
    draft = read("Name,Role,Hired\nFront Desk,,\nAnn Moore,Desk,2019-03-04\nBo Lind,Desk,2019-03-04\n")
    assert "Line 2: nothing but a name; taken as a person, though it may be a heading. If so, remove it." in draft.notes
    assert not any("nothing but" in note for note in read("Name,Role\nAnn Moore,\nBo Lind,\n").notes)


@pytest.mark.parametrize("number", ['"=""0007"""', '="0007"', "'0007", "0007"])
def test_a_number_wrapped_to_keep_its_zeros_is_the_number(number: str) -> None:
    assert [row.number for row in read(f"Emp No,Name\n{number},Ann Moore\n").rows] == ["0007"]


def test_pronouns_are_no_part_of_a_name() -> None:
    written = ["Ann Moore (she/her)", "Bo Lind [they/them]", "Cy Ek (he)", "Di Fox she/her", "Ed Ng - he/him"]
    assert names(read("\n".join(["Name", *written]))) == ["Ann Moore", "Bo Lind", "Cy Ek", "Di Fox", "Ed Ng"]


def test_whoever_is_called_total_is_a_person_where_the_row_shows_it() -> None:
    text = (
        "Name,Role,Email\nMax Total,Desk,\nTotal Smith,,t@x.example\nDesk Total,Desk,\nGrand Total,3,\nTotal Lind,,\n"
    )
    assert names(read(text)) == ["Max Total", "Total Smith"]
    assert names(read("First Name,Last Name,Hired\nMax,Total,2020-01-02\nTotal,,\n")) == ["Max Total"]


def test_one_name_a_line_needs_no_header() -> None:
    draft = read("Ann Moore\nBo Lind\nCher\nDi de Vries\n")
    assert names(draft) == ["Ann Moore", "Bo Lind", "Cher", "Di de Vries"]
    with pytest.raises(Refused, match="No column seems to hold names"):
        read("Kollegen\nAnn Moore\nBo Lind\n")


def test_a_name_in_another_order_is_told() -> None:
    draft = read("Name,Role\nAnn Moore,Desk\nMoore Ann,Phones\nBo Lind,Desk\n")
    assert any("Line 3: the name of line 2 in another order" in note for note in draft.notes)


def test_blanks_that_begin_cells_are_no_shift_where_the_file_is_written_so_or_the_cell_is_quoted() -> None:
    assert names(read("Name, Role\nAna Ruiz, Desk\nBen Ek, Phones\n")) == ["Ana Ruiz", "Ben Ek"]
    quoted = 'Name,Role,Site\nAnn Moore,Desk,York\nBo Lind,Clerk," front"\nCleo Ek,Desk,Hull\n'
    assert names(read(quoted)) == ["Ann Moore", "Bo Lind", "Cleo Ek"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Name,Role,Hired\nAnn Moore,Desk, evening,2020-01-02\nBo Lind,Desk,2020-01-02\n", "Line 2 has more cells"),
        (
            "No.,Last name, First name,First Name,Role,Hired,Left,Status\n"
            '1,"Moore, Ann",Ann,Desk,2020-01-02,0000-00-00,A\n2,"Lind, Bo",Bo,Desk,2021-01-02,0000-00-00,A\n',
            "Lines 2 and 3 have fewer cells",
        ),
        ("Name,Email,Role\nAnn Moore,a@x.example,Desk\nBo Lind,Desk\n", "Line 3 has fewer cells"),
        ("Name,Role,Email,Note\nAnn Moore,Desk,a@x.example,\nBo Lind,Lead,nights,b@x.example\n", "Line 3 has cells"),
        ("Name,Role,Hired,Left\nAnn Moore,Desk,2020-01-02,\nBo Lind,Lead,nights,2021-01-02\n", "Line 3 has cells"),
        ("Name,Role,Site\nAnn Moore,Desk,York\nBo Lind,Clerk, front\nCleo Ek,Desk,Hull\n", "Line 3 has cells"),
        ("Name,Number,Role\nAnn Moore,7,Desk\nLind,Bo,8\nCleo Ek,9,Desk\n", "Line 3 has cells"),
        ("Name,Role,Email\nAnn Moore,a@x.example\n", "Line 2 has fewer cells"),
        ("Name,Hired,Role\nAnn Moore,Desk\n", "Line 2 has fewer cells"),
    ],
)
def test_lines_whose_cells_are_not_under_their_names_refuse_the_file(text: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        read(text)


def test_lines_without_the_last_cells_and_wide_lines_about_nobody_are_read() -> None:
    text = "Name,Role,Hired,Email\nAnn Moore,Desk,2020-01-02\nBo Lind\nPrinted on 3 March,by,the,office,page 1\n"
    assert names(read(text)) == ["Ann Moore", "Bo Lind"]


def test_two_columns_called_name_are_asked_about_by_their_places() -> None:
    text = "Name,Name,Role\nMoore,Ann,Desk\nLind,Bo,Desk\n"
    with pytest.raises(Refused, match=r"Two columns are called “Name”.*--column last=1 --column first=2"):
        read(text)
    assert names(read(text, {"last": "1", "first": "2"})) == ["Ann Moore", "Bo Lind"]
    assert names(read("Name,Name\nAnn Moore,Ann Moore\nBo Lind,\n")) == ["Ann Moore", "Bo Lind"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Name\n"von der Leyen, Ursula Dr."\n', "Dr. Ursula von der Leyen"),
        ('Name\n"Öztürk, Ayşe geb. Yılmaz"\n', "Ayşe Öztürk"),
        ('Name\n"Moore née Smith, Ann"\n', "Ann Moore"),
        ("Nachname;Vorname;Vorsatzwort;Namenszusatz\nThun;Anna;von;Gräfin\n", "Anna Gräfin von Thun"),
        ("Last Name,First Name,Suffix\nKing,Martin,Jr.\n", "Martin King Jr."),
        ("Prénom,Nom\nMarie-Claude,LEFÈVRE\nJean,DE LA CROIX\n", "Marie-Claude Lefèvre"),
    ],
)
def test_titles_birth_names_prefixes_suffixes_and_capitals_end_where_people_say_them(text: str, name: str) -> None:
    assert names(read(text))[0] == name


def test_a_column_without_a_name_that_holds_something_is_told_unless_it_is_said_what_it_holds() -> None:
    text = "Name,,Role,\nAnn Moore,x,Desk,\nBo Lind,,Desk,\n"
    assert read(text).notes == ("Column 2 has no name; not used.",)
    assert read(text, {"handle": "2"}).notes == ()


def test_what_a_firm_puts_under_a_list_is_nobody_and_people_whose_names_are_like_it_stay() -> None:
    people = ["Ann Moore", "Bo Lind", "Kumar S.A.", "王小明 (Xiaoming Wang)", "Piet van den Berg"]
    feet = [
        *(
            "© 2026 ACME HR",
            "(c) 2026 ACME HR",
            "Internal use only",
            "Powered by BambooHR",
            "For internal use",
            "All rights reserved",
        ),
        *("ACME Inc.", "Muster GmbH", "www.acme.example", "https://acme.example/hr", "acme.example", "Tel. 555 0100"),
        *("Nur für den internen Gebrauch", "Usage interne", "Do not distribute"),
    ]
    draft = read("\n".join(["Name", *people, *feet]))
    assert names(draft) == people
    assert [skipped.line for skipped in draft.skipped] == list(range(7, 7 + len(feet)))
    bare = ["Sorted by desk", "HR Office 2026", "Muster AG"]
    draft = read("\n".join(["Name,Role", *(f"{name},Desk" for name in people), "Lee Inc,Desk", *bare, "Cleo van Ek"]))
    assert names(draft) == [*people, "Lee Inc", "Cleo van Ek"]


@pytest.mark.parametrize("header", ["Voorvoegsel", "Tussenvoegsel", "Vorsatzwort", "Whatever"])
def test_a_column_of_what_belongs_to_last_names_is_known_by_its_cells(header: str) -> None:
    draft = read(f"Achternaam;{header};Roepnaam\nBerg;van den;Piet\nJansen;;Anna\n")
    assert names(draft) == ["Piet van den Berg", "Anna Jansen"]


def test_a_note_with_a_number_behind_a_name_is_left_out_and_told() -> None:
    draft = read(
        "Name\nJo Kim (starts 1 Dec)\nLee Fox (ex-Acme)\nEd Fox [Desk 3]\nAnn Moore (7123)\nBo Lind (ex-employee)\n"
    )
    told = [(row.name, row.number) for row in draft.rows]
    assert told == [("Jo Kim", ""), ("Lee Fox", ""), ("Ed Fox", ""), ("Ann Moore", "7123")]
    assert [row.name for row in draft.gone] == ["Bo Lind"]
    assert "Lines 2, 3 and 4: what stands in brackets behind the name is no part of it; left out." in draft.notes


@pytest.mark.parametrize(
    "text",
    [
        "Name,Role,Hired,Left\nAnn Moore,Agent, Senior,2019-03-04,\n",
        "Name,Role,Hired,Left\nAnn Moore,Agent,Senior,2019-03-04\n",
        "Name,Role,Team,Desk\nMoore, Ann,Agent,3,\n",
    ],
)
def test_a_comma_among_words_is_seen_where_the_last_cells_are_blank(text: str) -> None:
    with pytest.raises(Refused, match="Line 2 has cells that are not each under"):
        read(f"{text}Bo Lind,Agent,,\nEd Fox,Agent,,\n")
    assert names(read("Name,Role,Team\nAnn Moore, Agent, Desk\nBo Lind,Agent,Desk\n")) == ["Ann Moore", "Bo Lind"]
