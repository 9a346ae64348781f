"""The published procedure: every p-value and interval that sacrebleu 2.6.0 gave for the WMT systems."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from evalkit.compare.statistics import bootstrap_interval, compare_systems
from evalkit.compare.statistics.items import Items
from evalkit.compare.statistics.resampling import bootstrap_scores, matrix_of
from evalkit.kernel import batches
from evalkit.plugins import Registry

pytestmark = pytest.mark.slow

METRICS = {"BLEU": "bleu", "chrF2": "chrf"}
# p-values in each table, so that none is passed over.
PUBLISHED = {
    ("wmt22.zh-en", "significance.tsv"): 24, ("wmt22.zh-en", "significance_close.tsv"): 16,
    ("wmt23.zh-en", "significance.tsv"): 12, ("wmt23.zh-en", "significance_close.tsv"): 16,
}  # fmt: skip
TESTS = {"bs": "bootstrap", "ar": "randomisation"}


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def published(path: Path) -> dict[tuple[str, str], list[dict[str, str]]]:
    """Rows of one table by references and metric; the first of each test is its baseline."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    with path.open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            groups.setdefault((row["refs"], row["metric"]), []).append(row)
    return groups


def measured(folder: Path, refs: str, metric: str, names: list[str]) -> dict[str, Items]:
    references = [lines(folder / "references" / f"{name}.en.txt.gz") for name in refs.split("+")]
    texts = [lines(folder / "systems" / f"{name}.en.txt.gz") for name in names]
    tables = batches.measure_all(Registry().make("scorer", METRICS[metric]), texts, references)
    return {
        name: Items(tuple(map(str, range(len(t)))), np.frombuffer(t.data).reshape(-1, t.width).copy())
        for name, t in zip(names, tables, strict=True)
    }


@pytest.mark.parametrize("table", ["significance.tsv", "significance_close.tsv"])
@pytest.mark.parametrize("campaign", ["wmt22.zh-en", "wmt23.zh-en"])
def test_every_published_p_value(data, campaign: str, table: str) -> None:
    """Equal to the last digit, for both tests, both metrics, one reference and two."""
    folder = data(f"wmt/{campaign}")
    compared = 0
    for (refs, metric), rows in published(folder / "oracle" / table).items():
        systems = measured(folder, refs, metric, list(dict.fromkeys(row["system"] for row in rows)))
        scorer = Registry().make("scorer", METRICS[metric])
        for code, test in TESTS.items():
            wanted = {r["system"]: float(r["p_value"]) for r in rows if r["test"] == code and r["p_value"] != "None"}
            found = compare_systems(
                systems, scorer, metric=METRICS[metric], scope="corpus", baseline=rows[0]["baseline"], test=test,
                trials=int(next(r["n"] for r in rows if r["test"] == code)), interval_trials=10,
            )  # fmt: skip
            assert {c.system: c.p_value for c in found} == wanted
            compared += len(wanted)
    assert compared == PUBLISHED[campaign, table]


def test_published_means_and_intervals(data) -> None:
    """sacrebleu states the mean of the resampled scores and half the width of the interval, from sums in float32:
    exact for BLEU's counts up to the last operations, less so for the larger sums of chrF."""
    folder = data("wmt/wmt23.zh-en")
    for (refs, metric), rows in published(folder / "oracle" / "significance_close.tsv").items():
        scorer = Registry().make("scorer", METRICS[metric])
        wanted = [row for row in rows if row["bs_ci"] != "None"][:2]
        systems = measured(folder, refs, metric, [row["system"] for row in wanted])
        precision = 1e-6 if metric == "BLEU" else 1e-5
        for row in wanted:
            items = systems[row["system"]].rows
            low, high = bootstrap_interval(items, scorer)
            scores = bootstrap_scores({"": matrix_of(items)}, scorer, 1000, 12345, 1 << 21)[""]
            assert (high - low) / 2 == pytest.approx(float(row["bs_ci"]), rel=precision)
            assert sum(scores) / 1000 == pytest.approx(float(row["bs_mean"]), rel=precision)
