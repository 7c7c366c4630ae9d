"""Which column of a table of ratings holds those that a manager gave, and which their ground, rather than what others
gave and wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.importers.columns import Columns, shown, words_of
from meetingtool.importers.date_columns import is_nothing
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.raters import says_others
from meetingtool.rules.wording import listed

_RATING = frozenset({"rating", "ratings", "score", "scores", "stars", "points", "mark", "marks", "grade"})
_OTHERS = frozenset(
    {
        *("self", "own", "employee", "employees", "ee", "worker", "associate", "agent", "staff", "colleague", "ratee"),
        *("colleagues", "peer", "peers", "subordinate", "subordinates", "report", "reports", "customer", "client"),
    }
)
"""Words in the name of a column of ratings that people may have given to themselves, or others to them."""
_NO_RATING = frozenset(
    {
        *("max", "maximum", "min", "minimum", "possible", "total", "average", "avg", "mean", "weighted", "weight"),
        *("previous", "prior", "last", "target", "goal", "expected", "required", "team", "company", "benchmark"),
        *("date", "scale", "comment", "comments", "note", "notes", "description", "desc", "type", "period", "cycle"),
        *("by", "on", "id", "name", "label", "text", "reason", "status", "template", "source", "guide", "range"),
    }
)
_MANAGERS = frozenset({"manager", "managers", "supervisor", "boss", "my", "s", "final", "calibrated", "performance"})
"""Words beside which a lone column of ratings is the manager's; of any other, the person is asked."""
_SETTLED = _MANAGERS | {"adjusted", "agreed", "moderated", "revised", "confirmed", "approved", "official", "mgr"}
"""Words that alone name a column of ratings, where its cells are ratings."""
_A_RATING = re.compile(r"[1-5](?:[.,]0+)?(?:\D.*)?")


