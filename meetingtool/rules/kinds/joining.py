"""One record as two computers changed it, each without the other: brought together field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from meetingtool.records.base import Record
from meetingtool.records.team import ScoreRule, ServiceRule
from meetingtool.rules.kinds.kind import BOOKKEEPING, Kind
from meetingtool.rules.kinds.table import kind_of

R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=msgspec.Struct)

_HIDING = ("private", "kept_back", "do_not_call")
"""What one side hides stays hidden, whoever was later."""


_FORMER = {"handle": "former_handles", "tag": "former_tags"}
"""What people used meanwhile goes on finding the person or the standard."""


class GaveWay(msgspec.Struct, frozen=True):
    """A field that both sides changed, each in another way. was: what gives way. stands: what is used."""

    field: str
    was: object
    stands: object


def merged_record(base: R | None, later: R, earlier: R) -> tuple[R, tuple[GaveWay, ...]]:
    """The merged record, in the version of the later one, and what gave way to it. base: the last version that both
    had; None where there was none, and then what only one side says counts as said later. What was only added to a
    list, to notes or to the words of a draft is kept from both sides. What was put into the bin on one side and changed
    on the other stays where the later one left it.
    """
    kind = kind_of(later)
    whole = next(filter(None, (kind.stands_alone(each, base) for each in (later, earlier))), None)
    if whole is not None:
        other = earlier if whole is later else later
        return _in_version(whole, later), tuple(_apart(base, other, whole))
    values, gone = _fields(kind, base, later, earlier)
    record = msgspec.structs.replace(later, **values)
    for each in gone:
        if (former := _FORMER.get(each.field)) is not None and each.was not in getattr(record, former):
            record = msgspec.structs.replace(record, **{former: (*getattr(record, former), each.was)})
    if base is not None and (later.removed_at is None) != (earlier.removed_at is None):
        record = msgspec.structs.replace(record, removed_at=later.removed_at)
        gone.append(GaveWay("removed_at", earlier.removed_at, later.removed_at))
    return record, tuple(gone)


def _in_version(record: R, like: R) -> R:
    return msgspec.structs.replace(record, version=like.version)


def _apart(base: R | None, other: R, stands: R) -> Iterable[GaveWay]:
    """The fields that a version that gives way had changed otherwise."""
    for field in _said(other):
        was, now = getattr(other, field), getattr(stands, field)
        if was != now and (base is None or was != getattr(base, field)):
            yield GaveWay(field, was, now)


def _said(record: Record) -> list[str]:
    return [field for field in record.__struct_fields__ if field not in BOOKKEEPING - {"at"}]


def _fields(kind: Kind[Any], base: Any, later: Any, earlier: Any) -> tuple[dict[str, Any], list[GaveWay]]:
    """The fields that are not as in the later one, and what gives way to it."""
    values: dict[str, Any] = {}
    gone: list[GaveWay] = []
    instead = tuple(each for each in kind.people_in if base is not None and _named_instead(each, base, later, earlier))
    groups = [group for group in kind.together if any(field in later.__struct_fields__ for field in group)]
    if instead:
        groups = [_as_one_line(later, instead, groups), *(group for group in groups if "unsorted" not in group)]
    grouped = {field for group in groups for field in group}
    for group in [*groups, *((field,) for field in _said(later) if field not in grouped)]:
        ours = {field: getattr(later, field) for field in group}
        theirs = {field: getattr(earlier, field) for field in group}
        start = {field: _start(base, later, field) for field in group}
        if ours == theirs or theirs == start:
            continue
        if ours == start:
            values |= theirs
        elif len(group) == 1 and group[0] not in instead:
            (field,) = group
            value, clash = _both(kind, field, start[field], ours[field], theirs[field])
            values[field] = value
            if clash and isinstance(value, _RULES):
                gone += _apart_in(field, start[field], theirs[field], value)
            elif clash:
                gone.append(GaveWay(field, theirs[field], value))
        else:
            gone += [
                GaveWay(field, theirs[field], ours[field])
                for field in group
                if theirs[field] not in (ours[field], start[field])
            ]
    return values, gone


def _start(base: Any, like: Any, field: str) -> Any:
    """What both began with; for records that began apart, what a field holds before anybody fills it in."""
    if base is not None:
        return getattr(base, field)
    default = next((each for each in msgspec.structs.fields(like) if each.name == field), None)
    return None if default is None or default.required else default.default


def _both(kind: Kind[Any], field: str, base: Any, later: Any, earlier: Any) -> tuple[Any, bool]:
    """What both sides changed, and whether something of the earlier one gives way."""
    if field in _HIDING and isinstance(later, bool):
        return later or earlier, False
    if isinstance(later, _RULES) and isinstance(earlier, _RULES):
        return _by_field(base, later, earlier)
    if isinstance(later, dict) and isinstance(earlier, dict):
        return _by_key(base or {}, later, earlier)
    if field in kind.by_place and isinstance(later, tuple) and isinstance(base, tuple):
        return _by_place(base, later, earlier)
    if field in kind.listed_by and isinstance(later, tuple):
        return _by_entry(kind.listed_by[field], base or (), later, earlier)
    if field in kind.added_to and isinstance(later, str):
        added = _added((base or "").splitlines(), earlier.splitlines(), later.splitlines())
        return "\n".join(added), False
    if isinstance(later, tuple) and isinstance(earlier, tuple) and field not in kind.as_one:
        items = _added(base or (), earlier, later)
        return tuple(sorted(items, key=lambda each: each.at) if _are_dated(items) else items), False
    return later, True


def _named_instead(field: str, base: Record, later: Record, earlier: Record) -> bool:
    """Whether both sides name other people, one of them at least in place of whom it was: of the same one or the same
    open mark, or so that the two have nobody in common.
    """
    if not isinstance(getattr(base, field), tuple):
        return False
    start, mine, other = (set(getattr(side, field)) for side in (base, later, earlier))
    if not mine - start or not other - start or mine - start == other - start:
        return False
    apart = bool(start) and not mine & other
    marks = (set(getattr(side, "unsorted", ())) for side in (base, later, earlier))
    return apart or any(was - now - then for was, now, then in ((start, mine, other), tuple(marks)))


def _as_one_line(later: Record, people: tuple[str, ...], groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The fields of which one side stands whole where each names other people: what is said of them is said of no
    others."""
    told = next((group for group in groups if "unsorted" in group), ())
    return (*people, *told, *(each for each in ("standards",) if each in later.__struct_fields__))


