"""Terms in languages that inflect, compound and break words."""

from __future__ import annotations

import pytest

from evalkit.records import Term
from tests.detectors.units import spans

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("lang", "term", "candidate", "reference"),
    [
        ("es", "conflicto armado", "Los conflictos armados terminaron.", "El conflicto armado terminó."),
        ("es", "zona protegida", "Las zonas protegidas crecen.", "La zona protegida crece."),
        ("pt", "conflito armado", "Os conflitos armados terminaram.", "O conflito armado terminou."),
        ("it", "conflitto armato", "I conflitti armati sono finiti.", "Il conflitto armato è finito."),
        ("fr", "conflit armé", "Les conflits armés ont pris fin.", "Le conflit armé a pris fin."),
        ("ca", "conflicte armat", "Els conflictes armats van acabar.", "El conflicte armat va acabar."),
        ("de", "Filterkartusche", "Der Filterkartuschenhalter ist neu.", "Der Halter der Filterkartusche ist neu."),
        ("ar", "النزاع المسلح", "انتهت النزاعات المسلحة.", "انتهى النزاع المسلح."),
        ("ar", "مجتمع", "كان ذلك للمجتمع الدولي.", "كان ذلك من المجتمع الدولي."),
        ("ar", "مجلس", "وبمجلس الأمن.", "وفي مجلس الأمن."),
        ("sv", "filterpatron", "Filterpatronhållaren är ny.", "Hållaren för filterpatron är ny."),
        (
            "en",
            "climate change",
            "They discussed the cli\u00admate change plan.",
            "They discussed the climate change plan.",
        ),
    ],
)
def test_an_inflected_or_compounded_term_is_there(lang: str, term: str, candidate: str, reference: str) -> None:
    assert spans("terminology", candidate, reference, lang=lang, terms=(Term(term),)) == []


def test_a_compound_is_no_rejected_form_and_no_part_of_english_words() -> None:
    rejected = Term("Filtereinsatz", reject=("Kartusche",))
    assert spans("terminology", "Der Kartuschenhalter ist neu.", lang="de", terms=(rejected,)) == []
    found = spans(
        "terminology", "The handbook is new.", "The books and the handy book are new.", terms=(Term("handy book"),)
    )
    assert [rule for rule, _ in found] == ["term-missing"]
