"""Sums of money."""

from __future__ import annotations

import msgspec


class Money(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`minor`: whole minor units (cents, pence, or whole yen); `currency`: the ISO 4217 code."""

    minor: int
    currency: str
