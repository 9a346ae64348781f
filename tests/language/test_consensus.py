"""A difference from the reference that most other systems share is the reference's."""

from __future__ import annotations

import pytest

from evalkit.language.consensus import is_shared
from tests.detectors.units import REGISTRY, aligned

REFERENCE = (
    "The guests waited in the hall, while musicians rehearsed Beethoven symphonies behind heavy velvet curtains."
)
SHORT = "The guests waited in the hall."


def shared(detector: str, candidate: str, reference: str, *others: str) -> list[tuple[str, bool]]:
    """(rule, shared) of the findings of one detector, given what the other systems wrote."""
    (unit,), context = aligned([(candidate, [reference])])
    segment = unit.references[0].segments[0].id
    written = {"s": candidate, **{f"other {i}": text for i, text in enumerate(others)}}
    made = REGISTRY.make("detector", detector)
    rules = {rule.id: rule for rule in made.rules}
    heard = {("r0", segment): written}
    return [(f.rule, is_shared(f, rules[f.rule], unit, "s", heard)) for f in made.find([unit], context)]


@pytest.mark.parametrize(
    ("detector", "candidate", "reference", "as_here", "as_there"),
    [
        ("omission", SHORT, REFERENCE, SHORT, REFERENCE),
        ("addition", REFERENCE, SHORT, REFERENCE, SHORT),
        ("negation", "He did not sign it.", "He did sign it.", "He never signed.", "He signed it."),
        ("numbers", "It employs 230 people.", "It employs 2,300 people.", "230 work there.", "2,300 work there."),
        ("numbers", "It employs people.", "It employs 2,300 people.", "It employs some.", "It employs 2300."),
        ("names", "The plane landed in Moscow.", "The plane landed in Kandahar.", "It came to Moscow.", "In Kandahar."),
        ("names", "The boats on the Yangtze left.", "The boats on the Yangzi left.", "The Yangtze.", "The Yangzi."),
        ("names", "The plane has landed.", "The plane landed in Kandahar.", "It has landed.", "It is in Kandahar."),
        ("punctuation", "They left the house", "They left the house.", "They went", "They went."),
    ],
)
def test_two_of_three_decide(detector: str, candidate: str, reference: str, as_here: str, as_there: str) -> None:
    assert {s for _, s in shared(detector, candidate, reference, as_here, as_here, as_there)} == {True}
    minority = (as_here, as_there, as_there)
    assert {s for _, s in shared(detector, candidate, reference, *minority)} == {False}
    assert {s for _, s in shared(detector, candidate, reference, as_here)} == {False}
    assert {s for _, s in shared(detector, candidate, reference)} == {False}


def test_faults_of_the_text_itself_stay_whoever_has_them() -> None:
    text = "They they went home."
    assert shared("repetition", text, "They went home.", text, text, text) == [("repetition", False)]
