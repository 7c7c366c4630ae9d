"""The reading side of every screen. What may be seen in the room is decided here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec.structs import replace

from meetingtool.actions.meeting import meetings as meeting_actions
from meetingtool.actions.reading import known_customers, settings_of
from meetingtool.errors import InRoom, NotFound, Refused, Unclear
from meetingtool.records.base import Record
from meetingtool.records.followups import FollowUp, FollowUpKind
from meetingtool.records.meetings import Agenda, Meeting, Segment
from meetingtool.records.money import minor_digits
from meetingtool.records.people import Person
from meetingtool.records.philosophy import Group, Statement
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.records.training import Course
from meetingtool.rules import wording
from meetingtool.rules.dates import Dates
from meetingtool.rules.meeting import agenda as agenda_rules
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.rules.capture import Capture
    from meetingtool.rules.stories.thanks import Reward

T = TypeVar("T")
R = TypeVar("R", bound=Record)
Seen = TypeVar("Seen", bound=Record)

YEAR = timedelta(days=400)
"""How far back "lately" is looked for: a little over a year."""

A_NIGHT, DAWN = timedelta(hours=12), 5
"""When an hour earlier than a meeting's beginning is taken for the next day: if the meeting would be at most this long,
or for an hour before dawn."""
FAR = timedelta(days=180)
"""A date without a year can't mean a next meeting as far away as this."""
MUCH = 2_000_000
"""Bytes of records that take longer to read than a key may take: about 3,500 stories."""


