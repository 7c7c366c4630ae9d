"""The mode Customers: what they say, what we owe them, and who goes to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import ContentSwitcher, Static, Tab, Tabs

from meetingtool.tui.customers.tab import CustomersTab, ListTab
from meetingtool.tui.customers.tabs import TABS
from meetingtool.tui.frame.mode import ModeScreen
from meetingtool.tui.lists.clicked_tabs import ClickedTabs, fit, numbered, turning

ALL_OFF = "Everything about customers is switched off. , opens the settings, where it can be switched on."


class CustomersScreen(ModeScreen):
    """Tabs, each a small file of its own; those that are switched off or have nothing for the room are not there."""

    PLACE = "Customers"
    CSS_PATH = "customers.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"tab('{tab.NAME}')", tab.TITLE, show=False, id=f"customers.tab.{n}", tooltip=tab.ABOUT)
            for n, tab in enumerate(TABS, 1)
        ),
        *turning("customers"),
    ]

    def body(self) -> Iterable[Widget]:
        titles = numbered(tab.TITLE for tab in TABS)
        yield ClickedTabs(*(Tab(title, id=tab.NAME) for title, tab in zip(titles, TABS, strict=True)))
        yield Static(ALL_OFF, id="all-off", classes="dim", markup=False)
        with ContentSwitcher(initial=TABS[0].NAME):
            for tab in TABS:
                yield tab(id=tab.NAME)

    def on_mount(self) -> None:
        self.call_after_refresh(self._enter)

    def on_resize(self) -> None:
        self.call_after_refresh(fit, self.query_one(Tabs))

    def open_tabs(self) -> list[str]:
        """The tabs that are there now."""
        off, room = self.desk.settings.off, self.desk.room
        return [tab.NAME for tab in TABS if tab.AREA not in off and (tab.IN_ROOM or not room)]

    @property
    def shown(self) -> CustomersTab | None:
        """The tab that is shown, if any is there."""
        current = self.query_one(ContentSwitcher).current or ""
        return self.query_one(f"#{current}", CustomersTab) if current in self.open_tabs() else None

    def show_records(self) -> None:
        open_ = self.open_tabs()
        tabs = self.query_one(Tabs)
        for tab in TABS:
            (tabs.show if tab.NAME in open_ else tabs.hide)(tab.NAME)
        fit(tabs)
        self.query_one("#all-off").display = not open_
        self.query_one(ContentSwitcher).display = bool(open_)
        if self.shown is None and open_:
            self._turn_to(open_[0])
        elif self.shown is not None:
            self.shown.draw()
            self.call_after_refresh(self._filled)
        self.refresh_bindings()

    def _filled(self) -> None:
        """Move the focus: a tab that was empty had it itself, and now its content takes it; content that is gone gives
        it back."""
        if not self.is_mounted or self.shown is None or not self.is_current:
            return
        if self.focused is None or (self.focused is self.shown and not self.shown.allow_focus()):
            self.shown.enter()

    def _turn_to(self, name: str) -> None:
        """Show a tab as it is now."""
        self.query_one(ContentSwitcher).current = name
        self.query_one(Tabs).active = name
        fit(self.query_one(Tabs))
        tab = self.query_one(f"#{name}", CustomersTab)
        tab.draw()
        if not self.query_one(Tabs).has_focus:
            self._enter()
        self.refresh_bindings()

    def _enter(self) -> None:
        """Go into the shown tab at once: the next key may be there already, and must not be taken for the former
        tab."""
        if self.shown is not None and self.is_current:
            self.shown.enter()

    @on(ClickedTabs.Clicked)
    def _clicked(self) -> None:
        self._enter()

    @on(Tabs.TabActivated)
    def _activated(self, event: Tabs.TabActivated) -> None:
        """A click can reach a tab that the room has just hidden. A change that another key has overtaken is ignored:
        following it would turn back and forth for ever."""
        name, current = event.tab.id or "", self.query_one(ContentSwitcher).current or ""
        if name != self.query_one(Tabs).active:
            return
        if name in self.open_tabs() and name != current:
            self._turn_to(name)
        elif name != current:
            self.query_one(Tabs).active = current

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The key of a tab that is not there does nothing."""
        return action != "tab" or not self.is_mounted or parameters[0] in self.open_tabs()

    def action_tab(self, name: str) -> None:
        """Go to a tab."""
        self._turn_to(name)
        self._enter()

    def action_complaint(self, id: str) -> None:
        """Go to one of the complaints, where each of its steps has a key."""
        self.action_tab("complaints")
        if isinstance(self.shown, ListTab):
            self.shown.list.choose(id)

    def action_beside(self, step: int) -> None:
        """The next tab, or the one before."""
        open_ = self.open_tabs()
        if self.shown is not None:
            self.action_tab(open_[(open_.index(self.shown.NAME) + step) % len(open_)])
