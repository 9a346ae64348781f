"""One name in two forms in one text."""

from __future__ import annotations

from evalkit.records import Name
from tests.detectors.units import REGISTRY, aligned

TEXT = (
    "President Rouhani spoke first in the hall.",
    "After him the guests from abroad spoke.",
    "Then President Ruhani thanked the guests again.",
    "At last President Rouhani left the hall.",
)


def found(*sentences: str, reference: tuple[str, ...] = (), names: tuple[Name, ...] = (), lang: str = "en"):
    rows = [(s, [reference[i]] if reference else []) for i, s in enumerate(sentences)]
    units, context = aligned(rows, names=names, lang=lang, kind="report", trusted=False)
    return [
        (f.rule, f.text, f.expected, f.start)
        for f in REGISTRY.make("detector", "names").find(units, context)
        if "in two forms" in f.message
    ]


def test_nothing_without_evidence_that_the_two_are_one() -> None:
    assert found(*TEXT) == []


def test_the_list_says_they_are_one_though_both_are_accepted() -> None:
    names = (Name("Hassan Rouhani", accept=("Rouhani", "Ruhani")),)
    ((rule, text, expected, start),) = found(*TEXT, names=names)
    assert (rule, text, expected) == ("name-variant", "Ruhani", ("Rouhani",))
    assert "\n".join(TEXT)[start : start + 6] == "Ruhani"


def test_the_lists_own_form_is_the_expected_one_though_rarer() -> None:
    names = (Name("Hassan Ruhani", accept=("Rouhani", "Ruhani")),)
    assert [(t, e) for _, t, e, _ in found(*TEXT, names=names)] == [("Rouhani", ("Ruhani",))] * 2


def test_a_reference_with_one_form_says_it_too() -> None:
    assert [t for _, t, _, _ in found(*TEXT, reference=TEXT[:1] * 4)] == ["Ruhani"]


def test_a_reference_with_both_licenses_both() -> None:
    assert found(*TEXT, reference=TEXT) == []


def test_the_same_given_name_beside_both_says_it_too() -> None:
    sentences = [s.replace("President", "Hassan") for s in TEXT]
    assert [t for _, t, _, _ in found(*sentences)] == ["Ruhani"]


def test_other_endings_and_other_names_are_no_forms_of_one() -> None:
    assert found("Guests met Hassan Rouhani there.", "The Rouhanis met Hassan Rahmani there.") == []
    assert found(*[s.replace("President", "Hassan") for s in TEXT], lang="de") == []
