"""Choosing the period for people, scores and evaluations."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content

from meetingtool.actions.people import standing
from meetingtool.rules import wording
from meetingtool.rules.people.periods import Period, period_named
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.tool import Tool

OTHER = ""

NOT_BEGUN = "The period after this one has not begun."


def choose_period(tool: Tool, chosen: Callable[[Period], None]) -> None:
    """Offer the usual years and half years, those for which evaluations were begun, and one to type."""
    periods = standing.periods_to_choose(tool.desk)
    today = tool.desk.today
    options = [
        (
            str(index),
            Content.assemble(
                (period.label.ljust(24), "bold"),
                (f"{wording.day(period.since, today)} to {wording.day(period.until, today)}", "$text-muted"),
            ),
        )
        for index, period in enumerate(periods)
    ]

    def picked(index: str | None) -> None:
        if index == OTHER:
            _ask(tool, chosen)
        elif index is not None:
            chosen(periods[int(index)])

    tool.push_screen(Choose("Which period?", [*options, (OTHER, Content("type another one"))]), picked)


def _ask(tool: Tool, chosen: Callable[[Period], None]) -> None:
    def named(text: str) -> Period:
        return period_named(text, tool.desk.settings.year_starts)

    def typed(text: str | None) -> None:
        if text is not None:
            chosen(named(text))

    hint = "2026, 2026 H1, 2026 Q3 or 2026-01-01..2026-06-30"
    tool.push_screen(AskText("Which period?", draft="period", hint=hint, take=named), typed)
