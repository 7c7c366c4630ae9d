"""The rule of the score as a setting: trying another on the whole team, settling on it, and what keeps it fixed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from meetingtool.actions.people.scores import PeriodRule, heap_of, rule_of, scores_of
from meetingtool.actions.reading import settings_of
from meetingtool.actions.settings import change_settings
from meetingtool.errors import Refused
from meetingtool.records.people import Person
from meetingtool.records.team import ScoreRule, Settings
from meetingtool.rules import wording
from meetingtool.rules.people.calibration import what_if
from meetingtool.rules.people.periods import Period, period_of, year_of
from meetingtool.rules.people.score import Score
from meetingtool.rules.people.score_rule import check_rule
from meetingtool.store import Workspace


class Tried(msgspec.Struct, frozen=True, kw_only=True):
    """One person's score by the rule that holds and by another, both before any adjustment."""

    person: Person
    now: Score
    then: Score

    @property
    def change(self) -> int | None:
        """Points from one to the other, as they are shown; None where either has no number."""
        if self.now.computed is None or self.then.computed is None:
            return None
        return self.then.computed - self.now.computed


def why_fixed(held: PeriodRule, period: Period, today: date) -> str:
    """Why the rule of a period can't be changed any more, in a sentence; empty while it can."""
    if held.fixed_by is None:
        return ""
    since = f" since {wording.day(held.since.date(), today)}" if held.since is not None else ""
    return f"The weights of {period.label} are fixed{since}, when the first evaluation for it was shared."


def try_rule(
    workspace: Workspace, people: Iterable[Person], period: Period, rule: ScoreRule, today: date
) -> list[Tried]:
    """What everybody's score would be by another rule. Refused once an evaluation of the period was shared."""
    check_rule(rule)
    heap = heap_of(workspace, period)
    fixed = why_fixed(heap.rule, period, today)
    if fixed:
        raise Refused(fixed, "Other weights can only be tried on a period with no shared evaluation.")
    scored = {one.person.id: one for one in scores_of(workspace, people, period, today, heap)}
    both = what_if({person: one.inputs for person, one in scored.items()}, heap.rule.rule, rule)
    return [Tried(person=scored[person].person, now=now, then=then) for person, (now, then) in both.items()]


def change_rule(workspace: Workspace, rule: ScoreRule, now: datetime) -> Settings:
    """Settle on a rule. It holds for every period of which no evaluation has been shared. Refused when unsound."""
    check_rule(rule)
    return change_settings(workspace, now, score=rule)


def keeps_its_rule(workspace: Workspace, today: date) -> str:
    """A sentence for whoever changes the rule: which of this year and the last keep the former rule, if any."""
    starts = settings_of(workspace).year_starts
    year = year_of(today, starts)
    periods = [period_of(which, starts) for which in (year - 1, year)]
    kept = [period.label for period in periods if rule_of(workspace, period).fixed_by is not None]
    if not kept:
        return ""
    verb = "keeps the rule" if len(kept) == 1 else "keep the rules"
    return f"{wording.listed(kept)} {verb} from then, because an evaluation was shared."


def change_year(workspace: Workspace, month: int, now: datetime) -> Settings:
    """Let evaluation years start in a month, 1 to 12. Refused for anything else.

    Evaluations that were begun keep their days; new ones that would share days with them are refused.
    """
    if not 1 <= month <= 12:
        raise Refused(f"{month} is not a month.", "Give 1 for January to 12 for December.")
    return change_settings(workspace, now, year_starts=month)
