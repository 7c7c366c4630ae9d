"""The fund's sums are those of its records, in each currency by itself."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.records.complaints import Complaint, Offer
from meetingtool.records.money import Money
from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.records.team import ServiceRule
from meetingtool.rules.customers.fund import fund_period, fund_years, last_over, spending, with_limit

MADE: dict[str, Any] = {"made_at": datetime(2026, 1, 1, tzinfo=UTC), "made_by": "pat"}
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31)).map(lambda day: datetime.combine(day, time(9), tzinfo=UTC))
MONEY = st.builds(Money, st.integers(1, 50_000), st.sampled_from(["GBP", "EUR", "JPY"]))
PEOPLE = ("maria", "tom", "zoe")
WHO = st.sampled_from(["", *PEOPLE])
OFFERS = st.lists(
    st.builds(
        Offer,
        kind=st.just("gift"),
        at=DAYS,
        money=st.none() | MONEY,
        from_fund=st.booleans(),
        taken=st.sampled_from([None, True, False]),
    ),
    max_size=3,
).map(tuple)
STORIES = st.lists(
    st.builds(
        lambda at, fund, who, gone: Story(
            **MADE, id="", at=at, kind="win", text="x", line="x", people=tuple(filter(None, [who])), fund=fund,
            removed_at=at if gone else None,
        ),
        DAYS, st.none() | MONEY, WHO, st.booleans(),
    ),
    max_size=8,
)  # fmt: skip
COMPLAINTS = st.lists(
    st.builds(
        lambda at, offers, who: Complaint(**MADE, id="", at=at, text="x", line="x", owner=who, offers=offers),
        DAYS, OFFERS, WHO,
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=60)
@given(STORIES, COMPLAINTS, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 12))
def test_every_sum_is_that_of_its_records(
    stories: list[Story], complaints: list[Complaint], today: date, starts: int
) -> None:
    rule = ServiceRule(fund=Money(120_000, "GBP"), fund_case=Money(2_000, "GBP"), fund_starts=starts)
    period = fund_period(today, rule)
    expected: Counter[str] = Counter()
    used: set[str] = set()
    for story in stories:
        if story.fund and story.removed_at is None and story.at.date() in period:
            expected[story.fund.currency] += story.fund.minor
            used.update(story.people)
    for complaint in complaints:
        for offer in complaint.offers:
            if offer.from_fund and offer.money and offer.taken is not False and offer.at.date() in period:
                expected[offer.money.currency] += offer.money.minor
                used.update(filter(None, [complaint.owner]))
    people = [Person(**MADE, id=id, at=MADE["made_at"], handle=id, name=id) for id in PEOPLE]
    years = fund_years(period, spending(stories, complaints, rule), complaints, people, rule, today, "GBP")
    assert {year.currency: year.spent for year in years if year.entries} == dict(expected)
    assert years[0].currency == "GBP"
    assert {person for year in years for person in year.used} == used
    for year in years:
        assert sum(entry.money.minor for entry in year.entries) == year.spent
        assert {entry.money.currency for entry in year.entries} <= {year.currency}
        assert {*year.used} | {*year.never} == set(PEOPLE) if year.own else not year.never
        assert not {*year.used} & {*year.never}
        assert 0 <= year.gone <= 1


def test_what_a_case_is_over_its_limit_adds_up_over_its_sums_and_each_currency_is_by_itself() -> None:
    at = MADE["made_at"]
    offers = [
        Offer(kind="gift", at=at, money=Money(minor, code), from_fund=True, taken=taken)
        for minor, code, taken in (
            (3_000, "GBP", True),
            (2_500, "GBP", None),
            (9_000, "GBP", False),
            (9_000, "EUR", None),
            (0, "GBP", None),
            (1_000, "GBP", None),
        )
    ]
    one = Complaint(**MADE, id="1", at=at, text="x", line="x", offers=tuple(offers))

    def overs(limit: int | None) -> list[int | None]:
        rule = ServiceRule(fund_case=Money(limit, "GBP") if limit else None)
        spent = spending([], [one], rule)
        assert {entry.over.currency for entry in spent if entry.over} <= {"GBP"}
        assert last_over(one, rule) == spent[-1].over
        (pounds, *_) = fund_years(fund_period(at.date(), rule), spent, [one], [], rule, at.date(), "GBP")
        assert pounds.over == bool(limit and limit < 6_500)
        return [entry.over.minor if entry.over else None for entry in spent]

    assert overs(5_000) == [None, 500, None, 1_000]
    assert overs(2_000) == [1_000, 2_500, None, 1_000]
    assert overs(6_500) == overs(None) == [None] * 4


def test_a_limit_marks_nothing_that_was_spent_before_it_was_set() -> None:
    def spent_on(month: int) -> Story:
        at = datetime(2026, month, 1, tzinfo=UTC)
        return Story(**MADE, id=str(month), at=at, kind="win", text="x", line="x", fund=Money(3_000, "GBP"))

    rule = with_limit(ServiceRule(), Money(5_000, "GBP"), datetime(2026, 2, 1, tzinfo=UTC))
    rule = with_limit(rule, Money(2_000, "GBP"), datetime(2026, 4, 1, tzinfo=UTC))
    assert with_limit(rule, rule.fund_case, datetime(2026, 5, 1, tzinfo=UTC)) is rule
    overs = [entry.over for entry in spending([spent_on(month) for month in (1, 3, 4, 6)], [], rule)]
    assert overs == [None, None, Money(1_000, "GBP"), Money(1_000, "GBP")]
