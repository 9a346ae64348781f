"""The `external` scorer: any model behind a worker of the user's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from evalkit.errors import ConfigError
from evalkit.models.bridge import Bridge, bridge
from evalkit.records import Side
from evalkit.scorers._model import ModelScorer
from evalkit.text.files import resolved


@dataclass(frozen=True)
class External(ModelScorer):
    """Scores of a worker that speaks evalkit's lines of JSON, started as `python worker model size`.

    `worker` is its script, `python` the interpreter; `lower=yes` where a lower score is better, `sides` what it reads,
    joined by plus signs.
    """

    name: ClassVar[str] = "external"
    family: ClassVar[str] = "external"
    title: ClassVar[str] = "External"
    scale: ClassVar[str] = "as the model has it"
    meaning: ClassVar[str] = "what a model of the user's own gives"
    decimals: ClassVar[int] = 4

    worker: str = ""
    python: str = field(default="python3", metadata={"local": True})
    sides: str = "source+candidate+reference"
    lower: bool = False
    empty: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        unknown = set(self.sides.split("+")) - {"source", "candidate", "reference"}
        if unknown or "candidate" not in self.sides:
            raise ConfigError(f"the metric 'external': sides={self.sides}; write candidate, with +source or +reference")

    @property
    def needs(self) -> tuple[Side, ...]:  # type: ignore[override]
        """The sides the worker reads."""
        return tuple(side for side in ("source", "candidate", "reference") if side in self.sides.split("+"))

    @property
    def better(self) -> Literal["higher", "lower"]:
        """Which way is better."""
        return "lower" if self.lower else "higher"

    @property
    def gap(self) -> float:  # type: ignore[override]
        """The score of a unit with an empty side."""
        return self.empty

    def bridge(self) -> Bridge:
        """The bridge to the user's worker."""
        if not self.worker:
            raise ConfigError("the metric 'external' has no worker; name its script: external(worker=FILE, model=...)")
        return bridge(self.name, self.python, str(resolved(self.worker)), (self.model, str(self.size)))
