"""Which column of a table of ratings holds their ground: what whoever rated wrote, not what others did."""

from __future__ import annotations

import re

from meetingtool.importers.columns import Columns, words_of
from meetingtool.importers.raters import says_others
from meetingtool.importers.rating_columns import OTHERS

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
_THEIRS = OTHERS | {"emp", "appraisee", "reviewee", "mitarbeiter", "empleado", "salarie", "individual"}
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
