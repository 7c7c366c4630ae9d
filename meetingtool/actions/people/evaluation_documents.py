"""The documents of evaluations: as they were shared or locked, else as the records are now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec

from meetingtool.actions.customers.quotes import quotes_of
from meetingtool.actions.people.doubts import doubts_of
from meetingtool.actions.people.scores import Heap, Scored, heap_of, scatter_in, scores_of, standards_of
from meetingtool.actions.reading import roster_of, settings_of
from meetingtool.errors import NotFound, Refused
from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.stories import Story
from meetingtool.rules import wording
from meetingtool.rules.people import evaluation as documents
from meetingtool.rules.people import kept_score
from meetingtool.rules.people.course import held
from meetingtool.rules.people.doubles import foremost
from meetingtool.rules.people.editions import Edition, edition_of, former_edition, live_edition, why_changed
from meetingtool.rules.people.evaluation import Basis, Content
from meetingtool.rules.people.guards import Guard, before_sharing, final_changed
from meetingtool.rules.people.like_with_like import as_locked, difference, known_of, why_unlike
from meetingtool.rules.people.misfits import Doubts
from meetingtool.rules.people.periods import Period, part_of, year_before
from meetingtool.rules.people.scatter import Scatter
from meetingtool.rules.people.score_inputs import NamedByCustomer
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace


def evaluations_of(workspace: Workspace, person: Person, period: Period) -> list[Evaluation]:
    """The evaluations of a person for a period: one or none, unless two computers began one each."""
    found = workspace.find(Evaluation, since=period.until, until=period.until, person=person.id)
    return [e for e in found if (e.since, e.until) == (period.since, period.until)]


def find_evaluation(workspace: Workspace, person: Person, period: Period) -> Evaluation | None:
    """The evaluation of a person for a period, if it was begun; of several, the one that `foremost` says."""
    return foremost(evaluations_of(workspace, person, period))


def two_of(workspace: Workspace, person: Person, period: Period) -> tuple[str, str] | None:
    """The refusal when a person has several evaluations for a period, with what to do; None where that is not so."""
    found = evaluations_of(workspace, person, period)
    if len(found) < 2:
        return None
    refs = wording.listed([f"{each.ref} ({each.state})" for each in found])
    return (f"There are {len(found)} evaluations of {person.name} for {period.label}: {refs}.", to_join(found, person))


def to_join(several: Sequence[Evaluation], person: Person | None) -> str:
    """What to do about several evaluations of a person and period."""
    span = f"{several[0].since.isoformat()}..{several[0].until.isoformat()}"
    command = f"`meetingtool evaluation join {f'@{person.handle}' if person else '@who'} --year {span}"
    if sum(each.state != "draft" for each in several) > 1:
        return f"{command} --keep REF --reason WHY` continues with the valid one."
    return f"{command}` merges them."


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """The score to show for a person, as in a document. genuine: it is what was shared or locked, or follows the
    records. source: "final", "shared" or "acknowledged" for one that is kept, "records" for one that still follows
    them.
    """

    score: Content
    source: str
    genuine: bool = True

    @property
    def shown(self) -> int | None:
        """The number; None without one."""
        number: int | None = self.score["shown"]
        return number


def numbers_of(scored: Scored) -> Numbers:
    """The numbers as they were shared or locked, else from the records. None for what was changed since."""
    found = scored.evaluation
    kept = edition_of(found, scored.person, scored.doubts)
    if kept is None or found is None:
        reason = found.adjustment_reason if found is not None else ""
        live = live_edition(found, kept_score.score_content(scored.score, reason), scored.doubts)
        if found is None or live.genuine:
            return Numbers(score=live.content, source="records")
        kept = live
    if kept.genuine:
        return Numbers(score=kept.content["score"], source=found.state)
    numbers = kept_score.score_content(scored.score, found.adjustment_reason)
    numbers |= {"shown": None, "computed": None, "value": None, "band": CHANGED}
    numbers["parts"] = [part | {"value": None, "adds": None} for part in numbers["parts"]]
    return Numbers(score=numbers, source=found.state, genuine=False)


def changed_since(scored: Iterable[Scored]) -> list[str]:
    """A sentence for everybody whose evaluation is no longer what was shared or locked."""
    kept = ((one, why_changed(one.evaluation, one.person, one.doubts)) for one in scored)
    return [f"{one.person.name}, {one.period.label}: {why}" for one, why in kept if why]


RESTORE = "Restore its book from a backup: `meetingtool restore` lists them."

CHANGED = "changed since"
"""Shown in place of a number that is no longer what was shared or locked."""


ScatterOf = Callable[[Period], Scatter | None]
"""How the ratings of the whole team scatter in a period."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """The document of one person, with the evaluation where one was begun."""

    edition: Edition
    evaluation: Evaluation | None


def document_of(
    workspace: Workspace,
    person: Person,
    period: Period,
    now: datetime,
    *,
    edition: int | None = None,
    scatter: ScatterOf | None = None,
) -> Document:
    """The evaluation as it was locked or shared, else as the records are now. edition: a locked one by its number;
    NotFound where there is no such edition. scatter: that of the whole team where it is known, since it takes long to
    find."""
    evaluation = find_evaluation(workspace, person, period)
    doubts = doubts_of(workspace, evaluation) if evaluation is not None else {}
    if edition is not None:
        return Document(edition=_former(evaluation, person, period, edition, doubts), evaluation=evaluation)
    kept = edition_of(evaluation, person, doubts)
    if kept is None or not _can_be_read(kept):
        kept = _instead(kept, live_edition(evaluation, _live(workspace, person, period, now.date(), scatter), doubts))
    return Document(edition=kept, evaluation=evaluation)


def _can_be_read(kept: Edition) -> bool:
    return kept.genuine or is_readable(kept.content)


def is_readable(content: Content) -> bool:
    """Whether a content has the form that meetingtool gives it, so that every paper can be made from it."""
    from meetingtool.documents.people.evaluation import evaluation
    from meetingtool.documents.people.evaluation_display import display
    from meetingtool.documents.people.evaluation_xlsx import xlsx

    try:
        evaluation(content, "", removed=frozenset())
        display(content)
        xlsx([content])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        return False
    return True


def _instead(kept: Edition | None, live: Edition) -> Edition:
    """What the records say now, with the reason why it is shown instead of what was kept."""
    if kept is None:
        return live
    stamp = f"{kept.stamp} Parts of it are missing, so this shows what the records say now."
    return Edition(content=live.content, genuine=False, stamp=stamp)


def _former(evaluation: Evaluation | None, person: Person, period: Period, number: int, doubts: Doubts) -> Edition:
    found = former_edition(evaluation, number, person, doubts) if evaluation is not None else None
    if found is not None and not _can_be_read(found):
        raise Refused(f"Edition {number} can't be shown. {found.stamp}", RESTORE)
    if found is not None:
        return found
    there = len(evaluation.finals) if evaluation is not None else 0
    has = f"has {wording.count(there, 'locked edition')}" if there else "was never final"
    raise NotFound(
        f"There is no edition {number}: the evaluation of {person.name} for {period.label} {has}.",
        "Leave the edition out for the evaluation as it is now.",
    )


def document_each(workspace: Workspace, people: Iterable[Person], period: Period, now: datetime) -> Iterator[Document]:
    """The document of everybody who was on the team in the period, one after the other.

    Each is made when it is asked for, so that hundreds need no more memory than one.
    """
    team = [person for person in people if part_of(period, person.started, person.left) is not None]
    heap = heap_of(workspace, period)
    scored = {one.person.id: one for one in scores_of(workspace, team, period, now.date(), heap)}
    following = [one for one in scored.values() if edition_of(one.evaluation, one.person, one.doubts) is None]
    before = years_before(workspace, following, heap, now.date())
    roster = _roster(workspace, heap, now.date())
    for person in team:
        evaluation = heap.evaluations.get(person.id)
        doubts = scored[person.id].doubts
        kept = edition_of(evaluation, person, doubts)
        if kept is None or not _can_be_read(kept):
            basis = _basis(workspace, scored[person.id], heap, roster, before.get(person.id))
            kept = _instead(kept, live_edition(evaluation, documents.content(basis, now.date()), doubts))
        yield Document(edition=kept, evaluation=evaluation)


def _live(
    workspace: Workspace, person: Person, period: Period, today: date, scatter: ScatterOf | None = None
) -> Content:
    scored, heap = scored_now(workspace, person, period, today)
    before = years_before(workspace, [scored], heap, today, scatter).get(person.id)
    return documents.content(_basis(workspace, scored, heap, _roster(workspace, heap, today), before), today)


def _roster(workspace: Workspace, heap: Heap, today: date) -> Roster:
    """The look-up with the standards' weights of the period."""
    return Roster(roster_of(workspace, today).everyone, standards_of(workspace, heap.rule), today)


