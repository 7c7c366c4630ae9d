"""Praise of a person, word for word, as papers quote it."""

from __future__ import annotations

from datetime import date

import msgspec


class Quote(msgspec.Struct, frozen=True):
    """Words of a customer. id: of the voice or the mention they are kept under. customer: a name, or empty."""

    id: str
    day: date
    text: str
    customer: str = ""


MOST = 5
"""How many an evaluation quotes, the newest ones."""
