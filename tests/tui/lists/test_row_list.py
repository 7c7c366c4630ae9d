"""The list of rows that fold: what stands on the screen, and where the cursor goes."""

from __future__ import annotations

import pytest
from screen_text import screen_text
from textual.app import App, ComposeResult
from textual.content import Content
from textual.widgets import Static

from meetingtool.tui.lists.columns_row import ColumnsRow
from meetingtool.tui.lists.row_list import RowList


def row(text: str) -> ColumnsRow:
    """A row of one column and words that fold."""
    return ColumnsRow([(Content("·"), 1)], Content(text), most=0)


class Listing(App[None]):
    """A list in a small terminal, with a line below it."""

    CSS = "RowList { width: 30; border: none; }"

    def __init__(self, height: str) -> None:
        super().__init__()
        self.height = height
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        rows = RowList()
        rows.styles.height = self.height
        yield rows
        yield Static("below")

    def on_row_list_selected(self, event: RowList.Selected) -> None:
        self.chosen.append(event.index)

    @property
    def rows(self) -> RowList:
        return self.query_one(RowList)

    def lines(self) -> list[str]:
        """What is read, line by line."""
        return [line.rstrip() for line in screen_text(self).split("\n")]


async def test_rows_fold_under_themselves_and_the_list_takes_the_room_it_needs() -> None:
    app = Listing("auto")
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.put([row("one"), row("a row that is longer than the list is wide")])
        await pilot.pause()
        assert app.lines()[:4] == ["· one", "· a row that is longer than", "  the list is wide", "below"]
        app.rows.put([row("one")])
        await pilot.pause()
        assert app.lines()[:2] == ["· one", "below"]


async def test_the_cursor_goes_round_and_passes_over_rows_that_only_say_something() -> None:
    app = Listing("auto")
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.put([row("title"), row("a"), row("b"), row("note")], frozenset({0, 3}))
        app.rows.focus()
        await pilot.pause()
        assert app.rows.highlighted == 1
        await pilot.press("down")
        assert app.rows.highlighted == 2
        await pilot.press("down")
        assert app.rows.highlighted == 1
        await pilot.press("end", "enter", "home", "enter")
        assert app.chosen == [2, 1]


async def test_the_row_under_the_cursor_stays_in_sight() -> None:
    app = Listing("5")
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.put([row(f"row {number} with words that take two lines") for number in range(40)])
        app.rows.focus()
        await pilot.pause()
        await pilot.press("pagedown", "pagedown", "pagedown")
        at = app.rows.highlighted
        assert at is not None and at >= 4
        assert any(f"row {at} with" in line for line in app.lines()[:5])
        await pilot.press("end")
        assert app.lines()[3].startswith("· row 39 with")
        await pilot.press("up", "up", "up", "up")
        assert app.lines()[0].startswith("· row 35 with")


@pytest.mark.parametrize("count", [0, 3, 100])
async def test_other_rows_leave_the_cursor_on_one_of_them(count: int) -> None:
    app = Listing("5")
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.put([row(f"row {number}") for number in range(50)])
        app.rows.focus()
        await pilot.pause()
        await pilot.press("end")
        app.rows.put([row(f"new {number}") for number in range(count)])
        await pilot.pause()
        expected = {0: None, 3: 2, 100: 49}[count]
        assert app.rows.highlighted == expected
        read = app.lines()[:5]
        assert read == [""] * 5 if expected is None else any(line.startswith(f"· new {expected}") for line in read)


async def test_one_row_is_replaced_alone_even_by_a_longer_one() -> None:
    app = Listing("auto")
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.put([row("one"), row("two"), row("three")])
        await pilot.pause()
        app.rows.put_one(1, row("TWO"))
        await pilot.pause()
        assert app.lines()[:3] == ["· one", "· TWO", "· three"]
        app.rows.put_one(1, row("two, which has become so long that it folds"))
        await pilot.pause()
        assert app.lines()[:4] == ["· one", "· two, which has become so", "  long that it folds", "· three"]


async def test_a_click_chooses_the_row_under_the_mouse_and_nothing_where_there_is_none() -> None:
    app = Listing("6")
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.put([row("a row that is longer than the list is wide"), row("two"), row("note")], frozenset({2}))
        await pilot.pause()
        await pilot.click(app.rows, offset=(3, 1))
        await pilot.click(app.rows, offset=(3, 2))
        await pilot.click(app.rows, offset=(3, 3))
        await pilot.click(app.rows, offset=(3, 5))
        assert app.chosen == [0, 1]
        assert app.rows.highlighted == 1


async def test_a_wider_terminal_folds_the_rows_anew() -> None:
    app = Listing("auto")
    async with app.run_test(size=(40, 12)) as pilot:
        app.rows.styles.width = "100%"
        app.rows.put([row("a row that is longer than the list is wide"), row("two")])
        await pilot.pause()
        assert app.lines()[1] == "  wide"
        await pilot.resize_terminal(60, 12)
        assert app.lines()[:3] == ["· a row that is longer than the list is wide", "· two", "below"]


def test_a_note_for_which_there_is_no_room_stands_below_the_words() -> None:
    beside = ColumnsRow((), Content("Standard of the week"), Content("1 min"))
    assert beside.laid_out(30).plain == "Standard of the week     1 min"
    assert beside.laid_out(22).plain == "Standard of the week\n                 1 min"
    assert ColumnsRow((), Content("Standard of the week")).laid_out(12).plain == "Standard of\nthe week"
