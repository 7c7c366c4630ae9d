from __future__ import annotations

from datetime import date

import msgspec
import pytest

from meetingtool.rules.capture import Capture, Pledge, compose, parse
from meetingtool.rules.roster import Roster

TODAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)


def read(line: str, roster: Roster, minor_digits: int = 2) -> Capture:
    return parse(line, roster, TODAY, minor_digits)


@pytest.mark.parametrize(
    "line",
    [
        "zorblax ~ @newcomer",
        "@newcomer ~ zorblax",
        "@maria @newcomer ~ zorblax",
        "zorblax !call by fri ~ @newcomer",
    ],
)
def test_a_line_is_private_beside_a_mark_that_is_still_to_be_sorted_out(line: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert capture.private
    assert "~" not in capture.text
    assert not read(line.replace("~", "+"), roster).private


def test_a_line_with_every_mark_is_understood_whole(roster: Roster) -> None:
    line = (
        "@maria @tom stayed with the customer until the courier called back "
        '#own-it ^Acme !"refund posted" by fri fund:25 +'
    )
    capture = read(line, roster)
    assert capture.line == line
    assert capture.text == "stayed with the customer until the courier called back"
    assert capture.people == ("maria", "tom")
    assert capture.standards == ("own-it",)
    assert capture.customer == "Acme"
    assert capture.pledges == (Pledge("promise", "refund posted", FRIDAY),)
    assert capture.fund_minor == 2500
    assert capture.starred
    assert not capture.private
    assert capture.unsorted == ()
    assert [(mark.kind, mark.text) for mark in capture.marks] == [
        ("person", "@maria"),
        ("person", "@tom"),
        ("standard", "#own-it"),
        ("customer", "^Acme"),
        ("promise", '!"refund posted" by fri'),
        ("fund", "fund:25"),
        ("star", "+"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "mail info@example.com or jo.bell@maria.co.uk",
        "our #1 customer came for order #42, #1st of many",
        "she knows C# and C++ +1, F# too",
        "$25 and 1 + 1 = 2",
        "Wow! Great!! Yes!!!",
        "^_^ and ^o^ and 2^10",
        "a > b -> c => d >:( <b>bold</b>",
        "@ alone, # alone, ! alone, > alone, ^ alone",
        "~5 minutes, it took >20 minutes",
        "$#@! and !@#$%^&*()",
        "meet @5pm @10:30",
        "at https://example.com/@maria/#own-it or www.example.com/@tom",
        "@maria@social.example wrote",
        "by hand, by 31 Feb, done by fri",
        "C:\\new\\files and \\o/ and ¯\\_(ツ)_/¯",
        "[/foo] \x1b[31m \x00 \u202e =HYPERLINK(1) #",
        "¡Qué bien! 王小明 很好 😀",
        "the fund: 25 people gave, refund:25, fund:abc, fund:-5",
        '!"" and !" " and ^"" and >> and !?',
    ],
)
def test_prose_comes_through_unharmed(line: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert capture.text == line
    assert capture.marks == ()
    assert capture.unsorted == ()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("@maria, thank you", "thank you"),
        ("thank you, @maria", "thank you"),
        ("thank you, @maria!", "thank you!"),
        ("@maria: replaced the lock", "replaced the lock"),
        ("@maria - replaced the lock", "replaced the lock"),
        ("@maria.then he left", "@maria.then he left"),
        ("@maria...then he left", "then he left"),
        ("@maria and @tom stayed late", "stayed late"),
        ("@maria, @tom and @zoe: stayed late", "stayed late"),
        ("@maria/@tom stayed late", "stayed late"),
        ("@maria + @tom stayed late", "stayed late"),
        ("stayed late (@tom)", "stayed late"),
        ('stayed late "@tom"', "stayed late"),
        ("stayed late '@tom'", "stayed late"),
        ("**@tom** stayed late", "**Tom** stayed late"),
        ("stayed late, @tom, @maria and @zoe!", "stayed late!"),
        ("stayed late, @maria, @tom #own-it ^Acme !refund by fri", "stayed late"),
        ("stayed late! @maria :)", "stayed late! :)"),
        ("stayed late! @maria @jo", "stayed late! @jo"),
        ("@jo @maria #tga stayed late", "@jo #tga stayed late"),
        ("^Acme: rang twice", "rang twice"),
        ("she rang twice, ^Acme", "she rang twice"),
        ("She called. !refund by fri. He laughed.", "She called. He laughed."),
        ("  @maria   two  blanks\tstay  #own-it  ", "two  blanks\tstay"),
        ("@maria\nfirst line\nsecond line\n@tom", "first line\nsecond line"),
        ("first line #own-it\n\n\tsecond  line", "first line\n\n\tsecond  line"),
        ("#own-it, #listen: good work", "good work"),
        ("#own-it#listen work", "work"),
        ("@tom i @maria zostali", "Tom i Maria zostali"),
        ("@tom with @maria stayed", "Tom with Maria stayed"),
        ("he said “danke, @tom”", "he said “danke, Tom”"),
        ('she wrote: "thanks - @tom"', 'she wrote: "thanks - Tom"'),
        ('she was glad ("bravo, @maria")', 'she was glad ("bravo, Maria")'),
        ("'@tom' stayed", "'Tom' stayed"),
        ("*@tom* stayed", "*Tom* stayed"),
        ("_@tom_ stayed", "_Tom_ stayed"),
        ('"@tom" stayed', '"Tom" stayed'),
        ("@tom.smith stayed", "@tom.smith stayed"),
        ("@Tom.Ng. He stayed", "He stayed"),
        ("Maria @maria and Tom @tom", "Maria and Tom"),
    ],
)
def test_the_sentence_reads_well_without_its_marks(line: str, text: str, roster: Roster) -> None:
    assert read(line, roster).text == text


