"""Score parity: BLEU and chrF after segmenting and aligning running text against those of the true lines."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from _alignment_data import DATA, Changes, Marked, groups_of, perturb, sentences_of, split, wmt_documents

from evalkit.compare.statistics.paired import compare_systems
from evalkit.kernel.batches import measure_all
from evalkit.plugins import Registry

SET = "wmt23.zh-en"
METHODS = ("aligned", "aligned, gaps charged", "right links of the sentences", "document as one segment")
Texts = tuple[list[str], list[str]]


class Parity(NamedTuple):
    """Mean and largest absolute difference from the true lines' score, and Kendall's tau of the systems.

    `tau_apart` is that of the pairs of systems which the true lines tell apart.
    """

    metric: str
    mean: float
    largest: float
    tau: float
    tau_apart: float


def systems() -> tuple[str, ...]:
    """The systems of the set, by name."""
    names = (path.name.removesuffix(".en.txt.gz") for path in (DATA / "wmt" / SET / "systems").glob("*.gz"))
    return tuple(sorted(names))


def run(changes: Changes, names: tuple[str, ...], every: int = 1) -> Iterator[tuple[str, list[Parity]]]:
    """(method, figures) for the linked units, for the same and all gaps, for right links, and for whole documents.

    With `every` of each so many documents only the first.
    """
    tables: dict[str, list[list[float]]] = {key: [] for key in ("true", *METHODS)}
    for name in names:
        texts: dict[str, Texts] = {key: ([], []) for key in tables}
        for doc, mine, theirs in islice(wmt_documents(SET, name, "refA"), 0, None, every):
            _add_document(texts, mine, theirs, changes, random.Random(f"{name} {doc}"))
        for key, (mine, theirs) in texts.items():
            tables[key].append([_score(metric, mine, theirs) for metric in ("bleu", "chrf")])
    told = [told_apart(metric, names) for metric in ("bleu", "chrf")]
    for key in METHODS:
        yield key, [_compare(m, k, tables["true"], tables[key], told[k]) for k, m in enumerate(("BLEU", "chrF"))]


@cache
def told_apart(metric: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    """The pairs of systems, by place, with p < 0.05 (paired randomisation, uncorrected) on all true lines."""
    scorer = Registry().make("scorer", metric)
    lines = {
        name: [pair for _, *sides in wmt_documents(SET, name, "refA") for pair in zip(*sides, strict=True)]
        for name in names
    }
    (theirs,) = {tuple(theirs for _, theirs in pairs) for pairs in lines.values()}
    tables = measure_all(scorer, [[mine for mine, _ in pairs] for pairs in lines.values()], [theirs])
    rows = {name: [(str(k), row) for k, row in enumerate(table)] for name, table in zip(names, tables, strict=True)}
    found = compare_systems(rows, scorer, metric=metric, scope="corpus", test="randomisation", interval_trials=100)
    place = {name: k for k, name in enumerate(names)}
    return [(place[c.system], place[c.baseline]) for c in found if c.p_value is not None and c.p_value < 0.05]


def _score(metric: str, mine: list[str], theirs: list[str]) -> float:
    """Of the whole set, as sacrebleu has it, which takes as long as all the rest of this table."""
    scorer = Registry().make("scorer", metric)
    (rows,) = measure_all(scorer, [mine], [tuple(theirs)])
    return float(scorer.value([sum(column) for column in zip(*rows, strict=True)]))


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


def _compare(
    metric: str, column: int, true: list[list[float]], found: list[list[float]], told: list[tuple[int, int]]
) -> Parity:
    right, ours = [row[column] for row in true], [row[column] for row in found]
    all_pairs = [(a, b) for a in range(len(ours)) for b in range(a)]
    gaps = [abs(a - b) for a, b in zip(right, ours, strict=True)]
    return Parity(metric, sum(gaps) / len(gaps), max(gaps), _tau(right, ours, all_pairs), _tau(right, ours, told))


def _tau(left: list[float], right: list[float], pairs: list[tuple[int, int]]) -> float:
    """Kendall's tau over some pairs of places: agreeing less disagreeing ones, over all of them."""
    signs = [(left[a] - left[b]) * (right[a] - right[b]) for a, b in pairs]
    return (sum(s > 0 for s in signs) - sum(s < 0 for s in signs)) / max(len(pairs), 1)
