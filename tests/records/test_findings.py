"""Where the other side of a finding stands."""

from __future__ import annotations

from evalkit.records import Passage, Segment
from evalkit.records.findings import whole_span


def test_the_other_side_of_a_passage_with_gaps_is_its_first_segment() -> None:
    near = [Segment(f"d:{n}", "d", 10 * n, 10 * n + 8, "12345678", "text", 1) for n in (1, 2)]
    far = Segment("d:9", "d", 900, 908, "12345678", "text", 9)
    together, apart = (Passage(tuple(s), " ".join(x.text for x in s), "r") for s in (near, [near[0], far]))
    assert (whole_span(together).start, whole_span(together).end) == (10, 28)
    assert (whole_span(apart).start, whole_span(apart).end, whole_span(apart).text) == (10, 18, "12345678")
