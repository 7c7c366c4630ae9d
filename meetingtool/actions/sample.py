"""The sample team: its files become a workspace through the same actions that a manager uses."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from meetingtool.actions.meeting.meetings import agenda_of, write_up
from meetingtool.actions.people.evaluation_course import acknowledge, finalise, share
from meetingtool.actions.people.evaluations import adjust, write
from meetingtool.actions.people.pulse import record_round
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.playbook.courses import take_up
from meetingtool.actions.playbook.training import Took, record_session
from meetingtool.actions.reading import person_named, roster_of, standard_named
from meetingtool.actions.sample_customers import load_survey, load_voices
from meetingtool.actions.sample_philosophy import SampleQuestion, load_philosophy, taken_up
from meetingtool.actions.sample_service import load_service
from meetingtool.actions.start import set_up
from meetingtool.actions.stories.follow_ups import decide, move, record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.actions.stories.thanks import thank
from meetingtool.importers.sample import Sample, SampleMeeting, SampleNote, read_sample
from meetingtool.importers.shipped import shipped
from meetingtool.records.followups import FollowUp
from meetingtool.records.meetings import Attendance, Meeting, Presence
from meetingtool.records.people import Person
from meetingtool.records.playbook import Question
from meetingtool.records.stories import Award, Story, StoryDetails
from meetingtool.rules.keeping import deeds
from meetingtool.rules.meeting import agenda
from meetingtool.rules.people.periods import period_of
from meetingtool.rules.people.pulse import PulseTally
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace


def load_sample(workspace: Workspace, now: datetime) -> Sample:
    """Fill an empty workspace with the sample team and its year, ending last week."""
    sample = read_sample(shipped("sample"), now.date())
    with workspace.batch(deeds.SAMPLE, now):
        set_up(
            workspace,
            sample.team,
            now,
            people=sample.people,
            weekday=sample.weekday,
            clock=sample.clock.strftime("%H:%M"),
            currency=sample.currency,
        )
        loader = _Loader(workspace, sample, now)
        loader.meetings()
        loader.notebook()
        loader.outcomes()
        loader.ratings()
        loader.trainings()
        loader.thanks()
        loader.pulses()
        load_philosophy(workspace, sample, loader.philosophy, loader.held, now)
        loader.evaluations()
        load_voices(workspace, sample.voices, loader.held, now)
        load_survey(workspace, sample.survey, now)
        load_service(workspace, sample.service, now)
    return sample


class _Loader:
    """Loads the sample's files, from the meetings to the evaluations that rest on them.

    Each record is made at its own moment, as if the manager had recorded it then.
    """

    def __init__(self, workspace: Workspace, sample: Sample, now: datetime) -> None:
        self.workspace = workspace
        self.sample = sample
        self.now = now
        self.roster: Roster = roster_of(workspace, now.date())
        self.held: dict[object, str] = {}
        self.philosophy: dict[date, SampleQuestion] = {}
        self.stories: dict[int, Story] = {}
        self.pledges: dict[int, list[FollowUp]] = {}

    def meetings(self) -> None:
        """Each held meeting, with the standard whose turn it was."""
        questions = sorted(self.workspace.find(Question), key=lambda question: question.order)
        self.philosophy = taken_up(self.workspace, self.sample, self.now)
        past: list[Meeting] = []
        for entry in self.sample.meetings:
            at = datetime.combine(entry.day, self.sample.clock, tzinfo=self.now.tzinfo)
            at += timedelta(minutes=entry.minutes_late)
            standard = agenda.standard_of_the_week(self.roster.standards, past)
            asked = self.philosophy.get(entry.day)
            question = questions[entry.question - 1] if entry.question else None
            if asked is not None:
                question = asked.question
            meeting = write_up(
                self.workspace,
                at,
                at,
                segments=agenda_of(self.workspace).segments,
                attendance=self._attendance(entry),
                standard=standard.id if standard else None,
                question=question.id if question else None,
                answers=asked.sentence.answers if asked else entry.answers,
                notes=entry.notes,
                team_rating=entry.ratings,
            )
            past.append(meeting)
            self.held[entry.day] = meeting.id

    def _attendance(self, entry: SampleMeeting) -> tuple[Attendance, ...]:
        def presence(handle: str) -> Presence:
            if handle in entry.absent:
                return "absent"
            return "late" if handle in entry.late else "here"

        there = (person for person in self.roster.everyone if person.on_team(entry.day))
        return tuple(Attendance(person.id, presence(person.handle)) for person in there)

    def notebook(self) -> None:
        """Every line of the manager's notebook, at its moment."""
        for note in self.sample.notebook:
            at = datetime.combine(note.day, note.clock, tzinfo=self.now.tzinfo)
            meeting = self.held.get(note.told) if note.told else None
            if note.kind == "win" or note.kind == "sticky":
                recorded = record_story(
                    self.workspace, note.kind, note.line, at, at=at, meeting=meeting, told=_told(note)
                )
                self.stories[note.no] = recorded.story
                self.pledges[note.no] = list(recorded.follow_ups)
            else:
                follow_up = record_follow_up(self.workspace, note.kind, note.line, at, at=at, meeting=meeting)
                self.pledges[note.no] = [follow_up]

    def outcomes(self) -> None:
        """What became of the promises and actions, in the order of the file."""
        for outcome in self.sample.outcomes:
            pledges = self.pledges[outcome.no]
            pledge = pledges[outcome.pledge - 1]
            at = datetime.combine(outcome.day, self.sample.clock, tzinfo=self.now.tzinfo) + timedelta(hours=8)
            if outcome.outcome == "":
                changed = move(self.workspace, pledge, outcome.moved_to, at, at=at)
            else:
                changed = decide(self.workspace, pledge, outcome.outcome, at, note=outcome.note, at=at)
            pledges[outcome.pledge - 1] = changed

    def ratings(self) -> None:
        """The ratings of two years."""
        for rating in self.sample.ratings:
            at = datetime.combine(rating.day, self.sample.clock, tzinfo=self.now.tzinfo) + timedelta(hours=7)
            rate(
                self.workspace,
                person_named(self.roster, f"@{rating.person}"),
                standard_named(self.roster, rating.standard),
                rating.value,
                at,
                note=rating.note,
                stories=[self.stories[number] for number in rating.stories],
                at=at,
            )

    def trainings(self) -> None:
        """The courses that come with the product, and a year of sessions."""
        began = datetime.combine(self.sample.courses_since, self.sample.clock, tzinfo=self.now.tzinfo)
        courses = {course.title: course for course in take_up(self.workspace, began)}
        for entry in self.sample.trainings:
            at = datetime.combine(entry.day, self.sample.clock, tzinfo=self.now.tzinfo) + timedelta(hours=6)
            took = [
                *(Took(self._person(handle)) for handle in entry.done),
                *(Took(self._person(handle), "part") for handle in entry.part),
                *(Took(self._person(handle), "absent") for handle in entry.absent),
                *(Took(self._person(handle), "excused", why) for handle, why in entry.excused.items()),
            ]
            record_session(
                self.workspace,
                courses[entry.course],
                took,
                at,
                minutes=entry.minutes,
                led_by=entry.led_by,
                noticed=entry.noticed,
            )

    def thanks(self) -> None:
        """The manager's thanks, said at the end of a meeting."""
        for entry in self.sample.thanks:
            at = datetime.combine(entry.day, self.sample.clock, tzinfo=self.now.tzinfo) + timedelta(minutes=14)
            given = entry.day if entry.state == "given" else None
            thank(
                self.workspace,
                entry.line,
                at,
                reward=entry.reward,
                award=Award(entry.kind, entry.state, on=given) if entry.reward else None,
                because=self.stories[entry.because].id if entry.because else "",
                meeting=self.held[entry.day],
            )

    def pulses(self) -> None:
        """How the team was, asked in two of its meetings."""
        held = {meeting.id: meeting for meeting in self.workspace.find(Meeting)}
        for entry in self.sample.pulses:
            tally, meeting = PulseTally(), held[self.held[entry.day]]
            for slip in entry.slips:
                tally.add(slip)
            asked = sum(person.presence != "absent" for person in meeting.attendance)
            record_round(self.workspace, tally, meeting.at, asked=asked, meeting=meeting)

    def _person(self, handle: str) -> Person:
        return person_named(self.roster, f"@{handle}")

    def evaluations(self) -> None:
        """Last year's evaluations, written, shared, acknowledged and final."""
        for entry in self.sample.evaluations:
            person = person_named(self.roster, f"@{entry.person}")
            period = period_of(entry.year)
            talked = datetime(entry.year + 1, 1, 20, 15, tzinfo=self.now.tzinfo)
            moment = min(talked, self.now)
            write(
                self.workspace,
                person,
                period,
                moment,
                strengths=entry.strengths,
                growth=entry.growth,
                goals=entry.goals,
            )
            if entry.adjustment:
                adjust(self.workspace, person, period, entry.adjustment, entry.reason, moment)
            share(self.workspace, person, period, moment, reason="The year was talked through together.")
            acknowledge(self.workspace, person, period, True, moment)
            finalise(self.workspace, person, period, moment)


def _told(note: SampleNote) -> StoryDetails:
    return StoryDetails(happened=note.happened, handled=note.handled, learned=note.learned, ended=note.ended)
