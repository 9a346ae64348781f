"""The `bleurt` scorer: BLEURT in an environment of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.records import Side
from evalkit.scorers._model import ModelScorer


@dataclass(frozen=True)
class Bleurt(ModelScorer):
    """BLEURT: a model trained on human ratings that reads candidate and reference together.

    `model` is a folder in the layout of transformers with BLEURT's weights for PyTorch, or a name on the hub.
    """

    name: ClassVar[str] = "bleurt"
    family: ClassVar[str] = "bleurt"
    title: ClassVar[str] = "BLEURT"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    scale: ClassVar[str] = "about 0 to 1"
    meaning: ClassVar[str] = "how a model trained on human ratings rates the candidate beside the reference"
    needs: ClassVar[tuple[Side, ...]] = ("candidate", "reference")
    decimals: ClassVar[int] = 4

    model: str = "lucadiliello/BLEURT-20"
