"""What all workers share: lines of JSON in, lines of JSON out. Standard library alone.

A worker makes a `Model` with `identity`, `limit`, `tokens` and `scores` and gives it to `serve`.
Whatever libraries print goes to standard error: standard output belongs to the protocol.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from importlib import import_module, metadata
from pathlib import Path
from typing import Any, Protocol

Rows = list[dict[str, str]]


class Model(Protocol):
    """A model; it is loaded when `tokens` or `scores` is first asked for, not before.

    One that marks errors also has `spans(rows)`: a list of `text`, `start`, `end`, `severity`, `confidence` a row.
    """

    def identity(self) -> dict[str, Any]: ...
    def limit(self) -> int: ...
    def tokens(self, rows: Rows) -> list[int]: ...
    def scores(self, rows: Rows) -> list[float]: ...


def serve(model: Model) -> None:
    """Answers requests until the input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for line in sys.stdin.buffer:
        request: dict[str, Any] = {}
        try:
            request = json.loads(line)
            answer = _answer(model, request)
        except Exception as problem:  # whatever a model library raises is told, and the worker lives on
            answer = {"error": f"{type(problem).__name__}: {problem}"}
        answers.write(json.dumps({**answer, "id": request.get("id")}) + "\n")
        answers.flush()


def _answer(model: Model, request: dict[str, Any]) -> dict[str, Any]:
    ask = request.get("ask")
    if ask == "identify":
        return {"identity": model.identity()}
    if ask == "count":
        return {"tokens": [int(n) for n in model.tokens(request["rows"])], "limit": model.limit()}
    if ask == "spans" and hasattr(model, "spans"):
        return {"spans": model.spans(request["rows"])}
    if ask == "score":
        return {"scores": [float(x) for x in model.scores(request["rows"])]}
    return {"error": f"unknown request {ask!r}"}


def versions(*packages: str) -> dict[str, str]:
    """The installed versions, without importing anything."""
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for package in packages:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            found[package] = "none"
    return found


def sha256(path: str) -> str:
    """The hash of a file, or of all files below a folder with their names."""
    made = hashlib.sha256()
    top = Path(path)
    for file in [top] if top.is_file() else sorted(p for p in top.rglob("*") if p.is_file()):
        if not top.is_file():
            made.update(str(file.relative_to(top)).encode() + b"\0")
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                made.update(block)
    return made.hexdigest()


def revision(model: str) -> str:
    """The revision of a model of the hub: the newest, which is what is loaded, or without a network the one kept."""
    hub = import_module("huggingface_hub")
    try:
        return str(hub.model_info(model).sha)
    except Exception as problem:  # whatever the network or its absence raises
        try:
            return Path(hub.snapshot_download(model, local_files_only=True)).name
        except Exception:
            raise RuntimeError(
                f"the model {model} is not on this machine, and its hub gives no answer ({type(problem).__name__}); "
                "a model that lies in a folder is named by it: model=FOLDER"
            ) from None


def device() -> str:
    """Where torch computes: on the GPU if there is one."""
    return "cuda" if import_module("torch").cuda.is_available() else "cpu"


def identity(model: str, batch: int, *packages: str) -> dict[str, Any]:
    """What a model in the layout of transformers is, for the signature: its revision or hash, and the versions."""
    local = Path(model).exists()
    return {
        "model": Path(model).name if local else model,
        "revision": "" if local else revision(model),
        "sha256": sha256(model) if local else "",
        "precision": "fp32",
        "batch": batch,
        "versions": versions(*packages),
    }


def offline_unless_named(model: str) -> None:
    """A model that is a path needs no hub, and asks none."""
    if Path(model).exists():
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
