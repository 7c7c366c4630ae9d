"""Whom the answers of a file name: mentions to decide about, and who is named how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import msgspec

from meetingtool.actions.customers.who_served import people_in
from meetingtool.importers.customers.draft import Answers, Draft
from meetingtool.records.base import mint
from meetingtool.records.mentions import Mention, Tier
from meetingtool.records.surveys import Batch, Survey
from meetingtool.rules import wording
from meetingtool.rules.customers.names import Hit, Unlisted, find_names
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace


class Named(msgspec.Struct, frozen=True):
    """Who is named how often, by tier. person: an id, or None for nobody on the team; others: who may be meant."""

    person: str | None
    words: str
    tier: Tier
    count: int
    others: tuple[str, ...] = ()


def mentions_in(
    workspace: Workspace,
    draft: Draft,
    survey: Survey,
    batches: Sequence[Batch],
    rows: Sequence[int],
    roster: Roster,
    now: datetime,
) -> tuple[list[Mention], list[Named]]:
    """Who is named in the new answers, as questions to decide, and the same counted with those who served."""
    answers = draft.answers
    days = [answers.days[row] for row in rows]
    found = find_names([answers.comments[row] for row in rows], roster.everyone, days)
    asked = find_names([answers.named[row] for row in rows], roster.everyone, days) if answers.named else None
    hits = _joined(found.hits, asked.hits if asked else ())
    rejected = _rejected(workspace)
    hits = [hit for hit in hits if (fold(hit.words), hit.person) not in rejected]
    where = _places(answers, batches, rows)
    mentions = [_mention(workspace, survey, hit, *where[rows[hit.row]], days[hit.row], now) for hit in hits]
    served = Counter(answers.served[row] for row in rows if answers.served[row]) if answers.served else Counter()
    return mentions, [*_served(served, roster), *_counted(hits), *_unlisted(found.unlisted)]


def _joined(comments: Iterable[Hit], asked: Iterable[Hit]) -> list[Hit]:
    """Once a person and an answer; what a customer was asked for is as sure as a column."""
    best = {(hit.row, hit.person or hit.others): hit for hit in comments}
    for hit in asked:
        tier: Tier = "column" if hit.tier in ("full-name", "titled", "unique") else hit.tier
        best[(hit.row, hit.person or hit.others)] = msgspec.structs.replace(hit, tier=tier)
    return sorted(best.values(), key=lambda hit: hit.row)


def _rejected(workspace: Workspace) -> set[tuple[str, str]]:
    """Words and persons that were once decided not to belong together, and never that they do."""
    decided = [mention for mention in workspace.find(Mention) if mention.state in ("confirmed", "rejected")]
    words = {(fold(mention.words), mention.person) for mention in decided if mention.state == "rejected"}
    return words - {(fold(mention.words), mention.person) for mention in decided if mention.state == "confirmed"}


def _places(answers: Answers, batches: Sequence[Batch], rows: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Batch and row of every new answer, by its row in the file."""
    years = {batch.at.year: batch.id for batch in batches}
    counts: Counter[int] = Counter()
    found: dict[int, tuple[str, int]] = {}
    for row in sorted(rows):
        year = answers.days[row].year
        found[row] = years[year], counts[year]
        counts[year] += 1
    return found


def _mention(workspace: Workspace, survey: Survey, hit: Hit, batch: str, row: int, day: date, now: datetime) -> Mention:
    return Mention(
        id=mint(now),
        at=datetime.combine(day, time(12), tzinfo=now.tzinfo),
        made_at=now,
        made_by=workspace.user,
        words=hit.words,
        tier=hit.tier,
        survey=survey.id,
        batch=batch,
        row=row,
        person=hit.person,
        others=hit.others,
    )


def _counted(hits: Iterable[Hit]) -> list[Named]:
    """By person and tier, with the words that are used most."""
    words: dict[tuple[str, tuple[str, ...], Tier], Counter[str]] = {}
    for hit in hits:
        words.setdefault((hit.person, hit.others, hit.tier), Counter())[hit.words] += 1
    found = [
        Named(person or None, said.most_common(1)[0][0], tier, said.total(), others)
        for (person, others, tier), said in words.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.words))


def _unlisted(names: Iterable[Unlisted]) -> list[Named]:
    return [Named(None, name.words, "unlisted", name.count) for name in names]


def _served(cells: Counter[str], roster: Roster) -> list[Named]:
    """Those who served, by name; of several in one cell each."""
    found: Counter[tuple[str, str]] = Counter()
    for cell, times in cells.items():
        for name, person in people_in(roster, cell):
            found[person, name] += times
    return [
        Named(person or None, wording.one_line(name), "column", times) for (person, name), times in found.most_common()
    ]
