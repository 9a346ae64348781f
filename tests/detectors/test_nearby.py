"""A file is no document: what stands anywhere in it excuses nothing, what stands near does."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from msgspec.structs import replace

from evalkit.detectors._nearby import Nearby
from evalkit.records import Finding
from tests.detectors.units import REGISTRY, aligned

pytestmark = pytest.mark.slow

FILLER = [(f"The {word} boat left the harbour.",) * 2 for word in ("red", "old", "big")]


def found(detector: str, *pairs: tuple[str, str]) -> list[Finding]:
    units, context = aligned([(mine, [yours]) for mine, yours in pairs])
    return list(REGISTRY.make("detector", detector).find(units, context))


@pytest.mark.parametrize(
    ("detector", "right", "wrong", "names_it"),
    [
        ("numbers", "It employs 2,300 people.", "It employs 700 people.", "Then 700 people came."),
        ("names", "They met Petrosyan there.", "They met Hakobyan there.", "Then we met Hakobyan too."),
        (
            "names",
            "The boats on the Yangzi left.",
            "The boats on the Yangtze left.",
            "The Yangtze has old ports.",
        ),
    ],
)
def test_what_stands_far_off_excuses_nothing(detector: str, right: str, wrong: str, names_it: str) -> None:
    alone = found(detector, (wrong, right))
    far = found(detector, (wrong, right), *FILLER, (names_it, names_it))
    assert [f.rule for f in far] == [f.rule for f in alone] != []


@pytest.mark.parametrize(
    ("detector", "one", "other"),
    [
        ("numbers", "It employs people", "2,300 of them live there"),
        ("names", "They all went", "They met Petrosyan and his wife there"),
    ],
)
def test_what_moved_to_the_next_unit_is_there(detector: str, one: str, other: str) -> None:
    moved = [(f"{one}.", f"{one} ({other})."), (f"{other}.", "They left.")]
    assert [f for f in found(detector, *moved) if f.side == "reference"] == []


def test_near_are_the_units_beside_and_those_that_moved() -> None:
    units, context = aligned([(mine, [yours]) for mine, yours in FILLER])
    near = Nearby(units, context)
    assert near.has(units[0], units[1])
    assert not near.has(units[0], units[2])
    assert not near.has(units[0], units[0])
    assert near.around(units[1]) == units
    assert near.around(units[0]) == units[:2]


def test_units_that_share_a_segment_are_near() -> None:
    units, context = aligned([(mine, [yours]) for mine, yours in FILLER])
    first, _, last = units
    both = replace(last, references=(replace(last.references[0], segments=first.references[0].segments),))
    near = Nearby([first, units[1], both], context)
    assert near.has(first, both)
    assert near.around(first) == [first, units[1], both]


def test_units_out_of_the_order_of_their_text_are_near_by_their_text() -> None:
    units, context = aligned([(mine, [yours]) for mine, yours in FILLER])
    near = Nearby([units[2], units[0], units[1]], context)
    assert near.has(units[0], units[1])
    assert not near.has(units[0], units[2])


def test_what_is_known_of_units_takes_less_than_the_units() -> None:
    units, context = aligned([(f"Line {i} of it.", [f"Line {i} of it."]) for i in range(20_000)])
    tracemalloc.start()
    near = Nearby(units, context)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert near.has(units[0], units[1])
    assert held < 150 * len(units)  # bytes; a set a unit has 216


def test_many_units_take_linear_time() -> None:
    units, context = aligned([(f"Line {i} of it.", [f"Line {i} of it."]) for i in range(20_000)])
    before = time.process_time()
    near = Nearby(units, context)
    assert sum(len(near.around(unit)) for unit in units) == 3 * len(units) - 2
    assert time.process_time() - before < 20
