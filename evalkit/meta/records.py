"""What `evalkit meta` finds, as its JSON has it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SCHEMA: Literal["evalkit/meta/1"] = "evalkit/meta/1"
Level = Literal["system", "segment"]
Average = Literal["none", "item", "system"]
Outcome = Literal["better", "worse", "none", "untested"]


class Source(Struct, frozen=True):
    """A file that was read: its name without folders, and what it held."""

    name: str
    sha256: str


class SideRecord(Struct, frozen=True):
    """A metric or a human protocol. `negated` where lower is better: its scores were turned round before anything else.

    `raters` is how many people there were, 0 where the files do not say; `ratings_per_segment` counts how many
    translations of a segment were rated by one person, by two, and so on.
    """

    name: str
    files: tuple[Source, ...]
    negated: bool
    systems: int
    segments: int
    raters: int
    ratings_per_segment: dict[str, int]


class Value(Struct, frozen=True):
    """One statistic of one metric. `value` is null where it is not defined, `reason` says why; `low` and `high` bound
    its interval, null where there is too little to draw from. `options` are the settings that moved the value."""

    human: str
    metric: str
    level: Level
    statistic: str
    average: Average | None
    value: float | None
    low: float | None
    high: float | None
    systems: int
    segments: int
    options: dict[str, float]
    reason: str = ""


class MetricComparison(Struct, frozen=True):
    """Whether `metric` agrees with people better than `baseline` does; `delta` is the difference of the statistic."""

    human: str
    level: Level
    statistic: str
    average: Average | None
    baseline: str
    metric: str
    delta: float | None
    p_value: float | None
    p_adjusted: float | None
    test: str
    trials: int
    seed: int
    systems: int
    segments: int
    outcome: Outcome
    reason: str = ""


class DomainRecord(Struct, frozen=True):
    """The values on the segments of one domain; system scores are the means of these segments."""

    domain: str
    segments: int
    values: tuple[Value, ...]


class MetaResult(Struct, frozen=True):
    """Everything one call has found. `drawn` is what intervals were drawn from."""

    schema: Literal["evalkit/meta/1"]
    evalkit: str
    trials: int
    seed: int
    alpha: float
    correction: str
    drawn: Literal["segments", "documents"]
    humans: tuple[SideRecord, ...]
    metrics: tuple[SideRecord, ...]
    values: tuple[Value, ...]
    comparisons: tuple[MetricComparison, ...]
    domains: tuple[DomainRecord, ...] = ()
    notes: tuple[str, ...] = ()
