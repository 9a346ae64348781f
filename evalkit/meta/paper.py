"""A finding about metrics for a paper: tables in LaTeX, and a page that loads nothing. No name can become markup."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from evalkit.meta.records import MetaResult, MetricComparison, Value
from evalkit.meta.words import about, blocks, method, p_value, standing
from evalkit.text.latex import escape as tex
from evalkit.text.visible import visible

_TITLE = "Metrics against people"
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1.5rem}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "th,td{padding:.2rem .7rem;text-align:start;border-bottom:1px solid #ccc}"
    "td.n,th.n{text-align:end;font-variant-numeric:tabular-nums}"
)
_NUMBERS = frozenset({"systems", "segments", "value", "interval", "delta", "p", "adjusted"})


def as_html(result: MetaResult, places: int) -> str:
    """One page with the tables and sentences of the Markdown."""
    digest = b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    parts = blocks(
        result, places, _rows, lambda title: f"<h2>{_text(title)}</h2>", lambda said: f"<p>{_text(said)}</p>"
    )
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_TITLE}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_TITLE}</h1>"
    )
    end = f"<p>evalkit {_text(result.evalkit)}.</p>\n</body>\n</html>"
    return "\n".join([head, *(part for part in parts if part), end]) + "\n"


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    kinds = [' class="n"' if name in _NUMBERS else "" for name in head]
    titles = "".join(f'<th scope="col"{kind}>{_text(name)}</th>' for name, kind in zip(head, kinds, strict=True))
    cells = [
        "<tr>" + "".join(f"<td{kind}>{_text(cell)}</td>" for cell, kind in zip(row, kinds, strict=True)) + "</tr>"
        for row in rows
    ]
    return ["<table>", f"<thead><tr>{titles}</tr></thead>", "<tbody>", *cells, "</tbody>", "</table>"]


def _text(text: str) -> str:
    return escape(visible(text))


def as_latex(result: MetaResult, places: int) -> str:
    """A table for each human protocol (statistics by metrics), one of its tests, and one for each domain."""
    lines = ["% needs \\usepackage{booktabs}"]
    for human in result.humans:
        compared = [found for found in result.comparisons if found.human == human.name]
        values = [value for value in result.values if value.human == human.name]
        caption = f"Agreement with {human.name}: {about(human)} {' '.join(method(result))}"
        if compared:
            caption += " Bold: the highest value. Underlined: not shown to be lower than the highest."
        lines += _table(caption, _grid(values, compared, places))
        if compared:
            lines += _table(f"Differences between metrics, {human.name}.", _tests(compared, places))
    for domain in result.domains:
        for name in dict.fromkeys(value.human for value in domain.values):
            values = [value for value in domain.values if value.human == name]
            caption = f"Agreement with {name} in the domain {domain.domain} ({domain.segments} segments)."
            lines += _table(caption, _grid(values, [], places))
    return "\n".join(lines) + "\n"


def _table(caption: str, body: Sequence[str]) -> list[str]:
    return ["", r"\begin{table*}", r"\centering", *body, rf"\caption{{{tex(caption)}}}", r"\end{table*}"]


def _grid(values: Sequence[Value], compared: Sequence[MetricComparison], places: int) -> list[str]:
    """A row a statistic, a column a metric."""
    metrics = list(dict.fromkeys(value.metric for value in values))
    head = " & ".join([r"Level & Statistic & Average", *map(tex, metrics)])
    return [rf"\begin{{tabular}}{{lll{'r' * len(metrics)}}}", r"\toprule", rf"{head} \\", r"\midrule",
            *_statistics(values, metrics, compared, places), r"\bottomrule", r"\end{tabular}"]  # fmt: skip


def _statistics(
    values: Sequence[Value], metrics: Sequence[str], compared: Sequence[MetricComparison], places: int
) -> Iterator[str]:
    for kind in dict.fromkeys((value.level, value.statistic, value.average) for value in values):
        group = {v.metric: v for v in values if (v.level, v.statistic, v.average) == kind}
        defined = [value for value in group.values() if value.value is not None]
        best = max(defined, key=lambda value: value.value or 0.0, default=None)
        cells = [_cell(group.get(metric), best, compared, places) for metric in metrics]
        yield " & ".join([*(tex(part or "") for part in kind), *cells]) + r" \\"


def _cell(value: Value | None, best: Value | None, compared: Sequence[MetricComparison], places: int) -> str:
    if value is None or best is None or value.value is None:
        return "--"
    mark = standing(value, best, compared) if compared else ""
    shown = _number(value.value, places)
    shown = {"+": rf"\textbf{{{shown}}}", "=": rf"\underline{{{shown}}}"}.get(mark, shown)
    if value.low is None or value.high is None:
        return shown
    return rf"{shown} {{\footnotesize {{[}}{_number(value.low, places)}, {_number(value.high, places)}{{]}}}}"


def _tests(compared: Sequence[MetricComparison], places: int) -> list[str]:
    rows = []
    for found in compared:
        names = [
            tex(cell) for cell in (found.level, found.statistic, found.average or "", found.baseline, found.metric)
        ]
        delta = "--" if found.delta is None else _number(found.delta, places)
        sure = [p_value(p) or "--" for p in (found.p_value, found.p_adjusted)]
        rows.append(" & ".join([*names, delta, *sure, tex(found.outcome)]) + r" \\")
    head = r"Level & Statistic & Average & Baseline & Metric & Difference & $p$ & corrected & Outcome \\"
    return [r"\begin{tabular}{lllllrrrl}", r"\toprule", head, r"\midrule", *rows, r"\bottomrule", r"\end{tabular}"]


def _number(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace("-", "$-$")
