"""The people on the team: adding, changing, leaving, importing a roster."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import get_args

import msgspec

from meetingtool.actions.meeting.meetings import welcome
from meetingtool.actions.people.own_numbers import with_own_numbers
from meetingtool.actions.reading import roster_of
from meetingtool.actions.stories.kept_back import look_again, with_former_names
from meetingtool.errors import Refused
from meetingtool.importers.identity import Likeness, matches
from meetingtool.importers.name_order import turned
from meetingtool.importers.names import is_name
from meetingtool.importers.roster_rows import RosterRow
from meetingtool.records.base import mint
from meetingtool.records.people import Person, Thanks
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.naming import first_name, name_key, name_letters, number_key, spoken, telling_words
from meetingtool.rules.roster import HANDLE, Roster, handle_for
from meetingtool.store import Workspace

LONGEST_NAME = 200


MOST_ASKED = 5
"""How many doubts are asked about one by one; with more, numbers and addresses in the file prove nothing."""


class Doubt(msgspec.Struct, frozen=True):
    """Somebody new in row `index` who may be `known` already; why: what they have in common, as a sentence."""

    index: int
    name: str
    known: str
    why: str


class Imported(msgspec.Struct, frozen=True):
    """What an import of a roster did: people added, people changed, rows that changed nothing.

    notes: what a person should look at, in sentences: who was renamed, who could be whom, who was left out. doubts:
    which of those added may be somebody known already, by the index of the row; for a caller that can ask.
    """

    added: tuple[Person, ...]
    changed: tuple[Person, ...]
    same: int
    notes: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def checked_name(name: str) -> str:
    """A name on one line. Refused when blank or longer than `LONGEST_NAME` letters."""
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", " ", wording.storable(name))
    text = " ".join(text.split())
    if not text:
        raise Refused("A person needs a name.", "Give the name as people know it.")
    if len(text) > LONGEST_NAME:
        raise Refused(f"The name has {len(text):,} letters.", f"Use at most {LONGEST_NAME}.")
    return text


def _as_spoken(name: str) -> str:
    """A checked name in the order in which it is spoken, and without a sign that only says whom a mark means:
    `Moore, Bea` and `@bea` are Bea."""
    text = checked_name(name.strip().removeprefix("@"))
    if not is_name(text):
        raise Refused(f"“{wording.shortened(text, 40)}” is not a name.", "Give the name as people know it.")
    round_ = turned(text)
    return text if first_name(round_) == first_name(text) else round_


def checked_handle(handle: str, roster: Roster, owner: str = "") -> str:
    """A handle that nobody else has or had. Refused otherwise, or when it is not made of letters and digits."""
    text = fold(handle.strip().removeprefix("@"))
    if not HANDLE.fullmatch(text):
        raise Refused(
            f"“{wording.shortened(handle, 40)}” is not a valid handle.",
            "Use letters and digits, with - or . between, such as @maria-l.",
        )
    for person in roster.everyone:
        if person.id != owner and text in (person.handle, *person.former_handles):
            raise Refused(f"@{text} belongs to {person.name}.", "Choose another handle.")
    return text


def checked_number(number: str, roster: Roster, owner: str = "") -> str:
    """An employee number that nobody else on the team has. Refused otherwise; of somebody who has left it may be given
    out again.
    """
    text = wording.one_line(wording.storable(number)).strip()
    for person in roster.people if text else ():
        if person.id != owner and person.number and number_key(person.number) == number_key(text):
            shown = wording.shortened(text, 40)
            raise Refused(f"{shown} is the number of {_named(person)}.", "Check both; one number is one person.")
    return text


def _taken(roster: Roster) -> set[str]:
    return {handle for person in roster.everyone for handle in (person.handle, *person.former_handles)}


def checked_dates(started: date | None, left: date | None) -> None:
    """Refused when somebody would leave before the start."""
    if started is not None and left is not None and left < started:
        raise Refused("The leaving date is before the start date.", "Check both dates.")


def add_person(
    workspace: Workspace,
    name: str,
    now: datetime,
    *,
    handle: str = "",
    nicknames: Sequence[str] = (),
    role: str = "",
    email: str = "",
    number: str = "",
    started: date | None = None,
    left: date | None = None,
    thanks: str = "ask",
) -> Person:
    """Add somebody to the team, and to the list of those at a meeting that is open. Without a handle a sensible one is
    made from the name.
    """
    with workspace.batch(deeds.PERSON_ADDED, now):
        roster = roster_of(workspace, now.date())
        text = _as_spoken(name)
        checked_dates(started, left)
        person = Person(
            id=mint(now),
            at=now,
            made_at=now,
            made_by=workspace.user,
            handle=checked_handle(handle, roster) if handle else handle_for(text, _taken(roster), email, number),
            name=text,
            nicknames=tuple(checked_name(nickname) for nickname in nicknames),
            role=wording.one_line(wording.storable(role)),
            email=wording.one_line(wording.storable(email)),
            number=checked_number(number, roster),
            started=started,
            left=left,
            thanks=checked_thanks(thanks),
        )
        workspace.save(person, deed=deeds.PERSON_ADDED, now=now)
        welcome(workspace, person, now)
        if person.thanks == "private":
            look_again(workspace, deeds.PERSON_ADDED, now)
        return person


def namesake(workspace: Workspace, person: Person, now: datetime) -> Person | None:
    """Somebody else on the team of the same name, in whatever order: perhaps the same person, added twice."""
    words = telling_words(person.name)
    others = (other for other in roster_of(workspace, now.date()).people if other.id != person.id)
    return next((other for other in others if telling_words(other.name) == words), None)


def checked_thanks(text: str) -> Thanks:
    """How somebody likes to be thanked. Refused for anything but ask, public or private."""
    for way in get_args(Thanks):
        if text.strip().casefold() == way:
            known: Thanks = way
            return known
    raise Refused(f"“{wording.shortened(text, 20)}” isn't a way to be thanked.", "Write ask, public or private.")


def edit_person(
    workspace: Workspace,
    person: Person,
    now: datetime,
    *,
    name: str | None = None,
    handle: str | None = None,
    nicknames: Sequence[str] | None = None,
    role: str | None = None,
    email: str | None = None,
    number: str | None = None,
    started: date | None = None,
    thanks: str | None = None,
    meets_customers: bool | None = None,
) -> Person:
    """Change what is known of a person; None leaves a part as it is. A former handle still finds the person.

    For somebody who wants thanks in private, earlier thanks become private too, under whatever name; when the wish is
    taken back they are shown again.
    """
    with workspace.batch(deeds.PERSON_EDITED, now):
        changes: dict[str, object] = {}
        if name is not None:
            changes["name"] = _as_spoken(name)
        if handle is not None:
            new = checked_handle(handle, roster_of(workspace, now.date()), person.id)
            former = [old for old in (*person.former_handles, person.handle) if old != new]
            changes |= {"handle": new, "former_handles": tuple(dict.fromkeys(former))}
        if nicknames is not None:
            changes["nicknames"] = tuple(checked_name(nickname) for nickname in nicknames)
        if role is not None:
            changes["role"] = wording.one_line(wording.storable(role))
        if email is not None:
            changes["email"] = wording.one_line(wording.storable(email))
        if number is not None:
            changes["number"] = checked_number(number, roster_of(workspace, now.date()), person.id)
        if started is not None:
            checked_dates(started, person.left)
            changes["started"] = started
        if thanks is not None:
            changes["thanks"] = checked_thanks(thanks)
        if meets_customers is not None:
            changes["meets_customers"] = meets_customers
        changed = msgspec.structs.replace(person, version=person.version + 1, **changes)
        changed = with_former_names(workspace, changed)
        workspace.save(changed, deed=deeds.PERSON_EDITED, now=now)
        if "private" in (person.thanks, changed.thanks) and _wish_and_names(person) != _wish_and_names(changed):
            look_again(workspace, deeds.PERSON_EDITED, now)
        return changed


def _wish_and_names(person: Person) -> tuple[object, ...]:
    former = (person.former_handles, person.former_names, person.former_nicknames)
    return (person.thanks, person.name, person.handle, person.nicknames, *former)


def leave(workspace: Workspace, person: Person, left: date | None, now: datetime) -> Person:
    """Note a person's last day on the team; None takes it back. The records stay."""
    checked_dates(person.started, left)
    changed = msgspec.structs.replace(person, version=person.version + 1, left=left)
    workspace.save(changed, deed=deeds.PERSON_LEFT, now=now)
    return changed


