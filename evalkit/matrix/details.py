"""The details of an overview: worst cells, findings by language, means by tag, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evalkit.matrix.overview import Overview, Row
from evalkit.matrix.shown import Section, Shown, Table, gap, mean_of, number, row_name, status

_WORST = 20  # cells listed: more are no reading list
_CRITICAL = ("critical", "major")


def worst(overview: Overview) -> Iterator[Section]:
    """Cells without a score first, then those furthest behind the best of their row."""
    bad = [
        (row_name(row), Shown(cell.system), Shown(status(cell)), Shown(cell.reason))
        for row in overview.rows
        for cell in row.cells
        if cell.status != "scored"
    ]
    metric = next(iter(overview.metrics), "")
    measure = overview.metrics.get(metric)
    better = measure.better if measure else ""
    behind = [
        (gap(row, metric, cell, better), row, cell)
        for row in (overview.rows if better else ())
        for cell in row.cells
        if metric in cell.scores
    ]
    behind = sorted((each for each in behind if each[0] > 0), key=lambda each: -each[0])
    title = measure.title if measure else ""
    far = [
        (row_name(row), Shown(cell.system), number(cell.scores[metric]), Shown(f"{points:.2f} behind the best"))
        for points, row, cell in behind
    ]
    listed = (bad + far)[: max(_WORST, len(bad))]
    if listed:
        said = f"{len(listed)} of {len(bad) + len(far)} cells: those without a score, then those furthest behind."
        yield Section("Worst cells first", (said,), Table(("set", "system", title, "why"), tuple(listed), 4))


def findings(overview: Overview) -> Iterator[Section]:
    """Findings per 1,000 words by language."""
    langs = dict.fromkeys(row.lang for row in overview.rows if any(c.findings is not None for c in row.cells))
    if not langs:
        return
    rows = []
    for lang in langs:
        of = [row for row in overview.rows if row.lang == lang]
        rows.append((Shown(lang), *(_rate(of, system) for system in overview.systems)))
    said = (
        "Penalty per 1,000 words (findings weighed by severity), and how many are major or critical. How often a rule "
        "is right differs by language, so compare within a line."
    )
    yield Section("Findings by language ↓", (said,), Table(("language", *overview.systems), tuple(rows)))


def _rate(rows: Iterable[Row], system: str) -> Shown:
    cells = [row.cell(system) for row in rows if row.cell(system).findings is not None]
    words = sum(cell.words for cell in cells)
    if not words:
        return Shown("–", soft=True)
    grave = sum((cell.findings or {}).get(severity, 0) for cell in cells for severity in _CRITICAL)
    return Shown(f"{1000 * sum(cell.penalty for cell in cells) / words:.1f} ({grave})")


def by_tag(overview: Overview) -> Iterator[Section]:
    """Means by tag, of systems with a score in all sets of it."""
    tags = dict.fromkeys(tag for row in overview.rows for tag in row.tags)
    metric = next(iter(overview.metrics), "")
    if len(tags) < 2 or not metric:
        return
    rows = []
    for tag in tags:
        of = [row for row in overview.rows if tag in row.tags and any(metric in cell.scores for cell in row.cells)]
        found = [mean_of(of, metric, system) if of else None for system in overview.systems]
        cells = map(number, found)
        rows.append((Shown(tag), Shown(str(len(of))), *cells))
    title = overview.metrics[metric].title
    said = f"Mean {title} over the sets of a tag; – where a system lacks one of them."
    yield Section("By tag", (said,), Table(("tag", "sets", *overview.systems), tuple(rows)))


def signatures(overview: Overview) -> Iterator[Section]:
    """How each metric was counted, and in which sets; means over different signatures say so."""
    lines = []
    for metric, measure in overview.metrics.items():
        of: dict[str, list[str]] = {}
        for row in overview.rows:
            if metric in row.signatures:
                of.setdefault(row.signatures[metric], []).append(row.id)
        if len(of) > 1:
            lines.append(f"{measure.title} was counted in {len(of)} ways; a mean over them mixes these:")
        for signature, ids in of.items():
            lines.append(f"{measure.title} in {', '.join(ids)}: {signature}")
    if lines:
        yield Section("Signatures", tuple(lines))
