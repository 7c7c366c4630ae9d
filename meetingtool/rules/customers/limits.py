"""How settings about complaints, the fund and calls are typed."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.money import Money, minor_digits
from meetingtool.records.team import ServiceRule
from meetingtool.rules import wording
from meetingtool.rules.capture.amounts import amount_typed, money_of

STEPS = {"acknowledge": 1, "answer": 1, "word": 1, "ask": 0}
"""The steps with a time of their own, with the least number of days."""

MOST_DAYS = 365
_YEARLY = re.compile(r"\d{1,2}[\s/.-]*[a-z]+\.?|[a-z]+\.?\s*\d{1,2}|\d{1,2}[/.]\d{1,2}\.?", re.IGNORECASE)
NOTHING = "none"


def money_typed(typed: str, currency: str) -> Money:
    """A sum as it is typed, such as 25, 25.50 or 25 €, in a currency unless its sign says another. Refused where it
    can't be read."""
    words = re.sub(r"(?<=\d)\s+(?=\W$)|(?<=^\W)\s+(?=\d)", "", typed.strip())
    read = money_of(words, currency)
    if read is None or read[1] != len(words):
        raise Refused(f"“{wording.shortened(typed, 20)}” is not an amount of money.", "Give it as 25 or 25.50.")
    return read[0]


def perhaps_money(typed: str, currency: str) -> Money | None:
    """A sum, or None for `none`, for nothing at all, and for 0."""
    if typed.strip().casefold() in ("", NOTHING, "-"):
        return None
    found = money_typed(typed, currency)
    if found.currency != currency:
        raise Refused(f"The team's currency is {currency}.", "Give the amount in it, or change the currency first.")
    return found if found.minor else None


def as_typed(money: Money | None) -> str:
    """A sum as it would be typed."""
    return amount_typed(money.minor, minor_digits(money.currency)) if money else NOTHING


def days_from(typed: str, rule: ServiceRule) -> ServiceRule:
    """`answer=5, word=5`: working days of the steps of a complaint; those not named stay."""
    changes: dict[str, int] = {}
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[=:]\s*", "=", typed.strip()))):
        name, _, number = part.partition("=")
        if name not in STEPS or not number.isdecimal() or not STEPS[name] <= int(number) <= MOST_DAYS:
            raise Refused(
                f"“{wording.shortened(part, 20)}” is not a number of days for a step.",
                "Give it as acknowledge=1, answer=5, word=5, ask=14.",
            )
        changes[name] = int(number)
    return msgspec.structs.replace(rule, **changes)


def days_as_typed(rule: ServiceRule) -> str:
    """The days of the steps as they would be typed."""
    return ", ".join(f"{name}={getattr(rule, name)}" for name in STEPS)


def workdays_from(typed: str) -> tuple[int, ...]:
    """`mon tue wed thu fri`, or `mon-sat`: the days on which the team works. At least one."""
    found: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", typed.strip().casefold())):
        ends = [_weekday(word) for word in re.split(r"-|–|to", part) if word]
        first, last = ends[0], ends[-1]
        found |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    if not found:
        raise Refused("A team works on at least one day of the week.", "Give the days, such as mon-fri or mon tue sat.")
    return tuple(sorted(found))


def _weekday(word: str) -> int:
    for number, name in enumerate(wording.DAYS_IN_FULL):
        if len(word) >= 2 and name.casefold().startswith(word):
            return number
    raise Refused(f"“{wording.shortened(word, 20)}” is not a day of the week.", "Give them as mon-fri or mon tue sat.")


def workdays_in_words(days: tuple[int, ...]) -> str:
    """`Mon Tue Wed Thu Fri`."""
    return " ".join(wording.DAYS[day] for day in days)


def holidays_from(typed: str, day_order: str) -> tuple[str, ...]:
    """`25 dec, 3 apr 2026`: days off; those without a year are off every year. Refused for what is no day."""
    if typed.strip().casefold() in ("", NOTHING):
        return ()
    found = [
        _holiday(part.strip(), day_order) for part in re.split(r"[,;\n]|(?<=-\d\d)\s+(?=\d)", typed) if part.strip()
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda day: (len(day), day)))


def _holiday(typed: str, day_order: str) -> str:
    from meetingtool.rules.dates import Dates
    from meetingtool.rules.days import NoSuchDay

    if re.fullmatch(r"\d\d-\d\d", typed):
        typed = f"2024-{typed}"
        return Dates(date(2024, 1, 1)).read(typed).isoformat()[5:]
    leap = Dates(date(2024, 1, 1), "month-first" if day_order == "month-first" else "day-first")
    if _YEARLY.fullmatch(typed):
        try:
            return leap.read(typed).isoformat()[5:]
        except NoSuchDay as error:  # it would name a year that nobody typed
            raise Refused(f"There is no {typed} in any year.", "Give days such as 25 dec, or 3 apr 2026.") from error
    if not re.search(r"\d{4}", typed):
        raise Refused(
            f"“{wording.shortened(typed, 20)}” is not a day off.", "Give days such as 25 dec, or 3 apr 2026 for one."
        )
    return leap.read(typed).isoformat()


def holidays_in_words(holidays: tuple[str, ...]) -> str:
    """`25 Dec, 3 Apr 2026`; can be typed again."""
    return ", ".join(map(_in_words, holidays))


def _in_words(holiday: str) -> str:
    *year, month, day = holiday.split("-")
    return " ".join([str(int(day)), wording.MONTHS[int(month) - 1], *year])


def number_from(typed: str, least: int, most: int) -> int:
    """A whole number between two others, both included. Refused for anything else."""
    words = typed.strip()
    if not words.isdecimal() or not least <= int(words) <= most:
        raise Refused(f"“{wording.shortened(typed, 20)}” is not possible.", f"Give a number from {least} to {most}.")
    return int(words)
