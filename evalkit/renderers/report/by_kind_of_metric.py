"""Metrics that count strings beside metrics that ask a model: which differences both show, and which only one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evalkit.records.comparison import Comparison
from evalkit.records.result import Result
from evalkit.renderers import _facts as facts
from evalkit.renderers._text import count, listing
from evalkit.renderers.report.blocks import Block, Cell, Heading, Table, cell, line, name, text

_MOST = 12  # pairs a reader will look at; the rest is counted
# An option that a plug-in with a model has, and none that counts.
_MODEL = re.compile(r"[(,]\s*model=")


def is_model(result: Result, metric: str) -> bool:
    """Whether a metric asks a model: what counts is one, in windows too, or its options name one."""
    about = result.metrics.get(metric)
    return bool(about and (about.engine.startswith("model ") or _MODEL.search(about.identity)))


def by_kind_of_metric(result: Result) -> Iterator[Block]:
    """The section: a row a pair of systems. Nothing without metrics of both kinds and a test of both."""
    scopes = facts.scopes(result)
    if not scopes:
        return
    pairs: dict[tuple[str, str], list[Comparison]] = {}
    for c in result.comparisons:
        if c.scope == scopes[0] and c.outcome in ("better", "worse", "none"):
            pairs.setdefault((c.baseline, c.system), []).append(c)
    tested = {
        pair: ([c for c in group if not is_model(result, c.metric)], [c for c in group if is_model(result, c.metric)])
        for pair, group in pairs.items()
    }
    tested = {pair: sides for pair, sides in tested.items() if all(sides)}
    if not tested:
        return
    yield Heading(2, "String metrics and models")
    verdicts = {pair: _verdict(*sides) for pair, sides in tested.items()}
    yield text(_summary(list(verdicts.values()), scopes[0]))
    rows = tuple(
        (Cell(line(name(system), " against ", name(base))), _cell(result, strings), _cell(result, models),
         cell(verdicts[base, system]))
        for (base, system), (strings, models) in list(tested.items())[:_MOST]
    )  # fmt: skip
    yield Table(("Pair", "String metrics", "Models", "Both"), (False,) * 4, rows)
    if len(tested) > _MOST:
        yield text(f"{count(len(tested) - _MOST, 'more pair')} can be read off the JSON result.")


_BETTER, _WORSE, _ONE, _NEITHER, _AGAINST = "better by both", "worse by both", "one kind only", "neither", "opposite"


def _verdict(strings: Sequence[Comparison], models: Sequence[Comparison]) -> str:
    """What the tests of both kinds show together; a kind shows a direction if no test of it shows the other."""
    directions = [{c.outcome for c in side} - {"none"} for side in (strings, models)]
    if "better" in directions[0] | directions[1] and "worse" in directions[0] | directions[1]:
        return _AGAINST
    if not any(directions):
        return _NEITHER
    if not all(directions):
        return _ONE
    return _BETTER if "better" in directions[0] else _WORSE


def _summary(verdicts: Sequence[str], scope: str) -> str:
    both = sum(verdict in (_BETTER, _WORSE) for verdict in verdicts)
    parts = [f"metrics of both kinds show a difference, the same way, in {both:,}"]
    parts += [f"only one kind in {number:,}" for number in [verdicts.count(_ONE)] if number]
    parts += [f"tests show opposite differences in {number:,}" for number in [verdicts.count(_AGAINST)] if number]
    parts += [f"nothing is shown in {number:,}" for number in [verdicts.count(_NEITHER)] if number]
    return (
        f"Of {count(len(verdicts), 'pair')} (scope {scope}) {listing(parts)}. A difference that both kinds show rests "
        "on more than one idea of what is good; where they differ, read the texts."
    )


def _cell(result: Result, tests: Sequence[Comparison]) -> Cell:
    shown: dict[str, list[str]] = {}
    for c in tests:
        places = facts.places(result, c.metric)
        word = "no difference shown" if c.outcome == "none" else c.outcome
        shown.setdefault(word, []).append(f"{facts.title(result, c.metric)} {c.delta:+.{places}f}")
    return cell("; ".join(f"{outcome}: {', '.join(metrics)}" for outcome, metrics in shown.items()))
