"""What an evaluation document holds, as plain JSON values; `digests` locks it.

The content stands for itself: names, words, weights and anchors are copied into it, so that a later rename changes
nothing. Every number carries the ids of the records behind it, and those records are in the content too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from meetingtool.records.evaluations import Evaluation
from meetingtool.records.followups import FollowUp
from meetingtool.records.people import Person
from meetingtool.records.ratings import Rating
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.records.team import ScoreRule, Settings
from meetingtool.rules.customers.quotes import Quote
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import first_name
from meetingtool.rules.people.best_stories import best_stories
from meetingtool.rules.people.course import course_of
from meetingtool.rules.people.guards import Guard
from meetingtool.rules.people.kept_score import score_content
from meetingtool.rules.people.score import Score
from meetingtool.rules.people.score_inputs import ScoreInputs
from meetingtool.rules.roster import Roster
from meetingtool.rules.stories.kept_back import honours_unwilling

DOCUMENT = "customer service evaluation"
SCHEMA = 3
"""Form 1 dates from before sticky situations were shown only in brief and promises with their lateness; form 2 from
before every document had its digests beside it from sharing on (`digests.SEALED_FROM`)."""
LATE_ENTRY = 14
"""Days between the day of a rating and its entry from which a paper says so."""

Content = dict[str, Any]


FINAL_ANYWAY = "Made final anyway, because: "
"""Comes before the reason given at finalising, which follows the one given at sharing."""
TOGETHER = "Thanked together with others"
"""In place of thanks in private whose words would name somebody else."""


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What a document is made from. Records of others may be among the lists; stories and follow-ups, removed ones too.

    stories: those of the period, those that ratings cite, and those that promises were born from.
    evaluation: the manager's words so far, if any. before: content or score of the year before, see `year_before`.
    office: who evaluates, and what papers say. goals_before: what was agreed in the evaluation of the year before.
    quotes: praise of customers, word for word.
    """

    team: str
    person: Person
    inputs: ScoreInputs
    score: Score
    rule: ScoreRule
    roster: Roster
    ratings: Sequence[Rating]
    stories: Sequence[Story]
    follow_ups: Sequence[FollowUp]
    guards: Sequence[Guard] = ()
    evaluation: Evaluation | None = None
    before: Content | None = None
    office: Settings | None = None
    goals_before: str = ""
    quotes: Sequence[Quote] = ()


def content(basis: Basis, made_on: date, *, state: str | None = None, edition: int | None = None) -> Content:
    """The whole document, made on the day `made_on`.

    state: "final" when it is being locked, else the evaluation's own.
    edition: 1 for the first locked one; when left out, the one that would be locked next.
    """
    evaluation = basis.evaluation
    mine = [r for r in basis.ratings if r.person == basis.person.id and r.removed_at is None]
    ratings = [r for r in mine if r.id in _counted(basis.inputs)]
    best = picked_stories(basis, ratings)
    promises = [*(p.id for p in basis.inputs.promises), *(p.id for p in basis.inputs.still_open)]
    follow_ups = {f.id: f for f in basis.follow_ups}
    known = [follow_ups[i] for i in promises if i in follow_ups]
    shown = _story_ids(basis, ratings, best, known)
    picked = frozenset(evaluation.stories if evaluation else ())
    return {
        "document": DOCUMENT,
        "schema": SCHEMA,
        "state": state or (evaluation.state if evaluation else "draft"),
        "edition": edition or (len(evaluation.finals) + 1 if evaluation else 1),
        "made_on": made_on.isoformat(),
        "team": basis.team,
        "person": _person(basis.person),
        "period": _period(basis.inputs),
        "score": score_content(basis.score, evaluation.adjustment_reason if evaluation else ""),
        "rule": msgspec.to_builtins(basis.rule) | {"bands": [list(band) for band in basis.rule.bands]},
        "standards": [_standard(s) for s in _standards(basis)],
        "ratings": [_rating(r, basis) for r in sorted(ratings, key=lambda r: (r.at, r.id))],
        "best": [{"standard": standard, "stories": list(ids)} for standard, ids in best.items()],
        "stories": [_story(s, basis, picked) for s in sorted(shown, key=lambda s: (s.at, s.id))],
        "promises": [_promise(f, basis) for f in known],
        "before": basis.before,
        "gaps": [guard.message for guard in basis.guards if guard.code == "gap"],
        "guards": [{"code": g.code, "message": g.message, "records": list(g.records)} for g in basis.guards],
        "words": _words(evaluation),
        "answer": _answer(evaluation),
        "course": course_of(evaluation),
        "office": _office(basis.office),
        "goals_before": _goals_before(basis),
        "quotes": [
            {"day": q.day.isoformat(), "text": q.text, "customer": q.customer}
            for q in basis.quotes
            if basis.person.on_team(q.day)
        ],
        "thanks": _thanks(basis),
    }


