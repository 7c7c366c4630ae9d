"""The workbook of evaluations: real numbers and dates, and no text that could become anything else."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from meetingtool.documents.people.evaluation_cells import TEXT_MOST, cell_text
from meetingtool.documents.people.evaluation_xlsx import NAME_MOST, sheet_names, xlsx
from meetingtool.rules.people.employee_copy import for_employee

Rows = list[list[Any]]


def opened(data: bytes) -> dict[str, Rows]:
    """Every sheet by its name, each as rows of cells."""
    book = CalamineWorkbook.from_filelike(BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def under(rows: Rows, title: str) -> Rows:
    """The rows of a block of a person's sheet, its heads first."""
    start = next(number for number, row in enumerate(rows) if row[0] == title) + 1
    end = next((number for number in range(start, len(rows)) if not any(rows[number])), len(rows))
    return rows[start:end]


def test_the_team_sheet_has_one_row_a_person_with_numbers_and_dates(content: dict[str, Any]) -> None:
    other = content | {"person": content["person"] | {"name": "Tom Ng", "handle": "tom"}}
    rows = opened(xlsx([content, other], ["ab" * 32]))["Team"]
    assert [row[0] for row in rows] == ["Name", "María López", "Tom Ng"]
    found = dict(zip(rows[0], rows[1], strict=True))
    assert len(found) == len(rows[0])
    assert (
        found
        | {
            "Number": "0042",
            "Since": date(2026, 1, 1),
            "Until": date(2026, 12, 31),
            "Made on": date(2027, 1, 5),
            "Acknowledged on": date(2027, 1, 9),
            "State": "acknowledged",
            "Edition": 2.0,
            "Score": 81.0,
            "Computed": 83.0,
            "Adjustment": -2.0,
            "Reason": "Three months away.",
            "Standards": 76.0,
            "Customers": "",
            "Promises": 90.0,
            "Recognition": 4.0,
            "#listen": 75.0,
            "#one-team": "",
            "Ratings": 2.0,
            "Promises kept": 1.0,
            "Promises missed": 1.0,
            "Year before": "2025",
            "Score before": 84.0,
            "Agrees": "no",
            "Answer": "disagrees",
            "Rule version": float(content["rule"].get("version", 1)),
            "Person id": content["person"]["id"],
            "Digest": "ab" * 32,
        }
        == found
    )
    assert dict(zip(rows[0], rows[2], strict=True))["Digest"] == ""


def test_standards_that_only_some_have_get_a_column_all_the_same(content: dict[str, Any]) -> None:
    line = content["score"]["standards"][0] | {"tag": "own-it", "value": 50.0}
    other = content | {"score": content["score"] | {"standards": [line]}}
    heads, first, second = opened(xlsx([content, other]))["Team"]
    assert (first[heads.index("#own-it")], second[heads.index("#own-it")]) == ("", 50.0)


def test_each_person_has_a_sheet_with_the_whole_sum(content: dict[str, Any]) -> None:
    rows = opened(xlsx([content]))["María López"]
    table = {row[0]: row[1:5] for row in under(rows, "The score")}
    assert table["Standards"] == [76.0, 60.0, 57.0, "2 of 3 standards, 3 ratings"]
    assert table["Customers"] == ["", 20.0, "", "absent: 4 answers of at least 10 (3 of 4 satisfied)"]
    assert table["Recognition"][2] == 4.0
    assert table["Sum"][1:] == [80.0, 82.875, "4 of 5 parts known"]
    assert table["Adjusted by the manager"][2:] == [-2.0, "Three months away."]
    assert table["Score without the adjustment"][2] == 83.0
    assert table["Score"][2:] == [81.0, "Strong"]


def test_each_person_has_a_sheet_with_the_records_behind_it(content: dict[str, Any]) -> None:
    rows = opened(xlsx([content], removed={"W1", "F1"}))["María López"]
    heads, listen, *_ = under(rows, "Standards, quarter by quarter")
    assert heads[:9] == [
        "Standard", "Tag", "Weight", "Value", "2025", "Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec",
    ]  # fmt: skip
    assert listen[:9] == ["Listens first", "#listen", 1.0, 75.0, 87.5, 4.0, 4.25, "", ""]
    _, told, private, sticky, gone = under(rows, "Stories")
    assert told[:2] == ["Stayed on the line", date(2026, 3, 2)]
    assert told[4:9] == ["Acme", "Tom Ng and Zoë Reid", "#listen", "removed since", "REF0W1"]
    assert private[6:8] == ["no standard", "starred, private"]
    assert sticky[0] == "Wrong flowers\nWhat happened: mixed up"
    assert gone[0] == "Removed; its text is not kept here."
    _, refund, bike, *_ = under(rows, "Promises to customers")
    assert refund[:4] == ["refund posted", date(2026, 2, 1), date(2026, 2, 5), date(2026, 2, 4)]
    assert refund[7] == "removed since"
    assert bike[5:8] == ["missed", "left out", "born from a sticky situation that was shared"]
    _, rating, unseen, _ = under(rows, "Ratings")
    assert rating[:6] == [
        "calm throughout",
        date(2026, 3, 3),
        "#listen",
        5.0,
        "REF0W1 and 1 story that is not here",
        "",
    ]
    assert rating[6] == "REF0R1"
    assert unseen[3] == "not seen"
    assert under(rows, "The employee’s answer")[0][:3] == ["Acknowledged", date(2027, 1, 9), "disagrees"]
    assert under(rows, "The employee’s answer")[1][0] == "I did ask."


