"""What is kept of customers, and lists of who bought lately."""

from __future__ import annotations

from collections.abc import Hashable

from meetingtool.records.customers import Customer, CustomerList
from meetingtool.rules import wording
from meetingtool.rules.folding import fold
from meetingtool.rules.kinds.kind import Background, Fact, Kind, called
from meetingtool.rules.roster import Roster


class CustomerKind(Kind[Customer]):
    """What is kept of a customer beyond the name that stories carry."""

    record = Customer
    sorts = {"customer": called("customer")}
    added_to = frozenset({"note"})
    written = frozenset({"note", "name", "aliases", "group"})

    def text(self, record: Customer, roster: Roster) -> str:
        return record.name

    def customer(self, record: Customer) -> str:
        return record.name

    def facts(self, record: Customer, roster: Roster, behind: Background) -> list[Fact]:
        return [
            Fact("also", wording.listed([wording.one_line(name) for name in record.aliases])),
            Fact("calls", "wants no calls" if record.do_not_call else ""),
            Fact("note", wording.one_line(record.note)),
            Fact("name", wording.one_line(record.name)),
        ]

    def once(self, record: Customer) -> tuple[Hashable, ...]:
        from meetingtool.rules.customers.naming import key_of

        return tuple(key_of(name) for name in (record.name, *record.aliases) if name)

    def stands_alone(self, record: Customer, base: Customer | None) -> Customer | None:
        """Who was forgotten stays so."""
        return record if record.forgotten and (base is None or record.forgotten != base.forgotten) else None


class CustomerListKind(Kind[CustomerList]):
    """An imported list of recent customers. Private: it has telephone numbers."""

    record = CustomerList
    sorts = {"customer-list": called("list of customers", "lists of customers")}
    kept_once_here = False
    written = frozenset({"file", "what", "person", "group"})

    def text(self, record: CustomerList, roster: Roster) -> str:
        return record.file

    def facts(self, record: CustomerList, roster: Roster, behind: Background) -> list[Fact]:
        first, last = (wording.day(day, roster.today) for day in (record.first, record.last))
        return [
            Fact("file", wording.one_line(record.file)),
            Fact("customers", f"{len({row.customer for row in record.rows}):,}"),
            Fact("bought", f"{first} to {last}"),
        ]

    def shape(self, record: CustomerList, roster: Roster) -> dict[str, object]:
        return {"file": record.file, "first": record.first, "last": record.last, "customers": len(record.rows)}

    def once(self, record: CustomerList) -> tuple[Hashable, ...]:
        return ((fold(record.file), record.first, record.last),)
