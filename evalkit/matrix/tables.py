"""What an overview shows: the answer in short, a table for each metric, and the details."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from evalkit.matrix.best import best, of_all
from evalkit.matrix.details import by_tag, findings, signatures, worst
from evalkit.matrix.means import Means, means
from evalkit.matrix.overview import ARROWS, Cell, Overview, Row
from evalkit.matrix.shown import Section, Shown, Table, count, gap, mean_of, number, row_name, status

_SHADES = 5  # steps of the heat map: more cannot be told apart by eye


def sections(overview: Overview) -> list[Section]:
    """The overview from the short answer to the details."""
    found = [_short(overview)]
    for metric in overview.metrics:
        found += _of_metric(overview, metric)
    found += [*worst(overview), *findings(overview), *by_tag(overview), *signatures(overview)]
    return found


def _short(overview: Overview) -> Section:
    cells = [cell for row in overview.rows for cell in row.cells]
    counts = {
        status: sum(c.status == status for c in cells) for status in ("missing", "untrusted", "failed", "not run")
    }
    lines = [f"{count(len(overview.rows), 'set')}, {count(len(overview.systems), 'system')}."]
    if gaps := [f"{number} {status}" for status, number in counts.items() if number]:
        lines.append(
            f"Of {len(cells)} cells {', '.join(gaps)}. A cell without a score is in no mean; a system that lacks one "
            "has a mean over its own sets only, in a table of its own."
        )
    for metric in list(overview.metrics)[:1]:
        lines += best(means(overview, metric), overview)
    if stale := [row.id for row in overview.rows if row.stale]:
        lines.append(
            f"Of an earlier run, though their files or settings have changed since: {', '.join(stale)}. "
            "`evalkit run --only new` renews them."
        )
    return Section("In short", tuple(lines))


def _of_metric(overview: Overview, metric: str) -> Iterator[Section]:
    measure = overview.metrics[metric]
    arrow = ARROWS[measure.better]
    widest = max((gap(row, metric, cell, measure.better) for row in overview.rows for cell in row.cells), default=0.0)
    rows = [
        (row_name(row), *(_value(row, row.cell(name), metric, measure.better, widest) for name in overview.systems))
        for row in overview.rows
    ]
    found = means(overview, metric)
    rows += _feet(overview, metric, found)
    said = [f"{measure.title}{f', {measure.scale}' if measure.scale else ''}. {_HOW[measure.better]}"]
    notes = [f"No clusters over the sets: {found.why}."] if found.why else [_OVER_SETS]
    yield Section(f"{measure.title}{arrow}", tuple(said), Table(("set", *overview.systems), tuple(rows)), tuple(notes))
    if found.partial:
        yield _partial(overview, metric, found)
    if any(row.ranks.get(metric) for row in overview.rows):
        yield _places(overview, metric)


def _feet(overview: Overview, metric: str, found: Means) -> Iterator[tuple[Shown, ...]]:
    """The lines below the sets: what each system comes to over all of them."""
    clusters = {ranked.system: ranked for ranked in found.ranked}
    whole = {mean.system: mean for mean in found.complete}
    any_of = {mean.system: mean for mean in (*found.complete, *found.partial)}

    def mean(system: str) -> Shown:
        first = system in clusters and clusters[system].cluster == 1
        return number(whole[system].value if system in whole else None, strong=first)

    def rank(system: str) -> Shown:
        one = any_of.get(system)
        return Shown(f"{one.rank:.1f}", soft=system not in whole, value=one.rank) if one else number(None)

    def cluster(system: str) -> Shown:
        of = clusters.get(system)
        return Shown(f"{of.cluster} ({of.first}–{of.last})") if of else number(None)

    def wins(system: str) -> Shown:
        one = any_of.get(system)
        return Shown(str(one.first), value=one.first) if one else number(None)

    def foot(name: str, show: Callable[[str], Shown]) -> tuple[Shown, ...]:
        return (Shown(name), *map(show, overview.systems))

    yield foot(f"mean over {of_all(found, overview)}", mean)
    yield foot("mean rank", rank)
    if found.ranked:
        yield foot("cluster over the sets (ranks left open)", cluster)
    if any(row.ranks.get(metric) for row in overview.rows):
        yield foot("sets in whose first cluster", wins)


def _places(overview: Overview, metric: str) -> Section:
    """Of each set the cluster a system is in, and the ranks that its paired tests leave open."""
    rows = []
    for row in overview.rows:
        of = {ranked.system: ranked for ranked in row.ranks.get(metric, ())}
        cells = (
            Shown(f"{of[name].cluster} ({of[name].first}–{of[name].last})", strong=of[name].cluster == 1)
            if name in of
            else Shown(status(row.cell(name)), soft=True)
            for name in overview.systems
        )
        rows.append((row_name(row), *cells))
    said = "The cluster of each system in each set, and the ranks that the paired tests of the set leave open."
    title = f"{overview.metrics[metric].title}: clusters and ranks by set"
    return Section(title, (said,), Table(("set", *overview.systems), tuple(rows)))


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
        others = [mean_of(have, metric, one.system) for one in found.complete]
        cells = map(number, others)
        share = f"{mean.rows} of {found.rows}"
        rows.append((Shown(mean.system), Shown(share), number(mean.value), *cells))
    head = ("system", "sets it has", "its mean there", *(f"{one.system} there" for one in found.complete))
    title = overview.metrics[metric].title
    said = "Their means are over other sets than those above: compare them only within a line."
    return Section(f"{title}: systems with missing cells", (said,), Table(head, tuple(rows)))


def _value(row: Row, cell: Cell, metric: str, better: str, widest: float) -> Shown:
    if metric not in cell.scores:
        return Shown(status(cell), soft=True)
    text = f"{cell.scores[metric]:.2f}"
    if metric in cell.low and metric in cell.high:
        text += f" [{cell.low[metric]:.2f}, {cell.high[metric]:.2f}]"
    first = any(r.system == cell.system and r.cluster == 1 for r in row.ranks.get(metric, ()))
    several = any(r.cluster > 1 for r in row.ranks.get(metric, ()))
    shade = math.ceil(_SHADES * gap(row, metric, cell, better) / widest) if widest and better else 0
    return Shown(
        text,
        strong=first and several,
        shade=shade if better else None,
        value=cell.scores[metric],
        low=cell.low.get(metric),
        high=cell.high.get(metric),
    )
