"""Metrics with models against their own libraries, with small models of random weights; prints a table of the docs.

    EVALKIT_PYTHON_COMET=PYTHON python benchmarks/model_metrics.py          # every family with an interpreter
    ... python benchmarks/model_metrics.py bleurt    # one metric
    ... python benchmarks/model_metrics.py record    # and stores what crossed the bridge, for the tests

Each family is made in its environment (`benchmarks/models/make_tiny.py`), scored through evalkit's bridge, and by the
library itself (`benchmarks/models/upstream.py`) with the same batches in the same order.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from evalkit.models.environments import environment
from evalkit.plugins import Registry
from evalkit.testing import units_of

HERE = Path(__file__).resolve().parent
RECORDED = HERE.parent / "tests" / "models" / "recorded.json"
SIZE = 4
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
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{script} {' '.join(arguments)}: {done.stderr[-2000:]}")
    return done.stdout


def main() -> None:
    recorded: dict[str, Any] = {}
    wanted = [word for word in sys.argv[1:] if word != "record"]
    print("| metric | rows | largest difference from its library | the same to the bit |\n| --- | --- | --- | --- |")
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
            scorer = Registry().make("scorer", {"name": metric, "model": folder, "size": SIZE, **more})
            asked = scorer.bridge()  # type: ignore[attr-defined]
            seen: list[Any] = []
            asked.heard = lambda message, answer, seen=seen: seen.append([message, answer])
            units = units_of(CANDIDATES, [REFERENCES], SOURCES)
            mine = [scorer.segment(row) for row in scorer.measure(units)]
            signature = scorer.signature("1")
            (rows,) = [message["rows"] for message, _ in seen if message["ask"] == "score"]
            spans = asked.spans(rows) if metric == "xcomet" else None
            full = [row | {"source": source} for row, source in zip(rows, SOURCES, strict=True)]
            said = run(family.python, "upstream.py", metric, folder, str(SIZE), given=json.dumps(full))
            theirs = json.loads(said.rpartition("SCORES ")[2])
            asked.close()
            if spans is not None:
                theirs, marked = theirs
                spans = [[[span["text"], span["start"], span["end"], span["severity"]] for span in of] for of in spans]
                number = sum(map(len, spans))
                print(
                    f"{metric}: {number} spans, {'as' if spans == marked else 'NOT as'} the library gives them",
                    file=sys.stderr,
                )
            off = max(abs(a - b) for a, b in zip(mine, theirs, strict=True))
            print(f"| {metric} | {len(mine)} | {off:.1e} | {'yes' if mine == theirs else 'no'} |")
            recorded[metric] = {"exchange": seen, "scores": mine, "signature": signature}
    if "record" in sys.argv[1:]:
        recorded = json.loads(RECORDED.read_text(encoding="utf-8")) | recorded
        RECORDED.write_text(json.dumps(recorded, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
