"""`meetingtool rate`: rating people on standards, one by one or from a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day, Ref, Tag, Who
from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import SIGN, out, print_table, talk
from meetingtool.cli.tables import TableOptions, table_options
from meetingtool.errors import NotFound, Refused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.actions.people.rating_lists import Wanted
    from meetingtool.records.stories import Story

NOT_SEEN = "not-seen"
"""A rating that says there was nothing to see; it does not count."""


class _RateCommand(Command):
    """Says what happened to a `#tag` when a shell took it for a comment."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse arguments of which the shell has cut off the end, with a hint."""
        if len(args) == 1 and args[0].startswith("@") and not ctx.resilient_parsing:
            ctx.fail(
                "Say on which standard, and 1 to 5. Most shells treat #own-it as a comment: "
                "write own-it without the #, or '#own-it' in quotes."
            )
        return super().parse_args(ctx, args)


@click.command(cls=_RateCommand)
@click.argument("who", required=False, type=Who())
@click.argument("standard", required=False, type=Tag())
@click.argument("value", required=False, metavar="1..5|not-seen")
@click.option("--note", default="", help="What the rating rests on.")
@click.option(
    "--story", "refs", multiple=True, type=Ref("story"), metavar="REF", help="A story it rests on; may be repeated."
)
@click.option("--on", "day", type=Day(), help="The day for which it counts; today when left out.")
@click.option(
    "--from",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Rate from a table with the columns person, standard and rating, or with one column for each standard; "
    "date, note and stories are optional. People by handle, name, employee number or e-mail address.",
)
@table_options("With --from: ")
@click.option("--dry-run", is_flag=True, help="With --from: show what would happen, and change nothing.")
@pass_opening
def rate(
    opening: Opening,
    who: str | None,
    standard: str | None,
    value: str | None,
    note: str,
    refs: tuple[str, ...],
    day: str | None,
    file: Path | None,
    options: TableOptions,
    dry_run: bool,
) -> None:
    """Rate a person on a standard: 1 to 5, or not-seen.

    Shells treat # as the start of a comment, so write own-it, or '#own-it' in quotes. A rating of 1, 2 or 5 needs a
    note or a story. A sticky situation can't be cited for less than a 4.

    \b
    meetingtool rate @maria own-it 4
    meetingtool rate @maria own-it 5 --note "Closed the gap behind it" --story 3F7K2Q
    """
    if file is not None:
        if who is not None:
            raise click.UsageError("Give either a person, a standard and a rating, or --from FILE.")
        _rate_from(opening, file, options, dry_run)
        return
    if who is None or standard is None or value is None:
        raise click.UsageError("Say whom to rate, on which standard, and 1 to 5: meetingtool rate @maria own-it 4")
    _rate_one(opening, who, standard, rating_value(value), note, refs, day)


def rating_value(text: str) -> int | None:
    """1 to 5, or None for not seen. Refused otherwise."""
    from meetingtool.rules.folding import fold
    from meetingtool.rules.wording import shortened

    word = fold(text.strip()).replace(" ", "-").replace("_", "-")
    if word in (NOT_SEEN, "notseen", "-"):
        return None
    if len(word) == 1 and word in "12345":
        return int(word)
    raise Refused(f"“{shortened(text, 20)}” is not a rating.", f"Give 1 to 5, or {NOT_SEEN}.")


def _rate_one(
    opening: Opening, who: str, standard: str, value: int | None, note: str, refs: tuple[str, ...], day: str | None
) -> None:
    from meetingtool.actions.people import ratings as actions
    from meetingtool.actions.reading import person_named, standard_named
    from meetingtool.rules import wording

    desk = opening.desk()
    rating = actions.rate(
        desk.workspace,
        person_named(desk.roster, who),
        standard_named(desk.roster, standard),
        value,
        opening.now,
        note=note,
        stories=[story_of(desk, ref) for ref in refs],
        on=opening.day(day, "past"),
    )
    name, tag = desk.roster.short_name(rating.person), desk.roster.tag(rating.standard)
    parts = [name, f"#{tag}", NOT_SEEN if rating.value is None else str(rating.value)]
    if rating.at.date() != opening.today:
        parts.append(wording.day(rating.at.date(), opening.today))
    out(f"rating {rating.ref}  {SIGN.join(parts)}")


def _rate_from(opening: Opening, file: Path, options: TableOptions, dry_run: bool) -> None:
    """Give the ratings of a table; lines that can't be taken are reported, and the exit code says so."""
    from meetingtool.actions.people.rating_lists import give_ratings, plan_ratings
    from meetingtool.importers.ratings import RATING_FIELDS, read_ratings
    from meetingtool.rules.wording import count

    desk = opening.desk()
    sheet, roster, today, said = options.read(file, RATING_FIELDS), desk.roster, opening.today, desk.settings
    draft = options.drafted(
        lambda order: read_ratings(sheet, roster, today, order, options.columns, said.day_order, said.manager)
    )
    plan = plan_ratings(desk.workspace, draft.rows, opening.now)
    rows = [_planned(wanted, opening.today) for wanted in plan.wanted]
    if not dry_run:
        give_ratings(desk.workspace, plan, opening.now)
    if rows:
        print_table(("Line", "Person", "Standard", "Rating", "Day", "Note"), rows, right={0})
    problems = sorted((*draft.problems, *plan.problems), key=lambda problem: problem.line)
    for problem in problems:
        talk(f"meetingtool: line {problem.line}: {problem.text}")
    done = "would be given" if dry_run else "given"
    talk(f"{count(len(rows), 'rating')} {done}, {plan.same:,} given before, {count(len(problems), 'line')} left out.")
    if problems:
        click.get_current_context().exit(1)


def _planned(wanted: Wanted, today: date) -> tuple[str, ...]:
    from meetingtool.rules import wording

    value = NOT_SEEN if wanted.row.value is None else str(wanted.row.value)
    day = wording.day(wanted.row.on, today)
    return str(wanted.row.line), wanted.person.name, f"#{wanted.standard.tag}", value, day, wanted.row.note


def story_of(desk: Desk, ref: str) -> Story:
    """The story of a reference; NotFound when it is something else, or in the bin."""
    from meetingtool.records.stories import Story

    found = desk.workspace.by_ref(ref)
    if not isinstance(found, Story) or found.removed_at is not None:
        raise NotFound(f"{found.ref} is not a story.", "`meetingtool history` shows them.")
    return found
