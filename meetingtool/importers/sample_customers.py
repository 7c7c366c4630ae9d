"""What customers said to the sample team: words that the manager noted, and an export of its survey."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time
from pathlib import Path
from typing import get_args

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.sample_lines import SampleLine, ShiftedDates, lines
from meetingtool.records.voices import Channel

_VOICES = ("date", "time", "channel", "meant", "read", "line")
_MEANT = {"praise": True, "problem": False, "": None}
_MOMENT = re.compile(r"(\d\d)/(\d\d)/(\d{4}) (\d\d:\d\d:\d\d [AP]M)")


class SampleVoice(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a customer, in the capture grammar. read: the day of the meeting in which they were read aloud."""

    day: date
    clock: time
    channel: Channel
    satisfied: bool | None
    line: str
    read: date | None = None


class SurveyStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the manager did with the survey. fall: how many months before the last meeting satisfaction fell."""

    file: str
    name: str
    fall: int
    cause: str
    words: str
    action: str


class SampleSurvey(msgspec.Struct, frozen=True):
    """The export as it was downloaded twice: once the month of the fall was over, and now."""

    story: SurveyStory
    after_fall: bytes
    now: bytes
    month_after: date


def voices_of(folder: Path, calendar: ShiftedDates, meetings: Collection[date]) -> tuple[SampleVoice, ...]:
    """The words that the manager noted, in the order of the file."""
    return tuple(_voice(line, calendar, meetings) for line in lines(folder, "voices", _VOICES))


def _voice(line: SampleLine, calendar: ShiftedDates, meetings: Collection[date]) -> SampleVoice:
    channel = next((one for one in get_args(Channel) if one == line.text("channel")), None)
    if channel is None:
        raise line.refused(f"“channel” should be one of {', '.join(get_args(Channel))}.")
    if line.text("meant") not in _MEANT:
        raise line.refused("“meant” should be praise, problem or nothing.")
    read = line.perhaps_day("read")
    if read is not None and calendar.moved(read) not in meetings:
        raise line.refused("“read” is not the day of a meeting.")
    return SampleVoice(
        day=calendar.past(line.day("date")),
        clock=line.clock("time"),
        channel=channel,
        satisfied=_MEANT[line.text("meant")],
        line=line.text("line"),
        read=calendar.moved(read) if read else None,
    )


def survey_of(folder: Path, story: SurveyStory, last_meeting: date, today: date) -> SampleSurvey:
    """The export with its dates moved by whole months, so that every month keeps its answers; none lies ahead."""
    try:
        text = (folder / story.file).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{story.file} is missing or can't be read.", "Install meetingtool again.") from None
    ahead = _months(today) - _months(last_meeting)
    rows = [_moved(row, ahead) for row in text.splitlines(keepends=True)]
    newest = _months(last_meeting) - story.fall + 1 + ahead
    month_after = date(newest // 12, newest % 12 + 1, 1)

    def until(day: date) -> bytes:
        return "".join(row for row, last in rows if last is None or last < day).encode("utf-8-sig")

    return SampleSurvey(story, until(month_after), until(today), month_after)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _moved(row: str, ahead: int) -> tuple[str, date | None]:
    """A row of the export with its moments moved, and the day of the last of them; None for the names above."""
    last: list[date] = []

    def moved(found: re.Match[str]) -> str:
        month, day, year, clock = found.groups()
        number = int(year) * 12 + int(month) - 1 + ahead
        there = datetime(number // 12, number % 12 + 1, min(int(day), 28))
        last.append(there.date())
        return f"{there:%m/%d/%Y} {clock}"

    text = _MOMENT.sub(moved, row)
    return text, max(last, default=None)
