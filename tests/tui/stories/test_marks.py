"""Names in few cells: they are cut where they differ, and told apart by the handle where that can't be."""

from __future__ import annotations

from datetime import UTC, date, datetime

from rich.cells import cell_len

from meetingtool.records.people import Person
from meetingtool.rules.roster import Roster
from meetingtool.tui.stories.marks import fitted, name_in, names_in

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


def test_names_are_cut_where_they_differ() -> None:
    ends = ("Alexandrina-Theodora", "Alexandrine-Theodora", "Alexandra-Theodora", "Maximiliane Papadopoulou",
            "Maximiliano Papadopoulou", "山田太郎左衛門尉長政公", "山田太郎右衛門尉長政公")  # fmt: skip
    assert fitted(ends[0], 12, ends) == "Alexandrina…"
    assert fitted(ends[3], 14, ends) == "Maximiliane P…"
    assert fitted(ends[1], 9, ends) == "A…ndrine…"
    for width in range(6, 24):
        cut = [fitted(name, width, ends) for name in ends]
        assert len(set(cut)) == len(ends), cut
        assert all(cell_len(name) <= width for name in cut), cut
