"""From a table to recent customers: CSV or a spreadsheet as a till or a booking program writes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from meetingtool.errors import Refused
from meetingtool.importers.columns import Columns, Field, find_columns
from meetingtool.importers.customers.draft import Reject
from meetingtool.importers.date_columns import DayOrder, in_order, is_nothing, read_dates
from meetingtool.importers.names import tamed
from meetingtool.importers.tabular import Sheet
from meetingtool.records.customers import Purchase
from meetingtool.rules import wording
from meetingtool.rules.roster import Roster

LONGEST = 200
MOST_UNKNOWN = 5

FIELDS = (
    Field(
        "customer",
        "the customer",
        ("customer", "customername", "client", "clientname", "company", "companyname", "account", "accountname",
         "guest", "buyer", "name", "fullname", "kunde", "kundenname", "contact", "contactname"),
        needed=True,
    ),
    Field("first", "the first name", ("firstname", "givenname", "vorname", "first")),
    Field("last", "the last name", ("lastname", "surname", "familyname", "nachname", "last")),
    Field(
        "day",
        "the day of purchase",
        ("lastpurchase", "lastpurchasedate", "purchasedate", "dateofpurchase", "orderdate", "lastorder",
         "lastorderdate", "lastvisit", "visitdate", "bookingdate", "invoicedate", "saledate", "bought", "boughton",
         "purchased",
         "completed", "deliverydate", "delivered", "date", "datum", "day"),
        needed=True,
    ),
    Field(
        "what",
        "what was bought",
        ("product", "productname", "item", "items", "description", "bought", "purchase", "service", "order", "article",
         "what", "details"),
    ),
    Field(
        "person",
        "who served",
        ("servedby", "staff", "employee", "agent", "salesperson", "seller", "rep", "owner", "handledby", "who",
         "accountmanager", "by"),
    ),
    Field("group", "the group", ("group", "segment", "customergroup", "type", "customertype", "category")),
    Field(
        "telephone",
        "the telephone number",
        ("telephone", "telephonenumber", "phone", "phonenumber", "tel", "mobile", "mobilephone", "mobilenumber", "cell",
         "telefon"),
    ),
    Field("email", "the e-mail address", ("email", "emailaddress", "mail")),
)  # fmt: skip


class Recent(msgspec.Struct, frozen=True, kw_only=True):
    """Recent customers. rejected: lines without a customer or a day. question: what has to be answered first.

    mapping: the columns in use, in words.
    """

    rows: tuple[Purchase, ...]
    notes: tuple[str, ...] = ()
    rejected: tuple[Reject, ...] = ()
    question: str = ""
    mapping: str = ""


def field_missing(sheet: Sheet, columns: Mapping[str, str]) -> Literal["customer", "day", ""]:
    """What no column of a table seems to hold and has to be said; empty where nothing is missing."""
    found = find_columns(sheet.header, FIELDS, columns)
    if "customer" not in found and "last" not in found:
        return "customer"
    return "" if "day" in found else "day"


def read_recent(
    sheet: Sheet,
    roster: Roster,
    today: date,
    *,
    day_order: DayOrder | None = None,
    columns: Mapping[str, str] | None = None,
    usual: DayOrder = "day-first",
) -> Recent:
    """The customers in a table, with the day on which each bought. Refused without a column of either.

    Who served becomes the id of a person on the team where the name means one, else it stays as it is.
    """
    if missing := field_missing(sheet, columns or {}):
        spoken = next(field.spoken for field in FIELDS if field.key == missing)
        raise Refused(f"No column seems to hold {spoken}.", f"Say which: --column {missing}=HEADER.")
    found = find_columns(sheet.header, FIELDS, columns or {})
    cells = [found.cell(row, "day") for row in sheet.rows]
    days = read_dates(cells, today, said=day_order, otherwise=usual)
    rows, rejected = [], []
    for line, row, day in zip(sheet.lines, sheet.rows, days.dates, strict=True):
        customer = _customer(row, found)
        if not customer:
            rejected.append(Reject(line, "customer", "", "there is no customer"))
        elif day is None or day > today:
            why = "the day can't be read" if day is None else "the day is in the future"
            rejected.append(Reject(line, found.name("day"), found.cell(row, "day"), why))
        else:
            rows.append(_purchase(row, found, customer, day, roster))
    told = in_order(found.name("day"), cells, days, days.certain, spreadsheet=sheet.unit == "row")
    question = told[0] if told and days.tie and days.doubtful and day_order is None else ""
    if not rows and not rejected:
        raise Refused("The table has column names, but nobody in it.", "Check that it is the right file.")
    unknown = dict.fromkeys(row.person for row in rows if row.person and roster.person_of(row.person) is None)
    if unknown:
        told = [*told, f"Nobody on the team is called {wording.listed(list(unknown)[:MOST_UNKNOWN])}: kept as typed."]
    return Recent(
        rows=tuple(dict.fromkeys(rows)),
        notes=(*sheet.notes, *told),
        rejected=tuple(rejected),
        question=question,
        mapping=found.in_words,
    )


def _text(row: tuple[str, ...], columns: Columns, key: str) -> str:
    cell = columns.cell(row, key)
    return "" if is_nothing(cell) else tamed(cell, LONGEST)


def _customer(row: tuple[str, ...], columns: Columns) -> str:
    whole = _text(row, columns, "customer")
    return whole or " ".join(filter(None, (_text(row, columns, "first"), _text(row, columns, "last"))))


def _purchase(row: tuple[str, ...], columns: Columns, customer: str, day: date, roster: Roster) -> Purchase:
    served = _text(row, columns, "person")
    person = roster.person(served) if served else None
    return Purchase(
        customer=customer,
        day=day,
        what=_text(row, columns, "what"),
        person=person.id if person else served,
        group=_text(row, columns, "group"),
        telephone=_text(row, columns, "telephone"),
        email=_text(row, columns, "email"),
    )
