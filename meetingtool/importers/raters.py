"""Whether others than the manager gave ratings in a table, judged by the cells of columns that hold nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from meetingtool.importers.columns import WHOSE, Columns, find_columns, shown, words_of
from meetingtool.importers.date_columns import is_nothing
from meetingtool.importers.left_open import LeftOpen
from meetingtool.importers.name_order import turned
from meetingtool.importers.names import email_in
from meetingtool.importers.roster_fields import ROSTER_FIELDS
from meetingtool.importers.standing import says_yes
from meetingtool.importers.tabular import Sheet
from meetingtool.importers.whom import Whom, named
from meetingtool.records.people import Person
from meetingtool.rules.folding import fold
from meetingtool.rules.naming import name_key
from meetingtool.rules.wording import shortened

_REVIEW = (
    r"(?:re?view|assess|evalua|apprais|rat(?:e|ing)|feedback|scor|survey|form|beurteil|bewert|einschatz|valuta|valora"
    r"|avalia|califica|autovalor|beoord|reflex|reflect|bedom|skatt|utvard|vurder|arvio|ocen|hodno|ertekel|degerlend"
    r"|оцен|оцін|аттест|αξιολ)\w*"
)
_SELF = r"(?:self|selbst|eigen|auto|zelf|sjalv|selv|egen|itse|samo|sebe|on|oz|само|αυτο)"
_SELF_REVIEW = re.compile(_SELF + _REVIEW)
_OTHER = re.compile(
    r"self|selbst|auto|zelf|sjalv|selv|itse|peers?|pari?|gleichgestell\w*|colleagues?|coworkers?|teammates?|directreports?|subordin\w*|upward"
    r"|kolleg\w*|collegu\w*|colleg[ahi]\w*|coleg\w*|koleg\w*|compane\w*|pares|pairs?|subordonn\w*|untergeben\w*"
    r"|unterstellt\w*|ondergeschikt\w*|podwlad\w*|wspolprac\w*|underordn\w*|коллег\w*|колег\w*|подчин\w*|ذاتي\w*|עצמי\w*"
)
_OTHER_BEGINS = tuple(
    map(fold, ("自己", "自评", "自評", "本人", "同僚", "同事", "部下", "下属", "下屬", "자기", "본인", "동료", "부하"))
)
_OWN = frozenset({"own", "eigene", "propia", "propio", "propria", "proprio", "oz", "kendi", "vlastni"})
"""Words for oneself that can mean many other things without a word for a review beside them."""
_RATED = frozenset({"employee", "ee", "worker", "associate", "ratee", "reviewee", "mitarbeiter", "empleado", "salarie"})
"""Words for those who are rated: in a column of those who rate they mean the same as `Self`."""
_MANAGER = frozenset(
    {
        *("manager", "managers", "supervisor", "boss", "lead", "leader", "head", "director", "chief", "superior"),
        *("vorgesetzter", "vorgesetzte"),
        *("fuhrungskraft", "chef", "chefe", "jefe", "responsable", "superieur", "leidinggevende", "capo", "kierownik"),
    }
)
_MINE = ("me", "i", "myself")
_OF_A_MANAGER = _MANAGER | {
    "name",
    "id",
    "number",
    "no",
    "email",
    "mail",
    "line",
    "direct",
    "team",
    "reports",
    "to",
    "s",
}
"""Words of a column that names the manager of those who are rated, as rosters do."""
_GIVES = frozenset(
    {
        *("rater", "reviewer", "evaluator", "assessor", "appraiser", "by", "from", "respondent", "responder"),
        *("submitter", "observer", "scorer", "author", "judge", "beurteiler", "bewerter", "bewertender", "evaluador"),
        *("evaluadora", "evaluateur", "evaluatrice", "valutatore", "avaliador", "beoordelaar", "oceniajacy"),
    }
)
_ASKS = frozenset({"is", "was", "are", "this", "ist", "es", "est", "of", "by"})
"""Words that only make a question or a note of what stands beside them: `Is self?`."""
_TOGETHER = re.compile(r"\b(direct|co|team)[ -](?=reports?\b|workers?\b|mates?\b)")
_SEVERAL = re.compile(r"[;,/&|()\[\]\n:]+|\s[-–—]\s")
_NO_PEOPLE = frozenset({"middle", "addition", "prefix", "last2", "suffix", "department"})
"""What names people in rosters without meaning them: parts of names, and departments called after who leads them."""
_OF_THE_RATED = frozenset({"name", "first", "last", "nicknames", "handle", "email", "number"})
_LEAST_DIGITS = 3
"""Of a number that is taken for that of an employee, whatever its column is called."""
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS, _LONGEST = 5, 80


def says_others(cell: str, *, alone: bool = False) -> bool:
    """Whether words say that somebody other than the manager rated: `Peer`, `Self Review 2026`, `Autoevaluación`.

    alone: the words must say nothing else.
    """
    if len(cell) > _LONGEST:
        return False
    words = _WORD.findall(_TOGETHER.sub(r"\1", fold(cell)))
    told = [word for word in words if len(word) > 1 and not word.isdecimal() and word not in _ASKS]
    if not told or len(told) > _MOST_WORDS:
        return False
    others = [bool(_OTHER.fullmatch(word)) or word.startswith(_OTHER_BEGINS) for word in told]
    own = [bool(_SELF_REVIEW.fullmatch(word)) for word in told]
    review = [bool(re.fullmatch(_REVIEW, word)) for word in told]
    sides = [word in _MANAGER or word in _RATED for word in told]
    if any(others) or any(own):
        only = all(map(any, zip(others, own, review, sides, strict=True)))
        return only or (not alone and (any(own) or any(review)))
    return not alone and any(review) and any(word in _OWN for word in told)


def check_raters(found: Columns, sheet: Sheet, wide: Collection[int], whom: Whom, manager: str) -> None:
    """Raise LeftOpen where a column that holds nothing else says that others gave some of the ratings: it names people
    of the team, or several who rate, or has words such as `Self` and `Peer`.

    wide: the places of columns that hold ratings beside that of ratings. manager: the name of whoever imports them.
    A column that names the rated person again, or the manager as rosters do, doesn't count. The first of its options is
    the column, the second what was seen in it. A person who said that there is no such column is not asked.
    """
    if "rater" in found.chosen and "rater" not in found:
        return
    chosen = found.places("rater") if "rater" in found.chosen else ()
    if title := next(filter(says_others, sheet.above), "") if not chosen else "":
        raise _asked("The title of the table", title, "")
    check = _Check(found, sheet, wide, whom, manager)
    for place in chosen or range(len(found.header)):
        index = check.others_in(place)
        if index is not None:
            header = f"“{shown(found.header[place])}”" if found.header[place] else f"Column {place + 1}"
            said = sheet.rows[index][place]
            if place in check.ratings:
                said = said.lstrip("0123456789.,/ ")
            raise _asked(header, said, f" ({sheet.places([sheet.lines[index]])})")


def _asked(where: str, cell: str, at: str) -> LeftOpen:
    seen = f"“{shortened(' '.join(cell.split()), 40)}”{at}"
    return LeftOpen(
        f"{where} has {seen}: others seem to have given ratings, too; only your own belong here.",
        'Leave only your own lines in the file. If all are yours, say so: --column rater="".',
        "raters",
        key="rater",
        options=[where, seen],
    )


class _Check:
    """The cells of a table, and whom they could name."""

    def __init__(self, found: Columns, sheet: Sheet, wide: Collection[int], whom: Whom, manager: str) -> None:
        self.found, self.rows, self.whom, self.manager = found, sheet.rows, whom, name_key(manager)
        self.ratings = {*found.places("rating"), *wide}
        self.used = {place for key in found.where for place in found.places(key)} - set(found.places("rater"))

    @cached_property
    def rated(self) -> list[Person | None]:
        """Whom each row is about."""
        return [self.whom.known_in(row) for row in self.rows]

    @cached_property
    def words(self) -> frozenset[str]:
        """The words by one of which whatever names somebody of the team is known, so that few cells are looked up."""
        known: set[str] = set()
        for person in self.whom.roster.everyone:
            for said in (person.name, person.handle, person.email, person.number, *person.nicknames):
                found = _WORD.findall(fold(said))
                known.update(word.lstrip("0") for word in (*found, "".join(found)))
            known.update("".join(_WORD.findall(fold(word))) for word in person.name.split())
        return frozenset(known)

    def others_in(self, place: int) -> int | None:
        """A row whose cell in a column says that others rated; None where none does."""
        header = self.found.header[place]
        words = set(words_of(header))
        first: dict[str, int] = {}
        for index, row in enumerate(self.rows):
            if not is_nothing(row[place]):
                first.setdefault(row[place], index)
        if place in self.ratings:
            return next((index for cell, index in first.items() if says_others(cell)), None)
        gives = bool(words & _GIVES) or place in self.found.places("rater")
        key = "" if gives else next(iter(find_columns([header], ROSTER_FIELDS, {}).where), "")
        if place in self.found.places("note"):
            return next((index for cell, index in first.items() if says_others(cell, alone=True)), None)
        if place in self.used:
            return None
        for cell, index in first.items():
            rated = gives and bool(set(words_of(cell)) & _RATED)
            said = says_others(cell, alone=bool(key)) and not (key == "department" and fold(cell) == "auto")
            if rated or said or (says_yes(cell) and says_others(header)):
                return index
        if key in _NO_PEOPLE or (words <= _OF_A_MANAGER and (words & _MANAGER or {"reports", "to"} <= words)):
            return None
        named = self._named(place, first, key, gives)
        return self._several(first) if gives and named is None else named

    def _several(self, first: Mapping[str, int]) -> int | None:
        """A row with a rater other than the first one, or other than the manager."""
        called = {cell: name_key(turned(cell)) for cell in first}
        left = [cell for cell, name in called.items() if name not in (self.manager, *_MINE, *_MANAGER)]
        others = left if len(left) < len(called) else [cell for cell in left if called[cell] != called[left[0]]]
        return first[others[0]] if others else None

    def _named(self, place: int, first: Mapping[str, int], key: str, gives: bool) -> int | None:
        """A row that names somebody on the team, unless the column names whoever is rated.

        A lone word and a number name somebody only where all cells of the column do.
        """
        people = {cell: list(self._people(cell, gives)) for cell in first}
        if key in _OF_THE_RATED or ((WHOSE | _RATED) & set(words_of(self.found.header[place])) and not gives):
            cells = ((index, row[place]) for index, row in enumerate(self.rows) if row[place] in first)
            if all(any(self.rated[index] == one for one, _ in people[cell]) for index, cell in cells):
                return None
        found = next((first[cell] for cell in first if any(sure for _, sure in people[cell])), None)
        if found is None and first and (not key or key in _OF_THE_RATED) and all(people.values()):
            return next(iter(first.values()))
        return found

    def _people(self, cell: str, gives: bool) -> Iterator[tuple[Person, bool]]:
        """Whom on the team a cell names, apart from the manager, and whether it surely means a person."""
        if self.words.isdisjoint(word.lstrip("0") for word in _WORD.findall(fold(cell))):
            return
        for part in dict.fromkeys((cell, *_SEVERAL.split(cell))):
            said = part.strip()
            sure = " " in said or said.startswith("@") or bool(email_in(said))
            numbered = self.whom.with_number(said) if gives or len(said) >= _LEAST_DIGITS else []
            for one in (*named(self.whom.roster, said), *self.whom.with_email(said), *numbered):
                if name_key(one.name) != self.manager:
                    yield one, sure
