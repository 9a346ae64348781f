"""All systems and all lines of the WMT sets against what sacrebleu and jiwer gave, to the last bit."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evalkit.kernel import native
from evalkit.kernel.tables import Table
from evalkit.plugins import Registry
from tests.scorers.scored_units import table, total, wmt_units

pytestmark = pytest.mark.slow

SPECS = {
    "BLEU": "bleu", "BLEU-char": "bleu(tokenize=char)", "BLEU-intl": "bleu(tokenize=intl)",
    "BLEU-lc": "bleu(lowercase=yes)", "BLEU-zh": "bleu(tokenize=zh)", "chrF": "chrf", "chrF++": "chrf++", "TER": "ter",
    "TER-lc-norm": "ter(normalized=yes)", "TER-nopunct": "ter(no_punct=yes)", "WER": "wer",
}  # fmt: skip


@pytest.mark.parametrize(("name", "published"), [("wmt22.zh-en", 209 + 4 * 942 + 12), ("wmt23.zh-en", 109 + 4 * 660)])
def test_every_published_value_and_signature(data, name: str, published: int, kernel: native.Kernel) -> None:
    folder = data(f"wmt/{name}")
    corpus = table(folder / "oracle" / "corpus.tsv")
    order = folder / "oracle" / "chrf_reference_order.tsv"
    if order.exists():
        corpus += [{"metric": "chrF", **row} for row in table(order)]
    of_segments: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in table(folder / "oracle" / "segments.tsv.gz"):
        of_segments[row["system"], row["refs"]].append(row)
    compared, counted = 0, cache(_counted)  # its own: what a module remembers stays for all tests that follow
    for row in corpus:
        scorer, rows = counted(folder, row["system"], row["refs"], row["metric"])
        assert scorer.value(total(rows)) == float(row["score"]), row
        if row.get("signature"):
            assert scorer.signature(str(row["refs"].count("+") + 1)) == row["signature"]
        compared += 1
    for (system, references), lines_of_it in of_segments.items():
        for metric in ("BLEU", "chrF", "chrF++", "TER"):
            scorer, rows = counted(folder, system, references, metric)
            found = [scorer.segment(rows[int(row["segment0"])]) for row in lines_of_it]
            assert found == [float(row[metric]) for row in lines_of_it], (system, references, metric)
            compared += len(found)
    assert compared == published


def _counted(folder: Path, system: str, references: str, metric: str) -> tuple[Any, Table]:
    scorer: Any = Registry().make("scorer", SPECS[metric])
    return scorer, Table.of(scorer.measure(wmt_units(folder, system, references)))
