"""What the screens may ask of the app: they are written against this class and know nothing of the app itself."""

from __future__ import annotations

import gc
from asyncio import to_thread
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.message_pump import MessagePump
from textual.screen import Screen

from meetingtool.actions.desk import Desk
from meetingtool.errors import InRoom, MeetingtoolError, NotFound
from meetingtool.records.base import Record
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.store import BookDamaged, Deed
from meetingtool.store.errors import NotYours, ServerAway
from meetingtool.tui.drafts import AppDrafts

if TYPE_CHECKING:
    from meetingtool.actions.history.history import History
    from meetingtool.actions.keeping.undo import BeyondUndo
    from meetingtool.records.complaints import Complaint
    from meetingtool.rules.people.periods import Period

T = TypeVar("T")

ROOT = "today"
"""The mode in which every way back ends."""

NOTHING_TO_FIND = "There is no list to look through here. What you type does nothing until you press Escape."

MOVES = frozenset({"left", "right", "up", "down", "enter", "escape", "tab", "shift+tab", "pageup", "pagedown"})
"""Keys that only lead elsewhere, and stay silent where there is nowhere to go."""

WARNED_FOR = 20.0
"""Seconds for which a warning is shown."""


@runtime_checkable
class Redraws(Protocol):
    """A screen that can show the records as they are now, keeping focus, cursor and half-typed text."""

    @property
    def is_mounted(self) -> bool:
        """Whether its widgets exist."""

    def redraw(self) -> None:
        """Show the records as they are now."""


@runtime_checkable
class Explains(Protocol):
    """A widget that knows why one of its keys can't work where it was pressed."""

    def why_not(self, action: str) -> str:
        """Why an action can't be done now, and what would help; empty where there is nothing to say."""


@runtime_checkable
class Finds(Protocol):
    """A list in which a row is found by typing."""

    @property
    def findable(self) -> bool:
        """Whether there is something to find."""

    def action_find(self, key: str = "") -> None:
        """Ask what to find."""


