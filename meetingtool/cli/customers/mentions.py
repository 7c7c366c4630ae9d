"""`meetingtool mention`: the names that customers wrote, decided one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from meetingtool.cli.arguments import Who
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import print_json, print_table, talk

if TYPE_CHECKING:
    from meetingtool.actions.customers.mentions import AskedMention
    from meetingtool.records.mentions import Mention, Tone
    from meetingtool.rules.roster import Roster

COMMENT_WIDTH = 60
STATES = ("open", "confirmed", "rejected", "not-on-team", "all")
TONE = click.Choice(["praise", "problem", "both"])


@click.group(cls=Family)
def mention() -> None:
    """Names in customers' comments: each is a question until you say whose it is, and how it was meant."""


@mention.command("list")
@click.option("--state", type=click.Choice(STATES), default="open", show_default=True, help="Which to list.")
@click.option("--who", type=Who(), help="Only those that may be one person.")
@click.option("--survey", default="", metavar="NAME", help="Only those of one survey.")
@click.option("--to-talk-about", is_flag=True, help="Only confirmed problems, with the person's own account.")
@click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")
@pass_opening
def list_mentions(
    opening: Opening,
    state: Literal["open", "confirmed", "rejected", "not-on-team", "all"],
    who: str | None,
    survey: str,
    to_talk_about: bool,
    for_programs: bool,
) -> None:
    """List names in comments, the surest first. They are for you only: a problem is nobody else's business until it is
    talked about."""
    from meetingtool.actions.customers.mentions import queue
    from meetingtool.actions.customers.surveys import survey_named
    from meetingtool.actions.people.to_talk_about import said_by_hand
    from meetingtool.actions.reading import person_named

    desk = opening.desk()
    person = person_named(desk.roster, who).id if who else ""
    of = survey_named(desk.workspace, survey).id if survey else ""
    found = queue(desk.workspace, "confirmed" if to_talk_about else None if state == "all" else state, person, of)
    if to_talk_about:
        typed = [one for one in said_by_hand(desk) if person in ("", one.mention.person) and not survey]
        found = [one for one in found if one.mention.is_problem and not one.mention.voice] + typed
    if for_programs:
        print_json([as_json(one, desk.roster) for one in found])
    elif found and to_talk_about:
        print_table(
            ("Ref", "Day", "Who", "Comment", "Own account"),
            [(*_row(one, desk.roster)[:3], *_talk(one)) for one in found],
        )
        talk("`meetingtool mention account REF WORDS` writes down what they say; before that it is no evidence.")
    elif found:
        print_table(("Ref", "Day", "Who", "Found as", "Is", "Comment"), [_row(one, desk.roster) for one in found])
        if state == "open":
            talk("`meetingtool mention confirm REF praise` (or problem, both), `reject REF`, `assign REF @who praise`.")
    else:
        talk("No name waits for you." if state == "open" and not to_talk_about else "There is none.")


@mention.command()
@click.argument("ref")
@click.argument("tone", type=TONE)
@pass_opening
def confirm(opening: Opening, ref: str, tone: Tone) -> None:
    """Say that it is this person, and how it was meant: praise, a problem, or both.

    Only praise is ever read aloud, printed or counted. A problem is something to talk about, and stays with you.
    """
    from meetingtool.actions.customers import mentions

    desk = opening.desk()
    _tell(mentions.confirm(desk.workspace, mentions.mention_of(desk.workspace, ref), tone, opening.now), desk.roster)


@mention.command()
@click.argument("ref")
@click.argument("who", type=Who())
@click.argument("tone", type=TONE)
@pass_opening
def assign(opening: Opening, ref: str, who: str, tone: Tone) -> None:
    """Say that it is somebody other than the person found, or which of several, and how it was meant."""
    from meetingtool.actions.customers import mentions
    from meetingtool.actions.reading import person_named

    desk = opening.desk()
    found, person = mentions.mention_of(desk.workspace, ref), person_named(desk.roster, who)
    _tell(mentions.confirm(desk.workspace, found, tone, opening.now, person), desk.roster)


@mention.command()
@click.argument("ref")
@click.argument("who", type=Who())
@click.argument("tone", type=TONE)
@pass_opening
def add(opening: Opening, ref: str, who: str, tone: Tone) -> None:
    """Say whom a comment means although it names nobody. REF is the one in `survey comments`."""
    from meetingtool.actions.customers import mentions
    from meetingtool.actions.customers.comments import comment_of
    from meetingtool.actions.reading import person_named

    desk = opening.desk()
    survey, comment = comment_of(desk, ref)
    person = person_named(desk.roster, who)
    _tell(mentions.name_somebody(desk.workspace, survey, comment, person, tone, opening.now), desk.roster)