def _thanks(basis: Basis) -> list[Content]:
    """Every time the person was thanked in the period, while on the team, with what came with it; nothing is added up.

    alone: whether nobody else was thanked with them. own: what the person's copy says of thanks in private to several,
    where it would name the others, or somebody else who wants thanks in private.
    """
    me, period = basis.person.id, basis.inputs.period
    mine = [s for s in basis.stories if s.kind == "praise" and me in s.people and s.removed_at is None]
    return [
        {
            "id": story.id,
            "day": story.at.date().isoformat(),
            "text": story.text,
            "reward": story.reward,
            "owed": bool(story.award and story.award.state == "owed"),
            "private": story.private,
            "alone": set(story.people) == {me},
            "own": TOGETHER if _names_others(story, me, basis.roster) else "",
        }
        for story in sorted(mine, key=lambda story: (story.at, story.id))
        if story.at.date() in period and basis.person.on_team(story.at.date())
    ]


def _names_others(story: Story, me: str, roster: Roster) -> bool:
    """Whether the words or the reward name, in full or by first name, somebody who was thanked too; or whoever else
    would rather not be thanked before others is."""
    if honours_unwilling(story, roster, but=me):
        return True
    said = set(re.findall(r"\w+", fold(f"{story.text} {story.reward}")))
    others = (roster.person_of(one) for one in story.people if one != me)
    known = [(fold(first_name(name)), fold(name)) for one in others if one for name in (one.name, *one.nicknames)]
    return any(said & {*whole.split(), first} for first, whole in known)


def _office(settings: Settings | None) -> Content:
    names = ("manager", "manager_title", "reviewer", "reply", "kept")
    return {name: getattr(settings, name) if settings is not None else "" for name in names}


def _goals_before(basis: Basis) -> Content | None:
    """The goals of the year before with what became of them; None where there were none."""
    became = basis.evaluation.became if basis.evaluation else ""
    if not basis.goals_before and not became:
        return None
    label = basis.before["label"] if basis.before else ""
    return {"label": label, "goals": basis.goals_before, "became": became}


def answered(document: Content, evaluation: Evaluation, *, state: str = "", made_on: date | None = None) -> Content:
    """A document as it was shared, with the employee's answer, and as final when it is being locked."""
    words = document["words"] | {"open_guards_reason": evaluation.open_guards_reason}
    return document | {
        "state": state or evaluation.state,
        "made_on": made_on.isoformat() if made_on else document["made_on"],
        "words": words,
        "answer": _answer(evaluation),
        "course": course_of(evaluation),
    }


def _counted(inputs: ScoreInputs) -> set[str]:
    return {rating.id for rating in inputs.ratings} | set(inputs.unseen)


def picked_stories(basis: Basis, ratings: Iterable[Rating]) -> dict[str, tuple[str, ...]]:
    """The stories to show, by the id of the standard they are under (empty: under none).

    Those the manager picked; the suggestion while nothing is picked.
    """
    standards = [standard.id for standard in basis.inputs.standards]
    if basis.evaluation is None or not basis.evaluation.stories:
        there = [story for story in basis.stories if basis.person.on_team(story.at.date())]
        return best_stories(basis.person.id, basis.inputs.period, there, ratings, standards)
    known = {story.id: story for story in basis.stories}
    picked: dict[str, list[str]] = {standard: [] for standard in [*standards, ""]}
    for story_id in dict.fromkeys(basis.evaluation.stories):
        if story_id in known:
            under = next((tag for tag in known[story_id].standards if tag in picked), "")
            picked[under].append(story_id)
    return {standard: tuple(ids) for standard, ids in picked.items() if ids}


def _story_ids(
    basis: Basis, ratings: Iterable[Rating], best: Mapping[str, Sequence[str]], promises: Iterable[FollowUp]
) -> list[Story]:
    """Every story that something in the document rests on."""
    wanted = {story for ids in best.values() for story in ids}
    wanted |= {story for rating in ratings for story in rating.stories}
    wanted |= {story for month in basis.inputs.win_months for story in month.ids}
    wanted |= {promise.story for promise in promises if promise.story is not None}
    return list({story.id: story for story in basis.stories if story.id in wanted}.values())


