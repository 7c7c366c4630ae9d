"""Lines that are painted at once look as Textual itself would draw them."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.content import Content, Span
from textual.visual import Visual
from textual.widget import Widget

from meetingtool.tui.lists.painting import Painter


class Ground(Widget):
    """Something to paint on."""

    COMPONENT_CLASSES = {"ground--lit"}
    DEFAULT_CSS = "Ground { color: $foreground; & > .ground--lit { background: $panel; text-style: italic; } }"


class OnGround(App[None]):
    """A ground alone on the screen."""

    def compose(self) -> ComposeResult:
        yield Ground()


LINES = (
    Content("plain [/foo] words"),
    Content(""),
    Content("王小明 waits"),
    Content("who said what", [Span(0, 3, "bold"), Span(2, 8, "underline"), Span(9, 13, "$text-muted")]),
    Content("past the end", [Span(5, 99, "bold $accent"), Span(3, 3, "bold")]),
)


@pytest.mark.parametrize("line", LINES, ids=str)
async def test_a_line_is_painted_as_it_would_be_drawn(line: Content) -> None:
    app = OnGround()
    async with app.run_test(size=(40, 3)) as pilot:
        await pilot.pause()
        ground = app.query_one(Ground)
        for classes in ((), ("ground--lit",)):
            painter = Painter(ground)
            on = painter.ground(*classes)
            [drawn] = Visual.to_strips(ground, line, 30, 1, ground.get_visual_style(*classes), pad=True)
            painted = painter.line(on, (line[:4], line[4:]), 30)
            assert letters(painted) == letters(drawn)
            assert painter.blank(on, 30).cell_length == painted.cell_length == 30


def letters(strip: object) -> list[tuple[str, object, object, object, object, object]]:
    """Each letter with all that is seen of its style; of a blank only the ground."""
    found = []
    for text, style, _ in strip:  # type: ignore[attr-defined]
        assert isinstance(text, str) and style is not None
        for letter in text:
            seen = (style.color, style.bold, style.italic, style.underline) if letter != " " else (None,) * 4
            found.append((letter, style.bgcolor, *seen))
    return found
