"""What the pages of an overview show, as headings, sentences and tables of cells that know nothing of a format."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from evalkit.matrix.means import Means, means
from evalkit.matrix.overview import Cell, Overview, Row

_WORST = 20  # cells listed: more are no reading list
_SHADES = 5  # steps of the heat map: more cannot be told apart by eye
_CRITICAL = ("critical", "major")


class Shown(Struct, frozen=True):
    """A cell of a table. `strong`: in the first cluster; `shade` from 0 (the best of its row) to 5; `link` is a page
    beside the overview."""

    text: str
    strong: bool = False
    shade: int | None = None
    link: str = ""
    soft: bool = False


class Table(Struct, frozen=True):
    """Of the columns the first `texts` hold words, the others numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    texts: int = 1


class Section(Struct, frozen=True):
    heading: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None
    notes: tuple[str, ...] = ()


def sections(overview: Overview) -> list[Section]:
    """The overview from the short answer to the details."""
    found = [_short(overview)]
    for metric in overview.metrics:
        found += _of_metric(overview, metric)
    found += [*_worst(overview), *_findings(overview), *_by_tag(overview), *_signatures(overview)]
    return found


def _short(overview: Overview) -> Section:
    cells = [cell for row in overview.rows for cell in row.cells]
    counts = {
        status: sum(c.status == status for c in cells) for status in ("missing", "untrusted", "failed", "not run")
    }
    lines = [f"{_count(len(overview.rows), 'set')}, {_count(len(overview.systems), 'system')}."]
    if gaps := [f"{number} {status}" for status, number in counts.items() if number]:
        lines.append(
            f"Of {len(cells)} cells {', '.join(gaps)}. A cell without a score is in no mean; a system that lacks one "
            "has a mean over its own sets only, in a table of its own."
        )
    for metric in list(overview.metrics)[:1]:
        lines += _best(means(overview, metric), overview, overview.metrics[metric].title)
    if stale := [row.id for row in overview.rows if row.stale]:
        lines.append(
            f"Of an earlier run, though their files or settings have changed since: {', '.join(stale)}. "
            "`evalkit run --only new` renews them."
        )
    return Section("In short", tuple(lines))


def _of_all(found: Means, overview: Overview) -> str:
    """How many sets have a score at all."""
    number = len(overview.rows)
    return _count(number, "set") if found.rows == number else f"{found.rows} of {_count(number, 'set')}"


def _best(found: Means, overview: Overview, title: str) -> Iterator[str]:
    if not found.complete:
        yield f"No system has a {title} in every set, so there is no mean to rank by."
        return
    best = found.complete[0]
    yield f"{best.system} has the best mean {title} over {_of_all(found, overview)}: {best.value:.2f}."
    if found.why:
        yield f"Whether the systems differ over the sets was not tested: {found.why}."
    elif beside := [r.system for r in found.ranked if r.cluster == 1 and r.system != best.system]:
        yield f"Over the sets it cannot be told apart from {', '.join(beside)}."
    elif found.ranked:
        yield "Over the sets it is shown to be better than every other."


def _of_metric(overview: Overview, metric: str) -> Iterator[Section]:
    measure = overview.metrics[metric]
    arrow = {"higher": " ↑", "lower": " ↓", "": ""}[measure.better]
    widest = max((_gap(row, metric, cell, measure.better) for row in overview.rows for cell in row.cells), default=0.0)
    rows = [
        (_row_name(row), *(_value(row, row.cell(name), metric, measure.better, widest) for name in overview.systems))
        for row in overview.rows
    ]
    found = means(overview, metric)
    clusters = {ranked.system: ranked for ranked in found.ranked}
    whole = {mean.system: mean for mean in found.complete}
    own = {mean.system: mean for mean in found.partial}

    def foot(name: str, show: object) -> tuple[Shown, ...]:
        return (Shown(name), *(show(system) for system in overview.systems))  # type: ignore[operator]

    def mean(system: str) -> Shown:
        first = system in clusters and clusters[system].cluster == 1
        return Shown(f"{whole[system].value:.2f}", strong=first) if system in whole else Shown("–", soft=True)

    def rank(system: str) -> Shown:
        one = whole.get(system) or own.get(system)
        return Shown(f"{one.rank:.1f}", soft=system in own) if one else Shown("–", soft=True)

    def cluster(system: str) -> Shown:
        of = clusters.get(system)
        return Shown(f"{of.cluster} ({of.first}–{of.last})" if of else "–", soft=of is None)

    def wins(system: str) -> Shown:
        one = whole.get(system) or own.get(system)
        return Shown(str(one.first) if one else "–", soft=one is None)

    rows.append(foot(f"mean over {_of_all(found, overview)}", mean))
    rows.append(foot("mean rank", rank))
    if found.ranked:
        rows.append(foot("cluster over the sets (ranks left open)", cluster))
    if any(row.ranks.get(metric) for row in overview.rows):
        rows.append(foot("sets in whose first cluster", wins))
    said = [f"{measure.title}{f', {measure.scale}' if measure.scale else ''}. {_HOW[measure.better]}"]
    notes = [f"No clusters over the sets: {found.why}."] if found.why else [_OVER_SETS]
    yield Section(f"{measure.title}{arrow}", tuple(said), Table(("set", *overview.systems), tuple(rows)), tuple(notes))
    if own:
        yield _partial(overview, metric, found)


