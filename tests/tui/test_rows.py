"""Rows in columns: what stands under what, and what happens where room is short."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.content import Content

from meetingtool.tui.widgets.columns_row import ColumnsRow
from meetingtool.tui.widgets.today_rows import bars


def row(body: str, *, tail: str = "", most: int = 2) -> ColumnsRow:
    """A mark, a kind, and words."""
    lead = ((Content("!"), 1), (Content("promise"), 8))
    return ColumnsRow(lead, Content(body), Content(tail) if tail else None, most=most)


def test_words_fold_under_themselves() -> None:
    shown = row("the refund is posted and the customer has been told").laid_out(40).plain
    assert shown == "! promise  the refund is posted and the\n           customer has been told"


def test_what_is_left_out_is_cut_at_a_word_and_marked() -> None:
    shown = row("the refund is posted and the customer has been told of it today", most=1).laid_out(40).plain
    assert shown == "! promise  the refund is posted and the…"


def test_all_words_stand_where_no_line_is_left_out() -> None:
    words = "word " * 40
    assert row(words, most=0).laid_out(40).plain.split().count("word") == 40


def test_a_note_stands_at_the_right_of_the_first_line() -> None:
    lines = row("the refund is posted and the customer told", tail="5 weeks").laid_out(50).plain.split("\n")
    assert lines[0].endswith("5 weeks")
    assert len(lines[0]) == 50
    assert all("weeks" not in line for line in lines[1:])


def test_in_too_little_room_the_words_stand_below_their_columns() -> None:
    assert row("the refund is posted and the customer told").laid_out(24).plain.split("\n")[0] == "! promise"


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120), st.integers(4, 120), st.integers(0, 3))
def test_no_line_is_wider_than_its_room(text: str, width: int, most: int) -> None:
    shown = row(text, tail="now", most=most)
    lines = shown.laid_out(width).split("\n", allow_blank=True)
    assert len(lines) == shown.height(width)
    assert all(line.rstrip().cell_length <= max(width, 12) for line in lines)


def test_bars_show_every_win_and_the_highest_week_fills_its_cell() -> None:
    assert bars([0, 1, 7, 0]) == "▁▂█▁"
    assert bars([0, 1, 100]) == "▁▂█"
    assert bars([0, 0]) == "▁▁"
    assert bars([]) == ""
