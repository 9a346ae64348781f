"""How the paired tests behave where the truth is known.

    PYTHONPATH=. python benchmarks/significance.py [SIMULATIONS] [TABLE ...]

Systems are made up (benchmarks/_simulated.py), so it is known which of them differ. Prints how often the
tests reject a true null hypothesis, with segments and with whole documents drawn, how often they show a
difference of the size the result calls detectable, and what the corrections hold. Tables are segments, documents,
penalties, shapes, largest, intervals, power, coverage and many; without a word all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from math import fsum, sqrt
from typing import Any

from benchmarks._simulated import METRICS, Sample, World, rare_against_even, sample
from benchmarks._simulated_real import is_here, real, tied
from evalkit.compare.statistics import TESTS, compare_systems
from evalkit.compare.statistics.rates import FindingRate, rate_of
from evalkit.plugins import Registry
from evalkit.records.comparison import Comparison

TRIALS = 199
FIRST = 200  # simulations a cell of the table in docs/measured/statistics.md


@cache
def scorer_of(metric: str) -> Any:
    return rate_of("penalty_per_1000_words") if metric == "penalty" else Registry().make("scorer", metric)


def compared(
    world: World,
    metric: str,
    test: str,
    *,
    by_document: bool = False,
    advantages: tuple[float, ...] = (0.0, 0.0),
    correction: str = "none",
    trials: int = TRIALS,
    interval_trials: int = 20,
) -> tuple[Comparison, ...]:
    """All pairs of one sample."""
    drawn = sample(world, metric, advantages)
    return compare_systems(
        drawn.systems,
        scorer_of(metric),
        metric=metric,
        scope="corpus",
        test=test,
        trials=trials,
        interval_trials=interval_trials,
        seed=world.seed,
        correction=correction,
        documents=drawn.documents,
        by_document=by_document,
    )


def shown(found: Sequence[Comparison]) -> float:
    """Share of comparisons with a difference shown."""
    return sum(c.outcome in ("better", "worse") for c in found) / len(found)


def under_the_null(sizes: Sequence[int], simulations: int) -> Iterator[tuple[str, ...]]:
    """Share of true null hypotheses rejected at 0.05, by test, metric and number of segments."""
    for test in TESTS:
        for metric in METRICS:
            shares = [
                shown([compared(World(size, 1, seed=s), metric, test)[0] for s in range(simulations)]) for size in sizes
            ]
            yield test, metric, *(f"{100 * share:.1f}" for share in shares)


def by_documents(simulations: int) -> Iterator[tuple[str, ...]]:
    """The same with 20 segments to a document, for correlations within documents; segments drawn, then documents."""
    for documents in (10, 20, 40, 80):
        for correlation in (0.0, 0.1, 0.3):
            cells = []
            for test in ("randomisation", "bootstrap-two-sided"):
                for whole in (False, True):
                    worlds = [World(documents, 20, correlation, seed=s) for s in range(simulations)]
                    cells.append(shown([compared(w, "ter", test, by_document=whole)[0] for w in worlds]))
            yield str(documents), f"{correlation:g}", *(f"{100 * share:.1f}" for share in cells)


def rare(simulations: int, sizes: Sequence[int] = (20, 50, 100, 200, 500)) -> Iterator[tuple[str, ...]]:
    """Two systems with the same penalty in truth, one of them by a rare critical finding: how often one is called
    better, without and with one more of them than was seen."""
    for unseen in (0.0, 25.0):
        shares = [
            shown([
                compare_systems(rare_against_even(size, seed).systems, FindingRate(unseen=unseen), metric="penalty",
                                scope="corpus", test="randomisation", trials=TRIALS, interval_trials=20, seed=seed)[0]
                for seed in range(simulations)
            ])
            for size in sizes
        ]  # fmt: skip
        yield "one more" if unseen else "as seen", *(f"{100 * share:.1f}" for share in shares)


def shapes(simulations: int, sizes: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Equal systems with many ties, and with real ratings: drawn by segment, and by document of ten."""

    def rejected(draw: Callable[[int], Sample], scorer: Any, test: str, by_document: bool = False) -> str:
        claims = 0.0
        for seed in range(simulations):
            drawn = draw(seed)
            claims += shown(
                compare_systems(drawn.systems, scorer, metric="penalty", scope="corpus", test=test, trials=TRIALS,
                                interval_trials=20, seed=seed, documents=drawn.documents, by_document=by_document)
            )  # fmt: skip
        return f"{100 * claims / simulations:.1f}"

    for test in TESTS:
        yield (
            "nine of ten segments tied",
            test,
            *(rejected(partial(tied, size), scorer_of("ter"), test) for size in sizes),
        )
    for unseen, rate in ((0.0, "number or weight as seen"), (25.0, "penalty")) if is_here() else ():
        for whole in (False, True):
            name = f"real ratings, {rate}, {'by document' if whole else 'by segment'}"
            enough = [size >= 100 or not whole for size in sizes]
            cells = [
                rejected(partial(real, size, by_document=whole), FindingRate(unseen=unseen), "randomisation", whole)
                if fits else "-"
                for size, fits in zip(sizes, enough, strict=True)
            ]  # fmt: skip
            yield name, "randomisation", *cells


