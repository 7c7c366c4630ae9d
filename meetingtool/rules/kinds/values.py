"""What a field of a record says, in a few words: for what changed in it, and for what gives way in a merge."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from meetingtool.records.money import Money
from meetingtool.rules import wording
from meetingtool.rules.roster import Roster

LONGEST = 2_000
"""How many letters of a text are quoted."""

_CALLED = {"left": "last day", "started": "first day", "weekday": "day", "clock": "time", "removed_at": "place"}
_CALLED |= {
    "service.acknowledge": "working days to acknowledge a complaint",
    "service.answer": "working days to answer a complaint",
    "service.word": "working days between words on a complaint",
    "service.ask": "days after closing until the customer is asked",
    "service.workdays": "working days",
    "service.fund": "recovery fund",
    "service.fund_case": "most for one case",
    "service.fund_who": "who may spend the fund",
    "service.fund_starts": "month in which the fund starts",
    "service.calls": "calls a week",
    "service.hands_on": "minutes hands-on a week",
}
_CALLED |= {f"score.{part}": f"weight of {part}" for part in ("standards", "customers", "promises", "training")}
_CALLED |= {
    "first_at": "next meeting",
    "score.bonus_most": "most points for recognition",
    "score.adjustment_most": "most points of an adjustment",
    "score.weight_least": "least weight for a number",
    "score.responses_least": "least answers of customers",
    "score.promises_least": "least promises",
    "score.ratings_least": "least ratings",
    "score.team_pull": "answers at the team's rate",
    "score.bands": "bands of the score",
}
_LOCKED = ("digest", "seal", "shared", "fixed", "finals", "content", "forgotten")
"""Fields that are locked or digests: their values would mean nothing to a reader."""


def label(field: str) -> str:
    """What a field is called."""
    return _CALLED.get(field, field.replace("_", " "))


def changed(field: str, was: Any, now: Any, roster: Roster) -> str:
    """`role: Lead (was Driver)`; of a list, what was added and what was taken away: `steps: with looked-into, found the
    driver`.
    """
    if any(word in field for word in _LOCKED):
        return label(field)
    if field == "removed_at" and (was is None) != (now is None):
        return "restored from the bin" if now is None else "moved to the bin"
    if isinstance(was, tuple) and isinstance(now, tuple):
        came = [value(field, each, roster) for each in now if each not in was]
        went = [value(field, each, roster) for each in was if each not in now]
        said = [f"with {_most(came)}"] if came else []
        said += [f"without {_most(went)}"] if went else []
        return f"{label(field)}: {', '.join(said)}" if said else f"{label(field)}: in another order"
    if isinstance(was, dict) or (isinstance(was, msgspec.Struct) and type(was) is type(now) and not _is_short(was)):
        return f"{label(field)}: {_parts(was, now, roster)}"
    return f"{label(field)}: {value(field, now, roster)} (was {value(field, was, roster)})"


def value(field: str, said: object, roster: Roster) -> str:
    """The value of a field; `nothing` where it has none."""
    if field == "removed_at":
        return "in use" if said is None else "in the bin"
    if said is None or said in ("", ()):
        return "nothing"
    if isinstance(said, bool):
        return "yes" if said else "no"
    if field in ("weekday", "service.workdays") and isinstance(said, int):
        return f"{date(2026, 6, 1 + said):%A}"
    if isinstance(said, datetime):
        return wording.moment(said, roster.today)
    if isinstance(said, date):
        return wording.day(said, roster.today)
    if isinstance(said, Money):
        return wording.money(said)
    if isinstance(said, str):
        return _text(said, roster)
    if isinstance(said, tuple):
        return _most([value(field, each, roster) for each in said])
    if isinstance(said, msgspec.Struct):
        told = [(each, getattr(said, each)) for each in said.__struct_fields__]
        return ", ".join(value(each, one, roster) for each, one in told if one not in (None, "", (), False))
    return str(said)


def _text(said: str, roster: Roster) -> str:
    if (person := roster.person_of(said)) is not None:
        return wording.one_line(person.name)
    if (standard := roster.standard_of(said)) is not None:
        return f"#{standard.tag}"
    return wording.one_line(said if len(said) <= LONGEST else f"{said[:LONGEST]}…")


def _most(said: list[str]) -> str:
    """A dozen of them in words, the others as a number."""
    rest = len(said) - 12
    return "; ".join([*said[:12], f"{rest} more"] if rest > 0 else said)


def _is_short(said: msgspec.Struct) -> bool:
    return isinstance(said, Money) or len(said.__struct_fields__) <= 4


def _parts(was: Any, now: Any, roster: Roster) -> str:
    before = was if isinstance(was, dict) else msgspec.structs.asdict(was)
    after = now if isinstance(now, dict) else msgspec.structs.asdict(now)
    keys = [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]
    told = (
        f"{label(key)} {value(key, after.get(key), roster)} (was {value(key, before.get(key), roster)})" for key in keys
    )
    return _most(list(told))
