"""The worker of COMET, COMET-Kiwi and XCOMET: unbabel-comet, loaded once.

    python run_comet.py MODEL [BATCH]

MODEL is a checkpoint, or a name on the hub. Texts are given in the order and batches asked for; their tokens are
counted as the encoder sees them, so that nothing is cut at its limit unseen.
"""

from __future__ import annotations

import json
import sys
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from _serve import Rows, offline_unless_named, revision, serve, sha256, versions  # type: ignore[import-not-found]

_SIDES = {"src": "source", "mt": "candidate", "ref": "reference"}


class Comet:
    def __init__(self, model: str, batch: int) -> None:
        self._name, self._batch = model, batch
        self._marked: dict[str, list[list[dict[str, Any]]]] = {}

    def identity(self) -> dict[str, Any]:
        local = Path(self._name).exists()
        return {
            "model": Path(self._name).name if local else self._name,
            "revision": "" if local else revision(self._name),
            "sha256": sha256(self._checkpoint) if local or self._cached() else "",
            "precision": "fp32",
            "batch": self._batch,
            "versions": versions("unbabel-comet", "torch", "transformers"),
        }

    def tokens(self, rows: Rows) -> list[int]:
        tokenizer = self._model.encoder.tokenizer
        # A unified model (COMET-Kiwi, XCOMET) reads all sides in one sequence, the others each by itself.
        together = sum if hasattr(self._model, "input_segments") else max
        return [
            together(
                len(tokenizer(row[side], truncation=False)["input_ids"]) for side in _SIDES.values() if side in row
            )
            for row in rows
        ]

    def limit(self) -> int:
        return int(self._model.encoder.max_positions)

    def scores(self, rows: Rows) -> list[float]:
        data = [{short: row[side] for short, side in _SIDES.items() if side in row} for row in rows]
        found = self._model.predict(
            data, batch_size=self._batch, gpus=self._gpus, progress_bar=False, num_workers=0, length_batching=False
        )
        if "error_spans" in (found.get("metadata") or {}):
            self._marked[json.dumps(rows)] = [
                [_plain(span) for span in spans] for spans in found["metadata"]["error_spans"]
            ]
        return list(found["scores"])

    def spans(self, rows: Rows) -> list[list[dict[str, Any]]]:
        """The errors the model marks in the candidates; rows that were scored together are not read again."""
        asked = json.dumps(rows)
        if asked not in self._marked:
            self.scores(rows)
        if asked not in self._marked:
            raise ValueError(f"the model {self._name} marks no errors; XCOMET does")
        return self._marked[asked]

    @cached_property
    def _model(self) -> Any:
        comet = import_module("comet")
        local = Path(self._name).exists()
        return comet.load_from_checkpoint(self._checkpoint, local_files_only=local).eval()

    @cached_property
    def _checkpoint(self) -> str:
        if Path(self._name).is_dir():
            return str(Path(self._name) / "checkpoints" / "model.ckpt")
        if Path(self._name).exists():
            return self._name
        return str(import_module("comet").download_model(self._name))

    @cached_property
    def _gpus(self) -> int:
        return 1 if import_module("torch").cuda.is_available() else 0

    def _cached(self) -> bool:
        """A model of the hub is fetched when it is first identified: its hash belongs to the signature."""
        return bool(self._checkpoint)


def _plain(span: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": str(span["text"]),
        "start": int(span["start"]),
        "end": int(span["end"]),
        "severity": str(span["severity"]),
        "confidence": float(span["confidence"]),
    }


if __name__ == "__main__":
    offline_unless_named(sys.argv[1])
    serve(Comet(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 16))