@pytest.mark.parametrize(
    ("line", "text", "people"),
    [
        ("great save by @maria #own-it", "great save by Maria", ("maria",)),
        ("Thanks to @maria, the wedding got its cake.", "Thanks to Maria, the wedding got its cake.", ("maria",)),
        ("drove there with @maria, @tom and @zoe", "drove there with Maria, Tom and Zoë", ("maria", "tom", "zoe")),
        ("It was @maria's idea", "It was Maria's idea", ("maria",)),
        ("@maria and the driver stayed", "Maria and the driver stayed", ("maria",)),
        ("@maria + driver stayed", "Maria + driver stayed", ("maria",)),
        ("done by Karim + @tom", "done by Karim + Tom", ("tom",)),
        ("loved how @maria handled it", "loved how Maria handled it", ("maria",)),
        ("(@maria and a driver) stayed", "(Maria and a driver) stayed", ("maria",)),
        ("thanks to @sam-b.", "thanks to Sam B.", ("sam-b",)),
        ("(with @tom) late", "(with Tom) late", ("tom",)),
        ("a customer thanked @tom", "a customer thanked Tom", ("tom",)),
        ("a man cursed @tom", "a man cursed Tom", ("tom",)),
        ("Der Kunde dankte @tom", "Der Kunde dankte Tom", ("tom",)),
        ("le client a crié sur @tom", "le client a crié sur Tom", ("tom",)),
        ("la caja salió con @tom", "la caja salió con Tom", ("tom",)),
        ("she praised @maria and @tom!", "she praised Maria and Tom!", ("maria", "tom")),
        ("he was helping @maria @tom", "he was helping Maria Tom", ("maria", "tom")),
        ("he left his number for our @tom", "he left his number for our Tom", ("tom",)),
        ("@maria, who was on leave, came back", "Maria, who was on leave, came back", ("maria",)),
        ("@tom of the workshop stayed", "Tom of the workshop stayed", ("tom",)),
        ("@maria and @jo swept up", "Maria and @jo swept up", ("maria",)),
        ("@maria und @tom haben geholfen", "haben geholfen", ("maria", "tom")),
        ("@maria et le chauffeur sont venus", "Maria et le chauffeur sont venus", ("maria",)),
        ("@jo, @maria swept up", "@jo, Maria swept up", ("maria",)),
        ("swept up, @maria and @jo", "swept up, Maria and @jo", ("maria",)),
        ("Een klant bedankte @maria", "Een klant bedankte Maria", ("maria",)),
        ("Клиент похвалил @maria", "Клиент похвалил Maria", ("maria",)),
        ("The courier high-fived @maria #own-it", "The courier high-fived Maria", ("maria",)),
        ("fixed the till. Thanks @maria", "fixed the till. Thanks Maria", ("maria",)),
        ('"@maria is the best", said the guest', '"Maria is the best", said the guest', ("maria",)),
        ("@maria or @tom found the key", "Maria or Tom found the key", ("maria", "tom")),
        ("@maria with the driver carried it", "Maria with the driver carried it", ("maria",)),
        ("@tom together with @maria stayed", "Tom together with Maria stayed", ("tom", "maria")),
        ("@zoe @tom и @maria остались", "Tom и Maria остались", ("zoe", "tom", "maria")),
        ("@maria @tom stayed with @zoe", "stayed with Zoë", ("maria", "tom", "zoe")),
        ("@tom helped. @maria paid", "helped. Maria paid", ("tom", "maria")),
        ("@tom - for helping @maria", "for helping Maria", ("tom", "maria")),
        ("@tom'un yardımı", "Tom'un yardımı", ("tom",)),
        ("客人感谢@tom的帮助", "客人感谢Tom的帮助", ("tom",)),
        ("客人感谢@tom和@maria", "客人感谢Tom和Maria", ("tom", "maria")),
    ],
)
def test_a_name_that_the_sentence_leans_on_stays_in_it(
    line: str, text: str, people: tuple[str, ...], roster: Roster
) -> None:
    capture = read(line, roster)
    assert capture.text == text
    assert capture.people == people
    assert not capture.starred


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a customer thanked @maria and @tom for the lift home", "a customer thanked Maria and Tom for the lift home"),
        (
            "Customer shouted at @sam-b because the machine said no",
            "Customer shouted at Sam B. because the machine said no",
        ),
        ("when she came in @tom stood up at once", "when she came in Tom stood up at once"),
        ("stayed (@tom) late", "stayed (Tom) late"),
        ("stayed, @tom, late", "stayed, Tom, late"),
        ("thanks @maria :) nice", "thanks Maria :) nice"),
        ("She called. @maria rang back.", "She called. Maria rang back."),
        ("first line @maria\nsecond line", "first line Maria\nsecond line"),
        ("brought ^Acme their order", "brought Acme their order"),
    ],
)
def test_a_name_within_a_sentence_stays_in_it_and_credits_all_the_same(line: str, text: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert capture.text == text
    assert capture.people or capture.customer == "Acme"
    assert {mark.kind for mark in capture.marks} <= {"person", "customer"}


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("besuchte ^Acme", "besuchte Acme"),
        ("sent the parts again ^Acme +", "sent the parts again Acme"),
        ("rang twice. ^Acme", "rang twice."),
        ("rang twice (^Acme)", "rang twice"),
        ("rang Acme ^Acme", "rang Acme"),
        ("rang twice !call ^Acme by fri", "rang twice"),
    ],
)
def test_a_customer_at_the_end_stays_where_nothing_sets_the_name_apart(line: str, text: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert (capture.text, capture.customer) == (text, "Acme")


def test_a_line_that_promises_and_tells_nothing_is_no_story(roster: Roster) -> None:
    assert read("> @maria tidy up by fri", roster).alone == "action"
    assert read("!ring her ^Acme", roster).alone == "promise"
    for line in (
        "rang !ring her",
        "!ring her >tidy up",
        "#own-it !ring her",
        "fund:5 !ring her",
        "ring her!",
        "by ! a",
    ):
        assert read(line, roster).alone is None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("a great example of #own-it", "a great example of own-it"),
        ("she lives the #own-it way", "she lives the own-it way"),
        ("stayed #own-it until the courier called", "stayed until the courier called"),
        ("showed what #own-it means", "showed what own-it means"),
        ("@maria used #own-it as her guide", "used own-it as her guide"),
        ("we all saw #own-it in @maria", "we all saw own-it in Maria"),
        ("#own-it is what @maria lives", "own-it is what Maria lives"),
        ("@maria showed #own-it", "showed own-it"),
        ("the patience that she showed #own-it", "the patience that she showed"),
        ("@maria #own-it was great", "was great"),
        ("we told them #own-it was what counts", "we told them own-it was what counts"),
        ("@maria says #own-it is key", "says own-it is key"),
        ("a lesson in #own-it by @maria", "a lesson in own-it by Maria"),
        ("a lesson in #own-it", "a lesson in own-it"),
        ("gave a lesson on #own-it today", "gave a lesson on own-it today"),
        ("@maria's #own-it training helped", "Maria's own-it training helped"),
        ("@maria loves #own-it", "loves own-it"),
        ("@maria hates #own-it posters", "hates own-it posters"),
        ("@maria made #own-it her habit", "made own-it her habit"),
        ("her #own-it habit shows", "her own-it habit shows"),
        ("she explained #own-it to @maria", "she explained own-it to Maria"),
        ("#own-it matters to @maria", "own-it matters to Maria"),
        ("#own-it made the difference, @maria", "own-it made the difference"),
        ("stayed late #own-it and drove over", "stayed late and drove over"),
        ("stayed #own-it late", "stayed late"),
        ("the customer came in #own-it", "the customer came in"),
        ("@maria helped her #own-it", "helped her"),
        ("stayed late for ^And #own-it", "stayed late for And"),
        ("stayed late ^By #own-it", "stayed late By"),
        ("stayed late, ^By #own-it", "stayed late"),
    ],
)
def test_a_tag_that_the_sentence_leans_on_stays_as_a_word(line: str, text: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert (capture.text, capture.standards) == (text, ("own-it",))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("@maria gave fund:20 to her", "gave 20 to her"),
        ("@maria gave her fund:20", "gave her 20"),
        ("spent fund:20 on flowers", "spent 20 on flowers"),
        ("@maria sent flowers for fund:20 +", "sent flowers for 20"),
        ("a fund:20 voucher did it", "a 20 voucher did it"),
        ("it cost fund:20 and @maria paid", "it cost 20 and Maria paid"),
        ("it cost us fund:20", "it cost us 20"),
        ("@maria got fund:20 back", "got 20 back"),
        ("put fund:20 in the till", "put 20 in the till"),
        ("handed fund:20 over", "handed 20 over"),
        ("took fund:20 from the box", "took 20 from the box"),
        ("fund:20 saved the day", "20 saved the day"),
        ("@maria bought flowers fund:20 for the lobby", "bought flowers for the lobby"),
    ],
)
def test_a_sum_that_the_sentence_needs_stays_as_a_word(line: str, text: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert (capture.text, capture.fund_minor) == (text, 2000)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("^Acme and ^Kent thanked @maria", "Acme and Kent thanked Maria"),
        ("^Acme, ^Kent and the bank thanked @maria", "Acme, Kent and the bank thanked Maria"),
        ("^Acme or ^Kent thanked @maria", "Acme or Kent thanked Maria"),
        ("^Acme and @maria rang", "Acme and Maria rang"),
        ("@maria and ^Acme rang", "Maria and Acme rang"),
        ("^Acme, @maria rang", "rang"),
    ],
)
def test_a_customer_joined_to_another_stays_in_the_sentence(line: str, text: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert (capture.text, capture.customer, capture.people) == (text, "Acme", ("maria",))


def test_a_name_at_the_end_of_what_a_customer_said_is_put_in_nobodys_mouth(roster: Roster) -> None:
    said = [("He waited with me @tom", "He waited with me"), ("I want to thank @tom", "I want to thank Tom")]
    for line, words in said:
        capture = parse(line, roster, TODAY, quoting=True)
        assert (capture.text, capture.people) == (words, ("tom",))
    assert read('^"Blue Door" @maria rang them', roster).text == "rang them"


def test_signs_of_full_width_are_read_as_plain_ones(roster: Roster) -> None:
    line = "＠maria stayed late ＃own-it ＾Acme ！refund posted by fri ＞“tell all” fund：25 ＋"
    assert read(line, roster) == msgspec.structs.replace(
        read("@maria stayed late #own-it ^Acme !refund posted by fri >“tell all” fund:25 +", roster),
        line=line,
        marks=read(line, roster).marks,
    )
    assert all(line[mark.start : mark.end] == mark.text for mark in read(line, roster).marks)
    assert read("太好了！谢谢", roster).text == "太好了！谢谢"


def test_a_customer_that_the_sentence_leans_on_stays_in_it(roster: Roster) -> None:
    capture = read("order for ^Acme by phone", roster)
    assert (capture.text, capture.customer) == ("order for Acme by phone", "Acme")
    capture = read('drove ^"Blue Door"\'s order over', roster)
    assert (capture.text, capture.customer) == ("drove Blue Door's order over", "Blue Door")
    for line, customer in (
        ("paid ^Acme's bill", "Acme"),
        ("^Acme’s owner rang", "Acme"),
        ("^James' owner rang", "James"),
    ):
        capture = read(line, roster)
        assert (capture.text, capture.customer) == (line.replace("^", ""), customer)
    assert read("lunch from ^McDonald's", roster).customer == "McDonald's"


@pytest.mark.parametrize(
    ("line", "known", "text", "customer"),
    [
        ("^Acme's #own-it", ["Acme"], "Acme's own-it", "Acme"),
        ("@maria ok ^Acme's", ["Acme"], "ok Acme's", "Acme"),
        ("@maria ok ^Acme's.", ["Acme"], "ok Acme's.", "Acme"),
        ("^Acme's #own-it", [], "", "Acme's"),
        ("^Macy's printer jammed", ["Macy's"], "printer jammed", "Macy's"),
        ("^Macy's printer jammed", [], "Macy's printer jammed", "Macy"),
        ("^Macy's printer jammed", ["Macy", "Macy's"], "Macy's printer jammed", "Macy"),
        ('^"Acme\'s" jammed', ["Acme"], "jammed", "Acme's"),
    ],
)
def test_what_a_customer_has_is_told_from_a_name_by_who_is_known(
    line: str, known: list[str], text: str, customer: str, roster: Roster
) -> None:
    capture = parse(line, roster, TODAY, is_known=known.__contains__)
    assert (capture.text, capture.customer) == (text, customer)


@pytest.mark.parametrize(
    ("line", "text", "customer"),
    [
        ("^Acme, Inc. called", "called", "Acme, Inc."),
        ("@maria helped ^Acme, Inc.", "helped Acme, Inc.", "Acme, Inc."),
        ("@maria helped #own-it ^Acme Ltd", "helped", "Acme Ltd"),
        ("^Müller GmbH & Co. KG rang", "rang", "Müller GmbH & Co. KG"),
        ("^Acme Inc's driver rang", "Acme Inc's driver rang", "Acme Inc"),
        ("^Acme Co-op rang", "Co-op rang", "Acme"),
        ("@maria helped ^Acme as always", "helped Acme as always", "Acme"),
        ("@maria helped ^ACME AS ALWAYS", "helped ACME AS ALWAYS", "ACME"),
    ],
)
def test_what_a_firm_is_by_law_belongs_to_its_name(line: str, text: str, customer: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert (capture.text, capture.customer) == (text, customer)


@pytest.mark.parametrize(("customer", "text"), [("Acme", "Inc. called"), ("Acme's", "printer"), ("Acme, Inc.", "rang")])
def test_a_line_that_is_written_keeps_a_customers_name_as_it_is(customer: str, text: str, roster: Roster) -> None:
    line = compose(text, roster=roster, customer=customer)
    again = parse(line, roster, TODAY, is_known=lambda name: True)
    assert (again.text, again.customer) == (text, customer)


def test_a_line_is_private_by_a_sign_at_its_end_whatever_it_touches(roster: Roster) -> None:
    for line in (
        "waited 5~",
        "waited 5~ #own-it",
        "waited 5~#own-it",
        "waited 5~@maria",
        "waited (5~)",
        "!ring by fri~",
    ):
        assert read(line, roster).private, line
    for line in ("waited 5~6 hours", "waited ~5", "waited 5~ hours", "5~#own-it hours"):
        assert not read(line, roster).private, line


@pytest.mark.parametrize(
    "name", ["@maria", "@Maria", "@MARÍA", "@zoe", "@Zoë", "@Zoe\u0308", "@zo", "@o'neil", "@प्रिया"]
)
def test_people_answer_to_handle_first_name_and_nickname_in_any_script(name: str, roster: Roster) -> None:
    capture = read(f"{name} stayed late", roster)
    assert len(capture.people) == 1
    assert capture.text == "stayed late"


def test_unknown_and_ambiguous_names_stay_in_the_text_to_be_sorted_out(roster: Roster) -> None:
    capture = read("@sam and @jo's cat, @jo. Also #tga and @maria", roster)
    assert capture.unsorted == ("@sam", "@jo", "#tga")
    assert capture.text == "@sam and @jo's cat, @jo. Also #tga and Maria"
    assert capture.people == ("maria",)


def test_everyone_and_everything_counts_once_in_the_order_named(roster: Roster) -> None:
    capture = read("@tom @maria @Tom #listen #own-it #LISTEN", roster)
    assert capture.people == ("tom", "maria")
    assert capture.standards == ("listen", "own-it")
    assert capture.text == ""


@pytest.mark.parametrize(
    ("typed", "customer"),
    [
        ("^Acme", "Acme"),
        ("^O'Neil,", "O'Neil"),
        ("^AT&T.", "AT&T"),
        ("^R.Ahmed", "R.Ahmed"),
        ("^Smith-Jones!", "Smith-Jones"),
        ("^3M", "3M"),
        ("^Mrs Pell", "Mrs Pell"),
        ("^Dr. O'Neil,", "Dr. O'Neil"),
        ("^Frau", "Frau"),
        ('^"Blue Door Café"', "Blue Door Café"),
        ("^“Blue  Door”", "Blue Door"),
        ("^„Haus am See“", "Haus am See"),
        ("^«Chez Léa»", "Chez Léa"),
        ('^"The \\"Old\\" Inn"', 'The "Old" Inn'),
        ("^ann@example.com", "ann@example.com"),
    ],
)
def test_customers_are_one_word_or_in_quotes(typed: str, customer: str, roster: Roster) -> None:
    assert read(f"called {typed} twice", roster).customer == customer
    assert read(typed, roster).customer == customer


def test_the_first_customer_counts_and_others_stay_as_words(roster: Roster) -> None:
    capture = read('^Acme rang ^"Blue Door" about it', roster)
    assert (capture.customer, capture.text) == ("Acme", "rang Blue Door about it")


def test_an_unclosed_quote_names_no_customer(roster: Roster) -> None:
    capture = read('^"Blue Door called', roster)
    assert (capture.customer, capture.text) == ("", '^"Blue Door called')


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("fund:25", 2500),
        ("fund:25.50", 2550),
        ("fund:25,5", 2550),
        ("Fund:£25.", 2500),
        ("fund:25€", 2500),
        ("fund:1,250", 125000),
        ("fund:1.250,75", 125075),
        ("(fund:3)", 300),
        ("fund:25 and fund:10", 3500),
        ("fund:0", 0),
        ("fund:0.001", None),
        ("fund:0,5", 50),
        ("fund:25.5055", None),
        ("fund:1234567890", None),
        ("fund:", None),
        ("fund:££25", None),
    ],
)
def test_the_fund_takes_sums_as_people_write_them(typed: str, minor: int | None, roster: Roster) -> None:
    assert read(f"flowers {typed}", roster).fund_minor == minor


