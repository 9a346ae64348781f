"""The values of `evalkit meta` computed a second time, by definition and with scipy, on other data than the test's.

    pip install scipy; PYTHONPATH=. python benchmarks/meta_reference.py      # needs EVALKIT_DATA

People are the MQM ratings of WMT23 English-German, whole and with every seventh rating taken out; metrics are sentence
BLEU and chrF and the difference in length, which has many ties.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from sacrebleu.metrics import BLEU, CHRF

from evalkit.meta.measures import measures
from evalkit.meta.pairing import pair, systems_of
from evalkit.meta.scores import Key, Scores

Table = list[list[float | None]]  # a row a system


def lines(name: str) -> Iterator[Any]:
    path = Path(os.environ["EVALKIT_DATA"]) / "mqm" / f"wmt23.en-de.{name}.jsonl.gz"
    return map(json.loads, gzip.decompress(path.read_bytes()).decode().splitlines())


def data() -> tuple[list[Scores], list[Scores]]:
    """Humans and metrics."""
    references = {one["seg"]: list(one["refs"].values()) for one in lines("segments")}
    keys: dict[int, Key] = {segment: ("", str(segment)) for segment in sorted(references)}
    bleu, chrf = BLEU(effective_order=True), CHRF()
    kinds: dict[str, Callable[[str, list[str]], float]] = {
        "bleu": lambda text, refs: bleu.sentence_score(text, refs).score,
        "chrf": lambda text, refs: chrf.sentence_score(text, refs).score,
        "length": lambda text, refs: float(-abs(len(text) - len(refs[0]))),
    }
    found: dict[str, dict[str, dict[Key, float]]] = defaultdict(lambda: defaultdict(dict))
    for one in lines("annotations"):
        system, segment = one["system"], one["seg"]
        penalty = -float(sum(error["weight"] for error in one["errors"]))
        found["whole"][system][keys[segment]] = penalty
        if zlib.crc32(f"{system}{segment}".encode()) % 7:
            found["holes"][system][keys[segment]] = penalty
        for name, score in kinds.items():
            found[name][system][keys[segment]] = score(one["hyp"], references[segment])
    sides = {name: Scores(name, scores, {}, tuple(keys.values())) for name, scores in found.items()}
    return [sides["whole"], sides["holes"]], [sides[name] for name in kinds]


def expected(human: Table, metric: Table) -> dict[tuple[str, str, str | None], float]:
    """Every statistic by its definition."""
    from scipy.stats import kendalltau, pearsonr, spearmanr

    means = [[fmean(x for x in row if x is not None) for row in side] for side in (human, metric)]
    first, second = np.triu_indices(len(human), 1)
    signs = [np.sign(np.array(side)[first] - np.array(side)[second]) for side in means]
    whole = [c for c in range(len(human[0])) if all(row[c] is not None for row in (*human, *metric))]
    rated = [np.array([[row[c] for c in whole] for row in side], dtype=np.float32) for side in (human, metric)]
    found: dict[tuple[str, str, str | None], float] = {
        ("system", "pairwise-accuracy", None): float(np.mean(signs[0] == signs[1])),
        ("system", "soft-pairwise-accuracy", None): float(1 - np.mean(np.abs(chances(rated[0]) - chances(rated[1])))),
        ("segment", "acc-eq", "item"): best_accuracy(list(zip(*human, strict=True)), list(zip(*metric, strict=True))),
    }
    for name, of in (("pearson", pearsonr), ("spearman", spearmanr), ("kendall-b", kendalltau)):
        found["system", name, None] = float(of(*means)[0])
        if name != "spearman":
            found["segment", name, "none"] = mean(of, [list(chain(*human))], [list(chain(*metric))])
            found["segment", name, "system"] = mean(of, human, metric)
            found["segment", name, "item"] = mean(of, zip(*human, strict=True), zip(*metric, strict=True))
    return found


def rated_pairs(human: Sequence[float | None], metric: Sequence[float | None]) -> list[tuple[float, float]]:
    return [(x, y) for x, y in zip(human, metric, strict=True) if x is not None and y is not None]


def mean(of: Callable[..., Any], human: Any, metric: Any) -> float:
    total, count = 0.0, 0
    for row in zip(human, metric, strict=True):
        both = rated_pairs(*row)
        value = of(*zip(*both, strict=True))[0] if len(both) > 1 else float("nan")
        if value == value:
            total, count = total + value, count + 1
    return float(total / count)


def chances(scores: Any) -> Any:
    """p-values of all pairs of systems, by products of matrices in single precision."""
    drawn = np.random.default_rng(4).random(size=(1000, scores.shape[1]), dtype=np.float32)
    sums = (np.rint(drawn) * np.float32(2) - np.float32(1)) @ scores.T
    whole = scores.sum(axis=1)
    return np.array(
        [np.mean(sums[:, a] - sums[:, b] >= whole[a] - whole[b]) for a, b in combinations(range(len(scores)), 2)]
    )


def best_accuracy(human: Any, metric: Any) -> float:
    """Accuracy at the best threshold: one pair after the other becomes a tie."""
    right, number, every = defaultdict(int), defaultdict(int), []
    for segment, row in enumerate(zip(human, metric, strict=True)):
        for (x, y), (v, w) in combinations(rated_pairs(*row), 2):
            was = np.sign(x - v) == np.sign(y - w)
            right[segment] += int(was)
            number[segment] += 1
            every.append((abs(y - w), segment, int(x == v) - int(was)))
    total = 0.0
    for segment in number:
        total += right[segment] / number[segment]
    best, size = [total], [0.0]
    for apart, segment, change in sorted(every, key=lambda one: one[0]):
        total -= right[segment] / number[segment]
        right[segment] += change
        total += right[segment] / number[segment]
        if apart == size[-1]:
            best[-1] = total
        else:
            best.append(total)
            size.append(apart)
    return max(best) / len(number)


def main() -> None:
    humans, metrics = data()
    equal, count, apart = 0, 0, 0.0
    for human in humans:
        for metric in metrics:
            names = systems_of(human, [metric], references=False)
            tables = [[[side.segments[n].get(key) for key in human.order] for n in names] for side in (human, metric)]
            values = expected(*tables)
            for measure in measures(pair(human, metric, names)):
                other = values.pop((measure.level, measure.statistic, measure.average))
                equal, count, apart = (
                    equal + (measure.value == other),
                    count + 1,
                    max(apart, abs(measure.value - other)),
                )
            assert not values
    print(
        f"WMT23 en-de, {len(names)} systems, {len(human.order)} segments: {equal} of {count} values equal to the bit,"
    )
    print(f"largest difference {apart:g}")


if __name__ == "__main__":
    main()
