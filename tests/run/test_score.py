"""What a scorer states of itself is kept by the run: the sides it needs, its batch, the process it works in."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit.errors import ConfigError
from evalkit.records.config import parse
from evalkit.records.result import Result

PLUGIN = '''
import os
from dataclasses import dataclass
from typing import ClassVar


class Base:
    kind: ClassVar[str] = "scorer"
    better: ClassVar[str] = "higher"

    def value(self, row):
        return row[0] / row[1] if row[1] else 0.0

    segment = value

    def signature(self, nrefs):
        return f"{self.name}|nrefs:{nrefs}"


@dataclass(frozen=True)
class Copied(Base):
    """Share of units that are the source as it was: without a reference."""

    name: ClassVar[str] = "copied"
    needs: ClassVar[tuple] = ("candidate", "source")

    def measure(self, units):
        return [(float(u.source is not None and u.candidate.text == u.source.text), 1.0) for u in units]


@dataclass(frozen=True)
class Sized(Base):
    """The largest batch it was given, in batches of two."""

    name: ClassVar[str] = "sized"
    batch: ClassVar[int] = 2

    def measure(self, units):
        return [(float(len(units)), 1.0) for _ in units]


@dataclass(frozen=True)
class Whole(Sized):
    name: ClassVar[str] = "whole"
    batch: ClassVar[None] = None


@dataclass(frozen=True)
class Loaded(Base):
    """Stands for a model: one process loads it, once."""

    name: ClassVar[str] = "loaded"
    batch: ClassVar[int] = 2
    in_process: ClassVar[bool] = True

    def measure(self, units):
        return [(float(os.getpid()), 1.0) for _ in units]


@dataclass(frozen=True)
class Spread(Loaded):
    name: ClassVar[str] = "spread"
    in_process: ClassVar[bool] = False
'''


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "plugin.py").write_text(PLUGIN, encoding="utf-8")
    for name, lines in {
        "source": ["Eins.", "Zwei.", "Drei.", "Vier.", "Fünf."],
        "ref": ["One.", "Two.", "Three.", "Four.", "Five."],
        "a": ["One.", "Zwei.", "Three.", "Vier.", "Five."],
        "b": ["One.", "Two.", "Drei.", "Four.", "Five."],
    }.items():
        (tmp_path / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def evaluated(folder: Path, metric: str, *, jobs: int = 1, **settings: Any) -> Result:
    data: dict[str, Any] = {
        "metrics": [metric],
        "plugins": ["plugin.py"],
        "align": "lines",
        "detectors": [],
        "statistics": {"test": "none"},
        "reference": [{"path": "ref.txt"}],
        "candidate": [{"path": "a.txt"}, {"path": "b.txt"}],
    }
    return evalkit.evaluate(parse(data | settings, "test"), folder=folder, jobs=jobs)


def rows(result: Result, metric: str) -> list[list[float]]:
    return [[unit.rows[metric][0] for unit in system.units] for system in result.systems]


@pytest.mark.parametrize("reference", [[{"path": "ref.txt"}], []])
def test_a_scorer_sees_the_source_it_needs_with_or_without_a_reference(
    texts: Path, reference: list[dict[str, str]]
) -> None:
    result = evaluated(
        texts, "copied", source={"path": "source.txt", "lang": "de"}, reference=reference, segment="lines"
    )
    assert rows(result, "copied") == [[0, 1, 0, 1, 0], [0, 0, 1, 0, 0]]
    assert [score.value for system in result.systems for score in system.scores] == [0.4, 0.2]
    assert result.metrics["copied"].needs == ("candidate", "source")


def test_a_source_that_is_needed_and_not_there_is_said_before_any_work(
    texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalkit.run.pipeline.align_system", None)
    with pytest.raises(ConfigError, match=r"the metric 'copied' needs the source text; give it with -s/--source"):
        evaluated(texts, "copied")


def test_a_batch_is_as_large_as_the_scorer_says(texts: Path) -> None:
    assert rows(evaluated(texts, "sized"), "sized") == [[2, 2, 2, 2, 1]] * 2
    assert rows(evaluated(texts, "whole"), "whole") == [[5] * 5] * 2


def test_a_scorer_in_process_is_never_sent_to_a_worker(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalkit.run.parts._WORTH_PROCESSES", 0)
    assert rows(evaluated(texts, "loaded", jobs=2), "loaded") == [[os.getpid()] * 5] * 2
    elsewhere = {process for system in rows(evaluated(texts, "spread", jobs=2), "spread") for process in system}
    assert elsewhere
    assert os.getpid() not in elsewhere
