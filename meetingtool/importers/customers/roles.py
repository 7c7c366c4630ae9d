"""What each column of an export holds, recognised by its name in several languages and by its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from meetingtool.importers.customers.cells import (
    are_codes,
    are_ids,
    are_names,
    are_texts,
    are_various,
    is_unique,
    sample,
    tell_how_far,
)
from meetingtool.importers.customers.days import looks_like_days
from meetingtool.importers.customers.headings import ColumnHeading
from meetingtool.importers.customers.labels import lean, tidy
from meetingtool.records.surveys import Role
from meetingtool.rules.folding import fold

_NO_ID = re.compile(
    r"customer|client|kunde|user|person|member|contact|account(?! ?name\b)|device|visitor|session|cookie|order|phone|"
    r"mobil|tel\b|fax|\bip\b|mail|url|link|image|photo|zip|post ?code|plz|agent|employee|staff|survey|form|place"
)
"""Names of columns whose cells identify something other than the answer."""
_NO_CODE = re.compile(
    r"\b(?:amount|price|total|sum|cost|value|betrag|preis|summe|umsatz|revenue|seconds?|minutes?|duration|dauer|time|"
    r"zeit|table|tisch|room|zimmer|seat|score|rating|age|year|weight|distance|km|birth|plate|version)\b"
)
"""Names of columns whose numbers differ without identifying answers."""
_SURELY_ID = 0.5
"""The part of the ids that must differ in a column that can't hold anything else: people join exports by hand."""
_ID = (
    r"(?:response|respondent|answer|submission|antwort|reponse|respuesta|risposta|resposta|review|"
    r"survey response|delighted|feedback|rating) ?(?:id|token|uuid|key|nr|number)|"
    r"(?:id|identifiant|nummer) (?:de|der|van|della|da)?(?: la)? ?(?:reponse|respuesta|antwort|risposta|resposta)|"
    r"reviewid|responseid|respondentid|token",
    r"(?:record|entry) ?(?:id|nr|number)|id|#|uuid|guid|key|_id|id ?nr|lfd\.? ?nr|no|nr|nummer|numero|record|"
    r"reference|ref(?:erenz)?|(?:call|ticket|case|"
    r"chat|order|interview|rating|conversation|booking|visit|transaction|request|survey) ?(?:id|#|no|number|nr)|"
    r"name\.review|n°|id(?:entifiant)?",
)
_NAMED_AFTER = re.compile(
    r"(?:ticket|case|call|chat|interview|conversation|visit|request|transaction|reservation|incident|job|entry|record|"
    r"response|answer|submission|review|feedback|antwort|fall|vorgang|auftrag|beleg|bewertung|anfrage|rechnung|"
    r"invoice|receipt|dossier|caso|pedido|cas|reponse|respuesta|zaak|booking|buchung)s?"
    r" ?(?:s? ?(?:number|nummer|numero|num|nr|no|code|key|id|ref(?:erence)?|#))?"
)
"""What an answer is about, after which its id is named."""
_DATE = (
    r"(?:date |datum |fecha |data )?(?:submitted|submit|abgeschickt|soumission|envio|invio)(?: (?:date|at|on|"
    r"time))?(?: \(utc\))?|submit ?date(?: \(utc\))?|date (?:de soumission|d'envoi)|fecha de envio|"
    r"datum van inzending|submitdate|completed ?at|completion (?:time|date)|fertigstellungszeit|heure de fin|"
    r"hora de finalizacion|ora di completamento|hora de conclusao|recorded ?date|end ?date|enddatum|completed(?: on|"
    r" date)?|finished at",
    r"timestamp|zeitstempel|horodateur|marca temporal|informazioni cronologiche|carimbo de data/?hora|tijdstempel|"
    r"survey(?:ed)?(?: |_)?(?:at|date|on)|respon(?:ded|se)(?: |_)?(?:at|date|time|on)|review(?:ed)?(?: |_)?(?:date|"
    r"at|on)|review created(?: \(utc\))?|(?:rating|feedback|answer|antwort)(?: |_)?date|published ?at ?date|"
    r"published(?:date| ?at| on)?|create ?time|review ?time|umfrage ?datum|bewertungsdatum|date (?:of|de) (?:review|"
    r"avis|visit|experience|service)|datum der (?:umfrage|antwort|bewertung)|date published|rated ?at|answered ?at",
    r"date|datum|fecha|data|jour|tag|day|when|dia|date ?stamp|date last action",
    r"(?:survey |umfrage |invitation )?(?:sent|verschickt|gesendet|versand)(?: ?(?:at|on|am|date))?|date (?:survey )?"
    r"sent",
    r"created(?: ?at| on| date| time)?|creation date|erstellt(?: am)?|"
    r"erfasst(?: am)?|eingang(?:sdatum)?|received(?: on| at)?|date (?:created|received|recu)|call date|visit date|"
    r"besuch(?:sdatum)?|date ?time|month|monat|mois|mes|time|"
    r"(?:calendar |survey |iso ?)?week|kw|(?:kalender)?woche|quarter|quartal|period|updated? ?time|solved ?at",
    r"start ?date(?: \(utc\))?|startdatum|date started|started(?: at)?|start time|startzeit|heure de debut|"
    r"hora de inicio",
)
_CALLED_DATE = re.compile(r"date|datum|fecha|data|date ?time|date ?stamp|date last action|.*\bsent\b.*")
"""Names that are clear enough beside others."""
_IS_DAY = r"date|datum|fecha|data\b|time\b|zeit|horodat|hora\b|when\b|\bat\b|\bon\b|am\b|le\b"
_DATE_SOMEHOW = (
    re.compile(
        rf"^received$|\b(?:fill|complet|submi|soumi|abgeschickt|ausgefullt|responded|answered|rated|reviewed)|"
        rf"(?=.*{_IS_DAY}).*(?:envio|invio|respon|reponse|respuesta|risposta|resposta|answer|antwort|rating|review|"
        r"feedback|survey|umfrage|encuesta|enquete|satisf|zufrieden|csat|\bnps\b|\bscore)"
    ),
    re.compile(rf"{_IS_DAY}|created|closed|solved|visit|besuch"),
)
"""What else a column of days may be called: first the day of the answer, then any other day."""
_NOT_ANSWERED = re.compile(
    r"\bsent\b|invit|remind|\bopened|verschickt|gesendet|envoye|enviad|deliver|modified|geandert|modificat|expected|"
    r"next|previous|last (?:survey|contact)"
)
_NEVER_DAYS = re.compile(r"\b(?:id|nr|no|number|code|key|token|phone|zip|seconds?|minutes?|hours|duration|dauer)\b")
_NO_DATE = re.compile(
    r"birth|hire|dob|due|expir|scrap|termin|geburt|naiss|nacim|relative|joined|since|reply|respond(?!ed)|warranty"
)
_COMMENT = re.compile(
    r"comment|kommentar|commentaire|comentario|commento|opmerking|feedback|anything else|tell us|verbatim|remark|"
    r"bemerkung|anmerkung|remarque|review(?: |_)?(?:text|content|body|comment)?$|^(?:text|body|content|message|"
    r"nachricht|snippet)$|bewertungstext|rezension|avis$|resena|opinion|opinie|why\b|warum|pourquoi|por que|perche|"
    r"waarom|reason|grund|raison|suggestion|vorschlag|sugerencia|improve|verbesser|ameliorer|mejorar|liked|went well|"
    r"what (?:did|do|could|can|should|would)|was (?:konnen|konnten|hat|sollten|wurden|mochten)|que (?:pouvons|"
    r"podemos|podriamos)|in your own words|open.?ended|describe|sonst noch|autre chose|algo mas|free text|freitext|"
    r"ihre worte|one thing|words|\bsaid$|they wrote|^quote$|note(?:s|n)?$|explain|follow.?up "
    r"(?:response|answer|text|question)"
)
_SURELY_COMMENT = re.compile(
    r"comment|kommentar|commentaire|comentario|commento|opmerking|anything else|tell us|verbatim|remark|bemerkung|"
    r"anmerkung|remarque|review (?:text|content|body)$|^(?:text|words|quote)$|in your own words|sonst noch|free ?text|"
    r"feedback (?:message|text)|what (?:they|he|she|the customer|customers?) (?:said|wrote)|\bsaid$"
)
"""Names that nobody gives to a choice of answers, so that several customers may well have written the same words."""
_OWN_NOTES = re.compile(r"(?:my |our |staff )?(?:note|notes|notiz|notizen|notas)")
"""Where another column has customers' words, notes about an answer are not theirs."""
_NO_COMMENT = re.compile(
    r"response from|reply|(?<!follow up )respon(?:se|ded)(?! comment)|\bowner\b|company resp|address|url|link|"
    r"image|photo|agent|"
    r"e.?mail|phone|domain|topics?$|\[(?:other|autre|sonstiges|otr[oa]|andere)\b[^\]]*\]|sentiment|language|title$|"
    r"name$|tags?$|internal"
)
_PERSON = re.compile(
    r"(?:(?:assigned |handling |support |service |call )?agents?(?: name)?|(?:last )?teammates?(?: (?:name|"
    r"rated))?|agent rated|"
    r"assignee(?: name)?|served by|who(?: was it| served)?|"
    r"who (?:served|helped|assisted|looked after) you\b.*|(?:name of )?(?:the )?(?:employee|staff(?: member)?|"
    r"team member|associate|advisor|adviser|representative|rep|consultant|technician|operator|cashier|server|waiter|"
    r"colleague|clerk|specialist)(?: name)?(?: who .*)?|handled by|helped by|case owner|ticket owner|owner|"
    r"mitarbeiter(?:in|/?-?in|:in|\*in|name)?|bedient (?:von|durch)|berater(?:in|/?-?in|:in|\*in)?|"
    r"sachbearbeiter(?:in)?|bearbeiter(?:in)?|wer hat sie (?:bedient|beraten|betreut)\b.*|ansprechpartner(?:in)?|"
    r"betreut (?:von|durch)|conseill(?:er|ere)|vendeur|servi par|employe|qui vous a (?:servi|aide|conseille)\b.*|"
    r"collaborateur|agente?|asesor(?:a)?|empleado|atendido por|quien (?:le|te|lo) (?:atendio|ayudo)\b.*|operatore|"
    r"servito da|atendente|medewerker|geholpen door|who was your .*|which (?:employee|colleague|agent|staff member|"
    r"team member)\b.*)\s*[?:*]*"
)
_NAMED = re.compile(
    r"(?:did|was|is) (?:anyone|anybody|someone|somebody|there (?:anyone|anybody|someone|somebody))|(?:anyone|anybody|"
    r"someone|somebody|employee|staff|team member)\b.*(?:thank|recogni[sz]e|mention|praise|commend|stand out|"
    r"stood out|exceed|more than)|who (?:exceeded|went|did more|made)|(?:thank|recogni[sz]e|praise|"
    r"commend) (?:anyone|anybody|someone|somebody|a|an|one)|mochten sie jemand\w*|hat (?:jemand|sie jemand)\b.*|"
    r"gab es jemand\w*|quelqu'un|alguien|qualcuno|iemand"
)
_CUSTOMER = re.compile(
    r"(?:customer|client)(?: ?(?:name|id|no|nr|number))?|reviewer(?:\.?display ?name)?|kunde(?:nname)?|kundin|"
    r"author(?: ?name)?|requester(?: name)?|(?:review )?user ?name|company|firma|account(?: name)?|consumer|"
    r"guest(?: name)?|cliente|patient|gast|nom du client|nombre del cliente|klant(?:naam)?|respondent name|nickname"
)
_STATUS = re.compile(r"(?:(?:response|survey|answer|completion) )?(?:status|state)")
_FINISHED = re.compile(
    r"finished|beendet|termine|finalizado|completed\?|is completed|response type|response status|completion status"
)
_UNFINISHED = frozenset(
    [
        "0",
        "false",
        "no",
        "falsch",
        "nein",
        "faux",
        "non",
        "falso",
        "incomplete",
        "partial",
        "started",
        "unfinished",
        "teilweise",
        "unvollstandig",
        "disqualified",
        "in progress",
        "over quota",
        "overquota",
        "quota full",
        "deleted",
        "partiel",
        "incomplet",
        "parcial",
        "incompleto",
    ]
)
_CHOICES = re.compile(
    r"answer (?:choices|options)|response options|antwort(?:optionen|moglichkeiten)|(?:choix|options) de reponses?|"
    r"opcion(?:es)? de respuesta|opzioni di risposta|opcoes de resposta|antwoordkeuzes|antwoordopties"
)
_ROSTER = re.compile(
    r"(?:date ?of ?hire|hire ?date|hired|salary|job ?title|position|dept ?id|department|emp(?:loyee)? ?(?:id|no|"
    r"number|name)|manager(?: ?name| ?id)?|date ?of ?(?:birth|termination)|dob|employment ?status|termd|"
    r"eintrittsdatum|gehalt|abteilung|personalnummer|vorgesetzter?|race ?desc|marital ?desc)"
)

