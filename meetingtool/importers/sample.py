"""The sample team: its year as plain files, moved to end just before today.

The files are what a manager would have: a roster, a notebook of what people told, a list of meetings, what became
of promises, ratings, and the words of evaluations. All dates in them are relative to `last_meeting` in sample.toml.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from pathlib import Path
from typing import Literal, get_args

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.roster import read_roster
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.importers.sample_customers import SampleSurvey, SampleVoice, SurveyStory, survey_of, voices_of
from meetingtool.importers.sample_lines import SampleLine, ShiftedDates, lines
from meetingtool.importers.sample_philosophy import SamplePhilosophy, philosophy_of
from meetingtool.importers.sample_service import SampleService, service_of
from meetingtool.importers.tabular import Sheet, read_file
from meetingtool.records.stories import AwardKind, AwardState
from meetingtool.rules.people.pulse import Ballot, ballot_of

NoteKind = Literal["win", "sticky", "promise", "action"]
Outcome = Literal["kept", "missed", "dropped", ""]


class SampleMeeting(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting. absent, late: handles. ratings: by the team, 1 to 10. question: its number, from 1."""

    day: date
    minutes_late: int = 0
    absent: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    ratings: tuple[int, ...] = ()
    question: int | None = None
    notes: str = ""
    answers: tuple[str, ...] = ()


