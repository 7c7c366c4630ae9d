"""Hours and parts of a day as people type them, alone or beside a date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from meetingtool.errors import Refused, Unclear
from meetingtool.rules import wording
from meetingtool.rules.days import NoSuchDay, moved

if TYPE_CHECKING:
    from meetingtool.rules.dates import Dates
    from meetingtool.rules.days import Prefer

CLOCK_EXAMPLES = "Give it as 09:00 or 14:30."

_CLOCK = (
    r"(?:[01]?\d(?:[:.][0-5]\d)?[ ]?[ap]\.?m(?:\b\.?|\b)|(?:[01]?\d|2[0-4]):[0-5]\d|(?:[01]?\d|2[0-4])h(?:[0-5]\d)?\b)"
)
_END_OF_DAY = r"(?:EOD|COB|EOB|(?:the )?(?:end|close) of (?:the )?(?:day|business|play|shift|work))"
_TIME = rf"(?:(?:{_CLOCK}|(?:12 )?(?:noon|midday|midnight))(?:-?ish)?)"
_TO = "(?:or|to|and|und|oder|bis|[-–])"
_SPAN = rf"(?:(?:{_TIME}|[01]?\d(?:[:.][0-5]\d)?)[ ]?{_TO}[ ]?{_TIME})"
_ALONE = (
    rf"(?:{_SPAN}|{_TIME}|{_END_OF_DAY}|lunch(?:time)?|(?:tea|dinner|supper|closing|opening)[ -]?time"
    r"|(?:this |the )?(?:afternoon|evening))"
)
_PART = rf"(?:{_ALONE}|(?:(?:the|early|late|first thing) )?(?:in the )?(?:morning|afternoon|evening|night)|first thing)"
_NUMBER = (
    r"(?:(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![\w’'])"
)
_HOUR = rf"(?:{_NUMBER}(?:[ ]?{_TO}[ ]?{_NUMBER})?)"
_NEXT_DAY = r",?[ ](?:on )?(?:today|tomorrow|tonight|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\b"
_AT_THE_END = r"(?=[\s,;.!?)]*(?:$|[@#^!>~+]))"
_SPOKEN = (
    rf"(?:(?:half|quarter|five|ten|twenty)[ ](?:past|to)[ ]{_NUMBER}|half[ ]{_NUMBER}(?={_NEXT_DAY}|{_AT_THE_END})"
    rf"|{_NUMBER}(?:[ ]?o['’]?clock|[ ]?Uhr|[ ]?-?ish)(?!\w)|(?:[01]?\d|2[0-4])ish(?!\w))"
)
_LEADS = "(?:just )?before|after|until|till|around|about|between|gegen|vor|nach"
_LOOSELY = rf"(?:(?:at|by|um)[ ])?(?P<lead>(?:{_LEADS})[ ])?"
"""What comes before an hour; the words of `lead` say more than "by" does."""
_TAIL = r"(?:[ ](?:sharp|prompt|exactly|or so|or earlier|or before|(?-i:GMT|UTC|[BIW]ST|[CEMPW]E?[SD]?T))(?!\w))?"
_NO_NOUN = (
    r"(?=\s*(?:$|[,;.!?)\]@#^>~+])"
    r"|[ ](?:and|or|but|so|then|because|when|while|if|as|to|i|we|she|he|they|und|oder|weil)\b)"
)
"""After a mere number: nothing that it could count, as in "at 3 Main Street"."""
_BARE_HOUR = rf"(?:{_HOUR}(?={_TAIL}{_NEXT_DAY}))"
"""An hour by a mere number: only before a day that begins with no number itself."""
_ELSEWHERE = """
montag dienstag mittwoch donnerstag freitag samstag sonntag heute morgen übermorgen wochenende lundi mardi mercredi
jeudi vendredi samedi dimanche demain lunes martes miércoles jueves viernes sábado domingo mañana lunedì martedì
mercoledì giovedì venerdì sabato domani amanhã maandag dinsdag woensdag donderdag vrijdag zaterdag zondag morgen
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira måndag tisdag onsdag torsdag fredag lördag söndag mandag
tirsdag poniedziałek poniedziałku wtorek wtorku środa środy czwartek czwartku piątek piątku sobota niedziela jutra jutro
понедельник понедельнику вторник вторнику среда среде четверг четвергу пятница пятнице суббота субботе завтра
woche monats semaine semana settimana mês mes mois
"""
_STEMS = """
maanantai tiistai keskiviik torstai perjanta lauantai sunnuntai huomis huomen hétf kedd szerd csütört péntek szombat
vasárnap holnap pazartesi salı çarşamba perşembe cuma yarın ponděl úter střed čtvrt pátek pátku sobot neděl zítra
pondel utor štvrt piat marți miercuri vineri sâmbăt duminic mâine lørdag søndag понеділ вівтор серед четвер п'ятниц
пʼятниц п’ятниц субот неділ понедельн вторник пятниц воскресен δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
αύριο senin selasa kamis jumat sabtu besok poniedział wtor czwart piąt niedziel
"""
"""How days of the week begin in languages that end them by what they say of them; no English word begins so."""
_UNSPACED = (
    r"(?:[月火水木金土日]曜日?|(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|[월화수목금토일]요일|明日|明天|내일"
    r"|\d{1,2}[月월][ ]?\d{1,2}[日일])(?:までに?|까지|之?前)?"
    r"|(?:ngày mai|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|غد[اًا]{0,2}"
    r"|ال(?:أحد|احد|[إا]?ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة|سبت)"
    r"|מחר|יום (?:ראשון|שני|שלישי|רביעי|חמישי|שישי)|שבת)(?!\w)"
)
"""A day in scripts that set no blanks."""
_SHORT = """
mo di mi do fr sa so lun mar mer mié jeu jue ven vie sam sab sáb dim dom seg ter qua qui sex
"""
"""Days of the week, cut short as they are elsewhere: only where nothing follows."""
_TIMES = """
jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september october
november december christmas easter pentecost thanksgiving ramadan eid diwali hanukkah holidays weekend week month
quarter year
spring summer autumn winter asap soon now payday q1 q2 q3 q4
"""
_COUNTED = (
    r"(?:\d{1,4}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|a couple of)"
    r"[ -](?:(?:working|business|more|full)[ -])*(?:day|week|weekend|fortnight|month|year|hour|hr)s?"
)
_MONTH_ELSEWHERE = (
    r"(?:jan|gen|ene|feb|f[eé]v|m[aäe]r|mrz|maa|a[vpb]r|ma[ijg]|jui|jun|giu|jul|lug|a[ug][go]|ao[uû]|sep|set|o[ck]t|out|ott"
    r"|nov|d[eéi][czi]|янв|фев|апр|ма[йяр]|июн|июл|авг|сен|окт|ноя|дек)[^\W\d_]*"
)
_OWN = "(?:the |our |your |their |my |his |her |(?=(?:next|coming|following) ))"
_LIKE_A_DAY = (
    r"\s*(\d{4}-?w\d\d?|\d{4}-\d\d-\d\dT\S+|\d{1,4}[年月](?:\d{1,2}[月日])*|\d{1,2}[ ]\d{1,2}[ ]\d{2,4}"
    r"|(?:the )?(?:first|second|third|fourth|last) (?:(?:working |business |week)?day"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)(?: (?:in|of) (?:the )?(?:next |this )?\w+)?"
    rf"|{_OWN}(?:next |coming |following )?(?:[a-z]+[ ])?(?:meeting|shift|appointment|review|check-in)"
    r"|(?:the )?(?:mon|tue|wed|thu|fri|sat|sun|week|month|year)[a-z]* (?:after next|fortnight)"
    r"|(?:the )?(?:next|following) (?:(?:working |business )?day|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
    r"|(?:[+]|[dt][+])\d{1,3}(?:[ ]?[dwm])?"
    rf"|\d{{1,3}}[ ]min(?:ute)?s?[ ]from now|the (?:first|second|third|fourth|fifth|last)[ ]?{_AT_THE_END}"
    rf"|[\"“”„«'‘](?:(?:{'|'.join(_TIMES.split())}|today|tonight|tomorrow|\d{{1,2}}"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)(?!\w)[^\"“”»'’]{0,20})[\"“”»'’]"
    rf"|(?:the )?(?:first|last) of (?:(?:the |next |this )?(?:month|quarter|year)|{_MONTH_ELSEWHERE})"
    r"|(?:the )?\d{1,2}(?:st|nd|rd|th|\.)?[ ]?(?:or|and|to|[-–/&+])[ ]?\d{1,2}(?:st|nd|rd|th|\.\d{1,2}\.?)"
    r"|(?:ende|anfang|mitte|fin|début|mi|finales|finais|fine|inizio|metà|eind)[ -]"
    rf"(?:de[ ]|di[ ]|van[ ])?{_MONTH_ELSEWHERE}"
    rf"|{_MONTH_ELSEWHERE}[ ]\d{{1,2}}[ ]?(?:or|and|to|[-–/&+])[ ]?\d{{1,2}}"
    rf"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*['’]s \w+|(?:{'|'.join(_SHORT.split())}){_AT_THE_END}"
    r"|(?:between[ ])?\d{1,2}(?:st|nd|rd|th|\.)?[ ]?(?:to|and|or|und|oder|bis|[-–—&+,/])[ ]?\d{1,2}"
    rf"(?:st|nd|rd|th|\.)?[ ]{_MONTH_ELSEWHERE}|between[ ](?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ][a-z]+[ ][a-z]+"
    r"|(?:(?:the|this|next|early|late|mid|middle of|end of|start of|end|beginning of"
    r"|(?:first|second|third|fourth|last|[1-4](?:st|nd|rd|th)) (?:week|half|days) of)[ -])*"
    r"(?:\d{1,4}(?:[-/.:]\d{1,4}){0,2}" + _AT_THE_END + r"|\d{6}(?:\d\d)?|\d{1,2}[-/]\d{1,2}|\d{1,2}:\d\d|half past"
    r"|quarter (?:past|to)|day after|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[/-][a-z]+"
    rf"|(?:(?:with)?in |[-−+~]|minus |plus )?{_COUNTED}|\d{{1,2}}\.?[ ]?(?:de[ ])?{_MONTH_ELSEWHERE}"
    rf"|{'|'.join((_TIMES + _ELSEWHERE).split())})(?:[ ](?:week|\d{{4}}))?)(?!\w)"
)
"""What is meant as a day and can't be read: it is pointed out, since nobody is reminded of it."""
_LOOSE = (
    r"(?<!\w)(?:asap|as soon as possible|in (?:(?:early|late|mid)[ -])?"
    rf"(?:january|february|march|april|may|june|july|august|september|october|november|december){_AT_THE_END})(?!\w)"
)
"""A time without a day."""
_UNTIL_FRENCH = "(?:d['’]ici|jusqu['’](?:[àa]u?|en))"
_NOT_ENGLISH = (
    rf"(?<!\w)(?:(?:pour|avant|entro|para|hasta|até|tot|voor|vóór|bis|{_UNTIL_FRENCH}|senast)[ ](?:[^\W\d_]{{1,3}}[ ])?"
    rf"\d{{1,2}}(?:er|º|\.)?[ ](?:de[ ])?{_MONTH_ELSEWHERE}|(?:bis|spätestens|vor|am|avant|pour|{_UNTIL_FRENCH}|hasta"
    r"|para|antes|entro|per|até|tot|voor|senast|før|innan|innen|do|к|до|by)[ ](?:[^\W\d_]+[ ]){0,2}?"
    rf"(?:{'|'.join(_ELSEWHERE.split())}|\d{{1,2}}\.(?:\d{{1,2}}\.?(?:\d{{2,4}})?|[ ]?{_MONTH_ELSEWHERE})))(?!\w)"
)
"""A day that is not said in English."""
_JOIN = (
    r"(?:(?P<or>or|oder|/)(?=\s)|[,;]?\s*(?:(?:and|und|to|bis|until|till|through|then|or|oder)\b|[&+/–—]|-(?=\s))|[,;])"
    r"(?:\s*(?:by|on)\b)?"
)
"""What stands between two days."""
_ISO_CLOCK = r"T(?P<lead>)(?P<hour>\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)(?!\w)"
_ODD_HOUR = (
    rf",?[ ](?:(?P<at>(?:at|by|um|{_LEADS})[ ])?(?P<hour>\d{{1,4}}:\d{{1,4}}(?::\d\d)?(?:[ ]?[ap]\.?m)?(?!\w)"
    r"|\d{1,4}(?:[.]\d{1,4})?[ ]?(?:[ap]\.?m|h|uhr|o['’]?clock)(?!\w)"
    rf"|(?(at)\d{{1,4}}(?:\.\d{{1,4}})?|\d\d(?:\.\d\d|[0-5]\d)){_AT_THE_END}))"
)
"""What is in the place of an hour and was not read as one."""
_BY = r"(?<!\w)by[ ](?:\w+[ ]){0,3}$"
_AGO = r"(?<!\w)(?:of|from|since|on the|dated|vom|seit)[ ]$"
"""Comes before a date that says something other than when it is due."""