def _standards(basis: Basis) -> list[Standard]:
    found = [basis.roster.standard_of(standard.id) for standard in basis.inputs.standards]
    return [standard for standard in found if standard is not None]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _person(person: Person) -> Content:
    return {
        "id": person.id,
        "handle": person.handle,
        "name": person.name,
        "role": person.role,
        "number": person.number,
        "started": _day(person.started),
        "left": _day(person.left),
    }


def _period(inputs: ScoreInputs) -> Content:
    period = inputs.period
    return {
        "label": period.label,
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "quarters": [
            {"label": quarter.label, "since": quarter.since.isoformat(), "until": quarter.until.isoformat()}
            for quarter in inputs.quarters
        ],
    }


def _standard(standard: Standard) -> Content:
    return {
        "id": standard.id,
        "tag": standard.tag,
        "title": standard.title,
        "behaviour": standard.behaviour,
        "anchors": list(standard.anchors),
        "weight": standard.weight,
    }


def _rating(rating: Rating, basis: Basis) -> Content:
    return {
        "id": rating.id,
        "ref": rating.ref,
        "day": rating.at.date().isoformat(),
        "entered": rating.made_at.date().isoformat(),
        "standard": rating.standard,
        "tag": basis.roster.tag(rating.standard),
        "value": rating.value,
        "note": rating.note,
        "stories": list(rating.stories),
    }


def _story(story: Story, basis: Basis, picked: frozenset[str]) -> Content:
    """A story as evidence. One that is in the bin keeps its place, without its words; so does a sticky situation that
    the manager has not picked, which is marked as `brief`."""
    roster, person = basis.roster, basis.person
    people = [roster.person_of(one) for one in story.people]
    brief = story.kind == "sticky" and story.id not in picked
    plain: Content = {
        "id": story.id,
        "ref": story.ref,
        "kind": story.kind,
        "day": story.at.date().isoformat(),
        "text": story.text,
        "people": [one.name if one else roster.short_name("") for one in people],
        "standards": [roster.tag(standard) for standard in story.standards],
        "customer": story.customer,
        "starred": story.starred,
        "private": story.private,
        "told": story.meeting is not None,
        "removed": story.removed_at is not None,
        "brief": brief,
        "before_joining": person.started is not None and story.at.date() < person.started,
        "after_leaving": person.left is not None and story.at.date() > person.left,
    }
    if story.kind == "sticky":
        plain |= {name: getattr(story, name) for name in ("happened", "handled", "learned", "ended")}
    if brief:
        plain["people"] = plain["standards"] = []
    if story.removed_at is not None or brief:
        plain |= {name: "" for name in ("text", "customer", "happened", "handled", "learned", "ended") if name in plain}
    return plain


def _promise(promise: FollowUp, basis: Basis) -> Content:
    line = next((line for line in basis.score.promises if line.id == promise.id), None)
    settled = next((p for p in basis.inputs.promises if p.id == promise.id), None)
    return {
        "id": promise.id,
        "ref": promise.ref,
        "text": promise.text,
        "customer": promise.customer,
        "made_on": promise.at.date().isoformat(),
        "due": _day(promise.due),
        "settled_on": _day(settled.day if settled else None),
        "kept_on": _day(settled.kept_on if settled else None),
        "days_late": settled.days_late if settled else 0,
        "state": promise.state,
        "counts": line.counts if line else "open",
        "why": line.why if line else "",
        "story": promise.story,
        "private": promise.private,
    }


def _words(evaluation: Evaluation | None) -> Content:
    if evaluation is None:
        return {"strengths": "", "growth": "", "goals": "", "open_guards_reason": ""}
    return {
        "strengths": evaluation.strengths,
        "growth": evaluation.growth,
        "goals": evaluation.goals,
        "open_guards_reason": evaluation.open_guards_reason,
    }


def _answer(evaluation: Evaluation | None) -> Content:
    """What the employee said. agrees None: no answer yet."""
    shared = evaluation.shared_at if evaluation else None
    acknowledged = evaluation.acknowledged_at if evaluation else None
    return {
        "shared_on": _day(shared.date() if shared else None),
        "acknowledged_on": _day(acknowledged.date() if acknowledged else None),
        "agrees": evaluation.agrees if evaluation else None,
        "comment": evaluation.comment if evaluation else "",
    }
