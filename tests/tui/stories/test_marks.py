"""Names in few cells: whoever would look like somebody else is told apart by the handle."""

from __future__ import annotations

from datetime import UTC, date, datetime

from meetingtool.records.people import Person
from meetingtool.rules.roster import Roster
from meetingtool.tui.stories.marks import name_in, names_in

TODAY = date(2026, 11, 24)
MADE = datetime(2026, 1, 5, tzinfo=UTC)


def roster(*people: tuple[str, str]) -> Roster:
    """The handle is the id."""
    return Roster(
        [Person(id=handle, at=MADE, made_at=MADE, made_by="pat", handle=handle, name=name) for handle, name in people],
        (),
        TODAY,
    )


def test_names_that_would_look_the_same_when_cut_are_shown_by_their_handles() -> None:
    one, other = ("max", "Wolfeschlegel Bergerdorff"), ("max-2", "Wolfeschlegelstein Bergerdorff")
    alike = roster(
        one, ("max-3", "Wolfeschlegel Bergerdorff"), other, ("tom", "Tom Ng"), ("ann", "Annabella Longfellow")
    )
    shown = [name_in(person.id, alike, 12) for person in alike.everyone]
    assert len(set(shown)) == len(shown), shown
    assert "@max" in shown
    assert name_in("tom", alike, 12) == "Tom"
    assert names_in(["max", "tom"], alike, 12) == "@max +1"


def test_a_cut_name_like_nobody_elses_keeps_its_letters() -> None:
    alone = roster(("jo", "Wolfeschlegelstein"), ("tom", "Tom Ng"))
    assert name_in("jo", alone, 12) == "Wolfes…stein"
