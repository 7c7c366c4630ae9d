"""`meetingtool fund`: what was spent to put things right, and its limits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import print_paper
from meetingtool.cli.printing import SIGN, out, print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.rules.customers.fund import FundYear


@click.group(cls=Family)
def fund() -> None:
    """The service recovery fund: money with which anybody can put things right, without asking."""


@fund.command()
@click.option("--year", type=click.IntRange(1, 9998), help="The year of the fund that starts in this one.")
@click.option("--room", is_flag=True, help="Sum, count and one story, for the team, without what was kept back.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs, one object per currency.")
@click.option("--format", "form", type=click.Choice(["txt", "md", "csv", "pdf"]), help="The year's sheet.")
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def show(
    opening: Opening, year: int | None, room: bool, for_programs: bool, form: str | None, file: Path | None, force: bool
) -> None:
    """Show what was spent in a year, by whom, and who never used it."""
    from meetingtool.actions.customers.fund import fund_of
    from meetingtool.documents.customers import fund as documents
    from meetingtool.rules.people.periods import period_of

    desk = opening.desk(room=room)
    on = period_of(year, desk.settings.service.fund_starts).since if year else None
    years = fund_of(desk, on)
    if for_programs:
        print_json([_as_json(desk, each) for each in years])
    elif form == "csv" and file is None:
        click.echo(documents.fund_csv(years, desk.roster), nl=False)
    elif form is not None or file is not None:
        _deliver(desk, years, form, file, force)
    elif not any(each.entries or each.amount for each in years):
        talk("Nothing was spent: fund:25 in a line takes it from the fund, `fund set --year` says what it has.")
    else:
        for each in years:
            out(SIGN.join(documents.sentences(each, desk.roster, room=desk.room)))
        _print_entries(desk, years)


def _deliver(desk: Desk, years: list[FundYear], form: str | None, file: Path | None, force: bool) -> None:
    from meetingtool.actions.history.sharing import save_file
    from meetingtool.documents.customers import fund as documents
    from meetingtool.documents.formats.tables import BOM

    if file is not None and (form or file.suffix.removeprefix(".").lower()) == "csv":
        data = BOM + documents.fund_csv(years, desk.roster).encode()
        talk(f"Written to {save_file(file.expanduser(), ('csv',), lambda _: data, form=form or '', force=force)}.")
        return
    paper = documents.fund_paper(desk.settings.team, years, desk.roster, desk.settings.service.fund_who)
    print_paper(paper, form or "", file, force, desk.today, private=True)


def _print_entries(desk: Desk, years: list[FundYear]) -> None:
    from meetingtool.rules import wording
    from meetingtool.rules.customers.fund import told_in_room

    if desk.room:
        entry = told_in_room(years)
        if entry is not None:
            told = (wording.day(entry.day, desk.today), wording.money(entry.money), wording.shortened(entry.what, 300))
            out("  ".join(told))
        return
    rows = [
        (
            wording.day(entry.day, desk.today),
            wording.money(entry.money) + (" !" if entry.over else ""),
            desk.roster.names(entry.people),
            entry.customer,
            wording.shortened(entry.what, 80),
        )
        for year in years
        for entry in year.entries
    ]
    if rows:
        print_table(("Day", "Spent", "Who", "Customer", "What"), rows, right={1})


def _as_json(desk: Desk, year: FundYear) -> dict[str, object]:
    from meetingtool.documents.customers.fund import rows

    whole = {
        "currency": year.currency,
        "since": year.period.since,
        "until": year.period.until,
        "amount": year.amount.minor if year.amount else None,
        "spent": year.spent,
        "times": len(year.entries),
        "over": year.over,
    }
    if desk.room:
        return whole
    return whole | {
        "used_by": [desk.roster.handle(person) for person in year.used],
        "never_by": [desk.roster.handle(person) for person in year.never],
        "content": year.content,
        "asked": year.asked,
        "entries": rows([year], desk.roster),
    }


@fund.command("set")
@click.option("--year", "fund", metavar="AMOUNT", help="What the fund has for a year; `none` sets no amount.")
@click.option("--case", "fund_case", metavar="AMOUNT", help="The most for one case: more is recorded and marked.")
@click.option("--who", "fund_who", help="Who may spend it without asking.")
@click.option("--starts", "fund_starts", metavar="MONTH", help="The month in which its year starts.")
@pass_opening
def set_(opening: Opening, /, **given: str | None) -> None:
    """Set what the fund has for a year, the most for one case, who may spend it, and when its year starts."""
    from meetingtool.actions.settings import change_setting
    from meetingtool.rules.keeping.deeds import SETTINGS
    from meetingtool.rules.settings import setting_named

    chosen = {name.replace("_", "-"): value for name, value in given.items() if value is not None}
    if not chosen:
        raise click.UsageError("Say what to set, such as --year 1200 or --case 50.")
    workspace = opening.desk().workspace
    with workspace.batch(SETTINGS, opening.now):
        for name, value in chosen.items():
            change_setting(workspace, setting_named(name), value, opening.now)
    settings = opening.desk().settings
    for name in ("fund", "fund-case", "fund-who", "fund-starts"):
        out(f"{name}  {setting_named(name).shown(settings)}")
