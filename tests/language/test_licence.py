"""Where the candidate has what the source has, the reference is the odd one out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from evalkit.language.licence import final_mark, is_licensed
from evalkit.records import Passage, Segment
from tests.detectors.units import REGISTRY, aligned


@pytest.mark.parametrize(
    ("detector", "candidate", "reference", "as_here", "as_there"),
    [
        ("numbers", "It employs 2,300 people.", "It employs 230 people.", "Er hat 2300 Leute.", "Er hat 230 Leute."),
        ("names", "The boats on the Yangtze left.", "The boats on the Yangzi left.", "Sur le Yangtze.", "长江上。"),
        ("punctuation", "They left the house", "They left the house.", "他们离开了", "他们离开了。"),
    ],
)
def test_the_source_decides(detector: str, candidate: str, reference: str, as_here: str, as_there: str) -> None:
    (unit,), context = aligned([(candidate, [reference])])
    made = REGISTRY.make("detector", detector)
    rules = {rule.id: rule for rule in made.rules}
    found = [f for f in made.find([unit], context) if f.side == "candidate"]
    assert found
    for text, licensed in ((as_here, True), (as_there, False)):
        source = Passage((Segment("s", "d", 0, len(text), text),), text, "source")
        sourced = replace(unit, source=source)
        assert {is_licensed(f, rules[f.rule], sourced) for f in found} == {licensed}
    assert not any(is_licensed(f, rules[f.rule], unit) for f in found)


@pytest.mark.parametrize(
    ("text", "mark"), [("他走了。", "."), ("He said: “no.”", "."), ("No", ""), ("Why？", "?"), ("", "")]
)
def test_marks_of_other_scripts_are_the_same(text: str, mark: str) -> None:
    assert final_mark(text) == mark
