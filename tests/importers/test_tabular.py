"""A table is read from whatever file a person has, or is refused in words."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from meetingtool.errors import MeetingtoolError, NotFound, Refused
from meetingtool.importers.tabular import Expected, Sheet, places, read_file, read_sheet

TEAM = "Name,Role\nZoë Martin-Reid,front desk\nŁukasz Nowak,café\n"
TEAM_ROWS = (("Zoë Martin-Reid", "front desk"), ("Łukasz Nowak", "café"))


def read(text: str) -> Sheet:
    return read_sheet(text.encode())


def workbook(*sheets: tuple[str, list[list[Any]]], hidden: str = "") -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        if name == hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def test_a_plain_csv_needs_no_remark() -> None:
    sheet = read(TEAM)
    assert sheet.header == ("Name", "Role")
    assert sheet.rows == TEAM_ROWS
    assert sheet.notes == ()
    assert sheet.lines == (2, 3)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(codec: str) -> None:
    sheet = read_sheet(TEAM.encode(codec))
    assert sheet.header == ("Name", "Role")
    assert sheet.rows == TEAM_ROWS


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEAM, "Имя;Роль\nАнна Петрова;касса\nОльга Белова;зал\n"])
def test_utf_16_is_known_without_its_mark(codec: str, text: str) -> None:
    sheet = read_sheet(text.encode(codec))
    assert sheet.rows == read(text).rows
    assert "UTF-16" in sheet.notes[0]


def test_utf_16_that_ends_in_half_a_character_is_read_and_said() -> None:
    sheet = read_sheet(TEAM.encode("utf-16") + b"\x41")
    assert sheet.rows[:2] == TEAM_ROWS
    assert any("unreadable" in note for note in sheet.notes)


def test_what_is_not_utf_8_is_read_as_windows_1252_and_said() -> None:
    sheet = read_sheet("Name;Preis\nJosé;5 €\n".encode("cp1252"))
    assert sheet.rows == (("José", "5 €"),)
    assert any("Windows-1252" in note for note in sheet.notes)


def test_one_broken_byte_does_not_spoil_the_other_accents() -> None:
    data = ("Name\n" + "Zoë\n" * 30).encode() + b"Ann\xff\n"
    sheet = read_sheet(data)
    assert sheet.rows[0] == ("Zoë",)
    assert sheet.notes == ("1 unreadable character became \ufffd.",)


def test_letters_that_were_saved_in_a_wrong_encoding_once_are_mended_and_said() -> None:
    undefined = "\x81\x8d\x8f\x90\x9d".encode("latin-1")
    bytes_alone = (bytes([byte]) for byte in TEAM.encode())
    broken = "".join(each.decode("latin-1" if each in undefined else "cp1252") for each in bytes_alone)
    sheet = read(broken)
    assert sheet.rows == TEAM_ROWS
    assert sheet.notes == ("“Ã«” was read as “ë”, and others like it: the file was saved in a wrong encoding once.",)
    for sound in (TEAM, "Name\nSÃO Paulo\n", "Name\nRenÃ©e Picard\nRenée Picard\n"):
        assert read(sound).notes == ()


def test_signs_as_web_pages_write_them_are_read_and_said() -> None:
    sheet = read("Name,Role\nTodd O&#39;Bryan,Desk &amp; phones\nRen&eacute;e,AT&T; x\n")
    assert sheet.rows == (("Todd O'Bryan", "Desk & phones"), ("Renée", "AT&T; x"))
    assert sheet.notes == ("“&#39;” was read as “'”, and others like it.",)


def test_nul_bytes_are_removed_and_said() -> None:
    sheet = read_sheet(b"Name,Role\nMa\0ria,de\0sk\n" + b"Tom,desk\n" * 20)
    assert sheet.rows[0] == ("Maria", "desk")
    assert sheet.notes == ("2 NUL characters were removed.",)


@pytest.mark.parametrize(("sign", "said"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")])
def test_other_delimiters_are_found_and_said(sign: str, said: str) -> None:
    sheet = read(f"Name{sign}Note\nMaria{sign}late, then kind, then early\nTom{sign}hello\n")
    assert sheet.rows == (("Maria", "late, then kind, then early"), ("Tom", "hello"))
    assert sheet.notes == (f"Cells are separated by {said}.",)


def test_decimal_commas_do_not_make_a_comma_the_delimiter() -> None:
    assert read("Name;Score\nMaria;3,5\nTom;4,0\n").rows == (("Maria", "3,5"), ("Tom", "4,0"))


def test_a_line_that_names_the_delimiter_is_believed_and_counted() -> None:
    sheet = read("sep=;\r\nName;Role\r\nMaria;desk\r\n")
    assert (sheet.header, sheet.rows, sheet.lines) == (("Name", "Role"), (("Maria", "desk"),), (3,))


def test_one_column_of_names_is_a_table() -> None:
    assert read("Name\nMaria Lopez\nTom Ng\n").rows == (("Maria Lopez",), ("Tom Ng",))


def test_one_column_of_surnames_first_is_not_cut_at_the_comma() -> None:
    assert read("Name\nLopez, Maria\nKing, Martin, Jr.\n").rows == (("Lopez, Maria",), ("King, Martin, Jr.",))


def test_cells_of_several_lines_keep_the_line_numbers_true() -> None:
    sheet = read('Name,Note\r\nMaria,"first\r\nsecond, ""quoted"""\r\nTom,short\r\n')
    assert sheet.rows == (("Maria", 'first\r\nsecond, "quoted"'), ("Tom", "short"))
    assert sheet.lines == (2, 4)


