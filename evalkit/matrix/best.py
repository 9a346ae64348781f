"""The one sentence that many read: who is best over the sets. Means over different sets are never held against each
other: who lacks a set is compared with a rival on the sets that both have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.matrix.means import Means
from evalkit.matrix.overview import Overview, Row
from evalkit.matrix.shown import count, mean_of


def best(found: Means, overview: Overview) -> Iterator[str]:
    """Who leads by the mean of a metric, or why nobody does."""
    measure = overview.metrics[found.metric]
    title = measure.title
    if not measure.better:
        yield f"Nobody has said which way of {title} is better, so nothing is ranked by it."
    elif not found.complete:
        yield f"No system has a {title} in every set, so there is no mean to rank by."
        yield from _shared_by_all(found, overview)
    elif len(found.complete) == 1:
        (only,) = found.complete
        if not found.partial:
            sets = of_all(found, overview)
            yield f"{only.system} has a mean {title} of {only.value:.2f} over {sets}; it has no rival."
            return
        yield f"Only {only.system} has a {title} in every set, so there is no mean to rank by."
        yield from _beside(only.system, [mean.system for mean in found.partial], found, overview)
    else:
        yield from _leader(found, overview, title)


def of_all(found: Means, overview: Overview) -> str:
    """How many sets have a score at all."""
    number = len(overview.rows)
    return count(number, "set") if found.rows == number else f"{found.rows} of {count(number, 'set')}"


def _leader(found: Means, overview: Overview, title: str) -> Iterator[str]:
    first = found.complete[0]
    level = [mean.system for mean in found.complete if mean.value == first.value]
    ahead = [mean.system for mean in found.partial if _lead(mean.system, first.system, found, overview) > 0]
    among = f" of the {len(found.complete)} systems with a score in each" if found.partial else ""
    verb = "has" if len(level) == 1 else "have"
    which = "highest" if overview.metrics[found.metric].better == "higher" else "lowest"
    word = which if ahead else "best"  # no "best" where a rival that lacks a set is better on those it has
    names, sets = " and ".join(level), of_all(found, overview)
    yield f"{names} {verb} the {word} mean {title} over {sets}{among}: {first.value:.2f}."
    yield from _beside(first.system, [mean.system for mean in found.partial], found, overview)
    if found.why:
        yield f"Whether the systems differ over the sets was not tested: {found.why}."
    elif beside := [r.system for r in found.ranked if r.cluster == 1 and r.system != first.system]:
        yield f"Over the sets {first.system} cannot be told apart from {', '.join(beside)}."
    elif found.ranked:
        among = " with a score in each" if found.partial else ""
        yield f"Over the sets it is shown to be better than every other{among}."


def _beside(system: str, others: Sequence[str], found: Means, overview: Overview) -> Iterator[str]:
    """Rivals that lack a set, each on the sets that both have: those that are ahead there, then the others."""
    leads = {other: _lead(other, system, found, overview) for other in others}
    for other in sorted((name for name, lead in leads.items() if lead > 0), key=lambda name: -leads[name]):
        mine, theirs, sets = _shared(system, other, found.metric, overview)
        yield f"{other} is ahead of {system} on the {count(sets, 'set')} that both have: {theirs:.2f} to {mine:.2f}."
    if level := [name for name, lead in leads.items() if lead == 0]:
        yield f"On the sets that both have, {system} is level with {', '.join(level)}."
    if behind := [name for name, lead in leads.items() if lead < 0]:
        yield f"On the sets that both have, {system} is ahead of {', '.join(behind)}."


def _lead(one: str, other: str, found: Means, overview: Overview) -> float:
    """By how much one system is better than another on the sets that both have."""
    first, second, _ = _shared(one, other, found.metric, overview)
    return first - second if overview.metrics[found.metric].better == "higher" else second - first


def _shared(one: str, other: str, metric: str, overview: Overview) -> tuple[float, float, int]:
    """The means of two systems over the sets that both have, and how many these are."""
    rows = [row for row in overview.rows if all(metric in row.cell(name).scores for name in (one, other))]
    return _mean(rows, metric, one), _mean(rows, metric, other), len(rows)


def _mean(rows: Sequence[Row], metric: str, system: str) -> float:
    return mean_of(rows, metric, system) or 0.0


def _shared_by_all(found: Means, overview: Overview) -> Iterator[str]:
    """Where nobody has every set: the means over the sets that all have."""
    systems = [mean.system for mean in found.partial]
    rows = [row for row in overview.rows if all(found.metric in row.cell(name).scores for name in systems)]
    if not systems:
        return
    if not rows:
        yield "No set has a score of every system either: compare them set by set."
        return
    sign = -1 if overview.metrics[found.metric].better == "higher" else 1
    over = {name: _mean(rows, found.metric, name) for name in systems}
    order = sorted(over, key=lambda name: sign * over[name])
    means = ", ".join(f"{name} {over[name]:.2f}" for name in order)
    yield f"Means over the {count(len(rows), 'set')} that all have, the best first: {means}."
