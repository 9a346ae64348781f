"""Negation against a source without a reference."""

from __future__ import annotations

import pytest

from evalkit.detectors.negation import NegationDetector
from evalkit.testing import context_of, units_of


def test_a_negation_lost_from_an_english_source_is_a_hint() -> None:
    source = ["The minister did not sign the treaty.", "It was never more so.", "He has no car."]
    target = ["Der Minister billigte den Vertrag.", "Das war immer so.", "Er kommt ohne Auto aus."]
    units = units_of(target, (), source)
    told = list(NegationDetector().find(units, context_of(target, lang="de", source_lang="en")))
    assert [(f.rule, f.severity, f.side, f.text) for f in told] == [("negation-mismatch", "neutral", "source", "not")]
    assert not list(NegationDetector().find(units, context_of(target, lang="en", source_lang="en")))
    answered = units_of(["Der Minister hat es nicht getan."], (), source[:1])
    assert not list(NegationDetector().find(answered, context_of(target, lang="de", source_lang="en")))


def hints(source: str, target: str, lang: str) -> list[str]:
    units = units_of([target], (), [source])
    return [f.text for f in NegationDetector().find(units, context_of([target], lang=lang, source_lang="en"))]


@pytest.mark.parametrize(
    ("target", "lang"),
    [
        ("Die Gäste unterschrieben den Vertrag.", "de"),
        ("Der Gast und die Universität billigten den Vertrag.", "de"),
        ("Host nebo hostitel podepsal nejnovější smlouvu.", "cs"),
    ],
)
def test_the_beginning_of_another_word_is_no_denial(target: str, lang: str) -> None:
    assert hints("The guests did not sign the contract.", target, lang) == ["not"]


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("I don't know what happened.", "Нe знaм штa je билo сa њoм и сa мojим дeтeтoм.", "sr"),  # Latin look-alikes
        ("I don't know what happened.", "Не знам шта је било са њом и са мојим дететом.", "bs"),
        ("The house was not sold.", "Rumah itu ’tidak’ dijual.", "ms"),
        ("The house was not sold last year.", "رومه ايت تيدق دجوال تاهون لالو اوليه كلوارݢ", "ms"),  # Jawi is not known
        ("The house was never sold.", "Sosem adták el a házat.", "hu"),
        ("He said they did not come.", "Hän sanoi, etteivät he tulleet.", "fi"),
        ("It did not happen.", "این اتفاق رخ نداده است.", "fa"),
        ("They don't know it.", "그들은 그것을 모릅니다.", "ko"),
        ("His injuries are not grave.", "তার আঘাত গুরুতর ন\u09df।", "bn"),
        ("He could not stop.", "Il ne cessait de parler et ne pouvait s'arrêter.", "fr"),
        ("It was not as warm as here.", "Es war kälter als hier.", "de"),
    ],
)
def test_what_denies_in_another_script_form_or_phrase_answers(source: str, target: str, lang: str) -> None:
    assert hints(source, target, lang) == []


@pytest.mark.parametrize(
    "target",
    ["Il ne le savait que trop : la maison est vendue.", "Il ne la vend que demain.", "Elle n'est que vendue."],
)
def test_a_french_ne_alone_denies_nothing(target: str) -> None:
    assert hints("The house is not sold.", target.replace("savait", "voyait"), "fr") == ["not"]


@pytest.mark.parametrize(
    ("target", "lang"),
    [
        ("La casa se vendió después de la feria internacional.", "es"),
        ("La maison est vendue par décision de la société internationale.", "fr"),
        ("بيع البيت في كأس العالم", "ar"),
    ],
)
def test_a_word_that_only_looks_like_a_denial_answers_none(target: str, lang: str) -> None:
    assert hints("The house was not sold.", target, lang) == ["not"]


@pytest.mark.parametrize(
    ("target", "lang"), [("La casa es invendible.", "es"), ("La maison est invendable.", "fr"), ("ولم يبع", "ar")]
)
def test_a_word_that_holds_a_denial_answers_it(target: str, lang: str) -> None:
    assert hints("The house was not sold.", target, lang) == []
