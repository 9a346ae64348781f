"""Documents aligned, findings looked for and models asked on a cluster of dask. Slow, and only where dask is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shards.clusters import real_lines, surroundings

pytest.importorskip("distributed", reason="NOT TESTED: clusters; install the extra `dask`")
pytestmark = pytest.mark.slow

DOCUMENTS, SENTENCES = 6, 12
MODEL = "external(worker=worker.py,model=words,sides=candidate+reference,over=windows)"
# An aligner and a detector end their process once, or always raise; they leave their mark beside them.
PLUGIN = """
import os, signal
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

@dataclass(frozen=True)
class Length:
    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "length"
    better: ClassVar[str] = "higher"
    batch: ClassVar[int] = 16

    def measure(self, units):
        self.at(units)
        return [(float(len(unit.candidate.text)), 1.0) for unit in units]

    def at(self, units): ...
    def value(self, row): return row[0] / row[1]
    def segment(self, row): return row[0]
    def signature(self, nrefs): return "length"

@dataclass(frozen=True)
class DiesOnce(Length):
    name: ClassVar[str] = "dies-once"

    def at(self, units):
        try:
            Path("died").touch(exist_ok=False)
        except FileExistsError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

@dataclass(frozen=True)
class Dies(Length):
    name: ClassVar[str] = "dies"

    def at(self, units):
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Documents of real lines where there are any; the candidate leaves one sentence in five out."""
    lines = real_lines() or [f"Satz {n} steht in diesem Text und spricht von {n * 7} Dingen." for n in range(80)]
    for number in range(DOCUMENTS):
        part = lines[number * SENTENCES : (number + 1) * SENTENCES]
        for side, kept in (("r", part), ("s", [line for n, line in enumerate(part) if n % 5 != 3])):
            (tmp_path / side).mkdir(exist_ok=True)
            (tmp_path / side / f"d{number}.txt").write_text(" ".join(kept) + "\n")
    (tmp_path / "mine.py").write_text(PLUGIN)
    shutil.copy(Path(__file__).parents[1] / "models" / "worker.py", tmp_path / "worker.py")
    return tmp_path


def run(folder: Path, *words: str, cache: str = "off") -> tuple[int, str, str]:
    line = [sys.executable, "-m", "evalkit", *words, "--lang", "de", "--align", "document", "--jobs", "2"]
    environment = {**surroundings(), "EVALKIT_CACHE": cache}
    done = subprocess.run(line, cwd=folder, env=environment, text=True, capture_output=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", [("score", "-m", "chrf", "-m", MODEL), ("check",)])
def test_the_same_as_without_a_cluster(folder: Path, words: tuple[str, ...]) -> None:
    given = (*words, "s", "-r", "r", "-f", "json")
    alone, spread = run(folder, *given), run(folder, *given, "--engine", "dask")
    assert alone[0] == 0, alone[2]
    assert spread == alone


def test_a_matrix_is_the_same_on_a_cluster(folder: Path) -> None:
    config = 'align = "document"\ndetectors = ["numbers"]\nmetrics = ["chrf"]\noutput = "OUT"\n'
    config += '[[set]]\nname = "a"\nlanguages = ["de"]\nreferences = ["r"]\n[[system]]\nname = "s"\npath = "s"\n'
    line, environment = [sys.executable, "-m", "evalkit", "run", "-q"], {**surroundings(), "EVALKIT_CACHE": "off"}
    made = []
    for engine in ([], ["--engine", "dask", "--jobs", "2"]):
        (folder / "evalkit.toml").write_text(config)
        subprocess.run([*line, *engine], cwd=folder, env=environment, check=True, capture_output=True, timeout=300)
        made.append({file.name: file.read_bytes() for file in (folder / "OUT").rglob("*") if file.is_file()})
        shutil.rmtree(folder / "OUT")
    assert made[0] == made[1]


def test_a_worker_that_is_killed_changes_no_byte(folder: Path) -> None:
    given = ("score", "s", "-r", "r", "-m", "chrf,dies-once", "--plugin", "mine.py", "-f", "json")
    killed = run(folder, *given, "--engine", "dask")
    assert (folder / "died").exists()
    assert killed == run(folder, *given)


def test_what_ends_its_worker_each_time_is_one_error(folder: Path) -> None:
    code, _, said = run(folder, "score", "s", "-r", "r", "-m", "dies", "--plugin", "mine.py", "--engine", "dask")
    assert code == 2
    assert said.startswith("evalkit: error: a task on the cluster (d0.txt:1 to d1.txt:"), said
    assert said.endswith("): the workers that did it ended 3 times, killed or out of memory\n")


def test_a_model_that_refuses_is_told_as_without_a_cluster(folder: Path) -> None:
    given = ("score", "s", "-r", "r", "-m", MODEL.replace("words", "refuses"))
    code, _, said = run(folder, *given, "--engine", "dask")
    assert code == 2
    assert said == run(folder, *given)[2]


def test_what_goes_with_lines_alone_is_refused(folder: Path) -> None:
    code, _, said = run(folder, "score", "s", "-r", "r", "--engine", "dask", "--rows", "x")
    assert code == 2
    assert "read in parts" in said
    code, _, said = run(folder, "score", "s", "-r", "r", "--engine", "local")
    assert code == 2
