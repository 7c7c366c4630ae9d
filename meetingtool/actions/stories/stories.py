"""Recording wins and sticky situations, and changing them."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from meetingtool.actions.reading import known_customers, moment_on, roster_of, settings_of
from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import mint
from meetingtool.records.followups import FollowUp, FollowUpKind
from meetingtool.records.money import Money, minor_digits
from meetingtool.records.people import Person
from meetingtool.records.stories import Award, Story, StoryDetails, StoryKind
from meetingtool.rules import wording
from meetingtool.rules.capture import Capture, fund_of, parse
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

_RECORDED: dict[StoryKind, deeds.Code] = {"win": deeds.WIN, "sticky": deeds.STICKY, "praise": deeds.PRAISE}

LONGEST = 200_000
"""Letters in a line; more is no story but a file pasted by mistake."""


class Recorded(msgspec.Struct, frozen=True):
    """A story with the promises and actions that came out of its line. remarks: see `Capture`."""

    story: Story
    follow_ups: tuple[FollowUp, ...] = ()
    remarks: tuple[str, ...] = ()


UNSEEN = "\u200b\u2060\ufeff"
"""Blanks without width, as pages of the web and word processors leave them around what is copied."""

_SIGNS = " \t\r\n@#^!>+~\\＠＃＾！＞＋～"


def checked_line(line: str) -> str:
    """The line as it can be kept, without blanks around it, those without width included. Refused when it is blank,
    only signs, or far too long."""
    text = wording.storable(line).strip().strip(UNSEEN).strip()
    if not text.strip("\x00 \t\r\n"):
        raise Refused("There is nothing to record: the line is empty.", "Say in a few words what happened.")
    if not text.strip(_SIGNS):
        raise Refused(
            f"There is nothing to record but {wording.shortened(text, 20)}.", "Say in a few words what happened."
        )
    if len(text) > LONGEST:
        raise Refused(
            f"The line has {len(text):,} letters; at most {LONGEST:,} can be kept.", "Record the part that matters."
        )
    return text


def understand(
    workspace: Workspace,
    line: str,
    now: datetime,
    *,
    day: date | None = None,
    whole: FollowUpKind | None = None,
    quoting: bool = False,
) -> Capture:
    """What a line says that is typed now: `by tomorrow` is read from today. Refused like `checked_line`.

    day: when it happened, if it is written up later: who is on the team, and which year `by 10 Nov` means, follow from
    it. whole: the line is one promise or action. quoting: it is what a customer said.
    """
    settings = settings_of(workspace)
    return parse(
        checked_line(line),
        roster_of(workspace, day or now.date()),
        now.date(),
        minor_digits(settings.currency),
        day_order=settings.day_order,
        since=day,
        whole=whole,
        quoting=quoting,
        is_known=known_customers(workspace, now.date()),
    )


def mere_pledge(workspace: Workspace, line: str, now: datetime, on: date | None = None) -> FollowUpKind | None:
    """Whether a line meant as a story is only a promise or an action, so that it is no story."""
    if not any(sign in line for sign in "!>！＞"):
        return None
    return understand(workspace, line, now, day=on).alone


def _words(capture: Capture) -> str:
    """The words of a story; where the line has nothing but marks, what it promises, else the line itself."""
    if capture.text.strip(" !>"):
        return capture.text
    return "; ".join(pledge.text for pledge in capture.pledges) or capture.line


def record_story(
    workspace: Workspace,
    kind: StoryKind,
    line: str,
    now: datetime,
    *,
    on: date | None = None,
    at: datetime | None = None,
    meeting: str | None = None,
    told: StoryDetails | None = None,
    award: Award | None = None,
    because: str = "",
    story_id: str | None = None,
) -> Recorded:
    """Record one line as a win, a sticky situation or thanks, with its promises and actions, in one save.

    on: the day it happened, today when left out; the words are read from today all the same. at: the moment itself, for
    lists that know it.
    meeting: the id of the meeting in which it is told. story_id: minted before the first attempt, so that trying
    again after a failed save never doubles the story. award, because: see `thank`.
    """
    if story_id is not None:
        try:
            story = workspace.get(Story, story_id)
        except NotFound:
            pass
        else:
            return Recorded(story, tuple(workspace.find(FollowUp, story=story_id)))
    when = at or moment_on(on, now)
    capture = understand(workspace, line, at or now, day=when.date())
    story = Story(
        id=story_id or mint(now),
        at=when,
        made_at=now,
        made_by=workspace.user,
        kind=kind,
        text=_words(capture),
        line=capture.line,
        people=capture.people,
        standards=capture.standards,
        customer=capture.customer,
        meeting=meeting,
        starred=capture.starred,
        private=capture.private,
        fund=_fund(workspace, capture),
        unsorted=capture.unsorted,
        award=award,
        because=because,
    )
    if told is not None:
        story = _with(story, told)
    if story.reward and not (story.people or story.unsorted):
        raise Refused("The reward is for nobody.", "Say whom you thank: @who, once for each person.")
    story = _as_wanted(workspace, story, now)
    follow_ups = _pledged(workspace, capture, story, now)
    workspace.save(story, *follow_ups, deed=_RECORDED[kind], now=now)
    return Recorded(story, follow_ups, capture.remarks)


def _as_wanted(workspace: Workspace, story: Story, now: datetime) -> Story:
    """The story, private where it thanks somebody who wants that in private, also within a win of somebody else."""
    if story.kind != "praise" and not _may_thank(workspace, story):
        return story
    from meetingtool.rules.stories.kept_back import as_wanted  # wins and stickies start without it

    return as_wanted(story, roster_of(workspace, now.date()))


def _may_thank(workspace: Workspace, story: Story) -> bool:
    """Whether it is a win, and somebody on the team wants thanks in private."""
    return story.kind == "win" and any(person.thanks == "private" for person in workspace.find(Person))


def _fund(workspace: Workspace, capture: Capture) -> Money | None:
    return fund_of(capture, settings_of(workspace).currency) if capture.fund_minor is not None else None


def _pledged(workspace: Workspace, capture: Capture, story: Story, now: datetime) -> tuple[FollowUp, ...]:
    if not capture.pledges:
        return ()
    from meetingtool.actions.stories.pledges import pledged  # most wins and stickies start without it

    people, customer, meeting = capture.people, capture.customer, story.meeting
    return pledged(workspace, capture, story, "", now, people=people, customer=customer, meeting=meeting)


def _sticky_parts(told: StoryDetails) -> bool:
    """Whether something is said that only a sticky situation has."""
    return any((told.happened, told.handled, told.learned, told.ended))


def _with(story: Story, told: StoryDetails) -> Story:
    given = {
        name: wording.storable(text).strip() for name, text in msgspec.structs.asdict(told).items() if text is not None
    }
    return msgspec.structs.replace(story, **given)


def edit_story(workspace: Workspace, story: Story, line: str, now: datetime) -> Recorded:
    """Replace the story's line.

    Its people, standards, customer, star, privacy and fund follow the new line; promises and actions that the new
    line adds are recorded, those recorded before stay as they are.
    """
    capture = understand(workspace, line, now, day=story.at.date())
    changed = msgspec.structs.replace(
        story,
        version=story.version + 1,
        text=_words(capture),
        line=capture.line,
        people=capture.people,
        standards=capture.standards,
        customer=capture.customer,
        starred=capture.starred,
        private=capture.private,
        by_wish=False,
        fund=_fund(workspace, capture),
        unsorted=capture.unsorted,
    )
    changed = _as_wanted(workspace, changed, now)
    known = workspace.find(FollowUp, story=story.id)
    fresh = tuple(
        follow_up
        for follow_up in _pledged(workspace, capture, changed, now)
        if (follow_up.kind, follow_up.text) not in {(k.kind, k.text) for k in known}
    )
    with workspace.batch(deeds.STORY_EDITED, now):
        _save_with_privacy(workspace, changed, known, now)
        if fresh:
            workspace.save(*fresh, deed=deeds.STORY_EDITED, now=now)
    return Recorded(changed, (*known, *fresh), capture.remarks)


def _save_with_privacy(
    workspace: Workspace,
    story: Story,
    follow_ups: list[FollowUp],
    now: datetime,
    deed: deeds.Code = deeds.STORY_EDITED,
) -> None:
    """Save a story; its promises and actions are as private as it is, or as their own words want it."""
    workspace.save(story, deed=deed, now=now)
    if not follow_ups:
        return
    from meetingtool.rules.stories.kept_back import as_wanted

    roster = roster_of(workspace, now.date())
    for follow_up in follow_ups:
        moved = msgspec.structs.replace(follow_up, private=story.private, by_wish=story.by_wish)
        moved = moved if story.private else as_wanted(moved, roster)
        if moved != follow_up:
            workspace.save(msgspec.structs.replace(moved, version=follow_up.version + 1), deed=deed, now=now)


def deepen(workspace: Workspace, story: Story, told: StoryDetails, now: datetime) -> Story:
    """Add what happened, how it was handled, what we learned and how it ended; to thanks, the reward.

    Refused for a part that the kind of story does not have, and for a win.
    """
    if story.kind != "praise" and told.reward:
        raise Refused("Only thanks come with a reward.", "Say it in the line instead.")
    if story.kind != "sticky" and (story.kind == "win" or _sticky_parts(told)):
        raise Refused("Only a sticky situation has these parts.", "Edit the line instead.")
    changed = _with(msgspec.structs.replace(story, version=story.version + 1), told)
    return save_as_wanted(workspace, changed, deeds.STORY_DEEPENED, now)


def save_as_wanted(workspace: Workspace, changed: Story, deed: deeds.Code, now: datetime) -> Story:
    """Save a story whose words changed as private as they want it, with its promises and actions."""
    changed = _as_wanted(workspace, changed, now)
    with workspace.batch(deed, now):
        _save_with_privacy(workspace, changed, workspace.find(FollowUp, story=changed.id), now, deed)
    return changed


def star(workspace: Workspace, story: Story, now: datetime) -> Story:
    """Put a star on a story, or take it off."""
    changed = msgspec.structs.replace(story, version=story.version + 1, starred=not story.starred)
    workspace.save(changed, deed=deeds.STARRED if changed.starred else deeds.UNSTARRED, now=now)
    return changed


def set_private(workspace: Workspace, story: Story, private: bool, now: datetime) -> Story:
    """Make a story private or public, together with its promises and actions.

    Refused for making thanks public to somebody who wants them in private.
    """
    if not private:
        require_showable(workspace, story, now)
    changed = msgspec.structs.replace(story, version=story.version + 1, private=private, by_wish=False)
    with workspace.batch(deeds.MADE_PRIVATE if private else deeds.MADE_PUBLIC, now):
        _save_with_privacy(workspace, changed, workspace.find(FollowUp, story=story.id), now)
    return changed


def require_showable(workspace: Workspace, story: Story, now: datetime) -> None:
    """Refused for thanks to somebody who wants them in private: they are not made public."""
    from meetingtool.rules.stories.kept_back import kept_back

    why = kept_back(story, roster_of(workspace, now.date()))
    if why:
        raise Refused(why, "It stays private; `meetingtool team edit @who --thanks public` says otherwise.")


def tell(workspace: Workspace, story: Story, meeting_id: str, now: datetime) -> Story:
    """Note that a waiting story was told in a meeting."""
    changed = msgspec.structs.replace(story, version=story.version + 1, meeting=meeting_id)
    workspace.save(changed, deed=deeds.STORY_TOLD, now=now)
    return changed
