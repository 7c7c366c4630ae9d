"""`meetingtool complaint`: writing a complaint down, and looking at them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from meetingtool.cli.arguments import Day, LineWords, Who
from meetingtool.cli.commands import LineFamily, TextCommand
from meetingtool.cli.customers import complaint_steps
from meetingtool.cli.customers.complaint_words import (
    as_json,
    find,
    next_words,
    over_words,
    person_id,
    tell,
    tell_lesson,
)
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import print_paper
from meetingtool.cli.printing import SIGN, out, print_fields, print_json, print_table, talk
from meetingtool.records.complaints import Cause, ComplaintChannel, Finding

if TYPE_CHECKING:
    from meetingtool.actions.customers.complaints import Complained
    from meetingtool.actions.desk import Desk
    from meetingtool.records.complaints import Complaint

MARKS = """\b
    @maria             whom it is about; for you only
    ^Acme              the customer; ^"Blue Door Café" with blanks
    !"send it" by fri  a promise to the customer; the owner keeps it
    >"tell all"        something we will do because of it
    fund:25            offered from the service recovery fund
    on:tue  by:phone   as --on and --by, in the line
    ~                  also left out of the agenda; at the very start or end

The agenda lists the steps due with the customer and the owner, never whom it is about."""


@click.group(cls=LineFamily, subcommand_metavar="TEXT | [COMMAND] [ARGS]...")
def complaint() -> None:
    """Complaints of customers, from the first word to the lesson. They are for you alone.

    `meetingtool complaint TEXT` writes one down: `note` can be left out.
    """


@complaint.command("note", cls=TextCommand, help=f"Write down a complaint, in one line.\n\n{MARKS}")
@click.argument("text", nargs=-1, type=LineWords())
@click.option("--on", "day", type=Day(), help="The day on which it came; today when left out.")
@click.option("--by", "channel", type=click.Choice(get_args(ComplaintChannel)), help="How it came.")
@click.option("--owner", type=Who(), help="Who will put it right.")
@click.option("--received-by", type=Who(), help="Who took it down.")
@click.option("--wants", default="", help="What would make it right for the customer.")
@click.option(
    "--settled",
    is_flag=True,
    help="It was put right at once: answered and closed; our fault, with nothing to learn, unless you say otherwise.",
)
@click.option("--finding", type=click.Choice(get_args(Finding)), help="With --settled: whose fault it was.")
@click.option("--cause", type=click.Choice(get_args(Cause)), help="With --settled: the cause.")
@click.option("--lesson", default="", help="With --settled: what was learned, told to the team without names.")
@click.option("--private", is_flag=True, help="Left out of the agenda too, as with ~ in the line.")
@pass_opening
def note(
    opening: Opening,
    text: tuple[str, ...],
    day: str | None,
    channel: ComplaintChannel | None,
    owner: str | None,
    received_by: str | None,
    wants: str,
    settled: bool,
    finding: Finding | None,
    cause: Cause | None,
    lesson: str,
    private: bool,
) -> None:
    """Write down a complaint, in one line."""
    from meetingtool.cli.stories.stories import record_each

    if not settled and (finding or cause or lesson):
        raise click.UsageError("--finding, --cause and --lesson go with --settled; `complaint close` has them too.")

    def record(line: str, on: date | None) -> None:
        from meetingtool.actions.customers.complaint_steps import Ending
        from meetingtool.actions.customers.complaints import record_complaint

        ending = Ending(finding=finding, lesson=lesson, cause=cause) if settled else None
        complained = record_complaint(
            opening.workspace(),
            line,
            opening.now,
            channel=channel,
            owner=person_id(opening, owner),
            received_by=person_id(opening, received_by),
            wants=wants,
            on=on,
            settled=ending,
        )
        _tell_new(opening, complained)

    record_each(opening, "complaint", text, day, private, record)


def _tell_new(opening: Opening, complained: Complained) -> None:
    from meetingtool.cli.telling import tell_follow_up, tell_remarks
    from meetingtool.rules import wording

    tell(opening, complained.complaint)
    tell_lesson(opening, complained.complaint)
    for follow_up in complained.follow_ups:
        tell_follow_up(follow_up, opening.roster())
    tell_remarks(complained.remarks)
    if complained.unsorted:
        names = ", ".join(map(wording.one_line, complained.unsorted))
        talk(f"{names} not recognised (kept in the text)")


@complaint.command("list")
@click.option("--all", "everything", is_flag=True, help="Also show closed ones.")
@click.option("--since", type=Day(), help="Only those received from this day on; with it, closed ones too.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@click.option("--format", "form", type=click.Choice(["csv", "md"]), help="The register, with the fields of ISO 10002.")
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write the register to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def list_complaints(
    opening: Opening,
    everything: bool,
    since: str | None,
    for_programs: bool,
    form: str | None,
    file: Path | None,
    force: bool,
) -> None:
    """List what is open, the most urgent first; with --format csv the register of all, fit for an office.

    The register never says whom a complaint is about.
    """
    from meetingtool.actions.customers import complaint_lists

    desk = opening.desk()
    first = opening.day(since, "past")
    asked_all = everything or first is not None or form is not None or file is not None
    if asked_all and first is None:
        first = date.min
    found = complaint_lists.complaints(desk, first)
    shown = found if asked_all else [each for each in found if _at_work(desk, each)]
    if form is not None or file is not None:
        _print_register(desk, shown, form, file, force)
    elif for_programs:
        print_json([as_json(desk, each) for each in shown])
    elif shown:
        print_table(
            ("Ref", "Received", "Customer", "Due", "Owner", "What"),
            [_row(desk, each) for each in _urgent_first(desk, shown)],
        )
        _tell_sums(desk, found)
    else:
        talk("Nothing is open. Write a complaint down with `meetingtool complaint TEXT`.")
    if form is None and file is None and not for_programs:
        _tell_names_due(desk)


def _tell_names_due(desk: Desk) -> None:
    from meetingtool.actions.customers.names_off import names_due, names_off_words
    from meetingtool.rules import wording

    due = names_due(desk.workspace, desk.today)
    if due:
        talk(f"{names_off_words(due, wording.day(due.until, desk.today))}: `meetingtool complaint names-off`.")


def _at_work(desk: Desk, complaint: Complaint) -> bool:
    from meetingtool.rules.customers.complaints import next_due

    due = next_due(complaint, desk.settings.service)
    return due is not None and (complaint.state == "open" or due.by <= desk.today)


def _urgent_first(desk: Desk, found: list[Complaint]) -> list[Complaint]:
    from meetingtool.rules.customers.complaints import next_due

    rule = desk.settings.service
    by = {each.id: (due.by if (due := next_due(each, rule)) else date.max) for each in found}
    return sorted(found, key=lambda each: (by[each.id], each.id))


def _row(desk: Desk, complaint: Complaint) -> tuple[str, ...]:
    from meetingtool.rules import wording
    from meetingtool.rules.customers.complaints import next_due, whose

    roster = desk.roster
    return (
        complaint.ref,
        wording.day(complaint.at.date(), desk.today),
        complaint.customer,
        next_words(desk, complaint) or complaint.state,
        whose(complaint, next_due(complaint, desk.settings.service), roster) or "nobody yet",
        wording.shortened(complaint.text, 70),
    )


def _tell_sums(desk: Desk, found: list[Complaint]) -> None:
    from meetingtool.rules.customers.complaints import CAUSES, sums

    made = sums(found, desk.settings.service, desk.today)
    said = [f"{made.open} open"]
    if made.decided:
        said.append(f"answered in time {made.in_time} of {made.decided}")
    if made.asked:
        said.append(f"content afterwards {made.content} of {made.asked} asked")
    said += [f"{CAUSES[cause]} {number}" for cause, number in made.causes[:3]]
    talk(SIGN.join(said))


def _print_register(desk: Desk, found: list[Complaint], form: str | None, file: Path | None, force: bool) -> None:
    from meetingtool.actions.customers import complaint_lists
    from meetingtool.actions.history.sharing import save_file
    from meetingtool.documents.customers import complaints as documents
    from meetingtool.documents.formats import markdown

    rows = complaint_lists.register(desk, found)

    def content(wanted: str) -> bytes:
        if wanted == "csv":
            return documents.register_file(rows)
        return markdown.render(documents.register_paper(rows, desk.settings.team, desk.today)).encode()

    if file is not None:
        talk(f"Written to {save_file(file.expanduser(), ('csv', 'md'), content, form=form or '', force=force)}.")
    elif form == "csv":
        click.echo(documents.register_csv(rows), nl=False)
    else:
        out(content("md").decode().rstrip("\n"))


@complaint.command()
@click.argument("ref")
@click.option("--json", "for_programs", is_flag=True, help="Print an object for programs.")
@click.option("--format", "form", type=click.Choice(["txt", "md", "pdf"]), help="Its sheet, as a paper.")
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write its sheet to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def show(opening: Opening, ref: str, for_programs: bool, form: str | None, file: Path | None, force: bool) -> None:
    """Show a complaint with its whole course; with --to FILE.pdf its sheet. It is for you alone."""
    from meetingtool.actions.customers import complaint_lists
    from meetingtool.cli import portraits

    desk, found = opening.desk(), find(opening, ref)
    if for_programs:
        print_json(as_json(desk, found))
    elif form is not None or file is not None:
        paper = complaint_lists.sheet_paper(desk, found)
        print_paper(paper, form or "", file, force, opening.today, private=True)
    else:
        out(portraits.heading(found, desk))
        out(portraits.own_words(found, desk))
        over = [("over", f"{words} over the limit for one case") for words in over_words(desk, found)]
        print_fields([("due", next_words(desk, found)), *portraits.fields(found, desk), *over])


@complaint.command("names-off")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def names_off(opening: Opening, dry_run: bool, yes: bool) -> None:
    """Take the names off complaints that were closed three years ago: the customer's, and those of the people it is
    about.

    They go out of its words and out of the promises that came out of it, too. Everything that is counted stays, and so
    does who put it right. `undo` takes it back; a month later the next run deletes the former versions, in backups too.
    """
    from meetingtool.actions.customers.names_off import names_due, names_off_words, take_names_off
    from meetingtool.actions.keeping.retention import still_named
    from meetingtool.cli.keeping.safekeeping import agreed
    from meetingtool.rules import wording

    desk = opening.desk()
    due = names_due(desk.workspace, desk.today)
    if not due:
        talk(f"No complaint closed by {wording.day(due.until, desk.today)} has names.")
        return
    out(f"{names_off_words(due, wording.day(due.until, desk.today))}.")
    if due.formers:
        out(f"Former versions of {wording.count(len(due.formers), 'record')} go; that can't be undone.")
    if dry_run or not agreed("Take the names off?", yes):
        return
    for path in take_names_off(desk.workspace, due, opening.now):
        talk(still_named(path, "the names"))
    talk("Taken off.")


for _command in complaint_steps.COMMANDS:
    complaint.add_command(_command)
