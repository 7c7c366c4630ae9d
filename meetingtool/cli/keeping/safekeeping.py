"""`meetingtool backup`, `restore` and `check`: keeping the records safe, and getting them back."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import can_ask, out, print_json, print_table, progress_told, sure, talk
from meetingtool.errors import NotFound, Refused

if TYPE_CHECKING:
    from meetingtool.store.envelope import Envelope
    from meetingtool.store.mending.finding import Finding
    from meetingtool.store.mending.loss import Loss
    from meetingtool.store.mending.restoring import BookDifference

ALL = "*"


def agreed(question: str, yes: bool) -> bool:
    """Whether to go on: `--yes`, or a person who says so. Refused where nobody can be asked."""
    if yes:
        return True
    if not can_ask():
        raise Refused("This needs a yes.", "Add --yes.")
    if sure(question):
        return True
    talk("Nothing was changed.")
    return False


@click.command(cls=Command)
@click.argument("target", required=False, metavar="[TO.zip]", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@pass_opening
def backup(opening: Opening, target: Path | None, force: bool, for_programs: bool) -> None:
    """Write all records to one zip that only you can read.

    Without TO.zip it goes to the workspace's own backups, where `restore` lists it. Keep one on another disk in case
    this one is lost. Every book also keeps copies of itself: 14 daily ones, 12 monthly ones and one of every year.
    """
    from meetingtool.actions.keeping.safekeeping import new_zip
    from meetingtool.rules import wording
    from meetingtool.store import backups

    folder = opening.path()
    chosen = new_zip(folder, opening.now) if target is None else target.expanduser().absolute()
    made = backups.backup(folder, chosen, now=opening.now, force=force, envelope=opening.envelope())
    if for_programs:
        print_json({"path": str(made.path), "books": made.books, "records": made.records})
        return
    out(str(made.path))
    talk(f"{wording.count(made.records, 'record')} in {wording.count(made.books, 'book')}.")


@click.command(cls=Command)
@click.argument("source", required=False, metavar="[NAME|FILE]")
@click.option("--book", "books", multiple=True, metavar="BOOK", help="Only this book, such as team or 2026.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "for_programs", is_flag=True, help="Print what there is, or what differs, for programs.")
@pass_opening
def restore(opening: Opening, source: str | None, books: tuple[str, ...], yes: bool, for_programs: bool) -> None:
    """Replace what is here by a backup. Without a name, list the backups.

    NAME is one that the list shows; FILE is a zip that `backup` wrote. It shows first what would change, and keeps
    every book it replaces in the backups; `undo` takes it back. Evaluations that were handed over stay as they are.
    With --json and without --yes, it only shows what would change.
    """
    from meetingtool.actions.keeping.safekeeping import backup_named, restore_in_words, told_loss
    from meetingtool.store.mending import restoring
    from meetingtool.store.opening import user_of_computer

    folder = opening.path()
    if source is None:
        _list_backups(opening, for_programs)
        return
    path = backup_named(folder, source, opening.envelope())
    reader = _reader(opening, path)
    found = restoring.compare(folder, path, envelope=opening.envelope(), source_envelope=reader)
    differences = [each for each in found if not books or each.book in books]
    if not differences:
        raise Refused("The backup does not hold that book.", "Leave --book out to see which ones it holds.")
    if for_programs:
        print_json([_difference(each) for each in differences])
        if not yes:
            return
    else:
        for each in differences:
            out(restore_in_words(each))
    changing = [each.book for each in differences if not each.is_none or each.here is None]
    if not changing:
        talk("Nothing differs; nothing was changed.")
        return
    if not agreed("Replace them by the backup? What is here is kept in the backups.", yes):
        return
    done = restoring.restore(
        folder,
        path,
        now=opening.now,
        by=user_of_computer(),
        books=changing,
        envelope=opening.envelope(),
        source_envelope=reader,
    )
    talk(f"Restored: {', '.join(f'{book}.json' for book in done.books)}.")
    for each in differences:
        if each.book in done.books and (loss := told_loss(each)):
            talk(f"{each.book}.json: {loss[0].lower()}{loss[1:]}")
    for aside in done.aside:
        talk(f"The damaged file is kept in {aside.relative_to(folder)}.")
    for kept in done.kept:
        talk(f"What was here is kept: meetingtool restore {shlex.quote(f'{kept.parent.name}/{kept.stem}')}")


def _reader(opening: Opening, source: Path) -> Envelope | None:
    """What reads a zip of an encrypted workspace, where that is another one; a folder without one gets its keys."""
    from meetingtool.store.age import AgeReader, identity_in
    from meetingtool.store.encryption import key_in, keys_of, put_keys
    from meetingtool.store.envelope import is_encrypted
    from meetingtool.store.places import KEY

    folder, keys = opening.path(), key_in(source)
    if not keys or keys.get(KEY) == keys_of(folder).get(KEY):
        return None
    identity = identity_in(keys[KEY], opening.passphrase("Passphrase of the backup: "))
    if not is_encrypted(folder) and not folder.joinpath("team.json").exists():
        put_keys(folder, keys)
        opening.use(AgeReader(identity).for_workspace(folder))
        return None
    return AgeReader(identity)


def _list_backups(opening: Opening, for_programs: bool) -> None:
    from meetingtool.actions.keeping.safekeeping import backups_in
    from meetingtool.rules import wording

    found = backups_in(opening.path(), opening.envelope())
    if for_programs:
        print_json(
            [
                {
                    "name": one.name,
                    "book": one.book or None,
                    "path": str(one.path),
                    "made": one.made,
                    "changed": one.changed,
                    "records": one.records,
                }
                for one in found
            ]
        )
        return
    if not found:
        talk("There is no backup yet. A book makes one of itself before its first change of the day.")
        return
    rows = []
    for one in found:
        when = wording.moment(one.changed, opening.today) if one.changed else ""
        rows.append((one.name, when, "" if one.records is None else str(one.records), one.made))
    print_table(("Name", "Last change", "Records", "Made"), rows, right={2})
    talk("Restore one with: meetingtool restore NAME (it shows what would change, and asks)")


def _difference(difference: BookDifference) -> dict[str, object]:
    return {
        "book": difference.book,
        "changed_here": difference.here,
        "changed_there": difference.there,
        "only_here": difference.only_here,
        "only_there": difference.only_there,
        "later_here": difference.later_here,
        "later_there": difference.later_there,
        "unlike": difference.unlike,
        "readable": difference.readable,
        **({} if difference.loss is None else _loss(difference.loss)),
        "in_copies_here": difference.elsewhere,
        "changed_outside": difference.altered,
        "named_again": difference.named_again,
        "evaluations_staying": [evaluation.ref for evaluation in difference.handed_over.staying],
        "evaluations_going_back": [evaluation.ref for evaluation in difference.handed_over.going_back],
    }


@click.command(cls=Command)
@click.option(
    "--recover",
    is_flag=False,
    flag_value=ALL,
    metavar="[BOOK]",
    help="Recover a damaged book, such as team or 2026, from the newest sound copy; without a name, all of them.",
)
@click.option("--from", "source", metavar="NAME|FILE", help="With --recover BOOK: the copy to start from.")
@click.option(
    "--merge",
    "merging",
    is_flag=True,
    help="Merge copies that a cloud folder made into their book; what may exist once is joined or told apart.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def check(
    opening: Opening, recover: str | None, source: str | None, merging: bool, yes: bool, for_programs: bool
) -> int:
    """Check whether every record and every copy is sound: says nothing and exits with 0 when all is well.

    Final evaluations are compared with their digests, and ratings and adjustments are checked too; so is whether two
    have one handle, number or tag, whether a person has two evaluations for the same days, and whether anything else is
    there twice that may exist once.

    Otherwise it says what is wrong, where, and what to do, and exits with 1, also where no more is found than a copy
    to merge or a backup that can't be used. Nothing is changed without --recover or --merge, and both keep the file as
    it was; then the code is for what is left.
    """
    from meetingtool.actions.keeping.doubles import twice
    from meetingtool.actions.keeping.safekeeping import all_readable
    from meetingtool.actions.keeping.unfinished import unfinished
    from meetingtool.actions.people.soundness import unsound
    from meetingtool.rules.wording import count
    from meetingtool.store.encryption import refuse_without_key
    from meetingtool.store.places import books_in, file_of

    if source is not None and recover in (None, ALL):
        raise click.UsageError("--from needs the book: --recover BOOK --from NAME")
    folder = opening.path()
    books = [file_of(folder, book) for book in books_in(folder)] if folder.is_dir() else []
    refuse_without_key(folder, [path for path in books if path.is_file() and os.access(path, os.R_OK)])
    if recover is not None and not _recovered(opening, recover, source, yes):
        return 1
    if merging and not _merged(opening, yes):
        return 1
    findings = _examined(opening)
    if all_readable(findings):
        workspace = opening.workspace()
        findings += [*unsound(workspace), *twice(workspace), *unfinished(workspace)]
    if for_programs:
        print_json([_finding(each, folder) for each in findings])
    else:
        for each in findings:
            out(each.message)
            out(f"  {each.hint}")
            for copy in each.copies:
                where = copy.path.relative_to(folder).as_posix()
                named = copy.told if copy.told == where else f"{copy.told} ({where})"
                out(f"  - {named}, {count(copy.records, 'record')}. {copy.cost}")
    return 1 if findings else 0


def _finding(finding: Finding, folder: Path) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "book": finding.book,
        "path": str(finding.path),
        "message": finding.message,
        "hint": finding.hint,
        **({} if finding.loss is None else _loss(finding.loss)),
        "copies": [
            {
                "path": str(copy.path.relative_to(folder)),
                "changed": copy.changed,
                "records": copy.records,
                "saved_from_damaged": copy.saved,
                **_loss(copy.loss),
            }
            for copy in finding.copies
        ],
    }


def _loss(loss: Loss) -> dict[str, object]:
    return {"lost_at_least": loss.least, "lost_at_most": loss.most if loss.by_roll else None}


def _recovered(opening: Opening, book: str, source: str | None, yes: bool) -> bool:
    from meetingtool.actions.keeping.safekeeping import backup_named, recoverable, told_recovery
    from meetingtool.rules.wording import shortened
    from meetingtool.store.mending import recovery
    from meetingtool.store.places import BOOK_FILE, books_in

    folder = opening.path()
    findings = [each for each in _examined(opening) if book in (ALL, each.book)]
    wanted = recoverable(findings)
    damaged = {each.book for each in findings if each.kind == "copy damaged" and each.book}
    known = BOOK_FILE.fullmatch(f"{book}.json") if source else bool(findings) or book in books_in(folder)
    if book != ALL and not known:
        raise NotFound(
            f"There is no book “{shortened(book, 40)}”.", f"The books here are {', '.join(books_in(folder))}."
        )
    copy = None
    if source is not None:
        copy = folder / source if (folder / source).is_file() else backup_named(folder, source, opening.envelope())
    if not wanted and copy is None:
        _tidy(opening, damaged)
        if damaged:
            return True
        if any(each.kind == "conflicted copy" for each in findings):
            talk("Nothing is recovered before the conflicted copies are merged: `meetingtool check --merge` does that.")
        else:
            talk("There is nothing to recover." if book == ALL else f"{book}.json is sound.")
        return True
    for each in wanted:
        out(each.message)
    names = [each.book for each in wanted] or [book]
    if not agreed(f"Recover {', '.join(f'{name}.json' for name in names)}? The damaged file is kept.", yes):
        return False
    for name in names:
        if copy is None and name not in [each.book for each in recoverable(_examined(opening))]:
            continue  # recovering another book has mended this one
        done = recovery.recover(folder, name, now=opening.now, copy=copy, envelope=opening.envelope())
        talk(told_recovery(done, folder))
    _tidy(opening, damaged - set(names))
    return True


def _tidy(opening: Opening, books: set[str]) -> None:
    """Offer to move damaged copies of sound books aside."""
    from meetingtool.store.mending.recovery import tidy

    for book in sorted(books):
        for path in tidy(opening.path(), book, now=opening.now, envelope=opening.envelope()):
            talk(f"A damaged copy of {book}.json is now in {path.relative_to(opening.path())}.")


def _merged(opening: Opening, yes: bool) -> bool:
    from meetingtool.actions.keeping.doubles import tell_apart
    from meetingtool.actions.keeping.merging import merge_copies, told_merge
    from meetingtool.actions.keeping.safekeeping import all_readable
    from meetingtool.store.conflicted import conflicted_copies, is_strange
    from meetingtool.store.examination import told_problem, told_strange
    from meetingtool.store.opening import user_of_computer

    copies = conflicted_copies(opening.path(), envelope=opening.envelope())
    for copy in copies:
        out(f"{copy.path.name} is a copy of {copy.book}.json, made by {copy.service}.")
        if copy.problem:
            out(f"{told_problem(copy)} The file is kept in `damaged`.")
        if is_strange(copy, opening.envelope()):
            out(told_strange(copy))
            if yes:
                raise Refused(
                    f"--yes does not merge {copy.path.name}; nothing was merged.",
                    "Move it out of the folder, or leave --yes out and answer for it.",
                )
    if copies and not agreed("Merge them, record by record? The copies are kept.", yes):
        return False
    told: list[str] = []
    if copies:
        with progress_told(len(copies), "Merging copies") as progress:
            merged, told = merge_copies(
                opening.path(), user_of_computer(), opening.now, opening.envelope(), opening.workspace, progress
            )
        for done in merged:
            out(told_merge(done))
    elif all_readable(_examined(opening)):
        told = [*tell_apart(opening.workspace(), opening.now), *told]
    for line in told:
        out(line)
    if not copies and not told:
        talk("There is no conflicted copy.")
    return True


def _examined(opening: Opening) -> list[Finding]:
    from meetingtool.store.examination import examine

    return examine(opening.path(), envelope=opening.envelope())