class Tool(App[None]):
    """One workspace, read through `desk` and changed through `attempt`, and the ways to elsewhere.

    The ways to elsewhere are only named here: the app knows all screens and carries them out.
    """

    drawn = False
    """Whether a first frame has been drawn."""

    set_up: bool
    """Whether there is a team yet."""

    def __init__(self, desk: Desk, *, sample: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.workspace = desk.workspace
        self.sample = sample
        """Whether it is the sample team."""
        self.damage: BookDamaged | None = None
        """What ended the app and is to be mended."""
        self.encrypted_meanwhile = False
        """Whether the app ended because its workspace was encrypted from it: it starts anew with the passphrase."""
        self.saved_to: Path | None = None
        """The folder a file was saved to last, offered for the next one."""
        self.from_elsewhere = False
        """Whether the screens are just being shown what another program changed."""
        self.drafts = AppDrafts(desk.workspace.drafts, self.tell)
        """What is half typed anywhere in the app."""
        self.told_in_room: set[str] = set()
        """The ids of records whose lines were typed while the screen was shared."""
        self._trail: list[str] = []
        self._missed = ""
        self._unread = False
        self._looked_in_vain: Screen[object] | None = None
        self._looks = False
        self._warned_until = 0.0
        self._history: History | None = None
        self._freezes = not gc.isenabled()  # `run` left garbage collection to the app: the process is its own

    @property
    def history(self) -> History:
        """The search over everything told, one for the whole run; its `begin` has still to be called once."""
        if self._history is None:
            from meetingtool.actions.history.history import History  # heavy, and not needed for the first frame

            self._history = History(self.desk)
        return self._history

    def on_unmount(self) -> None:
        """Nothing that is read in a thread keeps the app from closing."""
        if self._history is not None:
            self._history.stand_back(False)

    def swallows(self, key: str) -> bool:
        """What is typed after a `/` that finds nothing is no deed: not before another key, or Enter or Escape, ends
        it."""
        if self._looked_in_vain is None or self._looked_in_vain is not self.screen:
            return False
        if _printed(key) or key == "space":
            self.say(NOTHING_TO_FIND)
            return True
        self._looked_in_vain = None
        return key in ("enter", "escape")

    def in_vain(self, key: str, meant: list[tuple[DOMNode, Binding]]) -> None:
        """Say why what a key stands for can't be done here and now; at least say what can't be done. A list with
        another key for finding finds by this one, too."""
        for node, binding in meant:
            if isinstance(node, Finds) and node.findable and binding.action.startswith("find("):
                node.action_find()
                return
        if key == "slash" and self.set_up:
            self._looked_in_vain = self.screen
            self.say(NOTHING_TO_FIND)
            return
        for node, binding in meant:
            if isinstance(node, Explains) and (why := node.why_not(binding.action.partition("(")[0])):
                self.say(why)
                return
        named = [binding for _, binding in meant if binding.id and binding.description and binding.key not in MOVES]
        if named:
            what = "That key" if self.desk.room else f"“{named[-1].description}”"  # a list knows less than its page
            self.say(f"{what} has nothing to work on here. ? shows the keys that work.")
        elif not meant and self.set_up and (sign := _printed(key)):
            self.say(f"“{sign}” does nothing here. ? shows the keys that work.")

    # Changing records, and showing the result

    def attempt(self, deed: Callable[[], T]) -> T | None:
        """Do something that may be refused or fail; if so, show that and return None. Every screen shows the result."""
        try:
            with self.workspace.showing(False):
                result = deed()
        except MeetingtoolError as error:
            self.tell(error)
            self.redraw()
            return None
        self.redraw()
        return result

    def tell(self, error: MeetingtoolError) -> None:
        """Show what was refused or failed, and what to do next; where a book is damaged, close the app to mend it."""
        if isinstance(error, BookDamaged):
            self.damage = error
            self.end()
            return
        self._replace_notices()
        self.notify(str(error), title=error.title, severity="error", timeout=10, markup=False)

    def goes_on(self, error: BaseException) -> bool:
        """Whether the app goes on after a failure that nobody caught: after one of where the records are, which is
        told; what couldn't be read is shown as soon as it can be."""
        if not isinstance(error, MeetingtoolError) or isinstance(error, (BookDamaged, InRoom, NotYours)):
            return False
        self._unread = self._unread or isinstance(error, ServerAway)
        self.tell(error)
        return True

    def say(self, text: str, *, title: str = "") -> None:
        """Say that something was done; earlier messages have been read or are no longer true."""
        self._replace_notices()
        self.notify(text, title=title, timeout=4, markup=False)

    def warn(self, text: str, *, title: str = "") -> None:
        """Warn that something is wrong with the records or where they are; later messages do not replace this."""
        self._warned_until = monotonic() + WARNED_FOR
        self.notify(text, title=title, severity="warning", timeout=WARNED_FOR, markup=False)

    def _replace_notices(self) -> None:
        """Clear earlier messages, unless a warning about the records is among them."""
        if monotonic() >= self._warned_until:
            self.clear_notifications()

    def undo(self, *, past: bool = False) -> None:
        """Undo the last deed and say what it was; ask whether to undo the one before where the last can't be.

        past: leave out those that can't be undone.
        """
        from meetingtool.actions.keeping.undo import BeyondUndo, told_standing, undo

        refused: BeyondUndo | None = None

        def undone() -> Deed | None:
            nonlocal refused
            try:
                return undo(self.workspace, self.desk.now, room=self.desk.room, past=past, here=self.told_in_room)
            except BeyondUndo as error:
                if error.older is None or self.desk.room:
                    raise
                refused = error
                return None

        deed = self.attempt(undone)
        if deed is not None:
            standing = "" if self.desk.room else told_standing(self.workspace, deed)
            self.say(f"Undone: {self.told(deed)}. {standing}".rstrip())
        elif refused is not None:
            self.ask_past(refused, "" if refused.older is None else self.told(refused.older))

    def told(self, deed: Deed) -> str:
        """What a deed was and what it was about; for a change of the settings, which of them have which value again."""
        from meetingtool.tui.undone import settings_undone

        what = deeds.deed_words(deed.what)
        if deed.what == deeds.SETTINGS:
            return ". ".join(filter(None, (what, settings_undone(self.workspace, deed))))
        about = self._about(deed)
        return f"{what}, “{about}”" if about else what

    def _about(self, deed: Deed) -> str:
        """The first words or the name of what a deed changed, where they may be shown."""
        from meetingtool.rules.kinds.table import name_of

        for change in deed.changes:
            with suppress(NotFound, InRoom):
                record = self.desk.get(Record, change.id)
                if deed.what == deeds.SURVEY_IMPORTED:
                    record = self.desk.get(Record, getattr(record, "survey", record.id))
                return wording.shortened(name_of(record, self.desk.roster), 40)
        return ""

    def end(self) -> None:
        """Keep what is half typed, and close."""
        self._keep_half_typed()
        self.exit()

    def _keep_half_typed(self) -> None:
        self.drafts.keep_all()
        self.ending = True

    # Following the records

    def redraw(self) -> None:
        """Let every open screen show the records as they are now."""
        for screen in self.screen_stack:
            if isinstance(screen, Redraws) and screen.is_mounted:
                screen.redraw()

    def look_for_changes(self) -> None:
        """Show what another program has changed meanwhile. NotYours, which ends the app, when the team is another's."""
        self._take_in(self.workspace.refresh)

    async def look_aside(self) -> None:
        """The same, asking in a thread: keys are answered while a server says nothing."""
        if not self._looks:
            self._looks = True
            try:
                take = await to_thread(self.workspace.look_ahead)
            finally:
                self._looks = False
            self.call_later(self._take_in, take)

    def _take_in(self, take: Callable[[], bool]) -> None:
        try:
            changed = take()
        except NotYours:
            self._keep_half_typed()
            raise
        except MeetingtoolError as error:
            if str(error) != self._missed:
                self.tell(error)
            self._missed = str(error)
            return
        self._missed = ""
        changed, self._unread = changed or self._unread, False
        if changed:
            self.from_elsewhere = True
            self.redraw()
            self.from_elsewhere = False

    def set_room(self, room: bool) -> None:
        """Share the screen with the room, or keep it private. Text half typed in private is not shown in the room."""
        from textual.command import CommandPalette

        self.drafts.keep_all()
        self.desk.room = room
        if isinstance(self.screen, CommandPalette):  # what it found, and what was typed in it, was for the other state
            self.screen.dismiss()
        if room:
            self._warned_until = 0.0
            self.clear_notifications()
        self.redraw()
        self.drafts.take_up()
        self.refresh_bindings()

    def keep_for_good(self) -> None:
        """The parts of a mode stay for good, so garbage collection, which stops everything else, needn't look at them
        again and again. Only where `run` left collecting to the app, not in a shared process.
        """
        self.drawn = True
        if self._freezes:
            gc.freeze()
            gc.enable()

    # The ways to elsewhere

    def action_mode(self, mode: str) -> None:
        """Go to one of the modes."""
        if self.current_mode != mode:
            here = self.current_mode
            been = [other for other in self._trail if other not in (here, mode)]
            self._trail = [] if mode == ROOT else [*been, here]
            self.switch_mode(mode)

    def action_go_back(self) -> None:
        """Back to the mode that led to this one, and in the end to Today."""
        mode = self._trail.pop() if self._trail else ROOT
        if self.current_mode != mode:
            self.switch_mode(mode)

    def go_to(self, mode: str, deed: str) -> None:
        """Go to a mode, and do there what one of its keys does."""
        self.action_mode(mode)
        screen = self.screen
        screen.call_after_refresh(self.run_action, deed, screen)

    def action_capture(
        self, kind: str, text: str = "", because: str = "", then: Callable[[str], object] | None = None
    ) -> None:
        """Note something without leaving the screen. text: what the line begins with. because: the id of what thanks
        are for. then: called with the id of what was noted last."""
        raise NotImplementedError

    def ask_past(self, refused: BeyondUndo, before: str) -> None:
        """Offer to undo the latest deed before the one that can't be undone. before: what that was."""
        raise NotImplementedError

    def open_record(self, record: Record) -> None:
        """Open the page of a story or a follow-up, or the minutes of a meeting."""
        raise NotImplementedError

    def find_row(self, names: Sequence[str], point: Callable[[int], object]) -> None:
        """Let a row of a list be found by typing; `point` puts the cursor on it."""
        raise NotImplementedError

    def next_step(self, complaint: Complaint) -> None:
        """Do the step of a complaint that is due."""
        raise NotImplementedError

    def show_person(self, person_id: str) -> None:
        """Go to a person's page."""
        raise NotImplementedError

    def look_for(self, query: str, back: Callable[[], object] | None = None) -> None:
        """Show in the history what a query finds. back: where Escape leads as long as that is shown."""
        raise NotImplementedError

    def show_ratings(self) -> None:
        """People by standards, to rate."""
        raise NotImplementedError

    def show_training(self) -> None:
        """People by courses."""
        raise NotImplementedError

    def show_insight(self, view: str = "year", of: str = "", period: Period | None = None) -> None:
        """Look at many records together. of: the id of a person or a standard, or the name of a customer."""
        raise NotImplementedError


def _printed(key: str) -> str:
    """The sign that a key types; empty for one that types none."""
    from textual.keys import key_to_character

    sign = key_to_character(key) or ""
    return sign if len(sign) == 1 and sign.isprintable() and not sign.isspace() else ""


class InTool(MessagePump):
    """A screen or widget of the app, with typed access to it."""

    @property
    def tool(self) -> Tool:
        """The app."""
        app = self.app
        assert isinstance(app, Tool)
        return app

    @property
    def desk(self) -> Desk:
        """The reading side of the workspace."""
        return self.tool.desk
