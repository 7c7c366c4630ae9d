"""Rating people on standards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from meetingtool.actions.reading import moment_on
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.people.rating_evidence import citation_problem, evidence_problem
from meetingtool.store import Workspace


def checked_rating(
    person: Person, standard: Standard, value: int | None, note: str, stories: Sequence[Story], day: date
) -> None:
    """Refused when the rating is off the scale, without the evidence it needs, or for a person or standard not in use.

    value None stands for "not seen".
    """
    if value is not None and not 1 <= value <= 5:
        raise Refused(f"{value} is not a rating.", "Give 1 to 5.")
    if not person.on_team(day):
        raise Refused(
            f"{person.name} was not on the team on that day.", "Choose a day between the start and leaving dates."
        )
    if not standard.in_use(day):
        raise Refused(f"#{standard.tag} had been retired by then.", "Rate on a standard that was in use on that day.")
    bare = evidence_problem(value, note, stories, person.id)
    if bare:
        raise Refused(bare, "Write what you saw, or name the story it is based on.")
    problem = citation_problem(value, stories, person.id)
    if problem:
        raise Refused(problem, "Rate on something else you saw, or put it in a note.")


def already_given(
    workspace: Workspace, person: Person, standard: Standard, stories: tuple[str, ...], day: date
) -> Rating | None:
    """The rating that rests on just these stories, by their ids, and would be changed by another; None without
    stories."""
    found = workspace.find(Rating, since=day, until=day, person=person.id, standard=standard.id, stories=stories)
    return found[-1] if found and stories else None


def rate(
    workspace: Workspace,
    person: Person,
    standard: Standard,
    value: int | None,
    now: datetime,
    *,
    note: str = "",
    stories: Sequence[Story] = (),
    on: date | None = None,
    at: datetime | None = None,
) -> Rating:
    """Rate one person on one standard. value: 1 to 5, or None for "not seen"; refused like `checked_rating`.

    Rating the same person on the same standard from the same stories on the same day again changes the rating
    given then, so that one story never counts twice.
    """
    when = at or moment_on(on, now)
    checked_rating(person, standard, value, note, stories, when.date())
    cited = tuple(story.id for story in stories)
    given = already_given(workspace, person, standard, cited, when.date())
    if given is not None:
        changed = msgspec.structs.replace(
            given, version=given.version + 1, value=value, note=wording.storable(note).strip()
        )
        workspace.save(changed, deed=deeds.RATED, now=now)
        return changed
    rating = Rating(
        id=mint(now),
        at=when,
        made_at=now,
        made_by=workspace.user,
        person=person.id,
        standard=standard.id,
        value=value,
        note=wording.storable(note).strip(),
        stories=cited,
    )
    workspace.save(rating, deed=deeds.RATED, now=now)
    return rating