def test_nothing_typed_becomes_a_formula_or_a_link(content: dict[str, Any]) -> None:
    nasty = ['=HYPERLINK("http://x.test","y")', "+1+1", "-1", "@SUM(A1)", "http://x.test", "mailto:a@b.test", "0042"]
    for number, text in enumerate(nasty):
        content["ratings"].append(content["ratings"][0] | {"id": f"N{number}", "note": text})
    content["person"] |= {"name": "=cmd|' /C calc'!A0", "role": "@x", "number": "=1"}
    data = xlsx([content])
    archive = zipfile.ZipFile(BytesIO(data))
    sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets" in name]
    assert not any("<f>" in sheet or "<f " in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert not any("externalLink" in name for name in archive.namelist())
    rows = next(rows for name, rows in opened(data).items() if name != "Team")
    assert [row[0] for row in under(rows, "Ratings")][4:] == nasty


def test_hostile_text_leaves_a_sound_file(hostile: dict[str, Any]) -> None:
    hostile["person"]["name"] = "\ufffe" + hostile["person"]["name"]
    hostile["team"] = "\ufffe\uffff"
    hostile["words"]["goals"] += " \ufffe \uffff _x0041_ \x85"
    data = xlsx([hostile, hostile])
    archive = zipfile.ZipFile(BytesIO(data))
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            ElementTree.fromstring(archive.read(name))
    sheets = opened(data)
    assert len(sheets) == 3
    text = str(list(sheets.values())[1])
    assert "␀␛[31m <U+202E>abc" in text
    assert "_x0041_" in text


def test_a_text_too_long_for_a_cell_says_so_and_how_it_is_had_whole(content: dict[str, Any]) -> None:
    content["words"]["growth"] = "😀" * 50_000
    (found,) = under(opened(xlsx([content]))["María López"], "Where to grow")
    assert found[0].startswith("😀" * 1000)
    assert found[0].endswith("(too long for a cell; the JSON file has all of it)")


@given(st.integers(TEXT_MOST - 2, TEXT_MOST + 2), st.sampled_from(["x", "é"]))
@settings(max_examples=20, deadline=None)
def test_a_cell_holds_what_fits_and_never_more(length: int, letter: str) -> None:
    found = cell_text(letter * length)
    assert len(found) <= TEXT_MOST
    assert (found == letter * length) is (length <= TEXT_MOST)


@given(st.lists(st.text(max_size=45), max_size=8))
def test_any_names_make_sheets_that_excel_takes(names: list[str]) -> None:
    found = sheet_names(names)
    assert len(found) == len(names)
    assert len({name.casefold() for name in [*found, "Team", "History"]}) == len(names) + 2
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= NAME_MOST
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert not any(unicodedata.category(letter) == "Cc" for letter in name)


@pytest.mark.parametrize(
    ("names", "sheets"),
    [
        (["Maria Lopez", "maria lopez"], ["Maria Lopez", "maria lopez (2)"]),
        (["Team", "History"], ["Team (2)", "History (2)"]),
        (["A/B: C?", "", "'"], ["A B C", "Person", "Person (2)"]),
    ],
)
def test_sheets_are_named_after_people(names: list[str], sheets: list[str]) -> None:
    assert sheet_names(names) == sheets


def test_a_day_before_1900_is_written_all_the_same(content: dict[str, Any]) -> None:
    content["person"]["started"] = "1899-12-31"
    rows = opened(xlsx([content]))["María López"]
    assert ["On the team since", "1899-12-31"] in [row[:2] for row in rows]


def test_without_evidence_the_sheet_says_what_is_missing(nobody_knows: dict[str, Any]) -> None:
    sheets = opened(xlsx([nobody_knows]))
    *_, score, needed = under(sheets["María López"], "The score")
    assert score[0] == "Score"
    assert score[4] == "not enough evidence"
    assert needed[0] == "Needed: ratings on standards"
    assert dict(zip(*sheets["Team"], strict=True))["Score"] == ""


def test_nobody_makes_an_empty_team() -> None:
    assert len(opened(xlsx([]))["Team"]) == 1


def test_the_employees_copy_holds_nothing_private(content: dict[str, Any]) -> None:
    text = str(opened(xlsx([for_employee(content)])))
    assert "1 private story" in text
    for private in ("Rang back", "ring on Monday", "all 5 ratings are 4", "It was a short year"):
        assert private not in text


def test_the_same_contents_give_the_same_bytes(content: dict[str, Any]) -> None:
    assert xlsx([content]) == xlsx([content])


def test_the_sample_team_fills_a_workbook(sample_contents: list[dict[str, Any]]) -> None:
    sheets = opened(xlsx(sample_contents))
    assert len(sheets) == len(sample_contents) + 1
    assert [row[0] for row in sheets["Team"][1:]] == [content["person"]["name"] for content in sample_contents]


def test_rows_are_as_tall_as_their_texts_and_every_page_says_whose_it_is(content: dict[str, Any]) -> None:
    content["ratings"][0]["note"] = "word " * 120
    with zipfile.ZipFile(BytesIO(xlsx([content]))) as book:
        team, person = (book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
    tallest = max(float(height) for height in re.findall(r'<row [^>]* ht="([\d.]+)"', person))
    assert tallest >= 10 * 15, "600 letters in a column of 60"
    assert 'fitToWidth="1"' in person or "<pageSetUpPr fitToPage" in person
    assert "María López · 0042 · 2026" in person
    assert 'fitToWidth="4"' in team, "forty columns on one page could not be read"
