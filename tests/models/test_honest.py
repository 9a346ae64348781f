"""What a score of a model says of itself: all that moves it, what was too long, what was empty, what was kept."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import evalkit
from evalkit.errors import ConfigError, InputError
from evalkit.models.environments import HERE
from evalkit.plugins import Registry
from evalkit.testing import units_of
from tests.cli.conftest import Run, run

__all__ = ["run"]

FOLDER = Path(__file__).parent
RECORDED = json.loads((FOLDER / "recorded.json").read_text(encoding="utf-8"))
LIBRARIES = {
    "comet": "unbabel-comet", "xcomet": "unbabel-comet", "bertscore": "bert-score", "bleurt": "bleurt-pytorch",
    "metricx": "transformers",
}  # fmt: skip


@pytest.mark.parametrize("family", list(LIBRARIES))
def test_a_signature_names_all_that_moves_the_score(family: str) -> None:
    """Recorded from the libraries: model, hash of its file, versions, precision, batch, and the two policies."""
    parts = dict(part.split(":", 1) for part in RECORDED[family]["signature"].split("|")[1:])
    assert parts["model"] == "tiny"
    assert len(parts["sha256"]) == 64
    assert parts["batch"] == "4"
    assert parts["precision"] == "fp32"
    assert (parts["over"], parts["empty"]) == ("refuse", "25" if family == "metricx" else "0")
    for package in ("python", "torch", "transformers", LIBRARIES[family]):
        assert parts[package][0].isdecimal()


@pytest.fixture
def serve_module(monkeypatch: pytest.MonkeyPatch) -> Any:
    spec = importlib.util.spec_from_file_location("_serve", HERE / "worker" / "_serve.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    hub = ModuleType("huggingface_hub")
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    hub.model_info = lambda name: SimpleNamespace(sha=f"newest-{name}")  # type: ignore[attr-defined]
    hub.snapshot_download = lambda name, local_files_only: f"/cache/{name}/snapshots/kept"  # type: ignore[attr-defined]
    return made


def test_a_model_of_a_hub_has_its_revision_with_and_without_a_network(serve_module: Any) -> None:
    assert serve_module.revision("a") == "newest-a"

    def offline(_: str, **__: object) -> None:
        raise OSError("no network")

    sys.modules["huggingface_hub"].model_info = offline  # type: ignore[attr-defined]
    assert serve_module.revision("a") == "kept"
    sys.modules["huggingface_hub"].snapshot_download = offline  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError, match=r"the model a is not on this machine.*model=FOLDER"):
        serve_module.revision("a")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A worker for tests in the place of every family's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EVALKIT_CACHE", str(tmp_path / "cache"))
    shutil.copy(FOLDER / "worker.py", tmp_path / "worker.py")
    python = tmp_path / "python"  # started as `python SCRIPT MODEL SIZE`
    python.write_text(f'#!/bin/sh\nexec {sys.executable} {tmp_path / "worker.py"} "$2" "$3"\n', encoding="utf-8")
    python.chmod(0o755)
    for family in ("COMET", "METRICX"):
        monkeypatch.setenv(f"EVALKIT_PYTHON_{family}", str(python))
    return tmp_path


def written(name: str, lines: list[str]) -> str:
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


SENTENCES = [
    "The council of the northern town opened a new bridge over the river on Monday.",
    "Farmers and fishermen asked the minister for a lower fee this year.",
    "The mayor answered them in the evening at the old harbour.",
    "Nobody had expected that the hospital would be closed so soon.",
]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the interpreter is a script of the shell")
@pytest.mark.parametrize(("metric", "gap"), [("comet", 0.0), ("metricx", 25.0)])
def test_a_gap_of_a_document_is_charged(place: Path, metric: str, gap: float) -> None:
    """A sentence that nobody rendered, and the rest as it is: the mean of the units, the gap among them."""
    candidate = written("c.txt", [SENTENCES[0], SENTENCES[1], SENTENCES[3]])
    reference, source = written("r.txt", SENTENCES), written("s.txt", SENTENCES)
    result = evalkit.score(
        candidate, reference, source=source, source_lang="en", align="document",
        metrics=[f"{metric}(model=words)"],
    )  # fmt: skip
    (system,) = result.systems
    units = {unit.link: unit.scores[metric] for unit in system.units}
    assert [unit.scores[metric] for unit in system.units if unit.candidate is None] == [gap]
    assert [unit.scores[metric] for unit in system.units if unit.candidate is not None] == [1.0] * 3, units
    by_scope = {score.scope: score for score in system.scores}
    assert by_scope["document"].value == pytest.approx((3 + gap) / 4)
    assert f"empty:{gap:g}" in by_scope["document"].signature


def test_what_is_too_long_is_refused_before_anything_is_scored(place: Path) -> None:
    long = written("long.txt", ["short", "word " * 45])
    spec = f"external(worker=worker.py, python={sys.executable}, sides=candidate+reference, model=counted)"
    with pytest.raises(InputError, match=r"1 of 2 units .* \(25 tokens too many\)"):
        evalkit.score(long, long, metrics=[spec])
    assert not (place / "asked").exists()


def test_batches_are_bounded_by_tokens(place: Path) -> None:
    """Filled up to the longest: 3 texts of 5 words are 15, a fourth of 6 would make 24; order and scores stay."""
    texts = ["a b c d e", "a b c d", "a b", "a b c d e f", "a b c d e f g h i j k l m n o p", "a"]
    spec = {"name": "external", "worker": str(place / "worker.py"), "python": sys.executable, "model": "counted",
            "sides": "candidate+reference"}  # fmt: skip
    scorer: Any = Registry().make("scorer", {**spec, "tokens": 15})
    assert [score for score, _, _ in scorer.measure(units_of(texts, [texts]))] == [1.0] * 6
    assert (place / "asked").read_text().split() == ["3", "1", "1", "1"]
    assert "|tokens:15|" in scorer.signature("1")
    assert "tokens" not in Registry().make("scorer", spec).signature("1")
    with pytest.raises(ConfigError, match="tokens is -1"):
        Registry().make("scorer", {**spec, "tokens": -1})


def test_what_is_said_of_many_units_alike_is_said_once(place: Path, run: Run) -> None:
    long = written("long.txt", [f"{number} " + "word " * 30 for number in range(5)] + ["word " * 55])
    spec = f"external(worker=worker.py, python={sys.executable}, sides=candidate+reference, model=words, over=windows)"
    code, _, err = run("score", long, "-r", long, "-m", spec)
    assert code == 0
    assert [line for line in err.splitlines() if "longer" in line] == [
        "evalkit: note: external, long, 5 units (1:1, 1:2, 1:3, ...): longer than the model reads: scored in 2 pieces",
        "evalkit: note: external, long, unit (1:6): longer than the model reads: scored in 3 pieces",
    ]


def test_scores_are_kept_by_content(place: Path) -> None:
    """The same texts in other files, of another name, are not asked again; another model, or another text, is."""
    lines = [f"line {number}" for number in range(100)]
    asked = place / "asked"

    def run(candidate: str, reference: str, model: str = "counted") -> list[str]:
        asked.unlink(missing_ok=True)
        spec = f"external(worker=worker.py, python={sys.executable}, sides=candidate+reference, model={model})"
        evalkit.score(candidate, reference, metrics=[spec])
        return asked.read_text().split() if asked.exists() else []

    assert run(written("a.txt", lines), written("r.txt", lines)) == ["64", "36"]
    assert run(written("other.txt", lines), written("elsewhere.txt", lines)) == []
    assert run(written("b.txt", [*lines[:99], "another line"]), "r.txt") == ["36"]
    (place / "well").touch()
    assert run("a.txt", "r.txt", "dies-third") == ["64", "36"]