def plan_import(
    workspace: Workspace,
    rows: Sequence[RosterRow],
    now: datetime,
    gone: Sequence[RosterRow] = (),
    said: Mapping[int, bool] | None = None,
) -> Imported:
    """What importing `rows` would do, without doing it: the dry run of `import_people`.

    gone: rows of people who have left, according to the roster, without the day; none of them is imported. said:
    answers to doubts, by the index of the row: whether it is the similar person.
    """
    said = said or {}
    existing = workspace.find(Person)
    roster = Roster(existing, (), now.date())
    known = matches(existing, rows)
    taken = _taken(roster)
    added: list[Person] = []
    changed: list[Person] = []
    notes: list[str] = []
    doubts: list[Doubt] = []
    renamed: list[Person] = []
    same = 0
    for index, row in enumerate(rows):
        likeness = known.alike.get(index)
        same_as = likeness.person if likeness and said.get(index) else None
        person = known.found.get(index) or (same_as if same_as not in renamed else None)
        if index in known.unclear:
            notes.append(_unclear(row, known.unclear[index]))
        elif person is None:
            fresh = _person_from(workspace, row, taken, now)
            taken.add(fresh.handle)
            added.append(fresh)
            if likeness and index not in said:
                notes.append(_alike(fresh, likeness))
                asks = likeness.may_be and likeness.person not in renamed
                doubts += [_doubt(index, row, likeness)] if asks else []
        else:
            renamed += [person] if person is same_as else []
            update = _updated(person, row)
            same += update is None
            changed += [update] if update is not None else []
            notes += _changes_to_see(person, update or person, row, now.date())
    notes += _left_already(existing, gone, now.date())
    doubts = doubts if len(doubts) <= MOST_ASKED else []
    own = with_own_numbers(existing, added, changed, now.date())
    same += len(changed) - len(own.changed)
    return Imported(tuple(own.added), tuple(own.changed), same, (*notes, *own.notes), tuple(doubts))


