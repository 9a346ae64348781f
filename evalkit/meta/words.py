"""What a finding about metrics is told in: its tables as rows, and the sentences around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from evalkit.meta.records import MetaResult, MetricComparison, SideRecord, Value

_HEAD = ("level", "statistic", "average", "metric", "systems", "segments", "value", "interval", "best")
_TESTS = ("level", "statistic", "average", "baseline", "metric", "delta", "p", "adjusted", "outcome")

_BEST = "Best: + highest value, = no difference to it shown, - shown to be lower, blank not tested."

Write = Callable[[Sequence[str], Sequence[Sequence[str]]], list[str]]


def blocks(
    result: MetaResult, places: int, write: Write, heading: Callable[[str], str], words: Callable[[str], str]
) -> list[str]:
    lines: list[str] = []
    for human in result.humans:
        values = [value for value in result.values if value.human == human.name]
        compared = [found for found in result.comparisons if found.human == human.name]
        lines += [heading(f"Agreement with {human.name}"), "", words(about(human)), ""]
        lines += [*write(_HEAD, _value_rows(values, compared, places)), ""]
        if compared:
            lines += [heading(f"Differences between metrics, {human.name}"), ""]
            lines += [*write(_TESTS, [_test_row(found, places) for found in compared]), ""]
    for domain in result.domains:
        lines += [heading(f"Domain {domain.domain}: {domain.segments} segments"), ""]
        rows = [(value.human, *row[:-1]) for value, row in _with_rows(domain.values, [], places)]
        lines += [*write(("human", *_HEAD[:-1]), rows), ""]
    first, *others = method(result)
    lines += [words(sentence) for sentence in (f"{first} {_BEST}", *others)]
    return lines


def about(human: SideRecord) -> str:
    raters = f", {human.raters} raters" if human.raters else ""
    counts = ", ".join(f"{number} by {count}" for count, number in human.ratings_per_segment.items())
    rated = f" (translations rated {counts})" if counts else ""
    return f"{human.systems} systems, {human.segments} rated segments{raters}{rated}."


def method(result: MetaResult) -> list[str]:
    level = f"{100 * (1 - result.alpha):g}%"
    found = [
        f"Intervals: {level}, {result.trials} resamples of {result.drawn}.",
    ]
    if result.comparisons:
        found.append(
            f"Tests: {result.trials} random exchanges of the scores of two metrics (permutation on both sides), "
            f"two-sided, correction {result.correction}, level {result.alpha:g}, seed {result.seed}."
        )
    turned = [side.name for side in (*result.metrics, *result.humans) if side.negated]
    if turned:
        found.append(f"Lower is better, turned round: {', '.join(turned)}.")
    return [*found, *(f"Note: {note}." for note in result.notes)]


def _value_rows(values: Sequence[Value], compared: Sequence[MetricComparison], places: int) -> list[tuple[str, ...]]:
    return [row for _, row in _with_rows(values, compared, places)]


def _with_rows(
    values: Sequence[Value], compared: Sequence[MetricComparison], places: int
) -> Iterable[tuple[Value, tuple[str, ...]]]:
    """Values by statistic, the highest first."""
    kinds = dict.fromkeys((value.human, value.level, value.statistic, value.average) for value in values)
    for kind in kinds:
        group = [value for value in values if (value.human, value.level, value.statistic, value.average) == kind]
        group.sort(key=lambda value: -float("inf") if value.value is None else value.value, reverse=True)
        for value in group:
            shown = "undefined" if value.value is None else f"{value.value:.{places}f}"
            bounds = value.reason if value.low is None else f"[{value.low:.{places}f}, {value.high:.{places}f}]"
            best = standing(value, group[0], compared)
            counts = (str(value.systems), str(value.segments))
            yield value, (value.level, value.statistic, value.average or "", value.metric, *counts, shown, bounds, best)


def standing(value: Value, best: Value, compared: Sequence[MetricComparison]) -> str:
    """How a metric stands to the one with the highest value."""
    if value.value is None:
        return ""
    if value is best:
        return "+"
    for found in compared:
        same = (found.level, found.statistic, found.average) == (value.level, value.statistic, value.average)
        if same and {found.baseline, found.metric} == {value.metric, best.metric}:
            lower = "worse" if found.metric == value.metric else "better"
            return {lower: "-", "none": "=", "untested": ""}.get(found.outcome, "=")
    return ""


def _test_row(found: MetricComparison, places: int) -> tuple[str, ...]:
    numbers = (
        "" if found.delta is None else f"{found.delta:+.{places}f}",
        p_value(found.p_value),
        p_value(found.p_adjusted),
    )
    outcome = f"untested: {found.reason}" if found.outcome == "untested" else found.outcome
    return (found.level, found.statistic, found.average or "", found.baseline, found.metric, *numbers, outcome)


def p_value(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"
