"""How records are put on one line when they are made, changed or listed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from meetingtool.cli.printing import SIGN, out, talk
from meetingtool.rules import wording

if TYPE_CHECKING:
    from meetingtool.actions.stories.stories import Recorded
    from meetingtool.records.base import Record
    from meetingtool.records.contacts import Contact, HandsOn
    from meetingtool.records.followups import FollowUp
    from meetingtool.records.stories import Story
    from meetingtool.rules.roster import Roster


def signs(record: Record) -> str:
    """`+` for starred and `~` for private."""
    return ("+" if getattr(record, "starred", False) else "") + ("~" if record.private else "")


def about(story: Story, roster: Roster, today: date) -> str:
    """`Maria · #own-it · Acme · Mon 23 Nov · private`: what was understood; the day where it is not today."""
    parts = [
        roster.names(story.people),
        roster.tags(story.standards),
        wording.one_line(story.customer),
        wording.money(story.fund) if story.fund else "",
        wording.day(story.at.date(), today) if story.at.date() != today else "",
        "starred" if story.starred else "",
        "private" if story.private else "",
    ]
    return SIGN.join(part for part in parts if part) or "nobody named"


def tell_recorded(recorded: Recorded, roster: Roster, today: date) -> None:
    """Print a story with its promises and actions, a line each; tell what is left to sort out."""
    story = recorded.story
    out(f"{story.kind} {story.ref}  {about(story, roster, today)}")
    for follow_up in recorded.follow_ups:
        tell_follow_up(follow_up, roster)
    tell_remarks(recorded.remarks)
    if story.kind == "praise" or story.by_wish:
        tell_kept_back(story, roster)
    tell_unsorted(story)
    if mistaken := roster.mistaken(story.people, story.at.date()):
        talk(f"! {mistaken} meetingtool edit {story.ref} changes it.")


def tell_kept_back(record: Record, roster: Roster) -> None:
    """Say why praise is private, where somebody in it wants that."""
    from meetingtool.rules.stories.kept_back import kept_back

    if record.private and (why := kept_back(record, roster)):
        talk(why)


def tell_unsorted(record: Story | FollowUp) -> None:
    """Print which marks fit nobody and nothing."""
    if record.unsorted:
        talk(f"to sort out: {', '.join(map(wording.one_line, record.unsorted))} (kept in the text)")


def tell_follow_up(follow_up: FollowUp, roster: Roster) -> None:
    """Print a promise or an action on a line, and what to know about the date of a new one."""
    from meetingtool.rules.kinds.kind import in_one_line

    out(f"{follow_up.kind} {follow_up.ref}  {in_one_line(follow_up, roster)}")
    tell_kept_back(follow_up, roster)
    if follow_up.version == 1:
        tell_due(follow_up, follow_up.made_at.date())


def tell_due(follow_up: FollowUp, made: date) -> None:
    """Warn about a due date given on the day `made` that has passed already, or is nearly a year away because a day
    without its year had passed this year."""
    if follow_up.due is None:
        return
    if follow_up.due < made:
        talk(f"! That day has passed, so it is overdue at once. To correct it: meetingtool edit {follow_up.ref}")
    elif follow_up.due - made > timedelta(days=300):
        talk(f"! That is {wording.ago(follow_up.due, made)}. To correct it: meetingtool edit {follow_up.ref}")


def tell_remarks(remarks: Iterable[str]) -> None:
    """Say which parts of a line could not be taken, and why."""
    for remark in remarks:
        talk(f"! {remark}")


def tell_private(record: Contact | HandsOn, roster: Roster) -> None:
    """Say why a call or the leader's own time is private, where nobody asked for that."""
    from meetingtool.rules.customers.blame import WHY_PRIVATE, can_blame

    if record.private and can_blame(record, roster):
        talk(WHY_PRIVATE)
