"""What actions read before they decide: the settings, the roster, and a person, standard or story by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.records.customers import Customer
from meetingtool.records.meetings import Meeting
from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import Settings
from meetingtool.rules import wording
from meetingtool.rules.dates import Dates
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import Roster, could_be
from meetingtool.store import Workspace

LONGEST_RUN = timedelta(days=90)
"""How far back a meeting that still runs is looked for."""
LATELY = timedelta(days=400)
"""How far back a customer's name is looked for: a little over a year."""


def settings_of(workspace: Workspace) -> Settings:
    """The settings; NotFound when the workspace has not been set up."""
    found = workspace.find(Settings)
    if not found:
        raise NotFound("This workspace has not been set up yet.", "Run `meetingtool init`, or open the app.")
    return found[0]


def dates_of(workspace: Workspace, today: date) -> Dates:
    """How days that are typed are read, in the team's order of day and month."""
    return Dates(today, settings_of(workspace).day_order)


def is_set_up(workspace: Workspace) -> bool:
    """Whether the workspace has a team. BookDamaged where it had one, and its book went back to before that."""
    found = workspace.find(Settings)
    if not found:
        workspace.refuse_if_set_back()
    return bool(found)


def roster_of(workspace: Workspace, today: date) -> Roster:
    """The look-up over everyone and every standard."""
    return Roster(workspace.find(Person), workspace.find(Standard), today)


def known_customers(workspace: Workspace, today: date) -> Callable[[str], bool]:
    """Whether a customer of a name is kept, or told of in the last year; looked up once somebody asks."""
    keys: set[str] = set()

    def is_known(name: str) -> bool:
        from meetingtool.rules.customers.naming import key_of

        if not keys:
            told = workspace.find(Story, since=today - LATELY)
            kept = (called for each in workspace.find(Customer) for called in (each.name, *each.aliases))
            keys.update(map(key_of, (*kept, *(story.customer for story in told))))
        return key_of(name) in keys

    return is_known


def person_named(roster: Roster, text: str) -> Person:
    """Whom `text` means. Unclear where several have the name, with all of them; NotFound with the nearest names."""
    meant = roster.meant_by(text)
    if len(meant) == 1:
        return meant[0]
    if meant:
        alone = len({fold(person.handle) for person in meant}) == len(meant)
        hint = "Say which one by handle." if alone else "`meetingtool check --merge` gives each a handle of its own."
        raise Unclear(f"“{wording.shortened(text, 60)}” could be {could_be(meant)}.", hint)
    wanted = fold(text.removeprefix("@").strip())
    from difflib import get_close_matches

    near = [person.handle for person in roster.alike(text)[:3]]
    near = near or get_close_matches(wanted, [fold(p.handle) for p in roster.everyone], n=3, cutoff=0.5)
    hint = (
        f"Did you mean {' or '.join('@' + name for name in near)}?"
        if near
        else "`meetingtool team list` shows everyone."
    )
    raise NotFound(f"Nobody on the team is called “{wording.shortened(text, 60)}”.", hint)


def standard_named(roster: Roster, text: str) -> Standard:
    """Which standard `text` means; NotFound with the nearest tags."""
    standard = roster.standard(text)
    if standard is not None:
        return standard
    from difflib import get_close_matches

    tags = [s.tag for s in roster.all_standards]
    near = get_close_matches(fold(text.removeprefix("#").strip()), tags, n=3, cutoff=0.5)
    hint = (
        f"Did you mean {' or '.join('#' + tag for tag in near)}?" if near else "`meetingtool standard list` shows all."
    )
    raise NotFound(f"There is no standard “{wording.shortened(text, 60)}”.", hint)


def moment_on(on: date | None, now: datetime) -> datetime:
    """The moment to keep for something that happened on `on`: now for today, else noon of that day.

    Refused for a day to come.
    """
    if on is None or on == now.date():
        return now
    if on > now.date():
        raise Refused(f"{wording.day(on, now.date())} has not come yet.", "Give the day it happened, or leave it out.")
    return datetime.combine(on, time(12), tzinfo=now.tzinfo)


def meeting_now(workspace: Workspace, now: datetime) -> Meeting | None:
    """The meeting that is running, of whatever day, if any: what is told now is told in it."""
    found = workspace.find(Meeting, since=(now - LONGEST_RUN).date(), state="running")
    return found[-1] if found else None
