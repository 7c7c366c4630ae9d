"""`meetingtool call` and `hands-on`: going to customers, and the leader's own hours."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from meetingtool.cli.arguments import Customers, Day, LineWords
from meetingtool.cli.commands import LineFamily, TextCommand, as_typed
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.papers import print_csv, print_markdown, print_paper
from meetingtool.cli.printing import SIGN, out, print_json, print_table, talk
from meetingtool.records.contacts import ContactWay, Mood, Reached, Why, Work

if TYPE_CHECKING:
    from meetingtool.actions.customers.contacts import Called
    from meetingtool.actions.desk import Desk
    from meetingtool.rules.customers.calls import Call

MARKS = """\b
    ^Acme              the customer; ^"Blue Door Café" with blanks
    @maria             who called; you, where nobody is named
    >"do it" by fri    something we will do because of it
    !"send it" by fri  a promise to the customer
    on:tue  way:visit  why:thanks
                       as --on, --way and --why, in the line

The first word can say the mood: glad, so-so or unhappy. What an unhappy customer says is private, and so is what names
somebody without being glad."""

HEADS = ("", "Customer", "Why", "Served by", "Telephone", "Tries")
KEYS = ("customer", "why", "since", "what", "person", "telephone", "tries", "reached")
"""The columns of the list as CSV."""


@click.group(cls=LineFamily, subcommand_metavar="TEXT | [COMMAND] [ARGS]...")
def call() -> None:
    """Calling customers before they call. `meetingtool call TEXT` notes one: `note` can be left out."""


@call.command("note", cls=TextCommand, help=f"Note a call or a visit to a customer, in one line.\n\n{MARKS}")
@click.argument("text", nargs=-1, type=LineWords())
@click.option("--on", "day", type=Day(), help="The day on which it was; today when left out.")
@click.option("--way", type=click.Choice(get_args(ContactWay)), help="How; by phone when left out.")
@click.option(
    "--why", type=click.Choice(get_args(Why)), help="Why; for customers on the week's list, the list says so."
)
@click.option(
    "--reached",
    type=click.Choice([one for one in get_args(Reached) if one != "skipped"]),
    default="yes",
    show_default=True,
    help="Whether the customer was reached; a customer who declined is not called again.",
)
@click.option("--mood", type=click.Choice(get_args(Mood)), help="How the customer was.")
@click.option("--private", is_flag=True, help="Never shown while the screen is shared, as with ~ in the line.")
@pass_opening
def note(
    opening: Opening,
    text: tuple[str, ...],
    day: str | None,
    way: ContactWay | None,
    why: Why | None,
    reached: Reached,
    mood: Mood | None,
    private: bool,
) -> None:
    """Note a call or a visit to a customer."""
    from meetingtool.cli.stories.stories import record_each

    def record(line: str, on: date | None) -> None:
        from meetingtool.actions.customers.contacts import record_contact

        called = record_contact(
            opening.workspace(), line, opening.now, way=way, why=why, reached=reached, mood=mood, on=on
        )
        _tell(opening, called)

    record_each(opening, "call", text, day, private, record)


def _tell(opening: Opening, called: Called) -> None:
    from meetingtool.cli.telling import signs, tell_follow_up, tell_private, tell_remarks
    from meetingtool.rules import wording
    from meetingtool.rules.kinds.contacts import WAYS
    from meetingtool.rules.kinds.table import kind_of

    contact, roster = called.contact, opening.roster()
    day = contact.at.date()
    parts = (
        wording.one_line(contact.customer),
        roster.names(contact.people),
        WAYS[contact.way] if contact.way != "phone" else "",
        kind_of(contact).remark(contact, roster),
        wording.day(day, opening.today) if day != opening.today else "",
    )
    mark = signs(contact)
    out(f"call {contact.ref}  {SIGN.join(filter(None, parts))}" + (f"  {mark}" if mark else ""))
    for follow_up in called.follow_ups:
        tell_follow_up(follow_up, roster)
    tell_remarks(called.remarks)
    tell_private(contact, roster)
    if called.asked is not None:
        talk(f"Asked after complaint {called.asked.ref}: {called.asked.content}.")
    if called.unwanted:
        talk(f"! {wording.one_line(contact.customer)} had asked not to be called.")
    elif contact.reached == "declined":
        talk(f"{wording.one_line(contact.customer)} will not be called again.")


@call.command("list")
@click.option("--on", "day", type=Day(), help="The list of the week of this day; of this week when left out.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@click.option("--format", "form", type=click.Choice(["csv", "md"]), help="As a table to keep.")
@pass_opening
def list_calls(opening: Opening, day: str | None, for_programs: bool, form: str | None) -> None:
    """List whom to call this week: drawn by lot from recent customers, the same on every machine, so that nobody can
    pick.

    Whoever had a complaint closed two weeks ago is on it too. It is for you alone: it has telephone numbers.
    """
    from meetingtool.actions.customers.contacts import calls, own_hours

    desk = opening.desk()
    on = opening.day(day, "future") or desk.today
    found = calls(desk.workspace, on)
    if for_programs:
        print_json([_as_json(desk, each) for each in found])
        return
    if form == "csv":
        print_csv(KEYS, [_as_json(desk, each) for each in found])
        return
    rows = [_row(desk, each, on) for each in found]
    if form == "md":
        print_markdown(f"{desk.settings.team}: calls of the week", HEADS, rows)
        return
    if rows:
        print_table(HEADS, rows)
    else:
        talk("Nobody is to be called: `meetingtool customer import FILE` imports a list of recent customers.")
    hours = own_hours(desk)
    if any(hours.weeks):
        talk(f"Your own hours: {hours.words}" + (f", {hours.met} of 12 weeks met." if hours.goal else "."))


def why_words(call: Call, on: date) -> str:
    """`bought 9 days ago (six-seater)`, `complaint closed Fri 13 Nov`, seen from a day; in the room without what was
    complained of."""
    from meetingtool.rules import wording

    if call.why == "after-complaint":
        return f"complaint closed {wording.day(call.since, on)}"
    what = f" ({wording.shortened(call.what, 30)})" if call.what else ""
    return f"bought {wording.ago(call.since, on)}{what}"


def served_by(desk: Desk, call: Call) -> str:
    """Who served, by the name on the team or as the list has it."""
    return desk.roster.short_name(call.person) if desk.roster.person_of(call.person) else call.person


def _row(desk: Desk, each: Call, on: date) -> tuple[str, ...]:
    from meetingtool.rules.kinds.contacts import REACHED

    done = each.contact is not None and each.contact.reached in ("yes", "message", "declined")
    state = REACHED[each.contact.reached] if each.contact else ""
    tries = state or (f"tried {each.tries}" if each.tries else "")
    return "✓" if done else "·", each.customer, why_words(each, on), served_by(desk, each), each.telephone, tries


def _as_json(desk: Desk, each: Call) -> dict[str, object]:
    return {
        "customer": each.customer,
        "why": each.why,
        "since": each.since,
        "what": each.what,
        "person": served_by(desk, each),
        "telephone": each.telephone,
        "tries": each.tries,
        "reached": each.contact.reached if each.contact else None,
        "contact": each.contact.id if each.contact else None,
        "complaint": each.complaint or None,
    }


@call.command()
@click.argument("customer", type=Customers())
@click.argument("words", nargs=-1)
@pass_opening
def skip(opening: Opening, customer: str, words: tuple[str, ...]) -> None:
    """Leave a customer out of this week's list, with a word why; the next one comes in."""
    from meetingtool.actions.customers.contacts import skip_call

    skipped = skip_call(opening.desk().workspace, customer, " ".join(words), opening.now)
    out(f"left out: {skipped.customer}")


