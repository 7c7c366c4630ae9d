"""Sums of money as they are typed after `fund:`."""

from __future__ import annotations

import re
from functools import cache

_SIGNS = "$€£¥₹₽₩₪₫₱₺₴₦₡₲₵₸฿¢"
_TRAILING = ".,;:!?…)]}\"'”’»"


@cache
def _patterns(digits: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    decimals = rf"(?:[.,](?P<minor>\d{{1,{digits}}}))?" if digits else "(?P<minor>)"
    plain = rf"(?P<major>\d{{1,9}}){decimals}"
    grouped = rf"(?P<major>\d{{1,3}}(?P<mark>[.,'])\d{{3}}(?:(?P=mark)\d{{3}})?)(?!(?P=mark)){decimals}"
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


def amount_typed(minor: int, digits: int) -> str:
    """The shortest way to type a sum: `25`, `25.50`."""
    major, rest = divmod(minor, 10**digits)
    return f"{major}.{rest:0{digits}}" if rest else str(major)
