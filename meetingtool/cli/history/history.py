"""`meetingtool history`: looking back over stories, promises, actions and minutes."""

from __future__ import annotations

import re
from textwrap import fill
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import LineWords
from meetingtool.cli.commands import TextCommand, as_typed
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, print_table, talk
from meetingtool.errors import NotFound, Unclear
from meetingtool.rules.history.query import FLAGS

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.actions.history.history import History
    from meetingtool.records.base import Record
    from meetingtool.rules.history.query import Query
    from meetingtool.rules.roster import Roster

USUAL = 50
LISTED_AS = {"meeting": "minutes"}
"""Kinds with a name in the list other than the one after `is:`."""
_OTHERS = fill("or " + ", ".join(list(FLAGS)[1:]), 58).replace("\n", "\n" + " " * 28)
HELP = f"""Look back over stories, promises, actions and minutes, the newest first. All parts of the QUERY must hold.

\b
    @maria  #own-it         a person, a standard
    word  "exact words"     a word or its beginning; words in this order
    -word                   without it; works before any part
    is:win                  {_OTHERS}
    on:2026-03              in a year, a month, on a day
    after:2026-03-01        from that day on; before: until the day before
    customer:"Blue Door"    a customer

Shells treat # as the start of a comment and strip quotes: put the whole query in single quotes, as
in meetingtool history '@maria #own-it "courier"'.
"""


