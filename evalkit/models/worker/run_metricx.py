"""The worker of MetricX-24: an mT5 whose first decoder step gives the score, 0 (best) to 25.

    python run_metricx.py MODEL [BATCH]

MODEL is a folder with weights and tokenizer in the layout of transformers, or a name on the hub. The text the model
reads is that of MetricX-24: source, candidate and, where there is one, reference, each with its label.
"""

from __future__ import annotations

import sys
from functools import cached_property
from importlib import import_module
from typing import Any

from _serve import Rows, device, identity, offline_unless_named, serve  # type: ignore[import-not-found]

_LIMIT = 1536  # tokens MetricX-24 was trained to read
_SCORE_TOKEN = 250089  # <extra_id_10>, whose logit is the score
_RANGE = (0.0, 25.0)


class MetricX:
    def __init__(self, model: str, batch: int) -> None:
        self._name, self._batch = model, batch

    def identity(self) -> dict[str, Any]:
        return dict(identity(self._name, self._batch, "torch", "transformers"))

    def limit(self) -> int:
        return _LIMIT

    def tokens(self, rows: Rows) -> list[int]:
        # the end of the text, which the tokenizer adds, is taken away again
        return [len(ids) - 1 for ids in self._tokenizer([_text(row) for row in rows])["input_ids"]]

    def scores(self, rows: Rows) -> list[float]:
        torch = import_module("torch")
        found: list[float] = []
        for start in range(0, len(rows), self._batch):
            texts = [_text(row) for row in rows[start : start + self._batch]]
            listed = [ids[:-1] for ids in self._tokenizer(texts)["input_ids"]]
            padded = self._tokenizer.pad({"input_ids": listed}, return_tensors="pt").to(device())
            begin = torch.zeros((len(texts), 1), dtype=torch.long, device=device())
            with torch.no_grad():
                logits = self._model(**padded, decoder_input_ids=begin).logits[:, 0, self._score_token]
            found += [min(max(x, _RANGE[0]), _RANGE[1]) for x in logits.float().tolist()]
        return found

    @cached_property
    def _score_token(self) -> int:
        """The last token of a small model made for a test, which has no 250,090."""
        return min(_SCORE_TOKEN, int(self._model.config.vocab_size) - 1)

    @cached_property
    def _tokenizer(self) -> Any:
        return import_module("transformers").AutoTokenizer.from_pretrained(self._name)

    @cached_property
    def _model(self) -> Any:
        loaded = import_module("transformers").MT5ForConditionalGeneration.from_pretrained(self._name)
        return loaded.eval().to(device())


def _text(row: dict[str, str]) -> str:
    sides = [("source", "source"), ("candidate", "candidate"), ("reference", "reference")]
    return " ".join(f"{label}: {row[side]}" for label, side in sides if side in row)


if __name__ == "__main__":
    offline_unless_named(sys.argv[1])
    serve(MetricX(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 16))
