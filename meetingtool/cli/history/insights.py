"""`meetingtool insight`, `newsletter`, `brag-sheet`, `card`: many records together, and what is shared of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from meetingtool.cli.arguments import Ref, Who
from meetingtool.cli.commands import Command
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import tell_written
from meetingtool.cli.printing import out, print_json, screen_width, talk
from meetingtool.errors import Refused

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.documents.formats.paper import Paper
    from meetingtool.rules.insight.view import View
    from meetingtool.rules.people.periods import Period

VIEWS = (
    "year",
    "week",
    "themes",
    "months",
    "heat",
    "promises",
    "meetings",
    "resolve",
    "complaints",
    "page",
    "pulse",
    "person",
    "standard",
    "customer",
)
NAMED = ("person", "standard", "customer")

F = TypeVar("F", bound=Callable[..., object])


def _delivered(*forms: str) -> Callable[[F], F]:
    """--format, --json, --to and --force, which everything that can be printed or written to a file has."""

    def decorate(command: F) -> F:
        for option in (
            click.option("--force", is_flag=True, help="Overwrite the file if it exists."),
            click.option(
                "--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file."
            ),
            click.option("--json", "for_programs", is_flag=True, help="Print an object for programs."),
            click.option("--format", "form", type=click.Choice(forms), help="The format."),
        ):
            command = option(command)
        return command

    return decorate


INSIGHT_HELP = """Look at many records together.

\b
    year       the year in review           months    wins and stickies by month
    week       this week in earlier years   heat      people by standards: wins told
    themes     what keeps coming back       promises  kept and missed by month
    person     @WHO                         meetings  how the team rated them
    standard   #TAG                         resolve   how long a sticky took
    customer   NAME                         page      the year on one page
    complaints by cause: answered in time,  pulse     how the team is
               content afterwards; for you alone

