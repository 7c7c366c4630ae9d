"""Who is owed thanks, and what comes with them: promised, handed over, listed for payroll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from meetingtool.actions.reading import settings_of
from meetingtool.actions.stories.stories import record_story, save_as_wanted
from meetingtool.errors import NotFound, Refused, Unclear
from meetingtool.records.base import Record
from meetingtool.records.mentions import Mention
from meetingtool.records.money import Money
from meetingtool.records.stories import Award, AwardKind, Story, StoryDetails
from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.keeping import deeds
from meetingtool.rules.roster import Roster
from meetingtool.rules.stories.thanks import OWED_FOR, OwedThanks, Reward, Unthanked, owed_thanks, reward_of, unthanked
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.actions.desk import Desk
    from meetingtool.actions.stories.stories import Recorded

REWARDED = timedelta(days=400)
"""How far back rewards that are still owed are looked for."""


def thank(
    workspace: Workspace,
    line: str,
    now: datetime,
    *,
    reward: str = "",
    award: Award | None = None,
    because: str = "",
    on: date | None = None,
    meeting: str | None = None,
    story_id: str | None = None,
) -> Recorded:
    """Record thanks with their reward, in one step; it is owed unless `award` says otherwise. because: the id of what
    they are for. story_id: see `record_story`.

    Refused for a reward without words, and for one to nobody.
    """
    if award is not None and not reward.strip():
        raise Refused("The reward needs words.", "Say what it is, such as “a free afternoon”.")
    if award is None and reward.strip():
        award = Award(state="owed")
    told = StoryDetails(reward=reward)
    return record_story(
        workspace, "praise", line, now, on=on, meeting=meeting, told=told, award=award, because=because,
        story_id=story_id,
    )  # fmt: skip


def wish_unknown(workspace: Workspace, story: Story, roster: Roster) -> str:
    """What to say when thanking somebody who was not asked yet how they like it; empty after their first thanks."""
    people = [roster.person_of(one) for one in story.people] if story.kind == "praise" else []
    asking = [one for one in people if one is not None and one.thanks == "ask"]
    if not asking:
        return ""
    earlier = workspace.find(Story, kind="praise", since=story.at.date() - REWARDED)
    known = {roster.merged.get(one, one) for each in earlier if each.id != story.id for one in each.people}
    return "\n".join(
        f"Nobody knows yet whether {wording.one_line(roster.short_name(one.id))} likes to be thanked before others: "
        f"`meetingtool team edit @{one.handle} --thanks public` or `private`."
        for one in asking
        if one.id not in known
    )


def can_be_thanked_for(record: Record) -> bool:
    """Whether thanks can be for a record: a win, a name in a comment, or a customer's words."""
    return isinstance(record, Mention | Voice) or (isinstance(record, Story) and record.kind == "win")


def thanked_for(workspace: Workspace, ref: str) -> str:
    """The id of a win, a name in a comment, or a customer's words that thanks can be for. NotFound for other
    records."""
    record = workspace.by_ref(ref)
    if can_be_thanked_for(record):
        return record.id
    raise NotFound(f"{record.ref} is nothing to thank for.", "Give a win, a name in a comment, or a customer's words.")


def cause(desk: Desk, record_id: str) -> str:
    """What thanks are for (an id): the words of the win or of the customer. Empty for what is no longer there, and in
    the room, since a customer's answer may say more than its praise."""
    if not record_id or desk.room:
        return ""
    try:
        record = desk.workspace.by_ref(record_id)
    except NotFound:
        return ""
    if record.removed_at is None and isinstance(record, Mention):
        from meetingtool.actions.customers.mentions import with_answers

        return next(asked.comment for asked in with_answers(desk.workspace, [record]))
    return record.text if record.removed_at is None and isinstance(record, Story | Voice) else ""


def rewards(desk: Desk, since: date | None = None) -> list[Reward]:
    """The rewards of thanks, oldest first; in the room only what may be seen there."""
    found = (reward_of(story) for story in desk.stories(since=since, kind="praise"))
    return [reward for reward in found if reward is not None]