class SampleNote(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the notebook, in the capture grammar. told: the day of the meeting; None while it waits for one."""

    no: int
    day: date
    clock: time
    kind: NoteKind
    line: str
    told: date | None = None
    happened: str = ""
    handled: str = ""
    learned: str = ""
    ended: str = ""


class SampleOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a pledge, on a day. no: the note. pledge: which of its pledges, from 1.

    outcome is empty if it was moved: then moved_to is the new date.
    """

    no: int
    pledge: int
    outcome: Outcome
    day: date
    note: str = ""
    moved_to: date | None = None


class SampleRating(msgspec.Struct, frozen=True, kw_only=True):
    """One rating. person: a handle. standard: a tag. stories: numbers of notes."""

    day: date
    person: str
    standard: str
    value: int
    note: str = ""
    stories: tuple[int, ...] = ()


class SampleEvaluation(msgspec.Struct, frozen=True, kw_only=True):
    """The manager's words on one person for the calendar year `year`."""

    person: str
    year: int
    strengths: str = ""
    growth: str = ""
    goals: str = ""
    adjustment: float = 0
    reason: str = ""


class SampleTraining(msgspec.Struct, frozen=True, kw_only=True):
    """One session of a course, by its title. done, part, absent: handles. excused: handle -> why."""

    day: date
    course: str
    done: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    excused: dict[str, str] = {}
    minutes: int = 0
    led_by: str = ""
    noticed: str = ""


class SampleThanks(msgspec.Struct, frozen=True, kw_only=True):
    """Thanks of the manager, said in the meeting of a day. because: the number of the note that they are for.

    reward: what came with them, and which kind of thing that is; state: whether it was handed over.
    """

    day: date
    line: str
    because: int | None = None
    reward: str = ""
    kind: AwardKind = "other"
    state: AwardState = "given"


class SamplePulse(msgspec.Struct, frozen=True, kw_only=True):
    """One time that the team was asked how it is, in the meeting of a day. slips: what everybody answered."""

    day: date
    slips: tuple[Ballot, ...]


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """The sample team and its year. weekday: 0 Monday to 6 Sunday. Everything is in the order of the files.

    courses_since: from which day on the courses that come with the product are asked for.
    """

    team: str
    about: str
    last_meeting: date
    weekday: int
    clock: time
    currency: str
    people: tuple[RosterRow, ...]
    meetings: tuple[SampleMeeting, ...]
    notebook: tuple[SampleNote, ...]
    outcomes: tuple[SampleOutcome, ...]
    ratings: tuple[SampleRating, ...]
    evaluations: tuple[SampleEvaluation, ...]
    courses_since: date
    trainings: tuple[SampleTraining, ...]
    thanks: tuple[SampleThanks, ...]
    philosophy: SamplePhilosophy
    pulses: tuple[SamplePulse, ...]
    voices: tuple[SampleVoice, ...]
    survey: SampleSurvey
    service: SampleService


class _About(msgspec.Struct, forbid_unknown_fields=True):
    team: str
    about: str
    last_meeting: date
    weekday: int
    clock: str
    currency: str
    courses_since: date
    survey: SurveyStory


def read_sample(folder: Path, today: date) -> Sample:
    """The sample team in `folder`, ending just before `today`. Refused with file and line where it does not fit."""
    about = _about(folder / "sample.toml")
    calendar = ShiftedDates(about.last_meeting, today)
    people = _people(read_file(folder / "team.csv"), today, calendar)
    handles = frozenset(person.handle for person in people)
    meetings = tuple(_meeting(line, calendar, handles) for line in lines(folder, "meetings", _MEETINGS))
    days = frozenset(meeting.day for meeting in meetings)
    notebook = tuple(_note(line, calendar, days) for line in lines(folder, "notebook", _NOTEBOOK))
    numbers = frozenset(note.no for note in notebook)
    if len(numbers) < len(notebook):
        raise Refused("notebook.csv uses a number twice.", "Give every line its own.")
    return Sample(
        team=about.team,
        about=about.about,
        last_meeting=calendar.last_meeting,
        weekday=about.weekday,
        clock=time.fromisoformat(about.clock),
        currency=about.currency,
        people=people,
        meetings=meetings,
        notebook=notebook,
        outcomes=tuple(_outcome(line, calendar, numbers) for line in lines(folder, "outcomes", _OUTCOMES)),
        ratings=tuple(_rating(line, calendar, handles, numbers) for line in lines(folder, "ratings", _RATINGS)),
        evaluations=tuple(_evaluation(line, calendar, handles) for line in lines(folder, "evaluations", _EVALUATIONS)),
        courses_since=calendar.past(about.courses_since),
        trainings=tuple(_training(line, calendar, handles) for line in lines(folder, "trainings", _TRAININGS)),
        thanks=tuple(_thanks(line, calendar, days, numbers) for line in lines(folder, "thanks", _THANKS)),
        philosophy=philosophy_of(folder, calendar, days),
        pulses=tuple(_pulse(line, calendar, days) for line in lines(folder, "pulses", ("date", "slips"))),
        voices=voices_of(folder, calendar, days),
        survey=survey_of(folder, about.survey, about.last_meeting, today),
        service=service_of(folder, calendar, handles),
    )


_MEETINGS = ("date", "minutes_late", "absent", "late", "ratings", "question", "notes", "answers")
_NOTEBOOK = ("no", "date", "time", "kind", "line", "told", "happened", "handled", "learned", "ended")
_OUTCOMES = ("no", "pledge", "outcome", "date", "note", "moved_to")
_RATINGS = ("date", "person", "standard", "rating", "note", "stories")
_THANKS = ("date", "line", "because", "reward", "kind", "state")
_EVALUATIONS = ("person", "year_back", "strengths", "growth", "goals", "adjustment", "reason")
_TRAININGS = ("date", "course", "done", "part", "absent", "excused", "minutes", "led_by", "noticed")


def _about(path: Path) -> _About:
    try:
        about = msgspec.toml.decode(path.read_bytes(), type=_About)
        time.fromisoformat(about.clock)
    except FileNotFoundError:
        raise Refused(f"{path.name} is missing.", "Install meetingtool again.") from None
    except (msgspec.DecodeError, ValueError) as error:
        raise Refused(f"{path.name} does not fit: {error}.", "Correct it, or install meetingtool again.") from None
    if about.last_meeting.weekday() != about.weekday:
        raise Refused(f"{path.name}: last_meeting is not on the weekday given.", "Correct one of the two.")
    return about


def _people(sheet: Sheet, today: date, calendar: ShiftedDates) -> tuple[RosterRow, ...]:
    people = []
    for row in read_roster(sheet, today).rows:
        if not row.handle:
            raise Refused(f"team.csv, line {row.line}: there is no handle.", "Give one, such as maria.")
        started = calendar.moved(row.started) if row.started else None
        left = calendar.moved(row.left) if row.left else None
        people.append(msgspec.structs.replace(row, started=started, left=left))
    return tuple(people)


def _meeting(line: SampleLine, calendar: ShiftedDates, handles: Collection[str]) -> SampleMeeting:
    day = calendar.moved(line.day("date"))
    if day > calendar.last_meeting:
        raise line.refused("the meeting is later than last_meeting in sample.toml.")
    return SampleMeeting(
        day=day,
        minutes_late=line.number("minutes_late", most=60),
        absent=line.handles("absent", handles),
        late=line.handles("late", handles),
        ratings=line.numbers("ratings", range(1, 11)),
        question=line.number("question", least=1) if line.text("question") else None,
        notes=line.text("notes"),
        answers=tuple(answer.strip() for answer in line.text("answers").split("|") if answer.strip()),
    )


def _note(line: SampleLine, calendar: ShiftedDates, meetings: Collection[date]) -> SampleNote:
    kind = next((kind for kind in get_args(NoteKind) if kind == line.text("kind")), None)
    if kind is None:
        raise line.refused(f"“kind” should be one of {', '.join(get_args(NoteKind))}.")
    told = line.perhaps_day("told")
    if told is not None and calendar.moved(told) not in meetings:
        raise line.refused("“told” is not the day of a meeting.")
    if not line.text("line"):
        raise line.refused("there is nothing in “line”.")
    return SampleNote(
        no=line.number("no", least=1),
        day=calendar.past(line.day("date")),
        clock=line.clock("time"),
        kind=kind,
        line=line.text("line"),
        told=calendar.moved(told) if told else None,
        happened=line.text("happened"),
        handled=line.text("handled"),
        learned=line.text("learned"),
        ended=line.text("ended"),
    )


def _outcome(line: SampleLine, calendar: ShiftedDates, notes: Collection[int]) -> SampleOutcome:
    outcome = next((outcome for outcome in get_args(Outcome) if outcome == line.text("outcome")), None)
    moved_to = line.perhaps_day("moved_to")
    if outcome is None or bool(outcome) == bool(moved_to):
        raise line.refused("it should have an “outcome” (kept, missed or dropped) or else “moved_to”.")
    no = line.number("no")
    if no not in notes:
        raise line.refused("“no” is not a line of notebook.csv.")
    return SampleOutcome(
        no=no,
        pledge=line.number("pledge", least=1, most=20),
        outcome=outcome,
        day=calendar.past(line.day("date")),
        note=line.text("note"),
        moved_to=calendar.moved(moved_to) if moved_to else None,
    )


def _rating(line: SampleLine, calendar: ShiftedDates, handles: Collection[str], notes: Collection[int]) -> SampleRating:
    return SampleRating(
        day=calendar.past(line.day("date")),
        person=line.handle("person", handles),
        standard=line.text("standard").removeprefix("#"),
        value=line.number("rating", least=1, most=5),
        note=line.text("note"),
        stories=line.numbers("stories", notes),
    )


def _evaluation(line: SampleLine, calendar: ShiftedDates, handles: Collection[str]) -> SampleEvaluation:
    return SampleEvaluation(
        person=line.handle("person", handles),
        year=calendar.last_meeting.year - line.number("year_back", most=5),
        strengths=line.text("strengths"),
        growth=line.text("growth"),
        goals=line.text("goals"),
        adjustment=line.decimal("adjustment"),
        reason=line.text("reason"),
    )


def _thanks(
    line: SampleLine, calendar: ShiftedDates, meetings: Collection[date], notes: Collection[int]
) -> SampleThanks:
    day = calendar.moved(line.day("date"))
    if day not in meetings:
        raise line.refused("“date” is not the day of a meeting.")
    because = line.numbers("because", notes)
    kind = next((kind for kind in get_args(AwardKind) if kind == (line.text("kind") or "other")), None)
    state = next((state for state in get_args(AwardState) if state == (line.text("state") or "given")), None)
    if kind is None or state is None:
        raise line.refused("“kind” or “state” isn't one that a reward can have.")
    return SampleThanks(
        day=day,
        line=line.text("line"),
        because=because[0] if because else None,
        reward=line.text("reward"),
        kind=kind,
        state=state,
    )


def _pulse(line: SampleLine, calendar: ShiftedDates, meetings: Collection[date]) -> SamplePulse:
    day = calendar.moved(line.day("date"))
    if day not in meetings:
        raise line.refused("“date” is not the day of a meeting.")
    try:
        slips = tuple(ballot_of(slip) for slip in line.text("slips").split("|"))
    except Refused as error:
        raise line.refused(f"“slips” should be slips with | between them: {error}") from None
    return SamplePulse(day=day, slips=slips)


def _training(line: SampleLine, calendar: ShiftedDates, handles: Collection[str]) -> SampleTraining:
    excused: dict[str, str] = {}
    for entry in filter(None, (part.strip() for part in line.text("excused").split("|"))):
        handle, equals, why = entry.partition("=")
        if handle not in handles or not equals:
            raise line.refused("“excused” should be a handle, = and why.")
        excused[handle] = why
    return SampleTraining(
        day=calendar.past(line.day("date")),
        course=line.text("course"),
        done=line.handles("done", handles),
        part=line.handles("part", handles),
        absent=line.handles("absent", handles),
        excused=excused,
        minutes=line.number("minutes", most=1440),
        led_by=line.text("led_by"),
        noticed=line.text("noticed"),
    )
