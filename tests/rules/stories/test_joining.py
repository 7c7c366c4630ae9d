"""Two people at one record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules.stories.joining import merged_fields

TEXTS = st.fixed_dictionaries({"name": st.sampled_from("abc"), "role": st.sampled_from("abc")})


def test_what_only_one_changed_is_taken_from_that_one() -> None:
    base = {"name": "Tom", "role": "Workshop"}
    found = merged_fields(base, {"name": "Thomas", "role": "Workshop"}, {"name": "Tom", "role": "Front desk"})
    assert found.values == {"name": "Thomas", "role": "Front desk"}
    assert found.clashes == ()


def test_what_both_changed_stays_mine_and_is_told() -> None:
    found = merged_fields({"name": "Tom"}, {"name": "Thomas"}, {"name": "Tommy"})
    assert (found.values, found.clashes) == ({"name": "Thomas"}, ("name",))


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    assert merged_fields({"name": "Tom"}, {"name": "Thomas"}, {"name": "Thomas"}).clashes == ()


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_anyone_typed_is_lost_without_a_word(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    found = merged_fields(base, mine, theirs)
    for name, text in found.values.items():
        assert text == mine[name] or mine[name] == base[name]
        assert text == theirs[name] or theirs[name] == base[name] or name in found.clashes
