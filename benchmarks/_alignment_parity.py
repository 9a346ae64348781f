"""Score parity: BLEU and chrF after segmenting and aligning running text against those of the true lines."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sacrebleu
from _alignment_data import DATA, Changes, Marked, groups_of, perturb, sentences_of, split, wmt_documents

from evalkit.plugins import Registry

SET = "wmt23.zh-en"
METHODS = ("aligned", "aligned, gaps charged", "right links of the sentences", "document as one segment")
Texts = tuple[list[str], list[str]]


class Parity(NamedTuple):
    """Mean and largest absolute difference from the true lines' score, and Kendall's tau of the systems."""

    metric: str
    mean: float
    largest: float
    tau: float


def systems() -> list[str]:
    """The systems of the set, by name."""
    return sorted(path.name.removesuffix(".en.txt.gz") for path in (DATA / "wmt" / SET / "systems").glob("*.gz"))


def run(changes: Changes, names: Sequence[str]) -> Iterator[tuple[str, list[Parity]]]:
    """(method, figures) for the linked units, for the same and all gaps, for right links, and for whole documents."""
    tables: dict[str, list[list[float]]] = {key: [] for key in ("true", *METHODS)}
    for name in names:
        texts: dict[str, Texts] = {key: ([], []) for key in tables}
        for doc, mine, theirs in wmt_documents(SET, name, "refA"):
            _add_document(texts, mine, theirs, changes, random.Random(f"{name} {doc}"))
        for key, (mine, theirs) in texts.items():
            tables[key].append([_bleu(mine, theirs), sacrebleu.corpus_chrf(mine, [theirs]).score])
    for key in METHODS:
        yield key, [_compare(m, k, tables["true"], tables[key]) for k, m in enumerate(("BLEU", "chrF"))]


def _bleu(mine: list[str], theirs: list[str]) -> float:
    return float(sacrebleu.corpus_bleu(mine, [theirs], force=True).score)


def _add_document(
    texts: dict[str, Texts], mine: list[str], theirs: list[str], changes: Changes, rng: random.Random
) -> None:
    left = [(text, {k}) for k, text in enumerate(mine)]
    right = [(text, {k}) for k, text in enumerate(theirs)]
    if changes:
        left, right = perturb(left, right, rng, both=changes == "both")
    gold = {(i, j) for i, (_, a) in enumerate(left) for j, (_, b) in enumerate(right) if a & b}
    for rows, columns in sorted(groups_of(gold)):
        _add(texts["true"], " ".join(left[i][0] for i in rows), " ".join(right[j][0] for j in columns))
    running = " ".join(text for text, _ in left), " ".join(text for text, _ in right)
    _add(texts["document as one segment"], *running)
    for mine_joined, theirs_joined in _right_links(left, right):
        _add(texts["right links of the sentences"], mine_joined, theirs_joined)
    candidate, reference = split(running[0]), split(running[1])
    for link in Registry().make("aligner", "document").align(candidate, reference):
        pair = (
            " ".join(candidate[i].text for i in link.candidate),
            " ".join(reference[j].text for j in link.reference),
        )
        _add(texts["aligned, gaps charged"], *pair)
        if all(pair):
            _add(texts["aligned"], *pair)


def _right_links(left: Marked, right: Marked) -> Iterator[tuple[str, str]]:
    """The texts of sentences that belong together: where one holds the end of a line and the next line, both do."""
    (candidate, mine), (reference, theirs) = (sentences_of([text for text, _ in side]) for side in (left, right))
    here, there = (
        [set().union(*(side[k][1] for k in lines)) for lines in touched]
        for side, touched in ((left, mine), (right, theirs))
    )
    gold = {(i, j) for i, a in enumerate(here) for j, b in enumerate(there) if a & b}
    for rows, columns in sorted(groups_of(gold)):
        yield " ".join(candidate[i].text for i in rows), " ".join(reference[j].text for j in columns)


def _add(texts: Texts, mine: str, theirs: str) -> None:
    texts[0].append(mine)
    texts[1].append(theirs)


def _compare(metric: str, column: int, true: list[list[float]], found: list[list[float]]) -> Parity:
    right, ours = [row[column] for row in true], [row[column] for row in found]
    gaps = [abs(a - b) for a, b in zip(right, ours, strict=True)]
    return Parity(metric, sum(gaps) / len(gaps), max(gaps), _tau(right, ours))


def _tau(left: list[float], right: list[float]) -> float:
    """Kendall's tau: agreeing less disagreeing pairs, over all."""
    pairs = [(a, b) for a in range(len(left)) for b in range(a)]
    signs = [(left[a] - left[b]) * (right[a] - right[b]) for a, b in pairs]
    return (sum(s > 0 for s in signs) - sum(s < 0 for s in signs)) / max(len(pairs), 1)
