"""Customers: what must be kept of one, and lists of recent ones."""

from datetime import date

import msgspec

from meetingtool.records.base import Record


class Customer(Record, tag="customer", frozen=True, kw_only=True):
    """What is kept of a customer beyond the name that stories carry.

    name: as it is usually written. aliases: other names that stories may carry. group: the id of one of the playbook.
    at: when a number or an address was typed last. forgotten: of a customer who was forgotten, the digests of the names
    that are gone, so that no list brings them back.
    """

    kept_in = "team"

    name: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    telephone: str = ""
    email: str = ""
    note: str = ""
    do_not_call: bool = False
    forgotten: tuple[str, ...] = ()


class Purchase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A customer who bought on a day. what: bought. person: the id of whoever served, or the name as it is in the list.

    telephone, email: kept until twelve months after the purchase.
    """

    customer: str
    day: date
    what: str = ""
    person: str = ""
    group: str = ""
    telephone: str = ""
    email: str = ""


class CustomerList(Record, tag="customer-list", frozen=True, kw_only=True):
    """A list of recent customers, as it was imported. file: its name. first, last: the days of purchase in it."""

    kept_in = "surveys"

    file: str
    first: date
    last: date
    rows: tuple[Purchase, ...] = ()

    @property
    def private(self) -> bool:
        """Always: it has telephone numbers."""
        return True