_BOLD = (
    "Bold: the first cluster of the set, each of it shown to be better than every system outside it. "
    "The darker a cell, the further it is behind the best of its set."
)
_HOW = {"higher": _BOLD, "lower": _BOLD, "": "Nobody has said which way is better, so nothing is ranked."}
_OVER_SETS = (
    "Over the sets: a paired randomisation test of the mean difference with sets as what is drawn, p corrected after "
    "Holm; it speaks of sets like these."
)


def _partial(overview: Overview, metric: str, found: Means) -> Section:
    """Systems that lack a score somewhere, each beside the complete ones on the sets that it has."""
    rows = []
    for mean in found.partial:
        have = [row for row in overview.rows if metric in row.cell(mean.system).scores]
        others = [_mean_of(have, metric, one.system) for one in found.complete]
        cells = (Shown(f"{value:.2f}") if value is not None else Shown("–", soft=True) for value in others)
        share = f"{mean.rows} of {found.rows}"
        rows.append((Shown(mean.system), Shown(share), Shown(f"{mean.value:.2f}"), *cells))
    head = ("system", "sets it has", "its mean there", *(f"{one.system} there" for one in found.complete))
    title = overview.metrics[metric].title
    said = "Their means are over other sets than those above: compare them only within a line."
    return Section(f"{title}: systems with missing cells", (said,), Table(head, tuple(rows)))


def _mean_of(rows: Sequence[Row], metric: str, system: str) -> float | None:
    found = [row.cell(system).scores.get(metric) for row in rows]
    known = [value for value in found if value is not None]
    return math.fsum(known) / len(known) if known and len(known) == len(found) else None


def _value(row: Row, cell: Cell, metric: str, better: str, widest: float) -> Shown:
    if metric not in cell.scores:
        return Shown(_status(cell), soft=True)
    text = f"{cell.scores[metric]:.2f}"
    if metric in cell.low and metric in cell.high:
        text += f" [{cell.low[metric]:.2f}, {cell.high[metric]:.2f}]"
    first = any(r.system == cell.system and r.cluster == 1 for r in row.ranks.get(metric, ()))
    several = any(r.cluster > 1 for r in row.ranks.get(metric, ()))
    gap = _gap(row, metric, cell, better)
    shade = math.ceil(_SHADES * gap / widest) if widest and better else 0
    return Shown(text, strong=first and several, shade=shade if better else None)


def _status(cell: Cell) -> str:
    return {"untrusted": "not trusted", "scored": "–"}.get(cell.status, cell.status)


def _gap(row: Row, metric: str, cell: Cell, better: str) -> float:
    """How far a cell is behind the best of its row, in points; 0 where it has no score."""
    if metric not in cell.scores:
        return 0.0
    known = [other.scores[metric] for other in row.cells if metric in other.scores]
    return (max(known) - cell.scores[metric]) if better != "lower" else cell.scores[metric] - min(known)


def _row_name(row: Row) -> Shown:
    made = any(cell.status in ("scored", "untrusted") for cell in row.cells)
    return Shown(f"{row.id}{' (stale)' if row.stale else ''}", link=f"{row.folder}/report.html" if made else "")


def _worst(overview: Overview) -> Iterator[Section]:
    """Cells without a score first, then those furthest behind the best of their row."""
    bad = [
        (_row_name(row), Shown(cell.system), Shown(_status(cell)), Shown(cell.reason))
        for row in overview.rows
        for cell in row.cells
        if cell.status != "scored"
    ]
    metric = next(iter(overview.metrics), "")
    measure = overview.metrics.get(metric)
    better = measure.better if measure else ""
    behind = [
        (_gap(row, metric, cell, better), row, cell)
        for row in (overview.rows if better else ())
        for cell in row.cells
        if metric in cell.scores
    ]
    behind = sorted((each for each in behind if each[0] > 0), key=lambda each: -each[0])
    title = measure.title if measure else ""
    far = [
        (_row_name(row), Shown(cell.system), Shown(f"{cell.scores[metric]:.2f}"), Shown(f"{gap:.2f} behind the best"))
        for gap, row, cell in behind
    ]
    listed = (bad + far)[: max(_WORST, len(bad))]
    if listed:
        said = f"{len(listed)} of {len(bad) + len(far)} cells: those without a score, then those furthest behind."
        yield Section("Worst cells first", (said,), Table(("set", "system", title, "why"), tuple(listed), 4))


def _findings(overview: Overview) -> Iterator[Section]:
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


def _by_tag(overview: Overview) -> Iterator[Section]:
    """Means by tag, of systems with a score in all sets of it."""
    tags = dict.fromkeys(tag for row in overview.rows for tag in row.tags)
    metric = next(iter(overview.metrics), "")
    if len(tags) < 2 or not metric:
        return
    rows = []
    for tag in tags:
        of = [row for row in overview.rows if tag in row.tags and any(metric in cell.scores for cell in row.cells)]
        found = [_mean_of(of, metric, system) if of else None for system in overview.systems]
        cells = (Shown(f"{v:.2f}") if v is not None else Shown("–", soft=True) for v in found)
        rows.append((Shown(tag), Shown(str(len(of))), *cells))
    title = overview.metrics[metric].title
    said = f"Mean {title} over the sets of a tag; – where a system lacks one of them."
    yield Section("By tag", (said,), Table(("tag", "sets", *overview.systems), tuple(rows)))


def _signatures(overview: Overview) -> Iterator[Section]:
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


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