@mention.command()
@click.argument("ref")
@click.option("--nobody", is_flag=True, help="It is the name of somebody who is not on the team.")
@click.option("--alike", is_flag=True, help="Also the open ones with the same words around the name.")
@click.option("--everywhere", is_flag=True, help="Also all open ones with the name, whatever is around it.")
@pass_opening
def reject(opening: Opening, ref: str, nobody: bool, alike: bool, everywhere: bool) -> None:
    """Say that it is not this person; the same name with the same words around it is not asked about again."""
    from meetingtool.actions.customers import mentions
    from meetingtool.rules import wording

    workspace = opening.desk().workspace
    found = mentions.mention_of(workspace, ref)
    same = [] if everywhere else mentions.alike(workspace, found)
    if alike and same:
        decided = mentions.reject_all(workspace, [found, *same], opening.now, nobody=nobody)
    else:
        decided = mentions.reject(workspace, found, opening.now, nobody=nobody, everywhere=everywhere)
    talk(f"{wording.count(len(decided), 'name')} rejected; `meetingtool undo` reverses it.")
    if same and not (alike or nobody):
        more = f"{len(same):,} more with the same words around it"
        talk(f"{more}: --alike rejects these, --everywhere all with this name.")


@mention.command()
@click.argument("ref")
@pass_opening
def reopen(opening: Opening, ref: str) -> None:
    """Put a decided name back into the queue."""
    from meetingtool.actions.customers import mentions

    workspace = opening.desk().workspace
    mentions.reopen(workspace, mentions.mention_of(workspace, ref), opening.now)
    talk("It waits to be decided again.")


@mention.command()
@click.argument("ref")
@click.argument("words")
@click.option("--who", type=Who(), default="", help="Whose account it is, where the words are about several people.")
@pass_opening
def account(opening: Opening, ref: str, words: str, who: str) -> None:
    """Write down what the person says about a problem. Without words ("") it is taken out.

    Until then what a customer said is no evidence for a rating. It stays with you, like the problem.
    """
    from meetingtool.actions.people.to_talk_about import problem_of, write_account
    from meetingtool.actions.reading import person_named

    desk = opening.desk()
    person = person_named(desk.roster, who) if who else None
    write_account(desk.workspace, problem_of(desk, ref, person), words, opening.now)
    talk("Saved, for you only; `meetingtool undo` reverses it.")


def as_json(asked: AskedMention, roster: Roster) -> dict[str, object]:
    """A mention for programs; people by their handles."""
    one = asked.mention
    return {
        "id": one.id,
        "ref": one.ref,
        "date": one.at.date(),
        "survey": asked.survey,
        "person": roster.handle(one.person) or None if one.person else None,
        "others": [roster.handle(other) for other in one.others],
        "words": one.words,
        "tier": one.tier,
        "state": one.state,
        "tone": one.tone,
        "account": one.account,
        "comment": asked.comment,
        "value": asked.value,
    }


def _talk(asked: AskedMention) -> tuple[str, str]:
    """What the customer wrote, and what the person says about it."""
    from meetingtool.rules import wording

    comment, account = wording.one_line(asked.comment), wording.one_line(asked.mention.account)
    return wording.shortened(comment, COMMENT_WIDTH), wording.shortened(account, COMMENT_WIDTH) or "none yet"


def _row(asked: AskedMention, roster: Roster) -> tuple[str, ...]:
    from meetingtool.rules import wording

    one = asked.mention
    who = roster.short_name(one.person) if one.person else " or ".join(map(roster.short_name, one.others))
    state = f"{one.state}: {one.tone}" if one.tone else "?" if one.state == "open" else one.state
    comment = wording.shortened(wording.one_line(asked.comment), COMMENT_WIDTH)
    return one.ref, wording.day(one.at.date(), roster.today), who, f"{one.words} ({one.tier})".lstrip(), state, comment


def _tell(decided: Mention, roster: Roster) -> None:
    what = {"praise": "praise", "problem": "a problem, for you only", "both": "both, for you only"}
    talk(f"{roster.short_name(decided.person)}: {what[decided.tone or 'both']}. `meetingtool undo` reverses it.")