def rating_column(found: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """The columns, with the rating in the one column that can hold the manager's; without a rating where there is none.

    What people say of themselves is never taken for it. Raises LeftOpen where several columns could be it and their
    cells differ, or where the only one has others' ratings. What a person chose stays as chosen.
    """
    if "rating" in found.chosen:
        return found
    used = {place for key in found.where for place in found.places(key)} - set(found.places("rating"))
    mine: dict[tuple[str, ...], int] = {}
    others: list[int] = []
    for place, header in enumerate(found.header):
        words = set(words_of(header))
        cells = tuple(row[place] for row in rows)
        named = place in found.places("rating") or (words & _RATING and not words & _NO_RATING)
        named = named or (bool(words) and words <= _SETTLED and _are_ratings(cells))
        if place in used or not named:
            continue
        if words & _OTHERS or says_others(header):
            others.append(place)
        else:
            mine.setdefault(cells, place)
    mine = {cells: place for cells, place in mine.items() if any(cells)} or mine
    if len(mine) > 1:
        raise _which(found, list(mine.values()), "could each be the rating", "Say which one counts")
    if others and not mine:
        told = "may be what people say of themselves, or others of them; only your own ratings belong here"
        raise _which(found, others, told, "If it is yours, say so")
    sure = [
        place
        for place in mine.values()
        if place in found.places("rating") or set(words_of(found.header[place])) <= _RATING | _MANAGERS
    ]
    return found.without("rating").with_place("rating", *sure) if sure else found.without("rating")


def _are_ratings(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if not is_nothing(cell)]
    return bool(filled) and all(_A_RATING.fullmatch(cell) for cell in filled)


def _which(found: Columns, places: Sequence[int], told: str, ask: str) -> LeftOpen:
    headers = [found.header[place] for place in places]
    return LeftOpen(
        f"{listed([f'“{shown(header)}”' for header in headers])} {told}.",
        f'{ask}: --column rating="{shown(headers[-1])}".',
        "column",
        key="rating",
        options=headers,
    )


NOTE_HEADERS = (
    *("note", "notes", "comment", "comments", "evidence", "reason", "remark", "remarks", "rationale", "justification"),
    *("explanation", "feedback", "narrative", "observation", "observations", "examples"),
    *("kommentar", "kommentare", "bemerkung", "bemerkungen", "begrundung", "comentario", "comentarios", "commentaire"),
)
"""What the ground of a rating is called, the surest first."""

_WHAT = frozenset({*NOTE_HEADERS, "reasons", "reasoning", "commentary", "narratives", "explanations", "example"})
_RATERS = frozenset(
    {
        *("reviewer", "rater", "manager", "mgr", "supervisor", "evaluator", "assessor", "appraiser", "boss", "lead"),
        *("leader", "my", "superior", "director", "hr"),
    }
)
_MORE = frozenset(
    {
        *("overall", "supporting", "general", "additional", "further", "other", "final", "written", "summary", "main"),
        *("performance", "rating", "review", "appraisal", "evaluation", "assessment", "score", "grade", "annual"),
        *("year", "yearend", "end", "mid", "midyear", "half", "quarter", "quarterly", "monthly", "calibration", "free"),
        *(
            "text",
            "detailed",
            "brief",
            "short",
            "optional",
            "mandatory",
            "required",
            "line",
            "direct",
            "team",
            "people",
        ),
        *("competency", "standard", "criterion", "behaviour", "behavior", "the", "a", "and", "or", "s", "your"),
    }
)
"""Words beside it that leave its meaning as it is."""
_WHOSE = frozenset({"by", "from", "of"})
_ON_WHAT = frozenset({"for", "on", "about", "to", "regarding", "re", "behind"})
_THEIRS = _OTHERS | {"emp", "appraisee", "reviewee", "mitarbeiter", "empleado", "salarie", "individual"}
_PLURAL = re.compile(r"\(s\)", re.IGNORECASE)
_MEASURES = frozenset({"rating", "score", "grade"})
_ASIDE = re.compile(r"[-–—:/|_.,(\[]")
_RUN_TOGETHER = re.compile(rf"((?:{'|'.join(sorted(_RATERS | (_MORE - {'a', 's'})))})s?)+(?:{'|'.join(sorted(_WHAT))})")


def note_column(found: Columns) -> Columns:
    """The columns, with the note in the one that is surest to hold it: that of whoever rated comes first. What people
    or others say is never taken for it. What a person chose stays as chosen."""
    if "note" in found.chosen:
        return found
    left = found.without("note")
    used = {place for key in left.where for place in left.places(key)}
    fits = []
    for place, header in enumerate(found.header):
        words = [word for word in words_of(_PLURAL.sub("", header)) if not word.isdecimal() and word != "q"]
        is_plain = found.is_named(place, NOTE_HEADERS)
        if place in used or _is_theirs(header, words) or not (is_plain or _is_ground(header, words)):
            continue
        rank = min((NOTE_HEADERS.index(word) for word in words if word in NOTE_HEADERS), default=len(NOTE_HEADERS))
        fits.append((not any(map(_rates, words)), not is_plain, rank, place))
    return left.with_place("note", min(fits)[-1]) if fits else left


def _rates(word: str) -> bool:
    return word in _RATERS or word.removesuffix("s") in _RATERS


def _is_theirs(header: str, words: list[str]) -> bool:
    """Whether it holds what those who are rated, or others, say: `Employee comments`, not `Comments on employee`."""
    about = next((place for place, word in enumerate(words) if word in _ON_WHAT), len(words))
    return not _THEIRS.isdisjoint(words[:about]) or (about == len(words) and says_others(header))


def _is_ground(header: str, words: list[str]) -> bool:
    """`Reviewer's comments`, `Overall feedback`, `Notes from manager`, `Comments (manager)`; not `Feedback score`."""
    heads = [place for place, word in enumerate(words) if word in _WHAT]
    if not heads:
        return any(_RUN_TOGETHER.fullmatch(word) for word in words) and len(words) == 1
    before, after = words[: heads[0]], words[heads[-1] + 1 :]
    if not all(_rates(word) or word in _MORE for word in before):
        return False
    of_what = next((place for place, word in enumerate(after) if word in _ON_WHAT), len(after))
    whose, about = after[:of_what], after[of_what:]
    if not all(word in _MORE | _THEIRS | _ON_WHAT | {"ratings", "scores"} for word in about):
        return False
    if not whose or whose[0] in _WHOSE:
        return all(_rates(word) or word in _MORE | _WHOSE for word in whose)
    return bool(_ASIDE.search(header)) and all(_rates(word) or word in _MORE - _MEASURES for word in whose)