def test_old_line_ends_are_line_ends() -> None:
    sheet = read("Name,Role\rMaria,desk\rTom,stock\r")
    assert (sheet.rows, sheet.lines) == ((("Maria", "desk"), ("Tom", "stock")), (2, 3))


def test_blanks_of_every_kind_around_cells_and_empty_rows_are_dropped() -> None:
    sheet = read("Name,Role\n\xa0Maria \t,\u200b desk\xa0\n,\n \xa0, \n\nTom,stock\n")
    assert sheet.rows == (("Maria", "desk"), ("Tom", "stock"))
    assert sheet.lines == (2, 6)


def test_rows_of_another_length_are_told_by_line() -> None:
    sheet = read("Name,Role,Since\nMaria,desk,2021\nTom\nZoe,stock,2020,spare\nSam,x,y,,\n")
    assert sheet.rows[1] == ("Tom", "", "")
    assert sheet.rows[2] == ("Zoe", "stock", "2020")
    assert sheet.notes == (
        "Line 3 has fewer cells than the header; the rest count as blank.",
        "Line 4 has more cells than the header's 3 columns; the extra cells are left out.",
    )


def test_title_lines_above_the_header_are_left_out_and_said() -> None:
    sheet = read("Staff list 2026\n\nName,Role,Since\nMaria,desk,2021\nTom,stock,2020\n")
    assert sheet.header == ("Name", "Role", "Since")
    assert sheet.lines == (4, 5)
    assert sheet.notes == ("Line 1 above the column names: left out.",)


def test_a_quote_that_is_never_closed_is_refused_with_its_line() -> None:
    with pytest.raises(Refused, match="line 3 is never closed"):
        read('Name,Note\nMaria,"fine"\nTom,"open\nZoe,lost\nSam,lost\n')


