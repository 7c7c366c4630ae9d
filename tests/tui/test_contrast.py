"""Every text can be read on its ground, in each of the themes that are offered first.

What is measured is what is drawn: each piece of text with letters or digits in it, on every mode and some dialogs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from rich.color import Color as RichColor
from rich.color import ColorType
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.color import Color

from meetingtool.actions.settings import remember_theme
from meetingtool.actions.stories.stories import record_story
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp
from meetingtool.tui.dialogs.confirm import Confirm
from meetingtool.tui.people.person_form import PersonForm
from meetingtool.tui.setup.setup import SetupScreen
from meetingtool.tui.themes import COLOURS

LEAST = 4.5
"""Of WCAG 2.1, for text of usual size."""

ON_A_BUTTON = 3.0
"""Of a chosen button in the terminal's own colours, which differ from one to the other."""

XTERM = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
]  # fmt: skip
WAY = (
    "f9 down m h down p down 1 down 2 down 3 down 4 d escape o escape r escape T escape c 2 3 b 3 question_mark escape "
    "comma down escape colon down escape"
)
"""The keys that are pressed; after each all that is drawn is measured."""

DARK, LIGHT = TerminalTheme((0, 0, 0), (229, 229, 229), XTERM), TerminalTheme((255, 255, 255), (0, 0, 0), XTERM)


GREYS = (7, 8)
"""Numbers of the terminal's own colours on which many of the others can't be read."""


def is_plain(style: Style) -> bool:
    """Whether the text has no colour of its own: what a terminal's own colours look like, it alone knows."""
    return style.color is None or style.color.is_default


def drawn(app: MeetingtoolApp) -> Iterator[tuple[str, Color, Color]]:
    """Each piece of text on the screen, with its colour and that of its ground."""
    terminal = LIGHT if app.theme.endswith("light") else DARK
    screen = app.screen
    within = [child.region for child in screen.children if child.display] if screen.is_modal else [screen.region]
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            style, place = segment.style or Style(), x
            x += segment.cell_length
            if any(sign.isalnum() for sign in segment.text) and any(region.contains(place, y) for region in within):
                text = _rgb(style.color, terminal, True)
                ground = _rgb(style.bgcolor, terminal, False)
                if (
                    is_plain(style)
                    or (style.bgcolor and style.bgcolor.number in GREYS)
                    or "ROOM" in segment.text
                    or not app.theme.startswith("ansi")
                ):
                    yield segment.text.strip(), *((ground, text) if style.reverse else (text, ground))


def in_its_own_colours(app: MeetingtoolApp) -> bool:
    """Whether the terminal is told which of its colours to use, and not how they look elsewhere."""
    styles = [segment.style for strip in app.screen._compositor.render_strips() for segment in strip]
    return any(style and style.color and style.color.type == ColorType.STANDARD for style in styles)


def _rgb(colour: RichColor | None, terminal: TerminalTheme, foreground: bool) -> Color:
    return Color(*(colour or RichColor.default()).get_truecolor(terminal, foreground=foreground))


def least(ground: Color) -> float:
    """How much text has to stand out from a ground."""
    return ON_A_BUTTON if ground.rgb == XTERM[5] else LEAST


def contrast(one: Color, other: Color) -> float:
    """From 1 to 21, as WCAG 2.1 has it."""
    darker, lighter = sorted(_luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [name for name in COLOURS if name])
async def test_all_that_is_drawn_stands_out_from_its_ground(theme: str, workspace: Workspace, now: datetime) -> None:
    record_story(workspace, "win", "@maria stayed until the courier called #own-it !ring back by yesterday +", now)
    record_story(workspace, "sticky", "~ @tom and the double bill #listen @jo", now)
    remember_theme(workspace, theme, now)
    app = MeetingtoolApp(workspace, clock=lambda: now)
    poor, pieces = set(), 0
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        assert in_its_own_colours(app) == theme.startswith("ansi"), "a theme that was chosen earlier, too"
        for keys in WAY.split():
            await pilot.press(keys)
            for text, colour, ground in drawn(app):
                pieces += 1
                if contrast(colour, ground) < least(ground):
                    poor.add((app.screen.__class__.__name__, text, colour.hex, ground.hex))
        for page in (SetupScreen(), PersonForm(None), Confirm("Sure?")):
            app.push_screen(page)
            await pilot.pause()
            for text, colour, ground in drawn(app):
                if contrast(colour, ground) < least(ground):
                    poor.add((type(page).__name__, text, colour.hex, ground.hex))
            page.dismiss(None)
            await pilot.pause()
        await pilot.press("t", "ctrl+r")
        for text, colour, ground in drawn(app):
            if contrast(colour, ground) < least(ground):
                poor.add(("room", text, colour.hex, ground.hex))
    assert pieces > 300
    assert not poor, "\n".join(map(str, sorted(poor)))
