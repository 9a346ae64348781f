"""Rows that the reference states are scored as they stand, whatever the sentences were linked with."""

from __future__ import annotations

from evalkit.plugins import Registry
from evalkit.records import Document, DocumentSet, Link, Row, Segment
from evalkit.run.align import align_system
from evalkit.run.sides import SplitSide
from evalkit.run.stated import on_rows

ROWS = [
    "The committee met in Geneva on Monday. It discussed the budget of the coming year.",
    "Several members voiced doubts about the figures.",
    "The treasurer promised a new calculation. The meeting closed at six in the evening.",
    "Afterwards the delegates visited the museum.",
]


def reference() -> DocumentSet:
    text, rows, at = "\n".join(ROWS) + "\n", [], 0
    for number, row in enumerate(ROWS, 1):
        rows.append(Row(str(number), at, at + len(row)))
        at += len(row) + 1
    return DocumentSet("r", "reference", "r", (Document("d", "r.jsonl", text, "", "en", rows=tuple(rows)),))


def test_units_are_the_rows_of_the_reference() -> None:
    registry = Registry()
    segmenter, aligner = registry.make("segmenter", "sentences"), registry.make("aligner", "document")
    text = " ".join(ROWS).replace("Several members voiced doubts about the figures. ", "") + "\n"
    candidate = DocumentSet("c", "candidate", "c", (Document("d", "c.txt", text, "", "en"),))
    system = align_system(candidate, [SplitSide(reference(), segmenter)], segmenter, aligner)
    assert [unit.references[0].text for unit in system.units] == ROWS
    assert [unit.candidate.text if unit.candidate else "" for unit in system.units] == [ROWS[0], "", *ROWS[2:]]
    assert [unit.link for unit in system.units] == ["n-1", "omitted", "n-1", "1-1"]
    assert all(a.trusted for a in system.alignments.values())


def made(count: int, size: int = 10) -> tuple[Segment, ...]:
    return tuple(Segment(f"d:{k}", "d", k * size, (k + 1) * size - 1, "x") for k in range(count))


def test_what_shares_a_row_is_one_link_and_nothing_is_lost() -> None:
    sentences, rows = made(6), made(3, 20)
    links = (
        Link((), (0,), "omitted", 0.9),
        Link((0,), (1, 2), "1-n", 0.8),  # the end of the first row and the start of the second
        Link((1,), (3,), "1-1", 0.5),
        Link((2,), (), "added", 1.0),
        Link((), (4,), "omitted", 0.7),
        Link((), (5,), "omitted", 0.6),
    )
    assert on_rows(links, sentences, rows) == (
        Link((0, 1), (0, 1), "n-m", (3 * 0.8 + 2 * 0.5) / 5),
        Link((), (2,), "omitted", 0.6),
        Link((2,), (), "added", 1.0),
    )


def test_a_moved_row_stays_moved() -> None:
    links = (Link((0,), (2,), "moved", 0.9, 1), Link((1,), (3,), "moved", 0.9, 1), Link((2,), (0,), "1-1", 1.0))
    found = on_rows(links, made(4), made(2, 20))
    assert [(link.candidate, link.reference, link.kind, link.block) for link in found] == [
        ((0, 1), (1,), "moved", 1),
        ((2,), (0,), "1-1", None),
    ]
