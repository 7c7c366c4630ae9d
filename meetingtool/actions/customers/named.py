"""Whom the answers of a file name: mentions to decide about, and how often each person is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import msgspec

from meetingtool.actions.customers.incoming import SERVED, Incoming
from meetingtool.actions.customers.mentions import with_answers
from meetingtool.actions.customers.who_served import people_in
from meetingtool.records.base import mint
from meetingtool.records.mentions import Mention, Tier
from meetingtool.records.surveys import Survey
from meetingtool.rules import wording
from meetingtool.rules.customers.names import Hit, Unlisted, find_names
from meetingtool.rules.customers.surroundings import BY_SURROUNDINGS, surroundings
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import Roster
from meetingtool.store import Workspace

_SEVERAL = 3
"""A name rejected with this many different words around it is rejected with any."""


class NameCount(msgspec.Struct, frozen=True):
    """Who is named, and how often, by tier. person: an id, or None for nobody on the team; others: who may be meant."""

    person: str | None
    words: str
    tier: Tier
    count: int
    others: tuple[str, ...] = ()


class PlacedRows(msgspec.Struct, frozen=True):
    """Where the rows of a file are kept: the batch, the row in it and the day. fresh: rows that are new. reworded: kept
    rows whose words have changed. told: rows that are new or have changed. left: the former places of rows that moved
    to another year."""

    places: dict[int, tuple[str, int]]
    days: dict[int, date]
    fresh: frozenset[int]
    reworded: frozenset[int]
    told: Sequence[int]
    left: dict[int, tuple[str, int]]

    def before(self, row: int) -> tuple[str, int]:
        """Where an answer was kept until now."""
        return self.left.get(row, self.places[row])


class Naming(msgspec.Struct, frozen=True):
    """What a file changes about names: mentions that are new, and known ones as they will be. reopened: how many of
    these were decided on other words. passed_over: names that were rejected before, with the same words around them."""

    mentions: list[Mention]
    revised: list[Mention]
    named: list[NameCount]
    reopened: int = 0
    passed_over: int = 0


def mentions_in(
    workspace: Workspace, come: Incoming, survey: Survey, placed: PlacedRows, roster: Roster, now: datetime
) -> Naming:
    """Who is named in the answers of a file, as questions to decide; what is known of an answer is not asked again,
    unless its words are others. The same counted, with those who served."""
    found = find_names(come.text("comments"), roster.everyone, come.days)
    asked = find_names(come.texts["named"], roster.everyone, come.days) if "named" in come.texts else None
    hits = [hit for hit in _joined(found.hits, asked.hits if asked else ()) if hit.row in placed.places]
    there = _known(workspace, survey, placed)
    rejections = Rejections(workspace, hits)
    new: list[Mention] = []
    revised: dict[str, Mention] = {}
    counted: list[Hit] = []
    passed_over = 0
    for hit in hits:
        mine = there.get(placed.places[hit.row] if hit.row in placed.reworded else placed.before(hit.row), ())
        same = next((one for one in mine if one.id not in revised and _is_same(one, hit)), None)
        if same is not None and hit.row not in placed.reworded:
            continue
        if same is not None and same.tier != "by-hand":
            revised[same.id] = _open_again(same, hit, placed.days[hit.row])
        elif same is None and rejections.cover(hit, come):
            passed_over += 1
            continue
        else:
            new.append(_mention(workspace, survey, hit, *placed.places[hit.row], placed.days[hit.row], now))
        counted.append(hit)
    decided = [one for row in placed.reworded for one in there.get(placed.before(row), ()) if one.state != "open"]
    for row, place in placed.places.items():
        for one in there.get(place, ()):
            if one.id not in revised and row in placed.reworded:
                revised[one.id] = msgspec.structs.replace(one, version=one.version + 1, removed_at=now)
            elif one.id not in revised and one.at.date() != placed.days[row]:
                at = datetime.combine(placed.days[row], time(12), tzinfo=one.at.tzinfo)
                revised[one.id] = msgspec.structs.replace(one, version=one.version + 1, at=at)
    for row, one in ((row, one) for row, place in placed.left.items() for one in there.get(place, ())):
        revised[one.id] = msgspec.structs.replace(one, version=one.version + 1, removed_at=now)
        if row not in placed.reworded:
            (into, there_at), noon = placed.places[row], datetime.combine(placed.days[row], time(12), one.at.tzinfo)
            new.append(msgspec.structs.replace(one, id=mint(now), version=1, batch=into, row=there_at, at=noon))
    served = Counter(come.texts[SERVED][row] for row in placed.told) if SERVED in come.texts else Counter()
    del served[""]
    unlisted = _unlisted(found.unlisted) if placed.told else []
    return Naming(
        new,
        list(revised.values()),
        [*_served(served, roster), *_counted(counted), *unlisted],
        len(decided),
        passed_over,
    )


def _known(workspace: Workspace, survey: Survey, placed: PlacedRows) -> dict[tuple[str, int], list[Mention]]:
    """What is known of the answers of a file that are kept already, by batch and row."""
    found: dict[tuple[str, int], list[Mention]] = {}
    if len(placed.fresh) < len(placed.places):
        for one in workspace.find(Mention, survey=survey.id):
            found.setdefault((one.batch, one.row), []).append(one)
    return found


def _is_same(mention: Mention, hit: Hit) -> bool:
    """Whether a mention is of the same words, or of somebody who is meant now."""
    mine = {mention.person, *mention.others} - {""}
    return not mine.isdisjoint((hit.person, *hit.others)) or fold(mention.words) == fold(hit.words)


def _open_again(mention: Mention, hit: Hit, day: date) -> Mention:
    """The mention as a question about other words, without what was decided, told and thanked."""
    return msgspec.structs.replace(
        mention,
        version=mention.version + 1,
        at=datetime.combine(day, time(12), tzinfo=mention.at.tzinfo),
        words=hit.words,
        tier=hit.tier,
        person=hit.person,
        others=hit.others,
        state="open",
        tone=None,
        told_in=None,
        thanked=None,
        account="",
    )


class Rejections:
    """What was decided before, in other answers, about the names in some hits."""

    def __init__(self, workspace: Workspace, hits: Iterable[Hit]) -> None:
        wanted = {(fold(hit.words), hit.person) for hit in hits}
        decided = [
            one
            for one in workspace.find(Mention)
            if one.state in ("confirmed", "rejected") and one.words and (fold(one.words), one.person) in wanted
        ]
        self._rejected: dict[tuple[str, str], set[tuple[str, str]]] = {}
        self._confirmed: set[tuple[str, str]] = set()
        self._around: set[tuple[str, str, tuple[str, str]]] = set()
        for asked in with_answers(workspace, decided):
            one = asked.mention
            key = fold(one.words), one.person
            around = surroundings(asked.comment, one.words)
            if one.state == "rejected":
                self._rejected.setdefault(key, set()).update(around)
            else:
                self._confirmed.add(key)
                self._around |= {(*key, words) for words in around}

    def cover(self, hit: Hit, come: Incoming) -> bool:
        """Whether a name was once decided not to be that person, and never that it is. A single name only counts with
        the same words around it, or once several others were rejected, too; any other name counts everywhere. A word
        that isn't a name at the beginning of a sentence may be one within."""
        key = fold(hit.words), hit.person
        if key not in self._rejected:
            return False
        said = " / ".join(come.text(name)[hit.row] for name in ("comments", "named"))
        around, rejected = surroundings(said, hit.words), self._rejected[key]
        if hit.tier not in BY_SURROUNDINGS or not around:
            return key not in self._confirmed
        starts = all(not before for before, _ in around)
        if len(rejected) >= _SEVERAL and key not in self._confirmed and (hit.tier != "ordinary" or starts):
            return True
        return around <= rejected and not any((*key, words) in self._around for words in around)


