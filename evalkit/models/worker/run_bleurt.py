"""The worker of BLEURT: a regression on reference and candidate read together (bleurt-pytorch).

    python run_bleurt.py MODEL [BATCH]

MODEL is a folder in the layout of transformers, or a name on the hub.
"""

from __future__ import annotations

import sys
from functools import cached_property
from importlib import import_module
from typing import Any

from _serve import Rows, device, identity, offline_unless_named, serve  # type: ignore[import-not-found]


class Bleurt:
    def __init__(self, model: str, batch: int) -> None:
        self._name, self._batch = model, batch

    def identity(self) -> dict[str, Any]:
        return dict(identity(self._name, self._batch, "bleurt-pytorch", "torch", "transformers"))

    def limit(self) -> int:
        return int(self._model.config.max_position_embeddings)

    def tokens(self, rows: Rows) -> list[int]:
        return [len(ids) for ids in self._read(rows)["input_ids"]]

    def scores(self, rows: Rows) -> list[float]:
        torch = import_module("torch")
        found: list[float] = []
        for start in range(0, len(rows), self._batch):
            texts = self._read(rows[start : start + self._batch], padding="longest", return_tensors="pt")
            with torch.no_grad():
                found += self._model(**texts.to(device())).logits.float().flatten().tolist()
        return found

    def _read(self, rows: Rows, **options: Any) -> Any:
        references, candidates = [row["reference"] for row in rows], [row["candidate"] for row in rows]
        return self._tokenizer(references, candidates, truncation=False, **options)

    @cached_property
    def _tokenizer(self) -> Any:
        return import_module("bleurt_pytorch").BleurtTokenizer.from_pretrained(self._name)

    @cached_property
    def _model(self) -> Any:
        loaded = import_module("bleurt_pytorch").BleurtForSequenceClassification.from_pretrained(self._name)
        return loaded.eval().to(device())


if __name__ == "__main__":
    offline_unless_named(sys.argv[1])
    serve(Bleurt(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 16))
