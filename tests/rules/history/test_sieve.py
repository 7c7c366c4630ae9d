"""Records that name another one are found among lines of JSON."""

from __future__ import annotations

from meetingtool.rules.history.sieve import sieve_for

ID, OTHER = "01JDEED0000000000000000001", "01JDEED0000000000000000002"


def test_only_the_lines_that_name_a_record_pass_each_once_and_without_its_comma() -> None:
    lines = [b'"1":{"id":"%b"}', b'"2":{"story":"%b","also":"%b"}', b'"3":{"story":"%b"}']
    text = b",\n".join([lines[0] % ID.encode(), lines[1] % (ID.encode(), ID.encode()), lines[2] % OTHER.encode()])
    assert sieve_for(ID)(text) == [lines[0] % ID.encode(), lines[1] % (ID.encode(), ID.encode())]
    assert sieve_for(OTHER)(text) == [lines[2] % OTHER.encode()]
    assert sieve_for("01JDEED0000000000000000003")(text) == []