@click.command(cls=TextCommand, help=HELP)
@click.argument("query", nargs=-1, type=LineWords())
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"How many; 0 shows all. Without it {USUAL}, and all with --json and --format.",
)
@click.option("--best", is_flag=True, help="The best match first, not the newest.")
@click.option("--format", "form", type=click.Choice(["csv", "md"]), help="Print CSV or Markdown.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@click.option("--keep", is_flag=True, help="Save this search, to be used again here and in the app.")
@click.option("--forget", is_flag=True, help="Delete this saved search.")
@click.option("--kept", is_flag=True, help="List the saved searches.")
@click.option("--again", type=click.IntRange(min=1), metavar="N", help="Use the saved search N, with QUERY added.")
@pass_opening
def history(
    opening: Opening,
    query: tuple[str, ...],
    limit: int | None,
    best: bool,
    form: str | None,
    for_programs: bool,
    keep: bool,
    forget: bool,
    kept: bool,
    again: int | None,
) -> None:
    """Look back over stories, promises and actions."""
    from meetingtool.actions.history.history import History
    from meetingtool.rules.history.query import parse_query

    if form and for_programs:
        raise click.UsageError("Give either --format or --json.")
    desk, typed = opening.desk(), typed_query(query)
    if keep or forget or kept:
        _manage_kept(desk, typed, keep=keep, forget=forget, for_programs=for_programs)
        return
    if again is not None:
        typed = f"{_kept_search(desk, again)} {typed}".strip()
    wanted = parse_query(typed, desk.roster, desk.today, day_order=desk.settings.day_order)
    _refuse_astray(wanted)
    for note in wanted.notes:
        talk(note)
    if limit is None:
        limit = 0 if form or for_programs else USUAL
    search = History(desk)
    found = search.records(wanted, most=limit and limit + 1, best_match=best)
    shown = found[:limit] if limit else found
    if for_programs:
        from meetingtool.cli.shapes import listed

        print_json([listed(record, desk.roster) for record in shown])
    elif form == "csv":
        _print_csv(shown, desk)
    elif form == "md":
        _print_markdown(shown, desk, wanted)
    elif shown:
        roster = desk.roster
        rows = [_row(record, roster) for record in shown]
        print_table(("Day", "", "Ref", "", "Who", "Standards", "Customer", "What"), rows, behind=(4, 5, 6))
    _tell_rest(search, wanted, shown, more=len(found) > len(shown))


def _refuse_astray(query: Query) -> None:
    """Raise Unclear where a part isn't looked for as it was meant: whoever gets a list must be able to rely on it.

    The app searches as well as it can while a query is typed, and shows its notes beside what was found.
    """
    from meetingtool.rules.wording import shortened

    if query.astray:
        parts = ", ".join(f"“{shortened(typed, 40)}”" for typed, _ in query.astray)
        cures = " ".join(dict.fromkeys(instead for _, instead in query.astray))
        raise Unclear(f"Nothing is listed: {parts} can't be searched for.", cures)


def _manage_kept(desk: Desk, typed: str, *, keep: bool, forget: bool, for_programs: bool) -> None:
    """Save a search or delete one, and list those saved."""
    from meetingtool.actions.history.searches import forget_search, keep_search
    from meetingtool.rules.wording import one_line

    if keep and forget:
        raise click.UsageError("Give either --keep or --forget.")
    if keep:
        keep_search(desk.workspace, typed, desk.now)
    elif forget:
        forget_search(desk.workspace, " ".join(typed.split()), desk.now)
    searches = desk.settings.searches
    if for_programs:
        print_json(list(searches))
        return
    for number, search in enumerate(searches, 1):
        out(f"{number:>2}  {one_line(search)}")
    if not searches:
        talk("No search is saved. `meetingtool history --keep QUERY` saves one.")


def _kept_search(desk: Desk, number: int) -> str:
    """A saved search by its number in the list."""
    searches = desk.settings.searches
    if number > len(searches):
        raise NotFound(f"There is no saved search {number}.", "`meetingtool history --kept` lists them.")
    return searches[number - 1]


_PLAIN_CUSTOMER = re.compile(r"""(-?customer:)([^"“„«@#:]*\s[^"“„«@#:]*)""", re.IGNORECASE)


def typed_query(words: tuple[str, ...]) -> str:
    """The query as it was meant, where a shell has taken the quotes off `customer:"Blue Door"`."""
    pieces = []
    for word in words:
        bare = _PLAIN_CUSTOMER.fullmatch(word)
        pieces.append(f'{bare[1]}"{bare[2]}"' if bare else word)
    return as_typed(tuple(pieces))


def _row(record: Record, roster: Roster) -> tuple[str, ...]:
    from meetingtool.cli.telling import signs
    from meetingtool.rules import wording
    from meetingtool.rules.kinds.table import kind_of

    kind = kind_of(record)
    remark = kind.remark(record, roster)
    return (
        wording.day(record.at.date(), roster.today),
        signs(record),
        record.ref,
        LISTED_AS.get(kind.sort(record), kind.sort(record)),
        roster.names(kind.people(record)),
        roster.tags(kind.standards(record)),
        kind.customer(record),
        wording.shortened(kind.text(record, roster), 300) + (f" ({remark})" if remark else ""),
    )


def _print_csv(records: list[Record], desk: Desk) -> None:
    from meetingtool.documents.history.listing import as_csv

    click.echo(as_csv(records, desk.roster).encode("utf-8", "replace"), nl=False)


def _print_markdown(records: list[Record], desk: Desk, query: Query) -> None:
    from meetingtool.documents.formats.markdown import render
    from meetingtool.documents.history.listing import listing

    title = f"{desk.settings.team}: history"
    out(render(listing(records, desk.roster, desk.today, title=title, query=query.text)).rstrip("\n"))


def _tell_rest(search: History, query: Query, shown: list[Record], *, more: bool) -> None:
    from meetingtool.rules.wording import count

    if more:
        talk(f"The latest {count(len(shown), 'entry', 'entries')}; --limit 0 shows all.")
    elif not shown and not query.terms:
        talk("Nothing is recorded yet. `meetingtool win TEXT` records a win.")
    elif not shown:
        from meetingtool.rules.history.query import blame_told

        search.read_all()
        blamed = "".join(blame_told(search.blame(query)))
        talk(f"Nothing matches. {blamed} `meetingtool history -h` explains the parts of a query.")
