"""Everything that is known of a customer, gathered under all the names that mean the same one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import msgspec

from meetingtool.actions.customers.contacts import purchases_since
from meetingtool.actions.customers.keeping import names_of
from meetingtool.actions.desk import Desk
from meetingtool.errors import NotFound
from meetingtool.records.base import Record
from meetingtool.records.complaints import Complaint
from meetingtool.records.customers import Customer, Purchase
from meetingtool.records.followups import FollowUp
from meetingtool.records.money import Money
from meetingtool.records.stories import Story
from meetingtool.records.surveys import Batch
from meetingtool.rules import wording
from meetingtool.rules.customers.fund import spending
from meetingtool.rules.customers.naming import key_of
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.table import NAMES_A_CUSTOMER, kind_of

MOST_NEAR = 3
"""How many customers are named that a name could mean."""

BOUGHT_LATELY = timedelta(days=400)
LATELY = timedelta(days=800)
"""How far back a list of customers looks; a page looks at everything."""


class ListedCustomer(msgspec.Struct, frozen=True, kw_only=True):
    """A customer in a list. records: those that carry the name, newest first. open: of them, what waits for us.

    bought: the day of the last purchase in a list. group: as in the last list that names one.
    """

    name: str
    kept: Customer | None
    records: tuple[Record, ...]
    bought: date | None = None
    group: str = ""

    @property
    def open(self) -> tuple[Record, ...]:
        """What this customer still waits for."""
        return tuple(each for each in self.records if is_open(each))

    @property
    def last(self) -> date | None:
        """The day of the latest record, or of the last purchase."""
        return max(filter(None, (self.records[0].at.date() if self.records else None, self.bought)), default=None)


class KnownCustomer(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one customer. names: all of them. spent: of the fund, a sum for each currency.

    answers, satisfied: to surveys, those that name the customer. purchase: the last one in a list.
    """

    known: ListedCustomer
    names: tuple[str, ...]
    spent: tuple[Money, ...] = ()
    answers: int = 0
    purchase: Purchase | None = None


def group_of(desk: Desk, one: ListedCustomer) -> str:
    """The name of the group of the playbook that a customer belongs to: the one that was chosen, else the one that the
    list names; a group that only the list has keeps its name from there. Empty where there is none."""
    kept, listed = one.kept, fold(one.group)
    groups = desk.groups()
    if kept is not None and kept.group:
        return next((wording.one_line(group.name) for group in groups if group.id == kept.group), "")
    return next((wording.one_line(group.name) for group in groups if listed and fold(group.name) == listed), one.group)


def is_open(record: Record) -> bool:
    """Whether a record says that the customer waits for something: a promise, an action or a complaint."""
    return isinstance(record, FollowUp | Complaint) and record.state == "open"


def gathered(desk: Desk, since: date) -> dict[str, ListedCustomer]:
    """The customers of the records and of the purchases from a day on, and whatever is kept of others, by key; in the
    room without what is private, nor names that only private records or lists carry."""
    names = names_of(desk.workspace)
    found: dict[str, list[Record]] = defaultdict(list)
    called: dict[str, str] = {}
    for kind in NAMES_A_CUSTOMER:
        for record in desk.workspace.find(kind, since=since):
            customer = kind_of(record).customer(record)
            if customer and not (desk.room and record.private):
                key = names.key(customer)
                if key not in called:
                    called[key] = names.name(customer)
                found[key].append(record)
    bought: dict[str, date] = {}
    groups: dict[str, tuple[date, str]] = {}
    if not desk.room:
        for kept in names.customers:
            called.setdefault(names.key(kept.name), kept.name)
        for row in purchases_since(desk.workspace, since):
            key = names.key(row.customer)
            called.setdefault(key, names.name(row.customer))
            bought[key] = max(row.day, bought.get(key, row.day))
            if row.group:
                groups[key] = max((row.day, row.group), groups.get(key, (row.day, row.group)))
    return {
        key: ListedCustomer(
            name=name,
            kept=names.kept(name),
            records=_newest_first(found[key]),
            bought=bought.get(key),
            group=groups[key][1] if key in groups else "",
        )
        for key, name in called.items()
    }


def _newest_first(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda each: (each.at, each.id), reverse=True))


def customers(desk: Desk) -> list[ListedCustomer]:
    """The customers of a little over two years: who waits for something first, then by the latest record."""
    found = desk.once("customers known", lambda: gathered(desk, desk.today - LATELY))
    return sorted(found.values(), key=lambda one: (not one.open, -(one.last or date.min).toordinal(), one.name))


