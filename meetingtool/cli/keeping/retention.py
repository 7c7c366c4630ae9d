"""`meetingtool forget` and `archive`: removing what may no longer be kept."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Who
from meetingtool.cli.commands import Command
from meetingtool.cli.keeping.safekeeping import agreed
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import can_ask, out, out_by_screens, print_json, sure, table, talk

if TYPE_CHECKING:
    from meetingtool.actions.keeping.retention import Forgetting


@click.command(cls=Command)
@click.argument("who", type=Who())
@click.option("--texts", is_flag=True, help="Also replace the name in what was written, instead of listing it.")
@click.option("--with-zips", is_flag=True, help="Delete the zips in the workspace's backups that have the name.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, without doing it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def forget(
    opening: Opening, who: str, texts: bool, with_zips: bool, dry_run: bool, yes: bool, for_programs: bool
) -> None:
    """Make somebody who has left anonymous, in every record, its former versions and the backups of the books.

    Name, handle, nicknames, role, e-mail, number and first day go; numbers and stories stay, as those of a former
    colleague. Where somebody wrote the name is listed for you to decide, or replaced with --texts.
    Final evaluations get a new digest. In a terminal it asks about texts and zips. It can't be undone. If it is
    interrupted, the same command finishes it.
    """
    from meetingtool.actions.keeping import retention
    from meetingtool.rules import wording

    desk = opening.desk()
    person = retention.person_to_forget(desk.workspace, desk.roster, who)
    plan = retention.plan_to_forget(desk.workspace, person, opening.now, texts=texts)
    _show(plan, desk.workspace.folder, for_programs)
    if dry_run:
        return
    if can_ask() and not yes and not for_programs:
        if plan.mentions and sure(f"Write {plan.alias.name} there instead of the name?"):
            plan = retention.plan_to_forget(desk.workspace, person, opening.now, texts=True)
        which = "the zip that has" if len(plan.zips) == 1 else f"the {len(plan.zips)} zips that have"
        with_zips = with_zips or (bool(plan.zips) and sure(f"Delete {which} the name?"))
    if not agreed(f"Make {person.name} anonymous for good?", yes):
        return
    done = retention.forget(desk.workspace, plan, opening.now, with_zips=with_zips)
    copies = f" and in {len(done.copies)} of their copies" if done.copies else ""
    talk(f"{person.name} is @{plan.alias.handle} now, in the records{copies}.")
    shown = () if for_programs else plan.beside
    for path in (each for each in done.out_of_reach if each not in shown):
        talk(retention.still_named(path))
    if shown:
        talk(f"{wording.count(len(shown), 'file')} named above {'is' if len(shown) == 1 else 'are'} as before.")
    talk(f"{desk.workspace.OUT_OF_REACH}, still have the name.")


def _show(plan: Forgetting, folder: Path, for_programs: bool) -> None:
    if for_programs:
        print_json(
            {
                "person": plan.person.id,
                "handle": plan.alias.handle,
                "records": len(plan.changed),
                "former_versions_of": len(plan.cleared),
                "locked_evaluations": plan.locked,
                "locked_evaluations_of_others": plan.others_locked,
                "mentions": [{"ref": m.record.ref, "field": m.field, "text": m.words} for m in plan.mentions],
                "zips": [str(path) for path in plan.zips],
                "files_beside": [str(path) for path in plan.beside],
                "not_looked_into": [str(path) for path in plan.unread],
            }
        )
        return
    out_by_screens("\n".join(_told(plan, folder)))


def _told(plan: Forgetting, folder: Path) -> Iterator[str]:
    """What would change, for the person who decides it."""
    from meetingtool.actions.keeping.retention import still_named, told_unread
    from meetingtool.rules import wording
    from meetingtool.rules.keeping.anonymity import is_alias

    records = wording.count(len(plan.changed), "record")
    if is_alias(plan.person) and not plan.changed:
        yield (
            f"@{plan.alias.handle} was forgotten already: no record is left to change. Copies are looked through again."
        )
    else:
        yield (
            f"{records} will change; the former versions of {len(plan.cleared)} will be deleted, "
            "in every backup of a book too."
        )
    if plan.locked:
        yield (
            f"{wording.count(plan.locked, 'final edition')} of the person's evaluations will be made "
            "anonymous and locked again."
        )
    if plan.others_locked:
        others = wording.count(plan.others_locked, "final edition")
        yield f"{others} of other people's evaluations will be locked again."
    if plan.drafts:
        yield f"{wording.count(len(plan.drafts), 'half-typed text')} about the person will be deleted."
    for path in plan.zips:
        yield f"A zip that has the name: {path} (--with-zips deletes it)"
    for path in plan.beside:
        yield still_named(path)
    if plan.unread:
        yield told_unread(plan.unread, folder)
    if plan.mentions:
        more = "" if plan.texts else " or add --texts"
        yield f"The name appears in what was written, and stays there unless you edit it{more}:"
        rows = [(m.record.ref, m.field, wording.shortened(m.words, 90)) for m in plan.mentions]
        yield table(("Ref", "In", "Words"), rows)


@click.command(cls=Command)
@click.argument("year", type=click.IntRange(1, 9999))
@click.argument("target", metavar="TO.zip", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, without doing it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def archive(opening: Opening, year: int, target: Path, force: bool, dry_run: bool, yes: bool) -> None:
    """Write a past year to one readable zip, and take it out of the workspace with all its backups."""
    from meetingtool.actions.keeping import retention
    from meetingtool.rules import wording

    opening.path()  # refused on a server
    workspace, path = opening.desk().workspace, target.expanduser().absolute()
    plan = retention.archive(workspace, year, path, opening.now, dry_run=True, force=force)
    for kind, number in sorted(plan.kinds.items()):
        out(f"{kind}: {number}")
    out(f"{wording.count(len(plan.removed), 'file')} will leave {workspace.folder}: the book and its copies.")
    zips = retention.zips_with_year(workspace, year, path)
    if zips:
        out(f"{wording.count(len(zips), 'zip')} below the workspace's folder may still hold the year.")
    others = retention.others_with_year(workspace, year, path)
    for each in others:
        out(f"This file has records of {year} and stays, as meetingtool didn't make it: {each}")
    for loss in retention.still_open(workspace, year, opening.now):
        out(f"The workspace loses {loss}.")
    if dry_run or not agreed(f"Take {year} out of the workspace? {path} will have it.", yes):
        return
    done = retention.archive(workspace, year, path, opening.now, force=force)
    workspace.refresh()
    out(str(done.path))
    back = f"meetingtool restore {shlex.quote(str(path))} --book {year}"
    talk(f"Anyone who has the file can read it. Put it back with: {back}")
    for each in zips:
        talk(f"This zip may still hold the year: {each}")
    if others:
        it, named = ("it", "file named above has") if len(others) == 1 else ("them", "files named above have")
        talk(
            f"The {named} records of {year} as before. Move {it}, or delete {it} if the archive has all that is there."
        )
