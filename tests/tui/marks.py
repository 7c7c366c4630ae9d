"""A workspace in which everything private carries a word of its own, and what may be seen another.

Private are stories and what came out of them, notes of ratings, the words of evaluations, and the names of the score's
bands.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from meetingtool.actions.customers import complaint_steps, complaints, contacts
from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.customers.keeping import change_customer
from meetingtool.actions.customers.mentions import confirm
from meetingtool.actions.customers.recent import import_recent
from meetingtool.actions.customers.voices import record_voice
from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.meeting import meetings
from meetingtool.actions.people import evaluations
from meetingtool.actions.people.ratings import rate
from meetingtool.actions.people.team import edit_person
from meetingtool.actions.people.to_talk_about import write_account
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.actions.settings import change_settings
from meetingtool.actions.stories.follow_ups import decide, record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.actions.stories.thanks import thank
from meetingtool.importers.customers.recent import Recent
from meetingtool.records.customers import Purchase
from meetingtool.records.meetings import Meeting
from meetingtool.records.mentions import Mention
from meetingtool.records.playbook import Question
from meetingtool.records.stories import Award, Story, StoryDetails
from meetingtool.records.team import ScoreRule
from meetingtool.rules.people.periods import period_of
from meetingtool.store import Workspace

MARK = "zebrafish"
"""A word that stands in everything private, and in nothing else."""

SHOWN = "lighthouse"
"""A word in what may be seen, so that an empty screen proves nothing."""


def mark(workspace: Workspace, now: datetime) -> None:
    """A year of things private and things shown; a meeting was held last week."""
    rule = ScoreRule(bands=((50, f"Band {MARK}"), (0, f"Lower band {MARK}")))
    change_settings(workspace, now, score=rule)
    for question in workspace.find(Question)[4:]:  # the starter has 45, and their pages are alike
        remove(workspace, question, now)
    week = timedelta(days=7)
    before = now - week
    held = meetings.start_meeting(workspace, before)
    record_story(workspace, "win", f"@maria the {SHOWN} keeper rang back #own-it ^Acme", before, meeting=held.id)
    meetings.write_answers(workspace, held, [f"Zoe {MARK} carried it all", f"the {SHOWN} crew did"], before)
    record_story(workspace, "sticky", f"@tom the {SHOWN} lamp failed #listen", before, meeting=held.id)
    for kind in ("win", "sticky"):
        private_story(workspace, kind, before, held.id)  # type: ignore[arg-type]
    meetings.close_meeting(workspace, workspace.get(Meeting, held.id), before + timedelta(minutes=20))
    for kind in ("win", "sticky"):
        private_story(workspace, kind, now - timedelta(days=2), None)  # type: ignore[arg-type]
    private_story(workspace, "win", now - timedelta(days=364), None)
    record_story(workspace, "win", f"@zoe @karim {SHOWN} waits", now - timedelta(days=1))
    for kind in ("promise", "action"):
        record_follow_up(workspace, kind, f"@tom {MARK} {kind} by fri ~", now - timedelta(days=4))  # type: ignore[arg-type]
    record_follow_up(workspace, "promise", f"@tom {SHOWN} oil ordered by fri", now - timedelta(days=4))
    kept = record_follow_up(workspace, "action", f"@maria {MARK} kept ~", now - timedelta(days=4))
    decide(workspace, kept, "kept", now - timedelta(days=3), note=MARK)
    binned = record_story(workspace, "win", f"@karim {MARK} in the bin ~", now - timedelta(days=3)).story
    remove(workspace, binned, now - timedelta(days=3))
    _thanks(workspace, now)
    _customers(workspace, now)
    _complaints(workspace, now)
    _going_to_them(workspace, now)
    judge(workspace, now)


def private_story(workspace: Workspace, kind: str, when: datetime, meeting: str | None) -> Story:
    told = StoryDetails(happened=f"{MARK} happened", learned=f"{MARK} learned") if kind == "sticky" else None
    line = f'@karim {MARK} {kind} ^"{MARK} Ltd" !"{MARK} promised" by fri >"{MARK} to do" @{MARK} #own-it ~'
    return record_story(workspace, kind, line, when, meeting=meeting, told=told).story  # type: ignore[arg-type]


def _thanks(workspace: Workspace, now: datetime) -> None:
    """Thanks and a reward for somebody who wants them in private, and others that may be seen."""
    zoe = person_named(roster_of(workspace, now.date()), "@zoe")
    edit_person(workspace, zoe, now, thanks="private")
    owed = Award("gift", "owed")
    thank(workspace, f"@zoe {MARK} thanks #own-it", now - timedelta(days=2), reward=f"{MARK} flowers", award=owed)
    thank(workspace, f"@maria {SHOWN} thanks", now - timedelta(days=2), reward=f"{SHOWN} ticket", award=owed)


def _customers(workspace: Workspace, now: datetime) -> None:
    """What customers said: praise that may be shown, problems and what was kept back."""
    record_voice(workspace, f'"She found the {SHOWN} book" @maria ^Acme', now, satisfied=True)
    record_voice(workspace, f'"He came to the {SHOWN}" @tom', now - timedelta(days=3))
    record_voice(workspace, f'"Nobody rang back about the {MARK}" @karim ^"{MARK} Ltd"', now, satisfied=False)
    record_voice(workspace, f'"{MARK} is her name" @zoe ~', now, satisfied=True)
    _survey(workspace, now)


def _survey(workspace: Workspace, now: datetime) -> None:
    """Answers with a fall, whose sentence may be shown; what single customers wrote, who served them and whom they name
    may not."""
    head = "Response ID,Date,Overall satisfaction (1-5),Comment"
    rows = [
        f"{month}{number:03},2026-{month}-{number % 20 + 1:02},{5 if number < satisfied else 2},{MARK} said {name},"
        f"{('Tom', 'Maria Lopez', f'Tom and Agent {MARK}', f'Agent {MARK}', '')[number % 5]},{MARK} {number}"
        for month, satisfied in (("08", 36), ("09", 36), ("10", 36), ("11", 20))
        for number, name in enumerate(("I met Tom", "I met Maria", "I met Zoe", *[""] * 37))
    ]
    data = "\n".join([f"{head},Who served you?,Customer name", *rows, ""]).encode()
    import_survey(workspace, plan_survey(workspace, data, f"{MARK}.csv", now, name=f"The {SHOWN} survey"), now)
    for mention in workspace.find(Mention, words="Tom"):
        write_account(workspace, confirm(workspace, mention, "problem", now), f"{MARK} was not my day", now)
    for mention in workspace.find(Mention, words="Maria"):
        confirm(workspace, mention, "praise", now)


def _complaints(workspace: Workspace, now: datetime) -> None:
    """Complaints: whom they are about and all their words are private, a customer and a lesson may be shown."""
    tom = roster_of(workspace, now.date()).person("tom")
    assert tom is not None
    line = f'@karim {MARK} broke it ^"{SHOWN} Inn" !"{MARK} mended" by fri >"{MARK} straps" fund:20'
    open_ = complaints.record_complaint(workspace, line, now - timedelta(days=3), owner=tom.id, wants=MARK).complaint
    complaint_steps.take_step(workspace, open_, "acknowledged", now - timedelta(days=2), words=MARK)
    complaints.record_complaint(workspace, f'{MARK} again ^"{MARK} Ltd" ~', now - timedelta(days=9))
    ending = complaint_steps.Ending(lesson=f"{SHOWN} straps in every van", cause="work")
    complaints.record_complaint(workspace, f"@zoe {MARK} late ^Acme", now - timedelta(days=5), settled=ending)
    hidden = complaint_steps.Ending(lesson=f"{MARK} learned")
    complaints.record_complaint(workspace, f"@zoe {MARK} late ~", now - timedelta(days=5), settled=hidden)


def _going_to_them(workspace: Workspace, now: datetime) -> None:
    """Who bought lately with telephone numbers, what is kept of a customer, calls, hours and the fund."""
    rows = tuple(
        Purchase(customer=name, day=now.date() - timedelta(days=9), what=MARK, telephone=f"0777 {MARK}")
        for name in ("Acme", f"{MARK} Ltd", "Pell")
    )
    import_recent(workspace, Recent(rows=rows), f"{MARK}.csv", now)
    change_customer(workspace, "Acme", now, telephone=f"0777 {MARK}", email=f"{MARK}@example.org", note=MARK)
    contacts.record_contact(workspace, f'^Acme glad; {SHOWN} hours >"{SHOWN} sign" by fri', now)
    contacts.record_contact(workspace, f'^"{MARK} Ltd" {MARK} said >"{MARK} sign" ~', now)
    contacts.record_hands_on(workspace, 60, "phones", f'@tom {SHOWN} callers >"{SHOWN} list" by fri +', now)
    contacts.record_hands_on(workspace, 20, "phones", f'@tom {MARK} callers >"{MARK} list" by fri + ~', now)
    record_story(workspace, "win", f"@maria {SHOWN} cake for ^Acme fund:25", now - timedelta(days=2))


def judge(workspace: Workspace, now: datetime) -> None:
    """Ratings with notes on every standard, this year and last, and evaluations in words."""
    roster = roster_of(workspace, now.date())
    for person in (roster.person("maria"), roster.person("tom")):
        assert person is not None
        for standard in roster.standards:
            for days in (5, 120, 330):
                rate(workspace, person, standard, 4, now, note=f"{MARK} note", at=now - timedelta(days=days))
        for year in (now.year, now.year - 1):
            period = period_of(year)
            words = {name: f"{MARK} {name}" for name in ("strengths", "growth", "goals")}
            evaluations.write(workspace, person, period, now, **words)  # type: ignore[arg-type]
