"""What the model library itself gives for rows, in the environment of its family: the oracle.

python upstream.py comet FOLDER SIZE < rows.json
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any

os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
Rows = list[dict[str, str]]


def comet(folder: str, size: int, rows: Rows) -> list[float]:
    """unbabel-comet's own `predict`."""
    model = import_module("comet").load_from_checkpoint(f"{folder}/checkpoints/model.ckpt", local_files_only=True)
    data = [{"src": row["source"], "mt": row["candidate"], "ref": row["reference"]} for row in rows]
    said: Any = model.predict(data, batch_size=size, gpus=0, progress_bar=False, num_workers=0, length_batching=False)
    return [float(score) for score in said["scores"]]


def xcomet(folder: str, size: int, rows: Rows) -> tuple[list[float], list[Any]]:
    """unbabel-comet's own `predict`, and the errors it marks."""
    model = import_module("comet").load_from_checkpoint(f"{folder}/checkpoints/model.ckpt", local_files_only=True)
    data = [{"src": row["source"], "mt": row["candidate"], "ref": row["reference"]} for row in rows]
    said: Any = model.predict(data, batch_size=size, gpus=0, progress_bar=False, num_workers=0, length_batching=False)
    spans = [
        [(span["text"], int(span["start"]), int(span["end"]), span["severity"]) for span in of]
        for of in said.metadata.error_spans
    ]
    return [float(score) for score in said["scores"]], spans


def bertscore(folder: str, size: int, rows: Rows) -> list[float]:
    """bert-score's own `score`."""
    candidates, references = [row["candidate"] for row in rows], [row["reference"] for row in rows]
    _, _, f1 = import_module("bert_score").score(
        candidates, references, model_type=folder, num_layers=int((sys.argv[4:] or ["2"])[0]), batch_size=size
    )
    return [float(score) for score in f1.tolist()]


def bleurt(folder: str, size: int, rows: Rows) -> list[float]:
    """bleurt-pytorch as its page shows it, on the same batches."""
    torch, library = import_module("torch"), import_module("bleurt_pytorch")
    tokenizer = library.BleurtTokenizer.from_pretrained(folder)
    model = library.BleurtForSequenceClassification.from_pretrained(folder).eval()
    found: list[float] = []
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        sides = [[row[side] for row in batch] for side in ("reference", "candidate")]
        with torch.no_grad():
            given = tokenizer(*sides, padding="longest", return_tensors="pt")
            found += model(**given).logits.flatten().tolist()
    return found


def metricx(folder: str, _: int, rows: Rows) -> list[float]:
    """MetricX-24's formula on each row alone, without batches."""
    torch, transformers = import_module("torch"), import_module("transformers")
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    model = transformers.MT5ForConditionalGeneration.from_pretrained(folder).eval()
    found = []
    for row in rows:
        text = f"source: {row['source']} candidate: {row['candidate']} reference: {row['reference']}"
        ids = torch.tensor([tokenizer(text)["input_ids"][:-1]])
        with torch.no_grad():
            logits = model(input_ids=ids, decoder_input_ids=torch.zeros((1, 1), dtype=torch.long)).logits
        found.append(float(logits[0, 0, min(250089, model.config.vocab_size - 1)].clamp(0, 25)))
    return found


if __name__ == "__main__":
    ask = {"comet": comet, "xcomet": xcomet, "bertscore": bertscore, "metricx": metricx, "bleurt": bleurt}[sys.argv[1]]
    print("SCORES", json.dumps(ask(sys.argv[2], int(sys.argv[3]), json.load(sys.stdin))))