class When(msgspec.Struct, frozen=True):
    """A day with the hour or part of it that was said, such as "by 5pm" or "around 4"; end: where in the text that
    ends. unread: why something beside it does not count; its words are in `hour`."""

    day: date
    end: int
    hour: str = ""
    unread: str = ""


@cache
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def when_at(text: str, start: int, dates: Dates) -> When | None:
    """The day, with or without an hour, that begins at index `start`: `fri EOD`, `noon tomorrow`, `Dec 5th, 5pm`.

    An hour alone is that of the day right before its "by", as in `on fri by 5pm`, else today's. None where there is
    neither; NoSuchDay for a day that the calendar doesn't have.
    """
    ahead = _pattern(rf"{_LOOSELY}(?P<hour>(?:{_SPOKEN}|{_PART}|{_BARE_HOUR}){_TAIL}),?[ ](?:on[ ]|of[ ])?(?=\S)")
    if (before := ahead.match(text, start)) and (day := dates.at(text, before.end())):
        return _at_latest(text, When(*day, _said(before)))
    alone = _pattern(rf"{_LOOSELY}(?P<hour>(?:{_SPOKEN}|{_ALONE}){_TAIL})(?!\w|[:.]\d)").match(text, start)
    if alone:
        day_said = _day_before(text, start, dates) or dates.today
        return _at_latest(text, When(day_said, alone.end(), _said(alone)))
    day = dates.at(text, start)
    if day is None:
        return None
    told = _pattern(
        rf",?[ ]{_LOOSELY}(?P<hour>(?:{_SPOKEN}|{_PART}(?:,?[ ](?:at[ ])?(?:{_SPAN}|{_TIME}|{_SPOKEN})"
        rf"|[ ]at[ ]{_HOUR}{_NO_NOUN})?){_TAIL})(?!\w|[:.]\d|['’]\w)"
    )
    behind = told.match(text, day[1]) or _pattern(
        rf",?[ ](?=(?:at|by|um|{_LEADS})[ ]){_LOOSELY}(?P<hour>{_HOUR}{_TAIL}){_NO_NOUN}(?![:.]\d)"
    ).match(text, day[1])
    if behind and text[day[1]] == "," and not _pattern(rf"(?<!lunch at noon){_NO_NOUN}").match(text, behind.end()):
        behind = None  # a new sentence that begins with a part of a day, as in "by fri, lunch with Bo was nice"
    behind = behind or _pattern(_ISO_CLOCK).match(text, day[1])
    if behind is None and text[day[1] - 1].isalpha():
        behind = _pattern(rf",?[ ](?P<lead>)(?P<hour>{_HOUR}){_AT_THE_END}").match(text, day[1])
    if behind:
        return _at_latest(text, When(day[0], behind.end(), _said(behind)))
    tonight = text[start : day[1]].lower() == "tonight"
    return _at_latest(text, When(*day, text[start : day[1]] if tonight else ""))


