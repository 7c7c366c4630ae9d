"""Names are found where they stand, and nowhere else."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetingtool.records.people import Person
from meetingtool.records.stories import Story
from meetingtool.rules.keeping.anonymity import Mask, alias_of, is_alias

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def person(number: int, handle: str, name: str, **more: object) -> Person:
    """Somebody."""
    id = f"01KAT{number:021d}"
    return Person(id=id, at=NOW, made_at=NOW, made_by="pat", handle=handle, name=name, **more)  # type: ignore[arg-type]


ZOE = person(1, "zoe", "Zoë Martin-Reid", nicknames=("Zo",), former_handles=("zm",), left=date(2026, 3, 31))
TOM = person(2, "tom", "Tom Reid")
ALIAS = alias_of(ZOE, {"tom"})
MASK = Mask(ZOE, ALIAS, [TOM])


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("thanks to Zoë Martin-Reid!", "thanks to Former-colleague-1!"),
        ("ZOE martin-reid and ZOË", "Former-colleague-1 and Former-colleague-1"),
        ("Zoe\u0308 did it", "Former-colleague-1 did it"),
        ("@zm and @Zoe, by @zo", "@former-1 and @former-1, by @former-1"),
        ("Zoella and zoo, @zoe-b, mizoe", "Zoella and zoo, @zoe-b, mizoe"),
        ("Reid and @tom", "Reid and @tom"),
        ("", ""),
    ],
)
def test_names_are_replaced_as_whole_words_blind_to_case_and_accents(text: str, without: str) -> None:
    assert MASK.everywhere(text) == without


def test_marks_alone_leave_prose_as_it_is() -> None:
    assert MASK.in_marks("@zoe told Zoe") == "@former-1 told Zoe"
    assert MASK.stands_in("told Zoe")


def test_a_first_name_that_somebody_else_has_is_not_taken_for_the_person() -> None:
    mask = Mask(ZOE, ALIAS, [person(3, "zoe-b", "Zoë Bell")])
    assert mask.everywhere("Zoë did it with Zoë Martin-Reid") == "Zoë did it with Former-colleague-1"
    assert mask.everywhere("Zoë M. did it with Zoë B.") == "Former-colleague-1 did it with Zoë B."


def test_an_anonymous_person_says_nothing_of_who_it_was() -> None:
    assert is_alias(ALIAS)
    assert not is_alias(ZOE)
    assert (ALIAS.nicknames, ALIAS.role, ALIAS.email, ALIAS.former_handles, ALIAS.left) == ((), "", "", (), ZOE.left)
    assert alias_of(ZOE, {"former-1"}).handle == "former-2"


@given(st.text(max_size=60))
def test_any_text_comes_through_and_no_name_is_left(text: str) -> None:
    mixed = f"{text} Zoë {text}"
    assert not MASK.stands_in(MASK.everywhere(mixed)) or "former" in mixed
    story = Story(id=ZOE.id, at=NOW, made_at=NOW, made_by="pat", kind="win", text=text, line=text)
    masked = MASK.masked(story, "2026-11-24", texts=False)
    assert masked is story or "@" in text


def test_a_family_name_that_nobody_else_has_is_replaced_where_it_stands_alone() -> None:
    quirin = person(4, "quirin", "Quirin A. van der Zappatello")
    mask = Mask(quirin, ALIAS, [TOM, ZOE])
    for words in ("Zappatello's patience", "ZAPPATELLO", "Zappatello-san", "Mr Zappatello"):
        assert mask.stands_in(words)
        assert mask.everywhere(words).replace("Former-colleague-1", "Zappatello").casefold() == words.casefold()
    assert mask.everywhere("a van, der A. and Reid") == "a van, der A. and Reid"
    shared = Mask(quirin, ALIAS, [person(5, "uma", "Uma Zappatello")])
    assert shared.everywhere("Zappatello's patience") == "Zappatello's patience"


@pytest.mark.parametrize(
    "words",
    [
        *("HÄUSLER's lift", "Zoës bike", "Häuslers car", "Zoë_Häusler", "Mrs Haeusler-Quist", "Quist alone"),
        *("Zo\u00adë Häus\u00adler", "Zoe Haeusler", "Zozos lamp", "ZOË QUIST"),
    ],
)
def test_a_half_of_a_double_surname_a_genitive_and_two_letters_for_one_are_the_name_too(words: str) -> None:
    zoe = person(7, "zoe", "Zoë Häusler-Quist", nicknames=("Zozo",))
    mask = Mask(zoe, ALIAS, [TOM])
    assert mask.stands_in(words)
    left = mask.everywhere(words).casefold()
    assert not any(part in left for part in ("zo", "häus", "haeus", "quist")), left
    others = [person(8, "anna", "Anna Quist"), person(9, "zoes", "Zoes Brown")]
    kept = "Quist and Zoes and a zoes list, häuslers"
    assert Mask(zoe, ALIAS, others).everywhere(kept) == kept


@pytest.mark.parametrize(
    ("name", "listed", "others"),
    [
        ("李小龙", ["小龙来了", "李先生"], ["小心"]),
        ("Łukasz Wójcik", ["dla Łukasza", "Wójcikowie"], ["los"]),
        ("Анна Петрова", ["для Анны", "с Петровой"], ["Анализ"]),
        ("أحمد العلي", ["وأحمد", "لأحمد"], ["حمد"]),
        ("Sean O'Brien-McCarthy", ["Ms O Brien", "Mac Carthy", "OBrien"], ["Brie", "Carter"]),
        ("İpek Şahin", ["ipekşahin@x.example", "Şahinler"], ["pekşahin"]),
        ("Ann de la Cruz", ["delacruz"], ["annual cruise la de facto"]),
        ("Nguyễn Thị Hương", ["Huong"], ["What did we try this year?", "This"]),
        ("Martin Bell", ["Martinez"], ["Martina said so"]),
        ("박서연", ["서연이가 왔다", "박 대리님"], ["박수"]),
        ("山田太郎", ["山田さん", "太郎が"], ["山の", "田んぼ"]),
        ("王小明", ["老王"], ["小心"]),
        ("पूजा शर्मा", ["पूजाने सांगितले", "शर्माजी"], ["पूछा"]),
        ("राम सिंह", ["रामू यादव", "सिंहासन"], ["आराम"]),
        ("ນ້ອຍ ສີ", ["ນ້ອຍໆ"], ["ສິ"]),
        ("ნინო ბერიძე", ["ნინომ", "ბერიძეს"], ["წიგნი"]),
        ("አበበ በቀለ", ["ለአበበ", "የአበበን", "ስለአበበ", "አበበን"], ["አዲስ"]),
        ("陈美玲", ["陈姐", "阿玲"], ["陈旧", "姐姐"]),
        ("남궁민수", ["남궁 과장님", "남궁씨"], ["남쪽"]),
        ("Seán Ó Briain", ["a Sheáin", "Shean"], ["Season"]),
        ("Sara Dann", ["Shara"], ["Sharia", "Shade"]),
        ("Hope Park", ["I hope so", "hopes", "Dear hope", "the park"], ["hopeful"]),
        ("Mark Bell", ["please mark the box", "a bell"], ["market"]),
        ("דנה לוי", ["לדנה", "ושדנה אמרה"], ["נהג"]),
        ("علي حسن", ["وعلي"], ["عليك"]),
        ("Jonas Petrauskas", ["dėl Jono", "Petrauskui"], ["Join us", "Pets"]),
        ("Mārtiņš Kalniņš", ["Mārtiņam", "Kalniņu"], ["Kalk"]),
        ("Mikko Virtanen", ["Mikolle", "Virtasen"], ["Milk", "Virus"]),
        ("Jana Nováková", ["Janě", "Janou", "Novák"], ["January", "Janitor", "Novel", "Japan"]),
        ("Siobhán Ní Dhomhnaill", ["a Shiobhán", "O Domhnaill"], ["Shop"]),
        ("Ayşe Çelik", ["Çeliği"], ["çelikten", "Cell"]),
        ("Emma O’Neill", ["ONeills", "O'Neils"], ["one", "Oneself"]),
        ("José Antonio Ruiz", ["joseantonio"], ["Josh"]),
        ("Julia Dann", ["Juliin", "Danns"], ["July", "Dance"]),
    ],
)
def test_what_may_be_the_name_in_another_form_is_listed(name: str, listed: list[str], others: list[str]) -> None:
    mask = Mask(person(7, "x", name), ALIAS, [person(8, "m", "Martina Reid")])
    kept = [*(mask.everywhere(words) for words in listed), *others]
    stories = [
        Story(id=f"01KAT{number:021d}", at=NOW, made_at=NOW, made_by="pat", kind="win", line=words, text=words)
        for number, words in enumerate(kept)
    ]
    told = [next((each.words for each in mask.mentions([story])), "") for story in stories]
    assert told == [words if "Former" not in words else "" for words in kept[: len(listed)]] + [""] * len(others)


def test_a_name_that_is_an_everyday_word_stays_in_small_letters() -> None:
    mask = Mask(person(7, "will", "Will Bell"), ALIAS, [])
    assert mask.everywhere("Will said that he will, @will") == "Former-colleague-1 said that he will, @former-1"
    assert not mask.tells_in("it will rain")
    hope = Mask(person(8, "hope", "Hope Park"), ALIAS, [])
    assert hope.everywhere("I hope that Hope and HOPE do") == "I hope that Former-colleague-1 and Former-colleague-1 do"
    assert hope.in_name_of_file("hope_2026.pdf")


def test_a_word_that_others_write_in_small_letters_is_no_form_of_a_name() -> None:
    mask = Mask(person(7, "x", "Marko Ivić"), ALIAS, [])
    written = ["Markets were full", "two markets", "thanks to Markom"]
    stories = [
        Story(id=f"01KAT{number:021d}", at=NOW, made_at=NOW, made_by="pat", kind="win", line=words, text=words)
        for number, words in enumerate(written)
    ]
    assert {each.words for each in mask.mentions(stories)} == {"thanks to Markom"}


@pytest.mark.parametrize(
    ("name", "files", "others"),
    [
        ("पूजा शर्मा", ["notes पूजा शर्मा.txt", "पूजा.txt"], ["पूछा.txt"]),
        ("มาลี สุขใจ", ["notes มาลี สุขใจ.txt"], ["notes.txt"]),
        ("Jean-Luc D’Arcy", ["n Jean-Luc D'Arcy.txt", "jean_luc_d_arcy.txt", "jean luc.txt"], ["jean.txt", "darn.txt"]),
        ("박서연", ["서연.txt", "notes_서연이.md"], ["박수.txt"]),
    ],
)
def test_a_file_is_named_after_somebody_whatever_the_script_and_the_signs_between_the_words(
    name: str, files: list[str], others: list[str]
) -> None:
    mask = Mask(person(7, "x", name), ALIAS, [TOM])
    assert [path for path in (*files, *others) if mask.in_name_of_file(path)] == files


def test_a_name_in_a_script_without_blanks_is_replaced_within_a_sentence() -> None:
    for name, words in (("李小龙", "李小龙说"), ("김민수", "김민수가"), ("أحمد", "أحـمـد")):
        assert Mask(person(7, "x", name), ALIAS, [TOM]).everywhere(words).startswith("Former-colleague-1")


def test_a_family_name_in_small_letters_or_of_a_customer_is_listed_and_not_replaced() -> None:
    mask = Mask(person(6, "sam", "Sam Bell"), ALIAS, [TOM])
    assert mask.everywhere("Bell rang the bell") == "Former-colleague-1 rang the bell"
    story = Story(id=ZOE.id, at=NOW, made_at=NOW, made_by="pat", kind="win", line="x", text="rang the bell")
    assert [mention.words for mention in mask.mentions([story])] == ["rang the bell"]
    assert not mask.tells_of(story)
    sale = msgspec.structs.replace(story, text="sold", customer="Mrs Bell")
    assert mask.masked(sale, "2026-11-24", texts=True) is sale
    assert [mention.words for mention in mask.mentions([sale])] == ["Mrs Bell"]
