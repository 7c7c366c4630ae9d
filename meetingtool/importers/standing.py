"""What the status of a person in a roster says: whether somebody is still there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from meetingtool.importers.columns import WHOSE
from meetingtool.importers.date_columns import is_nothing
from meetingtool.rules.folding import fold

Standing = Literal["here", "gone", "neither", "unclear"]
"""neither: the status is about something else, such as working hours. unclear: it is not understood."""

_GONE = frozenset(
    {
        *("left", "leaver", "gone", "former", "ex", "inactive", "terminated", "terminate", "termination", "term"),
        *("termed", "resigned", "resignation", "retired", "retiree", "dismissed", "quit", "departed", "separated"),
        *(
            "fired",
            "redundant",
            "deceased",
            "offboarded",
            "archived",
            "relieved",
            "exited",
            "withdrawn",
            "pensioner",
            "ended",
            "deactivated",
        ),
        *("ausgeschieden", "ausgetreten", "inaktiv", "gekundigt", "verrentet", "inactif", "parti", "sorti", "sortie"),
        *(
            "demissionnaire",
            "licencie",
            "retraite",
            "baja",
            "inactivo",
            "inactiva",
            "cesado",
            "cesada",
            "finiquitado",
            "cessato",
        ),
        *("cessata", "dimesso", "licenziato", "demitido", "inativo", "desligado", "uitdienst"),
    }
)
_HERE = frozenset(
    {
        *(
            "active",
            "employed",
            "current",
            "working",
            "present",
            "hired",
            "rehired",
            "onboard",
            "onboarded",
            "onboarding",
        ),
        *("aktiv", "angestellt", "beschaftigt", "actif", "active", "activo", "activa", "alta", "reingreso", "attivo"),
        *("attiva", "ativo", "vigente", "actief"),
        *("leave", "loa", "sabbatical", "maternity", "paternity", "parental", "furlough", "vacation", "sick"),
        *("absent", "disability", "elternzeit", "mutterschutz", "ruhend", "krank", "conge", "licencia", "incapacidad"),
    }
)
"""Somebody on leave is still on the team."""
_OF_SOMETHING_ELSE = frozenset(
    {
        *("full", "part", "time", "fulltime", "parttime", "ft", "pt", "regular", "permanent", "temporary", "temp"),
        *(
            "casual",
            "seasonal",
            "contract",
            "contractor",
            "contingent",
            "consultant",
            "intern",
            "trainee",
            "apprentice",
        ),
        *("probation", "probationary", "exempt", "nonexempt", "non", "hourly", "salaried", "salary", "confirmed"),
        *("vollzeit", "teilzeit", "befristet", "unbefristet", "azubi", "cdi", "cdd", "interim", "stagiaire"),
        *("eligible", "payroll", "employee", "worker", "status", "on", "of", "and", "a", "the", "with", "pay", "c"),
        *("planta", "confianza", "sindicalizado", "eventual", "tempo", "integral", "per", "diem", "prn", "w2", "1099"),
    }
)
_WILL = frozenset({"voluntary", "voluntarily", "involuntary", "involuntarily"})
_LETTERS: dict[str, Standing] = {"a": "here", "l": "here", "t": "gone", "i": "gone"}
_ELSEWHERE = re.compile(r"(?:ex|former(?:ly)?)\b[\s-]*(\S.*)")
_OF_HERE = WHOSE | {
    *("member", "team", "mitarbeiterin", "kollege", "kollegin", "empleada", "dipendente", "salariee", "collaborateur"),
    *("collaboratrice", "collaboratore", "medewerker", "werknemer", "funcionario", "colaborador", "colaboradora"),
    *("trabajador", "trabajadora", "pracownik", "zamestnanec", "starter", "hire"),
}
"""What somebody is no longer who has left here: `Ex-employee`; with any other word, `ex-Acme`, it is another house."""
_LENGTH = re.compile(r"\b(?:long|short|fixed|limited|full)[ -]?term\b")
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "si", "sim"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "nao"})


def standing_of(status: str) -> Standing:
    """What a status says, such as `Voluntarily Terminated`, `A`, `On leave` or `Full-Time`."""
    said = fold(status.strip())
    if is_nothing(said):
        return "here" if said in ("active", "current", "present") else "neither"
    if said in _LETTERS:
        return _LETTERS[said]
    words = re.findall(r"[^\W_]+", _LENGTH.sub(" ", said))
    rest = [word for word in words if word not in _OF_SOMETHING_ELSE]
    if any(word in ("not", "no", "non", "nicht") and after in _HERE for word, after in pairwise(words)):
        return "gone"
    before = _ELSEWHERE.fullmatch(said)
    if before and not set(re.findall(r"[^\W_]+", before[1])) & (_OF_HERE | _OF_SOMETHING_ELSE | _GONE | _HERE):
        return "unclear"
    if "longer" in words or any(word in _GONE for word in rest):
        return "gone"
    if any(word in _HERE for word in rest):
        return "here"
    return "unclear" if rest else "neither"


def says_gone(cell: str) -> bool:
    """Whether a short cell says that somebody has left and nothing else: `Termination`, `INACTIVE`."""
    words = re.findall(r"[^\W_]+", fold(cell))
    return any(word in _GONE for word in words) and all(word in _GONE | _OF_SOMETHING_ELSE | _WILL for word in words)


def says_yes(cell: str) -> bool:
    """Whether a cell is a yes."""
    return fold(cell.strip()) in _YES


def answer_of(cell: str, yes: Standing, no: Standing) -> Standing:
    """What an answer says in a column whose name is a question; other words are a status."""
    said = fold(cell.strip())
    if said in _YES:
        return yes
    return no if said in _NO else standing_of(cell)


def are_letters(cells: Sequence[str]) -> bool:
    """Whether cells are the letters of a status, some of which say here and some gone: A, T."""
    said = {_LETTERS.get(fold(cell.strip()), "unclear") for cell in cells}
    return said == {"here", "gone"}


def is_answer(cell: str) -> bool:
    """Whether a cell is a yes or a no."""
    return fold(cell.strip()) in _YES | _NO


def together(standings: list[Standing]) -> Standing:
    """What several columns of status say together about one person: unclear where they contradict each other."""
    told = {standing for standing in standings if standing != "neither"}
    sure = told - {"unclear"} or told
    return "neither" if not told else sure.pop() if len(sure) == 1 else "unclear"
