from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules.capture import parse
from meetingtool.rules.roster import Roster
from meetingtool.rules.stories.completion import Completion, completion_at, query_completion_at

TODAY = date(2026, 11, 24)
CUSTOMERS = ["Blue Door Café", "Acme", "Zum Café", "Blueprint & Co", 'The "Old" Inn']


def at(line: str, roster: Roster) -> Completion | None:
    """The completion where the `|` stands in `line`."""
    return completion_at(line.replace("|", ""), line.index("|"), roster, CUSTOMERS, TODAY)


def offered(line: str, roster: Roster) -> list[str]:
    found = at(line, roster)
    return [option.insert for option in found.options] if found else []


def test_an_option_says_who_is_meant(roster: Roster) -> None:
    found = at("@kar|", roster)
    assert found is not None
    assert (found.kind, found.start, found.end) == ("person", 0, 4)
    assert [(o.insert, o.label, o.detail) for o in found.options] == [("@karim", "@karim", "Karim Haddad · Front desk")]


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("@ZOE|", ["@zoe"]),
        ("@zoë|", ["@zoe"]),
        ("@sam|", ["@sam-b", "@sam-c"]),
        ("@lop|", ["@maria"]),
        ("@o'n|", ["@sean"]),
        ("@tomm|", ["@tom"]),
        ("@Sam Be|", ["@sam-b"]),
        ("@tommy N|", ["@tom"]),
        ("@tom no|", []),
        ("@प्रि|", ["@priya"]),
        ("(@to|)", ["@tom"]),
        ("@ma|rio stayed", ["@maria", "@zoe"]),
        ("#o|", ["#on-time", "#own-it"]),
        ("#time|", ["#on-time"]),
        ("^blu|", ['^"Blue Door Café"', '^"Blueprint & Co"']),
        ("^cafe|", ['^"Blue Door Café"', '^"Zum Café"']),
        ('^"blue do|', ['^"Blue Door Café"']),
        ("^ac|", ["^Acme"]),
        ("!refund by to|", ["today", "tomorrow"]),
        ("!refund by fr|", ["Friday"]),
        (">tell all by end|", ["end of month"]),
    ],
)
def test_what_begins_so_is_offered(line: str, options: list[str], roster: Roster) -> None:
    assert offered(line, roster) == options


def test_handles_come_before_first_names_before_other_names_before_letters_inside(roster: Roster) -> None:
    assert offered("@s|", roster) == ["@sam-b", "@sam-c", "@sean"]
    assert offered("@m|", roster) == ["@maria", "@zoe", "@karim", "@sam-b", "@sam-c", "@tom"]


def test_a_bare_sign_offers_the_first_eight(roster: Roster) -> None:
    assert offered("@|", roster) == ["@karim", "@maria", "@priya", "@sam-b", "@sam-c", "@sean", "@tom", "@zoe"]
    assert offered("#|", roster) == ["#listen", "#on-time", "#own-it"]
    assert offered("^|", roster)[:2] == ['^"Blue Door Café"', "^Acme"]
    many = [f"Customer {number}" for number in range(40)]
    found = completion_at("^", 1, roster, many)
    assert found is not None
    assert len(found.options) == 8


def test_dates_are_offered_by_day_and_say_which_day_they_are(roster: Roster) -> None:
    found = at("!refund by |", roster)
    assert found is not None
    assert [(option.label, option.detail) for option in found.options][:3] == [
        ("today", "Tue 24 Nov"),
        ("tomorrow", "Wed 25 Nov"),
        ("Wednesday", "Wed 25 Nov"),
    ]


@pytest.mark.parametrize(
    "line",
    ["|", "maria|", "me@ma|", "\\@ma|", "@maria|", "#own-it|", "^Acme|", "by to|", "!refund by hand|", "@xyz|", "2^a|"]
    + ["https://example.com/@ma|", "@maria |", "$#@|!"],
)
def test_nothing_is_offered_where_nothing_fits(line: str, roster: Roster) -> None:
    assert at(line, roster) is None


def test_a_line_that_is_a_promise_needs_no_mark_before_its_date(roster: Roster) -> None:
    assert completion_at("refund by tom", 13, roster) is None
    found = completion_at("refund by tom", 13, roster, pledging=True)
    assert found is not None
    assert found.options[0].insert == "tomorrow"


@pytest.mark.parametrize(
    ("text", "replaced", "options"),
    [
        ("courier @kar|", "@kar", ["@karim"]),
        ("-#own|", "#own", ["#own-it"]),
        ("is:st|", "st", ["sticky", "starred"]),
        ("-is:ke|", "ke", ["kept"]),
        ("on:last|", "last", ["last-week", "last-month", "last-year"]),
        ("customer:blu|", "blu", ['"Blue Door Café"', '"Blueprint & Co"']),
        ('customer:"blue d|', '"blue d', ['"Blue Door Café"']),
        ("^ac|", "^ac", ["^Acme"]),
        ("cust|", "cust", ["customer:"]),
        ("courier be|", "be", ["before:"]),
        ("courier|", "", []),
        ("foo:b|", "", []),
        ("is:win |", "", []),
    ],
)
def test_a_query_is_completed_with_names_filters_and_their_values(
    text: str, replaced: str, options: list[str], roster: Roster
) -> None:
    found = query_completion_at(text.replace("|", ""), text.index("|"), roster, CUSTOMERS)
    assert ([option.insert for option in found.options] if found else []) == options
    assert (text[found.start : found.end] if found else "") == replaced


@given(
    before=st.text("@#^!>by \"“'abmorz", max_size=12),
    after=st.text("ab \"'", max_size=4),
)
def test_a_chosen_option_is_understood(before: str, after: str, roster: Roster) -> None:
    line = before + after
    found = completion_at(line, len(before), roster, CUSTOMERS, TODAY)
    if found is None:
        return
    assert 0 <= found.start <= len(before) <= found.end <= len(line)
    for option in found.options:
        if found.kind in ("person", "standard"):
            capture = parse(f"{option.insert} ", roster, TODAY)
            assert capture.people or capture.standards


@given(line=st.text(), cursor=st.integers(-5, 200))
def test_any_text_can_be_asked_for_a_completion(line: str, cursor: int, roster: Roster) -> None:
    completion_at(line, cursor, roster, CUSTOMERS, TODAY)
    query_completion_at(line, cursor, roster, CUSTOMERS)
