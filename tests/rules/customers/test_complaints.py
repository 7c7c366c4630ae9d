"""The course of a complaint: what is due next, and what was in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from meetingtool.records.complaints import Agreed, Complaint, Step
from meetingtool.records.team import ServiceRule
from meetingtool.rules.customers.complaints import answer_due, due_words, in_time, next_due, offered_words, sums
from meetingtool.rules.customers.workdays import calendar_of

RULE = ServiceRule()
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


def complaint(*steps: tuple[str, int], **fields: Any) -> Complaint:
    """A complaint received on Tuesday 24 November. steps: name and days later."""
    taken = [Step(name="received", at=TUESDAY)]
    taken += [Step(name=name, at=TUESDAY + timedelta(days=days)) for name, days in steps]  # type: ignore[arg-type]
    base = {"id": "A" * 26, "at": TUESDAY, "made_at": TUESDAY, "made_by": "pat", "text": "late", "line": "late"}
    return Complaint(**{**base, "customer": "Acme", "steps": tuple(taken), **fields})


def due(one: Complaint) -> tuple[str, date] | None:
    found = next_due(one, RULE)
    return (found.step, found.by) if found else None


def test_it_is_acknowledged_then_answered_then_closed_then_asked() -> None:
    assert due(complaint()) == ("acknowledge", date(2026, 11, 25))
    assert due(complaint(("acknowledged", 0))) == ("answer", date(2026, 12, 1))
    answered = complaint(("acknowledged", 0), ("answered", 3))
    assert due(answered) == ("close", date(2026, 12, 4))
    closed = complaint(("answered", 3), ("closed", 3), state="closed")
    assert due(closed) == ("ask", date(2026, 12, 11))
    assert due(msgspec.structs.replace(closed, content="yes")) is None
    assert due(msgspec.structs.replace(closed, customer="")) is None


def test_asking_waits_for_a_working_day() -> None:
    assert due(complaint(("answered", 4), ("closed", 4), state="closed")) == ("ask", date(2026, 12, 14))


def test_word_is_due_while_the_answer_is_put_off_with_consent() -> None:
    moved = Agreed(step="answer", old=date(2026, 12, 1), new=date(2026, 12, 18), moved_at=TUESDAY, words="fine")
    waiting = complaint(("acknowledged", 0), moves=(moved,))
    assert due(waiting) == ("word", date(2026, 12, 1))
    heard = complaint(("acknowledged", 0), ("word", 7), moves=(moved,))
    assert due(heard) == ("word", date(2026, 12, 8))


def test_a_date_counts_as_moved_only_when_it_was_agreed_before_it_had_passed() -> None:
    new = date(2026, 12, 10)
    early = Agreed(step="answer", old=date(2026, 12, 1), new=new, moved_at=TUESDAY + timedelta(days=7), words="yes")
    late = msgspec.structs.replace(early, moved_at=TUESDAY + timedelta(days=8))
    assert answer_due(complaint(moves=(early,)), RULE) == new
    assert answer_due(complaint(moves=(late,)), RULE) == date(2026, 12, 1)
    assert in_time(complaint(("answered", 16), moves=(early,)), RULE, new) is True
    assert in_time(complaint(("answered", 16), moves=(late,)), RULE, new) is False
    assert due(complaint(("acknowledged", 0), ("word", 7), moves=(late,))) == ("word", date(2026, 12, 9))


def test_what_is_open_is_late_once_its_date_has_passed_and_undecided_before() -> None:
    assert in_time(complaint(), RULE, date(2026, 12, 1)) is None
    assert in_time(complaint(), RULE, date(2026, 12, 2)) is False


def test_reopened_it_begins_again_and_the_first_answer_still_counts() -> None:
    again = complaint(("answered", 3), ("closed", 3), ("reopened", 20))
    assert due(again) == ("acknowledge", date(2026, 12, 15))
    assert in_time(again, RULE, date(2027, 1, 30)) is True


def test_sums_name_the_causes_by_how_often_and_ask_only_of_what_is_closed() -> None:
    found = [
        complaint(("answered", 3), ("closed", 3), state="closed", content="yes", cause="wait"),
        complaint(("answered", 9), ("closed", 9), state="closed", content="no", cause="promise"),
        complaint(("answered", 2), ("closed", 2), state="closed", cause="wait"),
        complaint(),
    ]
    made = sums(found, RULE, date(2026, 11, 25))
    assert (made.open, made.in_time, made.decided, made.content, made.asked, made.unasked) == (1, 2, 3, 1, 2, 1)
    assert made.causes == (("wait", 2), ("promise", 1))


def test_days_off_are_not_counted_as_over() -> None:
    friday, calendar = date(2026, 11, 27), calendar_of(ServiceRule(holidays=("2026-12-01",)))
    said = [due_words(friday, friday + timedelta(days=days), calendar) for days in (-1, 0, 1, 2, 3, 4, 5)]
    assert said == ["tomorrow", "today", *["since Fri"] * 2, *["1 day over"] * 2, "2 days over"]


def test_from_two_weeks_of_working_days_on_the_calendar_says_how_long_it_is_over() -> None:
    due, five, one = date(2026, 1, 6), calendar_of(ServiceRule()), calendar_of(ServiceRule(workdays=(1,)))
    shut = calendar_of(ServiceRule(holidays=tuple(f"2026-01-{day:02}" for day in range(7, 30))))
    for days, said in ((13, "9 days over"), (14, "2 weeks over"), (40, "5 weeks over"), (327, "11 months over")):
        assert due_words(due, due + timedelta(days=days), five) == said
    assert [due_words(due, due + timedelta(days=days), one) for days in (13, 14)] == ["1 day over", "2 weeks over"]
    assert due_words(due, date(2026, 1, 30), shut) == "1 day over"


def test_an_apology_is_offered_only_where_the_fault_is_ours() -> None:
    assert offered_words("acknowledged", None).startswith("I am sorry")
    assert offered_words("answered", "ours").startswith("We got this wrong")
    assert offered_words("answered", "not-ours") == offered_words("closed", "ours") == ""
