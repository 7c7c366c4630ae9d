"""The role-play maker: nobody can be recognised in the card, and ordinary words stay."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.records.people import Person
from meetingtool.records.standards import Standard
from meetingtool.records.stories import Story
from meetingtool.rules.folding import fold
from meetingtool.rules.playbook.roleplay import Masks, card, suspects
from meetingtool.rules.roster import Roster

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
BASE = {"at": NOW, "made_at": NOW, "made_by": "pat"}
PEOPLE = (
    Person(id="m", handle="maria", name="Maria Lopez", nicknames=("Mimi",), email="maria@desk.example", **BASE),
    Person(id="z", handle="zoe", name="Zoë Martin-Reid", former_handles=("zozo",), **BASE),
    Person(id="w", handle="will", name="Will Rose", number="004217", **BASE),
    Person(id="g", handle="gone", name="Sam Bell", left=date(2025, 1, 1), **BASE),
)
LISTEN = Standard(
    id="s", tag="listen", title="Listens first", behaviour="Hears people out", anchors=("a", "b", "c", "d", "e"), **BASE
)
ROSTER = Roster(PEOPLE, (LISTEN,), NOW.date())
MASKS = Masks(ROSTER, ("Blue Door Café", "Acme"), "Harbour Desk", ("m",))


@pytest.mark.parametrize(
    ("told", "played"),
    [
        ("Maria promised Acme a refund.", "The employee promised the customer a refund."),
        ("MARIA LOPEZ and zoe rang.", "The employee and a colleague rang."),
        ("It was Mimi's fault.", "It was the employee's fault."),
        ("The blue door cafe waited for Martin-Reid.", "The customer waited for a colleague."),
        ("Sam, who has left, told @jo.", "A colleague, who has left, told a colleague."),
        ("Write to ann.lee@acme.example or 020 7946 0018.", "Write to an e-mail address or a number."),
        ("Mrs Ahmed shouted at zozo.", "The customer shouted at a colleague."),
        ("She will call when the rose is open.", "She will call when the rose is open."),
        ("She told Will about it.", "She told a colleague about it."),
        ("Order AB-123456 of 12 May cost £250 for 3 weeks.", "Order a number of 12 May cost £250 for 3 weeks."),
        ("Harbour Desk was closed.", "The team was closed."),
    ],
)
def test_names_become_roles_and_words_stay(told: str, played: str) -> None:
    assert MASKS.masked(told) == played


def test_what_looks_like_a_name_is_pointed_out() -> None:
    assert suspects(["The man from Contoso wept. Then he rang Bjarne."]) == ("Contoso", "Bjarne")


def test_a_card_has_both_sides_and_what_to_watch_for() -> None:
    story = Story(
        id="k",
        kind="sticky",
        text="Acme got the wrong flowers from Maria.",
        line="",
        people=("m",),
        standards=("s",),
        customer="Acme",
        happened="Two orders were swapped; Zoë had packed both.",
        learned="Read the card back to Acme.",
        **BASE,
    )
    made = card(story, ROSTER, MASKS)
    assert made.title == "The customer got the wrong flowers from the employee"
    assert made.customer == "You are the customer. Two orders were swapped; a colleague had packed both."
    assert made.employee.startswith("A customer comes to you.")
    assert made.look_for == ("Read the card back to the customer.", "Listens first")
    assert made.standards == ("listen",)


@pytest.mark.parametrize(
    ("told", "played", "title"),
    [
        (
            "A very polite argument in front of Acme. #ontime",
            "A very polite argument in front of the customer.",
            "A very polite argument in front of the customer",
        ),
        ("Late #ontime again, #listen", "Late again.", "Late again"),
        ("The #1 customer rang.", "The #1 customer rang.", "The #1 customer rang"),
        (
            "Crate of bread left at the food bank's old door, and the pigeons had all of it.",
            "Crate of bread left at the food bank's old door, and the pigeons had all of it.",
            "Crate of bread left at the food bank's old door",
        ),
        (
            "Two vans with one delivery slot stood nose to nose before the school gates for an hour",
            "Two vans with one delivery slot stood nose to nose before the school gates for an hour.",
            "Two vans with one delivery slot stood nose to nose",
        ),
        ("x" * 80, "X" + "x" * 79 + ".", "X" + "x" * 59),
    ],
)
def test_a_card_has_no_tags_and_a_title_of_whole_words(told: str, played: str, title: str) -> None:
    made = card(Story(id="k", kind="sticky", text=told, line="", unsorted=("#ontime",), **BASE), ROSTER, MASKS)
    assert made.customer == f"You are the customer. {played}"
    assert made.title == title


NAMES = [
    "Maria",
    "Lopez",
    "MARIA LOPEZ",
    "Zoë",
    "zoe",
    "Mimi",
    "Acme",
    "Blue Door Café",
    "maria@desk.example",
    "004217",
]
WORDS = st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), max_size=12)


@given(WORDS)
def test_no_known_name_is_left_whatever_stands_around_it(parts: list[str]) -> None:
    masked = MASKS.masked(" ".join(parts))
    left = fold(masked)
    assert MASKS.found(masked) == [] or not any(
        f" {fold(name)} " in f" {left} " for name in ("Maria", "Lopez", "Zoë", "Mimi", "Acme", "Blue Door Café")
    )
    assert MASKS.masked(masked) == masked or "@" in masked or any(letter.isdigit() for letter in masked)
