"""Lines of a roster that are about nobody: totals, headings, what a report says about itself, and vacancies."""

from __future__ import annotations

import re

from meetingtool.importers.name_order import SMALL_WORDS
from meetingtool.importers.names import is_name
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
    r"|^(?:head ?count|count|sum|mean|median|summe|zwischensumme|anzahl|average|gesamt\w*|insgesamt|somme|effectif)\b"
    r"\s*(?:[(:=\d]|$)"
    r"|^(?:records?|rows?|employees|staff|people|mitarbeiter|salaries|empleados|promedio|suma|moyenne)\b\s*[(:=\d]"
    r"|^n ?= ?\d"
    r"|^(?:number|no\.?|nr\.?) of\b|^\d+ (?:employees?|records?|rows?|people|staff|mitarbeiter|salaries|empleados)\b"
)
_ABOUT_THE_REPORT = re.compile(
    r"^(?:page|seite|pagina|blatt|feuille)\s*\d|^\w+ed by\b|^last (?:updated|changed|modified|saved|run)\b"
    r"|^\d+ (?:of|von|de|sur) \d+$|^\W*end\W*$"
    r"|^(?:end of|fin d[eu]l?|fine del|ende de[rs])\b"
    r"|^(?:strictly )?(?:confidential|vertraulich|confidentiel|confidencial|riservato)\b(?:\W|$)"
    r"|^(?:report|printed|generated|exported|created|downloaded|run|produced|(?:applied )?filters?|gedruckt|erstellt"
    r"|stand|edite|imprime|genere|generado|impreso|source|confidential|vertraulich|confidentiel|confidencial"
    r"|disclaimer|copyright|notes?|legend|as of|effective)\b(?:.*(?:\d|:|\bby\b|\bon\b)|\W*$)"
)
_OF_THE_HOUSE = re.compile(
    r"^(?:©|\(c\)|tel(?:ephone|efon)?\b\W*\d)|^(?:\w+ )?(?:internal|official) use\b|\buse only$|^all rights reserved"
    r"|^(?:not for|do not) (?:distribut|circulat|cop)|^(?:strictly )?(?:proprietary|private and confidential)\b"
    r"|^(?:nur )?(?:fur den )?(?:internen gebrauch|dienstgebrauch)|^(?:a |pour )?usage interne|^(?:para )?uso interno"
    r"|^https?:|\bwww\.\w|^[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|example|io|de|fr|es|it|nl|uk|eu|ch|at|mx|br)(?:/\S*)?$"
    r"|\b(?:inc|ltd|llc|llp|corp|gmbh|plc|pty|s\.?a\.? ?r\.?l|s\.p\.a|s\.r\.l)\.?$"
)
"""What a firm puts under its papers: whose they are, for whom they are, its name, and where it is found."""
_FIRM = re.compile(r"\b(?:s\.a|s\.l|b\.v|n\.v|ag|kg|bv|nv|oy|sas|spa|srl|co)\.?$")
"""Ends of a firm's name that people's names have, too."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VACANT = re.compile(
    r"^(?:vacan(?:t|cy|te)|open (?:position|req\w*|role)|to be (?:hired|filled|named|announced|confirmed)|tbh|new hire"
    r"|poste (?:vacant|a pourvoir)|unbesetzt|vakant|offene stelle|n\. ?n\.)(?!\w)"
)
NAMELESS = "no name; left out."
NO_NAME = "an e-mail address or a #tag instead of a name; left out."
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
    patterns = (_TOTAL, _ABOUT_THE_REPORT, _OF_THE_HOUSE)
    if any(each.search(said) for each in patterns) or cell.rstrip().endswith(":") or re.search(r"\w: ", cell):
        return A_TOTAL
    return "" if is_name(cell) else NO_NAME


def is_phrase(cell: str) -> bool:
    """Whether a line with nothing else on it reads unlike a name: a sentence, a year, or a firm's ending."""
    first, *rest = re.findall(r"[^\W\d_]+", cell) or [""]
    written = first[:1].isupper() and any(len(word) > 2 and word.islower() and word not in SMALL_WORDS for word in rest)
    return written or bool(_YEAR.search(cell) or _FIRM.search(fold(cell)))


def may_be_called(cell: str) -> bool:
    """Whether a cell that reads like a total could be the name of a person: Max Total, but not Grand Total."""
    words = fold(cell).split()
    return 1 < len(words) <= 4 and all(map(str.isalpha, words)) and not _SUMMED.issuperset(words)
