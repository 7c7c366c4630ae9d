"""What people, standards, references and dates are called on a command line, with their completion in the shell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from meetingtool.cli.opening import Opening
from meetingtool.errors import MeetingtoolError

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from meetingtool.rules.roster import Roster

if TYPE_CHECKING:
    _Text = click.ParamType[str]
else:
    _Text = click.ParamType

T = TypeVar("T")
DATES = ("today", "yesterday", "monday", "tuesday", "wednesday", "thursday", "friday")
REFS_OFFERED = 30


class _Named(_Text):
    """Text that the shell can complete from the workspace; it is looked up later, by the command."""

    def candidates(self, opening: Opening, incomplete: str) -> Iterable[tuple[str, str]]:
        """What can be given here, each with a word about it."""
        raise NotImplementedError

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The candidates that start as typed; none where the workspace can't be read."""
        from click.shell_completion import CompletionItem

        opening = ctx.find_object(Opening)
        if opening is None:
            return []
        try:
            found = list(self.candidates(opening, incomplete))
        except (MeetingtoolError, OSError):
            return []
        finally:
            opening.close()
        return [CompletionItem(text, help=about) for text, about in found]


class Who(_Named):
    """A person: `@handle`, a handle, or a name that only one has."""

    name = "@who"

    def candidates(self, opening: Opening, incomplete: str) -> Iterable[tuple[str, str]]:
        """Handles, by the beginning of the handle or of a name."""
        return people_like(opening.roster(), incomplete, everyone=True)


class Tag(_Named):
    """A standard: `#tag`, or the tag alone."""

    name = "#standard"

    def candidates(self, opening: Opening, incomplete: str) -> Iterable[tuple[str, str]]:
        """Tags, with `#` only if it was typed, because shells treat it as a comment."""
        return standards_like(opening.roster(), incomplete)


class LineWords(_Named):
    """The words of a line in the capture grammar or of a query."""

    name = "text"

    def candidates(self, opening: Opening, incomplete: str) -> Iterable[tuple[str, str]]:
        """People after `@`, standards after `#`, customers after `^` and `customer:`; also at the end of a quoted
        line."""
        import re

        mark = re.search(r"(?:^|(?<=\s))(?:[@#^]|-?customer:)[^@#^]*\Z", incomplete)
        if mark is None:
            return ()
        before, typed = incomplete[: mark.start()], mark[0]
        if typed[0] in "@#":
            roster = opening.roster()
            found = people_like(roster, typed) if typed[0] == "@" else standards_like(roster, typed)
        else:
            from meetingtool.rules.capture.writing import customer_mark

            sign = typed[: typed.index(":") + 1] if ":" in typed else ""
            names = customers_like(opening, typed.removeprefix(sign).lstrip('^"'))
            found = [(f"{sign}{customer_mark(name)[1:]}" if sign else customer_mark(name), "") for name in names]
        return [(f"{before}{text}", about) for text, about in found]


class Customers(_Named):
    """A customer, by name."""

    name = "customer"

    def candidates(self, opening: Opening, incomplete: str) -> Iterable[tuple[str, str]]:
        """The names of customers."""
        return [(name, "") for name in customers_like(opening, incomplete)]

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The names of customers; what is left of one whose first words stand on the line without quotes."""
        begun = ctx.params.get(param.name or "") if param.nargs == -1 else None
        start = f"{' '.join(begun)} " if begun else ""
        found = super().shell_complete(ctx, param, f"{start}{incomplete}")
        for item in found:
            item.value = item.value[len(start) :]
        return found


class Ref(_Named):
    """The end of a record's id. kinds: which records the shell offers."""

    name = "ref"

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds or ("story", "follow-up")

    def candidates(self, opening: Opening, incomplete: str) -> Iterable[tuple[str, str]]:
        """The references of the latest records of these kinds."""
        from datetime import timedelta

        from meetingtool.records.followups import FollowUp
        from meetingtool.records.meetings import Meeting
        from meetingtool.records.stories import Story
        from meetingtool.rules import wording

        workspace, since = opening.workspace(), opening.today - timedelta(days=90)
        about: list[tuple[str, str]] = []
        if "meeting" in self.kinds:
            about += [(m.ref, wording.day(m.at.date(), opening.today)) for m in workspace.find(Meeting, since=since)]
        if "story" in self.kinds:
            about += [(s.ref, wording.shortened(s.text, 50)) for s in workspace.find(Story, since=since)]
        if "follow-up" in self.kinds:
            found = workspace.find(FollowUp, since=since)
            about += [(f.ref, wording.shortened(f.text, 50)) for f in found]
        if "open" in self.kinds:
            found = workspace.find(FollowUp, since=since, state="open")
            about += [(f.ref, wording.shortened(f.text, 50)) for f in found]
        return [item for item in reversed(about) if item[0].startswith(incomplete.upper())][:REFS_OFFERED]


class Day(_Text):
    """A day in words or numbers; the command reads it with the clock and the team's order of day and month."""

    name = "date"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The words for nearby days."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(word) for word in DATES if word.startswith(incomplete.lower())]


def people_like(roster: Roster, incomplete: str, *, everyone: bool = False) -> list[tuple[str, str]]:
    """`@handle` and name of those whose handle starts as typed, else of the only person with a part of the name that
    does.

    Several names are not offered: bash would replace what was typed by what they have in common.
    """
    from meetingtool.rules.folding import fold

    start = fold(incomplete.removeprefix("@"))
    people = roster.everyone if everyone else roster.people
    found = [person for person in people if person.handle.startswith(start)]
    if not found:
        found = _by_word(people, [person.name for person in people], start)
    return [(f"@{person.handle}", person.name) for person in found]


def customers_like(opening: Opening, incomplete: str) -> list[str]:
    """The names of customers that start as typed, else the only one with a word that does."""
    from meetingtool.actions.customers.pages import customers
    from meetingtool.rules.folding import fold

    names, start = [one.name for one in customers(opening.desk())], fold(incomplete)
    return [name for name in names if fold(name).startswith(start)] or _by_word(names, names, start)


def _by_word(things: Sequence[T], names: Sequence[str], start: str) -> list[T]:
    """The only one of the things with a name of which a word, and what follows it, starts so."""
    from meetingtool.rules.folding import fold

    found = [thing for thing, name in zip(things, names, strict=True) if f" {start}" in f" {fold(name)}"]
    return found if len(found) == 1 else []


def standards_like(roster: Roster, incomplete: str) -> list[tuple[str, str]]:
    """Tag and title of the standards whose tag starts as typed, with `#` where it was typed."""
    from meetingtool.rules.folding import fold

    mark = "#" if incomplete.startswith("#") else ""
    start = fold(incomplete.removeprefix("#"))
    return [(f"{mark}{s.tag}", s.title) for s in roster.standards if s.tag.startswith(start)]


def paired(values: Iterable[str], option: str, joined_by: str = "") -> dict[str, str]:
    """`NAME=VALUE` options as a mapping; wrong usage where one has no `=`.

    joined_by: what joins the values of a repeated name; without it the last one counts.
    """
    pairs: dict[str, str] = {}
    for value in values:
        name, equals, rest = value.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"{option} needs NAME=VALUE, not “{value}”.")
        before = f"{pairs[name.strip()]}{joined_by}" if joined_by and name.strip() in pairs else ""
        pairs[name.strip()] = f"{before}{rest.strip()}"
    return pairs