_SUMMED = 3
"""This many columns named after steps of one scale say how often each was chosen."""
Columns = Sequence[Sequence[str]]


def roles_of(found: Sequence[ColumnHeading], columns: Columns, today: date, taken: set[int]) -> dict[int, Role]:
    """The roles of columns by their index, except questions with a scale, whose indexes are `taken`."""
    roles: dict[int, Role] = {}
    names = [_told(heading) for heading in found]
    free = [index for index in range(len(found)) if index not in taken]
    day = _day(free, names, columns, today)
    if day is not None:
        roles[day] = "date"
    left = [at for at in free if at not in roles]
    one = _best(left, names, _ID[:1], lambda at: is_unique(columns[at], _SURELY_ID))
    if one is None:
        one = _best(left, names, _ID, lambda at: is_unique(columns[at]))
    if one is None:
        coded = [at for at in left if not _are_days(columns[at], today)]
        one = next((at for at in coded if _NAMED_AFTER.fullmatch(names[at]) and are_codes(columns[at])), None)
    if one is None:
        unnamed = [at for at in coded if not (_NO_ID.search(names[at]) or _NO_CODE.search(names[at]))]
        one = next((at for at in unnamed if are_ids(columns[at])), None)
    if one is not None:
        roles[one] = "id"
    for index in free:
        if index in roles:
            continue
        role = _by_name(found[index], names[index], columns[index])
        if role == "comment" or (role is not None and role not in roles.values()):
            roles[index] = role
    left = [index for index in free if index not in roles]
    roles |= dict.fromkeys((at for at in left if _is_open_question(found[at], names[at], columns[at])), "comment")
    said = [at for at, role in roles.items() if role == "comment"]
    own = [at for at in said if _OWN_NOTES.fullmatch(names[at])]
    if len(own) < len(said):
        roles = {at: role for at, role in roles.items() if at not in own}
    if not said:
        roles |= _longest(found, columns, left)
    return roles


