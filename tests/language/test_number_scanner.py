"""The number and date scanner."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.language.numbers.dates import scan as dates_of
from evalkit.language.numbers.malformed import malformed
from evalkit.language.numbers.scan import scan


def same(a: str, b: str, lang: str = "en") -> bool:
    """True where every quantity of either text matches one of the other."""
    left, right = scan(a, lang), scan(b, lang)
    assert left, f"nothing found in {a!r}"
    assert right, f"nothing found in {b!r}"
    return all(any(x.matches(y) for y in right) for x in left) and all(any(x.matches(y) for y in left) for x in right)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2,300 people", "2300 people"),
        ("the twentieth meeting", "the 20th meeting"),
        ("two hundred and fifty-three", "253"),
        ("1.27 million", "1,270,000"),
        ("350K views", "350,000 views"),
        ("2.5B", "2.5 billion"),
        ("3.5万", "35,000"),
        ("1亿2000万", "120 million"),
        ("5 lakh", "500,000"),
        ("Rs 2 crore", "20 million"),
        ("the 1990s", "the nineties"),
        ("12 %", "twelve per cent"),
        ("10 November 2020", "Nov. 10th, 2020"),
        ("2020-11-10", "10 November 2020"),
        ("2020年11月10日", "November 10, 2020"),
        ("on the 10th", "on 10 November"),
        ("in 2020", "in November 2020"),
        ("10:30 p.m.", "22:30"),
        ("5 pm", "17:00"),
        ("minus 5 degrees", "-5 degrees"),
        ("١٢٣ and १२३", "123"),
        ("the first of May", "1 May"),
        ("a hundred thousand", "100,000"),
        ("both sides", "two sides"),
    ],
)
def test_equal_values(a: str, b: str) -> None:
    assert same(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2,300", "2,500"),
        ("10 November 2020", "11 November 2020"),
        ("1.5 million", "1.5 billion"),
        ("15:50", "14:50"),
        ("September 17, 1939", "September 17, 1993"),
        ("-5 degrees", "5 degrees"),
    ],
)
def test_different_values(a: str, b: str) -> None:
    assert not same(a, b)


@pytest.mark.parametrize("text", ["COVID-19", "the G20", "CO2", "A4 paper", "room 13a", "PM2.5", "an F-16", "5G"])
def test_identifiers_are_no_numbers(text: str) -> None:
    assert {q.kind for q in scan(text) if q.kind != "hint"} == {"identifier"}


def test_separators_follow_the_language() -> None:
    assert scan("1.500", "de")[0].value == 1500
    assert scan("1,5", "de")[0].value == Decimal("1.5")
    assert scan("1,500", "en")[0].value == 1500
    assert scan("1.500", "en")[0].value == Decimal("1.5")
    assert scan("10\u202f000,5", "fr")[0].value == Decimal("10000.5")
    assert same("10 ноября 2020", "10.11.2020", "ru")
    assert same("10. November 2020", "2020-11-10", "de")


@given(st.integers(min_value=13, max_value=10**9))
def test_grouping_does_not_change_the_value(n: int) -> None:
    (plain,), (grouped,) = scan(f"{n}"), scan(f"{n:,}")
    assert plain.value == grouped.value == n


@given(st.text(max_size=80), st.sampled_from(["en", "de", "zh", "ru", "xx"]))
def test_any_text_can_be_scanned(text: str, lang: str) -> None:
    for q in scan(text, lang):
        assert 0 <= q.start < q.end <= len(text)


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("Beijing, November, 10, the president", "November, 10"),
        ("met on the evening of 10, and left", "the evening of 10"),
        ("until 31 November 2020 at most", "31 November 2020"),
        ("on 13/25/2020 at noon", "13/25/2020"),
        ("signed 2021-02-29 in Rome", "2021-02-29"),
        ("on November 2th", "November 2th"),
    ],
)
def test_malformed_dates(text: str, bad: str) -> None:
    assert [text[m.start : m.end] for m in malformed(text, "en")] == [bad]


@pytest.mark.parametrize(
    "text",
    [
        "on 10 November 2020", "In November, 10 people came", "the evening of the 10th", "the evening of 10 November",
        "29 February 2020", "2020-02-29", "12/31/2020 or 31/12/2020", "Version 10.2.2020", "in March, 2020",
        "May 30 percent of them leave?", "the night of 10 murders", "November 10, 2020",
    ],
)  # fmt: skip
def test_proper_dates_and_other_numbers(text: str) -> None:
    assert malformed(text, "en") == []


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("三百", 300), ("三百二十", 320), ("十二", 12), ("二十", 20), ("一千零五", 1005), ("两万三千", 23000),
     ("一亿二千万", 120000000), ("二〇二〇", 2020), ("千百", None), ("百万", 1000000), ("一一", None)],
)  # fmt: skip
def test_chinese_numerals(numeral: str, value: int | None) -> None:
    assert [q.value for q in scan(numeral, "zh")] == ([] if value is None else [value])


def test_chinese_numerals_in_text() -> None:
    found = {q.value for q in scan("工厂有三百名工人，二十个人十分高兴。", "zh")}
    assert found == {300, 20}
    assert scan("工厂有三百名工人。", "zh")[0].matches(scan("工厂有300名工人。", "zh")[0])


def test_minus_in_words_and_in_signs_is_one_value() -> None:
    for one, other in (("-5 degrees", "minus five degrees"), ("minus 12 points", "negative twelve points")):
        (a,), (b,) = scan(one), scan(other)
        assert a.matches(b)
    (a,), (b,) = scan("minus five"), scan("five")
    assert not a.matches(b)


@pytest.mark.parametrize(
    ("text", "lang", "dates"),
    [
        ("We met on 3 May.", "en", ["3 May"]),
        ("On Sept. 3. We met on 4 Nov. 2020.", "en", ["Sept. 3", "4 Nov. 2020"]),
        ("Am 3. Mai. Dann", "de", ["3. Mai"]),
    ],
)
def test_a_full_stop_behind_a_date_is_no_part_of_it(text: str, lang: str, dates: list[str]) -> None:
    assert [text[span.start : span.end] for span in dates_of(text, lang)] == dates


@pytest.mark.parametrize(
    ("lang", "words", "digits"),
    [
        ("de", "dreitausend Stellen", "3.000 Stellen"),
        ("de", "zwölf Prozent", "12 %"),
        ("de", "einhundertdreiundzwanzigtausendvierhundertfünf", "123.405"),
        ("de", "zwei Millionen", "2 Mio."),
        ("de", "um 8.30 Uhr", "um 8:30 Uhr"),
        ("fr", "trois mille emplois", "3 000 emplois"),
        ("fr", "mille neuf cent quatre-vingt-dix-neuf", "1999"),
        ("fr", "vingt et un ans", "21 ans"),
        ("fr", "trois cent vingt mille deux", "320 002"),
        ("fr", "4,5 Md", "4,5 milliards"),
        ("fr", "à 8h30", "à 8 h 30."),
        ("fr", "47.000 spectateurs", "47 000 spectateurs"),
        ("fr", "les années 90", "les années 1990"),
        ("fr", "au troisième trimestre", "au 3e trimestre"),
        ("de", "die 90er Jahre", "die Neunzigerjahre"),
        ("de", "im dritten Quartal", "im 3. Quartal"),
        ("zh", "球迷61,561名", "61561人"),
        ("de", "die frühen 1900er Jahre", "das frühe 20. Jahrhundert"),
        ("sv", "på 1900-talet", "det 20 seklet"),
        ("fi", "1900-luvulla", "20. vuosisadalla"),
        ("de", "rund um die Uhr", "24 Stunden lang"),
        ("en", "around the clock", "24/7"),
        ("zh", "全天候开放", "开放24小时"),
        ("zh", "两票", "2票"),
        ("zh", "三分之二", "占2/3"),
        ("zh", "二十分之十一", "11/20"),
    ],
)
def test_values_in_words_and_in_digits_are_one(lang: str, words: str, digits: str) -> None:
    (a,), (b,) = scan(words, lang), scan(digits, lang)
    assert a.matches(b)


@pytest.mark.parametrize(
    ("lang", "text"), [("de", "Hundertwasser, Achtung, tausendundein Wort"), ("fr", "pour cent, mil")]
)
def test_words_that_are_no_numbers_abroad(lang: str, text: str) -> None:
    assert [text[q.start : q.end] for q in scan(text, lang)] == (["tausendundein"] if lang == "de" else [])


@pytest.mark.parametrize(
    ("lang", "text"), [("de", "hundert" * 5000), ("de", "tausend " * 5000), ("fr", "cent " * 5000)]
)
def test_senseless_number_words_stay_small(lang: str, text: str) -> None:
    assert all(q.value is not None and q.value < 10**12 for q in scan(text, lang))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("a value of forty two and a third", "a value of 42 1/3"),
        ("three and one fourth", "3.25"),
        ("five billion and three quarters", "5.75 billion"),
        ("three quarters million people", "750,000 people"),
        ("twenty twenty-fifths", "0.8"),
        ("one eighth of it", "1/8 of it"),
        ("nine point nought four", "9.04"),
        ("naught point five", "0.5"),
        ("three lakh crore", "3,000,000,000,000"),
        ("three dozen eggs", "36 eggs"),
        ("the one hundred fifth meeting", "the 105th meeting"),
        ("they paid 75 USD million", "they paid 75 million USD"),
        ("exercises 22,24,26", "exercises 22, 24, 26"),
        ("three quarters of them", "75 % of them"),
    ],
)
def test_english_fractions_decimals_and_lists(a: str, b: str) -> None:
    assert same(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("forty two and a third", "42"), ("nine point four", "9.04"), ("three lakh crore", "300,000"),
     ("five dozen eggs", "36 eggs"), ("exercises 22,24,26", "exercises 22, 24, 27")],
)  # fmt: skip
def test_other_english_values_stay_apart(a: str, b: str) -> None:
    assert not same(a, b)


def test_a_range_whose_end_leaves_out_the_whole_number() -> None:
    found = [("4.25-.35 percent", "en"), ("4,25-,35 Prozent", "de")]
    assert [[str(q.value) for q in scan(*text)] for text in found] == [["4.25", "0.35"]] * 2


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "between 8.25,9.75 and 11.5", ["8.25", "9.75", "11.5"]),
        ("en", "1,300.5,2,400.5", ["1300.5", "2400.5"]),
        ("en", "56,789,12.5", ["56789", "12.5"]),
        ("en", "in 2008,7 of them", ["2008", "7"]),
        ("de", "von 8,25,9,75 auf 11,5", ["8.25", "9.75", "11.5"]),
        ("es", "8.250,9.750 y 300", ["8250", "9750", "300"]),
        # One number in some way of writing it, and what falls in no way or in several.
        ("en", "7,654,321.5", ["7654321.5"]),
        ("en", "7.654.321,5", ["7654321.5"]),
        ("en", "76,54,321.5", ["7654321.5"]),
        ("de", "2008,7 Tonnen", ["2008.7"]),
        ("en", "10.20.30.40,10.20.30.41", []),
    ],
)
def test_a_blank_that_lacks_behind_a_comma(lang: str, text: str, values: list[str]) -> None:
    assert [q.value for q in scan(text, lang) if q.kind != "identifier"] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("The bus left at 0830.", "Der Bus fuhr um 08:30 Uhr ab.", True),
        ("Lights out at 2215 hrs.", "Um 22.15 Uhr geht das Licht aus.", True),
        ("We marched at 0600 sharp.", "Um 6 Uhr marschierten wir los.", True),
        ("The bus left at 0830.", "Der Bus fuhr um 09:30 Uhr ab.", False),
        ("It holds 2275 litres.", "Es war 22:15 Uhr.", False),
    ],
)
def test_times_in_four_figures(a: str, b: str, alike: bool) -> None:
    assert any(x.matches(y) for x in scan(a, "en") for y in scan(b, "de")) is alike
