"""Two workspaces that differ in private records alone, walked side by side while the screen is shared."""

from __future__ import annotations

import re
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path

from marks import MARK, SHOWN, judge, private_story
from walk import TALL, Walk, everything, settle

from meetingtool.actions.customers import complaint_steps, complaints, contacts
from meetingtool.actions.customers.imports import import_survey, plan_survey
from meetingtool.actions.customers.keeping import change_customer
from meetingtool.actions.customers.mentions import confirm
from meetingtool.actions.customers.recent import import_recent
from meetingtool.actions.customers.voices import record_voice
from meetingtool.actions.history.searches import keep_search
from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.meeting import meetings
from meetingtool.actions.people.talks import record_talk
from meetingtool.actions.people.team import edit_person
from meetingtool.actions.playbook import courses, training
from meetingtool.actions.reading import person_named, roster_of
from meetingtool.actions.settings import change_settings
from meetingtool.actions.stories.follow_ups import decide, record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.actions.stories.thanks import thank
from meetingtool.importers.customers.recent import Recent
from meetingtool.records.customers import Purchase
from meetingtool.records.meetings import Meeting
from meetingtool.records.mentions import Mention
from meetingtool.records.stories import Award
from meetingtool.records.team import ScoreRule
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp

_OWN = re.compile(r" *(?:\b[0-9A-HJKMNP-TV-Z]{6}\b|0x[0-9a-f]+|\b\d+ ms\b)| {2,}")
"""What differs between any two runs: ends of ids that are made in them, places of objects, how long a search took, and
the blanks that this leaves."""

SERVED = ("Tom Ng", "Maria Lopez", "Karim Haddad", "Zoë Martin-Reid")
"""Who served each quarter of the customers of a month."""
WEEK = timedelta(days=7)
Steps = list[tuple[str, list[str]]]
"""What could be read at each step, with how one came there."""


def make_twins(workspace: Workspace, other: Path, now: datetime, *, running: bool = False) -> Workspace:
    """Fill a workspace with what may be shown, copy it to `other`, and add there what is private; that one.

    running: in both a meeting is on. The last thing done is to be seen by all in both, so that undo has the same to do.
    """
    _public(workspace, now)
    shutil.copytree(workspace.folder, other)
    twin = Workspace.open(other, user=workspace.user)
    for each, comment, served in ((workspace, "", ""), (twin, f"{MARK} said", "Who served you?")):
        _survey(each, now, comment, served)  # its numbers are for everybody; what is of single people is private
        if running:
            meetings.start_meeting(each, now - timedelta(minutes=6))
    _private(twin, now)
    for each in (workspace, twin):
        record_story(each, "win", f"@maria the {SHOWN} was lit again", now)
    return twin


def _public(workspace: Workspace, now: datetime) -> None:
    held = meetings.start_meeting(workspace, now - WEEK)
    record_story(workspace, "win", f"@maria the {SHOWN} keeper rang back #own-it ^Acme", now - WEEK, meeting=held.id)
    record_story(workspace, "sticky", f"@tom the {SHOWN} lamp failed #listen", now - WEEK, meeting=held.id)
    meetings.close_meeting(workspace, workspace.get(Meeting, held.id), now - WEEK + timedelta(minutes=20))
    record_story(workspace, "win", f"@zoe @karim {SHOWN} waits", now - timedelta(days=1))
    record_follow_up(workspace, "promise", f"@tom {SHOWN} oil ordered by fri", now - timedelta(days=4))
    record_voice(workspace, f'"She found the {SHOWN} book" @maria ^Acme', now - timedelta(days=2), satisfied=True)
    ending = complaint_steps.Ending(lesson=f"{SHOWN} straps in every van", cause="work")
    complaints.record_complaint(workspace, "late ^Acme", now - timedelta(days=5), settled=ending)
    complaints.record_complaint(workspace, "^Acme torn bag", now - timedelta(days=4))
    _public_areas(workspace, now)


def _public_areas(workspace: Workspace, now: datetime) -> None:
    """Thanks, calls, hours, the fund and courses, as they may be seen."""
    edit_person(workspace, person_named(roster_of(workspace, now.date()), "@zoe"), now, thanks="private")
    thank(workspace, f"@maria {SHOWN} thanks", now - timedelta(days=2), reward="ticket", award=Award("gift", "owed"))
    contacts.record_contact(workspace, f'^Acme glad; {SHOWN} hours >"{SHOWN} sign" by fri', now)
    contacts.record_hands_on(workspace, 60, "phones", f'@tom {SHOWN} callers >"{SHOWN} list" by fri', now)
    record_story(workspace, "win", f"@maria {SHOWN} cake for ^Acme fund:25", now - timedelta(days=2))
    courses.take_up(workspace, now - timedelta(days=200))


def _survey(workspace: Workspace, now: datetime, comment: str, served: str) -> None:
    """Answers with a fall, of which one names somebody with praise. comment: what two others of each month wrote.
    served: the name of a column that says who served, if there is one; these people differ."""
    said = (f"{SHOWN}: I met Maria", comment, f"{comment} I met Tom", *[""] * 37)
    rows = [
        f"{month}{number:03},2026-{month}-{number % 20 + 1:02},{5 if number < satisfied else 2},{words}"
        + (f",{SERVED[number // 10]}" if served else "")
        for month, satisfied in (("08", 36), ("09", 36), ("10", 36), ("11", 20))
        for number, words in enumerate(said)
    ]
    head = ",".join(filter(None, ("Response ID,Date,Overall satisfaction (1-5),Comment", served)))
    data = "\n".join([head, *rows, ""]).encode()
    import_survey(workspace, plan_survey(workspace, data, "answers.csv", now, name=f"The {SHOWN} survey"), now)
    for mention in workspace.find(Mention, words="Maria"):
        confirm(workspace, mention, "praise", now)
    for mention in workspace.find(Mention, words="Tom")[:2]:
        confirm(workspace, mention, "problem", now)


