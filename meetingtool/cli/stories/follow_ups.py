"""`meetingtool follow-up`: promises to customers and actions for the team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeVar

import click

from meetingtool.cli import shapes
from meetingtool.cli.arguments import Day, Ref, Who
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.records.followups import FollowUp
    from meetingtool.rules.roster import Roster

F = TypeVar("F", bound=Callable[..., object])


@click.group("follow-up", cls=Family)
def follow_up() -> None:
    """Promises to customers and actions for the team."""


@follow_up.command("list")
@click.option("--all", "everything", is_flag=True, help="Also show what is kept, missed or dropped.")
@click.option("--overdue", is_flag=True, help="Show only what is open and past its date.")
@click.option("--kind", type=click.Choice(["promise", "action"]), help="Show only these.")
@click.option("--who", type=Who(), help="Show only those of one person.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_follow_ups(
    opening: Opening,
    everything: bool,
    overdue: bool,
    kind: Literal["promise", "action"] | None,
    who: str | None,
    for_programs: bool,
) -> None:
    """List what is open, the most urgent first."""
    from meetingtool.actions.reading import person_named
    from meetingtool.rules import wording

    desk, today = opening.desk(), opening.today
    owner = person_named(desk.roster, who).id if who else None
    found = [
        f
        for f in (desk.follow_ups() if everything else desk.open_follow_ups())
        if (kind is None or f.kind == kind)
        and (owner is None or owner in f.people)
        and (not overdue or (f.state == "open" and f.due is not None and f.due < today))
    ]
    found.sort(key=lambda f: (f.state != "open", f.due or date.max, f.kind != "promise", f.id))
    if for_programs:
        print_json([shapes.shape(f, desk.roster) for f in found])
    elif found:
        rows = [_row(f, desk.roster, today) for f in found]
        print_table(("Ref", "", "Due", "State", "Who", "Customer", "What"), rows, behind=(4, 5))
    if not found:
        talk("Nothing is overdue." if overdue else "Nothing is open. Note a promise with `meetingtool promise TEXT`.")
    elif not for_programs:
        late = sum(f.state == "open" and f.due is not None and f.due < today for f in found)
        if late:
            talk(f"! {wording.count(late, 'follow-up is', 'follow-ups are')} overdue.")


def _row(follow_up: FollowUp, roster: Roster, today: date) -> tuple[str, ...]:
    from meetingtool.cli.telling import signs
    from meetingtool.rules import wording

    is_open = follow_up.state == "open"
    late = is_open and follow_up.due is not None and follow_up.due < today
    if is_open:
        due = ("! " if late else "") + wording.due(follow_up.due, today)
    else:
        due = wording.day(follow_up.due, today) if follow_up.due else ""
    text = f"{follow_up.text} ({follow_up.note})" if follow_up.note else follow_up.text
    mark = signs(follow_up)
    return (
        follow_up.ref,
        follow_up.kind,
        due,
        "" if is_open else follow_up.state,
        roster.names(follow_up.people),
        follow_up.customer,
        f"{mark} {text}" if mark else text,
    )


def _deciding(command: F) -> F:
    """REF, --note and --on, as keep, miss and drop have them."""
    for decorate in (
        click.option("--on", "day", type=Day(), help="The day on which that was; today when left out."),
        click.option("--note", default="", help="What was said."),
        click.argument("ref", type=Ref("open")),
    ):
        command = decorate(command)
    return command


@follow_up.command()
@_deciding
@pass_opening
def keep(opening: Opening, ref: str, note: str, day: str | None) -> None:
    """Note that it was kept."""
    _decide(opening, ref, "kept", note, day)


@follow_up.command()
@_deciding
@pass_opening
def miss(opening: Opening, ref: str, note: str, day: str | None) -> None:
    """Note that it was missed."""
    _decide(opening, ref, "missed", note, day)


@follow_up.command()
@_deciding
@pass_opening
def drop(opening: Opening, ref: str, note: str, day: str | None) -> None:
    """Note that it is no longer needed. It counts neither as kept nor as missed."""
    _decide(opening, ref, "dropped", note, day)


@follow_up.command()
@click.argument("ref", type=Ref("follow-up"))
@pass_opening
def reopen(opening: Opening, ref: str) -> None:
    """Open it again if it was closed by mistake."""
    _decide(opening, ref, "open", "", None)


@follow_up.command()
@click.argument("ref", type=Ref("open"))
@click.argument("day", nargs=-1, required=True, type=Day(), metavar="DATE|never")
@pass_opening
def move(opening: Opening, ref: str, day: tuple[str, ...]) -> None:
    """Agree on a new date; `never` removes the date.

    A promise moved before its date has passed is in time if kept by the new one; moved later, it counts as kept late
    even then, and the command says so. `undo` reverses it.
    """
    from meetingtool.actions.stories import follow_ups as actions
    from meetingtool.cli.telling import tell_due

    found = find(opening, ref)
    words = " ".join(day)
    due = None if words.lower() == "never" else actions.new_day(opening.desk(), found, words)
    late = actions.before_move(opening.desk(), found)
    changed = actions.move(opening.workspace(), found, due, opening.now)
    if late:
        talk(f"! {late}")
    _tell(opening, changed)
    tell_due(changed, opening.today)


def _decide(
    opening: Opening, ref: str, state: Literal["open", "kept", "missed", "dropped"], note: str, day: str | None
) -> None:
    from meetingtool.actions.stories import follow_ups as actions

    found = find(opening, ref)
    on = opening.day(day, "past")
    _tell(opening, actions.decide(opening.workspace(), found, state, opening.now, note=note, on=on))


def find(opening: Opening, ref: str) -> FollowUp:
    """The promise or action of a reference; NotFound when it is something else."""
    from meetingtool.errors import NotFound
    from meetingtool.records.followups import FollowUp

    record = opening.desk().workspace.by_ref(ref)
    if not isinstance(record, FollowUp) or record.removed_at is not None:
        raise NotFound(f"{ref} is neither a promise nor an action.", "`meetingtool follow-up list` shows them.")
    return record


def _tell(opening: Opening, changed: FollowUp) -> None:
    from meetingtool.cli.printing import out
    from meetingtool.rules.kinds.kind import in_one_line

    out(f"{changed.state} {changed.ref}  {in_one_line(changed, opening.roster())}")
