"""The `chrf` and `chrf++` scorers: sacrebleu's chrF."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal

from evalkit.errors import ConfigError
from evalkit.kernel import native
from evalkit.kernel.native import Kernel
from evalkit.kernel.tables import Table
from evalkit.plugins.options import option
from evalkit.plugins.protocols import Row
from evalkit.scorers import _sacrebleu as sacre
from evalkit.scorers._counting import Counting, Engine, Stream
from evalkit.text.visible import shown

_MAX_BETA = 1000  # recall alone, to the last digit shown


def _word_order(default: int) -> Any:
    return option(default, "--chrf-word-order", "Word n-gram order; 2 is chrF++. [0]", "N", varies=True)


@dataclass(frozen=True)
class Chrf(Counting):
    """chrF of sacrebleu 2.6.0, 0 to 100. Rows: n-grams of candidate, of reference and matched, by order.

    Several references: per unit the one with the best score, the first of equals, so the order of the
    references can move the corpus score. sacrebleu's signature does not state `beta`; the spec does.

    Empty input: 0 where either text is empty, also for two empty texts (with `eps_smoothing` 1e-14).
    """

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "chrf"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    title: ClassVar[str] = "chrF"
    scale: ClassVar[str] = "0 to 100"
    by_unit: ClassVar[bool] = True
    meaning: ClassVar[str] = (
        "overlap of character sequences. Kinder than BLEU to other word forms and word order, so better "
        "suited to rephrased text; unrelated texts of one language still reach 15 to 25"
    )

    char_order: int = option(6, "--chrf-char-order", "Character n-gram order. [6]", "N")
    word_order: int = _word_order(0)
    beta: int = option(2, "--chrf-beta", "Weight of recall. [2]", "N")
    whitespace: bool = option(False, "--chrf-whitespace", "Count white space in chrF.")
    lowercase: bool = option(False, "--chrf-lowercase", "chrF on lower-cased text.")
    eps_smoothing: bool = option(False, "--chrf-eps-smoothing", "Epsilon smoothing in chrF.")

    def __post_init__(self) -> None:
        for order in ("char_order", "word_order"):
            sacre.check_order(self.name, order, getattr(self, order), 0)
        if not 0 <= self.beta <= _MAX_BETA:
            raise ConfigError(f"{self.name}: beta {shown(self.beta)} is not a number from 0 to {_MAX_BETA}")
        if self.char_order + self.word_order == 0:
            raise ConfigError(f"{self.name}: char_order and word_order are both 0; one must be at least 1")

    def signature(self, nrefs: str) -> str:
        """sacrebleu's signature of the corpus score; `nrefs` is a number or `var`."""
        return sacre.signature(
            nrefs,
            ("case", "lc" if self.lowercase else "mixed"),
            ("eff", not self.eps_smoothing),
            ("nc", self.char_order),
            ("nw", self.word_order),
            ("space", self.whitespace),
        )

    def _engine(self, kernel: Kernel) -> Engine | None:
        if not native.covers_chrf(self.char_order, self.word_order, self.beta):
            return None

        def scores(table: Table) -> array[float]:
            return kernel.chrf_scores(table, self.char_order + self.word_order, self.beta, self.eps_smoothing)

        prepare = str.lower if self.lowercase else None
        return Engine(
            width=self._width(),
            count=kernel.chrf(self.char_order, self.word_order, self.beta, self.whitespace, self.eps_smoothing),
            values=scores,
            segments=scores,
            prepare=prepare,
            prepare_reference=prepare,
        )

    def _width(self) -> int:
        return 3 * (self.char_order + self.word_order)

    def _by_library(self, candidates: Sequence[str], references: Sequence[Stream]) -> list[Row]:
        return sacre.measure(_metric(self), candidates, references)

    def _value_by_library(self, row: Sequence[float], segment: bool) -> float:  # noqa: ARG002 - one formula for both
        return sacre.score(_metric(self), row)


@dataclass(frozen=True)
class ChrfPlusPlus(Chrf):
    """chrF++: chrF with word n-grams up to 2. Options, rows and edge cases are those of `chrf`."""

    name: ClassVar[str] = "chrf++"
    title: ClassVar[str] = "chrF++"
    scale: ClassVar[str] = "0 to 100"
    meaning: ClassVar[str] = "chrF with words and word pairs added"

    word_order: int = _word_order(2)


@lru_cache(maxsize=8)
def _metric(options: Chrf) -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(
        char_order=options.char_order,
        word_order=options.word_order,
        beta=options.beta,
        lowercase=options.lowercase,
        whitespace=options.whitespace,
        eps_smoothing=options.eps_smoothing,
    )
