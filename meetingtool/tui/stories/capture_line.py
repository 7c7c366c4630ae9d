"""The line in which a story is typed, with what can be completed and what was understood below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.widgets import Input, Static

from meetingtool.actions.stories.told_already import told_already
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUpKind
from meetingtool.rules import wording
from meetingtool.rules.capture import Capture
from meetingtool.rules.customers.besides import OPTIONS, Besides, besides
from meetingtool.rules.customers.blame import private_line
from meetingtool.rules.stories.completion import Completion, Option, completion_at
from meetingtool.tui.drafts import APART, apart
from meetingtool.tui.frame.textual_private import QuietInput
from meetingtool.tui.stories.line_hints import CREDITS, PLEDGES, QUOTED, as_many, beside_choice, hints
from meetingtool.tui.stories.story_text import good_thanks, understood
from meetingtool.tui.tool import InTool

LINE_KINDS = ("win", "sticky", "promise", "action", "praise", "voice", "complaint", "call")
LABELS = {"praise": "thanks", "voice": "said"}
"""What a kind of line is called if not by its own name."""
WITH_MARKS = frozenset((*LINE_KINDS, "hands-on"))

DRAFT_AFTER = 0.3
"""Seconds after a letter until what is half typed is saved as a draft, however fast it goes on."""

UNSEEN = "private, and the screen is shared: typed unseen"
TOLD_FOR = 8.0
"""Seconds for which "saved" is shown."""

PREVIEW_LENGTH = 4_000
"""Lines longer than this are read when they are saved, not at every key."""


class MarkedInput(QuietInput):
    """An input that asks the line around it before Tab, Up, Down and Escape do what they usually do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "line('complete')", show=False),
        Binding("down", "line('next')", show=False),
        Binding("up", "line('previous')", show=False),
    ]

    def action_line(self, what: str) -> None:
        """Hand a key to the line."""
        line = self.query_ancestor(CaptureLine)
        line.key(what)

    @property
    def takes_lines(self) -> bool:
        """Whether several lines that are pasted at once are a list, not one line."""
        return not self.query_ancestor(CaptureLine).single

    def on_paste(self, event: events.Paste) -> None:
        """Hand several lines over."""
        if self.takes_lines and len(event.text.strip().splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.query_ancestor(CaptureLine).pasted(event.text)

    def on_key(self, event: events.Key) -> None:
        """Take Enter and Tab at once: a binding would be carried out only after letters that came with them are typed
        in. Escape first closes the offered completions.
        """
        line = self.query_ancestor(CaptureLine)
        if event.key in ("enter", "tab") or (event.key == "escape" and line.offers):
            event.stop()
            event.prevent_default()
            if event.key == "enter":
                line.enter()
            else:
                line.key("complete" if event.key == "tab" else "escape")


class CaptureLine(InTool, Vertical):
    """Types one story, promise or action at a time and posts it as `Typed`; the text stays until `saved()`."""

    DEFAULT_CSS = """
    CaptureLine {
        height: 2;
        Horizontal { height: 1; }
        #kind { width: auto; padding: 0 0 0 1; color: $accent; text-style: bold; }
        MarkedInput { width: 1fr; background: $panel; }
        #below { height: 1; padding: 0 1; color: $text-muted; }
    }
    """

    kind: reactive[str] = reactive("win")

    @dataclass
    class Typed(Message):
        """A line was entered. `record_id` is the same for every attempt to save it."""

        capture_line: CaptureLine
        kind: str
        line: str
        record_id: str

        @property
        def control(self) -> CaptureLine:
            """The line that was entered."""
            return self.capture_line

    @dataclass
    class Pasted(Message):
        """Several lines were pasted."""

        capture_line: CaptureLine
        kind: str
        text: str

    class Up(Message):
        """Up was pressed with nothing to complete."""

    def __init__(
        self, draft: str, *, kinds: tuple[str, ...] = LINE_KINDS, single: bool = False, id: str | None = None
    ) -> None:
        """single: the line of one record, not one after the other: Enter leaves it, and pasted lines are joined."""
        super().__init__(id=id)
        self.draft = draft
        self.kinds = kinds
        self.single = single
        self.day: date | None = None
        self._entered: list[tuple[str, str]] = []
        self._completion: Completion | None = None
        self._dropped: Completion | None = None
        self._choice = 0
        self._record_id = ""
        self._to_draft: Timer | None = None
        self._next_up = ""
        self._told = ""
        self._kept = ""
        self._in_room = self._begun = self._unseen = False

    @property
    def input(self) -> MarkedInput:
        """The input itself."""
        return self.query_one(MarkedInput)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static(id="kind", markup=False)
            line = MarkedInput(id="line", select_on_focus=False)
            line.cursor_blink = False
            yield line
        yield Static(id="below", markup=False)

    def on_unmount(self) -> None:
        self.tool.drafts.typing.discard(self)

    def on_mount(self) -> None:
        self.tool.drafts.typing.add(self)
        self._show_kept()
        if self.kind not in self.kinds:
            self.set_reactive(CaptureLine.kind, self.kinds[0])
        self.query_one("#kind", Static).update(f"{LABELS.get(self.kind, self.kind)} ›")
        self._show_below()

    def take_up(self) -> None:
        """The screen became shared or private: show what was half typed for that instead."""
        if self._in_room != self.desk.room and not self.single:  # the page of a single line closes
            self.input.value = ""
            self._show_kept()
            self._show_below()

    def _show_kept(self) -> None:
        """Show what was half typed; in the room only what was typed there."""
        self._in_room = self.desk.room
        self._begun = not self._in_room and self.tool.drafts.begun_in_room(self.draft)
        kind, _, line = self.tool.drafts.text(self.draft, room=self._in_room).partition("\n")
        if self._entered:  # what is being saved is not half typed any more
            line = line.removeprefix(" ".join(value for _, value in self._entered)).lstrip()
        if not line:
            return
        if told_already(self.desk, kind, line):
            self.tool.drafts.keep(self.draft, "", room=self._in_room)
            return
        if kind in self.kinds:
            self.kind = kind
        self.input.value = line
        self.input.cursor_position = len(line)
        self._told, self._kept = "half-typed, kept for you", line

    def set_apart(self) -> None:
        """Begin with an empty line; what was half typed is offered below it."""
        if self.input.value:
            self.tool.drafts.keep(self.draft, f"{self.kind}\n{self.input.value}", room=self._in_room, begun=self._begun)
        self.tool.drafts.set_apart(self.draft)
        self.input.value = self._told = ""
        self._show_below()

    def _apart(self) -> list[str]:
        """What was set apart and is not told yet: kinds and lines, the oldest first."""
        kept = self.tool.drafts.text(apart(self.draft), room=self.desk.room).split(APART)
        return [each for each in kept if each and not told_already(self.desk, *each.split("\n", 1))]

    def _take_back(self) -> None:
        """Put what was set apart first into the empty line."""
        first, *others = self._apart()
        key = apart(self.draft)
        begun = not self.desk.room and self.tool.drafts.begun_in_room(key)
        self.kind, self.input.value = first.split("\n", 1)
        self.input.cursor_position = len(self.input.value)
        self._begun = begun
        self._put_draft()
        self.tool.drafts.keep(key, APART.join(others), room=self.desk.room, begun=begun)

    def watch_kind(self, kind: str) -> None:
        if self.is_mounted:
            self._told = ""
            self.query_one("#kind", Static).update(f"{LABELS.get(kind, kind)} ›")
            self._show_below()

    def focus(self, scroll_visible: bool = True) -> CaptureLine:
        """Put the cursor into the line."""
        self.input.focus(scroll_visible)
        return self

    def next_kind(self) -> None:
        """Turn the line into the next kind."""
        self.kind = self.kinds[(self.kinds.index(self.kind) + 1) % len(self.kinds)]

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor into the line; where it is there already, one on the kind turns to the next kind."""
        if not self.input.has_focus:
            self.focus()
        elif event.widget is self.query_one("#kind"):
            self.next_kind()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value and event.value != self._kept:
            self._told = ""
        self._choice = 0
        self._show_below()
        if self._to_draft is None:
            self._to_draft = self.set_timer(DRAFT_AFTER, self._put_draft)

    def keep_now(self) -> None:
        """Save what is half typed at once."""
        self._put_draft()

    def suggest(self, handle: str) -> None:
        """Set whose turn it is: Tab in an empty line begins with them."""
        if handle != self._next_up:
            self._next_up = handle
            if self.is_mounted and not self.input.value:
                self._show_understood()

    def _put_draft(self) -> None:
        self._to_draft = None
        if self.input.is_attached:
            text = " ".join([*(value for _, value in self._entered), self.input.value])
            text = f"{self.kind}\n{text}" if text.strip() else ""
            self.tool.drafts.keep(self.draft, text, room=self._in_room, begun=self._begun)

    def enter(self) -> None:
        """Post what is typed, and empty the line at once: what comes after Enter belongs to the next one."""
        value = self.input.value
        if not value.strip():
            return
        record_id = self._record_id = self._record_id or mint(self.desk.now)
        if not self.single:
            self._record_id = ""
            self._entered.append((record_id, value))
            self.input.value = ""
        self.post_message(self.Typed(self, self.kind, value, record_id))

    def refused(self) -> None:
        """The line that was entered first is not saved: it is back here, before what was typed since."""
        if self._entered:
            self._record_id, value = self._entered.pop(0)
            self.input.value = f"{value} {self.input.value}".rstrip()
            self.input.cursor_position = len(self.input.value)
            self._put_draft()

    def settle(self, done: bool, what: str = "", more: str = "") -> None:
        """Show what became of the line that was entered first. what: its kind. more: what else there is to say."""
        if done:
            record_id = self._entered[0][0] if self._entered else self._record_id
            became = "waits for the server" if self.desk.workspace.waits(record_id) else "saved ✓"
            self.saved(f"{what} {became}{more}".lstrip())
        else:
            self.refused()

    def saved(self, what: str = "saved ✓") -> None:
        """The line that was entered first is saved."""
        self._told = what
        self.set_timer(TOLD_FOR, lambda: self._no_longer_told(what))
        if self.single:
            self._record_id = self.input.value = ""
        elif self._entered:
            self._entered.pop(0)
        self._put_draft()
        self._show_below()

    def _no_longer_told(self, what: str) -> None:
        if self._told == what:
            self._told = ""
            self._show_below()

    def pasted(self, text: str) -> None:
        """Several lines came at once."""
        self.post_message(self.Pasted(self, self.kind, text))

    def key(self, what: str) -> None:
        """Tab, Up, Down or Escape in the input."""
        options = self._look_for_completion()
        if what == "complete":
            if options:
                self._complete()
            elif self._next_up and not self.input.value and self.kind in CREDITS:
                self.input.value = f"@{self._next_up} "
                self.input.cursor_position = len(self.input.value)
            else:
                self.screen.focus_next()
        elif what == "escape":
            self._dropped = self._completion
            self._show_understood()
        elif options:
            self._choice = (self._choice + (1 if what == "next" else -1)) % len(options)
            self._show_completion()
        elif what == "previous":
            self.post_message(self.Up())
        elif not self.input.value and self._apart():
            self._take_back()

    @property
    def offers(self) -> bool:
        """Whether something is offered for completion that Escape has not closed."""
        return bool(self._look_for_completion()) and self._completion != self._dropped

    def _look_for_completion(self) -> tuple[Option, ...]:
        """What can be completed now; keys can be faster than the messages about them."""
        fresh = self._found_completion()
        if fresh != self._completion:
            self._completion, self._choice = fresh, 0
        return self._completion.options if self._completion else ()

    def _complete(self) -> None:
        completion = self._completion
        if completion is None:
            return
        value = self.input.value
        insert = completion.options[self._choice].insert
        rest = value[completion.end :]
        if not rest.startswith(" "):
            insert += " "
        self.input.value = value[: completion.start] + insert + rest
        self.input.cursor_position = completion.start + len(insert) + (1 if rest.startswith(" ") else 0)

    def _found_completion(self) -> Completion | None:
        """What can be completed at the cursor now; keys can be faster than the messages about them."""
        if self.kind not in WITH_MARKS or len(self.input.value) > PREVIEW_LENGTH or self._unseen:
            return None
        line, cursor, desk = self.input.value, self.input.cursor_position, self.desk
        pledging = self.kind in PLEDGES
        return completion_at(line, cursor, desk.roster, desk.customers(), desk.today, pledging=pledging)

    def _hide(self) -> None:
        """In the room, what will be private is shown as dots, and nothing is said about it."""
        unseen = self.desk.room and self.kind in WITH_MARKS
        if unseen and self.kind != "complaint":
            short = len(self.input.value) <= PREVIEW_LENGTH
            unseen = short and private_line(self.kind, self._read(), self.desk.roster)
        self._unseen = self.input.password = unseen

    def _show_below(self) -> None:
        self._hide()
        self._completion = self._found_completion()
        if self._completion is not None:
            self._show_completion()
        else:
            self._show_understood()

    def _show_completion(self) -> None:
        """The options with the chosen one first; for a date, beside what was understood so far."""
        completion = self._completion
        if completion is None:
            return
        options = completion.options[self._choice :] + completion.options[: self._choice]
        chosen = options[0]
        parts = [
            Content.styled(
                f" {wording.one_line(chosen.label)} ", "$block-cursor-foreground on $block-cursor-background"
            )
        ]
        if completion.kind == "date":
            parts = [self._understood(), Content("   "), *parts, Content.styled(" Tab", "$text-muted")]
        else:
            room = self.content_size.width - 2 - parts[0].cell_length
            others = [wording.one_line(option.label) for option in options[1:]]
            parts.append(Content.styled(beside_choice(wording.one_line(chosen.detail), others, room), "$text-muted"))
        self.query_one("#below", Static).update(Content("").join(parts), layout=False)

    def _understood(self) -> Content:
        """What the line says so far."""
        capture = self._read()
        width = self.content_size.width - 2
        options = self._told_besides().in_words(self.desk.today)
        if options:
            told = understood(capture, self.desk.roster, self.desk.today, width - len(options) - 3)
            return Content(" · ").join(filter(None, (Content.styled(options, "bold"), told)))
        if self.kind != "praise" or not capture.line.strip():
            return understood(capture, self.desk.roster, self.desk.today, width)
        dots = good_thanks(capture)
        told = understood(capture, self.desk.roster, self.desk.today, width - dots.cell_length - 2)
        return Content.assemble(dots, "  ", told)

    def _read(self) -> Capture:
        whole = cast("FollowUpKind", self.kind) if self.kind in PLEDGES else None
        return self.desk.read_line(self._told_besides().line, day=self.day, whole=whole, quoting=self.kind in QUOTED)

    def _told_besides(self) -> Besides:
        """What the line says besides its sentence, for kinds that can say more."""
        value = self.input.value
        return besides(value, self.desk.dates, kind=self.kind) if self.kind in OPTIONS else Besides(line=value)

    def _show_understood(self) -> None:
        value, told = self.input.value, Content("")
        if self._told:
            told = Content.assemble((self._told, "$success"), "   ")
        room = self.content_size.width - 2 - told.cell_length
        left = [] if value or self._told else self._apart()
        if left:
            kind = left[0].partition("\n")[0]
            more = f", {len(left) - 1} more" if len(left) > 1 else ""
            words = f"↓ takes up what was typed and not saved last time: {LABELS.get(kind, kind)}{more}"
            self.query_one("#below", Static).update(Content.styled(words, "$warning"), layout=False)
            return
        text = Content(UNSEEN if self._unseen else as_many(hints(self.kind, "" if value else self._next_up), room))
        if value.strip() and self.kind in WITH_MARKS and not self._unseen:
            long = len(value) > PREVIEW_LENGTH
            text = Content(f"{len(value):,} letters") if long else self._understood() or text
        self.query_one("#below", Static).update(Content.assemble(told, text), layout=False)

    def on_resize(self) -> None:
        """What is below the line depends on how long it is."""
        self._show_below()