def _day(free: Sequence[int], names: Sequence[str], columns: Columns, today: date) -> int | None:
    """The column with the days of the answers: by the names that tools use, then by other names, and finally the only
    one with days in it."""
    days: dict[int, bool] = {}

    def fits(at: int) -> bool:
        if at not in days:
            days[at] = not _NO_DATE.search(names[at]) and _are_days(columns[at], today)
        return days[at]

    likely = [at for at in free if not _NEVER_DAYS.search(names[at])]
    asked = [at for at in likely if not _NOT_ANSWERED.search(names[at])]
    surely, somehow = _DATE[:2], _DATE[2:]
    found = _best(free, names, surely, fits)
    if found is None:
        found = next((at for at in asked if _DATE_SOMEHOW[0].search(names[at]) and fits(at)), None)
    if found is None:
        found = _best(free, names, somehow, fits)
    if found is None:
        found = next((at for at in (*asked, *likely) if _DATE_SOMEHOW[1].search(names[at]) and fits(at)), None)
    if found is None:
        left = [at for at in asked if any(sign in cell for cell in columns[at][:20] for sign in "-/.:") and fits(at)]
        found = left[0] if len(left) == 1 else None
    return found


def doubtful_days(found: Sequence[ColumnHeading], columns: Columns, today: date, day: int) -> list[int]:
    """The columns with days, `day` among them, where no name says that it is the day of the answer."""
    names = [_told(heading) for heading in found]
    surely = any(re.fullmatch(rank, names[day]) for rank in _DATE[:2]) or _DATE_SOMEHOW[0].search(names[day])
    if surely or _CALLED_DATE.fullmatch(names[day]):
        return []
    return [
        at
        for at, name in enumerate(names)
        if not (_NEVER_DAYS.search(name) or _NO_DATE.search(name) or _NOT_ANSWERED.search(name))
        and not re.fullmatch(_DATE[-1], name)
        and any(sign in cell for cell in columns[at][:20] for sign in "-/.:")
        and _are_days(columns[at], today)
    ]


