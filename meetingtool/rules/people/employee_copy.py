"""The evaluation as the employee may see it, naming what was left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from meetingtool.rules.folding import fold
from meetingtool.rules.naming import first_name
from meetingtool.rules.people.evaluation import Content
from meetingtool.rules.wording import count


def for_employee(document: Content) -> Content:
    """The same document without private stories and promises and without the manager's own checks.

    Every number stays, with the ids behind it; a rating says how many private stories it rests on. A note on a rating
    goes when it names somebody who is credited in a private story beside the employee. Thanks in private stay, without
    words that name somebody else who was thanked. "left_out" says in words what is not here; "copy" is "employee".
    """
    private = {story["id"]: story for story in document["stories"] if story["private"]}
    names = _others(private.values(), document["person"]["name"])
    ratings, notes = [], 0
    for rating in document["ratings"]:
        if rating["note"] and _names_one(rating["note"], names):
            rating, notes = rating | {"note": ""}, notes + 1
        hidden = sum(story in private for story in rating["stories"])
        if hidden:
            public = [story for story in rating["stories"] if story not in private]
            rating = rating | {"stories": public, "private_stories": hidden}
        ratings.append(rating)
    promises = [p for p in document["promises"] if not p["private"] and p["story"] not in private]
    best = [
        {"standard": group["standard"], "stories": ids}
        for group in document["best"]
        if (ids := [story for story in group["stories"] if story not in private])
    ]
    copy = document | {
        "copy": "employee",
        "ratings": ratings,
        "stories": [story for story in document["stories"] if not story["private"]],
        "promises": promises,
        "best": best,
        "thanks": [
            _own(one) for one in document.get("thanks", ()) if "own" in one or one["alone"] or not one["private"]
        ],
        "words": {name: words for name, words in document["words"].items() if name != "open_guards_reason"},
        "left_out": _left_out(len(private), len(document["promises"]) - len(promises), notes, document["guards"]),
    }
    del copy["guards"]
    return copy


def _own(thanks: Content) -> Content:
    hide = thanks["private"] and thanks.get("own")
    return thanks | {"text": thanks["own"], "reward": ""} if hide else thanks


def _left_out(stories: int, promises: int, notes: int, guards: list[Content]) -> list[str]:
    found = []
    if stories:
        found.append(count(stories, "private story", "private stories"))
    if promises:
        found.append(count(promises, "private promise"))
    if notes:
        found.append(f"{count(notes, 'note')} naming somebody from a private story")
    if guards:
        found.append("the manager's own checks before sharing")
    return found


def _others(stories: Iterable[Content], employee: str) -> set[str]:
    """Full and first names of those credited in private stories, folded, except the employee's own."""
    people = {name for story in stories for name in story["people"]} - {employee}
    own = {fold(employee), fold(first_name(employee))}
    return ({fold(name) for name in people} | {fold(first_name(name)) for name in people}) - own


def _names_one(text: str, names: set[str]) -> bool:
    folded = fold(text)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in names)
