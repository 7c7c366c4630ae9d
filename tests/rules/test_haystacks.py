"""Many texts folded at once are what each of them is by itself."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.rules.haystacks import haystacks
from meetingtool.rules.words import haystack

ODD = st.sampled_from("ab é.ß\n\x00\x80\x81½°ÉœŁ!, -_")
FIELDS = st.text(alphabet=st.one_of(ODD, st.characters()), max_size=12)
TEXTS = st.one_of(FIELDS, st.lists(FIELDS, max_size=4).map(tuple))


@given(texts=st.lists(TEXTS, max_size=6))
@settings(max_examples=300)
def test_many_texts_fold_as_each_of_them_does(texts: list[str | tuple[str, ...]]) -> None:
    alone = [haystack([text] if isinstance(text, str) else text) for text in texts]
    assert haystacks(texts) == alone


def test_no_text_runs_into_the_next() -> None:
    found = haystacks(["so blue", ("door", "", "open"), "", "…", "Straße"])
    assert found == [" so blue ", " door \n open ", "", "", " strasse "]