def _joined(comments: Iterable[Hit], asked: Iterable[Hit]) -> list[Hit]:
    """One hit for each person and answer; what a customer was asked for is as sure as a column."""
    best = {(hit.row, hit.person or hit.others): hit for hit in comments}
    for hit in asked:
        tier: Tier = "column" if hit.tier in ("full-name", "titled", "unique") else hit.tier
        best[(hit.row, hit.person or hit.others)] = msgspec.structs.replace(hit, tier=tier)
    return sorted(best.values(), key=lambda hit: hit.row)


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


def _counted(hits: Iterable[Hit]) -> list[NameCount]:
    """By person and tier, with the words that are used most."""
    words: dict[tuple[str, tuple[str, ...], Tier], Counter[str]] = {}
    for hit in hits:
        words.setdefault((hit.person, hit.others, hit.tier), Counter())[hit.words] += 1
    found = [
        NameCount(person or None, said.most_common(1)[0][0], tier, said.total(), others)
        for (person, others, tier), said in words.items()
    ]
    return sorted(found, key=lambda one: (-one.count, one.words))


def _unlisted(names: Iterable[Unlisted]) -> list[NameCount]:
    return [NameCount(None, name.words, "unlisted", name.count) for name in names]


def _served(cells: Counter[str], roster: Roster) -> list[NameCount]:
    """Those who served, by name; of several in one cell, each of them."""
    found: Counter[tuple[str, str]] = Counter()
    for cell, times in cells.items():
        for name, person in people_in(roster, cell):
            found[person, name] += times
    return [
        NameCount(person or None, wording.one_line(name), "column", times)
        for (person, name), times in found.most_common()
    ]
