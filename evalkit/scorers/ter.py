"""The `ter` scorer: sacrebleu's translation edit rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal

from evalkit.kernels import sacre
from evalkit.model import Unit
from evalkit.protocols import Row


@dataclass(frozen=True)
class Ter:
    """TER of sacrebleu 2.6.0 in percent, 0 is a perfect copy, no upper end. Rows: edits, reference length.

    Edits are insertions, deletions, substitutions and shifts. Several references: the fewest edits over
    the mean length. `asian_support` acts only together with `normalized` or `no_punct`.

    Empty input: two empty texts are 0; an empty candidate is 100; words against an empty reference
    are 100 alone, and in a sum their edits count without adding length.
    """

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "ter"
    better: ClassVar[Literal["higher", "lower"]] = "lower"

    normalized: bool = False
    no_punct: bool = False
    asian_support: bool = False
    case_sensitive: bool = False

    def measure(self, units: Sequence[Unit]) -> list[Row]:
        """Edits and (mean) reference length per unit."""
        return sacre.measure(_metric(self), units)

    def value(self, row: Sequence[float]) -> float:
        """Corpus TER of a summed row."""
        return sacre.score(_metric(self), row)

    def segment(self, row: Sequence[float]) -> float:
        """Sentence TER of one unit."""
        return self.value(row)

    def signature(self, nrefs: str) -> str:
        """sacrebleu's signature of the corpus score; `nrefs` is a number or `var`."""
        return sacre.signature(_new_metric(self), nrefs)


@lru_cache(maxsize=8)
def _metric(options: Ter) -> Any:
    return _new_metric(options)


def _new_metric(options: Ter) -> Any:
    from sacrebleu.metrics.ter import TER

    return TER(
        normalized=options.normalized,
        no_punct=options.no_punct,
        asian_support=options.asian_support,
        case_sensitive=options.case_sensitive,
    )
