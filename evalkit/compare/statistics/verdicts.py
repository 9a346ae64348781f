"""What the tests showed: p-values corrected for their number, an outcome each, and one sentence that claims no more."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Literal, NamedTuple

from evalkit.compare.statistics.plan import MIN_DOCUMENTS, MIN_ITEMS, SAME, Plan, trials_for
from evalkit.errors import ConfigError, nearest
from evalkit.records.comparison import Comparison, p_is, shown_p
from evalkit.records.crossing import crossing, lucky

Outcome = Literal["better", "worse", "none", "untested"]
_LEAST_LEVEL = 0.05  # of any test here; six items must differ
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


class Over(NamedTuple):
    """What a pair was compared over: common items, the items of each, the documents they are from, what was drawn."""

    items: int
    counts: tuple[int, int]
    documents: int
    by_document: bool
    differing: int  # of what was drawn, how many differ between the two at all

    @property
    def too_few_differ(self) -> bool:
        """Whether the exact exchange of what differs could show anything: of n items it has 2 ** n outcomes, two of
        which are as extreme as can be. A bootstrap does not know that."""
        return 0 < self.differing < 64 and 2.0 ** (1 - self.differing) > _LEAST_LEVEL

    @property
    def drawn(self) -> int:
        """How many there were to draw from."""
        return self.documents if self.by_document else self.items


def outcome_of(found: Comparison, plan: Plan, over: Over, better: str) -> Outcome:
    """ "none" is no difference shown, which is not the same as none being there."""
    if found.p_value is None or found.p_adjusted is None:
        return "untested"
    if not plan.can_show(found.level) and abs(found.delta) > SAME:
        return "untested"
    if found.p_adjusted > found.level or abs(found.delta) <= SAME or over.too_few_differ:
        return "none"
    return "better" if (found.delta > 0) == (better == "higher") else "worse"


def verdict_of(found: Comparison, plan: Plan, over: Over, title: str = "", decimals: int = 2) -> str:
    """The verdict as a sentence: the outcome, its size, the test, what it was held against; `title` and `decimals` are
    the metric's."""
    what, where = title or _words(found.metric), _over(found, over)
    if found.p_value is None or found.p_adjusted is None:
        return f"Nothing is claimed about {what}: {_too_few(found, over, where)}"
    names = f"{found.system} and {found.baseline}"
    corrected = plan.correction != "none" and plan.comparisons > 1
    if not over.differing:
        return f"{names} have the same {what} statistics on all of {where}: there is nothing to test."
    if found.outcome == "untested":
        enough = max(trials_for(plan.test, plan.comparisons, plan.alpha), ceil(2 * plan.comparisons / found.level))
        return (
            f"Nothing is claimed about {what}: {plan.trials:,} trials cannot show a difference once "
            f"{plan.comparisons} comparisons are corrected for; use {enough:,}."
        )
    adjusted = f", {CORRECTIONS[plan.correction]} {shown_p(found.p_adjusted)}" if corrected else ""
    interval = f"{plan.confidence * 100:g}% interval {found.low:+.{decimals}f} to {found.high:+.{decimals}f}"
    sides = "one-sided" if plan.sides == 1 else "two-sided"
    test = found.test if sides in found.test else f"{found.test}, {sides}"
    differ = f" ({why})" if (why := crossing(found)) else ""
    facts = f"{test}, over {where}, {p_is(found.p_value)}{_one_more(found)}{adjusted}"
    if found.outcome != "none":
        return (
            f"{found.system} scores {found.outcome} than {found.baseline} by {abs(found.delta):.{decimals}f} points of "
            f"{what} ({interval}): {facts}, at most the level {found.level:.2g}{differ}."
        )
    reach = ""
    if found.detectable:
        reach = f"; a true difference of {found.detectable:.{decimals}f} points would be shown with a chance of 80%"
    if over.too_few_differ:
        facts += f"; only {over.differing} of them differ, too few for any test{differ}"
        return (
            f"No difference in {what} between {names} is shown ({found.delta:+.{decimals}f} points, {interval}), "
            f"which does not mean they are equal: {facts}."
        )
    return (
        f"No difference in {what} between {names} is shown ({found.delta:+.{decimals}f} points, {interval}), "
        f"which does not mean they are equal: {facts}, above the level {found.level:.2g}{differ}{reach}."
    )


def _one_more(found: Comparison) -> str:
    """The p-value that a heavy finding more would leave, where the verdict reckons with one."""
    if found.p_one_more is None or found.p_value is None or found.p_one_more <= found.p_value:
        return ""
    return f" ({shown_p(found.p_one_more)} with one more critical finding in {lucky(found)})"


def about(number: int) -> str:
    """A planned number of items, to two digits: more would pretend to know it better."""
    digits = max(0, floor(log10(number)) - 1) if number > 0 else 0
    return f"{-(-number // 10**digits) * 10**digits:,}"


def _words(metric: str) -> str:
    return metric.replace("_per_1000_words", " per 1,000 words").replace("_", " ")


def _over(found: Comparison, over: Over) -> str:
    """The items a pair is compared over, how many each has where that is not all of them, and what was drawn."""
    text = f"{over.items} {'item' if over.items == 1 else 'items'}"
    if any(count != over.items for count in over.counts):
        text += f" both have ({found.baseline} has {over.counts[0]}, {found.system} {over.counts[1]})"
    if over.by_document:
        return f"{text} in {_documents(over.documents)} drawn whole"
    if over.documents > 1:
        why = (
            f"fewer than the {MIN_DOCUMENTS} it takes to draw them whole"
            if over.documents < MIN_DOCUMENTS
            else "ignored"
        )
        return f"{text} (their {_documents(over.documents)} {why}, so p may be too small)"
    return text


def _documents(number: int) -> str:
    return f"{number} {'document' if number == 1 else 'documents'}"


def _too_few(found: Comparison, over: Over, where: str) -> str:
    if over.by_document and over.items >= MIN_ITEMS:
        return f"only {where}, and a paired test by document needs at least {MIN_ITEMS} documents."
    few = f"only {where}, and a paired test needs at least {MIN_ITEMS}"
    if found.needed is None:
        return f"{few}."
    return f"{few}; by their scatter, a rough guide, about {about(found.needed)} would show a difference of this size."
