"""What differences of some size have meant: how often people agreed with a metric that put one of two systems ahead."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from evalkit.records.comparison import Comparison
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count
from evalkit.renderers.report.blocks import Block, Cell, Heading, Table, cell, line, name, text

_MOST = 12  # rows a reader will look at; the rest is counted
_ACCURACIES = (50, 55, 60, 65, 70, 75, 80, 85, 90, 95)


class _Known(NamedTuple):
    """A metric as it was studied: its options, what its scores are multiplied by there, and the least difference for
    each accuracy. Where the differences end, no difference has meant more."""

    options: re.Pattern[str]
    factor: float
    least: tuple[float, ...]


def _known(options: str, factor: float, *least: float) -> _Known:
    return _Known(re.compile(options), factor, least)


_PLAIN = r"smooth_method=exp, smooth_value=none, lowercase=no, effective_order=no, max_ngram_order=4"
# The table of thresholds of Kocmi, Zouhar, Federmann, Post 2024 (ACL 2024, pages 1999-2014; CC BY 4.0).
_METRICS = (
    _known(rf"bleu\(tokenize=(?!flores)[\w-]+, {_PLAIN}", 1, 0.27, 0.52, 0.78, 1.06, 1.39, 1.79, 2.34, 3.35),
    _known(rf"bleu\(tokenize=flores200, {_PLAIN}", 1, 0.25, 0.52, 0.82, 1.13, 1.49, 1.91, 2.46, 3.28, 5.57),
    _known(rf"bleu\(tokenize=flores101, {_PLAIN}", 1, 0.29, 0.49, 0.71, 0.95, 1.24, 1.63, 2.26),
    _known(r"chrf\(char_order=6, word_order=0, beta=2, whitespace=no, lowercase=no",
           1, 0.14, 0.33, 0.54, 0.76, 1.00, 1.28, 1.63, 2.12, 3.05),
    _known(r"bleurt\(model=[\w/]*BLEURT-20,", 100, 0.02, 0.17, 0.33, 0.49, 0.66, 0.85, 1.07, 1.35, 1.73, 2.44),
    _known(r"comet\(model=[\w/]*wmt22-comet-da,", 100, 0.03, 0.10, 0.18, 0.26, 0.35, 0.45, 0.56, 0.71, 0.94, 1.53),
    _known(r"comet-kiwi\(model=[\w/]*wmt22-cometkiwi-da,",
           100, 0.01, 0.08, 0.16, 0.24, 0.33, 0.42, 0.53, 0.67, 0.85, 1.18),
    _known(r"comet-kiwi\(model=[\w/]*wmt23-cometkiwi-da-xl,",
           100, 0.04, 0.15, 0.26, 0.39, 0.52, 0.66, 0.84, 1.06, 1.40, 2.24),
    _known(r"comet-kiwi\(model=[\w/]*wmt23-cometkiwi-da-xxl,",
           100, 0.06, 0.22, 0.39, 0.57, 0.77, 0.98, 1.24, 1.58, 2.08, 3.39),
    _known(r"xcomet\(model=[\w/]*XCOMET-XL,", 100, 0.05, 0.19, 0.34, 0.50, 0.67, 0.86, 1.08, 1.37, 1.80, 2.82),
    _known(r"xcomet\(model=[\w/]*XCOMET-XXL,", 100, 0.02, 0.19, 0.37, 0.56, 0.76, 0.98, 1.24, 1.55, 1.99, 2.74),
)  # fmt: skip


def sizes(result: Result) -> Iterator[Block]:
    """The section: a row a pair of translations and metric. Nothing where no metric was studied as it was used here:
    for summaries nobody knows."""
    scopes = facts.scopes(result)
    translations = {system.name for system in facts.trusted(result) if system.kind == "translation"}
    rows = [
        (c, meant)
        for c in result.comparisons
        if c.scope in scopes[:1]  # there is none in an edited result that compares what has no score
        and {c.system, c.baseline} <= translations
        and (meant := agreement(result, c.metric, c.delta))
    ]
    if not rows:
        return
    yield Heading(2, "What differences of this size have meant")
    yield text(
        "How often people preferred the system that the metric put ahead, where two machine translation systems were "
        "so far apart on a test set; 50% is a coin toss. From Kocmi, Zouhar, Federmann and Post 2024, “Navigating the "
        "Metrics Maze” (ACL 2024). It differs with languages, texts and how alike the systems are, and takes the place "
        "of no test on these texts."
    )
    made = tuple(_row(result, c, meant) for c, meant in rows[:_MOST])
    yield Table(
        ("Pair", "Metric", "Difference", "People agreed", "On these texts"), (False, False, True, False, False), made
    )
    if any(c.outcome in ("none", "untested") for c, _ in rows[:_MOST]):
        yield text(
            "Where no difference is shown on these texts, chance alone may have put a system ahead by so much: what "
            "people said of differences of this size then tells nothing of these two."
        )
    if len(rows) > _MOST:
        yield text(f"{count(len(rows) - _MOST, 'more row')} can be read off that paper and the JSON result.")


def agreement(result: Result, metric: str, delta: float) -> str:
    """In how many cases people agreed with a difference of this size; nothing for a metric that was not studied."""
    about = result.metrics.get(metric)
    found = next((known for known in _METRICS if about and known.options.match(about.identity)), None)
    if found is None:
        return ""
    place = bisect_right(found.least, abs(delta) * found.factor)
    if not place:
        return "no more than a coin toss"
    if place == len(_ACCURACIES):
        return f"{_ACCURACIES[-1]}% or more"
    return f"{_ACCURACIES[place - 1]} to {_ACCURACIES[place]}%"


def _row(result: Result, c: Comparison, meant: str) -> tuple[Cell, ...]:
    places = facts.places(result, c.metric)
    return (
        Cell(line(name(c.system), " against ", name(c.baseline))),
        cell(facts.title(result, c.metric)),
        cell(f"{c.delta:+.{places}f}"),
        cell(meant),
        cell(facts.outcome(c)),
    )
