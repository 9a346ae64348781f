"""Name similarity: laws, pairs known to be hard, and how well it parts true from false pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.language.name_cues import LIKELY, nearest_name
from evalkit.language.name_likeness import word_similarity
from evalkit.language.name_variants import is_variant
from evalkit.language.romanise import romanise

words = st.text(st.characters(categories=["L"]), max_size=12)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@given(words, words)
def test_word_similarity_is_symmetric_and_bounded(a: str, b: str) -> None:
    assert word_similarity(a, b) == pytest.approx(word_similarity(b, a))
    assert 0.0 <= word_similarity(a, b) <= 1.0


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=1, max_size=12))
def test_case_and_marks_change_nothing(word: str) -> None:
    assert word_similarity(word, word.upper()) == 1.0
    assert word_similarity(word, "\u0301".join(word)) == 1.0


def test_no_letters_are_like_nothing() -> None:
    assert word_similarity("", "Putin") == word_similarity("2020", "Putin") == 0.0


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("zaparov", "Japarov"),
        ("jiyosov", "Giyosov"),
        ("battulega", "Battulga"),
        ("gorovchenko", "Golovchenko"),
        ("Uzbekstan", "Uzbekistan"),
        ("Путин", "Putin"),
        ("Erdogan", "Erdoğan"),
    ],
)
def test_misspellings_are_near(form: str, name: str) -> None:
    assert word_similarity(form, name) >= LIKELY
    assert nearest_name(form, ["Rahmon", "Khan", name])[0] == name


@pytest.mark.parametrize("pair", [("Rahmon", "Rouhani"), ("Khan", "Kahn"), ("Iran", "Iraq"), ("Norov", "Modi")])
def test_other_names_are_far(pair: tuple[str, str]) -> None:
    assert word_similarity(*pair) < LIKELY


@pytest.mark.parametrize(
    "pair",
    [
        ("Rakhmon", "Rahmon"),
        ("Ruhani", "Rouhani"),
        ("Zhaparov", "Japarov"),
        ("Mirziyoev", "Mirziyoyev"),
        ("Netanjahu", "Netanyahu"),
        ("Evmenov", "Yevmenov"),
        ("Evgeny", "Yevgeni"),
        ("Dudajew", "Dudaev"),
    ],
)
def test_systems_of_romanisation_are_variants(pair: tuple[str, str]) -> None:
    assert is_variant(*pair)


@pytest.mark.parametrize(
    "pair", [("zaparov", "Japarov"), ("battulega", "Battulga"), ("Uzbekstan", "Uzbekistan"), ("Ellen", "Yellen")]
)
def test_errors_are_no_variants(pair: tuple[str, str]) -> None:
    assert not is_variant(*pair)


def test_any_script_becomes_latin_letters() -> None:
    assert romanise("Владимир Путин") == "vladimir putin"
    assert romanise("António’s") == "antonio's"
