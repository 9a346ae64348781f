"""Words of the source left in the translation."""

from __future__ import annotations

import pytest

from evalkit.detectors.untranslated import UntranslatedDetector
from evalkit.detectors.untranslated.from_source import left_in
from evalkit.testing import context_of, units_of


def left(source: list[str], target: list[str], lang: str, reference: str = "", source_lang: str = "en") -> list[str]:
    references = [[reference]] if reference else []
    context = context_of(target, references, lang=lang, source_lang=source_lang)
    found = left_in(units_of(target, references, source), context)
    return [unit.candidate.text[word.start : word.end] for unit, word in found if unit.candidate]


def test_a_word_of_the_source_that_the_language_does_not_know() -> None:
    assert left(["The weather was bad."], ["Das weather war schlecht."], "de") == ["weather"]


@pytest.mark.parametrize(
    ("source", "target", "lang", "told"),
    [
        ("They are not bigots.", "Sie sind keine Bigots.", "de", ["Bigots"]),  # a noun gets its capital
        ("He AGREED to it.", "Er AGREED dem zu.", "de", ["AGREED"]),
        ("It was SHAMEFUL.", "C'était SHAMEFUL.", "fr", ["SHAMEFUL"]),
        ("Weather matters.", "Das weather ist wichtig.", "de", ["weather"]),  # the capital is the sentence's
        ("The Weather Channel and the weather.", "Der Weather Channel und das Wetter.", "de", []),
        ("The Clearest weather prize.", "Der Preis Clearest Weather.", "de", []),  # part of a name
        ("We saw the weather.", "Nous avons vu Weather.", "fr", []),  # a capital is a name's there
        ("The setup works.", "Das Setup geht.", "de", []),
    ],
)
def test_a_word_written_otherwise_than_in_the_source(source: str, target: str, lang: str, told: list[str]) -> None:
    assert left([source], [target], lang) == told


@pytest.mark.parametrize(
    ("source", "target", "lang", "reference", "severity"),
    [
        ("They are not bigots.", "Sie sind keine Bigots.", "de", "", "neutral"),  # may be a loan
        ("They are not bigots.", "Sie sind keine Bigots.", "de", "Sie sind nicht engstirnig.", "neutral"),
        ("The weather was bad.", "Das weather war schlecht.", "de", "", "minor"),  # everyday in English alone
        ("It was ephemeral here.", "Es war hier ephemeral.", "de", "", "neutral"),  # rare: a term, or a gap
        ("It was ephemeral here.", "Es war hier ephemeral.", "de", "Es verging.", "minor"),
        ("The bad weather stays.", "Das bad weather bleibt.", "de", "", "neutral"),  # a phrase, kept as a whole
        ("The weather was bad.", "Das „weather“ war schlecht.", "de", "", "neutral"),  # quoted on purpose
        ("He had two tickets.", "Er hatte zwei tickets.", "de", "", "neutral"),  # a noun, which has a capital
        ("The weather was bad.", "那天weather很糟。", "zh", "", "minor"),
    ],
)
def test_how_much_a_word_weighs(source: str, target: str, lang: str, reference: str, severity: str) -> None:
    references = [[reference]] if reference else []
    context = context_of([target], references, lang=lang, source_lang="en")
    found = UntranslatedDetector().find(units_of([target], references, [source]), context)
    assert [f.severity for f in found if f.evidence == "source-words"] == [severity]


def test_a_dictionary_that_lacks_the_words_of_the_text_calls_none_foreign() -> None:
    unknown = " ".join(f"q{a}x{b}t" for a in "aeiouäöüy" for b in ("aq", "oq", "uq", "iq", "yq", "eq"))
    source, target = ["It was ephemeral here.", "It rained."], ["Es war hier ephemeral.", "Es regnete."]
    assert left(source, target, "de") == ["ephemeral"]
    assert left(source, [target[0], unknown], "de") == []


@pytest.mark.parametrize(("target", "lang"), [("那天weather很糟。", "zh"), ("その日はweatherが悪かった。", "ja")])
def test_without_a_dictionary_another_script_tells(target: str, lang: str) -> None:
    assert left(["The weather was bad."], [target], lang) == ["weather"]


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("A tsunami came.", "Es kam ein tsunami.", "de"),
        ("See weather.com for it.", "Siehe weather.com dazu.", "de"),
        (
            "See https://www.example.org/weather/today for it.",
            "Siehe https://www.example.org/weather/today dazu.",
            "de",
        ),
        ("Write to weather@example.org now.", "Schreib jetzt an weather@example.org.", "de"),
        ("The shop-in-shop idea.", "Die shop-in-shop Idee.", "de"),
        ("The Weather Channel said so.", "Der Weather Channel sagte es.", "de"),
        ("The weather was bad.", "Das Wetter war schlecht.", "de"),
        ("The weather was bad.", "weather", "zu"),
        ("The benchmarks of the bogey.", "Los benchmarks del bogey.", "es"),
        ("The weather was bad.", "天气（weather）很糟。", "zh"),
        ("See weather.com for it.", "请看 weather.com。", "zh"),
    ],
)
def test_loans_names_and_addresses_stay(source: str, target: str, lang: str) -> None:
    assert left([source], [target], lang) == []


def test_the_scheme_of_an_address_is_no_word() -> None:
    source, target = ["Mehr unter https://www.example.org/gas dazu."], ["More is at https://www.example.org/gas too."]
    assert left(source, target, "en", source_lang="de") == []


def test_what_the_reference_keeps_is_no_finding() -> None:
    assert left(["The weather was bad."], ["Das weather war schlecht."], "de", "Das weather war übel.") == []
    assert left(["The weather was bad."], ["Das weather war schlecht."], "de", "Das weather-Gerät war übel.") == []


@pytest.mark.parametrize("lang", ["ru", "zh"])
def test_a_sentence_left_as_it_was_is_told_once(lang: str) -> None:
    source = ["Anna Meier received a pass from Peter Schmidt about 30 yards out from the goal."]
    context = context_of(source, (), lang=lang, source_lang="en")
    found = list(UntranslatedDetector().find(units_of(source, (), source), context))
    assert [(f.text, f.severity, f.evidence) for f in found] == [(source[0], "major", "source")]


def test_a_name_left_as_it_was_is_no_sentence() -> None:
    source = ["The House of the Spirits"]
    context = context_of(source, (), lang="ru", source_lang="en")
    found = UntranslatedDetector().find(units_of(source, (), source), context)
    assert [f.evidence for f in found if f.evidence == "source"] == []


@pytest.mark.slow
def test_a_language_that_mixes_is_left_alone() -> None:
    words = ["weather", "morning", "evening", "kitchen", "window"]
    assert left([f"The {w} here." for w in words], [f"Ang {w} dito." for w in words], "fil") == []
