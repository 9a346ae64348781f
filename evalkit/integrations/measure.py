"""One metric for whoever scores sample by sample and sums up at the end."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from evalkit.errors import ConfigError
from evalkit.plugins import Registry
from evalkit.plugins.protocols import Row, Scorer
from evalkit.records import Passage, Segment, Unit
from evalkit.text.arithmetic import running_sum


@dataclass(frozen=True)
class Measure:
    """A metric by its name, with options as on the command line (`"bleu(tokenize=zh)"`).

    Raises ConfigError for one that is not known, or that asks for a model in the main process alone.
    """

    metric: str = "chrf"

    @cached_property
    def scorer(self) -> Scorer:
        """The scorer of the metric."""
        made: Scorer = Registry().make("scorer", self.metric)
        return made

    @property
    def higher_is_better(self) -> bool:
        """Which way is better."""
        return self.scorer.better == "higher"

    def row(self, candidate: str, references: str | Sequence[str], source: str = "") -> Row:
        """The statistics of one sample; rows of samples add up. `references` are all of this sample."""
        given = [references] if isinstance(references, str) else list(references)
        if "source" in getattr(self.scorer, "needs", ()) and not source:
            raise ConfigError(f"the metric {self.metric!r} needs the source of every sample")
        passages = tuple(_passage(text, f"reference-{k}") for k, text in enumerate(given, 1))
        there = _passage(source) if source else None
        unit = Unit("1:1", "1", "1-1", 1.0, _passage(candidate), passages, source=there)
        return self.scorer.measure([unit])[0]

    def sample(self, row: Sequence[float]) -> float:
        """The score of one sample, as the metric shows it (percent)."""
        return float(self.scorer.segment(row))

    def is_of(self, row: Sequence[float], value: object) -> bool:
        """Whether a value is the score of one sample with this row, not made of several."""
        return not isinstance(value, int | float) or math.isclose(self.sample(row), value, rel_tol=1e-9, abs_tol=1e-9)

    def corpus(self, rows: Sequence[Sequence[float]]) -> float:
        """The score of all samples, as the standard tool gives it for the whole; 0 without any."""
        if not rows:
            return 0.0
        return float(self.scorer.value([running_sum(column) for column in zip(*rows, strict=True)]))

    def score(self, candidates: Sequence[str], references: Sequence[str | Sequence[str]]) -> float:
        """The score of a corpus; `references[k]` are those of sample k."""
        return self.corpus([self.row(*sample) for sample in zip(candidates, references, strict=True)])


def _passage(text: str, reference: str = "") -> Passage:
    return Passage((Segment("1:1", "1", 0, len(text), text),), text, reference)