class Desk:
    """A manager's view of a workspace, in room or in private.

    In room nothing about scores, ratings, evaluations or private stories comes out of it: lists leave private
    records out, and asking for one by name raises InRoom.
    """

    def __init__(self, workspace: Workspace, clock: Callable[[], datetime], *, room: bool = False) -> None:
        self.workspace = workspace
        self.clock = clock
        self.room = room
        self._memo: dict[str, object] = {}
        self._memo_of: tuple[int, date, bool, bool] | None = None
        self._roster: tuple[tuple[object, ...], Roster] | None = None
        self._held: dict[str, tuple[tuple[object, ...], object]] = {}

    def once(self, name: str, compute: Callable[[], T]) -> T:
        """`compute()`, worked out again only after a change, on a new day, or on leaving or entering the room."""
        key = (self.workspace.generation, self.today, self.room, self.workspace.leaves_out)
        if key != self._memo_of:
            self._memo, self._memo_of = {}, key
        if name not in self._memo:
            self._memo[name] = compute()
        return cast("T", self._memo[name])

    def while_same(self, name: str, key: tuple[object, ...], compute: Callable[[], T]) -> T:
        """`compute()`, worked out again only when the key changes: for what costs more than a single redrawing may."""
        held = self._held.get(name)
        key = (*key, self.workspace.leaves_out)
        if held is None or held[0] != key:
            held = self._held[name] = (key, compute())
        return cast("T", held[1])

    @property
    def now(self) -> datetime:
        """This moment, with the offset of this place."""
        return self.clock()

    @property
    def today(self) -> date:
        """The date here and now."""
        return self.clock().date()

    @property
    def settings(self) -> Settings:
        """The team's settings; NotFound before the workspace is set up."""
        return self.once("settings", lambda: settings_of(self.workspace))

    @property
    def roster(self) -> Roster:
        """The look-up over people and standards: a new one only when one of these or the day has changed."""
        return self.once("roster", self._current_roster)

    def _current_roster(self) -> Roster:
        people, standards = self.workspace.find(Person), self.workspace.find(Standard)
        key = (self.today, *((record.id, record.version) for record in (*people, *standards)))
        if self._roster is None or self._roster[0] != key:
            self._roster = (key, Roster(people, standards, self.today))
        return self._roster[1]

    @property
    def dates(self) -> Dates:
        """The reader of days that are typed now, in the team's order of day and month."""
        return Dates(self.today, self.settings.day_order)

    def moment(self, text: str) -> datetime:
        """When the next meeting is, such as `tue 1 dec 10:00`; without an hour, at that of the weekly meeting.

        Refused for a day of this year that has passed: without its year it would be one of the next.
        """
        from meetingtool.rules.hours import day_and_clock

        day, clock = day_and_clock(text, self.dates)
        passed = day_and_clock(text, self.dates, prefer="past")[0] if day - self.today > FAR else day
        if passed < self.today:
            raise Refused(
                f"The next meeting can't be on {wording.day(passed, self.today)}: that is in the past.",
                f"Give a day to come; {wording.day_in_full(day)} needs its year.",
            )
        return datetime.combine(day, time.fromisoformat(clock or self.settings.clock), tzinfo=self.now.tzinfo)

    def end_of(self, meeting: Meeting, text: str) -> datetime:
        """When a meeting ended: an hour of its day or of the night after it, or a day with its hour. Unclear for
        anything else."""
        from meetingtool.rules.hours import checked_clock, day_and_clock

        words = text.strip()
        if words[:1].isdigit() and " " not in words:
            end = datetime.combine(
                meeting.at.date(), time.fromisoformat(checked_clock(words)), tzinfo=meeting.at.tzinfo
            )
            begun, after = meeting.at.replace(second=0, microsecond=0), end + timedelta(days=1)
            return after if end < begun and (end.hour < DAWN or after - begun <= A_NIGHT) else end
        day, clock = day_and_clock(words, self.dates, prefer="past")
        if not clock:
            raise Unclear("The hour is needed too.", "Give both, such as tue 24 nov 09:20.")
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=self.now.tzinfo)

    def read_line(
        self, line: str, *, day: date | None = None, whole: FollowUpKind | None = None, quoting: bool = False
    ) -> Capture:
        """What a line says while it is typed; day, whole, quoting: see `understand`."""
        from meetingtool.rules.capture import parse

        settings = self.settings
        digits = minor_digits(settings.currency)
        order = settings.day_order
        known = self.once("known customers", lambda: known_customers(self.workspace, self.today))
        return parse(
            line,
            self.roster,
            self.today,
            digits,
            day_order=order,
            since=day,
            whole=whole,
            quoting=quoting,
            is_known=known,
        )

    def require_private(self, what: str = "That") -> None:
        """Raise InRoom while the screen is shared."""
        if self.room:
            raise InRoom(f"{what} is private, and the screen is shared.", "Switch to private first.")

    def shown(self, records: Iterable[Seen]) -> list[Seen]:
        """The records that may be drawn now."""
        return [record for record in records if not (self.room and record.private)]

    def to_draw(self, record: R) -> R:
        """A record as it may be drawn now, and never saved: in room a meeting has no answers and no lines of its notes
        that name somebody who would rather not be thanked before others."""
        if not (self.room and isinstance(record, Meeting)):
            return record
        return cast("R", replace(record, answers=self.answers_of(record), notes=self.notes_of(record)[0]))

    def notes_of(self, meeting: Meeting) -> tuple[str, str]:
        """The notes of a meeting as they may be drawn now, and the lines that may not."""
        if not self.room:
            return meeting.notes, ""
        from meetingtool.rules.stories.kept_back import notes_for_others

        return notes_for_others(meeting.notes, self.roster)

    def answers_of(self, meeting: Meeting) -> tuple[str, ...]:
        """What was answered in a meeting to its question, as far as it may be drawn now."""
        if not self.room:
            return meeting.answers
        from meetingtool.rules.stories.kept_back import for_others

        return for_others(meeting.answers, self.roster)

    def honoured(self, stories: Iterable[Story]) -> Iterator[Story]:
        """Those of the picked-out stories that may be shown now: in room none that honours somebody who would rather
        not be singled out before others."""
        if not self.room:
            return iter(stories)
        from meetingtool.rules.stories.kept_back import honours_unwilling

        return (story for story in stories if not honours_unwilling(story, self.roster))

    def get(self, kind: type[R], record_id: str, *, year: int | None = None, place: int | None = None) -> R:
        """One record; InRoom when it is private and the screen is shared. year, place: see `Workspace.get`."""
        record = self.workspace.get(kind, record_id, year=year, place=place)
        if self.room and record.private:
            raise InRoom("That is private, and the screen is shared.", "Switch to private first.")
        return record

    def stories(self, since: date | None = None, until: date | None = None, **fields: Any) -> list[Story]:
        """Stories of a period, oldest first."""
        return self.shown(self.workspace.find(Story, since=since, until=until, **fields))

    def takes_long(self) -> bool:
        """Whether the records of a little over a year are still to be read, and so many that this takes a while."""
        return self.workspace.size(self.today - YEAR, undecoded=True) > MUCH

    def takes_long_since(self, since: date) -> bool:
        """Whether the years from a day on have so many records that looking through them takes a while."""
        return self.workspace.size(since) > MUCH

    def read_since(self, since: date) -> None:
        """Read the years from a day on, one by one; for a worker thread. Raises what reading any of it raises."""
        self.workspace.load_years(since)

    def for_worker(self) -> Desk:
        """A second desk, in the room or private as this one is now, to work something out in a worker thread."""
        return Desk(self.workspace, self.clock, room=self.room)

    def read_lately(self) -> None:
        """Read what Today shows. For a worker thread, so that keys are answered meanwhile."""
        find, today = self.workspace.find, self.today
        find(Person)
        find(Story, since=today - YEAR)
        find(FollowUp, since=today - 2 * YEAR)
        find(Meeting, since=today - 2 * YEAR)

    def recent_stories(self) -> list[Story]:
        """The stories of a little over a year, oldest first."""
        return self.once("recent", lambda: self.stories(since=self.today - YEAR))

    def waiting(self) -> list[Story]:
        """Stories noted since and not yet told in a meeting, oldest first."""
        return [story for story in self.recent_stories() if story.meeting is None]

    def unsorted(self) -> list[Story | FollowUp]:
        """Stories, open promises and open actions with a name or tag that fits nobody and no standard, newest first."""
        records: list[Story | FollowUp] = [*self.recent_stories(), *self.open_follow_ups()]
        return sorted(
            (record for record in records if record.unsorted), key=lambda record: (record.at, record.id), reverse=True
        )

    def told_in(self, meeting: Meeting) -> list[Story]:
        """The stories told in a meeting, in the order of their recording."""
        return self.once(f"told {meeting.id}", lambda: self.shown(meeting_actions.told_in(self.workspace, meeting)))

    def carried_over(self) -> tuple[Segment, ...]:
        """What the last meeting did not reach, so that it comes up in the next one."""
        closed = [meeting for meeting in self.meetings() if meeting.state == "closed"]
        return agenda_rules.not_reached(closed[-1], self.told_in(closed[-1])) if closed else ()

    def follow_ups(self, since: date | None = None, until: date | None = None, **fields: Any) -> list[FollowUp]:
        """Promises and actions made in a period, oldest first."""
        return self.shown(self.workspace.find(FollowUp, since=since, until=until, **fields))

    def open_follow_ups(self) -> list[FollowUp]:
        """The open promises and actions of the last two years: by due date, those without one last."""
        return self.once("open follow-ups", self._open_follow_ups)

    def _open_follow_ups(self) -> list[FollowUp]:
        found = self.follow_ups(since=self.today - 2 * YEAR, state="open")
        return sorted(found, key=lambda f: (f.due or date.max, f.kind != "promise", f.id))

    def attention(self) -> list[FollowUp]:
        """Open follow-ups that are overdue or due soon."""
        return agenda_rules.needing_attention(self.open_follow_ups(), self.today)

    def follow_ups_of(self, story: Story) -> list[FollowUp]:
        """The promises and actions that came out of a story."""
        return self.shown(self.workspace.find(FollowUp, since=story.at.date(), story=story.id))

    def meetings(self) -> list[Meeting]:
        """The meetings of the last two years, oldest first."""
        return self.once("meetings", lambda: meeting_actions.recent_meetings(self.workspace, self.now))

    def open_meeting(self) -> Meeting | None:
        """The meeting that runs or is suspended."""
        return self.once("open meeting", lambda: meeting_actions.open_meeting(self.workspace, self.now))

    def next_meeting_at(self) -> datetime:
        """When the next weekly meeting starts."""
        return agenda_rules.next_meeting_at(self.settings, self.now, self.meetings())

    def agenda(self) -> Agenda:
        """The agenda in use."""
        return meeting_actions.agenda_of(self.workspace)

    def agendas(self) -> list[Agenda]:
        """All agendas, by name."""
        return sorted(self.workspace.find(Agenda), key=lambda agenda: agenda.name.casefold())

    def next_segments(self) -> tuple[Segment, ...]:
        """The segments of the next meeting, without those skipped once, with the pulse when it is due."""
        return self.once(
            "next segments",
            lambda: meeting_actions.coming_segments(self.workspace, self.meetings(), self.next_meeting_at().date()),
        )

    def questions(self) -> list[Question]:
        """All discussion questions, in order."""
        return sorted(self.workspace.find(Question), key=lambda question: question.order)

    def scenarios(self) -> list[Scenario]:
        """All role-plays, in order."""
        return sorted(self.workspace.find(Scenario), key=lambda scenario: scenario.order)

    def groups(self) -> list[Group]:
        """All groups of people we serve, in order."""
        return sorted(self.workspace.find(Group), key=lambda group: (group.order, group.id))

    def statements(self) -> list[Statement]:
        """All sentences of the philosophy, in order."""
        return sorted(self.workspace.find(Statement), key=lambda statement: (statement.order, statement.id))

    def rewards_owed(self) -> list[Reward]:
        """The rewards that are still to be handed over, oldest first."""
        from meetingtool.actions.stories.thanks import to_hand_over

        return to_hand_over(self)

    def courses(self) -> list[Course]:
        """The courses in use, in order."""
        found = [course for course in self.workspace.find(Course) if course.retired is None]
        return sorted(found, key=lambda course: (course.order, course.id))

    def next_question(self) -> Question | None:
        """The question that the next meeting asks."""
        return self.once(
            "next question", lambda: meeting_actions.next_question(self.workspace, self.meetings(), self.today)
        )

    def question_of(self, meeting: Meeting) -> Question | None:
        """The question chosen for a meeting."""
        return self._known(Question, meeting.question)

    def scenario_of(self, meeting: Meeting) -> Scenario | None:
        """The role-play chosen for a meeting."""
        return self._known(Scenario, meeting.scenario)

    def _known(self, kind: type[R], record_id: str | None) -> R | None:
        if record_id is None:
            return None
        try:
            return self.get(kind, record_id)
        except NotFound:
            return None

    def quiet(self) -> list[agenda_rules.Quiet]:
        """Who has not been heard from lately. In room private stories do not count: who isn't quiet would reveal
        them."""
        return self.once("quiet", self._quiet)

    def _quiet(self) -> list[agenda_rules.Quiet]:
        stories = self.recent_stories()
        first = min((story.at.date() for story in stories), default=None)
        return agenda_rules.not_heard_from(self.roster.people, stories, first, self.today)

    def turns(self, meeting: Meeting) -> list[agenda_rules.Turn]:
        """Whose turn it is to tell something, the longest silence first."""
        return self.once(
            f"turns {meeting.id}",
            lambda: agenda_rules.turns(self.roster.people, self.recent_stories(), meeting, self.today),
        )

    def learned(self, most: int) -> list[Story]:
        """The sticky situations from which something was learned, the newest first."""
        return [s for s in reversed(self.recent_stories()) if s.kind == "sticky" and s.learned][:most]

    def this_week_last_year(self) -> list[Story]:
        """The stories of this week a year ago, starred wins first."""
        around = self.today - timedelta(days=364)
        monday = around - timedelta(days=around.weekday())
        found = self.honoured(self.stories(since=monday, until=monday + timedelta(days=6)))
        return sorted(found, key=lambda story: (story.kind != "win", not story.starred, story.at))

    def customers(self) -> list[str]:
        """Customers named in the last year, the most recent first, once each."""
        return self.once("customers", self._customers)

    def _customers(self) -> list[str]:
        named = (story.customer for story in reversed(self.recent_stories()) if story.customer)
        return list(dict.fromkeys(named))

    def best_of(self, standard: Standard, most: int) -> list[Story]:
        """The wins that show a standard best: starred ones first, then the newest."""
        wins = [story for story in self.recent_stories() if story.kind == "win" and standard.id in story.standards]
        wins.sort(key=lambda story: (not story.starred, -story.at.timestamp()))
        return list(islice(self.honoured(wins), most))

    def earlier_answers(self, question: Question, meeting: Meeting) -> tuple[Meeting, tuple[str, ...]] | None:
        """The last meeting before this one that answered the same question, with its answers."""
        earlier = [m for m in self.meetings() if m.question == question.id and m.answers and m.at < meeting.at]
        return (earlier[-1], self.answers_of(earlier[-1])) if earlier else None