def _basis(workspace: Workspace, scored: Scored, heap: Heap, roster: Roster, before: Content | None) -> Basis:
    return Basis(
        team=settings_of(workspace).team,
        person=scored.person,
        inputs=scored.inputs,
        score=scored.score,
        rule=heap.rule.rule,
        roster=roster,
        ratings=heap.ratings,
        stories=heap.stories,
        follow_ups=heap.follow_ups,
        guards=guards_of(scored, roster.today, changed=before is not None and "changed" in before),
        evaluation=scored.evaluation,
        before=before,
        office=settings_of(workspace),
        goals_before=goals_before(workspace, scored.person, scored.period),
        quotes=quotes_of(workspace, [one for one in heap.mentions if _is_of(one, scored.person)], own=True),
    )


def _is_of(mention: NamedByCustomer, person: Person) -> bool:
    return mention.person == person.id and person.on_team(mention.day)


def goals_before(workspace: Workspace, person: Person, period: Period) -> str:
    """What was agreed in the person's evaluation of the same span a year earlier; empty where nothing was, and where it
    was changed since."""
    found = find_evaluation(workspace, person, year_before(period))
    if found is None or why_changed(found, person, doubts_of(workspace, found)):
        return ""
    goals: str = held(found).content["words"]["goals"] if found.state == "final" else found.goals
    return goals


