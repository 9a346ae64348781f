"""Systems made up for measuring statistical tests: statistic rows of known quality, segment by segment.

Every segment has a length and a difficulty that all systems share; a system adds scatter of its own, by
segment and by document. Rows have the layout of the real scorers and go through them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from evalkit.compare.statistics.items import Items

Numbers = npt.NDArray[np.float64]
METRICS = ("bleu", "chrf", "ter", "wer", "penalty")


class World(NamedTuple):
    """What systems are drawn from. `by_document` is the share of a system's own variance that its documents have
    in common (the intra-document correlation)."""

    documents: int
    per_document: int
    by_document: float = 0.0
    own: float = 0.5  # standard deviation of a system's own quality, in logits
    seed: int = 0


class Sample(NamedTuple):
    """Rows of some systems over the same segments, and the document of each."""

    systems: dict[str, Items]
    documents: dict[str, str]


def sample(world: World, metric: str, advantages: tuple[float, ...] = (0.0, 0.0)) -> Sample:
    """Systems whose mean quality differs by `advantages` (in logits); equal ones are equal in truth."""
    rng = np.random.default_rng([world.seed, world.documents, world.per_document])
    count = world.documents * world.per_document
    number = np.repeat(np.arange(world.documents), world.per_document)
    lengths = np.maximum(4, rng.lognormal(3.0, 0.5, count)).astype(int)
    difficulty = rng.normal(0.4, 0.8, count)
    keys = tuple(f"s{i}" for i in range(count))
    systems = {}
    for place, advantage in enumerate(advantages):
        alone = rng.normal(0, world.own * np.sqrt(1 - world.by_document), count)
        together = rng.normal(0, world.own * np.sqrt(world.by_document), world.documents)[number]
        quality = 1 / (1 + np.exp(-(difficulty + advantage + alone + together)))
        systems["abcdefghijklmnop"[place]] = Items(keys, _ROWS[metric](rng, lengths, quality))
    return Sample(systems, {key: f"d{n}" for key, n in zip(keys, number.tolist(), strict=True)})


def _bleu(rng: np.random.Generator, lengths: npt.NDArray[np.int_], quality: Numbers) -> Numbers:
    totals = np.stack([np.maximum(0, lengths - order) for order in range(4)], axis=1)
    matched = np.stack([rng.binomial(totals[:, k], quality ** (1 + 0.6 * k)) for k in range(4)], axis=1)
    return np.column_stack([lengths, lengths, matched, totals]).astype(np.float64)


def _chrf(rng: np.random.Generator, lengths: npt.NDArray[np.int_], quality: Numbers) -> Numbers:
    columns = []
    for order in range(6):
        grams = np.maximum(1, 5 * lengths - order)
        columns += [grams, grams, rng.binomial(grams, quality ** (0.5 + 0.4 * order))]
    return np.column_stack(columns).astype(np.float64)


def _ter(rng: np.random.Generator, lengths: npt.NDArray[np.int_], quality: Numbers) -> Numbers:
    return np.column_stack([rng.binomial(lengths, 1 - quality), lengths]).astype(np.float64)


def _wer(rng: np.random.Generator, lengths: npt.NDArray[np.int_], quality: Numbers) -> Numbers:
    hits = rng.binomial(lengths, quality)
    substituted = rng.binomial(lengths - hits, 0.7)
    inserted = rng.binomial(lengths, 0.1 * (1 - quality))
    return np.column_stack([hits, substituted, lengths - hits - substituted, inserted]).astype(np.float64)


def _penalty(rng: np.random.Generator, lengths: npt.NDArray[np.int_], quality: Numbers) -> Numbers:
    """Findings are rare and of very unequal weight: few segments decide."""
    found = rng.poisson(0.05 * lengths * (1 - quality))
    weights = rng.choice([1.0, 5.0, 25.0], size=len(lengths), p=[0.7, 0.25, 0.05])
    return np.column_stack([found * weights, lengths]).astype(np.float64)


def rare_against_even(size: int, seed: int) -> Sample:
    """Two systems with half a point of findings a segment in truth: the one by a critical finding in every fiftieth,
    the other by a minor one in every second."""
    rng = np.random.default_rng([seed, size])
    lengths = np.maximum(4, rng.lognormal(3.0, 0.5, size)).astype(int)
    keys = tuple(f"s{i}" for i in range(size))
    weights = {"rare": 25.0 * (rng.random(size) < 0.02), "even": 1.0 * (rng.random(size) < 0.5)}
    systems = {name: Items(keys, np.column_stack([weight, lengths])) for name, weight in weights.items()}
    return Sample(systems, dict.fromkeys(keys, "d0"))


_ROWS = {"bleu": _bleu, "chrf": _chrf, "ter": _ter, "wer": _wer, "penalty": _penalty}
