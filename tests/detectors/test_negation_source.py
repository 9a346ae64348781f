"""Negation against a source without a reference."""

from __future__ import annotations

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
