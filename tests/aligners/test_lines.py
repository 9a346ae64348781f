"""Line k belongs to line k, and nothing is padded."""

from __future__ import annotations

import pytest

from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.records import Link, Segment

ALIGNER = Registry().make("aligner", "lines")


def made(count: int) -> tuple[Segment, ...]:
    return tuple(Segment(f"a.txt:{k}", "a.txt", 0, 1, "x") for k in range(count))


def test_pairs_by_number_with_certainty() -> None:
    assert ALIGNER.align(made(3), made(3)) == tuple(Link((k,), (k,), "1-1", 1.0) for k in range(3))
    assert ALIGNER.align((), ()) == ()


@pytest.mark.parametrize(("mine", "theirs"), [(3, 4), (1, 0), (0, 2)])
def test_unequal_counts_are_refused_with_both_counts_and_the_way_out(mine: int, theirs: int) -> None:
    with pytest.raises(InputError, match=rf"{mine} lines.* {theirs};.*--align document"):
        ALIGNER.align(made(mine), made(theirs))
