"""Metrics with models against their own libraries, with small models of random weights; prints a table of the docs.

    EVALKIT_PYTHON_COMET=PYTHON python benchmarks/model_metrics.py          # every family with an interpreter
    ... python benchmarks/model_metrics.py bleurt    # one metric
    ... python benchmarks/model_metrics.py real FOLDER LAYER    # BERTScore with an encoder that has real weights
    ... python benchmarks/model_metrics.py record    # and stores what crossed the bridge, for the tests

Each family is made in its environment (`benchmarks/models/make_tiny.py`), scored through evalkit's bridge, and by the
library itself (`benchmarks/models/upstream.py`) with the same batches in the same order.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evalkit.models.environments import Environment, environment
from evalkit.plugins import Registry
from evalkit.testing import units_of

HERE = Path(__file__).resolve().parent
RECORDED = HERE.parent / "tests" / "models" / "recorded.json"
SIZE = 4
LINES = 60  # of a real test set: one request
# Metric -> the family whose environment it runs in.
METRICS = {"comet": "comet", "xcomet": "comet", "metricx": "metricx", "bertscore": "bertscore", "bleurt": "bleurt"}
CANDIDATES = [
    "The council opened a bridge.",
    "Fishermen asked for lower fees.",
    "On Monday the mayor replied.",
    "理事会",
]
REFERENCES = [
    "The council opened a new bridge.",
    "Farmers asked for a lower fee.",
    "The mayor answered.",
    "The council",
]
SOURCES = ["Der Rat hat eine neue Brücke eröffnet.", "Bauern baten darum.", "Am Montag antwortete er.", "Der Rat"]


def run(python: str, script: str, *arguments: str, given: str = "") -> str:
    """What a script of an environment prints."""
    command = [python, str(HERE / "models" / script), *arguments]
    seeded = os.environ | {"PYTHONHASHSEED": "0"}  # as the bridge starts its workers: batches are filled from a set
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, env=seeded)
    if done.returncode:
        sys.exit(f"{script} {' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout


class Held(NamedTuple):
    """Scores through the bridge and by the library, and what crossed the bridge."""

    mine: list[float]
    theirs: list[float]
    exchange: list[Any]
    signature: str


def held(metric: str, family: Environment, folder: str, sides: Sequence[list[str]], **more: object) -> Held:
    """Rows of candidates, references and sources; for XCOMET it is printed whether the spans are the library's, too."""
    candidates, references, sources = sides
    scorer = Registry().make("scorer", {"name": metric, "model": folder, "size": SIZE, **more})
    asked = scorer.bridge()  # type: ignore[attr-defined]
    seen: list[Any] = []
    asked.heard = lambda message, answer: seen.append([message, answer])
    mine = [scorer.segment(row) for row in scorer.measure(units_of(candidates, [references], sources))]
    signature = scorer.signature("1")
    (rows,) = [message["rows"] for message, _ in seen if message["ask"] == "score"]
    spans = asked.spans(rows) if metric == "xcomet" else None
    full = [row | {"source": source} for row, source in zip(rows, sources, strict=True)]
    layer = [str(more["layer"])] if "layer" in more else []
    said = run(family.python, "upstream.py", metric, folder, str(SIZE), *layer, given=json.dumps(full))
    theirs = json.loads(said.rpartition("SCORES ")[2])
    asked.close()
    if spans is not None:
        theirs, marked = theirs
        found = [[[span["text"], span["start"], span["end"], span["severity"]] for span in of] for of in spans]
        as_theirs = "as" if found == marked else "NOT as"
        print(f"{metric}: {sum(map(len, found))} spans, {as_theirs} the library gives them", file=sys.stderr)
    return Held(mine, theirs, seen, signature)


def shown(metric: str, found: Held) -> None:
    off = max(abs(a - b) for a, b in zip(found.mine, found.theirs, strict=True))
    print(f"| {metric} | {len(found.mine)} | {off:.1e} | {'yes' if found.mine == found.theirs else 'no'} |")


def real(folder: str, layer: int) -> None:
    """BERTScore with an encoder of real weights, on lines of a real test set; and what it says of whole systems."""
    names = ("ONLINE-A", "ANVITA")
    data = Path(os.environ["EVALKIT_DATA"]) / "wmt" / "wmt23.zh-en"
    files = [data / "references" / "refA.en.txt.gz", *(data / "systems" / f"{name}.en.txt.gz" for name in names)]
    texts = [gzip.decompress(file.read_bytes()).decode().splitlines()[:LINES] for file in files]
    for name, lines in zip(names, texts[1:], strict=True):
        found = held("bertscore", environment("bertscore"), folder, [lines, texts[0], texts[0]], layer=layer)
        shown(f"bertscore of {name}, mean {sum(found.mine) / len(found.mine):.4f}", found)


def main() -> None:
    recorded: dict[str, Any] = {}
    wanted = [word for word in sys.argv[1:] if word != "record"]
    print("| metric | rows | largest difference from its library | the same to the bit |\n| --- | --- | --- | --- |")
    if wanted[:1] == ["real"]:
        real(wanted[1], int(wanted[2]))
        return
    for metric, of in METRICS.items():
        if wanted and metric not in wanted:
            continue
        family = environment(of)
        if not family.python:
            print(f"| {metric} | not run: no EVALKIT_PYTHON_{of.upper()} | | |")
            continue
        with tempfile.TemporaryDirectory() as place:
            folder = str(Path(place) / "tiny")
            run(family.python, "make_tiny.py", metric, folder)
            more = {"layer": 2} if metric == "bertscore" else {}
            found = held(metric, family, folder, (CANDIDATES, REFERENCES, SOURCES), **more)
        shown(metric, found)
        recorded[metric] = {"exchange": found.exchange, "scores": found.mine, "signature": found.signature}
    if "record" in sys.argv[1:]:
        recorded = json.loads(RECORDED.read_text(encoding="utf-8")) | recorded
        RECORDED.write_text(json.dumps(recorded, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
