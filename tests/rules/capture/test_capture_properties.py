from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.records.money import Money
from meetingtool.records.stories import Story
from meetingtool.rules.capture import Capture, Pledge, compose, line_of, parse
from meetingtool.rules.capture.leaning import leans
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)

ATOMS = [
    *[
        "@maria",
        "@tom",
        "@tom ng",
        "@sam",
        "Bell",
        "b.",
        "@maria lopez",
        '@"Tom Ng"',
        '@"',
        "@jo",
        "@Zoë",
        "@o'neil",
        "#own-it",
        "#listen",
        "#tga",
        "#1",
        "^Acme",
        '^"Blue Door"',
        "^o^",
    ],
    *[
        "!refund posted",
        '!"call back"',
        ">order",
        "by fri",
        "by hand",
        "by 31 feb",
        "by tomorrow morning",
        "with",
        "by",
    ],
    *["fund:25", "fund:abc", "fund:", "and", "of", "the", "stayed late", "called", "'s", "\\@", "\\+", "\\\\", "  "],
    *list("+~&,.!?:;-—()[]\"“”«»'a1><@#^\\/$%\n\t\x00\u0308\ud800😀"),
    *["https://x.com/@tom", "info@x.com", "प्रिया"],
]
PIECES = st.sampled_from(ATOMS) | st.text(max_size=3)
LINES = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", ""])), max_size=12).map(
    lambda pieces: "".join(piece + blank for piece, blank in pieces)
)
TEXTS = LINES.map(str.strip)


def parts(capture: Capture) -> dict[str, Any]:
    names = ("text", "people", "standards", "customer", "pledges", "fund_minor", "starred", "private", "unsorted")
    return {name: getattr(capture, name) for name in names}


@given(line=st.text() | LINES)
def test_every_text_is_a_line(line: str, roster: Roster) -> None:
    capture = parse(line, roster, TODAY)
    assert capture.line == line
    assert capture.text == capture.text.strip()
    assert all(pledge.text for pledge in capture.pledges)
    assert [mark.start for mark in capture.marks] == sorted(mark.start for mark in capture.marks)
    assert all(mark.text and line[mark.start : mark.end] == mark.text for mark in capture.marks)


MARKS = st.sampled_from(["@maria", "@zoë", "#own-it", "#listen", '!"a b" by fri', '>"c"', "fund:3", "~"])
NAMES = {"@maria": "Maria", "@zoë": "Zoë"}
WORDS = (
    st.from_regex(r"[^\W\d_]{1,8}[,.!?]?|[0-9]{1,3}", fullmatch=True)
    .filter(lambda word: not leans(f"{word} ", on_name=False) and word.lower() not in ("noon", "maria", "zoë", "zoe"))
    .filter(lambda word: len(word) != len("C.") or not word.endswith("."))
)


@given(pieces=st.lists(st.tuples(st.booleans(), MARKS, WORDS), max_size=12))
def test_words_that_are_no_marks_survive_in_order(pieces: list[tuple[bool, str, str]], roster: Roster) -> None:
    line = " ".join(mark if marked else word for marked, mark, word in pieces)
    words = [word for marked, _, word in pieces if not marked]
    kept = [word.rstrip(",.") for word in parse(line, roster, TODAY).text.split() if word != "~"]
    assert [word for word in kept if word not in NAMES.values()] == [word.rstrip(",.") for word in words]


@given(pieces=st.lists(st.tuples(st.booleans(), MARKS, WORDS), max_size=12))
def test_no_name_is_lifted_out_between_two_words(pieces: list[tuple[bool, str, str]], roster: Roster) -> None:
    line = " ".join(mark if marked else word for marked, mark, word in pieces)
    places = [place for place, (marked, _, _) in enumerate(pieces) if not marked]
    within = pieces[places[0] : places[-1]] if places else []
    names = [NAMES[mark] for marked, mark, _ in within if marked and mark in NAMES]
    text = parse(line, roster, TODAY).text
    assert [word for word in text.split() if word in NAMES.values()][: len(names)] == names


LETTERS = st.text(st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=6)
JOINS = st.sampled_from(["with", "i", "и", "ja", "és", "ve", "a", "και", "en", "und", "helped", "together with"])


@given(join=JOINS | LETTERS.filter(lambda word: word != "by"), behind=WORDS.filter(str.isalnum))
def test_two_names_of_a_sentence_stay_in_it_together(join: str, behind: str, roster: Roster) -> None:
    for end in (f" {behind}", f" {behind} #own-it"):
        capture = parse(f"@maria {join} @tom{end}", roster, TODAY)
        assert capture.people == ("maria", "tom")
        assert capture.text in (behind, f"Maria {join} Tom {behind}")


@given(rest=LETTERS, sign=st.sampled_from([".", "'", "’", "/", "–", "&", "_"]), behind=st.sampled_from(["", " stayed"]))
def test_a_name_is_never_cut_in_two(rest: str, sign: str, behind: str, roster: Roster) -> None:
    capture = parse(f"@tom{sign}{rest}{behind}", roster, TODAY)
    whole = f"{sign}{rest}{behind}"
    assert capture.text in ((f"@tom{whole}", f"Tom{whole}") if rest[0].isascii() or sign != "." else (capture.text,))
    assert bool(capture.people) != bool(capture.unsorted)


