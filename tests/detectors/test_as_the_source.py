"""What the source writes so, or every reference leaves as it is, is no fault of the candidate."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from evalkit.records import Passage, Segment
from tests.detectors.units import REGISTRY, aligned


@pytest.mark.parametrize(
    ("detector", "candidate", "reference", "source", "other"),
    [
        ("casing", "ich frage mich, ob das so gut ist.", "Ich frage mich, ob das gut ist.",
         "i wonder if that is so good.", "I wonder if that is so good."),
        ("exact", "please see the address of the page below", "please see the address of the page below",
         "please see the address of the page below", ""),
    ],
)  # fmt: skip
def test_as_the_source(detector: str, candidate: str, reference: str, source: str, other: str) -> None:
    (unit,), context = aligned([(candidate, [reference])], lang="de")
    context = replace(context, source_lang="en")

    def found(text: str) -> list[str]:
        passage = Passage((Segment("s", "d", 0, len(text), text),), text, "source")
        made = REGISTRY.make("detector", detector).find([replace(unit, source=passage)], context)
        return [f.rule for f in made if f.rule in ("casing", "source-copied")]

    assert found(source) == []
    if other:
        assert found(other) == ["casing"]


def test_latin_words_in_chinese_say_nothing_of_its_case() -> None:
    units, context = aligned(
        [("PSA不给狗任何类型的人类药物，如LAXITIVES或NYQUIL。", ["不要给狗投喂药物，如泻药或奈奎尔。"])], lang="zh"
    )
    assert list(REGISTRY.make("detector", "casing").find(units, context)) == []
