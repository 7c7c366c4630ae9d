"""Changing how the team is set up."""

from __future__ import annotations

from datetime import datetime

import msgspec

from meetingtool.actions.reading import settings_of
from meetingtool.records.team import Settings
from meetingtool.rules.keeping import deeds
from meetingtool.rules.settings import Setting
from meetingtool.store import Deed, Workspace


def change_setting(workspace: Workspace, setting: Setting, typed: str, now: datetime) -> Settings:
    """Give a setting another value, as it was typed. Refused where it can't be read; nothing is saved when it is the
    same."""
    current = settings_of(workspace)
    fields = setting.read(typed, current)
    if all(getattr(current, field) == value for field, value in fields.items()):
        return current
    wanted = msgspec.structs.replace(current, **fields)
    if wanted.service.fund_case != current.service.fund_case:
        from meetingtool.rules.customers.fund import with_limit

        fields = {**fields, "service": with_limit(current.service, wanted.service.fund_case, now)}
    if (wanted.weekday, wanted.clock) == (current.weekday, current.clock):
        return change_settings(workspace, now, **fields)
    from meetingtool.actions.meeting.meetings import keep_usual  # a team seldom changes its hour

    with workspace.batch(deeds.SETTINGS, now):
        changed = change_settings(workspace, now, **fields)
        keep_usual(workspace, current, now)
    return changed


def change_settings(workspace: Workspace, now: datetime, **fields: object) -> Settings:
    """Change fields of the settings, whose values were checked (`rules.settings`)."""
    return _save(workspace, now, deeds.SETTINGS, fields)


def remember_theme(workspace: Workspace, theme: str, now: datetime) -> Settings:
    """Keep the colours chosen in the app."""
    return _save(workspace, now, deeds.SETTINGS, {"theme": theme})


def before_and_after(workspace: Workspace, deed: Deed) -> tuple[Settings, Settings] | None:
    """The settings before a deed and after it, where it changed them and both are still kept."""
    for change in deed.changes:
        records = (version.record for version in workspace.versions(change.id))
        kept = {record.version: record for record in records if isinstance(record, Settings)}
        before, after = kept.get(change.before), kept.get(change.after)
        if before is not None and after is not None:
            return before, after
    return None


def _save(workspace: Workspace, now: datetime, deed: deeds.Code, fields: dict[str, object]) -> Settings:
    current = settings_of(workspace)
    changed = msgspec.structs.replace(current, version=current.version + 1, **fields)
    workspace.save(changed, deed=deed, now=now)
    return changed
