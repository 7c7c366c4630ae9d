"""The sample team's files, read as plain tables: they keep their shape, agree with each other, and read like life."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
TABLES = ("team", "notebook", "outcomes", "meetings", "ratings", "evaluations", "voices")
HEADERS = {
    "team": "Name,Handle,Nicknames,Role,E-mail,Start date,Leaving date",
    "notebook": "no,date,time,kind,line,told,happened,handled,learned,ended",
    "outcomes": "no,pledge,outcome,date,note,moved_to",
    "meetings": "date,minutes_late,absent,late,ratings,question,notes,answers",
    "ratings": "date,person,standard,rating,note,stories",
    "evaluations": "person,year_back,strengths,growth,goals,adjustment,reason",
    "voices": "date,time,channel,meant,read,line",
}
STANDARDS = {"welcome", "listen", "own-it", "plain-words", "on-time", "put-right", "know-how", "one-team"}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SOMEBODY = re.compile(r"(?<!\S)@([\w-]+)")
TAG = re.compile(r"(?<!\S)#([a-z][\w-]*)")
CUSTOMER = re.compile(r"(?<!\S)\^(?:\"([^\"]+)\"|(\S+))")
PLEDGE = re.compile(r"(?<!\S)([!>])(?=[\w\"])(.*?)(?=\s[!>][\w\"]|$)")
DUE = re.compile(r"\bby (tomorrow|mon|tue|wed|thu|fri|sat|sun)\b")
SEEN_ON = date(2026, 11, 21)
"""The day on which the sample is looked at before its dates are moved: the Saturday after the last meeting."""

Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def settings() -> dict[str, object]:
    return tomllib.loads((SAMPLE / "sample.toml").read_text(encoding="utf-8"))


def last_meeting() -> date:
    held = settings()["last_meeting"]
    assert isinstance(held, date)
    return held


def day(row: Row, column: str = "date") -> date:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row[column]), row
    return date.fromisoformat(row[column])


def on_team(person: Row, when: date) -> bool:
    left = person["Leaving date"]
    return day(person, "Start date") <= when and (not left or when <= date.fromisoformat(left))


def handles_on(when: date) -> set[str]:
    return {person["Handle"] for person in table("team") if on_team(person, when)}


def stories() -> list[Row]:
    return [row for row in table("notebook") if row["kind"] in ("win", "sticky")]


def quarter(when: date) -> tuple[int, int]:
    return when.year, (when.month + 2) // 3


class Pledged:
    """A promise or an action of a notebook row, with what became of it."""

    def __init__(self, row: Row, kind: str, words: str) -> None:
        self.row = row
        self.kind = kind
        self.due = due_after(words, day(row))
        self.people = SOMEBODY.findall(row["line"])
        self.state = "open"


def due_after(words: str, said_on: date) -> date | None:
    found = DUE.findall(words)
    if not found:
        return None
    if found[-1] == "tomorrow":
        return said_on + timedelta(days=1)
    return said_on + timedelta(days=(WEEKDAYS.index(found[-1]) - said_on.weekday()) % 7 or 7)


def pledges_of(row: Row) -> Iterator[Pledged]:
    if row["kind"] in ("promise", "action"):
        yield Pledged(row, row["kind"], row["line"])
        return
    for mark, words in PLEDGE.findall(row["line"]):
        yield Pledged(row, "promise" if mark == "!" else "action", words)


def all_pledges() -> list[Pledged]:
    """Every pledge with its outcomes applied; the outcomes are checked on the way."""
    found = {(row["no"], str(at)): p for row in table("notebook") for at, p in enumerate(pledges_of(row), 1)}
    for outcome in table("outcomes"):
        pledge = found[outcome["no"], outcome["pledge"]]
        when = day(outcome)
        assert pledge.state == "open", outcome
        assert day(pledge.row) <= when <= SEEN_ON, outcome
        if outcome["moved_to"]:
            assert not outcome["outcome"], outcome
            assert pledge.due is not None and when <= pledge.due < day(outcome, "moved_to"), outcome
            pledge.due = day(outcome, "moved_to")
            continue
        pledge.state = outcome["outcome"]
        assert pledge.state in ("kept", "missed", "dropped"), outcome
        if pledge.due is not None and pledge.state == "kept":
            assert when <= pledge.due, outcome
        if pledge.state == "missed":
            assert outcome["note"] and pledge.due is not None and when > pledge.due, outcome
    return list(found.values())


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_as_a_spreadsheet_saves_it(name: str) -> None:
    raw = (SAMPLE / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert raw.decode("utf-8-sig").splitlines()[0] == HEADERS[name]
    assert all(None not in row and None not in row.values() for row in table(name))


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_has_stray_blanks_or_invisible_letters(name: str) -> None:
    for row in table(name):
        for cell in row.values():
            assert cell == cell.strip()
            assert "  " not in cell
            assert not re.search(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e]", cell)


def test_the_settings_name_the_team_and_its_hour() -> None:
    assert settings()["team"] == "Harbour Desk"
    assert settings()["weekday"] == last_meeting().weekday() == 1
    assert settings()["clock"] == "09:00"
    assert settings()["currency"] == "GBP"


def test_the_team_has_all_that_makes_names_hard() -> None:
    people = table("team")
    handles = [person["Handle"] for person in people]
    assert len(set(handles)) == len(handles) == 10
    assert len(handles_on(last_meeting())) == 9
    first_names = Counter(person["Name"].split()[0] for person in people)
    assert max(first_names.values()) == 2
    names = " ".join(person["Name"] for person in people)
    assert re.search(r"\w-\w", names) and re.search(r"[^\x00-\x7f]", names)
    assert sum(bool(person["Leaving date"]) for person in people) == 1
    assert sum(day(person, "Start date") > date(2026, 1, 1) for person in people) == 1


def test_the_meetings_are_a_year_of_tuesdays() -> None:
    meetings = table("meetings")
    days = [day(row) for row in meetings]
    assert 48 <= len(days) <= 52
    assert days[-1] == last_meeting()
    assert days[-1] - days[0] >= timedelta(days=350)
    assert all(when.weekday() == 1 for when in days)
    assert all(timedelta(days=7) <= later - earlier <= timedelta(days=14) for earlier, later in pairwise(days))
    for row in meetings:
        here = handles_on(day(row)) - set(row["absent"].split())
        assert set(row["absent"].split()) <= handles_on(day(row))
        assert set(row["late"].split()) <= here
        ratings = row["ratings"].split()
        assert all(1 <= int(rating) <= 10 for rating in ratings)
        assert 3 <= len(ratings) <= len(here)
        assert 1 <= int(row["question"]) <= 40
        assert 0 <= int(row["minutes_late"]) <= 15
    answered = [row["answers"].split(" | ") for row in meetings if row["answers"]]
    assert len(answered) >= len(meetings) // 2
    assert len({answer for answers in answered for answer in answers}) == sum(len(answers) for answers in answered)
    assert {row["question"] for row in meetings} == {str(number) for number in range(1, 41)}


def test_the_notebook_counts_from_one_in_order_of_time() -> None:
    rows = table("notebook")
    assert [row["no"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    moments = [(day(row), row["time"]) for row in rows]
    assert moments == sorted(moments)
    assert all(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", row["time"]) for row in rows)
    assert {row["kind"] for row in rows} == {"win", "sticky", "promise", "action"}


def test_there_is_a_year_of_stories() -> None:
    kinds = Counter(row["kind"] for row in table("notebook"))
    assert kinds["win"] >= 165
    assert kinds["sticky"] >= 65
    told = Counter(row["told"] for row in stories() if row["told"])
    assert set(told) == {row["date"] for row in table("meetings")}
    assert min(told.values()) >= 3 and max(told.values()) <= 6
    waiting = [day(row) for row in stories() if not row["told"]]
    assert 3 <= len(waiting) <= 4
    assert all(last_meeting() < when < SEEN_ON for when in waiting)
    assert all(timedelta(0) <= day(row, "told") - day(row) < timedelta(days=14) for row in stories() if row["told"])


def test_no_line_is_told_twice() -> None:
    for column in ("line", "happened", "handled", "learned", "ended"):
        words = [re.sub(r"\W+", " ", row[column]).casefold().strip() for row in table("notebook") if row[column]]
        assert [line for line, times in Counter(words).items() if times > 1] == []


def test_stories_are_short_and_begin_in_many_ways() -> None:
    without_names = [re.sub(r"^~ |(?<!\S)@\S+ ?", "", row["line"]) for row in stories()]
    bare = [re.split(r"\s(?:[#^!>][a-zA-Z\"]|fund:\d|\+$)", line)[0].strip() for line in without_names]
    lengths = sorted(len(words) for words in bare)
    assert lengths[0] >= 30 and lengths[-1] <= 220
    assert 70 <= lengths[len(lengths) // 2] <= 130
    openings = Counter(" ".join(words.split()[:2]) for words in bare)
    assert max(openings.values()) <= 4


def test_only_stickies_say_how_it_was_handled_and_most_do() -> None:
    columns = ("happened", "handled", "learned", "ended")
    rows = table("notebook")
    assert all(not row[column] for row in rows for column in columns if row["kind"] != "sticky")
    filled = [sum(bool(row[column]) for column in columns) for row in rows if row["kind"] == "sticky"]
    assert min(filled) >= 1
    assert sum(count >= 2 for count in filled) > 0.8 * len(filled)


def test_every_mark_is_known_but_for_two_to_sort_out() -> None:
    strange = []
    for row in table("notebook"):
        known = handles_on(day(row))
        strange += [(row["date"], name) for name in SOMEBODY.findall(row["line"]) if name not in known]
        strange += [(row["date"], name) for name in TAG.findall(row["line"]) if name not in STANDARDS]
    assert sorted(name for _, name in strange) == ["jo", "ontime"]
    assert all(date.fromisoformat(when) > last_meeting() for when, _ in strange)


def test_the_marks_of_the_grammar_are_all_there() -> None:
    lines = [row["line"] for row in table("notebook")]
    assert 8 <= sum(line.startswith("~ ") for line in lines) <= 12
    assert sum(line.endswith(" +") for line in lines) >= 20
    assert sum(bool(re.search(r"\bfund:\d+\b", line)) for line in lines) >= 5
    assert any("https://" in line for line in lines)
    assert any(re.search(r"\w@\w+\.\w", line) for line in lines)
    assert any("[" in line for line in lines)
    assert any("£" in line for line in lines)
    assert any(re.search("[\U0001f300-\U0001faff]", line) for line in lines)
    nobody = [line for line in lines if not SOMEBODY.search(line)]
    assert 1 <= len(nobody) <= 5


def test_customers_come_back() -> None:
    names = [one or other for row in table("notebook") for one, other in CUSTOMER.findall(row["line"])]
    visits = Counter(names)
    assert len(visits) >= 35
    assert min(visits.values()) >= 2
    assert len({name.casefold() for name in visits}) == len(visits)


def test_pledges_are_decided_in_time_and_few_are_open() -> None:
    pledges = all_pledges()
    kinds = Counter(pledge.kind for pledge in pledges)
    assert kinds["promise"] >= 45
    assert kinds["action"] >= 25
    waiting = [pledge for pledge in pledges if pledge.state == "open"]
    assert all(day(pledge.row) >= last_meeting() for pledge in waiting)
    due = [pledge.due for pledge in waiting if pledge.kind == "promise" and pledge.due is not None]
    assert [when for when in due if when < SEEN_ON] == [SEEN_ON - timedelta(days=2)]
    assert 2 <= len([when for when in due if when > SEEN_ON]) <= 3
    assert all(pledge.due is None or pledge.due > SEEN_ON for pledge in waiting if pledge.kind == "action")
    assert any(outcome["moved_to"] for outcome in table("outcomes"))


def test_everyone_has_promises_enough_to_count_and_keeps_most() -> None:
    decided: dict[str, Counter[str]] = defaultdict(Counter)
    for pledge in all_pledges():
        assert pledge.people, pledge.row
        if pledge.kind == "promise" and pledge.state != "open" and day(pledge.row).year == last_meeting().year:
            for handle in pledge.people:
                decided[handle][pledge.state] += 1
    assert set(decided) == {person["Handle"] for person in table("team")}
    for counts in decided.values():
        assert counts["kept"] + counts["missed"] >= 6
        assert counts["kept"] >= 2 * counts["missed"]
    assert sum(bool(counts["missed"]) for counts in decided.values()) >= 5


def test_ratings_rest_on_evidence() -> None:
    by_number = {row["no"]: row for row in table("notebook")}
    for rating in table("ratings"):
        assert rating["person"] in handles_on(day(rating)), rating
        assert rating["standard"] in STANDARDS, rating
        assert rating["rating"] in "12345", rating
        if rating["rating"] in ("1", "2", "5"):
            assert rating["note"] or rating["stories"], rating
        for number in rating["stories"].split():
            story = by_number[number]
            assert story["kind"] == "win" or (story["kind"] == "sticky" and int(rating["rating"]) > 2), rating
            assert rating["person"] in SOMEBODY.findall(story["line"]), rating
            assert story["told"] and day(story, "told") <= day(rating), rating


def test_a_cited_story_shows_the_standard_more_often_than_not() -> None:
    by_number = {row["no"]: row for row in table("notebook")}
    cited = [(rating["standard"], by_number[no]) for rating in table("ratings") for no in rating["stories"].split()]
    shown = sum(tag in TAG.findall(story["line"]) for tag, story in cited)
    assert len(cited) >= 120
    assert shown >= 0.95 * len(cited)


def test_every_quarter_rates_everyone_on_some_standards() -> None:
    sheet: dict[tuple[str, tuple[int, int]], list[str]] = defaultdict(list)
    for rating in table("ratings"):
        sheet[rating["person"], quarter(day(rating))].append(rating["standard"])
    for (handle, when), standards in sheet.items():
        assert len(set(standards)) == len(standards), (handle, when)
        assert 4 <= len(standards) <= 7, (handle, when)
    for year, number in [(2025, 1), (2025, 2), (2025, 3), (2025, 4), (2026, 1), (2026, 2), (2026, 3)]:
        until = date(year, 3 * number, 20)
        since = date(year, 3 * number, 1)
        there = handles_on(until) | (handles_on(since) if until > date(2026, 8, 1) else set())
        assert {handle for handle, when in sheet if when == (year, number)} >= there
    assert len([handle for handle, when in sheet if when == (2026, 4)]) == 3


def test_ratings_differ_and_one_standard_of_one_person_was_forgotten() -> None:
    ratings = [rating for rating in table("ratings") if day(rating).year == 2026]
    values: dict[str, list[int]] = defaultdict(list)
    for rating in ratings:
        values[rating["person"]].append(int(rating["rating"]))
    means = sorted(sum(marks) / len(marks) for marks in values.values())
    assert means[-1] - means[0] >= 0.4
    assert all(len(set(marks)) >= 3 for marks in values.values())
    forgotten = [day(rating) for rating in ratings if (rating["person"], rating["standard"]) == ("tom", "plain-words")]
    assert max(forgotten) < date(2026, 4, 1)


def test_last_year_ends_with_an_evaluation_for_everyone_then_on_the_team() -> None:
    rows = table("evaluations")
    assert {row["person"] for row in rows} == handles_on(date(2025, 12, 31))
    assert len(rows) == 9
    assert all(row["year_back"] == "1" for row in rows)
    assert all(row[column] for row in rows for column in ("strengths", "growth", "goals"))
    adjusted = [row for row in rows if float(row["adjustment"])]
    assert [(abs(float(row["adjustment"])), bool(row["reason"])) for row in adjusted] == [(2.0, True)]
    assert all(not row["reason"] for row in rows if row not in adjusted)


def test_no_words_tie_a_story_to_a_season_because_its_date_moves() -> None:
    season = re.compile(
        r"\b(january|february|april|june|july|august|september|october|november|december|christmas|easter|halloween"
        r"|spring|summer|autumn|winter|snow\w*|mince pies?|20[12]\d)\b",
        re.IGNORECASE,
    )
    written = [" ".join(v for k, v in row.items() if not k.endswith(("date", "told"))) for row in table("notebook")]
    written += [row["notes"] + " " + row["answers"] for row in table("meetings")]
    written += [row["note"] for name in ("ratings", "outcomes") for row in table(name)]
    written += [" ".join(row.values()) for row in table("evaluations")]
    assert [words for words in written if season.search(words)] == []


def test_customers_are_put_right_called_and_visited() -> None:
    complaints, steps = table("complaints"), table("complaint_steps")
    assert len(complaints) == 11
    assert {row["step"] for row in steps} >= {"answered", "closed", "asked", "reopened", "handed-on", "moved", "offer"}
    customers = [row["Customer"] for row in table("customers")]
    assert len(set(customers)) == len(customers) == 50
    weeks = {date.fromisoformat(row["date"]).isocalendar().week for row in table("hands_on")}
    assert len(weeks) >= 12


def test_each_of_the_fourteen_questions_was_answered_in_a_meeting_and_became_a_sentence() -> None:
    rows, held = table("philosophy"), {day(row): row for row in table("meetings")}
    assert [int(row["question"]) for row in rows] == list(range(1, 15))
    for row in rows:
        asked = day(row, "asked")
        assert row["answers"].strip()
        assert not held[asked]["answers"], "that meeting has answers of its own"
        assert 20 <= len(row["sentence"]) <= 400 or row["question"] == "4"
        assert row["agreed"] == "" or asked < day(row, "agreed") in held
    assert [row["question"] for row in rows if not row["agreed"]] == ["14"], "the next meeting is asked about the last"
    assert all(len(row["needs"].split("|")) >= 2 for row in table("groups"))
