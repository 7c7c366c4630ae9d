"""A calendar file is read back by a calendar library as it was meant, whatever the words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from meetingtool.documents.formats.ics import OCTETS, Event, calendar_bytes

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AT = datetime(2026, 12, 1, 9, 0, tzinfo=timezone(timedelta(hours=1)))
TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), min_size=1, max_size=200)


@settings(max_examples=50, deadline=None)
@example('a; b, c \\ d\\n e: "f" =x', "Zoë 🎉 ‏مرحبا " * 20)
@given(TEXTS, TEXTS)
def test_words_come_through_and_no_line_is_too_long(title: str, about: str) -> None:
    written = calendar_bytes([Event(key="k", change=3, at=AT, title=title, about=about, minutes=15)], NOW)
    assert all(len(line) <= OCTETS for line in written.split(b"\r\n"))
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (event["summary"], event["description"]) == (title, about)
    assert (event["uid"], event["sequence"]) == ("k@meetingtool", 3)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (AT, AT + timedelta(minutes=15))
    assert event.decoded("dtstamp") == NOW


def test_a_day_is_a_whole_day_and_lines_and_controls_do_no_harm() -> None:
    hostile = "Call\r\nEND:VEVENT\nBEGIN:VALARM\x00\x1b[31m"
    written = calendar_bytes([Event(key="k", change=0, at=date(2026, 12, 31), title=hostile)], NOW)
    (event,) = Calendar.from_ical(written).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert event["summary"] == "Call\nEND:VEVENT\nBEGIN:VALARM[31m"
    assert len(Calendar.from_ical(calendar_bytes([], NOW)).walk("VEVENT")) == 0
