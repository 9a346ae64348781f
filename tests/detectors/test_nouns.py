"""German nouns in small letters, by what every reference writes."""

from __future__ import annotations

import pytest

from tests.detectors.units import spans


@pytest.mark.parametrize(
    ("candidate", "references", "marked"),
    [
        ("Er sah die regierung im Fernsehen.", ["Er hat die Regierung im Fernsehen gesehen."], ["regierung"]),
        ("Er sah die regierung im Fernsehen.", ["Er hat die Regierung gesehen.", "Er sah die regierenden Leute."], []),
        ("Die Leute werden nicht glauben.", ["Sie sahen das Glauben der Leute."], []),
        ("Er sah die deutsche Bank an der Ecke.", ["Er hat die Deutsche Bank gesehen."], []),
        ("Ich rufe Sie an, und sie kommen.", ["Ich rufe Sie an, damit Sie kommen."], []),
    ],
)
def test_a_noun_in_small_letters(candidate: str, references: list[str], marked: list[str]) -> None:
    assert [text for _, text in spans("casing", candidate, *references, lang="de")] == marked


@pytest.mark.parametrize(
    ("candidate", "reference", "marked"),
    [
        (
            "Es ist aus seiner Voransiedlungslandschaft gewachsen.",
            "Es hat sich aus einer Vorsiedlungslandschaft gelöst.",
            [],
        ),
        ("Er wohnt seit gestern in Friedrichtal.", "Er lebt seit gestern in Friedrichstal.", ["Friedrichtal"]),
    ],
)
def test_a_compound_is_no_name(candidate: str, reference: str, marked: list[str]) -> None:
    assert [text for _, text in spans("names", candidate, reference, lang="de")] == marked


def test_other_languages_have_their_house_style() -> None:
    assert spans("casing", "The government met there.", "There the Government met.", lang="en") == []
