"""A book as bytes, and back."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetingtool.records.base import CROCKFORD, mint
from meetingtool.store.bookfile import (
    Header,
    Unreadable,
    content_of,
    open_book,
    peek,
    read_book,
    write_book,
    write_tables,
)
from meetingtool.store.keys import end_of, former_key, key_of, number_of
from meetingtool.store.lines import Lines
from meetingtool.store.mending.salvage import certain_header
from meetingtool.store.storage import encode_rows

KEYS = st.text(min_size=1, max_size=6) | st.sampled_from(['"', '":', "\\", '\\"', "1", '",\n"'])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=4), max_size=5)
TABLES = st.dictionaries(KEYS.filter(lambda name: name != "meetingtool"), DOCUMENTS, max_size=4)


def over(header: Header, rows: dict[str, bytes]) -> Header:
    """The header as it is written over these records."""
    return msgspec.structs.replace(header, records=len(rows), content=content_of(rows.values()))


def encoded(tables: dict[str, Any]) -> dict[str, dict[str, bytes]]:
    return {name: encode_rows(table) for name, table in tables.items()}


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_any_tables_come_back_as_they_were_and_are_plain_json(tables: dict[str, Any]) -> None:
    header = Header(book="2026", saves=3, changed=datetime(2026, 3, 3, tzinfo=UTC))
    header = over(header, encoded(tables).get("records", {}))
    data = write_tables(header, encoded(tables))
    sheet = read_book(data)
    assert (sheet.header, sheet.tables, sheet.sound) == (header, encoded(tables), True)
    content = json.loads(data)
    assert content.pop("meetingtool")["1"]["book"] == "2026"
    assert content == tables
    rewritten = read_book(json.dumps(json.loads(data), ensure_ascii=False, indent=1).encode())
    assert (rewritten.header, rewritten.tables, rewritten.sound) == (header, encoded(tables), False)
    assert certain_header(data) == certain_header(json.dumps(json.loads(data), indent=1).encode()) == header


@settings(max_examples=60, deadline=None)
@given(TABLES, st.data())
def test_no_flipped_bit_goes_unnoticed(tables: dict[str, Any], data: st.DataObject) -> None:
    sound = write_tables(Header(book="2026"), encoded(tables))
    place = data.draw(st.integers(0, len(sound) - 1))
    flipped = bytearray(sound)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    with suppress(Unreadable):
        assert not read_book(bytes(flipped)).sound


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dictionaries(KEYS, VALUES, max_size=2), max_size=12), st.integers(0, 12))
def test_a_text_that_grew_is_the_text_written_at_once(documents: list[Any], cut: int) -> None:
    rows = encode_rows({f"{number}": document for number, document in enumerate(documents)})
    keys = list(rows)
    grown = Lines("records", rows={key: rows[key] for key in keys[:cut]})
    header = Header(book="2026")
    write_book(header, [grown])
    for key in keys[cut:]:
        grown.put({key: rows[key]})
        write_book(header, [grown])
    header = over(header, rows)
    assert b"".join(write_book(header, [grown])) == write_tables(header, {"records": rows})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), VALUES, st.booleans()), max_size=20), st.booleans(), st.data())
def test_an_uncut_table_gives_and_takes_the_same_rows_as_a_dict(
    steps: list[Any], begun: bool, data: st.DataObject
) -> None:
    kinds = {key: ("story", "meeting")[number % 2] for number, key in enumerate("abcdefgh")}
    wanted = encode_rows({key: {"type": kinds[key], "n": 0} for key in "abc"} if begun else {})
    opened = open_book(write_tables(Header(), {"records": wanted, "deeds": {}}))
    assert opened is not None
    lines = opened.tables["records"]
    for key, value, drops in steps:
        row = encode_rows({key: {"n": value, "in": {"type": "meeting"}, "type": kinds[key]}})
        if drops:
            lines.put({}, [key])
            wanted.pop(key, None)
        else:
            lines.put(row)
            wanted.update(row)
        lines = data.draw(st.sampled_from((lines, lines.copy())))
        look = data.draw(st.integers(0, 5))
        if look == 0:
            assert lines.get(key) == wanted.get(key)
        elif look == 1:
            assert lines.count() == len(wanted)
        elif look == 2:
            assert lines.of_kind("meeting") == [line for key, line in wanted.items() if kinds[key] == "meeting"]
        elif look == 3:
            assert json.loads(lines.json()) == json.loads(b"{%b}" % b",".join(wanted.values()))
        elif look == 4:
            assert lines.rows() == wanted
        else:
            header = over(Header(), wanted)
            assert b"".join(write_book(header, [lines])) == write_tables(header, {"records": wanted})
    assert list(lines.rows().items()) == list(wanted.items())


def test_a_text_of_very_many_pieces_is_put_together_again() -> None:
    text = Lines("records")
    rows: dict[str, bytes] = {}
    for number in range(1201):
        row = encode_rows({f"{number}": {"n": number}})
        rows.update(row)
        text.put(row)
    pieces = write_book(Header(), [text])
    assert len(pieces) < 600
    assert read_book(b"".join(pieces)).tables == {"records": rows}


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"{", b'{"meetingtool":{"1":{"schema":"x","crc32":"00000000"}}}'])
def test_a_header_that_is_none_is_none(data: bytes) -> None:
    assert peek(data) is None


def test_numbers_that_json_has_not_and_keys_that_come_twice_are_refused() -> None:
    for data in (b'{"t":{"1":{"n":NaN}}}', b'{"t":{"1":{"n":1,"n":2}}}', b'{"t":{"1":{}, "1":{}}}', b'{"t":[]}', b"7"):
        with pytest.raises(Unreadable):
            read_book(data)


@given(st.datetimes(datetime(1980, 1, 1), datetime(2300, 1, 1), timezones=st.just(UTC)))
def test_the_key_of_a_record_is_a_number_that_tells_its_id(moment: datetime) -> None:
    id = mint(moment)
    key = key_of(id)
    number, digits = int(key), ""
    while number:
        number, digit = divmod(number, 32)
        digits = CROCKFORD[digit] + digits
    assert digits.rjust(26, "0") == id
    assert int(former_key(key, 12)) == int(key) * 10**6 + 12
    assert end_of(id[-6:].lower()) == id[-6:]
    assert int(key) % 32**6 == number_of(id[-6:])


def test_a_header_keeps_to_the_length_that_is_peeked_at() -> None:
    longest = Header(10**6, "surveys-2026", 10**9, 10**9, datetime.now().astimezone(), datetime.now().date(), 2**62)
    assert len(msgspec.json.encode(longest)) < 400
    assert peek(b"".join(write_book(longest, [Lines("records")]))[:512]) == longest


def test_the_header_of_a_damaged_file_is_certain_in_spite_of_one_wrong_byte() -> None:
    header = Header(book="2026", saves=12, changed=datetime(2026, 3, 3, tzinfo=UTC), content=0)
    sound = write_tables(header, {"records": {}})
    for place in range(0, sound.index(b'"}}'), 7):
        damaged = bytearray(sound)
        damaged[place] ^= 1
        assert certain_header(bytes(damaged)) == header
    assert certain_header(sound[:40] + bytes(20) + sound[60:]) is None
    assert certain_header(sound.replace(b'"saves":12', b'"saves":99')) is None
    assert certain_header(b"") is certain_header(b"{}") is None


def test_a_file_that_another_program_wrote_anew_says_what_it_had_unless_the_header_was_changed() -> None:
    header = Header(book="2026", saves=12, records=2, content=content_of([b"1", b"2"]))
    content = json.loads(write_tables(header, {"records": {"1": b'"1":{}', "2": b'"2":{}'}}))
    del content["records"]["2"]
    told = certain_header(json.dumps(content, indent=2).encode())
    assert told is not None and told.records == 2
    content["meetingtool"]["1"]["records"] = 1
    assert certain_header(json.dumps(content, indent=2).encode()) is None
