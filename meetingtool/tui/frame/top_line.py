"""The first line of every screen: whose team, where you are, room or private."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from meetingtool.rules import wording
from meetingtool.tui.tool import Tool

NARROW = 40
"""With fewer cells there is only room for the place, and for room or private, which is never cut."""

WIDE = 100
"""From this many cells on there is room for all words about what waits, beside a clock."""


class TopLine(Widget):
    """Team at the left, place in the middle; at the right what waits for a server, a note, and room or private."""

    DEFAULT_CSS = """
    TopLine {
        dock: top;
        height: 1;
        padding: 0 1;
        color: $text-muted;
    }
    TopLine .--team { color: $accent; }
    """

    team = reactive("")
    place = reactive("")
    note = reactive("")
    waiting = reactive(0)
    room = reactive(False)

    def tell(self, tool: Tool, place: str) -> None:
        """Show whose team it is, where one is, and whether this is room or private."""
        desk = tool.desk
        self.team, self.place, self.room = desk.settings.team, place, desk.room
        self.note = "sample team" if tool.sample and not desk.room else ""
        self.waiting = tool.workspace.waiting

    def render(self) -> Content:
        width = self.content_size.width
        mark = Content.styled(" ROOM ", "bold $badge-ink on $warning") if self.room else Content.styled("private", "")
        waits = f"{self.waiting} waiting" if self.waiting else ""
        waits += " for the server" if waits and (width >= WIDE or not self.note) else ""
        said = [
            Content.styled(f"{part}  ", style)
            for part, style in ((waits, "bold $foreground"), (wording.one_line(self.note), "$foreground"))
            if part
        ]
        right = Content.assemble(*said, mark)
        if width < NARROW:
            place = wording.shortened(self.place, max(1, width - mark.cell_length - 1))
            return Content.assemble((place, "bold $foreground"), " " * (width - len(place) - mark.cell_length), mark)
        place = wording.shortened(self.place, max(10, width - right.cell_length - 12))
        left_room = max(8, (width - Content(place).cell_length) // 2 - 2)
        team = wording.shortened(
            self.team, min(left_room, max(8, width - Content(place).cell_length - right.cell_length - 4))
        )
        left = Content.styled(team, "bold $accent")
        middle = Content.styled(place, "bold $foreground")
        before = max(2, (width - middle.cell_length) // 2 - left.cell_length)
        after = width - left.cell_length - before - middle.cell_length - right.cell_length
        if after < 2:
            before, after = max(1, before + after - 2), 2
        return Content.assemble(left, " " * before, middle, " " * after, right)
