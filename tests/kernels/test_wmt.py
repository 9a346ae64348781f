"""All systems and all lines of the WMT sets against what sacrebleu and jiwer gave, to the last bit."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from evalkit.kernels import native
from evalkit.model import Passage, Segment, Unit
from evalkit.plugins import Registry

SPECS = {
    "BLEU": "bleu", "BLEU-char": "bleu(tokenize=char)", "BLEU-intl": "bleu(tokenize=intl)",
    "BLEU-lc": "bleu(lowercase=yes)", "BLEU-zh": "bleu(tokenize=zh)", "chrF": "chrf", "chrF++": "chrf++", "TER": "ter",
    "TER-lc-norm": "ter(normalized=yes)", "TER-nopunct": "ter(no_punct=yes)", "WER": "wer",
}  # fmt: skip


def lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def table(path: Path) -> list[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        rows = [line for line in stream if not line.startswith("#")]
    return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


@lru_cache(maxsize=4)
def passages(path: Path) -> list[Passage]:
    return [Passage((Segment("s", "d", 0, len(text), text),), text, "") for text in lines(path)]


def units(folder: Path, system: str, references: str) -> list[Unit]:
    columns = [passages(folder / "references" / f"{name}.en.txt.gz") for name in references.split("+")]
    texts = passages(folder / "systems" / f"{system}.en.txt.gz")
    return [Unit("u", "d", "1-1", 1.0, text, tuple(refs)) for text, *refs in zip(texts, *columns, strict=True)]


@pytest.mark.parametrize("name", ["wmt22.zh-en", "wmt23.zh-en"])
def test_every_published_score(data, name: str, kernel: native.Kernel) -> None:
    folder = data(f"wmt/{name}")
    corpus: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for row in table(folder / "oracle" / "corpus.tsv"):
        if row["metric"] in SPECS:
            corpus[row["system"], row["refs"]][row["metric"]] = row["score"]
    segments: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in table(folder / "oracle" / "segments.tsv.gz"):
        segments[row["system"], row["refs"]].append(row)
    compared = 0
    for (system, references), scores in corpus.items():
        bundle = units(folder, system, references)
        by_segment = segments[system, references]
        for metric, score in scores.items():
            scorer = Registry().make("scorer", SPECS[metric])
            rows = scorer.measure(bundle)
            assert scorer.value([sum(column) for column in zip(*rows, strict=True)]) == float(score), (system, metric)
            compared += 1
            if by_segment and by_segment[0].get(metric):
                found = [scorer.segment(rows[int(row["segment0"])]) for row in by_segment]
                assert found == [float(row[metric]) for row in by_segment], (system, metric)
                compared += len(found)
    print(f"{name}: {compared} values equal")
    assert compared > 1000
