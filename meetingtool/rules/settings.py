"""Everything about a team that can be set: what it is called, what it is now, and how a new value is read.

One table serves the command, the page of the app and whatever else shows the settings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from meetingtool.errors import Refused
from meetingtool.records.team import ScoreRule, ServiceRule, Settings
from meetingtool.rules import wording
from meetingtool.rules.areas import AREAS
from meetingtool.rules.customers.limits import (
    as_typed,
    days_as_typed,
    days_from,
    holidays_from,
    holidays_in_words,
    number_from,
    perhaps_money,
    workdays_from,
    workdays_in_words,
)
from meetingtool.rules.hours import checked_clock
from meetingtool.rules.people.pulse import APART
from meetingtool.rules.people.score_rule import NAMES, bands_from, check_rule, rule_from, rule_in_words

LONGEST = 80
"""The most letters of a name or a title."""

DAY_ORDERS = {"day-first": "day first: 3/4 is 3 April", "month-first": "month first: 3/4 is 4 March"}

PAPERS = {"a4": "A4", "letter": "US Letter"}

Fields = Mapping[str, object]
"""Fields of `Settings` with their new values."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be set.

    name: what a command calls it. shown: its value in words; empty where nothing is set. read: the fields that a typed
    value stands for, given what is set now; Refused where it can't be read. typed: the value as it would be typed.
    choices: the values to choose from, with their words; none where anything may be typed.
    """

    name: str
    title: str
    group: str
    hint: str = ""
    shown: Callable[[Settings], str]
    read: Callable[[str, Settings], Fields]
    typed: Callable[[Settings], str]
    choices: tuple[tuple[str, str], ...] = ()


def checked_currency(currency: str) -> str:
    """An ISO 4217 code in capitals. Refused when it can't be one."""
    code = currency.strip().upper()
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    raise Refused(
        f"“{wording.shortened(currency, 20)}” is not a currency.", "Give its three letters, such as USD, EUR or GBP."
    )


def checked_name(text: str) -> str:
    """A name on one line. Refused when it is empty or too long."""
    name = wording.one_line(wording.storable(text))
    if not name:
        raise Refused("It needs a name.", "Give the name people use for it.")
    if len(name) > LONGEST:
        raise Refused(f"That name is {len(name)} characters long.", f"The most is {LONGEST}.")
    return name


def _joined(words: str) -> str:
    """Words in a form for comparing: `day-first` for `Day first`."""
    return "-".join(words.casefold().split())


