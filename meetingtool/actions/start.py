"""Setting up a workspace: its team, and what it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from meetingtool.actions.people.team import plan_import
from meetingtool.actions.reading import is_set_up, settings_of
from meetingtool.errors import Refused
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.importers.shipped import shipped
from meetingtool.importers.starter import (
    read_agenda,
    read_questions,
    read_scenarios,
    read_standards,
)
from meetingtool.records.base import Record, mint
from meetingtool.records.meetings import Agenda
from meetingtool.records.playbook import Question, Scenario
from meetingtool.records.standards import Standard
from meetingtool.records.team import Settings
from meetingtool.rules import wording
from meetingtool.rules.hours import checked_clock
from meetingtool.rules.keeping import deeds
from meetingtool.rules.settings import checked_currency, checked_name
from meetingtool.store import Workspace


def starter_records(workspace: Workspace, now: datetime) -> list[Record]:
    """The agenda, standards, questions and role-plays that ship with the product, as new records."""
    by = workspace.user

    def text(name: str) -> tuple[str, str]:
        path = shipped("starter") / name
        return path.read_text(encoding="utf-8"), path.name

    agenda = read_agenda(*text("agenda.toml"))
    standards = read_standards(*text("standards.toml"))
    scenarios = read_scenarios(*text("scenarios.toml"), tags={standard.tag for standard in standards})
    records: list[Record] = [
        Agenda(id=mint(now), at=now, made_at=now, made_by=by, name=agenda.name, segments=agenda.segments)
    ]
    records += [
        Standard(
            id=mint(now),
            at=now,
            made_at=now,
            made_by=by,
            order=order,
            tag=standard.tag,
            title=standard.title,
            behaviour=standard.behaviour,
            anchors=standard.anchors,
            weight=standard.weight,
        )
        for order, standard in enumerate(standards)
    ]
    records += [
        Question(
            id=mint(now), at=now, made_at=now, made_by=by, order=order, text=question.text, audience=question.audience
        )
        for order, question in enumerate(read_questions(*text("questions.toml")))
    ]
    records += [
        Scenario(
            id=mint(now),
            at=now,
            made_at=now,
            made_by=by,
            order=order,
            title=scenario.title,
            customer=scenario.customer,
            employee=scenario.employee,
            look_for=scenario.look_for,
            standards=scenario.standards,
        )
        for order, scenario in enumerate(scenarios)
    ]
    return records


def set_up(
    workspace: Workspace,
    team: str,
    now: datetime,
    *,
    people: Sequence[RosterRow] = (),
    weekday: int = 1,
    clock: str = "09:00",
    currency: str = "USD",
) -> Settings:
    """Give an empty workspace its team name, its people and the starter content, in one save.

    Refused when it has been set up before, or without a team name.
    """
    with workspace.batch(deeds.STARTED_WORKSPACE, now):
        if is_set_up(workspace):
            raise Refused(
                f"This workspace already belongs to {settings_of(workspace).team}.",
                "Open it, or choose another folder with --data.",
            )
        name = wording.one_line(wording.storable(team))
        if not name:
            raise Refused("The team needs a name.", "Give the name people use for it.")
        settings = Settings(
            id=mint(now),
            at=now,
            made_at=now,
            made_by=workspace.user,
            team=checked_name(name),
            weekday=weekday,
            clock=checked_clock(clock),
            currency=checked_currency(currency),
        )
        added = plan_import(workspace, people, now).added
        workspace.save(settings, *starter_records(workspace, now), *added, deed=deeds.STARTED_WORKSPACE, now=now)
        return settings