def no_goals_before(workspace: Workspace, person: Person, period: Period) -> str:
    """Why `goals_before` is empty."""
    if final_before_changed(workspace, person, period):
        return "Last year's evaluation was changed since, so its goals stay out: restore it first."
    return "Last year's evaluation has no goals."


def years_before(
    workspace: Workspace, scored_now: Sequence[Scored], heap: Heap, today: date, scatter: ScatterOf | None = None
) -> dict[str, Content]:
    """Each person's year before: the locked evaluation, else what the records say; with the change up to now, comparing
    like with like. heap: that of the period of `scored_now`."""
    if not scored_now:
        return {}
    now = {one.person.id: one for one in scored_now}
    period = year_before(scored_now[0].period)
    there = [one.person for one in scored_now if part_of(period, one.person.started, one.person.left) is not None]
    found: dict[str, Content] = {}
    kept: dict[str, Content] = {}
    then = scores_of(workspace, there, period, today)
    for scored in then:
        evaluation = scored.evaluation
        if why_changed(evaluation, scored.person, scored.doubts):
            found[scored.person.id] = kept_score.changed_year_before(period.label)
        elif evaluation is not None and evaluation.finals:
            locked = held(evaluation).content
            kept[scored.person.id] = locked["score"]
            found[scored.person.id] = kept_score.year_before(
                period.label, locked, f"final evaluation of {period.label}"
            )
        elif scored.score.shown is not None:
            plain = {"score": kept_score.score_content(scored.score), "rule": {"version": scored.rule.version}}
            kept[scored.person.id] = plain["score"]
            found[scored.person.id] = kept_score.year_before(period.label, plain, f"records of {period.label}")
    if any(before["shown"] is not None for before in found.values()):
        span = scored_now[0].period
        if scatter is not None:
            scatters = scatter(span), scatter(period)
        else:
            scatters = scatter_in(workspace, span, today, heap), scatter_in(workspace, period, today)
        for scored in then:
            if (before := found.get(scored.person.id)) is not None:
                mine = now[scored.person.id]
                if mine.score.value is not None and before["shown"] is not None:
                    before |= _change(mine, scored, before, kept[scored.person.id], scatters)
    return found


