"""People typed or pasted one per line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.importers.typed_people import read_typed


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Maria Lopez", "Maria Lopez", ""),
        ("Maria Lopez, front desk", "Maria Lopez", "front desk"),
        ("Maria Lopez - front desk", "Maria Lopez", "front desk"),
        ("Maria Lopez – front desk", "Maria Lopez", "front desk"),
        ("Maria Lopez: front desk", "Maria Lopez", "front desk"),
        ("Maria Lopez\tfront desk", "Maria Lopez", "front desk"),
        ("Maria Lopez; front desk, mornings", "Maria Lopez", "front desk, mornings"),
        ("  • Zoë Martin-Reid, workshop", "Zoë Martin-Reid", "workshop"),
        ("12. Tom Ng", "Tom Ng", ""),
        ("李 娜, 前台", "李 娜", "前台"),
        ("O'Brien", "O'Brien", ""),
    ],
)
def test_a_line_is_a_name_and_perhaps_a_role(line: str, name: str, role: str) -> None:
    rows, skipped = read_typed(line)
    assert [(row.name, row.role) for row in rows] == [(name, role)]
    assert skipped == ()


def test_addresses_handles_and_nicknames_are_told_apart() -> None:
    rows, _ = read_typed('Katherine "Kate" Smith, kate@example.org, front desk, @katie')
    row = rows[0]
    assert (row.name, row.nicknames, row.email, row.role, row.handle) == (
        "Katherine Smith",
        ("Kate",),
        "kate@example.org",
        "front desk",
        "katie",
    )


def test_a_line_of_addresses_copied_from_a_mail_is_several_people() -> None:
    rows, _ = read_typed("Maria Lopez <maria@example.org>; Tom Ng <tom@example.org>")
    assert [(row.name, row.email) for row in rows] == [
        ("Maria Lopez", "maria@example.org"),
        ("Tom Ng", "tom@example.org"),
    ]


def test_lines_without_a_name_and_names_given_twice_are_left_out_and_said() -> None:
    rows, skipped = read_typed("Maria Lopez\n\n...\nMARIA LOPEZ, manager\nTom Ng\n#tag\nzed@x.example")
    assert [row.name for row in rows] == ["Maria Lopez", "Tom Ng"]
    assert [(left.line, left.why) for left in skipped] == [
        (3, "it has no name"),
        (4, "that name is already in the list above"),
        (6, "it has no name"),
        (7, "it has no name"),
    ]


def test_controls_and_escapes_do_not_get_into_names() -> None:
    rows, _ = read_typed("Ma\x1b[31mria\u202e Lo\x00pez, fr\x07ont")
    assert (rows[0].name, rows[0].role) == ("Maria Lopez", "front")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    rows, _ = read_typed(text)
    assert all(row.name.strip() == row.name != "" for row in rows)
    assert len({row.name.casefold() for row in rows}) == len(rows)
