"""What the child processes of `scoring.py` do: each engine gives the part to be timed, which gives the scores."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("EVALKIT_DATA", ROOT.parent / "shared" / "data")) / "wmt" / "wmt23.zh-en"
OPTIONS: dict[str, dict[str, Any]] = {"bleu": {}, "chrf": {}, "chrf++": {"word_order": 2}, "ter": {}}
# Modules of the peers; `sacrebleu-mojo` wants Python 3.12.
PEERS = {"sacrebleu-mojo": "sacrebleu_mojo", "fastchrf": "fastchrf", "bleuscore": "bleuscore"}

Texts = list[str]
Run = Callable[[], list[float]]


def lines(path: Path) -> Texts:
    """Lines of a gzip file; only a newline ends one."""
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        return stream.read().removesuffix("\n").split("\n")


def load(count: int = 15, segments: int = 1976) -> tuple[list[Texts], Texts]:
    """The first systems' lines and the reference's; more segments than there are come from all systems, one system."""
    systems = [lines(p) for p in sorted((DATA / "systems").glob("*.gz"))]
    reference = lines(DATA / "references" / "refA.en.txt.gz")
    if segments <= len(reference):
        return [system[:segments] for system in systems[:count]], reference[:segments]
    times = segments // (len(systems) * len(reference)) + 1
    everything = (text for _ in range(times) for system in systems for text in system)
    again = (text for _ in range(times * len(systems)) for text in reference)
    return [list(islice(everything, segments))], list(islice(again, segments))


def by_sacrebleu(metric: str, systems: list[Texts], reference: Texts) -> Run:
    """sacrebleu's Python calls, with its cache of references, as its command line has it."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    kind = {"bleu": BLEU, "ter": TER}.get(metric, CHRF)

    def run() -> list[float]:
        made = kind(references=[reference], **OPTIONS[metric])
        return [made.corpus_score(system, None).score for system in systems]

    return run


def by_jiwer(metric: str, systems: list[Texts], reference: Texts) -> Run:
    """jiwer's Python call over lists."""
    import jiwer

    return lambda: [100 * getattr(jiwer, metric)(reference, system) for system in systems]


def by_evalkit(metric: str, systems: list[Texts], reference: Texts, jobs: int = 1) -> Run:
    """evalkit's scorer, all systems at once."""
    from evalkit.plugins import Registry

    scorer = Registry().make("scorer", metric)
    scorer.value(scorer.measure_texts([["a"]], [["a"]])[0].total())  # imports
    return lambda: [scorer.value(table.total()) for table in scorer.measure_texts(systems, [reference], jobs)]


def by_two_threads(metric: str, systems: list[Texts], reference: Texts) -> Run:
    """The same on two threads."""
    return by_evalkit(metric, systems, reference, 2)


def by_mojo(metric: str, systems: list[Texts], reference: Texts) -> Run:
    """sacrebleu-mojo's calls."""
    import sacrebleu_mojo

    call = sacrebleu_mojo.corpus_bleu if metric == "bleu" else sacrebleu_mojo.corpus_chrf
    call(["a"], [["a"]], **OPTIONS[metric])
    return lambda: [call(system, [reference], **OPTIONS[metric]).score for system in systems]


def by_bleuscore(metric: str, systems: list[Texts], reference: Texts) -> Run:  # noqa: ARG001 - it has BLEU only
    """bleuscore's call."""
    import bleuscore

    sides = [[text] for text in reference]
    return lambda: [100 * bleuscore.compute(predictions=system, references=sides)["bleu"] for system in systems]


def pairs_by_fastchrf(metric: str, systems: list[Texts], reference: Texts) -> Run:  # noqa: ARG001 - chrF of pairs
    """fastchrf's own ground: sentence chrF of each system against each, as minimum Bayes risk decoding wants."""
    from fastchrf import pairwise_chrf

    batches = [list(texts) for texts in zip(*systems, strict=True)]

    def run() -> list[float]:
        scores = pairwise_chrf(batches, batches)
        return [score for of_segment in scores for of_system in of_segment for score in of_system]

    return run


def pairs_by_evalkit(metric: str, systems: list[Texts], reference: Texts) -> Run:  # noqa: ARG001 - chrF of pairs
    """The same by evalkit."""
    from evalkit.plugins import Registry

    scorer = Registry().make("scorer", metric)
    scorer.segments(scorer.measure_texts([["a"]], [["a"]])[0])

    def run() -> list[float]:
        found = [[scorer.segments(t) for t in scorer.measure_texts(systems, [other])] for other in systems]
        count = range(len(systems))
        return [found[other][one][i] for i in range(len(systems[0])) for one in count for other in count]

    return run


ENGINES = {
    "sacrebleu": by_sacrebleu, "jiwer": by_jiwer, "evalkit": by_evalkit, "evalkit, 2 threads": by_two_threads,
    "sacrebleu-mojo": by_mojo, "bleuscore": by_bleuscore, "fastchrf": pairs_by_fastchrf,
    "evalkit, pairs": pairs_by_evalkit,
}  # fmt: skip


def installed(peer: str) -> bool:
    """Whether a peer is there."""
    return find_spec(PEERS[peer]) is not None
