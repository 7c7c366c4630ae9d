"""Many texts folded at once are what each of them is by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meetingtool.rules.history.haystacks import loose_haystacks, pattern_for, tidy
from meetingtool.rules.words import haystack, needle_for

ODD = st.sampled_from("ab é.ß\n\x00\x1e\x1f\x80½°ÉœŁ!, -_")
FIELDS = st.text(alphabet=st.one_of(ODD, st.characters()), max_size=12)
TEXTS = st.one_of(FIELDS, st.lists(FIELDS, max_size=4).map(tuple))
PLAIN = st.text(alphabet="ab é.,\n", max_size=12)


@given(texts=st.lists(TEXTS, max_size=6))
def test_many_texts_fold_as_each_of_them_does(texts: list[str | tuple[str, ...]]) -> None:
    alone = [haystack([text] if isinstance(text, str) else text) for text in texts]
    assert [tidy(hay) for hay in loose_haystacks(texts)] == alone


def test_no_text_runs_into_the_next() -> None:
    found = loose_haystacks(["so blue", ("door", "", "open"), "", "…", "Straße"])
    assert [tidy(hay) for hay in found] == [" so blue ", " door \n open ", "", "", " strasse "]


@given(typed=PLAIN.map(str.strip), texts=st.lists(st.one_of(PLAIN, st.tuples(PLAIN, PLAIN)), min_size=1, max_size=4))
def test_several_words_are_found_in_loose_haystacks_as_in_tidy_ones(
    typed: str, texts: list[str | tuple[str, ...]]
) -> None:
    needle = needle_for(typed)
    for hay in loose_haystacks(texts):
        assert bool(pattern_for(needle).search(hay)) == (needle in tidy(hay)) or not needle
