"""Names only one side has, found without a list."""

from __future__ import annotations

import pytest

from tests.detectors.units import spans


@pytest.mark.parametrize(
    ("candidate", "reference", "found"),
    [
        ("The plane landed in Moscow.", "The plane landed in Kandahar.", [("name-wrong", "Moscow")]),
        ("We met near the bridge.", "We met Ivan Petrosyan near the bridge.", [("name-missing", "Ivan Petrosyan")]),
        ("We met him near the bridge.", "We met Petrosyan near the bridge.", []),
        ("Petrosyan came.", "Then came Petrosyan.", []),
        ("The plane landed in Kandagar.", "The plane landed in Kandahar.", [("name-mistransliterated", "Kandagar")]),
        ("It was built by the firm.", "It was built by IBM.", []),
        ("The talks were held there.", "The talks in May were held there.", []),
        ("It said the securities regulator.", "It said the China Securities Regulatory Commission.", []),
        ("They trade at home.", "They trade in China.", []),
    ],
)
def test_names_without_a_list(candidate: str, reference: str, found: list[tuple[str, str]]) -> None:
    assert spans("names", candidate, reference) == found


def test_a_report_may_leave_names_out_and_a_second_reference_may_too() -> None:
    texts = ("We met near the bridge.", "We met Ivan Petrosyan near the bridge.")
    assert spans("names", *texts, kind="report") == []
    assert spans("names", *texts, "By the bridge we met.") == []
