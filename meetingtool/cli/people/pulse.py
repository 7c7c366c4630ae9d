"""`meetingtool pulse`: how the team is. It is asked in the app, or with paper slips."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from meetingtool.cli.arguments import Day
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import tell_written
from meetingtool.cli.printing import out, print_json, print_table, talk
from meetingtool.errors import Refused


@click.group(cls=Family)
def pulse() -> None:
    """How the team is: five statements, answered without names.

    In a meeting, P passes the keyboard. Fewer than five answers are never kept.

    What was answered is kept for good: undo takes none back, and two rounds must be at least three weeks apart, since a
    late slip would show whose it is. Of fewer than five answers nothing is kept, so it can be asked again at once. A
    statement where at most one answer changed is shown as before, and what nearly all agree on as “6 or more of 7”.
    """


@pulse.command("list")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_(opening: Opening, for_programs: bool) -> None:
    """List when the team was asked, and what it said. `meetingtool insight pulse` shows it beside the customers."""
    from meetingtool.actions.people.pulse import shown_rounds
    from meetingtool.rules import wording
    from meetingtool.rules.insight.pulse import agreed_words, change_words, mean_words
    from meetingtool.rules.people.pulse import LEAST

    found = shown_rounds(opening.desk().workspace)
    if for_programs:
        print_json(
            [
                {
                    "ref": each.round.ref,
                    "date": each.round.at.date(),
                    "asked": each.round.asked,
                    "answered": each.round.answered or None,
                    "results": [
                        {
                            "statement": one.statement,
                            "n": one.n,
                            "mean": round(one.mean, 4),
                            "agreed": one.agreed,
                            "change": None if one.change is None else round(one.change, 4),
                            "as_before": one.as_before,
                            "margin": round(one.margin, 4),
                        }
                        for one in each.results
                    ],
                }
                for each in found
            ]
        )
        return
    if not found:
        talk("The team has not been asked yet. P in a meeting asks it; `meetingtool pulse slips` prints slips.")
        return
    for each in reversed(found):
        asked = each.round
        kept = f"{asked.answered} of {asked.asked} answered" if asked.answered else f"fewer than {LEAST} answered"
        out(f"pulse {asked.ref}  {wording.day(asked.at.date(), opening.today)}  {kept}")
        if each.results:
            rows = [("", r.statement, mean_words(r), agreed_words(r), change_words(r)) for r in each.results]
            print_table(("", "Statement", "Mean", "Agree", "Change"), rows)


@pulse.command()
@click.option("--asked", type=click.IntRange(1, 9999), help="How many people were asked; the team when left out.")
@click.option("--on", "day", type=Day(), help="The day on which they were; today when left out.")
@pass_opening
def enter(opening: Opening, asked: int | None, day: str | None) -> None:
    """Enter paper slips: a line each with five answers from 1 to 5, such as 5 4 3 - 5. An empty line ends it.

    Nothing is written before the end, and then only counts, for good: a slip that comes late is left out, because
    everybody would know whose it is. Shuffle the slips first.
    """
    from meetingtool.actions.people.pulse import record_round, require_turn, what_follows
    from meetingtool.actions.reading import roster_of
    from meetingtool.cli.keeping.safekeeping import agreed
    from meetingtool.rules.kinds.pulse import PulseKind
    from meetingtool.rules.people.pulse import STATEMENTS, PulseTally, ballot_of
    from meetingtool.rules.wording import count

    workspace = opening.desk().workspace
    on = opening.day(day, "past") or opening.today
    require_turn(workspace, on, opening.today)
    for number, statement in enumerate(STATEMENTS, 1):
        talk(f"{number}  {statement}")
    tally = PulseTally()
    for line in _slips():
        try:
            tally.add(ballot_of(line))
        except Refused as error:
            if not _typing():
                raise
            talk(f"{error.message} {error.hint}")
    if not tally.answered:
        raise Refused("There was no slip, so nothing was kept.", "Type a line for each slip.")
    if _typing() and not agreed(f"Keep {count(tally.answered, 'slip')}? It can't be changed later.", yes=False):
        return
    roster = roster_of(workspace, on)
    kept = record_round(workspace, tally, opening.now, asked=asked or len(roster.people), on=on)
    out(f"pulse {kept.ref}  {PulseKind().remark(kept, roster)}")
    if told := what_follows(workspace, kept):
        talk(told)


def _typing() -> bool:
    from meetingtool.cli.printing import can_ask

    return can_ask()


def _slips() -> Iterator[str]:
    """The lines of standard input until an empty one; asked for where somebody types them."""
    while True:
        if _typing():
            click.echo("slip: ", nl=False, err=True)
        line = sys.stdin.readline()
        if not line.strip():
            return
        yield line


@pulse.command()
@click.option("--to", "file", type=click.Path(path_type=Path), required=True, metavar="FILE.pdf", help="The file.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="The sheet.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def slips(opening: Opening, file: Path, paper: str, force: bool) -> None:
    """Write paper slips to fill in without a name, four to a sheet (PDF)."""
    from meetingtool.actions.history.sharing import save_file
    from meetingtool.documents.people.pulse import slips_pdf

    desk = opening.desk()

    def content(_: str) -> bytes:
        return slips_pdf(desk.settings.team, paper, desk.today)

    tell_written(save_file(file.expanduser(), ("pdf",), content, force=force))
