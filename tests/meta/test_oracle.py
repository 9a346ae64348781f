"""Every value of the field's own tool on a real test set, to the last digit."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.meta.evaluate import Settings, evaluate
from evalkit.meta.read import read_all
from evalkit.meta.records import MetaResult

pytestmark = pytest.mark.slow

Data = Callable[[str], Path]
# The last bit of a product of long vectors depends on the processor.
LAST_BIT = 3e-16


@pytest.fixture(scope="module")
def found(data: Data) -> MetaResult:
    folder = data("wmt/wmt23.zh-en/mt-metrics-eval")
    metrics = read_all([str(folder / f"{name}-refA.seg.score.gz") for name in ("BLEU", "chrF")])
    humans = read_all([str(folder / f"human.{name}.seg.score.gz") for name in ("mqm", "da-sqm")], human=True)
    return evaluate(metrics, humans, Settings(trials=100))


def test_all_values_are_those_of_the_fields_tool(data: Data, found: MetaResult) -> None:
    got = {(v.human, v.metric, v.level, v.statistic, v.average or ""): v for v in found.values}
    with (data("wmt/wmt23.zh-en/mt-metrics-eval") / "meta_oracle.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert len(rows) == 48
    for row in rows:
        options = dict(part.split("=") for part in row["options"].split(";") if part)
        average = {"sys": "system"}.get(options.get("average", ""), options.get("average", ""))
        value = got.pop((row["human"], row["metric"], row["level"], row["statistic"], average))
        assert value.value is not None
        assert abs(value.value - float(row["value"])) <= LAST_BIT, row
        assert value.systems == int(row["systems"])
    assert got == {}


def test_every_interval_holds_its_value(found: MetaResult) -> None:
    for value in found.values:
        assert value.low is not None
        assert value.high is not None
        assert value.value is not None
        assert value.low <= value.value <= value.high
        assert value.low < value.high


def test_system_scores_are_read_from_the_file_beside(found: MetaResult) -> None:
    assert [source.name for source in found.metrics[0].files] == [
        "BLEU-refA.domain.score", "BLEU-refA.seg.score.gz", "BLEU-refA.sys.score",
    ]  # fmt: skip
    assert [side.name for side in found.humans] == ["mqm", "da-sqm"]


def test_differences_are_those_of_the_values(found: MetaResult) -> None:
    values = {(v.human, v.metric, v.level, v.statistic, v.average): v.value for v in found.values}
    for one in found.comparisons:
        key = (one.level, one.statistic, one.average)
        base, mine = values[one.human, one.baseline, *key], values[one.human, one.metric, *key]
        assert one.delta == pytest.approx(mine - base, abs=1e-12)
