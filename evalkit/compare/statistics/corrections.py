"""p-values corrected for their number."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.errors import ConfigError, nearest

CORRECTIONS = {"holm": "Holm-adjusted", "bh": "Benjamini-Hochberg-adjusted", "none": "not adjusted"}


def correct(p_values: Sequence[float], method: str) -> tuple[float, ...]:
    """p-values adjusted for their number, in the order given, at most 1.

    `holm` bounds the chance of any false rejection, `bh` (Benjamini-Hochberg) the expected share of
    false ones among the rejections, `none` returns them as they are. No p-values give an empty tuple.
    """
    if method not in CORRECTIONS:
        raise ConfigError(f"unknown correction {method!r}{nearest(method, CORRECTIONS)} (known: holm, bh, none)")
    if any(not 0 <= p <= 1 for p in p_values):
        raise ConfigError("p-values lie between 0 and 1")
    count = len(p_values)
    adjusted = list(p_values)
    worst = 0.0 if method == "holm" else 1.0
    ranked = sorted(range(count), key=lambda i: p_values[i], reverse=method == "bh")
    if method != "none":
        for step, i in enumerate(ranked):
            if method == "holm":
                worst = min(1.0, max(worst, (count - step) * p_values[i]))
            else:
                worst = min(worst, p_values[i] * count / (count - step))
            adjusted[i] = worst
    return tuple(adjusted)
