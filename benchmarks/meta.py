"""How `evalkit meta` behaves: beside the field's own tool, and where the truth is known.

    PYTHONPATH=. python benchmarks/meta.py oracle            # values of the field's tool; needs EVALKIT_DATA
    PYTHONPATH=. python benchmarks/meta.py simulated [N]     # N simulations of made-up scores

Made-up systems have a quality each, segments a difficulty; people and metrics see both with noise. The truth of an
interval is what test sets of this size with the same systems give on average.
"""

from __future__ import annotations

import csv
import os
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from evalkit.meta.agreement import calibrated_accuracy, pair_table, right_at
from evalkit.meta.evaluate import Settings, evaluate
from evalkit.meta.exchange import exchanges
from evalkit.meta.exchanged import two
from evalkit.meta.intervals import Drawing, interval
from evalkit.meta.measures import measures
from evalkit.meta.pairing import Paired
from evalkit.meta.read import read_all

SYSTEMS, SEGMENTS = 10, 100
LEVEL = 0.1
TRIALS = 199


def oracle() -> None:
    """How many values are equal to the bit, and how far the others are."""
    folder = Path(os.environ["EVALKIT_DATA"]) / "wmt/wmt23.zh-en/mt-metrics-eval"
    start = time.process_time()
    metrics = read_all([str(folder / f"{name}-refA.seg.score.gz") for name in ("BLEU", "chrF")])
    humans = read_all([str(folder / f"human.{name}.seg.score.gz") for name in ("mqm", "da-sqm")], human=True)
    found = evaluate(metrics, humans, Settings())
    seconds = time.process_time() - start
    got = {(v.human, v.metric, v.level, v.statistic, v.average or ""): v.value for v in found.values}
    equal, apart = 0, 0.0
    with (folder / "meta_oracle.tsv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            options = dict(part.split("=") for part in row["options"].split(";") if part)
            average = {"sys": "system"}.get(options.get("average", ""), options.get("average", ""))
            value = got.pop((row["human"], row["metric"], row["level"], row["statistic"], average)) or 0.0
            equal += value == float(row["value"])
            apart = max(apart, abs(value - float(row["value"])))
    print(
        f"WMT23 zh-en, 15 systems: {equal} of {len(found.values)} values equal to the bit, largest difference {apart:g}"
    )
    print(f"Values, intervals and {len(found.comparisons)} tests with 1,000 trials: {seconds:.0f} s of CPU time")
    print()
    print("human   level    statistic               average  BLEU   chrF   p")
    values = {(v.human, v.metric, v.level, v.statistic, v.average): v.value for v in found.values}
    tests = {(c.human, c.level, c.statistic, c.average): c.p_value for c in found.comparisons}
    for human, metric, *kind in values:
        if metric == "BLEU-refA":
            level, statistic, average = kind
            p = tests.get((human, level, statistic, average))
            both = [f"{values[human, name, level, statistic, average]:.3f}" for name in ("BLEU-refA", "chrF-refA")]
            tail = "-" if p is None else f"{p:.3f}"
            print(f"{human:7} {level:8} {statistic:23} {average or '':8} {'  '.join(both)}  {tail}")


def world(seed: int, segments: int, noise: tuple[float, ...]) -> list[Paired]:
    """The same people with each metric: qualities of systems are those of every seed."""
    rng = np.random.default_rng(seed)
    quality = np.linspace(0, 0.8, SYSTEMS)[:, None]
    truth = quality + rng.normal(size=(1, segments)) + rng.normal(size=(SYSTEMS, segments))
    human = np.round(2 * (truth + rng.normal(size=truth.shape) / 2)) / 2  # people give few different scores
    names = tuple(f"s{number}" for number in range(SYSTEMS))
    keys = tuple(("", str(number)) for number in range(segments))
    found = []
    for scale in noise:
        metric = truth + scale * rng.normal(size=truth.shape)
        found.append(Paired(names, keys, human, metric, human.mean(axis=1), metric.mean(axis=1)))
    return found


def simulated(number: int) -> None:
    """Intervals that miss, and tests that show a difference where there is none, in per cent."""
    values: dict[tuple[str, str, str | None], list[tuple[float, float | None, float | None]]] = defaultdict(list)
    shown: dict[tuple[str, str, str | None], int] = defaultdict(int)
    by_pairs = 0
    for seed in range(number):
        drawing = Drawing(TRIALS, seed, LEVEL)
        one, other = world(seed, SEGMENTS, (1.0, 1.0))
        for measure in measures(one):
            bounds = interval(measure, drawing, None)
            values[measure.level, measure.statistic, measure.average].append((measure.value, *bounds))
        for tested in exchanges(two(one, other), drawing):
            kind = (tested.level, tested.statistic, tested.average)
            shown[kind] += tested.p_value is not None and tested.p_value <= LEVEL
        by_pairs += p_by_pairs(one, other, drawing) <= LEVEL
    print(f"{number} simulations, {SYSTEMS} systems, {SEGMENTS} segments; both should be {100 * LEVEL:.0f}")
    print()
    print("level    statistic               average  truth missed  no difference, one shown")
    for kind, found in values.items():
        level, statistic, average = kind
        truth = sum(value for value, _, _ in found) / number
        missed = sum(low is None or high is None or not low <= truth <= high for _, low, high in found)
        miss = f"{100 * missed / number:.1f}"
        false = f"{100 * shown[kind] / number:.1f}" if kind in shown else "-"
        print(f"{level:8} {statistic:23} {average or '':8} {miss:>12}  {false:>24}")
    print(f"{'segment':8} {'acc-eq, pairs exchanged':23} {'item':8} {'':>12}  {100 * by_pairs / number:24.1f}")


def p_by_pairs(one: Paired, other: Paired, drawing: Drawing) -> float:
    """The p-value of accuracy with ties if single pairs change places, as the field's tool does."""
    right = []
    for paired in (one, other):
        table = pair_table(paired.human, paired.metric)
        right.append(right_at(table, calibrated_accuracy(table).epsilon).astype(np.float64))
    apart = right[1] - right[0]
    apart = apart[apart != 0]
    signs = 2.0 * np.random.default_rng(drawing.seed).integers(2, size=(drawing.trials, len(apart))) - 1
    return float((np.sum(np.abs(signs @ apart) >= abs(apart.sum())) + 1) / (drawing.trials + 1))


if __name__ == "__main__":
    if sys.argv[1:2] == ["oracle"]:
        oracle()
    elif sys.argv[1:2] == ["simulated"]:
        simulated(int(sys.argv[2]) if len(sys.argv) > 2 else 200)
    else:
        sys.exit(__doc__)
