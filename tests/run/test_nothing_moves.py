"""What real texts give, stage by stage: a change of structure moves none of it.

Where a change means to move something, `EVALKIT_UPDATE_GOLDEN=1 pytest tests/run/test_nothing_moves.py` stores the new
state; the diff then shows which set moved at which stage, and CHANGELOG.md says so.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

import evalkit

Data = Callable[[str], Path]
GOLDEN = Path(__file__).parent / "golden" / "stages.json"
pytestmark = pytest.mark.slow


def stages(result: evalkit.Result) -> dict[str, str]:
    """By stage: how many values there are, and a digest of them all, to the last digit."""
    systems = result.systems
    rows: dict[str, Iterable[Any]] = {
        "segments": [[s.start, s.end, s.kind] for reference in result.references for s in reference.segments],
        "links": [
            [system.name, d.id, d.alignment.links, repr(d.alignment.confidence), d.alignment.trusted]
            for system in systems
            for d in system.documents
        ],
        "units": [
            [u.id, u.link, u.candidate and [u.candidate.start, u.candidate.end]] for s in systems for u in s.units
        ],
        "scores": [[s.metric, s.scope, repr(s.value), s.signature] for system in systems for s in system.scores],
        "findings": [
            [f.rule, f.severity, f.document, f.side, f.start, f.end, repr(f.confidence), f.outvoted]
            for system in systems
            for f in system.findings
        ],
        "comparisons": [[c.metric, c.scope, c.system, repr(c.delta), repr(c.p_value)] for c in result.comparisons],
    }
    found = {}
    for stage, values in rows.items():
        texts = [json.dumps(value, sort_keys=True, default=str) for value in values]
        digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()
        found[stage] = f"{len(texts)} {digest[:16]}"
    return found


def held(name: str, result: evalkit.Result) -> None:
    """Compares the stages with the stored ones, or stores them where that is asked for."""
    golden = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    found = stages(result)
    if os.environ.get("EVALKIT_UPDATE_GOLDEN"):
        golden[name] = found
        GOLDEN.write_text(json.dumps(golden, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    assert found == golden[name], f"{name}: another {[stage for stage in found if found[stage] != golden[name][stage]]}"


def lines(path: Path, count: int) -> list[str]:
    """The first lines of a packed file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return [line.rstrip("\n") for line, _ in zip(stream, range(count), strict=False)]


def evaluated(folder: Path, sides: dict[str, list[dict[str, str]]], **settings: object) -> evalkit.Result:
    """The evaluation of tables of rows, `reference` against the others."""
    for name, rows in sides.items():
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text, encoding="utf-8")
    config = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    config += ["[[reference]]", 'name = "reference"', 'path = "reference.jsonl"']
    for name in sides:
        if name != "reference":
            config += ["[[candidate]]", f'name = "{name}"', f'path = "{name}.jsonl"']
    (folder / "evalkit.toml").write_text("\n".join(config) + "\n", encoding="utf-8")
    loaded, base = evalkit.load_config(folder / "evalkit.toml")
    return evalkit.evaluate(loaded, folder=base)


def test_the_seeds(root: Path) -> None:
    config, base = evalkit.load_config(root / "evalkit.toml")
    held("seeds", evalkit.evaluate(config, folder=base))


@pytest.mark.parametrize("align", ["lines", "document"])
def test_a_test_set(data: Data, tmp_path: Path, align: str) -> None:
    """WMT23 zh-en: three systems, line by line, and each document as it is with every third line missing."""
    wmt = data("wmt/wmt23.zh-en")
    documents = [line.split("\t")[1] for line in lines(wmt / "docs.tsv.gz", 300)]
    paths = {"reference": wmt / "references" / "refA.en.txt.gz"}
    paths |= {name: wmt / "systems" / f"{name}.en.txt.gz" for name in ("GPT4-5shot", "ONLINE-A", "ANVITA")}
    sides = {}
    for name, path in paths.items():
        rows = [{"doc": doc, "text": text} for doc, text in zip(documents, lines(path, 300), strict=True)]
        short = align == "document" and name == "ANVITA"
        sides[name] = [row for number, row in enumerate(rows) if not (short and number % 3 == 1)]
    held(f"wmt23 {align}", evaluated(tmp_path, sides, align=align, metrics=["bleu", "chrf", "ter", "wer"]))


def test_planted_errors(data: Data, tmp_path: Path) -> None:
    """DEMETR: 200 sentences with an error each."""
    with gzip.open(data("demetr/sentences.jsonl.gz"), "rt", encoding="utf-8") as stream:
        references = {row["id"]: row["reference"] for row in map(json.loads, stream)}
    with gzip.open(data("demetr/perturbations.jsonl.gz"), "rt", encoding="utf-8") as stream:
        rows = [row for row in map(json.loads, stream) if not row["pert"].startswith("base")][::70]
    sides = {
        "reference": [{"doc": "d", "text": references[row["id"]]} for row in rows],
        "perturbed": [{"doc": "d", "text": row["perturbed"]} for row in rows],
    }
    held("demetr", evaluated(tmp_path, sides, align="lines", metrics=["bleu", "chrf"]))