def test_a_sum_behind_a_blank_is_told(roster: Roster) -> None:
    why = "fund: 25 is no sum of money with a blank in it: write fund:25."
    assert read("flowers fund: 25 #own-it", roster).left == read("flowers fund: 25.", roster).left == (why,)
    assert read("flowers fund: 25 for the desk", roster).left == (why,)
    assert read("the fund: 25 people gave", roster).left == ()


def test_the_fund_knows_how_many_decimals_the_currency_has(roster: Roster) -> None:
    assert read("fund:2500", roster, minor_digits=0).fund_minor == 2500
    assert read("fund:25.50", roster, minor_digits=0).fund_minor is None
    assert read("fund:1.250", roster, minor_digits=3).fund_minor == 1250


@pytest.mark.parametrize(
    ("line", "starred", "private", "text"),
    [
        ("+ stayed late", True, False, "stayed late"),
        ("stayed late +", True, False, "stayed late"),
        ("+ ~ stayed late", True, True, "stayed late"),
        ("stayed late ~ +", True, True, "stayed late"),
        ("+ @maria stayed late ~", True, True, "stayed late"),
        ("@maria ~ stayed late", False, True, "stayed late"),
        ("stayed late ~ #own-it", False, True, "stayed late"),
        ("~@maria stayed late", False, True, "stayed late"),
        ("!refund posted + #own-it", True, False, ""),
        ("one + one ~ two", False, False, "one + one ~ two"),
        ("+1 stayed late ~ish", False, False, "+1 stayed late ~ish"),
        ("~", False, True, ""),
        ("@zoe stayed late +~", True, True, "stayed late"),
        ("stayed late ~+", True, True, "stayed late"),
        ("+~ stayed late", True, True, "stayed late"),
        ("stayed late ~~", False, True, "stayed late"),
        ("stayed late ~.", False, True, "stayed late."),
        ("stayed late ~!", False, True, "stayed late!"),
        ("stayed (late ~)", False, True, "stayed (late)"),
        ("stayed late~", False, True, "stayed late"),
        ("stayed late+~.", True, True, "stayed late."),
        ("stayed late~ @maria", False, True, "stayed late"),
        ("~stayed late", False, True, "stayed late"),
        ("+~stayed late", True, True, "stayed late"),
        ("@zoe ~stayed late", False, True, "stayed late"),
        ("stayed late ~ by friday", False, True, "stayed late by friday"),
        ("!refund posted ~ by fri", False, True, ""),
        ("!refund posted~ by fri", False, True, ""),
        ("~16 people came", False, False, "~16 people came"),
        ("+ ~16 people came", True, False, "~16 people came"),
        ("late ~5 minutes, then ~. and seventeen~ more", False, False, "late ~5 minutes, then ~. and seventeen~ more"),
        ("learned C++", False, False, "learned C++"),
        ("learned C++~", False, True, "learned C++"),
    ],
)
def test_star_and_privacy_stand_at_the_ends(line: str, starred: bool, private: bool, text: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert (capture.starred, capture.private, capture.text) == (starred, private, text)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (r"\@maria and \#own-it", "@maria and #own-it"),
        (r"\!now \>then \^Acme", "!now >then ^Acme"),
        (r"\+ plus \~", "+ plus ~"),
        (r"\fund:25", "fund:25"),
        (r"one \\ two \\@maria", r"one \ two \@maria"),
        (r"C:\new, @maria", r"C:\new"),
    ],
)
def test_a_backslash_protects_what_would_be_a_mark(line: str, text: str, roster: Roster) -> None:
    capture = read(line, roster)
    assert capture.text == text
    assert not capture.starred
    assert not capture.private
    assert capture.fund_minor is None
    assert capture.standards == ()


def test_marks_tell_where_to_highlight(roster: Roster) -> None:
    line = "~ @jo: !call @tom by fri #tga ^Acme"
    capture = read(line, roster)
    assert [(mark.kind, mark.text) for mark in capture.marks] == [
        ("private", "~"),
        ("unknown-person", "@jo"),
        ("promise", "!call @tom by fri"),
        ("person", "@tom"),
        ("unknown-standard", "#tga"),
        ("customer", "^Acme"),
    ]
    assert all(line[mark.start : mark.end] == mark.text for mark in capture.marks)
