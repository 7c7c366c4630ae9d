"""`meetingtool customer`: everything about one customer, the names that mean one, and lists of who bought lately."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Customers
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import print_csv, print_markdown
from meetingtool.cli.printing import out, print_fields, print_json, print_table, talk
from meetingtool.cli.tables import TableOptions, table_options

if TYPE_CHECKING:
    from meetingtool.actions.customers.pages import KnownCustomer, ListedCustomer
    from meetingtool.actions.desk import Desk
    from meetingtool.records.base import Record
    from meetingtool.records.customers import Customer

HEADS = ("Customer", "Open", "Last", "Records", "Group", "Calls")
KEYS = ("customer", "open", "last", "records", "group", "calls")
"""The columns of the list for people, and as CSV."""

MOST_SHOWN = 30
"""How many records a customer's page lists; the others are counted."""


@click.group(cls=Family)
def customer() -> None:
    """The people we serve. A page is made from the names in stories; nothing else need be kept for it."""


@customer.command("list")
@click.option("--open", "waiting", is_flag=True, help="Show only those waiting for something.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@click.option("--format", "form", type=click.Choice(["csv", "md"]), help="As a table to keep.")
@pass_opening
def list_customers(opening: Opening, waiting: bool, for_programs: bool, form: str | None) -> None:
    """List the customers of the last two years: whoever waits for something first, then the latest."""
    from meetingtool.actions.customers.pages import customers

    desk = opening.desk()
    found = [one for one in customers(desk) if one.open or not waiting]
    if for_programs:
        print_json([_listed(desk, one) for one in found])
    elif form == "csv":
        print_csv(KEYS, [_listed(desk, one) for one in found])
    elif form == "md":
        print_markdown(f"{desk.settings.team}: people we serve", HEADS, [_row(desk, one) for one in found])
    elif found:
        print_table(HEADS, [_row(desk, one) for one in found])
    else:
        talk(
            "Nobody is waiting for anything."
            if waiting
            else "No record names a customer yet: ^Acme in a line names one."
        )


def _listed(desk: Desk, one: ListedCustomer) -> dict[str, object]:
    from meetingtool.actions.customers.pages import group_of

    kept = one.kept
    return {
        "customer": one.name,
        "open": len(one.open),
        "last": one.last,
        "records": len(one.records),
        "group": group_of(desk, one),
        "calls": not (kept and kept.do_not_call),
        "aliases": list(kept.aliases) if kept else [],
    }


def _row(desk: Desk, one: ListedCustomer) -> tuple[str, ...]:
    from meetingtool.actions.customers.pages import group_of
    from meetingtool.rules import wording

    kept = one.kept
    return (
        wording.one_line(one.name),
        str(len(one.open)) if one.open else "",
        wording.day(one.last, desk.today) if one.last else "",
        str(len(one.records)),
        group_of(desk, one),
        "no calls" if kept and kept.do_not_call else "",
    )


@customer.command()
@click.argument("name", nargs=-1, required=True, type=Customers())
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@click.option("--room", is_flag=True, help="Without what is private, to show to the team.")
@pass_opening
def show(opening: Opening, name: tuple[str, ...], for_programs: bool, room: bool) -> None:
    """Show what a customer is waiting for, and everything that was said and done in all years."""
    from meetingtool.actions.customers.pages import facts_of, page_of

    desk = opening.desk(room=room)
    page = page_of(desk, " ".join(name))
    if for_programs:
        print_json(_page_json(desk, page))
        return
    out(page.known.name)
    print_fields(facts_of(desk, page))
    _print_records("Waiting for", list(page.known.open), desk)
    rest = [each for each in page.known.records if each not in page.known.open]
    _print_records("Before" if page.known.open else "Records", rest, desk)


def _print_records(title: str, records: list[Record], desk: Desk) -> None:
    from meetingtool.rules import wording
    from meetingtool.rules.kinds.table import kind_of, words_for

    if not records:
        return
    out("")
    rows = [
        (
            each.ref,
            wording.day(each.at.date(), desk.today),
            words_for(each).short,
            desk.roster.names(kind_of(each).people(each)),
            kind_of(each).remark(each, desk.roster),
            wording.shortened(kind_of(each).text(each, desk.roster), 100),
        )
        for each in records[:MOST_SHOWN]
    ]
    print_table((title, "Day", "", "Who", "", "What"), rows)
    if len(records) > MOST_SHOWN:
        talk(f"and {len(records) - MOST_SHOWN:,} more: `meetingtool history customer:NAME` has them.")


def _page_json(desk: Desk, page: KnownCustomer) -> dict[str, object]:
    from meetingtool.actions.customers.pages import group_of
    from meetingtool.cli.shapes import listed

    kept = None if desk.room else page.known.kept
    open_ids = {each.id for each in page.known.open}
    return {
        "customer": page.known.name,
        "aliases": list(page.names[1:]),
        "group": group_of(desk, page.known),
        "telephone": kept.telephone if kept else "",
        "email": kept.email if kept else "",
        "note": kept.note if kept else "",
        "calls": not (kept and kept.do_not_call),
        "spent": page.spent,
        "answers": page.answers,
        "purchase": page.purchase,
        "open": [listed(each, desk.roster) for each in page.known.records if each.id in open_ids],
        "records": [listed(each, desk.roster) for each in page.known.records],
    }


@customer.command()
@click.argument("name", type=Customers())
@click.option("--group", help="Which of the groups that we serve; empty removes it.")
@click.option("--telephone", help="The telephone number; empty removes it.")
@click.option("--email", help="The e-mail address; empty removes it.")
@click.option("--note", help="What anybody who serves this customer should know.")
@pass_opening
def edit(
    opening: Opening, name: str, group: str | None, telephone: str | None, email: str | None, note: str | None
) -> None:
    """Keep something of a customer: a group, a telephone number, an address, a note."""
    from meetingtool.actions.customers.keeping import change_customer

    if (group, telephone, email, note) == (None, None, None, None):
        raise click.UsageError("Say what to change, such as --telephone or --note.")
    workspace = opening.desk().workspace
    _tell(change_customer(workspace, name, opening.now, group=group, telephone=telephone, email=email, note=note))


@customer.command()
@click.argument("name", type=Customers())
@click.argument("other", type=Customers())
@pass_opening
def alias(opening: Opening, name: str, other: str) -> None:
    """Let OTHER mean the same customer as NAME, in whatever stories carry it."""
    from meetingtool.actions.customers.keeping import add_alias
    from meetingtool.actions.customers.pages import brought_over, known_as

    was = known_as(opening.desk(), other)
    _tell(add_alias(opening.desk().workspace, name, other, opening.now))
    if was is not None and was.records:
        talk(brought_over(was))


@customer.command()
@click.argument("name", type=Customers())
@click.argument("other", type=Customers())
@pass_opening
def merge(opening: Opening, name: str, other: str) -> None:
    """Bring two customers together under NAME. Records stay as they were written; `undo` takes it back."""
    from meetingtool.actions.customers.keeping import merge as bring_together
    from meetingtool.actions.customers.pages import page_of

    desk = opening.desk()
    for each in (name, other):
        page_of(desk, each)  # a slip in a name is refused, with the nearest
    _tell(bring_together(desk.workspace, name, other, opening.now))


@customer.command("no-calls")
@click.argument("name", type=Customers())
@click.option("--again", is_flag=True, help="This customer may be called again.")
@pass_opening
def no_calls(opening: Opening, name: str, again: bool) -> None:
    """Never put this customer on the list of calls."""
    from meetingtool.actions.customers.keeping import change_customer

    _tell(change_customer(opening.desk().workspace, name, opening.now, do_not_call=not again))


def _tell(kept: Customer) -> None:
    from meetingtool.rules import wording

    parts = [wording.one_line(kept.name)]
    parts += [f"also {wording.listed(list(kept.aliases))}"] if kept.aliases else []
    parts += ["wants no calls"] if kept.do_not_call else []
    out(" · ".join(parts))


@customer.command()
@click.argument("name", type=Customers())
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def forget(opening: Opening, name: str, dry_run: bool, yes: bool) -> None:
    """Take a customer's names out of every record, former version and backup. It can't be undone.

    What was done stays, for a former customer. Final evaluations keep their words, and are named.
    """
    from meetingtool.actions.customers.forgetting import forget_customer, plan_to_forget
    from meetingtool.actions.keeping.retention import still_named, told_unread, unread_beside
    from meetingtool.cli.keeping.safekeeping import agreed
    from meetingtool.rules import wording

    workspace = opening.desk().workspace
    plan = plan_to_forget(workspace, name)
    talk(f"{wording.count(len(plan.changed), 'record')} would lose the name {wording.listed(list(plan.names))}.")
    if plan.mentions:
        talk("The first word of the name is in what was written, and stays there unless you edit it:")
        rows = [(each.record.ref, each.field, wording.shortened(each.words, 90)) for each in plan.mentions]
        print_table(("Ref", "In", "Words"), rows)
    if plan.locked:
        number = wording.count(len(plan.locked), "shared or final evaluation")
        talk(f"{number} with the name in it: what was handed over stays.")
    if dry_run or not agreed("Forget this customer? It can't be undone.", yes):
        return
    named = forget_customer(workspace, plan, opening.now)
    for path in named:
        talk(still_named(path))
    if unread := unread_beside(workspace, but=named):
        talk(told_unread(unread, workspace.folder))
    out("forgotten")


@customer.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@table_options()
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@pass_opening
def import_(
    opening: Opening,
    file: Path,
    options: TableOptions,
    dry_run: bool,
) -> None:
    """Import a list of who bought lately, from a CSV file or a spreadsheet: calls are drawn from it.

    FIELD in --column: customer (or first and last), day, what, person, group, telephone, email. What an earlier list
    had is left as it is. Telephone numbers are deleted twelve months after the last purchase.
    """
    from meetingtool.actions.customers.recent import fresh, import_recent, with_groups, without_forgotten
    from meetingtool.importers.customers.recent import FIELDS, read_recent
    from meetingtool.rules import wording

    desk = opening.desk()
    sheet = options.read(file, FIELDS)
    recent = read_recent(
        sheet,
        desk.roster,
        desk.today,
        day_order=options.day_order,
        columns=options.columns,
        usual=desk.settings.day_order,
    )
    recent = with_groups(desk.workspace, without_forgotten(desk.workspace, recent))
    talk(recent.mapping)
    for note in recent.notes:
        talk(note)
    for reject in recent.rejected[:10]:
        talk(f"{sheet.unit} {reject.line}: {reject.reason}{f' (“{reject.value}”)' if reject.value else ''}; left out")
    if len(recent.rejected) > 10:
        talk(f"and {len(recent.rejected) - 10:,} more left out.")
    if dry_run:
        new = len(fresh(desk.workspace, recent))
        out(f"{wording.count(new, 'purchase')} would be taken, {len(recent.rows) - new:,} known already")
        return
    taken = import_recent(desk.workspace, recent, file.name, opening.now)
    known = f", {taken.same:,} known already" if taken.same else ""
    out(f"{wording.count(taken.taken, 'purchase')} taken{known}")
    if taken.let_go:
        talk(f"Telephone numbers of {wording.count(taken.let_go, 'customer')} deleted: twelve months have passed.")
