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

from meetingtool.actions.customers import complaints
from meetingtool.actions.customers.voices import record_voice
from meetingtool.actions.keeping.undo import remove
from meetingtool.actions.meeting import meetings
from meetingtool.actions.reading import roster_of
from meetingtool.actions.settings import change_settings
from meetingtool.actions.stories.follow_ups import decide, record_follow_up
from meetingtool.actions.stories.stories import record_story
from meetingtool.records.meetings import Meeting
from meetingtool.records.team import ScoreRule
from meetingtool.store import Workspace
from meetingtool.tui.app import MeetingtoolApp

_OWN = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{6}\b|0x[0-9a-f]+|\s+\d+ ms\b")
"""What differs between any two runs: ends of ids that are made in them, places of objects, how long a search took."""

WEEK = timedelta(days=7)
Steps = list[tuple[str, list[str]]]
"""What could be read at each step, with how one came there."""


def make_twins(workspace: Workspace, other: Path, now: datetime, *, running: bool = False) -> Workspace:
    """Fill a workspace with what may be shown, copy it to `other`, and add there what is private; that one.

    running: in both a meeting is on. The last thing done is to be seen by all in both, so that undo has the same to do.
    """
    _public(workspace, now)
    if running:
        meetings.start_meeting(workspace, now - timedelta(minutes=6))
    shutil.copytree(workspace.folder, other)
    twin = Workspace.open(other, user=workspace.user)
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
    ending = complaints.Ending(lesson=f"{SHOWN} straps in every van", cause="work")
    complaints.record_complaint(workspace, "late ^Acme", now - timedelta(days=5), settled=ending)


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
    workspace.drafts.put("quick", f"win\n@maria {MARK} half typed ~")


async def steps_of(app: MeetingtoolApp, walk_on: Callable[[Walk], Awaitable[None]], mode: str, **more: object) -> Steps:
    """Walk through the app in room, and give back what could be read at each step."""
    steps: Steps = []

    def look(app: MeetingtoolApp, where: str) -> None:
        assert app.desk.room, f"left the room by {where}"
        steps.append((where, _OWN.sub("OWN", everything(app)).splitlines()))

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
