"""The settings of a comparison, and the rules of thumb that decide what may be tested at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, isfinite, sqrt
from statistics import NormalDist
from typing import Literal, NamedTuple

from evalkit.errors import ConfigError, nearest

# What the result calls the tests that `test` names.
TESTS = {
    "bootstrap": "paired bootstrap",
    "bootstrap-two-sided": "paired bootstrap (two-sided)",
    "randomisation": "paired approximate randomisation",
}
# With fewer items resampling has too few distinct outcomes to say anything.
MIN_ITEMS = 10
# Fewer documents are not drawn whole unless asked for: their scatter is not known well enough.
MIN_DOCUMENTS = 10
# Score points below which two scores are the same: rounding of equal sums, never a real difference.
SAME = 1e-9
# Resamples of all pairs of one metric together, half a minute of work. The trials a correction needs grow with the
# pairs, so their product grows as the fourth power of the systems: 67 systems are the most, 400 would take days.
MOST_RESAMPLES = 200_000_000
# The chance of showing a difference that `detectable` and `needed` are computed for.
POWER = 0.8

Drawn = Literal["segments", "documents"]


class Plan(NamedTuple):
    """The settings of one call."""

    test: str
    trials: int
    interval_trials: int
    seed: int
    confidence: float
    alpha: float
    correction: str
    block_cells: int
    comparisons: int = 1  # tested together, which the correction charges for

    @property
    def sides(self) -> Literal[1, 2]:
        """sacrebleu's bootstrap p-value is in effect one-sided (see compare_systems)."""
        return 1 if self.test == "bootstrap" else 2

    @property
    def level(self) -> float:
        """What p-values are held against: a one-sided one in either direction at half of alpha."""
        return self.alpha / 2 if self.sides == 1 else self.alpha

    def level_over(self, drawn: int, *, by_document: bool) -> float:
        """What p-values over so many items are held against. sacrebleu's p takes the scatter of few items for known;
        so it must reach what the normal leaves beyond t's quantile (0.009 for 10 items, 0.023 for 100). The other
        tests, and all over documents, reckon with t already or draw no scatter at all."""
        if self.test != "bootstrap" or by_document:
            return self.level
        normal = NormalDist()
        return 1 - normal.cdf(normal.inv_cdf(1 - self.level) * t_over_normal(1 - self.alpha, drawn))

    def can_show(self, level: float) -> bool:
        """False where even the smallest p-value these trials can give is above the level once corrected."""
        return self.correction != "holm" or self.comparisons / (self.trials + 1) <= level

    @property
    def alpha_each(self) -> float:
        """The level of one comparison among all that are corrected for. Holm's last step is alpha itself, its first
        alpha / comparisons; that one is taken, as for a single difference among many that are none."""
        return self.alpha / self.comparisons if self.correction == "holm" else self.alpha

    @property
    def reach(self) -> float:
        """Standard errors that a true difference must measure to be shown with the chance POWER, once corrected."""
        normal = NormalDist()
        return normal.inv_cdf(1 - self.alpha_each / 2) + normal.inv_cdf(POWER)


def t_over_normal(confidence: float, drawn: int) -> float:
    """By how much an interval from few draws is wider than the normal one: t with drawn - 1 degrees of freedom.

    Times sqrt(n / (n - 1)), since a resample scatters around the mean it was drawn from. The quantile by
    Abramowitz & Stegun 26.7.5, right to 0.2 % from 9 degrees of freedom on.
    """
    z, n = NormalDist().inv_cdf(0.5 + confidence / 2), max(drawn - 1, 1)
    t = z + (z**3 + z) / (4 * n) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
    return t / z * sqrt(drawn / n)


def trials_for(test: str, comparisons: int, alpha: float) -> int:
    """Trials that leave room for a corrected difference: the field's custom, more for many comparisons."""
    custom = 1_000 if test.startswith("bootstrap") else 10_000
    level = alpha / 2 if test == "bootstrap" else alpha
    return max(custom, ceil(2 * comparisons / level))


def too_many(test: str, systems: int, alpha: float) -> str:
    """Why all pairs of so many systems cannot be tested, empty where they can."""
    pairs = systems * (systems - 1) // 2
    trials = trials_for(test, pairs, alpha)
    if pairs * trials <= MOST_RESAMPLES:
        return ""
    return (
        f"{systems} systems make {pairs:,} pairs, which need {trials:,} trials each once they are corrected for: "
        "none is tested; name a baseline to hold every system against, fewer systems, or a number of trials"
    )


def drawn_units(unit: str, documents: Iterable[str]) -> Drawn:
    """What to draw: whole documents where the setting says so, or says `auto` and there are enough of them."""
    if unit not in ("auto", "segment", "document"):
        raise ConfigError(f"unknown unit {unit!r} (known: auto, document, segment)")
    if unit == "document" or (unit == "auto" and len(set(documents)) >= MIN_DOCUMENTS):
        return "documents"
    return "segments"


def check_numbers(trials: int, seed: int, *shares: float) -> None:
    """Refuses numbers of trials, seeds and shares that mean nothing."""
    if trials < 1:
        raise ConfigError(f"trials {trials}: give a number from 1")
    if seed < 0:
        raise ConfigError(f"seed {seed}: give a number from 0")
    if not all(isfinite(share) and 0 < share < 1 for share in shares):
        raise ConfigError("confidence and alpha lie between 0 and 1, for example 0.95 and 0.05")


def check_test(test: str) -> None:
    if test not in TESTS:
        raise ConfigError(f"unknown test {test!r}{nearest(test, TESTS)} (known: {', '.join(sorted(TESTS))})")


def pairs_of(names: Sequence[str], baseline: str) -> list[tuple[str, str]]:
    """All pairs, the earlier one the baseline of the later, or each system with the one baseline."""
    if not baseline:
        return [(first, second) for i, first in enumerate(names) for second in names[i + 1 :]]
    if baseline not in names:
        raise ConfigError(f"no system {baseline!r} to compare with{nearest(baseline, names)}; have: {', '.join(names)}")
    return [(baseline, name) for name in names if name != baseline]
