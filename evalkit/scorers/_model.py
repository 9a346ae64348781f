"""What metrics with a model share: rows of a sum and a count, texts too long said, empty sides charged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from evalkit.errors import ConfigError, InputError
from evalkit.models.bridge import Bridge, bridge
from evalkit.models.environments import required
from evalkit.models.texts import Row as Texts
from evalkit.models.texts import fitting, rows_of
from evalkit.plugins.protocols import Row
from evalkit.records import Side, Unit

_NAMED = 5  # units that one message names


@dataclass(frozen=True)
class ModelScorer:
    """A model behind a worker. A row holds the unit's score, 1, and the pieces it was read in.

    With several references a unit has the mean of the scores against each. A unit with an empty side is not given to
    the model: it scores `gap`. A unit too long for the model is refused, or with `over=windows` cut into as few equal
    pieces as it takes, whose mean it scores; each such unit is told. `size` texts are read at a time, with
    `tokens` fewer where they, filled up to the longest, have more than that.
    """

    kind: ClassVar[str] = "scorer"
    in_process: ClassVar[bool] = True
    on_cluster: ClassVar[bool] = True  # each worker of a cluster may load the model: a score depends on no other
    batch: ClassVar[int] = 64  # units a request: what an interruption can lose
    by_unit: ClassVar[bool] = True
    needs: ClassVar[tuple[Side, ...]] = ("source", "candidate", "reference")
    family: ClassVar[str]
    name: ClassVar[str]
    gap: ClassVar[float] = 0.0

    model: str = ""
    size: int = 16
    over: Literal["refuse", "windows"] = "refuse"
    tokens: int = 0

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ConfigError(f"the metric {self.name!r}: size is {self.size}; texts the model reads at a time, from 1")
        if self.tokens < 0:
            raise ConfigError(f"the metric {self.name!r}: tokens is {self.tokens}; tokens of a batch, 0 for no bound")

    def measure(self, units: Sequence[Unit]) -> list[Row]:
        """A row a unit: the sum of its score, 1, and the number of pieces where it was cut (else 0)."""
        texts = [rows_of(unit, self.needs) for unit in units]
        flat = [row for rows in texts for row in rows]
        if not flat:
            return [(self.gap, 1.0, 0.0) for _ in units]
        cut = self._cut(units, texts, flat)
        asked = [piece for k, row in enumerate(flat) for piece in cut.get(k, [row])]
        scores = iter([score for part in self._batches(asked) for score in self.bridge().scores(part)])
        measured: list[Row] = []
        place = 0
        for rows in texts:
            found, pieces = [], 0
            for _ in rows:
                number = len(cut.get(place, ())) or 1
                found.append(_mean([next(scores) for _ in range(number)]))
                pieces += number if number > 1 else 0
                place += 1
            measured.append((_mean(found) if found else self.gap, 1.0, float(pieces)))
        return measured

    def value(self, row: Sequence[float]) -> float:
        """The mean score."""
        total, count, _ = row
        return total / count if count else 0.0

    def segment(self, row: Sequence[float]) -> float:
        """The score of one unit."""
        return self.value(row)

    def remark(self, row: Sequence[float]) -> str:
        """What a reader of a unit's score has to know; nothing of one that the model read whole."""
        return f"longer than the model reads: scored in {row[2]:.0f} pieces" if row[2] else ""

    def signature(self, nrefs: str) -> str:
        """All that moves the number: model and its hash, versions, precision, batches, policies."""
        references = f"nrefs:{nrefs}|" if "reference" in self.needs else ""
        return f"{self.name}|{references}{self.identity}"

    @property
    def identity(self) -> str:
        """What the worker says of its model, and the policies here."""
        bound = f"|tokens:{self.tokens}" if self.tokens else ""
        return f"{self.bridge().identity_text()}{bound}|over:{self.over}|empty:{self.gap:g}"

    def engine(self) -> str:
        """What counts: the library in the worker."""
        return f"model {self.family}"

    def bridge(self) -> Bridge:
        """The bridge to the model; its process is started when it is first asked."""
        if not self.model:
            raise ConfigError(f"the metric {self.name!r} has no model; name one: {self.name}(model=...)")
        family = required(self.family, self.name)
        return bridge(self.name, family.python, family.script, (self.model, str(self.size), *self._more()))

    def _more(self) -> tuple[str, ...]:
        """What else the worker is started with."""
        return ()

    def _batches(self, rows: Sequence[Texts]) -> list[list[Texts]]:
        """The rows in their order, as many at a time as the worker is to read together; all where only their number
        bounds that. A row longer than the bound is read alone."""
        if not self.tokens:
            return [list(rows)]
        found: list[list[Texts]] = []
        longest = 0
        for row, number in zip(rows, self.bridge().tokens(rows)[0], strict=True):
            longest = max(longest, number)
            full = not found or len(found[-1]) == self.size or longest * (len(found[-1]) + 1) > self.tokens
            if full:
                found.append([])
                longest = number
            found[-1].append(row)
        return found

    def _cut(
        self, units: Sequence[Unit], texts: Sequence[Sequence[Texts]], flat: Sequence[Texts]
    ) -> dict[int, list[Texts]]:
        """The pieces of the rows that are too long, by their place."""
        over = self.bridge().over(flat)
        owners = [unit.id for unit, rows in zip(units, texts, strict=True) for _ in rows]
        long = [k for k, more in enumerate(over) if more]
        if long and self.over == "refuse":
            named = ", ".join(f"{owners[k]} ({over[k]} tokens too many)" for k in long[:_NAMED])
            raise InputError(
                f"the metric {self.name!r}: {len(long)} of {len(units)} units are longer than the model reads: {named}"
                f"{', ...' if len(long) > _NAMED else ''}; {self.name}(over=windows) scores them in pieces"
            )
        found = {k: fitting(flat[k], self.bridge().over) for k in long}
        for k, pieces in found.items():
            if not pieces:
                raise InputError(
                    f"the metric {self.name!r}: {owners[k]} is too long even in pieces; is it one segment?"
                )
        return found


def _mean(values: Sequence[float]) -> float:
    total = 0.0
    for value in values:  # in their order: the same sum everywhere
        total += value
    return total / len(values)
