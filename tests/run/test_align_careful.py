"""A document that cannot be aligned is a failure of that document, and the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import pytest

from evalkit.errors import InputError
from evalkit.plugins import Registry
from evalkit.records import Document, DocumentSet, Link, Segment
from evalkit.run.align import AlignedSystem, align_system
from evalkit.run.sides import SplitSide

SEGMENTER = Registry().make("segmenter", "sentences")


@dataclass(frozen=True)
class Falls:
    """An aligner that falls over one document."""

    problem: Exception
    kind: ClassVar[str] = "aligner"
    name: ClassVar[str] = "falls"

    def align(self, candidate: tuple[Segment, ...], reference: tuple[Segment, ...]) -> tuple[Link, ...]:
        if candidate[0].document == "b":
            raise self.problem
        return tuple(Link((k,), (k,), "1-1", 1.0) for k in range(len(candidate)))


def aligned(problem: Exception) -> AlignedSystem:
    texts = {"a": "The committee met in Geneva.\n", "b": "It rained all day.\n", "c": "They left at six.\n"}
    documents = tuple(Document(name, f"{name}.txt", text, "", "en") for name, text in texts.items())
    reference = SplitSide(DocumentSet("r", "reference", "r", documents), SEGMENTER)
    return align_system(DocumentSet("s", "candidate", "s", documents), [reference], SEGMENTER, Falls(problem))


@pytest.mark.parametrize("problem", [IndexError("out"), MemoryError(), RecursionError("deep")])
def test_the_rest_goes_on(problem: Exception) -> None:
    system = aligned(problem)
    (failure,) = system.failures
    assert (failure.stage, failure.plugin, failure.system) == ("align", "falls", "s")
    assert "document 'b' could not be aligned" in failure.message
    assert type(problem).__name__ in failure.message
    assert [a.trusted for a in system.alignments.values()] == [True, False, True]


def test_what_the_aligner_refuses_goes_through() -> None:
    with pytest.raises(InputError, match="unequal"):
        aligned(InputError("unequal"))