def _named(person: Person) -> str:
    return f"{wording.one_line(person.name)} (@{person.handle})"


def _unclear(row: RosterRow, people: Sequence[Person]) -> str:
    could = " or ".join([*map(_named, people), *(["somebody new of that name"] if len(people) == 1 else [])])
    return (
        f"{wording.one_line(row.name)} was left out: nothing shows whether this is {could}. "
        "A column of handles, employee numbers or e-mail addresses known here would."
    )


def _alike(added: Person, likeness: Likeness) -> str:
    """What to say of somebody new who has something in common with somebody else."""
    other = _named(likeness.person)
    shares = {
        "name": f"has nearly the same name as {other}",
        "same name": f"has the same name as {other}, but a different employee number",
    }.get(likeness.what, f"has the {likeness.what} of {other}")
    merge = f"meetingtool team merge @{likeness.person.handle} @{added.handle}"
    return f"{_named(added)} {shares}, and was added as a new person. If they are the same person: {merge}"


def _doubt(index: int, row: RosterRow, likeness: Likeness) -> Doubt:
    name, known = wording.one_line(row.name), _named(likeness.person)
    has = "nearly the same name as" if likeness.what == "name" else f"the {likeness.what} of"
    return Doubt(index, name, known, f"{name} has {has} {known}.")


