"""Texts as programs leave them: cut into words and marks, in small letters where a sentence begins."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evalkit.plugins import Registry
from evalkit.testing import context_of, units_of

REGISTRY = Registry()
CUT = [
    "le conseil , réuni hier , a voté ( oui ) .", "la ville ( de Berne ) attend .", "elle ( la seule ) , elle est là .",
]  # fmt: skip


def told(
    detector: str, target: Sequence[str], references: Sequence[str], source: Sequence[str] = (), lang: str = "fr"
) -> list[str]:
    context = context_of(target, [references], lang=lang, source_lang="en" if source else "")
    units = units_of(target, [references], source) if source else units_of(target, [references])
    return [f.text for f in REGISTRY.make("detector", detector).find(units, context)]


def test_a_way_of_setting_spaces_that_the_references_have_is_no_slip() -> None:
    mine = ["le conseil , réuni en ville , a voté .", "la ville ( Berne ) attend .", "elle , ( elle ) , est là ."]
    assert told("whitespace", mine, CUT) == []
    assert told("whitespace", mine, [line.replace(" ,", ",").replace("( ", "(").replace(" .", ".") for line in CUT])


def test_a_sentence_in_small_letters_as_its_reference_has_lost_no_capital() -> None:
    reference = ["les cabinets de MG prélèvent des écouvillons chez les malades."]
    assert told("casing", ["les médecins prélèvent des écouvillons chez les malades."], reference) == []
    assert told("casing", ["les cabinets de mg prélèvent chez les malades."], reference)
    assert told("casing", ["les médecins prélèvent chez les malades."], ["Les cabinets de MG prélèvent."])


def test_a_single_word_was_left_only_if_the_source_has_it() -> None:
    source, reference = ["An FBC is a common test of the liver."], ["La FSC est une des analyses courantes du foie."]
    assert told("untranslated", ["La FSC est une des analyses courantes du colorectal."], reference, source) == []
    assert told("untranslated", ["La FSC est une des analyses courantes du liver."], reference, source) == ["liver"]


@pytest.mark.parametrize("years", ["1968 / 69", "1968/69", "1968 – 69", "1968-69"])
def test_the_second_year_of_two_may_lack_its_century(years: str) -> None:
    assert told("numbers", ["la grippe de 1968-1969 ."], [f"la grippe de {years} ."], [f"the flu of {years} ."]) == []
    assert told("numbers", ["la grippe de 1968-1970 ."], [f"la grippe de {years} ."], [f"the flu of {years} ."])