def _are_dated(items: Iterable[object]) -> bool:
    return all(getattr(each, "at", None) is not None for each in items)


def _apart_in(field: str, base: Any, earlier: msgspec.Struct, stands: msgspec.Struct) -> Iterable[GaveWay]:
    """Which parts of a setting with several parts give way."""
    for part in earlier.__struct_fields__:
        was, now = getattr(earlier, part), getattr(stands, part)
        if was not in (now, getattr(base, part, None)) and part not in _ADDED:
            yield GaveWay(f"{field}.{part}", was, now)


_ADDED = ("holidays", "fund_case_before")
"""Of the settings of service the days off of both count; what the limit was before follows from the limit."""


_RULES = (ServiceRule, ScoreRule)
_WEIGHTS = ("standards", "customers", "promises", "training")
"""Of the rule of the score: they add up to 100, so where those of both sides don't, those of one stand together."""


def _by_field(base: Any, later: Any, earlier: Any) -> tuple[Any, bool]:
    as_one: tuple[str, ...] = ()
    if isinstance(later, ScoreRule) and isinstance(earlier, ScoreRule):
        sides = [{part: getattr(side, part, None) for part in _WEIGHTS} for side in (base, later, earlier)]
        weights, _ = _by_key(*sides)
        as_one = _WEIGHTS if sides[0] != sides[1] and sum(weights.values()) != 100 else ()
    changes, clash = {}, False
    for field in later.__struct_fields__:
        mine, other, start = getattr(later, field), getattr(earlier, field), getattr(base, field, None)
        if field in as_one:
            clash = clash or other not in (mine, start)
        elif mine == start:
            changes[field] = other
        elif field == "holidays":
            days = dict.fromkeys(_added(start or (), other, mine))
            changes[field] = tuple(sorted(days, key=lambda day: (len(day), day)))
        elif other not in (mine, start):
            clash = True
    return msgspec.structs.replace(later, **changes), clash


def _by_key(base: Mapping[str, Any], later: Mapping[str, Any], earlier: Mapping[str, Any]) -> tuple[Any, bool]:
    found, clash = {}, False
    for key in dict.fromkeys((*later, *earlier)):
        mine, other, start = later.get(key), earlier.get(key), base.get(key)
        value = other if mine == start else mine
        clash = clash or other not in (value, start)
        if value is not None:
            found[key] = value
    return found, clash


def _by_place(base: tuple[Any, ...], later: tuple[Any, ...], earlier: Any) -> tuple[Any, bool]:
    """Columns and scales, merged place by place where both have as many as before."""
    if not len(base) == len(later) == len(earlier):
        return later, True
    found, clash = [], False
    for start, mine, other in zip(base, later, earlier, strict=True):
        if all(isinstance(each, tuple) for each in (start, mine, other)):
            value, apart = _by_place(start, mine, other)
            clash = clash or apart
        else:
            value = other if mine == start else mine
            clash = clash or other not in (value, start)
        found.append(value)
    return tuple(found), clash


def _by_entry(key: str, base: Any, later: Any, earlier: Any) -> tuple[Any, bool]:
    """A list with one entry for each, such as who was here."""
    start, mine, other = ({getattr(each, key): each for each in entries} for entries in (base, later, earlier))
    found, clash = _by_key(start, mine, other)
    return tuple(found.values()), clash


def _added(base: Iterable[Any], earlier: Iterable[Any], later: Iterable[Any]) -> list[Any]:
    """The earlier list with what the later one added, and without what that one took away."""
    start, mine, other = Counter(base), Counter(earlier), list(later)
    taken = start - Counter(other)
    found = []
    for each in earlier:
        if taken[each] > 0:
            taken[each] -= 1
        else:
            found.append(each)
    known = start + (mine - start)
    for each in other:
        if known[each] > 0:
            known[each] -= 1
        else:
            found.append(each)
    return found