def _day_before(text: str, start: int, dates: Dates) -> date | None:
    """The day, from today on, that ends right before the "by" which ends at `start`."""
    by = _pattern(r"[\s,]+by\s+\Z").search(text, max(start - 40, 0), start)
    if by is None:
        return None
    for word in list(_pattern(r"(?<!\S)\w").finditer(text, max(by.start() - 30, 0), by.start()))[-5:]:
        try:
            day = dates.at(text, word.start())
        except NoSuchDay:
            continue
        if day and day[1] == by.start() and day[0] >= dates.today:
            return day[0]
    return None


def _said(hour: re.Match[str]) -> str:
    """`by 5pm`, `around 4`, `at night`, `first thing`."""
    words = hour["hour"]
    by = {"night": "at ", "first": "", "early": "", "late": ""}.get(words.lower().split()[0], "by ")
    return f"{hour['lead'] or by}{words}"


def due_at(text: str, start: int, dates: Dates) -> When | None:
    """Like `when_at`, with why an hour that no clock shows does not count, as in `fri 25:00`. NoSuchDay also for more
    than one day, as in `fri and mon`, `mon to wed` or `fri (5 Dec)` where that is none."""
    when = when_at(text, start, dates)
    if when is None:
        return None
    if odd := next((clock for clock in _clocks(when.hour) if not _is_shown(clock)), None):
        return msgspec.structs.replace(when, unread=_no_clock(odd))
    if found := _pattern(_ODD_HOUR).match(text, when.end):
        words = found[0].strip(" ,")
        hour = f"by {words}" if words[0].isdigit() else words
        return When(when.day, found.end(), f"{when.hour} {hour}".strip(), _no_clock(found["hour"]))
    if bracket := _pattern(r"[ ]\((?P<words>[^()]{3,20})\)").match(text, when.end):
        same = dates.at(text, bracket.start("words"))
        if same and same[1] == bracket.end("words"):
            if same[0] != when.day:
                raise NoSuchDay(f"“{text[start : bracket.end()]}” is more than one day: write the one that counts.")
            return msgspec.structs.replace(when, end=bracket.end())
    joined = _pattern(rf"\s*{_JOIN}\s*").match(text, when.end)
    try:
        second = when_at(text, joined.end(), dates) if joined else None
    except Unclear:
        second = None  # not a day, so it can't be the second one; its words stay where they are
    if joined is None or second is None:
        return when
    if not (joined["or"] or _pattern(rf"{_AT_THE_END}|\s*{_JOIN}").match(text, second.end)):
        return when
    raise NoSuchDay(f"“{text[start : second.end]}” is more than one day: write the one that counts.")


