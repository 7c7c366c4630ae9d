"""Notes on the manager's own yardstick."""

from __future__ import annotations

from datetime import date

from meetingtool.rules.people.calibration_notes import calibration_notes
from meetingtool.rules.people.periods import period_of, quarters
from meetingtool.rules.people.score_inputs import GivenRating, HeldStandard, ScoreInputs

YEAR = period_of(2026)
NAMES = {"p0": "Maria", "p1": "Tom", "p2": "Zoë"}


def inputs(person: str, ratings: list[tuple[str, int, int]]) -> ScoreInputs:
    """ratings: standard, quarter, value."""
    given = tuple(
        GivenRating(f"{person}{n}", standard, date(2026, 3 * quarter + 2, 1), value, quarter)
        for n, (standard, quarter, value) in enumerate(ratings)
    )
    held = tuple(HeldStandard(tag, tag, tag, 1, date(2020, 1, 1), None) for tag in ("listen", "own-it"))
    return ScoreInputs(person, YEAR, quarters(YEAR), held, ratings=given)


def test_a_standard_on_which_all_are_rated_alike_is_named() -> None:
    team = {p: inputs(p, [("listen", q, 4) for q in range(4)] + [("own-it", 0, n + 2)]) for n, p in enumerate(NAMES)}
    assert calibration_notes(team, NAMES) == ("On #listen 12 of 12 ratings are 4: it does not distinguish people.",)


def test_a_yardstick_that_moved_is_named() -> None:
    team = {p: inputs(p, [(s, q, 3 + q // 3 + (s == "listen")) for q in (0, 3) for s in ("listen", "own-it")] * 2)
            for p in NAMES}  # fmt: skip
    (note,) = calibration_notes(team, NAMES)
    assert note.startswith("The ratings of Oct–Dec are higher than those of Jan–Mar, on average 4.5 against 3.5")


def test_people_who_rest_on_far_fewer_ratings_are_named() -> None:
    team = {"p0": inputs("p0", [("listen", q, q + 2) for q in range(3)] * 2), "p1": inputs("p1", [("listen", 0, 3)])}
    assert calibration_notes(team, NAMES) == (
        "Some rest on far fewer ratings than others: Tom (1), where the most is 6.",
    )


def test_nothing_is_said_where_there_is_nothing_to_say() -> None:
    assert calibration_notes({}, {}) == ()
    assert calibration_notes({"p0": inputs("p0", [])}, NAMES) == ()