@call.command()
@click.option("--since", type=Day(), help="From this day on; half a year when left out.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@click.option(
    "--format", "form", type=click.Choice(["txt", "md", "pdf"]), default="txt", show_default=True, help="The format."
)
@click.option("--to", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write it to this file.")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
@pass_opening
def heard(opening: Opening, since: str | None, for_programs: bool, form: str, file: Path | None, force: bool) -> None:
    """What was heard in calls, voices and at the counter, and what became of it.

    Nothing private is on it. `meetingtool poster heard` makes a sheet of it for the wall, in large letters.
    """
    from meetingtool.actions.customers import heard as actions
    from meetingtool.cli.shapes import shape

    desk = opening.desk()
    first = opening.day(since, "past")
    if for_programs:
        found = actions.heard(desk, first)
        rows = [
            {"heard": each.words, "became": each.became, "action": shape(each.follow_up, desk.roster)} for each in found
        ]
        print_json(rows)
        return
    chosen = "" if file is not None and form == "txt" else form
    print_paper(actions.wall_paper(desk, first), chosen, file, force, opening.today)


@click.command("hands-on", cls=TextCommand)
@click.argument("minutes", type=click.IntRange(1, 24 * 60))
@click.argument("what", type=click.Choice(get_args(Work)))
@click.argument("text", nargs=-1, type=LineWords())
@click.option("--on", "day", type=Day(), help="The day on which it was; today when left out.")
@pass_opening
def hands_on(opening: Opening, minutes: int, what: Work, text: tuple[str, ...], day: str | None) -> None:
    """Note your own time with customers or beside somebody: phones, counter, round, visit or listening.

    TEXT is what you noticed; @who was beside you, and >"do it" by fri is what comes out of it. With + at the end it is
    what
    they did well: the next meeting names them; without it, words that name somebody are private. The goal is shown to
    the team: here it is the leader who is accountable.
    """
    from meetingtool.actions.customers.contacts import own_hours, record_hands_on
    from meetingtool.cli.telling import signs, tell_follow_up, tell_private
    from meetingtool.rules import wording

    on = opening.day(day, "past")
    record, born = record_hands_on(opening.desk().workspace, minutes, what, as_typed(text), opening.now, on=on)
    hours = own_hours(opening.desk())
    mark = f"  {signs(record)}" if record.private else ""
    was = record.at.date()
    when = f"{SIGN}{wording.day(was, opening.today)}" if was != opening.today else ""
    out(f"hands-on {record.ref}  {hours.words}{when}{mark}")
    for follow_up in born:
        tell_follow_up(follow_up, opening.roster())
    tell_private(record, opening.roster())
