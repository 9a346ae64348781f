"""Records of the result that hold one thing against another: systems with systems, a run with an earlier one."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from evalkit.records import Finding, Kind, Scope

# What resampling draws: single segments (items), or whole documents; empty where nothing was drawn.
Drawn = Literal["segments", "documents", ""]


def shown_p(value: float) -> str:
    """A p-value as every text shows it: four decimals, `<0.0001` where they would all be 0."""
    return f"{value:.4f}" if value >= 0.00005 else "<0.0001"


def p_is(value: float) -> str:
    """A p-value in a sentence: `p = 0.0123`, `p < 0.0001`."""
    shown = shown_p(value)
    return f"p < {shown[1:]}" if shown.startswith("<") else f"p = {shown}"


class Effect(Struct, frozen=True):
    """How large a difference is, turned so that more is better for the system.

    `superiority`: share of items on which the system is better, ties half (0.5: neither).
    `standardised`: the difference over the standard deviation of one drawn item, null without scatter.
    """

    superiority: float
    superiority_low: float
    superiority_high: float
    standardised: float | None
    standardised_low: float | None
    standardised_high: float | None


class Comparison(Struct, frozen=True):
    """A paired test of one system against a baseline; `delta` is system minus baseline.

    `outcome` is what the test showed of the system, `verdict` the same in a sentence. "none": no
    difference shown, which does not mean that there is none. `items` counts what was drawn
    (`resampled`). `level` is what p is held against: at most half of alpha where p is one-sided
    (`sides`), the less the fewer items there are.
    `correction` is how p was corrected, for so many tests as `corrected_for` says; empty in older results.
    `error` is the standard error of `delta`; `detectable` the difference that this test set would show
    with a chance of 80 %, `needed` the items it would take for one as large as `delta`. For wins a
    unit counts once, whatever was drawn. `p_one_more`: a penalty whose difference would be shown must hold with one
    more critical finding in the system that looks better; the p-value of that, which `p_adjusted` is made of.
    """

    metric: str
    scope: Scope
    baseline: str
    system: str
    delta: float
    low: float | None
    high: float | None
    p_value: float | None
    p_adjusted: float | None
    test: str
    trials: int
    seed: int
    wins: int
    ties: int
    losses: int
    verdict: str
    outcome: Literal["better", "worse", "none", "untested"] = "untested"
    resampled: Drawn = ""
    items: int = 0
    sides: Literal[1, 2] = 2
    level: float = 0.05
    error: float | None = None
    detectable: float | None = None
    needed: int | None = None
    effect: Effect | None = None
    correction: str = ""
    corrected_for: int = 0
    p_one_more: float | None = None


class Ranked(Struct, frozen=True):
    """A system's place: its cluster (1 is the best), and the first and last rank the tests leave open."""

    system: str
    value: float
    cluster: int
    first: int
    last: int


class Ranking(Struct, frozen=True):
    """Systems of one kind by one metric, best first."""

    metric: str
    scope: Scope
    kind: Kind
    systems: tuple[Ranked, ...]


class PullingUnit(Struct, frozen=True):
    """A unit that pulls metrics apart: its ids in both systems (null where there is none),
    the reference segments, and what it adds to each metric's difference in score points (positive: for `one`)."""

    one: str | None
    two: str | None
    references: tuple[str, ...]
    contributions: dict[str, float]


class Disagreement(Struct, frozen=True):
    """Two systems that metrics rank differently, and the units that cause it, strongest first.

    `for_one` are the metrics that put `one` ahead; `shown_one` those of them whose difference a test shows.
    """

    scope: Scope
    kind: Kind
    one: str
    two: str
    for_one: tuple[str, ...]
    for_two: tuple[str, ...]
    shown_one: tuple[str, ...]
    shown_two: tuple[str, ...]
    units: tuple[PullingUnit, ...]


class SettingChange(Struct, frozen=True):
    """A setting two results differ in, which makes what they say of `metric` another measure.

    `metric` is "findings" for a setting of the detectors, and empty for one of the whole evaluation.
    """

    metric: str
    scope: Scope | Literal[""]
    setting: str
    before: str
    now: str


class ScoreChange(Struct, frozen=True):
    """A score before and now."""

    metric: str
    scope: Scope
    before: float
    now: float


class UnitChange(Struct, frozen=True):
    """A unit before and now. `gain` is in points of `metric`, positive where it is better now."""

    metric: str
    unit: str
    document: str
    gain: float
    score_before: float
    score_now: float
    before: str
    now: str
    reference: str


class Change(Struct, frozen=True):
    """One system before and now. `incomparable` says why scores cannot be compared, empty where they can.

    `status` is "both", "new" (not in the baseline) or "gone" (no longer there); `remaining` counts the
    findings of both; `scores` are paired tests of now against before, `rates` those of the findings.
    `settings` are what the two results differ in; a metric without a difference is compared all the
    same. `improved` and `worsened` are units, strongest first. `formerly` is the system's name in the
    baseline where it is another.
    """

    system: str
    status: Literal["both", "new", "gone"]
    scores: tuple[Comparison, ...] = ()
    incomparable: str = ""
    new: tuple[Finding, ...] = ()
    fixed: tuple[Finding, ...] = ()
    remaining: int = 0
    settings: tuple[SettingChange, ...] = ()
    values: tuple[ScoreChange, ...] = ()
    rates: tuple[Comparison, ...] = ()
    improved: tuple[UnitChange, ...] = ()
    worsened: tuple[UnitChange, ...] = ()
    formerly: str = ""
