"""The tabs of the mode Customers, in their order."""

from __future__ import annotations

from meetingtool.tui.customers.answers_tab import AnswersTab
from meetingtool.tui.customers.calls_tab import CallsTab
from meetingtool.tui.customers.complaints_tab import ComplaintsTab
from meetingtool.tui.customers.fund_tab import FundTab
from meetingtool.tui.customers.served_tab import ServedTab
from meetingtool.tui.customers.tab import CustomersTab
from meetingtool.tui.customers.voices_tab import VoicesTab

TABS: tuple[type[CustomersTab], ...] = (VoicesTab, AnswersTab, ComplaintsTab, ServedTab, CallsTab, FundTab)
