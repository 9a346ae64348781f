"""The `llm-judge` scorer: a language model's error spans as a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.models.asking import Asking
from evalkit.models.judge import PROMPT_ID
from evalkit.plugins.protocols import Row
from evalkit.records import Side, Unit


@dataclass(frozen=True)
class LlmJudge(Asking):
    """A language model asked for errors: minus 1, 5 or 25 for each that stands in the candidate, -25 at the least.

    `url` is an endpoint in the manner of OpenAI's, `model` the model asked, `log` the file that keeps its answers,
    `key` the environment variable with the key. `requests` and `tokens` bound what is asked, `per_minute` how fast;
    `replay=yes` asks nobody. `reference=no` judges by the source alone. A unit with an empty side scores -25.
    """

    kind: ClassVar[str] = "scorer"
    name: ClassVar[str] = "llm-judge"
    title: ClassVar[str] = "LLM judge"
    better: ClassVar[Literal["higher", "lower"]] = "higher"
    scale: ClassVar[str] = "-25 to 0"
    meaning: ClassVar[str] = "the errors a language model points at, weighed as in MQM; a suggestion, not a verdict"
    in_process: ClassVar[bool] = True
    batch: ClassVar[int] = 1  # each answer is kept as it comes
    by_unit: ClassVar[bool] = True
    keeps_own: ClassVar[bool] = True

    @property
    def needs(self) -> tuple[Side, ...]:
        """The sides the judge is shown."""
        return self.sides

    def measure(self, units: Sequence[Unit]) -> list[Row]:
        """A row a unit: its score, 1 where it was judged, errors that were not located, 1 where no answer was read."""
        found: list[Row] = []
        for unit in units:
            said = self.judged(unit)
            if said is None:
                found.append((-25.0, 1.0, 0.0, 0.0))
                continue
            read = float(said.readable)
            found.append((said.score if said.readable else 0.0, read, float(len(said.lost)), 1.0 - read))
        return found

    def value(self, row: Sequence[float]) -> float:
        """The mean of the units that were judged."""
        return row[0] / row[1] if row[1] else 0.0

    def segment(self, row: Sequence[float]) -> float:
        """The score of one unit; 0 where it was not judged."""
        return self.value(row)

    def remark(self, row: Sequence[float]) -> str:
        """Errors that the judge names and the candidate does not have, and answers that make no sense."""
        if row[3]:
            return "not judged: the judge's answer cannot be read; it is kept in the log"
        return f"{row[2]:.0f} errors of the judge name no words of the candidate, and do not count" if row[2] else ""

    def engine(self) -> str:
        """What counts: a model."""
        return "model llm-judge"

    def signature(self, nrefs: str) -> str:  # noqa: ARG002 - one reference at most is shown
        """All that moves the number: the model and the prompt; who serves the model is not known to matter."""
        return f"llm-judge|{self.identity}"

    @property
    def identity(self) -> str:
        """The judge, as signatures name it."""
        return f"model:{self.model}|prompt:{PROMPT_ID}|temperature:0|sides:{'+'.join(self.needs)}"
