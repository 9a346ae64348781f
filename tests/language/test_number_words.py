"""Number words, numerals, units and kinds of numbers in many languages."""

from __future__ import annotations

import time
import tomllib
from decimal import Decimal
from importlib.resources import files

import pytest

from evalkit.language.numbers.lexicon import knows_words, lexicon
from evalkit.language.numbers.scan import scan
from evalkit.language.numbers.spelled import spelled
from tests.language.test_number_scanner import same

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("lang", "words", "value"),
    [
        ("es", "cuatrocientos cincuenta y dos mil trescientos cuarenta y siete", 452347),
        ("es", "vigésimo quinto", 25),
        ("fr", "quatre vingt quinze", 95),
        ("fr", "deux douzaines", 24),
        ("de", "siebenundzwanzigster", 27),
        ("de", "zweieinhalb Millionen", 2500000),
        ("it", "duecentocinquantamila", 250000),
        ("tr", "onbinaltıyüz", 10600),
        ("ar", "مائة وستة عشر", 116),
        ("hi", "दो सौ दो हजार", 202000),
        ("pl", "dwa tysiące trzysta", 2300),
        ("ru", "двумстам тридцати", 230),
        ("cs", "dvacet pět tisíc", 25000),
        ("fi", "kaksisataa", 200),
        ("nl", "tweehonderdvijftigduizend", 250000),
        ("en", "half a million", 500000),
        ("ko", "백이십오", 125),
        ("ko", "스물한 번째", 21),
        ("ja", "百二十五", 125),
        ("zh", "两千三百五", 2350),
        ("zh", "500余万", 5000000),
    ],
)
def test_words_by_value(lang: str, words: str, value: int) -> None:
    assert same(words, str(value), lang)


@pytest.mark.parametrize(
    ("lang", "a", "b"),
    [
        ("zh", "达到33亿", "达到 33 亿"),
        ("zh", "三成", "30%"),
        ("zh", "百分之三十", "30%"),
        ("zh", "3点15分", "3:15"),
        ("zh", "4.78万亿", "4780000000000"),
        ("ko", "3만 5천", "35,000"),
        ("hi", "1.5 लाख", "1,50,000"),
        ("en", "$1.5m", "$1.5 million"),
        ("en", "1½ hours", "1.5 hours"),
        ("en", "ISBN 978-0-00-000000-2", "ISBN 9780000000002"),
        ("en", "Chapter IV", "Chapter 4"),
        ("de", "12'500 Franken", "12.500 Franken"),
        ("de", "am 23.12. um", "am 23. Dezember um"),
        ("cs", "10. 9. 2020", "10. září 2020"),
        ("cs", "v 7.30.", "v 7:30."),
        ("hu", "2020. szeptember 10", "2020-09-10"),
        ("hi", "10 सितंबर 2020", "2020-09-10"),
        ("es", "3 millones y medio", "3.500.000"),
        ("es", "5 mil millones", "5.000.000.000"),
        ("fr", "1 billion", "1 000 milliards"),
    ],
)
def test_one_value_in_two_ways(lang: str, a: str, b: str) -> None:
    assert same(a, b, lang)


@pytest.mark.parametrize(
    ("lang", "a", "b"),
    [
        ("zh", "达到12亿美元", "达到12万美元"),
        ("en", "with Python 3.1", "with Python 3.10"),
        ("en", "€5", "$5"),
        ("ru", "5 евро", "5 долларов"),
        ("pl", "5 euro", "5 dolarów"),
        ("ja", "5ユーロ", "5ドル"),
        ("de", "5 Kilometer", "5 Zentimeter"),
        ("fr", "09/10/2020", "10 septembre 2020"),
        ("de", "Dienstag", "Montag"),
        ("pl", "wtorek", "poniedziałek"),
        ("en", "Chapter VI", "Chapter IV"),
    ],
)
def test_two_values(lang: str, a: str, b: str) -> None:
    assert not same(a, b, lang)


