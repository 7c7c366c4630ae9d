"""`meetingtool complaint step|answer|offer|move|close|ask|reopen`: a complaint on its way to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import click

from meetingtool.cli.arguments import Customers, Day, Who
from meetingtool.cli.commands import Command
from meetingtool.cli.customers.complaint_words import find, person_id, tell, tell_lesson
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import out, talk
from meetingtool.records.complaints import Cause, ComplaintChannel, Content, Finding, Movable, OfferKind, Weight

if TYPE_CHECKING:
    from datetime import date

    from meetingtool.records.complaints import Complaint, StepName
    from meetingtool.records.money import Money

ON = click.option("--on", "day", type=Day(), help="The day on which that was; today when left out.")
FINDING = click.option("--finding", type=click.Choice(get_args(Finding)), help="Whose fault it was.")
CAUSE = click.option("--cause", type=click.Choice(get_args(Cause)), help="The cause.")
Named = Literal["acknowledged", "assessed", "looked-into", "word", "handed-on"]


def step_words(opening: Opening, words: tuple[str, ...], day: str | None) -> tuple[str, date | None]:
    """The words of a step, and the day that it was on: from the option, or from `on:tue` in the words."""
    from meetingtool.errors import Refused
    from meetingtool.rules.customers.besides import NO_DAY, besides

    found = besides(" ".join(words), opening.dates())
    if found.unread:
        raise Refused(found.unread, NO_DAY)
    return found.line, opening.day(day, "past") or found.on


@click.command(cls=Command)
@click.argument("ref")
@click.argument("name", type=click.Choice(get_args(Named)), metavar="STEP")
@click.argument("words", nargs=-1)
@click.option("--who", type=Who(), help="Who did it; with handed-on, who has it from now on.")
@click.option("--weight", type=click.Choice(get_args(Weight)), help="With assessed: how serious it is.")
@click.option("--safety/--no-safety", default=None, help="With assessed: whether it is a matter of safety.")
@click.option(
    "--about",
    type=Who(),
    multiple=True,
    help="With assessed: whom it is about, in place of whoever it was; may be repeated.",
)
@click.option("--owner", type=Who(), help="With assessed: who will put it right.")
@click.option("--wants", help="With assessed: what would make it right for the customer.")
@click.option("--customer", type=Customers(), help="With assessed: the customer, if the line did not say.")
@CAUSE
@ON
@pass_opening
def step(
    opening: Opening,
    ref: str,
    name: Named,
    words: tuple[str, ...],
    who: str | None,
    weight: Weight | None,
    safety: bool | None,
    about: tuple[str, ...],
    owner: str | None,
    wants: str | None,
    customer: str | None,
    cause: Cause | None,
    day: str | None,
) -> None:
    """Note a step: acknowledged, assessed, looked-into, word (the customer heard from us), or handed-on.

    WORDS are what was said or found. Handing on needs --who and words: what the next one must know, so that the
    customer need not say it again. `on:tue` in them is the same as --on, here and in every step with words.
    """
    from meetingtool.actions.customers import complaint_steps as actions

    found, (said, on) = find(opening, ref), step_words(opening, words, day)
    extra = any(value is not None for value in (weight, safety, owner, wants, customer, cause)) or about
    if name != "assessed":
        if extra:
            raise click.UsageError("Weight, safety, people, cause and what the customer wants go with `assessed`.")
        taken: StepName = name
        person = person_id(opening, who)
        changed = actions.take_step(opening.workspace(), found, taken, opening.now, words=said, person=person, on=on)
    else:
        changed = actions.assess(
            opening.workspace(),
            found,
            opening.now,
            words=said,
            weight=weight,
            safety=safety,
            about=[person_id(opening, each) for each in about] if about else None,
            owner=person_id(opening, owner) if owner else None,
            wants=wants,
            customer=customer,
            cause=cause,
            on=on,
        )
    tell(opening, changed)
    gone = [person for person in found.about if person not in changed.about]
    if gone:
        talk(f"It is no longer about {opening.roster().names(gone)}: say --about for each person to keep them all.")


@click.command(cls=Command)
@click.argument("ref")
@click.argument("words", nargs=-1)
@click.option("--who", type=Who(), help="Who answered; the owner when left out.")
@FINDING
@ON
@pass_opening
def answer(
    opening: Opening, ref: str, words: tuple[str, ...], who: str | None, finding: Finding | None, day: str | None
) -> None:
    """Note that the customer was answered. Where the fault is ours, a plain apology is offered as words."""
    from meetingtool.actions.customers import complaint_steps as actions
    from meetingtool.rules.customers.complaints import offered_words

    found, (said, on) = find(opening, ref), step_words(opening, words, day)
    person = person_id(opening, who)
    changed = actions.answer(opening.workspace(), found, opening.now, words=said, person=person, finding=finding, on=on)
    tell(opening, changed)
    offered = offered_words("answered", changed.finding)
    if not words and offered:
        talk(f"Words that help: {offered}")


@click.command(cls=Command)
@click.argument("ref")
@click.argument("kind", type=click.Choice(get_args(OfferKind)), metavar="KIND", required=False)
@click.argument("words", nargs=-1)
@click.option("--money", metavar="AMOUNT", help="What it is worth, not from the fund.")
@click.option("--fund", metavar="AMOUNT", help="What it takes from the service recovery fund.")
@click.option("--taken/--not-taken", default=None, help="Whether the customer accepted it.")
@click.option(
    "--number", type=click.IntRange(min=1), help="Which offer was accepted, without KIND; the last when left out."
)
@ON
@pass_opening
def offer(
    opening: Opening,
    ref: str,
    kind: OfferKind | None,
    words: tuple[str, ...],
    money: str | None,
    fund: str | None,
    taken: bool | None,
    number: int | None,
    day: str | None,
) -> None:
    """Note an offer: apology, mended, replaced, refund, gift, discount, rule-changed or other.

    Without KIND, note with --taken or --not-taken whether the customer took the last one.
    """
    from meetingtool.actions.customers import complaint_steps as actions

    found = find(opening, ref)
    if kind is None:
        if taken is None:
            raise click.UsageError("Say what was offered, or use --taken or --not-taken for an offer.")
        place = number or len(found.offers)
        tell(opening, actions.note_taken(opening.workspace(), found, place, taken, opening.now))
        return
    if money and fund:
        raise click.UsageError("Give either --money or --fund.")
    said, on = step_words(opening, words, day)
    changed = actions.offer(
        opening.workspace(),
        found,
        kind,
        opening.now,
        words=said,
        money=amount(opening, money or fund),
        from_fund=fund is not None,
        taken=taken,
        on=on,
    )
    _tell_offer(opening, changed)


def amount(opening: Opening, typed: str | None) -> Money | None:
    """A sum of money in the team's currency; Refused where it can't be read."""
    if typed is None:
        return None
    from meetingtool.rules.customers.limits import money_typed

    return money_typed(typed, opening.desk().settings.currency)


def _tell_offer(opening: Opening, changed: Complaint) -> None:
    from meetingtool.rules import wording
    from meetingtool.rules.customers.fund import OVER, last_over
    from meetingtool.rules.kinds.complaints import offer_line

    out(f"offer {len(changed.offers)}  {offer_line(changed.offers[-1])}")
    over = last_over(changed, opening.desk().settings.service)
    if over is not None:
        talk(f"! {OVER.format(wording.money(over))}")


@click.command(cls=Command)
@click.argument("ref")
@click.argument("step", type=click.Choice(get_args(Movable)), metavar="answer|ask")
@click.argument("day", nargs=-1, required=True, type=Day(), metavar="DATE")
@click.option("--agreed", "words", default="", metavar="WORDS", help="How the customer agreed.")
@pass_opening
def move(opening: Opening, ref: str, step: Movable, day: tuple[str, ...], words: str) -> None:
    """Move a due date with the customer's consent. Agreed before the old date has passed, it is in time by the new one.

    Without --agreed it is refused: a date that only we moved is late.
    """
    from meetingtool.actions.customers import complaint_steps as actions

    due = opening.day(" ".join(day), "future")
    assert due is not None
    tell(opening, actions.move_due(opening.workspace(), find(opening, ref), step, due, words, opening.now))


@click.command(cls=Command)
@click.argument("ref")
@FINDING
@CAUSE
@click.option("--lesson", default="", help="What we learned; the next meeting hears it, without names.")
@click.option("--nothing-because", "because", default="", help="Why there is nothing to learn.")
@click.option("--settled", is_flag=True, help="It was put right at once: answered as well, with nothing to learn.")
@ON
@pass_opening
def close(
    opening: Opening,
    ref: str,
    finding: Finding | None,
    cause: Cause | None,
    lesson: str,
    because: str,
    settled: bool,
    day: str | None,
) -> None:
    """Close a complaint that was answered, with a finding and a lesson, or why there is nothing to learn."""
    from meetingtool.actions.customers import complaint_steps as actions

    ending = actions.Ending(finding=finding, cause=cause, lesson=lesson, because=because)
    on, end = opening.day(day, "past"), actions.settle if settled else actions.close
    closed = end(opening.workspace(), find(opening, ref), ending, opening.now, on=on)
    tell(opening, closed)
    tell_lesson(opening, closed)


@click.command(cls=Command)
@click.argument("ref")
@click.argument("channel", type=click.Choice(get_args(ComplaintChannel)), metavar="HOW")
@click.option("--received-by", type=Who(), help="Who took it down; as it was when left out.")
@pass_opening
def came(opening: Opening, ref: str, channel: ComplaintChannel, received_by: str | None) -> None:
    """Correct how a complaint came: phone, spoken, e-mail, letter, card, form or review; and who took it down."""
    from meetingtool.actions.customers import complaint_steps as actions

    found = find(opening, ref)
    who = person_id(opening, received_by) if received_by else found.received_by
    tell(opening, actions.note_arrival(opening.workspace(), found, channel, who, opening.now))


@click.command(cls=Command)
@click.argument("ref")
@click.argument("content", type=click.Choice([each for each in get_args(Content) if each != "unasked"]))
@click.argument("words", nargs=-1)
@click.option("--who", type=Who(), help="Who asked.")
@ON
@pass_opening
def ask(opening: Opening, ref: str, content: Content, words: tuple[str, ...], who: str | None, day: str | None) -> None:
    """Note whether the customer was content, asked after closing: yes, partly or no."""
    from meetingtool.actions.customers import complaint_steps as actions

    found, (said, on), person = find(opening, ref), step_words(opening, words, day), person_id(opening, who)
    changed = actions.ask_afterwards(opening.workspace(), found, content, opening.now, words=said, person=person, on=on)
    tell(opening, changed)


@click.command(cls=Command)
@click.argument("ref")
@click.argument("words", nargs=-1)
@ON
@pass_opening
def reopen(opening: Opening, ref: str, words: tuple[str, ...], day: str | None) -> None:
    """Open a closed complaint again, with a word why; all that was done stays."""
    from meetingtool.actions.customers import complaint_steps as actions

    found, (said, on) = find(opening, ref), step_words(opening, words, day)
    tell(opening, actions.reopen(opening.workspace(), found, said, opening.now, on=on))


COMMANDS = (came, step, answer, offer, move, close, ask, reopen)
