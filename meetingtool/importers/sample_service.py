"""How the sample team puts things right, goes to customers, and spends its fund: plain files beside the others."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import msgspec

from meetingtool.importers.customers.recent import FIELDS, read_recent
from meetingtool.importers.sample_lines import SampleLine, ShiftedDates, lines
from meetingtool.importers.tabular import Expected, read_file
from meetingtool.records.complaints import ComplaintChannel
from meetingtool.records.contacts import Reached, Work
from meetingtool.records.customers import Purchase
from meetingtool.rules.roster import Roster

Choice = TypeVar("Choice")

Became = Literal["", "kept", "dropped"]

_COMPLAINTS = ("no", "date", "time", "channel", "owner", "received_by", "line", "wants")
_STEPS = ("no", "date", "time", "step", "person", "words", "what", "more")
_CALLS = ("date", "time", "reached", "line", "became", "note")
_HOURS = ("date", "minutes", "what", "line", "became", "note")


class SampleComplaint(msgspec.Struct, frozen=True, kw_only=True):
    """A complaint in the capture grammar. owner, received_by: handles, or empty."""

    no: int
    day: date
    clock: time
    channel: ComplaintChannel
    owner: str
    received_by: str
    line: str
    wants: str


class SampleStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a complaint. what: the finding, cause, kind of offer or content. more: an amount, a day, `safety`."""

    no: int
    day: date
    clock: time
    step: str
    person: str
    words: str
    what: str
    more: str
    moved_to: date | None = None


class SampleCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call in the capture grammar. became: what became of its promises and actions: kept, dropped or nothing yet."""

    day: date
    clock: time
    reached: Reached
    line: str
    became: Became
    note: str


class SampleHours(msgspec.Struct, frozen=True, kw_only=True):
    """The leader's own time. became: as for a call."""

    day: date
    minutes: int
    what: Work
    line: str
    became: Became
    note: str


class SampleService(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. folder, calendar: for the list of customers, which is read once the team is known."""

    complaints: tuple[SampleComplaint, ...]
    steps: tuple[SampleStep, ...]
    calls: tuple[SampleCall, ...]
    hours: tuple[SampleHours, ...]
    folder: Path
    calendar: Any

    def purchases(self, roster: Roster, last: date) -> tuple[Purchase, ...]:
        """The list of recent customers, moved to the days before today. last: the last meeting as the files have it."""
        sheet = read_file(self.folder / "customers.csv", Expected(fields=FIELDS))
        rows = read_recent(sheet, roster, last).rows
        return tuple(msgspec.structs.replace(row, day=self.calendar.past(row.day)) for row in rows)


def service_of(folder: Path, calendar: ShiftedDates, handles: Collection[str]) -> SampleService:
    """What the files say. Refused with file and line where they don't fit."""
    complaints = tuple(_complaint(line, calendar, handles) for line in lines(folder, "complaints", _COMPLAINTS))
    numbers = frozenset(each.no for each in complaints)
    return SampleService(
        complaints=complaints,
        steps=tuple(_step(line, calendar, handles, numbers) for line in lines(folder, "complaint_steps", _STEPS)),
        calls=tuple(_call(line, calendar) for line in lines(folder, "calls", _CALLS)),
        hours=tuple(_hours(line, calendar) for line in lines(folder, "hands_on", _HOURS)),
        folder=folder,
        calendar=calendar,
    )


def _one_of(line: SampleLine, column: str, choices: tuple[Choice, ...]) -> Choice:
    found = next((choice for choice in choices if choice == line.text(column)), None)
    if found is None:
        raise line.refused(f"“{column}” should be one of {', '.join(map(str, choices))}.")
    return found


def _perhaps(line: SampleLine, column: str, handles: Collection[str]) -> str:
    return line.handle(column, handles) if line.text(column) else ""


def _complaint(line: SampleLine, calendar: ShiftedDates, handles: Collection[str]) -> SampleComplaint:
    return SampleComplaint(
        no=line.number("no", least=1),
        day=calendar.past(line.day("date")),
        clock=line.clock("time"),
        channel=_one_of(line, "channel", get_args(ComplaintChannel)),
        owner=_perhaps(line, "owner", handles),
        received_by=_perhaps(line, "received_by", handles),
        line=line.text("line"),
        wants=line.text("wants"),
    )


def _step(line: SampleLine, calendar: ShiftedDates, handles: Collection[str], numbers: Collection[int]) -> SampleStep:
    if line.number("no") not in numbers:
        raise line.refused("“no” is not a line of complaints.csv.")
    moved = line.text("step") == "moved"
    return SampleStep(
        no=line.number("no"),
        day=calendar.past(line.day("date")),
        clock=line.clock("time"),
        step=line.text("step"),
        person=_perhaps(line, "person", handles),
        words=line.text("words"),
        what=line.text("what"),
        more=line.text("more"),
        moved_to=calendar.moved(line.day("more")) if moved else None,
    )


def _call(line: SampleLine, calendar: ShiftedDates) -> SampleCall:
    return SampleCall(
        day=calendar.past(line.day("date")),
        clock=line.clock("time"),
        reached=_one_of(line, "reached", get_args(Reached)),
        line=line.text("line"),
        became=_one_of(line, "became", get_args(Became)),
        note=line.text("note"),
    )


def _hours(line: SampleLine, calendar: ShiftedDates) -> SampleHours:
    return SampleHours(
        day=calendar.past(line.day("date")),
        minutes=line.number("minutes", least=1, most=1440),
        what=_one_of(line, "what", get_args(Work)),
        line=line.text("line"),
        became=_one_of(line, "became", get_args(Became)),
        note=line.text("note"),
    )
