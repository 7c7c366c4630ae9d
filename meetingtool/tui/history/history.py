"""Looking back: a search as you type over everything told, with the whole of each record beside the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from time import perf_counter
from typing import ClassVar

import msgspec
from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Click, DescendantFocus
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from meetingtool.actions.history.history import History, Listed
from meetingtool.actions.stories.background import background
from meetingtool.rules import wording
from meetingtool.rules.history.entries import Entry
from meetingtool.rules.history.query import Query, highlights
from meetingtool.rules.history.search import Facets
from meetingtool.rules.kinds.kind import Background
from meetingtool.rules.stories.completion import Completion, query_completion_at
from meetingtool.tui.history import found_text
from meetingtool.tui.history.facet_text import FacetLines, facet_groups
from meetingtool.tui.history.found_text import ORDERS, Order
from meetingtool.tui.history.history_deeds import HistoryDeeds
from meetingtool.tui.history.history_row import history_row
from meetingtool.tui.history.legend import legend
from meetingtool.tui.history.query_line import QueryLine
from meetingtool.tui.lists.detail_panel import DetailPanel
from meetingtool.tui.lists.record_list import RecordList
from meetingtool.tui.stories import record_deeds
from meetingtool.tui.stories.record_text import Spans, heading, in_short

DETAIL_AFTER = 0.25
"""Seconds the cursor rests on a row before its promises and ratings are looked up."""

FIRST_FOR = 0.002
"""Seconds for which a key goes on looking and counting once the screen is full: a small history is counted at once."""

NONE_FOR = 0.015
"""Seconds for which a key looks for rows at all before the screen is drawn."""

SLICE = 0.008
"""Seconds of counting at a time; keys are answered in between."""

PAUSE = 0.002
"""Seconds between two slices."""

SPANS_KEPT = 128
"""For how many texts it is remembered where a query's words stand in them."""

GROW_EVERY = 0.25
"""Seconds between two checks of how far reading earlier years has got: each check takes time from it."""

NOT_IN_ROOM = frozenset({"private"})
"""What the query line does not offer while the screen is shared."""

STORIES = ("win", "sticky", "praise")
TO_THANK_FOR = ("win", "voice")
ON_A_RECORD = ("edit", "copy", "narrow")
ON_A_STORY = ("star", "private", "remove", "card")