def is_summary(found: Sequence[ColumnHeading]) -> bool:
    """Whether the first column lists the choices of a question, with how often each was taken beside it; or the
    columns themselves are such choices."""
    if len(found) > 1 and _CHOICES.fullmatch(_told(found[0])):
        return True
    short = [tidy(heading.title) for heading in found if not heading.group and len(heading.title.split()) <= 2]
    leans = [leaning for title in short if (leaning := lean(title)) and leaning[0]]
    return len(set(leans)) >= _SUMMED and len({family for family, _ in leans}) == 1


def is_roster(found: Sequence[ColumnHeading]) -> bool:
    """Whether the columns are those of a list of employees."""
    return sum(1 for heading in found if _ROSTER.fullmatch(_told(heading))) >= 4


def is_comment(heading: ColumnHeading) -> bool:
    """Whether the name of a column asks for words."""
    return bool(_COMMENT.search(fold(heading.title)))


def is_end(heading: ColumnHeading) -> bool:
    """Whether a column is named after the end of an answer."""
    return re.fullmatch(_DATE[0], _told(heading)) is not None


def is_unfinished(cell: str) -> bool:
    """Whether a cell in the column for finished answers says that this one was not finished."""
    return tidy(cell) in _UNFINISHED


def _told(heading: ColumnHeading) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.name)
    return re.sub(r"[\s_-]+", " ", fold(words)).strip(" :*?.")