def _no_clock(hour: str) -> str:
    return f"“{hour}” is not a time of day. {CLOCK_EXAMPLES}"


def _clocks(words: str) -> list[str]:
    return [found[0] for found in _pattern(r"\d{1,2}(?:[:.]\d\d)?[ ]?[ap]\.?m\b|\d{1,2}[:.]\d\d").finditer(words)]


def _is_shown(clock: str) -> bool:
    """Whether there is such a time of day; midnight may be written as 24:00."""
    try:
        return bool(checked_clock("00:00" if clock in ("24:00", "24.00") else clock))
    except Refused:
        return False


def unread_day(text: str, start: int, dates: Dates) -> str:
    """Why what follows a "by" can't be read as a day, where one seems to be meant, and how to write one: `by easter`,
    `by tomorow`; else empty.
    """
    found = _pattern(_LIKE_A_DAY).match(text, start)
    if found is None:
        word = _pattern(r"\s*(([a-z]{5,9})(?:['’]s)?)(?!\w)").match(text, start)
        found = word if word and _is_misspelled(word[2]) else None
    if found is None:
        return ""
    soon = moved(dates.today, timedelta(days=7))
    parts = [str(soon.day), wording.MONTHS[soon.month - 1]]
    such_as = " ".join(parts[::-1] if dates.day_order == "month-first" else parts)
    return f"“{found[1].strip()}” can't be read as a date: write one such as “by {such_as}”."


