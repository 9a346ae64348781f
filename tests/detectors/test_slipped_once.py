"""A name that stands once with another letter than elsewhere in its text."""

from __future__ import annotations

import pytest

from evalkit.detectors.names import NamesDetector
from evalkit.records import Finding
from evalkit.testing import context_of, units_of


def found(*lines: str, lang: str = "en", reference: tuple[str, ...] = ()) -> list[Finding]:
    references = [list(reference)] if reference else []
    context = context_of(list(lines), references, lang=lang)
    findings = NamesDetector().find(units_of(list(lines), references), context)
    return [f for f in findings if f.evidence == "once"]


def test_the_odd_one_is_told() -> None:
    (said,) = found("Livingston lost.", "Fans of Livinston left.", "Livingston will play in May.")
    assert (said.rule, said.severity, said.text, said.expected) == (
        "name-mistransliterated", "minor", "Livinston", ("Livingston",),
    )  # fmt: skip
    assert said.message == "'Livinston' here, 'Livingston' elsewhere in this text (2 times)"


@pytest.mark.parametrize(
    ("lines", "lang"),
    [
        (("Livingston lost.", "Fans of Livinston left."), "en"),  # which of the two is right?
        (("Xiaoming came.", "Xiaoning went.", "Xiaoming spoke."), "en"),  # two people
        (("Rouhani came.", "Ruhani went.", "Rouhani spoke."), "en"),  # two spellings: `name-variant`
        (("Zografos came.", "Zografose went.", "Zografos spoke."), "en"),  # an ending, or another name
        (("Kowalski wygrał.", "Rozmowa z Kowalskim.", "Kowalski mówił."), "pl"),  # declined
        (("Horses came.", "Houses went.", "Horses stayed."), "en"),  # words
        (("Zografos came.", "Zogrifos went.", "Zografos spoke."), "xx"),  # a language without a dictionary
    ],
)
def test_what_may_be_right_is_not_told(lines: tuple[str, ...], lang: str) -> None:
    assert found(*lines, lang=lang) == []


def test_a_reference_with_both_forms_licenses_them() -> None:
    lines = ("Livingston lost.", "Livinston left.", "Livingston will play.")
    assert found(*lines)
    assert not found(*lines, reference=lines)


def test_another_text_of_the_same_file_may_name_another() -> None:
    other = ("Something else happened.",) * 30
    assert found("Livingston lost.", "Livingston left.", *other, "Livinston won.") == []
    assert found("Livingston lost.", "Livingston left.", *other[:5], "Livinston won.")


def test_a_long_table_of_codes_takes_no_time() -> None:
    codes = [f"Qzxwv{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}k" for n in range(1000)]
    assert found(*(f"{code.title()} {code.title()}." for code in codes)) == []