def page_of(desk: Desk, name: str) -> KnownCustomer:
    """All that is known of a customer, of all years. The beginning of a name, or of a word in it, will do where it fits
    only one. NotFound when no record has the name, with those that it could be."""
    names = names_of(desk.workspace)
    known = gathered(desk, date.min)
    found = known.get(names.key(name))
    if found is None:
        near = _begin_with(known, key_of(name))
        if len(near) == 1:
            return page_for(desk, near[0])
        if not near:
            from difflib import get_close_matches

            near = [known[key] for key in get_close_matches(names.key(name), known, n=MOST_NEAR, cutoff=0.6)]
        hint = f"Did you mean {' or '.join(wording.one_line(one.name) for one in near[:MOST_NEAR])}?" if near else ""
        raise NotFound(f"No record names the customer {name}.", hint or "`meetingtool customer list` shows them.")
    return page_for(desk, found)


def _begin_with(known: dict[str, ListedCustomer], typed: str) -> list[ListedCustomer]:
    """The customers with a name that begins with what was typed; where there are none, those with a word that does."""
    begins: tuple[Callable[[str], bool], ...] = (
        lambda name: name.startswith(typed),
        lambda name: f" {typed}" in name,
    )
    for fits in begins:
        found = [one for key, one in known.items() if any(map(fits, (key, *map(key_of, _aliases(one)))))]
        if found:
            return found
    return []


def _aliases(one: ListedCustomer) -> tuple[str, ...]:
    return one.kept.aliases if one.kept else ()


def known_as(desk: Desk, name: str) -> ListedCustomer | None:
    """The customer of a name, of all years; None where nothing names one."""
    return gathered(desk, date.min).get(names_of(desk.workspace).key(name))


def brought_over(was: ListedCustomer) -> str:
    """What happens to a customer whose name means another one from now on: `Acme Ltd was a customer of its own ...`."""
    waits = f", {len(was.open)} of them open" if was.open else ""
    records = wording.count(len(was.records), "record")
    return f"{wording.one_line(was.name)} was a customer of its own, with {records}{waits}: they belong here now."


def page_for(desk: Desk, one: ListedCustomer) -> KnownCustomer:
    """What is known beyond the records of a customer; in the room only what is not private."""
    names = names_of(desk.workspace)
    page = KnownCustomer(known=one, names=names.names(one.name), spent=spent_on(desk, one))
    if desk.room:
        return page
    key = names.key(one.name)
    answers = desk.once("answers by customer", lambda: _answers(desk)).get(key, 0)
    purchase = desk.once("purchases by customer", lambda: _purchases(desk)).get(key)
    return msgspec.structs.replace(page, answers=answers, purchase=purchase)


def _answers(desk: Desk) -> Counter[str]:
    """How many answers to surveys name each customer, by key."""
    names = names_of(desk.workspace)
    batches = desk.workspace.find(Batch)
    return Counter(names.key(customer) for batch in batches for customer in batch.customers if customer)


def _purchases(desk: Desk) -> dict[str, Purchase]:
    """The last purchase of each customer, by key."""
    names = names_of(desk.workspace)
    bought = purchases_since(desk.workspace, desk.today - BOUGHT_LATELY)
    return {names.key(each.customer): each for each in sorted(bought, key=lambda each: each.day)}


def facts_of(desk: Desk, page: KnownCustomer) -> list[tuple[str, str]]:
    """What is known of a customer besides records; in the room without number, address and note."""
    kept, bought = page.known.kept, page.purchase
    facts = [
        ("also", wording.listed(list(page.names[1:]))),
        ("group", group_of(desk, page.known)),
        ("spent", ", ".join(map(wording.money, page.spent))),
    ]
    if not desk.room:
        served = desk.roster.full_name(bought.person) if bought and desk.roster.person_of(bought.person) else ""
        facts += [
            ("telephone", (kept.telephone if kept else "") or (bought.telephone if bought else "")),
            ("e-mail", (kept.email if kept else "") or (bought.email if bought else "")),
            ("calls", "wants no calls" if kept and kept.do_not_call else ""),
            ("bought", f"{wording.day(bought.day, desk.today)} {bought.what} {served}".strip() if bought else ""),
            ("answers", f"{page.answers:,} to surveys" if page.answers else ""),
            ("note", kept.note if kept else ""),
        ]
    return [(name, said) for name, said in facts if said]


def spent_on(desk: Desk, one: ListedCustomer) -> tuple[Money, ...]:
    """What the fund spent on a customer, a sum for each currency."""
    stories = [each for each in one.records if isinstance(each, Story)]
    complaints = [each for each in one.records if isinstance(each, Complaint)]
    sums: dict[str, int] = defaultdict(int)
    for entry in spending(stories, complaints, desk.settings.service):
        sums[entry.money.currency] += entry.money.minor
    return tuple(Money(minor, currency) for currency, minor in sums.items())
