"""What needs the manager now, wherever it is shown: on Today, in a shell's greeting, for another program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from meetingtool.actions import overview
from meetingtool.actions.customers.due_steps import steps_of, wants_no_calls
from meetingtool.actions.customers.unexplained import unexplained
from meetingtool.actions.desk import Desk
from meetingtool.actions.need import (
    ABOUT,
    ALERT,
    COMPLAINT,
    EVALUATIONS,
    LEFT,
    PHILOSOPHY,
    RATINGS,
    RETENTION,
    SORT,
    TALK,
    THANK,
    TO_SORT,
    TRAINING,
    UNFINISHED,
    Need,
    around,
    promised,
)
from meetingtool.actions.people.leaving import left_open
from meetingtool.actions.people.talks import due as due_to_talk
from meetingtool.actions.playbook.philosophy import ready
from meetingtool.actions.stories.open_marks import OpenMark, open_marks
from meetingtool.rules import areas, wording
from meetingtool.rules.playbook import philosophy
from meetingtool.rules.roster import could_be

if TYPE_CHECKING:
    from meetingtool.actions.playbook.training_grid import Needed

MOST_TO_SORT = 3
MOST_NAMED = 3
MOST_TO_THANK = 3
MOST_TO_TRAIN = 6


def needs(desk: Desk, *, new: bool = False) -> list[Need]:
    """What needs the manager now, what is overdue first; in room nothing about ratings or evaluations.

    new: before the first meeting nobody has to be rated yet.
    """
    found = promised(desk)
    if not desk.room:
        found += _complaints(desk)
        found += _unexplained(desk)
        found += _to_talk_about(desk)
    found += _to_hand_over(desk)
    found += _to_sort_out(desk)
    if not (desk.room or new):
        found += _to_rate(desk)
    if not desk.room and areas.TRAINING not in desk.settings.off:
        found += _to_train(desk)
    if not desk.room and areas.THANKS not in desk.settings.off:
        found += _to_thank(desk)
    if not desk.room and areas.TALKS not in desk.settings.off:
        found += _to_talk(desk)
    if areas.PHILOSOPHY not in desk.settings.off:
        found += _philosophy(desk)
    if not desk.room:
        found += _to_archive(desk)
        found += _to_forget(desk)
    return sorted(found, key=lambda need: not need.over)


def _to_forget(desk: Desk) -> list[Need]:
    """Forgetting that was interrupted."""
    from meetingtool.actions.keeping.unfinished import interrupted

    found = interrupted(desk.workspace)
    if not found:
        return []
    what = f"forgetting {wording.listed([who for who, _ in found])} was interrupted; `{found[0][1]}` finishes it"
    return [Need(key=UNFINISHED, kind="forget", over=True, when="unfinished", what=what)]


def _to_archive(desk: Desk) -> list[Need]:
    """The years that are kept longer than the settings say."""
    kept = desk.settings.years_kept
    old = [str(year) for year in desk.workspace.years() if kept and year < desk.today.year - kept]
    if not old:
        return []
    return [
        Need(
            key=RETENTION,
            kind="archive",
            over=True,
            when=wording.count(len(old), "year"),
            what=f"{wording.listed(old)} {'is' if len(old) == 1 else 'are'} kept longer than "
            f"{wording.count(kept, 'year')}, as the settings have it",
        )
    ]


def _complaints(desk: Desk) -> list[Need]:
    """The steps of complaints that are due by tomorrow or over, the most urgent first."""
    soon = [due for due in steps_of(desk) if due.by <= desk.today + timedelta(days=1)]
    if not soon:
        return []
    from meetingtool.rules.customers.complaints import DUES, due_words, whose
    from meetingtool.rules.customers.workdays import calendar_of

    calendar = calendar_of(desk.settings.service)
    return [
        Need(
            key=f"{COMPLAINT}{due.complaint.id}",
            kind="complaint",
            over=due.by < desk.today,
            due=due.by,
            when=due_words(due.by, desk.today, calendar),
            what=f"{DUES[due.step]}: {wording.shortened(due.complaint.text, 160)}",
            beside=around(
                wording.one_line(due.complaint.customer),
                "wants no calls" if due.step == "ask" and wants_no_calls(desk.workspace, due.complaint) else "",
                whose(due.complaint, due, desk.roster) or "nobody owns it yet",
            ),
        )
        for due in soon
    ]


def _unexplained(desk: Desk) -> list[Need]:
    """Falls and rises that nobody has explained in two meetings."""
    found = unexplained(desk)
    if not found:
        return []
    from meetingtool.rules.customers.for_meeting import ALERTS
    from meetingtool.rules.customers.series import named

    return [
        Need(
            key=f"{ALERT}{alert.survey}",
            kind="answers",
            over=True,
            when=wording.count(held, "meeting"),
            what=f"{named(alert.period, survey.period)}: {ALERTS[alert.kind]}, and nobody has said what it was",
            beside=around(wording.shortened(survey.name, 40)),
        )
        for alert, survey, held in found
    ]


def _to_talk_about(desk: Desk) -> list[Need]:
    """One for each person against whom a customer said something that has not been talked about."""
    from meetingtool.actions.people.to_talk_about import waiting

    return [
        Need(
            key=f"{ABOUT}{person}",
            kind="talk about",
            when=wording.day(problems[-1].at.date(), desk.today),
            what=f"{wording.one_line(desk.roster.short_name(person))}: what a customer said",
            beside=around("their own account belongs beside it"),
        )
        for person, problems in waiting(desk).items()
    ]


def _to_sort_out(desk: Desk) -> list[Need]:
    """One for each open mark, with whom it may mean by now and the latest story it is in."""
    marks_open = open_marks(desk, desk.unsorted())
    found = [
        Need(
            key=f"{SORT}{mark.mark}",
            kind="sort out",
            when=wording.day(mark.records[0].at.date(), desk.today),
            what=f"“{wording.one_line(mark.mark)}” {_meaning(mark)}{_in_stories(mark)}: ",
            beside=wording.shortened(mark.records[0].text, 160),
        )
        for mark in marks_open[:MOST_TO_SORT]
    ]
    if len(marks_open) > MOST_TO_SORT:
        more = wording.count(len(marks_open) - MOST_TO_SORT, "name or tag", "names and tags")
        found.append(Need(key=TO_SORT, kind="sort out", when="", what=f"and {more} more"))
    return found


def _meaning(mark: OpenMark) -> str:
    if mark.people:
        return f"may be {could_be(mark.people)}"
    if mark.standard is not None:
        return f"may be #{mark.standard.tag}"
    return "isn't anyone on the team" if mark.names_a_person else "isn't one of our standards"


def _in_stories(mark: OpenMark) -> str:
    return f", in {mark.places}" if len(mark.records) > 1 else ""


def _to_hand_over(desk: Desk) -> list[Need]:
    """Who has left with promises, actions or complaints still open in their name."""
    return [
        Need(
            key=f"{LEFT}{left.person.id}",
            kind="hand over",
            due=left.due,
            when=wording.due(left.due, desk.today),
            what=f"{left.words} of {wording.one_line(left.person.name)}, who left"
            + (f" on {wording.day(left.person.left, desk.today)}" if left.person.left else ""),
            beside=f": {wording.shortened(left.first, 100)}",
        )
        for left in left_open(desk)
    ]


def _to_rate(desk: Desk) -> list[Need]:
    found = []
    evaluations = overview.evaluations_to_write(desk)
    if evaluations is not None:
        over = evaluations.by < desk.today
        when = f"since {wording.day(evaluations.by, desk.today)}" if over else wording.due(evaluations.by, desk.today)
        found.append(
            Need(
                key=EVALUATIONS,
                kind="evaluation",
                due=evaluations.by,
                when=evaluations.label,
                what=f"{evaluations.done} of {evaluations.of} final",
                beside=f" · {when}",
            )
        )
    ratings = overview.ratings_to_give(desk)
    if ratings.done < ratings.of:
        found.append(
            Need(
                key=RATINGS,
                kind="ratings",
                due=ratings.by,
                when=ratings.label,
                what=f"{ratings.done} of {ratings.of} people done",
                beside=f" · by {wording.day(ratings.by, desk.today)}",
            )
        )
    return found


def _to_train(desk: Desk) -> list[Need]:
    """One for each course and date by which somebody has to do it soon or should have done it, the longest due
    first."""
    if not desk.courses():
        return []
    from meetingtool.actions.playbook.training_grid import needed

    by_date: dict[tuple[str, str], list[Needed]] = {}
    for one in needed(desk):
        by_date.setdefault((one.course.id, wording.due(one.due, desk.today)), []).append(one)
    more = len(by_date) - MOST_TO_TRAIN
    found = [
        Need(
            key=TRAINING,
            kind="training",
            over=several[0].due < desk.today,
            due=several[0].due,
            when=wording.due(several[0].due, desk.today),
            what=wording.one_line(several[0].course.title),
            beside=f" · {_who(desk, several)}",
        )
        for several in list(by_date.values())[:MOST_TO_TRAIN]
    ]
    if more > 0:
        found.append(Need(key=TRAINING, kind="training", when="", what=f"and {more} more"))
    return found


def _to_thank(desk: Desk) -> list[Need]:
    """One for each of the first who are owed thanks."""
    from meetingtool.actions.stories.thanks import owed

    return [
        Need(
            key=f"{THANK}{one.person}",
            kind="thank",
            due=one.since,
            when=wording.ago(one.since, desk.today),
            what=wording.one_line(desk.roster.short_name(one.person)),
            beside=f" · {one.reason}",
        )
        for one in owed(desk)[:MOST_TO_THANK]
    ]


def _to_talk(desk: Desk) -> list[Need]:
    """One for each talk with somebody new."""
    return [
        Need(
            key=f"{TALK}{one.person.id}",
            kind="talk",
            over=one.due < desk.today,
            due=one.due,
            when=wording.due(one.due, desk.today),
            what=wording.one_line(desk.roster.short_name(one.person.id)),
            beside=f" · the first {one.days} days",
        )
        for one in due_to_talk(desk)
    ]


def _philosophy(desk: Desk) -> list[Need]:
    """Sentences to read again, and the question that enough meetings answered to distil one."""
    statements = desk.statements()
    if not statements and all(question.audience != philosophy.AUDIENCE for question in desk.questions()):
        return []
    found = []
    soon = philosophy.due_soon(statements, desk.today)
    if soon and (first := soon[0].read_again) is not None:
        more = f"{wording.count(len(soon), 'sentence')} to read again"
        found.append(
            Need(
                key=PHILOSOPHY,
                kind="philosophy",
                over=first < desk.today,
                due=first,
                when=wording.due(first, desk.today),
                what=more,
                beside=around(wording.shortened(soon[0].text, 80)),
            )
        )
    found += [
        Need(
            key=PHILOSOPHY,
            kind="philosophy",
            when=wording.count(one.times, "meeting"),
            what=f"answered “{wording.shortened(one.question.text, 80)}”",
            beside=around("distil a sentence"),
        )
        for one in ready(desk)[:1]
        if one.times >= philosophy.ENOUGH
    ]
    return found


def _who(desk: Desk, needed: Sequence[Needed]) -> str:
    """`Karim and Zoe`, `Aisha, Karim, Zoe and 4 more`."""
    names = [wording.one_line(desk.roster.short_name(one.person.id)) for one in needed]
    if len(names) > MOST_NAMED + 1:
        names[MOST_NAMED:] = [f"{len(names) - MOST_NAMED} more"]
    return wording.listed(names)
