"""How a result divides by person, standard, kind and month, and the term that keeps one of these."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from textual.content import Content
from textual.widget import Widget

from meetingtool.rules import wording
from meetingtool.rules.history.search import Facets
from meetingtool.rules.kinds.table import SORTS
from meetingtool.rules.roster import Roster
from meetingtool.tui.stories.marks import fitted

CAPTION_WIDTH = 10

LEAST_NAME = 6
"""The fewest cells of the first name on a line."""


class Facet(msgspec.Struct, frozen=True):
    """One way to narrow a result down. term: what is added to the query; label: what a person reads; count: how many
    remain."""

    term: str
    label: str
    count: int


class FacetGroup(msgspec.Struct, frozen=True):
    """Facets of one sort, in the order in which they are shown."""

    title: str
    facets: tuple[Facet, ...]


def facet_groups(facets: Facets, roster: Roster, most: int | None = None) -> tuple[FacetGroup, ...]:
    """By person, standard, kind and month; months the newest first, after the years where there are several.

    most: how many people and months there can be room for.
    """
    people = [
        Facet(f"@{roster.handle(one)}", wording.one_line(roster.short_name(one)), count)
        for one, count in facets.people[:most]
        if roster.handle(one)
    ]
    standards = [
        Facet(f"#{roster.tag(one)}", f"#{wording.one_line(roster.tag(one))}", count)
        for one, count in facets.standards
        if roster.tag(one)
    ]
    kinds = [Facet(f"is:{kind}", SORTS[kind].plural, count) for kind, count in facets.kinds]
    return (
        FacetGroup("who", tuple(people)),
        FacetGroup("standard", tuple(standards)),
        FacetGroup("kind", tuple(kinds)),
        FacetGroup("when", tuple(_times(facets.months)[:most])),
    )


def _times(months: Iterable[tuple[str, int]]) -> list[Facet]:
    newest_first = list(months)[::-1]
    years: dict[str, int] = {}
    for month, count in newest_first:
        years[month[:4]] = years.get(month[:4], 0) + count
    whole = [Facet(f"on:{year}", year, count) for year, count in years.items()] if len(years) > 1 else []
    return whole + [Facet(f"on:{month}", _month(month, bool(whole)), count) for month, count in newest_first]


def _month(month: str, with_year: bool) -> str:
    name = wording.MONTHS[int(month[5:7]) - 1]
    return f"{name} {month[:4]}" if with_year else name


def facet_lines(groups: Iterable[FacetGroup], width: int) -> Content:
    """A line a group, with as many of its facets as fit whole."""
    lines = []
    for group in groups:
        line = Content.styled(f"{group.title:<{CAPTION_WIDTH}}", "$text-muted")
        for number, facet in enumerate(group.facets):
            blank = "   " if number else ""
            piece = Content.assemble(blank, f"{facet.label} ", (f"{facet.count:,}", "$accent"))
            over = line.cell_length + piece.cell_length - (width - 3)
            if over > 0 and not number:  # one name at least, however long
                room = max(Content(facet.label).cell_length - over, LEAST_NAME)
                cut = fitted(facet.label, room, [each.label for each in group.facets])
                line = Content.assemble(line, f"{cut} ", (f"{facet.count:,}", "$accent"))
            elif over > 0:
                line = Content.assemble(line, "  …")
                break
            else:
                line = Content.assemble(line, piece)
        if group.facets:
            lines.append(line)
    return Content("\n").join(lines)


class FacetLines(Widget):
    """The facets of a result, as many as fit; a line a group."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._groups: tuple[FacetGroup, ...] = ()

    def show(self, groups: tuple[FacetGroup, ...]) -> None:
        """Show the facets of another result."""
        if groups != self._groups:
            self._groups = groups
            self.refresh()

    def render(self) -> Content:
        return facet_lines(self._groups, self.content_size.width)
