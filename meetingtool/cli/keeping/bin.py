"""`meetingtool bin`: what was removed, and restoring it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Ref
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.records.base import Record


@click.group(cls=Family)
def bin_() -> None:
    """List what was removed in the last year, and restore it."""


@bin_.command(name="list")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_(opening: Opening, for_programs: bool) -> None:
    """List what is in the bin, most recently removed first."""
    from meetingtool.actions.keeping.log import bin_of
    from meetingtool.cli import portraits, shapes
    from meetingtool.rules import wording

    desk = opening.desk()
    found = bin_of(desk)
    if for_programs:
        print_json([shapes.shape(one.record, desk.roster) | {"removed_by": one.by} for one in found])
        return
    if not found:
        talk("The bin is empty.")
        return
    rows = [
        (one.record.ref, one.kind, portraits.moment(one.at, desk.today), one.by, wording.shortened(one.what, 60))
        for one in found
    ]
    print_table(("Ref", "Kind", "Removed", "By", "What"), rows)
    talk("Restore one with: meetingtool bin restore REF")


@bin_.command()
@click.argument("ref", type=Ref())
@pass_opening
def restore(opening: Opening, ref: str) -> None:
    """Restore a record from the bin; the same as `remove REF --back`."""
    from meetingtool.actions.keeping import undo as actions

    desk = opening.desk()
    record = desk.workspace.by_ref(ref)
    tell_restored(record, actions.bring_back(desk.workspace, record, opening.now))


def tell_restored(before: Record, after: Record) -> None:
    """Print that a record came back, and what became different about it."""
    from meetingtool.actions.keeping.only_one import told_restored
    from meetingtool.rules.kinds.table import sort_of

    out(f"{sort_of(after)} {after.ref}  restored")
    if told := told_restored(before, after):
        talk(told)