def to_hand_over(desk: Desk) -> list[Reward]:
    """The rewards that are still owed; in the room only those of thanks that may be seen there."""
    return desk.once("rewards owed", lambda: [reward for reward in rewards(desk, desk.today - REWARDED) if reward.owed])


def hand_over(workspace: Workspace, story: Story, now: datetime, *, on: date | None = None) -> Story:
    """Note that a reward was handed over. Refused where there is none, or it was already, and for a day to come."""
    reward, day = reward_of(story), on or now.date()
    if reward is None:
        raise Refused("No reward came with these thanks.", "`meetingtool reward list` shows those that did.")
    if not reward.owed:
        raise Refused("It has been handed over already.", "`undo` takes that back.")
    if day > now.date():
        raise Refused(f"{wording.day(day, now.date())} has not come yet.", "Give the day it was handed over.")
    award = msgspec.structs.replace(reward.award, state="given", on=day)
    changed = msgspec.structs.replace(story, version=story.version + 1, award=award)
    workspace.save(changed, deed=deeds.REWARD_GIVEN, now=now)
    return changed


def reward_for(
    workspace: Workspace,
    story: Story,
    words: str,
    kind: AwardKind,
    now: datetime,
    *,
    value: Money | None = None,
    given: bool = False,
) -> Story:
    """Let a reward come with thanks, or change it. Refused without words, and for what is no thanks.

    given: what was handed over before keeps its day; else that is today.
    """
    text = wording.one_line(wording.storable(words))
    if story.kind != "praise":
        raise Refused("Only thanks come with a reward.", "`meetingtool praise` records thanks.")
    if not text:
        raise Refused("The reward needs words.", "Say what it is, such as “a free afternoon”.")
    before = reward_of(story)
    day = before.award.on if before and not before.owed else now.date()
    award = Award(kind, "given" if given else "owed", value, day if given else None)
    changed = msgspec.structs.replace(story, version=story.version + 1, reward=text, award=award)
    return save_as_wanted(workspace, changed, deeds.REWARD_CHANGED, now)


def drop_reward(workspace: Workspace, story: Story, now: datetime) -> Story:
    """Let thanks come without the reward that was noted. Refused where there is none."""
    if reward_of(story) is None:
        raise Refused("No reward came with these thanks.", "`meetingtool reward list` shows those that did.")
    changed = msgspec.structs.replace(story, version=story.version + 1, reward="", award=None)
    return save_as_wanted(workspace, changed, deeds.REWARD_CHANGED, now)


def worth(workspace: Workspace, text: str) -> Money | None:
    """What a reward is worth, as it is typed, in the team's currency; None for nothing. Unclear for no amount."""
    from meetingtool.rules.capture.amounts import money_of

    typed = text.strip()
    found = money_of(typed, settings_of(workspace).currency) if typed else None
    if typed and (found is None or found[1] != len(typed)):
        raise Unclear(f"“{wording.shortened(typed, 20)}” is not an amount.", "Write a number, such as 25 or 12.50.")
    return found[0] if found and found[0].minor else None


def owed(desk: Desk) -> list[OwedThanks]:
    """Whom to thank, since when and why; InRoom while the screen is shared."""
    desk.require_private("Who is owed thanks")
    return desk.once("thanks owed", lambda: _owed(desk))


def _owed(desk: Desk) -> list[OwedThanks]:
    mentions = desk.workspace.find(Mention, since=desk.today - OWED_FOR, state="confirmed")
    return owed_thanks(desk.roster.people, desk.recent_stories(), mentions, desk.today)


def not_thanked(desk: Desk) -> Sequence[Unthanked]:
    """Everybody by how long they have not been thanked; InRoom while the screen is shared."""
    desk.require_private("Who was not thanked")
    return unthanked(desk.roster.people, desk.recent_stories(), desk.today)
