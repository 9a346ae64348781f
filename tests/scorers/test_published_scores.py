"""Where the libraries count, scores and signatures on the WMT sets are those stored beforehand, to the last bit.

They were stored on Python 3.11, whose sum BLEU has on every Python. A few systems, for time; `tests/kernel/test_wmt.py`
holds the kernel against all of them.
"""

import pytest

from evalkit.plugins import Registry
from tests.scorers.scored_units import table, total, wmt_units

pytestmark = pytest.mark.slow

SPECS = {
    "BLEU": "bleu",
    "BLEU-char": "bleu(tokenize=char)",
    "BLEU-intl": "bleu(tokenize=intl)",
    "BLEU-lc": "bleu(lowercase=yes)",
    "chrF": "chrf",
    "chrF++": "chrf++",
    "WER": "wer",
}
CASES = [
    ("wmt23.zh-en", "ONLINE-A", "refA", ("BLEU", "BLEU-char", "BLEU-intl", "BLEU-lc", "chrF", "chrF++", "WER")),
    ("wmt22.zh-en", "Online-W", "refB", ("BLEU", "WER")),
    ("wmt22.zh-en", "Online-W", "refA+refB", ("BLEU", "chrF")),
]


@pytest.fixture(autouse=True)
def libraries(monkeypatch):
    monkeypatch.setenv("EVALKIT_KERNEL", "off")


@pytest.mark.parametrize(("name", "system", "references", "metrics"), CASES)
def test_corpus_scores_and_signatures(data, name, system, references, metrics):
    folder = data(f"wmt/{name}")
    units = wmt_units(folder, system, references)
    oracle = {
        row["metric"]: row
        for row in table(folder / "oracle" / "corpus.tsv")
        if row["system"] == system and row["refs"] == references
    }
    for metric in metrics:
        scorer = Registry().make("scorer", SPECS[metric])
        assert scorer.value(total(scorer.measure(units))) == float(oracle[metric]["score"]), metric
        assert scorer.signature(str(references.count("+") + 1)) == oracle[metric]["signature"]


@pytest.mark.parametrize(
    ("name", "system", "references", "sample"),
    [
        ("wmt23.zh-en", "ONLINE-A", "refA", {"BLEU": 1, "chrF": 1, "chrF++": 1, "TER": 3}),
        ("wmt22.zh-en", "Online-A", "refA+refB", {"BLEU": 1, "chrF": 1, "TER": 8}),
    ],
)
def test_segment_scores(data, name, system, references, sample):
    """Every `step`-th of the published segments; TER takes 20 ms a segment."""
    folder = data(f"wmt/{name}")
    oracle = [
        row
        for row in table(folder / "oracle" / "segments.tsv.gz")
        if row["system"] == system and row["refs"] == references
    ]
    units = wmt_units(folder, system, references)
    for metric, step in sample.items():
        scorer = Registry().make("scorer", metric.lower())
        rows = scorer.measure([units[int(row["segment0"])] for row in oracle[::step]])
        assert [scorer.segment(row) for row in rows] == [float(row[metric]) for row in oracle[::step]]
