"""Names of another script: stems, and which of two spellings renders one."""

from __future__ import annotations

import pytest

from evalkit.language.native_names import name_renders_better, renders_better, stems


@pytest.mark.parametrize(
    ("word", "other", "source"),
    [
        ("Netanyahu", "Netanyaku", "ראש הממשלה נתניהו נאם."),
        ("Rouhani", "Rounahi", "قال روحاني إن"),
        ("Seoul", "Seoun", "그는 서울에서 살았다."),
        ("Mitsotakis", "Mitsotalis", "Ο Μητσοτάκης μίλησε."),
        ("Yokosuka", "Yokosuga", "ヨコスカの港"),
        ("Golovchenko", "Gorovchenko", "О Головченко говорили."),
    ],
)  # fmt: skip
def test_the_source_has_one_of_two(word: str, other: str, source: str) -> None:
    assert renders_better(word, other, source) is True
    assert renders_better(other, word, source) is False


@pytest.mark.parametrize(
    ("word", "other", "source"),
    [
        ("Mohammed", "Muhammad", "قال محمد إن"),  # both may be
        ("London", "Londun", "Он жил в Перми."),  # neither is there
        ("Jhajjar", "Jajjhar", "झज्जर पहले"),  # a script without a table
        ("", "Londun", "Он жил в Лондоне."),
    ],
)
def test_what_is_not_clear_is_left_open(word: str, other: str, source: str) -> None:
    assert renders_better(word, other, source) is None


def test_names_of_several_words_are_told_by_those_that_differ() -> None:
    source = "Сергей Лавров приехал."
    assert name_renders_better("Sergey Lavrov", "Sergey Lavlov", source) is True
    assert name_renders_better("Sergey Lavlov", "Sergey Lavrov", source) is False
    assert name_renders_better("Lavrov", "Sergey Lavlov", source) is None


def test_stems_are_without_articles_and_endings() -> None:
    assert "Лавров" in set(stems("Лавровым"))
    assert "روحاني" in set(stems("والروحاني"))
