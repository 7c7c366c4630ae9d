from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.documents.formats.tables import BOM, csv_bytes, csv_text, harmless, text_table, width_of, wrapped
from meetingtool.documents.history.insight import view_csv
from meetingtool.rules.insight.view import Section, TableRow, View

FORMULA_STARTS = "=+-@\t\r＝＋－＠"


def fields(text: str, delimiter: str) -> list[str]:
    """Every cell that a program would see which parts fields at `delimiter` and does not think of quotes."""
    return [cell.strip().strip('"').strip() for line in text.splitlines() for cell in line.split(delimiter)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+44 20 7946", "'+44 20 7946"),
        ("-5 degrees", "'-5 degrees"),
        ("@maria", "'@maria"),
        ("\t=1", "' =1"),
        ("\r=1", "␍=1"),
        ("  =1", "'  =1"),
        ('"=1"', '\'"=1"'),
        ("a\n=1", "a\n'=1"),
        ("a;=1", "a;'=1"),
        ('a;"=1;', "a;'\"=1;"),
        ("＝1", "'＝1"),
        ("1 + 1 = 2", "1 + 1 = 2"),
        ("a well-known customer", "a well-known customer"),
        ("first; then @tom", "first; then @tom"),
        ("", ""),
    ],
)
def test_no_cell_can_become_a_formula_and_prose_stays(typed: str, kept: str) -> None:
    assert harmless(typed) == kept


def test_numbers_stay_numbers_and_dates_and_truths_are_plain() -> None:
    text = csv_text(
        ["name", "score", "adjustment", "on", "agrees", "none"], [["Zoë", 84, -3.5, date(2026, 1, 2), True, None]]
    )
    assert text == ('"name","score","adjustment","on","agrees","none"\r\n' + '"Zoë",84,-3.5,"2026-01-02",yes,\r\n')


def test_a_file_says_that_it_is_utf_8() -> None:
    data = csv_bytes(["name"], [["Zoë \ud800"]])
    assert data.startswith(BOM)
    assert data.decode("utf-8-sig") == '"name"\r\n"Zoë �"\r\n'


def test_quotes_commas_and_line_breaks_come_through() -> None:
    typed = 'she said "no, never"\nand left, \x00 \u202e'
    (row,) = list(csv.reader(io.StringIO(csv_text(["a"], [[typed]]), newline="")))[1:]
    assert row == ['she said "no, never"\nand left, ␀ <U+202E>']


@given(st.lists(st.text(st.sampled_from('=+-@;,"\n\r\t a1＝'), max_size=8), min_size=1, max_size=3))
def test_no_cell_is_a_formula_for_any_reader(cells: list[str]) -> None:
    text = csv_text(["h"] * len(cells), [cells])
    (row,) = list(csv.reader(io.StringIO(text, newline="")))[1:]
    for cell in row:
        assert not cell.lstrip(" \t\n").startswith(tuple(FORMULA_STARTS)) or cell.startswith("\n")
        assert not any(line.lstrip().startswith(tuple(FORMULA_STARTS)) for line in cell.split("\n"))
    for cell in fields(text, ";"):
        assert not cell.startswith(tuple(FORMULA_STARTS))


def test_columns_line_up_with_wide_letters_accents_and_numbers() -> None:
    table = text_table(["Name", "Score"], [["María", 84], ["山田太郎", 7], ["Zoe\u0301", 100]])
    assert table.splitlines() == [
        "Name      Score",
        "--------  -----",
        "María        84",
        "山田太郎      7",
        "Zoe\u0301         100",
    ]
    assert {width_of(line) for line in table.splitlines()} == {15}


def test_the_widest_column_wraps_to_the_width() -> None:
    table = text_table(["Day", "What"], [["Tue", "Stayed on the line until the courier called"]], width=30)
    assert table.splitlines() == [
        "Day  What",
        "---  -------------------------",
        "Tue  Stayed on the line until",
        "     the courier called",
    ]


def test_where_the_text_alone_cannot_give_way_other_columns_fold_too() -> None:
    row = ["Fri 20 Nov", "Maria Lopez and Tom Baker", "Northgate Nursery Ltd", "Six-seater on the nursery's trial days"]
    table = text_table(["Day", "Who", "Customer", "What"], [row], width=72)
    assert table.splitlines() == [
        "Day         Who              Customer          What",
        "----------  ---------------  ----------------  -------------------------",
        "Fri 20 Nov  Maria Lopez and  Northgate         Six-seater on the",
        "            Tom Baker        Nursery Ltd       nursery's trial days",
    ]
    assert all(width_of(line) <= 60 for line in text_table(["", "", "", ""], [row], width=60).splitlines())


def test_a_table_that_no_folding_can_fit_is_not_broken_within_its_words() -> None:
    heads = ["Who", *(f"#plainwords{number}" for number in range(4))]
    assert text_table(heads, [["Maria", 1, 2, 3, 4]], width=40).splitlines()[0].split() == heads


def test_heads_are_broken_at_their_dashes_where_the_columns_are_too_wide() -> None:
    assert text_table(["Who", "#plain-words", "#own-it"], [["Maria", 1, 12]], width=24).splitlines() == [
        "Who    #plain-  #own-it",
        "         words",
        "-----  -------  -------",
        "Maria        1       12",
    ]


def test_a_table_shows_controls_and_markup_as_they_are() -> None:
    assert "␛[31m [/foo] a b" in text_table(["x"], [["\x1b[31m [/foo]\na\tb"]])


def test_a_table_without_rows_has_its_heads() -> None:
    assert text_table(["Name"], []) == "Name\n----\n"


@given(st.text(st.sampled_from("ab 山\u0301é"), max_size=40), st.integers(2, 12))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str, width: int) -> None:
    line = " ".join(text.split())
    lines = wrapped(line, width)
    assert all(width_of(part) <= width for part in lines)
    assert "".join(lines).replace(" ", "") == line.replace(" ", "")


@pytest.mark.parametrize(
    "link", ["https://x.example/" + "a" * 80, "(www.x.example/" + "b" * 80 + ")", "ann@" + "x" * 80 + ".example"]
)
def test_a_link_stays_whole_in_lines_and_keeps_to_its_column_in_tables(link: str) -> None:
    assert wrapped(f"sent {link} to all", 40) == ["sent", link, "to all"]
    assert max(map(len, text_table(["What"], [[f"sent {link}"]], width=40).splitlines())) <= 40


def test_a_view_of_several_tables_has_all_of_them_in_its_csv() -> None:
    first = Section(title="By month", columns=("Month", "Wins"), rows=(TableRow(("March", 2)),))
    empty = Section(title="None", columns=("What",), rows=())
    second = Section(title="Best", columns=("What",), rows=(TableRow(("=1+1",)),))
    alone = View(name="a", title="Wins", subtitle="", sections=(first, empty))
    assert view_csv(alone).decode("utf-8-sig") == '"Month","Wins"\r\n"March",2\r\n'
    both = View(name="a", title="Wins", subtitle="", sections=(first, empty, second))
    assert view_csv(both).decode("utf-8-sig").splitlines() == [
        '"Wins"', "", '"By month"', '"Month","Wins"', '"March",2', "", '"Best"', '"What"', "\"'=1+1\"",
    ]  # fmt: skip
