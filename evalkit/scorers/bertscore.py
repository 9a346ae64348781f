"""The `bertscore` scorer: bert-score in an environment of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.records import Side
from evalkit.scorers._model import ModelScorer


@dataclass(frozen=True)
class BertScore(ModelScorer):
    """BERTScore's F1: words matched by their embeddings in context, without idf, not rescaled.

    `model` is a folder in the layout of transformers, or a name on the hub; `layer` the layer of it, 0 for the one
    bert-score has tuned.
    """

    name: ClassVar[str] = "bertscore"
    family: ClassVar[str] = "bertscore"
    title: ClassVar[str] = "BERTScore"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    scale: ClassVar[str] = "-1 to 1, mostly .8 and more"
    meaning: ClassVar[str] = "how well the words of both texts match by their meaning in context"
    needs: ClassVar[tuple[Side, ...]] = ("candidate", "reference")
    decimals: ClassVar[int] = 4

    model: str = "xlm-roberta-large"
    layer: int = 0

    def _more(self) -> tuple[str, ...]:
        return (str(self.layer),) if self.layer else ()
