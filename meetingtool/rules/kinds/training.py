"""What the team is trained in, and when it was."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import msgspec

from meetingtool.records.training import Course, Part, Session
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.kind import Background, Fact, Kind, called
from meetingtool.rules.roster import Roster

COURSE_KINDS = {
    "session": "a session",
    "role-play": "a role-play",
    "reading": "something to read",
    "starting": "for those who join",
}
"""What a course is."""

OUTCOMES = {
    "done": "done",
    "part": "done in part",
    "absent": "absent",
    "excused": "excused",
    "moved": "moved",
}
"""How a session went for somebody."""


class CourseKind(Kind[Course]):
    """Something that people are trained in."""

    record = Course
    sorts = {"course": called("course")}
    people_in = ("people",)
    written = frozenset({"title", "material"})

    def name(self, record: Course, roster: Roster) -> str:
        return record.title

    def facts(self, record: Course, roster: Roster, behind: Background) -> list[Fact]:
        again = wording.count(record.again_after_months, "month") if record.again_after_months else "once"
        return [
            Fact("title", record.title),
            Fact("kind", COURSE_KINDS[record.kind]),
            Fact("for", for_whom(record, roster), tone="people"),
            Fact("standards", " ".join(f"#{tag}" for tag in record.standards), tone="standards"),
            Fact("first after", wording.count(record.first_after_days, "day")),
            Fact("again after", again),
            Fact("takes", wording.count(record.minutes, "minute")),
            Fact("material", record.material),
        ]

    def once(self, record: Course) -> tuple[Hashable, ...]:
        return (fold(record.title),) if record.retired is None else ()


class SessionKind(Kind[Session]):
    """A course held, or what was agreed about one. Private."""

    record = Session
    sorts = {"session": called("training", found="trainings")}
    kept_once_here = False
    listed_by = {"people": "person"}
    searched = True
    written = frozenset({"title", "led_by", "noticed", "why"})

    def text(self, record: Session, roster: Roster) -> str:
        return ": ".join(filter(None, (wording.one_line(record.title) or "all courses", record.noticed)))

    def people(self, record: Session) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.person for part in record.people))

    def facts(self, record: Session, roster: Roster, behind: Background) -> list[Fact]:
        meeting = behind.meeting
        return [
            Fact("course", record.title or "all courses"),
            *(
                Fact(OUTCOMES[how], wording.listed([_named(part, roster) for part in record.people if part.how == how]))
                for how in OUTCOMES
            ),
            Fact("took", wording.count(record.minutes, "minute") if record.minutes else ""),
            Fact("led by", record.led_by),
            Fact("noticed", record.noticed),
            Fact("meeting", wording.one_line(meeting.title) if meeting else "", meeting.ref if meeting else ""),
        ]

    def shape(self, record: Session, roster: Roster) -> dict[str, object]:
        """people: with handles beside the ids."""
        people = [msgspec.structs.asdict(part) | {"handle": roster.handle(part.person)} for part in record.people]
        return msgspec.structs.asdict(record) | {"people": people, "held": record.held}

    def texts(self, record: Session) -> tuple[str, ...]:
        return (record.title, record.noticed, record.led_by)

    def with_ids_replaced(self, record: Session, to: Mapping[str, str]) -> Session:
        if not any(part.person in to for part in record.people):
            return record
        people: dict[str, Part] = {}
        for part in record.people:
            person = to.get(part.person, part.person)
            people.setdefault(person, msgspec.structs.replace(part, person=person))
        return msgspec.structs.replace(record, people=tuple(people.values()))

    def once(self, record: Session) -> tuple[Hashable, ...]:
        """One course is held once a day for one person."""
        if not record.held:
            return ()
        return tuple((record.course, fold(record.title), record.at.date(), part.person) for part in record.people)


def _named(part: Part, roster: Roster) -> str:
    """`Karim (until Thu 24 Dec: parental leave)`."""
    dates = []
    if part.due is not None:
        dates.append(f"due {wording.day(part.due, roster.today)}")
    if part.to is not None:
        dates.append(f"{'to' if part.how == 'moved' else 'until'} {wording.day(part.to, roster.today)}")
    about = ": ".join(filter(None, (", ".join(dates), wording.one_line(part.why))))
    return roster.full_name(part.person) + (f" ({about})" if about else "")


def for_whom(course: Course, roster: Roster) -> str:
    """`everybody`, `workshop`, `Maria Lopez and Tom Ng`."""
    named = [*course.roles, *(roster.full_name(person) for person in course.people)]
    return wording.listed(named) if named else "those who join" if course.kind == "starting" else "everybody"


def outcome_words(session: Session, roster: Roster) -> str:
    """`Maria and Tom done, Karim absent, Zoë (until Wed 31 Mar, parental leave) excused`."""
    told = []
    for how, words in OUTCOMES.items():
        names = [_briefly(part, roster) for part in session.people if part.how == how]
        if names:
            told.append(f"{wording.listed(names)} {words}")
    return ", ".join(told)


def _briefly(part: Part, roster: Roster) -> str:
    day = wording.day(part.to, roster.today) if part.to else ""
    about = ", ".join(filter(None, (f"until {day}" if day and part.how == "excused" else day, part.why)))
    return roster.short_name(part.person) + (f" ({about})" if about else "")