def _best(free: Sequence[int], names: Sequence[str], ranks: Sequence[str], fits: Callable[[int], bool]) -> int | None:
    """The first column whose name is of the surest rank and whose content fits."""
    for rank in ranks:
        pattern = re.compile(rank)
        for index in free:
            if (pattern.fullmatch(names[index]) or pattern.fullmatch(names[index].replace(" ", ""))) and fits(index):
                return index
    return None


def _are_days(cells: Sequence[str], today: date) -> bool:
    return looks_like_days(sample(cells), today)


def _by_name(heading: ColumnHeading, name: str, cells: Sequence[str]) -> Role | None:
    title = fold(heading.title)
    if _FINISHED.fullmatch(name) or (_STATUS.fullmatch(name) and tell_how_far(cells)):
        return "finished"
    if _NAMED.search(title):
        return "named"
    if (_PERSON.fullmatch(name) or _PERSON.fullmatch(title.strip(" :*?"))) and are_names(cells):
        return "person"
    if _CUSTOMER.fullmatch(name):
        return "customer" if are_various(cells) else None
    if heading.choice and {tidy(cell) for cell in cells if cell} == {tidy(heading.choice)}:
        return None
    if heading.open or (_COMMENT.search(title) and not _NO_COMMENT.search(name)):
        return "comment" if are_texts(cells, surely=_SURELY_COMMENT.search(name) is not None) else None
    return None


def _is_open_question(heading: ColumnHeading, name: str, cells: Sequence[str]) -> bool:
    """Whether customers were asked something and answered in sentences of their own, however it was asked."""
    return heading.title.rstrip(" *:").endswith("?") and _sentences(name, sample(cells)) > 0


def _sentences(name: str, cells: Sequence[str]) -> float:
    """How many words cells have that are sentences and mostly differ; 0 for anything else."""
    if len(cells) < 3 or _NO_COMMENT.search(name) or "://" in cells[0] or "@" in cells[0][:40]:
        return 0
    words = sum(len(cell.split()) for cell in cells) / len(cells)
    return words if words >= 4 and len(set(cells)) >= 0.6 * len(cells) else 0


def _longest(found: Sequence[ColumnHeading], columns: Columns, free: Sequence[int]) -> dict[int, Role]:
    """Where no name shows where the comments are: the column with sentences in it, if there is one."""
    words = {index: _sentences(_told(found[index]), sample(columns[index])) for index in free}
    best = max(free, key=lambda index: words[index], default=None)
    return {} if best is None or not words[best] else {best: "comment"}