def largest(simulations: int) -> Iterator[tuple[str, ...]]:
    """Cells above 7 % of the first 200 seeds, then with as many seeds as wanted that came after these: of a hundred
    cells some are large by chance, and chance does not strike the same ones twice."""

    def by_segment(test: str, metric: str, size: int) -> Callable[[int], Comparison]:
        return lambda seed: compared(World(size, 1, seed=seed), metric, test)[0]

    def by_cluster(test: str, whole: bool, documents: int, correlation: float) -> Callable[[int], Comparison]:
        return lambda seed: compared(World(documents, 20, correlation, seed=seed), "ter", test, by_document=whole)[0]

    two_sided = "bootstrap-two-sided"
    cells: list[tuple[str, str, Callable[[int], Comparison]]] = [
        (f"{metric}, {size} segments", test, by_segment(test, metric, size))
        for test, metric, size in (
            (two_sided, "bleu", 10),
            ("bootstrap", "ter", 50),
            (two_sided, "bleu", 20),
            (two_sided, "bleu", 50),
            (two_sided, "chrf", 100),
            ("randomisation", "bleu", 20),
        )
    ]
    cells += [
        (f"ter, {documents} documents, correlation {correlation:g}, {'documents' if whole else 'segments'} drawn", test,
         by_cluster(test, whole, documents, correlation))
        for test, whole, documents, correlation in (
            ("randomisation", True, 40, 0.0),
            (two_sided, False, 80, 0.0),
            (two_sided, True, 40, 0.0),
            (two_sided, True, 80, 0.1),
        )
    ]  # fmt: skip
    for what, test, draw in cells:
        first = shown([draw(seed) for seed in range(FIRST)])
        again = shown([draw(seed) for seed in range(FIRST, FIRST + simulations)])
        yield what, test, f"{100 * first:.1f}", f"{100 * again:.1f}"


def coverage_by_document(simulations: int) -> Iterator[tuple[str, ...]]:
    """Share of 95 % intervals of the difference that hold the truth, whole documents drawn."""
    for documents in (5, 10, 20, 40, 80):
        cells = []
        for correlation in (0.1, 0.3):
            for test in ("randomisation", "bootstrap-two-sided"):
                worlds = [World(documents, 10, correlation, seed=s) for s in range(simulations)]
                found = [compared(w, "ter", test, by_document=True, trials=399, interval_trials=399)[0] for w in worlds]
                held = [c.low <= 0 <= c.high for c in found if c.low is not None and c.high is not None]
                cells.append(f"{100 * sum(held) / len(held):.1f}" if held else "refused")
        yield str(documents), *cells


def power(simulations: int) -> Iterator[tuple[str, ...]]:
    """How often a true difference of the detectable size is shown; 80 is promised."""
    for metric in METRICS:
        for size in (100, 400):
            # What one logit is worth in points, and the size of the detectable difference, from large samples.
            large = [compared(World(2000, 1, seed=s), metric, "randomisation", advantages=(0.0, 0.1), trials=1)[0]
                     for s in range(20)]  # fmt: skip
            slope = fsum(c.delta for c in large) / len(large) / 0.1
            null = [compared(World(size, 1, seed=s), metric, "randomisation", trials=1, interval_trials=200)[0]
                    for s in range(50)]  # fmt: skip
            reach = fsum(c.detectable or 0.0 for c in null) / len(null)
            found = [
                compared(World(size, 1, seed=1000 + s), metric, "randomisation", advantages=(0.0, abs(reach / slope)))[
                    0
                ]
                for s in range(simulations)
            ]
            real = fsum(c.delta for c in found) / len(found)
            yield metric, str(size), f"{reach:.2f}", f"{abs(real):.2f}", f"{100 * shown(found):.0f}"


