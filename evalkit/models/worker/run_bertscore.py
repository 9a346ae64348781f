"""The worker of BERTScore: F1 of greedy matching of contextual embeddings (bert-score), without idf.

    python run_bertscore.py MODEL [BATCH] [LAYER]

MODEL is a folder in the layout of transformers, or a name on the hub; LAYER the layer whose embeddings are compared,
needed where bert-score has none tuned for the model.
"""

from __future__ import annotations

import sys
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from _serve import Rows, offline_unless_named, revision, serve, sha256, versions  # type: ignore[import-not-found]


class BertScore:
    def __init__(self, model: str, batch: int, layer: int | None) -> None:
        self._name, self._batch, self._layer = model, batch, layer

    def identity(self) -> dict[str, Any]:
        local = Path(self._name).exists()
        return {
            "model": Path(self._name).name if local else self._name,
            "revision": "" if local else revision(self._name),
            "sha256": sha256(self._name) if local else "",
            "layer": self._layer or "tuned",
            "idf": False,
            "rescaled": False,
            "precision": "fp32",
            "batch": self._batch,
            "versions": versions("bert-score", "torch", "transformers"),
        }

    def limit(self) -> int:
        positions = int(getattr(self._scorer._model.config, "max_position_embeddings", 512))
        # RoBERTa's positions begin behind the one of padding
        return positions - 2 if "roberta" in type(self._scorer._model).__name__.lower() else positions

    def tokens(self, rows: Rows) -> list[int]:
        tokenizer = self._scorer._tokenizer
        return [
            max(len(tokenizer(row[side], truncation=False)["input_ids"]) for side in ("candidate", "reference"))
            for row in rows
        ]

    def scores(self, rows: Rows) -> list[float]:
        _, _, f1 = self._scorer.score(
            [row["candidate"] for row in rows], [row["reference"] for row in rows], batch_size=self._batch
        )
        return list(f1.tolist())

    @cached_property
    def _scorer(self) -> Any:
        scorer = import_module("bert_score").BERTScorer
        return scorer(model_type=self._name, num_layers=self._layer, idf=False, rescale_with_baseline=False)


if __name__ == "__main__":
    offline_unless_named(sys.argv[1])
    arguments = [int(word) for word in sys.argv[2:]]
    serve(BertScore(sys.argv[1], arguments[0] if arguments else 16, arguments[1] if len(arguments) > 1 else None))
