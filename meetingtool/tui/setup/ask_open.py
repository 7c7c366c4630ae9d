"""Asking what a file of people or of ratings leaves open, one question at a time."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from textual.content import Content

from meetingtool.actions.people.team import Doubt
from meetingtool.errors import Refused
from meetingtool.importers.date_columns import DayOrder
from meetingtool.importers.left_open import ENCODINGS
from meetingtool.importers.wrong_letters import readings
from meetingtool.rules import wording
from meetingtool.tui.dialogs.choose import Choose
from meetingtool.tui.setup.people_text import How
from meetingtool.tui.tool import Tool

GoOn = Callable[[How], None]
_NOTHING = "\0"
"""The answer after which nothing is imported."""


class OpenChoice(msgspec.Struct, frozen=True):
    """What has to be decided, as `LeftOpen` says, or "worksheet"."""

    asks: str
    key: str = ""
    options: tuple[str, ...] = ()


def ask_open(tool: Tool, asked: OpenChoice, how: How, go_on: GoOn) -> None:
    """Ask for the worksheet, a column, whether a column says who has left, or the encoding; then read it that way."""
    options = {name: wording.one_line(name) for name in asked.options}
    if asked.asks == "worksheet":
        question = "Which worksheet is it?"
    elif asked.asks == "column":
        question = f"Which column holds the {asked.key}?"
    elif asked.asks == "encoding":
        if how.encoding:
            tool.tell(Refused(f"{how.encoding} does not fit: a letter still can't be read.", "Try another one."))
        wrong = f"“{wording.shortened(asked.key, 30)}” is not a word" if asked.key else "A letter can't be read"
        question = f"{wrong}. How was the file saved?"
        read = readings(asked.key)
        options = {name: f"{name}  {ENCODINGS[name]}  {read.get(name, '')}".rstrip() for name in asked.options}
    elif asked.asks == "raters":
        question = f"Are all the ratings yours? {wording.one_line(' has '.join(asked.options))}"
        options = {_NOTHING: "No, import nothing", "": "Yes, take them all"}
    else:
        column, yes, no = asked.options
        question = f"Does “{wording.shortened(column, 40)}” say who has left?"
        options = {yes: "Yes, it does", no: "No, leave it out"}

    def chosen(answer: str | None) -> None:
        if answer in (None, _NOTHING):
            return
        if asked.asks in ("worksheet", "encoding"):
            go_on(msgspec.structs.replace(how, **{asked.asks: answer}))
        else:
            go_on(msgspec.structs.replace(how, columns={**how.columns, asked.key: answer}))

    tool.push_screen(Choose(question, [(name, Content(said)) for name, said in options.items()]), chosen)


def ask_order(tool: Tool, question: str, how: How, go_on: GoOn) -> None:
    """Ask whether day or month comes first, if the dates of the file could be either."""
    orders: dict[str, DayOrder] = {"day-first": "day-first", "month-first": "month-first"}
    options = [("day-first", Content("the day: 3/4 is 3 April")), ("month-first", Content("the month: 3/4 is 4 March"))]

    def chosen(answer: str | None) -> None:
        if answer is not None:
            go_on(msgspec.structs.replace(how, day_order=orders[answer]))

    tool.say(question)
    tool.push_screen(Choose("Which comes first in the dates of this file?", options), chosen)


def ask_same(tool: Tool, doubt: Doubt, go_on: Callable[[bool], None]) -> None:
    """Ask whether somebody in a file is the similar person known here."""
    options = [
        ("", Content(f"{wording.shortened(doubt.name, 40)} is somebody new")),
        ("same", Content(f"It is the same person, {wording.shortened(doubt.known, 40)}")),
    ]

    def chosen(answer: str | None) -> None:
        if answer is not None:
            go_on(answer == "same")

    tool.push_screen(Choose(doubt.why, options), chosen)