def one_of(text: str, names: tuple[str, ...], what: str) -> int:
    """Which of the names a text is, or is the only beginning of. Refused if it is none of them, or could be several."""
    wanted, known = _joined(text), [_joined(name) for name in names]
    found = [place for place, name in enumerate(known) if name == wanted]
    found = found or [place for place, name in enumerate(known) if wanted and name.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    raise Refused(f"“{wording.shortened(text, 20)}” is not {what}.", f"Give one of: {', '.join(names)}.")


def _text(name: str, field: str, title: str, group: str, hint: str = "") -> Setting:
    return Setting(
        name=name,
        title=title,
        group=group,
        hint=hint,
        shown=lambda settings: wording.one_line(getattr(settings, field)),
        typed=lambda settings: str(getattr(settings, field)),
        read=lambda text, _: {field: checked_name(text)},
    )


def _limits_in_words(rule: ScoreRule) -> str:
    """`least weight 60, least answers 10`; can be typed again."""
    limits = {" ".join(reversed(name.split("-"))): field for name, field in NAMES.items() if "-" in name}
    return ", ".join(f"{name} {getattr(rule, field)}" for name, field in limits.items())


def _weights_as_typed(rule: ScoreRule) -> str:
    return ", ".join(f"{name}={getattr(rule, field)}" for name, field in NAMES.items() if "-" not in name)


def _bands_in_words(rule: ScoreRule) -> str:
    return ", ".join(f"{number} {name}" for number, name in rule.bands)


def _with_bands(text: str, settings: Settings) -> Fields:
    rule = msgspec.structs.replace(settings.score, bands=bands_from(text))
    check_rule(rule)
    return {"score": rule}


def _switched_off(text: str) -> Fields:
    """Names of areas, separated by commas; `none` switches all of them on."""
    if text.strip().casefold() in ("", NOTHING):
        return {"off": ()}
    named = {one_of(part, AREAS, "an area") for part in text.split(",") if part.strip()}
    return {"off": tuple(AREAS[place] for place in sorted(named))}


def _service(settings: Settings, **changes: object) -> ServiceRule:
    return msgspec.structs.replace(settings.service, **changes)


def _weeks(text: str) -> int:
    """Weeks from one pulse to the next. Refused for one or two: rounds that close together would show who answered in
    only one."""
    weeks = number_from(text, 0, 520)
    if 0 < weeks < APART.days // 7:
        raise Refused("Two rounds must be at least three weeks apart.", "Give 0, or a number from 3.")
    return weeks


def _of_service(
    name: str,
    title: str,
    hint: str,
    typed: Callable[[ServiceRule], str],
    read: Callable[[str, Settings], ServiceRule],
) -> Setting:
    """Something of how complaints, the fund and calls run; it is shown as it is typed."""
    return Setting(
        name=name,
        title=title,
        group=CUSTOMERS,
        hint=hint,
        shown=lambda settings: typed(settings.service),
        typed=lambda settings: typed(settings.service) or NOTHING,
        read=lambda text, settings: {"service": read(text, settings)},
    )


def _words(name: str, field: str, title: str, hint: str) -> Setting:
    """Words for the paper of an evaluation; `none` leaves them out."""
    return Setting(
        name=name,
        title=title,
        group=EVALUATION,
        hint=hint,
        shown=lambda settings: wording.one_line(getattr(settings, field)),
        typed=lambda settings: str(getattr(settings, field)) or NOTHING,
        read=lambda text, _: {field: _checked_words(text)},
    )


def _checked_words(text: str) -> str:
    words = wording.one_line(wording.storable(text))
    if words.casefold() in ("", NOTHING, "-"):
        return ""
    if len(words) > LONGEST_WORDS:
        raise Refused(f"That is {len(words)} characters long.", f"The most is {LONGEST_WORDS}.")
    return words


NOTHING = "none"
LONGEST_WORDS = 600
"""The most letters of what a paper says."""

TEAM, MEETING, MONEY, EVALUATION, CUSTOMERS, RECORDS = (
    "Team",
    "Meeting",
    "Money and dates",
    "Score and evaluation",
    "Customers",
    "Records",
)

SETTINGS = (
    _text("team", "team", "Team", TEAM),
    Setting(
        name="pulse",
        title="Pulse",
        group=TEAM,
        hint="weeks from one pulse of the team to the next, once there was one; 0 is only by hand",
        shown=lambda settings: str(settings.pulse_weeks),
        typed=lambda settings: str(settings.pulse_weeks),
        read=lambda text, _: {"pulse_weeks": _weeks(text)},
    ),
    _text("title", "meeting_title", "Title", MEETING, "as shown on agendas and minutes"),
    Setting(
        name="day",
        title="Day",
        group=MEETING,
        shown=lambda settings: wording.DAYS_IN_FULL[settings.weekday],
        typed=lambda settings: wording.DAYS_IN_FULL[settings.weekday],
        read=lambda text, _: {"weekday": one_of(text, wording.DAYS_IN_FULL, "a day of the week")},
        choices=tuple((day, day) for day in wording.DAYS_IN_FULL),
    ),
    Setting(
        name="time",
        title="Time",
        group=MEETING,
        shown=lambda settings: settings.clock,
        typed=lambda settings: settings.clock,
        read=lambda text, _: {"clock": checked_clock(text)},
    ),
    Setting(
        name="currency",
        title="Currency",
        group=MONEY,
        hint="for money spent to put things right",
        shown=lambda settings: settings.currency,
        typed=lambda settings: settings.currency,
        read=lambda text, _: {"currency": checked_currency(text)},
    ),
    Setting(
        name="dates",
        title="Dates",
        group=MONEY,
        hint="how 3/4 is read",
        shown=lambda settings: DAY_ORDERS[settings.day_order],
        typed=lambda settings: settings.day_order,
        read=lambda text, _: {"day_order": tuple(DAY_ORDERS)[one_of(text, tuple(DAY_ORDERS), "an order of dates")]},
        choices=tuple(DAY_ORDERS.items()),
    ),
    Setting(
        name="paper",
        title="Paper",
        group=MONEY,
        hint="what evaluations are printed on",
        shown=lambda settings: PAPERS[settings.paper],
        typed=lambda settings: settings.paper,
        read=lambda text, _: {"paper": tuple(PAPERS)[one_of(text, tuple(PAPERS), "a size of paper")]},
        choices=tuple(PAPERS.items()),
    ),
    Setting(
        name="year",
        title="Year starts in",
        group=EVALUATION,
        hint="evaluations already begun keep their dates",
        shown=lambda settings: wording.MONTHS_IN_FULL[settings.year_starts - 1],
        typed=lambda settings: wording.MONTHS_IN_FULL[settings.year_starts - 1],
        read=lambda text, _: {"year_starts": one_of(text, wording.MONTHS_IN_FULL, "a month") + 1},
        choices=tuple((month, month) for month in wording.MONTHS_IN_FULL),
    ),
    Setting(
        name="weights",
        title="Weights",
        group=EVALUATION,
        hint="of the parts of the score; they add up to 100",
        shown=lambda settings: rule_in_words(settings.score),
        typed=lambda settings: _weights_as_typed(settings.score),
        read=lambda text, settings: {"score": rule_from(text, settings.score)},
    ),
    Setting(
        name="limits",
        title="Minimum counts",
        group=EVALUATION,
        hint="below which a part is left out",
        shown=lambda settings: _limits_in_words(settings.score),
        typed=lambda settings: _limits_in_words(settings.score),
        read=lambda text, settings: {"score": rule_from(text, settings.score)},
    ),
    Setting(
        name="bands",
        title="Bands",
        group=EVALUATION,
        hint="the lowest score of each, the highest first",
        shown=lambda settings: _bands_in_words(settings.score),
        typed=lambda settings: _bands_in_words(settings.score),
        read=_with_bands,
    ),
    _words("manager", "manager", "Evaluated by", "your name, as shown beside the signature"),
    _words("manager-title", "manager_title", "Your title", "such as Head of the desk"),
    _words("reviewer", "reviewer", "Second signature", "such as Head of service; `none` leaves it out"),
    _words("reply", "reply", "Right of reply", "what the document says about the right to answer, and until when"),
    _words("kept", "kept", "How long it is kept", "what the document says about that"),
    _of_service(
        "complaint-days",
        "Complaints",
        "working days to acknowledge, to answer and between words; days after closing until the customer is asked",
        days_as_typed,
        lambda text, settings: days_from(text, settings.service),
    ),
    _of_service(
        "workdays",
        "Working days",
        "days on which due dates run, such as mon-fri",
        lambda rule: workdays_in_words(rule.workdays),
        lambda text, settings: _service(settings, workdays=workdays_from(text)),
    ),
    _of_service(
        "holidays",
        "Days off",
        "such as 25 dec, 3 apr 2026; `none` has none",
        lambda rule: holidays_in_words(rule.holidays),
        lambda text, settings: _service(settings, holidays=holidays_from(text, settings.day_order)),
    ),
    _of_service(
        "fund",
        "Recovery fund",
        "money for a year to put things right; `none` sets no amount",
        lambda rule: as_typed(rule.fund),
        lambda text, settings: _service(settings, fund=perhaps_money(text, settings.currency)),
    ),
    _of_service(
        "fund-case",
        "Most for one case",
        "more is kept and marked, never refused; `none` sets no limit",
        lambda rule: as_typed(rule.fund_case),
        lambda text, settings: _service(settings, fund_case=perhaps_money(text, settings.currency)),
    ),
    _of_service(
        "fund-who",
        "Who may spend it",
        "without asking",
        lambda rule: rule.fund_who,
        lambda text, settings: _service(settings, fund_who=checked_name(text)),
    ),
    _of_service(
        "fund-starts",
        "Fund starts in",
        "month in which the year of the fund starts",
        lambda rule: wording.MONTHS_IN_FULL[rule.fund_starts - 1],
        lambda text, settings: _service(settings, fund_starts=one_of(text, wording.MONTHS_IN_FULL, "a month") + 1),
    ),
    _of_service(
        "calls",
        "Calls a week",
        "to customers who bought lately",
        lambda rule: str(rule.calls),
        lambda text, settings: _service(settings, calls=number_from(text, 0, 50)),
    ),
    _of_service(
        "hands-on",
        "Your own hours",
        "minutes a week at the counter or on the telephone",
        lambda rule: str(rule.hands_on),
        lambda text, settings: _service(settings, hands_on=number_from(text, 0, 2400)),
    ),
    Setting(
        name="off",
        title="Switched off",
        group=CUSTOMERS,
        hint=f"of {wording.listed(AREAS)}; `none` switches all on; tabs keep their digits",
        shown=lambda settings: ", ".join(settings.off),
        typed=lambda settings: ", ".join(settings.off) or NOTHING,
        read=lambda text, _: _switched_off(text),
    ),
    Setting(
        name="years-kept",
        title="Years kept",
        group=RECORDS,
        hint="besides this one; Today names what is older, to be archived; `none` keeps all",
        shown=lambda settings: wording.count(settings.years_kept, "year") if settings.years_kept else "",
        typed=lambda settings: str(settings.years_kept) if settings.years_kept else NOTHING,
        read=lambda text, _: {"years_kept": 0 if text.strip().casefold() == NOTHING else number_from(text, 1, 99)},
    ),
)
"""In the order in which they are shown, group by group."""


def setting_named(name: str) -> Setting:
    """The setting of a name. Refused where there is none."""
    return SETTINGS[one_of(name, tuple(setting.name for setting in SETTINGS), "a setting")]
