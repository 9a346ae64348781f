"""What is known of languages from standards: codes, scripts, capitals, percentages."""

from __future__ import annotations

import time

import pytest

from evalkit.errors import ConfigError
from evalkit.language.codes import bare, check_tags
from evalkit.language.function_words import capitalises_nouns
from evalkit.language.percent import stands_apart
from evalkit.language.scripts import has_case, runs_outside, scripts_of, written_in
from evalkit.language.stems import same_word
from evalkit.text.words import is_unspaced


def test_a_language_has_one_code() -> None:
    assert [bare(tag) for tag in ("en-GB", "pt_BR", "kmr", "iw", "arb", "EN")] == ["en", "pt", "ku", "he", "ar", "en"]


def test_a_country_or_another_spelling_of_the_tag_changes_no_judgement() -> None:
    assert all(map(capitalises_nouns, ("de", "de-AT", "de_DE", "deu")))
    assert all(map(is_unspaced, ("zh", "zh-CN", "zh_CN")))
    assert same_word("said", "says", "en_US") == same_word("said", "says", "en")


@pytest.mark.parametrize("tag", ["en", "en_US", "zh-Hant-TW", "kmr", "fuc", "", "sr-Latn"])
def test_registered_codes_pass(tag: str) -> None:
    check_tags([("lang", tag)])


@pytest.mark.parametrize(
    ("tag", "meant"),
    [("english", "en"), ("Deutsch", "de"), ("germn", "de"), ("xx", "xh"), ("français", "fr"), ("jp", "ja")],
)
def test_any_other_code_is_an_error_with_the_nearest(tag: str, meant: str) -> None:
    with pytest.raises(ConfigError, match=rf"lang: '{tag}' is no language code; did you mean '{meant}'"):
        check_tags([("lang", tag)])


def test_scripts_come_from_the_cldr_or_the_tag() -> None:
    assert scripts_of("kn") == ("Knda",)
    assert scripts_of("ja") == ("Hani", "Hira", "Kana")
    assert scripts_of("sr") == ("Cyrl", "Latn")
    assert scripts_of("sr-Latn") == ("Latn",)
    assert scripts_of("qaa") == ()


def test_what_a_text_is_written_in() -> None:
    assert written_in(["Сегодня мы начинаем работу рано утром."]) == "Cyrl"
    assert written_in(["Today and сегодня, half and половина на половину"]) == ""
    assert written_in(["short"]) == ""


def test_runs_of_other_scripts_are_found_in_linear_time() -> None:
    pattern = runs_outside(frozenset({"Latn"}))
    assert pattern.findall("Der Путин, (привет) 5 ist 中国 µ da") == ["Путин, (привет", "中国"]
    begin = time.process_time()
    for text in ("П 1 " * 50_000, "П" + " " * 200_000, ("П" + "." * 50) * 4_000, "a П" * 70_000):
        list(pattern.finditer(text))
    assert time.process_time() - begin < 5


def test_georgian_has_no_capitals() -> None:
    assert [has_case(c) for c in "aßдა中"] == [True, True, True, False, False]


def test_percent_signs_stand_apart_where_the_cldr_says_so() -> None:
    assert stands_apart("de")
    assert not stands_apart("en")
    assert stands_apart("mey") is None
