"""Sums of money as they are typed after `fund:`."""

from __future__ import annotations

import re
from functools import cache

from meetingtool.records.money import Money, minor_digits
from meetingtool.rules.capture.parts import Capture
from meetingtool.rules.wording import shortened

_SIGNS = "$€£¥₹₽₩₪₫₱₺₴₦₡₲₵₸฿¢"
_MEANT = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS", "₫": "VND", "₱": "PHP",
          "₺": "TRY", "₴": "UAH", "₦": "NGN", "฿": "THB", "$": "USD"}  # fmt: skip
"""The currency that a sign means."""
_ALSO = {"£": ("EGP", "FKP", "GIP", "LBP", "SHP"), "¥": ("CNY",), "₩": ("KPW",)}
"""Other currencies that have the sign, too."""
_TRAILING = ".,;:!?…)]}\"'”’»"


@cache
def _patterns(digits: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    decimals = rf"(?:[.,](?P<minor>\d{{1,{digits}}}))?" if digits else "(?P<minor>)"
    plain = rf"(?P<major>\d{{1,9}}){decimals}"
    grouped = rf"(?P<major>(?!0)\d{{1,3}}(?P<mark>[.,'])\d{{3}}(?:(?P=mark)\d{{3}})?)(?!(?P=mark)){decimals}"
    return re.compile(plain), re.compile(grouped)


def amount_of(typed: str, digits: int) -> tuple[int, int] | None:
    """`25`, `25.50`, `25,50`, `£25`, `1,250.00` in minor units, and how much of `typed` it takes up; else None.

    digits: how many digits the minor unit has. A single mark before exactly three digits groups thousands, unless
    the currency has three decimals. Punctuation behind the sum is not part of it. At most 999,999,999.
    """
    whole = typed.rstrip(_TRAILING)
    bare = whole.strip(_SIGNS)
    if len(whole) - len(bare) > 1:
        return None
    for pattern in _patterns(digits):
        match = pattern.fullmatch(bare)
        if match is not None:
            major = re.sub(r"\D", "", match["major"])
            return int(major + (match["minor"] or "").ljust(digits, "0")), len(whole)
    return None


def money_of(typed: str, usual: str) -> tuple[Money, int] | None:
    """A sum in the currency that its sign says, or in the usual one, and how much of `typed` it takes up; else None."""
    currency = currency_of(typed, usual)
    read = amount_of(typed, minor_digits(currency))
    return (Money(read[0], currency), read[1]) if read is not None else None


def currency_of(typed: str, usual: str) -> str:
    """The currency that the sign of a sum says: `€` euros, whatever is usual; `$` whatever has no sign of its own."""
    signs = [sign for sign in _SIGNS if sign in typed]
    if len(signs) != 1:
        return usual
    sign = signs[0]
    if usual in _ALSO.get(sign, ()) or (sign == "$" and usual not in _MEANT.values()):
        return usual
    return _MEANT.get(sign, usual)


def sign_in(typed: str) -> str:
    """The sign of money with which a sum is typed; empty for none."""
    return next((sign for sign in _SIGNS if sign in typed), "")


def sign_of(currency: str, usual: str) -> str:
    """The sign to write before a sum, so that it is read in its currency again; empty in the usual one."""
    if currency == usual:
        return ""
    return next((sign for sign, code in _MEANT.items() if code == currency), "")


def fund_of(capture: Capture, usual: str) -> Money | None:
    """What a line takes from the fund, in the currency of its signs; of several signs, in the usual one."""
    if capture.fund_minor is None:
        return None
    typed = [mark.text.partition(":")[2] for mark in capture.marks if mark.kind == "fund"]
    sums = [found[0] for text in typed if (found := money_of(text, usual)) is not None]
    currencies = {each.currency for each in sums}
    if len(sums) == len(typed) and len(currencies) == 1:
        return Money(sum(each.minor for each in sums), currencies.pop())
    return Money(capture.fund_minor, usual)


def amount_typed(minor: int, digits: int) -> str:
    """The shortest way to type a sum: `25`, `25.50`."""
    major, rest = divmod(minor, 10**digits)
    return f"{major}.{rest:0{digits}}" if rest else str(major)


def no_sum(typed: str) -> str:
    """What to say about what follows a `fund:` and isn't a sum of money."""
    sign, *apart = typed.split()
    why = f" with a blank in it: write {sign}{apart[0]}" if apart else ""
    return f"{shortened(typed, 30)} is no sum of money{why}."