Without --year it is about the last 12 months; week and customer look at all years. Every view says
what it can't tell you.
"""


@click.command(cls=Command, help=INSIGHT_HELP)
@click.argument("view", type=click.Choice(VIEWS), metavar="VIEW", default="year")
@click.argument("name", nargs=-1)
@click.option("--year", type=click.IntRange(1, 9998), help="The evaluation year that starts in this year.")
@click.option("--all", "all_years", is_flag=True, help="All years.")
@click.option("--room", is_flag=True, help="Without what is private, to show to the team.")
@_delivered("txt", "md", "html", "pdf", "csv")
@pass_opening
def insight(
    opening: Opening,
    view: str,
    name: tuple[str, ...],
    year: int | None,
    all_years: bool,
    room: bool,
    form: str | None,
    for_programs: bool,
    file: Path | None,
    force: bool,
) -> None:
    """Look at many records together."""
    from meetingtool.actions.history import sharing
    from meetingtool.documents.history.insight import view_data

    if for_programs and (form or file):
        raise click.UsageError("Give either --json, or --format and --to.")
    if year is not None and all_years:
        raise click.UsageError("Give either --year or --all.")
    desk = opening.desk()
    desk.room = room
    made = _view(desk, view, " ".join(name), _period(desk, year, all_years))
    if for_programs:
        print_json(view_data(made))
        return
    team = desk.settings.team

    def content(wanted: str) -> bytes:
        return sharing.view_bytes(made, wanted, desk.today, team=team)

    if file is None and form in (None, "txt"):
        from meetingtool.documents.formats import plaintext
        from meetingtool.documents.history.insight import view_paper

        out(plaintext.render(view_paper(made, desk.today, team=team), screen_width() or 100).rstrip("\n"))
        return
    _deliver(content, sharing.VIEW_FORMS, form, file, force)


def _view(desk: Desk, view: str, name: str, period: Period) -> View:
    from meetingtool.actions.history import insight as views
    from meetingtool.actions.reading import person_named, standard_named

    if view not in NAMED:
        if name:
            raise click.UsageError(f"{view} takes no name.")
        return views.view_of(desk, view, period)
    if not name.strip():
        raise click.UsageError(f"Say which {view}.")
    if view == "person":
        return views.person_view(desk, person_named(desk.roster, name), period)
    if view == "standard":
        return views.standard_view(desk, standard_named(desk.roster, name), period)
    return views.customer_view(desk, views.customer_named(desk, name))


def _period(desk: Desk, year: int | None, all_years: bool) -> Period:
    from meetingtool.actions.history import insight as views

    if all_years:
        return views.all_years(desk)
    return views.last_twelve_months(desk.today) if year is None else views.year_named(desk, year)


def _deliver(
    content: Callable[[str], bytes], forms: Sequence[str], form: str | None, file: Path | None, force: bool
) -> None:
    """Print it, or write it to a file in the format of its ending unless `form` says another."""
    from meetingtool.actions.history.sharing import save_file

    if file is not None:
        tell_written(save_file(file.expanduser(), forms, content, form=form or "", force=force))
    elif form == "pdf":
        raise Refused("A PDF can't be printed here.", "Name a file, such as --to paper.pdf.")
    else:
        click.echo(content(form or "txt"), nl=False)


def _deliver_paper(
    opening: Opening, paper: Paper, form: str | None, file: Path | None, force: bool, for_programs: bool
) -> None:
    from meetingtool.actions.history import sharing

    if for_programs:
        if form or file:
            raise click.UsageError("Give either --json, or --format and --to.")
        print_json(_paper_data(paper))
        return
    _deliver(lambda wanted: sharing.paper_bytes(paper, wanted, opening.today), sharing.PAPER_FORMS, form, file, force)


def _paper_data(paper: Paper) -> dict[str, object]:
    """The words of a paper by section."""
    from meetingtool.documents.formats.paper import Facts, Heading, Items, Paragraph, plain_text

    sections: list[dict[str, object]] = []
    title, entries = "", list[str]()
    for block in (*paper.blocks, Heading("")):
        match block:
            case Heading(text=text):
                if entries:
                    sections.append({"title": title, "entries": entries})
                title, entries = text, []
            case Items(items=items):
                entries += [plain_text(item.text) for item in items]
            case Paragraph(text=words):
                entries.append(plain_text(words))
            case Facts(pairs=pairs):
                entries += [f"{name}: {plain_text(value)}" for name, value in pairs]
    return {"title": paper.title, "subtitle": paper.subtitle, "sections": sections}


@click.command(cls=Command)
@click.option("--month", metavar="MONTH", help='Such as 2026-10 or "this month"; the last one when left out.')
@click.option("--pick", type=Ref("story"), help="The win that comes first; the newest starred one when left out.")
@_delivered("txt", "md", "html", "pdf")
@pass_opening
def newsletter(
    opening: Opening,
    month: str | None,
    pick: str | None,
    form: str | None,
    for_programs: bool,
    file: Path | None,
    force: bool,
) -> None:
    """Print the wins of a month by standard, for everybody to read.

    It never has anything private or a sticky situation.
    """
    from meetingtool.actions.history import sharing

    desk = opening.desk()
    wanted = sharing.last_month(desk.today) if month is None else _month(desk, month)
    chosen = desk.workspace.by_ref(pick).id if pick else ""
    paper = sharing.newsletter_paper(desk, wanted, pick=chosen)
    if to_look_at := sharing.before_sharing(desk, wanted):
        talk(f"{to_look_at}.")
    _deliver_paper(opening, paper, form, file, force, for_programs)


def _month(desk: Desk, text: str) -> Period:
    from meetingtool.rules.history.spans import span_of
    from meetingtool.rules.people.periods import month_of

    since, until = span_of(text, desk.today, day_order=desk.settings.day_order)
    found = month_of(since)
    if until > found.until:
        raise Refused("A newsletter is about one month.", "Give one, such as 2026-10 or last-month.")
    return found


@click.command("brag-sheet", cls=Command)
@click.argument("who", type=Who())
@click.option("--year", type=click.IntRange(1, 9998), help="The evaluation year that starts in this year.")
@click.option("--all", "all_years", is_flag=True, help="All years.")
@_delivered("txt", "md", "html", "pdf")
@pass_opening
def brag_sheet(
    opening: Opening,
    who: str,
    year: int | None,
    all_years: bool,
    form: str | None,
    for_programs: bool,
    file: Path | None,
    force: bool,
) -> None:
    """Print what a person did well: wins by standard, thanks, promises kept.

    It has nothing private, no rating and no score, so it can be handed over.
    """
    from meetingtool.actions.history import sharing
    from meetingtool.actions.reading import person_named

    desk = opening.desk()
    paper = sharing.brag_sheet_paper(desk, person_named(desk.roster, who), _period(desk, year, all_years))
    _deliver_paper(opening, paper, form, file, force, for_programs)


@click.command(cls=Command)
@click.argument("ref", type=Ref("story"))
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE.pdf", required=True, help="The file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def card(opening: Opening, ref: str, file: Path, force: bool) -> None:
    """Make a card of one win, of a customer's words, or of an answer that praises somebody, for the wall (PDF)."""
    from meetingtool.actions.history import sharing
    from meetingtool.errors import NotFound
    from meetingtool.records.mentions import Mention
    from meetingtool.records.stories import Story
    from meetingtool.records.voices import Voice

    desk = opening.desk()
    story = desk.workspace.by_ref(ref)
    if not isinstance(story, Story | Voice | Mention) or story.removed_at is not None:
        raise NotFound(f"{story.ref} is not a story in use.", "`meetingtool history is:win` lists the wins.")
    _deliver(lambda _: sharing.card_bytes(desk, story), sharing.CARD_FORMS, None, file, force)
