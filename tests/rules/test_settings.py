"""What can be set is read as people write it, and told in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from meetingtool.errors import MeetingtoolError, Refused
from meetingtool.records.team import Settings
from meetingtool.rules.settings import SETTINGS, checked_clock, checked_currency, setting_named

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
NOW_SET = Settings(id="S", at=NOW, made_at=NOW, made_by="pat", team="Harbour Desk")


def after(name: str, typed: str) -> Settings:
    """The settings with one of them changed as typed."""
    from msgspec import structs

    return structs.replace(NOW_SET, **setting_named(name).read(typed, NOW_SET))


@pytest.mark.parametrize(
    ("typed", "kept"), [("9", "09:00"), ("09:05", "09:05"), (" 14.30 ", "14:30"), ("0:0", "00:00")]
)
def test_a_clock_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert checked_clock(typed) == kept


@pytest.mark.parametrize("typed", ["", "24:00", "9:60", "nine", "-1", "9:5x", "٩:٠٠x"])
def test_what_is_not_a_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not a time of day"):
        checked_clock(typed)


@pytest.mark.parametrize("typed", ["", "£", "EURO", "12A", "ÄÖÜ"])
def test_what_is_not_a_currency_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not a currency"):
        checked_currency(typed)


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("team", "  Quay   Desk ", "Quay Desk"),
        ("title", "Stand-up", "Stand-up"),
        ("day", "thu", "Thursday"),
        ("day", "WEDNESDAY", "Wednesday"),
        ("time", "8.15", "08:15"),
        ("currency", "eur", "EUR"),
        ("dates", "month", "month first: 3/4 is 4 March"),
        ("dates", "Month first", "month first: 3/4 is 4 March"),
        ("year", "apr", "April"),
        ("weights", "standards=50, customers=30", "standards 50, customers 30, promises 15, training 5"),
        ("bands", "80 Great, 0 Growing", "80 Great, 0 Growing"),
        ("years-kept", "7", "7 years"),
        ("years-kept", "None", ""),
    ],
)
def test_a_setting_is_read_as_it_is_typed_and_told_in_words(name: str, typed: str, shown: str) -> None:
    assert setting_named(name).shown(after(name, typed)) == shown


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("team", " "),
        ("team", "x" * 81),
        ("day", "t"),
        ("day", "someday"),
        ("day", ""),
        ("time", "late"),
        ("currency", "pounds"),
        ("dates", "year-first"),
        ("year", "ma"),
        ("weights", "standards=90"),
        ("limits", "ratings-least=x"),
        ("bands", "great"),
        ("bands", "101 Never, 0 Growing"),
        ("bands", "80 Great"),
        ("years-kept", "0"),
        ("colour", "blue"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, typed: str) -> None:
    with pytest.raises(MeetingtoolError) as refused:
        after(name, typed)
    assert refused.value.hint


def test_every_setting_reads_what_it_shows_to_be_edited() -> None:
    assert len(SETTINGS) >= 10
    for setting in SETTINGS:
        fields = setting.read(setting.typed(NOW_SET), NOW_SET)
        assert fields, setting.name
        assert all(getattr(NOW_SET, field) == value for field, value in fields.items()), setting.name
        assert setting.title, setting.name
        assert setting.group, setting.name
        for value, _ in setting.choices:
            setting.read(value, NOW_SET)