@given(words=WORDS, sign=st.sampled_from(["“”", "„“", "«»", '""', "''", "‘’"]), lead=st.sampled_from(["", "she said "]))
def test_a_name_within_a_quotation_stays_in_it(words: str, sign: str, lead: str, roster: Roster) -> None:
    opening, closing = sign
    for said, text in (
        (f"{words}, @tom", f"{words}, Tom"),
        (f"{words} - @tom!", f"{words} - Tom!"),
        (f"@tom: {words}", f"Tom: {words}"),
    ):
        capture = parse(f"{lead}{opening}{said}{closing} #own-it", roster, TODAY)
        assert (capture.text, capture.people) == (f"{lead}{opening}{text}{closing}", ("tom",))


MARK_FOR_A_MARK = re.compile(r"[!>]\s*(?:@\S+\s+)*(?:[#^]|by\b)")
"""What follows such a sign may turn out to be words or none."""


@given(line=LINES.filter(lambda line: not set(line) & set('\\"“”„«»') and not MARK_FOR_A_MARK.search(line)))
def test_what_is_left_holds_no_further_marks_but_those_to_sort_out(line: str, roster: Roster) -> None:
    text = parse(line, roster, TODAY).text
    again = parse(text, roster, TODAY)
    assert again.text == text
    assert all(mark.kind.startswith("unknown") for mark in again.marks)


@given(line=LINES)
def test_a_line_written_from_what_was_read_reads_the_same(line: str, roster: Roster) -> None:
    first = parts(parse(line, roster, TODAY))
    second = parts(parse(compose(**first, roster=roster), roster, TODAY))
    in_text = tuple(mark for mark in first.pop("unsorted") if mark in first["text"])
    assert set(second.pop("unsorted")) <= set(in_text)
    assert second == first


@given(
    text=TEXTS,
    people=st.lists(st.sampled_from(["maria", "tom", "zoe", "sam-b"]), unique=True).map(tuple),
    standards=st.lists(st.sampled_from(["own-it", "listen"]), unique=True).map(tuple),
    customer=TEXTS.map(lambda text: " ".join(text.split())),
    pledges=st.lists(
        st.builds(Pledge, st.sampled_from(["promise", "action"]), TEXTS.filter(bool), st.none() | st.dates()),
        max_size=3,
    ).map(tuple),
    fund_minor=st.none() | st.integers(0, 10**11 - 1),
    starred=st.booleans(),
    private=st.booleans(),
)
def test_any_parts_can_be_written_as_a_line(roster: Roster, **given_parts: Any) -> None:
    line = compose(**given_parts, roster=roster)
    assert parts(parse(line, roster, TODAY)) == {**given_parts, "unsorted": ()}


@pytest.mark.parametrize(
    ("capture", "line"),
    [
        (
            {"text": "stayed late", "people": ("maria", "tom"), "standards": ("own-it",)},
            "@maria @tom stayed late #own-it",
        ),
        ({"text": "our #1 in C#", "customer": "Blue Door", "starred": True}, '+ ^"Blue Door" our #1 in C#'),
        ({"text": "met @jo", "unsorted": ("@jo",)}, "met @jo"),
        ({"text": "met @jo and @tom"}, r"met \@jo and \@tom"),
        ({"text": "and so on", "people": ("maria",)}, "@maria \\ and so on"),
        ({"text": "rang", "pledges": (Pledge("promise", "refund", date(2026, 12, 1)),)}, "rang !refund by 2026-12-01"),
        (
            {"text": "", "pledges": (Pledge("action", "stand by, me"),), "fund_minor": 2550},
            'fund:25.50 >"stand by, me"',
        ),
    ],
)
def test_a_line_is_written_as_plainly_as_can_be(capture: dict[str, Any], line: str, roster: Roster) -> None:
    assert compose(**capture, roster=roster) == line


def test_a_story_is_written_as_the_line_to_edit_it_by(roster: Roster) -> None:
    made = datetime(2026, 11, 24, 9, tzinfo=UTC)
    story = Story(
        id="A",
        at=made,
        made_at=made,
        made_by="pat",
        kind="win",
        text="stayed late",
        line="",
        people=("zoe",),
        fund=Money(2500, "GBP"),
        private=True,
    )
    assert line_of(story, roster) == "~ @zoe stayed late fund:25"


@pytest.mark.parametrize(
    "piece",
    ["@maria ", "@jo ", "@maria, ", "(@maria) ", "[@maria] (", "@tom and ", "a + @tom ", "@maria's ", "@", "@a", "#a-"]
    + ["!a ", "!a + ", '!"', "!“a ", '!"x" by hand ', "!x by fri ", "by ", "by 24 Nov 26 ", "+ ", "~", "^a ", '^"', "“"]
    + ["fund:", "fund:1 ", "http://", ",;-:", "x, ", "\\", "\x00", "😀", "e\u0301"],
)
def test_30_000_letters_of_the_same_mark_are_read_and_written(piece: str, roster: Roster) -> None:
    line = piece * (30_000 // len(piece))
    assert parse(line, roster, TODAY).line == line
    words = f"a{line[:10_000]}b"
    assert parse(compose(words, roster=roster), roster, TODAY).text == words.strip()
