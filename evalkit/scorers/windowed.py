"""The `windowed` scorer: any metric over windows of units, which does not depend on where sentences are cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any, ClassVar, Literal

from evalkit.errors import ConfigError
from evalkit.plugins import Registry, identity_of
from evalkit.plugins.protocols import Row, Scorer
from evalkit.records import Passage, Side, Unit

_MOST = 16  # units of the longest window: the cost grows with the square of it


@dataclass(frozen=True)
class Windowed:
    """The mean of a metric over all windows of one to `most` neighbouring units of a document.

    A sentence that one side cuts in two costs a window of one unit dearly, and one of two units little. `metric` is
    any metric by name; its direction, scale and needs are those of the windowed one.
    """

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "windowed"
    batch: ClassVar[int] = 64  # units whose windows are measured at a time: what an interruption can lose
    meaning: ClassVar[str] = "the mean of a metric over windows of neighbouring units, wherever sentences are cut"

    metric: str = "chrf"
    most: int = 4

    def __post_init__(self) -> None:
        if not 1 <= self.most <= _MOST:
            raise ConfigError(f"the metric 'windowed': most is {self.most}; units of the longest window, 1 to {_MOST}")
        if self.metric.partition("(")[0].strip() == "windowed":
            raise ConfigError("the metric 'windowed' is over another metric, not over itself")

    @property
    def title(self) -> str:
        """The title of the metric, and that it is windowed."""
        return f"{getattr(self._inner, 'title', self.metric)} in windows"

    @property
    def decimals(self) -> int:
        """The decimals of the metric."""
        return int(getattr(self._inner, "decimals", 2))

    @property
    def better(self) -> Literal["higher", "lower"]:
        """Which way is better, as the metric has it."""
        return self._inner.better

    @property
    def scale(self) -> str:
        """The scale of the metric."""
        return str(getattr(self._inner, "scale", ""))

    @property
    def needs(self) -> tuple[Side, ...]:
        """The sides the metric looks at."""
        return tuple(getattr(self._inner, "needs", ("candidate", "reference")))

    @property
    def reach(self) -> int:
        """Units after the last of a chunk that its windows hold."""
        return self.most - 1

    @property
    def on_cluster(self) -> bool:
        """As the metric within."""
        return bool(getattr(self._inner, "on_cluster", False))

    @property
    def in_process(self) -> bool:
        """Whether the metric stays in the main process."""
        return bool(getattr(self._inner, "in_process", False))

    def measure(self, units: Sequence[Unit]) -> list[Row]:
        """A row a unit: the sum of the scores of the windows that begin with it, their number, and of how many the
        metric has something to say."""
        windows = list(self._windows(units))
        size = getattr(self._inner, "batch", None) or max(1, len(windows))
        parts = [windows[start : start + size] for start in range(0, len(windows), size)]
        rows = [row for part in parts for row in self._inner.measure([joined for _, joined in part])]
        sums = [[0.0, 0.0, 0.0] for _ in units]
        for (first, _), row in zip(windows, rows, strict=True):
            sums[first][0] += self._inner.segment(row)
            sums[first][1] += 1
            sums[first][2] += bool(self._said(row))
        return [(total, count, told) for total, count, told in sums]

    def value(self, row: Sequence[float]) -> float:
        """The mean over the windows."""
        total, count, _ = row
        return total / count if count else 0.0

    def remark(self, row: Sequence[float]) -> str:
        """That the metric could not take some of the windows as they are."""
        if not row[2]:
            return ""
        whole = f"{row[2]:.0f} of the {row[1]:.0f} windows that begin here"
        return f"{whole} are longer than the model reads, or were not judged"

    def _said(self, row: Sequence[float]) -> str:
        return str(self._inner.remark(row)) if hasattr(self._inner, "remark") else ""

    def segment(self, row: Sequence[float]) -> float:
        """The mean over the windows that begin with a unit."""
        return self.value(row)

    def signature(self, nrefs: str) -> str:
        """That of the metric, and the windows."""
        return f"windows:1-{self.most}|{self._inner.signature(nrefs)}"

    @property
    def identity(self) -> str:
        """What the metric depends on, a model's hash and all, and the windows."""
        return f"windows:1-{self.most}|{identity_of(self._inner)}"

    def engine(self) -> str:
        """What counts: that of the metric."""
        return str(self._inner.engine()) if hasattr(self._inner, "engine") else self._inner.name

    @property
    def _inner(self) -> Scorer:
        return _made(self.metric)

    def _windows(self, units: Sequence[Unit]) -> Iterator[tuple[int, Unit]]:
        place = 0
        for _, group in groupby(units, lambda unit: unit.document):
            document = list(group)
            for first in range(len(document)):
                for size in range(1, min(self.most, len(document) - first) + 1):
                    yield place + first, _joined(document[first : first + size])
            place += len(document)


@lru_cache(maxsize=8)
def _made(metric: str) -> Scorer:
    return Registry().make("scorer", metric)


def _joined(units: Sequence[Unit]) -> Unit:
    """Neighbouring units as one."""
    if len(units) == 1:
        return units[0]
    names = list(dict.fromkeys(passage.reference for unit in units for passage in unit.references))
    return Unit(
        units[0].id,
        units[0].document,
        "n-m",
        1.0,
        _one([unit.candidate for unit in units]),
        tuple(
            found
            for name in names
            if (found := _one([next((p for p in u.references if p.reference == name), None) for u in units]))
        ),
        source=_one([unit.source for unit in units]),
    )


def _one(passages: Sequence[Passage | None]) -> Passage | None:
    given: list[Any] = [passage for passage in passages if passage]
    if not given:
        return None
    return Passage(
        tuple(segment for passage in given for segment in passage.segments),
        " ".join(passage.text for passage in given if passage.text),
        given[0].reference,
    )
