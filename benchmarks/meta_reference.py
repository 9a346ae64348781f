"""The values of `evalkit meta` computed a second time, by definition and with scipy, on other data than the test's.

    pip install scipy; PYTHONPATH=. python benchmarks/meta_reference.py      # needs EVALKIT_DATA
    ... python benchmarks/meta_reference.py made    # made test sets

People are the MQM ratings of WMT23 English-German, whole and with every seventh rating taken out; metrics are sentence
BLEU and chrF and the difference in length, which has many ties. The made test sets go through files, as a user's do:
errors of several raters in a TSV of Google's kind, scores of lines with `None`, references scored like systems, a
system that one side alone has, segments that nobody or one system alone has, and that all sides call equal.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from sacrebleu.metrics import BLEU, CHRF

from evalkit.meta.measures import measures
from evalkit.meta.pairing import pair, systems_of
from evalkit.meta.read import read_all
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


SETS = 25
ERRORS = {("Accuracy", "Major"): 5.0, ("Style", "Minor"): 1.0, ("Fluency/Punctuation", "Minor"): 0.1}
ERRORS |= {("Non-translation!", "Major"): 25.0, ("Source error", "Major"): 0.0, ("Other", "Neutral"): 0.0}


def made(seed: int, folder: Path) -> tuple[list[Scores], list[Scores], list[Table]]:
    """A made test set, read from its files, and the people's scores as they were made."""
    rng = random.Random(seed)
    systems, segments = [f"s{n}" for n in range(rng.randint(5, 16))], rng.randint(20, 120)
    rows = ["system\tdoc\tdoc_id\tseg_id\trater\tsource\ttarget\tcategory\tseverity"]
    people: Table = [[None] * segments for _ in systems]
    ratings: Table = [[None] * segments for _ in systems]
    unseen, alone, alike = rng.sample(range(segments), 3)
    for place, system in enumerate([*systems, "refA", "nobody"]):
        for segment in range(segments):
            if segment == unseen or (segment == alone and place) or rng.random() < 0.15:
                continue
            sums = []
            for rater in rng.sample(["r1", "r2", "r3"], rng.choice([1, 1, 2, 3])):
                found = [] if segment == alike else rng.choices(list(ERRORS), k=rng.choice([0, 0, 1, 2, 3 + place % 3]))
                head = f"{system}\t\t1\t{segment + 1}\t{rater}\tx\ty"
                rows += [f"{head}\t{category}\t{severity}" for category, severity in found or [("No-error",) * 2]]
                total = 0.0
                for error in found:
                    total += ERRORS[error]
                sums.append(0 - total)
            if place < len(systems):
                people[place][segment] = fmean(sums)
                ratings[place][segment] = float(min(100, max(0, 100 + 8 * sums[0] + rng.randint(-5, 5))))
    (folder / "mqm.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    order = rng.sample(range(len(systems)), len(systems))
    lines = [f"{systems[k]}\t{value}" for k in order for value in ratings[k]]
    (folder / "human.esa.seg.score").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name, digits in (("fine", 12), ("coarse", 0)):
        lines = [
            f"{system}\t{None if rng.random() < 0.05 else round(rng.gauss(place, 9), digits)}"
            for place, system in enumerate([*systems, "refA", "synthetic_ref"])
            for _ in range(segments)
        ]
        (folder / f"{name}.seg.score").write_text("\n".join(lines) + "\n", encoding="utf-8")
    humans = read_all([str(folder / name) for name in ("mqm.tsv", "human.esa.seg.score")], human=True)
    metrics = read_all([str(folder / f"{name}.seg.score") for name in ("fine", "coarse")])
    by_name = sorted(range(len(systems)), key=systems.__getitem__)
    return humans, metrics, [[side[k] for k in by_name] for side in (people, ratings)]


def held(human: Scores, metric: Scores, people: Table | None = None) -> Iterator[tuple[float, float]]:
    """Each value with the one by definition, on the scores as read or on those of people as they were made."""
    names = systems_of(human, [metric], references=False)
    tables = [[[side.segments[n].get(key) for key in human.order] for n in names] for side in (human, metric)]
    if people is not None:
        lines = [("", str(number)) for number in range(1, len(people[0]) + 1)]
        tables = [people, [[metric.segments[name].get(key) for key in lines] for name in names]]
    values = expected(*tables)
    for measure in measures(pair(human, metric, names)):
        yield measure.value, values.pop((measure.level, measure.statistic, measure.average))
    assert not values


def told(what: str, found: list[tuple[float, float]]) -> None:
    equal = sum(one == other or (one != one and other != other) for one, other in found)
    apart = max(abs(one - other) for one, other in found if one == one)
    print(f"{what}: {equal} of {len(found)} values equal to the bit,\nlargest difference {apart:g}")


def main() -> None:
    if sys.argv[1:] == ["made"]:
        found = []
        for seed in range(SETS):
            with TemporaryDirectory() as folder:
                humans, metrics, people = made(seed, Path(folder))
            found += [
                pair
                for human, table in zip(humans, people, strict=True)
                for metric in metrics
                for pair in held(human, metric, table)
            ]
        told(f"{SETS} made test sets", found)
        return
    humans, metrics = data()
    systems = len(systems_of(humans[0], metrics[:1], references=False))
    told(
        f"WMT23 en-de, {systems} systems, {len(humans[0].order)} segments",
        [pair for human in humans for metric in metrics for pair in held(human, metric)],
    )


if __name__ == "__main__":
    main()