def test_a_cell_beyond_the_limit_of_the_csv_module_is_read_and_the_limit_left_as_it_was() -> None:
    limit = csv.field_size_limit()
    sheet = read("Name,Note\nMaria," + "x" * 300_000 + "\n")
    assert len(sheet.rows[0][1]) == 300_000
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n\t\n", "is empty"),
        (b",,\n,,\n", "no cells with anything"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\x1f\x8b\x08", "packed archive"),
        (b"<!DOCTYPE html><table><tr><td>Name", "web page"),
        (b'[{"name": "Maria"}]', "JSON"),
        (bytes(range(1, 32)) * 40, "not a text file"),
        (b"PK\x03\x04 and nothing more", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "not a spreadsheet"),
    ],
)
def test_what_is_no_table_is_refused_by_name_with_a_way_on(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        read_sheet(data, "team.csv")
    assert refused.value.message.startswith("team.csv")
    assert refused.value.hint


def test_a_spreadsheet_reads_as_the_text_a_person_sees() -> None:
    rows = [
        ["Name", "Number", "Since", "Seen", "Share", "Here"],
        ["Zoë", 1042, date(2021, 3, 9), datetime(2026, 11, 24, 9, 30), 0.1, True],
        [],
        ["Tom", 7.0, date(2019, 12, 1), datetime(2026, 11, 24), 2.5, False],
    ]
    sheet = read_sheet(workbook(("Team", rows)))
    assert sheet.rows == (
        ("Zoë", "1042", "2021-03-09", "2026-11-24 09:30:00", "0.1", "TRUE"),
        ("Tom", "7", "2019-12-01", "2026-11-24", "2.5", "FALSE"),
    )
    assert (sheet.lines, sheet.unit, sheet.notes) == ((2, 4), "row", ())


def test_the_first_worksheet_with_anything_in_it_is_read_and_the_others_are_told() -> None:
    data = workbook(
        ("Notes", []), ("Old", [["x", "y"]]), ("Team", [["Name"], ["Maria"]]), ("More", [["z"]]), hidden="Old"
    )
    sheet = read_sheet(data)
    assert sheet.rows == (("Maria",),)
    assert sheet.notes == ("Read the worksheet “Team”; not read: Notes and More.",)
    assert read_sheet(data, expected=Expected(worksheet="old")).header == ("x", "y")


def test_an_unknown_worksheet_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(Refused, match="It has Team and More"):
        read_sheet(workbook(("Team", [["Name"]]), ("More", [["z"]])), "team.xlsx", Expected(worksheet="People"))


def test_a_stray_cell_at_the_far_end_of_a_worksheet_is_refused_instead_of_filling_the_memory() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Name")
    sheet.write(1_048_575, 16_383, "stray")
    book.close()
    with pytest.raises(Refused, match="very far"):
        read_sheet(made.getvalue())


def ods(table: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr(
            "content.xml",
            '<?xml version="1.0"?><office:document-content '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="Team">{table}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return made.getvalue()


def ods_cell(text: str, repeat: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{repeat}" office:value-type="string">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def test_an_ods_file_is_read_and_its_far_cells_are_refused() -> None:
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
    rows = "".join(f"<table:table-row>{ods_cell(name)}</table:table-row>" for name in ("Name", "Maria"))
    assert read_sheet(ods(rows + rest)).rows == (("Maria",),)
    far = (
        '<table:table-row><table:table-cell table:number-columns-repeated="16000"/>'
        + ods_cell("x")
        + "</table:table-row>"
    )
    with pytest.raises(Refused, match="very far"):
        read_sheet(ods(rows + rest + far))


def test_a_missing_file_a_folder_and_a_file_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "team.csv").write_bytes(TEAM.encode())
    assert read_file(tmp_path / "team.csv").rows == TEAM_ROWS
    with pytest.raises(NotFound, match=r"no file .*nobody\.csv"):
        read_file(tmp_path / "nobody.csv")
    with pytest.raises(Refused, match="is a folder"):
        read_file(tmp_path)


def test_many_line_numbers_are_cut_short_and_counted() -> None:
    assert places([4]) == "line 4"
    assert places([7, 4, 7]) == "lines 4 and 7"
    assert places(range(2, 30), "row") == "rows 2, 3, 4, 5, 6, 7, 8, 9 and 20 more"


cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\n\t"), max_size=12)


@given(rows=st.lists(st.tuples(cells, cells, cells), max_size=6), sign=st.sampled_from(",;\t|"))
def test_a_file_that_the_csv_module_wrote_comes_back_as_it_was(rows: list[tuple[str, ...]], sign: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=sign, quoting=csv.QUOTE_ALL).writerows([("Name", "Role", "Note"), *rows])
    sheet = read_sheet(written.getvalue().encode())
    bare = " \t\r\n\f\v\xa0\u200b\u2060\ufeff\u3000"
    wanted = [tuple(cell.strip(bare) for cell in row) for row in rows]
    assert sheet.header == ("Name", "Role", "Note")
    assert list(sheet.rows) == [row for row in wanted if any(row)]


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\x00\x00\x00")
@example(b'"')
@example(b'a\rb\n"c\r\n')
def test_any_bytes_give_a_table_or_a_refusal(data: bytes) -> None:
    try:
        sheet = read_sheet(data)
    except MeetingtoolError as error:
        assert error.hint
    else:
        assert all(len(row) == len(sheet.header) for row in sheet.rows)
        assert len(sheet.lines) == len(sheet.rows)
