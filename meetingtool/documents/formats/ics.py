"""A calendar file (RFC 5545), which calendars of every make import, and import again without duplicates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import msgspec

from meetingtool.rules.days import moved

OCTETS = 75
"""The most octets of a line; a longer one is folded."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a calendar. key: the same whenever it is written. change: rises when it changes.

    at: a moment with an offset, or a whole day. minutes: how long it takes, where it has a moment. off: it is to be
    cancelled in calendars that have it.
    """

    key: str
    change: int
    at: datetime | date
    title: str
    about: str = ""
    minutes: int = 30
    off: bool = False


def calendar_bytes(events: Iterable[Event], made_at: datetime) -> bytes:
    """The calendar file of events. made_at: the moment of writing."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//meetingtool//EN", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += ["BEGIN:VEVENT", f"UID:{event.key}@meetingtool", f"SEQUENCE:{event.change}"]
        lines += [f"DTSTAMP:{_utc(made_at)}", *_when(event), f"SUMMARY:{_text(event.title)}"]
        lines += [f"DESCRIPTION:{_text(event.about)}"] if event.about else []
        lines += ["STATUS:CANCELLED"] if event.off else []
        lines += ["END:VEVENT"]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _when(event: Event) -> list[str]:
    if isinstance(event.at, datetime):
        return [f"DTSTART:{_utc(event.at)}", f"DTEND:{_utc(moved(event.at, timedelta(minutes=event.minutes)))}"]
    return [f"DTSTART;VALUE=DATE:{event.at:%Y%m%d}", f"DTEND;VALUE=DATE:{moved(event.at, timedelta(days=1)):%Y%m%d}"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Words in one line, escaped, without control characters."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(letter for letter in text if letter >= " " and letter != "\x7f")


def _folded(line: str) -> str:
    """A line broken before its 76th octet, never within a letter; the next line begins with a blank."""
    folded, room = [""], OCTETS
    for letter in line:
        size = len(letter.encode())
        if size > room:
            folded.append(" ")
            room = OCTETS - 1
        folded[-1] += letter
        room -= size
    return "\r\n".join(folded)
