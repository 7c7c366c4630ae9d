"""The starter content as it ships, and what a manager is told after a slip in editing it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.errors import MeetingtoolError, NotFound, Refused, Unclear
from meetingtool.importers.shipped import shipped
from meetingtool.importers.starter import read_agenda, read_questions, read_scenarios, read_standards

TAGS = ["welcome", "listen", "own-it", "plain-words", "on-time", "put-right", "know-how", "one-team"]

SEGMENT = '[[segment]]\ntitle = "Wins"\ntopic = "wins"\nminutes = 4\nhint = "One each."\n'
AGENDA = f'name = "Customer service"\n\n{SEGMENT}'
STANDARD = """[[standard]]
tag = "own-it"
title = "Owns it"
behaviour = "Sees it through."
weight = 1
rating_1 = "a"
rating_2 = "b"
rating_3 = "c"
rating_4 = "d"
rating_5 = "e"
"""
QUESTION = '[[question]]\naudience = "team"\ntext = "Who helped?"\n'
SCENARIO = """[[scenario]]
title = "Late"
standards = ["own-it"]
customer = "You waited."
employee = "The part is late."
look_for = ["Says sorry"]
"""

READERS: list[Callable[[str, str], object]] = [read_agenda, read_standards, read_questions, read_scenarios]


def shipped_text(name: str) -> tuple[str, str]:
    return (shipped("starter") / name).read_text(encoding="utf-8"), name


def every_shipped_line() -> list[str]:
    return [line for name in shipped("starter").glob("*.toml") for line in name.read_text("utf-8").splitlines()]


class TestWhatShips:
    def test_the_agenda_has_seven_segments_that_make_fifteen_minutes(self) -> None:
        agenda = read_agenda(*shipped_text("agenda.toml"))
        assert agenda.name == "Customer service"
        assert [s.topic for s in agenda.segments] == [
            "standard", "follow-ups", "wins", "stickies", "customers", "question", "thanks",
        ]  # fmt: skip
        assert [s.seconds for s in agenda.segments] == [60, 120, 240, 240, 60, 120, 60]
        assert sum(s.seconds for s in agenda.segments) == 900
        assert all(0 < len(s.hint) < 70 and len(s.title) <= 20 for s in agenda.segments)

    def test_there_are_eight_standards_whose_texts_fit_a_terminal(self) -> None:
        standards = read_standards(*shipped_text("standards.toml"))
        assert [s.tag for s in standards] == TAGS
        assert all(len(anchor) <= 90 for s in standards for anchor in s.anchors)
        assert all(len(s.title) <= 28 and len(s.behaviour) <= 100 for s in standards)
        assert len({anchor for s in standards for anchor in s.anchors}) == 40

    def test_there_are_forty_questions_ten_for_each_audience_and_no_two_alike(self) -> None:
        questions = read_questions(*shipped_text("questions.toml"))
        assert Counter(q.audience for q in questions) == {"team": 10, "service": 10, "company": 10, "improvement": 10}
        assert len({q.text.casefold() for q in questions}) == 40
        assert all(q.text.endswith("?") or "?" not in q.text for q in questions)
        assert all(len(q.text) <= 100 for q in questions)

    def test_there_are_twenty_scenarios_that_practise_every_standard(self) -> None:
        scenarios = read_scenarios(*shipped_text("scenarios.toml"), tags=TAGS)
        assert len({s.title for s in scenarios}) == len(scenarios) == 20
        assert {tag for s in scenarios for tag in s.standards} == set(TAGS)
        assert all(3 <= len(s.look_for) <= 4 for s in scenarios)

    def test_both_players_of_a_scenario_are_told_who_they_are(self) -> None:
        scenarios = read_scenarios(*shipped_text("scenarios.toml"))
        assert all(s.employee.startswith("You ") for s in scenarios)
        assert all({"you", "your"} & set(s.customer.casefold().split()) for s in scenarios)
        assert all(2 <= len(re.findall(r"[.?](?=\W*(?:\s|$))", s.customer)) <= 4 for s in scenarios)

    def test_the_files_are_written_in_the_voice_of_the_product(self) -> None:
        text = "\n".join(every_shipped_line()).casefold()
        for unwanted in ("!", "—", "–", "delight", "above and beyond", "customer journey", "stakeholder", "empower"):
            assert unwanted not in text
        words = set(text.replace('"', " ").replace(".", " ").replace(",", " ").split())
        assert not words & {"he", "she", "his", "her", "him", "hers", "himself", "herself"}

    def test_the_lines_fit_an_editor_beside_something_else(self) -> None:
        assert max(len(line) for line in every_shipped_line()) <= 120

    def test_what_does_not_ship_is_said_to_be_missing(self) -> None:
        with pytest.raises(NotFound, match="“nowhere”"):
            shipped("nowhere")


class TestReading:
    def test_minutes_may_have_a_fraction(self) -> None:
        agenda = read_agenda(AGENDA.replace("minutes = 4", "minutes = 1.5"), "agenda.toml")
        assert agenda.segments[0].seconds == 90

    def test_a_hint_may_be_left_out_or_empty(self) -> None:
        without = AGENDA.replace('hint = "One each."\n', "")
        empty = AGENDA.replace("One each.", "")
        assert [read_agenda(text, "a").segments[0].hint for text in (without, empty)] == ["", ""]

    def test_a_text_over_several_lines_becomes_one_line(self) -> None:
        text = SCENARIO.replace('"You waited."', '"""\nYou  waited,\nand waited.\n"""')
        assert read_scenarios(text, "s.toml")[0].customer == "You waited, and waited."

    def test_a_file_saved_by_a_windows_editor_is_read(self) -> None:
        text = "\ufeff" + QUESTION.replace("\n", "\r\n")
        assert read_questions(text, "q.toml")[0].text == "Who helped?"

    def test_control_characters_and_direction_marks_are_made_visible(self) -> None:
        text = QUESTION.replace("Who", "\\u001b[31mWho\\u202e")
        assert read_questions(text, "q.toml")[0].text == "␛[31mWho<U+202E> helped?"

    def test_questions_and_scenarios_may_all_be_deleted(self) -> None:
        assert read_questions("# none yet\n", "q.toml") == ()
        assert read_scenarios("", "s.toml") == ()


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


REFUSED = [
    (read_agenda, SEGMENT, 1, "the file has no name", 'name = "Customer service"'),
    (read_agenda, 'name = "Item"\n', 1, r"has no \[\[segment\]\]", "at least one"),
    (read_agenda, edited(AGENDA, "minutes = 4", "minutes = 0"), 6, "segment 1 needs minutes above 0", "minutes = 2"),
    (read_agenda, edited(AGENDA, "minutes = 4", "minutes = -3"), 6, "minutes above 0", "minutes = 2"),
    (read_agenda, edited(AGENDA, "minutes = 4", "minutes = 0.001"), 6, "minutes above 0", "minutes = 2"),
    (read_agenda, edited(AGENDA, "minutes = 4", "minutes = inf"), 6, "minutes above 0", "at most 480"),
    (read_agenda, edited(AGENDA, "minutes = 4", "minutes = nan"), 6, "minutes above 0", "minutes = 2"),
    (read_agenda, edited(AGENDA, "minutes = 4", "minutes = true"), 6, "minutes above 0", "minutes = 2"),
    (read_agenda, edited(AGENDA, "minutes = 4", 'minutes = "4"'), 6, "minutes above 0", "minutes = 2"),
    (read_agenda, edited(AGENDA, "minutes = 4\n", ""), 3, "segment 1 has no minutes", "minutes = 4"),
    (read_agenda, edited(AGENDA, '"One each."', "7"), 7, "hint that is not text", "straight quotes"),
    (read_agenda, edited(AGENDA, "[[segment]]", "[segment]"), 3, r"not as \[\[segment\]\]", "two brackets"),
    (read_standards, "", 1, r"has no \[\[standard\]\]", "rating_5"),
    (read_standards, edited(STANDARD, "weight = 1", "weight = 0"), 5, "needs a weight above 0", "weight = 1"),
    (read_standards, edited(STANDARD, "weight = 1", "weight = -2"), 5, "needs a weight above 0", "weight = 1"),
    (read_standards, edited(STANDARD, "weight = 1", "weight = 1.5"), 5, "needs a weight above 0", "whole number"),
    (read_standards, edited(STANDARD, "weight = 1", f"weight = {10**30}"), 5, "weight", "1 to 100"),
    (read_standards, edited(STANDARD, 'rating_4 = "d"\n', ""), 1, "standard 1 has no rating_4", "rating_4 = "),
    (read_standards, edited(STANDARD, '"Owns it"', '"  "'), 3, "empty title", "Owns it to the end"),
    (read_standards, edited(STANDARD, '"own-it"', '"own it"'), 2, "can't be typed as a tag", "“own-it”"),
    (read_standards, edited(STANDARD, '"own-it"', '"#own-it"'), 2, "can't be typed as a tag", "“own-it”"),
    (read_standards, edited(STANDARD, '"own-it"', '"Écoute"'), 2, "can't be typed as a tag", "“ecoute”"),
    (read_standards, edited(STANDARD, '"own-it"', '"24"'), 2, "can't be typed as a tag", "“own-it”"),
    (read_standards, f"{STANDARD}\n{STANDARD}", 13, "“own-it” of standard 1 in line 2", "a tag of its own"),
    (read_questions, edited(QUESTION, "audience", "# audience"), 1, "question 1 has no audience", 'audience = "team"'),
    (read_questions, edited(QUESTION, '"Who helped?"', '["Who"]'), 3, "not text", "straight quotes"),
    (read_scenarios, edited(SCENARIO, '["own-it"]', '"own-it"'), 3, "not a list of texts", '["put-right", "own-it"]'),
    (read_scenarios, edited(SCENARIO, '["Says sorry"]', "[]"), 6, "empty look_for", "look_for = "),
    (read_scenarios, edited(SCENARIO, '["Says sorry"]', '["a", " "]'), 6, "empty text in it", "look_for = "),
    (read_scenarios, edited(SCENARIO, '["own-it"]', '["own it"]'), 3, "can't be typed as a tag", "“own-it”"),
]

UNCLEAR = [
    (read_agenda, edited(AGENDA, "topic", "topics"), 5, "segment 1 has “topics”", "Did you mean topic?"),
    (read_agenda, edited(AGENDA, '"wins"', '"win"'), 5, "topic “win”, which is unknown", "Did you mean “wins”?"),
    (read_agenda, f'nam = "x"\n{AGENDA}', 1, "the file has “nam”", "Did you mean name?"),
    (read_standards, edited(STANDARD, "behaviour", "behavior"), 4, "“behavior”", "Did you mean behaviour?"),
    (read_standards, edited(STANDARD, "[[standard]]", "[[standards]]"), 1, "“standards”", r"mean [[standard]]?"),
    (read_standards, f'{STANDARD}"\\u001b[2J" = 1\n', 1, r"“␛\[2J”", "Known here: tag"),
    (read_questions, edited(QUESTION, '"team"', '"staff"'), 2, "audience “staff”", "Choose one of: team, service"),
]  # fmt: skip

UNREADABLE = [
    (edited(QUESTION, '"team"', '"team'), 2, "the text has no closing quote", "straight quotes"),
    (edited(QUESTION, '"team"', "“team”"), 2, "Invalid value", "not the curly ones"),
    (edited(QUESTION, "audience = ", "audience "), 2, "Expected '='", "straight quotes"),
    (edited(QUESTION, '"Who helped?"', '"Who "really" helped?"'), 3, "Expected newline", 'inside it is written \\"'),
    (edited(QUESTION, "[[question]]", "[[question]"), 1, "a bracket is missing", "two brackets"),
    (edited(QUESTION, '"Who helped?"', '["Who", "helped"'), 3, "the list is never closed", "a comma between"),
    (f'{QUESTION}text = "Again"\n', 4, "the key appears twice", "Keep one"),
    (edited(QUESTION, '"Who helped?"', '"""Who helped?\n\n# end'), 3, "the text is never closed", "the same quotes"),
]

