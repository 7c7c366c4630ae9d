"""Thanks in private: by every name that somebody has or had, in rewards, promises and actions, and back again."""

from __future__ import annotations

from tests.cli.conftest import Cli


def hidden(cli: Cli, words: str) -> set[str]:
    """What is private of what is found by a word that only these records have."""
    return {record["text"] for record in cli("history", f"{words} is:private", "--limit", "0", "--json").json}


def test_every_name_that_somebody_ever_had_is_kept_back(cli: Cli) -> None:
    cli("team", "edit", "@zoe", "--thanks", "private", "--nickname", "Queen of keys")
    cli("praise", "@maria ZZ with Zazza")
    cli("said", "ZZ Zazza was so kind", "--praise")
    told = cli("team", "edit", "@zoe", "--nickname", "Zazza").err
    assert "2 records that praise them are private now." in told
    assert hidden(cli, "ZZ") == {"ZZ with Zazza", "ZZ Zazza was so kind"}
    cli("team", "edit", "@zoe", "--name", "Zoë Smith", "--no-nicknames", "--handle", "zs")
    for words in ("ZA with Zazza", "ZA with Reid", "ZA for the Queen of Keys", "ZA from zoe", "ZA for Smith"):
        assert "private" in cli("praise", f"@maria {words}").out, words
    assert "private" not in cli("praise", "@maria ZA for the keys").out
    cli("meeting", "start")
    assert "ZZ" not in cli("agenda").out + cli("newsletter").out + cli("insight", "person", "@maria", "--room").out
    told = cli("team", "edit", "@zs", "--thanks", "ask").err
    assert "7 records that praise them are shown again." in told
    assert not hidden(cli, "ZZ") and not hidden(cli, "ZA")
    assert "are private now" in cli("team", "edit", "@zs", "--thanks", "private").err


def test_what_is_private_for_another_reason_stays_so_when_a_wish_is_taken_back(cli: Cli) -> None:
    cli("praise", "@tom ZZ held the door ~")
    cli("praise", '@tom ZZ drove over !"cake ZZ" by fri')
    cli("team", "edit", "@tom", "--thanks", "private")
    cli("praise", "@tom ZZ stayed late")
    assert hidden(cli, "ZZ") == {"ZZ held the door", "ZZ drove over", "cake ZZ", "ZZ stayed late"}
    cli("team", "edit", "@tom", "--thanks", "public")
    assert hidden(cli, "ZZ") == {"ZZ held the door"}


def test_a_mark_that_was_sorted_out_and_a_merged_entry_are_names_too(cli: Cli) -> None:
    cli("team", "edit", "@zoe", "--thanks", "private")
    cli("said", "@zazza ZZ was kind", "--praise")
    cli("praise", "@maria ZZ helped @zazza")
    assert "2 records that praise them are private now." in cli("sort-out", "@zazza", "--as", "@zoe").err
    assert len(hidden(cli, "ZZ")) == 2
    cli("team", "add", "Zippora Reed")
    cli("praise", "@maria ZY with Reed")
    merged = cli("team", "merge", "@zoe", "@zippora", "--yes").err
    assert "1 record that praises them is private now." in merged
    assert hidden(cli, "ZY") == {"ZY with Reed"}


def test_the_words_of_a_reward_are_kept_back_as_the_thanks_are(cli: Cli) -> None:
    cli("team", "edit", "@zoe", "--thanks", "private")
    said = cli("praise", "@tom ZZ great", "--reward", "dinner with Zoë", "--owed")
    assert "Zoë" in said.err and "private" in said.out
    assert "dinner" not in cli("agenda").out
    ref = cli("praise", "@tom ZY great", "--reward", "dinner", "--owed").out.split()[1]
    assert "dinner" in cli("agenda").out
    cli("reward", "set", ref, "dinner with Zoë")
    assert hidden(cli, "ZY") == {"ZY great"}
    cli("reward", "set", ref, "dinner with a friend")
    assert not hidden(cli, "ZY")


def test_a_promise_or_an_action_that_thanks_them_is_kept_back_and_another_is_not(cli: Cli) -> None:
    cli("action", "@tom ZZ buy flowers for Zoë to thank her by 5 dec")
    cli("team", "edit", "@zoe", "--thanks", "private")
    assert "word in private" in cli("promise", "ZZ card from Zoë, who was so kind ^Acme by 5 dec").err
    cli("promise", "ZZ Zoë calls back ^Acme by fri")
    cli("promise", "@zoe ZZ thank the neighbours by fri")
    assert len(hidden(cli, "ZZ")) == 2
    assert "flowers" not in cli("agenda").out
    (ref,) = [one["ref"] for one in cli("history", "flowers", "--json").json]
    cli("edit", ref, "@tom ZZ buy flowers for the hall")
    assert len(hidden(cli, "ZZ")) == 1


def test_a_win_of_others_that_thanks_them_is_kept_back_and_their_own_is_not(cli: Cli) -> None:
    cli("win", "@karim ZZ Zoë was so kind and helped #own-it")
    cli("win", "@karim ZZ thanked @zoe for her help")
    cli("win", "@zoe ZZ was so kind to a guest")
    cli("win", "@karim ZZ carried the bag for Zoë")
    cli("win", '@karim ZZ Zoë is a hero !"ZZ send the bill" by fri ~')
    kept = {"ZZ Zoë was so kind and helped", "Karim ZZ thanked Zoë for her help"}
    by_hand = {"ZZ Zoë is a hero", "ZZ send the bill"}
    told = cli("team", "edit", "@zoe", "--thanks", "private").err
    assert "2 records that praise them are private now." in told and hidden(cli, "ZZ") == kept | by_hand
    said = cli("win", '@karim ZY thanks to Zoë it works !"ZY send the bill" by fri')
    assert "private" in said.out and "Zoë would rather not be thanked" in said.err
    assert hidden(cli, "ZY") == {"ZY thanks to Zoë it works", "ZY send the bill"}
    assert "thanks to" not in cli("agenda").out + cli("newsletter").out + cli("brag-sheet", "@karim").out
    assert "thanked" not in cli("win", "@karim ZX a kind word for Maria").err
    shown = cli("team", "edit", "@zoe", "--thanks", "public").err
    assert "3 records that praise them are shown again." in shown
    assert hidden(cli, "ZZ") | hidden(cli, "ZY") == by_hand


def test_what_came_of_it_follows_its_record_and_not_the_wish_alone(cli: Cli) -> None:
    cli("team", "edit", "@zoe", "--thanks", "private")
    cli("said", 'ZZ works again ^Acme !"ZZ thank Zoë with flowers" by fri', "--praise")
    assert hidden(cli, "ZZ") == {"ZZ thank Zoë with flowers"}
    ref = cli("said", 'ZY Zoë was kind ^Acme !"ZY send the bill" by fri', "--praise").out.split()[1]
    cli("edit", ref, "ZY Zoë was kind ^Acme ~")
    cli("team", "edit", "@zoe", "--thanks", "public")
    assert "ZY send the bill" in hidden(cli, "ZY"), "what is private by hand keeps what came of it private"
    assert not hidden(cli, "ZZ")


def test_a_reward_of_nothing_has_no_value_and_cash_is_for_payroll_whatever_its_kind(cli: Cli) -> None:
    cli("praise", "@tom stayed", "--reward", "£50 in cash", "--kind", "words", "--value", "0")
    listed = cli("reward", "list", "--json").json
    assert listed[0]["value"] is None
    assert "may be taxable" in cli("reward", "list", "--format", "csv").out
