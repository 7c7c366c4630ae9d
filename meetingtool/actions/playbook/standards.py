"""The service standards of the team: adding, changing, retiring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from meetingtool.actions.playbook.playbook import saved
from meetingtool.actions.reading import roster_of
from meetingtool.errors import Refused
from meetingtool.records.base import mint
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.rules import wording
from meetingtool.rules.days import moved
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.rules.roster import HANDLE, Roster
from meetingtool.store import Workspace

Anchors = tuple[str, str, str, str, str]


def checked_tag(tag: str, roster: Roster, owner: str = "") -> str:
    """A tag that no other standard has or had. Refused otherwise, or when it is not made of letters and digits."""
    text = fold(tag.strip().removeprefix("#"))
    if not HANDLE.fullmatch(text) or text.isdigit():
        raise Refused(
            f"“{wording.shortened(tag, 40)}” is not a valid tag.", "Use letters with - between, such as #own-it."
        )
    for standard in roster.all_standards:
        if standard.id != owner and text in (standard.tag, *standard.former_tags):
            raise Refused(f"#{text} is in use for “{standard.title}”.", "Choose another tag.")
    return text


def checked_weight(weight: int) -> int:
    """Refused unless the weight is 1 to 100."""
    if not 1 <= weight <= 100:
        raise Refused(f"{weight} is not a valid weight.", "Give a whole number from 1 to 100; 1 is usual.")
    return weight


def _checked_anchors(anchors: Sequence[str]) -> Anchors:
    one, two, three, four, five = (wording.one_line(wording.storable(anchor)) for anchor in anchors)
    return one, two, three, four, five


def _words(text: str, what: str) -> str:
    words = wording.one_line(wording.storable(text))
    if not words:
        raise Refused(f"A standard needs {what}.", "Say it in a few plain words.")
    return words


def add_standard(
    workspace: Workspace,
    tag: str,
    title: str,
    behaviour: str,
    now: datetime,
    *,
    anchors: Sequence[str] = ("", "", "", "", ""),
    weight: int = 1,
) -> Standard:
    """Add a standard at the end of the list. anchors: what the ratings 1, 2, 3, 4 and 5 look like."""
    with workspace.batch(deeds.STANDARD_ADDED, now):
        roster = roster_of(workspace, now.date())
        standard = Standard(
            id=mint(now),
            at=now,
            made_at=now,
            made_by=workspace.user,
            tag=checked_tag(tag, roster),
            title=_words(title, "a title"),
            behaviour=_words(behaviour, "the behaviour it asks for"),
            anchors=_checked_anchors(anchors),
            weight=checked_weight(weight),
            order=max((s.order for s in roster.all_standards), default=-1) + 1,
        )
        workspace.save(standard, deed=deeds.STANDARD_ADDED, now=now)
        return standard


def edit_standard(
    workspace: Workspace,
    standard: Standard,
    now: datetime,
    *,
    tag: str | None = None,
    title: str | None = None,
    behaviour: str | None = None,
    anchors: Sequence[str] | None = None,
    weight: int | None = None,
    order: int | None = None,
) -> Standard:
    """Change a standard; None leaves a part as it is. A former tag still finds it; past documents keep the old one.

    order: its new place from 0; the others make room.
    """
    with workspace.batch(deeds.STANDARD_EDITED, now):
        changes: dict[str, object] = {}
        if tag is not None:
            new = checked_tag(tag, roster_of(workspace, now.date()), standard.id)
            former = [old for old in (*standard.former_tags, standard.tag) if old != new]
            changes |= {"tag": new, "former_tags": tuple(dict.fromkeys(former))}
        if title is not None:
            changes["title"] = _words(title, "a title")
        if behaviour is not None:
            changes["behaviour"] = _words(behaviour, "the behaviour it asks for")
        if anchors is not None:
            changes["anchors"] = _checked_anchors(anchors)
        if weight is not None:
            changes["weight"] = checked_weight(weight)
        return saved(workspace, standard, changes, order, now)


def retire_standard(workspace: Workspace, standard: Standard, last_day: date, now: datetime) -> Standard:
    """Let `last_day` be the last day on which a standard holds. What was rated before stays.

    Refused when it is retired, and for a day before its last rating: that would take the rating out of a score.
    """
    if standard.retired is not None:
        raise Refused(
            f"#{standard.tag} has been retired since {wording.day(standard.retired, now.date())}.",
            "`undo` reverses a retirement; otherwise add it again.",
        )
    rated = workspace.find(Rating, standard=standard.id, since=moved(last_day, timedelta(days=1)))
    if rated:
        last = wording.day(max(rating.at.date() for rating in rated), now.date())
        raise Refused(f"#{standard.tag} was last rated on {last}.", "Retire it on that day or later.")
    changed = msgspec.structs.replace(standard, version=standard.version + 1, retired=last_day)
    workspace.save(changed, deed=deeds.STANDARD_RETIRED, now=now)
    return changed