def test_each_side_is_read_in_its_own_language() -> None:
    (a,), (b,) = scan("1,250", "en"), scan("1.250", "de")
    assert a.matches(b)


@pytest.mark.parametrize("lang", ["kl", "xx", "yo"])
def test_a_language_without_number_words_is_silent_on_words(lang: str) -> None:
    assert not knows_words(lang)
    assert list(spelled("one un ein twenty", lang)) == []
    assert scan("12", lang)[0].value == Decimal(12)


def test_per_cent_in_words_names_no_hundred() -> None:
    assert scan("pour cent", "fr") == []
    assert {q.value for q in scan("veinte por ciento", "es")} == {Decimal(20)}


TABLES = [p for p in files("evalkit.language.numbers.words").iterdir() if p.name.endswith(".toml")]


@pytest.mark.parametrize("path", TABLES)
def test_every_table_names_its_source_and_says_numbers(path) -> None:
    table = tomllib.loads(path.read_text("utf-8"))
    assert table["source"]
    known = lexicon(path.name.removesuffix(".toml"))
    assert known is None or {Decimal(n) for n in range(2, 10)} <= {word.value for word in known.words.values()}


@pytest.mark.parametrize(
    "text",
    [
        "2千222.2千2百2十2", "1/0", "0^-1", "1e99", "一" * 3000,
        "千万" * 1500, "1 " * 3000, "1-" * 3000, "1," * 3000,
        "XIV" * 1000, "백" * 3000, "3만 5천 " * 1000, "½" * 2000, "1/2 " * 2000, "9" * 5000,
        "分之" * 2000, "三分之" * 1000,
        "und" * 1500, "ein" * 1500, "einund" * 1000, "zwei und " * 800, "y medio " * 800, "1:" * 2000, "- " * 2000,
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "de", "es", "zh", "ko", "ar"])
def test_no_text_ends_in_a_traceback_or_takes_long(text: str, lang: str) -> None:
    before = time.process_time()
    scan(text, lang)
    assert time.process_time() - before < 2  # bounded: an exponential pattern would not end


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("fr", "cent et trois quarts", "100.75"), ("ar", "مائة و ثلاثة أرباع", "100.75"),
        ("tr", "üç bölü yirmi beş", "0.12"),
        ("sv", "3 hundra", "300"), ("sv", "etthundratrettio femtedelar", "26"),
        ("es", "ciento treinta y dos quintos", "26.4"),
    ],
)  # fmt: skip
def test_parts_of_a_whole(lang: str, text: str, value: str) -> None:
    assert ("n", value) in {key for quantity in scan(text, lang) for key in quantity.keys}


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("lt", "20 milijonų", 20_000_000), ("lt", "20 mln. eurų", 20_000_000), ("ka", "20,4 მილიონიანი", 20_400_000),
        ("sw", "watu milioni 20", 20_000_000), ("ga", "20 milliún duine", 20_000_000), ("ky", "9 миллиард", 9 * 10**9),
        ("zu", "5.5 isigidi", 5_500_000), ("tr", "85 mil", 85), ("es", "85 mil", 85_000), ("lt", "20 metrų", 20),
    ],
)  # fmt: skip
def test_scales_beside_figures(lang: str, text: str, value: int) -> None:
    assert [q.value for q in scan(text, lang) if q.kind == "number"] == [value]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("lt", "du šimtai penkiasdešimt", 250), ("sl", "dvesto petdeset", 250),
        ("sw", "mia tano na ishirini na tano", 525),
        ("ka", "ორასოცდახუთი", 225), ("ga", "dhá chéad", 200), ("ky", "эки жүз элүү", 250),
    ],
)  # fmt: skip
def test_languages_of_which_small_numbers_are_known(lang: str, text: str, value: int) -> None:
    assert value in {q.value for q in scan(text, lang)}


def test_hungarian_thousands_in_one_word() -> None:
    for text, value in (("kétezer ember", 2000), ("tízezer ember", 10_000), ("20 milliónál", 20_000_000)):
        assert value in {q.value for q in scan(text, "hu")}
