"""The `chrf` and `chrf++` scorers: sacrebleu's chrF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal

from evalkit.errors import ConfigError
from evalkit.kernels import counting, native, sacre
from evalkit.model import Unit
from evalkit.protocols import Row


@dataclass(frozen=True)
class Chrf:
    """chrF of sacrebleu 2.6.0, 0 to 100. Rows: n-grams of candidate, of reference and matched, by order.

    Several references: per unit the one with the best score, the first of equals, so the order of the
    references can move the corpus score. sacrebleu's signature does not state `beta`; the spec does.

    Empty input: 0 where either text is empty, also for two empty texts (with `eps_smoothing` 1e-14).
    """

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "chrf"
    better: ClassVar[Literal["higher", "lower"]] = "higher"

    char_order: int = 6
    word_order: int = 0
    beta: int = 2
    whitespace: bool = False
    lowercase: bool = False
    eps_smoothing: bool = False

    def __post_init__(self) -> None:
        for option in ("char_order", "word_order", "beta"):
            if getattr(self, option) < 0:
                raise ConfigError(f"{self.name}: {option} {getattr(self, option)} is not a number from 0")
        if self.char_order + self.word_order == 0:
            raise ConfigError(f"{self.name}: char_order and word_order are both 0; one must be at least 1")

    def measure(self, units: Sequence[Unit]) -> list[Row]:
        """3 * (`char_order` + `word_order`) counts per unit."""
        kernel = native.load()
        if not kernel or not native.covers_chrf(self.char_order, self.word_order, self.beta):
            return self._by_library(units)

        def count(candidates: list[str], references: list[tuple[str, ...]]) -> list[Row]:
            return kernel.chrf(
                [candidates],
                references,
                char_order=self.char_order,
                word_order=self.word_order,
                beta=self.beta,
                whitespace=self.whitespace,
                eps_smoothing=self.eps_smoothing,
            )[0]

        prepare = str.lower if self.lowercase else None
        return counting.measure(units, count, self._by_library, prepare, prepare)

    def value(self, row: Sequence[float]) -> float:
        """Corpus chrF of a summed row."""
        return sacre.score(_metric(self), row)

    def segment(self, row: Sequence[float]) -> float:
        """Sentence chrF of one unit."""
        return self.value(row)

    def signature(self, nrefs: str) -> str:
        """sacrebleu's signature of the corpus score; `nrefs` is a number or `var`."""
        return sacre.signature(_new_metric(self), nrefs)

    def _by_library(self, units: Sequence[Unit]) -> list[Row]:
        return sacre.measure(_metric(self), units)


@dataclass(frozen=True)
class ChrfPlusPlus(Chrf):
    """chrF++: chrF with word n-grams up to 2. Options, rows and edge cases are those of `chrf`."""

    name: ClassVar[str] = "chrf++"

    word_order: int = 2


@lru_cache(maxsize=8)
def _metric(options: Chrf) -> Any:
    return _new_metric(options)


def _new_metric(options: Chrf) -> Any:
    from sacrebleu.metrics.chrf import CHRF

    return CHRF(
        char_order=options.char_order,
        word_order=options.word_order,
        beta=options.beta,
        lowercase=options.lowercase,
        whitespace=options.whitespace,
        eps_smoothing=options.eps_smoothing,
    )
