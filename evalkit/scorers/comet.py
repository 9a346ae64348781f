"""The `comet`, `comet-kiwi` and `xcomet` scorers: unbabel-comet in an environment of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.records import Side
from evalkit.scorers._model import ModelScorer


@dataclass(frozen=True)
class Comet(ModelScorer):
    """COMET: a regression on human assessments, with source and reference; values as unbabel-comet's `predict`.

    `model` is a checkpoint or a name on the hub.
    """

    name: ClassVar[str] = "comet"
    family: ClassVar[str] = "comet"
    title: ClassVar[str] = "COMET"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    scale: ClassVar[str] = "about 0 to 1"
    meaning: ClassVar[str] = "how good a model trained on human scores takes the translation for"
    decimals: ClassVar[int] = 4

    model: str = "Unbabel/wmt22-comet-da"


@dataclass(frozen=True)
class CometKiwi(Comet):
    """COMET-Kiwi: the same without a reference. The licence of the usual model forbids commercial use."""

    name: ClassVar[str] = "comet-kiwi"
    title: ClassVar[str] = "COMET-Kiwi"
    needs: ClassVar[tuple[Side, ...]] = ("source", "candidate")

    model: str = "Unbabel/wmt22-cometkiwi-da"


@dataclass(frozen=True)
class Xcomet(Comet):
    """XCOMET: a score out of error spans the model finds. The licence of the usual model forbids commercial use."""

    name: ClassVar[str] = "xcomet"
    title: ClassVar[str] = "XCOMET"

    model: str = "Unbabel/XCOMET-XL"
