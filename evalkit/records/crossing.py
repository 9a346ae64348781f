"""Where the interval and the verdict of a comparison say different things, and why, in words to stand beside it."""

from __future__ import annotations

from evalkit.records.comparison import Comparison, p_is, shown_p

_FEW = 100  # items; with more the level is lower by less than a tenth


def crossing(found: Comparison) -> str:
    """Why the interval leaves out 0 where no difference is shown, or holds it where one is; empty where they agree."""
    if found.low is None or found.high is None or found.p_value is None or found.p_adjusted is None:
        return ""
    out = found.low > 0 or found.high < 0
    if found.outcome == "none" and out:
        return f"the interval leaves out 0, but {_against(found)}; so no difference is shown"
    if found.outcome in ("better", "worse") and not out:
        return "the interval, which resamples otherwise than the test, includes 0; the test decides"
    return ""


def _against(found: Comparison) -> str:
    """What speaks against a difference that the interval alone would show."""
    p, adjusted = found.p_value or 0.0, found.p_adjusted or 0.0
    if p > found.level:
        lower = f", since {why}" if (why := lowered(found)) else ""
        return f"p must be at most {found.level:.2g}{lower}"
    decisive = max(p, found.p_one_more or 0.0)
    if decisive > found.level:
        return (
            f"with one more critical finding in {lucky(found)}, which so small a set may lack by luck, {p_is(decisive)}"
        )
    if adjusted > found.level:
        return f"it is of this pair alone, and corrected for the {found.corrected_for:,} pairs p is {shown_p(adjusted)}"
    return "too few of what was compared differ for any test"


def lucky(found: Comparison) -> str:
    """The system with the lower rate of findings."""
    return found.system if found.delta < 0 else found.baseline


def lowered(found: Comparison) -> str:
    """Why p is held against less than the level of the run, empty where it is not."""
    if found.sides != 1:
        return ""
    few = f", and less with only {found.items:,} items" if lowered_by_size(found) else ""
    return f"it counts one direction only and may use half of the level{few}"


def lowered_by_size(found: Comparison) -> bool:
    """Whether few items make the level of a one-sided p noticeably lower: 0.023 in the place of 0.025 for 100."""
    return found.resampled == "segments" and found.items <= _FEW
