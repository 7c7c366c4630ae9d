"""Which program an export comes from, by the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from meetingtool.importers.customers.headings import ColumnHeading
from meetingtool.rules.folding import fold

_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("surveymonkey", ("respondentid", "collectorid")),
    ("qualtrics", ("responseid", "recordeddate")),
    ("qualtrics", ("responseid", "enddate", "userlanguage")),
    ("qualtrics", ("responseid", "responseset")),
    ("typeform", ("submitdateutc", "networkid")),
    ("typeform", ("submitdateutc", "startdateutc")),
    ("limesurvey", ("responseid", "datesubmitted", "lastpage")),
    ("limesurvey", ("submitdate", "lastpage")),
    ("limesurvey", ("antwortid", "datumabgeschickt")),
    ("limesurvey", ("antwortid", "letzteseite")),
    ("limesurvey", ("datedesoumission", "dernierepage")),
    ("limesurvey", ("fechadeenvio", "ultimapagina")),
    ("formbricks", ("responseid", "surveyid", "finished")),
    ("formbricks", ("responseid", "formbricksid")),
    ("ms-forms", ("id", "starttime", "completiontime")),
    ("ms-forms", ("id", "startzeit", "fertigstellungszeit")),
    ("ms-forms", ("id", "heurededebut", "heuredefin")),
    ("ms-forms", ("id", "horadeinicio", "horadefinalizacion")),
    ("ms-forms", ("id", "oradiinizio", "oradicompletamento")),
    ("zendesk", ("ticketid", "satisfactionscore")),
    ("zendesk", ("ticketid", "satisfactionrating")),
    ("zendesk", ("satisfactionscore", "assignee")),
    ("zendesk", ("id", "requester", "satisfactionscore")),
    ("zendesk", ("ticketid", "ticketsatisfactionrating")),
    ("intercom", ("conversationid", "conversationrating")),
    ("alchemer", ("responseid", "timestarted", "datesubmitted")),
    ("delighted", ("personid", "score", "permalink")),
    ("delighted", ("score", "surveytype", "permalink")),
    ("asknicely", ("answer", "answerlabel")),
    ("jotform", ("submissiondate", "submissionid")),
    ("hubspot", ("surveyname", "surveytype", "submissiondate")),
    ("hubspot", ("surveyname", "surveychannel", "rating")),
    ("customergauge", ("datesurveyfilledin",)),
    ("customergauge", ("npssegment", "reference")),
    ("medallia", ("responsereceivedat", "starrating")),
    ("medallia", ("requestid", "requestsentat")),
    ("google-reviews", ("starrating", "createtime")),
    ("google-reviews", ("starrating", "reviewerdisplayname")),
    ("google-reviews", ("placeid", "rating")),
    ("google-reviews", ("placeid", "stars")),
    ("google-reviews", ("reviewer", "rating", "reviewdate")),
    ("trustpilot", ("reviewstars",)),
    ("trustpilot", ("trustscore", "rating")),
    ("trustpilot", ("consumerdisplayname", "stars")),
)
_STAMPS = frozenset(
    {
        *("timestamp", "zeitstempel", "horodateur", "marcatemporal", "informazionicronologiche", "carimbodedatahora"),
        *("tijdstempel", "sygnaturaczasowa"),
    }
)
"""What Google Forms calls its first column."""
_NOISE = re.compile(
    r"\d+|v\d+|export|exported|download|results?|responses?|answers?|ergebnisse?|antworten|reponses?|respuestas?|"
    r"sheet|"
    r"data|file|final|copy|first\d*|csv|xlsx"
)


def source_of(found: Sequence[ColumnHeading]) -> str:
    """`surveymonkey`, `qualtrics` and so on; `cards` for a plain table with few columns, else `table`."""
    names = ["".join(letter for letter in fold(heading.name) if letter.isalnum()) for heading in found]
    there = set(names)
    for source, signs in _SIGNS:
        if there.issuperset(signs):
            return source
    if names[0] in _STAMPS:
        return "google-forms"
    return "cards" if len(names) <= 6 else "table"


def name_of(file: str) -> str:
    """What a survey may be called, from the name of its file."""
    stem = file.rsplit(".", 1)[0] if "." in file else file
    words = [word for word in re.split(r"[\W_]+", stem) if word and not _NOISE.fullmatch(fold(word))]
    return " ".join(words)[:80].strip().capitalize() or "Survey"
