"""The sample team is read from plain files and always ends just before today."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.errors import Refused
from meetingtool.importers.roster import read_roster
from meetingtool.importers.sample import (
    Sample,
    SampleEvaluation,
    SampleMeeting,
    SampleNote,
    SampleOutcome,
    SampleRating,
    SampleTraining,
    read_sample,
)
from meetingtool.importers.shipped import shipped
from meetingtool.importers.starter import read_standards
from meetingtool.importers.tabular import read_file

TINY = {
    "sample.toml": 'team = "Pier"\nabout = "Kiosk."\nlast_meeting = 2026-11-17\nweekday = 1\n'
    'clock = "09:00"\ncurrency = "EUR"\ncourses_since = 2026-01-02\n'
    '[survey]\nfile = "answers.csv"\nname = "Visit"\nfall = 2\ncause = "wait"\n'
    'words = "The queue"\naction = "A second till by fri"\n',
    "voices.csv": "date,time,channel,meant,read,line\r\n2026-11-12,10:00,card,praise,2026-11-17,Thank you @zoe\r\n",
    "answers.csv": "Respondent ID,End Date,Satisfied?\r\n1,09/22/2026 04:38:46 PM,5\r\n2,11/16/2026 09:00:00 AM,4\r\n",
    "team.csv": "Name,Handle,Nicknames,Role,E-mail,Start date,Leaving date\r\n"
    "Zoë Martin-Reid,zoe,Zo,till,zoe@example.org,2020-01-14,\r\n"
    "Sam Bell,sam,,till,,2021-03-02,2026-06-30\r\n",
    "meetings.csv": "date,minutes_late,absent,late,ratings,question,notes,answers\r\n"
    "2026-11-10,0,sam,,8 9,,,\r\n"
    '2026-11-17,4,,zoe sam,7 10 8,3,"Short, but good.",One | Two\r\n',
    "notebook.csv": "no,date,time,kind,line,told,happened,handled,learned,ended\r\n"
    "1,2026-11-12,14:30,win,@zoe Ran after him with the umbrella #own-it,2026-11-17,,,,\r\n"
    "2,2026-11-17,09:06,sticky,@sam The till was short !refund by fri,2026-11-17,"
    "Short by 5,Counted,Count twice,Found\r\n"
    "3,2026-11-20,16:45,win,@zoe Learnt his name,,,,,\r\n",
    "outcomes.csv": "no,pledge,outcome,date,note,moved_to\r\n"
    "2,1,,2026-11-18,,2026-11-27\r\n2,1,kept,2026-11-20,Paid,\r\n",
    "ratings.csv": "date,person,standard,rating,note,stories\r\n2026-11-18,zoe,own-it,5,Ran,1 2\r\n",
    "evaluations.csv": "person,year_back,strengths,growth,goals,adjustment,reason\r\n"
    "zoe,1,Quick,Slow,Both,-1.5,Why\r\n",
    "trainings.csv": "date,course,done,part,absent,excused,minutes,led_by,noticed\r\n"
    "2026-02-10,The standards,zoe,,,sam=on leave,30,Zoë Martin-Reid,Loud\r\n",
    "thanks.csv": "date,line,because,reward,kind,state\r\n2026-11-17,@zoe for the umbrella,1,a ticket,ticket,owed\r\n",
    "philosophy.csv": "question,asked,answers,sentence,agreed\r\n"
    "3,2026-11-10,Home | Dry,Everybody gets home,2026-11-17\r\n",
    "groups.csv": "name,who,needs\r\nCommuters,One bike,survey: open early | a loan bike\r\n",
    "pulses.csv": "date,slips\r\n2026-11-17,5 4 3 - 5 | 1 1 1 1 1\r\n",
    "complaints.csv": "no,date,time,channel,owner,received_by,line,wants\r\n"
    "1,2026-11-16,10:00,phone,zoe,,Late ^Pell,\r\n",
    "complaint_steps.csv": "no,date,time,step,person,words,what,more\r\n1,2026-11-16,10:05,acknowledged,zoe,,,\r\n",
    "calls.csv": "date,time,reached,line,became,note\r\n2026-11-16,10:00,yes,^Pell glad,,\r\n",
    "hands_on.csv": "date,minutes,what,line,became,note\r\n2026-11-16,60,phones,,,\r\n",
}


def files(folder: Path, **changed: str) -> Path:
    for name, text in TINY.items():
        key = name.partition(".")[0]
        text = changed.get(key, text)
        (folder / name).write_bytes((("\ufeff" if name.endswith("csv") else "") + text).encode())
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return files(tmp_path_factory.mktemp("tiny"))


def test_everything_is_read_on_the_day_after_the_files_were_written(tmp_path: Path) -> None:
    sample = read_sample(files(tmp_path), date(2026, 11, 23))
    assert (sample.team, sample.about, sample.currency) == ("Pier", "Kiosk.", "EUR")
    assert (sample.last_meeting, sample.weekday, sample.clock) == (date(2026, 11, 17), 1, time(9))
    zoe, sam = sample.people
    assert (zoe.name, zoe.handle, zoe.nicknames, zoe.started) == ("Zoë Martin-Reid", "zoe", ("Zo",), date(2020, 1, 14))
    assert sam.left == date(2026, 6, 30)
    assert sample.meetings == (
        SampleMeeting(day=date(2026, 11, 10), absent=("sam",), ratings=(8, 9)),
        SampleMeeting(
            day=date(2026, 11, 17),
            minutes_late=4,
            late=("zoe", "sam"),
            ratings=(7, 10, 8),
            question=3,
            notes="Short, but good.",
            answers=("One", "Two"),
        ),
    )
    assert sample.notebook[1] == SampleNote(
        no=2,
        day=date(2026, 11, 17),
        clock=time(9, 6),
        kind="sticky",
        line="@sam The till was short !refund by fri",
        told=date(2026, 11, 17),
        happened="Short by 5",
        handled="Counted",
        learned="Count twice",
        ended="Found",
    )
    assert (sample.notebook[2].day, sample.notebook[2].told) == (date(2026, 11, 20), None)
    assert sample.courses_since == date(2026, 1, 2)
    assert sample.trainings == (
        SampleTraining(
            day=date(2026, 2, 10),
            course="The standards",
            done=("zoe",),
            excused={"sam": "on leave"},
            minutes=30,
            led_by="Zoë Martin-Reid",
            noticed="Loud",
        ),
    )
    assert sample.outcomes == (
        SampleOutcome(no=2, pledge=1, outcome="", day=date(2026, 11, 18), moved_to=date(2026, 11, 27)),
        SampleOutcome(no=2, pledge=1, outcome="kept", day=date(2026, 11, 20), note="Paid"),
    )
    assert sample.ratings == (
        SampleRating(day=date(2026, 11, 18), person="zoe", standard="own-it", value=5, note="Ran", stories=(1, 2)),
    )
    assert sample.evaluations == (
        SampleEvaluation(
            person="zoe", year=2025, strengths="Quick", growth="Slow", goals="Both", adjustment=-1.5, reason="Why"
        ),
    )


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (date(2026, 11, 17), date(2026, 11, 10)),
        (date(2026, 11, 18), date(2026, 11, 17)),
        (date(2026, 11, 24), date(2026, 11, 17)),
        (date(2026, 11, 25), date(2026, 11, 24)),
        (date(2024, 3, 1), date(2024, 2, 27)),
        (date(2030, 1, 1), date(2029, 12, 25)),
    ],
)
def test_the_last_meeting_was_held_one_to_seven_days_before_today(tmp_path: Path, today: date, last: date) -> None:
    sample = read_sample(files(tmp_path), today)
    assert sample.last_meeting == sample.meetings[-1].day == last
    moved = last - date(2026, 11, 17)
    assert sample.people[0].started == date(2020, 1, 14) + moved
    assert sample.people[1].left == date(2026, 6, 30) + moved
    assert sample.notebook[0].day == date(2026, 11, 12) + moved
    assert sample.outcomes[0].moved_to == date(2026, 11, 27) + moved
    assert sample.evaluations[0].year == last.year - 1


def test_what_was_noted_after_the_last_meeting_never_lies_in_the_future(tmp_path: Path) -> None:
    sample = read_sample(files(tmp_path), date(2026, 11, 19))
    assert sample.notebook[2].day == sample.outcomes[1].day == sample.ratings[0].day == date(2026, 11, 18)
    sample = read_sample(tmp_path, date(2026, 11, 18))
    assert sample.notebook[2].day == sample.ratings[0].day == date(2026, 11, 17)


@given(today=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_on_every_day_weekdays_stay_and_nothing_lies_ahead(tiny: Path, today: date) -> None:
    sample = read_sample(tiny, today)
    assert timedelta(days=1) <= today - sample.last_meeting <= timedelta(days=7)
    assert sample.last_meeting.weekday() == 1
    assert max(note.day for note in sample.notebook) < today
    assert max(outcome.day for outcome in sample.outcomes) < today


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("notebook", "1,2026-11-12", "1,2026-11-31", r"notebook\.csv, line 2: “date” should be a date"),
        ("complaints", "phone", "pigeon", r"complaints\.csv, line 2: “channel” should be one of"),
        ("complaint_steps", "1,", "2,", r"complaint_steps\.csv, line 2: “no” is not a line"),
        ("notebook", "14:30", "half past", r"notebook\.csv, line 2: “time” should be a time"),
        ("notebook", ",win,", ",story,", r"line 2: “kind” should be one of win, sticky, promise, action"),
        ("notebook", "#own-it,2026-11-17", "#own-it,2026-11-16", "line 2: “told” is not the day of a meeting"),
        ("notebook", "3,2026-11-20", "1,2026-11-20", "uses a number twice"),
        ("notebook", "@zoe Learnt his name", "", "line 4: there is nothing in “line”"),
        ("notebook", "learned", "lesson", "no column “learned”"),
        ("outcomes", "2,1,kept", "9,1,kept", "line 3: “no” is not a line of notebook.csv"),
        ("outcomes", "2,1,kept", "2,1,done", "line 3: it should have an “outcome”"),
        ("outcomes", "2,1,,", "2,1,kept,", "line 2: it should have an “outcome”"),
        ("outcomes", "2,1,kept", "2,0,kept", "line 3: “pledge” should lie between 1 and 20"),
        ("meetings", "zoe sam", "zoe tom", "line 3: “late” names somebody who is not in team.csv"),
        ("meetings", "2026-11-17", "2026-11-24", "line 3: the meeting is later"),
        ("meetings", "7 10 8", "7 11 8", "line 3: “ratings” holds a number that does not belong there"),
        ("ratings", ",5,", ",6,", "line 2: “rating” should lie between 1 and 5"),
        ("ratings", "zoe", "zoe sam", "line 2: “person” should name one person"),
        ("ratings", "1 2", "1 7", "line 2: “stories” holds a number that does not belong there"),
        ("evaluations", "-1.5", "much", "line 2: “adjustment” should be a number"),
        ("team", "Sam Bell,sam", "Sam Bell,", r"team\.csv, line 3: there is no handle"),
        ("sample", "weekday = 1", "weekday = 2", "last_meeting is not on the weekday"),
        ("sample", "2026-11-17", '"soon"', r"sample\.toml does not fit"),
        ("sample", "09:00", "nine", r"sample\.toml does not fit"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    name = next(name for name in TINY if name.startswith(file))
    assert old in TINY[name]
    files(tmp_path, **{file: TINY[name].replace(old, new)})
    with pytest.raises(Refused, match=said):
        read_sample(tmp_path, date(2026, 11, 23))


@pytest.fixture(scope="module")
def harbour_desk() -> Sample:
    return read_sample(shipped("sample"), date(2026, 11, 24))


def test_the_sample_that_ships_is_as_rich_as_a_year(harbour_desk: Sample) -> None:
    kinds = Counter(note.kind for note in harbour_desk.notebook)
    assert kinds["win"] >= 150
    assert kinds["sticky"] >= 60
    assert 8 <= len(harbour_desk.people) <= 12
    assert sum(1 for person in harbour_desk.people if person.left) >= 1
    quarters = {(rating.day.year, (rating.day.month - 1) // 3) for rating in harbour_desk.ratings}
    assert {(2026, quarter) for quarter in range(4)} <= quarters
    assert {evaluation.year for evaluation in harbour_desk.evaluations} == {2025}


def test_the_team_that_ships_is_read_without_a_remark() -> None:
    draft = read_roster(read_file(shipped("sample") / "team.csv"), date(2026, 11, 24))
    assert (draft.notes, draft.skipped, draft.unused) == ((), (), ())


def test_the_ratings_that_ship_are_of_standards_that_ship(harbour_desk: Sample) -> None:
    path = shipped("starter") / "standards.toml"
    tags = {standard.tag for standard in read_standards(path.read_text(encoding="utf-8"), path.name)}
    assert {rating.standard for rating in harbour_desk.ratings} <= tags
