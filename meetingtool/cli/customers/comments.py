"""`meetingtool survey comments|read-aloud`: what customers wrote, and marking a comment for the meeting."""

from __future__ import annotations

import click

from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import print_json, print_table, talk

COMMENT_WIDTH = 80


@click.command(cls=Command)
@click.argument("name", default="")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True, help="How many; 0 for all.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def comments(opening: Opening, name: str, limit: int, for_programs: bool) -> None:
    """List what customers wrote in the last two years, the newest first. It is for you only."""
    from meetingtool.actions.customers.comments import comments_of
    from meetingtool.actions.customers.surveys import survey_named
    from meetingtool.rules import wording

    desk = opening.desk()
    found = comments_of(desk, survey_named(desk.workspace, name))
    shown = found[:limit] if limit else found
    if for_programs:
        print_json([{"ref": one.ref, "date": one.day, "value": one.value, "comment": one.text} for one in shown])
    elif shown:
        rows = [
            (
                one.ref,
                wording.day(one.day, opening.today),
                "" if one.value is None else str(one.value),
                wording.shortened(wording.one_line(one.text), COMMENT_WIDTH),
            )
            for one in shown
        ]
        print_table(("Ref", "Day", "Answer", "Comment"), rows, right={2})
        if len(shown) < len(found):
            talk(f"{len(found) - len(shown):,} more; --limit 0 shows all.")
    else:
        talk("Nobody wrote anything.")


@click.command("read-aloud", cls=Command)
@click.argument("ref")
@pass_opening
def read_aloud(opening: Opening, ref: str) -> None:
    """Mark a comment as the one to be read aloud in the next meeting, or take the mark off."""
    from meetingtool.actions.customers.comments import comment_of, read_comment

    desk = opening.desk()
    survey, comment = comment_of(desk, ref)
    marked = read_comment(desk, survey, comment, opening.now).starred
    talk("It is read aloud in the next meeting." if marked else "The mark is taken off.")
