"""The team's settings."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from meetingtool.records.base import Record
from meetingtool.records.money import Money

SUM_VERSION = 2
"""The form of the sum for everything that has not been shared yet."""


class ScoreRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The weights, minimum counts and bands of the customer service score.

    standards, customers, promises, training: weights of the parts; they add up to 100.
    team_pull: how many responses at the team's rate are mixed into a person's own.
    bands: lowest score of each band, highest first.
    version: the form of the sum that it uses; what was shared under a former one keeps that one.
    """

    standards: int = 60
    customers: int = 20
    promises: int = 15
    training: int = 5
    bonus_most: int = 6
    adjustment_most: int = 5
    weight_least: int = 60
    responses_least: int = 10
    promises_least: int = 5
    ratings_least: int = 6
    team_pull: int = 20
    bands: tuple[tuple[int, str], ...] = (
        (90, "Outstanding"),
        (75, "Strong"),
        (60, "Solid"),
        (40, "Growing"),
        (0, "Needs help"),
    )
    version: int = SUM_VERSION


class FormerLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The limit of the fund for one case, until the moment at which another replaced it."""

    until: datetime
    limit: Money | None = None


class ServiceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """How complaints run, what may be spent to put things right, and how often we go to customers.

    acknowledge, answer, word: working days until a complaint is acknowledged, answered, and the customer hears from us
    again. ask: days after closing until the customer is asked. workdays: 0 Monday to 6 Sunday. holidays: days off, as
    "2026-12-25", or "12-25" for each year's.
    fund: what the service recovery fund has for a year. fund_case: the most for one case. fund_case_before: the limits
    before it, the oldest first, by which what was spent then is judged. fund_who: who may spend it. fund_starts: month
    in which its year starts. calls: to customers a week. hands_on: minutes of the leader a week.
    """

    acknowledge: int = 1
    answer: int = 5
    word: int = 5
    ask: int = 14
    workdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[str, ...] = ()
    fund: Money | None = None
    fund_case: Money | None = None
    fund_case_before: tuple[FormerLimit, ...] = ()
    fund_who: str = "everybody on the team"
    fund_starts: int = 1
    calls: int = 3
    hands_on: int = 60


class Settings(Record, tag="settings", frozen=True, kw_only=True):
    """One for a workspace. What sums and dates rest on is checked when a file is read.

    weekday: 0 Monday to 6 Sunday. clock: "HH:MM", when the weekly meeting starts. first_at: when the first one is,
    where that was moved.
    year_starts: month in which the evaluation year starts, 1 to 12.
    pulse_weeks: from one pulse of the team to the next; with 0 it is only begun by hand.
    service: how complaints, the fund and calls run. keys: rebound keys by binding id. theme: "" follows the app's own.
    paper: the size of what is printed. searches: queries of the history saved to use again.
    manager, manager_title: who evaluates. reviewer: whose signature is added, empty for nobody's. reply: what a paper
    says about the right to answer it. kept: what it says about how long it is kept. off: areas that are switched off.
    years_kept: the full past years after which a year is to be archived; 0 keeps all.
    """

    kept_in = "team"

    team: str
    meeting_title: str = "Weekly meeting"
    weekday: Annotated[int, Meta(ge=0, le=6)] = 1
    clock: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "09:00"
    first_at: datetime | None = None
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$")] = "USD"
    year_starts: Annotated[int, Meta(ge=1, le=12)] = 1
    agenda: str = ""
    pulse_weeks: Annotated[int, Meta(ge=0, le=520)] = 6
    score: ScoreRule = ScoreRule()
    service: ServiceRule = ServiceRule()
    keys: dict[str, str] = {}
    theme: str = ""
    day_order: Literal["day-first", "month-first"] = "day-first"
    paper: Literal["a4", "letter"] = "a4"
    searches: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    years_kept: Annotated[int, Meta(ge=0, le=99)] = 0
    manager: str = ""
    manager_title: str = ""
    reviewer: str = "Second reviewer"
    reply: str = (
        "You may answer this evaluation in your own words within 14 days of receiving it. Your answer is kept with it, "
        "and read by whoever reads it."
    )
    kept: str = "This evaluation is kept while you are on the team and for three years after that."
