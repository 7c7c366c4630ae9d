"""The queue of names that customers wrote: whose they are, and whether it was praise. Nothing is ever guessed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import msgspec

from meetingtool.errors import NotFound, Refused
from meetingtool.records.base import mint
from meetingtool.records.mentions import Mention, MentionState, Tier, Tone
from meetingtool.records.people import Person
from meetingtool.records.surveys import Batch, Survey
from meetingtool.records.voices import Voice
from meetingtool.rules import wording
from meetingtool.rules.customers.surroundings import surroundings
from meetingtool.rules.folding import fold
from meetingtool.rules.keeping import deeds
from meetingtool.store import Workspace

if TYPE_CHECKING:
    from meetingtool.actions.customers.comments import Comment
    from meetingtool.actions.desk import Desk
    from meetingtool.rules.roster import Roster

TONES: dict[Tone, str] = {"praise": "praise", "problem": "a problem", "both": "praise and a problem"}
"""How a name was meant, in words."""
TIERS: tuple[Tier, ...] = (
    *("column", "full-name", "titled", "unique", "shared", "ordinary", "close", "unlisted", "by-hand"),
)
"""The surest first, as the queue goes."""


class AskedMention(msgspec.Struct, frozen=True):
    """A mention with the answer it is in. comment: word for word, empty once it was thinned. value: of the primary
    measure, None without an answer. satisfied: whether that is the answer of a satisfied customer."""

    mention: Mention
    survey: str
    comment: str
    value: int | float | None
    satisfied: bool | None = None


def queue(
    workspace: Workspace, state: MentionState | None = "open", person: str = "", survey: str = ""
) -> list[AskedMention]:
    """The mentions in a state, or all: the surest first, then by day. person, survey: ids; empty for every one."""
    fields: dict[str, Any] = {key: value for key, value in (("state", state), ("survey", survey)) if value}
    found = workspace.find(Mention, **fields)
    mine = [one for one in found if not person or person == one.person or person in one.others]
    return sorted(with_answers(workspace, mine), key=lambda one: (TIERS.index(one.mention.tier), one.mention.at))


def waiting(desk: Desk, survey: Survey, most: int) -> tuple[int, list[AskedMention]]:
    """How many names of a survey wait for a decision, and the first of them as `queue` has them."""
    desk.require_private("Who is named by customers")
    found = desk.workspace.find(Mention, state="open", survey=survey.id)
    found.sort(key=lambda one: (TIERS.index(one.tier), one.at))
    return len(found), with_answers(desk.workspace, found[:most])


def decided(desk: Desk, survey: Survey, since: date) -> dict[tuple[str, int], list[Mention]]:
    """What was decided about names in the answers of a survey since a day, by batch and row of the answer."""
    desk.require_private("Who is named by customers")
    found: dict[tuple[str, int], list[Mention]] = {}
    for one in desk.workspace.find(Mention, since=since, survey=survey.id):
        if one.state != "open":
            found.setdefault((one.batch, one.row), []).append(one)
    return found


def in_words(mention: Mention, roster: Roster) -> str:
    """What was decided about a name: `Tom: praise`, `“Will” is nobody here`."""
    if mention.state == "confirmed":
        return f"{wording.one_line(roster.short_name(mention.person))}: {TONES[mention.tone or 'both']}"
    words = wording.shortened(mention.words, 30)
    if mention.state == "not-on-team":
        return f"“{words}” is nobody here"
    whom = wording.one_line(roster.short_name(mention.person)) if mention.person else "anybody here"
    return f"“{words}” isn't {whom}"


def with_answers(workspace: Workspace, mentions: Iterable[Mention]) -> list[AskedMention]:
    """The mentions with what the customer wrote."""
    surveys = {survey.id: survey for survey in workspace.find(Survey)}
    batches: dict[str, Batch | None] = {}
    found = []
    for one in mentions:
        if one.voice:
            found.append(AskedMention(one, "", _typed(workspace, one.voice), None, False))
            continue
        if one.batch not in batches:
            batches[one.batch] = _batch(workspace, one.batch)
        survey = surveys.get(one.survey)
        found.append(_asked(one, survey, batches[one.batch]))
    return found


def _typed(workspace: Workspace, id: str) -> str:
    """The words of a voice; empty once it is gone."""
    try:
        return workspace.get(Voice, id).text
    except NotFound:
        return ""


def _batch(workspace: Workspace, id: str) -> Batch | None:
    try:
        return workspace.get(Batch, id)
    except NotFound:
        return None


def _asked(mention: Mention, survey: Survey | None, batch: Batch | None) -> AskedMention:
    name = survey.name if survey else ""
    if batch is None or mention.row >= len(batch.days):
        return AskedMention(mention, name, "", None)
    texts = [column[mention.row] for column in (batch.comments, batch.named) if column]
    primary = survey.primary if survey else ""
    place = batch.measures.index(primary) if primary in batch.measures else None
    value = None if place is None else batch.values[place][mention.row]
    measure = survey.measure() if survey else None
    comment = " / ".join(filter(None, texts))
    if measure is None or value is None:
        return AskedMention(mention, name, comment, None)
    return AskedMention(mention, name, comment, measure.given(value), value >= measure.satisfied)


def mention_of(workspace: Workspace, ref: str) -> Mention:
    """The mention of a reference. NotFound for another record."""
    record = workspace.by_ref(ref)
    if not isinstance(record, Mention):
        raise NotFound(
            "That is not the reference of a name in a comment.", "`meetingtool mention list` shows the open ones."
        )
    return record


def confirm(workspace: Workspace, mention: Mention, tone: Tone, now: datetime, person: Person | None = None) -> Mention:
    """Note that it is this person, and how it was meant. person: given where it is not the person found, or where
    several are possible.

    Refused where nobody is known yet, for somebody who was not on the team then or is named in the same answer already.
    """
    with workspace.batch(deeds.MENTION_DECIDED, now):
        whom = _whom(workspace, mention, person)
        return _decided(workspace, [mention], now, state="confirmed", tone=tone, person=whom)[0]


def as_praise(workspace: Workspace, mention: Mention, person: Person | None = None) -> Mention:
    """The mention as it is, or would be, once it is confirmed as praise; nothing is saved. Refused like `confirm`, and
    where it was decided otherwise."""
    if mention.state == "open":
        whom = _whom(workspace, mention, person)
        return msgspec.structs.replace(mention, state="confirmed", tone="praise", person=whom)
    if mention.private or (person is not None and mention.person != person.id):
        raise Refused("This name was decided otherwise.", "`undo` reverses the last decision.")
    return mention


def _whom(workspace: Workspace, mention: Mention, person: Person | None) -> str:
    """The id of whom a mention means: the person given instead of the one found, or the one found."""
    whom = person.id if person else mention.person
    if not whom:
        raise Refused("It isn't known yet who is meant.", "Say whom, with `meetingtool mention assign REF @who`.")
    if person is not None:
        _refuse_if_away(person, mention)
    _refuse_if_named(workspace, mention, whom)
    return whom


def name_somebody(
    workspace: Workspace, survey: Survey, comment: Comment, person: Person, tone: Tone, now: datetime
) -> Mention:
    """Say whom a comment means though it has no name of theirs: "the lady with the red scarf".

    Refused for somebody who was not on the team then, or is named in the same answer already.
    """
    mention = Mention(
        id=mint(now),
        at=datetime.combine(comment.day, time(12), tzinfo=now.tzinfo),
        made_at=now,
        made_by=workspace.user,
        words="",
        tier="by-hand",
        survey=survey.id,
        batch=comment.batch,
        row=comment.row,
        person=person.id,
        state="confirmed",
        tone=tone,
    )
    _refuse_if_away(person, mention)
    with workspace.batch(deeds.MENTION_DECIDED, now):
        _refuse_if_named(workspace, mention, person.id)
        workspace.save(mention, deed=deeds.MENTION_DECIDED, now=now)
    return mention


def _refuse_if_away(person: Person, mention: Mention) -> None:
    if not person.on_team(mention.at.date()):
        raise Refused(
            f"{person.name} was not on the team on that day.", "Choose somebody who was, or say that it is nobody."
        )


def _refuse_if_named(workspace: Workspace, mention: Mention, whom: str) -> None:
    same = [one for one in _in_same_answer(workspace, mention) if one.person == whom and one.state != "rejected"]
    if same:
        raise Refused("That person is already named in the same answer.", f"Decide that one: {same[0].ref}.")


def reject(
    workspace: Workspace, mention: Mention, now: datetime, *, nobody: bool = False, everywhere: bool = False
) -> list[Mention]:
    """Note that it is not this person; the same words are not asked about again for the same person. nobody: it is the
    name of somebody who is not on the team. everywhere: reject all open ones with these words, too.
    """
    state: MentionState = "not-on-team" if nobody else "rejected"
    found = [mention]
    if everywhere:
        alike = workspace.find(Mention, state="open", person=mention.person)
        found += [one for one in alike if one.id != mention.id and fold(one.words) == fold(mention.words)]
    return _decided(workspace, found, now, state=state, tone=None, person=mention.person)


def alike(workspace: Workspace, mention: Mention) -> list[Mention]:
    """The other open ones with the same words for the same person, and with the same words around them."""
    same = [
        one
        for one in workspace.find(Mention, state="open", person=mention.person)
        if one.id != mention.id and fold(one.words) == fold(mention.words)
    ]
    if not same or not mention.words:
        return []
    (mine,) = with_answers(workspace, [mention])
    around = surroundings(mine.comment, mention.words)
    found = ((one.mention, surroundings(one.comment, mention.words)) for one in with_answers(workspace, same))
    return [one for one, words in found if words and words <= around]


def reject_all(workspace: Workspace, mentions: list[Mention], now: datetime, *, nobody: bool = False) -> list[Mention]:
    """Note that none of them is the person it could be, as one deed. nobody: nor anybody else on the team."""
    state: MentionState = "not-on-team" if nobody else "rejected"
    return _decided(workspace, mentions, now, state=state, tone=None, person=mentions[0].person)


def reopen(workspace: Workspace, mention: Mention, now: datetime) -> Mention:
    """Put it back into the queue; one that was given by hand goes."""
    if mention.tier == "by-hand":
        gone = msgspec.structs.replace(mention, version=mention.version + 1, removed_at=now)
        workspace.save(gone, deed=deeds.MENTION_DECIDED, now=now)
        return gone
    return _decided(workspace, [mention], now, state="open", tone=None, person=mention.person)[0]


def decide_again(workspace: Workspace, mentions: Iterable[Mention], now: datetime) -> list[Mention]:
    """Put several that are decided back into the queue, as one deed."""
    with workspace.batch(deeds.MENTION_DECIDED, now):
        return [reopen(workspace, one, now) for one in mentions]


def take_back(workspace: Workspace, ids: list[str], now: datetime) -> str:
    """Put the last of the mentions that is still decided back into the queue; the ids that were looked at are removed
    from the list. Its id, or empty where none was decided any more."""
    while ids:
        mention = workspace.get(Mention, ids.pop())
        if mention.state != "open":
            return reopen(workspace, mention, now).id
    return ""


def _in_same_answer(workspace: Workspace, mention: Mention) -> list[Mention]:
    day = mention.at.date()
    where: dict[str, Any] = {"batch": mention.batch, "row": mention.row, "voice": mention.voice}
    return [one for one in workspace.find(Mention, since=day, until=day, **where) if one.id != mention.id]


def _decided(
    workspace: Workspace,
    mentions: list[Mention],
    now: datetime,
    *,
    state: MentionState,
    tone: Tone | None,
    person: str,
) -> list[Mention]:
    """The mentions with what was decided, as one deed. Refused where that has been decided already."""
    if all((one.state, one.tone, one.person) == (state, tone, person) for one in mentions):
        said = "open" if state == "open" else f"decided so already, on “{wording.shortened(mentions[0].words, 40)}”"
        raise Refused(f"It is {said}.", "`undo` reverses the last decision.")
    changed = [
        msgspec.structs.replace(
            one,
            version=one.version + 1,
            state=state,
            tone=tone,
            person=person,
            account=one.account if tone in ("problem", "both") and person == one.person else "",
        )
        for one in mentions
    ]
    with workspace.batch(deeds.MENTION_DECIDED, now):
        for year in sorted({one.at.year for one in changed}):
            mine = [one for one in changed if one.at.year == year]
            workspace.save(*mine, deed=deeds.MENTION_DECIDED, now=now)
    return changed
