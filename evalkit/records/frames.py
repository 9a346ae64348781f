"""A result as tables (units, scores, findings), as flat numbers, and as a few lines for a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from evalkit.errors import MissingExtraError
from evalkit.text.visible import visible

if TYPE_CHECKING:
    from evalkit.records.result import Result

Columns = Mapping[str, Sequence[object]]
NAMES = ("units", "documents", "scores", "findings")
# Columns of one kind of value even where there is no row; those not named are metrics' numbers.
_WHOLE = frozenset({"line", "column", "start", "end", "words"})
_TRUTH = frozenset({"trusted"})
_SCORES = ("system", "metric", "scope", "value", "low", "high", "trusted", "signature")
_FINDINGS = (
    "system", "document", "side", "line", "column", "start", "end", "rule", "category", "severity", "confidence",
    "text", "expected", "message", "unit", "fingerprint",
)  # fmt: skip
_DOCUMENTS = ("system", "document", "words", "trusted")
_UNITS = ("system", "document", "unit", "link", "confidence", "candidate", "reference", "source")
# What a notebook's cell shows of a large result.
_MOST_NOTES = 5
_MOST_SYSTEMS = 100  # rows of a notebook's table: a cell of it must not weigh more than 50 kB
_LONGEST_NAME = 60


def tables(result: Result) -> dict[str, Columns]:
    """The tables of NAMES as columns; the columns of the findings are called as in `findings-tsv`.

    A metric's column has its name; that of a plug-in called like a column of evalkit's has `metric.` before it.
    """
    metrics = list(result.metrics)
    titles = [f"metric.{metric}" if metric in _named() else metric for metric in metrics]
    return {
        "units": _columns((*_UNITS, *titles), _units(result, metrics)),
        "documents": _columns((*_DOCUMENTS, *titles), _documents(result, metrics)),
        "scores": _columns(
            _SCORES,
            (
                (s.name, x.metric, x.scope, x.value, x.low, x.high, s.alignment.trusted, x.signature)
                for s in result.systems
                for x in s.scores
            ),
        ),
        "findings": _columns(
            _FINDINGS,
            (
                (
                    s.name, f.document, f.side, f.line, f.column, f.start, f.end, f.rule, f.category, f.severity,
                    f.confidence, f.text, " / ".join(f.expected), f.message, f.unit, f.fingerprint,
                )
                for s in result.systems
                for f in s.standing
            ),
        ),
    }  # fmt: skip


def _units(result: Result, metrics: Sequence[str]) -> Iterable[Sequence[object]]:
    for system in result.systems:
        for unit in system.units:
            passages = (unit.candidate, (unit.references or (None,))[0], unit.source)
            texts = [passage.text if passage else None for passage in passages]
            scores = [unit.scores.get(metric) for metric in metrics]
            yield system.name, unit.document, unit.id, unit.link, unit.confidence, *texts, *scores


def _documents(result: Result, metrics: Sequence[str]) -> Iterable[Sequence[object]]:
    """A row for each document; that of a system's only document has the system's scores over all units."""
    for system in result.systems:
        own = {score.metric: score.value for score in system.scores if score.scope in ("document", "corpus")}
        for document in system.documents:
            scores = document.scores or (own if len(system.documents) == 1 else {})
            values = [scores.get(metric) for metric in metrics]
            yield system.name, document.id, document.words, document.alignment.trusted, *values


def _columns(names: Sequence[str], rows: Iterable[Sequence[object]]) -> Columns:
    made: dict[str, list[object]] = {name: [] for name in names}
    for row in rows:
        for name, value in zip(names, row, strict=True):
            made[name].append(value)
    return made


def frames(result: Result, package: str) -> dict[str, Any]:
    """The tables as those of `pyarrow`, `pandas` or `polars`; raises MissingExtraError where it is not installed."""
    make: Callable[[Columns], Any]
    if package == "pyarrow":
        make = arrow_table
    else:
        try:
            if package == "pandas":
                import pandas

                make = pandas.DataFrame
            else:
                import polars

                make = polars.DataFrame
        except ImportError:
            raise MissingExtraError(package, package, "a result as tables") from None
    return {name: make(dict(columns)) for name, columns in tables(result).items()}


def arrow_table(columns: Columns) -> Any:
    """Columns as a pyarrow table, each of one type whatever its rows; raises MissingExtraError without pyarrow."""
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtraError("pyarrow", "datasets", "a result as tables") from None
    texts = _named() - {"value", "low", "high", "confidence"} - _WHOLE - _TRUTH

    def kind(name: str) -> Any:
        if name in _WHOLE:
            return pa.int64()
        return pa.bool_() if name in _TRUTH else pa.string() if name in texts else pa.float64()

    return pa.table({name: pa.array(values, kind(name)) for name, values in columns.items()})


def _named() -> frozenset[str]:
    """Every column that is no metric's."""
    from evalkit.records.links_table import HEADER

    return frozenset({*_SCORES, *_FINDINGS, *_UNITS, *_DOCUMENTS, *HEADER})


def flat(result: Result) -> dict[str, float]:
    """Every score and count as one number by name, `SYSTEM/METRIC/SCOPE`; what is not trusted is left out."""
    made: dict[str, float] = {}
    for system in result.systems:
        if system.alignment.trusted or not result.references:
            made |= {f"{system.name}/{s.metric}/{s.scope}": float(s.value) for s in system.scores}
        made |= {f"{system.name}/findings/{severity}": float(n) for severity, n in system.quality.counts.items()}
        made[f"{system.name}/penalty_per_1000_words"] = system.quality.penalty_per_1000_words
        if (expected := system.quality.expected_errors_per_1000_words) is not None:
            made[f"{system.name}/expected_errors_per_1000_words"] = expected
    return made


def as_html(result: Result) -> str:
    """A table of the systems' scores and findings with the gate's verdict, for a notebook: no script, under 50 kB."""
    columns = list(dict.fromkeys((s.metric, s.scope) for system in result.systems for s in system.scores))[:12]
    heads = "".join(f"<th>{_text(metric)}<br>{_text(scope)}</th>" for metric, scope in columns)
    rows = []
    for system in result.systems[:_MOST_SYSTEMS]:
        values = {(s.metric, s.scope): s.value for s in system.scores}
        trusted = system.alignment.trusted or not result.references
        cells = "".join(f"<td>{values[c]:.2f}</td>" if trusted and c in values else "<td>-</td>" for c in columns)
        counts = system.quality.counts
        found = ", ".join(f"{counts[name]} {name}" for name in ("critical", "major", "minor") if counts.get(name))
        rows.append(f"<tr><th>{_text(system.name)}</th>{cells}<td>{found or 'none'}</td></tr>")
    more = len(result.systems) - len(rows)
    rows += [f"<tr><td>... and {more} more</td></tr>"] if more > 0 else []
    notes = [_text(failure.message, 300) for failure in result.failures[:_MOST_NOTES]]
    rest = len(result.failures) - len(notes)
    notes += [f"... and {rest} more notes"] if rest > 0 else []
    verdict = f"<p>Gate: {'passed' if result.gate.passed else 'not passed'}</p>" if result.gate else ""
    said = f"<ul>{''.join(f'<li>{note}</li>' for note in notes)}</ul>" if notes else ""
    return (
        f"<table><caption>{_text(result.name)}</caption><thead><tr><th>system</th>{heads}<th>findings</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{verdict}{said}"
    )


def _text(value: str, longest: int = _LONGEST_NAME) -> str:
    shown = visible(value)
    return escape(shown if len(shown) <= longest else f"{shown[:longest]} ...")
