"""Sums of money."""

import msgspec


class Money(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`minor`: whole minor units (cents, pence, or whole yen); `currency`: the ISO 4217 code."""

    minor: int
    currency: str


_WHOLE = frozenset({"JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "XPF", "PYG", "RWF"})
_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


def minor_digits(currency: str) -> int:
    """How many digits the minor unit of an ISO 4217 currency has: 2 for most, 0 for yen, 3 for dinars."""
    if currency in _WHOLE:
        return 0
    return 3 if currency in _THOUSANDTHS else 2
