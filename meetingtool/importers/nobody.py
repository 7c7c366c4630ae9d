"""Lines of a roster that are about nobody: totals, headings, what a report says about itself, and vacancies."""

from __future__ import annotations

import re

from meetingtool.rules.folding import fold

_NONE = frozenset(
    {
        *(
            "n/a",
            "N/A",
            "#N/A",
            "#n/a",
            "#NAME?",
            "#REF!",
            "#VALUE!",
            "null",
            "NULL",
            "nan",
            "NaN",
            "NAN",
            "nil",
            "NIL",
        ),
        *("none", "None", "NONE", "tbd", "TBD", "tba", "TBA", "unknown", "Unknown", "UNKNOWN", "(blank)", "(Blank)"),
    }
)
"""Exactly as programs write them, because there are people called Null, Nan and Nil."""
_TOTAL = re.compile(
    r"\b(?:grand|sub)?[- ]?totale?s?\b"
    r"|^(?:head ?count|count|sum|summe|zwischensumme|anzahl|average|gesamt\w*|insgesamt|somme|effectif)\b\s*"
    r"(?:[(:=\d]|$)"
    r"|^(?:records?|rows?|employees|staff|people|mitarbeiter|salaries|empleados|promedio|suma|moyenne)\b\s*[(:=\d]"
    r"|^(?:number|no\.?|nr\.?) of\b|^\d+ (?:employees?|records?|rows?|people|staff|mitarbeiter|salaries|empleados)\b"
)
_ABOUT_THE_REPORT = re.compile(
    r"^(?:page|seite|pagina|blatt|feuille)\s*\d|^\d+ (?:of|von|de|sur) \d+$|^\W*end\W*$"
    r"|^(?:end of|fin d[eu]l?|fine del|ende de[rs])\b"
    r"|^(?:©|\(c\)|copyright)\s*\w|\ball rights reserved\b|^(?:for )?internal use\b|^(?:do )?not (?:for|distribute)\b"
    r"|^(?:https?://|www\.)\S+$|^\w[\w&., -]*[ ,](?:inc|ltd|llc|gmbh|corp|plc|s\.?a\.?r\.?l)\.?$"
    r"|^(?:strictly )?(?:confidential|vertraulich|confidentiel|confidencial|riservato)\b(?:\W|$)"
    r"|^(?:report|printed|generated|exported|created|downloaded|run|produced|(?:applied )?filters?|gedruckt|erstellt"
    r"|stand|edite|imprime|genere|generado|impreso|source|confidential|vertraulich|confidentiel|confidencial"
    r"|disclaimer|copyright|notes?|legend|as of|effective)\b(?:.*(?:\d|:|\bby\b|\bon\b)|\W*$)"
)
_VACANT = re.compile(
    r"^(?:vacan(?:t|cy|te)|open (?:position|req\w*|role)|to be (?:hired|filled|named|announced|confirmed)|tbh|new hire"
    r"|poste (?:vacant|a pourvoir)|unbesetzt|vakant|offene stelle|n\. ?n\.)(?!\w)"
)
NAMELESS = "no name; left out."
A_TOTAL = "a total, a heading or a note in the report, not a person; left out."
_SUMMED = frozenset(
    {
        *("grand", "sub", "total", "totals", "totale", "totales", "overall", "sum", "all", "employees", "staff"),
        *("people", "headcount"),
    }
)


def is_no_word(cell: str) -> bool:
    """Whether a cell holds no letter, or only a word that programs write for an empty cell."""
    return cell.strip() in _NONE or not any(letter.isalpha() for letter in cell)


def why_nobody(cell: str) -> str:
    """Why a cell of names gives nobody; empty where it may be a name."""
    said = fold(" ".join(cell.strip(" *-=_•").split()))
    if is_no_word(cell):
        return NAMELESS
    if _VACANT.match(said):
        return "a vacancy; left out."
    if _TOTAL.search(said) or _ABOUT_THE_REPORT.match(said) or cell.rstrip().endswith(":") or re.search(r"\w: ", cell):
        return A_TOTAL
    return ""


def may_be_called(cell: str) -> bool:
    """Whether a cell that reads like a total could be the name of a person: Max Total, but not Grand Total."""
    words = fold(cell).split()
    return 1 < len(words) <= 4 and all(map(str.isalpha, words)) and not _SUMMED.issuperset(words)