def _change(
    now: Scored, then: Scored, before: Content, score_then: Content, scatters: tuple[Scatter | None, Scatter | None]
) -> Content:
    """The change from the year before as plain values, under "change"; or under "unlike" why there is none to state.

    score_then: as it was locked, else from the records.
    """
    rule_then = msgspec.structs.replace(then.rule, version=before["rule"])
    known_then = known_of(then.inputs, then.score, rule_then, scatters[1])
    known_then = as_locked(known_then, before["parts"], kept_score.standards_in(score_then))
    known_now = known_of(now.inputs, now.score, now.rule, scatters[0])
    found = difference(known_now, known_then, recognition=False)
    if found is None:
        return {"change": None, "unlike": why_unlike(known_now, known_then)}
    return {
        "change": {
            "parts": list(found.parts),
            "standards": list(found.standards),
            "uneven": found.uneven,
            "now": kept_score.number(found.one),
            "then": kept_score.number(found.other),
            "points": kept_score.number(found.points),
            "margin": kept_score.number(found.margin),
            "words": found.words,
        }
    }


def final_before_changed(workspace: Workspace, person: Person, period: Period) -> bool:
    """Whether the evaluation of the year before is no longer how it was left."""
    found = find_evaluation(workspace, person, year_before(period))
    return found is not None and bool(why_changed(found, person, doubts_of(workspace, found)))


def guards_of(scored: Scored, today: date, *, changed: bool) -> tuple[Guard, ...]:
    """What should be looked at before sharing, beyond what is needed for a number. changed: `final_before_changed`."""
    found = scored.evaluation
    before = (final_changed(year_before(scored.period).label),) if changed else ()
    words = (found.strengths, found.growth, found.goals) if found is not None else ()
    return (*before, *scored.guards, *before_sharing(scored.inputs, today, words, left=scored.person.left))


def scored_now(workspace: Workspace, person: Person, period: Period, today: date) -> tuple[Scored, Heap]:
    heap = heap_of(workspace, period)
    return scores_of(workspace, [person], period, today, heap)[0], heap


def live_content(workspace: Workspace, scored: Scored, heap: Heap, evaluation: Evaluation, today: date) -> Content:
    """The document of the evaluation as it is about to be saved."""
    before = years_before(workspace, [scored], heap, today).get(scored.person.id)
    basis = _basis(workspace, scored, heap, _roster(workspace, heap, today), before)
    return documents.content(msgspec.structs.replace(basis, evaluation=evaluation), today)


def removed_since(workspace: Workspace, content: Content) -> frozenset[str]:
    """Ids of the stories, promises and ratings of a document that have been put in the bin since it was made."""
    kinds: tuple[tuple[type[Story | FollowUp | Rating], str], ...] = (
        (Story, "stories"),
        (FollowUp, "promises"),
        (Rating, "ratings"),
    )
    return frozenset(
        entry["id"]
        for kind, name in kinds
        for entry in content[name]
        if not entry.get("removed") and _is_gone(workspace, kind, entry["id"])
    )


def _is_gone(workspace: Workspace, kind: type[Story | FollowUp | Rating], record_id: str) -> bool:
    try:
        return workspace.get(kind, record_id).removed_at is not None
    except NotFound:
        return True
