"""Real test sets through the command's own path: by line and as folders of documents, against the oracle."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import evalkit

Data = Callable[[str], Path]


def oracle(folder: Path, refs: str = "refA") -> dict[tuple[str, str], float]:
    """Scores computed with the standard tools, by system and metric."""
    with (folder / "oracle" / "corpus.tsv").open(encoding="utf-8") as stream:
        rows = csv.DictReader(stream, delimiter="\t")
        return {(row["system"], row["metric"]): float(row["score"]) for row in rows if row["refs"] == refs}


def lines(path: Path) -> list[str]:
    """The lines of a packed file."""
    return gzip.decompress(path.read_bytes()).decode().removesuffix("\n").split("\n")


def test_a_packed_test_set_by_line(data: Data) -> None:
    folder = data("wmt/wmt22.zh-en")
    systems = {name: folder / "systems" / f"{name}.en.txt.gz" for name in ("Online-W", "AISP-SJTU")}
    result = evalkit.score(systems, folder / "references" / "refA.en.txt.gz", metrics=["bleu", "chrf", "wer"])
    expected = oracle(folder)
    for system in result.systems:
        for metric, name in (("bleu", "BLEU"), ("chrf", "chrF"), ("wer", "WER")):
            (score,) = [s for s in system.scores if s.metric == metric]
            assert score.value == expected[system.name, name]


def test_two_references(data: Data) -> None:
    folder = data("wmt/wmt22.zh-en")
    references = {name: folder / "references" / f"{name}.en.txt.gz" for name in ("refA", "refB")}
    result = evalkit.score(folder / "systems" / "AISP-SJTU.en.txt.gz", references, metrics=["bleu"])
    assert result.systems[0].scores[0].value == oracle(folder, "refA+refB")["AISP-SJTU", "BLEU"]
    assert result.systems[0].scores[0].signature.startswith("nrefs:2|")


def test_folders_of_documents_give_the_same_corpus_score(data: Data, tmp_path: Path) -> None:
    folder = data("wmt/wmt23.zh-en")
    ids = [line.split("\t")[1] for line in lines(folder / "docs.tsv.gz")]
    sides = {
        "system": lines(folder / "systems" / "ONLINE-A.en.txt.gz"),
        "reference": lines(folder / "references" / "refA.en.txt.gz"),
    }
    for side, texts in sides.items():
        (tmp_path / side).mkdir()
        documents: dict[str, list[str]] = {}
        for identity, text in zip(ids, texts, strict=True):
            documents.setdefault(identity, []).append(text)
        for identity, found in documents.items():
            (tmp_path / side / f"{identity}.txt").write_text("".join(f"{text}\n" for text in found))
    result = evalkit.score(tmp_path / "system", tmp_path / "reference", metrics=["bleu", "chrf"])
    expected = oracle(folder)
    assert len(result.systems[0].documents) == 179
    assert result.systems[0].scores[0].value == expected["ONLINE-A", "BLEU"]
    assert result.systems[0].scores[1].value == expected["ONLINE-A", "chrF"]
