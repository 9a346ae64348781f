"""A transcript without punctuation beside written sentences, in either direction."""

from __future__ import annotations

from evalkit.aligners.document.long_segments import are_far_longer
from evalkit.plugins import Registry
from evalkit.records import Segment

ALIGNER = Registry().make("aligner", "document")
WRITTEN = [
    "The committee met in Geneva on Monday morning.",
    "It discussed the budget of the coming year.",
    "Several members voiced doubts about the figures.",
    "The treasurer promised a new calculation before the summer.",
    "The meeting closed at six in the evening.",
    "Afterwards the delegates visited the museum of the city.",
]
SPOKEN = (
    "the committee met in geneva on monday morning it discussed the budget of the coming year some members voiced "
    "doubts about the figures the treasurer has promised a new calculation before summer the meeting closed at six in "
    "the evening afterwards the delegates went to the museum of the city"
)


def made(texts: list[str]) -> tuple[Segment, ...]:
    found, at = [], 0
    for k, text in enumerate(texts):
        found.append(Segment(f"d:{k}", "d", at, at + len(text), text))
        at += len(text) + 1
    return tuple(found)


def test_the_candidate_is_cut_to_the_sentences() -> None:
    pieces = ALIGNER.cut(made([SPOKEN]), made(WRITTEN))
    assert " ".join(piece.text for piece in pieces) == SPOKEN
    links = ALIGNER.align(pieces, made(WRITTEN))
    assert [link.kind for link in links] == ["1-1"] * len(WRITTEN)


def test_all_sentences_are_linked_with_a_reference_that_has_no_others() -> None:
    links = ALIGNER.align(made(WRITTEN), made([SPOKEN]))
    assert [(link.candidate, link.reference, link.kind) for link in links] == [((0, 1, 2, 3, 4, 5), (0,), "n-1")]


def test_sentences_stay_as_they_are() -> None:
    assert ALIGNER.cut(made(WRITTEN), made(WRITTEN[:3])) == made(WRITTEN)
    joined = made([" ".join(WRITTEN[:2]), " ".join(WRITTEN[2:4]), " ".join(WRITTEN[4:])])
    assert not are_far_longer(joined, made(WRITTEN))
    assert ALIGNER.cut((), made(WRITTEN)) == ()
