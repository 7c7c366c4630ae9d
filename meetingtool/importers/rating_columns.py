"""Which column of a table holds the ratings that a manager gave, rather than those that others gave."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from meetingtool.importers.columns import Columns, shown, words_of
from meetingtool.importers.date_columns import is_nothing
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.whom import Whom
from meetingtool.rules.folding import fold
from meetingtool.rules.roster import Roster
from meetingtool.rules.wording import listed

_RATING = frozenset({"rating", "ratings", "score", "scores", "stars", "points", "mark", "marks", "grade"})
_OTHERS = frozenset(
    {
        *("self", "own", "employee", "employees", "ee", "worker", "associate", "agent", "staff", "colleague", "ratee"),
        *("colleagues", "peer", "peers", "subordinate", "subordinates", "report", "reports", "customer", "client"),
    }
)
"""Words of a column of ratings that people may have given to themselves, or others to them."""
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
_OTHER_SIDES = frozenset(
    {
        *("self", "peer", "peers", "colleague", "colleagues", "subordinate", "subordinates", "upward", "auto", "ratee"),
        *("autoevaluacion", "autoevaluation", "autoavaliacao", "autovalutazione", "autocalificacion", "autoanalyse"),
        *("selbst", "selbsteinschatzung", "selbstbewertung", "selbstbeurteilung", "selbsteinschaetzung", "samoocena"),
        *("zelf", "zelfbeoordeling", "zelfevaluatie", "sjalvskattning", "sjalvbedomning", "egenvurdering"),
        *(
            "kollege",
            "kollegin",
            "kollegen",
            "collega",
            "collegue",
            "companero",
            "companera",
            "colega",
            "pair",
            "pairs",
        ),
        *("par", "pares", "mitarbeiter", "subordinado", "subordonne", "untergebene", "employee", "associate"),
    }
)
"""Words for whoever gave a rating that mean that it was not the manager."""
_REPORTS = ({"direct", "report"}, {"direct", "reports"})
_SIDES = _OTHER_SIDES | {
    *("manager", "supervisor", "direct", "report", "reports", "boss", "customer", "other", "lead", "rating", "form"),
    *(
        "assessment",
        "review",
        "evaluation",
        "appraisal",
        "skip",
        "level",
        "feedback",
        "survey",
        "annual",
        "year",
        "mid",
    ),
    *("half", "end", "vorgesetzter", "vorgesetzte", "fuhrungskraft", "jefe", "responsable", "n"),
}
_LIKE_A_RATER = frozenset(
    {
        *("by", "from", "author", "assessor", "rater", "reviewer", "evaluator", "appraiser", "submitter", "respondent"),
        *("giver", "source", "perspective", "form", "von", "durch", "bewerter", "beurteiler", "par", "evaluateur"),
        *("evaluador", "avaliador", "por", "da", "valutatore", "beoordelaar", "door", "creator", "completed", "owner"),
    }
)
"""Words of a header that is about whoever gave a rating."""
_ABOVE = frozenset(
    {
        *("manager", "managers", "supervisor", "boss", "lead", "leader", "head", "director", "reports", "chief", "hr"),
        *("vorgesetzter", "vorgesetzte", "fuhrungskraft", "jefe", "responsable", "superieur", "buddy", "mentor"),
    }
)
"""Words of a header that is about whom people work with."""
_SENDERS = frozenset({"e", "mail", "email", "address", "user", "username", "login", "id"})
"""Words of the column in which a form notes who filled it in, which is whoever imports it."""


def rating_column(found: Columns, rows: Sequence[Sequence[str]]) -> Columns:
    """The same, with the rating in the one column that can hold the manager's; without it where there is none.

    What people say of themselves is never taken for it. Raises LeftOpen where several columns could be it and their
    cells differ, or only one of others' ratings. What a person chose stays as chosen.
    """
    if "rating" in found.chosen:
        return found
    used = {place for key in found.where for place in found.places(key)} - set(found.places("rating"))
    mine: dict[tuple[str, ...], int] = {}
    others: list[int] = []
    for place, header in enumerate(found.header):
        words = set(words_of(header))
        named = place in found.places("rating") or (words & _RATING and not words & _NO_RATING)
        cells = tuple(row[place] for row in rows)
        if place in used or not named:
            continue
        if words & _OTHERS:
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


def _which(found: Columns, places: Sequence[int], told: str, ask: str) -> LeftOpen:
    headers = [found.header[place] for place in places]
    return LeftOpen(
        f"{listed([f'“{shown(header)}”' for header in headers])} {told}.",
        f'{ask}: --column rating="{shown(headers[-1])}".',
        "column",
        key="rating",
        options=headers,
    )


def check_raters(found: Columns, rows: Sequence[Sequence[str]], roster: Roster, standards: Collection[int]) -> None:
    """Raise LeftOpen where a column shows that others gave some of the ratings: people of the team, several names, the
    person's own, or words such as `Self` and `Peer`. standards: the places of columns that hold ratings.
    """
    if "rater" in found.chosen:
        return
    used = {place for key in found.where for place in found.places(key)} - set(found.places("rater"))
    for place, header in enumerate(found.header):
        said = {row[place] for row in rows if not is_nothing(row[place])}
        if place in used or place in standards or not header or not said:
            continue
        named = place in found.places("rater")
        words = [set(fold(cell).replace("-", " ").split()) for cell in said]
        sides = [{word for word in each if word.isalpha()} for each in words]
        others = any(each & _OTHER_SIDES or any(two <= each for two in _REPORTS) for each in sides)
        own = named and any(row[place] and fold(row[place]) == fold(found.cell(row, "person")) for row in rows)
        if (
            (all(each <= _SIDES for each in sides) and others)
            or own
            or (named and len({fold(cell) for cell in said}) > 1)
            or _names_the_team(found, place, rows, roster)
        ):
            raise LeftOpen(
                f"“{shown(header)}” says that others gave ratings, too; only your own belong here.",
                'Leave only your own lines in the file. If all are yours, say so: --column rater="".',
                "raters",
                key="rater",
                options=[header],
            )


def _names_the_team(found: Columns, place: int, rows: Sequence[Sequence[str]], roster: Roster) -> bool:
    """Whether a column that no other use is known of names people of the team, who gave the ratings then. It is not
    about them where it is called after whom they work for, or only says again whom a line is about."""
    words = set(words_of(found.header[place]))
    rater = place in found.places("rater") or bool(words & _LIKE_A_RATER)
    if not rater and (words & _ABOVE or words <= _SENDERS):
        return False
    whom = Whom(found, roster)
    meant = [(whom.named_by(row[place], loosely=rater), whom.who(row)) for row in rows if not is_nothing(row[place])]
    return any(who and (rater or about not in who) for who, about in meant)
