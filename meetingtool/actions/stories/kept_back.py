"""Keeping praise private of those who want it so: what was told before they said it, too."""

from __future__ import annotations

from datetime import datetime

import msgspec

from meetingtool.actions.reading import roster_of
from meetingtool.records.base import Record
from meetingtool.records.contacts import Contact, HandsOn
from meetingtool.records.followups import FollowUp
from meetingtool.records.stories import Story
from meetingtool.records.voices import Voice
from meetingtool.rules.keeping import deeds
from meetingtool.rules.stories.kept_back import as_wanted
from meetingtool.store import Workspace


def keep_back(workspace: Workspace, deed: deeds.Code, now: datetime) -> None:
    """Make private whatever praises somebody who wants that in private, of every year and in the bin too, with the
    promises and actions that came of it. A wish taken back shows nothing again by itself."""
    roster = roster_of(workspace, now.date())
    praise: tuple[Record, ...] = (
        *workspace.find(Story, removed=None, kind="praise", private=False),
        *workspace.find(Voice, removed=None, kept_back=False),
        *workspace.find(HandsOn, removed=None, did_well=True, kept_back=False),
        *workspace.find(Contact, removed=None, mood="glad", kept_back=False),
    )
    with workspace.batch(deed, now):
        for record in praise:
            wanted = as_wanted(record, roster)
            if wanted is record:
                continue
            born = workspace.find(FollowUp, since=record.at.date(), removed=None, private=False)
            mine = [one for one in born if record.id in (one.story, one.source_id)]
            later = [msgspec.structs.replace(one, private=True) for one in mine]
            for one in (wanted, *later):
                workspace.save(msgspec.structs.replace(one, version=one.version + 1), deed=deed, now=now)