Reader = Callable[[str, str], object]


class TestSlips:
    @pytest.mark.parametrize(("read", "text", "line", "message", "remedy"), REFUSED)
    def test_what_is_wrong_is_refused_with_its_line_and_the_remedy(
        self, read: Reader, text: str, line: int, message: str, remedy: str
    ) -> None:
        with pytest.raises(Refused, match=rf"^my\.toml, line {line}: .*{message}") as caught:
            read(text, "my.toml")
        assert remedy in caught.value.hint

    @pytest.mark.parametrize(("read", "text", "line", "message", "remedy"), UNCLEAR)
    def test_a_misspelt_word_gets_its_line_and_the_words_that_are_known(
        self, read: Reader, text: str, line: int, message: str, remedy: str
    ) -> None:
        with pytest.raises(Unclear, match=rf"^my\.toml, line {line}: .*{message}") as caught:
            read(text, "my.toml")
        assert remedy in caught.value.hint

    @pytest.mark.parametrize(("text", "line", "message", "remedy"), UNREADABLE)
    def test_text_that_is_no_toml_gets_its_line_and_how_to_write_it(
        self, text: str, line: int, message: str, remedy: str
    ) -> None:
        with pytest.raises(Refused, match=rf"^my\.toml, line {line}: this can't be read \({message}") as caught:
            read_questions(text, "my.toml")
        assert remedy in caught.value.hint

    def test_a_scenario_for_a_standard_that_is_not_there_is_unclear_once_the_tags_are_known(self) -> None:
        assert read_scenarios(edited(SCENARIO, "own-it", "owns-it"), "my.toml")
        with pytest.raises(Unclear, match=r"^my\.toml, line 3: scenario 1 practises “owns-it”") as caught:
            read_scenarios(edited(SCENARIO, "own-it", "owns-it"), "my.toml", tags=TAGS)
        assert "Did you mean “own-it”?" in caught.value.hint

    def test_the_line_is_right_after_text_and_notes_that_look_like_tables(self) -> None:
        first = SCENARIO.replace('"You waited."', '"""\n[[scenario]]\nstandards = 1 # \\"""\n"""')
        second = edited(SCENARIO, '["own-it"]', "[]")
        text = f"# [[scenario]]\n{first}\n{second}"
        with pytest.raises(Refused, match=r"^my\.toml, line 14: scenario 2 has an empty standards"):
            read_scenarios(text, "my.toml")

    def test_tables_written_in_one_line_get_the_line_where_they_begin(self) -> None:
        with pytest.raises(Refused, match=r"^my\.toml, line 2: question 1 has no text"):
            read_questions('\nquestion = [{audience = "team"}]\n', "my.toml")

    @pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "9" * 5000])
    def test_absurd_nesting_and_numbers_are_refused(self, text: str) -> None:
        with pytest.raises(Refused, match=r"my\.toml"):
            read_questions(text, "my.toml")

    @given(
        reader=st.sampled_from(READERS),
        pieces=st.lists(
            st.one_of(
                st.sampled_from([*AGENDA.splitlines(), *STANDARD.splitlines(), *SCENARIO.splitlines(), '"""', "'''"]),
                st.text(max_size=12),
            ),
            max_size=12,
        ),
    )
    def test_any_text_is_read_or_refused_by_name_and_never_fails_otherwise(
        self, reader: Reader, pieces: list[str]
    ) -> None:
        try:
            reader("\n".join(pieces), "my.toml")
        except MeetingtoolError as error:
            assert error.message.startswith("my.toml")
            assert error.hint
