from __future__ import annotations

from datetime import date

import pytest

from meetingtool.rules.capture import Pledge, parse
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("line", "pledge", "text"),
    [
        ("!refund posted by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        (">order new signs by 2026-12-01", Pledge("action", "order new signs", date(2026, 12, 1)), ""),
        ("stayed !refund posted by fri and rang", Pledge("promise", "refund posted", FRIDAY), "stayed and rang"),
        ('!"refund posted by hand" by fri', Pledge("promise", "refund posted by hand", FRIDAY), ""),
        ("!“refund posted”, by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        ('!"say \\"sorry\\" to @tom"', Pledge("promise", 'say "sorry" to @tom'), ""),
        ("!refund posted by tom by fri", Pledge("promise", "refund posted by tom", FRIDAY), ""),
        ("!refund posted, by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        ("!refund posted by hand", Pledge("promise", "refund posted by hand"), ""),
        ("!refund posted by 31 feb", Pledge("promise", "refund posted by 31 feb"), ""),
        ("!refund posted #own-it", Pledge("promise", "refund posted"), ""),
        ("!refund posted #own-it by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        ("!refund 1 + 1 by fri", Pledge("promise", "refund 1 + 1", FRIDAY), ""),
        ("!2 free nights by fri", Pledge("promise", "2 free nights", FRIDAY), ""),
        ('>"3 chairs for the lobby"', Pledge("action", "3 chairs for the lobby"), ""),
        ('!"refund posted by fri', Pledge("promise", "refund posted", FRIDAY), ""),
        ("!send photos to @tom by fri", Pledge("promise", "send photos to Tom", FRIDAY), ""),
        ("!call @jo by fri", Pledge("promise", "call @jo", FRIDAY), ""),
        ("!call back by tomorrow morning", Pledge("promise", "call back by morning", date(2026, 11, 25)), ""),
        ("!call back by 5pm on fri", Pledge("promise", "call back by 5pm", FRIDAY), ""),
        ("!call back by fri at the latest, she said", Pledge("promise", "call back", FRIDAY), "she said"),
        ("!write \\#1 on it by fri", Pledge("promise", "write #1 on it", FRIDAY), ""),
        ("!fund:25", Pledge("promise", "fund:25"), ""),
        ("!by fri", Pledge("promise", "by fri"), ""),
        ("> ask the bank by fri", Pledge("action", "ask the bank", FRIDAY), ""),
        ("> ask the bank", Pledge("action", "ask the bank"), ""),
        ("@maria ! call her back #own-it by fri", Pledge("promise", "call her back", FRIDAY), ""),
        ("> @tom ask the bank by fri", Pledge("action", "ask the bank", FRIDAY), ""),
        ("rang her > ask the bank by fri", Pledge("action", "ask the bank", FRIDAY), "rang her"),
        ("!tell @tom about it by fri", Pledge("promise", "tell Tom about it", FRIDAY), ""),
        ("!refund posted @tom by fri", Pledge("promise", "refund posted", FRIDAY), ""),
        ("!bring ^Acme their order by fri", Pledge("promise", "bring Acme their order", FRIDAY), ""),
    ],
)
def test_a_pledge_runs_to_its_date_the_next_mark_or_the_end(
    line: str, pledge: Pledge, text: str, roster: Roster
) -> None:
    capture = parse(line, roster, TODAY)
    assert capture.pledges == (pledge,)
    assert capture.text == text


def test_several_pledges_stand_in_one_line(roster: Roster) -> None:
    capture = parse("@tom rang !refund posted by fri >check the scales !call again", roster, TODAY)
    assert capture.text == "rang"
    assert capture.pledges == (
        Pledge("promise", "refund posted", FRIDAY),
        Pledge("action", "check the scales"),
        Pledge("promise", "call again"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Wow!great",
        "really !",
        "oh ! really",
        "it is 5 > 3 ! she said by hand",
        "a->b",
        "x>y",
        "!?",
        "!!urgent",
        "(!now)",
        ">5 minutes",
        "a > b",
        '!"',
        "!_x_",
    ],
)
def test_other_exclamation_and_greater_signs_promise_nothing(line: str, roster: Roster) -> None:
    capture = parse(line, roster, TODAY)
    assert capture.pledges == ()
    assert capture.text == line


def test_a_date_for_no_pledge_stays_in_the_text(roster: Roster) -> None:
    capture = parse('home by fri !"refund" then back by sat', roster, TODAY)
    assert capture.text == "home by fri then back by sat"
    assert capture.pledges == (Pledge("promise", "refund"),)


@pytest.mark.parametrize(
    ("line", "words", "due"),
    [
        ("refund posted by fri", "refund posted", FRIDAY),
        ("@tom refund posted ^Acme by fri", "refund posted", FRIDAY),
        ("@tom refund posted by fri ^Acme #own-it ~", "refund posted", FRIDAY),
        ("call by tomorrow morning", "call by morning", date(2026, 11, 25)),
        ("£64.20 refund by fri.", "£64.20 refund", FRIDAY),
        ("send by fri the box", "send the box", FRIDAY),
        ("sent by courier", "sent by courier", None),
        ("by the door by mon", "by the door", date(2026, 11, 30)),
        ("sent by mon, or by fri", "sent by mon, or", FRIDAY),
        ("put it by 31 Feb", "put it by 31 Feb", None),
        ("! refund posted by fri", "refund posted", FRIDAY),
        ('@tom !"refund by hand" by fri', "refund by hand", FRIDAY),
        ("Ann rang !refund posted by fri", "Ann rang: refund posted", FRIDAY),
        ("tell @maria about it by fri", "tell Maria about it", FRIDAY),
        ("#own-it sign for the door by fri", "sign for the door", FRIDAY),
    ],
)
def test_a_whole_line_can_be_one_promise(line: str, words: str, due: date | None, roster: Roster) -> None:
    capture = parse(line, roster, TODAY, whole="promise")
    assert capture.pledges == (Pledge("promise", words, due),)
    assert capture.text == ""
    assert all(line[mark.start : mark.end] == mark.text for mark in capture.marks)


@pytest.mark.parametrize(
    ("line", "pledge"),
    [
        ("!call by Dec 5th, 5pm", Pledge("promise", "call by 5pm", date(2026, 12, 5))),
        ("!call by 2026-11-27T10:00", Pledge("promise", "call by 10:00", FRIDAY)),
        ("!call by fri EOD", Pledge("promise", "call by EOD", FRIDAY)),
        ("!call by fri at 17:00 at the latest", Pledge("promise", "call by 17:00", FRIDAY)),
        ("!call by end of day", Pledge("promise", "call by end of day", TODAY)),
        ("!call by end of day friday", Pledge("promise", "call by end of day", FRIDAY)),
        ("!call by EOD", Pledge("promise", "call by EOD", TODAY)),
        ("!call by noon", Pledge("promise", "call by noon", TODAY)),
        ("!call by noon tomorrow", Pledge("promise", "call by noon", date(2026, 11, 25))),
        ("!call by 17:00", Pledge("promise", "call by 17:00", TODAY)),
        ("!call by 5 p.m.", Pledge("promise", "call by 5 p.m.", TODAY)),
        ("!call by 17h30 on fri", Pledge("promise", "call by 17h30", FRIDAY)),
        ("!call by tonight", Pledge("promise", "call tonight", TODAY)),
        ("!call by 4ish", Pledge("promise", "call by 4ish", TODAY)),
        ("!call by 8 sharp on Friday", Pledge("promise", "call by 8 sharp", FRIDAY)),
        ("!call by end of week", Pledge("promise", "call", FRIDAY)),
        ("!call by week 50", Pledge("promise", "call", date(2026, 12, 11))),
        ("!call by a week on fri", Pledge("promise", "call", date(2026, 12, 4))),
        ("!call by fri at 3", Pledge("promise", "call by 3", FRIDAY)),
        ("!call by fri at 3 Main Street", Pledge("promise", "call", FRIDAY)),
        ("!call by 9 on fri", Pledge("promise", "call by 9", FRIDAY)),
        ("!call by 12 noon on fri", Pledge("promise", "call by 12 noon", FRIDAY)),
        ("!call by first thing tomorrow", Pledge("promise", "call first thing", date(2026, 11, 25))),
        ("!call by fri 9 o'clock", Pledge("promise", "call by 9 o'clock", FRIDAY)),
        ("!call by fri 14 Uhr", Pledge("promise", "call by 14 Uhr", FRIDAY)),
        ("!call by fri at ten", Pledge("promise", "call by ten", FRIDAY)),
        ("!call by fri around 4 #own-it", Pledge("promise", "call around 4", FRIDAY)),
        ("!call by fri 9-ish", Pledge("promise", "call by 9-ish", FRIDAY)),
        ("!call by fri between 9 and 10", Pledge("promise", "call between 9 and 10", FRIDAY)),
        ("!call by 27.11. um 10", Pledge("promise", "call by 10", FRIDAY)),
        ("!call by fri 10:30 sharp", Pledge("promise", "call by 10:30 sharp", FRIDAY)),
        ("!call by fri before lunch", Pledge("promise", "call before lunch", FRIDAY)),
        ("!call by 9.30 on fri", Pledge("promise", "call by 9.30", FRIDAY)),
        ("!call by half past nine on fri", Pledge("promise", "call by half past nine", FRIDAY)),
        ("!call by Thu 10", Pledge("promise", "call", date(2026, 12, 10))),
        ("!call by Mon 21, noon", Pledge("promise", "call by noon", date(2026, 12, 21))),
        ("!call by Fri 11 at 3pm", Pledge("promise", "call by 3pm", date(2026, 12, 11))),
        ("!call on Friday by 5pm", Pledge("promise", "call on Friday by 5pm", FRIDAY)),
        ("!call tomorrow by noon", Pledge("promise", "call tomorrow by noon", date(2026, 11, 25))),
        ("!call yesterday by noon", Pledge("promise", "call yesterday by noon", TODAY)),
        ("!call by half eight on Friday", Pledge("promise", "call by half eight", FRIDAY)),
        ("!call by teatime Friday", Pledge("promise", "call by teatime", FRIDAY)),
        ("!call by fri 17:00 GMT", Pledge("promise", "call by 17:00 GMT", FRIDAY)),
        ("!call by fri noon-ish", Pledge("promise", "call by noon-ish", FRIDAY)),
        ("!call by the twenty-seventh of November", Pledge("promise", "call", FRIDAY)),
        ("!call by hand", Pledge("promise", "call by hand")),
        ("!cut it by 20 percent", Pledge("promise", "cut it by 20 percent")),
    ],
)
def test_an_hour_stays_with_the_promise_and_alone_it_is_todays(line: str, pledge: Pledge, roster: Roster) -> None:
    capture = parse(line, roster, TODAY)
    assert capture.pledges == (pledge,)
    assert (capture.text, capture.no_days) == ("at 3 Main Street" if "Main" in line else "", ())


def test_words_behind_the_hour_go_on_with_the_story(roster: Roster) -> None:
    for behind in (", she waits", " and tell the courier"):
        capture = parse(f"rang !call by fri at 10{behind}", roster, TODAY)
        assert capture.pledges == (Pledge("promise", "call by 10", FRIDAY),)
        assert capture.text == f"rang{behind}"


@pytest.mark.parametrize("behind", [", lunch with Bo", ", morning shift was hard", ", lunch at noon"])
def test_a_part_of_a_day_that_begins_the_next_words_stays_with_them(behind: str, roster: Roster) -> None:
    capture = parse(f"!call by fri{behind}", roster, TODAY)
    assert (capture.text, capture.pledges) == (behind.strip(" ,"), (Pledge("promise", "call", FRIDAY),))


@pytest.mark.parametrize("behind", [", she waits", " and tell the courier", ". She waits."])
def test_an_hour_in_a_promise_stays_before_the_words_behind_it(behind: str, roster: Roster) -> None:
    (pledge,) = parse(f"call by 17:00 GMT{behind}", roster, TODAY, whole="promise").pledges
    assert pledge == Pledge("promise", f"call by 17:00 GMT{behind}", TODAY)


def test_a_number_that_does_not_fit_its_weekday_is_told_and_stays(roster: Roster) -> None:
    for capture in (
        parse("!call by Mon 31, she waits", roster, TODAY),
        parse("call by Mon 31, she waits", roster, TODAY, whole="promise"),
    ):
        assert capture.pledges == (Pledge("promise", "call by Mon 31, she waits"),)
        assert capture.no_days == ("“Mon 31”: 31 December 2026 is a Thursday; write the day with its month.",)


def test_a_stop_behind_the_day_ends_the_sentence_before_it(roster: Roster) -> None:
    for day in ("27 Nov.", "27.11."):
        assert parse(f"rang !call by {day} She waits", roster, TODAY).text == "rang. She waits"
        (pledge,) = parse(f"call by {day} She waits", roster, TODAY, whole="promise").pledges
        assert pledge == Pledge("promise", "call. She waits", FRIDAY)
    assert parse("call by 27 Nov. 2026", roster, TODAY, whole="promise").pledges == (Pledge("promise", "call", FRIDAY),)


def test_a_date_that_is_no_due_date_is_told_with_what_to_write(roster: Roster) -> None:
    for said in ("before fri", "until fri", "(by fri)"):
        how = " without brackets" if said.startswith("(") else ""
        told = f"“{said.strip('()')}” sets no date here: write “by fri”{how}."
        assert parse(f"rang !call {said}", roster, TODAY).no_days == (told,)
        assert parse(f"call {said}", roster, TODAY, whole="promise").no_days == (told,)
    assert parse("rang !hold it until fri by sat", roster, TODAY).no_days == ()


@pytest.mark.parametrize(
    "said",
    [
        "5",
        "17:000",
        "12-12",
        "25:00",
        "4 to 6 dec",
        "4-6 dec",
        "between mon and fri",
        "easter",
        "December",
        "mid december",
        "the weekend",
        "Q1",
        "early next week",
    ]
    + ["2026-W50", "our next meeting", "next shift", "Dec 5/6", "fri after next", "the week after next"]
    + ["Christmas week", "the following Monday", "first of the month", "15th or 16th", "24.-26.12.", "Ende Dezember"]
    + ["8 de diciembre"]
    + ["a fortnight", "3 days", "two weeks", "1st week of January", "4.Dez", "4 décembre", "4 août", "20261204"]
    + ['"Friday"', "the first", "payday", "45 minutes from now", "Dec 2026"]
    + ["+3d", "D+2"]
    + ["tomorow", "frydai", "now", "in 3 working days"]
    + ["-3 days", "minus 2 weeks", "asap", "Freitag", "demain", "mañana", "fri/mon", "half past", "the day after"],
)
def test_what_is_meant_as_a_day_and_can_not_be_read_is_told(said: str, roster: Roster) -> None:
    told = f"“{said}” can't be read as a date: write one such as “by"
    for line in (f"@maria stayed !call by {said}", f"@maria stayed !call by {said} #own-it"):
        capture = parse(line, roster, TODAY)
        assert [pledge.due for pledge in capture.pledges] == [None]
        assert capture.no_days == (f"{told} 1 Dec”.",)
    promise = parse(f"call by {said}", roster, TODAY, whole="promise", day_order="month-first")
    assert promise.no_days == (f"{told} Dec 1”.",)


@pytest.mark.parametrize(
    ("said", "write"),
    [("fri", "“by fri”"), ("30.11. um 10", "“by 30.11. um 10”"), ("on 4 Dec at 10", "“by 4 Dec at 10”")]
    + [("first thing tomorrow", "“by first thing tomorrow”"), ("on or before 4 Dec", "“by 4 Dec”")]
    + [
        (said, "“by” and the day, in English or in numbers")
        for said in ("bis Freitag", "bis 30.11.", "pour vendredi", "jusqu'à demain", "الخميس", "thứ sáu", "besok")
    ],
)
def test_a_day_at_the_end_without_by_sets_no_date_and_it_is_told(roster: Roster, said: str, write: str) -> None:
    told = f"“{said if 'before' in said else said.removeprefix('on ')}” sets no date here: write {write}."
    assert parse(f"@maria stayed !call {said}", roster, TODAY).no_days == (told,)
    assert parse(f"call {said}", roster, TODAY, whole="promise").no_days == (told,)
    for loose in ("asap", "in May"):
        told = f"“{loose}” sets no date here: write “by” and the day."
        assert parse(f"@maria stayed !call {loose} #own-it", roster, TODAY).no_days == (told,)
    assert parse("send the list of 4 Dec", roster, TODAY, whole="promise").no_days == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [("fri 9am or 10am", "by 9am or 10am"), ("fri 9-10am", "by 9-10am"), ("fri 9 or 10", "by 9 or 10")]
    + [("fri night", "at night"), ("fri 10.30", "by 10.30"), ("fri night at 8", "at night at 8")]
    + [("fri morning's post", "morning's post"), ("fri noon or 1pm", "by noon or 1pm")],
)
def test_two_hours_and_parts_of_a_day_stay_as_they_are_said(roster: Roster, said: str, words: str) -> None:
    (pledge,) = parse(f"call by {said}", roster, TODAY, whole="promise").pledges
    assert (pledge.text, pledge.due) == (f"call {words}", FRIDAY)


def test_a_day_that_is_read_after_all_is_not_told_as_unread(roster: Roster) -> None:
    assert parse("send it by post by mon", roster, TODAY, whole="promise").no_days == ()
    assert parse("@maria Great job! Improved by 20.", roster, TODAY).no_days == ()
    assert parse("by christmas they had all left", roster, TODAY).no_days == ()


def test_more_than_one_day_is_none_and_it_is_told(roster: Roster) -> None:
    capture = parse("call by fri by mon", roster, TODAY, whole="promise")
    assert (capture.pledges[0].due, capture.left) == (
        date(2026, 11, 30),
        ("“by fri”: of two dates the last one counts.",),
    )
    seconds = ["or mon", "and mon", "- mon", "–mon", "to 30 nov", "& mon", "until mon 9am", "and mon and tue", ", mon"]
    for second in seconds:
        line = f"call by fri {second}".replace(" ,", ",").replace(" –", "–")
        capture = parse(line, roster, TODAY, whole="promise")
        said = line.removeprefix("call by ").removesuffix(" and tue")
        assert capture.pledges == (Pledge("promise", line),)
        assert capture.no_days == (f"“{said}” is more than one day: write the one that counts.",)
    assert "more than one day" in parse("call by fri (5 Dec)", roster, TODAY, whole="promise").no_days[0]
    assert parse("call by fri (27 Nov)", roster, TODAY, whole="promise").pledges == (Pledge("promise", "call", FRIDAY),)
    for line in (
        "call by fri, mon is closed",
        "call by fri and ask for help",
        "call by fri and monday's list",
        "call by fri, 9am",
    ):
        assert parse(line, roster, TODAY, whole="promise").remarks == ()


@pytest.mark.parametrize(
    "hour",
    ["25:00", "24:30", "9:75", "13pm", "0pm", "at 25:00", "at 25", "17.80", "5.70pm", "30 Uhr", "1700", "12:00:00"],
)
def test_an_hour_that_no_clock_shows_is_told_and_its_words_stay(hour: str, roster: Roster) -> None:
    capture = parse(f"@maria rang !call her by fri {hour} #own-it", roster, TODAY)
    (pledge,) = capture.pledges
    said = hour.removeprefix("at ")
    assert (pledge.due, said in pledge.text) == (FRIDAY, True)
    assert capture.left == (f"“{said}” is not a time of day. Give it as 09:00 or 14:30.",)
    for line in ("call by fri at 3 Main Street", "call by fri 24:00", "call by fri 20 people", "call by fri 9.30"):
        assert parse(line, roster, TODAY, whole="promise").remarks == ()


@pytest.mark.parametrize(
    ("said", "write"),
    [("within 3 days", "“by 27 Nov”"), ("in two weeks", "“by 8 Dec”"), ("in 3 working days", "“by” and the day")],
)
def test_a_time_without_by_sets_no_date_and_it_is_told(roster: Roster, said: str, write: str) -> None:
    told = f"“{said}” sets no date here: write {write}."
    assert parse(f"call {said}", roster, TODAY, whole="promise").no_days == (told,)
    assert parse(f"call {said} by fri", roster, TODAY, whole="promise").no_days == ()


def test_a_day_in_quotes_or_within_a_week_sets_no_date_and_it_is_told(roster: Roster) -> None:
    for line, told in (
        ('rang !"send it by fri"', "“by fri” sets no date within quotes: write it behind them."),
        ("rang !call before noon on Monday", "“before noon on Monday” sets no date here: write “by noon on Monday”."),
        ("rang !call within the week", "“within the week” sets no date here: write “by” and the day."),
    ):
        assert parse(line, roster, TODAY).no_days == (told,)
    for said in (
        "voor vrijdag",
        "senast fredag",
        "do piątku",
        "к пятнице",
        "金曜日までに",
        "周五前",
        "péntekig",
        "cumaya",
        "by pátek",
        "by fin de mes",
    ):
        assert "in English or in numbers" in parse(f"call {said}", roster, TODAY, whole="promise").no_days[0]


@pytest.mark.parametrize(
    "how",
    ["train", "courier", "hand", "do it", "first class post", "W", "phone", "Sandy", "the manager", "second post"],
)
def test_a_by_that_means_no_day_is_not_told(roster: Roster, how: str) -> None:
    assert parse(f"send it by {how}", roster, TODAY, whole="promise").remarks == ()


def test_dates_of_promises_are_read_in_the_teams_order_of_day_and_month(roster: Roster) -> None:
    line = "rang !call back by 12/4"
    assert parse(line, roster, TODAY, day_order="month-first").pledges[0].due == date(2026, 12, 4)
    assert parse(line, roster, TODAY, day_order="day-first").pledges[0].due == date(2027, 4, 12)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("!call by 31 Feb", "There is no 31 February 2027."),
        ("!call by fri 5 dec", "5 December 2026 is a Saturday."),
        ("!call by 2026-13-01", "There is no month 13."),
        ("!call by week 54", "There is no week 54 in 2026."),
    ],
)
def test_a_day_that_does_not_exist_is_told_and_its_words_stay(line: str, why: str, roster: Roster) -> None:
    for capture in (parse(line, roster, TODAY), parse(line[1:], roster, TODAY, whole="promise")):
        assert capture.no_days == (why,)
        assert capture.pledges == (Pledge("promise", line[1:]),)