def _private(workspace: Workspace, now: datetime) -> None:
    rule = ScoreRule(bands=((50, f"Band {MARK}"), (0, f"Lower band {MARK}")), customers=25, training=0)
    change_settings(workspace, now, score=rule, manager=MARK, reviewer=MARK)
    [held] = [each for each in workspace.find(Meeting) if each.state == "closed"]
    for kind in ("win", "sticky"):
        for days, meeting in ((7, held.id), (2, None), (364, None)):
            private_story(workspace, kind, now - timedelta(days=days), meeting)
    for kind in ("promise", "action"):
        record_follow_up(workspace, kind, f"@tom {MARK} {kind} by fri ~", now - timedelta(days=4))  # type: ignore[arg-type]
    kept = record_follow_up(workspace, "action", f"@maria {MARK} kept ~", now - timedelta(days=4))
    decide(workspace, kept, "kept", now - timedelta(days=3), note=MARK)
    binned = record_story(workspace, "win", f"@karim {MARK} in the bin ~", now - timedelta(days=3)).story
    remove(workspace, binned, now - timedelta(days=3))
    record_voice(workspace, f'"Nobody rang back about the {MARK}" @karim ^"{MARK} Ltd"', now, satisfied=False)
    record_voice(workspace, f'"{MARK} is her name" @zoe ~', now, satisfied=True)
    tom = roster_of(workspace, now.date()).person("tom")
    assert tom is not None
    complaints.record_complaint(workspace, f'{MARK} again ^"{MARK} Ltd" ~', now - timedelta(days=9))
    judge(workspace, now)
    _private_areas(workspace, now)
    keep_search(workspace, f"@karim {MARK} is:private", now)
    workspace.drafts.put("quick", f"win\n@maria {MARK} half typed ~")


def _private_areas(workspace: Workspace, now: datetime) -> None:
    """Thanks in private, open complaints, calls and hours kept back, money, customers to call, and who was trained."""
    roster = roster_of(workspace, now.date())
    tom, karim = person_named(roster, "@tom"), person_named(roster, "@karim")
    owed = Award("gift", "owed")
    thank(workspace, f"@zoe {MARK} thanks #own-it", now - timedelta(days=2), reward=f"{MARK} flowers", award=owed)
    line = f'@karim {MARK} broke it ^"{MARK} Inn" !"{MARK} mended" by fri >"{MARK} straps" fund:20 ~'
    open_ = complaints.record_complaint(workspace, line, now - timedelta(days=3), owner=tom.id, wants=MARK).complaint
    complaint_steps.take_step(workspace, open_, "acknowledged", now - timedelta(days=2), words=MARK)
    hidden = complaint_steps.Ending(lesson=f"{MARK} learned")
    complaints.record_complaint(workspace, f"@zoe {MARK} late ~", now - timedelta(days=5), settled=hidden)
    rows = tuple(
        Purchase(customer=name, day=now.date() - timedelta(days=9), what=MARK, telephone=f"0777 {MARK}")
        for name in ("Acme", f"{MARK} Ltd", "Pell")
    )
    import_recent(workspace, Recent(rows=rows), f"{MARK}.csv", now)
    change_customer(workspace, "Acme", now, telephone=f"0777 {MARK}", email=f"{MARK}@example.org", note=MARK)
    change_customer(workspace, f"{MARK} Sons", now, telephone=f"0777 {MARK}", note=MARK)
    contacts.record_contact(workspace, f'^"{MARK} Ltd" {MARK} said >"{MARK} sign" ~', now)
    contacts.record_hands_on(workspace, 20, "phones", f'@tom {MARK} callers >"{MARK} list" by fri ~', now)
    record_story(workspace, "win", f"@karim {MARK} cake fund:30 ~", now - timedelta(days=2))
    course, other = courses.courses_of(workspace)[:2]
    took = [training.Took(karim), training.Took(tom, "excused", MARK)]
    training.record_session(workspace, course, took, now, led_by=MARK, noticed=MARK)
    training.move_due(workspace, other, tom, now.date() + timedelta(days=30), now, why=MARK)
    record_talk(workspace, karim, MARK, now)


async def steps_of(app: MeetingtoolApp, walk_on: Callable[[Walk], Awaitable[None]], mode: str, **more: object) -> Steps:
    """Walk through the app in room, and give back what could be read at each step."""
    steps: Steps = []

    def look(app: MeetingtoolApp, where: str) -> None:
        assert app.desk.room, f"left the room by {where}"
        steps.append((where, _OWN.sub(" ", everything(app)).splitlines()))

    app.desk.room = True
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        walk = Walk(app, pilot, mode, look=look, **more)  # type: ignore[arg-type]
        await walk.stand(())
        look(app, mode)
        await walk_on(walk)
    return steps


def differing(one: Steps, other: Steps) -> list[str]:
    """The steps at which the two say different things, with the first lines that do."""
    found = []
    for mine, theirs in zip_longest(one, other, fillvalue=("nowhere", [])):
        if mine != theirs:
            there = set(theirs[1])
            lines = [line for line in mine[1] if line not in there], [line for line in theirs[1] if line not in mine[1]]
            found.append(f"{mine[0]} | {theirs[0]}: {lines[0][:3]} | {lines[1][:3]}")
            if mine[0] != theirs[0]:
                break
    return found
