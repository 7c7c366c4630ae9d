"""Which names mean one customer: the same letters, blind to case and accents, or an alias that was kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

from meetingtool.records.customers import Customer
from meetingtool.rules.folding import fold

NOBODY = "a former customer"
"""What a customer who was forgotten is called; the next one has a number."""

_FORMER = re.compile(rf"{NOBODY}(?: \(\d+\))?")


def key_of(name: str) -> str:
    """What a name is compared by."""
    return " ".join(fold(name).split())


def digest_of(name: str, salt: str) -> str:
    """A name that can be known again and not be read. salt: the id of the record that keeps it, so that the same name
    looks different in every workspace; a guess can still be tried by whoever has the record."""
    from hashlib import blake2b  # 4 MB of OpenSSL, for few

    return blake2b(key_of(name).encode(), key=salt.encode()[:64], digest_size=16).hexdigest()


HALF_TYPED = "half typed"


def draft_of(field: str, name: str) -> str:
    """The key of what is half typed about a customer, which doesn't give the name away."""
    return f"customer-{field}-{digest_of(name, HALF_TYPED)}"


def former(taken: Iterable[str]) -> str:
    """What the next customer to be forgotten is called, so that several stay apart. taken: such names."""
    used, number = set(taken), 1
    while (name := NOBODY if number == 1 else f"{NOBODY} ({number})") in used:
        number += 1
    return name


def is_former(name: str) -> bool:
    """Whether it stands for a customer who was forgotten, whom nobody can call or ask any more."""
    return _FORMER.fullmatch(name) is not None


class ForgottenNames:
    """Knows the names of customers who were forgotten, without having them."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self._digests = [(customer.id, frozenset(customer.forgotten)) for customer in customers if customer.forgotten]
        self._known: dict[str, bool] = {}

    def __contains__(self, name: str) -> bool:
        """Whether the customer was forgotten; worked out once for each spelling."""
        if name not in self._known:
            self._known[name] = any(digest_of(name, salt) in digests for salt, digests in self._digests)
        return self._known[name]


class CustomerNames:
    """A look-up over what is kept about customers. Names with nothing kept about them mean themselves."""

    def __init__(self, customers: Iterable[Customer]) -> None:
        self._by_key: dict[str, Customer] = {}
        self._keys: dict[str, str] = {}
        for customer in customers:
            for alias in customer.aliases:
                self._by_key.setdefault(key_of(alias), customer)
            self._by_key[key_of(customer.name)] = customer

    def kept(self, name: str) -> Customer | None:
        """What is kept about the customer of a name."""
        return self._by_key.get(key_of(name))

    def key(self, name: str) -> str:
        """The same for every name of one customer; empty for an empty name. Worked out once for each spelling: the same
        few names stand in tens of thousands of records."""
        key = self._keys.get(name)
        if key is None:
            kept = self.kept(name)
            key = self._keys[name] = key_of(kept.name if kept else name)
        return key

    def name(self, name: str) -> str:
        """The name to call the customer by."""
        kept = self.kept(name)
        return kept.name if kept else " ".join(name.split())

    def names(self, name: str) -> tuple[str, ...]:
        """Every name of the customer."""
        kept = self.kept(name)
        return (kept.name, *kept.aliases) if kept else (" ".join(name.split()),)
