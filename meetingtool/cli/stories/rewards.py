"""`meetingtool reward` and `meetingtool thanks`: what comes with thanks, and who is owed some."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meetingtool.cli.arguments import Day, Ref
from meetingtool.cli.commands import Family
from meetingtool.cli.opening import Opening, pass_opening
from meetingtool.cli.printing import SIGN, out, print_json, print_table, talk
from meetingtool.cli.stories.stories import award_of, award_options
from meetingtool.errors import NotFound

if TYPE_CHECKING:
    from meetingtool.records.stories import AwardKind, Story

JSON = click.option("--json", "for_programs", is_flag=True, help="Print an array for programs.")


@click.group(cls=Family)
def reward() -> None:
    """What comes with thanks: promised, handed over, and listed for payroll. `meetingtool praise` records thanks."""


@reward.command("list")
@click.option("--owed", "only_owed", is_flag=True, help="Only what is still to be handed over.")
@click.option("--since", type=Day(), help="From this day on; all when left out.")
@JSON
@click.option("--format", "form", type=click.Choice(["csv"]), help="Print CSV, as payroll wants it.")
@pass_opening
def list_rewards(opening: Opening, only_owed: bool, since: str | None, for_programs: bool, form: str | None) -> None:
    """List the rewards, the newest first."""
    from meetingtool.actions.stories.thanks import rewards
    from meetingtool.rules import wording
    from meetingtool.rules.stories.thanks import KINDS

    if for_programs and form:
        raise click.UsageError("Give either --format or --json.")
    desk = opening.desk()
    found = [one for one in rewards(desk, opening.day(since, "past"))[::-1] if one.owed or not only_owed]
    if for_programs:
        print_json(
            [
                {
                    "ref": one.story.ref,
                    "id": one.story.id,
                    "date": one.story.at.date(),
                    "people": [desk.roster.handle(person) for person in one.story.people],
                    "reward": one.words,
                    "kind": one.award.kind,
                    "value": one.award.value,
                    "state": one.award.state,
                    "on": one.award.on,
                    "private": one.story.private,
                }
                for one in found
            ]
        )
    elif form:
        from meetingtool.documents.stories.rewards import rewards_csv

        click.echo(rewards_csv(found, desk.roster), nl=False)
    else:
        rows = [
            (
                one.story.ref,
                wording.day(one.story.at.date(), opening.today),
                "owed" if one.owed else "given",
                wording.day(one.award.on, opening.today) if one.award.on else "",
                KINDS[one.award.kind],
                wording.money(one.award.value) if one.award.value else "",
                desk.roster.names(one.story.people),
                wording.one_line(one.words),
            )
            for one in found
        ]
        print_table(("Ref", "Thanked", "", "On", "Kind", "Value", "Who", "Reward"), rows, right={5})
    if not found:
        talk("There are none. `meetingtool praise @who TEXT --reward WORDS --owed` promises one.")


@reward.command("set")
@click.argument("ref", type=Ref("story"))
@click.argument("words", nargs=-1, required=True)
@award_options
@pass_opening
def set_reward(
    opening: Opening, ref: str, words: tuple[str, ...], kind: AwardKind | None, value: str | None, given: bool | None
) -> None:
    """Let a reward come with thanks, or change it; it is owed unless --given."""
    from meetingtool.actions.stories.thanks import reward_for
    from meetingtool.records.stories import Award

    award = award_of(opening, kind, value, given) or Award(state="owed")
    changed = reward_for(
        opening.workspace(),
        _thanks(opening, ref),
        " ".join(words),
        award.kind,
        opening.now,
        value=award.value,
        given=award.state == "given",
    )
    _tell(changed, opening)


@reward.command("give")
@click.argument("ref", type=Ref("story"))
@click.option("--on", "day", type=Day(), help="The day it was handed over; today when left out.")
@pass_opening
def give(opening: Opening, ref: str, day: str | None) -> None:
    """Note that a reward was handed over."""
    from meetingtool.actions.stories.thanks import hand_over

    story = hand_over(opening.workspace(), _thanks(opening, ref), opening.now, on=opening.day(day, "past"))
    _tell(story, opening)


@reward.command("drop")
@click.argument("ref", type=Ref("story"))
@pass_opening
def drop(opening: Opening, ref: str) -> None:
    """Let thanks come without the reward that was noted."""
    from meetingtool.actions.stories.thanks import drop_reward

    story = drop_reward(opening.workspace(), _thanks(opening, ref), opening.now)
    out(f"praise {story.ref}  {opening.roster().names(story.people)}{SIGN}no reward")


def _thanks(opening: Opening, ref: str) -> Story:
    from meetingtool.records.stories import Story

    found = opening.desk().workspace.by_ref(ref)
    if not isinstance(found, Story) or found.kind != "praise" or found.removed_at is not None:
        raise NotFound(f"{found.ref} is not thanks.", "`meetingtool history is:praise` shows thanks.")
    return found


def _tell(story: Story, opening: Opening) -> None:
    from meetingtool.rules import wording

    state = story.award.state if story.award else "given"
    told = (opening.roster().names(story.people), wording.one_line(story.reward), state)
    out(f"praise {story.ref}  {SIGN.join(told)}")


@click.group(cls=Family)
def thanks() -> None:
    """Who is owed thanks, and who has not had any for long. For you alone."""


@thanks.command("owed")
@JSON
@pass_opening
def owed_thanks(opening: Opening, for_programs: bool) -> None:
    """List who was named by a customer, or starred, a week ago or earlier and has not been thanked since."""
    from meetingtool.actions.stories.thanks import owed
    from meetingtool.records.base import REF_LENGTH
    from meetingtool.rules import wording

    desk = opening.desk()
    found = owed(desk)
    if for_programs:
        handle = desk.roster.handle
        print_json(
            [
                {"person": handle(one.person), "since": one.since, "reason": one.reason, "record": one.record}
                for one in found
            ]
        )
        return
    rows = [
        (
            desk.roster.full_name(one.person),
            wording.day(one.since, opening.today),
            one.reason,
            one.record[-REF_LENGTH:],
        )
        for one in found
    ]
    print_table(("Who", "Since", "For", "Because"), rows)
    talk("`meetingtool praise @who TEXT --because REF` thanks somebody." if rows else "Nobody is owed thanks.")


@thanks.command("lately")
@JSON
@pass_opening
def lately(opening: Opening, for_programs: bool) -> None:
    """List when everybody was last thanked, the longest ago first."""
    from meetingtool.actions.stories.thanks import not_thanked
    from meetingtool.rules import wording

    found = not_thanked(opening.desk())
    if for_programs:
        print_json([{"person": one.person.handle, "last": one.last, "days": one.days} for one in found])
        return
    rows = [
        (
            one.person.name,
            wording.ago(one.last, opening.today) if one.last else "not in the past year",
            "in private" if one.person.thanks == "private" else "",
        )
        for one in found
    ]
    print_table(("Who", "Thanked", ""), rows)
