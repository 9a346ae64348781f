"""The `metricx` and `metricx-qe` scorers: MetricX-24 in an environment of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.records import Side
from evalkit.scorers._model import ModelScorer


@dataclass(frozen=True)
class MetricX(ModelScorer):
    """MetricX-24: errors as a model trained on MQM weighs them, 0 (none) to 25, with source and reference.

    `model` is a folder in the layout of transformers, or a name on the hub. A unit with an empty side scores 25.
    """

    name: ClassVar[str] = "metricx"
    family: ClassVar[str] = "metricx"
    title: ClassVar[str] = "MetricX"
    better: ClassVar[Literal["higher", "lower"]] = "lower"
    scale: ClassVar[str] = "0 to 25"
    meaning: ClassVar[str] = "the MQM penalty a model trained on human error marks expects"
    gap: ClassVar[float] = 25.0

    model: str = "google/metricx-24-hybrid-large-v2p6"


@dataclass(frozen=True)
class MetricXWithoutReference(MetricX):
    """MetricX-24 without a reference."""

    name: ClassVar[str] = "metricx-qe"
    title: ClassVar[str] = "MetricX-QE"
    needs: ClassVar[tuple[Side, ...]] = ("source", "candidate")
