"""A finding about metrics as a table, Markdown, TSV or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import to_builtins

from evalkit.meta.records import MetaResult, MetricComparison, SideRecord, Value
from evalkit.text.grid import fit, grid, wrapped
from evalkit.text.visible import visible

_LISTS = frozenset({"humans", "metrics", "values", "comparisons", "domains", "notes"})
_HEAD = ("level", "statistic", "average", "metric", "systems", "segments", "value", "interval", "best")
_TESTS = ("level", "statistic", "average", "baseline", "metric", "delta", "p", "adjusted", "outcome")
_NUMBERS = frozenset({"systems", "segments", "value", "delta", "p", "adjusted"})
_COLUMNS = 80  # of a terminal
_MARKUP = re.compile(r"([\\`*_\[\]|<>&~$])")

Write = Callable[[Sequence[str], Sequence[Sequence[str]]], list[str]]


def as_json(result: MetaResult, _: int) -> str:
    """Every field in full precision, an item of a list a line; the same bytes for the same result."""
    compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    lines = []
    fields: dict[str, Any] = to_builtins(result)
    for key, value in fields.items():
        if key in _LISTS and value:
            items = ",\n".join(compact(item) for item in value)
            lines.append(f"{compact(key)}: [\n{items}\n]")
        else:
            lines.append(f"{compact(key)}: {compact(value)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def as_tsv(result: MetaResult, _: int) -> str:
    """The values, one a line, in full precision; an empty field where there is none."""
    head = ("domain", *(name for name in Value.__struct_fields__))
    rows = [("", value) for value in result.values]
    rows += [(domain.domain, value) for domain in result.domains for value in domain.values]
    lines = ["\t".join(head)]
    for domain, value in rows:
        cells = [domain, *(getattr(value, name) for name in Value.__struct_fields__)]
        lines.append("\t".join(_field(cell) for cell in cells))
    return "\n".join(lines) + "\n"


def _field(cell: object) -> str:
    if isinstance(cell, dict):
        return ";".join(f"{key}={value}" for key, value in cell.items())
    return "" if cell is None else visible(str(cell))


def as_table(result: MetaResult, places: int) -> str:
    """Plain text with aligned columns, no line wider than 80."""
    return "\n".join(_blocks(result, places, _aligned, _told, _told)) + "\n"


def _told(sentence: str) -> str:
    return "\n".join(wrapped(sentence, _COLUMNS))


def as_markdown(result: MetaResult, places: int) -> str:
    """Tables in Markdown with the sentences a paper needs."""
    return "\n".join(_blocks(result, places, _piped, lambda title: f"## {_escaped(title)}", _escaped)) + "\n"


FORMATS: dict[str, Callable[[MetaResult, int], str]] = {
    "table": as_table,
    "json": as_json,
    "markdown": as_markdown,
    "tsv": as_tsv,
}


def _blocks(
    result: MetaResult, places: int, write: Write, heading: Callable[[str], str], words: Callable[[str], str]
) -> list[str]:
    lines: list[str] = []
    for human in result.humans:
        values = [value for value in result.values if value.human == human.name]
        compared = [found for found in result.comparisons if found.human == human.name]
        lines += [heading(f"Agreement with {human.name}"), "", words(_about(human)), ""]
        lines += [*write(_HEAD, _value_rows(values, compared, places)), ""]
        if compared:
            lines += [heading(f"Differences between metrics, {human.name}"), ""]
            lines += [*write(_TESTS, [_test_row(found, places) for found in compared]), ""]
    for domain in result.domains:
        lines += [heading(f"Domain {domain.domain}: {domain.segments} segments"), ""]
        rows = [(value.human, *row[:-1]) for value, row in _with_rows(domain.values, [], places)]
        lines += [*write(("human", *_HEAD[:-1]), rows), ""]
    lines += [words(sentence) for sentence in _method(result)]
    return lines


def _about(human: SideRecord) -> str:
    raters = f", {human.raters} raters" if human.raters else ""
    counts = ", ".join(f"{number} by {count}" for count, number in human.ratings_per_segment.items())
    rated = f" (translations rated {counts})" if counts else ""
    return f"{human.systems} systems, {human.segments} rated segments{raters}{rated}."


def _method(result: MetaResult) -> list[str]:
    level = f"{100 * (1 - result.alpha):g} %"
    found = [
        f"Intervals: {level}, {result.trials} resamples of {result.drawn}. Best: + highest value, = no difference "
        "to it shown, - shown to be lower.",
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
            best = _standing(value, group[0], compared)
            counts = (str(value.systems), str(value.segments))
            yield value, (value.level, value.statistic, value.average or "", value.metric, *counts, shown, bounds, best)


def _standing(value: Value, best: Value, compared: Sequence[MetricComparison]) -> str:
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
    numbers = ("" if found.delta is None else f"{found.delta:+.{places}f}", _p(found.p_value), _p(found.p_adjusted))
    outcome = f"untested: {found.reason}" if found.outcome == "untested" else found.outcome
    return (found.level, found.statistic, found.average or "", found.baseline, found.metric, *numbers, outcome)


def _p(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def _aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table for a terminal: what a value is of (level, statistic, average) is a line above those it is true of."""
    start, end = head.index("level"), head.index("average") + 1
    bare = [(*row[:start], *row[end:]) for row in (head, *rows)]
    names = bare[0].index("metric") + 1
    lines = grid(bare[0], bare[1:], names, _COLUMNS)
    kinds = [_kind(*row[start:end]) for row in rows]
    if len(lines) != len(rows) + 2:  # too wide for one table
        groups = [
            (kind, [row for row, of in zip(bare[1:], kinds, strict=True) if of == kind])
            for kind in dict.fromkeys(kinds)
        ]
        return [
            line for kind, some in groups for line in ("", fit(kind, _COLUMNS), *grid(bare[0], some, names, _COLUMNS))
        ]
    made, before = lines[:2], ""
    for kind, line in zip(kinds, lines[2:], strict=True):
        made += [line] if kind == before else [fit(f"{kind}:", _COLUMNS), line]
        before = kind
    return made


def _kind(level: str, statistic: str, average: str) -> str:
    return f"{level} level, {statistic}" + (f", average {average}" if average else "")


def _piped(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    rule = ["---:" if name in _NUMBERS else "---" for name in head]
    return [f"| {' | '.join(row)} |" for row in (head, rule, *([_escaped(cell) for cell in row] for row in rows))]


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", visible(text))
