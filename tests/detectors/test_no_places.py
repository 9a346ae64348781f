"""Words near a listed place that are no misspelling of it, and those that are."""

from __future__ import annotations

import pytest

from evalkit.records import Name
from tests.detectors.units import spans


@pytest.mark.parametrize(
    ("lang", "place", "text", "told"),
    [
        ("lt", "Iranas", "Varžybas laimėjo Ianas Poulteris.", []),
        ("lt", "Iranas", "Varžybas laimėjo Ianas praeitą savaitę.", ["Ianas"]),
        ("sl", "Francija", "Gol Patricka Dwyerja in Francisa Beauvilliera je bil lep.", []),
        ("et", "Rootsi", "Sainsbury võtab üle Bootsi ja muud poed.", []),
        ("et", "Rootsi", "Sainsbury võtab üle Roodsi ja muud poed.", ["Roodsi"]),
        ("cs", "Čína", "Napsal to deník South China Morning Post.", []),
        ("cs", "Čína", "Napsal to deník z China v pondělí.", ["China"]),
        ("pl", "Hiszpania", "Wykopały Hiszpana i Szweda do dziury.", []),
        ("hr", "Španjolska", "Zakopala su Španjolca u rupu.", []),
        ("el", "Βέλγιο", "Από τον Βέλγο σταρ Εντέν Αζάρ.", []),
        ("en", "Tallinn", "He flew to Tallin last week.", ["Tallin"]),
        ("en", "Tallinn", "He flew to Tallin Airport last week.", ["Tallin"]),
    ],
)
def test_near_a_listed_place(lang: str, place: str, text: str, told: list[str]) -> None:
    assert [found for _, found in spans("names", text, lang=lang, names=(Name(place, kind="place"),))] == told