class HistoryScreen(HistoryDeeds):
    """The query line, what it finds, and the whole of what is under the cursor."""

    PLACE = "History"
    CSS_PATH = "history.tcss"
    AUTO_FOCUS = "RecordList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "order", "Order", show=False, id="history.order", tooltip="Newest, oldest or best match first"),
        Binding("escape", "back", "Back", show=False, id="history.back",
                tooltip="Clear the search, then back to where you came from"),
    ]  # fmt: skip

    @dataclass(kw_only=True)
    class YearRead(Message):
        """An earlier year has become searchable. last: there is none left."""

        last: bool = False

        def can_replace(self, message: Message) -> bool:
            """Only the latest progress counts."""
            return isinstance(message, HistoryScreen.YearRead)

    def __init__(self) -> None:
        super().__init__()
        self._query = Query("")
        self._spans: Spans = lambda text: ()
        self._found: Listed | None = None
        self._counts = Facets()
        self._order: Order = "newest first"
        self._begun = False
        self._seen: tuple[int, bool, date] | None = None
        self._to_detail: Timer | None = None
        self._to_count: Timer | None = None
        self._told: set[int] = set()
        self._reading = False
        self._taken = self._grown = 0.0
        self._behind: tuple[str, Background] = ("", Background())
        self._works_on = (False, False, False)
        self._asked_in_private = ""

    @property
    def history(self) -> History:
        """The search."""
        return self.tool.history

    @property
    def found(self) -> Listed | None:
        """What the query finds."""
        return self._found

    def body(self) -> Iterable[Widget]:
        yield QueryLine(self._complete, self._typed)
        results = Vertical(
            Static(id="none", markup=False),
            RecordList(),
            FacetLines(id="facets"),
            id="results",
            classes="panel",
        )
        yield Horizontal(results, DetailPanel(id="beside", classes="panel"), id="columns")

    def on_mount(self) -> None:
        self.rows.focus()

    def search(self) -> None:
        """Put the cursor into the query line, with what was looked for selected: typing takes its place."""
        self.line.focus()
        self.line.input.select_all()

    # Following the records

    def show_records(self) -> None:
        self._follow()
        seen = (self.desk.workspace.generation, self.desk.room, self.desk.today)
        if seen != self._seen:
            if self._seen is not None and self._seen[1] != self.desk.room:
                self._set_aside()
            self._seen = seen
            self._search(keep=True)

    def _set_aside(self) -> None:
        """Hide in the room what was looked for in private; it is there again afterwards."""
        if self.desk.room:
            self._asked_in_private, self.line.text = self.line.text, ""
        elif not self.line.text:
            self.line.text = self._asked_in_private

    def _follow(self) -> None:
        if not self._begun:
            self._begun = True
            self.history.begin()
        self.history.follow()
        if self.history.years_left and not self._reading:
            self._reading = True
            self.call_after_refresh(self._read_on)
        self._say_progress()

    @work(thread=True, group="history")
    def _read_on(self) -> None:
        """Read the earlier years, newest first, one at a time."""
        worker = get_current_worker()
        with self.desk.workspace.showing():
            while not worker.is_cancelled and self.history.read_on():
                self.post_message(self.YearRead())
        self.post_message(self.YearRead(last=True))

    @on(YearRead)
    def _year_read(self, message: YearRead) -> None:
        self._reading = not message.last
        now = perf_counter()
        if self._reading and now < self._grown + GROW_EVERY:
            return
        self._grown = now
        self.show_records()
        self._grow()

    def _say_progress(self) -> None:
        left = self.history.years_left
        years = f"{left[0]}–{left[-1]}" if len(left) > 1 else str(left[0]) if left else ""
        self.query_one("#results").border_subtitle = f"still reading {years} …" if left else ""
        for year, error in self.history.unreadable.items():
            if year not in self._told:
                self._told.add(year)
                self.tool.tell(error)

    # Searching

    def _complete(self, text: str, cursor: int) -> Completion | None:
        found = query_completion_at(text, cursor, self.desk.roster, self.desk.customers())
        if found is None or not self.desk.room:
            return found
        options = tuple(option for option in found.options if option.label not in NOT_IN_ROOM)
        return msgspec.structs.replace(found, options=options) if options else None

    def _typed(self) -> None:
        if self._begun:
            self._search(keep=False)

    def _look(self) -> Listed:
        return self.history.look(
            self._query, newest_first=self._order != "oldest first", best_match=self._order == "best match first"
        )

    def _search(self, *, keep: bool) -> None:
        """Find what is asked for now: the rows that fit the screen at once, the rest and the counts as soon as
        possible.

        keep: leave the cursor on the record it is on.
        """
        self.history.stand_back(True)
        started = perf_counter()
        before = self.chosen_entry if keep else None
        self._query = query = self.history.query(self.line.text)
        self._spans = lru_cache(SPANS_KEPT)(lambda text: highlights(text, query))  # a row asks twice
        self._found = found = self._look()
        fit = self.size.height
        while perf_counter() < started + (FIRST_FOR if len(found) >= fit else NONE_FOR):
            if not (found.step() or found.tally()):
                break
        place = self._place_of(before) if keep else 0
        self._taken = perf_counter() - started
        self.rows.show(len(found), self._row, cursor=place)
        self.line.say(self._about_query())
        if self._to_count is not None:
            self._to_count.stop()
        if found.complete and not found.tally():
            self._tell()
        else:
            self._to_count = self.set_timer(PAUSE, self._count_on)

    def _count_on(self) -> None:
        """Go on looking for a moment, then counting for a moment; at the end, say what was found."""
        found = self._found
        if found is None:
            return
        started = perf_counter()
        while (found.step() or found.tally()) and perf_counter() < started + SLICE:
            pass
        self._taken += perf_counter() - started
        if self.rows.count < self.size.height:
            self.rows.grow(len(found))
        if found.complete and not found.tally():
            self._tell()
        else:
            self._to_count = self.set_timer(PAUSE, self._count_on)

    def _tell(self) -> None:
        """Say what was found, once all is counted."""
        if self._found is None:
            return
        self.history.stand_back(False)
        self._counts = self._found.facets()
        self.rows.grow(len(self._found))
        self._title()
        self._none()
        self.query_one(FacetLines).show(facet_groups(self._counts, self.desk.roster, most=self.size.width // 2))

    def _grow(self) -> None:
        """Add what another year brings; if the rows in sight stay the same, it is only counted."""
        old, seen = self._found, range(self.rows.scroll_offset.y, self.rows.scroll_offset.y + self.size.height)
        found = self._look()
        if old is None or self._order == "best match first" or not found.complete:
            found.reach(seen.stop)
        if old is None or _ids(old, seen) != _ids(found, seen):
            self._search(keep=True)
            return
        self._found, self._taken = found, 0.0
        if self._to_count is not None:
            self._to_count.stop()
        self._count_on()

    def _place_of(self, entry: Entry | None) -> int | None:
        """The place of the entry among all that is found; None leaves the cursor where it is."""
        found = self._found
        if entry is None or found is None:
            return None
        place = found.place_of(entry)
        while place is None and found.step():
            place = found.place_of(entry)
        return place

    def _title(self) -> None:
        if self._found is None or not self._found.complete:
            return
        self.line.found(found_text.counted(self._counts, self._taken, wide=self.size.width >= 100))
        title = found_text.title(self._query, len(self._found), order=self._order)
        self.query_one("#results").border_title = title

    def _none(self) -> None:
        """What to say in place of rows."""
        none = self.query_one("#none", Static)
        none.display = not self._found
        if not self._found:
            blamed = self.history.blame(self._query)
            none.update(found_text.nothing(self._query, blamed, room=self.desk.room))

    def _about_query(self) -> Content:
        """What was not understood, otherwise a reminder of what can be typed."""
        if self._query.notes:
            return Content.styled(wording.one_line(" ".join(self._query.notes)), "$text-muted")
        if not self._query.terms:
            keys = "^l how to search" if self.line.input.has_focus else "/ to search · l how to search"
            return Content.styled(keys, "$text-muted")
        return Content("")

    def _row(self, index: int) -> Content:
        record = self.record(self._found[index]) if self._found is not None else None
        if record is None:
            return Content.styled("no longer here", "$text-muted")
        return history_row(self.desk.to_draw(record), self.desk.roster, self.rows.row_width, self._spans)

    def on_resize(self) -> None:
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """What depends on the width."""
        self._title()
        self._show_whole()

    @on(Click, "#facets")
    def _facets_clicked(self) -> None:
        self.action_narrow()

    # Beside the list

    @on(RecordList.Highlighted)
    def _highlighted(self) -> None:
        """Show the words at once, and what belongs to them when the cursor rests."""
        self._show_whole()
        if self._to_detail is not None:
            self._to_detail.stop()
        self._to_detail = self.set_timer(DETAIL_AFTER, self._look_up)
        entry = self.chosen_entry
        works_on = entry is not None and entry.kind in STORIES, entry is not None, self._to_thank_for(entry)
        if works_on != self._works_on:
            self._works_on = works_on
            self.refresh_bindings()

    def _look_up(self) -> None:
        record = self.chosen
        if record is not None and self.query_one("#beside").display:
            self._behind = record.id, background(self.desk, record)
            self._show_whole()

    def _show_whole(self) -> None:
        beside = self.query_one(DetailPanel)
        if not beside.display:
            return
        today, record = self.desk.today, self.chosen
        if record is None or (self.line.input.has_focus and not self._query.terms):
            beside.put("How to search", legend(max(beside.text_width, 20)), home=False)
        else:
            known = self._behind[0] == record.id
            behind = self._behind[1] if known else Background()
            words = in_short(self.desk.to_draw(record), behind, self.desk.roster, self._spans)
            beside.put(heading(record, today).plain, words, home=not known)

    @on(DescendantFocus)
    def _focus_moved(self) -> None:
        if self._begun:
            self.line.say(self._about_query())
            self._show_whole()
            self.refresh_bindings()

    # What can be done

    @property
    def chosen_entry(self) -> Entry | None:
        """What is under the cursor."""
        at, found = self.rows.cursor, self._found
        return found[at] if at is not None and found is not None and at < len(found) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow only what works on what is under the cursor."""
        if not self._begun:
            return True
        typing = self.line.input.has_focus
        if action == "legend_in_line" or typing:
            return action in ("legend_in_line", "back") and typing
        if action == "thank":
            return self._to_thank_for(self.chosen_entry)
        if action in ON_A_RECORD:
            return self.chosen_entry is not None
        if action in ON_A_STORY:
            entry = self.chosen_entry
            return entry is not None and entry.kind in STORIES
        return True

    def why_not(self, action: str) -> str:
        """Why nobody can be thanked for what is under the cursor."""
        return record_deeds.why_no_thanks(self.chosen) if action == "thank" and not self.line.input.has_focus else ""

    def _to_thank_for(self, entry: Entry | None) -> bool:
        """Whether somebody can be thanked for it, as far as the search knows: a key needn't wait for the record."""
        return entry is not None and entry.kind in TO_THANK_FOR and bool(entry.people)

    @on(QueryLine.Left)
    def _left_line(self) -> None:
        self.screen.set_focus(self.rows)

    @on(RecordList.LeftAbove)
    def _left_list(self) -> None:
        self.line.focus()

    def action_order(self) -> None:
        """Oldest first, best match first, or newest first again."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._search(keep=True)

    def action_back(self) -> None:
        """Back to where the search was begun; else clear the search, and when there is none, back."""
        if self.came_from is not None and self.came_from[0] == self.line.text:
            back = self.came_from[1]
            self.look_for("")
            back()
        elif self.line.text:
            self.line.text = ""
        else:
            self.tool.action_go_back()


def _ids(found: Listed, places: range) -> list[str]:
    return [found[place].id for place in places if place < len(found)]
