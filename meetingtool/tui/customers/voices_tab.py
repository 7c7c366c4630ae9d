"""The tab Voices: what customers said, word for word, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content

from meetingtool.actions.customers import voices
from meetingtool.actions.customers.praised_comments import next_words
from meetingtool.actions.stories.background import background
from meetingtool.actions.stories.editing import line_of
from meetingtool.errors import InRoom, NotFound
from meetingtool.records.voices import Voice
from meetingtool.rules import areas, wording
from meetingtool.tui.customers.tab import ListTab
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.lists.columns_row import ColumnsRow, ColumnsTable, table
from meetingtool.tui.lists.row_panel import Row
from meetingtool.tui.stories import record_deeds, record_text

DAY_WIDTH = 10
HINT = "^customer  @who  #standard  + read it aloud  ~ private · Enter saves, Escape cancels"
CHANGING = frozenset({"read_aloud", "meant", "remove", "edit", "card"})

MEANT = {
    True: "Praise now.",
    False: "A problem now: for you alone, never in the room.",
    None: "Neither praise nor a problem now.",
}
"""The message after somebody says how words were meant."""


class VoicesTab(ListTab):
    """A list of voices; `r` marks the one to be read aloud, `y` and `P` say how one was meant."""

    NAME = "voices"
    TITLE = "Voices"
    ABOUT = "What customers said, word for word"
    AREA = areas.VOICES
    EMPTY = (
        "What customers said will appear here, word for word: a notes the first, from a card, a letter or the counter."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "Add", id="voices.add", tooltip="Note what a customer said"),
        Binding("e", "edit", "Edit", id="voices.edit", tooltip="Edit the words"),
        Binding("r", "read_aloud", "Read aloud", id="voices.read", tooltip="Mark it to be read aloud in the meeting"),
        Binding("y", "meant(True)", "Praise", id="voices.praise", tooltip="It was praise, or take that back"),
        Binding(
            "P", "meant(False)", "Problem", id="voices.problem", tooltip="It was a problem: private, or take that back"
        ),
        Binding("C", "card", "Card", id="voices.card", tooltip="A card of these words for the wall"),
        Binding("x", "remove", "Remove", id="voices.remove", tooltip="Move it to the bin"),
    ]

    def rows(self) -> Sequence[Row]:
        self.found = {voice.id: voice for voice in voices.lately(self.desk)}
        return [Row(voice.id, self._row(voice)) for voice in self.found.values()]

    def _row(self, voice: Voice) -> ColumnsRow:
        desk = self.desk
        sign = "+" if voice.starred else "✓" if voice.read_in else ""
        about = (desk.roster.names(voice.people), wording.one_line(voice.customer))
        body = Content.assemble(
            ("! " if voice.satisfied is False else "", "$warning"),
            wording.shortened(voice.text, 400),
            ("".join(f"  {part}" for part in about if part), "$text-muted"),
        )
        day = wording.day(voice.at.date(), desk.today)
        lead = [
            (Content.styled(day, "$text-muted"), max(DAY_WIDTH, len(day))),
            (Content.styled(f"{sign}{'~' if voice.private else ''}", "bold $accent"), 2),
        ]
        return ColumnsRow(lead, body)

    def title(self, number: int) -> str:
        return wording.count(number, "voice")

    def page(self, key: str) -> tuple[str, ColumnsTable]:
        voice, desk = self.found[key], self.desk
        parts: tuple[Sequence[Content | ColumnsRow], ...] = (
            [record_text.words(voice, desk.roster)],
            record_text.facts(voice, background(desk, voice), desk.roster),
            [Content.styled(self._reading(voice), "$text-muted")],
        )
        lines = [line for part in parts if any(each.plain for each in part) for line in (Content(""), *part)]
        return record_text.heading(voice, desk.today).plain, table(lines[1:])

    def _reading(self, voice: Voice) -> str:
        """Whether it is read aloud in the next meeting."""
        if voice.private:
            return "Private: it is never read aloud."
        if voice.read_in is not None:
            return ""
        if voices.waits_for_word(voice):
            return "Was it praise? y says so, and a meeting reads it aloud; P says that it was a problem."
        following = next_words(self.desk)
        return "Read aloud in the next meeting." if following and following.id == voice.id else ""

    def open(self, key: str) -> None:
        self.tool.open_record(self.found[key])

    @property
    def voice(self) -> Voice | None:
        """The one under the cursor, as it is now."""
        try:
            return self.desk.get(Voice, self.chosen) if self.chosen else None
        except (NotFound, InRoom):
            return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Changing a voice needs one under the cursor; in room nothing is said about how one was meant."""
        if action not in CHANGING:
            return True
        if not self.chosen:
            return False
        if action in ("read_aloud", "card"):
            return not self.found[self.chosen].private
        return action != "meant" or not self.desk.room

    def action_add(self) -> None:
        """Note what a customer said."""
        self.note("voice")

    def action_card(self) -> None:
        """These words as a card for the wall, to look at and to save."""
        from meetingtool.tui.papers.shared_papers import CardPage

        voice = self.voice
        if voice is not None and not voice.private:
            self.app.push_screen(CardPage(voice))

    def action_edit(self) -> None:
        """Edit the line."""
        voice, desk = self.voice, self.desk
        if voice is None:
            return
        self.app.push_screen(
            AskText(
                "Edit what the customer said",
                value=line_of(desk.workspace, voice, desk.now),
                hint=HINT,
                draft=f"voice-{voice.id.lower()}",
                take=lambda line: voices.revise_voice(desk.workspace, voice, line, desk.now),
            )
        )

    def action_read_aloud(self) -> None:
        """Mark it as the one to read aloud, or take the mark off."""
        voice, desk = self.voice, self.desk
        if voice is not None:
            self.tool.attempt(lambda: voices.mark_to_read(desk.workspace, voice, desk.now))

    def action_meant(self, satisfied: bool) -> None:
        """Say how it was meant; the same key again takes that back. Something private is shown only after asking."""
        voice, desk = self.voice, self.desk
        if voice is None:
            return
        said = None if voice.satisfied is satisfied else satisfied

        def note(shown: bool | None) -> None:
            if shown is None:
                return
            noted = self.tool.attempt(lambda: voices.say_meant(desk.workspace, voice, said, desk.now, shown=shown))
            if noted is not None:
                stays = " It stays private." if noted.private and said is not False else ""
                self.tool.say(f"{MEANT[said]}{stays} u undoes it.")

        if said and voice.private and not voices.meant(desk.workspace, voice, said, desk.now, shown=True).private:
            record_deeds.ask_to_show(self.tool, "As praise it can be read aloud in the meeting.", note)
        else:
            note(False)

    def action_remove(self) -> None:
        """Move it to the bin."""
        voice = self.voice
        if voice is not None:
            record_deeds.put_into_bin(self.tool, voice)
