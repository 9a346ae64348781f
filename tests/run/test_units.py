"""Units: every segment in one unit, further references attached to the unit that renders them."""

from __future__ import annotations

from evalkit.records import Link, Segment
from evalkit.run.units import AlignedReference, build_units, gap_links, is_paired


def segments(*texts: str) -> tuple[Segment, ...]:
    found, at = [], 0
    for n, text in enumerate(texts, 1):
        found.append(Segment(f"1:{n}", "1", at, at + len(text), text))
        at += len(text) + 1
    return tuple(found)


def test_units_follow_the_links() -> None:
    candidate, reference = segments("A.", "B.", "C."), segments("a.", "b.", "d.")
    links = (
        Link((0, 1), (0,), "n-1", 0.9),
        Link((2,), (), "added", 0.8),
        Link((), (1,), "omitted", 0.7),
        Link((), (2,), "omitted", 1),
    )
    units = list(build_units("1", "en", candidate, [AlignedReference("r", reference, links)]))
    assert [(u.id, u.link, u.candidate and u.candidate.text, [p.text for p in u.references]) for u in units] == [
        ("1:1", "n-1", "A. B.", ["a."]),
        ("1:2", "added", "C.", []),
        ("1:3", "omitted", None, ["b."]),
        ("1:4", "omitted", None, ["d."]),
    ]
    assert [is_paired(u) for u in units] == [True, False, False, False]
    assert (units[0].candidate.start, units[0].candidate.end) == (0, 5)


def test_unspaced_languages_join_without_a_space() -> None:
    links = (Link((0, 1), (0,), "n-1", 1.0),)
    (unit,) = build_units("1", "zh", segments("甲。", "乙。"), [AlignedReference("r", segments("丙。"), links)])
    assert unit.candidate.text == "甲。乙。"


def test_further_references_join_the_units_of_the_first() -> None:
    candidate = segments("A.", "B.")
    first = AlignedReference(
        "one",
        segments("a.", "x."),
        (Link((0,), (0,), "1-1", 0.9), Link((1,), (), "added", 0.9), Link((), (1,), "omitted", 1.0)),
    )
    second = AlignedReference(
        "two",
        segments("aa.", "bb.", "y."),
        (Link((0,), (0,), "1-1", 0.8), Link((1,), (1,), "1-1", 0.6), Link((), (2,), "omitted", 1.0)),
    )
    units = list(build_units("1", "en", candidate, [first, second]))
    assert [[(p.reference, p.text) for p in u.references] for u in units] == [
        [("one", "a."), ("two", "aa.")],
        [("two", "bb.")],
        [("one", "x.")],
    ]
    assert units[1].link == "1-1"
    assert units[1].confidence == 0.6


def test_without_a_reference_every_segment_is_a_unit() -> None:
    units = list(build_units("1", "en", segments("A.", "B."), []))
    assert [u.candidate.text for u in units] == ["A.", "B."]
    assert not any(map(is_paired, units))


def test_gap_links_cover_both_sides() -> None:
    links = gap_links(1, 2)
    assert [(link.candidate, link.reference, link.kind) for link in links] == [
        ((0,), (), "added"),
        ((), (0,), "omitted"),
        ((), (1,), "omitted"),
    ]
