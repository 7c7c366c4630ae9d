"""What became of an alert, asked step by step: what it was, what is done about it, or why it is dismissed."""

from __future__ import annotations

from typing import cast, get_args

from textual.content import Content

from meetingtool.actions.customers import alerts
from meetingtool.actions.customers.alerts import Cause
from meetingtool.records.alerts import Alert
from meetingtool.rules.customers.for_meeting import CAUSES
from meetingtool.tui.dialogs.ask_text import AskText
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.tool import Tool


async def explain(tool: Tool, alert: Alert) -> None:
    """Ask what it was, in a kind and in words, and write it down."""
    options = [(cause, Content(CAUSES[cause])) for cause in get_args(Cause)]
    cause = await tool.push_screen_wait(Choose("What do we think it was?", options, chosen=alert.cause))
    if cause is None:
        return
    desk = tool.desk
    await tool.push_screen_wait(
        AskText(
            "What do we think it was?",
            value=alert.words,
            hint="In a few words",
            draft=f"alert-was-{alert.id.lower()}",
            take=lambda words: alerts.explain(desk.workspace, alert, cast("Cause", cause), words, desk.now),
        )
    )


async def act(tool: Tool, alert: Alert) -> None:
    """Ask for the action that answers it."""
    desk = tool.desk
    line = await tool.push_screen_wait(
        AskText(
            "What do we do about it?",
            hint="what, @who, by when: a second van on Mondays @tom by fri",
            draft=f"alert-act-{alert.id.lower()}",
            take=lambda line: alerts.act_on(desk.workspace, alert, line, desk.now),
        )
    )
    if line is not None:
        tool.say("The action is noted, and the alert is done. u undoes both.")


async def dismiss(tool: Tool, alert: Alert) -> None:
    """Ask why it is dismissed."""
    desk = tool.desk
    reason = await tool.push_screen_wait(
        AskText(
            "Why is it dismissed?",
            hint="In a few words",
            draft=f"alert-why-{alert.id.lower()}",
            take=lambda reason: alerts.dismiss(desk.workspace, alert, reason, desk.now),
        )
    )
    if reason is not None:
        tool.say("Dismissed. u undoes it.")
