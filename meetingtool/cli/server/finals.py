"""The HR office's finals: listed without content, and opened one by one with a line in the readings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Command, Family
from meetingtool.cli.keeping.safekeeping import agreed
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, print_json, print_table, progress_told, talk
from meetingtool.cli.server.administration import linked
from meetingtool.cli.tables import TableOptions, table_options
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.store.server.office import FiledFinal

FORMATS = ("pdf", "md", "html", "xlsx", "csv", "json")

YEAR = click.IntRange(1900, 9998)
year_option = click.option("--year", type=YEAR, help="Only periods that ended in this year.")
team_option = click.option("--team", default="", help="Only this team's.")
json_option = click.option("--json", "for_programs", is_flag=True, help="Print for programs.")


@click.group(cls=Family)
def finals() -> None:
    """Evaluations that are final, as they are filed on a server: for the HR office.

    The server is that of --data: postgresql://HOST/DATABASE. Whoever opens a final leaves a line in the readings, which
    the team's managers can see.
    """


@finals.command("list", cls=Command)
@team_option
@year_option
@click.option("--all", "editions", is_flag=True, help="Also former editions, and those that were reopened.")
@json_option
@pass_opening
def list_finals(opening: Opening, team: str, year: int | None, editions: bool, for_programs: bool) -> None:
    """List the finals, without what they say. No reading is noted."""
    from meetingtool.actions.people.office import holding
    from meetingtool.rules import wording

    with linked(opening.place()) as link:
        found = holding(link, team=team, year=year, editions=editions)
    if for_programs:
        print_json([_facts(each) for each in found])
        return
    print_table(
        ("Ref", "Team", "Number", "Edition", "Period", "Final on", "By", "Reopened", "Name"),
        (
            (
                each.ref,
                each.team,
                each.number,
                str(each.edition) if editions else "",
                wording.shortened(each.period, 40),
                each.finalised_at[:10],
                each.finalised_by
                if each.finalised_by == each.filed_by
                else f"{each.finalised_by}, filed by {each.filed_by}",
                (each.reopened_at or "")[:10],
                wording.shortened(each.name, 60),
            )
            for each in found
        ),
        right={3},
        behind={2, 5, 6, 7},
    )
    if not found:
        talk("No final is filed that fits; --all lists former editions, too.")


@finals.command(cls=Command)
@click.argument("ref", metavar="REF")
@team_option
@json_option
@pass_opening
def show(opening: Opening, ref: str, team: str, for_programs: bool) -> None:
    """Open one final and print it. The reading is noted.

    REF is what the list shows, such as 7K2M9A.2; without an edition it is the last one.
    """
    from meetingtool.actions.people.evaluation_documents import is_readable
    from meetingtool.actions.people.office import NOT_WRITTEN, why_not_genuine
    from meetingtool.documents.formats import markdown
    from meetingtool.documents.people.evaluation import evaluation
    from meetingtool.rules.people.editions import Edition
    from meetingtool.store.server.office import content_of, final_named

    with linked(opening.place()) as link:
        final = final_named(link, ref, team=team)
        content = content_of(link, final)
    why = why_not_genuine(final, content)
    genuine = not why
    if not for_programs and not is_readable(content):
        raise Refused(f"{final.ref}: {NOT_WRITTEN}", "--json prints it as it is filed.")
    if for_programs:
        print_json({**_facts(final), "genuine": genuine, "content": content})
    else:
        stamp = f"This is not what was finalised: {why}." if why else ""
        edition = Edition(content=content, genuine=genuine, stamp=stamp)
        out(markdown.render(evaluation(edition.paper, "" if why else final.digest, removed=frozenset())).rstrip())
        if final.reopened_at is not None:
            talk(f"! This edition was reopened on {final.reopened_at[:10]}; it does not hold any more.")
    if not genuine:
        talk(f"! This is not what was finalised: {why}.")
        click.get_current_context().exit(1)


@finals.command(cls=Command)
@click.argument("refs", nargs=-1, metavar="[REF]...")
@click.option("--all", "everything", is_flag=True, help="All current ones, as `list` shows them.")
@team_option
@year_option
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    default=("pdf",),
    show_default=True,
    help="The format. May be repeated.",
)
@click.option("--to", "folder", type=click.Path(path_type=Path), metavar="DIR", required=True, help="Where to write.")
@click.option("--force", is_flag=True, help="Overwrite existing files.")
@pass_opening
def export(
    opening: Opening,
    refs: tuple[str, ...],
    everything: bool,
    team: str,
    year: int | None,
    formats: tuple[str, ...],
    folder: Path,
    force: bool,
) -> None:
    """Write finals to a folder: all of them, or none. Each reading is noted."""
    from meetingtool.actions.people import office
    from meetingtool.store.server.office import final_named

    if everything == bool(refs):
        raise click.UsageError("Say which: REF, or --all; --team and --year choose among all.")
    with linked(opening.place()) as link:
        chosen = (
            office.holding(link, team=team, year=year)
            if everything
            else list(dict.fromkeys(final_named(link, r, team=team) for r in refs))
        )
        if not chosen:
            talk("No finals are filed here yet; no file was written.")
            return
        told: list[str] = []
        with progress_told(len(chosen), "Writing finals") as progress:
            written = office.export(
                link, chosen, formats, folder.expanduser(), force=force, progress=progress, tell=told.append
            )
    for path in written:
        out(str(path))
    for sentence in told:
        talk(f"! {sentence}")


@finals.command(cls=Command)
@team_option
@year_option
@json_option
@pass_opening
def verify(opening: Opening, team: str, year: int | None, for_programs: bool) -> None:
    """Compute the digest of every final again, and compare it with what is listed. Exits with 1 when one does not fit.

    Each reading is noted.
    """
    from meetingtool.actions.people import office

    with linked(opening.place()) as link:
        chosen = office.holding(link, team=team, year=year, editions=True)
        with progress_told(len(chosen), "Checking finals") as progress:
            checked = office.check(link, chosen, progress)
        lost = office.gone(link, team=team)
    wrong = [each for each in checked if not each.genuine]
    if for_programs:
        print_json([{**_facts(each.final), "genuine": each.genuine, "why": each.why} for each in checked])
    else:
        for each in wrong:
            out(f"{_about(each.final)}: {each.why}.")
        for which in lost:
            out(f"{which}: it was filed and is no longer here, though HR did not delete it.")
        talk(f"{len(checked) - len(wrong):,} of {len(checked):,} are as they were finalised.")
        if reopened := sum(each.final.reopened_at is not None for each in checked):
            talk(f"{reopened:,} are marked as reopened, which no seal covers: the team knows whether they were.")
        talk(
            "Judged by digest, seal, list, day and sum. Former versions and the log stay with the team: what was made "
            "again with care is found by comparing the digest with that on the signed paper."
        )
    if wrong or lost:
        click.get_current_context().exit(1)


@finals.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--year", type=YEAR, help="The year in which the period ended; the last one when left out.")
@json_option
@table_options()
@pass_opening
def missing(
    opening: Opening,
    file: Path,
    year: int | None,
    for_programs: bool,
    options: TableOptions,
) -> None:
    """Say who on HR's own list has no final for a year, by employee number.

    FILE is a roster as `team import` reads it. Nothing is revealed about evaluations that are not final.
    """
    from meetingtool.actions.people import office
    from meetingtool.cli.people.team import read_people
    from meetingtool.store.server.office import is_hr as is_of_hr

    draft = read_people(file.expanduser(), opening.today, options)
    wanted = opening.today.year - 1 if year is None else year
    if wanted > opening.today.year:
        raise Refused(f"No period of {wanted} can be over yet.", "Name a year whose evaluations can be final.")
    with linked(opening.place()) as link:
        found = office.missing(link, draft.rows, wanted)
        is_hr = is_of_hr(link)
    if not is_hr:
        talk("Compared with the finals of your own teams alone: HR sees all.")
    if for_programs:
        print_json(found)
        return
    print_table(("Number", "Name"), ((each.number, each.name) for each in found))
    talk(f"{len(found):,} of {len(draft.rows):,} have no final for {wanted}.")


@finals.command(cls=Command)
@json_option
@pass_opening
def readings(opening: Opening, for_programs: bool) -> None:
    """List who opened which final, and when: your own readings, and those of your team's finals.

    What HR deleted is listed, too: who, when, how many of a team, of periods that ended before which day.
    """
    from meetingtool.rules import wording
    from meetingtool.store.server import office

    with linked(opening.place()) as link:
        found: list[office.FinalReading | office.FinalsForgotten] = [*office.readings(link), *office.forgettings(link)]
    found.sort(key=lambda each: each.at, reverse=True)
    if for_programs:
        print_json(found)
        return
    rows = (
        (
            f"{each.at:%Y-%m-%d %H:%M}",
            each.login,
            each.team,
            f"{each.evaluation[-6:]}.{each.edition}"
            if isinstance(each, office.FinalReading)
            else f"deleted {wording.count(each.finals, 'final')} of periods before {each.before}",
        )
        for each in found
    )
    print_table(("When", "Login", "Team", "Final"), rows)


@finals.command(cls=Command)
@click.option("--before", metavar="DAY", required=True, help="Those of periods that ended before this day.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_opening
def forget(opening: Opening, before: str, yes: bool) -> None:
    """Delete finals that need not be kept any longer. It can't be undone, and leaves a line in the readings."""
    from meetingtool.rules import wording
    from meetingtool.rules.dates import Dates
    from meetingtool.store.server import office

    day: date = Dates(opening.today, "day-first").read(before, "past")
    if day > opening.today:
        raise Refused(f"{day} is a day to come.", "Name the day before which the periods ended.")
    with linked(opening.place()) as link:
        if not office.is_hr(link):
            raise Refused("HR alone deletes finals.", "Log in as a member of meetingtool_hr.")
        found = [each for each in office.finals(link) if each.until < day]
        if not found:
            talk(f"There is no final of a period that ended before {day}.")
            return
        for each in found:
            out(_about(each))
        said = wording.count(len(found), "final")
        if not agreed(f"Delete {said} of periods that ended before {day}? It can't be undone.", yes):
            return
        gone = office.forget_finals(link, day)
    talk(f"Deleted {wording.count(gone, 'final')}.")


def _about(final: FiledFinal) -> str:
    """Which final it is, in a line."""
    from meetingtool.rules.wording import one_line, shortened

    return one_line(f"{final.ref} {final.team} {shortened(final.name, 60)} {shortened(final.period, 40)}")


def _facts(final: FiledFinal) -> dict[str, object]:
    """A final for programs, without what it says."""
    import msgspec

    return {"ref": final.ref, **msgspec.structs.asdict(final)}
