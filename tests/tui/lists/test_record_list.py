"""The long list: what it draws, how its cursor moves, what it tells."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.content import Content

from meetingtool.tui.lists.record_list import RecordList


class Listed(App[None]):
    """A list alone on the screen; it notes which rows were asked for and what was told."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.rows = count
        self.asked: list[int] = []
        self.told: list[tuple[str, int | None]] = []

    def compose(self) -> ComposeResult:
        yield RecordList()

    def on_mount(self) -> None:
        self.records.show(self.rows, self.row)
        self.records.focus()

    @property
    def records(self) -> RecordList:
        return self.query_one(RecordList)

    def row(self, index: int) -> Content:
        self.asked.append(index)
        return Content(f"row {index} [/foo]")

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        self.told.append(("highlighted", event.index))

    def on_record_list_selected(self, event: RecordList.Selected) -> None:
        self.told.append(("selected", event.index))

    def on_record_list_left_above(self) -> None:
        self.told.append(("left above", None))

    def line(self, y: int) -> str:
        return self.records.render_line(y).text[1:].rstrip()


async def test_only_visible_rows_are_asked_for_among_a_hundred_thousand() -> None:
    app = Listed(100_000)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        assert set(app.asked) <= set(range(12))
        app.asked.clear()
        await pilot.press("end")
        assert app.records.cursor == 99_999
        assert app.line(9) == "row 99999 [/foo]"
        assert set(app.asked) <= set(range(99_988, 100_000))


async def test_keys_move_the_cursor_and_keep_it_in_sight() -> None:
    app = Listed(50)
    async with app.run_test(size=(40, 10)) as pilot:
        for keys, row in (
            ("down j", 2),
            ("up", 1),
            ("j j k", 2),
            ("pagedown", 11),
            ("pagedown pageup", 11),
            ("end", 49),
            ("down", 49),
            ("home", 0),
            ("G", 49),
            ("g", 0),
            ("pageup", 0),
        ):
            await pilot.press(*keys.split())
            assert app.records.cursor == row
            assert app.records.scroll_offset.y <= row < app.records.scroll_offset.y + 10
            assert app.told[-1] == ("highlighted", row)


async def test_enter_selects_the_row_under_the_cursor() -> None:
    app = Listed(5)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "enter")
        assert app.told[-1] == ("selected", 1)
        assert [app.records.render_line(y).text[0] for y in range(3)] == [" ", "▌", " "]


async def test_a_click_highlights_and_a_second_one_selects() -> None:
    app = Listed(50)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        await pilot.click(RecordList, offset=(3, 2))
        assert app.records.cursor == 42
        assert ("selected", 42) not in app.told
        await pilot.click(RecordList, offset=(3, 2), times=2)
        assert app.told[-1] == ("selected", 42)


async def test_a_click_below_the_last_row_does_nothing() -> None:
    app = Listed(3)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(RecordList, offset=(3, 7))
        assert app.records.cursor == 0


async def test_the_wheel_looks_around_without_moving_the_cursor() -> None:
    app = Listed(500)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        for _ in range(5):
            app.records.post_message(
                events.MouseScrollDown(app.records, 3, 3, 0, 1, 0, shift=False, meta=False, ctrl=False)
            )
            await pilot.pause()
        assert app.records.cursor == 0
        assert app.records.scroll_offset.y >= 5
        assert app.line(0) == f"row {app.records.scroll_offset.y} [/foo]"


async def test_without_rows_keys_do_nothing_and_the_cursor_is_nowhere() -> None:
    app = Listed(0)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("down", "up", "pagedown", "end", "home", "enter")
        assert app.records.cursor is None
        assert app.told == [("highlighted", None)]


async def test_up_on_the_first_row_leaves_the_list() -> None:
    app = Listed(3)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("up")
        assert app.told[-1] == ("left above", None)


async def test_fewer_rows_leave_the_cursor_on_the_last_of_them() -> None:
    app = Listed(100)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("end")
        app.records.show(4, app.row)
        await pilot.pause()
        assert app.records.cursor == 3
        assert app.line(0) == "row 0 [/foo]"
        assert app.told[-1] == ("highlighted", 3)


async def test_rows_are_cut_to_the_width_and_fit_again_after_a_resize() -> None:
    app = Listed(3)
    async with app.run_test(size=(10, 10)) as pilot:
        await pilot.pause()
        assert app.line(0) == "row 0 [/…"
        await pilot.resize_terminal(40, 10)
        assert app.line(0) == "row 0 [/foo]"