def _is_misspelled(word: str) -> bool:
    """Whether a word is nearly that of a day. A name isn't: it has a capital."""
    from difflib import get_close_matches  # seldom needed, and never for a date that can be read

    days = ("today", "tonight", "tomorrow", *(day.lower() for day in wording.DAYS_IN_FULL))
    return word.islower() and bool(get_close_matches(word, days, n=1, cutoff=0.66))


def unheard_day(words: str, dates: Dates) -> str:
    """Why the date in a promise's words is not its due date, where one follows "before", "until", "within" or a
    bracket, is not said in English, or ends them; else empty."""
    for found in _pattern(r"(?<!\w)(?:(?:on or )?before|until|till)(?=\s)|[(\[]by(?=\s)").finditer(words):
        start = found.end() + 1
        if day_or_hour := when_at(words, start, dates):
            said = words[found.start() : day_or_hour.end].lstrip("([")
            how = " without brackets" if found[0][0] in "([" else ""
            return f"“{said}” sets no date here: write “by {words[start : day_or_hour.end]}”{how}."
    if within := _pattern(r"(?<!\w)within the (?:day|week|month|year)(?!\w)").search(words):
        return f"“{within[0]}” sets no date here: write “by” and the day."
    if counted := _pattern(rf"(?<!\w)(?<!by )(?:with)?in (?:the next )?{_COUNTED}(?!\w)").search(words):
        day = dates.at(words, counted.start())
        when = f"“by {day[0].day} {wording.MONTHS[day[0].month - 1]}”" if day else "“by” and the day"
        return f"“{counted[0]}” sets no date here: write {when}."
    if loose := _pattern(_LOOSE).search(words):
        return f"“{loose[0]}” sets no date here: write “by” and the day."
    stems = rf"(?<!\w)(?:{'|'.join(_STEMS.split())})[^\W\d_]{{0,6}}(?!\w)"
    if other := next(filter(None, (_pattern(each).search(words) for each in (_NOT_ENGLISH, stems, _UNSPACED))), None):
        return f"“{other[0]}” sets no date here: write “by” and the day, in English or in numbers."
    for by in _pattern(r"(?<!\w)by (?=\S)").finditer(words):
        if said_in := when_at(words, by.end(), dates):
            return f"“{words[by.start() : said_in.end]}” sets no date within quotes: write it behind them."
    return _day_at_the_end(words, dates)


