"""Inflected forms of names, language by language."""

from __future__ import annotations

import time

import pytest

from evalkit.language.name_forms import are_forms, is_form, keeps_form, knows_endings, name_tokens, one_letter_apart


@pytest.mark.parametrize(
    ("lang", "word", "name"),
    [
        ("en", "Rouhanis", "Rouhani"),
        ("de", "Merkels", "Merkel"),
        ("pl", "Putina", "Putin"),
        ("pl", "Warszawie", "Warszawa"),
        ("cs", "Prahou", "Praha"),
        ("ru", "Путиным", "Путин"),
        ("uk", "Києва", "Київ"),
        ("fi", "Helsingissä", "Helsinki"),
        ("fi", "Suomessakin", "Suomi"),
        ("hu", "Trumppal", "Trump"),
        ("tr", "Ankara'dan", "Ankara"),
        ("lv", "Rīgas", "Rīga"),
        ("el", "Μητσοτάκη", "Μητσοτάκης"),
        ("ko", "프랑스에서", "프랑스"),
        ("xx", "Putinom", "Putin"),
    ],
)
def test_forms_of_a_name(lang: str, word: str, name: str) -> None:
    assert is_form(word, name, lang)


@pytest.mark.parametrize(
    ("lang", "word", "name"),
    [
        ("en", "Tallin", "Tallinn"),
        ("en", "Mitsotaki", "Mitsotakis"),
        ("de", "Macrone", "Macron"),
        ("fr", "Bratislav", "Bratislava"),
        ("es", "Kharki", "Kharkiv"),
        ("pl", "Macro", "Macron"),
        ("pl", "Putinym", "Putyn"),
        ("ru", "Путан", "Путин"),
        ("fi", "Helsigissä", "Helsinki"),
        ("hu", "Trampnak", "Trump"),
        ("tr", "Ankra'dan", "Ankara"),
        ("ar", "التي", "التشيك"),
        ("he", "ספר", "ספרד"),
    ],
)
def test_a_letter_lost_or_exchanged_is_no_form(lang: str, word: str, name: str) -> None:
    assert not is_form(word, name, lang)


def test_only_places_make_adjectives() -> None:
    assert is_form("Russian", "Russia", "en", place=True)
    assert not is_form("Russian", "Russia", "en")


def test_two_forms_of_which_neither_is_the_basic_one() -> None:
    assert are_forms("Путиным", "Путину", "ru")
    assert are_forms("Marathons", "Marathon", "en")
    assert not are_forms("Uzbekstan", "Uzbekistan", "en", place=True)
    assert not are_forms("Putinym", "Putin", "en", place=True)


def test_what_is_known_of_a_language() -> None:
    assert knows_endings("pl")
    assert knows_endings("zh")
    assert knows_endings("ar")  # its table says that there are none
    assert not knows_endings("xx")
    assert keeps_form("fr-CA")
    assert not keeps_form("pl")


def test_what_is_elided_before_a_name_is_no_part_of_it() -> None:
    assert [t.text for t in name_tokens("L’Allemagne et le ministre d'Espagne, l'ami d'O'Neill", "fr")][::2] == [
        "Allemagne", "le", "Espagne", "O'Neill"
    ]  # fmt: skip
    assert [t.text for t in name_tokens("D'Angelo", "en")] == ["D'Angelo"]


def test_one_letter_apart_needs_some_letters() -> None:
    assert one_letter_apart("Kharki", "Kharkiv")
    assert one_letter_apart("Tallnin", "Tallinn")
    assert not one_letter_apart("Kahn", "Khan")
    assert not one_letter_apart("Macon", "Macrons")


@pytest.mark.parametrize("ending", ["issa", "nkin", "da", "x"])
def test_a_word_without_end_costs_no_time(ending: str) -> None:
    started = time.process_time()
    for lang in ("fi", "hu", "tr", "pl", "xx"):
        is_form("Suomi" + ending * 20_000, "Suomi", lang)
        are_forms("Suomi" + ending * 20_000, "Suomi" + ending * 10_000, lang)
    assert time.process_time() - started < 5