def _changes_to_see(before: Person, after: Person, row: RosterRow, today: date) -> list[str]:
    told = []
    if name_key(before.name) != name_key(after.name):
        told.append(f"{wording.one_line(before.name)} is now called {_named(after)}.")
    if after.left is not None and after.left < today and row.left is None and before.left == after.left:
        back = f"meetingtool team leave @{after.handle} --back"
        day = wording.day(after.left, today)
        told.append(f"{_named(after)} is in the file, but left on {day}. If they are back: {back}")
    return told


def _left_already(existing: Sequence[Person], gone: Sequence[RosterRow], today: date) -> list[str]:
    """Who is on the team here but has left according to the roster."""
    found = matches([person for person in existing if person.on_team(today)], gone).found.values()
    leave_ = "meetingtool team leave"
    return [
        f"{_named(person)} has left according to the file, which gives no date: {leave_} @{person.handle} --on DATE"
        for person in found
    ]


def _person_from(workspace: Workspace, row: RosterRow, taken: set[str], now: datetime) -> Person:
    asked = fold(row.handle.strip().removeprefix("@"))
    usable = bool(HANDLE.fullmatch(asked)) and asked not in taken
    return Person(
        id=mint(now),
        at=now,
        made_at=now,
        made_by=workspace.user,
        handle=asked if usable else handle_for(row.name, taken, row.email, row.number),
        name=row.name,
        nicknames=row.nicknames,
        role=row.role,
        email=row.email,
        number=row.number,
        started=row.started,
        left=row.left,
    )


def _updated(person: Person, row: RosterRow) -> Person | None:
    """The person with what the row knows better; None when it knows nothing new. A blank cell changes nothing. A name
    by which the person is known already, also in another order or without its apostrophe, isn't a new one, and neither
    is a number without its leading zeros or an address in other letters.

    Somebody with a new first day after the last one is back on the team.
    """
    known = {name_key(name) for name in (person.name, *person.nicknames)}
    known_words = telling_words(person.name) == telling_words(row.name)
    known_words = known_words or name_letters(person.name) == name_letters(row.name)
    shorter = number_key(row.number) == number_key(person.number) and len(row.number) < len(person.number)
    given = {
        "name": "" if known_words or name_key(row.name) in known else row.name,
        "nicknames": _more_nicknames(person, row),
        "role": row.role,
        "email": "" if fold(row.email) == fold(person.email) else row.email,
        "number": "" if shorter else row.number,
        "started": row.started,
        "left": row.left,
    }
    changes: dict[str, object] = {
        field: value for field, value in given.items() if value and value != getattr(person, field)
    }
    back = row.started is not None and row.left is None and person.left is not None and row.started > person.left
    if back:
        changes["left"] = None
    return msgspec.structs.replace(person, version=person.version + 1, **changes) if changes else None


def _more_nicknames(person: Person, row: RosterRow) -> tuple[str, ...]:
    """The nicknames of the person, and new ones from the row: what the manager wrote stays."""
    known = {fold(name) for name in (*person.nicknames, *spoken(person.name))}
    return (*person.nicknames, *(name for name in row.nicknames if fold(name) not in known))


def import_people(
    workspace: Workspace,
    rows: Sequence[RosterRow],
    now: datetime,
    gone: Sequence[RosterRow] = (),
    said: Mapping[int, bool] | None = None,
) -> Imported:
    """Add the people of a roster and bring those already known up to date, in one save; see `plan_import`."""
    with workspace.batch(deeds.PEOPLE_IMPORTED, now):
        plan = plan_import(workspace, rows, now, gone, said)
        if plan.added or plan.changed:
            changed = [with_former_names(workspace, person) for person in plan.changed]
            workspace.save(*plan.added, *changed, deed=deeds.PEOPLE_IMPORTED, now=now)
            if any(person.thanks == "private" for person in changed):
                look_again(workspace, deeds.PEOPLE_IMPORTED, now)
            for person in plan.added:
                welcome(workspace, person, now)
    return plan