def _day_at_the_end(words: str, dates: Dates) -> str:
    """Why a day without a "by" that ends the words is no due date: `call her tomorrow`, `30.11. um 10`."""
    for start in [found.start() for found in _pattern(r"(?<![^\s(])[\w']").finditer(words)][-6:]:
        try:
            when = when_at(words, start, dates)
        except Unclear:
            continue
        if when is None or words[when.end :].strip(" .,;!?)") or when.day < dates.today:
            continue
        lead = words[:start]
        hour_alone = when.day == dates.today and dates.at(words, start) is None
        if hour_alone or _pattern(_AGO).search(lead) or _pattern(_BY).search(lead):
            return ""
        said = words[start : when.end].strip()
        return f"“{said}” sets no date here: write “by {said}”."
    return ""


def _at_latest(text: str, when: When) -> When:
    """The same, over an "at the latest" that follows."""
    latest = _pattern(r",?[ ](?:at (?:the )?)?latest(?!\w)").match(text, when.end)
    return msgspec.structs.replace(when, end=latest.end()) if latest else when


def checked_clock(clock: str) -> str:
    """A time of day as "HH:MM". Refused when it isn't one."""
    words = re.sub(r"[\s.]*([ap])\.?m\.?$", r"\1", clock.strip().lower())
    found = re.fullmatch(r"(\d{1,2})(?:[:.h](\d{1,2})?)?([ap])?", {"noon": "12p", "midnight": "0"}.get(words, words))
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3] and 1 <= hour <= 12:
            hour = hour % 12 + (12 if found[3] == "p" else 0)
        elif found[3]:
            hour = 24
        if hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    raise Refused(f"“{wording.shortened(clock, 20)}” is not a time of day.", CLOCK_EXAMPLES)


def day_and_clock(text: str, dates: Dates, *, prefer: Prefer = "future") -> tuple[date, str]:
    """A day with the hour after it or before it, as "HH:MM"; without an hour, an empty one. Unclear if it isn't a day.

    A time alone isn't a day.
    """
    words = re.sub(r"(?<=\d)T(?=\d\d:\d)", " ", " ".join(text.split()))
    clock = rf"({_CLOCK}|noon)"
    hour = re.search(rf"(?:^|[\s,]+)(?:at )?{clock}$", words, re.IGNORECASE) or re.match(
        rf"{clock}(?:[\s,]+(?:on )?)(?=\S)", words, re.IGNORECASE
    )
    if hour is None:
        return dates.read(words, prefer), ""
    rest = words[: hour.start()] or words[hour.end() :]
    if not rest:
        raise Unclear("A day is needed, not just the time.", "Give both, such as tue 1 dec 09:00.")
    return dates.read(rest, prefer), checked_clock(hour[1])
