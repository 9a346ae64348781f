"""The `ter` scorer: sacrebleu's translation edit rate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal

from evalkit.kernel.native import Kernel
from evalkit.plugins.options import option
from evalkit.plugins.protocols import Row
from evalkit.scorers import _sacrebleu as sacre
from evalkit.scorers._counting import Counting, Engine, Stream

_Prepare = Callable[[str], str]


@dataclass(frozen=True)
class Ter(Counting):
    """TER of sacrebleu 2.6.0 in percent, 0 is a perfect copy, no upper end. Rows: edits, reference length.

    Edits are insertions, deletions, substitutions and shifts. Several references: the fewest edits over
    the mean length. `asian_support` acts only together with `normalized` or `no_punct`.

    Empty input: two empty texts are 0; an empty candidate is 100; words against an empty reference
    are 100 alone, and in a sum their edits count without adding length.
    """

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "ter"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    title: ClassVar[str] = "TER"
    scale: ClassVar[str] = "0 upwards, in edits per 100 reference words"
    meaning: ClassVar[str] = (
        "edits (with moves of whole phrases) needed to turn the text into the reference, per 100 reference words"
    )

    normalized: bool = option(False, "--ter-normalized", "Tercom's normalisation before TER.")
    no_punct: bool = option(False, "--ter-no-punct", "TER without punctuation.")
    asian_support: bool = option(False, "--ter-asian-support", "TER with Asian characters split.")
    case_sensitive: bool = option(False, "--ter-case-sensitive", "TER that minds the case.")

    def signature(self, nrefs: str) -> str:
        """sacrebleu's signature of the corpus score; `nrefs` is a number or `var`."""
        return sacre.signature(
            nrefs,
            ("case", "mixed" if self.case_sensitive else "lc"),
            ("tok", "tercom"),
            ("norm", self.normalized),
            ("punct", not self.no_punct),
            ("asian", self.asian_support),
        )

    def _engine(self, kernel: Kernel) -> Engine | None:
        prepare, prepare_reference = _preparations(self)
        return Engine(self._width(), kernel.ter(), kernel.ter_scores, kernel.ter_scores, prepare, prepare_reference)

    def _width(self) -> int:
        return 2

    def _by_library(self, candidates: Sequence[str], references: Sequence[Stream]) -> list[Row]:
        return sacre.measure(_metric(self), candidates, references)

    def _value_by_library(self, row: Sequence[float], segment: bool) -> float:  # noqa: ARG002 - one formula for both
        return sacre.score(_metric(self), row)


def _preparations(options: Ter) -> tuple[_Prepare | None, _Prepare | None]:
    """What makes of a candidate and of a reference a text whose words are divided by white space."""
    if not (options.normalized or options.no_punct):
        lower = None if options.case_sensitive else str.lower
        return lower, lower

    def once(text: str) -> str:
        return str(_metric(options)._preprocess_segment(text))

    # sacrebleu prepares references twice, and it shows: the "'s" before a tab is found by the second pass only.
    return once, lambda text: once(once(text))


@lru_cache(maxsize=8)
def _metric(options: Ter) -> Any:
    from sacrebleu.metrics.ter import TER

    return TER(
        normalized=options.normalized,
        no_punct=options.no_punct,
        asian_support=options.asian_support,
        case_sensitive=options.case_sensitive,
    )