def coverage(simulations: int) -> Iterator[tuple[str, ...]]:
    """Share of 95 % intervals of the difference that hold the truth, which is zero."""
    for metric in METRICS:
        cells = []
        for size in (10, 20, 50, 100, 500):
            found = [compared(World(size, 1, seed=s), metric, "bootstrap", trials=1000)[0] for s in range(simulations)]
            cells.append(sum((c.low or 0.0) <= 0 <= (c.high or 0.0) for c in found) / len(found))
        yield metric, *(f"{100 * share:.1f}" for share in cells)


def many(simulations: int) -> Iterator[tuple[str, ...]]:
    """Ten equal systems, 45 comparisons: how often at least one difference is claimed."""
    for correction in ("none", "bh", "holm"):
        claimed = [
            shown(compared(World(100, 1, seed=s), "ter", "randomisation", advantages=(0.0,) * 10,
                           correction=correction, trials=1999)) > 0
            for s in range(simulations)
        ]  # fmt: skip
        yield correction, f"{100 * sum(claimed) / simulations:.0f}"


def table(title: str, head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> None:
    listed = [tuple(head), *rows]
    sizes = [max(len(row[place]) for row in listed) for place in range(len(head))]
    print(title, end="\n\n")
    for number, row in enumerate(listed):
        print("  ".join(cell.ljust(size) if not place else cell.rjust(size)
                        for place, (cell, size) in enumerate(zip(row, sizes, strict=True))).rstrip())  # fmt: skip
        if not number:
            print("  ".join("-" * size for size in sizes))
    print()


SIZES = (10, 20, 50, 100, 500)
HEADS = tuple(f"{size} segments" for size in SIZES)
# Title, head and rows of every table, by the word that chooses it.
TABLES: dict[str, tuple[str, tuple[str, ...], Callable[[int], Iterator[tuple[str, ...]]]]] = {
    "segments": (
        "True null hypotheses rejected at the level 0.05, in %",
        ("test", "metric", *HEADS),
        lambda simulations: under_the_null(SIZES, simulations),
    ),
    "documents": (
        "True null hypotheses rejected, TER, 20 segments to a document that have something in common, in %",
        ("documents", "correlation", "randomisation, segments", "by document", "bootstrap, segments", "by document"),
        by_documents,
    ),
    "penalties": (
        "Equal penalties, a critical finding in every fiftieth segment or that weight in minor ones, told apart, in %",
        ("test", *(f"{size} segments" for size in (20, 50, 100, 200, 500))),
        rare,
    ),
    "shapes": (
        "Ties, and ratings of real systems drawn so that neither side is better, in %",
        ("what", "test", *HEADS),
        lambda simulations: shapes(simulations, SIZES),
    ),
    "largest": (
        f"The cells above 7 % in {FIRST} simulations, and again with other seeds, in %",
        ("what", "test", "first", "again"),
        largest,
    ),
    "intervals": (
        "95 % intervals by document that hold the true difference, in %, 10 segments to a document",
        ("documents", "randomisation .1", "bootstrap .1", "randomisation .3", "bootstrap .3"),
        coverage_by_document,
    ),
    "power": (
        "True differences of the detectable size that are shown, in % (80 is meant)",
        ("metric", "segments", "detectable", "true difference", "shown"),
        power,
    ),
    "coverage": ("95 % intervals that hold the true difference, in %", ("metric", *HEADS), coverage),
    "many": (
        "Ten equal systems, 45 comparisons: sets with at least one false claim, in %",
        ("correction", "sets"),
        lambda simulations: many(max(100, simulations // 5)),
    ),
}


def main(simulations: int, chosen: Sequence[str] = ()) -> None:
    error = 100 * sqrt(0.05 * 0.95 / simulations)
    print(f"{simulations:,} simulations a cell: one standard error is {error:.1f} at a share of 5 %.\n")
    for name in chosen or TABLES:
        title, head, rows = TABLES[name]
        table(title, head, rows(simulations))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, sys.argv[2:])
