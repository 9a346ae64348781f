"""Names in enumerations answer the same item of the other list, or none."""

from __future__ import annotations

import pytest

from tests.detectors.units import found

BRANDS = "They sell goods of {}, Lindqvist, {}, Ferrand and {} here."


@pytest.mark.parametrize(
    ("candidate", "reference", "expected"),
    [
        (("Okafor", "Bianchi", "Moreau"), ("Okafor", "Petrov", "Moreau"), [("Bianchi", "Petrov")]),
        (("Sundström", "the boss", "Moreau"), ("Okafor", "Petrov", "Moreau"), [("Sundström", "Okafor")]),
        (("the boss", "Sundström", "Moreau"), ("Okafor", "Petrov", "Moreau"), [("Sundström", "Petrov")]),
    ],
)
def test_the_same_item(candidate: tuple[str, ...], reference: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    findings = found("names", BRANDS.format(*candidate), BRANDS.format(*reference))
    assert [(f.text, f.expected[0]) for f in findings if f.rule == "name-wrong"] == expected


def test_lists_of_different_length_say_nothing_of_order() -> None:
    short = "They sell goods of Okafor, Bianchi, Sundström, Tanaka, Ferrand and Moreau here."
    long = "They sell goods of Okafor, Petrov, Lindqvist, Duarte, Achterberg, Ferrand and Moreau here."
    pairs = [(f.text, f.expected[0]) for f in found("names", short, long) if f.rule == "name-wrong" and f.expected]
    assert pairs == [("Bianchi", "Petrov"), ("Tanaka", "Achterberg")]  # which stand beside what both have


@pytest.mark.parametrize(
    ("candidate", "reference"),
    [
        (
            "As TSMC makes chips, they looked down on TSMC in Taiwan.",
            "As Taiwan Semiconductor Manufacturing Company makes chips, they looked down on Taiwan Semiconductor "
            "Manufacturing Company.",
        ),
        ("It is a threat of the CCP.", "It is a threat of the Communist Party of China."),
    ],
)
def test_initials_stand_for_a_name(candidate: str, reference: str) -> None:
    assert not found("names", candidate, reference)
