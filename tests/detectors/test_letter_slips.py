"""Names one letter off those of a source in the same script."""

from __future__ import annotations

import pytest

from evalkit.detectors.names import NamesDetector
from evalkit.records import Finding
from evalkit.testing import context_of, units_of

SOURCE = "Livingston lost to Betfred's team before Mr Zografos left London."


def found(
    source: list[str], target: list[str], lang: str, source_lang: str = "en", reference: str = ""
) -> list[Finding]:
    references = [[reference]] if reference else []
    context = context_of(target, references, lang=lang, source_lang=source_lang)
    findings = NamesDetector().find(units_of(target, references, source), context)
    return [f for f in findings if f.evidence == "source"]


@pytest.mark.parametrize(
    ("target", "lang", "text", "name"),
    [
        ("Livinston tapte før Zografos forlot London.", "nb", "Livinston", "Livingston"),
        ("Livingston unterlag Betferds Team, bevor Zografos ging.", "de", "Betferds", ""),  # with an ending
        ("Livingston perdió antes de que Zografkos saliera.", "es", "Zografkos", "Zografos"),
        ("利文斯顿输给了Livingson队。", "zh", "Livingson", "Livingston"),
        ("Livingston przegrał, zanim Zogrofas wyjechał.", "pl", "Zogrofas", ""),  # two letters
        ("Livingston przegrał, zanim Zogrkfos wyjechał.", "pl", "Zogrkfos", "Zografos"),
    ],
)
def test_one_letter_is_told(target: str, lang: str, text: str, name: str) -> None:
    told = found([SOURCE], [target], lang)
    assert [(f.rule, f.severity, f.text, *f.expected) for f in told] == (
        [("name-mistransliterated", "minor", text, name)] if name else []
    )
    for finding in told:
        assert finding.other is not None
        assert (finding.other.side, finding.other.text) == ("source", name)


@pytest.mark.parametrize(
    ("source", "target", "lang", "source_lang"),
    [
        ("Prigozhin spoke to Tokayev.", "Prigoschin sprach mit Tokajew.", "de", "en"),  # systems of spelling
        ("He left London for Naples.", "Hij verliet Londen.", "nl", "en"),  # a city has its own name
        ("Talks in Catalonia.", "Gesprekken in Catalonië.", "nl", "en"),  # letters of the language
        ("Storm in Florida today.", "Tempête en Floride.", "fr", "en"),
        ("Aguero scored.", "Agvero guva vārtus.", "lv", "en"),  # names as they sound
        ("The Rosenbergs left.", "Los Rosenberg se fueron.", "es", "en"),  # a plural
        ("Aguero scored.", "Zobaczyli Aguera.", "pl", "en"),  # declined
        ("Stevenowi się udało.", "Stevenovi se to podařilo.", "cs", "pl"),  # declined on both sides
        ("Leaguge officials met.", "League officials met.", "fr", "en"),  # the source's slip
        ("Livingston lost.", "Livinston lost.", "en", "en"),
        ("Livingston and Livingstone lost.", "Livingston und Livingstone verloren.", "de", "en"),
        ("Gazette readers know.", "Gazatte Leser wissen.", "de", "en"),  # an ordinary word opens the sentence
    ],
)
def test_another_spelling_is_no_slip(source: str, target: str, lang: str, source_lang: str) -> None:
    assert found([source], [target], lang, source_lang) == []


def test_who_writes_it_so_throughout_has_a_hint() -> None:
    told = found([f"Mr Zografos spoke {n} times." for n in "123"], [f"Zografkos habló {n} veces." for n in "123"], "es")
    assert [f.severity for f in told] == ["neutral"] * 3


def test_what_the_reference_has_too_is_none() -> None:
    assert found(["Mr Zografos spoke."], ["Habló Zografkos."], "es", reference="Zografkos habló.") == []


def test_a_name_that_the_text_has_right_once_and_wrong_once() -> None:
    (said,) = found(["Zografos and Zografos again."], ["Zografos y otra vez Zografkos."], "es")
    assert said.text == "Zografkos"
